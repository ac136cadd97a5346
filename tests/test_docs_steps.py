"""The pages of the documentation that lead a merchant are followed word for word."""

from __future__ import annotations

import re
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from docs.tables import DOCS
from storegen.yaml import load_yaml
from tests.conftest import ROOT
from tests.docs_steps import Reader, Step, shell_environment, steps_of
from tests.pressing import FORM, PAGE, press
from tests.shop import Shop, tree

RECIPES = sorted(file.stem for file in (DOCS / "recipes").glob("*.md") if file.name != "README.md")
SHOPIFY = (
    "Handle,Title,Body (HTML),Vendor,Type,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
    "brass-bell,Brass bell,<p>Loud.</p>,Bells,Bells,TRUE,Title,Default Title,BELL-1,24.50\n"
)
WOOCOMMERCE = (
    "ID,Type,SKU,Name,Published,Short description,Description,In stock?,Regular price,Categories\n"
    "7,simple,BELL-1,Brass bell,1,,Loud.,1,24.50,Bells\n"
)


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """Return a reader in a new shop, who has storegen and two exports."""
    programs = tmp_path / "bin"
    programs.mkdir()
    command = programs / "storegen"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m storegen "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    downloads = tmp_path / "Downloads"
    downloads.mkdir()
    (downloads / "products_export.csv").write_text(SHOPIFY)
    (downloads / "wc-product-export.csv").write_text(WOOCOMMERCE)
    (downloads / "storegen-1.0-py3-none-any.whl").write_bytes(b"")
    reader = Reader(tmp_path, shell_environment(tmp_path, programs))
    reader.follow(iter([Step("run", "storegen new my-shop\ncd my-shop\n")]))
    return reader


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_recipe_does_what_it_says(name: str, reader: Reader) -> None:
    steps = list(steps_of((DOCS / "recipes" / f"{name}.md").read_text()))

    assert {step.kind for step in steps} >= {"run", "shows"} or {step.kind for step in steps} >= {"run", "contains"}
    assert reader.follow(iter(steps)) == len(steps)


def test_every_recipe_is_listed() -> None:
    listed = (DOCS / "recipes" / "README.md").read_text()

    assert [name for name in RECIPES if f"]({name}.md)" not in listed] == []


def publishing(*programs: str) -> list[Step]:
    """Return the steps of the page on publishing: those with *programs*, or those that need none of these."""
    steps = [step for step in steps_of((DOCS / "publish.md").read_text()) if step.kind == "run"]
    of = {step: step.text.split(maxsplit=1)[0] for step in steps}
    return [step for step in steps if (of[step] in programs if programs else of[step] not in {"rsync", "aws"})]


@pytest.mark.slow
def test_publishing_makes_what_it_says(reader: Reader) -> None:
    reader.follow(iter(publishing()))
    shop = reader.folder
    workflow = load_yaml((shop / ".github/workflows/shop.yaml").read_text())

    assert (shop / "output/index.html").is_file()
    assert "https://try.bells-and-brakes.example" in (shop / "preview/index.html").read_text()
    assert isinstance(workflow, dict)
    assert "python -m pip install vendor/storegen-1.0-py3-none-any.whl" in str(workflow["jobs"])
    assert "storegen build" in str(workflow["jobs"])


@pytest.mark.slow
def test_set_up_of_card_leads_to_a_payment(reader: Reader) -> None:
    set_up = (
        (DOCS / "checkout/card.md").read_text().split("## Try it without an account\n")[1].split("\n## Settings")[0]
    )
    steps = list(steps_of(set_up))
    assert [step.kind for step in steps] == ["change", "left out", "run", "left out"]
    reader.follow(iter(steps))
    shop = Shop.opened(reader.folder)
    shop.output = reader.folder / "preview"
    product = next(iter((shop.output / "products").iterdir())).name
    form = shop.html(f"products/{product}/index.html").select("noscript form[action='/api/checkout']")[0]
    fields = [(str(field["name"]), str(field["value"])) for field in form.select("input")]
    pressed = press(shop, [{"path": "/api/checkout", "headers": FORM, "body": urlencode(fields)}])

    assert pressed.results[0].to == PAGE
    assert "success_url=https%3A%2F%2Fmy-shop.pages.dev%2Fthanks%2F" in pressed.calls[0].body


@pytest.mark.slow
def test_server_gets_the_shop_and_loses_what_was_deleted(reader: Reader, tmp_path: Path) -> None:
    if shutil.which("rsync") is None:
        pytest.skip("rsync is not installed")
    (copy,) = publishing("rsync")
    server = tmp_path / "server"
    local = Step("run", copy.text.replace("me@my-server.example:/var/www/my-shop/", f"{server}/"))
    assert local != copy
    build = Step("run", "storegen build\n")
    reader.follow(iter([build, local]))
    first = tree(server)
    (reader.folder / "content/pages/about.md").write_text("---\ntitle: About us\nslug: us\n---\nTwo of us.\n")
    reader.follow(iter([build, local]))
    expected = tree(reader.folder / "output")
    del expected[".storegen-outputs"]

    assert "about/index.html" in first
    assert "about/index.html" not in expected
    assert tree(server) == expected


@pytest.mark.slow
def test_bucket_gets_the_shop_and_loses_what_was_deleted(reader: Reader, tmp_path: Path) -> None:
    if not all(map(shutil.which, ("aws", "moto_server"))):
        pytest.skip("the AWS command line and moto_server are not installed")
    steps = publishing("aws")
    with bucket_server(tmp_path) as variables:
        given = "".join(f"export {name}={value}\n" for name, value in variables.items())
        first = [Step("run", f"{given}aws s3 mb s3://my-shop\n"), Step("run", "storegen build\n"), *steps]
        assert reader.follow(iter(first)) == len(steps) + 2
        (reader.folder / "content/pages/about.md").write_text("---\ntitle: About us\nslug: us\n---\nTwo of us.\n")
        reader.follow(iter([Step("run", "storegen build\n"), *steps]))
        wanted = tree(reader.folder / "output").keys() - {".storegen-outputs", "_headers"}
        reader.said = ""
        reader.follow(iter([Step("run", "aws s3 ls --recursive s3://my-shop/\n")]))
        listed = {line.split(maxsplit=3)[3] for line in reader.said.splitlines()}
        style = next(name for name in wanted if name.startswith("assets/theme.") and name.endswith(".css"))
        kept = {name: stored(reader, name) for name in ("us/index.html", style)}

    assert listed == wanted
    assert kept == {
        "us/index.html": ("no-cache", "text/html"),
        style: ("public, max-age=31536000, immutable", "text/css"),
    }


@contextmanager
def bucket_server(folder: Path) -> Iterator[dict[str, str]]:
    """Run storage that answers as S3 does; yields what the AWS command line has to know."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["moto_server", "-H", "127.0.0.1", "-p", str(port)]
    with (folder / "moto.log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as running:
        try:
            end = time.monotonic() + 30
            while time.monotonic() < end and running.poll() is None:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.1)
            yield {
                "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "AWS_DEFAULT_REGION": "us-east-1",
            }
        finally:
            running.terminate()


def stored(reader: Reader, name: str) -> tuple[str, str]:
    """Return how long browsers keep a file of the bucket, and its type."""
    reader.said = ""
    query = "--query '[CacheControl,ContentType]' --output text"
    reader.follow(iter([Step("run", f"aws s3api head-object --bucket my-shop --key {name} {query}\n")]))
    cached, _, kind = reader.said.strip().partition("\t")
    return cached, kind


def test_server_settings_are_those_of_the_headers_file(five: Shop) -> None:
    five.build()
    headers = dict(line.strip().split(": ", 1) for line in five.text("_headers").splitlines() if ": " in line)
    settings = re.findall(r'add_header ([\w-]+) "?([^";]+?)"?(?: always)?;', (DOCS / "publish.md").read_text())

    settings.remove(("Cache-Control", "no-cache"))  # hosts that read _headers ask anew by themselves
    assert {name for name, _ in settings} >= {"X-Frame-Options", "X-Content-Type-Options", "Cache-Control"}
    assert [(name, headers.get(name)) for name, _ in settings] == settings


@pytest.mark.slow
def test_ten_minutes_lead_from_a_wheel_to_a_shop(wheel: Path, tmp_path: Path) -> None:
    downloads = tmp_path / "Downloads"
    downloads.mkdir()
    shutil.copy(wheel, downloads)
    python = tmp_path / "python"
    python.mkdir()
    (python / "python3").symlink_to(sys.executable)
    page = (DOCS / "ten-minutes.md").read_text()
    reader = Reader(tmp_path, shell_environment(tmp_path, python))
    steps = list(steps_of(page))

    assert [step.text for step in steps if step.kind == "left out"] == [
        "images:\n  - {file: media/bell.jpg, alt: The bell on a handlebar}\n"
    ]
    reader.follow(iter(steps))
    page_of_bell = (reader.folder / "output/products/bell/index.html").read_text()
    assert "https://silver-bell-123.netlify.app/products/bell/" in page_of_bell
    assert "mailto:orders@bells-and-brakes.example" in page_of_bell
    assert not (reader.folder / "output/products/first-thing").exists()


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("Look:\n\n```yaml\nname: A\n```\n", "what is to be done"),
        ("Write it:\n\n```svg\n<svg/>\n```\n", "what is to be done"),
    ],
)
def test_block_without_a_purpose_is_refused(page: str, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        list(steps_of(page))


@pytest.mark.parametrize(
    "page",
    [
        "```sh\nfalse\n```\n",
        "In `site.yaml`, change the line that begins with `nothing:` to:\n\n```yaml\nnothing: 1\n```\n",
        "In `site.yaml`, change the line that begins with `email:` to:\n\n```yaml\nemail: a@b.example\n```\n",
        'The page `/products/first-thing/` now shows "First thing" and "not this".\n',
        "The file `site.yaml` now contains `name: My shop` and `not this`.\n",
    ],
)
def test_reader_notices_what_is_not_so(page: str, reader: Reader) -> None:
    reader.follow(iter([Step("run", "storegen build\n")]))

    with pytest.raises(AssertionError):
        reader.follow(steps_of(page))


def test_marked_block_is_left_out() -> None:
    assert list(steps_of("<!-- not run: needs an account -->\n\n```sh\nfalse\n```\n")) == [Step("left out", "false\n")]

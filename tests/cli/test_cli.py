"""The command line, as a merchant meets it."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from storegen.cli import schedule_command
from storegen.cli.main import COMMANDS
from storegen.yaml import load_yaml
from tests.conftest import ROOT
from tests.shop import Shop


def run(*arguments: str, cwd: Path, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "storegen", *arguments],
        cwd=cwd,
        check=False,
        capture_output=True,
        text=True,
        input=text,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str, tmp_path: Path) -> None:
    done = run(name, "--help", cwd=tmp_path)

    assert done.returncode == 0
    assert "Usage:" in done.stdout
    _, _, shown = done.stdout.partition("Example")
    lines = [line for line in shown.splitlines() if line.startswith("    ")]
    assert lines
    assert all(f"storegen {name}" in line for line in lines)  # one a line, none folded


def test_help_shows_where_to_begin(tmp_path: Path) -> None:
    done = run("--help", cwd=tmp_path)

    assert "    storegen new my-shop                make a shop with one product\n" in done.stdout


def test_build_says_what_it_did(five: Shop) -> None:
    first = run("build", cwd=five.folder)
    second = run("build", "--timings", cwd=five.folder)

    assert first.returncode == 0
    assert first.stdout.startswith("made ")
    assert second.stdout.startswith("nothing to make: all ")
    assert "compare" in second.stdout


def test_explain_names_each_output_and_why(five: Shop) -> None:
    five.build()
    five.edit("content/products/polishing-cloth.yaml", "12.00", "13.00")

    told = run("build", "--explain", "--now", "2026-11-23T09:50", cwd=five.folder).stdout

    assert "products/polishing-cloth/index.html: content changed: price, variants\n" in told


def test_mistakes_go_to_standard_error_and_exit_1(five: Shop) -> None:
    five.edit("content/products/rope-ring.yaml", "price: 59.00", "prise: 59.00")

    done = run("build", cwd=five.folder)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0] == (
        'content/products/rope-ring.yaml:4: prise: "prise" is not a known key, did you mean "price"?'
    )
    assert "Traceback" not in done.stderr


def test_check_writes_nothing(five: Shop) -> None:
    done = run("check", cwd=five.folder)

    assert (done.returncode, done.stdout) == (0, "no mistakes found\n")
    assert not five.output.exists()
    assert not (five.folder / ".storegen").exists()


def test_no_shop_here_is_explained(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)

    assert done.returncode == 1
    assert "storegen new DIR" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("biuld",), 'did you mean "build"?'),
        (("build", "--now", "tomorrow"), "expected a date like 2026-11-23"),
        (("build", "--base-url", "shop"), "expected an address like https://example.com/page"),
        (("theme", "eject", "prce"), 'did you mean "price"?'),
        (("new", "shop", "--language", "finnish"), 'id, ja, ko, sv; found "finnish", did you mean "fi"?'),
        (("new", "shop", "--language", "fi", "--demo"), "--demo and --language can't be combined"),
    ],
)
def test_wrong_call_exits_2_with_a_hint(five: Shop, arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments, cwd=five.folder)

    assert done.returncode == 2
    assert says in done.stderr


def test_new_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "mine.txt").write_text("keep")

    done = run("new", "shop", cwd=tmp_path)

    assert done.returncode == 2
    assert [path.name for path in (tmp_path / "shop").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(("language", "name"), [("fi", "Oma kauppa"), ("ko", "우리 가게"), ("id", "Toko Saya")])
def test_new_shop_has_its_examples_in_its_language(tmp_path: Path, language: str, name: str) -> None:
    done = run("new", "shop", "--language", language, cwd=tmp_path)
    site = load_yaml((tmp_path / "shop/site.yaml").read_text())

    assert done.stdout == "made shop\n\n  cd shop\n  storegen serve\n\nnext steps: storegen docs\n"
    assert isinstance(site, dict)
    assert (site["name"], site["languages"]) == (name, [language])
    assert (tmp_path / "shop/.gitignore").is_file()
    assert (tmp_path / "shop/README.md").read_text().startswith(f"# {name}\n")


def test_new_shop_in_a_language_without_examples_has_english_ones(tmp_path: Path) -> None:
    done = run("new", "shop", "--language", "de-AT", cwd=tmp_path)

    assert "\nthe example texts are in English; translate them into German (Austria)\n" in done.stdout
    english = (ROOT / "starter/en/site.yaml").read_text()
    assert (tmp_path / "shop/site.yaml").read_text() == english.replace("languages: [en]  ", "languages: [de-AT]  ")
    assert run("check", cwd=tmp_path / "shop").returncode == 0


@pytest.mark.parametrize("options", [(), ("--demo",)])
def test_new_shop_that_the_disk_does_not_take_is_explained_and_leaves_nothing(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "storegen", "new", "shop", *options],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("storegen: shop can't be made: shop/")
    assert done.stderr.endswith(
        "File too large; the system limits the size of files (see ulimit -f, or the disk's format); raise the limit\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_ejected_component_takes_the_place_of_the_original(five: Shop) -> None:
    five.build()
    assert run("theme", "eject", "price", cwd=five.folder).returncode == 0
    assert five.build().made == ()

    macro = "{% macro price() %}{% if kwargs %}PRICED{% endif %}{% endmacro %}"
    five.write("themes/default/components/price/price.html", macro)
    five.build()

    assert "PRICED" in five.text("products/plain-band/index.html")
    assert run("theme", "eject", "price", cwd=five.folder).returncode == 2


def test_two_builds_at_once_are_refused(five: Shop) -> None:
    from storegen.write.lock import building

    with building(five.folder / ".storegen"):
        done = run("build", cwd=five.folder)

    assert done.returncode == 1
    assert "another build of this site is running" in done.stderr


ORDER = "2 × Rope ring, 17 [RG-014-17] à {price} EUR = {total} EUR  #{code}\n\nPieces: 118.00 EUR\nTotal: 118.00 EUR\n"


@pytest.mark.parametrize(
    ("price", "total", "code", "returncode", "says"),
    [
        ("59.00", "118.00", "", 0, "the price is the shop's"),
        ("5.90", "11.80", "", 1, "THE CODE IS NOT THE SHOP'S"),
        ("59.00", "18.00", "", 1, "THE SUM DOES NOT ADD UP"),
        ("59.00", "118.00", "AAAAAAAAAA", 1, "THE CODE IS NOT THE SHOP'S"),
    ],
)
def test_verify_order_proves_prices(
    tmp_path: Path, price: str, total: str, code: str, returncode: int, says: str
) -> None:
    from decimal import Decimal

    from storegen.checkout.signing import line_code
    from storegen.model.money import Money

    key = "a key of sixteen or more"
    good = line_code(key, "RG-014-17", "Rope ring, 17", Money(Decimal("59.00"), "EUR"))
    text = "".join(f"> {line}\r\n" for line in ORDER.format(price=price, total=total, code=code or good).splitlines())

    done = run("verify-order", "-", cwd=tmp_path, text=text, STOREGEN_ORDER_KEY=key)

    assert done.returncode == returncode, done.stderr
    assert says in done.stdout


def test_verify_order_names_lines_that_it_cant_read(tmp_path: Path) -> None:
    key = "a key of sixteen or more"
    text = "1 x Gold ring [G-1] à 1.00 EUR = 1.00 EUR\n\nPieces: 1.00 EUR\nWeek: -0.50 EUR\nTotal: 0.50 EUR\n"

    done = run("verify-order", "-", cwd=tmp_path, text=text, STOREGEN_ORDER_KEY=key)

    assert done.returncode == 1
    assert "1 x Gold ring [G-1] à 1.00 EUR = 1.00 EUR: this line can't be read" in done.stdout


def test_verify_order_needs_the_key(tmp_path: Path) -> None:
    done = run("verify-order", "-", cwd=tmp_path, text="x", STOREGEN_ORDER_KEY="")

    assert done.returncode == 2
    assert "STOREGEN_ORDER_KEY" in done.stderr


def test_time_without_an_offset_is_the_shops_own(five: Shop) -> None:
    sale = "name: Week\npercent: 20\nproducts: [plain-band]\nstarts: 2026-11-20\nends: 2026-11-27\n"
    five.write("content/offers/week.yaml", sale)
    path = "products/plain-band/index.html"
    for now, price in (
        ("2026-11-27T23:59", "€39.20"),
        ("2026-11-28T00:00", "€49.00"),
        ("2026-11-27T21:59Z", "€39.20"),
        ("2026-11-27T22:00+00:00", "€49.00"),
    ):
        done = run("build", "--now", now, "--site", str(five.folder), cwd=five.folder.parent, TZ="Asia/Seoul")

        assert done.returncode == 0, done.stderr
        assert price in five.text(path)
    assert schedule(five, "--now", "2026-11-27T23:59") == "Sat 2026-11-28 00:00 EET\n"
    assert "in the shop's time zone" in " ".join(run("check", "--help", cwd=five.folder).stdout.split())


def schedule(shop: Shop, *words: str, key: str = "a-key-of-sixteen-signs") -> str:
    found = run("schedule", *words, cwd=shop.folder, TZ="UTC", STOREGEN_ORDER_KEY=key)
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_schedule_names_every_moment_at_which_the_shop_changes(five: Shop) -> None:
    sale = "name: Week\npercent: 20\nproducts: [plain-band]\nstarts: 2026-12-01\nends: 2026-12-07\n"
    five.write("content/offers/week.yaml", sale)
    five.write("content/blog/spring.md", "---\ntitle: Spring\ndate: 2027-03-28 05:00:30\n---\nText.\n")
    now = ("--now", "2026-11-23T09:50")

    assert schedule(five, *now).splitlines() == [
        "Tue 2026-12-01 00:00 EET",
        "Tue 2026-12-08 00:00 EET",
        "Sun 2027-03-28 05:00 EEST",
    ]
    assert "OnCalendar=2026-11-30 22:00:00 UTC\n" in schedule(five, *now, "--as", "systemd")
    assert schedule(five, "--now", "2027-04-01") == "no build is needed at any time\n"


def sale_in_december(shop: Shop) -> tuple[str, str]:
    """Write a sale that begins at 22:00 UTC on 30 November; returns the words that ask before it."""
    sale = "name: Week\npercent: 20\nproducts: [plain-band]\nstarts: 2026-12-01\nends: 2028-12-07\n"
    shop.write("content/offers/week.yaml", sale)
    return "--now", "2026-11-23T09:50"


def command_of_tests() -> str:
    beside = Path(sys.executable).parent / "storegen"
    return str(beside) if beside.is_file() else f"{sys.executable} -m storegen"


def test_crontab_runs_the_build_with_its_key_in_its_year_only(five: Shop, tmp_path: Path) -> None:
    comments: list[str] = []
    lines: list[str] = []
    for line in schedule(five, *sale_in_december(five), "--as", "crontab").splitlines():
        (comments if line.startswith("#") else lines).append(line)
    # The line builds at the machine's own time: a sale that runs by then would warn of its missing price history.
    (five.folder / "content/offers/week.yaml").unlink()
    five.build()

    assert all(str(five.folder) in line for line in (*comments, *lines))
    assert "STOREGEN_ORDER_KEY=…" in comments[1]
    assert [line.partition(" [")[0] for line in lines] == ["0 22 30 11 *", "0 22 7 12 *"]
    assert f"&& {command_of_tests()} build" in lines[0]
    this_year = lines[0].partition(" * ")[2].replace("\\%", "%").replace("2026", "$(date +%Y)")
    keyring = tmp_path / ".config/storegen/shop.env"
    keyring.parent.mkdir(parents=True)
    keyring.write_text("STOREGEN_ORDER_KEY=a-key-of-sixteen-signs\n")
    bare = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["/bin/sh", "-c", this_year], env=bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    other_year = lines[0].partition(" * ")[2].replace("\\%", "%").replace("2026", "1999")
    done = subprocess.run(["/bin/sh", "-c", other_year], env=bare, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("", "")


def test_schedule_of_builds_without_a_key_runs_without_one(five: Shop) -> None:
    now = sale_in_december(five)
    lines = schedule(five, *now, "--as", "crontab", key="").splitlines()

    advice = "STOREGEN_ORDER_KEY is not set here; if your builds use it, set it and print this again"
    assert lines[1] == f"# {five.folder}: {advice}"
    assert "storegen/shop.env" not in "".join(lines)
    timer = schedule(five, *now, "--as", "systemd", key="")
    assert f"# {advice}\n" in timer
    assert "EnvironmentFile" not in timer
    assert "secrets.STOREGEN_ORDER_KEY" in schedule(five, *now, *WORKFLOW, key="")


WORKFLOW = ("--as", "github", "--install", "storegen @ git+https://git.example/storegen@1a2b3c")


def test_timer_names_command_and_keys(five: Shop) -> None:
    lines = schedule(five, *sale_in_december(five), "--as", "systemd").splitlines()

    assert f"#   ExecStart={command_of_tests()} build" in lines
    assert "#   EnvironmentFile=%h/.config/storegen/shop.env" in lines


def test_workflow_pins_whatever_it_runs(five: Shop) -> None:
    workflow = schedule(five, *sale_in_december(five), *WORKFLOW)

    assert [line for line in workflow.splitlines() if "uses:" in line] == re.findall(
        r"^ +- uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", workflow, re.MULTILINE
    )
    assert workflow.count("uses:") == 4
    assert "- run: \"python -m pip install 'storegen @ git+https://git.example/storegen@1a2b3c'\"" in workflow
    assert f'python-version: "{sys.version_info.major}.{sys.version_info.minor}"' in workflow
    assert "latest" not in workflow


@pytest.mark.parametrize(
    "requirement",
    [
        "vendor/storegen-0.1.0-py3-none-any.whl",
        "storegen @ git+https://git.example/a/storegen@v0.1.0",
        "storegen @ git+ssh://git@git.example/a/storegen@1a2b3c",
        "storegen @ git+https://git.example/a/storegen@1a2b3c#subdirectory=x",
        "storegen @ https://git.example/storegen-0.1.0-py3-none-any.whl",
        "storegen==0.1.0",
    ],
)
def test_workflow_installs_what_is_named(five: Shop, requirement: str) -> None:
    assert requirement in schedule(five, *sale_in_december(five), "--as", "github", "--install", requirement)


@pytest.mark.parametrize(
    "requirement",
    [
        "",
        "storegen",
        "storegen>=0.1",
        "storegen @ git+https://git.example/a/storegen",
        "storegen @ git+ssh://git@git.example/a/storegen",
        "storegen @ https://git.example/main.tar.gz",
    ],
)
def test_workflow_that_would_install_something_else_is_refused(five: Shop, requirement: str) -> None:
    found = run("schedule", "--as", "github", "--install", requirement, cwd=five.folder)

    assert found.returncode == 2
    assert found.stdout == ""
    assert ("--install" if not requirement else f'found "{requirement}"') in found.stderr


@pytest.mark.parametrize(
    ("origin", "found"),
    [
        (
            '{"url": "https://git.example/a/storegen", "vcs_info": {"vcs": "git", "commit_id": "1a2b3c"}}',
            "storegen @ git+https://git.example/a/storegen@1a2b3c",
        ),
        ('{"url": "file:///home/a/storegen", "vcs_info": {"vcs": "git", "commit_id": "1a2b3c"}}', ""),
        ('{"url": "file:///home/a/storegen", "dir_info": {"editable": true}}', ""),
        (None, ""),
    ],
)
def test_commit_that_is_installed_is_what_a_workflow_installs(
    monkeypatch: pytest.MonkeyPatch, origin: str | None, found: str
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            return origin if name == "direct_url.json" else None

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Installed())

    assert schedule_command._installed_from() == found


def test_workflow_is_whole(five: Shop) -> None:
    data: Any = load_yaml(
        schedule(five, *sale_in_december(five), *WORKFLOW).replace("\n  schedule: # in UTC", "\n  schedule:")
    )
    steps = data["jobs"]["build"]["steps"]

    assert data["on"]["schedule"] == [{"cron": "0 22 30 11 *"}, {"cron": "0 22 7 12 *"}]
    assert {"run": "storegen build", "env": {"STOREGEN_ORDER_KEY": "${{ secrets.STOREGEN_ORDER_KEY }}"}} in steps
    assert data["permissions"]["pages"] == "write"


def test_schedule_asks_for_the_keys_that_the_shop_uses(five: Shop) -> None:
    five.edit("site.yaml", "menu:", "checkout: {provider: foxy, foxy: {domain: my-shop}}\nmenu:")
    now = sale_in_december(five)
    words = ("schedule", *now, "--as", "systemd")
    found = run(*words, cwd=five.folder, STOREGEN_FOXY_KEY="a-key-of-sixteen-signs").stdout

    assert "STOREGEN_FOXY_KEY=…" in found
    assert "STOREGEN_ORDER_KEY" not in found

"""The preview of mails: every view of each, with example values, made again after a save."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from storegen.build import Options
from storegen.serve.mails import MAILS, MailPreview
from tests.conftest import FIVE, MakeShop
from tests.preview import Preview, previewed
from tests.shop import NOW, Shop

MAIL = """\
---
subject: Hello {first_name|there}
preheader: A ring for <you>
segment: leads
when: signup
---
Hello {first_name|there},

![](product:rope-ring)
"""


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    return make_shop(FIVE | {"content/mail/welcome.md": MAIL})


def answer(shop: Shop, path: str, built: str = "1") -> tuple[str, str]:
    found = MailPreview(Options(shop.folder, now=NOW)).answer(f"{MAILS}{path}", built)
    assert found is not None
    return found


def test_first_mail_is_shown_in_every_view_with_example_values(shop: Shop) -> None:
    kind, page = answer(shop, "")
    frames = [str(frame["src"]) for frame in BeautifulSoup(page, "html.parser").find_all("iframe")]

    assert kind == "text/html"
    assert "<h1 " in page
    assert "Hello Kim</h1>" in page
    assert "A ring for &lt;you&gt;" in page
    place = f"{MAILS}en/01-welcome.html"
    assert frames == [place, place, f"{place}?dark", f"{place}?dark"]


def test_mail_itself_shows_pages_and_pictures_of_the_preview(shop: Shop) -> None:
    kind, mail = answer(shop, "en/01-welcome.html")

    assert kind == "text/html"
    assert 'href="/products/rope-ring/?utm_source=' in mail
    assert "https://shop.example" not in mail
    assert "invert(1)" not in mail
    assert "invert(1)" in answer(shop, "en/01-welcome.html?dark")[1]
    assert answer(shop, "en/01-welcome.txt")[0] == "text/plain"
    assert "Hello Kim," in answer(shop, "en/01-welcome.txt")[1]


def test_mails_are_made_again_after_a_build_and_say_what_is_wrong(shop: Shop) -> None:
    preview = MailPreview(Options(shop.folder, now=NOW))
    assert "€59.00" in str(preview.answer(MAILS, "1"))
    shop.edit("content/products/rope-ring.yaml", "price: 59.00", "price: 61.00")

    assert "€59.00" in str(preview.answer(MAILS, "1"))
    assert "€61.00" in str(preview.answer(MAILS, "2"))
    shop.edit("content/mail/welcome.md", "segment: leads", "segment: <b>")
    assert "welcome.md:4: segment: expected one of everyone" in str(preview.answer(MAILS, "3"))
    assert "<b>" not in str(preview.answer(MAILS, "3"))
    shop.remove("content/mail/welcome.md")
    assert "content/mail has no mails yet" in str(preview.answer(MAILS, "4"))


@pytest.mark.slow
def test_preview_serves_mails_to_this_machine_only(preview: Preview) -> None:
    preview.shop.write("content/mail/welcome.md", MAIL)
    preview.wait_for("Hello Kim</h1>", MAILS)

    status, page = preview.get(MAILS)
    assert status == 200
    assert "livereload.js" in page
    assert "Hello Kim</h1>" in page
    assert preview.get(f"{MAILS}en/nothing/")[0] == 404
    assert preview.get(MAILS, host="evil.example")[0] == 403
    assert not [path for path in preview.shop.output.rglob("*") if "mail" in path.name]


@pytest.mark.slow
def test_mail_saved_just_before_the_watch_begins_is_shown(shop: Shop) -> None:
    def save(preview: Preview) -> None:
        preview.wait_for("Hello Kim</h1>", MAILS)
        shop.edit("content/mail/welcome.md", "subject: Hello", "subject: Welcome")

    with previewed(shop, first=save) as preview:
        preview.wait_for("Welcome Kim</h1>", MAILS)

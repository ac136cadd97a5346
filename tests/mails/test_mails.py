"""Mails: made from the shop's own prices and offers, with the tags of each service, for every mail program."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import Comment
from PIL import Image

from storegen.build import Options
from storegen.build.mails import Series, make_series, service_files
from storegen.errors import ContentError, RenderError, StoregenError, UsageError
from storegen.mails import SERVICES, MailService
from storegen.model.mail import Occasion
from storegen.theme.tokens import contrast
from tests.conftest import FIVE, MakeShop
from tests.pictures import encoded
from tests.shop import NOW, SITE, Shop

PARCELS = "tracking: {carriers: [posti]}\n"
LANGUAGES = f"{SITE}{PARCELS}languages: [en, fi, ko]\naddresses: {{products: products}}\n"
OFFER = (
    "kind: first_purchase\nname: Welcome\npercent: 20\ncode: HELLO20\nmin_total: 40.00\n"
    "starts: 2026-11-01\nends: 2027-01-06\n"
)
WELCOME = """\
---
subject: Your ring size, {first_name|dear reader}
preheader: How to measure in two minutes, and what to do between two sizes.
segment: leads
when: signup
order: 10
offer: welcome
---
Hello {first_name|there},

you have {return_days} days. See [how to measure](guide:ring-size), [our rings](category:rings#top) or
[elsewhere](https://other.example/a?b=1).

![](product:rope-ring)

- one
- two
"""
SENT = """\
---
subject: On its way
preheader: The number in this mail shows where your parcel is.
segment: buyers
when: dispatch
order: 20
transactional: yes
button: Where is it?
link: track
---
Order {order_number} has left. Its number is **{tracking_number}**.
"""
WELCOME_KO = "---\nsubject: 반지 사이즈\npreheader: 재는 방법\n---\n{first_name|고객}님, 안녕하세요.\n"
SENT_KO = "---\nsubject: 출발했습니다\npreheader: 소포 번호\nbutton: 조회하기\n---\n주문번호 {order_number}\n"
FILES: dict[str, str | bytes] = {
    **FIVE,
    "site.yaml": LANGUAGES,
    "content/offers/welcome.yaml": OFFER,
    "content/mail/welcome.md": WELCOME,
    "content/mail/welcome.ko.md": WELCOME_KO,
    "content/mail/sent.md": SENT,
    "content/mail/sent.ko.md": SENT_KO,
}


@pytest.fixture
def shop(make_shop: MakeShop) -> Shop:
    return make_shop(FILES)


def series_of(shop: Shop, *, now: dt.datetime = NOW) -> Series:
    return make_series(Options(shop.folder, now=now))


def files_of(shop: Shop, service: str = "brevo", *, now: dt.datetime = NOW) -> Mapping[str, str]:
    return {
        name: data.decode("utf-8-sig")
        for name, data in service_files(series_of(shop, now=now), SERVICES[service]).items()
    }


def run(shop: Shop, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "storegen", "mail", "--site", str(shop.folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize("service", SERVICES)
def test_each_mail_is_html_and_text_with_the_tags_of_the_service(service: str, shop: Shop) -> None:
    files, facts = files_of(shop, service), SERVICES[service]

    assert [name for name in files if name.startswith("en/")] == [
        *("en/01-welcome.html", "en/01-welcome.txt", "en/02-sent.html", "en/02-sent.txt", "en/subjects.csv")
    ]
    for name in ("en/01-welcome", "en/02-sent"):
        page, text = soup(files[f"{name}.html"]), files[f"{name}.txt"]
        assert [link.get_text() for link in page.find_all("a", href=facts.unsubscribe)] == ["Unsubscribe"]
        assert f"Unsubscribe: {facts.unsubscribe}\n" in text
        assert bool(facts.browser) == bool(page.find_all(string="View in your browser"))
        assert (f"View in your browser: {facts.browser}\n" in text) == bool(facts.browser)
        for each in (files[f"{name}.html"], text):
            assert (facts.address or "Street 1, 00100 Helsinki, Finland") in each
    greeting = "Hello " + facts.first_name.replace("DEFAULT", "there") + ","
    assert greeting in files["en/01-welcome.html"]
    assert greeting in files["en/01-welcome.txt"]
    (button,) = soup(files["en/02-sent.html"]).find_all("a", string="Where is it?")
    assert str(button["href"]).endswith(f"utm_campaign=sent#n={facts.fields['tracking_number']}")
    assert facts.fields["order_number"] in files["en/02-sent.txt"]
    assert facts.content in files["en/02-sent.html"]
    assert not re.search("[\ue000-\uf8ff]|<!--/?browser|<!--content|DEFAULT", "".join(files.values()))


def test_subjects_are_listed_with_the_time_and_the_name_where_the_service_takes_it(shop: Shop) -> None:
    assert files_of(shop, "mailchimp")["en/subjects.csv"] == (
        "file,subject,preheader,segment,when,days,transactional\n"
        '01-welcome,"Your ring size, *|IF:FNAME|**|FNAME|**|ELSE:|*dear reader*|END:IF|*",'
        '"How to measure in two minutes, and what to do between two sizes.",leads,signup,0,no\n'
        "02-sent,On its way,The number in this mail shows where your parcel is.,buyers,dispatch,0,yes\n"
    )
    assert '"Your ring size, dear reader"' in files_of(shop, "kit")["en/subjects.csv"]


def test_prices_and_offers_are_those_of_the_pages(shop: Shop) -> None:
    text = files_of(shop)["en/01-welcome.txt"]
    shop.build()

    assert "€59.00" in text
    assert "€59.00" in shop.text("products/rope-ring/index.html")
    assert (
        "Welcome\n-------\n−20% with this code on orders from €40\nHELLO20\nUntil the end of Wednesday 6 January"
        in text
    )
    assert "you have 30 days" in text
    shop.edit("content/products/rope-ring.yaml", "price: 59.00", "price: 61.00")
    shop.write(
        "content/offers/week.yaml",
        "kind: sale\nname: Week\npercent: 10\neverything: yes\nstarts: 2026-11-20\nends: 2026-11-30\n",
    )
    assert "€54.90" in files_of(shop)["en/01-welcome.txt"]
    assert "€61.00" in files_of(shop, now=dt.datetime(2026, 12, 24, tzinfo=dt.UTC))["en/01-welcome.txt"]


@pytest.mark.parametrize(
    ("day", "words", "warning"),
    [
        (dt.date(2027, 2, 1), "This offer has ended.", "has ended, and the mail says so"),
        (dt.date(2026, 10, 1), "This offer begins on Sunday 1 November.", "has not begun"),
    ],
)
def test_offer_that_does_not_run_shows_no_code_and_warns(day: dt.date, words: str, warning: str, shop: Shop) -> None:
    series = series_of(shop, now=dt.datetime.combine(day, dt.time(12), dt.UTC))

    assert words in series.mails[0].text
    assert "HELLO20" not in series.mails[0].html + series.mails[0].text
    assert [each for each in series.warnings if warning in each and each.startswith("content/mail/welcome.md (en)")]


def test_links_to_the_shop_are_whole_and_tagged_and_others_untouched(shop: Shop) -> None:
    links = {str(link["href"]) for link in soup(files_of(shop)["en/01-welcome.html"]).find_all("a")}
    tags = "utm_source=newsletter&utm_medium=email&utm_campaign=welcome"

    assert f"https://shop.example/guides/ring-size/?{tags}" in links
    assert f"https://shop.example/rings/?{tags}#t:top" in links
    assert f"https://shop.example/products/rope-ring/?{tags}" in links
    assert f"https://shop.example/offers/welcome/?{tags}" in links
    assert "https://other.example/a?b=1" in links
    assert all(each.startswith(("https://", "mailto:", "{{")) for each in links)
    sent = files_of(shop)["en/02-sent.html"]
    assert "utm_source=order-mail&amp;utm_medium=email&amp;utm_campaign=sent#n=" in sent


def test_mail_is_made_in_the_languages_of_its_translations_with_the_same_number(shop: Shop) -> None:
    shop.remove("content/mail/welcome.ko.md")

    assert [(mail.language, mail.name) for mail in series_of(shop).mails] == [
        *(("en", "01-welcome"), ("en", "02-sent"), ("ko", "02-sent"))
    ]


def test_korean_mail_that_advertises_says_so_and_how_to_refuse(shop: Shop) -> None:
    shop.edit("site.yaml", "email: a@shop.example", "email: a@shop.example, phone: +358 9 1, details: {대표자: 김하나}")
    files = files_of(shop)
    advertising, order = files["ko/01-welcome.html"], files["ko/02-sent.html"]

    assert "(광고) 반지 사이즈" in files["ko/subjects.csv"]
    assert "<title>(광고) 반지 사이즈</title>" in advertising
    for words in ("수신거부</a>를 눌러 주세요.", "unsubscribe</a>.", "+358 9 1", "대표자 김하나"):
        assert words in advertising
        assert words not in order
    assert (
        "메일 수신을 원하지 않으시면 수신거부를 눌러 주세요.\n수신거부: {{ unsubscribe }}" in files["ko/01-welcome.txt"]
    )
    assert "(광고)" not in order
    assert "(광고)" not in files["en/01-welcome.html"]


def test_build_makes_no_pages_of_mails(shop: Shop) -> None:
    shop.build()

    assert not [path for path in shop.output.rglob("*") if "mail" in path.name or "HELLO20" in path.name]
    assert "Your ring size" not in "".join(path.read_text() for path in shop.output.rglob("*.html"))


def test_pictures_have_whole_addresses_of_files_that_the_build_makes(shop: Shop) -> None:
    shop.write("content/media/bench.jpg", encoded(Image.new("RGB", (1600, 900), "grey"), "JPEG"))
    shop.edit("content/mail/welcome.md", "order: 10\n", "order: 10\nimage: {file: media/bench.jpg, alt: A bench}\n")
    shop.edit("content/mail/welcome.md", "- one", "![Rings](media/bench.jpg)\n\n- one")
    shop.build()
    shown = soup(files_of(shop)["en/01-welcome.html"]).find_all("img")

    assert [picture["alt"] for picture in shown] == ["A bench", "Rings"]
    for picture in shown:
        assert set(picture.attrs) == {"alt", "src", "width", "style"}
        path = str(picture["src"]).removeprefix("https://shop.example/")
        assert (shop.output / path).read_bytes()[:3] == b"\xff\xd8\xff"


def test_picture_that_outlook_does_not_show_is_refused(shop: Shop) -> None:
    shop.write("content/media/bench.webp", encoded(Image.new("RGB", (800, 600), "grey"), "WEBP"))
    shop.edit("content/mail/welcome.md", "order: 10\n", "order: 10\nimage: media/bench.webp\n")

    with pytest.raises(RenderError, match=r'content/mail/welcome.md: .*"bench"; save it as JPEG or PNG'):
        series_of(shop)


def test_text_has_underlined_headings_links_below_their_paragraph_and_no_preview_line(shop: Shop) -> None:
    text = files_of(shop)["en/01-welcome.txt"]

    assert text.startswith("View in your browser: {{ mirror }}\n\nTest shop: https://shop.example/?utm_source")
    assert "\n\nYour ring size, {{ contact.FIRSTNAME|default:'dear reader' }}\n====" in text
    assert "See how to measure, our rings or elsewhere.\nhow to measure: https://shop.example/guides/" in text
    assert "- one\n- two\n" in text
    assert "How to measure in two minutes" not in text
    assert text.count("products/rope-ring") == 1


def test_command_writes_the_files_and_leaves_strangers_alone(shop: Shop) -> None:
    done = run(shop, "--service", "brevo", "--now", NOW.isoformat())

    assert (done.returncode, done.stderr) == (0, "")
    folder = shop.folder / "mail"
    assert done.stdout == f"2 mails in 2 languages (en, ko) for 1 service, in {folder}\n"
    assert (folder / "brevo/en/02-sent.txt").read_text() == files_of(shop)["en/02-sent.txt"]
    assert not (folder / "kit").exists()
    shop.remove("content/mail/sent.md")
    shop.remove("content/mail/sent.ko.md")
    assert run(shop, "--service", "brevo", "--only", "welcome").returncode == 0
    assert (folder / "brevo/en/02-sent.html").exists()
    assert run(shop, "--service", "brevo").returncode == 0
    assert not (folder / "brevo/en/02-sent.html").exists()
    shop.write("mail/kit/mine.txt", "mine")
    refused = run(shop, "--service", "kit")
    assert refused.returncode == 1
    assert "contains files that storegen mail did not write" in refused.stderr
    assert (folder / "kit/mine.txt").read_text() == "mine"


def test_unknown_mail_is_refused_with_a_suggestion(shop: Shop) -> None:
    with pytest.raises(UsageError, match=r'no mail "welcom", did you mean "welcome"\? \(there are sent, welcome\)'):
        make_series(Options(shop.folder, now=NOW), ["welcom"])


def test_shop_without_mails_is_told_so(five: Shop) -> None:
    done = run(five)

    assert done.returncode == 0
    assert "content/mail has no mails" in done.stdout
    assert not (five.folder / "mail").exists()


def test_mistakes_of_content_stop_the_mails(shop: Shop) -> None:
    shop.edit("content/products/rope-ring.yaml", "price: 59.00", "price: much")

    with pytest.raises(ContentError, match=r"rope-ring.yaml:4: price"):
        series_of(shop)


def test_theme_of_a_shop_may_change_the_style_but_not_name_unknown_tokens(shop: Shop) -> None:
    shop.write("themes/default/mail/mail.css", ".mail { color: var(--sale); }\n")
    assert 'style="color:#a12f26"' in files_of(shop)["en/01-welcome.html"]
    shop.write("themes/default/mail/mail.css", ".mail { color: var(--sails); }\n")

    with pytest.raises(StoregenError, match='no token "sails", did you mean "sale"'):
        series_of(shop)


def test_long_subject_and_mail_are_noticed(shop: Shop) -> None:
    shop.edit(
        "content/mail/sent.md", "On its way", "On its way, at last, and with everything that you have ordered from us"
    )
    assert series_of(shop).warnings == ("content/mail/sent.md (en): the subject has 70 letters; phones show about 60",)
    shop.write("content/mail/sent.md", SENT + "word " * 25_000)

    with pytest.raises(RenderError, match=r"content/mail/sent.md: the mail has 12\d,\d\d\d bytes; Gmail cuts off"):
        series_of(shop)


@pytest.mark.parametrize(
    ("text", "event", "days"),
    [("signup", "signup", 0), ("order + 1 day", "order", 1), ("delivery + 14 days", "delivery", 14)],
)
def test_occasion_has_an_event_and_days(text: str, event: str, days: int) -> None:
    found = Occasion.parse(text, dt.UTC)

    assert (found.event, found.days) == (event, days)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2 days after order", "order + 2 days"),
        ("signup +1 day", "signup + 1 day"),
        ("Delivery + 0 days", "delivery"),
        ("later", ""),
    ],
)
def test_wrong_occasion_gets_the_probable_one(text: str, meant: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"; write {meant}" if meant else 'found "later"') + "$"):
        Occasion.parse(text, dt.UTC)


# What no version of Gmail, Outlook, Apple Mail and Yahoo lacks (caniemail.com, 2026-06). Their names are listed here,
# because everything else has to be looked up first.
ELEMENTS = set(
    "html head meta title div p a img br h1 h2 h3 strong em del span ul ol li blockquote hr table tr th td".split()
)
ATTRIBUTES = set("lang dir style href src alt width charset name content align xmlns:v xmlns:o start".split())
PROPERTIES = set(
    "background-color border border-bottom border-collapse border-top color display font-family font-size "
    "font-weight letter-spacing line-height margin max-width padding text-decoration vertical-align width "
    "mso-line-height-rule mso-padding-alt".split()
)


@pytest.fixture(scope="module")
def series(demo: Shop) -> Series:
    return make_series(Options(demo.folder, now=NOW))


def test_demo_has_a_whole_series_in_every_language(series: Series) -> None:
    names = [mail.name for mail in series.mails if mail.language == "en"]

    assert len(names) >= 12
    for language in ("fi", "ko", "id"):
        assert [mail.name for mail in series.mails if mail.language == language] == names
    assert series.warnings == ()


def test_mails_of_the_demo_use_only_what_every_mail_program_shows(series: Series) -> None:
    for mail in series.mails:
        page = soup(mail.html)
        elements = page.find_all(name=True)
        styles = [str(each["style"]) for each in elements if each.has_attr("style")]
        assert {each.name for each in elements} <= ELEMENTS
        assert {name for each in elements for name in each.attrs} <= ATTRIBUTES
        assert {part.partition(":")[0] for style in styles for part in style.split(";")} <= PROPERTIES
        assert "var(" not in mail.html
        assert len(mail.html.encode()) < 20_000
        assert all(picture.get("alt") for picture in page.find_all("img"))
        assert [each.get_text() for each in page.find_all("title")] == [mail.subject]
        assert [page.html["lang"], page.html["dir"]] == [mail.language, "ltr"] if page.html else False
        assert len(page.find_all("h1")) == 1
        assert all(each.get("lang") == mail.language for each in page.find_all("div", recursive=False))
        tables = [each for each in page.find_all(string=lambda text: isinstance(text, Comment)) if "<table" in each]
        assert all('role="presentation"' in each for each in tables)


def test_preview_lines_of_the_demo_fit_inboxes(series: Series) -> None:
    for mail in series.mails:
        shortest = 25 if mail.language == "ko" else 40
        assert shortest <= len(mail.preheader) <= 100, (mail.language, mail.name, mail.preheader)


def inverted(colour: str) -> str:
    """Return a colour as mail programs show it that invert the lightness and keep the hue."""
    red, green, blue = (255 - int(colour[place : place + 2], 16) for place in (1, 3, 5))
    # hue-rotate(180deg) of CSS Filter Effects 1.
    rows = ((-0.574, 1.43, 0.144), (0.426, 0.43, 0.144), (0.426, 1.43, -0.856))
    turned = (round(min(255, max(0, a * red + b * green + c * blue))) for a, b, c in rows)
    return "#" + "".join(f"{part:02x}" for part in turned)


def test_text_is_readable_in_light_and_inverted_colours(series: Series) -> None:
    seen: set[tuple[str, str]] = set()
    for mail in series.mails:
        for element in soup(mail.html).find_all(string=True):
            if isinstance(element, Comment) or not element.strip(" \n\u2007\ufeff\u034f"):
                continue
            styles = [str(parent.get("style", "")) for parent in element.parents]
            front = next((found[1] for each in styles if (found := re.search(r"(?:^|;)color:(#\w{6})", each))), "")
            back = next((found[1] for each in styles if (found := re.search(r"background-color:(#\w{6})", each))), "")
            if front and back:
                seen.add((front, back))

    assert len(seen) >= 6
    for front, back in seen:
        assert contrast(front, back) >= 4.5, (front, back)
        assert contrast(inverted(front), inverted(back)) >= 4.5, (front, back, "inverted")


def test_links_and_pictures_of_the_demo_are_in_the_built_shop(series: Series, demo: Shop) -> None:
    for mail in series.mails:
        page = soup(mail.html)
        for target in [
            *(str(each["href"]) for each in page.find_all("a")),
            *(str(each["src"]) for each in page.find_all("img")),
        ]:
            if target.startswith("https://hopea.example/"):
                path = re.split("[?#]", target.removeprefix("https://hopea.example/"))[0]
                assert (demo.output / path).exists(), (mail.name, target)


def test_placeholders_are_a_warning(shop: Shop) -> None:
    shop.edit("site.yaml", "street: Street 1,", "street: REPLACE-ME,")

    assert series_of(shop).warnings[0] == "1 placeholder left to replace; storegen check lists them"


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_documentation_has_the_tags_of_the_service(service: MailService) -> None:
    rows = (Path(__file__).parents[2] / "docs/mails.md").read_text().replace("\\|", "¦").splitlines()
    (row,) = (row for row in rows if f"| `{service.id}` |" in row)
    cells = [cell.strip().strip("`").replace("¦", "|") for cell in row.strip("|").split(" | ")]

    tags = (service.fields["first_name"], service.unsubscribe, service.browser, service.address)
    none = ("", "", "none", "your address")
    assert cells == [service.title, service.id, *map(lambda tag, other: tag or other, tags, none), service.own_fields]


def test_starters_keep_mails_out_of_the_repository() -> None:
    root = Path(__file__).parents[2]

    assert "/mail/" in (root / "starter/gitignore").read_text().splitlines()
    assert "/mail/" in (root / ".gitignore").read_text().splitlines()


def test_mail_from_right_to_left_names_its_sides(make_shop: MakeShop) -> None:
    table = "\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> Quoted\n"
    arabic = {"site.yaml": f"{SITE}languages: [ar]\n", "themes/default/locales/ar.yaml": "meta: {name: العربية}\n"}
    shop = make_shop(FILES | arabic | {"content/mail/welcome.md": WELCOME + table})
    for name in ("content/mail/welcome.ko.md", "content/mail/sent.md", "content/mail/sent.ko.md"):
        shop.remove(name)
    (mail,) = series_of(shop).mails
    page = soup(mail.html)

    assert page.html is not None
    assert page.html["dir"] == "rtl"
    assert [each["align"] for each in page.find_all("th")] == ["right", "right"]
    assert '<td align="right" bgcolor="#ffffff"' in mail.html
    assert 'align="left"' not in mail.html
    assert "a | b\n1 | 2\n\n> Quoted" in mail.text


def test_theme_of_mails_is_ejected_as_one(shop: Shop) -> None:
    command = [sys.executable, "-m", "storegen", "theme", "eject", "mail", "--site", str(shop.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0
    names = sorted(path.name for path in (shop.folder / "themes/default/mail").iterdir())
    assert names == ["mail.css", "mail.html", "parts.html"]
    shop.edit("themes/default/mail/parts.html", "mail__code", "mail__code mine")
    assert "HELLO20" in files_of(shop)["en/01-welcome.html"]

"""Reviews of other services, as a merchant imports them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storegen.cli.import_command import command
from storegen.importers.downloads import Fetched
from storegen.importers.hosts import HostPolicy
from tests.shop import Shop, png

JUDGEME = (
    "title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,"
    "reply_date,picture_urls,ip_address,location\n"
    'Bent,"Bent on <b>day one</b>.<br><script>alert(1)</script>Sad: [a](javascript:x)",1,2026-11-20 10:00:00 UTC,web,ok,'
    "Outi,outi@example.com,1,plain-band,Sorry Outi. Send it in.,2026-11-21,https://cdn.example/a.jpg,10.0.0.1,FI\n"
    ",Fine,5,2026-10-01,web,ok,Kim,kim@example.com,1,plain-band,Order no. 10432 is on its way.,,,,\n"
    ",Spam,5,2026-10-01,web,spam,Bot,b@example.com,1,plain-band,,,,,\n"
    ",Gone,4,2026-10-01,web,ok,Eva,e@example.com,9,old-ring,,,,,\n"
    ",No stars,,2026-10-01,web,ok,Eva,e@example.com,1,plain-band,,,,,\n"
)
LOOX = "id,handle,rating,author,email,review,date,photo_url,verified_purchase\n1,small-hoops,4,Mia,m@example.com,Nice.,Nov 3 2026,,true\n"
YOTPO = (
    "Review Title;Review Content;Review Score;Review Creation Date;Reviewer Display Name;Product Title;Published\n"
    "Light;Forgot them.;5;23/10/2026;Ana;Small hoops;true\nOld;Hidden.;1;01/02/2026;Bo;Small hoops;false\n"
)
WOO = "comment_author,comment_content,rating,comment_date,sku\nJo,Good.,3,2026-09-01 12:00:00,CA-001\n"


def imported(shop: Shop, text: str, *options: str) -> Result:
    Path(shop.folder / "export.csv").write_text(text)
    return CliRunner().invoke(
        command, ["reviews", str(shop.folder / "export.csv"), "--site", str(shop.folder), *options]
    )


def test_reviews_are_on_the_pages_and_say_nothing_private(five: Shop) -> None:
    done = imported(five, JUDGEME, "--by", "Aino", "--source", "Judge.me")
    five.build()
    page = five.html("products/plain-band/index.html")
    text = page.get_text(" ", strip=True)
    written = (five.folder / "content/reviews/imported.yaml").read_text()

    assert done.exit_code == 0, done.output
    assert "2 reviews of 1 product in content/reviews/imported.yaml" in done.output
    assert "Bent on day one." in text
    assert "Sad: [a](javascript:x)" in text
    assert "Sorry Outi. Send it in." in text
    assert not page.select("main a[href^=javascript], main b:-soup-contains('day one')")
    for private in ("alert(1)", "example.com", "10.0.0.1", "10432"):
        assert private not in text.replace("shop.example", "")
        assert private not in written


def test_what_is_left_out_is_said_with_its_line(five: Shop) -> None:
    done = imported(five, JUDGEME)

    for message in (
        "reviews that are not public",
        "reviews of products that the shop doesn't have",
        "reviews without a rating from 1 to 5",
        "replies that tell who the buyer is",
        "pictures still lie on the other service's server",
    ):
        assert message in done.output
    assert "old-ring" in done.output


@pytest.mark.parametrize(
    ("export", "product", "words"),
    [
        (LOOX, "small-hoops", ["rating: 4", "Nice.", "name: Mia", 'date: "2026-11-03"']),
        (YOTPO, "small-hoops", ["rating: 5", "title: Light", "name: Ana", 'date: "2026-10-23"']),
        (WOO, "polishing-cloth", ["rating: 3", "Good.", "name: Jo", 'date: "2026-09-01"']),
    ],
    ids=["Loox", "Yotpo", "WooCommerce"],
)
def test_columns_are_found_by_their_meaning(five: Shop, export: str, product: str, words: list[str]) -> None:
    done = imported(five, export)
    written = (five.folder / "content/reviews/imported.yaml").read_text()

    assert "1 review of 1 product" in done.output
    assert f"product: {product}" in written
    assert [word for word in words if word not in written] == []
    assert five.build()


def test_dates_without_a_clear_order_are_an_error(five: Shop) -> None:
    done = imported(five, YOTPO.replace("23/10/2026", "03/10/2026"))

    assert 'export.csv:2: Review Creation Date: in "03/10/2026", nothing tells the day from the month' in str(
        done.exception
    )
    assert not (five.folder / "content/reviews/imported.yaml").exists()


def test_file_without_ratings_names_what_it_has(five: Shop) -> None:
    done = imported(five, "Handle,Title,Date\na,b,2026-01-01\n")

    assert 'expected an export of reviews with a column "rating", found the columns Handle, Title, Date' in str(
        done.exception
    )


def test_second_import_needs_a_word(five: Shop) -> None:
    imported(five, LOOX)
    again, replaced = imported(five, WOO), imported(five, WOO, "--replace")

    assert "--replace writes it anew" in str(again.exception)
    assert replaced.exit_code == 0
    assert "CA-001" not in (five.folder / "content/reviews/imported.yaml").read_text()
    assert "polishing-cloth" in (five.folder / "content/reviews/imported.yaml").read_text()


RICH = (
    "handle,rating,author,review,date,photo_url,video_url,verified_purchase,locale,incentivized\n"
    'plain-band,5,Mia,Fine.,2026-11-03,"https://cdn.example/a.jpg,https://cdn.example/b.jpg",https://v.example/1,true,pt_BR,yes\n'
    "plain-band,5,Ana,Good.,2026-11-02,javascript:alert(1),,false,Klingon,no\n"
)


def test_pictures_videos_languages_and_marks_come_along(five: Shop) -> None:
    done = imported(five, RICH)
    written = (five.folder / "content/reviews/imported.yaml").read_text()
    five.build()

    assert "2 reviews of 1 product" in done.output
    assert "pictures still lie on the other service's server" in done.output
    for word in ("  images:\n", "https://cdn.example/b.jpg", "verified: yes", "language: pt-BR", "reward: other"):
        assert written.count(word) == 1, word
    page = five.html("products/plain-band/index.html")
    assert [str(link["href"]) for link in page.select("a.review__picture")] == [
        "https://cdn.example/a.jpg",
        "https://cdn.example/b.jpg",
    ]
    assert page.select("a[href='https://v.example/1']")
    assert "javascript" not in str(page.select_one("#reviews"))


def test_pictures_are_downloaded_if_asked(five: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"https://cdn.example/a.jpg": Fetched("https://cdn.example/a.jpg", png("teal", 40, 30), ".png")}

    def fetch(addresses: Iterable[str], *, hosts: HostPolicy) -> Iterator[Fetched]:
        """Answer one address; the server of the other can't be reached."""
        return (answers.get(each, Fetched(each, fault="the server answered 404")) for each in addresses)

    monkeypatch.setattr("storegen.importers.review_pictures.fetch_all", fetch)
    done = imported(five, RICH, "--download")
    written = (five.folder / "content/reviews/imported.yaml").read_text()
    five.build()

    assert "a picture was not fetched, its address stays: the server answered 404" in done.output
    assert "media/imported/review-plain-band-1.png" in written
    assert "https://cdn.example/b.jpg" in written
    picture, _ = five.html("products/plain-band/index.html").select("a.review__picture")
    assert five.has(str(picture["href"]).lstrip("/"))

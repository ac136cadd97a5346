"""Comments on guides and posts: only what the merchant published, with replies, and the form for new ones."""

from __future__ import annotations

import pytest

from storegen.errors import ContentError
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE, Shop, one

PAGE = "guides/care/index.html"
FILES: dict[str, str | bytes] = {
    **FIVE,
    "content/guides/care.md": "---\ntitle: Care\n---\nDry it.\n",
    "content/people/eero.yaml": "name: Eero Lind\n",
}
TWO = (
    "- {article: 'guide:care', text: Later., name: Mia, date: 2026-11-02, language: fi}\n"
    "- article: guide:care\n  text: Earlier.\n  name: Liisa\n  date: 2026-10-30\n"
    "  reply: {text: It does., by: eero}\n"
)


def built(make_shop: MakeShop, comments: str = "", site: str = SITE) -> Shop:
    files = {**FILES, "site.yaml": site, **({"content/comments/all.yaml": comments} if comments else {})}
    shop = make_shop(files)
    shop.build()
    return shop


def test_comments_are_in_the_order_of_a_conversation(make_shop: MakeShop) -> None:
    shop = built(make_shop, TWO)

    page = shop.html(PAGE)
    assert [each.get_text() for each in page.select(".comment > .comment__text")] == ["Earlier.", "Later."]
    assert [each["lang"] for each in page.select(".comment > .comment__text[lang]")] == ["fi"]
    reply = one(page, ".comment__reply")
    assert one(reply, "a")["href"] == "/people/eero/"
    assert reply.get_text(" ", strip=True) == "Eero , Test shop It does."
    assert not page.select(".comments .button")
    assert not shop.html("guides/ring-size/index.html").select(".comments")


def test_form_is_where_site_yaml_names_it(make_shop: MakeShop) -> None:
    assert not built(make_shop).html(PAGE).select(".comments")

    shop = built(make_shop, site=SITE + "forms: {comment: email}\n")
    assert one(shop.html(PAGE), ".comments a.button")["href"] == "/forms/comment/?product=Care"
    form = one(shop.html("forms/comment/index.html"), "main form")
    assert [str(field["name"]) for field in form.select("input[required], textarea[required]")] == [
        "Guide or post",
        "Your comment",
        "Your name, as it is published",
        "Your e-mail",
    ]


def test_new_comment_changes_the_page(make_shop: MakeShop) -> None:
    shop = built(make_shop, TWO)
    shop.write("content/comments/all.yaml", TWO.replace("Later.", "Much later."))
    shop.build()

    assert "Much later." in shop.html(PAGE).get_text()


def test_comment_on_nothing_is_an_error_with_its_line(make_shop: MakeShop) -> None:
    wrong = (
        "- {article: 'guide:cara', text: A, date: 2026-11-02}\n"
        "- {article: care, text: B, date: 2026-11-02}\n"
        "- {article: 'guide:care', text: C, date: 2026-11-02, reply: {text: Call +358 40 123 4567., by: nobody}}\n"
    )
    with pytest.raises(ContentError) as error:
        built(make_shop, wrong)

    text = str(error.value)
    assert 'all.yaml:1: article: no guide "cara", did you mean "care"?' in text
    assert 'all.yaml:2: article: expected a guide or a post like guide:care, found "care"' in text
    assert "all.yaml:3: reply.text: expected an answer that everybody may read" in text
    assert 'all.yaml:3: reply.by: no person "nobody"' in text

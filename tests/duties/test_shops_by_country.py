"""Shops of several countries: what the law lists for each is at the foot of pages and on pages of its own.

Sources: the duties of the table, which the tests name.
"""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from storegen.duties.words import MODEL_FORMS, WITHDRAWAL
from tests.conftest import MakeShop
from tests.shop import Shop

PRODUCT = "name: Ring\nsku: R\nprice: 10\nimages: [media/r.png]\nspecs: {Metal: silver}\n"
COMPANY = "street: Street 1, postcode: '12345', city: Town, phone: '+1 555 0100', email: a@shop.example"


def site(country: str, company: str, *, language: str = "en", currency: str = "EUR", more: str = "") -> str:
    return (
        f"name: Shop\nurl: https://shop.example\ncurrency: {currency}\nlanguages: [{language}]\n"
        f"company: {{country: {country}, {COMPANY}, {company}}}\n"
        f"delivery: {{methods: [{{id: post, name: Post, price: 5, days: 1-3, countries: [{country}]}}]}}\n"
        f"returns: {{days: 30}}\npayments: [Card]\naddresses: {{products: products}}\n{more}"
    )


def built(make_shop: MakeShop, text: str, **pages: str) -> Shop:
    files: dict[str, str | bytes] = {
        "site.yaml": text,
        "content/products/ring.yaml": PRODUCT.replace("images: [media/r.png]\n", ""),
    }
    files |= {f"content/pages/{name}.md": page for name, page in pages.items()}
    shop = make_shop(files)
    shop.build()
    return shop


def foot(shop: Shop, path: str = "index.html") -> BeautifulSoup:
    found = shop.html(path).find("footer", class_="footer")
    assert found is not None
    return BeautifulSoup(str(found), "html.parser")


def linked(shop: Shop, text: str) -> str:
    """Return the file of the page that a link with this text at the foot of the home page leads to."""
    (link,) = foot(shop).find_all("a", string=text)
    return f"{str(link['href']).strip('/')}/index.html"


def test_german_shop_has_an_impressum_two_clicks_from_every_page(make_shop: MakeShop) -> None:
    """§ 5 DDG, § 18(2) MStV."""
    company = (
        "legal_name: Laden GmbH, representative: Erika Beispiel, register: 'Amtsgericht Berlin, HRB 1', vat_id: DE1, "
        "editor: Max Beispiel, numbers: [{name: WEEE-Reg.-Nr., number: DE 12345678, country: DE}]"
    )
    shop = built(make_shop, site("DE", company, language="de"))

    text = shop.html(linked(shop, "Impressum")).find("main").get_text(" ")  # type: ignore[union-attr]
    for fact in ("Laden GmbH", "Street 1", "Erika Beispiel", "HRB 1", "DE1", "Max Beispiel", "a@shop.example"):
        assert fact in text
    assert "+1 555 0100" in text
    assert "WEEE-Reg.-Nr." in text
    assert "DE 12345678" in text
    assert all("Impressum" in foot(shop, page).get_text() for page in ("products/ring/index.html", "404.html"))


@pytest.mark.parametrize(
    ("country", "language"), [("DE", "de"), ("FI", "fi"), ("FR", "fr"), ("EE", "et"), ("SE", "sv")]
)
def test_every_page_of_a_european_shop_has_the_withdrawal_link_in_its_language(
    make_shop: MakeShop, country: str, language: str
) -> None:
    """Directive 2011/83/EU, article 11a (Directive (EU) 2023/2673), since 2026-06-19."""
    shop = built(make_shop, site(country, "legal_name: Shop", language=language))
    words = WITHDRAWAL[language]

    page = shop.html(linked(shop, words.open))
    for path in ("index.html", "products/ring/index.html", "404.html"):
        assert foot(shop, path).find_all("a", string=words.open)
    form = page.select_one("withdrawal-form form")
    assert form is not None
    assert {str(each["data-field"]) for each in form.select("[data-field]")} >= {"name", "order", "email"}
    first, second = form.select("[data-part=open], [type=submit]")
    assert (first.get_text(strip=True), second.get_text(strip=True)) == (words.open, words.confirm)
    assert page.find("meta", attrs={"name": "robots"}) is None


@pytest.mark.parametrize("language", ["de", "fi", "fr", "es", "en"])
def test_page_of_the_withdrawal_function_has_the_model_form_of_the_law(make_shop: MakeShop, language: str) -> None:
    """Directive 2011/83/EU, Annex I(B)."""
    shop = built(make_shop, site("FI", "legal_name: Kauppa Oy", language=language))

    text = shop.html(linked(shop, WITHDRAWAL[language].open)).find("main").get_text(" ")  # type: ignore[union-attr]
    assert MODEL_FORMS[language].title in text
    assert f"{MODEL_FORMS[language].to} Kauppa Oy, Street 1" in text
    assert all(line in text for line in MODEL_FORMS[language].lines)


def test_model_form_without_words_in_the_language_is_in_english_and_marked_so(make_shop: MakeShop) -> None:
    shop = built(make_shop, site("EE", "legal_name: Pood", language="et"))

    (form,) = shop.html(linked(shop, WITHDRAWAL["et"].open)).select("main [lang=en]")
    assert MODEL_FORMS["en"].title in form.get_text()


def test_shop_that_sells_outside_the_european_union_has_no_withdrawal_function(make_shop: MakeShop) -> None:
    shop = built(make_shop, site("US", "legal_name: Shop Inc", currency="USD"))

    assert not foot(shop).find_all("a", string=WITHDRAWAL["en"].open)
    assert not shop.has("withdrawal/index.html")


def test_korean_shop_that_delivers_to_the_european_union_has_it(make_shop: MakeShop) -> None:
    text = site("KR", "legal_name: 가게, business_id: 123-45-67890", currency="KRW", language="ko")
    shop = built(make_shop, text.replace("countries: [KR]", "countries: [KR, FI]"))

    assert shop.has(linked(shop, WITHDRAWAL["ko"].open))


def test_korean_footer_has_what_the_law_lists_and_the_link_to_the_public_record(make_shop: MakeShop) -> None:
    """전자상거래법 제10조, 시행규칙 제7조 (총리령 1920, 2023-12-12)."""
    company = (
        "legal_name: 가게, business_id: 123-45-67890, representative: 김하나, "
        "sales_report: 제2023-서울종로-0130호, host: 호스팅사"
    )
    shop = built(make_shop, site("KR", company, currency="KRW", language="ko"), terms="---\ntitle: 이용약관\n---\n글\n")

    text = foot(shop).get_text(" ")
    for fact in ("가게", "대표자 김하나", "123-45-67890", "제2023-서울종로-0130호", "호스팅사", "이용약관"):
        assert fact in text
    assert "+1 555 0100" in text
    assert "a@shop.example" in text
    assert "Street 1" in text
    (record,) = foot(shop).find_all("a", string="사업자정보확인")
    assert record["href"] == "https://www.ftc.go.kr/bizCommPop.do?wrkr_no=1234567890"


def test_japanese_shop_has_the_page_of_the_seller(make_shop: MakeShop) -> None:
    """特定商取引法 第11条."""
    more = "duties: {payment_time: 注文時, offer_time: 7日間}\n"
    shop = built(
        make_shop, site("JP", "legal_name: 銀の店, representative: 山田", currency="JPY", language="ja", more=more)
    )

    page = shop.html(linked(shop, "特定商取引法に基づく表記"))
    rows = dict(row.get_text("\n", strip=True).split("\n", 1) for row in page.select(".specs__row"))
    labels = (
        "販売業者",
        "運営責任者",
        "所在地",
        "電話番号",
        "メールアドレス",
        "販売価格",
        "送料その他の費用",
        "支払方法",
    )
    assert all(rows[label] for label in (*labels, "支払時期", "引渡時期", "返品特約", "申込有効期限"))
    assert (rows["販売業者"], rows["運営責任者"], rows["支払時期"]) == ("銀の店", "山田", "注文時")


def test_indonesian_footer_has_the_business_number_and_the_complaints_service(make_shop: MakeShop) -> None:
    """Permendag 31/2023; PP 80/2019."""
    company = "legal_name: PT Toko, business_id: '9120000000000'"
    shop = built(make_shop, site("ID", company, currency="IDR", language="id"))

    text = foot(shop).get_text(" ")
    assert "9120000000000" in text
    assert "PT Toko" in text
    assert "Direktorat Jenderal Perlindungan Konsumen dan Tertib Niaga" in text
    assert "0853-1111-1010" in text


def test_british_footer_has_the_register(make_shop: MakeShop) -> None:
    """SI 2015/17, regulation 25."""
    company = "legal_name: Shop Ltd, business_id: '01234567', register: Registered in England and Wales"
    shop = built(make_shop, site("GB", company, currency="GBP"))

    text = foot(shop).get_text(" ")
    assert "Shop Ltd" in text
    assert "01234567" in text
    assert "Registered in England and Wales" in text
    assert not foot(shop).find_all("a", string=WITHDRAWAL["en"].open)  # article 11a isn't law in the United Kingdom


def test_finnish_shop_names_the_disputes_board(make_shop: MakeShop) -> None:
    """KKV; Directive 2013/11/EU, article 13."""
    company = "legal_name: Kauppa Oy, disputes: '[Kuluttajariitalautakunta](https://www.kuluttajariita.fi)'"
    page = "---\ntitle: Yhteys\n---\n"
    shop = built(make_shop, site("FI", company, language="fi"), contact=page)

    (link,) = shop.html("contact/index.html").find("main").find_all("a", string="Kuluttajariitalautakunta")  # type: ignore[union-attr]
    assert link["href"] == "https://www.kuluttajariita.fi"


def test_french_shop_has_mentions_legales_with_host_and_mediator(make_shop: MakeShop) -> None:
    """LCEN, articles 1-1 and 19; C. conso. L616-1; C. env. R541-173."""
    company = (
        "legal_name: Boutique SARL, business_id: '123 456 789', representative: Jeanne Exemple, capital: 10 000 €, "
        "host: 'Hôte SAS, 1 rue X, +33 1 00 00 00 00', disputes: 'Médiateur X, https://mediateur.example', "
        "numbers: [{name: IDU (emballages), number: FR000000_01ABCD, country: FR}]"
    )
    shop = built(make_shop, site("FR", company, language="fr"))

    text = shop.html(linked(shop, "Mentions légales")).find("main").get_text(" ")  # type: ignore[union-attr]
    for fact in ("Boutique SARL", "Jeanne Exemple", "10 000 €", "Hôte SAS", "Médiateur X", "FR000000_01ABCD"):
        assert fact in text


def test_notice_on_the_legal_guarantee_has_its_page_its_words_and_its_link(make_shop: MakeShop) -> None:
    """Regulation (EU) 2025/1960, Annex I, since 2026-09-27."""
    shop = built(make_shop, site("FI", "legal_name: Kauppa Oy"))

    page = shop.html(linked(shop, "Legal guarantee"))
    text = page.find("main").get_text(" ")  # type: ignore[union-attr]
    assert "Minimum two-year legal guarantee protection for goods sold in the European Union." in text
    assert page.find_all("a", href="https://europa.eu/youreurope/guarantees")


def test_american_shop_shows_returns_shipping_time_the_source_of_reviews_and_warnings(make_shop: MakeShop) -> None:
    """16 CFR 435, 16 CFR 465, Cal. Civ. Code § 1723, 27 CCR § 25600."""
    warning = "WARNING: Risk of cancer from lead"
    shop = make_shop(
        {
            "site.yaml": site(
                "US", "legal_name: Shop Inc", currency="USD", more="reviews_note: Only buyers write here.\n"
            ).replace("{methods", "{dispatch: {before: 14:00, days: Mon-Fri}, methods"),
            "content/products/ring.yaml": PRODUCT.replace("images: [media/r.png]\n", "")
            + f"safety: {{warnings: '{warning}'}}\n",
            "content/reviews/all.yaml": (
                "- {product: ring, rating: 5, text: Good., name: Ann, date: 2026-11-01, reward: discount}\n"
            ),
            "content/pages/returns.md": "---\ntitle: Returns\n---\nUnworn.\n",
        }
    )
    shop.build()
    page = shop.html("products/ring/index.html")
    text = page.find("main").get_text(" ")  # type: ignore[union-attr]

    for fact in ("1–3", "Only buyers write here.", "Got a discount for this review", warning):
        assert fact in text, fact
    assert "30 days" in shop.html("returns/index.html").find("main").get_text(" ")  # type: ignore[union-attr]
    assert "Shop Inc" in foot(shop).get_text(" ")


@pytest.mark.parametrize("country", ["KR", "DE", "FI", "GB", "US", "JP", "ID", "FR", "CH", "NO"])
def test_shop_of_any_country_builds(make_shop: MakeShop, country: str) -> None:
    shop = built(make_shop, site(country, "legal_name: Shop"))

    assert "Shop" in foot(shop).get_text()


def test_british_shop_has_the_model_form_on_a_page_of_its_own(make_shop: MakeShop) -> None:
    """Consumer Contracts Regulations 2013, schedule 3."""
    page = "---\ntitle: Your right to cancel\nlayout: withdrawal\n---\nYou have 14 days.\n"
    shop = built(make_shop, site("GB", "legal_name: Shop Ltd", currency="GBP"), cancel=page)

    main = shop.html("cancel/index.html").find("main")
    assert main is not None
    assert MODEL_FORMS["en"].lines[0] in main.get_text(" ")
    assert "You have 14 days." in main.get_text(" ")
    assert not main.find_all("form")

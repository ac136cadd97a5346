"""storegen import as a merchant meets it: a file in, content files out, and what is said about it."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.importing import Importing

HEAD = "Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src\n"
LAMP = "lamp,Lamp,<p>Bright.</p>,Title,Default Title,L-1,20.00,https://x.example/1.jpg\n"
SIZES = (
    HEAD + "kettle,Kettle,<p>Boils.</p>,Size,1 l,BK-1,19.90,https://x.example/k.jpg\nkettle,,,,2 l,BK-2,24.90,\n" + LAMP
)
WOO = "ID,Type,SKU,Name,Published,Short description,Description,Regular price,Images\n"


# Other exports and other files


INVENTORY = (
    "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Incoming,Unavailable,Committed,Available,On hand\n"
    "kettle,Kettle,Size,1 l,BK-1,,,Shop,0,0,0,3,3\n"
)


def test_inventory_export_never_overwrites_products(importing: Importing) -> None:
    importing.run("shopify", SIZES)
    before = importing.product("kettle")

    done = importing.run("shopify", INVENTORY, "--replace")

    assert done.code == 1
    assert done.err.startswith(
        "export.csv:1: expected a Shopify product export, found Shopify's inventory export, which contains stock and no "
        "prices; in Shopify's admin, use Products → Export → All products → CSV"
    )
    assert importing.product("kettle") == before


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("First Name,Last Name,Email,Accepts Email Marketing,Total Spent,Total Orders,Tags", "an export of customers"),
        ("Name,Email,Financial Status,Paid at,Subtotal,Lineitem quantity,Lineitem name", "an export of orders"),
        ("Name,Value,Value Type,Type,Discount Class,Times Used In Total", "an export of discounts"),
        ("Id,Code,Initial Balance,Balance,Currency,Expires On", "an export of gift cards"),
        ("Redirect from,Redirect to", "an export of redirects"),
        ("Type,Identification,Field,Locale,Default content,Translated content", "an export of translations"),
        ("product_handle,state,rating,title,author,email,body", "an export of reviews"),
        ("Product title,Product vendor,Net sales,Gross sales", "a sales report"),
        ("handleId,fieldType,name,description,price", "a product export of Wix"),
        ("TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,SKU", "a listing export of Etsy"),
        ("id,title,description,availability,price,image_link", "a product feed for Google or Meta"),
        ("Product ID,Active (0/1),Name *,Reference #", "a product file of PrestaShop"),
    ],
)
@pytest.mark.parametrize("platform", ["shopify", "woocommerce"])
def test_other_export_is_refused_by_its_name(importing: Importing, platform: str, header: str, found: str) -> None:
    done = importing.run(platform, f"{header}\n{'1,' * header.count(',')}1\n")

    assert done.code == 1
    assert f" product export, found {found}; in " in done.err
    assert importing.products() == []


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Date,Order #,N. Revenue (formatted),Status,Customer,Items sold", "an export of orders"),
        ("Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV", "an export of customers"),
        ("post_title,discount_type,coupon_amount", "an export of coupons"),
        ("Product / Variation,SKU,Status,Stock", "a stock report"),
        ("Country code,State code,Postcode / ZIP,City,Rate %,Tax name", "a table of tax rates"),
        ("ID,post_title,regular_price,sku", "a product export of the WooCommerce plug-in of WebToffee"),
    ],
)
def test_other_export_of_woocommerce_is_refused_by_its_name(importing: Importing, header: str, found: str) -> None:
    done = importing.run("woocommerce", f"{header}\n{'1,' * header.count(',')}1\n")

    assert (done.code, f" product export, found {found}; in WordPress, use " in done.err) == (1, True)


def packed(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


WXR = """\
<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Kettle</title>
<content:encoded><![CDATA[<p class="a">Boils, "fast".</p>]]></content:encoded></item></channel></rss>
"""


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (WXR.encode(), "a WordPress export (WXR, an XML file)"),
        (b"\xef\xbb\xbf\n" + WXR.encode(), "a WordPress export (WXR, an XML file)"),
        (WXR.encode("utf-16"), "a WordPress export (WXR, an XML file)"),
        (b'<?xml version="1.0"?>\n<rss xmlns:g="http://base.google.com/ns/1.0">', "a product feed for Google (XML)"),
        (b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">', "a feed (RSS or Atom)"),
        (b'<?xml version="1.0"?>\n<products><product/></products>', "an XML file"),
        (b'[{"id": 1, "name": "Kettle"}]', "a JSON file"),
        (b'{\n  "products": [{"title": "Kettle, large"}]}', "a JSON file"),
        (
            b"<!DOCTYPE html>\n<html><head><title>Log in</title>",
            "a web page (HTML), perhaps a login page that was saved",
        ),
        (b"<table><tr><td>Handle</td></tr></table>", "an HTML table, as some tools save under the ending .xls"),
        (
            packed("[Content_Types].xml", "xl/workbook.xml"),
            "an Excel workbook (.xlsx); open it and save it as CSV UTF-8",
        ),
        (packed("mimetype", "content.xml"), "an OpenDocument file (.ods)"),
        (packed("Index/Document.iwa"), "a Numbers document"),
        (packed("products_export_1.csv"), "a ZIP archive that contains CSV files; unpack it"),
        (packed("readme.txt"), "a ZIP archive; unpack it first"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)"),
        (b"\x1f\x8b\x08\x00", "a compressed file (gzip); unpack it first"),
        (b"%PDF-1.7", "a PDF"),
        (b"-- MySQL dump 10.13\nINSERT INTO", "a dump of an SQL database"),
    ],
)
def test_file_that_is_no_csv_is_named_as_what_it_is(importing: Importing, data: bytes, found: str) -> None:
    done = importing.run("woocommerce", data)

    assert done.code == 1
    assert done.err.startswith(f"export.csv: expected a CSV file, found {found}")
    assert "; in WordPress, use Products → All products → Export → Generate CSV\n" in done.err


# Encodings and separators


@pytest.mark.parametrize(
    ("encoding", "words", "named"),
    [
        ("cp1252", "Café crème à boire", "Windows-1252 (Western European)"),
        ("cp1252", "Sõrmus ja Größe", "Windows-1252 (Western European)"),
        ("cp1252", "It’s a “ring” – new", "Windows-1252 (Western European)"),
        ("cp1250", "pierścionek złoty", "Windows-1250 (Central European)"),
        ("cp1250", "Příliš žluťoučký kůň", "Windows-1250 (Central European)"),
        ("cp1250", "Női cipő, fűző", "Windows-1250 (Central European)"),
        ("cp1251", "Кольцо золотое", "Windows-1251 (Cyrillic)"),
        ("cp1251", "Чайник 1 л", "Windows-1251 (Cyrillic)"),
        ("cp1253", "Δαχτυλίδι ασημένιο", "Windows-1253 (Greek)"),
        ("cp1254", "Gümüş yüzük, ışıklı", "Windows-1254 (Turkish)"),
        ("cp1250", "Inel de argint, mărime şi greutate, preţ", "Windows-1250 (Central European)"),
        ("cp1252", "10 µm × 5 m² ½ ®", "Windows-1252 (Western European)"),
        ("mac_roman", "Café crème à boire", "Mac Roman"),
        ("cp949", "은반지와 진주 귀걸이, 선물 포장", "Windows-949 (Korean)"),
        ("cp949", "은반지 2호", "Windows-949 (Korean)"),
        ("cp1252", "KESÄÄN", "Windows-1252 (Western European)"),
        ("cp932", "銀の指輪と真珠のイヤリング", "Windows-932 (Japanese)"),
        ("gb18030", "银戒指和珍珠耳环，礼品包装", "GB 18030 (Chinese)"),
        ("big5", "銀戒指和珍珠耳環，禮品包裝", "Big5 (Chinese)"),
    ],
)
def test_export_that_excel_saved_again_is_read(importing: Importing, encoding: str, words: str, named: str) -> None:
    text = f"Handle;Title;Body (HTML);Variant SKU;Variant Price\nring;{words};<p>Plain words in English.</p>;R;12,50\n"

    done = importing.run("shopify", text.encode(encoding))

    assert done.code == 0
    assert f"the file is not UTF-8; it was read as {named}. Where letters are wrong, save it as CSV UTF-8" in done.out
    assert "the cells are separated by semicolons, not by commas as the shop writes them" in done.out
    assert "the prices have decimal commas, and were read so: 12,50" in done.out
    assert f"name: {words}\n" in importing.product("ring")
    assert "price: 12.50\n" in importing.product("ring")


def test_encoding_that_the_merchant_names_is_not_guessed(importing: Importing) -> None:
    data = "Handle,Title,Variant Price\nring,Nő,5\n".encode("cp1250")

    assert "Windows-1252" in importing.run("shopify", data).out
    assert "name: Nõ\n" in importing.product("ring")
    assert "not UTF-8" not in importing.run("shopify", data, "--replace", "--encoding", "cp1250").out
    assert "name: Nő\n" in importing.product("ring")
    assert importing.run("shopify", data, "--encoding", "klingon").code == 2
    wrong = importing.run("shopify", data, "--replace", "--encoding", "ascii")
    assert (wrong.code, wrong.err) == (1, "storegen: export.csv: expected ASCII: ordinal not in range(128)\n")


@pytest.mark.parametrize("start", ["", "sep=;\r\n", '"sep=;"\r\n'])
def test_unicode_text_and_separator_line_of_excel_are_read(importing: Importing, start: str) -> None:
    text = f"{start}Handle;Title;Variant Price\r\nring;Sõrmus;5\r\n"

    assert importing.run("shopify", text.replace(";", "\t").encode("utf-16")).code == 0
    assert "name: Sõrmus\n" in importing.product("ring")
    assert importing.run("shopify", text.encode("utf-8-sig"), "--replace").code == 0


def test_decimal_commas_are_read_where_all_prices_have_them(importing: Importing) -> None:
    text = 'Handle,Title,Variant Price\na,A,"1.234,50"\nb,B,"12,5"\nc,C,1.234\nd,D,7\n'

    importing.run("shopify", text)

    assert [importing.product(name).splitlines()[1] for name in "abcd"] == [
        "price: 1234.50",
        "price: 12.5",
        "price: 1234",
        "price: 7",
    ]


def test_decimal_commas_among_points_are_pointed_out(importing: Importing) -> None:
    done = importing.run("shopify", 'Handle,Title,Variant Price\na,A,"12,50"\nb,B,12.60\n')

    message = (
        "some prices have a decimal comma and others a point, so look whether all were read right: 12,50 and 12.60"
    )
    assert message in done.out
    assert "price: 12.60" in importing.product("b")


@pytest.mark.parametrize(
    ("yes", "no"), [("WAHR", "FALSCH"), ("VRAI", "FAUX"), ("PRAWDA", "FAŁSZ"), ("TOSI", "EPÄTOSI")]
)
def test_true_and_false_in_the_language_of_excel_are_read(importing: Importing, yes: str, no: str) -> None:
    text = f"Handle;Title;Published;Variant Price;Variant Requires Shipping\na;A;{no};5;{yes}\nb;B;{yes};5;{no}\n"

    done = importing.run("shopify", text)

    assert f"TRUE and FALSE are in the language of a spreadsheet program, and were read so: {no}" in done.out
    assert importing.product("a") == "name: A\nprice: 5\nstatus: draft\n"
    assert importing.product("b") == "name: B\nprice: 5\ndelivery:\n  digital: yes\n"


def test_numbers_that_excel_shortened_are_pointed_out(importing: Importing) -> None:
    row = 'a,A,1.23457E+12,5,"4,00638E+12"\n'

    done = importing.run("shopify", "Handle,Title,Variant SKU,Variant Price,Variant Barcode\n" + row)

    assert "a (line 2): a spreadsheet has shortened this article number, so format its column as text" in done.out
    assert "a (line 2): a spreadsheet has shortened this barcode, so format its column as text" in done.out


# Before the header


@pytest.mark.parametrize(
    "start",
    [
        "\n\t\ufeff",
        "\r\n\r\n",
        "\ufeff\ufeff",
        " \t\n",
        '<br />\n<b>Warning</b>:  Undefined array key "a" in <b>/var/www/x.php</b> on line <b>12</b><br />\n',
        "PHP Notice:  Undefined variable: sep, type in /var/www/x.php on line 3\n\n",
        "My shop, products of 3 May\n\n",
    ],
)
def test_what_a_server_prints_before_the_header_is_passed_over(importing: Importing, start: str) -> None:
    done = importing.run("woocommerce", f"{start}{WOO}1,simple,A,Desk lamp,1,,,49,\n<br />\n")

    assert done.code == 0
    assert importing.products() == ["desk-lamp"]
    assert "price: 49\n" in importing.product("desk-lamp")
    assert ("left out: lines before the header: " in done.out) == bool(start.strip("\ufeff \t\r\n"))
    assert "left out: a message of the server: <br />" in done.out


def test_lines_are_counted_from_the_beginning_of_the_file(importing: Importing) -> None:
    done = importing.run("shopify", "\n\n" + HEAD + LAMP.replace("20.00", "1,2,3"))

    assert "lamp (line 4): " in done.out


def test_header_in_the_middle_of_files_put_together_is_no_product(importing: Importing) -> None:
    done = importing.run("shopify", SIZES + HEAD + LAMP.replace("lamp", "torch"))

    assert importing.products() == ["kettle", "lamp", "torch"]
    assert "line 5: left out: the header line again" in done.out


# Columns that are not there


def test_file_without_prices_is_said_once(importing: Importing) -> None:
    rows = "".join(f"lamp-{number},Lamp {number},L-{number}\n" for number in range(60))

    done = importing.run("shopify", f"Handle,Title,Variant SKU\n{rows}")

    assert done.out.splitlines() == [
        "the file has no column for: descriptions, pictures",
        "the file has no column for prices, so new products are drafts; export it again with all columns",
        "",
        "60 products with 60 variants, 60 of them drafts, 0 categories",
        "next: storegen check",
    ]
    assert "status: draft\n" in importing.product("lamp-1")


def test_woocommerce_file_without_prices_is_said_once(importing: Importing) -> None:
    rows = "".join(f"{number},simple,S{number},Lamp {number}\n" for number in range(60))

    done = importing.run("woocommerce", f"ID,Type,SKU,Name\n{rows}")

    assert "the file has no column for prices, so new products are drafts" in done.out
    assert len(done.out.splitlines()) == 5


@pytest.mark.parametrize(("header", "wanted"), [("Title,Variant Price", "Handle"), ("Handle,Variant Price", "Title")])
def test_file_without_the_column_of_a_key_is_refused_once(importing: Importing, header: str, wanted: str) -> None:
    done = importing.run("shopify", header + "\na,1\nb,2\n")

    assert done.code == 1
    assert f'expected a Shopify product export with the column "{wanted}"' in done.err
    assert done.err.count("\n") == 3


# Notes


def test_notes_are_one_line_a_cause_and_all_in_a_file(importing: Importing) -> None:
    rows = "".join(f"p{n},P {n},S-{n},9.99,9.99\n" for n in range(60)) + 'last,Last,S-60,"1,234",\n'

    done = importing.run("shopify", f"Handle,Title,Variant SKU,Variant Price,Variant Compare At Price\n{rows}")

    assert (
        "left out: the price before the reduction is not above the price, so it is no reduction: 60 times: "
        "p0 (line 2): 9.99; p1 (line 3): 9.99; p2 (line 4): 9.99; …\n"
    ) in done.out
    assert "last (line 62): expected an amount like 59.00; what was found is kept under private: 1,234\n" in done.out
    assert f"all 63 notes: {importing.shop.folder}/import-notes.txt\n" in done.out
    notes = importing.notes().splitlines()
    assert notes[:3] == [
        "What importing export.csv left out or changed",
        "",
        "the file has no column for: descriptions, pictures",
    ]
    assert len(notes) == 65
    assert "p59 (line 61): left out: the price before the reduction is not above the price" in notes[62]
    importing.shop.build()


def test_notes_of_an_earlier_import_do_not_stay(importing: Importing) -> None:
    importing.run("shopify", HEAD + LAMP)
    assert importing.notes()
    importing.run("shopify", HEAD + "torch,Torch,,,,T,5,\n", "--replace")
    assert not (importing.shop.folder / "import-notes.txt").exists()


# The key of a product


def test_rows_of_one_handle_are_one_product_whatever_their_titles(importing: Importing) -> None:
    text = (
        HEAD
        + "trail-short,Trail 5in Short,<p>Light.</p>,Size,S,TS-S,20.00,https://x.example/1.jpg\n"
        + "trail-short,,,,M,TS-M,20.00,https://x.example/2.jpg\n"
        + LAMP
        + "trail-short,Trail 5In Short,<p>Light.</p>,Size,L,TS-L,20.00,https://x.example/3.jpg\n"
        + "Trail-Short,,,,XL,TS-XL,20.00,\n"
        + "Trail Short ,,,,XXL,TS-XXL,20.00,\n"
    )

    done = importing.run("shopify", text)

    assert importing.products() == ["lamp", "trail-short"]
    made = importing.product("trail-short")
    assert "name: Trail 5in Short\n" in made
    assert "  Size: [S, M, L, XL, XXL]\n" in made
    assert made.count("https://x.example/") == 3
    note = (
        "trail-short (line 5): rows of one handle have different titles; only the first is used, not: Trail 5In Short"
    )
    assert note in done.out


def test_handles_of_two_unicode_forms_are_one(importing: Importing) -> None:
    text = HEAD + "café,Café,,Size,S,C-S,5,\n" + "cafe\u0301,,,,M,C-M,5,\n"

    importing.run("shopify", text)

    assert importing.products() == ["café"]


# Replacing


def test_replacing_keeps_what_the_export_has_no_column_for(importing: Importing) -> None:
    importing.run("shopify", SIZES)
    kettle = importing.shop.folder / "content/products/kettle.yaml"
    kettle.write_text(kettle.read_text() + "badge: New\ncare: [dry]\n")

    done = importing.run(
        "shopify", "Handle,Title,Option1 Name,Option1 Value,Variant SKU\nkettle,Big kettle,Size,1 l,BK-1\n", "--replace"
    )

    assert done.code == 0
    assert importing.product("kettle") == (
        "name: Big kettle\n"
        "options:\n"
        "  Size: [1 l]\n"
        "variants:\n"
        "  - sku: BK-1\n"
        "    options:\n"
        "      Size: 1 l\n"
        "    price: 19.90\n"
        "images:\n"
        "  - https://x.example/k.jpg\n"
        "description: Boils.\n"
        "badge: New\n"
        "care: [dry]\n"
    )
    kept = "kettle (line 2): kept of the file that was there, because the export doesn't say it: images, description, "
    assert kept in done.out


def test_replacing_never_puts_nothing_in_the_place_of_a_price_or_a_text(importing: Importing) -> None:
    importing.run("shopify", HEAD + LAMP)
    before = importing.product("lamp")

    importing.run("shopify", HEAD + "lamp,Lamp,,Title,Default Title,L-1,,\n", "--replace")

    assert importing.product("lamp") == before


def test_replacing_follows_the_export_in_its_columns(importing: Importing) -> None:
    head = HEAD.replace("\n", ",Tags,Variant Compare At Price,Status\n")
    importing.run("shopify", head + LAMP.replace("\n", ",new,25.00,active\n"))
    assert "compare_at_price: 25.00\n" in importing.product("lamp")

    importing.run("shopify", head + LAMP.replace("20.00", "22.00").replace("\n", ",,,draft\n"), "--replace")

    made = importing.product("lamp")
    assert "price: 22.00\n" in made
    assert "status: draft\n" in made
    assert "compare_at_price" not in made
    assert "tags" not in made


def test_variants_that_an_export_does_not_tell_apart_stay(importing: Importing) -> None:
    importing.run("shopify", SIZES)
    before = importing.product("kettle")

    done = importing.run("shopify", "Handle,Title,Variant Price\nkettle,Kettle,1.00\nlamp,Lamp,21.00\n", "--replace")

    assert importing.product("kettle") == before
    assert "price: 21.00\n" in importing.product("lamp")
    assert "kettle (line 2): left out: a product with variants that this export can't tell apart" in done.out


def test_prices_by_article_number_reach_the_variants(importing: Importing) -> None:
    importing.run("shopify", SIZES)

    importing.run(
        "shopify", "Handle,Title,Variant SKU,Variant Price\nkettle,Kettle,BK-1,30.00\nkettle,,BK-2,35.00\n", "--replace"
    )

    made = importing.product("kettle")
    assert "      Size: 1 l\n    price: 30.00\n" in made
    assert "      Size: 2 l\n    price: 35.00\n" in made
    importing.shop.build()


def test_private_notes_of_the_merchant_outlive_an_import(importing: Importing) -> None:
    importing.run("shopify", HEAD.replace("\n", ",SEO Title,Cost\n") + LAMP.replace("\n", ",Buy,3\n"))
    lamp = importing.shop.folder / "content/products/lamp.yaml"
    lamp.write_text(lamp.read_text().replace("private:\n", "private:\n  supplier: Luz\n"))

    importing.run("shopify", HEAD.replace("\n", ",Cost\n") + LAMP.replace("\n", ",4\n"), "--replace")

    private = 'private:\n  supplier: Luz\n  imported:\n    SEO Title: Buy\n    Cost: "4"\n'
    assert importing.product("lamp").endswith(private)


def test_file_that_can_not_be_read_is_not_replaced(importing: Importing) -> None:
    importing.shop.write("content/products/lamp.yaml", "name: Lamp\nname: Lamp\n")
    done = importing.run("shopify", HEAD + LAMP, "--replace")
    assert done.code == 1
    assert done.err.startswith("content/products/lamp.yaml:2: ")

    importing.shop.write("content/products/lamp.yaml", "- {slug: a, name: A}\n- {slug: b, name: B}\n")
    done = importing.run("shopify", HEAD + LAMP, "--replace")
    assert done.code == 2
    assert "contains several products, so --replace can't write lamp there" in done.err


# WooCommerce's texts and attributes


def test_value_of_a_variation_is_one_whatever_its_commas(importing: Importing) -> None:
    head = "ID,Type,SKU,Name,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)\n"
    text = (
        head
        + '1,variable,BOX,Used lamp,,,Condition,"New\\, no box, Opened\\, complete, Worn"\n'
        + '2,variation,BOX-1,Used lamp,40,BOX,Condition,"New\\, no box"\n'
        + '3,variation,BOX-2,Used lamp,30,BOX,Condition,"Opened, complete"\n'
        + "4,variation,BOX-3,Used lamp,20,BOX,Condition,worn\n"
        + '5,variable,MAP,Map,,,Title,"""268 - North, South"", 269"\n'
        + '6,variation,MAP-1,Map,9,MAP,Title,"268 - North, South"\n'
        + "7,variation,MAP-2,Map,9,MAP,Title,269\n"
        + '8,variable,TEA,Tea,,,Kind,"Black, strong, Green, mild"\n'
        + '9,variation,TEA-1,Tea,9,TEA,Kind,"Black, strong"\n'
        + '10,variation,TEA-2,Tea,9,TEA,Kind,"Green, mild"\n'
    )

    importing.run("woocommerce", text)

    assert "    - New, no box\n    - Opened, complete\n    - Worn\n" in importing.product("used-lamp")
    assert "      Condition: Opened, complete\n    price: 30\n" in importing.product("used-lamp")
    assert '    - 268 - North, South\n    - "269"\n' in importing.product("map")
    assert "    - Black, strong\n    - Green, mild\n" in importing.product("tea")
    importing.shop.build()


@pytest.mark.parametrize(
    ("short", "long", "shown"),
    [
        ("Boils a litre.", "Boils a litre.", "summary: Boils a litre.\n"),
        ("<p>Boils  a <b>litre</b>.</p>", "Boils a litre", "summary: Boils a litre.\n"),
        ("Boils.", "<p>Boils.</p><p>Of steel.</p>", "summary: Boils.\ndescription: Of steel.\n"),
        ("Boils fast…", "Boils fast and is of steel.", "description: Boils fast and is of steel.\n"),
        ("Boils. Of steel.", "Boils.", "summary: Boils. Of steel.\n"),
        ("Boils.", "Of steel.", "summary: Boils.\ndescription: Of steel.\n"),
        ("<ul><li>Big</li></ul>", "<ul><li>Big</li></ul><p>More.</p>", "description: |-\n  - Big\n\n  More.\n"),
        ("<ul><li>Big</li><li>Red</li></ul>", "<ul><li>Big</li></ul>", "description: |-\n  - Big\n  - Red\n"),
        ("Boils.", "Boils. <img src='https://x.example/a.jpg'>", "description: Boils. ![](https://x.example/a.jpg)\n"),
    ],
)
def test_what_both_descriptions_say_is_shown_once(importing: Importing, short: str, long: str, shown: str) -> None:
    importing.run("woocommerce", f'{WOO}1,simple,K,Kettle,1,"{short}","{long}",19.90,\n')

    made = importing.product("kettle")
    assert made[: made.index("private:")] == f"name: Kettle\nsku: K\nprice: 19.90\n{shown}"


def test_page_says_equal_descriptions_once(importing: Importing) -> None:
    importing.run("woocommerce", f"{WOO}1,simple,K,Kettle,1,Boils a litre.,<p>Boils a litre.</p>,19.90,\n")

    importing.shop.build()

    main_part = importing.shop.html("products/kettle/index.html").find("main")
    assert main_part is not None
    assert main_part.get_text().count("Boils a litre.") == 1

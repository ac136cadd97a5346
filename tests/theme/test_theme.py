"""The theme keeps its own rules: examples that render, the same words in every language, budgets."""

from __future__ import annotations

import gzip
import itertools
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from bs4 import BeautifulSoup

from storegen.gallery.examples import example_environment, read_examples, render_example
from storegen.theme.assets import _small, _small_script, make_assets, own_components, style_of
from storegen.theme.closures import Closures
from storegen.theme.loading import Theme, load_theme
from storegen.theme.tokens import PAIRS, contrast, nearest_passing, read_tokens
from storegen.yaml import load_yaml
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import SITE, Shop, png

HERE = ROOT / "themes" / "default"
COMPONENTS = sorted({path.parent.name for path in (HERE / "components").glob("*/*.html")})
PRODUCT = "products/rope-ring/index.html"
SHOWN = "link[rel=stylesheet]:not([media=print])"  # what a page needs to be drawn
MEASURED = ("text", "search", "email", "tel", "url", "password", "textarea")
LANGUAGES = tuple(sorted(path.stem for path in (HERE / "locales").glob("*.yaml")))


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme(ROOT, "default", LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_renders_to_whole_elements(theme: Theme, language: str) -> None:
    assets, _ = make_assets(theme, read_tokens(theme.texts["styles/tokens.css"]))
    made = example_environment(theme, language, assets)
    for example in read_examples(theme):
        html = render_example(made, example)
        soup = BeautifulSoup(html, "html.parser")
        label = f"{example.component}: {example.name}"
        assert "{{" not in html, label
        assert "{%" not in html, label
        assert not soup.find(style=True), label
        assert not soup.find(lambda tag: any(name.startswith("on") for name in tag.attrs)), label
        for blank in soup.find_all("template"):
            blank.decompose()  # a script fills it
        for image in soup.find_all("img"):
            assert image.has_attr("alt"), label
            assert str(image.get("src", "")).startswith("http") or image.get("width"), label
        for control in soup.find_all(["button", "a"]):
            named = control.get_text(strip=True) or control.get("aria-label") or control.find("img", alt=True)
            filled = control.get("aria-hidden") or control.has_attr("data-part")  # a script fills it
            assert named or filled, f"{label}: {control}"


def test_every_component_has_examples_and_one_macro() -> None:
    for component in COMPONENTS:
        folder = HERE / "components" / component
        text = (folder / f"{component}.html").read_text()
        assert len(re.findall(r"{%-? *macro ", text)) == 1, component
        assert text.lstrip().startswith(("{#", "{%")), component
        data: Any = load_yaml((folder / f"{component}.yaml").read_text())
        assert data["examples"], component


def test_every_word_that_a_template_asks_for_exists(theme: Theme) -> None:
    words = theme.words["en"]
    asked = {
        (name, key)
        for name, text in theme.texts.items()
        if name.endswith((".html", ".xml"))
        for key in re.findall(r"\bt\(\"([a-z_.]+[a-z])\"", text)
    }

    assert {(name, key) for name, key in asked if key not in words} == set()


def test_templates_name_others_by_constants_and_pages_only_compose(theme: Theme) -> None:
    closures = Closures(theme)
    for name in theme.texts:
        if name.endswith(".html"):
            assert len(closures.closure(name)) < 80, f"{name} names a computed template"
        if name.startswith("pages/") and name.endswith(".html"):
            assert theme.texts[name].count("\n") <= 50, name


def test_tokens_of_the_theme_pass_their_own_contrast(theme: Theme) -> None:
    tokens = read_tokens(theme.texts["styles/tokens.css"])
    for dark in (False, True):
        colours = tokens.values(dark=dark)
        for front, back, least in PAIRS:
            assert contrast(colours[front], colours[back]) >= least, (front, back)


def test_both_blocks_of_dark_mode_have_the_same_tokens(theme: Theme) -> None:
    """One is for browsers that prefer dark, the other for visitors who chose it."""
    css = theme.texts["styles/tokens.css"]
    preferred = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', css, re.DOTALL)
    assert preferred
    declared = dict(re.findall(r"--([\w-]+): ([^;]+);", preferred[1]))

    assert declared == read_tokens(css).dark


def test_tokens_are_read_with_their_descriptions(theme: Theme) -> None:
    tokens = read_tokens(theme.texts["styles/tokens.css"])

    assert tokens.light["paper"] == "#f8f8f6"
    assert tokens.dark["paper"] == "#111716"
    assert tokens.meanings["paper"] == "the background of pages"
    assert tokens.light["lift"].startswith("0 1px 0 var(--line)")
    assert "lift" not in tokens.meanings  # a shop can't change it


def test_nearest_colour_that_passes_does_pass() -> None:
    assert contrast(nearest_passing("#88c0b8", "#ffffff", 4.5), "#ffffff") >= 4.5
    assert contrast(nearest_passing("#333333", "#111111", 4.5), "#111111") >= 4.5


def test_product_page_keeps_its_budget(demo: Shop) -> None:
    page = demo.output / PRODUCT
    styles = [demo.output / str(link["href"]).lstrip("/") for link in demo.html(PRODUCT).select(SHOWN)]
    script = next((demo.output / "assets").glob("theme.*.js"))
    html_size, script_size = (len(gzip.compress(path.read_bytes(), 9)) for path in (page, script))
    css_size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in styles)

    assert script_size <= 10 * 1024
    assert html_size + css_size + script_size <= 40 * 1024


def test_cart_keeps_its_budget(demo: Shop) -> None:
    script = next((demo.output / "assets").glob("cart.*.js"))

    assert len(gzip.compress(script.read_bytes(), 9)) <= 8 * 1024


def test_pages_load_the_scripts_of_what_they_show(demo: Shop, theme: Theme) -> None:
    defined = {
        tag: name.rpartition("/")[2].removesuffix(".lazy.js")
        for name, text in theme.texts.items()
        if name.endswith(".lazy.js")
        and not name.endswith(
            ("cart.lazy.js", "order-sheet.lazy.js", "toast.lazy.js")
        )  # these come when somebody looks at it
        for tag in re.findall(r'customElements\.define\("([\w-]+)"', text)
    }
    found = set()
    assert {"text-contents", "opening-hours", "offer-code", "parcel-finder"} <= defined.keys()
    for path in demo.output.rglob("*.html"):
        html = path.read_text()
        for tag in [tag for tag in defined if f"<{tag}" in html]:
            assert f"/assets/{defined[tag]}." in html, (path, tag)
            found.add(tag)
    assert {"text-contents", "opening-hours", "parcel-finder"} <= found


@pytest.mark.parametrize(
    ("script", "small"),
    [
        ("// why\nconst a = {\n  b: 'http://x', // kept\n};\n\n", "const a={b: 'http://x', // kept\n};"),
        ("say(\n  a, // why\n  b,\n);\nrun();\nfor (;;)\n  go();", "say(a, // why\nb);run();for(;;)\ngo();"),
        ("say(\n  [\n    1,\n    2,\n  ],\n  [,],\n  [3,,\n  ],\n);", "say([1,2],[,],[3,,]);"),
        (
            "const a = b\n  ? c\n  : all\n      .map((x) =>\n        go(x),\n      )\n      .d();",
            "const a=b?c:all.map((x)=>go(x)).d();",
        ),
        ("const a =\n  b &&\n  c\n  || 1\n  .toFixed();\n--d;", "const a=\nb&&\nc||1\n.toFixed();--d;"),
        ("run()\n++a\n[b] = c\n(d)\n`e`", "run()\n++a\n[b]=c\n(d)\n`e`"),
        (
            "/**\n * Why.\n * @param {string} a\n */\nfunction f(a) {}\n  /** @type {B} */\nlet b;",
            "function f(a){}\nlet b;",
        ),
        ("const a = /** @type {HTMLElement} */ (b);", "const a=(b);"),
        ("say(\n  /** @param {any} a */ (a) => go(a),\n);\n/** Why. */\nrun();", "say((a)=>go(a));run();"),
        ('say("/** kept */ = ");', 'say("/** kept */ = ");'),
        ('say( { a , b } , "x , y = ( z )" );', 'say({a,b},"x , y = ( z )");'),
        ("const far = (a) => a > 1 && b + +c - -d;", "const far=(a)=>a>1&&b + +c - -d;"),
        ("if (a < !--b) return { c } ;", "if(a < !--b)return{c};"),
        ("const r = / = /.test( a );", "const r = / = /.test( a );"),
        ('say( `x , ${a ? "b , c" : d} ` , "e = f" );', 'say(`x , ${a ? "b , c" : d} `,"e = f");'),
        ('say( "`" , a , "`  =" );', 'say("`",a,"`  =");'),
        ("const t = `${a ? `  #${b}` : ``} = `;", "const t = `${a ? `  #${b}` : ``} = `;"),
    ],
)
def test_scripts_are_made_smaller_without_changing_what_they_do(script: str, small: str) -> None:
    assert _small_script(script) == small


@pytest.mark.parametrize("script", ["const a = `one\n  = two`;\n// kept\n", 'const a = "one \\\n  = two";\n// kept\n'])
def test_script_with_a_text_over_several_lines_is_left_as_it_is(script: str) -> None:
    assert _small_script(script) == script.strip()


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("/* why */\na {\n  color: red; /* kept? */\n}\n\n", "a{color:red}"),
        (
            "a:hover,\nb {\n  --x: ;\n  color: red;\n  content: ';}';\n}\nc {\n}",
            "a:hover,b{--x: ;color:red;content: ';}'}c{}",
        ),
        ("@media (min-width: 1px) {\n  a\n  b: c {\n  }\n}", "@media (min-width: 1px){a\nb: c{}}"),
        ('a { content: "/* x */"; } /* y */', 'a { content: "/* x */"; }'),
        ("a { content: '/*'; } b { content: '*/'; }", "a { content: '/*'; } b { content: '*/'; }"),
        ('a { content: "\\" /* x */"; }', 'a { content: "\\" /* x */"; }'),
        ("a { background: url(https://x.example/*/b); } /* y */", "a { background: url(https://x.example/*/b); }"),
        ('a { content: "x\\\n  y"; }', 'a { content: "x\\\n  y"; }'),
        ("/* it's */ a { margin: 1px/* x */2px; } /* it's */", "a { margin: 1px/**/2px; }"),
    ],
)
def test_styles_are_made_smaller_without_changing_what_they_do(css: str, small: str) -> None:
    assert _small(css) == small


def test_pages_hold_no_inline_style_or_script(demo: Shop) -> None:
    for path in demo.output.rglob("*.html"):
        soup = BeautifulSoup(path.read_text(), "html.parser")
        assert not soup.find(style=True), path
        assert not soup.find("style"), path
        for script in soup.find_all("script"):
            assert script.get("src") or script.get("type") in {"application/json", "application/ld+json"}, path


def test_every_link_and_address_of_the_demo_leads_somewhere(demo: Shop) -> None:
    there = {f"/{path.relative_to(demo.output)}" for path in demo.output.rglob("*") if path.is_file()}
    for path in demo.output.rglob("*.html"):
        soup = BeautifulSoup(path.read_text(), "html.parser")
        links = [str(tag[name]) for name in ("href", "src") for tag in soup.select(f"[{name}]")]
        for tag in soup.select("[srcset]"):
            links += [part.split()[0] for part in str(tag["srcset"]).split(",")]
        for link in links:
            target = link.partition("#")[0].partition("?")[0]
            if target.startswith("/"):
                wanted = f"{target}index.html" if target.endswith("/") else target
                assert wanted in there, f"{path}: {link}"


def test_every_page_has_one_title_one_h1_and_headings_without_gaps(demo: Shop) -> None:
    for path in demo.output.rglob("*.html"):
        soup = BeautifulSoup(path.read_text(), "html.parser")
        levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (path, levels)
        assert soup.title, path
        assert soup.title.get_text(strip=True), path


def test_fields_of_the_demo_have_only_the_attributes_of_their_kind(demo: Shop) -> None:
    """The HTML standard gives a length to text only, and a whole street address to fields of several lines."""
    for path in demo.output.rglob("*.html"):
        for tag in BeautifulSoup(path.read_text(), "html.parser").select("input, select, textarea"):
            kind = tag.get("type", "text") if tag.name == "input" else tag.name
            assert not tag.has_attr("maxlength") or kind in MEASURED, (path, tag)
            assert "street-address" not in str(tag.get("autocomplete")) or kind == "textarea", (path, tag)


def test_every_product_of_the_demo_has_an_offer_with_delivery_and_returns(demo: Shop) -> None:
    pages = sorted(Path(demo.output / "products").iterdir())
    assert len(pages) == 24
    for folder in pages:
        data = demo.jsonld(f"products/{folder.name}/index.html")
        product = next(item for item in data if item["@type"] in {"Product", "ProductGroup"})
        for variant in product.get("hasVariant", [product]):
            offer = variant["offers"]
            assert offer["price"], folder
            assert ("shippingDetails" in offer) is not offer["availability"].endswith("OutOfStock"), folder
            free, paid = offer["hasMerchantReturnPolicy"]
            assert free["merchantReturnDays"] == paid["merchantReturnDays"] == 60, folder
            assert free["applicableCountry"] == ["FI"], folder


def test_page_loads_the_styles_of_the_classes_that_it_writes(theme: Theme) -> None:
    """A component may write another one's classes. Then that one's style must be loaded too."""
    places = {component: page for page, components in own_components(theme).items() for component in components}
    defined: dict[str, set[str]] = {}  # the page styles in which a class has rules; "" is the style of all pages
    for name, text in theme.texts.items():
        if name.endswith(".css"):
            own = "" if not name.startswith("components/") else places.get(name.split("/")[1], "")
            for found in re.findall(r"\.([a-z][\w-]*)", text):
                defined.setdefault(found, set()).add("" if name.endswith(".lazy.css") else own)
    closures = Closures(theme)

    missing = set()
    for template in (name for name in theme.texts if name.startswith("pages/") and name.endswith(".html")):
        for part in closures.closure(template):
            for classes in re.findall(r'class="([a-z][\w -]*)', theme.texts[part]):
                for name in classes.split():
                    if name in defined and defined[name].isdisjoint({"", style_of(template)}):
                        missing.add((template, part, name))
    assert missing == set()


def test_page_loads_the_styles_of_what_it_shows_and_no_others(theme: Theme) -> None:
    """Each component has its style in theme.css, or in the style of the only page that uses it."""
    own = own_components(theme)
    alone = {component for components in own.values() for component in components}
    closures = Closures(theme)

    assert {"buy", "variant"} <= own["pages/product.css"]
    assert alone.isdisjoint({"masthead", "footer", "toast", "price", "product-card"})
    for template in (name for name in theme.texts if name.startswith("pages/") and name.endswith(".html")):
        used = {name.split("/")[1] for name in closures.closure(template) if name.startswith("components/")}
        assert used & alone <= own.get(template.replace(".html", ".css"), set()), template


def test_pages_of_the_demo_link_to_their_own_style(demo: Shop) -> None:
    hrefs = [str(link["href"]) for link in demo.html(PRODUCT).select(SHOWN)]

    assert [re.sub(r"\.\w+\.css", "", href) for href in hrefs] == ["/assets/theme", "/assets/pages/product"]
    assert ".variant__box" in demo.text(hrefs[1].lstrip("/"))
    assert ".variant__box" not in demo.text(hrefs[0].lstrip("/"))


def test_theme_without_a_place_for_page_styles_has_one_style(theme: Theme) -> None:
    texts = {**theme.texts, "base.html": theme.texts["base.html"].replace("page_style", "nothing")}

    assert own_components(msgspec.structs.replace(theme, texts=texts)) == {}


@pytest.mark.parametrize("width", [40, 320, 1600, 2000, 2400])
def test_every_width_of_a_picture_is_offered_once(make_shop: MakeShop, width: int) -> None:
    shop = make_shop({**FIVE, "content/media/rope-ring-1.png": png("silver", width, 30)})
    shop.edit("content/products/rope-ring.yaml", "name: Rope ring", "name: Rope ring\nimages: [media/rope-ring-1.png]")
    shop.build()
    offered = [
        re.findall(r" (\d+)w", str(each["srcset"]))
        for each in shop.html("products/rope-ring/index.html").select("[srcset]")
    ]

    assert offered
    assert [each for each in offered if len(each) != len(set(each))] == []
    assert {each[-1] for each in offered} == {str(min(width, 2000))}


def test_home_page_of_a_shop_without_sections_has_no_gap_in_its_headings(make_shop: MakeShop) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": SITE.partition("menu:")[0],
        **{f"content/categories/c{place}.yaml": f"name: Kind {place}\n" for place in range(9)},
        **{
            f"content/products/p{place}.yaml": f"name: P {place}\nprice: 5.00\ncategory: c{place % 9}\n"
            for place in range(20)
        },
    }
    shop = make_shop(files)
    shop.build()
    levels = [int(each.name[1]) for each in shop.html("index.html").select("main h1, main h2, main h3, main h4")]

    assert levels[0] == 1
    assert [(one, other) for one, other in itertools.pairwise(levels) if other > one + 1] == []

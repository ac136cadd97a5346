"""Presets: complete looks of the theme, which the shop's own tokens change."""

from __future__ import annotations

import gzip
import re
from typing import get_args

import pytest

from storegen.config import ThemeChoice
from storegen.errors import ContentError
from storegen.model.picture import Ratio
from storegen.theme.assets import bundle_styles
from storegen.theme.loading import Theme, load_theme
from storegen.theme.presets import look_of, preset_names, preset_tokens, read_preset
from storegen.theme.tokens import PAIRS, contrast, read_tokens
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import SITE, Shop

PRESETS = ("silver", "bold", "technical", "warm")
FILE = "themes/default/presets/own.yaml"
PAGE = "products/rope-ring/index.html"


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme(ROOT, "default", ("en",))


def with_theme(text: str) -> dict[str, str | bytes]:
    return {**FIVE, "site.yaml": f"{SITE}theme: {text}\n"}


def style(shop: Shop) -> str:
    return next((shop.output / "assets").glob("theme.*.css")).read_text()


def declared(css: str, name: str) -> list[str]:
    """Return the values of a token in the rules of light mode."""
    return re.findall(rf":root ?\{{[^}}]*--{name}: ?([^;}}]+)", css)


def test_theme_has_its_presets_and_the_default_comes_first(theme: Theme) -> None:
    assert tuple(preset_names(theme)) == PRESETS


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("dark", [False, True])
def test_every_preset_has_enough_contrast(theme: Theme, name: str, *, dark: bool) -> None:
    colours = preset_tokens(theme, read_preset(theme, name)).values(dark=dark)

    assert {pair for pair in PAIRS if contrast(colours[pair[0]], colours[pair[1]]) < pair[2]} == set()


@pytest.mark.parametrize("name", PRESETS[1:])
def test_every_preset_changes_all_colours_in_both_modes(theme: Theme, name: str) -> None:
    """A colour that is left out would be silver's, which doesn't go with the others."""
    base = read_tokens(theme.texts["styles/tokens.css"])
    preset = read_preset(theme, name)

    colours = {token for token, value in base.light.items() if value.startswith("#")}
    assert colours <= preset.tokens.keys()
    assert {token for token, value in base.dark.items() if value.startswith("#")} <= preset.dark_tokens.keys()


@pytest.mark.parametrize("name", PRESETS)
def test_fonts_of_a_preset_are_shipped_with_their_licences(theme: Theme, name: str) -> None:
    preset = read_preset(theme, name)
    css = theme.texts["styles/tokens.css"] + theme.texts.get(f"presets/{name}.css", "")

    for font in preset.fonts:
        assert f"url(static:{font})" in css
        assert "SIL Open Font License" in theme.static[font.replace(".woff2", "-OFL.txt")].decode()


@pytest.mark.parametrize("name", PRESETS[1:])
def test_preset_adds_little_to_the_styles(theme: Theme, name: str) -> None:
    """Every page of a shop loads it. A product page with silver has a budget of 40 KB."""
    look = look_of(theme, name, read_preset(theme, name), ThemeChoice())
    base = read_tokens(theme.texts["styles/tokens.css"])
    plain, changed = (
        len(gzip.compress(bundle_styles(theme, tokens, style).encode(), 9))
        for tokens, style in ((base, ""), (look.tokens, look.style))
    )

    assert 0 < changed - plain <= 1024


def test_preset_changes_tokens_styles_fonts_and_the_colour_of_the_browser(make_shop: MakeShop) -> None:
    shop = make_shop(with_theme("{preset: warm}"))
    shop.build()

    css = style(shop)
    page = shop.html(PAGE)
    assert declared(css, "paper") == ["#fbf5ea"]
    assert declared(css, "tile") == ["1 / 1"]
    assert "@layer preset" in css.partition(";")[2]
    assert ".button:not(.button--text)" in css
    assert re.search(r"url\(/assets/fraunces\.[0-9a-f]+\.woff2\)", css)
    assert [tag["content"] for tag in page.select("meta[name=theme-color]")] == ["#fbf5ea", "#1b140f"]
    fonts = [str(tag["href"]) for tag in page.select("link[rel=preload][as=font]")]
    assert [re.sub(r"\.[0-9a-f]+\.", ".", font) for font in fonts] == [
        "/assets/figtree.woff2",
        "/assets/fraunces.woff2",
    ]


def test_technical_loads_no_font(make_shop: MakeShop) -> None:
    shop = make_shop(with_theme("{preset: technical}"))
    shop.build()

    assert shop.html(PAGE).select("link[rel=preload][as=font]") == []
    assert "system-ui" in declared(style(shop), "text")[0]


def test_shop_without_a_preset_looks_as_with_silver(make_shop: MakeShop) -> None:
    plain, silver = make_shop(FIVE), make_shop(with_theme("{preset: silver}"))
    plain.build()
    silver.build()

    assert style(plain) == style(silver)
    assert plain.text(PAGE) == silver.text(PAGE)


def test_shops_own_tokens_win_over_the_preset(make_shop: MakeShop) -> None:
    shop = make_shop(
        with_theme('{preset: bold, tile: 3:4, tokens: {paper: "#fffdf5", r: 6px}, dark_tokens: {paper: "#101010"}}')
    )
    shop.build()

    css = style(shop)
    assert declared(css, "paper") == ["#fffdf5"]
    assert declared(css, "ink") == ["#0b0b0b"]  # the preset's
    assert declared(css, "r") == ["6px"]
    assert declared(css, "tile") == ["3 / 4"]
    assert re.findall(r":root[:\[][^{]*\{[^}]*--paper: ?([^;]+);", css) == ["#101010", "#101010"]
    colours = [tag["content"] for tag in shop.html(PAGE).select("meta[name=theme-color]")]
    assert colours == ["#fffdf5", "#101010"]


def test_contrast_of_own_tokens_is_checked_against_the_preset(make_shop: MakeShop) -> None:
    """This grey is readable on silver's paper, and not on warm's stone."""
    own = '{preset: PRESET, tokens: {ink-2: "#5e5348"}}'
    make_shop(with_theme(own.replace("PRESET", "technical"))).build()

    with pytest.raises(ContentError, match=r"site\.yaml:\d+: theme\.dark_tokens\.ink-2: ink-2 on paper"):
        make_shop(with_theme('{preset: warm, dark_tokens: {ink-2: "#5e5348"}}')).build()


def test_preset_of_the_shop_is_a_file_in_its_theme(make_shop: MakeShop) -> None:
    shop = make_shop(with_theme("{preset: own}"))
    shop.write(FILE, 'title: Own\ntext: Blue.\ntile: 4:3\ntokens: {action: "#00308f", action-h: "#001f5c"}\n')
    shop.write("themes/default/presets/own.css", ".buy { color: navy; }\n")
    shop.build()

    css = style(shop)
    assert declared(css, "action") == ["#00308f"]
    assert declared(css, "tile") == ["4 / 3"]
    assert re.search(r"@layer preset ?\{\s*\.buy \{ color: navy; \}", css)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: Own\ntext: x\ntokens:\n  papr: '#ffffff'\n", ':4: tokens.papr: styles/tokens.css has no token "papr"'),
        ("title: Own\ntext: x\ntokens:\n  ink: black\n", ":4: tokens.ink: expected a colour like #0e4f4a"),
        ("title: Own\ntext: x\ntokens:\n  ink: '#eeeeee'\n", ":4: tokens.ink: ink on paper has a contrast of 1.1"),
        ("title: Own\ntext: x\nfonts: [figtre.woff2]\n", ":3: fonts: there is no file static/figtre.woff2, did you"),
        ("title: Own\ntext: x\ntile: 7:5\n", ":3: tile: expected one of"),
        ("text: x\n", ':1: "title" is missing'),
    ],
)
def test_mistake_in_a_preset_is_reported_with_its_line(make_shop: MakeShop, text: str, message: str) -> None:
    shop = make_shop(with_theme("{preset: own}"))
    shop.write(FILE, text)

    with pytest.raises(ContentError) as raised:
        shop.build()
    assert str(raised.value).startswith(FILE)
    assert message in str(raised.value)


def test_change_of_preset_gives_the_same_files_as_a_clean_build(make_shop: MakeShop) -> None:
    changed, clean = make_shop(FIVE), make_shop(with_theme("{preset: bold}"))
    changed.build()
    changed.write("site.yaml", with_theme("{preset: bold}")["site.yaml"])
    changed.build()
    clean.build()

    def files(shop: Shop) -> dict[str, bytes]:
        """Return the content of all outputs."""
        found = (path for path in shop.output.rglob("*") if path.is_file() and not path.name.startswith("."))
        return {str(path.relative_to(shop.output)): path.read_bytes() for path in found}

    assert files(changed) == files(clean)


def test_category_has_its_own_ratio_of_pictures(make_shop: MakeShop) -> None:
    shop = make_shop({**FIVE, "content/categories/rings.yaml": "name: Rings\ntile: 4:5\n"})
    shop.build()

    assert "tile-4-5" in shop.html("rings/index.html").select(".product-cards")[0]["class"]
    assert not shop.html("earrings/index.html").select("[class*=tile-]")

    shop.edit("content/categories/rings.yaml", "4:5", "16:9")
    shop.build()
    assert "tile-16-9" in shop.html("rings/index.html").select(".product-cards")[0]["class"]


def test_every_ratio_has_its_rule_in_the_theme() -> None:
    css = (ROOT / "themes/default/components/product-cards/product-cards.css").read_text()

    for ratio in get_args(Ratio):
        assert f".tile-{ratio.replace(':', '-')} {{\n  --tile: {ratio.replace(':', ' / ')};\n}}" in css

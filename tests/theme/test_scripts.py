"""The theme's scripts: how modules are joined, and the unit tests of those that need no page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from storegen.errors import ThemeError
from storegen.theme.loading import Theme, load_theme
from storegen.theme.modules import join_modules
from tests.conftest import FIVE, ROOT, MakeShop
from tests.shop import Shop

TESTS = sorted((ROOT / "tests/scripts").glob("*.test.mjs"))


def find_node() -> str:
    """Return Node.js, or skip; where STOREGEN_NODE=required, its absence is a failure."""
    found = shutil.which("node")
    if found:
        return found
    if os.environ.get("STOREGEN_NODE") == "required":
        pytest.fail("Node.js is required here and was not found")
    pytest.skip("tests of the theme's scripts left out: no Node.js found")


def node(*arguments: str | Path) -> str:
    """Run Node.js and return what it printed; fails with that where it fails."""
    done = subprocess.run([find_node(), *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(done.stdout + done.stderr)
    return done.stdout


@pytest.mark.parametrize("file", TESTS, ids=[file.name for file in TESTS])
def test_modules_pass_their_unit_tests(file: Path) -> None:
    told = node("--test", "--test-reporter=tap", file)

    assert int(re.findall(r"^# pass (\d+)$", told, re.MULTILINE)[0]) > 1


def test_every_script_of_the_demo_can_be_parsed(demo: Shop) -> None:
    scripts = sorted((demo.output / "assets").glob("*.js"))
    parse = 'for (const file of process.argv.slice(1)) new vm.Script(fs.readFileSync(file, "utf8"), file)'

    node("-e", parse, *scripts)
    assert {"cart", "theme", "find"} <= {script.name.partition(".")[0] for script in scripts}


EXPECTED = 'expected import { names } from "./module.mjs"; or export before a declaration'

# Joining ----------------------------------------------------------------------------------------------------


def joined(theme: Theme, files: dict[str, str]) -> str:
    """Return components/a/a.lazy.js of a theme with some more *files*, joined with what it imports."""
    texts = {f"components/a/{name}": text for name, text in files.items()}
    return join_modules(Theme(theme.name, theme.settings, {**theme.texts, **texts}, {}, {}), "components/a/a.lazy.js")


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme(ROOT, "default", ("en",))


def test_modules_come_before_what_imports_them_and_once(theme: Theme) -> None:
    files = {
        "a.lazy.js": 'import { b, other } from "./b.mjs";\nimport {\n  c,\n} from "./c.mjs";\n\nrun(b, c);\n',
        "b.mjs": 'import { c } from "./c.mjs";\n\nexport const b = c;\nexport function other() {}\n',
        "c.mjs": "export const c = 1;\n",
    }

    assert joined(theme, files) == "const c = 1;\nconst b = c;\nfunction other() {}\nrun(b, c);"


def test_module_of_another_folder_is_found(theme: Theme) -> None:
    text = joined(theme, {"a.lazy.js": 'import { moneyOf } from "../../scripts/money.mjs";\nmoneyOf({});\n'})

    assert "function moneyOf(" in text
    assert "money.mjs" not in text


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"a.lazy.js": 'import { c } from "./total.mjs";\n', "totals.mjs": ""},
            'a.lazy.js: imports "./total.mjs", which is not there, did you mean "components/a/totals.mjs"?',
        ),
        (
            {"a.lazy.js": 'import c from "./c.mjs";\n', "c.mjs": ""},
            f'a.lazy.js: {EXPECTED}, found import c from "./c.mjs";',
        ),
        (
            {"a.lazy.js": 'import { c as d } from "./c.mjs";\n', "c.mjs": ""},
            f'a.lazy.js: {EXPECTED}, found import {{ c as d }} from "./c.mjs";',
        ),
        (
            {"a.lazy.js": 'import { c } from "./c.mjs";\n', "c.mjs": "const c = 1;\nexport { c };\n"},
            f"c.mjs: {EXPECTED}, found export {{ c }};",
        ),
        (
            {"a.lazy.js": 'import { c } from "./c.mjs";\nconst { x, y: sum } = c;\n', "c.mjs": "function sum() {}\n"},
            'a.lazy.js: declares "sum", as components/a/c.mjs does; both become one script, so rename one of them',
        ),
    ],
)
def test_import_that_pages_could_not_follow_is_an_error(theme: Theme, files: dict[str, str], message: str) -> None:
    with pytest.raises(ThemeError) as found:
        joined(theme, files)

    assert str(found.value) == f"themes/default/components/a/{message}"


def test_modules_that_import_each_other_come_once(theme: Theme) -> None:
    files = {
        "a.lazy.js": 'import { b } from "./b.mjs";\nb();\n',
        "b.mjs": 'import { c } from "./c.mjs";\nexport function b() {\n  return c;\n}\n',
        "c.mjs": 'import { b } from "./b.mjs";\nexport const c = () => b;\n',
    }

    assert joined(theme, files).count("const c = () => b;") == 1


def test_module_of_the_shop_takes_the_place_of_the_themes(make_shop: MakeShop) -> None:
    text = (ROOT / "themes/default/components/cart/order-text.mjs").read_text()
    own = text.replace("const rows = lines.map", "const rows = [`For ${currency}`].concat(lines).map")
    shop = make_shop(FIVE | {"themes/default/components/cart/order-text.mjs": own})
    shop.build()

    assert own != text
    assert "[`For ${currency}`]" in next((shop.output / "assets").glob("cart.*.js")).read_text()

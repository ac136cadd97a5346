"""The fast step for plain Markdown gives what Python-Markdown gives, byte for byte, or steps aside."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storegen.markdown import convert
from storegen.markdown.convert import Converter
from storegen.markdown.links import find_references
from storegen.markdown.plain_markdown import Converted, convert_plain
from storegen.markdown.python_markdown import MarkdownError
from storegen.render.markdown import MarkdownRenderer
from storegen.views.contexts.parts import Text
from tests.cards import CARD, PICTURE
from tests.conftest import ROOT

DATA = ROOT.parent / "shared" / "data" / "markdown"
CARDS = {"product:rope-ring": CARD}
PICTURES = {"media/a.jpg": PICTURE}
# Where links lead; among them two that must not be shown as they stand, and one to nowhere.
LINKS = {
    "guide:care": "/guides/care/",
    "/a/?b=1&c=2": "/a/?b=1&amp;c=2",
    "/q/": '/q/"x',
    "/x>y/": "/x/",
    "page:none": "",
    "size_chart": "/size_chart/",
}
converter = Converter()


def by_engine(text: Text) -> Converted | None:
    """Return what Python-Markdown makes of a text; None where it refuses."""
    try:
        return converter.convert_any(text)
    except MarkdownError:
        return None


def texts_of(sources: Iterable[str]) -> Iterator[Text]:
    """Yield texts in which everything leads somewhere."""
    for source in sources:
        found = find_references(source)
        links = {each.target: "/found/" for each in found if not each.picture}
        pictures = {each.target: PICTURE for each in found if each.picture and not each.target.startswith("product:")}
        cards = {each.target: CARD for each in found if each.picture and each.target.startswith("product:")}
        yield Text(source=source, links=links, pictures=pictures, cards=cards)


def share_of_plain(texts: Iterable[Text]) -> float:
    """Return how many texts take the fast step, of 1; each of them must be as Python-Markdown makes it."""
    plain = [convert_plain(text) is not None and _same(text) for text in texts]
    return sum(plain) / len(plain)


def _same(text: Text) -> bool:
    assert by_engine(text) == convert_plain(text), text.source
    return True


def without_head(source: str) -> str:
    return re.sub(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*\n", "", source, flags=re.DOTALL | re.MULTILINE)


def pieces_of(sources: Iterable[str]) -> set[str]:
    """Return texts whole, and in sections, blocks, pairs of blocks and lines."""
    found = set[str]()
    for source in sources:
        blocks = re.split(r"\n[ \t]*\n", source)
        found |= {source, *re.split(r"(?m)^(?=##? )", source), *blocks, *source.split("\n")}
        found |= {"\n\n".join(pair) for pair in pairwise(blocks)}
    return found


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the real texts of ../shared/data are not here")
def test_real_texts_are_as_the_engine_makes_them() -> None:
    sources = [without_head(path.read_text(errors="replace")) for path in sorted(DATA.rglob("*")) if path.is_file()]
    pieces = pieces_of(sources)

    assert len(pieces) > 20_000
    assert share_of_plain(texts_of(sorted(pieces))) > 0.53  # bare addresses step aside


@pytest.mark.skipif(not DATA.is_dir(), reason="the real texts of ../shared/data are not here")
def test_examples_of_commonmark_are_as_the_engine_makes_them() -> None:
    specification = (DATA / "commonmark-spec.txt").read_text()
    examples = re.findall(r"^`{32} example\n(.*?)^\.\n", specification, re.DOTALL | re.MULTILINE)

    assert len(examples) > 600
    assert share_of_plain(texts_of(each.replace("→", "\t") for each in examples)) > 0.05


def test_texts_of_the_demo_take_the_fast_step() -> None:
    # A build makes no mails. Their merge fields are not for pages.
    files = [path for path in sorted((ROOT / "content").rglob("*.md")) if path.parent.name != "mail"]
    sources = [without_head(path.read_text()) for path in files]

    assert share_of_plain(texts_of(sources)) == 1
    assert share_of_plain(texts_of(sorted(pieces_of(sources)))) > 0.9  # a line of a table alone is none


def test_texts_of_the_starter_take_the_fast_step() -> None:
    sources = [without_head(path.read_text()) for path in sorted((ROOT / "starter").rglob("content/**/*.md"))]

    assert share_of_plain(texts_of(sources)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\n\n",
        "\n\nA lead.\n\n\n\nAnd more,\non two lines.\n",
        'R&D: 5 > 4 & "so", isn\'t it – a_b; £5;',
        "**Bold**, *stressed*, `code * [x] {y}`, **a [link](#x) and `code`**, a**b**c",
        "[words](#x), [*words*](mailto:a@b.fi), [`a`](https://x.fi/?a=1&b=_c_), [care](guide:care)",
        "# One\n\n## Two `code` & **three**\nText\n\n## Two code three\n\n### 日本\n\n### Über uns",
        "- one\n- **two**\n\n1. one\n2. two\n\n* three\n\n7. seven",
        "> Quoted *words*,\n> more.\n\nText",
        '| A | B & "C" |\n|:--|:-:|\n| `a` | 5 |\n| **b** |\n\nText | text',
        "5\\*3 \\_a\\_ **b\\*** [c\\]](#x) \\\\ \\.\n1\\. d  \ne *f  \ng*\\\nh\n\n> i  \n> j",
        "A note.\n{.note}\n\n**Bold**\n{.aside}",
        "| | |\n|-|-|\n|a|b|\n|  | c |",
        "In the box:\n- a lamp\n- a *bulb*\n\nHow\n1. Begin\n2. End\n\nSizes\n| a | b |\n|---|---|\n| 1 | 2 |",
        "> one\n\n> two\n\n1) a\n2) b\n\n- a\n\n007. b",
        '![](product:rope-ring)\n\n![A "b"](media/a.jpg)\n\n![](media/a.jpg "It isn\'t & is")',
    ],
)
def test_plain_texts_take_the_fast_step(source: str) -> None:
    text = Text(source=source, links=LINKS, cards=CARDS, pictures=PICTURES)

    assert by_engine(text) is not None
    assert by_engine(text) == convert_plain(text)


ODD = {
    "markup and entities": "<b>·`<b>`·&amp;·&#38;·a &b; c·a \\& b·a \\x b·a \x02 b",
    "white space": "a\tb·a\r\nb·a\rb·a   \nb·- a \n- b·a\u00a0\nb·a  \n·a  \n- b·a  \n{.x}·- a  \n- b·a\n b· a·a ·\u00a0a·a\n\u00a0b·a\n \nb",
    "emphasis": "*a·a * b·a **·***a***·**a *b* c**·*a\n·** a**·**a **·_a_·a_·__a__·*a _*·_a·_b*a*1_é;**b**",
    "code": "``a``·`a·```\na\n```·~~~\na\n~~~·`a\nb`",
    "brackets": "[a]·[a][b]·[a]: b·[a `]: b`](#x)·[^1]·[^1](#x)·[[a]](#x)·[TOC]·a![b](#x)",
    "links": '[a](b c)·[a](#x "y")·[a](#x\'y)·[a](/a(b))·[a]()·[a](nowhere)·[a](page:none)·[a](/q/)·[a](/a/?b=1&c=2)',
    "pictures": "![a](nowhere)·a ![](media/a.jpg)·![](media/a.jpg)\n{.x}·![](media/a.jpg 'x')·![](media/a.jpg \"'x'\")",
    "attributes": "a {.x}·- a\n{.x}·a\n{.x y}·# a {#b}·**a**{.x}",
    "bare addresses": "https://x.fi·(http://x.fi)·www.x.fi·a@b.fi·[www.x.fi](#x)·`a@b.fi`·- www.x.fi·**www.x.fi**",
    "struck": "~~a~~·a~~·~~",
    "below a line": "a | b\n- | -·a\n2. b·a\n1. b·a\n- b\nc·a\n|b|·> a\n- b·a\n- b\n\n- c",
    "headings": "#a·# a #·a\n# b·# a | b\n--|--·#\u00a0a·# \u00a0a·a\n---·a\n===·####### a",
    "rules": "---·- - -·-- --·* * *·a\n---\nb·=",
    "lists": "- a\nb·- a\n\n- b·- a\n    - b·- a\n1. b·- - a·- # a·1. 2. a·- --\n- --·- > a·-     a·- \u00a0a",
    "quotes": ">a·> a\nb·> # a·> - a·>  a·a\n> b",
    "bars": "a | b\n--|--\na | b·|a|\n|-|·|a|\n|b|\n|c|·|a|b|\n|-|\n|c|·|a|\n|-|-|\n|c|·|",
    "rows": "|a|\n|-|\nb|·|a|\n|-|\n|b·|a|\n|-|\n|a|b|·|a|\n|-|\n|`a|b`|·|a|\n|-|\n|\\|·|a|\n|-|\n|a|\nb",
}


@pytest.mark.parametrize("kind", ODD)
def test_what_only_the_engine_knows_is_left_to_it(kind: str) -> None:
    texts = [Text(source=source, links=LINKS, cards=CARDS, pictures=PICTURES) for source in ODD[kind].split("·")]

    assert [text.source for text in texts if convert_plain(text)] == []


TARGETS = (
    *LINKS,
    "product:rope-ring",
    "https://x.example/a_b?c=1&d=2",
    "mailto:a@b.fi",
    "#care",
    "nowhere",
    "media/a.jpg",
)
WORDS = st.sampled_from(
    """oak Täglich 9,5 30 R&D 5>4 it's “so” "so" snake_case 2024. No.5 日本 x~y – ! (or) a/b 50% 1. É_é""".replace(
        "~", "\u00a0"
    ).split(" ")
)
TARGET = st.sampled_from(TARGETS)


def _line(inline: st.SearchStrategy[str], most: int = 5) -> st.SearchStrategy[str]:
    return st.lists(inline, min_size=1, max_size=most).map(" ".join)


_CODE = st.lists(st.sampled_from("a ]: [x] ]( * ** | _ # {.x} & > ! ~~~ - 1.".split(" ")), min_size=1, max_size=3)
_PLAIN = _line(WORDS | _CODE.map(lambda signs: f"`{' '.join(signs)}`"), 3)
_STRESSED = _PLAIN.map("**{}**".format) | _PLAIN.map("*{}*".format)
_LINK = st.builds("[{}]({})".format, _PLAIN | _STRESSED, TARGET)
_MIXED = _line(_PLAIN | _LINK, 3)
INLINE = WORDS | _PLAIN | _LINK | _MIXED.map("**{}**".format) | _MIXED.map("*{}*".format)
LINE = _line(INLINE)
_ROW = st.lists(LINE | st.just(""), min_size=1, max_size=3).map(lambda cells: f"| {' | '.join(cells)} |")
BLOCK = st.one_of(
    st.lists(LINE, min_size=1, max_size=3).map("\n".join),
    st.builds("{}\n{{.{}}}".format, LINE, st.sampled_from(("note", "no_te", "1x", "a b"))),
    st.builds("{} {}".format, st.sampled_from(("#", "##", "###", "######")), LINE | st.just("Care")),
    st.builds("{} {}\n{}".format, st.sampled_from(("##", "###")), LINE, LINE),
    st.lists(LINE.map("- {}".format), min_size=1, max_size=3).map("\n".join),
    st.lists(LINE.map("* {}".format), min_size=1, max_size=3).map("\n".join),
    st.lists(st.builds("{}. {}".format, st.integers(0, 12), LINE), min_size=1, max_size=3).map("\n".join),
    st.lists(LINE.map("> {}".format), min_size=1, max_size=2).map("\n".join),
    st.builds("{}\n- {}\n- {}".format, LINE, LINE, LINE),
    st.builds("{}\n1. {}\n{} {}".format, LINE, LINE, st.sampled_from(("1.", "2.", "2)", "3.", "x")), LINE),
    st.builds("{}\n| {} | {} |\n|---|---|\n| {} |".format, LINE, LINE, LINE, LINE),
    st.builds(
        "{}\n{}\n{}".format,
        _ROW,
        st.sampled_from(("|---|", "| --- | --- |", "|:--|--:|", "| :-: | - | --: |", "|:|:-:|", "| |-|")),
        st.lists(_ROW, min_size=1, max_size=2).map("\n".join),
    ),
    st.builds(
        "{}![{}]({}{})".format,
        st.sampled_from(("", "> ")),
        st.just("") | LINE,
        TARGET,
        st.sampled_from(("", ' "A title, isn\'t it"', " 'x'", ' ""')),
    ),
)
# What turns plain text into something else, or nearly does.
_MARKS = r"""* ** *** _ __ ` `` ``` [ ] ]( ) ( [^1] [a]:b [a] ![ ! \ \* < <b> <https://x.fi> & &amp; &#38; &copy ; { {.x} {#x} }
    | || # ## > - --- === = ~~~ 1. 2) + \1. ١. |-| [TOC] ///Footnotes " ' http://x.fi a@b.fi www.x.fi/ ~~ ~~a~~ <!-- --> • 1) İ ſ K é ﬁ"""
_STARTS = r"# ,#,## a,> ,>,- ,-,---,===,- - -,* ,* * *,+ ,1. ,1.,1\. ,|,2) ,-     a,  - ,    - ,|-|,- | -,a | b"
_SPACES = " ,  ,    ,\n,\n\n,\n\n\n, \n,  \n,\n ,\n    ,\n\t,\n \n,\t,\r,\r\n,\u00a0,\n\u00a0,\u2003,\u2028,\x85,\x0b,\x0c,\x1c"
_NEAR_MISSES = st.sampled_from(
    [
        *_MARKS.split(),
        *(f"\n{start}" for start in _STARTS.split(",")),
        *_SPACES.split(","),
        *("\x00", "\x02", "\x03", "\x7f", "\u200b", "\ufeff", "e\u0301", " * ", "- ", "1. ", "\n|-|-|\n"),
        "\x02klzzwxh:0000\x03",
    ]
)


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """Draw a text that is plain but for a few near misses at any place."""
    text = draw(st.lists(BLOCK, min_size=1, max_size=4).map("\n\n".join))
    for miss in draw(st.lists(_NEAR_MISSES, max_size=2)):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + miss + text[start + draw(st.integers(0, 2)) :]
    return text


TEXTS = _texts() | st.lists(_NEAR_MISSES | WORDS, max_size=12).map("".join) | st.text(max_size=40)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_made_up_texts_are_as_the_engine_makes_them(source: str) -> None:
    text = Text(source=source, links=LINKS, cards=CARDS, pictures=PICTURES)
    made = convert_plain(text)

    assert made is None or made == by_engine(text)


@pytest.mark.parametrize(
    "source",
    [
        *(
            sign * 200_000
            for sign in ("*", "**a", "*a ", "`", "`a`", "[", "[a", "[a](", "[a](#x)", "a_", "&", "&a", "> ", "# ")
        ),
        *(
            sign * 100_000
            for sign in ("- ", "1.", "-=", "#", "|", "{.", "![", "a\n", "a\n\n", "# a\n", "- a\n", "> a\n", "|a|\n")
        ),
        *("**" + sign * 50_000 for sign in ("`a`", "[a](#x)", "[*a*", "[*a*](", "a_a", "[**a** ")),
        *("[" + sign * 50_000 for sign in ("*a*", "**a**", "`a`", "a_a", "**`a`*")),
        "|" + "a|" * 100_000 + "\n|" + "-|" * 100_000 + "\n|" + "a|" * 100_000,
        '![](media/a.jpg "' + "a " * 100_000,
        "- " + " " * 200_000 + "-",
        "x" + " " * 200_000 + "\n",
        "x\n-" + "- " * 100_000 + "x",
    ],
    ids=lambda source: source[:10],
)
def test_no_text_takes_long(source: str) -> None:
    started = time.process_time()
    convert_plain(Text(source=source, links=LINKS, cards=CARDS, pictures=PICTURES))

    assert time.process_time() - started < 30  # the engine is given two seconds, and takes minutes for some of these


@pytest.mark.parametrize("source", ["## A\n\nb", "## A\n\nb\n\n- c\n    - d"])
def test_a_text_is_converted_once_for_its_contents_and_its_parts(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = list[str]()

    def counted(text: Text) -> Converted | None:
        calls.append(text.source)
        return convert_plain(text)

    monkeypatch.setattr(convert, "convert_plain", counted)
    text = Text(source=source)
    renderer = MarkdownRenderer()

    assert [link.href for link in renderer.contents(text)] == ["#t:a"]
    assert renderer.parts(text)[0].html.startswith("<h2")
    assert calls == [source]

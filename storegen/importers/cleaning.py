"""Convert HTML of an old shop to a tree with the visible content only, and count what was removed."""

from __future__ import annotations

import re
from collections import Counter

from bs4 import BeautifulSoup
from bs4.element import PreformattedString, Tag

from storegen.importers.cells import as_address, legible

_GONE = frozenset(
    "applet area audio base button canvas datalist dialog embed form frame frameset head iframe input link map math "
    "meta noscript object optgroup option param script select source style svg template textarea title track "
    "video".split()
)
ATTRIBUTE = "attribute"
_KEPT_ATTRIBUTES = frozenset(("href", "src", "alt", "colspan", "start"))
_SOURCES = ("src", "data-src", "data", "href", "action")
# Shortcodes of page builders (Visual Composer, Divi, Fusion, Elementor) and WordPress. Others are found by their form.
_SHORTCODE = re.compile(
    r"\[/?(?:(?:vc|et_pb|fusion|elementor|wpb|woocommerce|contact)[\w-]*|gallery|caption|embed|audio|video|playlist"
    r"|products?|product_page|add_to_cart|shortcode)(?:\s[^\[\]]*)?/?\]"
    r"|\[[a-z][\w-]*(?:\s+[\w-]+=(?:\"[^\"\[\]]*\"|'[^'\[\]]*'|[^\s\[\]]+))+\s*/?\]"
)
# The open tags that a tag closes, up to the enclosing element (HTML Living Standard 13.1.2.4, optional tags).
_ENDS = {
    "li": (("li",), ("ul", "ol", "menu", "dir")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "td": (("td", "th"), ("table",)),
    "th": (("td", "th"), ("table",)),
    "tr": (("tr",), ("table",)),
}
_PAIRED = re.compile(r"<(/?)(li|dt|dd|td|th|tr|ul|ol|menu|dir|dl|table)(?=[\s/>])", re.IGNORECASE)


def cleaned(html: str) -> tuple[BeautifulSoup, Counter[str]]:
    """Return the parsed body, and how often each kind of content was removed.

    Scripts, styles, comments, frames, forms and hidden elements are removed with their content. Of the other elements,
    only the attributes that a text needs are kept.
    """
    soup = BeautifulSoup(f"{_ended(_closed(html))}\n", "html.parser")  # a single line may look like a file name
    gone: Counter[str] = Counter()
    for text in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        gone["comment"] += 1
        text.extract()
    for text in soup.find_all(string=lambda text: bool(text) and legible(text) != text):
        text.replace_with(legible(text))
    for tag in soup.find_all(_unwanted):
        if not tag.decomposed:
            gone[_described(tag)] += 1
            tag.decompose()
    for tag in soup.find_all(name=True):
        for name in [name for name in tag.attrs if name not in _KEPT_ATTRIBUTES]:
            gone[ATTRIBUTE] += 1
            del tag[name]
    return soup, gone


def without_shortcodes(text: str) -> tuple[str, Counter[str]]:
    """Return a WordPress text without its shortcodes, such as ``[gallery ids="1,2"]``, and the number of each."""
    gone: Counter[str] = Counter()

    def drop(match: re.Match[str]) -> str:
        """Count a shortcode, its end not, and return nothing in its place."""
        if not match[0].startswith("[/"):
            name = re.split(r"[\s\]/]", match[0][1:], maxsplit=1)[0]
            gone[f"shortcode {name}"] += 1
        return ""

    return _SHORTCODE.sub(drop, text), gone


def address_of(value: object) -> str:
    """Return an attribute's http or https address, an empty string for any other value."""
    try:
        return as_address(value.strip()) if isinstance(value, str) else ""
    except ValueError:
        return ""


def _closed(html: str) -> str:
    """Return HTML with unclosed ``<`` escaped if there are many, because Python's parser would need hours for them."""
    if html.count("<") > 2 * html.count(">") + 100 or html.count("<!--") > html.count("-->") + 10:
        return re.sub(r"<(?![^<>]*>)|<(?=!--)", "&lt;", html)
    return html


def _ended(html: str) -> str:
    """Return HTML with the optional end tags of items and cells added, because Python's parser doesn't imply them."""
    open_: list[str] = []

    def end(found: re.Match[str]) -> str:
        """Return a tag with the end tags of the elements that it implicitly closes before it."""
        name = found[2].lower()
        if found[1]:
            while name in open_ and open_.pop() != name:
                pass
            return found[0]
        ended, around = _ENDS.get(name, ((), ()))
        inside = next((place for place in range(len(open_), 0, -1) if open_[place - 1] in around), 0)
        place = next((place for place in range(inside, len(open_)) if open_[place] in ended), len(open_))
        ends = "".join(f"</{each}>" for each in reversed(open_[place:]))
        open_[place:] = [name]
        return ends + found[0]

    return _PAIRED.sub(end, html)


def _unwanted(tag: Tag) -> bool:
    return tag.name in _GONE or _hidden(tag) or _counting(tag)


def _hidden(tag: Tag) -> bool:
    style = tag.get("style")
    return tag.has_attr("hidden") or (
        isinstance(style, str) and bool(re.search(r"display\s*:\s*none", style, re.IGNORECASE))
    )


def _counting(tag: Tag) -> bool:
    """Return whether a picture is a tracking pixel: one pixel wide or high."""
    return tag.name == "img" and bool({tag.get("width"), tag.get("height")} & {"0", "1", "0px", "1px"})


def _described(tag: Tag) -> str:
    if tag.name not in _GONE:
        return "counting picture" if tag.name == "img" else "hidden element"
    place = next((found for name in _SOURCES if (found := address_of(tag.get(name)))), "")
    return f"{tag.name} {place}" if place else tag.name

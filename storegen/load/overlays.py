"""Translations: a file beside the first language's that holds only words, laid over it."""

from __future__ import annotations

from storegen.errors import Problem, suggest
from storegen.load.sources import Source
from storegen.yaml import Value

PRODUCT_WORDS = frozenset("name slug fact summary description note specs care questions options images extra".split())
CATEGORY_WORDS = frozenset("name slug summary body editorial doubts care extra".split())
ARTICLE_WORDS = frozenset("title short slug summary body products_title notes image extra".split())
PAGE_WORDS = frozenset("title heading slug summary body questions image extra".split())
PERSON_WORDS = frozenset("name slug role proof credentials body extra".split())
OFFER_WORDS = frozenset("name slug text terms".split())
HOME_WORDS = frozenset("title description sections".split())
SITE_WORDS = frozenset(
    "name tagline description notice company delivery returns channels promises footer badges reviews_note tracking "
    "checkout extra".split()
)


_WHOLE = frozenset("specs care footer".split())


def merged(
    base: dict[str, Value], overlay: Source, words: frozenset[str], known: tuple[str, ...], problems: list[Problem]
) -> dict[str, Value]:
    """Return *base* with an overlay's words laid over it.

    Mappings are laid over key by key, lists of mappings item by item, everything else is replaced, and so are mappings
    whose keys are themselves words (specs, care, footer). Keys that are not words are reported, and those not *known*:
    prices and stock are facts, the same in every language.
    """
    for key in overlay.data:
        if key not in words:
            what = (
                "is the same in every language; only the first language's file holds it"
                if key in known
                else f"is not a known key{suggest(key, words)}"
            )
            problems.append(overlay.problem((key,), what))
    laid = {
        key: value if key in _WHOLE else _laid(base.get(key), value)
        for key, value in overlay.data.items()
        if key in words
    }
    return {**base, **laid}


def _laid(below: Value, above: Value) -> Value:
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{key: _laid(below.get(key), value) for key, value in above.items()}}
    if isinstance(below, list) and isinstance(above, list) and all(isinstance(item, dict) for item in (*below, *above)):
        tail = below[len(above) :]
        return [_laid(one, other) for one, other in zip(below, above, strict=False)] + above[len(below) :] + tail
    return above


def split_product(data: dict[str, Value], overlay: Source, problems: list[Problem]) -> tuple[Source, dict[str, str]]:
    """Take the words of options and pictures out of a product's overlay: they label facts instead of replacing them.

    Returns the rest, with the pictures' alt texts laid over the first language's pictures, and the labels.
    """
    rest = dict(overlay.data)
    labels: dict[str, str] = {}
    options = rest.pop("options", None)
    if isinstance(options, dict):
        for name, words in options.items():
            _label(name, words, labels)
    elif options is not None:
        problems.append(overlay.problem(("options",), "expected words to words, such as Size: Koko"))
    alts = rest.pop("images", None)
    images = data.get("images")
    if isinstance(alts, list) and isinstance(images, list):
        rest["images"] = [_alt(image, alts[place] if place < len(alts) else None) for place, image in enumerate(images)]
    elif alts is not None:
        problems.append(overlay.problem(("images",), "expected a list of alt texts, one for each picture"))
    return Source(overlay.site, overlay.file, rest, overlay.place), labels


def _label(name: str, words: Value, labels: dict[str, str]) -> None:
    if isinstance(words, str):
        labels[name] = words
    elif isinstance(words, dict):
        for key, value in words.items():
            if isinstance(value, str):
                labels[name if key == "name" else key] = value


def _alt(image: Value, alt: Value) -> Value:
    if not isinstance(alt, str):
        return image
    return {**image, "alt": alt} if isinstance(image, dict) else {"file": image, "alt": alt}

"""Brands with a page: the maker, its story and its facts."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from storegen.model.clip import Clip
from storegen.model.picture import Image, as_image
from storegen.model.record import Content, Status
from storegen.model.scalars import Count, Slug, Url
from storegen.model.text import Inline, Markdown, PictureFile, TranslatedLine, TranslatedSlug, TranslatedText

# A shop with so many listed brands has a page with the list of them.
SEVERAL = 2


class Brand(Content, frozen=True, kw_only=True):
    """A brand, with the story of its maker. Its page shows the products whose `brand` is this name."""

    body: Markdown = ""
    """The story of the maker. In a Markdown file, write it below the last `---` line."""

    name: TranslatedLine
    """The brand's name, as products have it in `brand`. Capital letters don't matter."""
    slug: TranslatedSlug = Slug("")
    """The last part of the page's web address. Default: the file's name."""
    summary: Inline = ""
    """One or two sentences about the brand."""
    image: PictureFile | Image | None = None
    """The maker, the workshop or the goods."""
    videos: tuple[Clip, ...] = ()
    """Videos that the text shows: `![](video:1)` is the first one."""
    place: TranslatedLine = ""
    """Where the maker is: `Fiskars, Finland`."""
    site: Url | None = None
    """The maker's own web page."""
    facts: Mapping[TranslatedLine, TranslatedLine] = {}
    """More facts: `{Founded: 1994, Clay: From the Loviisa pits}`."""
    order: Count = Count(1000)
    """The position in the list of brands. Brands with the same number are sorted by name."""
    status: Status = "published"
    """`published`, `draft` (not built) or `unlisted` (has a page, but is in no list)."""
    extra: Mapping[str, TranslatedText] = {}
    """For programmers: texts for your own templates, such as `{badge: Made in Helsinki}`."""

    @property
    def picture(self) -> Image | None:
        """The picture with its description, or None."""
        return None if self.image is None else as_image(self.image)


def brand_key(name: str) -> str:
    """Return a brand's name in the form in which two spellings of it are equal: without case and extra spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())

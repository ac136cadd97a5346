"""Pictures with the addresses of their variants, and the outputs that build the variants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from storegen.addresses import copy_address
from storegen.model.picture import DRAWING, Image, Media
from storegen.outputs import Copy, ImageVariant, Output
from storegen.views.contexts.parts import Picture
from storegen.views.image_variants import ThemeSettings, responsive_picture
from storegen.views.shop import Shop


def picture(shop: Shop, image: Image | None, *, alt: str = "") -> Picture | None:
    """Return a picture with all addresses that a template may need."""
    if image is None:
        return None
    if image.remote:
        return Picture(src=image.file, alt=image.alt or alt, focus=image.focus or "", remote=True)
    return responsive_picture(shop.store.media[image.file], shop.theme, alt=image.alt or alt, focus=image.focus or "")


def product_picture(shop: Shop, image: Image | None, *, alt: str = "") -> Picture | None:
    """Return the picture of a product. On another site, its shape is unknown, so it is shown whole, as on white.

    With a focus, it fills its place.
    """
    shown = picture(shop, image, alt=alt)
    return replace(shown, ground="white") if shown is not None and shown.remote and not shown.focus else shown


def media_picture(shop: Shop, file: str, *, alt: str = "") -> Picture | None:
    """Return the picture of a media file, found by its name."""
    return picture(shop, Image(file=file, alt=alt)) if file else None


def image_variants(shop: Shop) -> Iterator[Output]:
    """Yield all variants of the pictures in use, and the other media files unchanged."""
    made: set[str] = set()
    for media in shop.store.media.values():
        for output in _outputs(media, shop.theme):
            if output.path not in made:
                made.add(output.path)
                yield output


def _outputs(media: Media, theme: ThemeSettings) -> Iterable[Output]:
    if not media.width:
        yield Copy(
            path=copy_address(media).lstrip("/"),
            file=media.file,
            digest=media.digest,
            source=f"content/{media.file}",
            inert=media.format == DRAWING,
        )
        return
    shown = responsive_picture(media, theme)
    for width in shown.widths:
        for kind in shown.formats:
            yield ImageVariant(
                path=f"{shown.stem}-{width}.{shown.digest}.{kind}".lstrip("/"),
                file=media.file,
                digest=media.digest,
                width=width,
                format=kind,
                source=f"content/{media.file}",
            )

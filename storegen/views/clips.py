"""Videos and sounds for pages, and the hosts that the content-security policy allows to play them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from storegen.model.clip import SOUND_TYPES, VIDEO_TYPES, Clip, hosted, type_of
from storegen.views.contexts.parts import CaptionsLine, ClipBox
from storegen.views.pictures import media_picture
from storegen.views.shop import Shop


def clip_boxes(shop: Shop, clips: Iterable[Clip], *, sound: bool = False) -> tuple[ClipBox, ...]:
    """Return videos or sounds as pages show them."""
    return tuple(_box(shop, clip, sound=sound) for clip in clips)


def _box(shop: Shop, clip: Clip, *, sound: bool) -> ClipBox:
    found = hosted(clip.file)
    return ClipBox(
        title=clip.title,
        href=shop.target(clip.file),
        type="" if found else type_of(clip.file, SOUND_TYPES if sound else VIDEO_TYPES),
        host=found.name if found else "",
        player=found.player if found else "",
        sound=sound,
        picture=media_picture(shop, clip.image),
        captions=tuple(
            CaptionsLine(language=code, name=_language(shop, code), href=shop.target(file))
            for code, file in clip.captions.items()
        ),
        date=clip.date,
    )


def _language(shop: Shop, code: str) -> str:
    """Return the name of a language of the shop. For other languages, return the code."""
    return shop.others[code].word("meta.name") if code in shop.others else code


def frame_policy(origins: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the directive of the content-security policy for players, empty if there are none."""
    found = tuple(sorted(set(origins)))
    return {"frame-src": found} if found else {}

"""Videos in structured data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from storegen.render.jsonld_values import absolute
from storegen.views.contexts.page import Shared
from storegen.views.contexts.parts import ClipBox


def videos(clips: Iterable[ClipBox], shared: Shared) -> Iterator[dict[str, Any]]:
    """Yield the videos of a page. Google needs a picture and a day: videos without them are left out.

    The fields follow developers.google.com/search/docs/appearance/structured-data/video, 2026-11.
    """
    for clip in clips:
        if clip.picture is not None and clip.date is not None:
            player, file = clip.player.partition("?")[0], absolute(clip.href, shared)
            yield {
                "@type": "VideoObject",
                "name": clip.title,
                "thumbnailUrl": absolute(clip.picture.src, shared),
                "uploadDate": clip.date.isoformat(),
                **({"embedUrl": player} if player else {"contentUrl": file}),
            }

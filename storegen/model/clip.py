"""Videos and sounds: a file of the shop, or a video at YouTube or Vimeo."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from storegen.model.record import Record
from storegen.model.text import Line, Link, PictureFile, TranslatedLine
from storegen.model.times import Day

# The types of files that browsers play (developer.mozilla.org, Media type and format guide, 2026-11).
VIDEO_TYPES: Mapping[str, str] = {".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm"}
SOUND_TYPES: Mapping[str, str] = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".wav": "audio/wav"}
_ID = re.compile(r"[\w-]{1,64}")


class Clip(Record, frozen=True, kw_only=True):
    """A video or a sound recording."""

    file: Link
    """The file, such as `media/ring.mp4`. A video may also be an address at YouTube or Vimeo."""
    title: TranslatedLine
    """What visitors see or hear, in a few words."""
    image: PictureFile = ""
    """The picture that pages show before the video plays."""
    captions: Mapping[Line, Link] = {}
    """Files with captions (WebVTT) by language: `{en: media/ring.en.vtt}`. YouTube and Vimeo have their own."""
    date: Day | None = None
    """The day on which it was published. Search engines list only videos with a day and an `image`."""


class Hosted(msgspec.Struct, frozen=True):
    """A video on a video host: the host's *name*, and the address of its player, which is loaded only after a press."""

    name: Literal["YouTube", "Vimeo"]
    player: str


def hosted(address: str) -> Hosted | None:
    """Return the video at an address of YouTube or Vimeo, None for other addresses.

    YouTube's player is that of its host without cookies before the start (support.google.com/youtube/answer/171780);
    Vimeo's has ``dnt=1`` for the same (developer.vimeo.com/player/sdk/embed, both 2026-11).
    """
    parts = urlsplit(address)
    host, path = (parts.hostname or "").removeprefix("www.").removeprefix("m."), parts.path.strip("/").split("/")
    query = dict(pair.partition("=")[::2] for pair in parts.query.split("&"))
    if host == "youtu.be" or (host == "youtube.com" and path[0] in {"watch", "shorts", "embed"}):
        name = query.get("v", "") if path[0] == "watch" else path[-1]
        if _ID.fullmatch(name):
            return Hosted("YouTube", f"https://www.youtube-nocookie.com/embed/{name}?autoplay=1&rel=0")
    if host in {"vimeo.com", "player.vimeo.com"}:
        numbers = [each for each in path if each != "video"]
        if numbers and numbers[0].isdecimal():
            private = f"&h={numbers[1]}" if len(numbers) > 1 and _ID.fullmatch(numbers[1]) else ""
            return Hosted("Vimeo", f"https://player.vimeo.com/video/{numbers[0]}?autoplay=1&dnt=1{private}")
    return None


def player_of(address: str) -> str:
    """Return the address of the player for a video at YouTube or Vimeo, empty for other addresses."""
    found = hosted(address)
    return found.player if found else ""


def type_of(file: str, types: Mapping[str, str]) -> str:
    """Return the media type of a file that browsers can play, empty for other files."""
    return types.get(PurePosixPath(urlsplit(file).path).suffix.lower(), "")


def clip_fault(clip: Clip, *, sound: bool) -> tuple[str, str] | None:
    """Return the field and the mistake of a video or a sound, None if browsers can play it."""
    types = SOUND_TYPES if sound else VIDEO_TYPES
    if not clip.file.startswith("media/") and (sound or hosted(clip.file) is None):
        other = "" if sound else ", or the address of a video at YouTube or Vimeo"
        return "file", f'expected a file in content/media{other}; found "{clip.file}"'
    if clip.file.startswith("media/") and not type_of(clip.file, types):
        return "file", f'expected a file that browsers play ({", ".join(types)}), found "{clip.file}"'
    wrong = next((each for each in clip.captions.values() if not each.endswith(".vtt")), None)
    return None if wrong is None else ("captions", f'expected a WebVTT file (.vtt), found "{wrong}"')

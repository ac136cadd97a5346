"""The channels in which visitors pass pages on."""

from __future__ import annotations

from typing import Literal

ShareChannel = Literal[
    "email", "whatsapp", "telegram", "line", "naver", "facebook", "pinterest", "x", "linkedin", "reddit"
]

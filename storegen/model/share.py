"""The channels of share links."""

from __future__ import annotations

from typing import Literal

ShareChannel = Literal[
    "email", "whatsapp", "telegram", "line", "naver", "facebook", "pinterest", "x", "linkedin", "reddit"
]

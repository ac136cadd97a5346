"""The one script that a shop with tools loads: what happens, whether it may be told, and the tools' words for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from storegen.tracking.analytics.protocol import Tool

_SCRIPTS = Path(__file__).parent / "scripts"


def bundle_tools(tools: Iterable[Tool], base_url: str) -> str:
    """Return the script for *tools*; on any other host than that of *base_url*, such as a preview, it stays silent."""
    chosen = tuple(tools)
    parts = [
        f"const SHOP = {_literal(base_url)};\nconst TOOLS = {_literal(list(map(_facts, chosen)))};",
        _script("gate"),
    ]
    if any(tool.flat for tool in chosen):
        parts.append(_script("line"))
    parts += [_script(tool.name) for tool in chosen]
    if any(tool.consent for tool in chosen):
        parts.append(_script("consent"))
    parts.append(_script("events"))
    return "\n".join(parts)


def _facts(tool: Tool) -> dict[str, object]:
    """Return what the script must know of a tool: what is not so, and names that are the shop's own, are left out."""
    facts = {
        "name": tool.name,
        "script": tool.script,
        "consent": tool.consent,
        "own": tool.own,
        "settings": tool.settings,
        "events": {event: name for event, name in tool.events.items() if event != name},
        "cookies": tool.cookies,
    }
    return {key: value for key, value in facts.items() if value}


def _script(name: str) -> str:
    return (_SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


def _literal(value: object) -> str:
    """Return a value as JavaScript; JSON is a part of it (ECMA-262, 2019)."""
    return msgspec.json.encode(value, order="deterministic").decode()

"""The scripts that a shop with tools loads: what happens, whether it may be told, and the tools' words for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from storegen.tracking.analytics.protocol import Tool

_SCRIPTS = Path(__file__).parent / "scripts"
_LAZY = "tools.js"


def bundle_tools(tools: Iterable[Tool], base_url: str) -> dict[str, str]:
    """Return the scripts for *tools* by name.

    On another host than that of *base_url*, such as a preview, they stay silent. Pages load ``measure.js``. Where there
    are several tools, or one that asks for consent, the tools' words are in ``tools.js``, a lazy script which comes
    before ``measure.js`` here. A page loads it when a tool may be told something, because many visitors never agree.
    """
    chosen = tuple(tools)
    if not chosen:
        return {}
    words, gate = _words(chosen), _gate(chosen, base_url)
    if len(chosen) > 1 or chosen[0].consent:
        return {_LAZY: words, "measure.js": f'const LAZY = "static:{_LAZY}";\n{gate}\n{_script("fetch")}'}
    return {"measure.js": f"{words}\n{gate}"}


def _gate(tools: tuple[Tool, ...], base_url: str) -> str:
    """Return what every page needs: what happens is noted, and the question asked."""
    facts = [_known(name=tool.name, consent=tool.consent, own=tool.own, cookies=tool.cookies) for tool in tools]
    parts = [f"const SHOP = {_literal(base_url)};\nconst TOOLS = {_literal(facts)};", _script("gate")]
    if any(tool.consent for tool in tools):
        parts.append(_script("consent"))
    return "\n".join(parts)


def _words(tools: tuple[Tool, ...]) -> str:
    """Return how each tool is loaded and told of what was noted."""
    facts = {
        tool.name: _known(
            script=tool.script,
            settings=tool.settings,
            events={event: name for event, name in tool.events.items() if event != name},
        )
        for tool in tools
    }
    parts = [f"const TOLD = {_literal(facts)};", _script("tools")]
    if any(tool.flat for tool in tools):
        parts.append(_script("line"))
    return "\n".join((*parts, *(_script(tool.name) for tool in tools), _script("events")))


def _known(**facts: object) -> dict[str, object]:
    """Return what the script must know of a tool; what is not so is left out."""
    return {key: value for key, value in facts.items() if value}


def _script(name: str) -> str:
    return (_SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


def _literal(value: object) -> str:
    """Return a value as JavaScript; JSON is a part of it (ECMA-262, 2019)."""
    return msgspec.json.encode(value, order="deterministic").decode()

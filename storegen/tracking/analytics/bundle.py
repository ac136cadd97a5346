"""Bundle the analytics scripts of a shop: recording of events, consent, and the adapters of the tools."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from storegen.tracking.analytics.protocol import Tool

_SCRIPTS = Path(__file__).parent / "scripts"
_LAZY = "tools.js"


def bundle_tools(tools: Iterable[Tool], base_url: str) -> dict[str, str]:
    """Return the scripts for *tools* by name.

    On any other host than that of *base_url* they send nothing. If it is empty, as for a preview, they never send
    anything. Pages load ``measure.js``. If there are several tools, or one that needs consent, the adapters are in
    ``tools.js``, a lazy script which comes before ``measure.js`` here. Pages load it only when an event may be sent,
    because many visitors never consent.
    """
    chosen = tuple(tools)
    if not chosen:
        return {}
    words, gate = _words(chosen), _gate(chosen, base_url)
    if len(chosen) > 1 or chosen[0].consent:
        return {_LAZY: words, "measure.js": f'const LAZY = "static:{_LAZY}";\n{gate}\n{_script("fetch")}'}
    return {"measure.js": f"{words}\n{gate}"}


def _gate(tools: tuple[Tool, ...], base_url: str) -> str:
    """Return the script for every page, which records events and asks for consent."""
    facts = [_known(name=tool.name, consent=tool.consent, own=tool.own, cookies=tool.cookies) for tool in tools]
    parts = [f"const SHOP = {_literal(base_url or 'about:blank')};\nconst TOOLS = {_literal(facts)};", _script("gate")]
    if any(tool.consent for tool in tools):
        parts.append(_script("consent"))
    return "\n".join(parts)


def _words(tools: tuple[Tool, ...]) -> str:
    """Return the adapters, which load the tools and send the recorded events."""
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
    """Return the non-empty values that the script needs to know about a tool."""
    return {key: value for key, value in facts.items() if value}


def _script(name: str) -> str:
    return (_SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


def _literal(value: object) -> str:
    """Return a value as JavaScript, which includes JSON (ECMA-262, 2019)."""
    return msgspec.json.encode(value, order="deterministic").decode()

"""Groups of countries whose law is the same in the matters of a shop."""

from __future__ import annotations

# The member states of the European Union, as of 2026-11-28.
EU = frozenset("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split())
# The European Economic Area: the European Union, Iceland, Liechtenstein and Norway.
EEA = EU | {"IS", "LI", "NO"}

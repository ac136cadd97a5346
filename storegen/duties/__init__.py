"""What the law asks a shop to show, as data with sources: duties, whom they bind, and the words that the law fixes."""

from __future__ import annotations

from storegen.duties.duty import Duty, Scope, binds
from storegen.duties.table import BY_ID, DUTIES

__all__ = ["BY_ID", "DUTIES", "Duty", "Scope", "binds"]

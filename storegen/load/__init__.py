"""Files to an immutable store: the only stage that knows content files, lines and columns."""

from storegen.load.site import load_config
from storegen.load.store import load_store

__all__ = ["load_config", "load_store"]

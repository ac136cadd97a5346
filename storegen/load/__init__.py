"""Loading of content files to an immutable store. Only this stage knows files, lines and columns."""

from storegen.load.shop import ReadShop, load_shop, read_shop
from storegen.load.site import load_config, read_config

__all__ = ["ReadShop", "load_config", "load_shop", "read_config", "read_shop"]

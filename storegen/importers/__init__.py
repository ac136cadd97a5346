"""Convert exports of other shop systems to storegen's content files. This package neither prints nor exits."""

from storegen.importers.records import Imported
from storegen.importers.report import ImportReport, Remark
from storegen.importers.shopify import read_shopify
from storegen.importers.woocommerce import read_woocommerce
from storegen.importers.writing import write_imported

__all__ = ["ImportReport", "Imported", "Remark", "read_shopify", "read_woocommerce", "write_imported"]

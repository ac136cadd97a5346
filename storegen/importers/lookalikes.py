"""Recognise other exports by their columns, so that the error can name them.

The columns follow the shops' help pages and exporters: help.shopify.com (inventory, customers, orders, discounts),
WooCommerce's analytics and its usual export plug-ins, and product exports of other shop systems.
"""

from __future__ import annotations

from collections.abc import Iterable

# Names of exports, each with sets of folded column names. A file matches if it has all columns of one set.
_EXPORTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Shopify's inventory export, which contains stock and no prices",
        ("handle|coo", "handle|committed", "handle|on hand"),
    ),
    (
        "Shopify's inventory export, which contains stock and no prices",
        ("handle|on hand (new)", "handle|location|available"),
    ),
    ("an export of orders", ("financial status", "lineitem name", "order number|order status", "order #|items sold")),
    ("an export of orders", ("order_number", "order id|order status", "order_id|order_status", "_billing_email")),
    ("an export of orders", ("sale date|item name|buyer", "transaction date|payout status", "order|gateway|kind")),
    ("an export of gift cards", ("initial balance", "gift card code|balance")),
    ("an export of discounts", ("value type|times used in total", "discount class", "value type|value")),
    ("an export of coupons", ("discount_type|coupon_amount", "coupon code", "coupon type|coupon amount")),
    ("an export of customers", ("first name|last name|email", "user_login|user_email", "username|email|total spend")),
    ("an export of customers", ("customer id|email", "billing_email|billing_first_name", "accepts marketing|email")),
    ("an export of reviews", ("rating|product_handle", "rating|reviewer_name", "rating|author", "comment_content")),
    ("an export of redirects", ("redirect from|redirect to",)),
    ("an export of translations", ("default content|translated content",)),
    (
        "an export of blog posts or pages",
        ("blog title", "body html|author|blog: handle", "post_type|post_content|post_status"),
    ),
    ("a sales report", ("net sales", "gross sales", "items sold|n. revenue", "product title|net sales")),
    ("a stock report", ("product / variation",)),
    ("a table of tax rates", ("rate %",)),
    ("a product export of Wix", ("handleid|fieldtype",)),
    ("a product export of Squarespace", ("product id [non editable]",)),
    ("a product export of BigCommerce", ("product code/sku", "item type|product id|product name")),
    ("a listing export of Etsy", ("currency_code|sku", "variation 1 type")),
    ("a product file of PrestaShop", ("name *", "product id*", "active (0/1)")),
    ("a product export of Magento", ("attribute_set_code", "_attribute_set", "product_websites")),
    ("a product export of Square", ("item name|variation name|token",)),
    ("a product feed for Google or Meta", ("image_link|availability", "image link|availability")),
    ("a product export of the WooCommerce plug-in of WebToffee", ("post_title|regular_price",)),
)


def look_alike(headers: Iterable[str]) -> str:
    """Return the name of the export with these folded column names, empty if it isn't known."""
    names = frozenset(headers)
    return next((what for what, sets in _EXPORTS for each in sets if names.issuperset(each.split("|"))), "")

"""What a merchant states for the duties of the law: safety, guarantees, withdrawal, and duties that don't apply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from storegen.model.record import Record
from storegen.model.scalars import Amount, Country, Flag
from storegen.model.text import Inline, Line, Markdown, PictureFile, TranslatedLine

# Groups of goods for which the law asks for more on the page.
Goods = Literal[
    "general", "food", "cosmetics", "textiles", "toys", "electronics", "batteries", "jewellery", "chemicals"
]


class Party(Record, frozen=True, kw_only=True):
    """A company that answers for a product: its maker, or the responsible person in the European Union."""

    name: Line
    """The name or trade mark."""
    address: Line
    """The postal address."""
    contact: Line
    """An e-mail address or a web address."""
    country: Country = Country("")
    """The country. Outside the European Union, products need a `responsible` person too."""


class Safety(Record, frozen=True, kw_only=True):
    """The safety of a product: who answers for it, which model it is, and warnings."""

    maker: Party | None = None
    """The maker. Default: that of the product's brand, or your company, see `duties.safety` in site.yaml."""
    responsible: Party | None = None
    """The responsible person in the European Union. Default: that of site.yaml."""
    model: Line = ""
    """The maker's number of the type or batch. Default: the product's `mpn`, `gtin` or article number."""
    warnings: Markdown = ""
    """Warnings and safety instructions, in each language of the shop."""


class ProductGuarantee(Record, frozen=True, kw_only=True):
    """A guarantee of durability by the maker: free of charge, on the whole product, for more than two years."""

    years: Amount
    """The number of years. Half years are possible: `2.5`."""
    brand: Line
    """The maker's brand."""
    model: Line
    """The maker's name or number of the model."""
    label: PictureFile = ""
    """The official GARAN label with these data, a picture in content/media."""


class ShopSafety(Record, frozen=True, kw_only=True):
    """Who makes the products, for those that don't say it themselves."""

    own: Flag = Flag(0)
    """`yes`: your company makes all products that name no other maker."""
    makers: Mapping[Line, Party] = {}
    """The makers by brand: `{Aalto: {name: Aalto Oy, address: …, contact: …}}`."""
    responsible: Party | None = None
    """The responsible person in the European Union for products from outside."""


class WithdrawalForm(Record, frozen=True, kw_only=True):
    """The form with which buyers withdraw from a contract. `forms.withdrawal` says where it goes."""

    receipt: Flag = Flag(0)
    """`yes`: the form service answers the buyer by e-mail, with the statement, the date and the time."""


class GuaranteeNotice(Record, frozen=True, kw_only=True):
    """The European Union's notice on the legal guarantee."""

    pictures: Mapping[Line, PictureFile] = {}
    """The official picture in each language: `{de: media/notice-de.png}`."""
    note: Inline = ""
    """What applies beside it, such as a longer period in your country."""


class Duties(Record, frozen=True, kw_only=True):
    """What the law asks your shop to show."""

    off: Mapping[Line, Line] = {}
    """Duties that don't apply to you, each with the reason: `{withdrawal-function: "we sell to companies only"}`."""
    safety: ShopSafety = ShopSafety()
    """Who makes your products."""
    withdrawal: WithdrawalForm = WithdrawalForm()
    """The form with which buyers withdraw from a contract."""
    guarantee_notice: GuaranteeNotice = GuaranteeNotice()
    """The notice on the legal guarantee."""
    payment_time: TranslatedLine = ""
    """When the buyer pays, such as "when the order is sent"."""
    offer_time: TranslatedLine = ""
    """How long an offer or an order without payment is valid."""

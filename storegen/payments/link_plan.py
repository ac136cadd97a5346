"""Compare the payment links that a shop needs with those that it has, in its file and in its account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import msgspec

from storegen.model.payment import PayEntry, PayLink
from storegen.payments.wanted import WantedLink, by_sku


class AccountLink(msgspec.Struct, frozen=True, kw_only=True):
    """A payment link in the account.

    *sku*, *shop* (an address and a market) and *digest* (that of the `WantedLink`) are empty for one made by hand.
    *charges* are the price of the first line in the service's units, and its currency; None if Stripe didn't say it.
    """

    id: str
    url: str
    active: bool
    sku: str = ""
    shop: str = ""
    digest: str = ""
    charges: tuple[int, str] | None = None


def account_link(found: Mapping[str, Any]) -> AccountLink:
    """Return a payment link of Stripe's API, with its lines if they are expanded."""
    lines = (found.get("line_items") or {}).get("data") or []
    price = (lines[0].get("price") or {}) if lines else {}
    charges = (
        (int(price["unit_amount"]), str(price["currency"]).upper()) if price.get("unit_amount") is not None else None
    )
    marks = found.get("metadata") or {}
    return AccountLink(
        id=found["id"],
        url=found["url"],
        active=bool(found["active"]),
        sku=marks.get("sku", ""),
        shop=marks.get("shop", ""),
        digest=marks.get("storegen", ""),
        charges=charges,
    )


class Replaced(msgspec.Struct, frozen=True):
    """A link that no page uses any more. *id* is its id in the account if storegen made it there and it is active."""

    sku: str
    link: PayLink
    id: str = ""


class LinkPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be done: links to make, links that the account already has, and links that are not used any more.

    *kept* are the links that stay in the file. *before* is the number of links that were made for the same purpose and
    are closed, by digest.
    """

    make: tuple[WantedLink, ...] = ()
    adopt: tuple[tuple[WantedLink, str], ...] = ()
    kept: tuple[tuple[WantedLink, PayLink], ...] = ()
    replaced: tuple[Replaced, ...] = ()
    before: Mapping[str, int] = {}


def plan_links(
    wanted: Sequence[WantedLink], entries: Mapping[str, PayEntry], account: Iterable[AccountLink], shop: str
) -> LinkPlan:
    """Return the plan for the links of *entries*, by article number. An article without wanted links stays as it is.

    *shop* is the mark of the shop's links in the account.

    A link that storegen made is replaced if the buyer would be charged anything else than on the page, such as another
    price of delivery. A link that was made by hand stays while a page uses it.
    """
    found = list(account)
    by_url = {each.url: each for each in found}
    by_digest = {each.digest: each for each in found if each.active and each.digest}
    make: list[WantedLink] = []
    adopt: list[tuple[WantedLink, str]] = []
    kept: list[tuple[WantedLink, PayLink]] = []
    replaced: list[Replaced] = []
    for sku, each in by_sku(wanted).items():
        links = _links(entries.get(sku, ()), each)
        used: set[str] = set()
        for want in each:
            there = by_digest.get(want.digest)
            link = next((link for link in links if want.fits(link) and _holds(by_url.get(link.target), want)), None)
            if link is not None:
                kept.append((want, link))
                used.add(link.target)
            elif there is not None:
                adopt.append((want, there.url))
            else:
                make.append(want)
        replaced += [_replaced(sku, link, by_url.get(link.target)) for link in links if link.target not in used]
        replaced += _forgotten(sku, each, found, {link.target for link in links}, shop)
    return LinkPlan(
        make=tuple(make),
        adopt=tuple(adopt),
        kept=tuple(kept),
        replaced=tuple(replaced),
        before=Counter(each.digest for each in found if each.digest),
    )


def _forgotten(
    sku: str, wanted: Sequence[WantedLink], account: Iterable[AccountLink], listed: AbstractSet[str], shop: str
) -> Iterator[Replaced]:
    """Yield the active links of an article in the account that the file doesn't have and no page needs."""
    digests = {each.digest for each in wanted}
    for each in account:
        own = each.sku == sku and each.shop == shop and each.digest
        if own and each.active and each.digest not in digests and each.url not in listed:
            yield Replaced(sku, PayLink(link=each.url), each.id)


def _links(entry: PayEntry, wanted: Sequence[WantedLink]) -> tuple[PayLink, ...]:
    """Return the links of an article. The only link without a price has the first price without a sale."""
    if not isinstance(entry, tuple):
        return ()
    usual = next((each for each in wanted if not each.cause and not each.offers), None)
    return tuple(
        msgspec.structs.replace(link, price=usual.price.amount) if link.price is None and usual else link
        for link in entry
    )


def _holds(link: AccountLink | None, wanted: WantedLink) -> bool:
    """Return whether a link in the file still does what it should. One that the account doesn't have is not touched."""
    return link is None or (link.active and link.digest in {"", wanted.digest})


def _replaced(sku: str, link: PayLink, known: AccountLink | None) -> Replaced:
    return Replaced(sku, link, known.id if known and known.active and known.digest else "")


def mode_fault(links: Iterable[str], publishable_key: str, *, live: bool, file: str) -> str:
    """Return why a key's mode doesn't fit the shop, empty if it does. A shop is in one mode, for tests or for payments.

    *links* are those of *file*.
    """
    own = [("/test_" in each, each) for each in links if each.startswith("https://buy.stripe.com/")]
    other = next((each for test, each in own if test == live), "")
    if other:
        mine, theirs = ("live", "test") if live else ("test", "live")
        return (
            f"STRIPE_KEY is a {mine} key, and {file} has links of the {theirs} mode, such as {other}; rename this "
            "file to keep it, and a new one is made"
        )
    if publishable_key and ("_live_" in publishable_key) != live:
        return "STRIPE_KEY and checkout.stripe.publishable_key are of different modes: one is for tests, one is live"
    return ""

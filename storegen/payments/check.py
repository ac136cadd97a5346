"""Compare a published shop with its providers: the payment function's build, and what payment links charge."""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from storegen.build.payment_function import function_file
from storegen.checkout.card import Card
from storegen.checkout.service_units import service_units
from storegen.errors import counted, some
from storegen.model.money import sum_text
from storegen.model.payment import PayEntry, PayLink
from storegen.payments.link_plan import AccountLink
from storegen.payments.wanted import WantedLink, minor_units

_SECONDS = 20  # without an answer
_LONGEST = 65536  # bytes of an answer
_BUILD = re.compile(r'"build":"([0-9a-f]{16})"')


class Finding(NamedTuple):
    """A result: something is as it should be, it differs, or nobody could be asked."""

    state: Literal["fine", "differs", "unknown"]
    text: str


def check_function(card: Card, host: str, output: Path, *, live: bool) -> Finding:
    """Ask the published payment function for its build and the mode of its key, and compare it with *output*.

    *host* is the address of the site that has the function. *live*: a key for tests is a difference.
    """
    url = f"{host.rstrip('/')}{card.settings.path}"
    built = built_function(card, output)
    if not built:
        return Finding("unknown", f"{output} has no payment function: run storegen build first")
    try:
        answer = _answer(url)
    except urllib.error.HTTPError as error:
        return Finding("differs", f"{url}: no payment function answers, but the status {error.code}; publish {output}")
    except (OSError, http.client.HTTPException) as error:
        why = getattr(error, "reason", None) or error
        return Finding("unknown", f"{url}: can't be reached: {why}; for a copy at another address, use --base-url")
    if answer is None:
        return Finding("differs", f"{url}: something else than the payment function answers; publish {output}")
    return _compared(url, answer, built, card, live=live)


def built_function(card: Card, output: Path) -> str:
    """Return the build id of the function in or beside the output folder, empty if there is none."""
    place = function_file(card)
    file = (output.parent / place.folder if place.folder else output) / place.name
    try:
        found = _BUILD.search(file.read_text(encoding="utf-8"))
    except OSError:
        return ""
    return found[1] if found else ""


def _answer(url: str) -> Mapping[str, str] | None:
    """Return what a function says about itself, None if it is no payment function."""
    request = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310 - http and https only
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
        try:
            found = json.loads(answer.read(_LONGEST))
        except ValueError:
            return None
    keys = ("build", "mode", "service")
    if not isinstance(found, dict) or not all(isinstance(found.get(key), str) for key in keys):
        return None
    return {key: found[key] for key in keys}


def _compared(url: str, answer: Mapping[str, str], built: str, card: Card, *, live: bool) -> Finding:
    secrets = " and ".join(card.service.secrets)
    if answer["service"] != card.service.name:
        why = f"pays with {answer['service']}, and site.yaml says {card.service.name}; publish the shop again"
    elif answer["build"] != built:
        why = f"is of the build {answer['build']}, and the output is of {built}; publish the shop again"
    elif answer["mode"] == "none":
        why = f"has no key; set {secrets} at {card.host.title}, and publish the shop once more"
    elif answer["mode"] != "live" and live:
        why = f"has a key for tests, so nobody can pay; set {secrets} to the live key"
    else:
        mode = "a live key" if answer["mode"] == "live" else "a key for tests: no payment is real"
        return Finding("fine", f"{url}: build {built}, {card.service.title}, {mode}")
    return Finding("differs", f"{url}: the payment function {why}")


def check_links(
    wanted: Iterable[WantedLink], entries: Mapping[str, PayEntry], account: Iterable[AccountLink], file: str
) -> Iterator[Finding]:
    """Yield whether the payment links that pages use now charge the prices of the pages. *file* has the links."""
    by_url = {each.url: each for each in account}
    fine, strange = 0, []
    for each in wanted:
        if each.begins is not None or (link := _used(each, entries.get(each.sku))) is None:
            continue
        known = by_url.get(link.target)
        if known is None:
            strange.append(each.sku)
        elif why := _difference(each, known):
            yield Finding("differs", f"{file}: {each.sku}: {why}")
        else:
            fine += 1
    if fine:
        yield Finding("fine", f"{file}: {counted(fine, 'link charges', 'links charge')} the price of the page")
    if strange:
        number = counted(len(strange), "link is", "links are")
        yield Finding("unknown", f"{file}: {number} not in the account of this key: {some(strange)}")


def _used(wanted: WantedLink, entry: PayEntry | None) -> PayLink | None:
    """Return the link that the page uses, None if it uses none."""
    links = entry if isinstance(entry, tuple) else ()
    if len(links) == 1 and links[0].price is None and not wanted.cause and not wanted.offers:
        return links[0]
    return next((link for link in links if wanted.fits(link)), None)


def _difference(wanted: WantedLink, link: AccountLink) -> str:
    """Return what is wrong with a link, empty if nothing is."""
    if not link.active:
        return "the link is not active, so nobody can pay"
    units = service_units("stripe", wanted.price.currency)
    amount = None if units is None else minor_units(wanted.price, units)
    if link.charges is not None and link.charges != (amount, wanted.price.currency):
        found, currency = link.charges
        own = service_units("stripe", currency)
        charged = f"{found / 10**own.digits:.{own.digits}f} {currency}" if own else f"{found} units of {currency}"
        return f"the page shows {sum_text(wanted.price)}, the link charges {charged}"
    if link.digest not in {"", wanted.digest}:
        return 'the price of delivery or an offer has changed since the link was made; run "storegen pay links stripe"'
    return ""

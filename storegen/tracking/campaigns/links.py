"""The tagged links of a campaign: one for each source, variant of the advertisement and language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote_plus

import msgspec

from storegen.checkout import TAKE_TAGS
from storegen.config import Config
from storegen.model.campaign import Campaign
from storegen.model.store import LocalizedContent, Store
from storegen.references import split_reference, text_fragment

_LISTS = {"home": "home", "guides": "guide", "blog": "post"}


def takes_tags(config: Config) -> bool:
    """Return whether the payment provider's addresses accept campaign parameters."""
    return not TAKE_TAGS.isdisjoint(config.checkout.provider)


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A tagged link with its tags."""

    campaign: str
    name: str
    language: str
    tags: Mapping[str, str]
    address: str

    @property
    def stem(self) -> str:
        """A file name for the link without extension, unique in the shop."""
        parts = (self.campaign, self.tags["utm_source"], self.tags.get("utm_content", ""), self.language)
        return ".".join(filter(None, parts))


def links_of(campaign: Campaign, store: Store, config: Config) -> Iterator[Link]:
    """Yield a campaign's links, without the languages that don't have its landing page."""
    for language in campaign.languages or (store.home.language,):
        place = place_of(campaign, store.localized[language])
        if not place or re.split("[?#]", place)[0] in store.withheld:
            continue
        for tags in _tags(campaign):
            yield Link(
                campaign=campaign.id,
                name=campaign.name,
                language=language if len(campaign.languages) > 1 else "",
                tags=tags,
                address=tagged(f"{config.base_url}{place}", tags),
            )


def _tags(campaign: Campaign) -> Iterator[Mapping[str, str]]:
    for source in campaign.sources:
        for content in campaign.content or ("",):
            tags = {
                "utm_source": source,
                "utm_medium": str(campaign.medium),
                "utm_campaign": str(campaign.campaign or campaign.id),
                "utm_term": str(campaign.term or ""),
                "utm_content": str(content),
            }
            yield {name: value for name, value in tags.items() if value}


def tagged(link: str, tags: Mapping[str, str]) -> str:
    """Return a link with the tags after its query and before its fragment. Existing tags are replaced.

    Everything else in the link stays unchanged, byte for byte.
    """
    place, hash_, fragment = link.partition("#")
    path, _, query = place.partition("?")
    kept = [part for part in query.split("&") if part and unquote_plus(part.partition("=")[0]) not in tags]
    added = [f"{name}={quote(value, safe='')}" for name, value in tags.items()]
    return "".join((path, "?" if kept or added else "", "&".join((*kept, *added)), hash_, fragment))


def place_of(campaign: Campaign, content: LocalizedContent) -> str:
    """Return the address of a campaign's landing page in a language, without the host, empty if there is none."""
    reference, query, fragment = campaign.landing
    kind, name, _ = split_reference(reference)
    found = address_of(kind, name, content)
    aim = f"#{text_fragment(fragment[1:])}" if fragment else ""
    return f"{found}{query}{aim}" if found else ""


def address_of(kind: str, name: str, content: LocalizedContent) -> str:
    """Return the address of a reference's target, empty if it doesn't exist."""
    addresses = content.addresses
    match kind:
        case "address":
            return name if name.endswith("/") or "." in name.rpartition("/")[2] else f"{name}/"
        case "home" | "guides" | "blog":
            return addresses.of(_LISTS[kind])
        case "track" | "categories" | "support" | "withdrawal" | "guarantee" | "seller":
            return addresses.of(kind)
        case "category":
            category = content.category_named(name)
            return addresses.of(kind, content.slug_path("category", category.id)) if category else ""
        case "product":
            row = content.products.rows.get(name)
            return addresses.of(kind, row.slug or name) if row else ""
        case _:
            record = content.records.get(kind, {}).get(name)
            return addresses.of(kind, str(getattr(record, "slug", "")) or name) if record else ""

"""Every text that visitors read can be translated. A text that can't be has its reason here."""

from __future__ import annotations

import typing
from collections.abc import Iterator

import msgspec
import pytest

from storegen.config import Config
from storegen.errors import ContentError
from storegen.model.content_types import CONTENT_TYPES
from storegen.model.fields import (
    arms_of,
    is_mapping,
    is_record,
    mark_of,
    marks_of,
    translated_keys,
    without_marks,
    written_fields,
)
from storegen.model.text import Choices, LinkTarget, MediaFile, Ref, Translatable
from tests.conftest import FIVE, MakeShop
from tests.shop import SITE

# Plain texts that are the same in every language, by the reason.
SAME = {
    "names of people": "voice.name",
    "facts and numbers": (
        "company.business_id company.vat_id company.founded company.phone company.postcode company.capital "
        "company.sales_report company.numbers[].number guarantee.model safety.model"
    ),
    "names and addresses of companies, as they are on the goods": (
        "duties.safety.makers.*.name duties.safety.makers.*.address duties.safety.makers.*.contact "
        "duties.safety.responsible.name duties.safety.responsible.address duties.safety.responsible.contact "
        "safety.maker.name safety.maker.address safety.maker.contact guarantee.brand "
        "safety.responsible.name safety.responsible.address safety.responsible.contact"
    ),
    "reasons for the merchant's own list of duties": "duties.off.*",
    "codes, keys and names of files": (
        "languages[] markets.*.languages[] active_files[] checkout.whatsapp.to checkout.telegram.to checkout.line.to checkout.kakaotalk.to "
        "checkout.stripe.publishable_key checkout.stripe.code checkout.snipcart.public_key checkout.snipcart.version "
        "checkout.foxy.domain checkout.foxy.category checkout.shopify.domain checkout.shopify.code "
        "checkout.card.path checkout.ucp.endpoint checkout.ucp.code checkout.lemonsqueezy.code checkout.paddle.token "
        "checkout.paddle.code theme.name theme.preset theme.tokens.* theme.dark_tokens.* promises.*.icon "
        "sku variants[].sku variants[].mpn mpn code images[].role image.role answers[].image.role editorial.image.role "
        "sections[].guides.image.role sections[].hero.image.role sections[].place.image.role"
    ),
    "the words of others, in their language": "quote",
    "ids": (
        "delivery.methods[].id services[].id services[].tags[] services[].text.allowed promises.*.tags[] checkout.methods.*.not_for.tags[] banner[] product_promises[] tracking.carriers[] delivery.methods[] "
        "tags[] recommendation.tag rule.tags[] rule.brands[] tax_class methods[] sections[].promise[] sections[].featured.tag sections[].offer.id"
    ),
    "a market's own details, written in the market's language": (
        "markets.*.tax.name markets.*.company.legal_name markets.*.company.business_id markets.*.company.vat_id "
        "markets.*.company.phone markets.*.company.details.*"
    ),
    "options, whose words the key options translates": "options.*.values[] options.*[] variants[].options.*",
}


def plain_texts(hint: object, path: str) -> Iterator[str]:
    """Yield the paths of plain texts without a translation: no links, references or files, nothing with choices."""
    if any(mark_of(hint, mark) for mark in (Translatable, LinkTarget, Ref, MediaFile, Choices)):
        return
    for arm in arms_of(without_marks(hint)):
        bare, marks = without_marks(arm), marks_of(arm)
        if any(isinstance(mark, Translatable | LinkTarget | Ref | MediaFile) for mark in marks):
            continue
        if is_record(bare):
            for name, part in written_fields(bare).items():
                yield from plain_texts(part, f"{path}.{name}" if path else name)
        elif is_mapping(bare):
            yield from plain_texts(typing.get_args(bare)[1], f"{path}.*")
        elif typing.get_origin(bare) is tuple:
            yield from plain_texts(typing.get_args(bare)[0], f"{path}[]")
        elif bare is str:
            yield path


def test_text_without_a_translation_has_a_reason() -> None:
    kinds: list[type[msgspec.Struct]] = [Config, *(each.record for each in CONTENT_TYPES if each.translated)]
    found = {path for kind in kinds for path in plain_texts(kind, "")}

    assert found == {path for paths in SAME.values() for path in paths.split()}


def test_key_of_a_list_or_a_mapping_is_told() -> None:
    keys = translated_keys(Config)

    assert {"name", "channels[].answer", "promises.*.title", "payments", "footer", "addresses.*"} <= set(keys)
    assert not {"currency", "channels[].kind", "menu", "footer.*"} & set(keys)


def test_words_of_the_shop_are_translated(make_shop: MakeShop) -> None:
    files: dict[str, str | bytes] = {
        "site.yaml": SITE.replace("company: {", "company: {hours_note: Knock, hours: {Mon-Fri: 10:00-17:00}, ")
        .replace("tax: {", "tax: {name: Taxi, ")
        .replace("name: Post,", "name: Post, carrier: By bicycle,")
        + "languages: [en, fi]\npayments: [Card]\nproduct_promises: [free]\npromises: {free: {title: Gratis}}\n"
        "tracking: {carriers: [{id: bike, name: Bicycle, link: 'https://b.example/{number}'}]}\n"
        "footer: {Helps: [guides]}\nbadges: {new: {text: Fresh}}\n",
        "site.fi.yaml": "company: {legal_name: Testi, street: Katu 1, city: Helsingissä, hours_note: Soita}\n"
        "tax: {name: Vero}\ndelivery: {methods: {post: {name: Posti, carrier: Pyörällä}}}\npayments: [Kortti]\n"
        "promises: {free: {title: Ilmainen}}\ntracking: {carriers: {bike: {name: Polkupyörä}}}\n"
        "footer: {Apu: [guides]}\nbadges: {new: {text: Tuore}}\n",
        "content/products/plain-band.yaml": "name: Plain band\nprice: 5.00\nbrand: Maker\ntags: [new]\nspecs: {Width: 3 inch}\n",
        "content/products/plain-band.fi.yaml": "brand: Tekijä\nspecs: {Leveys: 3 tuumaa}\n",
        "content/pages/contact.md": "---\ntitle: Contact\n---\nHi.\n",
        "content/pages/delivery.md": "---\ntitle: Delivery\n---\nHi.\n",
    }
    shop = make_shop(FIVE | files)
    shop.build()

    english = "Knock,Taxi,Gratis,Bicycle,Helps,Fresh,Test Oy,Street 1,Card,By bicycle,inch,Width".split(",")
    finnish = "Soita,Vero,Ilmainen,Polkupyörä,Apu,Tuore,Testi,Katu 1,Kortti,Pyörällä,tuumaa,Leveys".split(",")
    pages = ("tuotteet/plain-band", "contact", "delivery", "seuranta")
    shown = " ".join(shop.html(f"fi/{page}/index.html").body.get_text(" ") for page in pages)  # type: ignore[union-attr]
    assert [word for word in finnish if word not in shown] == []
    assert [word for word in english if word in shown.replace("Test shop", "")] == []
    brands = {each["brand"]["name"] for each in shop.jsonld("fi/tuotteet/plain-band/index.html") if "brand" in each}
    assert brands == {"Tekijä"}


def test_fact_of_the_shop_is_not_translated(make_shop: MakeShop) -> None:
    site = SITE + "languages: [en, fi]\n"
    with pytest.raises(ContentError, match=r"site\.fi\.yaml:1: currency: is the same in every language"):
        make_shop(FIVE | {"site.yaml": site, "site.fi.yaml": "currency: SEK\n"}).build()

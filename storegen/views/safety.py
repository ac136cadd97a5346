"""The safety of a product, and its maker's guarantee of durability."""

from __future__ import annotations

from storegen.duties.words import LABEL_PAGE
from storegen.locale import country_text
from storegen.model.duties import Party
from storegen.model.product import Product
from storegen.model.regions import EU
from storegen.views.catalog import Catalog
from storegen.views.company_rows import address_of
from storegen.views.contexts.duties import GaranLabel, SafetyBox
from storegen.views.pictures import media_picture
from storegen.views.prose import text_of
from storegen.views.shop import Shop


def maker_of(shop: Shop, product: Product) -> Party | None:
    """Return the maker of a product: its own, that of its brand, or the company if it makes its products itself."""
    settings = shop.config.duties.safety
    if product.safety and product.safety.maker:
        return product.safety.maker
    if product.brand in settings.makers:
        return settings.makers[product.brand]
    return _company(shop) if settings.own else None


def responsible_of(shop: Shop, product: Product) -> Party | None:
    """Return the responsible person in the European Union, None if the maker is there or none is stated."""
    maker = maker_of(shop, product)
    if maker is not None and maker.country in EU:
        return None
    return (product.safety and product.safety.responsible) or shop.config.duties.safety.responsible


def safety_of(shop: Shop, catalog: Catalog, product: Product, language: str) -> SafetyBox | None:
    """Return the safety lines of a product, None where no law asks for them and the product has none."""
    if product.digital or not (product.safety or "product-safety" in shop.duties):
        return None
    maker, responsible = maker_of(shop, product), responsible_of(shop, product)
    parties = (("safety.maker", maker), ("safety.responsible", responsible))
    rows = [(shop.word(key), _line(shop, party)) for key, party in parties if party is not None]
    if product.safety and product.safety.model:
        rows.append((shop.word("safety.model"), product.safety.model))
    warnings = text_of(shop, catalog, product.safety.warnings, language=language) if product.safety else None
    return SafetyBox(rows=tuple(rows), warnings=warnings) if rows or warnings else None


def guarantee_of(shop: Shop, product: Product) -> GaranLabel | None:
    """Return the label of a maker's guarantee. Years have a decimal comma (Regulation (EU) 2025/1960, Annex II)."""
    found = product.guarantee
    if found is None or product.digital:
        return None
    years = f"{found.years.normalize():f}".replace(".", ",")
    alt = f"GARAN: {years}, {found.brand}, {found.model}"
    return GaranLabel(
        years=years,
        brand=found.brand,
        model=found.model,
        picture=media_picture(shop, found.label, alt=alt),
        link=LABEL_PAGE,
    )


def _company(shop: Shop) -> Party:
    company = shop.config.company
    return Party(
        name=company.legal_name or shop.config.name,
        address=address_of(shop),
        contact=company.email or shop.config.url,
        country=company.country,
    )


def _line(shop: Shop, party: Party) -> str:
    country = country_text(party.country, shop.language) if party.country else ""
    place = party.address if not country or country in party.address else f"{party.address}, {country}"
    return ", ".join(part for part in (party.name, place, party.contact) if part)

"""What the forms of a shop lack."""

from __future__ import annotations

from collections.abc import Iterator

from storegen.model.form_target import Forms
from storegen.theme.loading import Theme
from storegen.views.shop import Shop


def form_gaps(theme: Theme, shop: Shop) -> Iterator[tuple[str, str]]:
    """Yield (field of site.yaml, message) for each thing that a form lacks."""
    if shop.contact_page and not shop.config.form_address("contact"):
        yield "company.email", "is missing, so the contact page has no form; write it, or forms.contact"
    if shop.config.forms == Forms():
        return
    if "form" not in shop.theme.pages:
        yield "forms", f"the theme {theme.name} has no pages/form.html, so only the contact page has a form"
    if not shop.target("page:privacy"):
        yield "forms", "the forms link to no page about privacy; write content/pages/privacy.md with layout: privacy"

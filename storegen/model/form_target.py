"""Where the forms of a shop go: the settings `forms` of site.yaml."""

from __future__ import annotations

from storegen.model.record import Record
from storegen.model.scalars import Matched


class FormTarget(Matched):
    """Where a form goes: a service's address, an address of your own, `netlify`, or `email`."""

    __slots__ = ()
    NAME = "form address"
    PATTERN = r"email|netlify|mailto:[^\s@?]+@[^\s@?]+|https?://[^\s\x22'<>`{}|^\\]+|/[^\s\x22'<>`{}|^\\/][^\s\x22'<>`{}|^\\]*"
    EXPECTS = "an address that receives forms like https://formspree.io/f/abcdwxyz, or netlify, or email"
    EXAMPLES = ("https://formspree.io/f/abcdwxyz", "netlify", "email")


class Forms(Record, frozen=True, kw_only=True):
    """Where visitors' messages go, by kind of form."""

    default: FormTarget = FormTarget("email")
    """For all forms that you don't name, except newsletter, survey, comment and order. `email`: the visitor's mail
    program opens with everything written."""
    contact: FormTarget | None = None
    """Messages from the contact page."""
    question: FormTarget | None = None
    """Questions about a product."""
    newsletter: FormTarget | None = None
    """Subscriptions to your newsletter. Without it, the shop has no newsletter form."""
    back_in_stock: FormTarget | None = None
    """Wishes to hear when an article is back."""
    review: FormTarget | None = None
    """Reviews."""
    comment: FormTarget | None = None
    """Comments on guides and posts. Without it, the shop has no form for comments."""
    survey: FormTarget | None = None
    """Answers of a survey after an order. Without it, the shop has no survey form."""
    lead: FormTarget | None = None
    """Answers on lead pages. Default: where the newsletter goes, else where all other forms go."""
    withdrawal: FormTarget | None = None
    """Withdrawals from a contract."""
    order: FormTarget | None = None
    """Orders from the cart: one more way beside e-mail. Without it, orders go by e-mail only."""

    def target(self, kind: str) -> FormTarget | None:
        """Return where a kind of form goes, None if the shop doesn't have it."""
        own: FormTarget | None = getattr(self, kind)
        if kind == "lead" and own is None:
            own = self.newsletter
        return self.default if own is None and kind not in NAMED_ONLY else own


# The kinds that a shop has only if site.yaml names them.
NAMED_ONLY = frozenset(("newsletter", "survey", "order", "comment"))

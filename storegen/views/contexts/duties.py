"""What the law asks a shop to show, on pages of its own and on those of products."""

from __future__ import annotations

from storegen.views.contexts.base import Context
from storegen.views.contexts.delivery import ReturnsLine
from storegen.views.contexts.forms import Form
from storegen.views.contexts.page import CompanyRow, Head
from storegen.views.contexts.parts import Link, Picture, Text


class ModelFormBox(Context, frozen=True, kw_only=True):
    """The model withdrawal form in the words of the law. *language* is set if it isn't the page's."""

    language: str = ""
    title: str
    note: str
    to: str
    lines: tuple[str, ...]
    end: str


class WithdrawalBox(Context, frozen=True, kw_only=True):
    """The withdrawal function: the words of its two buttons, and the form of its statement.

    *language* is set if the words are not in the page's language. *days* is the length of the period of the law,
    *longer* the page about returns, *model* the model form.
    """

    open: str
    confirm: str
    language: str = ""
    days: int
    form: Form | None = None
    model: ModelFormBox | None = None
    returns: ReturnsLine | None = None
    longer: Link | None = None


class GuaranteeBox(Context, frozen=True, kw_only=True):
    """The harmonised notice on the legal guarantee: its picture, its words, and the page that its QR code opens.

    *language* is that of the picture and the words if it isn't the page's.
    """

    picture: Picture | None = None
    words: tuple[str, ...] = ()
    language: str = ""
    link: str
    note: str = ""


class PaymentBox(Context, frozen=True, kw_only=True):
    """How buyers pay: the methods, when, and what each payment provider stores."""

    methods: tuple[str, ...] = ()
    time: str = ""
    notes: tuple[str, ...] = ()
    instructions: str = ""


class RuleLine(Context, frozen=True, kw_only=True):
    """A rule of the shop in one sentence, with the page that says more."""

    title: str
    text: str
    link: Link | None = None


class DutyBoxes(Context, frozen=True, kw_only=True):
    """The boxes of a page: at most one of them is set. *seller* are lines about the seller and the sale."""

    withdrawal: WithdrawalBox | None = None
    guarantee: GuaranteeBox | None = None
    seller: tuple[CompanyRow, ...] = ()
    payment: PaymentBox | None = None
    rules: tuple[RuleLine, ...] = ()


class DutyPage(Context, frozen=True, kw_only=True):
    """A page that a duty of the law asks for and that no file describes."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    kind: str
    title: str
    boxes: DutyBoxes


class GaranLabel(Context, frozen=True, kw_only=True):
    """A maker's guarantee of durability: years as text, brand, model, the official label, and the page about it."""

    years: str
    brand: str
    model: str
    picture: Picture | None = None
    link: str


class SafetyBox(Context, frozen=True, kw_only=True):
    """The safety of a product: lines on who answers for it, and its warnings."""

    rows: tuple[tuple[str, str], ...] = ()
    warnings: Text | None = None

"""The words that the law asks for on the button that places an order."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from storegen.locale import with_fallback
from storegen.model.regions import EU

# Countries whose law says what the button must express: the duty `order-button` of the table.
COUNTRIES = EU | {"GB"}


class OrderWords(msgspec.Struct, frozen=True):
    """The words in one language, with their source. *statutory* are the words of the law itself, if they differ."""

    words: str
    source: str
    statutory: str = ""


# By language, as of 2026-11-28. The Court of Justice of the EU looks at the words on the button alone (C-249/21,
# C-400/22), so nothing else may be on the button: no price, no way to pay.
WORDS: Mapping[str, OrderWords] = {
    "da": OrderWords("Bestil med betalingspligt", "forbrugeraftaleloven § 12", "ordre med betalingsforpligtelse"),
    "de": OrderWords("Zahlungspflichtig bestellen", "§ 312j(3) BGB, § 8(2) FAGG"),
    "en": OrderWords("Buy now", "directive 2011/83/EU, article 8(2)", "order with obligation to pay"),
    "es": OrderWords("Pedido con obligación de pago", "directive 2011/83/EU, article 8(2)"),
    "et": OrderWords("Tellimus koos maksekohustusega", "võlaõigusseadus § 62² lg 3"),
    # The Finnish words of the law were not established. These name the payment, as the directive asks.
    "fi": OrderWords("Tilaa ja maksa", "directive 2011/83/EU, article 8(2); own words"),
    "fr": OrderWords("Commande avec obligation de paiement", "code de la consommation, L221-14"),
    "it": OrderWords("Ordine con obbligo di pagare", "directive 2011/83/EU, article 8(2)"),
    "nl": OrderWords("Bestelling met betalingsverplichting", "ACM"),
    "pl": OrderWords("Zamówienie z obowiązkiem zapłaty", "directive 2011/83/EU, article 8(2)"),
    "pt": OrderWords("Encomenda com obrigação de pagar", "directive 2011/83/EU, article 8(2)"),
    "sv": OrderWords("Bekräfta köp", "Konsument Europa, 2014", "beställning med betalningsskyldighet"),
}


def order_words(language: str) -> str:
    """Return the words of the button in a language, empty if there are none for it."""
    return next((WORDS[each].words for each in with_fallback(language) if each in WORDS), "")

"""What the law of a reader's country asks of a mail that advertises, as data with its sources.

It is not complete, and no legal advice. Every mail names its sender with the postal address and links to the way to
unsubscribe, which most countries ask for. Only what goes beyond that is here.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class FooterRules(msgspec.Struct, frozen=True, kw_only=True):
    """What a country adds to mails that advertise.

    *before_subject* begins the subject. *refusal* are sentences about the way to refuse, each around ``[words]`` that
    link to it. *details* asks for all lines of ``company.details``, and *reach* for phone and e-mail.
    """

    country: str = ""
    before_subject: str = ""
    refusal: tuple[str, ...] = ()
    details: bool = False
    reach: bool = False
    source: str = ""


_GENERAL = FooterRules(source="2002/58/EC article 13(4), CAN-SPAM 15 USC 7704(a)(5), CASL section 6(2)")
_RULES = (
    FooterRules(
        country="KR",
        before_subject="(광고) ",
        refusal=(
            "메일 수신을 원하지 않으시면 [수신거부]를 눌러 주세요.",
            "If you don’t want these mails, click [unsubscribe].",
        ),
        details=True,
        reach=True,
        source="Network Act (정보통신망법) article 50(4) and Enforcement Decree annex 6, as read 2026-11-28",
    ),
    FooterRules(
        country="JP",
        reach=True,
        source="特定電子メール法 article 4: sender, address and where to complain, as read 2026-11-28",
    ),
    FooterRules(
        country="DE",
        reach=True,
        source="DDG section 5 and UWG section 7: full imprint in advertising mails, as read 2026-11-28",
    ),
)
RULES: Mapping[str, FooterRules] = {each.country: each for each in _RULES}
# Readers of these languages are in one country, as far as mails are concerned.
_COUNTRY_OF = {"ko": "KR", "ja": "JP", "de": "DE"}


def footer_rules(language: str, market: str) -> FooterRules:
    """Return the rules for readers of a language in a *market*, which may be named after its country."""
    country = market if market in RULES else _COUNTRY_OF.get(language.partition("-")[0], "")
    return RULES.get(country, _GENERAL)

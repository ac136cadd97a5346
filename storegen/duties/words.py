"""Words that the law fixes, by language, each group with its source. Words that were not established are not here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from storegen.locale import with_fallback

T = TypeVar("T")


class WithdrawalWords(msgspec.Struct, frozen=True):
    """The words of the withdrawal function: of the link or button that opens it, and of the button that confirms.

    *own* are an own rendering, for languages that are none of the European Union: "or an unambiguous corresponding
    formulation".
    """

    open: str
    confirm: str
    own: bool = False


# Directive (EU) 2023/2673 of 2023-11-22 (CELEX 32023L2673), article 11a(1) and (3) of directive 2011/83/EU in each
# language version, as compared by eitanp214/eu-withdrawal-button-wording v2026-09-10, CC BY 4.0: "Cooloff —
# https://cooloffapp.com/en/eu-withdrawal-button-wording/". As of 2026-11-28.
WITHDRAWAL: Mapping[str, WithdrawalWords] = {
    "bg": WithdrawalWords("Откажете се от договора тук", "Потвърждавам отказа"),
    "cs": WithdrawalWords("Zde odstoupit od smlouvy", "Potvrdit odstoupení od smlouvy"),
    "da": WithdrawalWords("Fortryd aftale", "Bekræft fortrydelse"),
    "de": WithdrawalWords("Vertrag widerrufen", "Widerruf bestätigen"),
    "el": WithdrawalWords("Πατήστε εδώ για υπαναχώρηση", "Επιβεβαίωση υπαναχώρησης"),
    "en": WithdrawalWords("Withdraw from contract here", "Confirm withdrawal"),
    "es": WithdrawalWords("Desistir del contrato aquí", "Confirmar desistimiento"),
    "et": WithdrawalWords("Taganen lepingust", "Kinnitan taganemise"),
    "fi": WithdrawalWords("Peruuta sopimus tästä", "Vahvista peruuttaminen"),
    "fr": WithdrawalWords("Renoncer au contrat ici", "Confirmer la rétractation"),
    "ga": WithdrawalWords("Tarraing siar ón gconradh anseo", "Dearbhaigh an tarraingt siar"),
    "hr": WithdrawalWords("Odustati od ugovora", "Potvrditi odustajanje"),
    "hu": WithdrawalWords("Elállás a szerződéstől", "Elállás megerősítése"),
    "it": WithdrawalWords("Recedere dal contratto qui", "Conferma recesso"),
    "lt": WithdrawalWords("Atsisakyti sutarties čia", "Patvirtinti sutarties atsisakymą"),
    "lv": WithdrawalWords("Atteikties no līguma", "Apstiprināt atteikumu"),
    "mt": WithdrawalWords("Irtira mill-kuntratt hawnhekk", "Ikkonferma r-reċess"),
    "nl": WithdrawalWords("Hier de overeenkomst herroepen", "Herroeping bevestigen"),
    "pl": WithdrawalWords("Odstąp od umowy tutaj", "Potwierdź odstąpienie od umowy"),
    "pt": WithdrawalWords("Retrate-se do contrato aqui", "Confirmar retratação"),
    "ro": WithdrawalWords("Retrageți-vă din contract aici", "Confirmați retragerea"),
    "sk": WithdrawalWords("Odstúpiť od zmluvy tu", "Potvrdiť odstúpenie od zmluvy"),
    "sl": WithdrawalWords("Kliknite tukaj za odstop od pogodbe", "Potrdi odstop od pogodbe"),
    "sv": WithdrawalWords("Ångra avtalet här", "Bekräfta frånträde"),
    "id": WithdrawalWords("Batalkan kontrak di sini", "Konfirmasi pembatalan", own=True),
    "ja": WithdrawalWords("契約の撤回はこちら", "撤回を確定する", own=True),
    "ko": WithdrawalWords("여기에서 청약철회", "철회 확인", own=True),
}


class ModelForm(msgspec.Struct, frozen=True):
    """The model withdrawal form in a language. *to* comes before the trader's name and addresses."""

    title: str
    note: str
    to: str
    lines: tuple[str, ...]
    end: str


# Directive 2011/83/EU, Annex I(B): English and Spanish. The others are the same form in national law: de Anlage 2 zu
# Artikel 246a EGBGB, fr code de la consommation, annexe à l'article R221-1, fi oikeusministeriön asetus 110/2014. Read
# in public copies on 2026-11-30. Other languages were not established.
MODEL_FORMS: Mapping[str, ModelForm] = {
    "en": ModelForm(
        "Model withdrawal form",
        "(complete and return this form only if you wish to withdraw from the contract)",
        "To",
        (
            (
                "I/We (*) hereby give notice that I/We (*) withdraw from my/our (*) contract of sale of the following "
                "goods (*)/for the provision of the following service (*),"
            ),
            "Ordered on (*)/received on (*),",
            "Name of consumer(s),",
            "Address of consumer(s),",
            "Signature of consumer(s) (only if this form is notified on paper),",
            "Date",
        ),
        "(*) Delete as appropriate.",
    ),
    "de": ModelForm(
        "Muster-Widerrufsformular",
        "(Wenn Sie den Vertrag widerrufen wollen, dann füllen Sie bitte dieses Formular aus und senden Sie es zurück.)",
        "An",
        (
            (
                "Hiermit widerrufe(n) ich/wir (*) den von mir/uns (*) abgeschlossenen Vertrag über den Kauf der "
                "folgenden Waren (*)/die Erbringung der folgenden Dienstleistung (*)"
            ),
            "Bestellt am (*)/erhalten am (*)",
            "Name des/der Verbraucher(s)",
            "Anschrift des/der Verbraucher(s)",
            "Unterschrift des/der Verbraucher(s) (nur bei Mitteilung auf Papier)",
            "Datum",
        ),
        "(*) Unzutreffendes streichen.",
    ),
    "es": ModelForm(
        "Modelo de formulario de desistimiento",
        "(sólo debe cumplimentar y enviar el presente formulario si desea desistir del contrato)",
        "A la atención de",
        (
            (
                "Por la presente le comunico/comunicamos (*) que desisto de mi/desistimos de nuestro (*) contrato de "
                "venta del siguiente bien/prestación del siguiente servicio (*)"
            ),
            "Pedido el/recibido el (*)",
            "Nombre del consumidor o de los consumidores",
            "Domicilio del consumidor o de los consumidores",
            "Firma del consumidor o de los consumidores (solo si el presente formulario se presenta en papel)",
            "Fecha",
        ),
        "(*) Táchese lo que no proceda.",
    ),
    "fi": ModelForm(
        "Peruuttamislomakkeen malli",
        "(täyttäkää ja palauttakaa tämä lomake vain siinä tapauksessa, että haluatte peruuttaa sopimuksen)",
        "Vastaanottaja",
        (
            (
                "Ilmoitan/Ilmoitamme (*), että haluan/haluamme (*) peruuttaa tekemäni/tekemämme (*) sopimuksen, joka "
                "koskee seuraavien tavaroiden toimittamista (*)/seuraavan palvelun suorittamista (*)"
            ),
            "Tilauspäivä (*)/Vastaanottopäivä (*)",
            "Kuluttajan nimi (*)/Kuluttajien nimet (*)",
            "Kuluttajan osoite (*)/Kuluttajien osoitteet (*)",
            "Kuluttajan allekirjoitus (*)/Kuluttajien allekirjoitukset (*) (vain jos lomake täytetään paperimuodossa)",
            "Päiväys",
        ),
        "(*) Tarpeeton yliviivataan.",
    ),
    "fr": ModelForm(
        "Modèle de formulaire de rétractation",
        "(Veuillez compléter et renvoyer le présent formulaire uniquement si vous souhaitez vous rétracter du "
        "contrat.)",
        "À l'attention de",
        (
            (
                "Je/nous (*) vous notifie/notifions (*) par la présente ma/notre (*) rétractation du contrat portant "
                "sur la vente du bien (*)/pour la prestation de services (*) ci-dessous :"
            ),
            "Commandé le (*)/reçu le (*) :",
            "Nom du (des) consommateur(s) :",
            "Adresse du (des) consommateur(s) :",
            "Signature du (des) consommateur(s) (uniquement en cas de notification du présent formulaire sur papier) :",
            "Date :",
        ),
        "(*) Rayez la mention inutile.",
    ),
}

# The last part of the addresses of the harmonised notice's page: https://europa.eu/youreurope/SLUG. Commission
# "Practical guidelines for sellers and producers", Ares(2026)4331985, pages 15-16, as others quote them.
NOTICE_SLUGS: Mapping[str, str] = {
    "bg": "гаранции",
    "cs": "záruky_cs",
    "da": "garantier",
    "de": "garantien",
    "el": "εγγυήσεις",
    "en": "guarantees",
    "es": "garantías",
    "et": "garantiid",
    "fi": "virhevastuu",
    "fr": "garanties",
    "ga": "ráthaíochtaí",
    "hr": "jamstva_hr",
    "hu": "jótállás",
    "it": "garanzie",
    "lt": "garantijos",
    "lv": "garantijas",
    "mt": "garanziji",
    "nl": "garantie",
    "pl": "gwarancje",
    "pt": "garantias",
    "ro": "garanții",
    "sk": "záruky_sk",
    "sl": "jamstva_sl",
    "sv": "reklamationsrätt",
}
NOTICE_PAGE = "https://europa.eu/youreurope/{}"
# Where the official pictures of the notice and of the label are.
NOTICE_FILES = (
    "https://commission.europa.eu/publications/"
    "practical-guidelines-and-high-resolution-vector-files-eu-notice-and-label-product-guarantees_en"
)
# The page that the QR code of the GARAN label opens.
LABEL_PAGE = "https://europa.eu/youreurope/commercial-guarantee-durability/index.htm"

# Regulation (EU) 2025/1960, Annex I: the words of the notice, which pages show beside its picture as text, because the
# picture's letters are outlines. Only the English words were established.
NOTICE_TEXT: Mapping[str, tuple[str, ...]] = {
    "en": (
        "LEGAL GUARANTEE",
        "Minimum two-year legal guarantee protection for goods sold in the European Union.",
        (
            "Consumers can claim their rights under the legal guarantee of conformity, for example if goods: do not "
            "match the description; do not function as intended."
        ),
        (
            "Sellers are liable for any lack of conformity which existed when the goods were delivered, and which "
            "becomes apparent within the legal guarantee period."
        ),
        (
            "Sellers in such a situation are required to offer: free repair or free replacement; in some cases, a "
            "price reduction or full reimbursement."
        ),
        (
            "Some countries have a longer legal guarantee period. For second-hand goods, a shorter period may apply, "
            "but not less than one year."
        ),
        "For more information on your rights in a specific country, scan the QR code below or ask the seller.",
        (
            "What to do if you receive non-conforming goods: 1. Contact the seller as soon as possible to report the "
            "issue; 2. Provide proof of purchase, such as a receipt, invoice, or bank statement."
        ),
        (
            "Sellers and producers may also offer commercial guarantees, which apply independently from the legal "
            "guarantee. For example, you may see this GARAN label representing a commercial guarantee of durability "
            "offered by the producer at no additional cost and covering the entire good."
        ),
    )
}

# What the page with the seller's details is called in the law or the usage of the company's country, if its language is
# also the page's: § 5 DDG, § 5 ECG; LCEN; 特定商取引法 article 11. Elsewhere the theme's own word.
SELLER_TITLES: Mapping[str, Mapping[str, str]] = {
    **{key: {"de": "Impressum"} for key in ("DE", "AT")},
    "FR": {"fr": "Mentions légales"},
    "JP": {"ja": "特定商取引法に基づく表記"},
}
# Fields of a Japanese seller's page as the law names them (特定商取引法 article 11, no-trouble.caa.go.jp).
SELLER_LABELS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "legal_name": "販売業者",
        "representative": "運営責任者",
        "address": "所在地",
        "phone": "電話番号",
        "email": "メールアドレス",
        "prices": "販売価格",
        "delivery_costs": "送料その他の費用",
        "payments": "支払方法",
        "payment_time": "支払時期",
        "delivery_time": "引渡時期",
        "returns": "返品特約",
        "offer_time": "申込有効期限",
    },
    # 전자상거래법 제10조, 시행규칙 제7조 (총리령 1920, 2023-12-12).
    "ko": {
        "legal_name": "상호",
        "representative": "대표자",
        "address": "주소",
        "phone": "전화번호",
        "email": "전자우편주소",
        "business_id": "사업자등록번호",
        "sales_report": "통신판매업 신고번호",
        "host": "호스팅서비스 제공자",
    },
}
# The public service for complaints in Indonesia, as shops' footers name it (Permendag 31/2023; the exact article was
# not established), with its number of 2023.
COMPLAINTS: Mapping[str, str] = {
    "ID": "Layanan Pengaduan Konsumen: Direktorat Jenderal Perlindungan Konsumen dan Tertib Niaga, Kementerian "
    "Perdagangan Republik Indonesia, WhatsApp 0853-1111-1010"
}
# The Korea Fair Trade Commission's page about a business, by its registration number of ten digits, and the usual words
# of the link. E-Commerce Act, article 10, and its Enforcement Rule, article 7, as of 2023-12-12.
KOREAN_REGISTER = "https://www.ftc.go.kr/bizCommPop.do?wrkr_no={}"
KOREAN_DIGITS = 10
KOREAN_REGISTER_WORDS = "사업자정보확인"


def in_language(words: Mapping[str, T], language: str) -> tuple[str, T] | None:
    """Return (language, words) for a page in a *language*: its own words, or those of the language without region."""
    return next(((each, words[each]) for each in with_fallback(language) if each in words), None)


def withdrawal_words(language: str) -> WithdrawalWords:
    """Return the words of the withdrawal function for a page, in English if there are none in its language."""
    found = in_language(WITHDRAWAL, language)
    return found[1] if found else WITHDRAWAL["en"]

"""The table of duties: complete, with sources and dates, and the words that the law fixes."""

from __future__ import annotations

import datetime as dt

import pytest

from storegen.config import Config
from storegen.duties.duty import Duty, Scope, binds
from storegen.duties.order_button import COUNTRIES
from storegen.duties.table import BY_ID, DUTIES
from storegen.duties.words import MODEL_FORMS, NOTICE_SLUGS, WITHDRAWAL
from storegen.model.regions import EEA, EU
from storegen.references import DRAWN
from storegen.views.duty_checks import CHECKS


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.id)
def test_duty_says_whom_it_binds_what_where_and_by_which_source(duty: Duty) -> None:
    assert duty.sellers | duty.buyers
    assert duty.what.endswith(".")
    assert duty.where
    assert duty.source
    assert any(sign.isdigit() for sign in duty.source) or duty.mark == "report"
    assert duty.since is None or duty.since <= dt.date(2026, 12, 1)
    assert duty.drawn or duty.needs or duty.page or duty.rule or duty.yours


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.id)
def test_duty_refers_to_keys_checks_and_pages_that_exist(duty: Duty) -> None:
    assert duty.rule in {"", *CHECKS}
    assert duty.system in {"", *DRAWN}
    for need in duty.needs:
        for key in need.split("|"):
            kind: object = Config(name="Shop", url="https://shop.example")  # type: ignore[arg-type]
            for step in key.partition("=")[0].split("."):
                assert hasattr(kind, step), key
                kind = getattr(kind, step)


def test_ids_are_different_and_every_check_belongs_to_a_duty() -> None:
    assert len(BY_ID) == len(DUTIES)
    assert {duty.rule for duty in DUTIES} - {""} == CHECKS.keys()


def test_withdrawal_words_are_those_of_the_directive() -> None:
    """Directive (EU) 2023/2673, article 11a, in its language versions (2023-11-22)."""
    official = {code for code, words in WITHDRAWAL.items() if not words.own}

    assert official == NOTICE_SLUGS.keys()
    assert len(official) == 24
    assert (WITHDRAWAL["en"].open, WITHDRAWAL["en"].confirm) == ("Withdraw from contract here", "Confirm withdrawal")
    assert (WITHDRAWAL["de"].open, WITHDRAWAL["de"].confirm) == ("Vertrag widerrufen", "Widerruf bestätigen")
    assert (WITHDRAWAL["fi"].open, WITHDRAWAL["fi"].confirm) == ("Peruuta sopimus tästä", "Vahvista peruuttaminen")


@pytest.mark.parametrize("language", MODEL_FORMS)
def test_model_form_has_the_six_lines_of_the_annex(language: str) -> None:
    """Directive 2011/83/EU, Annex I(B): statement, dates, name, address, signature, date."""
    assert len(MODEL_FORMS[language].lines) == 6
    assert MODEL_FORMS[language].end.startswith("(*)")


def test_order_button_has_one_list_of_countries() -> None:
    assert BY_ID["order-button"].buyers == COUNTRIES == EU | {"GB"}
    assert len(EU) == 27
    assert {"IS", "LI", "NO"} == EEA - EU


def scope(seller: str, *buyers: str, staff: int | None = None, goods: frozenset[str] = frozenset({"goods"})) -> Scope:
    return Scope(seller=seller, buyers=frozenset({seller, *buyers}), staff=staff, goods=goods)


def test_withdrawal_function_follows_the_buyer_not_the_seller() -> None:
    """Directive 2011/83/EU, article 11a, and Regulation (EC) 593/2008, article 6."""
    duty = BY_ID["withdrawal-function"]

    assert binds(duty, scope("KR", "FI"))
    assert not binds(duty, scope("GB", "US"))


def test_accessibility_begins_with_ten_people() -> None:
    """Directive (EU) 2019/882, articles 3(23) and 4(5)."""
    duty = BY_ID["accessibility"]

    assert [binds(duty, scope("FI", staff=staff)) for staff in (None, 9, 10)] == [True, False, True]


def test_duty_for_a_group_of_goods_binds_shops_that_sell_them() -> None:
    duty = BY_ID["toy-warnings"]

    assert not binds(duty, scope("DE"))
    assert binds(duty, scope("DE", goods=frozenset({"goods", "toys"})))
    assert binds(duty, Scope(seller="DE", buyers=frozenset({"DE"})))

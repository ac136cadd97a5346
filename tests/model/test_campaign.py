"""Campaigns: the tags of their links, and where visitors land."""

from __future__ import annotations

import datetime as dt

import pytest

from storegen.model.campaign import LONGEST_TAG, Campaign, Tag
from tests.records import record


@pytest.mark.parametrize("tag", ["google", "spring-sale", "spring_sale-2", "7", "a" * LONGEST_TAG])
def test_tag_that_every_tool_counts_alike_is_taken(tag: str) -> None:
    assert Tag.parse(tag, dt.UTC) == tag


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("Spring Sale", "spring-sale"),
        ("EMAIL", "email"),
        ("--summer!", "summer"),
        ("_a_b_", "a_b"),
        ("a & b", "a-b"),
        ("äö", "spring-sale"),
        ("a" * (LONGEST_TAG + 1), "a" * (LONGEST_TAG + 1)),
    ],
)
def test_tag_that_tools_would_tell_apart_is_refused_with_a_better_one(written: str, better: str) -> None:
    message = f'expected lower-case letters, digits, "-" and "_", such as {better}; found "{written}"'
    with pytest.raises(ValueError, match=r".") as found:
        Tag.parse(written, dt.UTC)

    assert str(found.value) == message


@pytest.mark.parametrize(
    ("to", "landing", "variant"),
    [
        ("product:ring", ("product:ring", "", ""), ""),
        ("product:ring?variant=R-17", ("product:ring", "?variant=R-17", ""), "R-17"),
        ("product:ring?a=1&variant=R%2017#buy", ("product:ring", "?a=1&variant=R%2017", "#buy"), "R 17"),
        ("/rings/#top", ("/rings/", "", "#top"), ""),
        ("/rings/#a?b", ("/rings/", "", "#a?b"), ""),
    ],
)
def test_landing_page_is_told_from_its_query_and_fragment(to: str, landing: tuple[str, str, str], variant: str) -> None:
    campaign = record(Campaign, {"id": "c", "file": "c.yaml", "name": "C", "medium": "cpc", "to": to})

    assert (campaign.landing, campaign.variant) == (landing, variant)


@pytest.mark.parametrize(
    ("fields", "sources"),
    [
        ({}, ()),
        ({"source": "google"}, ("google",)),
        ({"partners": ["anna", "ben"]}, ("anna", "ben")),
        ({"source": "google", "partners": ["anna"]}, ("google", "anna")),
    ],
)
def test_visitors_come_from_the_source_and_the_partners(fields: dict[str, object], sources: tuple[str, ...]) -> None:
    campaign = record(Campaign, {"id": "c", "file": "c.yaml", "name": "C", "medium": "cpc", "to": "/", **fields})

    assert campaign.sources == sources

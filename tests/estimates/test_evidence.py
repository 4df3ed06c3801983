"""What is made once of a book: its estimates by measure, its utterances, the measures of a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.book import Book
from tallybook.estimates.evidence import Evidence

Make = Callable[..., Book]
MEASURES: dict[str, dict[str, Any]] = {
    "share": {
        "kind": "share", "unit": "fraction",
        "shares": [{"part": "daily", "whole": "eaten"}, {"part": "daily", "rest": "lost"}],
    },
    "daily": {"kind": "rate", "unit": "loaf / day", "rate_of": "loaves"},
    "eaten": {"kind": "rate", "unit": "loaf / day"},
    "lost": {"kind": "rate", "unit": "loaf / day"},
    "loaves": {"kind": "total", "unit": "loaf"},
    "rolls": {"kind": "stock", "unit": "loaf"},
    "cakes": {"kind": "stock", "unit": "loaf"},
    "both": {"kind": "share", "unit": "fraction"},
    "more": {"kind": "change", "unit": "loaf", "change_of": "rolls"},
}  # fmt: skip


def test_the_estimates_of_some_measures_keep_the_order_of_the_book(book: Make) -> None:
    said = [
        {"words": "9 loaves a day", "measure": "daily"},
        {"words": "1,204 loaves", "measure": "loaves", "reference_period": "2023"},
        {"words": "12 loaves a day", "measure": "daily"},
        {"words": "30 loaves", "measure": "rolls"},
    ]
    evidence = Evidence(book(MEASURES, said))
    assert list(evidence.estimates) == ["s0", "s1", "s2", "s3", "s1/rate"]
    assert list(evidence.of_measures(["loaves", "daily"])) == ["s0", "s1", "s2", "s1/rate"]
    assert list(evidence.of_measures(["daily", "daily"])) == ["s0", "s2", "s1/rate"]
    assert evidence.of_measures(["lost"]) == {}
    assert evidence.of_measures(MEASURES) is evidence.estimates


@pytest.mark.parametrize(
    ("claimed", "related", "wanted"),
    [
        ("rolls", [], ["rolls"]),
        ("rolls", ["lost"], ["lost", "rolls"]),
        ("daily", [], ["daily", "loaves"]),
        ("share", [], ["share", "daily", "eaten", "lost", "loaves"]),
        ("both", [], ["rolls", "cakes", "both"]),  # as a person declares
        ("more", [], ["rolls", "more"]),
        ("more", ["both"], ["rolls", "cakes", "both", "more"]),
    ],
)
def test_a_case_needs_what_its_measures_are_computed_from(
    book: Make, claimed: str, related: list[str], wanted: list[str]
) -> None:
    said = [
        {"words": "30 loaves", "measure": "rolls", "reference_period": "2024-01-01"},
        {"words": "7 loaves", "measure": "cakes"},
        {"words": "41 loaves", "measure": "rolls", "reference_period": "2024-02-01"},
    ]
    words = {
        "rolls": "30 loaves",
        "daily": "9 loaves a day",
        "share": "half of all",
        "more": "11 more loaves",
    }
    claim = {"words": words.get(claimed, "a third"), "measure": claimed}
    ratio = {"id": "made", "measure": "both", "how": "ratio", "of": ["s0", "s1"], "assumption": "as said"}
    article = {"related_measures": related}
    made = book(MEASURES, said, [claim], article=article, derivations=[ratio])
    assert Evidence(made).measures_of(made.articles["paper"]) == wanted


def test_an_utterance_is_joined_by_groups_and_relays(book: Make) -> None:
    said: list[dict[str, Any]] = [
        {"words": "1 loaf", "relays": "s4"},
        {"words": "2 loaves"},
        {"words": "3 loaves"},
        {"words": "4 loaves"},
        {"words": "5 loaves"},
        {"words": "6 loaves", "relays": "s1"},
    ]
    group = {"id": "g", "what": "A briefing", "statements": ["s3", "s1"]}
    evidence = Evidence(book({"loaves": MEASURES["loaves"]}, said, groups=[group]))
    found = [[s.id for s in utterance] for utterance in evidence.utterances]
    assert sorted(found) == [["s0", "s4"], ["s1", "s3", "s5"]]


def test_families_are_of_the_book_and_ungrouped_each_origin_is_one(book: Make) -> None:
    made = book(
        {"loaves": MEASURES["loaves"]},
        [{"words": "9 loaves"}],
        origins={"a": {}, "b": {"shares_with": ["a"]}},
    )
    evidence = Evidence(made)
    assert {family.id for family in evidence.families.values()} == {"a"}
    assert {family.id for family in evidence.ungrouped.values()} == {"a", "b"}

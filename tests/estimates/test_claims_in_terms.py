"""A claim in the terms of its measure: its number, its time, and whose side is its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tallybook.book import Book, parse_period
from tallybook.book.periods import day
from tallybook.estimates.claim_terms import ClaimTerms, claim_terms, regrouped
from tallybook.estimates.families import each_origin_alone, families
from tallybook.quantity import DEFAULT_POLICY
from tallybook.terms import Status

Make = Callable[..., Book]
LOAVES = {"kind": "total", "unit": "loaf", "first_month": 4}
SCOPES = {"scopes": {"all": "all of them", "rye": "rye bread"}}


def terms(made: Book) -> dict[str, ClaimTerms]:
    return claim_terms(made, made.articles["paper"], families(made))


def test_a_claim_has_the_time_and_scope_of_its_words_else_of_its_article_and_measure(book: Make) -> None:
    claims: list[dict[str, Any]] = [
        {"words": "nine loaves"},
        {"words": "12 loaves", "reference_period": "FY2023-24", "base_period": "FY2022-23",
         "scope": "rye", "status": "planned", "measure": "more"},
    ]  # fmt: skip
    measures = {"loaves": LOAVES | SCOPES, "more": LOAVES | SCOPES | {"kind": "change"}}
    made = terms(book(measures, [{"words": "nine loaves"}], claims, article={"published": "2025-06"}))
    plain, dated = made.values()
    assert list(made) == ["c0", "c1"]
    assert (plain.id, plain.words, plain.status, plain.scope) == ("c0", "nine loaves", Status.OBSERVED, "all")
    assert (plain.stated_period, plain.base_period, plain.published) == (None, None, date(2025, 6, 30))
    assert plain.period == day(date(2025, 6, 30))
    assert dated.stated_period == dated.period == parse_period("FY2023-24", 4)
    assert dated.base_period == parse_period("FY2022-23", 4)
    assert (dated.status, dated.scope) == (Status.PLANNED, "rye")


def test_a_share_of_another_claim_is_that_share_of_its_number(book: Make) -> None:
    """A share of a whole is at most all of it; claims keep their order, whatever rests on what."""
    claims = [
        {"words": "half of them", "base": "c1"},
        {"words": "1,204 loaves"},
        {"words": "100%", "base": "c1"},
        {"words": "half of these", "base": "c0"},
    ]
    made = terms(book({"loaves": LOAVES}, [{"words": "nine loaves"}], claims))
    assert list(made) == ["c0", "c1", "c2", "c3"]
    zones = [claim.amount.under(DEFAULT_POLICY).true for claim in made.values()]
    assert (zones[0].low, zones[0].high) == pytest.approx((0.45 * 1_204, 0.55 * 1_204))
    assert (zones[1].low, zones[1].high) == (1_204, 1_204)
    assert (zones[2].low, zones[2].high) == pytest.approx((0.95 * 1_204, 1_204))
    assert (zones[3].low, zones[3].high) == pytest.approx((0.45**2 * 1_204, 0.55**2 * 1_204))


@pytest.mark.parametrize(
    ("attributed_to", "attributed"), [(None, False), ("Japan", True), ("some estimates", False)]
)
def test_a_claim_is_attributed_where_its_words_name_somebody(
    book: Make, attributed_to: str | None, attributed: bool
) -> None:
    claims = [{"words": "nine loaves", "attributed_to": attributed_to}]
    (made,) = terms(book({"loaves": LOAVES}, [{"words": "nine loaves"}], claims)).values()
    assert made.attributed is attributed


PAGE = [
    {"words": "nine loaves", "origin": "b", "page": "x"},
    {"words": "12 loaves", "origin": "c", "page": "x"},
]


@pytest.mark.parametrize(
    ("claim", "said", "own"),
    [
        ({"origin": "d"}, PAGE, ["d"]),
        ({"origin": "d", "cites": ["x"]}, PAGE, ["d"]),
        ({}, PAGE, []),
        # of a page with several figures, who names the number of the claim; if nobody, all
        ({"cites": ["x"]}, PAGE, ["b"]),
        ({"words": "12 loaves", "cites": ["x"]}, PAGE, ["c"]),
        ({"words": "20 loaves", "cites": ["x"]}, PAGE, ["b", "c"]),
        ({"words": "9 to 12 loaves", "cites": ["x"]}, PAGE, ["b", "c"]),
        ({"words": "10 to 11 loaves", "cites": ["x"]}, [PAGE[0] | {"words": "9.7 loaves"}, PAGE[1]], ["b"]),
        ({"words": "10 to 11 loaves", "cites": ["x"]}, [PAGE[0], PAGE[1] | {"words": "11.5 loaves"}], ["c"]),
        # of a bound its number is what it suggests, not all that it allows
        ({"words": "over nine loaves", "cites": ["x"]}, [PAGE[0], PAGE[1] | {"words": "90 loaves"}], ["b"]),
        ({"words": "at least nine loaves", "cites": ["x"]}, PAGE, ["b", "c"]),
        # what was refused, is of another measure, or a share of something, does not name it
        ({"cites": ["x"]}, [PAGE[0] | {"refused": {"by": "An editor", "why": "misprint"}}, PAGE[1]], ["c"]),
        ({"cites": ["x"]}, [PAGE[0] | {"measure": "crumbs"}, PAGE[1]], ["c"]),
        ({"words": "12 loaves", "cites": ["x"]}, [PAGE[0] | {"words": "half", "base": "s1"}, PAGE[1]], ["c"]),
        ({"words": "2 loaves", "cites": ["x"]}, [PAGE[0] | {"words": "doubled", "base": "s1"}, PAGE[1]],
         ["b", "c"]),
        ({"cites": ["x", "y"]}, [*PAGE, {"words": "nine loaves", "origin": "d", "page": "y"}], ["b", "d"]),
        ({"cites": ["y", "x"]}, [*PAGE, {"words": "nine loaves", "origin": "b", "page": "y"}], ["b"]),
        ({"cites": ["x"]}, [PAGE[0] | {"origins": ["b", "c"]}], ["b+c", "b", "c"]),
        ({"cites": ["unseen"]}, PAGE, ["d"]),
        ({"cites": ["nothing"]}, PAGE, []),
    ],
)  # fmt: skip
def test_the_side_of_a_claim_is_its_origin_else_those_of_the_pages_that_it_cites(
    book: Make, claim: dict[str, Any], said: list[dict[str, Any]], own: list[str]
) -> None:
    unseen = {"seen": False, "what": "A page", "language": None}
    made = book(
        {"loaves": LOAVES, "crumbs": LOAVES},
        said,
        [{"words": "nine loaves"} | claim],
        origins={"b": {}, "c": {}, "d": {}},
        pages={"unseen": unseen | {"origin": "d"}, "nothing": unseen},
    )
    (found,) = terms(made).values()
    assert found.own == set(own)
    assert (found.family.id if found.family else None) == (own[0] if own else None)
    alone = regrouped(found, made, each_origin_alone(made))
    assert (alone.own, alone.family) == (found.own, found.family)
    assert alone.amount is found.amount


def test_dates_name_no_number_of_a_claim(book: Make) -> None:
    said = [
        {"words": "left in May", "dates": {"start": "2024-01-02", "end": "2024-05-05"}, "page": "x"},
        {"words": "three days", "origin": "b", "page": "x"},
    ]
    claims = [{"words": "3 days", "cites": ["x"]}]
    (found,) = terms(book({"stay": {"kind": "duration", "unit": "day"}}, said, claims)).values()
    assert found.own == {"b"}


def test_regrouped_a_claim_has_the_family_of_its_origin_alone(book: Make) -> None:
    made = book(
        {"loaves": LOAVES},
        [{"words": "nine loaves"}],
        [{"words": "nine loaves", "origin": "b"}, {"words": "12 loaves"}],
        origins={"b": {"speaks_for": "north"}, "c": {"speaks_for": "north"}},
        parties={"north": "Northland"},
    )
    found = terms(made)
    assert found["c0"].family is not None and found["c0"].family.id == "north"
    assert found["c0"].own == {"north"}
    alone = regrouped(found["c0"], made, each_origin_alone(made))
    assert alone.family is not None and alone.family.id == "b" and alone.own == {"b"}
    nobody = regrouped(found["c1"], made, each_origin_alone(made))
    assert nobody.family is None and nobody.own == frozenset()

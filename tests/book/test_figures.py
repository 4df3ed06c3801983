"""A figure is in the unit and kind of its measure, or ``check`` names it, with a remedy that helps."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tallybook.book import BookError
from tallybook.tables.case import Case

Make = Callable[..., Case]
MEASURES = [
    {"id": "speed", "kind": "rate", "unit": "kilometer / hour"},
    {"id": "spent", "kind": "rate", "unit": "pound sterling / year"},
    {"id": "cases", "kind": "rate", "unit": "case / 100,000 person"},
    {"id": "fire", "kind": "rate", "unit": "liter / person"},
    {"id": "burnt", "kind": "total", "once": True, "unit": "hectare"},
    {"id": "budget", "kind": "total", "once": True, "unit": "pound sterling"},
    {"id": "stay", "kind": "duration", "unit": "month"},
    {"id": "part", "kind": "share", "unit": "fraction"},
]


def claimed(small_case: Make, measure: str, words: str, **keys: Any) -> Case:
    measures = [{"definition": "Made up.", **m} for m in MEASURES]
    return small_case([{}], [{"measure": measure, "words": words, **keys}], measures=measures)


@pytest.mark.parametrize(
    ("measure", "words", "scale"),
    [
        ("loaves", "200 loaves", 1),
        ("monthly", "1,200 loaves a year", 1 / 12),
        ("burnt", "424 square kilometers", 100),
        ("speed", "60 miles an hour", 1.609344),
        ("cases", "53 cases per million people", 0.1),
        ("cases", "one case per 1,000 people", 100),
        ("cases", "53 cases per million inhabitants", 0.1),
        ("cases", "53 cases per 1,000 residents", 100),
        ("cases", "53 cases per 100,000 population", 1),
        ("cases", "53 cases per million", 0.1),
        ("fire", "5 litres per head", 1),
        ("monthly", "one loaf every seven minutes", 365.25 / 12 * 24 * 60 / 7),
        ("stay", "two years", 12),
        ("part", "40 percent", 0.01),
        ("part", "a third", 1),
    ],
)
def test_the_factor_to_the_unit_of_the_measure(
    small_case: Make, measure: str, words: str, scale: float
) -> None:
    case = claimed(small_case, measure, words)
    figure = case.book.figure_of_claim["bread", "c0"]
    assert figure.scale == pytest.approx(scale)
    amount = case.comparison().claims["c0"].amount
    assert amount.core.low == pytest.approx(figure.quantity.low * scale)


@pytest.mark.parametrize("said", ["claim", "statement"])
@pytest.mark.parametrize(
    ("measure", "words", "told"),
    [
        (
            "monthly",
            "200,000 loaves",
            ["counts per month", "Quote the words with their period", "per: month"],
        ),
        ("loaves", "200,000 loaves a month", ["has no period", "kind rate (loaf / month)"]),
        ("spent", "£3.5 billion", ["counts per year", "per: year"]),
        ("budget", "$10.1bn", ["is in pounds sterling", "no rate between the two currencies is declared"]),
        ("loaves", "300 kilometers", ["counts loaf", "a measure that counts kilometer"]),
        ("burnt", "nine loaves", ["counts hectare", "a measure that counts loaf"]),
        ("loaves", "nine rolls", ["add it to the measure's 'nouns'", "a measure that counts roll"]),
        ("cases", "nine cases a year", ["counts per 100,000 person", "kind rate (case / year)"]),
        ("loaves", "40 percent", ["name the figure it is of ('base')"]),
    ],
)
def test_a_figure_of_another_unit_or_kind(
    small_case: Make, said: str, measure: str, words: str, told: list[str]
) -> None:
    record = {"measure": measure, "words": words}
    measures = [{"definition": "Made up.", **m} for m in MEASURES]
    said_, claims = ([{}], [record]) if said == "claim" else ([record], [{}])
    with pytest.raises(BookError) as error:
        small_case(said_, claims, measures=measures)
    (problem,) = error.value.problems
    assert problem.file == ("claims/bread.yaml" if said == "claim" else "sources/p0.yaml")
    for part in (words, measure if "base" not in told[0] else "", *told):
        assert part in problem.message


def test_a_currency_is_never_a_noun_to_add(small_case: Make) -> None:
    with pytest.raises(BookError) as error:
        claimed(small_case, "budget", "$10.1bn")
    assert "nouns" not in str(error.value)


def test_what_is_recorded_with_a_reason_must_fit_too(small_case: Make) -> None:
    recorded = {"low": 9, "per": "month", "because": "made up"}
    with pytest.raises(BookError, match="recorded is 9 a month, but measure 'loaves' has no period"):
        claimed(small_case, "loaves", "so many", recorded=recorded)


@pytest.mark.parametrize(
    ("measure", "words", "recorded"),
    [
        ("monthly", "200,000 loaves", {"low": 9, "per": "month"}),
        ("loaves", "200,000 loaves a month", {"low": 9}),
        ("budget", "$10.1bn", {"low": 9}),
    ],
)
def test_to_record_the_figure_helps(
    small_case: Make, measure: str, words: str, recorded: dict[str, Any]
) -> None:
    case = claimed(small_case, measure, words, recorded={**recorded, "because": "converted by hand"})
    assert case.book.figure_of_claim["bread", "c0"].scale == 1


@pytest.mark.parametrize(("number", "told"), [(1e300, "no figure above 1e+30 is taken"), (-3, "below zero")])
def test_a_number_beyond_all_figures(small_case: Make, number: float, told: str) -> None:
    with pytest.raises(BookError, match=re.escape(told)):
        claimed(small_case, "loaves", "so many", recorded={"low": number, "because": "made up"})


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        ({"kind": "rate", "unit": "loaf"}, "'loaf' is not a rate; write it as 'loaf / month'"),
        ({"kind": "total", "unit": "loaf / month"}, "has a base, which a total has not"),
        ({"kind": "share", "unit": "percent"}, "the unit of a share is 'fraction'"),
        ({"kind": "duration", "unit": "loaf"}, "'loaf' is not a unit of time"),
        ({"kind": "stock", "unit": "loaf", "rate_of": "loaves"}, "'rate_of' is for a measure of kind rate"),
        ({"kind": "rate", "unit": "loaf / person", "rate_of": "loaves"}, "is not a rate over time"),
        ({"kind": "rate", "unit": "tonne / month", "rate_of": "loaves"}, "counts loaf, not tonne"),
        ({"kind": "rate", "unit": "loaf / month", "rate_of": "monthly"}, "is of kind rate; a rate"),
        (
            {"kind": "share", "unit": "fraction", "shares": [{"part": "loaves", "whole": "monthly"}]},
            "'loaf / month' does not convert to 'loaf'",
        ),
    ],
)  # fmt: skip
def test_a_measure_whose_unit_does_not_go_with_its_kind(
    small_case: Make, measure: dict[str, Any], told: str
) -> None:
    with pytest.raises(BookError) as error:
        small_case([{}], [{}], measures=[{"id": "extra", "definition": "Made up.", **measure}])
    assert told in str(error.value) and str(error.value).startswith("claims/measures.yaml:")


def test_a_share_of_a_figure_on_another_scale(small_case: Make) -> None:
    yearly = {"id": "yearly", "kind": "rate", "unit": "loaf / year", "definition": "Loaves a year."}
    said = [
        {"measure": "yearly", "words": "half", "base": "s1"},
        {"measure": "monthly", "words": "9 loaves a month"},
    ]
    with pytest.raises(BookError, match="counted in loaf / month, and this figure in loaf / year"):
        small_case(said, [{}], measures=[yearly])


def test_only_an_origin_supersedes_its_own_figure(small_case: Make) -> None:
    said = [{"superseded_by": "s1"}, {"origin": "b"}]
    with pytest.raises(BookError, match=r"'s1' is of another origin \('b', not 'a'\)"):
        small_case(said, [{}])
    assert small_case([{"superseded_by": "s1"}, {}], [{}]).verdicts().shape[0] == 1


@pytest.mark.parametrize("key", ["reference_period", "stated"])
def test_a_page_does_not_tell_of_what_was_later(small_case: Make, key: str) -> None:
    late = {key: "2025-04-03", "published": "2025-01-01"}
    with pytest.raises(
        BookError, match=r"'2025-04-03' is after the page was published .*published_is: unreliable"
    ):
        small_case([late], [{}])
    assert small_case([{**late, key: "2025-01-01"}], [{}]).verdicts().shape[0] == 1  # of its own day


def test_an_article_does_not_tell_of_what_was_later(small_case: Make) -> None:
    late = {"reference_period": "2025-08-01"}
    with pytest.raises(BookError, match=r"'2025-08-01' is after the article was published \(2025-06-30\)"):
        small_case([{}], [late])
    for more in ({"status": "forecast"}, {"status": "planned"}):
        assert small_case([{}], [late | more]).verdicts().shape[0] == 1
    unsure = {"published_is": "unreliable"}
    assert small_case([{}], [late], article=unsure).verdicts().shape[0] == 1


@pytest.mark.parametrize(
    ("newer", "told"),
    [
        ({"reference_period": "2025-03"}, "'s1' is earlier than 's0'"),
        ({"reference_period": "2025-06", "measure": "crumbs"}, "'s1' is of another measure"),
        ({"reference_period": "2025-06", "scope": "rye"}, "'s1' is of another scope"),
        ({"reference_period": "2025-06"}, None),
    ],
)
def test_what_supersedes_a_statement(small_case: Make, newer: dict[str, str], told: str | None) -> None:
    said = [{"reference_period": "2025-04", "superseded_by": "s1"}, newer | {"published": "2025-07-01"}]
    if told is None:
        assert small_case(said, [{}]).verdicts().shape[0] == 1
        return
    with pytest.raises(BookError, match=told):
        small_case(said, [{}])


@pytest.mark.parametrize(
    ("newer", "told"),
    [
        ({"reference_period": "2025-03"}, "'c0' is later than 'c1'"),
        ({"reference_period": "2025-06", "measure": "crumbs"}, "'c0' is of another measure"),
        ({"reference_period": "2025-06", "scope": "rye"}, "'c0' is of another scope"),
        ({"reference_period": "2025-06", "origin": "b"}, "'c0' is of another origin"),
        ({"reference_period": "2025-06"}, None),
    ],
)
def test_what_a_claim_replaces(small_case: Make, newer: dict[str, str], told: str | None) -> None:
    claims = [{"reference_period": "2025-04", "origin": "a"}, {"origin": "a", "supersedes": "c0", **newer}]
    if told is None:
        assert small_case([{}], claims).verdicts().shape[0] == 2
        return
    with pytest.raises(BookError, match=told):
        small_case([{}], claims)


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        (
            {"scopes": {"x": "x", "y": "y"}, "inside": {"x": {"of": "y"}, "y": {"of": "x"}}},
            "'x' lies inside itself",
        ),
        ({"scopes": {"x": "x"}, "inside": {"x": {"of": "x"}}}, "'x' lies inside itself"),
        ({"scopes": {"x": "x"}, "inside": {"x": {"of": "z"}}}, "'z' is no scope of 'cakes'"),
        ({"neighbours": [{"measure": "loafs"}]}, "measure 'loafs' is not known. Nearest: 'loaves'"),
        ({"neighbours": [{"measure": "cakes"}]}, "'cakes' is its own neighbour"),
        ({"kind": "total", "unit": "cake / month"}, "has a base, which a total has not"),
        (
            {"kind": "stock", "unit": "degree Celsius"},
            "is a scale without a true zero, which a stock has not",
        ),
        ({"kind": "total", "unit": "cake / person"}, "has a base, which a total has not"),
    ],
)
def test_a_measure_that_cannot_be(small_case: Make, measure: dict[str, Any], told: str) -> None:
    for given in (*measure.get("inside", {}).values(), *measure.get("neighbours", ())):
        given.setdefault("because", "made up")
    cakes = {"id": "cakes", "kind": "stock", "unit": "cake", "definition": "Cakes.", **measure}
    with pytest.raises(BookError, match=re.escape(told)):
        small_case([{}], [{}], measures=[cakes])


def test_a_word_is_not_said_in_a_fiscal_year(small_case: Make) -> None:
    with pytest.raises(BookError, match="'stated' is when it was said"):
        small_case([{"stated": "FY2023-24"}], [{}])


def test_a_plan_is_of_later_than_its_page(small_case: Make) -> None:
    plan = {"reference_period": "2025-12", "published": "2025-01-01", "status": "planned"}
    assert small_case([plan], [{}]).verdicts().shape[0] == 1

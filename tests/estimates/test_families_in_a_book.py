"""Which origins are one family, what it is called, and whose findings it sums up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.book import Book
from tallybook.estimates.families import each_origin_alone, families, independence, origin_name

Make = Callable[..., Book]
LOAVES = {"loaves": {"kind": "total", "unit": "loaf"}}
PARTIES = {"north": "Northland", "south": "Southland"}


def origins(book: Make, said: list[dict[str, Any]] | None = None, **facts: dict[str, Any]) -> Book:
    rows = [{"words": "nine loaves"} | row for row in said or [{}]]
    return book(LOAVES, rows, origins={"b": {}, "c": {}, "d": {}} | facts, parties=PARTIES)


@pytest.mark.parametrize(
    ("facts", "one"),
    [
        ({}, [{"a"}, {"b"}, {"c"}, {"d"}]),
        ({"b": {"shares_with": ["c"]}}, [{"a"}, {"b", "c"}, {"d"}]),
        # through a third
        ({"b": {"shares_with": ["c"]}, "c": {"shares_with": ["d"]}}, [{"a"}, {"b", "c", "d"}]),
        # an unknown origin or a mixture joins nobody, from either side
        ({"b": {"shares_with": ["c"], "independent": False}}, [{"a"}, {"b"}, {"c"}, {"d"}]),
        ({"b": {"shares_with": ["c"]}, "c": {"independent": False}}, [{"a"}, {"b"}, {"c"}, {"d"}]),
        ({"b": {"independent": False}, "c": {"shares_with": ["d"]}}, [{"a"}, {"b"}, {"c", "d"}]),
        ({"b": {"speaks_for": "north"}, "c": {"speaks_for": "north"}}, [{"a"}, {"b", "c"}, {"d"}]),
        ({"b": {"speaks_for": "north"}, "c": {"speaks_for": "south"}}, [{"a"}, {"b"}, {"c"}, {"d"}]),
        # an office that measures speaks for nobody else, and folds by what it shares
        ({"b": {"speaks_for": "north", "measures": True}, "c": {"speaks_for": "north"}},
         [{"a"}, {"b"}, {"c"}, {"d"}]),
        ({"b": {"speaks_for": "north", "measures": True, "shares_with": ["c"]}}, [{"a"}, {"b", "c"}, {"d"}]),
        ({"b": {"speaks_for": "north", "independent": False}, "c": {"speaks_for": "north"}},
         [{"a"}, {"b"}, {"c"}, {"d"}]),
        ({"b": {"speaks_for": "north", "shares_with": ["c"]}, "d": {"speaks_for": "north"}},
         [{"a"}, {"b", "c", "d"}]),
    ],
)  # fmt: skip
def test_who_is_one_family(book: Make, facts: dict[str, Any], one: list[set[str]]) -> None:
    made = families(origins(book, **facts))
    found = {frozenset(family.origins) for family in made.values()}
    assert found == set(map(frozenset, one))
    assert all(id_ in family.origins for id_, family in made.items())


@pytest.mark.parametrize(
    ("facts", "id_", "name", "independent"),
    [
        ({}, "b", "Origin b", True),
        ({"b": {"shares_with": ["c"]}}, "b", "Origin b and Origin c", True),
        ({"c": {"shares_with": ["b"]}}, "b", "Origin b and Origin c", True),
        ({"b": {"speaks_for": "south"}}, "south", "Southland", True),
        ({"b": {"speaks_for": "south", "measures": True}}, "b", "Origin b", True),
        ({"b": {"speaks_for": "south", "shares_with": ["c"]}, "c": {"speaks_for": "north"}}, "north",
         "Northland and Southland", True),
        ({"b": {"independent": False}}, "b", "Origin b", False),
    ],
)  # fmt: skip
def test_a_family_has_the_name_of_its_party_else_of_its_origins(
    book: Make, facts: dict[str, Any], id_: str, name: str, independent: bool
) -> None:
    family = families(origins(book, **facts))["b"]
    assert (family.id, family.name, family.independent) == (id_, name, independent)
    alone = each_origin_alone(origins(book, **facts))["b"]
    assert (alone.id, alone.name, alone.origins) == ("b", "Origin b", ("b",))
    assert alone.independent is independent


def test_why_two_origins_are_not_independent(book: Make) -> None:
    graph = independence(
        origins(book, b={"shares_with": ["c"]}, c={"speaks_for": "north"}, d={"speaks_for": "north"})
    )
    assert graph.edges["b", "c"]["why"] == "shares its data or intelligence"
    assert graph.edges["c", ("party", "north")]["why"] == "speaks for one party"
    assert set(graph.nodes) == {"a", "b", "c", "d", ("party", "north")}


@pytest.mark.parametrize(
    ("facts", "sums_up"),
    [
        ({}, set()),
        ({"d": {"members": ["b", "c"]}}, {"b", "c"}),
        ({"d": {"members": ["b", "c"]}, "b": {"shares_with": ["c"]}}, {"b"}),  # the family of both
        ({"d": {"members": ["north"]}, "b": {"speaks_for": "north"}}, {"north"}),
        ({"d": {"members": ["north"]}, "b": {"speaks_for": "north", "measures": True}}, set()),
        ({"d": {"members": ["c"]}, "c": {"members": ["b"]}}, {"b", "c"}),  # what a summary sums up, too
        ({"d": {"members": ["c"]}, "c": {"members": ["b"]}, "b": {"members": ["a"]}}, {"a", "b", "c"}),
        ({"d": {"members": ["c"], "shares_with": ["c"]}}, set()),  # nobody sums up itself
    ],
)
def test_a_summary_sums_up_the_families_of_its_members(
    book: Make, facts: dict[str, Any], sums_up: set[str]
) -> None:
    assert families(origins(book, **facts))["d"].sums_up == sums_up


def test_alone_a_summary_sums_up_each_origin(book: Make) -> None:
    made = origins(book, d={"members": ["north", "c"]}, b={"speaks_for": "north"}, a={"speaks_for": "north"})
    assert each_origin_alone(made)["d"].sums_up == {"a", "b", "c"}
    assert each_origin_alone(made)["b"].sums_up == set()


def test_a_word_of_several_origins_is_a_family_unless_they_are_one(book: Make) -> None:
    said = [{"origins": ["b", "c"]}]
    apart = families(origins(book, said))
    assert apart["b+c"].origins == ("b+c",) and apart["b+c"].sums_up == {"b", "c"}
    assert apart["b"].origins == ("b",)
    together = families(origins(book, said, b={"shares_with": ["c"]}))
    assert together["b+c"] == together["b"] == together["c"]
    assert together["b"].origins == ("b", "c")


def test_an_origin_that_is_not_stated_has_no_name(book: Make) -> None:
    made = origins(book)
    assert origin_name(made, "b") == "Origin b"
    assert origin_name(made, None) == origin_name(made, "x") == "not stated"

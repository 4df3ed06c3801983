"""Which wording of an utterance is nearest to its origin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.book import Book
from tallybook.estimates.estimate import stated_estimates
from tallybook.estimates.repeats import Closeness, line_of, repeated

Make = Callable[..., Book]
LOAVES = {"loaves": {"kind": "total", "unit": "loaf", "scopes": {"all": "all of them", "rye": "rye bread"}}}
NINE = {"words": "nine loaves"}


def group(count: int, **more: Any) -> dict[str, Any]:
    return {
        "groups": [{"id": "g", "what": "A briefing", "statements": [f"s{k}" for k in range(count)]} | more]
    }


def nearest(made: Book) -> list[str]:
    known = stated_estimates(made)
    return sorted(set(known) - repeated(made, known.values(), known))


@pytest.mark.parametrize(
    ("first", "second", "more"),
    [
        ({}, {"kind": "primary"}, {"nearest": ["s0"]}),  # a person can tell
        ({"origin": "unknown"}, NINE, {"nearest": ["s0"]}),
        ({}, {"origin": "unknown", "kind": "primary"}, {}),
        ({"kind": "primary"}, {"reference_period": "2024-05"}, {}),
        ({"kind": "secondary"}, {"kind": "tertiary", "reference_period": "2024-05"}, {}),
        ({"reference_period": "2024-05", "via": ["A wire"]}, {}, {}),
        ({"words": "at least nine loaves", "via": ["A wire"]}, {"via": ["A wire", "A friend"]}, {}),
        ({"words": "at least nine loaves"}, {"words": "9 loaves", "published": "2024-01-01"}, {}),
        ({"words": "about nine loaves"}, {"words": "9 to 10 loaves", "published": "2024-01-01"}, {}),
        ({"published": "2024-01-01"}, {"published": "2024-01-02", "stated": "2023-12-01"}, {}),
        ({"published": "2024-01-01"}, {"published": None, "stated": "2023-12-01"}, {}),
        ({"stated": "2024-01-01"}, {"stated": "2024-01-02"}, {}),
        ({"stated": "2024-01-01"}, {}, {}),
        ({}, {}, {}),  # else in the order of ids
    ],
)
def test_the_nearest_wording_and_what_decides_it(
    book: Make, first: dict[str, Any], second: dict[str, Any], more: dict[str, Any]
) -> None:
    """In either order of the pages: what decides comes before all that would decide otherwise."""
    known = {"origins": {"unknown": {"independent": False}}}
    assert nearest(book(LOAVES, [NINE | first, NINE | second], **known, **group(2, **more))) == ["s0"]
    if first != second:
        swapped = {"nearest": ["s1"]} if more else {}
        assert nearest(book(LOAVES, [NINE | second, NINE | first], **known, **group(2, **swapped))) == ["s1"]


def test_what_most_pages_give_is_nearer_than_what_fewer_hands_gave(book: Make) -> None:
    said = [
        {"words": "12 loaves"},
        NINE | {"via": ["A wire"]},
        NINE | {"via": ["A wire", "A friend"]},
        {"words": "9 loaves", "via": ["A wire", "A friend"]},
    ]
    assert nearest(book(LOAVES, said, **group(4))) == ["s1"]


def test_one_page_counts_once(book: Make) -> None:
    """Twice on one page is no more than once on another; then fewer hands decide."""
    said = [
        NINE | {"via": ["A wire"], "page": "x"},
        NINE | {"via": ["A wire"], "page": "x"},
        {"words": "12 loaves"},
    ]
    assert nearest(book(LOAVES, said, **group(3))) == ["s2"]


def test_a_relay_repeats_and_is_never_the_nearest(book: Make) -> None:
    said = [
        NINE | {"relays": "s2", "kind": "primary", "page": "x"},
        NINE | {"kind": "tertiary"},
        {"words": "nine loaves in all"},
    ]
    assert nearest(book(LOAVES, said, **group(2))) == ["s1", "s2"]


def test_what_repeats_something_that_is_not_known_stands_for_itself(book: Make) -> None:
    made = book(LOAVES, [NINE, NINE | {"relays": "s0"}, NINE], **group(3))
    known = stated_estimates(made)
    part = {id_: e for id_, e in known.items() if id_ != "s0"}
    assert repeated(made, part.values(), part) == {"s1"}
    alone = {"s1": known["s1"]}
    assert repeated(made, alone.values(), alone) == frozenset()
    assert repeated(made, alone.values(), known) == {"s1", "s2"}
    assert repeated(made, [], known) == frozenset()


@pytest.mark.parametrize("other", [{"scope": "rye"}, {"part": "one oven"}, {"measure": "crumbs"}])
def test_figures_of_one_utterance_that_count_different_things_both_stand(
    book: Make, other: dict[str, str]
) -> None:
    made = book({**LOAVES, "crumbs": LOAVES["loaves"]}, [NINE, NINE | other, NINE], **group(3))
    assert nearest(made) == ["s0", "s1"]
    known = stated_estimates(made)
    assert line_of(known["s0"]) == ("loaves", "all", None) != line_of(known["s1"])


def test_the_distance_tells_all_that_counts(book: Make) -> None:
    """Numbers that are one in the unit of the measure are one wording; a bound is another."""
    said = [
        {"words": "12,000 loaves"},
        {"words": "12 thousand loaves"},
        {"words": "at least 12,000 loaves"},
        {"words": "half", "base": "s0"},
        {"words": "half", "base": "s1"},
        {"words": "about half", "base": "s1"},
    ]
    made = book(LOAVES, said)
    known = stated_estimates(made)
    near = Closeness.of(made, made.statements.values(), known)
    assert near.pages == {"s0": 2, "s1": 2, "s2": 1, "s3": 2, "s4": 2, "s5": 1}
    assert near.bounded == {"s2", "s5"}
    assert near.closest(made.statements.values()).id == "s0"


def test_a_date_has_no_wording_that_decides(book: Make) -> None:
    stay = {"stay": {"kind": "duration", "unit": "day"}}
    dates = {"start": "2024-01-02", "end": "2024-01-05"}
    made = book(stay, [{"words": "left on Friday", "dates": dates}, {"words": "three days"}])
    known = stated_estimates(made)
    near = Closeness.of(made, made.statements.values(), known)
    assert near.pages == {"s0": 1, "s1": 1} and near.bounded == frozenset()

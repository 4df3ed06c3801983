"""What in a sound book deserves a second look, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.book import Book
from tallybook.estimates.doubts import doubts
from tallybook.estimates.evidence import Evidence

Make = Callable[..., Book]
LOAVES = {"kind": "total", "unit": "loaf"}
SCOPES = {"scopes": {"all": "all of them", "rye": "rye bread"}}


def told(made: Book) -> list[tuple[str, str]]:
    return [(problem.file, problem.message) for problem in doubts(Evidence(made))]


def numbers(*words: str, **more: Any) -> list[dict[str, Any]]:
    return [{"words": text} | more for text in words]


@pytest.mark.parametrize(
    ("words", "doubted"),
    [
        (["11 loaves", "12 loaves", "13 loaves", "1,300 loaves"], "s3"),  # exactly a hundred times
        (["11 loaves", "12 loaves", "13 loaves", "1,299 loaves"], None),
        (["1,100 loaves", "1,200 loaves", "1,300 loaves", "11 loaves"], "s3"),
        (["1,101 loaves", "1,200 loaves", "1,300 loaves", "11 loaves"], "s3"),
        (["1,099 loaves", "1,200 loaves", "1,300 loaves", "11 loaves"], None),
        (["11 loaves", "12 loaves", "13 loaves"], None),
        (["11 loaves", "12 loaves", "9,000 loaves"], None),  # two others are too few
        (["11 loaves", "12 loaves", "8,000 loaves", "9,000 loaves"], None),  # no one stands alone
        (["11 loaves", "12 loaves", "13 loaves", "14 loaves", "15,000 loaves"], "s4"),
        (["11 loaves", "12 loaves", "13 loaves", "14 loaves", "1,399 loaves"], None),
        (["11 loaves", "1,100 loaves", "1,101 loaves", "1,102 loaves", "1,103 loaves"], "s0"),
        (["11 loaves", "1,099 loaves", "1,101 loaves", "1,102 loaves", "1,103 loaves"], None),
        (["11 loaves", "12 loaves", "13 loaves", "no loaves"], None),  # none at all is no factor
        (["11 loaves", "12 loaves", "no loaves", "9,000 loaves"], None),
        (["11 loaves", "12 loaves", "13 loaves", "1,000 to 1,600 loaves"], "s3"),  # 1,300 in the middle
        (["11 loaves", "12 loaves", "13 loaves", "1,000 to 1,590 loaves"], None),
        (["11 loaves", "12 loaves", "10 to 16 loaves", "1,299 loaves"], None),
        (["11 loaves", "12 loaves", "10 to 16 loaves", "1,300 loaves"], "s3"),
    ],
)
def test_a_number_of_a_hundred_times_all_others_is_doubted(
    book: Make, words: list[str], doubted: str | None
) -> None:
    found = told(book({"loaves": LOAVES}, numbers(*words)))
    assert [file for file, _ in found] == ([f"sources/p{doubted[1:]}.yaml"] if doubted else [])


def test_both_ends_of_the_scale_may_be_doubted_and_the_nearest_is_named(book: Make) -> None:
    low, high = told(
        book({"loaves": LOAVES}, numbers("2 loaves", "1,204 loaves", "1,300 loaves", "250,000 loaves"))
    )
    assert low == (
        "sources/p0.yaml",
        "“2 loaves” is a hundredth or less of all other numbers of 'loaves'; the nearest is 1,204 loaves "
        "(“1,204 loaves”). Look at its words, unit and measure; where they are right, nothing is to be done.",
    )
    assert high[0] == "sources/p3.yaml"
    assert high[1].startswith("“250,000 loaves” is 100 times or more all other numbers of 'loaves'; ")
    assert "the nearest is 1,300 loaves (“1,300 loaves”)" in high[1]


@pytest.mark.parametrize(
    "other",
    [
        {"measure": "crumbs"},
        {"scope": "rye"},
        {"status": "planned"},
        {"part": "one oven"},
    ],
)
def test_only_numbers_of_one_kind_are_set_side_by_side(book: Make, other: dict[str, str]) -> None:
    measures = {"loaves": LOAVES | SCOPES, "crumbs": LOAVES | SCOPES}
    alike = numbers("11 loaves", "12 loaves", "13 loaves")
    assert told(book(measures, [*alike, {"words": "9,001 loaves"}]))
    assert told(book(measures, [{"words": "9 loaves"} | other, *alike, {"words": "9,001 loaves"}]))
    assert told(book(measures, [*alike, {"words": "9,001 loaves", "status": "provisional"}]))
    assert not told(book(measures, [*alike, {"words": "9,001 loaves"} | other]))


def test_a_level_has_no_zero_and_a_fall_is_as_large_as_a_rise(book: Make) -> None:
    heat = {"heat": {"kind": "level", "unit": "degree Celsius"}}
    warm = numbers("0.1 °C", "21 °C", "22 °C", "23 °C")
    assert not told(book(heat, warm))
    assert not told(book(heat, warm[1:], [{"words": "0.1 °C"}]))
    more = {"more": {"kind": "change", "unit": "loaf"}}
    change = numbers("21 more loaves", "22 fewer loaves", "23 more loaves", "2,300 fewer loaves")
    assert [file for file, _ in told(book(more, change))] == ["sources/p3.yaml"]


def test_the_figure_of_a_claim_may_be_doubted(book: Make) -> None:
    said = numbers("11 loaves", "12 loaves", "13 loaves")
    claims: list[dict[str, Any]] = [{"words": "1,300 loaves"}]
    ((file, message),) = told(book({"loaves": LOAVES}, said, claims))
    assert file == "claims/paper.yaml" and message.startswith("“1,300 loaves” is 100 times or more")
    assert not told(book({"loaves": LOAVES}, said[1:], claims))
    for other in ({"status": "planned"}, {"scope": "rye"}):
        assert not told(book({"loaves": LOAVES | SCOPES}, said, [claims[0] | other]))
    # what is a share of another claim is no number of its own
    claims = [{"words": "1,200 loaves"}, {"words": "1%", "base": "c0"}]
    many = numbers("1,201 loaves", "1,202 loaves", "1,203 loaves")
    assert not told(book({"loaves": LOAVES}, many, claims))


def test_one_utterance_of_two_families_is_doubted(book: Make) -> None:
    utterance = {"groups": [{"id": "g", "what": "A briefing", "statements": ["s0", "s1", "s2"]}]}
    said = [{"words": "nine loaves", "origin": origin} for origin in "abb"]
    ((file, message),) = told(book({"loaves": LOAVES}, said, **utterance))
    assert file == "sources/origins.yaml"
    assert message == (
        "group 'g' is one utterance, and its statements are of 2 source groups: Origin a (s0) and "
        "Origin b (s1). Part it by who speaks, or correct an 'origin'."
    )
    assert not told(book({"loaves": LOAVES}, said, origins={"b": {"shares_with": ["a"]}}, **utterance))
    assert not told(book({"loaves": LOAVES}, said))


@pytest.mark.parametrize(
    ("measure", "statement", "published", "doubted"),
    [
        ({"once": True, "definition": "Loaves of the fair of 2024."}, {}, "2020-05-09", True),
        ({"once": True, "definition": "Loaves of the fair of 2024."}, {}, "2024-01-01", False),
        ({"once": True, "definition": "Loaves of the fair of 2024."}, {}, "2024-05-09", False),
        ({"once": True, "definition": "Loaves of the fairs of 2023 and 2024."}, {}, "2020-05-09", False),
        ({"once": True, "definition": "Loaves of the fair, 2,024 of them."}, {}, "2020-05-09", False),
        ({"definition": "Loaves of the fair of 2024."}, {}, "2020-05-09", False),  # its date is compared
        (
            {"once": True, "definition": "Loaves of the fair of 2024."},
            {"status": "planned"},
            "2020-05-09",
            False,
        ),
    ],
)
def test_a_page_from_before_the_event_is_doubted(
    book: Make, measure: dict[str, Any], statement: dict[str, Any], published: str, doubted: bool
) -> None:
    """What happened once is compared without a date, and so last time's count would pass for this one's."""
    made = book({"loaves": LOAVES | measure}, [{"words": "11 loaves", "published": published} | statement])
    found = told(made)
    assert bool(found) == doubted
    assert all("had not begun" in message and "11 loaves" in message for _, message in found)

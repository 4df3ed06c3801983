"""Status, part, supersession and origin travel with a figure into whatever is derived from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.book import BookError
from tallybook.tables.case import Case

Make = Callable[..., Case]
SUM = {"id": "both", "measure": "loaves", "how": "sum", "of": ["s0", "s1"], "assumption": "no others"}
YEAR = "2024-01/2024-12"


def pair(case: Case, estimate: str) -> Any:
    return case.compare().set_index("estimate").loc[estimate]


def test_a_rate_of_a_part_is_a_part_and_that_of_a_stretch_of_time_is_whole(small_case: Make) -> None:
    claim = {"measure": "monthly", "words": "100 loaves a month", "reference_period": "2024"}
    said = {"words": "1,200 loaves", "part": "one oven of ten", "reference_period": YEAR, "origin": "b"}
    case = small_case([said], [claim], cumulative=True)
    assert pair(case, "s0/rate")["incomparable"] == "part"  # a rate does not add up, so it is no floor
    case = small_case([said | {"part": "those of 2024", "part_in_time": True}], [claim], cumulative=True)
    assert pair(case, "s0/rate")["relation"] == "agrees"


@pytest.mark.parametrize(
    ("base", "relation", "reason"),
    [
        ({"status": "planned"}, "not comparable", "it was planned, not counted"),
        ({"part": "one oven"}, "compatible", "a part only sets a floor; both can be true"),
    ],
)
def test_a_share_of_a_plan_is_a_plan_and_of_a_part_a_part(
    small_case: Make, base: dict[str, Any], relation: str, reason: str
) -> None:
    said = [{"words": "10,000 loaves", "origin": "b", **base}, {"words": "half", "origin": "b", "base": "s0"}]
    found = pair(small_case(said, [{"words": "5,000 loaves"}]), "s1/of-base")
    assert (found["relation"], found["reason"]) == (relation, reason)


def test_a_sum_with_a_plan_in_it_is_a_plan(small_case: Make) -> None:
    said = [{"words": "four loaves", "part": "x"}, {"words": "five loaves", "part": "y", "status": "planned"}]
    case = small_case(said, [{}], origins_file={"derivations": [SUM]})
    assert pair(case, "both")["incomparable"] == "other status"


def test_a_sum_with_a_superseded_figure_in_it_is_superseded(small_case: Make) -> None:
    said = [
        {"words": "four loaves", "origin": "b", "part": "x"},
        {"words": "five loaves", "origin": "b", "part": "y", "superseded_by": "s2"},
        {"words": "eight loaves", "origin": "b", "part": "y"},
    ]
    case = small_case(said, [{}], origins_file={"derivations": [SUM]})
    assert pair(case, "both")["incomparable"] == "superseded"


def test_an_echo_is_heard_through_two_derivations(small_case: Make) -> None:
    said = [
        {"words": "1,000 loaves", "origin": "c", "part": "x", "reference_period": "2024"},
        {"words": "1,000 loaves", "origin": "a", "part": "y", "reference_period": "2024"},
        {"words": "half", "origin": "b", "base": "s0"},
    ]
    total = SUM | {"reference_period": YEAR}
    case = small_case(
        said,
        [{"measure": "monthly", "words": "167 loaves a month", "origin": "a", "reference_period": "2024-06"}],
        cumulative=True,
        origins_file={"derivations": [total]},
    )
    assert bool(pair(case, "both/rate")["echo"])


def test_two_figures_of_one_utterance_both_speak_and_a_part_hides_no_whole(small_case: Make) -> None:
    group = {"groups": [{"id": "g", "what": "A briefing", "statements": ["s0", "s1", "s2"]}]}
    said = [
        {"words": "90 loaves", "origin": "b"},
        {"words": "30 loaves", "origin": "b", "scope": "rye"},
        {"words": "7 loaves", "origin": "b", "part": "the second batch"},
    ]
    case = small_case(
        said, [{"words": "90 loaves"}, {"words": "30 loaves", "scope": "rye"}], origins_file=group
    )
    assert list(case.verdicts()["verdict"]) == ["supported", "supported"]


def test_an_older_running_total_speaks_of_its_own_time(small_case: Make) -> None:
    said = [
        {
            "words": "1,000 loaves",
            "origin": "b",
            "reference_period": "2023-08/2023-11",
            "superseded_by": "s1",
        },
        {"words": "3,000 loaves", "origin": "b", "reference_period": "2023-08/2024-02"},
    ]
    claim = {"words": "1,000 loaves", "reference_period": "2023-08/2023-11"}
    assert list(small_case(said, [claim], cumulative=True).verdicts()["verdict"]) == ["supported"]


@pytest.mark.parametrize(
    ("how", "words"), [("ratio", ["10 loaves", "no loaves"]), ("difference", ["10 loaves", "20 loaves"])]
)
def test_what_cannot_be_made_is_not_made(small_case: Make, how: str, words: list[str]) -> None:
    case = small_case([{"words": w} for w in words], [{}], origins_file={"derivations": [SUM | {"how": how}]})
    assert "both" not in set(case.estimates()["estimate"])


def test_dates_give_a_duration_in_its_unit_and_nothing_else(small_case: Make) -> None:
    stay = {"id": "stay", "kind": "duration", "unit": "month", "definition": "The stay."}
    dates = {"start": "2025-06-01", "end": "2025-08-31"}
    said = [{"measure": "stay", "words": "June to August", "dates": dates}]
    table = small_case(said, [{}], measures=[stay]).estimates("stay").set_index("estimate")
    assert table.loc["s0/duration", "best_low"] == pytest.approx(91 / 30.4375)
    with pytest.raises(BookError, match="'s0' is not a duration"):
        small_case([{"dates": dates}], [{}])
    said[0]["dates"] = {"start": "2025-08-31", "end": "2025-06-01"}
    with pytest.raises(BookError, match="'2025-06-01' is before '2025-08-31'"):
        small_case(said, [{}], measures=[stay])


def test_compatible_counts_the_compatible_alone(small_case: Make) -> None:
    origins = [{"id": "b", "independent": False}]
    why = small_case([{"origin": "b"}], [{}], origins=origins).verdicts().loc[0, "why"]
    assert "compatible" not in why

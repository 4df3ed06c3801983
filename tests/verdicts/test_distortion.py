"""What happens to a figure from page to page, and from a cited page to the article: each code by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.tables.case import Case

Make = Callable[..., Case]
ELSEWHERE = {"measure": "crumbs", "words": "70 crumbs"}
GROUP = {"groups": [{"id": "briefing", "what": "A briefing", "statements": ["s0", "s1"], "nearest": ["s0"]}]}

CHANGES: list[tuple[dict[str, Any], dict[str, Any], str, bool]] = [
    ({"words": "nine loaves"}, {"words": "9 loaves"}, "", False),
    ({"words": "3,000 loaves"}, {"words": "three thousand loaves"}, "", False),
    ({"words": "nine loaves"}, {"words": "at least nine loaves"}, "bound_added", True),
    ({"words": "as many as 1,000 loaves"}, {"words": "1,000 loaves"}, "bound_dropped", True),
    ({"words": "about 1,000 loaves"}, {"words": "1,000 loaves"}, "", False),
    ({"words": "about 1,000 loaves"}, {"words": "nearly 1,000 loaves"}, "bound_added", True),
    ({"words": "972 loaves"}, {"words": "nearly 1,000 loaves"}, "", False),
    ({"words": "at least 1,000 loaves"}, {"words": "as many as 1,000 loaves"}, "bound_changed", True),
    ({"words": "11,000 loaves"}, {"words": "10,900 loaves"}, "number_changed", False),
    ({"words": "11,000 loaves"}, {"words": "19,000 loaves"}, "number_changed", True),
    ({"words": "200 to 260 loaves"}, {"words": "260 loaves"}, "range_end_picked", True),
    ({"words": "300 loaves or 50", "joined": "or"}, {"words": "300 loaves and 50"}, "or_to_and", True),
    ({"words": "nine loaves"}, {"words": "nine loaves", "measure": "crumbs"}, "measure_swapped", True),
    ({"words": "nine loaves"}, {"words": "nine loaves", "scope": "rye"}, "scope_changed", True),
    ({"words": "nine loaves", "part": "the second batch"}, {"words": "nine loaves"}, "scope_changed", True),
    (
        {"words": "as many as more than 6,100 loaves"},
        {"words": "as many as more than 6,110 loaves"},
        "number_changed",
        False,
    ),
    ({"words": "nine loaves", "status": "forecast"}, {"words": "nine loaves"}, "status_changed", True),
]


@pytest.mark.parametrize(("said", "repeated", "code", "material"), CHANGES, ids=lambda v: str(v)[:40])
def test_a_repetition_is_held_against_the_wording_nearest_to_its_origin(
    small_case: Make, said: dict[str, Any], repeated: dict[str, Any], code: str, material: bool
) -> None:
    case = small_case([said, repeated], [ELSEWHERE], origins_file=GROUP)
    step = case.drift("briefing").set_index("statement").loc["s1"]
    assert (step["codes"], bool(step["material"])) == (code, material)
    assert step["against"] == "s0"


def test_an_old_figure_given_for_a_later_time_has_lost_its_date(small_case: Make) -> None:
    dated = {"words": "nine loaves", "reference_period": "2025-01"}
    stale = {"words": "nine loaves", "published": "2025-06-20"}
    case = small_case([dated, stale], [{}], cumulative=True, origins_file=GROUP)
    assert case.drift().set_index("statement").loc["s1", "codes"] == "date_dropped"


def test_another_unit_that_converts_is_no_distortion(small_case: Make) -> None:
    field = {"id": "field", "kind": "total", "once": True, "unit": "hectare", "definition": "Land."}
    for words, codes, material in (
        ("104.8 acres", "", False),
        ("4.2 acres", "number_changed", True),
        ("42.4 acres", "unit_changed", True),
    ):
        said = [{"measure": "field", "words": "42.4 hectares"}, {"measure": "field", "words": words}]
        case = small_case(said, [{}], measures=[field], origins_file=GROUP)
        step = case.drift("briefing").set_index("statement").loc["s1"]
        assert (step["codes"], bool(step["material"])) == (codes, material)


def test_a_relay_outside_of_any_group_is_followed_to_what_it_repeats(small_case: Make) -> None:
    said = [
        {"words": "over 90 loaves"},
        {"words": "90 loaves", "relays": "s0"},
        {"words": "about 90 loaves", "relays": "s1"},
    ]
    steps = small_case(said, [{}]).drift().set_index("statement")
    assert list(steps.loc[["s0", "s1", "s2"], "step"]) == [0, 1, 2]
    assert list(steps.loc[["s0", "s1", "s2"], "codes"]) == ["", "bound_dropped", "bound_dropped"]


def test_without_a_persons_word_most_pages_and_kept_bounds_decide_what_is_nearest(small_case: Make) -> None:
    group = {"groups": [{"id": "g", "what": "A briefing", "statements": ["s0", "s1", "s2"]}]}
    said = [{"words": "40 loaves"}, {"words": "up to 40 loaves"}, {"words": "as many as 40 loaves"}]
    steps = small_case(said, [{}], origins_file=group).drift().set_index("statement")
    assert not steps.loc["s0", "closest"] and steps.loc["s0", "codes"] == "bound_dropped"


CITED = [
    ("nine loaves", "nine loaves", "said so"),
    ("nine loaves", "at least nine loaves", "bound_added"),
    ("as much as 40 loaves", "40 loaves", "bound_dropped"),
    ("at least 100 loaves", "as many as 100 loaves", "bound_changed"),
    ("nine loaves", "twelve loaves", "number_changed"),
    ("200 to 260 loaves", "200 loaves", "range_end_picked"),
]


@pytest.mark.parametrize(("page", "article", "result"), CITED)
def test_the_article_beside_the_page_that_it_cites(
    small_case: Make, page: str, article: str, result: str
) -> None:
    case = small_case([{"words": page}], [{"words": article, "cites": ["p0"]}])
    row = case.verdicts().iloc[0]
    assert row["fidelity"] == result
    assert page in row["fidelity_why"]


def test_forecast_to_observed_and_measure_swapped_in_a_citation(small_case: Make) -> None:
    case = small_case([{"status": "forecast"}], [{"cites": ["p0"]}])
    assert case.verdicts().loc[0, "fidelity"] == "status_changed"
    case = small_case([{"measure": "crumbs"}], [{"cites": ["p0"]}])
    assert case.verdicts().loc[0, "fidelity"] == "measure_swapped"


def test_not_found_and_not_seen_are_never_wrong(small_case: Make) -> None:
    """A page that was kept as a whole has no such figure; of an excerpt nobody can tell."""
    for kept, result in (("whole", "not found"), ("excerpt", "not seen")):
        said = {"words": "70 loaves", "measure": "crumbs", "kept": kept}
        row = small_case([said], [{"cites": ["p0"]}]).verdicts().loc[0]
        assert (row["fidelity"], bool(row["material"])) == (result, False)


def test_an_unknown_utterance_is_refused(small_case: Make) -> None:
    with pytest.raises(KeyError, match="no utterance 'x'"):
        small_case([{}], [{}]).drift("x")

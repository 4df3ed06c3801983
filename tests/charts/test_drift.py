"""The drift plot: one statement, its wordings from the origin outwards, and how they changed."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from tallybook import UnknownName, charts
from tallybook.tables.case import Case
from tallybook.terms import Distortion

Make = Callable[..., Case]
CLAIM = [{"words": "over ten loaves", "origin": "b"}]
RELAYED: list[dict[str, Any]] = [
    {"words": "over ten loaves", "kind": "primary"},
    {"words": "more than ten loaves", "relays": "s0", "published": "2025-06-02"},
    {"words": "More than ten loaves", "relays": "s0", "published": "2025-06-03"},
    {"words": "ten loaves", "relays": "s0"},
    {"words": "some 90 loaves", "relays": "s3"},
]


@pytest.fixture
def relayed(small_case: Make) -> charts.Chart:
    return charts.drift(small_case(RELAYED, CLAIM), "s0")


def test_the_closest_wording_comes_first_then_step_by_step(relayed):
    assert list(relayed.data["statement"]) == ["s0", "s1", "s3", "s4"]
    assert list(relayed.data["step"]) == [0, 1, 1, 2]


def test_each_wording_has_the_zone_of_its_own_words(relayed):
    zones = relayed.data.set_index("statement")["zone_high"]
    assert zones["s0"] == math.inf and zones["s3"] == 10.5, "a bare ten may be rounded"


def test_the_same_faithful_words_are_one_row_with_their_pages(relayed, look):
    assert relayed.data.set_index("statement").loc["s1", "statements"] == ("s1", "s2")
    assert any("2 pages print it so" in text for text in look.texts(relayed))


def test_every_statement_is_drawn_or_folded(relayed):
    assert sorted(one for row in relayed.data["statements"] for one in row) == [f"s{k}" for k in range(5)]


def test_what_changed_is_said_in_the_words_of_the_vocabulary_with_its_weight(relayed):
    changes = relayed.data.set_index("statement")["changes"]
    assert changes["s3"] == Distortion.BOUND_DROPPED.label
    assert Distortion.NUMBER_CHANGED.label in changes["s4"]
    heavy = [t for t in relayed.figure.axes[0].texts if t.get_text().startswith("material: ")]
    assert [t.get_text() for t in heavy] == [
        f"material: {Distortion.BOUND_DROPPED.label}",
        f"material: {changes['s4']}",
    ]
    assert {t.get_fontweight() for t in heavy} == {"bold"}
    assert {"o", "^"} <= {line.get_marker() for line in relayed.figure.axes[0].lines}


def test_two_digits_swapped_are_a_slight_change_and_drawn_so(small_case: Make, look):
    said = [{"words": "45,756 loaves", "kind": "primary"}, {"words": "45,765 loaves", "relays": "s0"}]
    chart = charts.drift(small_case(said, CLAIM), "s0")
    assert f"slight: {Distortion.NUMBER_CHANGED.label}" in look.texts(chart)
    assert "2 statements, 1 changed on the way, none of them materially" in chart.alt
    assert "Slight:" in chart.caption and "Material" not in chart.caption


def test_the_words_for_the_ear_count_statements_and_changes(relayed):
    assert "5 statements, 2 changed on the way, all of them materially" in relayed.alt
    assert "“over ten loaves” = over 10 (closest to the origin)" in relayed.alt
    assert "2 pages: “more than ten loaves” = over 10 (faithful)" in relayed.alt


def test_a_wording_of_another_measure_stands_beside_the_one_it_repeats(small_case: Make):
    said = [*RELAYED[:1], {"words": "over ten crumbs", "measure": "crumbs", "relays": "s0"}]
    data = charts.drift(small_case(said, CLAIM), "s0").data
    assert list(data["statement"]) == ["s0", "s1"] and data["on_scale"].all()
    assert Distortion.MEASURE_SWAPPED.label in data["changes"].iloc[1]


def test_two_figures_of_one_statement_have_a_panel_each(small_case: Make, look):
    said = [
        {"words": "ten loaves", "scope": "all"}, {"words": "four loaves", "scope": "rye"},
        {"words": "ten loaves", "scope": "all"}, {"words": "four loaves", "scope": "rye"},
    ]  # fmt: skip
    group = {"id": "briefing", "what": "a baker speaks", "statements": ["s0", "s1", "s2", "s3"]}
    chart = charts.drift(small_case(said, CLAIM, origins_file={"groups": [group]}), "briefing")
    assert {"Loaves baked (all loaves)", "Loaves baked (rye loaves)"} <= set(look.texts(chart))
    assert chart.title == "A baker speaks"


def test_a_share_has_no_place_on_a_scale_of_counts(small_case: Make):
    said = [{"words": "ten loaves"}, {"words": "40 percent of the loaves", "base": "s0", "relays": "s0"}]
    chart = charts.drift(small_case(said, CLAIM), "s0")
    assert list(chart.data["on_scale"]) == [True, False]
    assert "In another unit, without a mark: “40 percent of the loaves”." in chart.caption


def test_a_crowd_of_relays_is_cut_and_counted(small_case: Make, look):
    said = [{"words": "ten loaves"}, *({"words": f"{k} loaves", "relays": "s0"} for k in range(20, 60))]
    chart = charts.drift(small_case(said, CLAIM), "s0")
    assert len(chart.data) == 30 and "Not drawn: 11 statements." in chart.alt
    assert look.text_faults(chart) == []


def test_an_unknown_statement_names_the_nearest(small_case: Make):
    with pytest.raises(UnknownName, match=r"no utterance 's00'\. Nearest: 's0'"):
        charts.drift(small_case(RELAYED, CLAIM), "s00")
    with pytest.raises(UnknownName, match=r"There are: none\."):
        charts.drift(small_case([], CLAIM), "s0")

"""The dumbbell plot: the others' figures as multiples of the number that a claim names."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from tallybook import charts
from tallybook.charts.canvas import text_width
from tallybook.tables.case import Case

Make = Callable[..., Case]


def beside(small_case: Make, words: str, claim: str = "100 loaves") -> charts.Chart:
    """The picture of one voice beside one claim."""
    return charts.dumbbell(small_case([{"origin": "b", "words": words}], [{"words": claim, "origin": "a"}]))


def test_a_figure_is_a_multiple_of_the_number_that_the_claim_names(small_case: Make):
    row = beside(small_case, "over 30 loaves").data.iloc[0]
    assert (row["ratio_low"], row["ratio_zone_high"]) == (0.3, math.inf)


def test_only_voices_that_can_be_compared_are_drawn(bread):
    pairs = [pair for pairs in bread.comparison().pairs.values() for pair in pairs]
    voices = {pair.estimate.id for pair in pairs if pair.voice and pair.bearing.relation != "not comparable"}
    assert set(charts.dumbbell(bread).data["estimate"]) == voices
    assert "s4" not in voices, "a plan"


def test_of_a_range_the_geometric_middle_is_one_and_said_so(small_case: Make, look):
    chart = beside(small_case, "250 loaves", "200 to 260 loaves")
    assert chart.data["one"].item() == pytest.approx(math.sqrt(200 * 260))
    assert "the claim = 228 loaves, the middle of 200–260" in look.texts(chart)
    assert "geometric middle" in chart.caption
    assert "geometric" not in beside(small_case, "250 loaves").caption


def test_a_claim_with_nothing_comparable_is_named_and_not_drawn(small_case: Make, look):
    said = [{"origin": "b", "words": "nine loaves"}]
    claims = [{"words": "ten loaves"}, {"words": "two crumbs", "measure": "crumbs"}]
    chart = charts.dumbbell(small_case(said, claims))
    assert "“two crumbs”" in look.texts(chart) and "nothing comparable" in look.texts(chart)
    assert "Nothing comparable: “two crumbs”." in chart.alt


def test_the_claim_s_own_side_is_called_so(bread):
    chart = charts.dumbbell(bread)
    assert "Origin A (agrees, the claim’s own side): over 10 · the same number" in chart.alt
    assert "Hollow: it confirms nothing" in chart.caption


def test_zero_stands_apart_at_the_edge(small_case: Make, look):
    chart = beside(small_case, "no loaves")
    assert {"0", "0 · none"} <= set(look.texts(chart))
    assert "0 stands apart" in chart.caption
    assert "0" not in look.texts(beside(small_case, "90 loaves"))


def test_a_claim_that_names_zero_has_no_ratio(small_case: Make):
    chart = beside(small_case, "nine loaves", "no loaves")
    said = "No claim has a figure beside it that is a multiple of its number"
    assert chart.caption == f"{said}: “no loaves” (a ratio to 0 is none)."
    assert chart.alt.endswith(chart.caption) and chart.data.empty


def test_where_nothing_is_comparable_the_picture_says_so(small_case: Make, look):
    chart = charts.dumbbell(
        small_case([{"measure": "crumbs", "words": "two crumbs"}], [{"words": "ten loaves"}])
    )
    assert look.texts(chart)[-1] == chart.caption == "No claim has a comparable figure beside it."
    assert chart.alt.endswith(chart.caption) and chart.data.empty


@pytest.mark.parametrize("words", ["no loaves", "one loaf", "99 loaves", "101 loaves", "900 trillion loaves"])
def test_any_figure_has_its_place_on_the_axis(small_case: Make, look, words: str):
    chart = beside(small_case, words)
    assert look.text_faults(chart) == []
    for line in chart.figure.axes[0].lines:
        assert all(-10 <= x <= 356 for x in line.get_xdata())


def test_the_axis_is_centred_on_the_claim(small_case: Make):
    middles = {
        text.get_text(): text.get_position()[0]
        + text_width(text.get_text(), bold=text.get_weight() == "bold") / 2
        for text in beside(small_case, "1200 loaves").figure.axes[0].texts
    }
    assert middles["a tenth"] < middles["the claim"] < middles["10 times"]
    assert middles["a tenth"] + middles["10 times"] == pytest.approx(2 * middles["the claim"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("100 loaves", "the same number"), ("100.4 loaves", "nearly the same number"),
        ("110 loaves", "1.1 times"), ("93 loaves", "0.93 times"), ("12000 loaves", "120 times"),
        ("80 to 130 loaves", "0.8 to 1.3 times"),
    ],
)  # fmt: skip
def test_multiples_are_said_in_two_digits(small_case: Make, look, words: str, said: str):
    assert any(text.endswith(f"· {said}") for text in look.texts(beside(small_case, words)))


def test_what_was_known_when_it_was_written_is_another_picture(small_case: Make):
    said = [
        {"origin": "b", "words": "90 loaves"},
        {"origin": "c", "words": "ten loaves", "published": "2025-07-09"},
    ]
    case = small_case(said, [{"words": "100 loaves"}])
    assert list(charts.dumbbell(case, as_of="written").data["estimate"]) == ["s0"]
    assert len(charts.dumbbell(case).data) == 2


LEFT_OUT = {
    "level": ("degree Celsius", ["14 to 16 °C", "7 °C"], "a level has no true zero"),
    "change": ("percent", ["up 14 percent", "up 7 percent"], "apart by a difference"),
    "net": ("loaf", ["14 loaves", "-7 loaves"], "apart by a difference"),
}


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_levels_and_changes_are_no_multiples_of_each_other_and_are_named(small_case: Make, look, kind: str):
    """14 °C is not twice as warm as 7 °C."""
    unit, (other, own), why = LEFT_OUT[kind]
    measure = {"id": "m", "kind": kind, "unit": unit, "definition": "What is not divided."}
    said = [{"measure": "m", "origin": "b", "words": other, "reference_period": "2025-05-30"}]
    claim = {"measure": "m", "words": own, "reference_period": "2025-05-30"}
    alone = charts.dumbbell(small_case(said, [claim], measures=[measure]))
    assert alone.data.empty
    assert f"“{own}” (no multiples: " in alone.caption and why in alone.caption
    said.append({"origin": "b", "words": "90 loaves"})
    beside_others = charts.dumbbell(
        small_case(said, [claim, {"words": "100 loaves", "origin": "a"}], measures=[measure])
    )
    assert list(beside_others.data["claim_words"]) == ["100 loaves"]
    assert why in " ".join(look.texts(beside_others)) and f"Not drawn: “{own}” (no" in beside_others.alt
    assert look.text_faults(beside_others) == []

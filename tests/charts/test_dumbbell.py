"""The dumbbell plot: the others' figures as multiples of the number that a claim names."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest

from tallybook import charts, open_book
from tallybook.charts import labels
from tallybook.charts.canvas import text_width

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = '<script>alert("1")</script> $x^2_{$ \u202egnp.exe\x00 שלום عدد'


def texts(chart: charts.Chart) -> list[str]:
    return [text.get_text() for text in chart.figure.axes[0].texts]


def alone(kit, row, claim="over", relation="differs", **given):
    """The picture of one voice beside one claim."""
    return charts.dumbbell(kit.TablesOnly([row], [kit.compared(row, claim, relation, voice=True, **given)]))


def test_a_figure_is_a_multiple_of_the_number_that_the_claim_names(case):
    data = charts.dumbbell(case).data.set_index(["claim", "estimate"])
    assert data.loc[("over", "moon-a"), "ratio_low"] == 1
    assert data.loc[("over", "mars-a"), "ratio_low"] == 0.3
    assert data.loc[("upto", "mars-a"), "ratio_zone_high"] == pytest.approx(3050 / 15000)
    assert data.loc[("over", "moon-a"), "ratio_zone_high"] == math.inf
    assert {"3,000 · 0.3 times", "over 10,000 · the same number"} <= set(texts(charts.dumbbell(case)))


def test_only_voices_that_pass_the_gate_are_drawn(case):
    compared = case.compare()
    voices = compared[compared["voice"] & (compared["incomparable"] == "")]
    data = charts.dumbbell(case).data
    assert set(zip(data["claim"], data["estimate"], strict=True)) == set(
        zip(voices["claim"], voices["estimate"], strict=True)
    )
    assert "mars-plan" not in set(data["estimate"])


def test_of_a_range_the_geometric_middle_is_one_and_said_so(case):
    chart = charts.dumbbell(case)
    rate = chart.data[chart.data["claim"] == "rate"].iloc[0]
    assert rate["centre"] == pytest.approx(math.sqrt(200 * 260))
    assert rate["claim_ratio_best_low"] * rate["claim_ratio_best_high"] == pytest.approx(1)
    assert "the claim = 228 shells a month, the middle of 200 to 260" in texts(chart)
    assert "geometric middle" in chart.caption


def test_the_middle_of_a_range_is_explained_only_where_there_is_one(kit):
    assert "geometric" not in alone(kit, kit.estimate("a", 12000.0)).caption


def test_a_claim_with_nothing_comparable_is_named_and_not_drawn(kit):
    chart = alone(kit, kit.estimate("a", 12000.0))
    assert "“as many as 15,000 fighters”" in texts(chart)
    assert texts(chart).count("nothing comparable") == 2
    assert "Nothing comparable: “as many as 15,000 fighters” and “200–260 shells a month”" in chart.alt


def test_the_claim_s_own_family_comes_first_and_is_called_so(case):
    chart = charts.dumbbell(case)
    assert list(chart.data["own"])[:2] == [True, False]
    assert "own word" in texts(chart)
    assert "Moon (agrees, own word)" in chart.alt and "confirms nothing" in chart.caption


def test_zero_stands_apart_at_the_edge(case, kit):
    chart = charts.dumbbell(case)
    assert "0" in texts(chart) and "0 · none" in texts(chart)
    assert "0 stands apart" in chart.caption
    assert "0" not in texts(alone(kit, kit.estimate("a", 12000.0)))


def test_a_claim_that_names_zero_has_no_ratio(kit):
    row = kit.estimate("a", 12000.0)
    none = kit.compared(row, "over", "differs", voice=True, claim_best_low=0.0, claim_best_high=0.0)
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.dumbbell(kit.TablesOnly([row], [none]))


@pytest.mark.parametrize("best", [1e-9, 0.0, 1.0, 9999.0, 10001.0, 1e15])
def test_any_figure_has_its_place_on_the_axis(kit, best):
    chart = alone(kit, kit.estimate("a", best))
    assert kit.text_faults(chart) == []
    for line in chart.figure.axes[0].lines:
        assert all(-10 <= x <= 356 for x in line.get_xdata())


def test_the_axis_is_centred_on_the_claim(kit):
    chart = alone(kit, kit.estimate("a", 120000.0))
    middles = {
        text.get_text(): text.get_position()[0]
        + text_width(text.get_text(), bold=text.get_weight() == "bold") / 2
        for text in chart.figure.axes[0].texts
    }
    assert middles["a tenth"] < middles["the claim"] < middles["10 times"]
    assert middles["a tenth"] + middles["10 times"] == pytest.approx(2 * middles["the claim"])


@pytest.mark.parametrize(
    ("best", "said"),
    [
        (10000.0 * (1 + 1e-9), "the same number"), (10040.0, "nearly the same number"),
        (11000.0, "1.1 times"), (22345.0, "2.2 times"), (9300.0, "0.93 times"), (1.2e6, "120 times"),
        ((8000.0, 13000.0), "0.8 to 1.3 times"),
    ],
)  # fmt: skip
def test_ratios_are_said_in_two_digits(kit, best, said):
    assert any(text.endswith(f"· {said}") for text in texts(alone(kit, kit.estimate("a", best))))


def test_ends_that_are_unknown_are_no_obstacle(kit):
    row = kit.estimate("a", 12000.0, zone_low=math.nan, zone_high=math.nan)
    chart = alone(kit, row, claim_low=math.nan, claim_high=math.nan)
    assert len(chart.data) == 1 and chart.svg


def test_a_voice_without_a_number_is_no_row(kit):
    rows = [kit.estimate("a", 12000.0), kit.estimate("b", math.nan, family_name="Mars")]
    pairs = [kit.compared(row, "over", "supports", voice=True) for row in rows]
    assert list(charts.dumbbell(kit.TablesOnly(rows, pairs)).data["estimate"]) == ["a"]


def test_as_of_reaches_the_case(case):
    asked = []
    case.compare = lambda as_of="today", there=case.compare: asked.append(as_of) or there(as_of)
    charts.dumbbell(case, as_of="written")
    assert asked == ["written"]


def test_every_text_is_legible_and_the_bytes_are_the_same(case, kit):
    chart = charts.dumbbell(case)
    assert kit.text_faults(chart) == []
    assert kit.smallest_text(chart) >= 9.5
    assert chart.svg == charts.dumbbell(case).svg


def test_hostile_and_endless_words_are_text(kit):
    for words in (HOSTILE, "w" * 400, "very long name " * 40):
        row = kit.estimate(
            "h", (9000.0, 80000.0), words=words, family_name=words, derived=True, formula=words
        )
        chart = alone(kit, row, claim_words=words)
        assert kit.text_faults(chart) == []
        ET.fromstring(chart.svg)
        assert "<script" not in chart.svg + chart._repr_html_()
        assert "\u202e" not in chart.alt and "\x00" not in chart.alt


def test_a_case_with_nothing_comparable_is_refused(kit):
    with pytest.raises(ValueError, match="no claim with a comparable figure"):
        charts.dumbbell(kit.TablesOnly([], []))


def test_a_gate_that_is_missing_is_no_gate(kit):
    row = kit.estimate("a", 12000.0)
    for gate in ("", None, pd.NA):
        assert len(alone(kit, row, incomparable=gate).data) == 1


def test_each_voice_of_the_first_case_is_drawn_and_each_claim_named(kit):
    case = open_book(ROOT)["kursk-engineers"]
    chart = charts.dumbbell(case)
    compared = case.compare()
    voices = compared[compared["voice"] & (compared["incomparable"] == "") & compared["best_low"].notna()]
    assert len(chart.data) == len(voices) > 5
    assert all(labels.in_quotes(words) in chart.alt for words in case.figures()["words"])
    assert kit.text_faults(chart) == []

"""The interval plot: what it draws, what it folds, what it says."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from tallybook import UnknownName, charts


def test_pages_that_say_the_same_are_one_row(case):
    data = charts.intervals(case, "over").data
    row = data[data["estimate"] == "moon-a"].iloc[0]
    assert (row["pages"], row["folded"], row["statements"]) == (3, 2, ("moon-a", "moon-b", "moon-c"))
    assert sum(map(len, data["statements"])) == 7, "every statement is drawn or folded into a drawn one"


def test_the_family_s_voice_comes_first_and_the_claim_s_own_family_before_all(case):
    data = charts.intervals(case, "over").data
    assert list(data["family_name"].drop_duplicates()) == ["Moon", "Mars"]
    assert list(data.drop_duplicates("family_name")["estimate"]) == ["moon-a", "mars-a"]


def test_what_cannot_be_compared_stands_apart_with_its_reason(case):
    chart = charts.intervals(case, "over")
    apart = chart.data[chart.data["section"] == "not comparable"]
    assert list(apart["estimate"]) == ["mars-plan"]
    assert list(apart["reason"]) == ["planned, not observed"]
    assert "planned, not observed" in [text.get_text() for text in chart.figure.axes[0].texts]


def test_alt_text_counts_the_rows_that_are_drawn(case):
    chart = charts.intervals(case, "over")
    for relation, count in chart.data["relation"].value_counts().items():
        assert f"{count} {relation}" in chart.alt
    assert f"{len(chart.data)} rows drawn" in chart.alt


def test_a_derived_figure_is_marked_with_its_formula(case):
    chart = charts.intervals(case, "over")
    said = " ".join(text.get_text() for text in chart.figure.axes[0].texts)
    assert "derived: 14,000 = 11,000 + 3,000" in said


def test_all_claims_of_a_measure_are_bands_with_letters(case):
    chart = charts.intervals(case, measure="troops")
    bearing = chart.data.set_index("estimate")["bearing"]
    assert bearing["moon-a"] == "A agrees · B compatible"
    assert bearing["mars-plan"] == "not comparable"
    assert "A “over 10,000 soldiers”" in chart.alt and "B “as many as 15,000 fighters”" in chart.alt


def test_a_card_has_one_row_a_family(case):
    chart = charts.intervals(case, "over", compact=True)
    assert list(chart.data["estimate"]) == ["moon-a", "mars-a"]
    assert chart.figure.get_size_inches()[1] < charts.intervals(case, "over").figure.get_size_inches()[1]


def test_a_card_with_nothing_comparable_shows_what_there_is(kit):
    row = kit.compared(kit.mars_plan, "over", "not comparable", voice=True, reason="planned")
    chart = charts.intervals(kit.TablesOnly([kit.mars_plan], [row]), "over", compact=True)
    assert list(chart.data["relation"]) == ["not comparable"]


def test_a_claim_without_any_source_is_drawn_and_says_so(kit):
    chart = charts.intervals(kit.TablesOnly([], []), "over")
    assert chart.data.empty
    assert "No source gives a figure for it" in [text.get_text() for text in chart.figure.axes[0].texts]
    assert "No row drawn" in chart.alt


def test_zero_stands_at_the_edge_of_a_logarithmic_scale(case, kit):
    chart = charts.intervals(case, "rate")
    assert "logarithmic" in chart.caption and "0 stands apart" in chart.caption
    assert "0" in [text.get_text() for text in chart.figure.axes[0].texts]
    assert kit.text_faults(chart) == []


def test_ends_that_are_infinite_or_unknown_are_no_obstacle(kit):
    rows = [
        kit.estimate("a", 10.0, zone_low=0.0, zone_high=math.inf, modifier="over"),
        kit.estimate("b", math.nan, zone_low=math.nan, zone_high=math.nan, words="most of them"),
        kit.estimate("c", 12.0, zone_low=math.nan, zone_high=math.nan, publisher=None, published=pd.NaT),
    ]
    pairs = [kit.compared(row, "over", "compatible") for row in rows]
    pairs[1] |= {"relation": "not comparable", "incomparable": "no figure", "reason": None}
    chart = charts.intervals(kit.TablesOnly(rows, pairs), "over")
    assert set(chart.data["estimate"]) == {"a", "b", "c"}
    assert kit.text_faults(chart) == []


@pytest.mark.parametrize("rows", [45, 200])
def test_many_statements_stay_within_thirty_rows_and_the_rest_is_counted(rows, kit):
    table = [
        kit.estimate(f"e{n}", 10000.0 + n, family=f"f{n % 4}", family_name=f"Family {n % 4}")
        for n in range(rows)
    ]
    pairs = [kit.compared(row, "over", "supports", voice=n < 4) for n, row in enumerate(table)]
    pairs += [
        kit.compared(row, "over", "not comparable") | {"estimate": f"x{row['estimate']}"}
        for row in table[: rows // 2]
    ]
    chart = charts.intervals(kit.TablesOnly(table, pairs), "over")
    left = rows + rows // 2 - sum(map(len, chart.data["statements"]))
    assert len(chart.data) <= 30 and left > 0
    assert f"{left} statements more stand in the table" in chart.caption


@pytest.mark.parametrize(
    "drawn",
    [
        {"claim": "over"},
        {"claim": "upto"},
        {"claim": "rate"},
        {"measure": "troops"},
        {"claim": "over", "compact": True},
    ],
)
def test_every_text_is_legible(case, drawn, kit):
    chart = charts.intervals(case, **drawn)
    assert kit.text_faults(chart) == []
    assert kit.smallest_text(chart) >= 9.5


def test_long_names_and_words_wrap_inside_the_picture(kit):
    row = kit.estimate(
        "long", 10000.0, words="w" * 200, publisher="P" * 300, family_name="Very long name " * 20
    )
    chart = charts.intervals(
        kit.TablesOnly([row], [kit.compared(row, "over", "agrees", reason="r" * 500)]), "over"
    )
    assert kit.text_faults(chart) == []


def test_words_in_a_script_without_letters_here_are_given_as_read(kit):
    row = kit.estimate("ko", 15000.0, words="1만 5천 명", language="ko", publisher="서울 Daily")
    chart = charts.intervals(kit.TablesOnly([row], [kit.compared(row, "over", "supports")]), "over")
    said = [text.get_text() for text in chart.figure.axes[0].texts]
    assert "15,000 (in Korean)" in said
    assert any(text.startswith("… Daily") for text in said)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"claim": "ovr"}, "Nearest: 'over'"),
        ({"measure": "troop"}, "Nearest: 'troops'"),
        ({"measure": "empty"}, "neither claims nor estimates"),
        ({}, "a claim or a measure"),
        ({"claim": "over", "measure": "troops"}, "a claim or a measure"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(case, asked, told):
    with pytest.raises((UnknownName, ValueError), match=told):
        charts.intervals(case, **asked)


def test_a_whisker_is_named_only_where_it_is_drawn(case):
    caption = charts.intervals(case, "over").caption
    assert "no upper end after “over”" in caption
    assert "“about”" not in caption


def test_words_without_a_number_are_the_same_only_when_they_are_the_same_words(kit):
    rows = [
        kit.estimate(f"w{n}", math.nan, words=words) for n, words in enumerate(["early", "late", "early"])
    ]
    pairs = [kit.compared(row, "over", "not comparable", incomparable="no figure") for row in rows]
    data = charts.intervals(kit.TablesOnly(rows, pairs), "over").data
    assert sorted(data["statements"]) == [("w0", "w2"), ("w1",)]


def test_an_end_opened_by_time_is_explained(case, kit):
    later = kit.estimate("later", 12000.0, zone_low=0.0, zone_high=12500.0)
    drawn = charts.intervals(kit.TablesOnly([later], [kit.compared(later, "over", "compatible")]), "over")
    assert "of another time" in drawn.caption
    assert "of another time" not in charts.intervals(case, "over").caption

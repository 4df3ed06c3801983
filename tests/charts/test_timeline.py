"""The timeline: figures at the time that they refer to."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from tallybook import UnknownName, charts
from tallybook.tables.case import Case

Make = Callable[..., Case]
CLAIM = [{"words": "over ten loaves", "origin": "a"}]


def marks(case: Case, measure: str = "loaves") -> pd.DataFrame:
    return charts.timeline(case, measure).data.set_index("estimate")


@pytest.mark.parametrize(
    ("measure", "day"), [({"cumulative": True}, "2025-04-30"), ({"kind": "stock"}, "2025-04-15")]
)
def test_a_mark_stands_where_its_figure_refers_to(small_case: Make, measure: dict[str, object], day: str):
    said = [{"words": "nine loaves", "reference_period": "2025-04", "published": "2025-06-20"}]
    data = marks(small_case(said, CLAIM, **measure))
    assert data.loc["s0", "reference_date"] == pd.Timestamp(day)


def test_only_observed_wholes_are_joined_by_the_line(small_case: Make):
    said = [
        {"words": "ten loaves", "reference_period": "2025-01"},
        {"words": "90 loaves", "reference_period": "2025-02", "status": "planned"},
        {"words": "five loaves", "reference_period": "2025-03", "part": "a second batch"},
        {"words": "six loaves", "reference_period": "2025-03", "scope": "rye"},
        {"words": "12 loaves", "reference_period": "2025-04"},
    ]
    measures = {"cumulative": True}
    data = marks(small_case(said, CLAIM, **measures))
    assert list(data.index[data["in_line"]]) == ["s0", "s4"]
    assert list(data["aside"]) == ["", "planned", "a part", "other scope", ""]


def test_figures_without_a_date_of_their_own_are_named_and_not_drawn(small_case: Make):
    said = [
        {"words": "nine loaves", "reference_period": "2025-04"},
        {"words": "ten loaves", "published": "2025-05-01"},
    ]
    chart = charts.timeline(small_case(said, CLAIM), "loaves")
    assert list(chart.data["estimate"]) == ["s0"]
    assert "Not drawn, for want of a date or number (1): Paper p1." in chart.caption


def test_an_open_start_is_drawn_at_the_end_of_its_period(small_case: Make):
    said = [{"words": "nine loaves", "reference_period": "../2025-04"}]
    assert marks(small_case(said, CLAIM)).loc["s0", "reference_date"] == pd.Timestamp("2025-04-30")


def test_the_same_figure_of_the_same_time_is_one_mark(small_case: Make):
    said = [{"words": "nine loaves", "reference_period": "2025-04"}] * 2
    assert list(marks(small_case(said, CLAIM))["statements"]) == [("s0", "s1")]


def test_the_article_s_date_and_the_claims_are_named(small_case: Make, look):
    said = [{"words": "nine loaves", "reference_period": "2025-04"}]
    chart = charts.timeline(small_case(said, [*CLAIM, {"words": "15 loaves"}]), "loaves")
    assert "dashed: 30 June 2025, the day of the article" in chart.caption
    assert {"the claim A: “over ten loaves”", "the claim B: “15 loaves”"} <= set(look.texts(chart))
    assert "The article is of 30 June 2025." in chart.alt and "The claim A “over ten loaves”" in chart.alt


def test_the_words_for_the_ear_name_every_mark_with_its_time(small_case: Make):
    said = [
        {"words": "nine loaves", "reference_period": "2025-04"},
        {"words": "12 loaves", "reference_period": "2025-05", "status": "planned"},
    ]
    alt = charts.timeline(small_case(said, CLAIM), "loaves").alt
    assert "2 figures of 1 source group" in alt and "Origin A: 9 (April 2025); planned: 12 (May 2025)." in alt


def test_of_a_crowd_of_figures_thirty_have_a_row_and_ten_are_open(small_case: Make, look):
    said = [
        {"words": f"{20 + 3 * k} loaves", "reference_period": f"2025-0{1 + k % 5}-{k // 5 + 1:02}"}
        for k in range(40)
    ]
    chart = charts.timeline(small_case(said, CLAIM, kind="stock"), "loaves")
    assert len(chart.data) == 30 and look.text_faults(chart) == []
    page = BeautifulSoup(chart.page, "html.parser")
    figures = page.select("tr:not(.axis, .part, .claim):has(td.value)")
    assert len(figures) == 30 and len([row for row in figures if not row.find_parent("details")]) == 10
    assert page.summary.get_text() == "20 more of 40 figures"
    assert "10 of 40 figures not drawn here." in chart.caption
    times = [pd.Timestamp(day) for day in chart.data["reference_date"]]
    assert times == sorted(times), "in the order of time"


def test_a_row_of_the_page_has_its_time_and_its_number_on_the_scales_of_all(small_case: Make):
    said = [
        {"words": "ten loaves", "reference_period": "2025-01-01/2025-01-31"},
        {"words": "20 loaves", "reference_period": "../2025-05-31", "origin": "b"},
    ]
    chart = charts.timeline(small_case(said, CLAIM, cumulative=True), "loaves")
    page = BeautifulSoup(chart.page, "html.parser")
    rows = page.select("tr:not(.axis, .part, .claim):has(td.value)")
    at = [[float(dot["cx"].rstrip("%")) for dot in row.select("circle")] for row in rows]
    (first_day, first), (last_day, last) = at
    assert first_day < last_day and first < last
    heads = [row.b.get_text() for row in rows]
    assert heads == ["1 January 2025 to 31 January 2025", "up to 31 May 2025"]
    values = [row.select_one("td.value").get_text() for row in rows]
    assert values == ["10", "20"]
    periods = [row.select_one("svg:has(> g) > g") for row in rows]
    assert "M0-5V5" in str(periods[0]) and "M6-4" in str(periods[1]), "an open start goes on as an arrow"


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_the_ends_of_the_calendar_have_a_margin_too(small_case: Make, look, year: str):
    said = [
        {"words": "nine loaves", "reference_period": year, "status": "forecast"},
        {"words": "ten loaves", "reference_period": "2025-05"},
    ]
    chart = charts.timeline(small_case(said, CLAIM, kind="stock"), "loaves")
    assert len(chart.data) == 2 and not look.text_faults(chart)


def test_where_nothing_can_be_drawn_it_says_so(small_case: Make, look):
    undated = "No figure of a source refers to a known date."
    nothing = "No source gives a figure for it."
    case = small_case([{"words": "nine loaves"}], CLAIM)
    for chart, why in (
        (charts.timeline(case, "crumbs"), nothing),
        (charts.timeline(case, "loaves"), undated),
        (charts.timeline(small_case([], CLAIM), "loaves"), nothing),
    ):
        assert look.texts(chart)[-1] == chart.caption == why and chart.alt.endswith(why)
    with pytest.raises(UnknownName, match="loaves"):
        charts.timeline(case, "loafs")

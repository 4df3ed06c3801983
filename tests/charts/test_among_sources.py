"""The sources among themselves as a picture: the dissent first, every origin's figure on one scale."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag

from tallybook import UnknownName, charts, open_book
from tallybook.charts.style import colour
from tallybook.tables.case import Case

Make = Callable[..., Case]
ROOT = Path(__file__).resolve().parents[2]

# Made up: rain in a place on a day, in millimetres.
RAIN: dict[str, Any] = {
    "id": "rain", "kind": "total", "unit": "millimetre", "once": True, "definition": "Rain of the storm.",
}  # fmt: skip


def rain(words: str, origin: str, **facts: Any) -> dict[str, Any]:
    return {"words": words, "origin": origin, "measure": "rain", "reference_period": "2025-05-03"} | facts


GAUGES = [
    rain("210 millimetres of rain", "a", published="2025-05-04"),
    rain("180 millimetres of rain", "b", published="2025-05-05"),
    rain("over 150 millimetres of rain", "c"),
    rain("210 millimetres of rain", "d"),
]
JOINED = [{"id": "a", "shares_with": ["d"]}]


@pytest.fixture
def storm(small_case: Make) -> Case:
    """Of four origins b differs from a and d, which share their data; c sets a bound."""
    return small_case(GAUGES, [{"words": "nine loaves"}], measures=[RAIN], origins=JOINED)


def rows(chart: charts.Chart) -> list[Tag]:
    return BeautifulSoup(chart.page, "html.parser").select("tr:has(td.value)")


def test_every_origin_says_with_whom_it_stands_how(storm: Case):
    chart = charts.among_sources(storm)
    assert len(chart.data) == 6
    told = {
        row.b.get_text(): [one.get_text(" ", strip=True) for one in row.select(".name")]
        for row in rows(chart)
    }
    assert told["Origin B"][0].startswith(
        "differs from Origin A (14% below, since 5 May 2025) and Origin D ("
    )
    assert told["Origin A"][0] == "differs from Origin B (since 5 May 2025)"
    assert (
        told["Origin A"][1].startswith("agrees with Origin D (")
        and "; not independent" in told["Origin A"][1]
    )
    assert told["Origin C"][0].startswith("goes with ")
    assert rows(chart)[-1].select_one(".reason").get_text() == "can be true together with 2 others"


def test_the_rows_of_a_measure_stand_on_one_scale(storm: Case):
    at = {
        row.b.get_text(): float(row.select_one("td.track circle")["cx"].rstrip("%"))
        for row in rows(charts.among_sources(storm))
    }
    assert at["Origin C"] < at["Origin B"] < at["Origin A"] == at["Origin D"]


def test_who_differs_is_told_first_in_the_picture_and_for_the_ear(storm: Case, look):
    chart = charts.among_sources(storm)
    assert chart.alt.startswith("Origin A and Origin B differ on “Rain of the storm” (since 5 May 2025); ")
    agree = "agree: Origin A and Origin D (not independent)"
    assert chart.alt.index("differ: 2 pairs") < chart.alt.index(agree)
    said = " ".join(look.texts(chart))
    assert said.index("Origin B: 180") < said.index("▲ differs from Origin A (14% below, since 5 May 2025)")
    assert said.index("Origin B: 180") < said.index("Origin C: over 150")
    assert list(chart.data["relation"])[:2] == ["differs", "differs"]


def test_figures_of_another_year_that_differ_are_told(small_case: Make, look):
    yearly = RAIN | {"id": "yearly", "once": False}
    said = [
        {"words": f"{number} millimetres of rain", "measure": "yearly", "origin": origin,
         "reference_period": year}
        for year, one, other in (("2022", 812, 655), ("2023", 741, 741))
        for origin, number in (("a", one), ("b", other))
    ]  # fmt: skip
    chart = charts.among_sources(small_case(said, [{"words": "nine loaves"}], measures=[yearly]))
    assert list(chart.data["relation"]) == ["agrees"]
    told = "Other figures differ: Origin A and Origin B."
    assert told in " ".join(look.texts(chart)) and told in chart.page and chart.alt.endswith(told)


def test_agreement_of_two_that_share_their_data_is_not_blue(storm: Case):
    chart = charts.among_sources(storm)
    words = {t.get_text(): t.get_color() for t in chart.figure.axes[0].texts}
    assert words["agrees with"] == colour("aside") and words["differs from"] == colour("differ")
    agree = BeautifulSoup(chart.page, "html.parser").select(".is-agrees")
    assert agree and all("uncounted" in one["class"] for one in agree)


def test_no_text_leaves_the_picture_or_lies_on_another(storm: Case, look):
    chart = charts.among_sources(storm)
    assert look.text_faults(chart) == [] and look.smallest_text(chart) >= 9.5


def test_one_measure_is_drawn_alone_also_where_nothing_is_decided(small_case: Make, look):
    said = [*GAUGES, {"words": "nine loaves", "origin": "a"}, {"words": "over two loaves", "origin": "b"}]
    case = small_case(said, [{"words": "nine loaves"}], measures=[RAIN])
    both = charts.among_sources(case)
    assert set(both.data["measure"]) == {"rain"}
    assert any("decide nothing" in text for text in look.texts(both))
    alone = charts.among_sources(case, "loaves")
    assert list(alone.data["relation"]) == ["compatible"] and alone.alt.startswith("No two origins differ.")
    with pytest.raises(UnknownName):
        charts.among_sources(case, "snow")


@pytest.mark.parametrize("said", [[], [{"words": "nine loaves", "origin": "a"}]])
def test_without_two_origins_it_says_so(said: list[dict[str, Any]], small_case: Make, look):
    chart = charts.among_sources(small_case(said, [{"words": "nine loaves"}]))
    assert look.texts(chart)[-1] == chart.caption == "No two origins give a figure of one measure."
    assert chart.data.empty


def test_everything_refused_is_drawn_as_refused(small_case: Make, look):
    refused = {"refused": {"by": "me", "why": "misprint"}}
    said = [rain("210 millimetres of rain", "a", **refused), rain("180 millimetres of rain", "b", **refused)]
    chart = charts.among_sources(small_case(said, [{"words": "nine loaves"}], measures=[RAIN]))
    assert list(chart.data["relation"]) == ["refused"] and "(refused: 1)" in " ".join(look.texts(chart))
    assert "refused: 1 pair" in chart.alt and rows(chart) == []


def test_three_hundred_origins_are_a_picture_of_twelve_and_a_count(small_case: Make, look):
    origins = [{"id": f"o{k}", "name": f"Rain gauge number {k} of the county"} for k in range(300)]
    said = [
        rain(f"{200 + k % 3} millimetres of rain", f"o{k}", reference_period="2025-05-03") for k in range(300)
    ]
    case = small_case(said, [{"words": "nine loaves"}], measures=[RAIN], origins=origins)
    chart = charts.among_sources(case)
    assert len(chart.data) == 12 * 11 / 2 and look.text_faults(chart) == []
    tall = 72 * chart.figure.get_size_inches()[1]
    assert tall < 1_500 and len(chart.alt) < 5_000 and len(chart.svg) < 100_000
    assert "288 of 300 origins are not drawn" in " ".join(look.texts(chart))
    assert case.sources_matrix("rain", most=9).shape == (9, 9)


def test_hostile_and_long_names_are_text_and_stay_in_the_picture(small_case: Make, look):
    names = [
        f"=HYPERLINK(1) {look.hostile_words}", "مؤسسة الرصد المائية", "x" * 400, "$\\frac{1}{0}$ " * 12,
    ]  # fmt: skip
    origins = [{"id": one, "name": name} for one, name in zip("abcd", names, strict=True)]
    case = small_case(GAUGES, [{"words": "nine loaves"}], measures=[RAIN], origins=origins)
    chart = charts.among_sources(case)
    assert look.text_faults(chart) == []
    assert "<script>" not in chart._repr_html_() and "<script>" not in chart.svg
    assert len(chart.alt) < 5_000
    shown = case.sources_matrix("rain").reset_index()
    from tallybook import say, show

    for html in (show(shown, "x")._repr_html_(), say(*case.sources_answer)._repr_html_()):
        assert "<script>" not in html


def test_the_same_rows_give_the_same_bytes(storm: Case):
    assert charts.among_sources(storm).svg == charts.among_sources(storm).svg


@pytest.fixture(scope="module")
def first_case() -> Case:
    return open_book(ROOT)["kursk-engineers"]


def test_the_picture_of_the_first_case_holds_what_its_table_holds(first_case: Case, look):
    table = first_case.sources()
    for measure in table["measure"].unique():
        chart, rows = charts.among_sources(first_case, measure), table[table["measure"] == measure]
        stands = {(r.origin_name, r.other_name): r.relation for r in rows.itertuples()}
        assert all(stands[r.origin_name, r.other_name] == r.relation for r in chart.data.itertuples())
        assert len(chart.data) == len(rows) or len(chart.data) == 66
        assert look.text_faults(chart) == [] and look.smallest_text(chart) >= 9.5
        assert chart.alt.startswith("No two origins differ.") == ("differs" not in set(rows["relation"]))
    whole = charts.among_sources(first_case)
    assert look.text_faults(whole) == [] and len(whole.alt) < 20_000


def test_the_tables_of_the_first_case_go_together(first_case: Case):
    """Whatever a new source brings: two figures that differ in no order differ between no two origins."""
    table, two = first_case.sources(), first_case.between()
    differs = list(table["relation"] == "differs")
    assert differs == sorted(differs, reverse=True), "those that differ first"
    differ = table[table["relation"] == "differs"]
    known = {frozenset((r.estimate, r.other)): r.relation for r in two.itertuples()}
    for row in differ.itertuples():
        assert known[frozenset((row.statement, row.other_statement))] == "differs"
    for measure, rows in table.groupby("measure"):
        matrix = first_case.sources_matrix(measure)
        assert (matrix == matrix.T).all().all() and matrix.size == len(matrix) ** 2
        assert len(rows) == len(matrix) * (len(matrix) - 1) // 2
    assert first_case.sources_answer[-1].startswith(f"Of {len(table):,} pair")

"""Pictures say what their rows say: tested on the rows, the words and the boxes, never on pixels."""

from __future__ import annotations

import math
import re
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from tallybook import UnknownName, charts, open_book
from tallybook.charts import Chart
from tallybook.tables.case import Case

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = '<script>alert("x")</script> $x$ & friends'
CLAIMS = [
    "deaths-lead", "deaths-speech", "clearance-time", "troops-sent",
    "troops-estimate", "ammunition-share", "shells-per-month", "moved-to-kursk",
]  # fmt: skip


@pytest.fixture(scope="module")
def case() -> Case:
    return open_book(ROOT)["kursk-engineers"]


class Altered:
    """A case whose comparison is changed before it is drawn."""

    def __init__(self, case: Case, **columns: Any) -> None:
        self._case, self._columns = case, columns

    def __getattr__(self, name: str) -> Any:
        return getattr(self._case, name)

    def compare(self, as_of: str = "today") -> pd.DataFrame:
        return self._case.compare(as_of).assign(**self._columns)


def boxes(chart: Chart) -> list[tuple[str, Any]]:
    """The texts of a picture with their boxes, in pixels."""
    canvas = FigureCanvasAgg(chart.figure)
    renderer = canvas.get_renderer()
    texts = [t for t in chart.figure.findobj(lambda a: hasattr(a, "get_text")) if t.get_text().strip()]
    return [(t.get_text(), t.get_window_extent(renderer)) for t in texts]


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_row_of_a_claim_is_drawn_or_counted_as_folded(case: Case, claim: str) -> None:
    chart = charts.intervals(case, claim=claim)
    drawn = set(chart.data["relation"])
    assert drawn == set(case.compare().query("claim == @claim")["relation"])
    for relation in drawn:
        assert relation in chart.alt


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("compact", [False, True])
def test_no_text_is_cut_or_lies_on_another(case: Case, claim: str, compact: bool) -> None:
    chart = charts.intervals(case, claim=claim, compact=compact)
    found = boxes(chart)
    assert found
    width, height = chart.figure.canvas.get_width_height()
    for words, box in found:
        assert box.x0 >= -1 and box.y0 >= -1 and box.x1 <= 1.015 * width and box.y1 <= height + 1, words
    for i, (words, a) in enumerate(found):
        for other, b in found[i + 1 :]:
            across = min(a.x1, b.x1) - max(a.x0, b.x0)
            along = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert across <= 1 or along <= 0.35 * min(a.height, b.height), f"{words!r} lies on {other!r}"


@pytest.mark.parametrize(
    "draw",
    [
        lambda case: charts.intervals(case, claim="shells-per-month"),
        lambda case: charts.timeline(case, measure="dprk_troops_sent_total"),
        lambda case: charts.matrix(case),
    ],
    ids=["intervals", "timeline", "matrix"],
)
def test_the_same_rows_give_the_same_bytes(case: Case, draw: Any) -> None:
    first, second = draw(case), draw(case)
    assert first.svg == second.svg and first.alt == second.alt
    assert first._repr_html_() == second._repr_html_()


def test_a_picture_carries_both_colour_schemes_and_loads_nothing(case: Case) -> None:
    svg = charts.matrix(case).svg
    assert "prefers-color-scheme:dark" in svg
    assert not re.search(r"""(?:href|src)=["'](?!#)""", svg)
    assert "url(http" not in svg and "<script" not in svg


def test_what_a_page_says_is_never_markup(case: Case) -> None:
    altered: Any = Altered(case, words=HOSTILE, publisher=HOSTILE, reason=HOSTILE)
    chart = charts.intervals(altered, claim="troops-sent")
    html = chart._repr_html_()
    assert "<script" not in chart.svg and "<script" not in html
    assert escape(chart.alt) in html
    assert any("$x$" in text.replace("\\", "") for text, _ in boxes(chart))


def test_open_and_missing_ends_are_drawn(case: Case) -> None:
    altered: Any = Altered(case, zone_high=math.inf, zone_low=0.0)
    assert charts.intervals(altered, claim="troops-sent").svg
    nowhere: Any = Altered(case, zone_high=math.nan, zone_low=math.nan, best_low=math.nan, best_high=math.nan)
    assert charts.intervals(nowhere, claim="deaths-speech").svg


def test_a_wide_spread_is_drawn_on_a_log_axis_and_says_so(case: Case) -> None:
    compared = case.compare()
    spread = compared["best_low"].where(compared["estimate"] != "kh_deaths", 9_000.0)
    altered: Any = Altered(case, best_low=spread, best_high=spread, zone_low=spread, zone_high=spread)
    chart = charts.intervals(altered, claim="deaths-speech")
    said = " ".join([chart.caption, *(text for text, _ in boxes(chart))]).lower()
    assert "log" in said or "ten times" in said


def test_derived_figures_are_called_derived(case: Case) -> None:
    chart = charts.intervals(case, claim="shells-per-month")
    derived = chart.data[chart.data["derived"]]
    assert len(derived) >= 6
    texts = " ".join(text for text, _ in boxes(chart))
    assert texts.count("derived:") >= len(derived)


def test_the_matrix_has_a_word_in_every_cell(case: Case) -> None:
    chart = charts.matrix(case)
    wide = case.matrix()
    assert len(chart.data) == wide.size
    assert chart.data["relation"].astype(str).str.len().gt(0).all()


def test_the_axis_of_a_timeline_is_the_date_referred_to(case: Case) -> None:
    chart = charts.timeline(case, measure="dprk_troops_sent_total")
    stated = case.estimates("dprk_troops_sent_total").set_index("estimate")
    assert "2025-12" not in set(stated.loc[["nis_0430_total"], "period"])
    assert chart.data["period_start"].notna().all() or chart.data["period_end"].notna().all()


@pytest.mark.parametrize("call", [{}, {"claim": "troops-sent", "measure": "dprk_troops_sent_total"}])
def test_one_claim_or_one_measure_is_asked_for(case: Case, call: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="a claim or a measure"):
        charts.intervals(case, **call)


def test_an_unknown_claim_or_an_empty_measure_is_told(case: Case) -> None:
    with pytest.raises(UnknownName, match="no-such-claim"):
        charts.intervals(case, claim="no-such-claim")
    with pytest.raises(UnknownName, match="no_such_measure"):
        charts.timeline(case, measure="no_such_measure")

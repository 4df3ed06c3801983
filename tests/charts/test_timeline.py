"""The timeline: figures at the time that they refer to."""

from __future__ import annotations

import pandas as pd
import pytest

from tallybook import charts


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def test_a_mark_stands_at_the_date_referred_to_not_at_that_of_the_page(case):
    data = charts.timeline(case, "troops").data.set_index("estimate")
    assert data.loc["moon-a", "reference_date"] == day("2024-11-30"), "a count since … is reached at its end"
    assert data.loc["mars-plan", "reference_date"] == day("2024-12-31")


def test_a_rate_holds_for_its_whole_period(case):
    data = charts.timeline(case, "shells").data.set_index("estimate")
    assert data.loc["rate-a", "reference_date"] == day("2024-11-15")


def test_only_observed_wholes_are_joined_by_the_line(kit):
    rows = [
        kit.estimate("first", 1000.0, period_start=day("2024-10-01"), period_end=day("2024-10-31")),
        kit.estimate("plan", 9000.0, status="planned"),
        kit.estimate("wave", 500.0, part="a second wave"),
        kit.estimate("sum", 1500.0, derived=True, formula="1,000 + 500"),
        kit.estimate("last", 2000.0, period_start=day("2025-01-01"), period_end=day("2025-01-31")),
    ]
    data = charts.timeline(kit.TablesOnly(rows, []), "troops").data.set_index("estimate")
    assert list(data.index[data["in_line"]]) == ["first", "last"]
    assert data.loc["plan", "aside"] == "planned"
    assert data.loc["wave", "aside"] == "a part"
    assert data.loc["sum", "aside"] == "derived"


def test_statements_without_a_date_of_their_own_are_named_and_not_drawn(case, kit):
    chart = charts.timeline(case, "shells")
    assert "rate-zero" not in set(chart.data["estimate"])
    assert "Paper rate-zero" in chart.caption

    row = kit.estimate("by-page", 7.0, period_from="published")
    both = kit.TablesOnly([kit.estimate("a", 5.0), row], [])
    assert list(charts.timeline(both, "troops").data["estimate"]) == ["a"]


def test_an_open_start_is_drawn_at_the_end_of_its_period(kit):
    rows = [kit.estimate("since", 5.0, period_start=pd.NaT), kit.estimate("to-come", 6.0, period_end=pd.NaT)]
    chart = charts.timeline(kit.TablesOnly(rows, []), "troops")
    dates = chart.data.set_index("estimate")["reference_date"]
    assert dates["since"] == day("2024-11-30") and dates["to-come"] == day("2024-11-01")


def test_the_article_s_date_and_the_claims_are_told(case):
    chart = charts.timeline(case, "troops")
    said = [text.get_text() for text in chart.figure.axes[0].texts]
    assert "article, 15 Dec 2025" in said
    assert {"A", "B"} <= set(said)
    assert "15 Dec 2025" in chart.alt and "“over 10,000 soldiers”" in chart.alt


def test_alt_text_names_every_mark(case):
    chart = charts.timeline(case, "troops")
    assert f"{len(chart.data)} marks" in chart.alt
    assert "Moon: over 10,000 (2024-11)" in chart.alt and "planned: 12,000 (2024-12)" in chart.alt


@pytest.mark.parametrize("measure", ["troops", "shells"])
def test_every_text_is_legible(case, measure, kit):
    chart = charts.timeline(case, measure)
    assert kit.text_faults(chart) == []
    assert kit.smallest_text(chart) >= 9.5


def test_a_crowd_of_figures_keeps_its_labels_apart(kit):
    days = pd.date_range("2024-10-01", periods=40)
    rows = [
        kit.estimate(f"e{n}", 1000.0 + 37 * n, modifier="about", period_start=when, period_end=when)
        for n, when in enumerate(days)
    ]
    assert kit.text_faults(charts.timeline(kit.TablesOnly(rows, []), "troops")) == []


def test_nothing_to_draw_is_refused_in_words(case, kit):
    with pytest.raises(ValueError, match="neither claims nor estimates"):
        charts.timeline(case, "empty")
    undated = kit.estimate("a", 5.0, period_start=pd.NaT, period_end=pd.NaT, period_from="unknown")
    with pytest.raises(ValueError, match="refers to a known date"):
        charts.timeline(kit.TablesOnly([undated], []), "troops")

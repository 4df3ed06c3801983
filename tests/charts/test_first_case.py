"""The pictures of the first case hold what its records hold, whatever a new source brings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook import charts, open_book
from tallybook.tables.case import Case

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def case() -> Case:
    return open_book(ROOT)["kursk-engineers"]


def test_every_figure_beside_a_claim_is_drawn_or_counted(case: Case, look):
    for claim, pairs in case.comparison().pairs.items():
        chart = charts.intervals(case, claim)
        there = [one for statements in chart.data["statements"] for one in statements]
        left = len(pairs) - len(there)
        assert set(there) <= {pair.estimate.id for pair in pairs} and len(there) == len(set(there))
        assert (f"{left} of {len(pairs)} figures not drawn" in chart.caption) == (left > 0)
        for pair in pairs:
            if pair.bearing.relation == "differs":
                assert pair.estimate.id in there, f"{claim}: what differs is always drawn"
        assert look.text_faults(chart) == [], claim
        assert look.smallest_text(chart) >= 9.5


def test_the_matrix_has_a_word_in_every_cell_of_the_table(case: Case, look):
    chart = charts.matrix(case)
    assert len(chart.data) == case.matrix().size
    assert chart.data["relation"].str.len().gt(0).all() and look.text_faults(chart) == []


def test_every_comparable_voice_is_in_the_dumbbell_and_every_claim_named(case: Case, look):
    chart = charts.dumbbell(case)
    compared = case.compare()
    voices = compared[compared["voice"] & (compared["relation"] != "not comparable")]
    drawn = set(zip(chart.data["claim"], chart.data["estimate"], strict=True))
    assert drawn == set(zip(voices["claim"], voices["estimate"], strict=True))
    assert look.text_faults(chart) == []


def test_every_statement_that_several_pages_repeat_is_drawn_with_all_its_wordings(case: Case, look):
    groups = case.drift_summary().set_index("group")
    for group, summary in groups.iterrows():
        chart = charts.drift(case, group)
        assert sum(map(len, chart.data["statements"])) == summary["statements"], group
        assert (chart.data["changes"] != "").sum() == summary["distorted"], group
        assert look.text_faults(chart) == [], group


def test_every_measure_with_a_dated_figure_has_a_timeline(case: Case, look):
    drawn = 0
    for measure in {claim.measure for claim in case.article.claims}:
        chart = charts.timeline(case, measure)
        drawn += not chart.data.empty
        assert look.text_faults(chart) == [], measure
    assert drawn


def test_the_verdicts_at_no_tolerance_are_those_of_the_case(case: Case, look):
    chart = charts.sensitivity(case)
    first = chart.data.drop_duplicates("claim").set_index("claim")["verdict"]
    assert dict(first) == dict(case.verdicts().set_index("claim")["verdict"])
    assert look.text_faults(chart) == []

"""The agreement matrix: every cell a symbol and a word."""

from __future__ import annotations

import pytest

from tallybook import charts

RELATIONS = ("agrees", "supports", "compatible", "differs", "not comparable")


def cell(chart: charts.Chart, claim: str, family: str) -> str:
    data = chart.data
    return data[(data["claim"] == claim) & (data["family_name"] == family)]["relation"].item()


def test_every_cell_is_drawn_with_its_word(case):
    chart = charts.matrix(case)
    assert len(chart.data) == 3 * 2
    assert cell(chart, "over", "Moon") == "agrees"
    assert cell(chart, "over", "Mars") == "differs"
    said = [text.get_text() for text in chart.figure.axes[0].texts]
    for relation, count in chart.data["relation"].value_counts().items():
        assert said.count(relation) == count


def test_an_empty_cell_is_no_figure(kit):
    rows = [kit.estimate("a", 10000.0), kit.estimate("b", 250.0, measure="shells", family_name="Mars")]
    pairs = [
        kit.compared(rows[0], "over", "agrees", voice=True),
        kit.compared(rows[1], "rate", "agrees", voice=True),
    ]
    chart = charts.matrix(kit.TablesOnly(rows, pairs))
    assert cell(chart, "over", "Mars") == "no figure"
    assert "no figure: 1" in chart.alt


def test_the_claim_s_own_source_is_told(case):
    chart = charts.matrix(case)
    assert "own word" in [text.get_text() for text in chart.figure.axes[0].texts]
    assert "agrees: Moon (own word)" in chart.alt


def test_relations_differ_in_shape_and_not_only_in_colour(kit):
    rows = [kit.estimate(f"e{n}", 1.0, family_name=f"F{n}") for n in range(len(RELATIONS))]
    pairs = [kit.compared(row, "over", said, voice=True) for row, said in zip(rows, RELATIONS, strict=True)]
    figure = charts.matrix(kit.TablesOnly(rows, pairs)).figure
    shapes: dict[tuple[float, ...], set[tuple[object, ...]]] = {}
    for line in figure.axes[0].lines:
        if line.get_marker() not in (None, "None", "") and line.get_markersize() > 3:
            hollow = (
                line.get_markerfacecolor() == figure.get_facecolor()
                or line.get_markerfacecolor() == "#fdfdfc"
            )
            key = (line.get_ydata()[0],)
            shapes.setdefault(key, set()).add((line.get_marker(), line.get_fillstyle(), hollow))
    signs = [frozenset(sign) for sign in shapes.values()]
    assert len(signs) == len(set(signs)) == len(RELATIONS)


def test_many_claims_and_long_names_stay_legible(case, kit):
    assert kit.text_faults(charts.matrix(case)) == []
    assert kit.smallest_text(charts.matrix(case)) >= 9.5
    rows = [
        kit.estimate(f"e{n}", 1.0, family_name=f"{n} A very long name of a family of services " * 4)
        for n in range(12)
    ]
    pairs = [
        kit.compared(row, claim, "not comparable", voice=True)
        for row in rows
        for claim in ("over", "upto", "rate")
    ]
    assert kit.text_faults(charts.matrix(kit.TablesOnly(rows, pairs))) == []


def test_a_case_with_nothing_beside_its_claims_is_refused(kit):
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.matrix(kit.TablesOnly([], []))

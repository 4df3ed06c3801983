"""The agreement matrix: every cell the sign and the word of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable

from tallybook import charts
from tallybook.charts.style import colour
from tallybook.tables.case import Case
from tallybook.terms import Relation

Make = Callable[..., Case]


def test_every_cell_is_drawn_with_its_word(bread, look):
    chart = charts.matrix(bread)
    assert len(chart.data) == 2 * 4
    drawn = look.texts(chart)
    for relation, count in chart.data["relation"].value_counts().items():
        assert drawn.count(relation) == count


def test_the_signs_are_those_of_the_vocabulary(bread, look):
    chart = charts.matrix(bread)
    said = [Relation(word) for word in look.texts(chart) if word in list(Relation)]
    signs = [text for text in look.texts(chart) if text in {relation.sign for relation in Relation}]
    assert signs == [relation.sign for relation in said] and len(set(signs)) >= 3


def test_no_two_relations_share_a_sign():
    assert len({relation.sign for relation in Relation}) == len(Relation)


def test_the_claim_s_own_side_is_named_and_not_blue(bread):
    chart = charts.matrix(bread)
    words = chart.figure.axes[0].texts
    own = next(number for number, text in enumerate(words) if text.get_text() == "own side")
    assert words[own - 1].get_text() == "agrees" and words[own - 1].get_color() == colour("aside")
    assert "agrees: Origin A (own side)" in chart.alt or "Origin A (own word)" in chart.alt


def test_a_group_without_a_figure_has_an_empty_cell_that_says_so(small_case: Make):
    said = [
        {"origin": "b", "words": "nine loaves"},
        {"origin": "c", "measure": "crumbs", "words": "two crumbs"},
    ]
    claims = [{"words": "nine loaves"}, {"words": "two crumbs", "measure": "crumbs"}]
    chart = charts.matrix(small_case(said, claims))
    cells = chart.data.set_index(["claim", "family_name"])["relation"]
    assert cells["c0", "Origin C"] == "no figure" and cells["c1", "Origin C"] == "agrees"
    assert "no figure: 1" in chart.alt


def test_the_words_for_the_ear_name_who_differs_first(bread):
    line = charts.matrix(bread).alt.split("“over ten loaves” – ")[1]
    assert line.startswith("differs: Origin C; agrees:")


def test_no_word_of_a_claim_is_broken_in_its_column(small_case: Make, look):
    words = ["heartrending loss of nine loaves", "nine loaves", "90 loaves", "nineteen loaves"]
    said = [{"origin": "b", "words": "nine loaves"}]
    chart = charts.matrix(small_case(said, [{"words": one} for one in words]))
    assert any("heartrending" in text for text in look.texts(chart))
    assert look.text_faults(chart) == []


def test_a_case_with_nothing_beside_its_claims_says_so(small_case: Make, look):
    chart = charts.matrix(small_case([], [{"words": "nine loaves"}]))
    assert look.texts(chart)[-1] == chart.caption == "No source gives a figure for any claim."
    assert chart.alt.endswith(chart.caption) and chart.data.empty

"""The sensitivity plot: each verdict along the tolerance, and where it flips."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from tallybook import charts
from tallybook.charts.style import colour
from tallybook.tables.case import Case

Make = Callable[..., Case]


@pytest.fixture
def flipping(small_case: Make) -> Case:
    """c differs from the first claim until the tolerance is large; nobody speaks of the second."""
    said = [{"origin": "b", "words": "100 loaves"}, {"origin": "c", "words": "70 loaves"}]
    claims = [{"words": "100 loaves", "origin": "a"}, {"words": "two crumbs", "measure": "crumbs"}]
    return small_case(said, claims)


def test_every_stretch_of_the_record_is_drawn(flipping):
    table = flipping.sensitivity()
    data = charts.sensitivity(flipping).data
    assert list(data["verdict"]) == list(table["verdict"]) and len(data) > 2
    assert (
        data.groupby("claim")["low"].min().eq(0).all() and data.groupby("claim")["high"].max().eq(0.5).all()
    )


def test_every_verdict_stands_in_its_bar_or_in_the_sentence_below(flipping, look):
    chart = charts.sensitivity(flipping)
    assert all(any(word in text for text in look.texts(chart)) for word in chart.data["verdict"])


def test_the_flip_is_marked_with_its_percentage_and_told_in_a_sentence(flipping, look):
    chart = charts.sensitivity(flipping)
    flips = chart.data[chart.data["low"] > 0]
    pointers = [line for line in chart.figure.axes[0].lines if line.get_marker() == "v"]
    assert len(pointers) == len(flips)
    assert any(text.startswith("Disputed up to ") and ", then " in text for text in look.texts(chart))


def test_a_verdict_that_never_changes_says_so(small_case: Make, look):
    chart = charts.sensitivity(small_case([], [{"words": "nine loaves"}]))
    assert "Stays unsourced at every tolerance up to 50%" in look.texts(chart)
    assert "no verdict changes up to 50%" in chart.alt
    assert "Pointer" not in chart.caption and "blue" not in chart.caption.lower()


def test_on_a_page_each_stretch_is_a_bar_with_its_verdict_in_words(flipping):
    chart = charts.sensitivity(flipping)
    row, quiet = BeautifulSoup(chart.page, "html.parser").select("tr:has(td.value)")
    words = [name.get_text() for name in row.select("td.value .name")]
    flips = chart.data[chart.data["claim"] == "c0"]
    assert len(row.select("td.track rect.r")) == len(words) == len(flips) > 1
    assert words[0].startswith("disputed up to ") and " from " in words[-1]
    assert quiet.select_one("td.value").get_text(" ", strip=True) == "unsourced at every tolerance up to 50%"
    assert quiet.select_one("td.track g.hollow") and not row.select_one("td.track g.m-differ.hollow")


def test_the_words_for_the_ear_tell_every_stretch_and_how_many_flip(flipping):
    alt = charts.sensitivity(flipping).alt
    assert "1 of 2 verdicts changes up to 50%" in alt
    assert "“100 loaves” – disputed from 0% to " in alt


def test_the_word_of_a_verdict_has_the_colour_of_its_kind(flipping):
    words = {text.get_text(): text.get_color() for text in charts.sensitivity(flipping).figure.axes[0].texts}
    assert words["disputed"] == colour("differ") and words["unsourced"] == colour("aside")

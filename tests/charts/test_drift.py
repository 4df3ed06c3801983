"""The drift plot: one statement, its wordings from the origin outwards, and what became of them."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest

from tallybook import UnknownName, charts, open_book
from tallybook.charts.drift import PLAIN_CODES

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = '<script>alert("1")</script> $x^2_{$ \u202egnp.exe\x00 שלום عدد'
CODES = [
    "bound_added", "bound_dropped", "bound_changed", "number_changed", "range_end_picked", "or_to_and",
    "unit_changed", "measure_swapped", "scope_changed", "date_dropped", "status_changed",
]  # fmt: skip


def texts(chart: charts.Chart) -> list[str]:
    return [text.get_text() for text in chart.figure.axes[0].texts]


def of(kit, *rows):
    return charts.drift(kit.TablesOnly([], [], drift=list(rows)), "briefing")


def test_the_closest_wording_comes_first_then_step_by_step(case):
    data = charts.drift(case, "briefing").data
    troops = data[data["measure"] == "troops"]
    assert list(troops["statement"]) == ["ministry", "wire", "lede", "mostly", "late"]
    assert list(troops["step"]) == [0, 1, 1, 1, 3]


def test_identical_faithful_wordings_are_one_row_with_their_pages(case):
    chart = charts.drift(case, "briefing")
    row = chart.data.set_index("statement").loc["wire"]
    assert row["pages"] == 2 and row["statements"] == ("wire", "copy")
    assert any("2 pages print it so" in text for text in texts(chart))


def test_every_statement_is_drawn_or_folded(case):
    chart = charts.drift(case, "briefing")
    told = [name for names in chart.data["statements"] for name in names]
    assert sorted(told) == sorted(case.drift("briefing")["statement"])


def test_what_happened_is_said_in_plain_words(case):
    chart = charts.drift(case, "briefing")
    assert chart.data.set_index("statement").loc["lede", "changes"] == "lost its bound, another scope"
    said = texts(chart)
    assert "lost its bound, another scope" in said and "faithful" in said
    assert "slight: another number" in said
    assert "“Over” is gone." in said, "a material change gives its reason"


def test_a_material_change_is_told_by_word_weight_and_shape_not_by_colour_alone(case):
    chart = charts.drift(case, "briefing")
    words = [text for text in chart.figure.axes[0].texts if text.get_text() == "material:"]
    assert len(words) == 3 and all(word.get_fontweight() == "bold" for word in words)
    assert "material: lost its bound, another scope" in chart.alt
    shapes = {line.get_marker() for line in chart.figure.axes[0].lines}
    assert {"o", "^"} <= shapes


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_plain_words(code, kit):
    assert set(PLAIN_CODES) == set(CODES)
    rows = [
        kit.wording("a", 10.0, closest=True, step=0),
        kit.wording("b", 10.0, against="a", codes=code, material=True),
    ]
    assert PLAIN_CODES[code] in of(kit, *rows).alt


def test_a_code_of_tomorrow_is_still_readable(kit):
    rows = [
        kit.wording("a", 10.0, closest=True, step=0),
        kit.wording("b", 10.0, against="a", codes="name_lost"),
    ]
    assert list(of(kit, *rows).data["changes"]) == ["", "name lost"]


def test_each_measure_has_its_own_panel_and_scale(case):
    said = texts(charts.drift(case, "briefing"))
    assert "Soldiers sent" in said and "Shells delivered in a month" in said
    assert "soldiers" in said and "shells a month" in said


def test_a_wording_stands_in_the_panel_of_the_one_it_is_held_against(kit):
    chart = of(
        kit,
        kit.wording("all", 10.0, closest=True, step=0, scope="every_front"),
        kit.wording("front", 3.0, closest=True, step=0, scope="the_front"),
        kit.wording("front-copy", 3.0, scope="the_front", against="front"),
        kit.wording("stray", 3.0, scope="every_front", against="front", codes="scope_changed"),
        kit.wording("guns", 10.0, measure="shells", unit="shell", against="all", codes="measure_swapped"),
    )
    assert list(chart.data["statement"]) == ["all", "guns", "front", "front-copy", "stray"]
    assert {"Soldiers sent (every front)", "Soldiers sent (the front)"} <= set(texts(chart))
    assert chart.data["on_scale"].all()


def test_a_share_has_no_place_on_a_scale_of_counts(kit):
    first = kit.wording("all", 10.0, closest=True, step=0)
    share = kit.wording(
        "share", 0.4, unit="fraction", words="40 percent", against="all", codes="unit_changed"
    )
    chart = of(kit, first, share)
    assert list(chart.data["on_scale"]) == [True, False]
    assert "Without a number on the scale: “40 percent”." in chart.caption
    assert "“40 percent” = over 40%" in chart.alt


def test_a_single_measure_needs_no_heading(kit):
    assert "Soldiers sent" not in texts(of(kit, kit.wording("a", 10.0, closest=True, step=0)))


def test_words_without_a_number_have_no_mark_and_are_named(case):
    chart = charts.drift(case, "briefing")
    assert "Without a number on the scale: “most of them”." in chart.caption
    assert "“most of them” = no number" in chart.alt


def test_alt_text_counts_statements_and_changes(case):
    chart = charts.drift(case, "briefing")
    assert "8 statements, 4 changed on the way, 3 of them materially" in chart.alt
    assert "Ministry of the Moon, 13 Nov 2024: “over 10,000 soldiers”" in chart.alt


def test_a_group_without_a_closest_wording_or_a_number_is_still_drawn(kit):
    loose = of(kit, kit.wording("a", 10.0), kit.wording("b", 12.0, codes="number_changed"))
    assert "Shaded" not in loose.caption and len(loose.data) == 2
    bare = of(
        kit, kit.wording("a", math.nan, zone_low=math.nan, zone_high=math.nan, words="many", closest=True)
    )
    assert "soldiers" not in texts(bare) and kit.text_faults(bare) == []


def test_a_page_without_a_date_or_publisher_is_told_as_such(kit):
    chart = of(kit, kit.wording("a", 10.0, published=pd.NaT, publisher=None, closest=True, step=0))
    assert "publisher not named, no date" in chart.alt


def test_words_in_a_script_without_letters_here_are_given_as_read(kit):
    chart = of(kit, kit.wording("ko", 91.0, words="3개월도 안 되는", language="ko", said="under 3 months"))
    assert "under 3 months (in Korean)" in texts(chart)


def test_a_crowd_of_relays_is_cut_and_counted(kit):
    rows = [kit.wording(f"r{n}", 10.0 + n, against="r0", codes="number_changed", step=n) for n in range(50)]
    chart = of(kit, *rows)
    assert len(chart.data) == 30 and "20 statements more stand in the table." in chart.caption
    assert "Not drawn: 20 statements." in chart.alt
    assert kit.text_faults(chart) == []


def test_every_text_is_legible_and_the_bytes_are_the_same(case, kit):
    chart = charts.drift(case, "briefing")
    assert kit.text_faults(chart) == []
    assert kit.smallest_text(chart) >= 9.5
    assert chart.svg == charts.drift(case, "briefing").svg


def test_hostile_and_endless_words_are_text(kit):
    for words in (HOSTILE, "w" * 400, "a very long sentence " * 40):
        first = kit.wording("a", 10.0, words=words, publisher=words, what=words, closest=True, step=0)
        other = kit.wording("b", 900.0, words=words, publisher=words, what=words, codes="number_changed",
                            against="a", material=True, why=words)  # fmt: skip
        chart = of(kit, first, other)
        assert kit.text_faults(chart) == []
        ET.fromstring(chart.svg)
        assert "<script" not in chart.svg + chart._repr_html_()
        assert "\u202e" not in chart.alt and "\x00" not in chart.alt


def test_an_unknown_group_names_the_nearest(case, kit):
    with pytest.raises(UnknownName, match=r"no utterance 'briefin'\. Nearest: 'briefing'"):
        charts.drift(case, "briefin")
    with pytest.raises(UnknownName, match=r"There are: none\."):
        charts.drift(kit.TablesOnly([], []), "briefing")


def test_every_statement_of_the_first_case_is_legible_with_all_its_wordings(kit):
    case = open_book(ROOT)["kursk-engineers"]
    groups = case.drift_summary().set_index("group")
    assert len(groups) > 20
    for group, summary in groups.iterrows():
        chart = charts.drift(case, group)
        assert chart.data["pages"].sum() == summary["statements"], group
        assert (chart.data["changes"] != "").sum() == summary["distorted"], group
        assert kit.text_faults(chart) == [], group

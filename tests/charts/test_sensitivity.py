"""The sensitivity plot: each verdict along the tolerance, and where it flips."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tallybook import charts, open_book
from tallybook.charts.sensitivity import _GREY
from tallybook.charts.style import PALETTE, colour

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = '<script>alert("1")</script> $x^2_{$ \u202egnp.exe\x00 שלום عدد'
VERDICTS = {
    "corroborated": "agree", "supported": "agree", "disputed": "differ", "contradicted": "differ",
    "own word only": "aside", "not tested": "aside", "unsourced": "aside",
}  # fmt: skip


def texts(chart: charts.Chart) -> list[str]:
    return [text.get_text() for text in chart.figure.axes[0].texts]


def of(kit, *stretches, flips=()):
    return charts.sensitivity(kit.TablesOnly([], [], stretches=list(stretches), flips=list(flips)))


def test_every_stretch_is_drawn_with_its_verdict(case):
    chart = charts.sensitivity(case)
    assert list(zip(chart.data["low"], chart.data["high"], chart.data["verdict"], strict=True))[:2] == [
        (0.0, 0.22, "disputed"),
        (0.22, 0.5, "supported"),
    ]
    said = " ".join(texts(chart))
    for verdict in chart.data["verdict"]:
        assert verdict in said


def test_the_flip_is_marked_with_its_percentage(case):
    chart = charts.sensitivity(case)
    assert {"22%", "3%", "47%"} <= set(texts(chart))
    pointers = [line for line in chart.figure.axes[0].lines if line.get_marker() == "v"]
    assert len(pointers) == len(chart.data) - chart.data["claim"].nunique()


def test_the_sentence_of_the_table_stands_under_its_bar(case):
    assert "Stays disputed until the tolerance passes 22%" in texts(charts.sensitivity(case))


def test_without_a_sentence_the_chain_of_verdicts_is_told(case):
    data = charts.sensitivity(case).data.drop_duplicates("claim").set_index("claim")
    assert data.loc["rate", "said"] == "Own word only at every tolerance up to 50%"
    assert data.loc["upto", "said"] == (
        "Contradicted up to 3%, then disputed up to 6%, then corroborated up to 47%, then not tested"
    )


def test_a_stretch_too_narrow_for_its_word_has_it_beneath_with_its_ends(case):
    said = texts(charts.sensitivity(case))
    assert "disputed, 3% to 6%" in said and "not tested, 47% to 50%" in said
    assert "corroborated" in said


def test_neighbours_of_one_verdict_are_one_stretch(kit):
    chart = of(
        kit, kit.stretch("a", "ten", 0.0, 0.1, "disputed"), kit.stretch("a", "ten", 0.1, 0.5, "disputed")
    )
    assert list(chart.data["high"]) == [0.5]


def test_other_dials_are_left_to_their_table(kit):
    kept = kit.stretch("a", "ten", 0.0, 0.5, "disputed")
    window = kit.stretch("a", "ten", 0.0, 0.5, "supported") | {"dial": "window"}
    other = kit.flip("a", "disputed", "30 days", "supported", "needs 30 days") | {"dial": "window"}
    chart = of(kit, kept, window, flips=[other])
    assert list(chart.data["verdict"]) == ["disputed"] and "30 days" not in chart.alt


@pytest.mark.parametrize(("verdict", "role"), VERDICTS.items())
def test_the_word_of_a_verdict_has_the_colour_of_its_kind(verdict, role, kit):
    chart = of(kit, kit.stretch("a", "ten", 0.0, 0.5, verdict))
    words = [text for text in chart.figure.axes[0].texts if text.get_text() == verdict]
    assert [word.get_color() for word in words] == [colour(role)]


def test_alt_text_tells_every_stretch_and_how_many_flip(case):
    chart = charts.sensitivity(case)
    assert "“over 10,000 soldiers” – disputed from 0% to 22%; supported from 22% to 50%" in chart.alt
    assert "2 of 3 verdicts change up to 50%" in chart.alt
    assert "2 of 3 verdicts change up to 50%" in texts(chart)


def test_verdicts_that_never_flip_have_no_pointer(kit):
    chart = of(kit, kit.stretch("a", "ten", 0.0, 0.5, "unsourced"))
    assert "Pointer" not in chart.caption and "blue" not in chart.caption.lower()
    assert "no verdict changes up to 50%" in chart.alt


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_word_on_a_grey_stretch_has_contrast_enough(scheme):
    paper, grid, word = (hex_parts(PALETTE[role][scheme]) for role in ("paper", "grid", "aside"))
    ground = [_GREY * over + (1 - _GREY) * under for over, under in zip(grid, paper, strict=True)]
    light, dark = sorted((luminance(word), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def hex_parts(text: str) -> list[float]:
    return [int(text[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def luminance(parts: list[float]) -> float:
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("start", [0.0, 0.2, 0.44])
def test_many_narrow_stretches_keep_their_words_apart(start, kit):
    words = list(VERDICTS)
    ends = [start + 0.005 * n for n in range(12)]
    rows = [kit.stretch("a", "ten", 0.0, start, "unsourced")] if start else []
    rows += [
        kit.stretch("a", "ten", low, high, words[n % 7])
        for n, (low, high) in enumerate(zip(ends, [*ends[1:], 0.5], strict=True))
    ]
    chart = of(kit, *rows)
    assert kit.text_faults(chart) == []
    assert all(any(verdict in text for text in texts(chart)) for verdict in words)


def test_every_text_is_legible_and_the_bytes_are_the_same(case, kit):
    chart = charts.sensitivity(case)
    assert kit.text_faults(chart) == []
    assert kit.smallest_text(chart) >= 9.5
    assert chart.svg == charts.sensitivity(case).svg


def test_hostile_and_endless_words_are_text(kit):
    for words in (HOSTILE, "w" * 400, "a very long sentence " * 40):
        row = kit.stretch("a", words, 0.0, 0.3, words), kit.stretch("a", words, 0.3, 0.5, "supported")
        chart = of(kit, *row, flips=[kit.flip("a", words, "30%", words, words)])
        assert kit.text_faults(chart) == []
        ET.fromstring(chart.svg)
        assert "<script" not in chart.svg + chart._repr_html_()
        assert "\u202e" not in chart.alt and "\x00" not in chart.alt


def test_a_case_without_verdicts_is_refused(kit):
    with pytest.raises(ValueError, match="no claim with a verdict"):
        of(kit)


def test_the_first_case_has_a_bar_a_claim_with_its_sentence(kit):
    case = open_book(ROOT)["kursk-engineers"]
    chart = charts.sensitivity(case)
    assert set(chart.data["claim"]) == set(case.figures()["claim"])
    first = chart.data.drop_duplicates("claim").set_index("claim")["verdict"]
    assert dict(first) == dict(case.verdicts().set_index("claim")["verdict"])
    told = case.robustness().query("dial == 'tolerance'").set_index("claim")["said"]
    drawn = chart.data.drop_duplicates("claim").set_index("claim")["said"]
    assert {claim: said.lower() for claim, said in drawn.items()} == dict(told.str.lower())
    assert kit.text_faults(chart) == []

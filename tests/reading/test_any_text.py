"""What holds for any string: exact offsets, no exception, the same answer twice, linear time."""

from __future__ import annotations

import gc
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tallybook.reading
from tallybook.reading import Mention, Reading, read
from tallybook.terms import Modifier

_PIECES = [
    *[
        "about",
        "over",
        "“",
        "”",
        "(",
        ")",
        "[",
        "]",
        "-",
        "–",
        "to",
        "and",
        "or",
        "between",
        "from",
        "of",
        "per",
        "a",
        "an",
        "one",
        "two",
        "half",
        "third",
        "hundred",
        "thousand",
    ],
    *[
        "million",
        "1",
        "12",
        "1,000",
        "10",
        "000",
        "2014",
        ".5",
        "½",
        "152",
        "mm",
        "$",
        "€",
        "%",
        "US",
        "£",
        "-3",
        "F-16",
        "May",
        "Jan.",
        "no",
        "most",
        "none",
        "dozens",
        "couple",
    ],
    *[
        "several",
        "point",
        "×",
        "10",
        "^",
        "²",
        "soldiers",
        "shells",
        "died",
        "North",
        "Korean",
        "years",
        "old",
        "a.m.",
        "5G",
        "doubled",
        "sixfold",
        "rose",
        "by",
    ],
    *["at", "least", "more", "than", "or", "so", "!", "?", ".", ",", "İ", "́", "٣"],
    "\n",
]
_NEWS = st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join)


def _check(reading: Reading, text: str) -> None:
    for mention in [*reading, *reading.asides]:
        assert text[mention.start : mention.end] == mention.words != ""
        begin, end = mention.sentence
        assert begin <= mention.start < mention.end <= end
    starts = [mention.start for mention in reading]
    assert starts == sorted(starts)
    for mention in reading:
        assert mention.low <= mention.high
        assert mention.modifier not in mention.hedges
        assert mention.quantity.low == mention.low


@given(st.text(max_size=200))
def test_any_characters(text: str) -> None:
    _check(read(text), text)


@given(_NEWS)
def test_any_words(text: str) -> None:
    reading = read(text)
    _check(reading, text)
    assert reading == read(text)
    assert reading.asides == read(text).asides or any(a.low != a.low for a in reading.asides)


@given(_NEWS)
def test_marked_text_shows_every_character_once(text: str) -> None:
    page = read(text + " <script>alert(1)</script>")._repr_html_()
    assert "<script>" not in page


@pytest.mark.parametrize(
    "piece",
    [
        "1,",
        "thousand ",
        "–",
        "\u0301",
        "1 to ",
        "1-",
        "1-, ",
        "1 of ",
        "Jan 1 ",
        "(",
        "!",
        '!"',
        "about ",
        "no x ",
        "“1",
        "1",
    ],
)
def test_cost_grows_in_a_straight_line(piece: str) -> None:
    """Eight times the text costs about eight times as much; a square would cost sixty-four times."""

    def cost(characters: int) -> float:
        text = piece * (characters // len(piece))
        begin = time.process_time()
        read(text)
        return time.process_time() - begin

    read("warm up 1")
    gc.disable()  # a collection of what other tests left would be counted as ours
    try:
        short = min(cost(5_000) for _ in range(3))
        long = min(cost(40_000) for _ in range(2))
    finally:
        gc.enable()
    assert long < 24 * max(short, 0.0005)


def test_a_dense_megabyte_ends() -> None:
    """Marks and words that begin no number, a megabyte of each."""
    for piece in ("–", "!", "\u0301", "about ", "(", "1"):
        begin = time.process_time()
        read(piece * (1_000_000 // len(piece)))
        assert time.process_time() - begin < 10


def test_unknown_language() -> None:
    with pytest.raises(LookupError, match="xx"):
        read("5 men", language="xx")


def test_reading_is_a_sequence() -> None:
    reading = read("Some 300 men and 20 women left on May 28.")
    assert len(reading) == 2
    assert isinstance(reading[0], Mention)
    assert reading[0].modifier is Modifier.ABOUT
    assert [mention.unit for mention in reading[:]] == ["man", "woman"]
    assert [aside.kind for aside in reading.asides] == ["date"]


def test_sentence_of_each_mention() -> None:
    text = "Mr. Lee saw 3 ships. Dr. Kim saw 4 boats."
    sentences = [text[slice(*mention.sentence)] for mention in read(text)]
    assert sentences == ["Mr. Lee saw 3 ships.", "Dr. Kim saw 4 boats."]


def test_no_group_is_repeated_possessively() -> None:
    """Python 3.11 before 3.11.5, which Debian 12 has, matches "(?:,\\d{3})++" wrongly."""
    files = sorted(Path(tallybook.reading.__file__).parent.rglob("*.py"))
    assert len(files) > 20
    for file in files:
        code = file.read_text(encoding="utf-8")
        assert not re.search(r"[)][*+?][+]|\)\{[\d,]+\}\+|\(\?>", code), file.name

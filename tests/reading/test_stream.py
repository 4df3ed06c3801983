"""A text read in blocks: the mentions of the whole, wherever the blocks end, in bounded memory."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import tallybook
from tallybook.reading import Mention, read, read_blocks, read_file
from tallybook.reading.stream import LONGEST_STRETCH
from tallybook.reading.text import sentences

_PIECES = [
    "over 10,000 men", "5", "1,5", "half", "e.g. ", "Mr. Lee", "U", "Nine", "three minutes", "3 min read",
    "14 hours ago", "shells per month", "word", "wort", "a", ".5", "5.", ".", "!", "?", "...", "…", "”", ")",
    "'", "“", "(", "[", "((", " ", "  ", "\t", "\u00a0", "\n", "\n\n", "\r\n", ". ", ".\n", ", ", "1 2 3 4 ",
    "12;", "-", "İ", "\u0301", "中文", "٣", "\x1c", "\x85",
]  # fmt: skip
_LONG = st.tuples(st.sampled_from([*_PIECES, "x", "1 ", "1,", "1\n", "ab ", "!)"]), st.integers(20, 120))
_TEXT = st.lists(
    st.one_of(
        st.sampled_from(_PIECES),
        st.sampled_from(_PIECES),
        st.text(max_size=4),
        _LONG.map(lambda pair: pair[0] * pair[1]),
    ),
    max_size=40,
).map("".join)


class Pieces:
    """A stream that hands out what it likes, up to what was asked."""

    def __init__(self, text: str, seed: int) -> None:
        self._text, self._at, self._random = text, 0, random.Random(seed)

    def read(self, n: int) -> str:
        size = self._random.randint(1, n)
        piece = self._text[self._at : self._at + size]
        self._at += size
        return piece


def in_blocks(text: str, block: int, seed: int = 0) -> tuple[list[Mention], list[Mention]]:
    figures: list[Mention] = []
    asides: list[Mention] = []
    whole = ""
    for offset, reading in read_blocks(Pieces(text, seed), block=block):
        assert offset == len(whole) and reading.text
        whole += reading.text
        figures += [mention.moved(offset) for mention in reading]
        asides += [mention.moved(offset) for mention in reading.asides]
    assert whole == text
    return figures, asides


def plain(mentions: list[Mention] | tuple[Mention, ...]) -> list[tuple[object, ...]]:
    """The mentions as plain values, with nan, which equals nothing, as a word."""
    return [tuple("nan" if isinstance(x, float) and math.isnan(x) else x for x in m) for m in mentions]


def assert_the_same(text: str, block: int, seed: int = 0) -> None:
    figures, asides = in_blocks(text, block, seed)
    reading = read(text)
    assert plain(figures) == plain(tuple(reading))
    assert plain(asides) == plain(reading.asides)


@given(_TEXT, st.integers(1, 400), st.integers(0, 5))
@example("Mr.\n. Hello 5 men", 1, 0)
@example("e.g. Nine men. 5\n. Then 6 ships", 3, 0)
@example("3 min read\n" + " " * 90 + "x", 1, 0)
@example("a 1 2 3 " + "4 " * 60 + "b. 5 men left.", 1, 0)
def test_blocks_of_any_size_give_the_mentions_of_the_whole(text: str, block: int, seed: int) -> None:
    assert_the_same(text, block, seed)


@given(_TEXT, st.integers(1, 60), st.sampled_from([8, 20, 64]))
def test_long_stretches_are_cut_where_the_whole_is_cut(text: str, block: int, longest: int) -> None:
    """The same with a small limit in place of ``sentences.LONGEST``, so that short texts reach it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "LONGEST", longest)
        assert_the_same(text, block)


@pytest.mark.parametrize(
    "text",
    [
        "Some 300 men and 20 women left on May 28, " * 2000,
        "Some 300 men left on May 28.\n" * 3000,
        "wordswithoutanyspace3" * 4000,
        "no figure and no stop either " * 3000,
        "".join(f"{n},row {n},{n * 7}\n" for n in range(4000)),
        "Figures follow: " + "".join(f"{n} {n * 3}\n" for n in range(9000)) + "and 7 men.",
        "!" * 100_000 + " And 7 men left.",
        "\n" * 70_000 + "7 men" + " " * 70_000 + "left. 8 came.",
    ],
    ids=["no stop", "lines", "no space", "no figure", "rows", "a table", "marks", "white space"],
)
def test_a_long_text_is_read_as_the_whole(text: str) -> None:
    assert len(text) > 65_536
    assert_the_same(text, 1 << 16)


def test_a_table_beyond_all_bounds_is_cut_at_a_line_break() -> None:
    """The one exception: as one piece it would have to be kept as a whole."""
    row = "12 34 56 78\n"
    text = "Table: " + row * (3 * LONGEST_STRETCH // len(row)) + "and 7 men left."
    figures, asides = in_blocks(text, 1 << 16)
    assert [figure.words for figure in figures] == ["7 men"]
    assert {aside.kind for aside in asides} == {"table"} and len(asides) > 1
    assert all(aside.words.endswith("\n") or aside.end > len(text) - 20 for aside in asides)
    assert max(len(aside.words) for aside in asides) <= 2 * LONGEST_STRETCH + (1 << 16)


class Endless:
    """The same line again and again, ``size`` characters of it, made as it is asked for."""

    def __init__(self, line: str, size: int) -> None:
        self._line, self._left, self.given = line, size, 0

    def read(self, n: int) -> str:
        n = min(n, self._left)
        self._left -= n
        self.given += n
        return (self._line * (n // len(self._line) + 1))[:n]


@pytest.mark.parametrize(
    ("line", "most"),
    [
        ("Over 10 men left.\n", 2 << 16),
        ("over 10 men left ", 2 << 16),
        ("x", 2 << 16),
        ("1 2\n", 3 * LONGEST_STRETCH),
        ("!", 3 * LONGEST_STRETCH),
    ],
)
def test_memory_does_not_grow_with_the_text(line: str, most: int) -> None:
    """What has been taken from the stream and not yet been read is all that is held."""
    stream = Endless(line, 600_000)
    done = 0
    for offset, reading in read_blocks(stream):
        assert stream.given - done <= most
        done = offset + len(reading.text)
    assert done == stream.given == 600_000


def test_no_text_has_no_block() -> None:
    assert list(read_blocks(io.StringIO(""))) == []


def test_unknown_language() -> None:
    with pytest.raises(LookupError, match="xx"):
        next(read_blocks(io.StringIO("5 men"), language="xx"))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "a text.txt"


def test_a_file_is_read_with_the_offsets_of_the_whole(file: Path) -> None:
    text = "“Nine men” left.\r\nOver 10,000 shells came.\r\n" * 5000
    file.write_bytes(text.encode())
    figures = list(read_file(file))
    assert figures == list(read(text))
    assert all(text[figure.start : figure.end] == figure.words for figure in figures)


def test_a_byte_order_mark_is_no_part_of_the_text(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf5 men")
    assert [(figure.words, figure.start) for figure in tallybook.read_file(file)] == [("5 men", 0)]


def test_what_cannot_be_read_is_raised(file: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(read_file(file))
    with pytest.raises(OSError):
        list(read_file(file.parent))
    file.write_bytes(b"5 men\n\xff")
    with pytest.raises(UnicodeDecodeError):
        list(read_file(file))

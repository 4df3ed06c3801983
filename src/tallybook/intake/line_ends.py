"""Lines of a printed text as paragraphs: what a line's end has parted is put together again, and marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from tallybook.intake.blocks import Blocks, tells_number

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,3}")
_CUT = re.compile(r"(?P<word>[^\W_]{1,40})(?P<hyphen>[-\u2010\u00ad\ufffe])\Z")
_REST = re.compile(r"[^\W_]{1,40}")
_SURE = "\u00ad\ufffe"
"""Hyphens that are there for the line's end alone."""


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """The words of a text, in small letters: what has been cut in two may stand whole elsewhere."""
    return frozenset(word.casefold() for line in lines for word in _WORD.findall(line))


def write_line(blocks: Blocks, line: str, known: Collection[str] = ()) -> None:
    """A line that ends somewhere in a sentence, behind what was written before it.

    ``known``: the words of the whole text (:func:`words_of`).
    """
    if blocks.empty:
        blocks.write(line)
        return
    cut = _CUT.search(blocks.last_word)
    rest = _REST.match(line)
    if not (cut and rest):
        blocks.line_break()
        blocks.write(line)
        return
    first, second = cut["word"], rest[0]
    keeps = _keeps_hyphen(first, second, cut["hyphen"], known)
    blocks.take_back(1)
    start = blocks.here - len(first)
    blocks.write(f"-{line}" if keeps else line)
    read = f"{first}-{second}" if keeps else f"{first}{second}"
    blocks.mark(
        start,
        start + len(read),
        "line-end hyphen",
        f"“{first}” and “{second}” stand on two lines: read as “{read}”.",
    )


def _keeps_hyphen(first: str, second: str, hyphen: str, known: Collection[str]) -> bool:
    """Whether a word had its hyphen before the line's end came.

    The text itself knows best; otherwise numbers and names keep theirs ("40-year-old", "forty-five",
    "Franco-British"), and other words lose it.
    """
    joined, parted = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
    if joined in known or parted in known:
        return joined not in known
    if hyphen in _SURE and not (first[-1].isdigit() or second[0].isdigit()):
        return tells_number(first) and tells_number(second)
    return (
        any(c.isdigit() for c in first + second)
        or second[0].isupper()
        or tells_number(first)
        or tells_number(second)
    )

"""Are the quotations of an article in its text, where their anchors say? The text itself is never kept."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tallybook.book.book import Book
from tallybook.book.problems import BookError, quoted_value
from tallybook.book.records import Anchor, Article
from tallybook.book.text_files import read_text
from tallybook.book.yaml_lines import KeyPath

MOST_PLACES = 100_000
"""No text repeats a quotation so often: more places of it are not looked at."""


def check_quotes(book: Book, article: Article, file: Path) -> list[str]:
    """What was found, in plain lines; BookError with every quotation that is not where its anchor says.

    Paragraph, prefix, suffix and offsets must hold at one place of the text. A paragraph is a line that is
    not blank, counted from 1.
    """
    text = read_text(file)
    paragraphs = _Paragraphs(text)
    anchors = list(_anchors(article))
    wrong = [(path, message) for path, anchor in anchors if (message := _misplaced(anchor, text, paragraphs))]
    if wrong:
        name = f"claims/{article.id}.yaml"
        raise BookError(book.problem(name, (*path, "exact"), message) for path, message in wrong)
    found = [f"all {len(anchors)} quotations of {article.id} are in {file}"]
    if article.text and hashlib.sha256(text.encode()).hexdigest() != article.text.sha256:
        found.append(f"note: {file} is not the very text that was read (its SHA-256 differs)")
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """One place where the words of an anchor are: ``paragraph``: None where they run over a line's end."""

    start: int
    end: int
    paragraph: int | None
    between: bool

    def wrong(self, anchor: Anchor) -> list[str]:
        """What the anchor says of the words that does not hold here."""
        found = []
        if self.paragraph != anchor.paragraph:
            here = f"in paragraph {self.paragraph}" if self.paragraph else "over a line's end"
            found.append(f"{here}, not in paragraph {anchor.paragraph}")
        if not self.between:
            found.append("not between their prefix and suffix")
        if anchor.start not in (None, self.start) or anchor.end not in (None, self.end):
            given = "–".join(str(n) for n in (anchor.start, anchor.end) if n is not None)
            found.append(f"at characters {self.start}–{self.end}, not {given}")
        return found


def _misplaced(anchor: Anchor, text: str, paragraphs: _Paragraphs) -> str:
    """What is wrong at the place where the least is; empty where all that the anchor says holds together."""
    words = quoted_value(anchor.exact)
    least: list[str] | None = None
    for place in islice(_places(anchor, text, paragraphs), MOST_PLACES):
        wrong = place.wrong(anchor)
        if not wrong:
            return ""
        if least is None or len(wrong) < len(least):
            least = wrong
    if least is None:
        return f"the words {words} are not in the text."
    return f"the words {words} are {' and '.join(least)}."


def _places(anchor: Anchor, text: str, paragraphs: _Paragraphs) -> Iterator[_Place]:
    """Every place of the words in the text, also where two of them overlap."""
    start = text.find(anchor.exact)
    while start >= 0:
        end = start + len(anchor.exact)
        between = text.endswith(anchor.prefix, 0, start) and text.startswith(anchor.suffix, end)
        yield _Place(start, end, paragraphs.holding(start, end), between)
        start = text.find(anchor.exact, start + 1)


class _Paragraphs:
    """The lines of a text that are not blank, counted from 1, by where they begin."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        start = 0
        for line in text.split("\n"):
            if line.strip():
                self._starts.append(start)
                self._ends.append(start + len(line))
            start += len(line) + 1

    def holding(self, start: int, end: int) -> int | None:
        """The paragraph from ``start`` to ``end``; None where they are not in one."""
        number = bisect_right(self._starts, start)
        return number if number and end <= self._ends[number - 1] else None


def _anchors(article: Article) -> Iterator[tuple[KeyPath, Anchor]]:
    for i, claim in enumerate(article.claims):
        yield ("claims", i, "anchor"), claim.anchor
        for j, also in enumerate(claim.also):
            yield ("claims", i, "also", j), also
    for i, aside in enumerate(article.set_aside):
        yield ("set_aside", i, "anchor"), aside.anchor

"""Words found in a text: every place of them, in which paragraph, and what stands before and behind.

There is one way of finding words: articles, pages and their quotations are all looked for here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from tallybook.book.records import Anchor

MOST_PLACES = 100_000
"""No text repeats a quotation so often: more places of it are not looked at."""

_WITHIN = ".,'’\u00a0\u202f"
"""Marks that stand within a number."""


@dataclass(frozen=True, slots=True)
class Place:
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


def places(anchor: Anchor, text: str, paragraphs: Paragraphs) -> Iterator[Place]:
    """Every place of the words in the text, also where two of them overlap.

    A place within a longer word is one only where prefix and suffix say so.
    """
    for start in islice(_all_starts(anchor.exact, text), MOST_PLACES):
        end = start + len(anchor.exact)
        between = text.endswith(anchor.prefix, 0, start) and text.startswith(anchor.suffix, end)
        said = between and bool(anchor.prefix or anchor.suffix)
        if not said and (_within_a_word(text, start) or _within_a_word(text, end)):
            continue
        yield Place(start, end, paragraphs.holding(start, end), between)


def starts_of(words: str, text: str) -> Iterator[int]:
    """Where some words begin in a text, also where two of them overlap; never within a number or a word.

    "5,000 loaves" does not stand in "15,000 loaves", nor "nine teeth" in "canine teeth".
    """
    for start in islice(_all_starts(words, text), MOST_PLACES):
        if not (_within_a_word(text, start) or _within_a_word(text, start + len(words))):
            yield start


def _all_starts(words: str, text: str) -> Iterator[int]:
    """Also within a word, never within a number."""
    start = text.find(words)
    while start >= 0:
        if not (_within_a_number(text, start) or _within_a_number(text, start + len(words))):
            yield start
        start = text.find(words, start + 1)


def _within_a_number(text: str, at: int) -> bool:
    before, behind = text[max(0, at - 2) : at], text[at : at + 2]
    if not before or not behind:
        return False
    if behind[0].isdigit():
        return before[-1].isdigit() or (before[-1] in _WITHIN and before[:-1].isdigit())
    return before[-1].isdigit() and behind[0] in _WITHIN and behind[1:].isdigit()


def _within_a_word(text: str, at: int) -> bool:
    """Of a writing that has small and capital letters: others write words without spaces."""
    return 0 < at < len(text) and all(
        letter.isalpha() and letter.lower() != letter.upper() for letter in text[at - 1 : at + 1]
    )


class Paragraphs:
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

    def __len__(self) -> int:
        return len(self._starts)

    def holding(self, start: int, end: int) -> int | None:
        """The paragraph from ``start`` to ``end``; None where they are not in one."""
        number = bisect_right(self._starts, start)
        return number if number and end <= self._ends[number - 1] else None

"""Whether two texts are nearly the same, by the rows of five words that they share.

Of each text a sample of fixed size is kept (the smallest of the hashes of its rows), so that thousands of
pages can be held against each other: two samples tell which part of all rows of both texts is in both.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest

NEAR = 0.75
"""Which part of all rows of two texts both have, at least, if they are nearly the same."""

_ROW = 5
_FEWEST = 30
_SAMPLE = 400
_LONGEST = 200_000
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Sample:
    """``rows``: the smallest hashes of the rows of words; ``numbers``: all that are printed in digits."""

    rows: frozenset[int]
    numbers: Counter[str]


def sample_of(text: str) -> Sample | None:
    """None for a text of so few words that likeness would mean nothing."""
    text = text[:_LONGEST]
    words = _WORD.findall(text.casefold())
    if len(words) < _FEWEST:
        return None
    rows = {zlib.crc32(" ".join(words[at : at + _ROW]).encode()) for at in range(len(words) - _ROW + 1)}
    return Sample(frozenset(nsmallest(_SAMPLE, rows)), Counter(_NUMBER.findall(text)))


def likeness(one: Sample, other: Sample) -> float:
    """Which part of all rows of two texts both have, from 0 to 1."""
    both = nsmallest(_SAMPLE, one.rows | other.rows)
    return sum(row in one.rows and row in other.rows for row in both) / len(both)


def other_numbers(one: Sample, other: Sample) -> list[str]:
    """The numbers that only one of two texts has: an update with other figures is no copy."""
    return sorted(set(one.numbers) ^ set(other.numbers))

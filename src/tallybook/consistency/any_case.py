"""Patterns in letters of either case, for looks that find nothing most of the time."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache

_CAPITAL = re.compile(r"\\.|\(\?P<\w+>|\(\?P=\w+\)|[A-Z]")
_SHORT = 100
"""Texts below so many characters are put in small letters anew: looking them up takes as long."""


class AnyCase:
    """A pattern that is asked in small letters first: Python looks for letters of one case several times as
    fast as for those of either, and what is not found in small letters is nowhere."""

    __slots__ = ("_first", "_whole")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._first = re.compile(_CAPITAL.sub(_small, pattern), flags)
        self._whole = re.compile(pattern, flags | re.IGNORECASE)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        if self._first.search(in_small_letters(text), start, end) is None:
            return None
        return self._whole.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        if self._first.match(in_small_letters(text), start, end) is None:
            return None
        return self._whole.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        if self._first.fullmatch(in_small_letters(text), start, end) is None:
            return None
        return self._whole.fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        if self._first.search(in_small_letters(text), start, end) is None:
            return iter(())
        return self._whole.finditer(text, start, end)

    def findall(self, text: str, start: int = 0, end: int = sys.maxsize) -> list[str]:
        if self._first.search(in_small_letters(text), start, end) is None:
            return []
        return self._whole.findall(text, start, end)


def has_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of several words, or beginnings of words, is in a text: asked before a pattern that needs
    one of them is looked for, which takes many times as long."""
    return any(word in text for word in words)


def _small(found: re.Match[str]) -> str:
    """A capital of a pattern as a small letter; of an escape or the name of a group nothing is changed."""
    return found[0].lower() if len(found[0]) == 1 else found[0]


def in_small_letters(text: str) -> str:
    """A text in small letters, each at its place. A few paragraphs are kept: each is asked often."""
    return _lowered(text) if len(text) < _SHORT else _kept(text)


@lru_cache(maxsize=16)
def _kept(text: str) -> str:
    return _lowered(text)


def _lowered(text: str) -> str:
    lowered = text.lower()
    # The capital İ has a small letter of two places.
    return lowered if len(lowered) == len(text) else "".join(char.lower()[:1] for char in text)

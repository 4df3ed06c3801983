"""Patterns in letters of either case, for looks that find nothing most of the time."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol

_CAPITAL = re.compile(r"\\.|\(\?P<\w+>|\(\?P=\w+\)|[A-Z]")
_SHORT = 100
"""Texts below so many characters are put in small letters anew: looking them up takes as long."""


class _Ask(Protocol):
    def __call__(self, text: str, start: int = 0, end: int = ..., /) -> re.Match[str] | None: ...


class AnyCase:
    """A pattern that is asked in small letters first: Python looks for letters of one case several times as
    fast as for those of either, and what is not found in small letters is nowhere."""

    __slots__ = ("_flags", "_pattern", "_patterns", "fullmatch", "match", "search")

    search: _Ask
    match: _Ask
    fullmatch: _Ask

    def __init__(self, pattern: str, flags: int = 0, *, endings: tuple[str, ...] = ()) -> None:
        """``endings``: in small letters, what a stretch ends with wherever the pattern is found in it; of a
        pattern that must reach its end, which is looked for at every place before it otherwise."""
        self._pattern, self._flags = pattern, flags
        self._patterns: tuple[re.Pattern[str], re.Pattern[str]] | None = None
        self.search = _asked(self, "search", endings)
        self.match = _asked(self, "match")
        self.fullmatch = _asked(self, "fullmatch")

    def compiled(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """The pattern in small letters, and in letters of either case. Made when it is first asked: a program
        that reads one text asks less than half of all patterns, and making all takes a tenth of a second."""
        if self._patterns is None:
            first = re.compile(_CAPITAL.sub(_small, self._pattern), self._flags)
            self._patterns = first, re.compile(self._pattern, self._flags | re.IGNORECASE)
        return self._patterns

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        first, whole = self.compiled()
        if first.search(in_small_letters(text), start, end) is None:
            return iter(())
        return whole.finditer(text, start, end)

    def findall(self, text: str, start: int = 0, end: int = sys.maxsize) -> list[str]:
        first, whole = self.compiled()
        if first.search(in_small_letters(text), start, end) is None:
            return []
        return whole.findall(text, start, end)


def _asked(pattern: AnyCase, how: str, endings: tuple[str, ...] = ()) -> _Ask:
    """Asks a pattern in letters of either case only where it is found in small letters."""
    first: _Ask | None = None
    whole: _Ask | None = None

    def ask(text: str, start: int = 0, end: int = sys.maxsize, /) -> re.Match[str] | None:
        nonlocal first, whole
        # As ``in_small_letters`` does it: a call takes as long as a short look.
        many = len(text)
        if many >= _SHORT:
            lowered = _kept(text)
        else:
            lowered = text.lower()
            if len(lowered) != many:
                lowered = _lowered(text)
        if endings and not lowered.endswith(endings, start, end):
            return None
        if first is None or whole is None:
            first, whole = (getattr(one, how) for one in pattern.compiled())
        return None if first(lowered, start, end) is None else whole(text, start, end)

    return ask


def has_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of several words, or beginnings of words, is in a text: asked before a pattern that needs
    one of them is looked for, which takes many times as long. Of a long text ``words_of`` and
    ``beginnings_of`` are asked first: they are made once for all that ask."""
    for word in words:  # noqa: SIM110 - "any" takes a third longer
        if word in text:
            return True
    return False


def spaced(words: str) -> tuple[str, ...]:
    """Each of several words with the space behind it: what may stand right before a figure."""
    return tuple(f"{word} " for word in words.split())


def spelled_out(pattern: str) -> frozenset[str]:
    """Every word that a pattern of letters, groups, ``|`` and ``?`` matches.

    >>> sorted(spelled_out("(?:rises?|los(?:s|es))"))
    ['loses', 'loss', 'rise', 'rises']
    """
    found, end = _choices(pattern, 0)
    if end < len(pattern):
        raise ValueError(f"no pattern of words: {pattern!r}")
    return frozenset(found)


def _choices(pattern: str, at: int) -> tuple[list[str], int]:
    """What the pattern at a place matches up to the end of its group, and where that is."""
    done: list[str] = []
    words = [""]
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            done, words, at = [*done, *words], [""], at + 1
            continue
        if pattern.startswith("(?:", at):
            parts, at = _choices(pattern, at + 3)
            at += 1
        else:
            parts, at = [pattern[at]], at + 1
        if pattern.startswith("?", at):
            parts, at = [*parts, ""], at + 1
        words = [word + part for word in words for part in parts]
    return [*done, *words], at


# Every byte that is no small letter as a space: cuts a text into words faster than a pattern.
_SMALL_LETTERS = bytes(byte if 97 <= byte <= 122 else 32 for byte in range(256))


@lru_cache(maxsize=64)
def words_of(lowered: str) -> frozenset[str]:
    """The words of a text in small letters; of those with accents only parts."""
    return frozenset(lowered.encode().translate(_SMALL_LETTERS).decode("ascii").split())


@lru_cache(maxsize=64)
def beginnings_of(lowered: str) -> frozenset[str]:
    """The first four letters of the words of a text in small letters; of shorter words all."""
    return frozenset([word[:4] for word in words_of(lowered)])


def _small(found: re.Match[str]) -> str:
    """A capital of a pattern as a small letter; of an escape or the name of a group nothing is changed."""
    return found[0].lower() if len(found[0]) == 1 else found[0]


def in_small_letters(text: str) -> str:
    """A text in small letters, each at its place. A few paragraphs are kept: each is asked often."""
    return _lowered(text) if len(text) < _SHORT else _kept(text)


@lru_cache(maxsize=64)
def _kept(text: str) -> str:
    return _lowered(text)


def _lowered(text: str) -> str:
    lowered = text.lower()
    # The capital İ has a small letter of two places.
    return lowered if len(lowered) == len(text) else "".join(char.lower()[:1] for char in text)

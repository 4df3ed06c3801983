"""A section of a lexicon as sets, tables and phrases. What a file leaves out is empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tallybook.reading.lexicon.phrases import Phrases
from tallybook.terms import Modifier

Section = Mapping[str, Any]


def section(data: Section, name: str) -> Section:
    found: Section = data.get(name, {})
    return found


def words(table: Section, key: str = "words") -> frozenset[str]:
    return frozenset(table.get(key, ()))


def floats(table: Section, key: str) -> dict[str, float]:
    return {word: float(value) for word, value in table.get(key, {}).items()}


def texts(table: Section, key: str) -> dict[str, str]:
    return {word: str(value) for word, value in table.get(key, {}).items()}


def low_and_high(data: Section, key: str) -> dict[str, tuple[float, float]]:
    return {word: (float(low), float(high)) for word, (low, high) in data.get(key, {}).items()}


def declined(names: Mapping[str, str], endings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """``names`` with the other forms of each word: "солдати" gives "солдатами", "Häuser" "Häusern".

    ``endings``: of a listed word, and what may stand instead. A word that is listed stays what it is.
    """
    found = dict(names)
    for word, name in names.items():
        for ending, others in endings.items():
            if word.endswith(ending) and len(word) > len(ending) + 1:
                stem = word[: len(word) - len(ending)]
                for other in others:
                    found.setdefault(stem + other, name)
    return found


def phrases(table: Section, key: str = "words", *, backwards: bool = False) -> Phrases[str]:
    """Phrases whose value is the phrase itself."""
    return Phrases(((phrase, phrase) for phrase in table.get(key, ())), backwards=backwards)


def modifier_phrases(data: Section, key: str) -> Iterator[tuple[str, Modifier]]:
    """(phrase, modifier). ValueError for a modifier that does not exist."""
    return ((phrase, Modifier(name)) for name, found in data.get(key, {}).items() for phrase in found)


def direction_phrases(trend: Section, kind: str) -> Iterator[tuple[str, str]]:
    """(phrase, "up" or "down") of one ``kind`` of words of change."""
    return ((word, side) for side in ("up", "down") for word in trend.get(side + kind, ()))

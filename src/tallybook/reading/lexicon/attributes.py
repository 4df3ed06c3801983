"""Attributes that hold a number: "sechsköpfig", "zweistündig", "шестирічний"; nouns as "Viertelstunde".

Only for a lexicon with [attributes]. Most words are told apart by their last letters alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tallybook.reading.lexicon.sections import Section, floats, section, texts

# The letters by which a word is looked up first, and how many words are remembered.
_TAIL = 3
_MOST_KNOWN = 20_000
_LONGEST = 60


class Attributes:
    """The number and unit of a word that is both, and the unit of one behind digits ("200-сторінковий")."""

    def __init__(self, data: Section, small: Callable[[str], float | None]) -> None:
        """``small``: the value of a number word; a language whose attributes have other forms lists them."""
        attributes = section(data, "attributes")
        self._numbers = floats(attributes, "numbers")
        self._parts = floats(attributes, "parts")
        self._small = None if self._numbers else small
        inside = floats(section(section(data, "numbers"), "compounds"), "parts")
        self._short = {**inside, **self._parts}
        stems, nouns = texts(attributes, "stems"), texts(attributes, "nouns")
        endings = attributes.get("endings", ())
        self._units = {stem + ending: unit for stem, unit in stems.items() for ending in endings}
        self._nouns = nouns
        self._not = frozenset(attributes.get("not", ()))
        self._tails = {word[-_TAIL:] for word in (*self._units, *nouns)}
        self._sizes = sorted({len(word) for word in (*self._units, *nouns)}, reverse=True)
        self._known: dict[str, tuple[float, str] | None] = {}

    def __bool__(self) -> bool:
        return bool(self._tails)

    def found_in(self, words: Iterator[str]) -> set[str]:
        tails = self._tails
        return {word for word in words if word[-_TAIL:] in tails and self.get(word) is not None}

    def get(self, word: str) -> tuple[float, str] | None:
        """(number, unit) of "sechsköpfige"; None for any other word."""
        if word[-_TAIL:] not in self._tails:
            return None
        if word in self._known:
            return self._known[word]
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known[word] = found = self._taken_apart(word)
        return found

    def unit_of(self, word: str) -> str | None:
        """The unit of what is hung behind digits: "200-сторінковий"."""
        return self._units.get(word)

    def _taken_apart(self, word: str) -> tuple[float, str] | None:
        if len(word) > _LONGEST or word in self._not:
            return None
        for size in self._sizes:
            first, rest = word[:-size], word[-size:]
            if not first:
                continue
            unit = self._units.get(rest)
            value = None if unit is None else self._value(first)
            if unit is None or value is None:
                unit = self._nouns.get(rest)
                value = None if unit is None else self._parts.get(first)
            if unit is not None and value is not None:
                return value, unit
        return None

    def _value(self, first: str) -> float | None:
        if self._small is not None:
            value = self._short.get(first)
            return self._small(first) if value is None else value
        if first in self._numbers:
            return self._numbers[first]
        for cut in range(len(first) - 2, 2, -1):  # "двадцятип'яти": tens and ones
            tens, ones = self._numbers.get(first[:cut]), self._numbers.get(first[cut:])
            if tens is not None and ones is not None and tens >= 20 and ones < 10 <= tens % 100:
                return tens + ones
        return None

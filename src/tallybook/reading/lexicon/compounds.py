"""Words that are written as one: numbers ("zweihundertfünfzig") and nouns ("Artilleriegranaten").

Only for a lexicon with [numbers.compounds] or [writing] capital_nouns. The cost is linear in the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tallybook.reading.lexicon.attributes import Attributes

# "neunhundertneunundneunzigtausendneunhundertneunundneunzig" has 56 letters.
_LONGEST = 80
_HUNDRED, _THOUSAND = 100.0, 1000.0
# "Mann" is the head of "Hauptmann" and of "Mannschaft" only by its letters: short heads are not looked up.
_SHORTEST_HEAD = 5
# The shortest part before it: "Torten" are no "Orte".
_SHORTEST_FIRST = 3


class CompoundNumbers:
    """The values of numbers below a million that the language writes as one word."""

    def __init__(
        self, small: Mapping[str, float], magnitudes: Mapping[str, float], compounds: Mapping[str, Any]
    ) -> None:
        """``small``, ``magnitudes``: the words of the lexicon; ``compounds``: its [numbers.compounds]."""
        scales = {word: size for word, size in magnitudes.items() if size in (_HUNDRED, _THOUSAND)}
        self._small = small
        self._glue = frozenset(compounds.get("and", ()))
        self._halves = frozenset(compounds.get("half", ()))
        inside = {word: float(value) for word, value in compounds.get("parts", {}).items()}
        self._values = {**small, **inside, **scales}
        words = sorted([*self._values, *self._glue, *self._halves], key=len, reverse=True)
        part = "|".join(map(re.escape, words))
        self._part = re.compile(part)

    def small_or_compound(self, word: str) -> float | None:
        """The value of a small number of the lexicon, or of a compound; None for any other word."""
        value = self._small.get(word)
        return self.value(word) if value is None else value

    def value(self, word: str) -> float | None:
        """The value of a number of two parts or more; None for any other word."""
        if len(word) > _LONGEST:
            return None
        parts, at = [], 0
        while at < len(word):  # a word that does not fit to its end is given up, and never cut otherwise
            found = self._part.match(word, at)
            if found is None:
                return None
            parts.append(found.group())
            at = found.end()
        return self._sum(parts)

    def _sum(self, parts: list[str]) -> float | None:
        """Thousands, then hundreds, then the rest, whose ones may precede the tens ("fünfundzwanzig")."""
        total, current, joined = 0.0, None, False
        if len(parts) < 2 or parts[-1] in self._glue:
            return None
        for word in parts:
            if word in self._glue:
                if joined or (current is None and not total):
                    return None
                joined = True
                continue
            if word in self._halves:
                current = 0.5 + (current or 0.0)
                continue
            value = self._values[word]
            if value == _HUNDRED:
                if current is not None and current >= 10:
                    return None
                current = (current or 1.0) * _HUNDRED
            elif value == _THOUSAND:
                if total:
                    return None
                total, current = (current or 1.0) * _THOUSAND, None
            else:
                fits = current is None or current % 100 == 0
                turned = joined and current is not None and 0 < current % 100 < 10 and 20 <= value < 100
                if not (fits or turned):
                    return None
                current = value + (current or 0.0)
            joined = False
        return total + (current or 0.0)


class WordsAndCompounds:
    """Words of a lexicon, and every compound number. It holds more than can be listed, so it is only
    asked about words: it cannot be iterated, joined or compared."""

    def __init__(
        self, words: frozenset[str], compounds: CompoundNumbers | None, attributes: Attributes | None
    ) -> None:
        self._words = words
        self._compounds = compounds
        self._attributes = attributes

    def __contains__(self, word: str) -> bool:
        if word in self._words or (self._compounds is not None and self._compounds.value(word) is not None):
            return True
        return self._attributes is not None and self._attributes.get(word) is not None

    def intersection(self, words: Iterable[str]) -> frozenset[str]:
        if self._compounds is None and self._attributes is not None:
            words = list(words)
            return self._words.intersection(words).union(self._attributes.found_in(iter(words)))
        return frozenset(word for word in words if word in self)

    def isdisjoint(self, words: Iterable[str]) -> bool:
        return not any(word in self for word in words)


WordSet = frozenset[str] | WordsAndCompounds


def word_set(
    words: Iterable[str], compounds: CompoundNumbers | None, attributes: Attributes | None = None
) -> WordSet:
    """A plain set for a language without compound numbers and attributes that hold a number."""
    if compounds is None and not attributes:
        return frozenset(words)
    return WordsAndCompounds(frozenset(words), compounds, attributes or None)


def head_of(word: str, names: Mapping[str, str]) -> str | None:
    """What the last part of a compound noun counts: "artilleriegranaten" are shells."""
    if len(word) > _LONGEST:
        return None
    for first in range(_SHORTEST_FIRST, len(word) - _SHORTEST_HEAD + 1):
        name = names.get(word[first:])
        if name is not None:
            return name
    return None

"""Words that are written as one: numbers ("zweihundertfünfzig") and nouns ("Artilleriegranaten").

Only for a lexicon with [numbers.compounds] or [writing] capital_nouns. The cost is linear in the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

# "neunhundertneunundneunzigtausendneunhundertneunundneunzig" has 56 letters.
_LONGEST = 80
_HUNDRED, _THOUSAND = 100.0, 1000.0
# "Mann" is the head of "Hauptmann" and of "Mannschaft" only by its letters: short heads say nothing.
_SHORTEST_HEAD = 6


class SmallNumbers(dict[str, float]):
    """The small numbers of a lexicon, and every number that the language writes as one word of them.

    It is looked up like the plain table of another language, so that the grammar needs no case of
    its own for such numbers.
    """

    def __init__(
        self, small: Mapping[str, float], magnitudes: Mapping[str, float], compounds: Mapping[str, Any]
    ) -> None:
        super().__init__(small)
        scales = {word: size for word, size in magnitudes.items() if size in (_HUNDRED, _THOUSAND)}
        self._glue = frozenset(compounds.get("and", ()))
        self._halves = frozenset(compounds.get("half", ()))
        inside = {word: float(value) for word, value in compounds.get("parts", {}).items()}
        self._values = {**small, **inside, **scales}
        words = sorted([*self._values, *self._glue, *self._halves], key=len, reverse=True)
        part = "|".join(map(re.escape, words))
        self._part = re.compile(part)

    def compound(self, word: str) -> float | None:
        """The value of a number of two parts or more; None when ``word`` is none."""
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
        """Thousands, then hundreds, then the rest, whose one may stand before its ten ("fünfundzwanzig")."""
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

    def __missing__(self, word: str) -> float:
        value = self.compound(word)
        if value is None:
            raise KeyError(word)
        return value

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or (isinstance(word, str) and self.compound(word) is not None)

    def get(self, word: str, default: Any = None) -> Any:
        value = super().get(word)
        if value is None:
            value = self.compound(word)
        return default if value is None else value


class NumberWords(frozenset[str]):
    """Words of a lexicon, and with them every number that its language writes as one word."""

    _small: SmallNumbers

    @classmethod
    def of(cls, words: Iterable[str], small: Mapping[str, float]) -> frozenset[str]:
        """The words alone when the language writes no such numbers."""
        if not isinstance(small, SmallNumbers):
            return frozenset(words)
        made = cls(words)
        made._small = small
        return made

    def __contains__(self, word: object) -> bool:
        if super().__contains__(word):
            return True
        return isinstance(word, str) and self._small.compound(word) is not None

    def intersection(self, *others: Iterable[object]) -> frozenset[str]:
        return frozenset(word for other in others for word in other if word in self and isinstance(word, str))

    def isdisjoint(self, other: Iterable[object]) -> bool:
        return not any(word in self for word in other)


def head_of(word: str, names: Mapping[str, str]) -> str | None:
    """What the last part of a compound noun counts: "artilleriegranaten" are shells."""
    if len(word) > _LONGEST:
        return None
    for first in range(1, len(word) - _SHORTEST_HEAD + 1):
        name = names.get(word[first:])
        if name is not None:
            return name
    return None

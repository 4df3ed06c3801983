"""Phrases of the lexicon, looked up in a row of tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tallybook.reading.tokens import cut


class Phrases:
    """Phrases looked up at one of their words: the first, the last (``backwards``) or their ``anchor``.

    The longest match wins. ``heads`` are the words looked up: where a word is none of them, no call
    is needed to know that nothing matches, and most words are none.
    """

    __slots__ = ("heads",)

    def __init__(
        self,
        entries: Iterable[tuple[str, Any]],
        *,
        backwards: bool = False,
        anchor: Callable[[list[str]], int] | None = None,
    ) -> None:
        # by the word looked up: (words before it, the phrase, what a match gives), longest first
        self.heads: dict[str, list[tuple[int, list[str], tuple[int, Any]]]] = {}
        for phrase, value in entries:
            words = list(cut(phrase))
            at = anchor(words) if anchor else len(words) - 1 if backwards else 0
            self.heads.setdefault(words[at], []).append((at, words, (len(words), value)))
        for found in self.heads.values():
            found.sort(key=lambda entry: -len(entry[1]))

    def entries(self) -> list[tuple[str, Any]]:
        """(phrase, value) of each phrase, its tokens parted by spaces."""
        every = (entry for found in self.heads.values() for entry in found)
        return [(" ".join(words), hit[1]) for _, words, hit in every]

    def match(self, words: list[str], k: int) -> tuple[int, Any] | None:
        """(number of tokens, value) of the longest phrase around ``k``.

        ``words`` is a list of ``Tokens``, padded: ``k`` may lie a little beyond either end.
        """
        found = self.heads.get(words[k])
        if found is None:
            return None
        for before, phrase, hit in found:
            if hit[0] == 1:
                return hit
            first = k - before
            if first >= 0 and words[first : first + hit[0]] == phrase:
                return hit
        return None

"""Phrases of the lexicon, looked up in a row of tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from tallybook.reading.text.tokens import cut

T = TypeVar("T")


class _Entry(NamedTuple, Generic[T]):
    """A phrase of several words: how many come before the word looked up, all of them, its hit."""

    before: int
    words: list[str]
    hit: tuple[int, T]


class _Head(NamedTuple, Generic[T]):
    """The phrases of one word looked up: alone, and by the word before it or, for a first word, behind it."""

    alone: list[tuple[int, T]]
    by_before: dict[str, list[_Entry[T]]]
    by_behind: dict[str, list[_Entry[T]]]


class Phrases(Generic[T]):
    """Phrases looked up at one of their words: the first, the last (``backwards``) or their ``anchor``.

    The longest match wins. ``heads`` are the words looked up: most words are not
    among them, and need no call. The neighbouring word decides next: many phrases end in "of", but few
    of them in "excess of".
    """

    __slots__ = ("heads",)

    def __init__(
        self,
        entries: Iterable[tuple[str, T]],
        *,
        backwards: bool = False,
        anchor: Callable[[list[str]], int] | None = None,
    ) -> None:
        self.heads: dict[str, _Head[T]] = {}
        for phrase, value in entries:
            words = list(cut(phrase))
            at = anchor(words) if anchor else len(words) - 1 if backwards else 0
            head = self.heads.setdefault(words[at], _Head([], {}, {}))
            hit = (len(words), value)
            if len(words) == 1:
                head.alone[:] = head.alone or [hit]
                continue
            beside = head.by_before.setdefault(words[at - 1], []) if at else None
            if beside is None:
                beside = head.by_behind.setdefault(words[at + 1], [])
            beside.append(_Entry(at, words, hit))
            beside.sort(key=lambda entry: -len(entry.words))

    def entries(self) -> Iterator[tuple[str, T]]:
        """(phrase, value) of each phrase, its tokens parted by spaces."""
        for word, head in self.heads.items():
            yield from ((word, value) for _, value in head.alone)
            for beside in (*head.by_before.values(), *head.by_behind.values()):
                yield from ((" ".join(entry.words), entry.hit[1]) for entry in beside)

    def match(self, words: list[str], k: int) -> tuple[int, T] | None:
        """(number of tokens, value) of the longest phrase around ``k``.

        ``words`` is a list of ``Tokens``, padded: ``k`` may lie a little beyond either end.
        """
        head = self.heads.get(words[k])
        if head is None:
            return None
        alone, by_before, by_behind = head
        best = alone[0] if alone else None
        entries = by_before.get(words[k - 1]) if by_before else None
        if entries is not None:
            best = _longest(entries, words, k, best)
        entries = by_behind.get(words[k + 1]) if by_behind else None
        if entries is not None:
            best = _longest(entries, words, k, best)
        return best


def _longest(
    entries: list[_Entry[T]], words: list[str], k: int, best: tuple[int, T] | None
) -> tuple[int, T] | None:
    """The first of the entries, longest first, that lies around ``k`` and is longer than ``best``."""
    for before, phrase, hit in entries:
        size = hit[0]
        if best is not None and size <= best[0]:
            return best
        first = k - before
        if first >= 0 and words[first : first + size] == phrase:
            return hit
    return best

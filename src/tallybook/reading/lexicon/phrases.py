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
    """The phrases of one word looked up: alone, and by the word before it or, for a first word, behind it;
    None where it has none."""

    alone: tuple[int, T] | None = None
    by_before: dict[str, list[_Entry[T]]] | None = None
    by_behind: dict[str, list[_Entry[T]]] | None = None


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
            self.heads[words[at]] = _with(self.heads.get(words[at]) or _Head(), words, at, value)

    def entries(self) -> Iterator[tuple[str, T]]:
        """(phrase, value) of each phrase, its tokens parted by spaces."""
        for word, head in self.heads.items():
            if head.alone is not None:
                yield word, head.alone[1]
            for beside in (*(head.by_before or {}).values(), *(head.by_behind or {}).values()):
                yield from ((" ".join(entry.words), entry.hit[1]) for entry in beside)

    def match(self, words: list[str], k: int) -> tuple[int, T] | None:
        """(number of tokens, value) of the longest phrase around ``k``.

        ``words`` is a list of ``Tokens``, padded: ``k`` may lie a little beyond either end.
        """
        head = self.heads.get(words[k])
        if head is None:
            return None
        best, by_before, by_behind = head
        if by_before is not None:
            entries = by_before.get(words[k - 1])
            if entries is not None:
                best = _longest(entries, words, k, best)
        if by_behind is not None:
            entries = by_behind.get(words[k + 1])
            if entries is not None:
                best = _longest(entries, words, k, best)
        return best


def _with(head: _Head[T], words: list[str], at: int, value: T) -> _Head[T]:
    """``head`` with a phrase that is looked up at its word ``at``; of two alike the first holds."""
    hit = (len(words), value)
    if len(words) == 1:
        return head if head.alone is not None else head._replace(alone=hit)
    beside = (head.by_before if at else head.by_behind) or {}
    entries = beside.setdefault(words[at - 1] if at else words[1], [])
    entries.append(_Entry(at, words, hit))
    entries.sort(key=lambda entry: -len(entry.words))
    return head._replace(by_before=beside) if at else head._replace(by_behind=beside)


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

"""What a weighed relation is, of which kinds there are, and how the words of its test are put."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import START
from tallybook.reading import Mention

CHANGE, TIMES_AS, DIFFERENCE, SHARE_OF, MEAN, SUM = "change", "times", "difference", "share", "mean", "sum"
RATE, TOTAL, YEARS, AGAIN, ABOVE, WHOLE = "rate", "total", "years", "again", "above", "whole"
MOST_FIGURES = 9
"""The most figures of the sentences that are looked at together: more are a table or a list."""
FINITE = 1e15
"""From here on a number is none that a text counts or measures."""


class Test(NamedTuple):
    """``closes``: whether the zones of what is stated and of what is made meet; ``make``: the check with its
    words, or None. Both are asked the same, and only where it matters: they cost more than all else."""

    closes: Callable[..., bool | None]
    make: Callable[..., Check | None]


class Relation(NamedTuple):
    """Figures of which one may follow from the others.

    ``stated``: the figure that the ``others`` make; ``said``, ``right``: it, as stated and as made, in one
    unit; ``misread``: what it would be under a usual slip; ``test``: of it, and what it is ``asked``.
    """

    kind: str
    stated: Mention
    others: tuple[Mention, ...]
    said: float
    right: float
    misread: tuple[float, ...]
    test: Test
    asked: tuple[Any, ...]

    @property
    def figures(self) -> tuple[Mention, ...]:
        """All of them, in the order of the text."""
        return tuple(sorted((self.stated, *self.others), key=START))

    def closes(self) -> bool:
        return bool(self.test.closes(*self.asked))

    def make(self) -> Check | None:
        return self.test.make(*self.asked)


def check_of(test: str, figures: Sequence[Mention], closes: bool, why: str) -> Check:
    """A check of figures in any order."""
    told = sorted(figures, key=START)
    end = max(m.end for m in told)
    return Check(test, tuple(m.words for m in told), closes, why, None, told[0].start, end)


def with_words(check: Check | None, figures: Sequence[Mention]) -> Check | None:
    """The same check, about the words of other figures than those that its arithmetic was made of."""
    if check is None:
        return None
    made = check_of(check.test, figures, bool(check.closes), check.why)
    return Check(made.test, made.about, check.closes, made.why, check.gap, made.start, made.end)

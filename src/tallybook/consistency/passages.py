"""Neighbouring sentences of a paragraph, in which figures that belong together may stand apart.

News spreads what it tells of one thing over two or three sentences: "We have 18 crews and they answered 5,580
calls. That is 310 each."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tallybook.consistency.forms import ALL_FORM, MOST_FORM, NUMBER_FORM
from tallybook.reading import Mention, Reading, read

_NEW_PARAGRAPH = re.compile(r"\n\s*\n")
_DIGIT = re.compile(r"\d")
_MOST_FIGURES = 9
"""The most figures of neighbouring sentences that are looked at together: more are a table or a list."""
_MOST_APART = 130
"""The most characters between two sentences with figures; one short sentence without any may lie between."""
_LONGEST = 700


class Passage(NamedTuple):
    """One to three neighbouring sentences with figures. ``first``, ``last``: where in ``figures`` those of
    the sentence begin and end that it was made for."""

    text: str
    figures: tuple[Mention, ...]
    first: int
    last: int

    @property
    def own(self) -> Sequence[Mention]:
        return self.figures[self.first : self.last]

    @property
    def start(self) -> int:
        return self.figures[0].sentence[0]

    @property
    def end(self) -> int:
        return self.figures[-1].sentence[1]


def sentences(reading: Reading) -> list[tuple[Mention, ...]]:
    """The figures of each sentence that has some, with those that "every one of the 860 homes" holds."""
    found: list[tuple[Mention, ...]] = []
    some: list[Mention] = []
    for k, mention in enumerate(reading):
        if some and mention.sentence != some[0].sentence:
            found.append(tuple(some))
            some = []
        if mention.of is None or not _DIGIT.search(mention.of):
            some.append(mention)
        else:
            some += _unfolded(reading.text, mention, reading[k + 1] if k + 1 < len(reading.figures) else None)
    if some:
        found.append(tuple(some))
    return found


def _unfolded(text: str, mention: Mention, following: Mention | None) -> Iterator[Mention]:
    """The 860 homes of "every one of the parish's 860 homes", which was read as one share, and the 240 of "66
    of its 240 Friday flights", which was taken for a name."""
    if mention.of is None:
        return
    if mention.form in (ALL_FORM, MOST_FORM):
        inner = read(mention.of)
        at = mention.words.rfind(mention.of)
        if len(inner) == 1 and at >= 0:
            yield inner[0].moved(mention.start + at)._replace(sentence=mention.sentence)
            return
    yield mention
    if mention.form is not NUMBER_FORM:
        return
    at = text.find(mention.of, mention.end, mention.end + len(mention.of) + 8)
    if at < 0 or (following is not None and following.start < at + len(mention.of)):
        return
    inner = read(mention.of)
    if len(inner) == 1:
        yield inner[0].moved(at)._replace(sentence=mention.sentence)


def passages(text: str, told: Sequence[tuple[Mention, ...]], k: int) -> Iterator[Passage]:
    """The sentence at ``k``, then with the one before it, with the one behind it, with both, and with the
    two before it."""
    one = told[k]
    many = len(one)
    if many > _MOST_FIGURES:
        return
    before = told[k - 1] if k and are_near(text, told[k - 1], one) else ()
    behind = told[k + 1] if k + 1 < len(told) and are_near(text, one, told[k + 1]) else ()
    around: list[tuple[tuple[Mention, ...], tuple[Mention, ...]]] = [((), ())]
    if before:
        around.append((before, ()))
    if behind:
        around.append(((), behind))
    if before and behind:
        around.append((before, behind))
    if before and k > 1 and are_near(text, told[k - 2], before):
        around.append(((*told[k - 2], *before), ()))
    for ahead, after in around:
        figures = (*ahead, *one, *after)
        if len(figures) <= _MOST_FIGURES and figures[-1].sentence[1] - figures[0].sentence[0] <= _LONGEST:
            yield Passage(text, figures, len(ahead), len(ahead) + many)


def are_near(text: str, one: Sequence[Mention], other: Sequence[Mention]) -> bool:
    """Whether two sentences are neighbours in a paragraph."""
    end, start = one[-1].sentence[1], other[0].sentence[0]
    if start - end > _MOST_APART:
        return False
    return text.find("\n", end, start) < 0 or _NEW_PARAGRAPH.search(text, end, start) is None

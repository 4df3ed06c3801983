"""Where no relation is set up, whatever would speak for it: the words say that the figures are of different
things, or leave open that nothing is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.changes import is_beside_a_plan
from tallybook.consistency.figures import TIMES
from tallybook.consistency.level_doubts import is_at_a_pace, is_between, is_to_a_side
from tallybook.consistency.share_words import ALL_OF_IT, THEM
from tallybook.consistency.shares import names
from tallybook.consistency.weighed_kinds import (
    CHANGE,
    DIFFERENCE,
    MEAN,
    SHARE_OF,
    TIMES_AS,
    WHOLE,
    Relation,
)
from tallybook.reading import Mention
from tallybook.terms import BOUNDS

_ONE_MORE = AnyCase(r"^[^.;:\d]{0,40}?(?:,|\band\b|\bplus\b) (?:an?|one|another|some|several|others?|more)\b")
"""Behind a list: a part that is no figure ("7 men, 3 women *and a child*")."""

_EXTREME = re.compile(
    r"\b(?:oldest|youngest|highest|lowest|largest|smallest|longest|shortest|biggest|best|worst|most|least|"
    r"fastest|slowest|heaviest|lightest)\b[^.;,\d]*$"
)
_REST = re.compile(r"\b(?:the (?:rest|remainder|others?|balance)|everything else|all else)\b(?! \d)")
_MOST_GROWTH, _ALL, _NEAR = 12, 100, 20


def is_astray(text: str, relation: Relation, near: Sequence[Mention]) -> bool:
    """Whether a relation that does not close cannot be meant: a level is itself a difference ("190 cheaper
    than"), or grows out of all proportion; a mean is of extremes ("the oldest was 98, the youngest 7"); "five
    times" counts what happened ("cut five times, from …"); a share is that of two parts ("42% of 5,000 voted:
    1,200 for and 900 against"). ``near``: the other figures of its sentences."""
    stated, others = relation.stated, relation.others
    if relation.kind == SHARE_OF:
        part, whole = others
        return any(abs(100 * (part.low + m.low) / whole.low - relation.said) < 1 for m in near)
    if relation.kind == MEAN:
        if is_to_a_side(text, stated):
            return True
        return any(_EXTREME.search(text, max(m.sentence[0], m.start - 40), m.start) for m in others)
    if relation.kind == TIMES_AS:
        return stated.unit == TIMES and text.startswith((",", ".", ";"), stated.end)
    if relation.kind == WHOLE:
        if sum(m.low for m in relation.figures) >= _ALL:
            return False
        return _REST.search(text, relation.figures[-1].end, stated.sentence[1]) is not None
    if relation.kind in (CHANGE, DIFFERENCE) and is_beside_a_plan(text, stated, others):
        return True
    if relation.kind == DIFFERENCE:
        return not is_between(text, stated, *others)
    if relation.kind != CHANGE:
        return False
    low, high = sorted(m.low for m in others)
    if high > _MOST_GROWTH * low or is_at_a_pace(stated, *others):
        return True
    return any(is_to_a_side(text, m) for m in others)


def is_of_another(share: Mention, whole: Mention) -> bool:
    """Whether words name another whole of a share than a figure counts: "34 of 120 seats (28% *of the
    vote*)"."""
    if share.of is None:
        return False
    of = share.of.lower()
    if any(map(str.isdigit, of)) or THEM.search(of) or ALL_OF_IT.search(of):
        return False
    return not names(of, whole)


def may_be_added(text: str, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether parts can be the sum of a whole: none is only bounded, none is left without a figure, and none
    may be counted twice ("12 people: 7 men and 6 Canadians")."""
    if any(m.modifier in BOUNDS for m in (whole, *parts)):
        return False
    last = max(part.end for part in parts)
    if last > whole.start and _ONE_MORE.search(text[last : last + 60]):
        return False
    if sum(part.low for part in parts) <= whole.low:
        return True
    named = [(part.noun or "")[:1].isupper() for part in parts if part.noun]
    return len(set(named)) < 2

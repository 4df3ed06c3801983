"""Where no relation is set up, whatever would speak for it: the words say that the figures are of different
things, or leave open that nothing is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.change_bases import (
    is_beside_a_plan,
    is_measured_elsewhere,
    is_of_something_else,
    is_taken_by_another,
    reaches_another,
)
from tallybook.consistency.figures import TIMES
from tallybook.consistency.level_doubts import (
    has_time_base,
    is_at_a_pace,
    is_between,
    is_to_a_side,
    words_around,
)
from tallybook.consistency.level_times import of_other_times
from tallybook.consistency.level_words import AND_DID
from tallybook.consistency.levels_free import in_time
from tallybook.consistency.share_words import ALL_OF_IT, OTHER_WHOLE, THEM
from tallybook.consistency.shares import names
from tallybook.consistency.weighed_kinds import (
    CHANGE,
    DIFFERENCE,
    MEAN,
    RATE,
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
_COUNTS_EVENTS = re.compile(
    r"[,.;]| (?:since|until|before|already|so far)\b|"
    r" (?:in|over|during|within|for|on|at|between|this|last|a|each|every)(?: [a-z]+){0,3} "
    r"(?:days?|weeks?|months?|years?|decades?|seasons?|summers?|winters?|history|row|(?:19|20)\d\d)\b"
)
"""Behind "five times", which then counts what happened: "fined five times since 2017"."""
_WORTH = re.compile(r"\b(?:worth|extra|adding|saving|rise of|increase of)(?: [a-z]+){0,2} $")
_IN_ALL = re.compile(r"(?: [a-z]+){0,2} (?:in all|in total|altogether|overall|all told|between them)\b")
_REST = re.compile(r"\b(?:the (?:rest|remainder|others?|balance)|everything else|all else)\b(?! \d)")
_MOST_GROWTH, _ALL = 12, 100


def is_astray(text: str, relation: Relation, near: Sequence[Mention]) -> bool:
    """Whether a relation that does not close cannot be meant: a level is itself a difference ("190 cheaper
    than"), or grows out of all proportion; a mean is of extremes ("the oldest was 98, the youngest 7"); "five
    times" counts what happened ("cut five times, from …"); a share is that of two parts ("42% of 5,000 voted:
    1,200 for and 900 against"). ``near``: the other figures of its sentences."""
    stated, others = relation.stated, relation.others
    if relation.kind == SHARE_OF:
        if OTHER_WHOLE.search(text, max(stated.sentence[0], stated.start - 24), stated.start):
            return True
        part, whole = others
        return any(abs(100 * (part.low + m.low) / whole.low - relation.said) < 1 for m in near)
    if relation.kind == MEAN:
        if is_to_a_side(text, stated) or _is_spent_besides(text, stated, others):
            return True
        return any(_EXTREME.search(text, max(m.sentence[0], m.start - 40), m.start) for m in others)
    if relation.kind == RATE:
        return _WORTH.search(text, max(stated.sentence[0], stated.start - 24), stated.start) is not None
    if relation.kind == TIMES_AS:
        if is_measured_elsewhere(text, stated, *others):
            return True
        one, other = others
        if one.unit and other.unit and (one.per is None) is not (other.per is None):
            return True  # "holds 40 billion cubic metres and will give 4 billion a year, half the peak"
        return stated.unit == TIMES and _COUNTS_EVENTS.match(text, stated.end) is not None
    if relation.kind == WHOLE:
        if sum(m.low for m in relation.figures) >= _ALL:
            return False
        return _REST.search(text, relation.figures[-1].end, stated.sentence[1]) is not None
    if relation.kind in (CHANGE, DIFFERENCE) and _is_of_another(text, stated, others, near):
        return True
    if relation.kind == DIFFERENCE:
        return not is_between(text, stated, *others)
    if relation.kind != CHANGE:
        return False
    low, high = sorted(m.low for m in others)
    if high > _MOST_GROWTH * low or is_at_a_pace(stated, *others):
        return True
    return any(is_to_a_side(text, m) for m in others)


def _is_of_another(text: str, stated: Mention, levels: Sequence[Mention], near: Sequence[Mention]) -> bool:
    """Whether words tell a change of something else than its two levels: of a plan, another time or place, a
    subject of its own."""
    one, other = levels
    if (
        is_beside_a_plan(text, stated, levels)
        or reaches_another(text, stated, levels, near)
        or is_taken_by_another(text, stated, levels, near)
        or is_measured_elsewhere(text, stated, one, other)
        or is_of_something_else(text, stated, one, other)
    ):
        return True
    if has_time_base(text, stated) and not in_time(text, stated, one, other):
        return True
    if stated.sentence == one.sentence == other.sentence:
        return False
    told = (
        words_around(text, m, tuple(x for x in (stated, one, other) if x is not m))
        for m in (stated, one, other)
    )
    return of_other_times(*told)


def _is_spent_besides(text: str, mean: Mention, others: Sequence[Mention]) -> bool:
    """Whether a total is told of a second thing that somebody did: "nine buses at £240,000 each and spent
    £1.9m on depots"."""
    total = max(others, key=lambda m: m.low)
    if total.start < mean.end or total.sentence != mean.sentence:
        return False
    behind = text[total.end : total.end + 24]
    return AND_DID.search(text, mean.end, total.start) is not None and _IN_ALL.match(behind) is None


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

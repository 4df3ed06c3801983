"""Changes, gaps and multiples whose two levels stand further away than beside them: in the same sentence
behind other words, or in the sentences around it ("A year ago it was 18,240. This spring the figure was
23,160, up 27 per cent").

Which level was the former one is told by "from", "than" and "to", by years, or by tense and time words. Where
nothing tells it, the test closes if it does in either order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise, product

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.change_bases import (
    is_beside_a_plan,
    is_measured_elsewhere,
    is_of_something_else,
    is_taken_by_another,
    reaches_another,
)
from tallybook.consistency.change_words import COMPARATIVE, MARKET, SIDES, SUMS_UP, age_of, grain_of_time
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.compared_levels import compared, of_time
from tallybook.consistency.figures import PER_CENT, SHARE, START, ends, told_of, unborrowed
from tallybook.consistency.forms import RANGE, RATIO_FORM
from tallybook.consistency.level_bindings import clause_of
from tallybook.consistency.level_doubts import (
    has_time_base,
    is_between,
    parted,
    sets_beside,
)
from tallybook.consistency.level_units import (
    KnownLevels,
    Pair,
    factor_between,
    in_another_unit,
    with_a_pair_beside,
)
from tallybook.consistency.level_words import ASIDE, FILLER, FORMER, REACHED, WISH
from tallybook.consistency.levels_beside import MOST_FIGURES, Window, pair_of
from tallybook.consistency.levels_free import in_time
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.multiples import compared_times
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.same_words import stem
from tallybook.consistency.slips_of_changes import known_slip
from tallybook.consistency.steps import (
    AMOUNT,
    BASIS_POINT,
    MULTIPLE,
    POINT,
    RATIO,
    RELATIVE,
    Step,
    Steps,
    ratio_before,
)
from tallybook.reading import Mention, Reading

Roles = tuple[Mention, Mention]
"""(the former level, the later one)."""

_LONGEST_BREAK = 160
"""The most characters of sentences without figures between two that are looked at together."""
_NEAR = 48
_TWO_DIGITS = 10
_MOST_APART, _WORLDS = 4, 300
"""How many times a difference or percentage that is told wrong may be the right one."""
_BASE_BEHIND = AnyCase(
    rf" (?:[a-z]+ )?(?:than|short of|shy of|up on|down on|below|above|under|over|off|ahead of|behind|"
    rf"clear of|on)\s+{FILLER}",
)
_THAN = AnyCase(r" (?:[a-z]+ )?(?:than|up on|down on|short of|shy of|below|above) ")
_FORESEEN = AnyCase(
    r"\b(?:pencilled in|forecast|expected|predicted|hoped for|budgeted for|feared|foresaw|wanted|demanded|"
    r"proposed) "
    r"(?:\w+ ){0,5}$",
)
_YEAR = re.compile(r"\b(?:in|of|since|for|by|from)\s+(?:[A-Z][a-z]+\s+)?((?:1[5-9]|20)\d\d)\b")
_REACHED_NEAR = re.compile(r"(?:^|\b(?:to|at|now|reaching|hitting)\b[^.;:]*|,) *$")
_THIS_TIME = AnyCase(r"\b(?:this|today|now|currently)\b(?! (?:time )?last)")
# What makes a change an earlier one than that to a level before it: "to 990, after a drop of | 10 percent".
_AFTER_IT = re.compile(r"\b(?:after|following|on top of) (?:an? )?(?:[a-z]+ ){0,3}(?:by |of )?$")
_OR_AGAIN = re.compile(rf" {SIDES},? (?:or|that is|which is|i\.e\.),? (?:about |nearly |almost |some )?")
_AS_MANY = re.compile(r" as many (?:[a-z-]+ )?([a-z-]+)")

_IS_SAID = re.compile(
    r" as (?:much|many|high|large|big)(?: [a-z]+)?[,;] (?!against|compared|or |at |to |from )"
)
_AS_LONG = re.compile(r" as (?:long|tall|old|heavy|fast|wide|deep|quickly|often|likely|well|hard)\b")


def changes_apart(
    reading: Reading, grouped: Sequence[Sequence[Mention]], checks: Sequence[Check], steps: Steps
) -> Iterator[Check]:
    """A check for every change whose levels stand apart from it, unless one of ``checks`` has tested it.

    ``grouped``: the figures of each sentence; ``steps``: those of the text.
    """
    text, is_told = reading.text, told_of(checks)
    groups = [[unborrowed(m) if m.inferred else m for m in figures] for figures in grouped]
    known: KnownLevels = {}
    joined: list[bool] = []
    for k, own in enumerate(groups):
        near = groups[max(0, k - 2) : k + 3]
        many = sum(map(len, near))
        if many < 3:
            many += sum(ends(m) is not None for group in near for m in group)
        if len(own) > MOST_FIGURES or many < 2:
            continue
        enough = _may_differ(near, own) if many > 2 else frozenset()
        window: Window | None = None
        for mention in own:
            start = mention.start
            step = steps.of(mention) if start in enough else None
            if step is None and (mention.modifier is RANGE or text.endswith(" to ", 0, start)):
                step = ratio_before(text, mention)
            if step is None or is_told(step.size):
                continue
            joined = joined or [_beside(text, one, other) for one, other in pairwise(groups)]
            window = window or _window(groups, joined, k)
            check = _check(reading, step, window, is_told, known)
            if check is not None:
                yield check


def _may_differ(near: Sequence[Sequence[Mention]], own: Sequence[Mention]) -> Set[int]:
    """Where the figures of a sentence begin that may be the difference of two of its passage."""
    figures = [m for group in near for m in group]
    if any(m.modifier is RANGE for m in figures):
        return {m.start for m in own}
    return {m.start for m, has_pair in zip(figures, with_a_pair_beside(figures), strict=True) if has_pair}


def _window(groups: Sequence[Sequence[Mention]], joined: Sequence[bool], k: int) -> Window:
    """The figures of a sentence, of the two before and of the two behind, within one paragraph.

    ``joined``: whether each sentence stands beside the next one.
    """
    first, last = k, k
    while first > max(k - 2, 0) and joined[first - 1]:
        first -= 1
    while last < min(k + 2, len(groups) - 1) and joined[last]:
        last += 1
    return Window(groups[k], groups[first:k][::-1], groups[k + 1 : last + 1])


def _beside(text: str, one: Sequence[Mention], other: Sequence[Mention]) -> bool:
    end, start = one[0].sentence[1], other[0].sentence[0]
    return (
        len(one) + len(other) <= MOST_FIGURES
        and start - end <= _LONGEST_BREAK
        and "\n" not in text[end:start]
    )


def _is_no_result(text: str, step: Step, pair: Pair) -> bool:
    """Whether a change is wished for, or is measured against a plan that no figure tells."""
    start = max(step.size.sentence[0], step.size.start - _NEAR)
    if _FORESEEN.search(text, start, step.size.start):
        return True
    if WISH.search(text, start, step.size.start) is not None:
        return True
    return is_beside_a_plan(text, step.size, (pair.first, pair.second))


def _check(
    reading: Reading, step: Step, window: Window, is_told: Callable[[Mention], bool], known: KnownLevels
) -> Check | None:
    pair = pair_of(reading, step, window, is_told, known)
    if pair is None or not _counts_the_same(reading.text, step, pair):
        return None
    if _is_no_result(reading.text, step, pair):
        return None
    if is_measured_elsewhere(reading.text, step.size, pair.first, pair.second):
        return None
    same = _in_one_unit(step, pair)
    if same is None:
        return None
    size, first, second = same
    roles = _roles(reading.text, step, pair)
    orders = [(first, second), (second, first)]
    if roles is not None:
        orders = orders[:1] if roles[0] is pair.first else orders[1:]
    check = _compared(reading.text, step, size, orders)
    if check is None or (not step.sided and sets_beside(reading.text, step.size, pair.first, pair.second)):
        return None
    behind = step.size.start > max(pair.first.start, pair.second.start)
    if step.kind == MULTIPLE and behind and (first.per is None) is not (second.per is None):
        return None  # "$1.2 million, $30,000 an acre, ten times what it paid"
    if step.kind == MULTIPLE and not check.closes and _is_change_of(reading.text, pair, step):
        return None  # "60 million, 20 million more, or half as much again"
    if step.kind == MULTIPLE and not (behind or pair.apart) and _IS_SAID.match(reading.text, step.size.end):
        return None  # "made £1.4bn, three times as much, as margins rose to 6% from 2%"
    if not check.closes and step.kind == MULTIPLE and _are_worlds_apart(size, first, second):
        return None  # "fees of $405 bring in $340m, a third of what the courts spend"
    if step.kind == MULTIPLE and behind and _is_of_a_nearer(step, pair, window.own):
        return None
    if not check.closes and _may_be_of_another(reading.text, step, pair, roles):
        return None
    asked = (reading.text, step.size, pair[:2], window.own)
    if not check.closes and (reaches_another(*asked) or is_taken_by_another(*asked)):
        return None
    if (
        not check.closes
        and step.kind == AMOUNT
        and step.size.trend is not None
        and (
            _is_another_event(reading.text, step, pair)
            or (roles is None and (size.low < _TWO_DIGITS or not _is_digit_slip(size, first, second)))
        )
    ):
        return None  # "won 12 of 15 games and lost only two"
    if not check.closes and _is_above_both(step, size, first, second):
        return None  # "a lead of 141, with Root on 96 and 34 overs lost"
    few = roles is None and step.kind == AMOUNT and 1 < size.low < _TWO_DIGITS and size.words[:1].isalpha()
    if few and not check.closes and abs(first.low - second.low) > _MOST_APART * size.low:
        return None  # "grazed by two crofts, which keep 450 and 390"
    far = pair.free or step.size.sentence not in (pair.first.sentence, pair.second.sentence)
    loose = far or (pair.apart and step.kind == MULTIPLE)
    if loose and not check.closes and not _is_slip_of_change(step, size, first, second):
        return None
    bare = pair.first.unit is None or pair.second.unit is None
    if pair.apart and not check.closes and step.kind == POINT and bare:
        return None  # "19 could leave. They have dropped five points from 39"
    if (
        (far or pair.apart)
        and not check.closes
        and step.kind == AMOUNT
        and not _is_digit_slip(size, first, second)
    ):
        return None
    bound_by_size = step.kind == RELATIVE or (step.kind == RATIO and (far or pair.apart))
    if bound_by_size and not check.closes and not known_slip(size, first, second):
        return None
    return _around(check, step, pair)


def _is_change_of(text: str, pair: Pair, step: Step) -> bool:
    """Whether "or" restates one of two amounts, a difference, as a multiple: "20 million more, or half as
    much again"."""
    nearer = max(
        (one for one in (pair.first, pair.second) if one.end <= step.size.start), key=START, default=None
    )
    return nearer is not None and _OR_AGAIN.fullmatch(text, nearer.end, step.size.start) is not None


def _are_worlds_apart(size: Mention, first: Mention, second: Mention) -> bool:
    """Whether two levels are so far apart that no multiple is told of them, and no slip explains it."""
    low, high = sorted((first.low, second.low))
    stated = size.low if size.low >= 1 else 1 / size.low
    return high > _WORLDS * stated * low and not is_slip(stated, high / low)


def _is_of_a_nearer(step: Step, pair: Pair, own: Sequence[Mention]) -> bool:
    """Whether a figure of another kind stands between a multiple and both its levels: "41 and 188 on board
    came within 90 metres, a tenth of the legal distance"."""
    last = max(pair.first.end, pair.second.end)
    units = (None, pair.first.unit, pair.second.unit)
    return any(last <= m.start < step.size.start and m.unit not in units and is_measured(m.unit) for m in own)


def _is_above_both(step: Step, size: Mention, first: Mention, second: Mention) -> bool:
    """Whether a difference is more than either of its levels, and no digit has slipped."""
    if step.kind != AMOUNT or step.size.unit is not None or min(first.low, second.low) < 0:
        return False
    return size.low > max(first.low, second.low) and not _is_digit_slip(size, first, second)


def _is_another_event(text: str, step: Step, pair: Pair) -> bool:
    """Whether "and" joins what was lost or gained to two levels: "grew to 40 from 32 and lost only two"."""
    end = max(pair.first.end, pair.second.end)
    joined = text.find(" and ", end, step.size.start)
    return joined >= 0 and SUMS_UP.match(text, joined + 5) is None


def _is_digit_slip(size: Mention, first: Mention, second: Mention) -> bool:
    """Whether a sum misses the difference of two levels by a digit, or by digits that changed places."""
    return is_slip(size.low, float(f"{abs(first.low - second.low):.9g}"), exact=True)


def _is_slip_of_change(step: Step, size: Mention, first: Mention, second: Mention) -> bool:
    """Whether a change misses the one that its levels make by as much as slips do, and not by more."""
    low, high = sorted((first.low, second.low))
    if high == low:
        return False
    if step.kind == RATIO or (size.unit == SHARE and size.form is RATIO_FORM):
        stated = size.low if size.low >= 1 else 1 / size.low
        return is_slip(stated, high / low)
    if step.kind == MULTIPLE:
        stated, made = (size.low if size.low >= 1 else 1 / size.low), high / low
    elif step.kind in (AMOUNT, POINT):
        stated, made = size.low, high - low
    else:
        stated = size.low if size.unit == SHARE else size.low / 100
        made = (high - low) / (low if size.trend == "up" else high)
    return is_slip(stated, made) or stated / _MOST_APART <= made <= stated * _MOST_APART


def _around(check: Check, step: Step, pair: Pair) -> Check:
    """The check with the words and places as printed, not as they were converted."""
    three = sorted((step.size, pair.first, pair.second), key=lambda m: m.start)
    about = tuple(dict.fromkeys(m.words for m in three))
    return replace(check, about=about, start=three[0].start, end=max(m.end for m in three))


def _compared(text: str, step: Step, size: Mention, orders: Sequence[Roles]) -> Check | None:
    """The test in the likeliest order that closes, or else in the one that the direction tells."""
    if step.kind == MULTIPLE:
        return compared_times(text, size, *orders[0])
    trends = (size.trend,) if size.trend or step.kind == RATIO else ("up", "down")
    made = [
        (trend, old, new, compared(of_time(text, size._replace(trend=trend), old, new), old, new))
        for (old, new), trend in product(orders, trends)
    ]
    found = [one for one in made if one[3] is not None]
    for *_, check in found:
        if check is not None and check.closes:
            return check
    fits = [one for one in found if (one[0] == "up") == (one[2].low > one[1].low)]
    return (fits or found)[0][3] if found else None


def _counts_the_same(text: str, step: Step, pair: Pair) -> bool:
    """Whether "as many swifts" is told beside numbers of swifts, or numbers without a noun; and "as long" not
    beside what is counted."""
    many = _AS_MANY.match(text, step.size.end)
    units = {m.unit for m in (pair.first, pair.second) if m.unit is not None}
    if many is None:
        measures = step.kind == MULTIPLE and _AS_LONG.match(text, step.size.end) is not None
        return not measures or all(map(is_measured, units))
    if any(is_measured(unit) for unit in units):
        return False
    return (
        not units
        or many[1] == "as"
        or stem(many[1]) in {stem(word) for unit in units for word in unit.split()}
    )


def _in_one_unit(step: Step, pair: Pair) -> tuple[Mention, Mention, Mention] | None:
    """The change and its levels in one unit: that of the first level that names one."""
    unit = pair.first.unit or pair.second.unit
    first, second = _converted(pair.first, unit), _converted(pair.second, unit)
    size: Mention | None = step.size
    if step.kind == AMOUNT:
        size = _converted(step.size, unit)
        unit = unit or step.size.unit
    if step.size.unit == BASIS_POINT:
        size = in_another_unit(step.size, 0.01, "percentage point")
    if first is None or second is None or size is None:
        return None
    first, second = (one._replace(unit=one.unit or unit) for one in (first, second))
    if step.kind == POINT and unit != PER_CENT and unit is not None and is_measured(unit):
        return None
    return size, first, second


def _converted(mention: Mention, unit: str | None) -> Mention | None:
    factor = factor_between(mention.unit, unit)
    return None if factor is None else in_another_unit(mention, factor, unit or mention.unit)


def _roles(text: str, step: Step, pair: Pair) -> Roles | None:
    """The former level and the later one, where words tell for certain which is which."""
    first, second = pair.first, pair.second
    if pair.known:
        return first, second
    size = step.size
    for one, other in ((first, second), (second, first)):
        if one.start > size.end and _BASE_BEHIND.fullmatch(text[size.end : one.start]):
            return one, other
    if (
        size.sentence == second.sentence
        and first.end < size.start < second.start
        and _THAN.match(text, size.end)
    ):
        return second, first
    if _is_bare(text, size.end) or (step.sided and size.trend is not None) or step.kind == MULTIPLE:
        return None
    marked = [m for m in (first, second) if FORMER.search(_before(text, m))]
    if len(marked) == 1 and not _is_now(text, marked[0], second if marked[0] is first else first):
        return (first, second) if marked[0] is first else (second, first)
    return _by_time(text, step, first, second)


def _is_now(text: str, mention: Mention, other: Mention) -> bool:
    """Whether "it was 14,100" tells of today: "this year it was"."""
    return _THIS_TIME.search(clause_of(text, mention, other)) is not None


def _by_time(text: str, step: Step, first: Mention, second: Mention) -> Roles | None:
    reached = [m for m in (first, second) if m.start > step.size.end and REACHED.search(_before(text, m))]
    if len(reached) == 1 and " to " in _before(text, reached[0])[-12:]:
        return (second, first) if reached[0] is first else (first, second)
    one, other = clause_of(text, first, second), clause_of(text, second, first)
    years = _YEAR.search(one), _YEAR.search(other)
    if years[0] and years[1] and years[0][1] != years[1][1]:
        return (first, second) if years[0][1] < years[1][1] else (second, first)
    then, now = age_of(one), age_of(other)
    if {then, now} in ({0, 5}, {1, 5}, {0, 4}, {1, 4}, {1, 6}, {5, 6}):
        return (first, second) if then < now else (second, first)
    return None


def _before(text: str, mention: Mention) -> str:
    return text[max(mention.sentence[0], mention.start - _NEAR) : mention.start]


def _may_be_of_another(text: str, step: Step, pair: Pair, roles: Roles | None) -> bool:
    """Whether a change may start from another time than that of the level which it does not fit: "shares fell
    3% to 312p. A year ago they stood at 355p"."""
    size = step.size
    if parted(text, size, *pair[:2]) or is_of_something_else(text, size, *pair[:2]):
        return True
    if has_time_base(text, size) and not (pair.known or in_time(text, size, pair.first, pair.second)):
        return True
    if min(pair.first.start, pair.second.start) < size.start and _AFTER_IT.search(
        text, max(size.sentence[0], size.start - _NEAR), size.start
    ):
        return True
    if step.kind == AMOUNT and not is_between(text, size, pair.first, pair.second):
        return True
    named = _BASE_BEHIND.match(text, size.end)
    told = -1 if named is None or not text[named.end() : named.end() + 1].isdigit() else named.end()
    if told >= 0 and not any(m.start <= told < m.end for m in (pair.first, pair.second)):
        return True  # "all out for 187, 62 short of the 249 they needed"
    if step.kind == MULTIPLE:
        return False
    if (
        roles is not None
        and roles[0].start > size.end
        and _BASE_BEHIND.fullmatch(text[size.end : roles[0].start])
    ):
        return False
    own, base = pair.first, pair.second
    if base.start < size.start and size.sentence == base.sentence:
        own, base = base, own
    if not (
        size.end <= own.start <= size.end + _NEAR and own.sentence == size.sentence and pair.known is False
    ) or not _REACHED_NEAR.search(text, size.end, own.start):
        return False
    if ASIDE.search(_before(text, base)) is not None and own.start < base.start:
        return True
    said = text[max(own.sentence[0], size.start - 2 * _NEAR) : min(own.sentence[1], own.end + _NEAR)]
    if pair.apart and step.kind in (RELATIVE, AMOUNT, POINT) and MARKET.search(said):
        return True
    here = grain_of_time(
        text[max(own.sentence[0], size.start - _NEAR) : own.end] + clause_of(text, own, base)[-_NEAR:]
    )
    there = grain_of_time(clause_of(text, base, own))
    return here is not None and there is not None and here[1] < there[1]


def _is_bare(text: str, end: int) -> bool:
    """Whether "8 fewer" leaves out than what: it may be told of either level."""
    found = COMPARATIVE.match(text, end)
    return found is not None and not text.startswith(" than", found.end())

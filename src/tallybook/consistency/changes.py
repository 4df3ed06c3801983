"""A change and the two levels that it leads from and to, in all orders that newspapers use: "from A to B, a
rise of C", "by C to B from A", "B, up C from A", "C lower than A".

A change and its levels are neighbours among the figures of a sentence (lengths of time, ages and attributes
aside), and words or years say which level was the former one. Without that nothing is tested.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.change_bases import (
    is_against_another_year,
    is_beside_a_plan,
    is_measured_elsewhere,
    is_of_something_else,
)
from tallybook.consistency.change_words import DOWN_BEHIND, SIDES
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.compared_levels import compared, of_time
from tallybook.consistency.figures import (
    PER_CENT,
    POINTS,
    SHARE,
    alike,
    ends,
    is_attribute,
    is_length_of_time,
    is_one_number,
    level,
)
from tallybook.consistency.forms import AGE_FORM, RANGE, RATIO_FORM
from tallybook.consistency.level_doubts import parted, sets_beside
from tallybook.consistency.level_words import (
    AND_DID,
    ASIDE,
    FORMER,
    FORMER_BEHIND,
    LED_TO,
    PLANNED,
    REACHED,
    WISH,
)
from tallybook.reading import Mention, read

Relation = tuple[Mention, Mention, Mention]
"""(the change, the former level, the later one)."""

# What parts a clause of another subject from the one before.
_SWITCH = re.compile(r"\b(?:while|whilst|whereas|although|though|but|despite|of whom|of which)\b")
# What makes the change that of another noun: "rose 20%, helped by a jump in revenue from …".
_ANOTHER = re.compile(
    r"\b(?:rise|jump|increase|growth|gain|surge|climb|fall|drop|decline|decrease|cut|slump|reduction)s? in "
    r"(?!(?:the|a|one|two|three|just|\d|[A-Z]|last|this|recent)\b)|;|"
    r" and (?![A-Z]|(?:now |then |so )*(?:stands?|stood|is|are|was|were|reach|hit|holds?|held|end|clos))"
)
# Words directly behind a percentage or points that make it a change.
_SIDE = re.compile(
    r" (?:(below|under|down on|lower than|less than)|(above|over|up on|higher than|more than)) "
)
_RESTATED = re.compile(r"(?:,| –| —)? ?(?:which is|that is|a difference of|a change of|or|\()? ?")
_SET_OFF = re.compile(
    r"^ (?:in|over|within|during) [^,;:–—.]*(?:,| [–—]|:|;| \() ?(?:or |that is |some |about )?$"
)
_SLIPS = (1e-6, 1e-3, 1e3, 1e6)
"""Millions for billions, and the like."""
# The clause behind a semicolon that speaks of the same: "to 23,870; it had been 22,706".
_GOES_ON = re.compile(
    r"; (?:it|they|that|this|these|he|she|the (?:figure|number|total|count)|in|on|at|a|last|previously)\b"
)
_MOST = 160
"""The most characters between a change and its levels."""
_YEAR = re.compile(r"\b(?:in|of|since|for|by|from)\s+(?:[A-Z][a-z]+\s+)?((?:1[5-9]|20)\d\d)\b")
_PERIOD = r"(?:year|month|week|season|summer|winter|spring|autumn|fall|quarter|time|decade|day)"
_LAST = AnyCase(rf"\blast {_PERIOD}\b")
_BEFORE = AnyCase(
    rf"\b(?:until (?:now|then)|so far|hitherto|ago|earlier|previously|{_PERIOD} before|previous {_PERIOD}|"
    r"yesterday|then)\b",
)
_THIS = AnyCase(rf"\b(?:today|this {_PERIOD}|this morning|currently|(?<!until )now(?=[.,;)]|$))\b")
_ONCE = AnyCase(r"\b(?:used to|had|once|previously|formerly)\b")
_NOW = AnyCase(r"\b(?:now|today|currently)\b")
_AT_LAST, _AT_NOW = 9000, 9999
_NEAR = 40
_RATIO_VERB = re.compile(
    r"\b((?:(?:more than|nearly|almost|roughly) )?\w{5,12}ed)(?: (?:that|it|them|this|these))? to $"
)
_THING_TO = ("that to ", "it to ", "them to ", "this to ", "these to ")
"""How that ends, where it does not end in the verb."""
_LONGEST_VERB = 40
# The end of a sentence that the reader takes for the middle of one: "who had asked for 1.5. Alphatec shares".
STOP = re.compile(r"(?:\d|\w{4,})[.!?] (?=\w)")
_REACHED_BEHIND = re.compile(r",? (?:(?:down|up|higher|lower|off|ahead|on the day),? )?(?:at|to) ")
_MOST_GROWTH = 300
"""How many times a level may be the other; beyond it they are of two things."""
_SAID_TWICE = re.compile(r",? (?:or|that is|i\.e\.,?) | ?\(")
_BESIDE_IT = re.compile(r"(?:,| –| —) (?:that is |which is |or |some |about )?")
_MORE_BEHIND = re.compile(rf"(?:\)|,)?((?: (?:{SIDES}|up on|down on)\b))")
_THEN_TO = re.compile(r"\)?,? to (?:(?:close|stand|end|finish) at )?")


def changes(text: str, grouped: Sequence[Sequence[Mention]]) -> Iterator[Check]:
    """A check for every change whose two levels stand beside it, and words tell apart. ``grouped``: the
    figures of each sentence."""
    for figures in grouped:
        many = len(figures)
        if many < 2 or not any((_may_change if many > 2 else _may_be_levels)(text, m) for m in figures):
            continue
        told = _beside(text, figures)
        done: set[int] = set()
        found: list[tuple[Check, Mention, Mention, Mention]] = []
        for change, old, new in _relations(text, told):
            if change.start in done or sets_beside(text, change, old, new):
                continue
            if is_against_another_year(text, change):
                continue
            check = _compared(text, change, old, new)
            if check is not None and not _is_beside_the_point(text, check, change, old, new, told):
                done.add(change.start)
                found.append((check, change, old, new))
        agree = {(old.start, new.start) for check, _, old, new in found if check.closes}
        for check, change, old, new in found:
            if check.closes or not (_is_taken(old, new, agree, told) or _is_yearly(change, old, new)):
                yield check


def _is_taken(old: Mention, new: Mention, agree: Set[tuple[int, int]], told: Sequence[Mention]) -> bool:
    """Whether the levels belong to another change of the sentence: "rose by 40 and fell by 15, from 500 to
    540"."""
    if (old.start, new.start) in agree:
        return True
    sizes = [m for m in told if is_change(m)]
    made = abs(new.low - old.low)
    return len(sizes) > 1 and any(
        math.isclose(size.low, made) or (size.unit == PER_CENT and _is_near(size.low, old, new))
        for size in sizes
    )


def _is_near(percent: float, old: Mention, new: Mention) -> bool:
    return old.low > 0 and abs(100 * abs(new.low / old.low - 1) - percent) < 0.6


def _is_yearly(change: Mention, old: Mention, new: Mention) -> bool:
    """Whether a change is told for each year, and its levels may be further apart: "10 per cent a year"."""
    return change.per is not None and change.per not in (old.per, new.per)


def _may_change(text: str, mention: Mention) -> bool:
    """Whether a figure may be a change or the levels of one: all that is tested has one of these."""
    unit = mention.unit
    return mention.trend is not None or unit == PER_CENT or unit in POINTS or _may_be_levels(text, mention)


def _may_be_levels(text: str, mention: Mention) -> bool:
    """Whether a figure may be both levels of a change, or one that a verb alone leads to: of two figures one
    must be."""
    return mention.modifier is RANGE or text.endswith(" to ", 0, mention.start)


def _compared(text: str, change: Mention, old: Mention, new: Mention) -> Check | None:
    """The test; in the other order too, where only words of time have told the order: "sold 3,840 so far"."""
    check = compared(of_time(text, change, old, new), old, new)
    sure = old.start == new.start or any(
        FORMER.search(_before(text, m)) or FORMER_BEHIND.fullmatch(text[change.end : m.start])
        for m in (old, new)
    )
    if check is None or check.closes or sure or change.form is RATIO_FORM:
        return check
    other = compared(of_time(text, change, old, new), new, old)
    return other if other is not None and other.closes else check


def _is_beside_the_point(
    text: str, check: Check, change: Mention, old: Mention, new: Mention, told: Sequence[Mention]
) -> bool:
    """Whether a change need not start from the level that it does not fit: "down 0.2 points to 5.1 percent,
    compared with 6.3 percent a year earlier". It does where only millions stand for billions."""
    low, high = sorted((old.low, new.low))
    if not check.closes and change.unit == PER_CENT and high > _MOST_GROWTH * low:
        return True
    in_order = change.start < new.start < old.start and text[change.end : new.start] == " to "
    if check.closes:
        return False
    if (old.per is None) is not (new.per is None) and any(
        m.end <= min(old.start, new.start) and level(m) and alike(m, old) and alike(m, new) for m in told
    ):
        return True  # "12,000 were sold, 2,000 a month, a fifth less than before, when it was 15,000"
    if is_of_something_else(text, change, old, new) or is_measured_elsewhere(text, change, old, new):
        return True
    if parted(text, change, old, new) or _reaches_another(text, change, (old, new), told):
        return True
    if not in_order or ASIDE.search(_before(text, old)) is None:
        return False
    scaled = (
        change._replace(
            low=change.low * size, high=change.high * size, grain=(change.grain or 0) * size or None
        )
        for size in _SLIPS
    )
    return not any(made is not None and made.closes for made in (compared(c, old, new) for c in scaled))


def _reaches_another(
    text: str, change: Mention, levels: tuple[Mention, Mention], told: Sequence[Mention]
) -> bool:
    """Whether a third level may be meant: "floated at 180p and were once at 410p, closed 4% down at 133p"."""
    sure = any(FORMER.search(_before(text, m)) for m in levels)
    for mention in told:
        if _SAID_TWICE.fullmatch(text, mention.end, change.start):
            continue  # "6 crowns or 16 per cent more": the change itself
        if not sure and mention not in levels and mention.end <= change.start and alike(mention, levels[1]):
            return level(mention) and mention.unit is not None
        if mention.start >= change.end:
            reached = _REACHED_BEHIND.fullmatch(text, change.end, mention.start) is not None
            return reached and level(mention) and mention not in levels and alike(mention, levels[1])
    return False


def _beside(text: str, figures: Sequence[Mention]) -> list[Mention]:
    """The figures that may be a change or a level, without lengths of time and attributes: "60 per cent | in
    five years | , from £725 to £841"."""
    units = [mention.unit for mention in figures]
    return [
        _with_side(text, m)
        for m in figures
        if m.form is not AGE_FORM
        and (not is_length_of_time(m) or m.trend is not None or units.count(m.unit) > 1)
        and not ("-" in m.words and is_attribute(text, m))
    ]


def _with_side(text: str, mention: Mention) -> Mention:
    """With the direction of "35% | below this year's $5.2 million"."""
    if mention.trend is not None or not (mention.unit == PER_CENT or mention.unit in POINTS):
        return mention
    side = _SIDE.match(text, mention.end)
    return mention if side is None else mention._replace(trend="down" if side[1] else "up")


def is_change(mention: Mention) -> bool:
    """Whether a figure is the size of a change."""
    return mention.trend is not None and ends(mention) is None


def _relations(text: str, figures: Sequence[Mention]) -> Iterator[Relation]:
    for k, mention in enumerate(figures):
        levels = ends(mention) if mention.modifier is RANGE else None
        if levels is not None:
            change = _nearest_change(text, figures, k)
            if change is not None:
                yield change, *levels
            continue
        three = figures[k : k + 3]
        if len(three) == 3 and not all(m.trend is None for m in three) and not any(map(ends, three)):
            found = _of_three(text, three)
            if found is not None:
                yield found
        two = three[:2]
        if len(two) == 2 and text.endswith(" to ", 0, mention.start) and level(two[0]) and level(two[1]):
            ratio = ratio_to(text, two[0])
            if ratio is not None and FORMER.search(text[two[0].end : two[1].start]):
                yield ratio, two[1], two[0]  # "tripled to 90,000 from 30,000"


def _nearest_change(text: str, figures: Sequence[Mention], k: int) -> Mention | None:
    """The change beside the "from A to B" at ``k``: before it, or else behind."""
    levels = figures[k]
    if k > 0 and is_change(figures[k - 1]) and _one_subject(text, figures[k - 1], levels):
        return None if WISH.search(_before(text, figures[k - 1])) else figures[k - 1]
    if k + 1 == len(figures):
        return None
    behind = figures[k + 1]
    if PLANNED.match(text, behind.end):
        return None  # "from 29 °C to 16 °C, 5 °C below the norm"
    if is_change(behind):
        return behind if _one_subject(text, levels, behind) else None
    if behind.unit != PER_CENT and behind.unit not in POINTS:
        return None
    gap = text[levels.end : behind.start]
    restated = _RESTATED.fullmatch(gap)  # "from 40% to 44%, which is four points"
    if restated is None and behind.unit in POINTS and levels.unit == PER_CENT and len(gap) <= _NEAR:
        restated = _SET_OFF.search(gap)  # "from 23% to 17% in eight years — six points"
    return behind._replace(trend="down" if levels.descends else "up") if restated else None


def _of_three(text: str, three: Sequence[Mention]) -> Relation | None:
    """A change and two levels side by side, in any order, one of them marked as the former level."""
    steps = [m for m in three if is_change(m)]
    restated = _more_than(text, *three)
    if restated is not None:
        return restated
    if len(steps) == 2 and is_change(three[0]) and is_change(three[1]) and level(three[2]):
        return _said_twice(text, three[0], three[1], three[2])
    if len(steps) != 1 or not all(m is steps[0] or level(m) for m in three):
        return None
    change = steps[0]
    one, other = (m for m in three if m is not change)
    if not alike(one, other) or is_beside_a_plan(text, change, (one, other)):
        return None
    if change is three[0] and (
        AND_DID.search(text, one.end, other.start) or text.startswith(" from ", other.end)
    ):
        return None
    for first, second in pairwise(three):
        both_levels = change is not first and change is not second
        if not _one_subject(text, first, second, clauses=both_levels):
            return None
    old = _former(text, one, other, change)
    return None if old is None else (change, old, other if old is one else one)


def _former(text: str, one: Mention, other: Mention, change: Mention) -> Mention | None:
    """The level that words or years make the former one; None where neither or both are."""
    marked = [
        m
        for m in (one, other)
        if FORMER.search(_before(text, m)) or FORMER_BEHIND.fullmatch(text[change.end : m.start])
    ]
    reached = [m for m in (one, other) if REACHED.search(_before(text, m))]
    led_to = [m for m in (one, other) if LED_TO.search(_before(text, m))]
    if not marked and len(led_to) == 1:
        return one if led_to[0] is other else other
    if len(marked) == 2 and len(reached) == 1:
        marked = [m for m in marked if m is not reached[0]]
    if len(marked) == 1:
        return marked[0]
    when, then = _time(text, one), _time(text, other)
    if when is None or then is None:
        if when == _AT_NOW or then == 0:
            return other
        return one if then == _AT_NOW or when == 0 else None
    if when == then:
        return None
    return one if when < then else other


def _before(text: str, mention: Mention) -> str:
    return text[max(mention.sentence[0], mention.start - _NEAR) : mention.start]


def _time(text: str, mention: Mention) -> int | None:
    """When a level was: a year, 0 for "a year earlier", behind all years for "last year" and "now"; None if
    no word says."""
    behind = re.split(r"[,;:]| and ", text[mention.end : min(mention.sentence[1], mention.end + _NEAR)])[0]
    ahead = re.split(r"[,;:]", _before(text, mention))[-1]
    for near, former, present in ((behind, _BEFORE, _THIS), (ahead, _ONCE, _NOW)):
        year = _YEAR.search(near)
        if year is not None:
            return int(year[1])
        if _LAST.search(near):
            return _AT_LAST
        if former.search(near):
            return 0
        if present.search(near):
            return _AT_NOW
    return None


def _one_subject(text: str, first: Mention, second: Mention, *, clauses: bool = False) -> bool:
    """Whether no word between two neighbours begins the clause of another subject. ``clauses``: a semicolon
    may part them ("to 23,870; it had been 22,706")."""
    gap = text[first.end : second.start]
    if len(gap) > _MOST or _SWITCH.search(gap) is not None or STOP.search(text, first.end - 1, second.start):
        return False
    if ";" in gap and _GOES_ON.search(gap) is None:
        return False
    return clauses or _ANOTHER.search(gap) is None


def _said_twice(text: str, first: Mention, second: Mention, new: Mention) -> Relation | None:
    """ "up £2m, or 5%, to £42m": the sum gives the former level, the percentage is tested."""
    joined = _SAID_TWICE.fullmatch(text[first.end : second.start])
    then = _THEN_TO.fullmatch(text[second.end : new.start])
    if not joined or not then or not alike(first, new):
        return None
    if second.unit != PER_CENT or first.unit in (PER_CENT, SHARE, *POINTS) or first.low != first.high:
        return None
    old = new.low + (first.low if first.trend == "down" else -first.low)
    return (second, new._replace(low=old, high=old, grain=first.grain), new) if old > 0 else None


def _more_than(text: str, new: Mention, size: Mention, percent: Mention) -> Relation | None:
    """ "89 euros, 12 euros or 16 per cent more than this year": the sum gives the former level, the
    percentage is tested; the sum itself is no level."""
    if (
        percent.unit not in (PER_CENT, SHARE)
        or size.unit in (PER_CENT, SHARE, *POINTS)
        or size.low >= new.low
    ):
        return None
    if not (level(new) and is_one_number(size) and alike(size, new) and new.unit is not None):
        return None
    if not (
        _BESIDE_IT.fullmatch(text, new.end, size.start)
        and _SAID_TWICE.fullmatch(text, size.end, percent.start)
    ):
        return None
    side = _MORE_BEHIND.match(text, percent.end)
    if side is None or new.per is not None or size.per is not None:
        return None
    down = DOWN_BEHIND.match(side[1]) is not None
    old = new.low + (size.low if down else -size.low)
    change = percent._replace(trend="down" if down else "up")
    return change, new._replace(low=old, high=old, grain=size.grain), new


def ratio_to(text: str, new: Mention) -> Mention | None:
    """The "more than tripled" of "more than tripled to 90,000", of which the reader gives the level alone."""
    if not text.endswith("ed to ", 0, new.start) and not text.endswith(_THING_TO, 0, new.start):
        return None
    found = _RATIO_VERB.search(text[max(new.sentence[0], new.start - _LONGEST_VERB) : new.start])
    ratio = _ratio_of(found[1]) if found is not None else None
    if found is None or ratio is None:
        return None
    end = new.start - len(found[0]) + len(found[1])
    return ratio._replace(start=end - len(ratio.words), end=end, sentence=new.sentence)


@lru_cache(maxsize=512)
def _ratio_of(verb: str) -> Mention | None:
    """ "Nearly doubled" as the figure that the reader gives of it alone, if it is one of a ratio."""
    alone = read(verb)
    return alone[0] if len(alone) == 1 and alone[0].form is RATIO_FORM else None

"""A change and the two levels that it leads from and to: "from A to B, a rise of C", "by C to B from A", "B, up C
from A", "C lower than A", in all orders that newspapers use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import (
    PER_CENT,
    POINTS,
    SHARE,
    TIMES,
    alike,
    asides_between,
    by_sentence,
    ends,
    level,
    shown,
    zones,
)
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import meet
from tallybook.prose import converted, digits
from tallybook.reading import Mention, Reading, read
from tallybook.terms import Form

TEST = "change between two levels"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[;:()]|\d+")
# Words that may stand between a change and its levels, and between "to B" and "from A".
_TIMES = word_set(
    """
    in over during last this within since year years month months week weeks day days decade quarter season
    spring summer autumn winter january february march april may june july august september october november
    december night yesterday today now then then earlier before previously ago annually overnight a the same
    period term just only one two three four five six seven eight nine ten past previous monday tuesday
    wednesday thursday friday saturday sunday
    """
)
_LINKS = word_set("or a an the by up down of about some which is was that represents representing i e nearly")
_NOUNS = word_set(
    """
    rise fall drop increase decrease decline gain loss growth jump cut reduction change difference climb slump
    surge improvement advance plunge slide dip hike rises fell rose
    """
)
_THAN = re.compile(
    r"(?:,| )?\s*(?:higher|lower|more|less|fewer|up|down|above|below|better|worse|longer|shorter|bigger|smaller)?"
    r"\s*(?:than|from|on|compared with|compared to|against|above|below|over)\s(?P<rest>[\w\s’',.-]{0,40})$"
)
_REFERENCE = word_set(
    """
    the a its his her their our that of those earlier previous former last this year's years month's week's
    season's summer's winter's old original initial starting same figure level total number count record in a
    before year month week day's quarter's budgeted planned expected recorded seen reported it was had been at
    just only some about spring's autumn's
    """
)
_FROM = re.compile(r",? ?(?:(?:up|down|and up|and down|was up|was down) )?(?:compared with|compared to|from|against) ?")
_LATER = re.compile(r"(?:a|one|the) (?:year|month|week|quarter|decade|season) (?:ago|earlier|before)")
_RATIO_VERB = re.compile(r"\b((?:(?:more than|nearly|almost|roughly) )?\w{5,12}ed) to $")
_LONGEST_VERB = 40


def changes(reading: Reading) -> Iterator[Check]:
    """A check for every change whose two levels the words of its sentence name."""
    for figures in by_sentence(reading):
        done: set[int] = set()
        for k, mention in enumerate(figures):
            found = _with_range(reading, figures, k) if ends(mention) else _with_levels(reading, figures, k)
            for change, old, new in found:
                if change.start in done:
                    continue
                check = compared(reading, change, old, new)
                if check is not None:
                    done.add(change.start)
                    yield check


def is_change(mention: Mention) -> bool:
    """Whether a figure is the size of a change."""
    return mention.trend is not None and ends(mention) is None


def _with_range(
    reading: Reading, figures: Sequence[Mention], k: int
) -> Iterator[tuple[Mention, Mention, Mention]]:
    """The change beside the "from A to B" at ``k``: before it, or else behind."""
    levels = ends(figures[k])
    assert levels is not None
    old, new = levels
    if k > 0 and is_change(figures[k - 1]) and _only(reading, figures[k - 1], figures[k], _TIMES):
        yield figures[k - 1], old, new
    elif k + 1 < len(figures) and is_change(figures[k + 1]):
        if _only(reading, figures[k], figures[k + 1], _TIMES | _LINKS | _NOUNS):
            yield figures[k + 1], old, new


def _with_levels(
    reading: Reading, figures: Sequence[Mention], k: int
) -> Iterator[tuple[Mention, Mention, Mention]]:
    """The change and the two levels among the three figures that begin at ``k``."""
    three = figures[k : k + 3]
    if len(three) == 3 and all(ends(mention) is None for mention in three):
        first, second, third = three
        text = reading.text
        gaps = text[first.end : second.start], text[second.end : third.start]
        if is_change(first) and level(second) and level(third) and gaps[0] == " to ":
            if _FROM.fullmatch(_without_time(gaps[1])):
                yield first, third, second  # "by 14 to 61, from 47"
        elif level(first) and is_change(second) and level(third):
            if _only(reading, first, second, _TIMES | _LINKS | _NOUNS) and _is_reference(gaps[1]):
                yield second, third, first  # "£12m, up 20% from £10m"
        elif level(first) and level(second) and is_change(third):
            if _FROM.fullmatch(_without_time(gaps[0])) and _only(
                reading, second, third, _TIMES | _LINKS | _NOUNS
            ):
                yield third, second, first  # "to 45% from 60%, a drop of 25%"
        elif is_change(first) and is_change(second) and level(third):
            yield from _said_twice(first, second, third, gaps)
    two = figures[k : k + 2]
    if len(two) == 2 and all(level(mention) for mention in two):
        ratio = _ratio_before(reading, two[0])
        if ratio is not None and _FROM.fullmatch(_without_time(reading.text[two[0].end : two[1].start])):
            yield ratio, two[1], two[0]  # "tripled to 90,000 from 30,000"


def _said_twice(
    first: Mention, second: Mention, new: Mention, gaps: tuple[str, str]
) -> Iterator[tuple[Mention, Mention, Mention]]:
    """ "up £2m, or 5%, to £42m": the sum gives the former level, the percentage is tested."""
    joined = re.fullmatch(r",? (?:or|that is|i\.e\.,?) | ?\(", gaps[0])
    if not joined or not re.fullmatch(r"\)?,? to ", gaps[1]) or not alike(first, new):
        return
    if second.unit == PER_CENT and first.unit not in (PER_CENT, SHARE, *POINTS) and first.low == first.high:
        step = -first.low if first.trend == "down" else first.low
        old = new.low - step
        if old > 0:
            yield second, new._replace(low=old, high=old, grain=first.grain), new


def _ratio_before(reading: Reading, new: Mention) -> Mention | None:
    """The "more than tripled" of "more than tripled to 90,000", of which the reader gives the level alone."""
    first = new.sentence[0]
    found = _RATIO_VERB.search(reading.text[max(first, new.start - _LONGEST_VERB) : new.start])
    alone = read(found[1]) if found is not None else ()
    if found is None or len(alone) != 1 or alone[0].form is not Form.RATIO:
        return None
    end = new.start - len(" to ")
    return alone[0]._replace(start=end - len(alone[0].words), end=end, sentence=new.sentence)


def _without_time(gap: str) -> str:
    """A gap without "a year earlier" and the like in it."""
    return _LATER.sub("", gap)


def _is_reference(gap: str) -> bool:
    """Whether the words between a change and a level make the level its base: " from ", " lower than the
    earlier "."""
    found = _THAN.match(gap)
    if found is None:
        return False
    return all(word.lower() in _REFERENCE or word.lower() in _TIMES for word in _WORD.findall(found["rest"]))


def _only(reading: Reading, first: Mention, second: Mention, allowed: frozenset[str]) -> bool:
    """Whether nothing but the allowed words stands between two figures."""
    gap = reading.text[first.end : second.start]
    if len(gap) > 60 or "\n" in gap:
        return False
    words = [word.lower() for word in _WORD.findall(gap)]
    if not all(word in allowed or word.isdigit() for word in words):
        return False
    return not any(w.isdigit() for w in words) or asides_between(reading, first.end, second.start)


def compared(reading: Reading, change: Mention, old: Mention, new: Mention) -> Check | None:
    """The change that two levels make beside the one that the text states; None if they are not of one kind."""
    if not alike(old, new):
        return None
    was, became = zones(old), zones(new)
    start = min(change.start, old.start, new.start)
    end = max(change.end, old.end, new.end)
    about = tuple(dict.fromkeys(m.words for m in sorted((change, old, new), key=lambda m: m.start)))
    made = _made(change, old, new, was, became)
    if made is None:
        return None
    computed, stated, arithmetic = made
    closes = meet(computed.true, stated.true)
    why = f"{arithmetic}; the text says {change.words}" if closes else f"{arithmetic}, not {change.words}"
    return Check(TEST, about, closes, f"{why}.", None, start, end)


def _made(
    change: Mention, old: Mention, new: Mention, was: Zones, became: Zones
) -> tuple[Zones, Zones, str] | None:
    """(the change that the levels make, the one that is stated, the arithmetic); None if they cannot be set
    beside each other."""
    a, b, stated = shown(new), shown(old), zones(change)
    if change.form is Form.RATIO or change.unit == TIMES:
        return _times(change, old, new, was, became)
    if change.unit in (PER_CENT, SHARE):
        if was.true.low <= 0:
            return None
        relative = became.relative_to(was)
        size = 100 * (new.low / old.low - 1)
        made = relative.converted(100.0) if change.unit == PER_CENT else relative
        return made, stated, f"{a} ÷ {b} − 1 = {converted(size, [_signed(change)])}%"
    points = change.unit in POINTS and (new.unit == PER_CENT or not is_measured(new.unit))
    if not points and (new.unit == PER_CENT or not alike(change, new)):
        return None
    return became.minus(was), stated, f"{a} − {b} = {digits(new.low - old.low)}"


def _times(
    change: Mention, old: Mention, new: Mention, was: Zones, became: Zones
) -> tuple[Zones, Zones, str] | None:
    """Of "doubled", "halved", "rose tenfold", "fell tenfold": how many times."""
    if was.true.low <= 0 or became.true.low <= 0:
        return None
    size = change._replace(trend=None)
    if change.trend == "down" and change.unit == TIMES:
        made, ratio, sum_ = was.over(became), old.low / new.low, f"{shown(old)} ÷ {shown(new)}"
    else:
        made, ratio, sum_ = became.over(was), new.low / old.low, f"{shown(new)} ÷ {shown(old)}"
    return made, zones(size), f"{sum_} = {converted(ratio, [change.low])}"


def _signed(change: Mention) -> float:
    return -change.low if change.trend == "down" else change.low

"""Amounts in a period: "£5m a day", "one every seven minutes", "175,000 in a year", "a daily toll of 720"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from tallybook.consistency.any_case import AnyCase, has_any, in_small_letters, spaced, words_of
from tallybook.consistency.figures import (
    PER_CENT,
    POINTS,
    TIMES,
    continuous,
    is_one_number,
    zones,
)
from tallybook.consistency.forms import EXACT, NUMBER_FORM
from tallybook.consistency.periods import Base, base_of
from tallybook.estimates.zones import Zones, exactly
from tallybook.prose import digits
from tallybook.reading import Mention, Reading

_PERIOD = r"(second|minute|hour|day|week|month|year)"
_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WHOLE_PERIOD = re.compile(
    rf" (?:in|over|during|across|for|through) (?:an?|the|one|each|every|that|the course of an?|the course "
    rf"of the)"
    rf"(?: (?:whole|full|entire|calendar|single|complete))? {_PERIOD}\b"
)
# "$25,800 a year before tax", where "a year before" is no time.
_BEFORE_TAX = re.compile(
    rf" an? {_PERIOD} before (?=tax|deductions|expenses|interest|rent|bills|costs|insurance)\b"
)
_PERIOD_BEFORE = AnyCase(
    rf"\b(?:over|in|across|for) (?:an?|the|one)(?: (?:whole|full|entire|calendar|single))? {_PERIOD},? "
    r"(?:(?:the|that|this|it|its) ?)(?:[a-z]+ )?(?:comes?|came|amounts?|adds? up|works? out|makes?|is|"
    r"means|reach(?:es)?)"
    r"(?: to| at)? $",
)
_PAST_PERIOD = re.compile(
    r" (?:last|this|in the past|in the last|over the past|over the last) (year|month|week)\b"
)
_SPAN = re.compile(r" (?:over|in|during|across) (?:the|an?|its|their) $")
_EVERY = AnyCase(r"\bevery $|^every ")
_EVERY_ONE = AnyCase(
    rf"\b(?:an?|one|another) ([a-z][^,;:.\d]{{1,70}}?) (?:every|each) {_PERIOD}\b(?! (?:and|or|of)\b)",
)
_ONE = AnyCase(r"\b(?:(?:an?|one|another) [\w-]+|somebody|someone) (?:[\w-]+ ){0,6}")
# "Over a year, the auditors noted, taxpayers put in", "in an hour,", "each week,".
_OVER_A = AnyCase(
    rf"(?:^|[\s“\"])(?:over|in|during|across|for) (?:an?|the|one|each|every)(?: (?:single|whole|full|"
    rf"entire|calendar|"
    rf"typical|average))? {_PERIOD}\b(?! (?:of|to|from|since|until|before|after|when)\b)[^;:.\d]{{0,90}}$",
)
_EACH_BEFORE = AnyCase(rf"(?:^|[.;:,–—] ?|[\s“\"]and )(?:each|every) {_PERIOD},? (?:[^;:.\d]{{0,70}} )?$")
_EACH_BEHIND = re.compile(
    rf"[^;:,.\d()]{{0,60}} (?:each|every) (?:single )?"
    rf"(?:{_PERIOD}|({_DAYS})|(morning|afternoon|evening|night))\b(?! (?:and|or|of|since)\b)"
)
_ADJECTIVE = AnyCase(
    r"\b(hourly|daily|nightly|weekly|monthly|quarterly|annual|yearly) ((?:[a-z]+,? ){1,4})"
    r"(?:(?:about|nearly|almost|some|just|over|roughly) )?$",
)
_FOR_THE = AnyCase(
    rf"\b(?:total|toll|bill|sum|figure|tally|output|count) (?:for|of|over) (?:the|a) {_PERIOD} "
    r"(?:is|was|were|came to|comes to|reached|stood at|stands at|at) (?:(?:about|nearly|almost|some|"
    r"just) )?$",
)
_LEADS = spaced("a an the one each every single whole full entire calendar typical average")
"""What stands before a period that words name so."""
_CALLED_SUM = ("total", "toll", "bill", "sum", "figure", "tally", "output", "count")
_ADJECTIVES = {
    "hourly": "hour", "daily": "day", "nightly": "day", "weekly": "week", "monthly": "month",
    "quarterly": "quarter", "annual": "year", "yearly": "year",
}  # fmt: skip
# What an annual figure must be called to be the sum of the daily ones.
_SUMS = frozenset(
    {
        "total",
        "toll",
        "output",
        "figure",
        "sum",
        "tally",
        "bill",
        "yield",
        "number",
        "count",
        "capacity",
        "production",
    }
)
_TRIPS = frozenset(
    {"time", "trip", "crossing", "flight", "sailing", "run", "journey", "voyage", "delivery", "show",
     "performance", "session", "class", "tour", "lap", "shift", "load", "departure",
     "lesson", "screening", "round", "visit"}
)  # fmt: skip
_ON_EACH = re.compile(
    r" (?:on|in|at|for|to|aboard|with) (?:each|every one)\b| (?:each|every) (?:time|way)\b| (?:on|in|at|"
    r"per|for) (?:each |every |an? )?"
    r"(?:trip|crossing|flight|sailing|run|journey|voyage|delivery|show|performance|session|class|tour|"
    r"lap|time|load)\b"
    r"| (?:an?|each|every) (?:trip|crossing|flight|sailing|run|journey|voyage|delivery|show|session|"
    r"tour|time|load)\b"
)
_ONCE = re.compile(rf"\b[Oo]nce (?:an?|each|every|per) {_PERIOD}\b(?! (?:and|or|of|was|is|had|nurse)\b)")
_ONE_OPENS = re.compile(r",? (?:(?:an?|one|another|the) |somebody |someone )")
# Looked for in small letters.
_PERIOD_NAMES = (
    "second", "minute", "hour", "day", "daily", "night", "week", "month", "quarter", "year", "annual",
    "decade", "fortnight",
)  # fmt: skip
_YEARS = frozenset({"year", "date"})
_VERY = frozenset({"each", "every"})
_STOP = re.compile(r"[;:.\d]")
_NO_AMOUNT = frozenset({PER_CENT, *POINTS})
_NEAR = 110
_FEW = 4
"""Below this many times ("once", "twice") a number of times is no rounding."""
_ALL_TIME = AnyCase(r"(?:seven|7) days a week|(?:24|twenty-four) hours a day")


class Timed(NamedTuple):
    """An amount in a period. ``kind``: "rate", "every" (one every seven minutes), "span" (175,000 in a year),
    "sum" ("the daily toll"), "past" (730 million last year) or "made" (22 crossings of 180 cars)."""

    zoned: Callable[[], Zones]
    size: float
    base: Base
    unit: str | None
    start: int
    end: int
    words: str
    kind: str
    mention: Mention | None = None

    @property
    def zone(self) -> Zones:
        """Its zones, which are made only where it is compared."""
        return self.zoned()


def timed(reading: Reading) -> list[Timed]:
    """Every amount in a period, in the order of the text."""
    lowered = in_small_letters(reading.text)
    figures = reading.figures
    very = ("each" in lowered or "every" in lowered) and not _VERY.isdisjoint(words_of(lowered))
    alone = very or "once" in lowered  # which may tell of a period where no figure is
    if not (figures or alone):
        return []
    start, end = (0, len(lowered)) if alone else (figures[0].sentence[0], figures[-1].sentence[1])
    periods = _periods_in(lowered, start, end, inside=very)
    if _nothing_beside(reading, periods):
        return []
    made = [_of_figure(reading.text, figures, k, periods, very=very) for k in range(len(figures))]
    found = [one for one in made if one is not None]
    if alone:
        found += _of_words(reading, found)
    return sorted(found, key=lambda one: one.start)


def _nothing_beside(reading: Reading, periods: Sequence[int]) -> bool:
    """Whether an amount in a period has nothing that it could be set beside: that names a period too, or
    years, or is a rate without one ("£5 an acre", "per annum"). ``periods``: where the text names one."""
    if len(periods) > 1 or any(aside.kind in _YEARS for aside in reading.asides):
        return False
    at = periods[0] if periods else -1
    return all(m.per is None or m.start <= at < m.end for m in reading.figures)


def _periods_in(lowered: str, start: int, end: int, *, inside: bool) -> list[int]:
    """Where a text in small letters names a period between two places; ``inside``: also as the end of a word
    ("each Monday")."""
    found: list[int] = []
    for name in _PERIOD_NAMES:
        at = lowered.find(name, start, end)
        while at >= 0:
            if inside or not lowered[at - 1 : at].isalpha():
                found.append(at)
            at = lowered.find(name, at + 1, end)
    found.sort()
    return found


def _of_words(reading: Reading, found: list[Timed]) -> Iterator[Timed]:
    """ "One *every minute*" and "*once a second*", where no figure was read."""
    taken = {one.end for one in found}
    for pattern in (_EVERY_ONE, _ONCE):
        for match in pattern.finditer(reading.text):
            inside = any(each.start <= match.start() < each.end for each in found[:50])
            if match.end() not in taken and not inside:
                base = (1.0, match[match.re.groups].lower())
                yield Timed(_once, 1.0, base, None, match.start(), match.end(), match[0], "every")


def _of_figure(
    text: str, figures: Sequence[Mention], k: int, periods: Sequence[int], *, very: bool
) -> Timed | None:
    """``periods``: where the text names one; ``very``: whether it says "each" or "every"."""
    mention = figures[k]
    if mention.low != mention.high or mention.low <= 0 or mention.form is not NUMBER_FORM:
        return None
    if mention.unit in _NO_AMOUNT:
        return None
    base = base_of(mention.per) if mention.per is not None else None
    if base is not None:
        return None if _ALL_TIME.match(mention.words) else _of_rate(mention, base)
    if k and figures[k - 1].unit in _TRIPS and (made := _on_each(text, figures[k - 1], mention)):
        return made
    if mention.per is not None:
        return None
    every = base_of(mention.unit)
    if every is not None and (one := _every(text, mention, every)) is not None:
        return one
    return _beside(text, figures, k, periods, very=very)


def _of_rate(rate: Mention, base: Base) -> Timed:
    """ "*£5m a day*"."""
    size, one = rate.low / base[0], (1.0, base[1])
    zoned = partial(per_one, rate, base)
    return Timed(zoned, size, one, rate.unit, rate.start, rate.end, rate.words, "rate", rate)


def _beside(
    text: str, figures: Sequence[Mention], k: int, periods: Sequence[int], *, very: bool
) -> Timed | None:
    """An amount in a period that words beside a figure name."""
    mention = figures[k]
    start, end = mention.start, mention.end
    if not is_one_number(mention):
        return None
    first, last = max(mention.sentence[0], start - _NEAR), min(mention.sentence[1], end + _NEAR)
    k_here = bisect_left(periods, first)
    if k_here == len(periods) or periods[k_here] >= last:
        return None  # none is near
    k_here = bisect_left(periods, start, k_here)  # the first that does not begin in front of the figure
    behind = bisect_left(periods, end, k_here)
    follows = behind < len(periods) and periods[behind] < last
    before = periods[k_here - 1] if k_here else -1
    if follows:
        if spanned := _WHOLE_PERIOD.match(text, end) or _BEFORE_TAX.match(text, end):
            return _in_period(mention, (1.0, spanned[1]), spanned.end())
        if very and (each := _EACH_BEHIND.match(text, end, last)):
            unit = each[1].lower() if each[1] else "week" if each[2] else "day"
            return _in_period(mention, (1.0, unit), each.end(), "rate")
    ahead = _leads_to(text, before, start)
    led = ahead and _is_led(text, periods[:k_here], start)
    if led and (found := _PERIOD_BEFORE.search(text, max(0, start - 90), start)):
        return _in_period(mention, (1.0, found[1].lower()), end)
    if follows and (past := _PAST_PERIOD.match(text, end)):
        return _in_period(mention, (1.0, past[1]), past.end(), "past")
    if ahead and (called := _called(text, mention, led=led)):
        return _in_period(mention, (1.0, called[0]), end, called[1])
    further = figures[k + 1] if k + 1 < len(figures) else None
    if further is not None and "-" in further.words and (long := _long_period(text, mention, further)):
        return _in_period(mention, long, further.end)
    return None


def _leads_to(text: str, period: int, start: int) -> bool:
    """Whether the ``period`` before ``start`` is named in the same clause: no words that lead from a period
    to a figure go on behind a stop or another number."""
    return period >= 0 and period >= start - _NEAR and _STOP.search(text, period, start) is None


def _is_led(text: str, periods: Sequence[int], start: int) -> bool:
    """Whether one of the periods that end shortly before ``start`` is "a day", "the week" or the like."""
    lowered = in_small_letters(text)
    for period in reversed(periods):
        if period < start - _NEAR:
            break
        if lowered.endswith(_LEADS, 0, period):
            return True
    return False


def _in_period(mention: Mention, base: Base, end: int, kind: str = "span") -> Timed:
    """ "*175,000* in a year", "*730 million* last year"."""
    zoned = partial(continuous, mention)
    return Timed(zoned, mention.low, base, mention.unit, mention.start, end, mention.words, kind, mention)


def _called(text: str, mention: Mention, *, led: bool) -> tuple[str, str] | None:
    """The period that words before a figure give it, and what kind of amount it is: "the *daily* toll at".

    ``led``: whether they name one as "a day" or "the week".
    """
    head = text[max(mention.sentence[0], mention.start - _NEAR) : mention.start]
    lowered = in_small_letters(head)
    if has_any(lowered, ("ly ", "annual ")) and (found := _ADJECTIVE.search(head)):
        words = found[2].lower().replace(",", "").split()
        return _ADJECTIVES[found[1].lower()], "sum" if _SUMS & set(words) else "past"
    if not led:
        return None
    if has_any(lowered, _CALLED_SUM) and (found := _FOR_THE.search(head)):
        return found[1].lower(), "sum"
    if has_any(lowered, ("each ", "every ")) and (found := _EACH_BEFORE.search(head)):
        return found[1].lower(), "rate"
    if found := _OVER_A.search(head):
        return found[1].lower(), "span"
    return None


def _on_each(text: str, trips: Mention, mention: Mention) -> Timed | None:
    """ "22 times a day and takes *180 cars on each*": 3,960 a day."""
    if trips.sentence != mention.sentence:
        return None
    base = base_of(trips.per)
    if base is None or trips.low != trips.high or mention.start - trips.end > 80:
        return None
    behind = _ON_EACH.match(text, mention.end)
    if not (behind or mention.per in _TRIPS):
        return None
    end = behind.end() if behind else mention.end
    zoned = partial(_made_of, trips, base, mention)
    size = trips.low * mention.low / base[0]
    words = f"{trips.words} with {mention.words}"
    return Timed(zoned, size, (1.0, base[1]), mention.unit, trips.start, end, words, "made", mention)


def _long_period(text: str, mention: Mention, period: Mention) -> Base | None:
    """ "428 hours over *the 38-week* school year"."""
    base = base_of(period.unit)
    if base is None or period.low != period.high or period.per is not None:
        return None
    gap = text[mention.end : period.start] + ("the " if period.words.lower().startswith("the ") else "")
    gap = gap + ("" if gap.endswith(" ") else " ")
    return (period.low, base[1]) if _SPAN.fullmatch(gap) else None


def _every(text: str, mention: Mention, base: Base) -> Timed | None:
    """ "A truck leaves the quarry *every four minutes*": one in four minutes."""
    start = mention.sentence[0]
    if not (
        _EVERY.search(text, max(start, mention.start - 6), mention.start)
        or mention.words.lower().startswith("every ")
    ):
        return None
    opens = text[start : mention.start].strip().lower() == "every" or mention.start == start
    if opens and _ONE_OPENS.match(text, mention.end):
        size, zoned = 1 / mention.low, partial(_one_in, mention)
        return Timed(
            zoned, size, (1.0, base[1]), None, mention.start, mention.end, mention.words, "every", mention
        )
    begin = max(start, mention.start - 100)
    clause = text[begin : mention.start]
    ones = list(_ONE.finditer(clause))
    if re.search(r"[;:\d]", clause[ones[-1].start() :] if ones else clause):
        return None
    zoned = partial(_one_in, mention)
    begin += ones[0].start() if ones else 0
    size = 1 / mention.low
    return Timed(
        zoned,
        size,
        (1.0, base[1]),
        None,
        begin,
        mention.end,
        text[begin : mention.end].strip(),
        "every",
        mention,
    )


def _once() -> Zones:
    return exactly(1.0, 1.0)


def _one_in(length: Mention) -> Zones:
    """One in a length of time."""
    return _once().over(zones(length))


def _made_of(trips: Mention, base: Base, each: Mention) -> Zones:
    """What so many trips in a period carry, with so much on each."""
    return per_one(trips, base).times(zones(each._replace(trend=None)))


def per_one(rate: Mention, base: Base) -> Zones:
    """The zones of a rate in one single period: of "one every seven minutes", in a minute."""
    rate = rate._replace(trend=None)
    if base[0] == 1:
        few = rate.unit == TIMES and rate.low < _FEW and rate.modifier is EXACT
        return exactly(rate.low, rate.low) if few else continuous(rate)
    every = Mention(f"{digits(base[0])} {base[1]}s", 0, 1, base[0], base[0], unit=base[1], grain=1.0)
    return (exactly(1.0, 1.0) if rate.low == 1 else zones(rate)).over(zones(every))


def is_money(a: str | None, b: str | None) -> bool:
    """Whether both are sums of one currency, which may have a longer name ("pound", "pound sterling")."""
    if not a or not b:
        return False
    return (a.startswith(b) or b.startswith(a)) and ("pound" in a or "dollar" in a or a == b)

"""A rate, a time and the total of the two: "14 kilometres a week for 30 weeks: 420 kilometres in all"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tallybook.book.units import convert
from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, TIMES, scaled, shown, zones
from tallybook.consistency.forms import AGE_FORM, EXACT, NUMBER_FORM, RANGE
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.periods import Base, base_of, times, times_of_work
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.rate_links import ATTRIBUTED
from tallybook.consistency.same_words import stem
from tallybook.consistency.timed import Timed, is_money, per_one
from tallybook.estimates.zones import Zones, exactly
from tallybook.matching.numbers import meet
from tallybook.prose import converted
from tallybook.reading import Mention, Reading
from tallybook.terms import BOUNDS, Modifier

TEST_TOTAL = "rate, time and total"
REACH = 220
_NEXT = 170
"""How far into the next sentence a time and a total are looked for."""
_FOR = re.compile(
    r"[^;:.\d()–—]{0,60}(?:,? for| over| during| in| across)(?: (?:the|all|its|their|all of the|each of "
    r"the|these))?"
    r"(?: (?:last|past|first|full|whole))? $|,? (?:for )?$"
)
_STOPPAGE = re.compile(
    rf"{ATTRIBUTED}, (?:so|so that|meaning|meaning that|which means)(?: that)? an? $|\. An? $"
)
_GATHERS = (
    r"(?:covering|logging|clocking|racking|running|totall?ing|making|bringing|earning|amounting|adding|"
    r"reaching|giving|"
    r"raising|collecting|netting|yielding|costing|swallowing|taking|piling|producing|notching|completing|"
    r"accumulating|"
    r"devouring|putting|setting|removing|pocketing|banking|saving up)"
)
_TOTAL = re.compile(
    rf"(?:[^;:\d]{{0,80}}(?:, {_GATHERS}(?: up| in)?(?: (?:to|a|an|the|it|him|her|them|about))?(?: "
    rf"[\w’'-]+){{0,4}}|"
    r",? (?:or|for|making) (?:a |the |an overall )?total of|, a total of|, or|,? (?:some|nearly|about)?)|"
    r"[^;:.\d]{0,40}(?::| –| —)|[^;:.\d]{0,30} (?:would|will|could) (?:cost|set|lose|earn|bring|make|come|"
    r"amount)"
    r"(?: [\w’'-]+){0,3})(?: (?:a|some|about|nearly|almost))? ?"
)
_DOING = re.compile(r"[^;:.\d]{0,80}, [a-z]+ing (?:[\w’'-]+ ){0,3}")
_SURE = AnyCase(
    rf"\b{_GATHERS}\b|(?:,| or| for| making) (?:a |the |an overall )?total of $|: $|\bmaking $|, or $| – $|"
    r"\b(?:would|will) (?:cost|set|lose|come|amount)\b",
)
_SHORT = re.compile(r", leaving (?:[\w’'-]+ ){1,4}$")
_OUT_OF_POCKET = re.compile(
    r" (?:out of pocket|short|poorer|worse off|richer|better off|in debt|in the red)\b"
)
_TOTAL_BEHIND = re.compile(r",? (?:in all|in total|altogether|all told)\b")
PART_BEHIND = re.compile(
    r" with (?!it|them|that|this)|"
    r" (?:of (?:it|them|that|this|which)|more|less|fewer|on(?! the (?:ground|road|clock|track|meter)\b)) "
)
_YEARS = AnyCase(r"\b(?:between|from) ((?:1[5-9]|20)\d\d) (?:and|to|until) ((?:1[5-9]|20)\d\d)\b")
OVER_THE = re.compile(
    r"over (?=(?:the |an? |its |their |his |her |all )|\d|[a-z]+ (?:day|week|month|year|hour)s?)",
    re.IGNORECASE,
)
WITHIN = AnyCase(
    r"\b(?:in|over|during|for|through|across|throughout|at the end of|after)"
    r"(?: (?:the|its|their|his|her|an?|all|those|these|of|last|past|first|full|whole|next))* $",
)
DRAWN = AnyCase(
    r"(?:\b(?:that|this|it|which)(?:['’]s|\s(?:is|was|makes|made|means|meant|comes to|came to|"
    r"adds up to|amounts to))|"
    r"\b(?:making|adding up to|a total of|total(?: of| is| was)?|in all|or|so)|[:–—(])"
    r"(?: [a-z]+){0,3} ?$",
)
_IN_ALL = re.compile(r"[^,;:.\d]{0,30},? (?:in all|in total|altogether|all told)\b")
_IN_THAT_TIME = re.compile(
    r"[^,;:.\d]{0,40} (?:in|over|during) (?:that|this|the same) (?:time|period|stretch)\b"
)
GROWN_TO = re.compile(
    r"\b(?:gr[eo]wn?|risen|rose|rises|fallen|fell|swollen|swelled|shr[aiu]nk|climbed|dropped|increased|"
    r"decreased|"
    r"raised|cut|stood|stands) (?:from [^,;:.]{1,30} )?(?:to|at) "
    r"(?:about |some |nearly |almost |just |only |over )?$"
)
"""What a thing has come to be, and not what was added to it."""
OF_ELSE = re.compile(r" (?:of|in|on|for) (?!all\b|total\b|that\b|the\b|this\b|its?\b)[a-z]+")
_NTH = re.compile(
    r"\b(?:her|his|its|their|the|our|my) (\d{1,3})(?:st|nd|rd|th) (day|night|week|month|year|hour)\b"
)
_CLOSE_BY = re.compile(r"[a-z ]{0,25},? ")
STRAYS = AnyCase(
    r"\b(?:but|while|whilst|whereas|than|compared|against|although|though|instead|unlike|others?|"
    r"another|previous(?:ly)?|"
    r"earlier|rivals?|elsewhere|up to|at most|plus|including|usual(?:ly)?|normal(?:ly)?|typical(?:ly)?|"
    r"training|only|"
    r"before (?:that|this|then)|strike|blockade|lockdown|outage|at "
    r"(?:first|its peak|peak)|begin(?:ning)?|began|now|then|slowed|stopped|of "
    r"which)\b(?!,)",
)
PARTLY = AnyCase(
    r"\b(?:rush|peak|busiest|weekdays?|weekends?|when|working|trading|school|shifts?|alone|until|unless|"
    r"if)\b(?! (?:shift|year))",
)


def totals(reading: Reading, found: Sequence[Timed]) -> Iterator[Check]:
    """ "14 kilometres a week for 30 weeks: 840 kilometres in all"."""
    text, figures = reading.text, reading.figures
    told: set[int] = set()
    for check in _neighbours(text, figures):
        told.add(check.end or 0)
        yield check
    for one in found:
        if one.kind == "rate" and one.mention is not None:
            rate = one.mention if one.mention.per else one.mention._replace(per=one.base[1], end=one.end)
            made = _apart(text, figures, rate)
            if made is not None and made.end not in told:
                told.add(made.end or 0)
                yield made


def _neighbours(text: str, figures: Sequence[Mention]) -> Iterator[Check]:
    """Of a rate, a time and a total that stand side by side."""
    for first, second, third in zip(figures, figures[1:], figures[2:], strict=False):
        if third.per is None and third.start - first.end < REACH:
            if _is_rate(first) and second.per is None and base_of(second.unit):
                yield from _total(text, first, second, third)
            elif (
                _is_rate(second)
                and first.per is None
                and base_of(first.unit)
                and _opens_sentence(text, first)
            ):
                yield from _total(text, second, first, third)
    for rate, total in pairwise(figures):
        if _is_rate(rate) and total.per is None and rate.sentence == total.sentence:
            years = _between_years(text, rate, total)
            if years is not None:
                yield from _total(text, rate, years, total, dated=True)


def _apart(text: str, figures: Sequence[Mention], rate: Mention) -> Check | None:
    """Of a rate whose time and total stand in its sentence or the next: "It shipped 850 tonnes a day. In the
    20 days of the test that came to 17,000 tonnes"."""
    k = bisect_left(figures, rate.start, key=lambda m: m.start)
    near = [
        m
        for m in figures[max(0, k - 2) : k + 5]
        if m.start != rate.start and rate.sentence[0] <= m.start < rate.sentence[1] + _NEXT
    ]
    lengths = [m for m in near if is_length(text, m)]
    lengths = lengths or list(_nth(text, rate))
    sums = [m for m in near if m.start > rate.start and m not in lengths and may_be_total(m, rate)]
    for total in sums:
        for time in lengths:
            check = _of_total(text, rate, time, total) if time.start < total.start else None
            if check is None or not check.closes:
                continue
            if STRAYS.search(_between(text, rate, time, total)) is None:
                return check
    if len(lengths) != 1 or len(sums) != 1:
        return None
    time, total = lengths[0], sums[0]
    check = _of_total(text, rate, time, total)
    if check is None or not _is_bound(text, rate, time, total):
        return None
    return check if is_slip(total.low, amount(rate, time, total)) else None


def amount(rate: Mention, time: Mention, total: Mention) -> float:
    base, during = base_of(rate.per), base_of(time.unit)
    if base is None or during is None:
        return 0.0
    return rate.low / base[0] * time.low * next(times(base[1], during[1])) * (size_of(rate, total) or 1.0)


def _nth(text: str, rate: Mention) -> Iterator[Mention]:
    """ "On Friday, *her 60th day* on the road, she passed the 1,260-mile mark": sixty days."""
    end = min(rate.sentence[1], rate.end + _NEXT)
    for found in _NTH.finditer(text, rate.end, end):
        size, unit = float(found[1]), found[2].replace("night", "day")
        yield Mention(
            found[0], found.start(), found.end(), size, size, unit=unit, sentence=rate.sentence, grain=1.0
        )


def _between(text: str, rate: Mention, time: Mention, total: Mention) -> str:
    start = min(rate.start, time.start)
    return text[max(min(rate.sentence[0], time.sentence[0]), start - 60) : total.end]


def is_length(text: str, mention: Mention) -> bool:
    if base_of(mention.unit) is None or mention.per is not None or not mention.low == mention.high > 0:
        return False
    if mention.modifier in BOUNDS and not OVER_THE.match(mention.words):
        return False
    plain = mention.form in (NUMBER_FORM, AGE_FORM) and not text.startswith(" old", mention.end)
    return plain and (mention.unit or "") in mention.words.lower()


def may_be_total(total: Mention, rate: Mention) -> bool:
    if total.per is not None or total.low != total.high or total.low <= 0 or total.form is not NUMBER_FORM:
        return False
    if total.modifier in (Modifier.UNDER, Modifier.AT_MOST, Modifier.UP_TO):
        return False
    if rate.unit == TIMES:
        return total.unit is None or not is_measured(total.unit)
    if total.unit in (None, rate.unit) or is_money(rate.unit, total.unit):
        return total.unit != PER_CENT
    return is_measured(rate.unit) and is_measured(total.unit) and size_of(rate, total) is not None


def size_of(rate: Mention, total: Mention) -> float | None:
    """How many units of the total one unit of the rate is; None if they measure different things."""
    if total.unit in (None, rate.unit) or rate.unit in (None, TIMES) or is_money(rate.unit, total.unit):
        return 1.0
    try:
        return convert(rate.unit, total.unit or "")
    except (LookupError, ValueError, TypeError):
        return None


def _of_total(text: str, rate: Mention, time: Mention, total: Mention) -> Check | None:
    base, during = base_of(rate.per), base_of(time.unit)
    if base is None or during is None or (size := size_of(rate, total)) is None:
        return None
    return compared(text, rate, time, total, zones(timed_exactly(time)), size)


def _is_bound(text: str, rate: Mention, time: Mention, total: Mention) -> bool:
    """Whether words leave no doubt that a total is that of the rate and the time."""
    last = max(rate.end, time.end)
    gap = text[last : total.start]
    if total.start < last or len(gap) > 150 or "\n\n" in gap:
        return False
    said = _between(text, rate, time, total)
    if STRAYS.search(said) or PARTLY.search(said) or PART_BEHIND.match(text, total.end):
        return False
    if GROWN_TO.search(text, max(0, total.start - 40), total.start):
        return False
    hung = "-" in total.words  # "the 1,800-mile mark"
    if rate.unit == TIMES and total.unit not in (None, TIMES):
        words = {stem(word) for word in re.findall(r"[a-z]+", text[rate.sentence[0] : rate.end].lower())}
        if stem(total.unit) not in words:
            return False
    if (total.of is not None and total.of != rate.of and not hung) or OF_ELSE.match(text, total.end):
        return False
    if total.unit is None and not (_CLOSE_BY.fullmatch(gap) or DRAWN.search(gap[-50:])):
        return False
    led = OVER_THE.match(time.words)
    placed = led or _NTH.match(time.words) or WITHIN.search(text, max(0, time.start - 30), time.start)
    if _NTH.match(time.words) and total.start - time.end < 60:
        return True
    drawn = DRAWN.search(gap[-60:]) or _IN_ALL.match(text, total.end) or _IN_THAT_TIME.match(text, total.end)
    if time.start > rate.start:
        between = text[rate.end : time.start]
        if len(between) > 130 or not placed:
            return False
        return bool(drawn or time.sentence == total.sentence)
    return bool(placed and drawn)


def _opens_sentence(text: str, time: Mention) -> bool:
    """ "*Over 25 years* the lake has shrunk by 12 metres a year, losing 300 metres in all"."""
    head = text[time.sentence[0] : time.start] + time.words[:5]
    return time.start - time.sentence[0] < 12 and bool(
        re.match(r"(?:over|in|for|during) ?", head, re.IGNORECASE)
    )


def _is_rate(mention: Mention) -> bool:
    return base_of(mention.per) is not None and mention.low == mention.high and mention.low > 0


def _between_years(text: str, rate: Mention, total: Mention) -> Mention | None:
    """The time between two years that a sentence names before a rate: "Between 1983 and 2023"."""
    if base_of(rate.per) != (1.0, "year"):
        return None
    found = _YEARS.search(text, max(rate.sentence[0], rate.start - 200), rate.start)
    found = found or _YEARS.search(text, rate.end, min(total.start, rate.end + 60))
    years = int(found[2]) - int(found[1]) if found else 0
    if found is None or years < 2:
        return None
    return Mention(
        found[0], found.start(), found.end(), years - 1.0, years + 1.0, RANGE, unit="year", grain=1.0
    )


def _total(
    text: str, rate: Mention, time: Mention, total: Mention, *, dated: bool = False
) -> Iterator[Check]:
    """A check of a rate, its time and the total that the words draw of them; ``dated``: between two years."""
    base, during = base_of(rate.per), base_of(time.unit)
    if base is None or during is None or not _is_drawn(text, rate, time, total, dated):
        return
    span = exactly(time.low, time.high) if dated else zones(timed_exactly(time))
    check = compared(text, rate, time, total, span, 1.0, dated=dated)
    if check is not None:
        yield check


def is_total(rate: Mention, time: Mention, total: Mention, span: Zones, size: float) -> bool | None:
    """Whether a rate makes a total in a time; None if it is a rate of no period."""
    base, during = base_of(rate.per), base_of(time.unit)
    if base is None or during is None:
        return None
    ways = [way * size for way in times(base[1], during[1])]
    return _meets(per_one(rate, base), span, ways, total._replace(trend=None))


def compared(
    text: str,
    rate: Mention,
    time: Mention,
    total: Mention,
    span: Zones,
    size: float,
    *,
    dated: bool = False,
    named: bool = True,
) -> Check | None:
    """What a rate makes in a time beside the total; ``size``: how many of its units one of the rate is."""
    base, during = base_of(rate.per), base_of(time.unit)
    if base is None or during is None:
        return None
    closes = is_total(rate, time, total, span, size)
    if not closes and (
        PART_BEHIND.match(text, total.end) or _works(base, during, rate, span, total, named=named)
    ):
        return None
    long = (time.low + time.high) / 2
    amount = rate.low / base[0] * long * (next(times(base[1], during[1])) * size)
    if not closes and size != 1.0 and not is_slip(total.low, amount):
        return None
    told = f"{shown(rate)} per {rate.per} for {_long(time) if not dated else f'{long:.0f} years'} make "
    told += converted(amount, [total.low])
    if size != 1.0:
        told += f" {total.unit}s"
    why = f"{told}; the text says {total.words}" if closes else f"{told}, not {total.words}"
    start, end = min(rate.start, time.start), max(time.end, total.end)
    return Check(TEST_TOTAL, (rate.words, time.words, total.words), bool(closes), f"{why}.", None, start, end)


def _long(time: Mention) -> str:
    """ "over the 48 hours" as "the 48 hours", "her 60th day" as "60 days"."""
    if _NTH.match(time.words):
        return f"{time.low:.0f} {time.unit}s"
    return OVER_THE.sub("", time.words) if OVER_THE.match(time.words) else time.words


def _is_drawn(text: str, rate: Mention, time: Mention, total: Mention, dated: bool) -> bool:
    """Whether the words draw a total of a rate and a time: "for 16 weeks, logging"."""
    if total.unit not in (None, rate.unit) and not is_money(rate.unit, total.unit):
        return False
    between = text[rate.end : time.start]
    before = dated or time.start < rate.start
    stoppage = not before and bool(_STOPPAGE.fullmatch(between)) and "-" in time.words
    if not before and (time.modifier is RANGE or not (stoppage or _FOR.fullmatch(between))):
        return False
    gap = text[max(rate.end, time.end) : total.start]
    short = bool(_SHORT.search(gap) and _OUT_OF_POCKET.match(text, total.end))
    behind = bool(_TOTAL_BEHIND.match(text, total.end))
    if not (short or stoppage or _TOTAL.fullmatch(gap) or (behind and _DOING.fullmatch(gap))):
        return False
    if total.unit is None and not behind and not re.search(r"\btotal of $|: $", gap):
        return False
    return short or behind or bool(_SURE.search(gap))


def _works(base: Base, during: Base, rate: Mention, span: Zones, total: Mention, *, named: bool) -> bool:
    """Whether the total fits days or weeks of work: "$300 a day for two months"."""
    if base[1] == during[1]:
        return False
    ways = times_of_work(base[1], during[1], named=named)
    return _meets(per_one(rate, base), span, ways, total)


def _meets(rate: Zones, span: Zones, ways: Iterable[float], total: Mention) -> bool:
    made, stated = rate.true * span.true, zones(total).true
    return any(meet(scaled(made, way), stated) for way in ways)


def timed_exactly(time: Mention) -> Mention:
    """A time without the "over" that is no bound: "over the six weeks of the strike"."""
    if time.modifier is Modifier.OVER and OVER_THE.match(time.words):
        return time._replace(modifier=EXACT)
    return time

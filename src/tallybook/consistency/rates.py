"""A rate beside another of the same thing, and a rate beside a time and a total.

"£5.6m a day, or about £2bn a year"; "14 kilometres a week for 30 weeks: 420 kilometres in all"; "one every
seven minutes, 75,000 in a year".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from tallybook.book.currencies import is_currency
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, POINTS, continuous, shown, zones
from tallybook.consistency.periods import Base, base_of, times, times_of_work
from tallybook.consistency.printed_numbers import word_set
from tallybook.estimates.zones import Zones, exactly
from tallybook.matching.numbers import meet
from tallybook.prose import converted, digits
from tallybook.reading import Mention, Reading
from tallybook.terms import Form, Modifier

TEST_RATES, TEST_TOTAL = "rate in two periods", "rate, time and total"
_PERIOD = r"(second|minute|hour|day|week|month|year)"
_WHOLE_PERIOD = re.compile(
    rf" (?:in|over|during|across|for|through) (?:an?|the|one|each|every|that|the course of an?|the course "
    rf"of the)"
    rf"(?: (?:whole|full|entire|calendar|single|complete))? {_PERIOD}\b"
)
_PERIOD_BEFORE = re.compile(
    rf"\b(?:over|in|across|for) (?:an?|the|one)(?: (?:whole|full|entire|calendar|single))? {_PERIOD},? "
    r"(?:(?:the|that|this|it|its) ?)(?:[a-z]+ )?(?:comes?|came|amounts?|adds? up|works? out|makes?|is|"
    r"means|reach(?:es)?)"
    r"(?: to| at)? $",
    re.IGNORECASE,
)
_PAST_PERIOD = re.compile(
    r" (?:last|this|in the past|in the last|over the past|over the last) (year|month|week)\b"
)
_SPAN = re.compile(r" (?:over|in|during|across) (?:the|an?|its|their) $")
_EVERY = re.compile(r"\bevery $|^every ", re.IGNORECASE)
_EVERY_ONE = re.compile(
    rf"\b(?:an?|one|another) ([a-z][^,;:.\d]{{1,70}}?) (?:every|each) {_PERIOD}\b(?! (?:and|or|of)\b)",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:(?:an?|one|another) [\w-]+|somebody|someone) (?:[\w-]+ ){0,6}", re.IGNORECASE)
_SAYS = (
    r"(?:says?|said|calculates?|estimates?|estimated|reckons?|found|finds?|believes?|claims?|calculated|"
    r"reported)"
)
_ATTRIBUTED = rf"(?:, (?:[^,;:.\d]{{3,70}} {_SAYS}|{_SAYS} [^,;:.\d]{{3,60}}),?)?"
_MAKES = (
    r"(?:is|was|makes|made|means|equals|gives|adds up to|(?:comes|came|amounts|works out|worked out) (?:to|"
    r"at|as)|"
    r"would be|would make|is the same as)"
)
_LINK = re.compile(
    rf"(?:[^,;:.()–—\d]{{0,70}}{_ATTRIBUTED}"
    rf"(?:, (?:day and night|round the clock|around the clock|all year(?: round)?|seven days a week|day "
    rf"in,? day out))?"
    rf"(?:,? or|, that is,?|, i\.e\.,?|, which {_MAKES}|, (?:making|amounting to|equal to|equivalent to|"
    rf"adding up to|giving)|"
    rf",|:| –| —| \()|\.?[”\"’]? (?:That|This|It|Which) {_MAKES}| {_MAKES}|\. )"
    r" ?(?:(?:an?|the) )?(?:(?:even|average|mean|steady|total|grand total) (?:of )?)?(?:nearly |almost |"
    r"some |only |just )?"
)
_CLAUSE = re.compile(r",? (?:the|it|he|she|they|its) [^,;:.\d]{3,50} $")
# Where a rate may hold as a whole: "in the capital", "to paperwork", "around the clock".
_EVERYWHERE = re.compile(
    r"(?:\.|(?: of [a-z]+| on average| each)?(?: (?:in|at|from|on|through|into|across) (?:the "
    r")?(?:[A-Z][\w’'-]*"
    r"(?: [A-Z][\w’'-]*)*|capital|city|country|state|county|district|region|province|town|village|world|"
    r"nation|network|"
    r"river|border|bridge|airport|port|system|area|island)| (?:to|on) [a-z]+|,? a?round the clock|,? day "
    r"and night|"
    r" non-?stop)?\s*(?:$|[,:(–—.]| or | \(| –| —| (?:is|was|makes)\b))"
)
_WORKERS = re.compile(
    r"\b(?:he|she|doctors?|nurses?|teachers?|workers?|drivers?|lawyers?|staff|clinic|surgery|office|court|"
    r"pupils?|barber|"
    r"farmers?|dentists?|clerks?|judges?|employees?|miners?|sellers?|vendors?|taxi|shop|kiosk|caf[eé]|"
    r"restaurant)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"(?:[,;.):]|$| – | — |—)|,? (?:said|says|according|in all|in total|altogether|on average|and|but|"
    r"because|as|if|with)\b"
)
_PARTLY = re.compile(
    r"\b(?:rush|peak|height|busiest|at times|can|could|capacity|(?:in|during|over|this|last|every|each|"
    r"for) (?:the )?(?:early |late |high |low )?(?:summer|winter|spring|autumn|season)|weekdays?|weekends?|"
    r"mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|when|during|mornings?|"
    r"evenings?|afternoons?|"
    r"at night|holidays?|school|working|trading|term|terms|shifts?|(?:when|while|if) open|open(?:ing)? "
    r"(?:on|from|to|in|only|between)|alone|until|since|maximum|top)\b",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:working|school|trading|business|academic|term|teaching|shift|shifts|office|weekdays?|sitting|"
    r"sessions?|work)\b",
    re.IGNORECASE,
)
_NON_STOP = re.compile(
    r"\b(?:around the clock|round the clock|round-the-clock|day and night|night and day|24 hours a day|"
    r"non-?stop|"
    r"seven days a week|every day of the year|all year round|every single day)\b",
    re.IGNORECASE,
)
_ALL_TIME = re.compile(r"(?:seven|7) days a week|(?:24|twenty-four) hours a day", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?:from|between) (\d{1,2})(?:[.:](\d\d))? ?(a|p)\.?m\.? (?:to|until|till|and) "
    r"(\d{1,2})(?:[.:](\d\d))? ?(a|p)\.?m\b\.?",
    re.IGNORECASE,
)
# A tariff is cheaper the longer it runs, and no sum.
_TARIFF = word_set(
    """
    ticket tickets fare fares rent rents charge charges charging parking park hire hires fee fees subscription
    subscriptions membership pass passes costs cost price prices priced pay pays plan plans tariff rates rate
    from offers offer sells room rooms stall stalls berth rental daily bills bill earns earn gym hostel hotel
    """
)
_SMALL_SUM, _LARGEST_TARIFF = 1000, 100_000
_FOR = re.compile(
    r"[^;:.\d()–—]{0,60}(?:,? for| over| during| in| across)(?: (?:the|all|its|their|all of the|each of "
    r"the|these))?"
    r"(?: (?:last|past|first|full|whole))? $|,? (?:for )?$"
)
_STOPPAGE = re.compile(
    rf"{_ATTRIBUTED}, (?:so|so that|meaning|meaning that|which means)(?: that)? an? $|\. An? $"
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
_SURE = re.compile(
    rf"\b{_GATHERS}\b|(?:,| or| for| making) (?:a |the |an overall )?total of $|: $|\bmaking $|, or $| – $|"
    r"\b(?:would|will) (?:cost|set|lose|come|amount)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(r", leaving (?:[\w’'-]+ ){1,4}$")
_OUT_OF_POCKET = re.compile(
    r" (?:out of pocket|short|poorer|worse off|richer|better off|in debt|in the red)\b"
)
_TOTAL_BEHIND = re.compile(r",? (?:in all|in total|altogether|all told)\b")
_PART_BEHIND = re.compile(r" (?:of (?:it|them|that|this|which)|more|less|fewer|on) ")
_YEARS = re.compile(
    r"\b(?:between|from) ((?:1[5-9]|20)\d\d) (?:and|to|until) ((?:1[5-9]|20)\d\d)\b", re.IGNORECASE
)
_REACH = 220


class _Timed(NamedTuple):
    """An amount in a period. ``kind``: "rate", "every" (one every seven minutes), "span" (175,000 in a year)
    or "past" (730 million last year)."""

    zone: Zones
    size: float
    base: Base
    unit: str | None
    start: int
    end: int
    words: str
    kind: str
    mention: Mention | None = None


def rates(reading: Reading) -> Iterator[Check]:
    """A check for every two amounts in a period that say the same, and every rate beside its time and total.

    "£5m a day, £900m a year": £5m a day is £1.83bn a year.
    """
    timed = list(_timed(reading))
    for first, second in pairwise(timed):
        if second.start - first.end < _REACH and second.start >= first.end:
            yield from _two(reading, first, second)
    yield from _totals(reading)


def _timed(reading: Reading) -> Iterator[_Timed]:
    """Every amount in a period, in the order of the text."""
    found = [one for k, mention in enumerate(reading) for one in _of_figure(reading, k, mention)]
    if "very " in reading.text or "each " in reading.text:
        taken = {one.end for one in found}
        for match in _EVERY_ONE.finditer(reading.text):
            if match.end() not in taken and not any(
                one.start <= match.start() < one.end for one in found[:50]
            ):
                one = exactly(1.0, 1.0)
                base = (1.0, match[2].lower())
                found.append(_Timed(one, 1.0, base, None, match.start(), match.end(), match[0], "every"))
    yield from sorted(found, key=lambda one: one.start)


def _of_figure(reading: Reading, k: int, mention: Mention) -> Iterator[_Timed]:
    text = reading.text
    base = base_of(mention.per)
    if mention.low != mention.high or mention.low <= 0 or mention.form is not Form.NUMBER:
        return
    if mention.unit in (PER_CENT, *POINTS):
        return
    start, end, words = mention.start, mention.end, mention.words
    if base is not None and _ALL_TIME.match(words):
        return
    if base is not None:
        zone, size = _per(mention, base), mention.low / base[0]
        yield _Timed(zone, size, (1.0, base[1]), mention.unit, start, end, words, "rate", mention)
        return
    if mention.per is not None:
        return
    every = base_of(mention.unit)
    if every is not None and (one := next(_every(text, mention, every), None)) is not None:
        yield one
        return
    if spanned := _WHOLE_PERIOD.match(text, end):
        yield _in_period(mention, (1.0, spanned[1]), spanned.end())
    elif before := _PERIOD_BEFORE.search(text, max(0, start - 90), start):
        yield _in_period(mention, (1.0, before[1].lower()), end)
    elif past := _PAST_PERIOD.match(text, end):
        yield _in_period(mention, (1.0, past[1]), past.end(), "past")
    elif k + 1 < len(reading) and (long := _long_period(text, mention, reading[k + 1])):
        yield _in_period(mention, long, reading[k + 1].end)


def _in_period(mention: Mention, base: Base, end: int, kind: str = "span") -> _Timed:
    """ "*175,000* in a year", "*730 million* last year"."""
    return _Timed(
        continuous(mention), mention.low, base, mention.unit, mention.start, end, mention.words, kind, mention
    )


def _long_period(text: str, mention: Mention, period: Mention) -> Base | None:
    """ "428 hours over *the 38-week* school year"."""
    base = base_of(period.unit)
    if base is None or period.low != period.high or period.per is not None or "-" not in period.words:
        return None
    gap = text[mention.end : period.start] + ("the " if period.words.lower().startswith("the ") else "")
    gap = gap + ("" if gap.endswith(" ") else " ")
    return (period.low, base[1]) if _SPAN.fullmatch(gap) else None


def _every(text: str, mention: Mention, base: Base) -> Iterator[_Timed]:
    """ "A truck leaves the quarry *every four minutes*": one in four minutes."""
    start = mention.sentence[0]
    if not (
        _EVERY.search(text, max(start, mention.start - 6), mention.start)
        or mention.words.lower().startswith("every ")
    ):
        return
    opens = text[start : mention.start].strip().lower() == "every" or mention.start == start
    if opens and re.match(r",? (?:an?|one|another) ", text[mention.end : mention.end + 10]):
        size, zone = 1 / mention.low, exactly(1.0, 1.0).over(zones(mention))
        yield _Timed(
            zone, size, (1.0, base[1]), None, mention.start, mention.end, mention.words, "every", mention
        )
        return
    clause = text[max(start, mention.start - 100) : mention.start]
    ones = list(_ONE.finditer(clause))
    if not ones or re.search(r"[;:\d]", clause[ones[-1].start() :]):
        return
    zone = exactly(1.0, 1.0).over(zones(mention))
    begin = max(start, mention.start - 100) + ones[0].start()
    size = 1 / mention.low
    yield _Timed(
        zone, size, (1.0, base[1]), None, begin, mention.end, text[begin : mention.end], "every", mention
    )


def _per(rate: Mention, base: Base) -> Zones:
    """The zones of a rate in one single period: of "one every seven minutes", in a minute."""
    rate = rate._replace(trend=None)
    if base[0] == 1:
        return continuous(rate)
    every = Mention(f"{digits(base[0])} {base[1]}s", 0, 1, base[0], base[0], unit=base[1], grain=1.0)
    return (exactly(1.0, 1.0) if rate.low == 1 else zones(rate)).over(zones(every))


def _two(reading: Reading, first: _Timed, second: _Timed) -> Iterator[Check]:
    """A check of two amounts in a period that the words call one: "£5m a day, or £1.8bn a year"."""
    text = reading.text
    if second.kind in ("every", "past") or (second.kind == "span" and first.kind == "span"):
        return
    one_thing = first.base != second.base and _one_unit(text, first, second)
    if not one_thing or not _are_linked(text, first, second):
        return
    sentence = _around(text, first, second)
    ways = list(times(first.base[1], second.base[1], _hours(sentence)))
    many = second.base[0]
    closes = _any_meets(first, second, ways)
    if not closes and (_may_be_part(text, first, second, sentence) or _is_tariff(text, first, second)):
        return
    if not closes and not _NON_STOP.search(sentence):
        named = bool(_WORK.search(sentence) or _WORKERS.search(sentence))
        if _any_meets(first, second, times_of_work(first.base[1], second.base[1], named=named)):
            return
    size = first.size * ways[0] * many
    length = f"per {second.base[1]}" if many == 1 else f"in {digits(many)} {second.base[1]}s"
    told = f"{first.words} is {converted(size, [second.mention.low if second.mention else size])} {length}"
    why = f"{told}; the text says {second.words}" if closes else f"{told}, not {second.words}"
    yield Check(TEST_RATES, (first.words, second.words), closes, f"{why}.", None, first.start, second.end)


def _any_meets(first: _Timed, second: _Timed, ways: Iterable[float]) -> bool:
    many = second.base[0]
    return any(meet(first.zone.converted(way * many).true, second.zone.true) for way in ways)


def _around(text: str, first: _Timed, second: _Timed) -> str:
    """The sentences of two amounts, as far as they are near."""
    start, end = _sentence(first)[0], _sentence(second, first)[1]
    return text[max(start, first.start - _REACH) : min(max(end, second.end), second.end + _REACH)]


def _sentence(one: _Timed, other: _Timed | None = None) -> tuple[int, int]:
    if one.mention is not None:
        return one.mention.sentence
    return other.mention.sentence if other is not None and other.mention is not None else (one.start, one.end)


def _one_unit(text: str, first: _Timed, second: _Timed) -> bool:
    """Whether two amounts may be of one thing by their units."""
    if first.kind == "every":
        if second.unit in (None, "time"):
            return True
        words = {word.rstrip("s") for word in re.findall(r"[a-z]+", text[first.start : first.end].lower())}
        return second.unit.rstrip("s") in words
    if base_of(first.unit) is not None:
        # "Six days a week, 62,400 a year" are not of one thing; hours a day and a month need not be.
        said = re.search(r"\b(?:or|which|that|makes|total)\b", text[first.end : second.start], re.IGNORECASE)
        return second.unit == first.unit and said is not None
    return second.unit in (None, first.unit) or _money(first.unit, second.unit)


def _money(a: str | None, b: str | None) -> bool:
    """Whether both are sums of one currency, which may have a longer name ("pound", "pound sterling")."""
    if not a or not b:
        return False
    return (a.startswith(b) or b.startswith(a)) and ("pound" in a or "dollar" in a or a == b)


def _are_linked(text: str, first: _Timed, second: _Timed) -> bool:
    gap = _CLOCK.sub("", text[first.end : second.start])
    if second.kind == "span" and second.mention is not None and (said := _PERIOD_BEFORE.search(gap)):
        return bool(re.fullmatch(r"\.?[”\"’]? |, ", gap[: said.start()]))
    if _LINK.fullmatch(gap):
        return not gap.startswith(". ") or bool(re.match(r"\. (?:That|This|It|Which) ", gap))
    at = re.search(r"\bat $", text[max(0, first.start - 4) : first.start], re.IGNORECASE)
    return bool(at and _CLAUSE.fullmatch(gap))


def _may_be_part(text: str, first: _Timed, second: _Timed, sentence: str) -> bool:
    """Whether one of the two may hold only at times, or in places: at the peak, in Germany alone."""
    vague = second.mention is not None and second.mention.modifier in (Modifier.UP_TO, Modifier.AT_MOST)
    if vague or not (_CLOSED.match(text, second.end) or second.kind == "span"):
        return True
    gap = _CLOCK.sub("", text[first.end : second.start])
    if second.kind != "span" and first.kind != "past" and not _EVERYWHERE.match(gap):
        return True
    said = _NON_STOP.sub("", sentence)
    said = said.replace("school year", "").replace("working year", "") if second.base[0] != 1 else said
    return bool(_PARTLY.search(said)) and not (_WORK.search(said) and not _PARTLY.search(_WORK.sub("", said)))


def _is_tariff(text: str, first: _Timed, second: _Timed) -> bool:
    """Whether two sums may be the prices of a day and of a month: no sum of each other."""
    if first.kind == "every" or not (first.unit is None or is_currency(first.unit)):
        return False
    near = text[max(_sentence(first)[0], first.start - 60) : first.start].lower()
    tariff = bool(_TARIFF & set(re.findall(r"[a-z]+", near)))
    largest = max(m.low for m in (first.mention, second.mention) if m is not None)
    return largest < (_LARGEST_TARIFF if tariff else _SMALL_SUM)


def _hours(sentence: str) -> float | None:
    """How many hours of a day the words leave: "from 6 a.m. to 6 p.m." is 12."""
    found = _CLOCK.search(sentence)
    if found is None:
        return None
    start, end = (
        (int(hour) % 12 + (12 if half.lower() == "p" else 0)) + int(minute or 0) / 60
        for hour, minute, half in (found.group(1, 2, 3), found.group(4, 5, 6))
    )
    return (end - start) % 24 or 24.0


def _totals(reading: Reading) -> Iterator[Check]:
    """ "14 kilometres a week for 30 weeks: 840 kilometres in all"."""
    text, figures = reading.text, reading[:]
    for first, second, third in zip(figures, figures[1:], figures[2:], strict=False):
        if third.per is None and third.start - first.end < _REACH:
            if _is_rate(first) and base_of(second.unit):
                yield from _total(text, first, second, third)
            elif _is_rate(second) and base_of(first.unit) and _opens_sentence(text, first):
                yield from _total(text, second, first, third)
    for rate, total in pairwise(figures):
        if _is_rate(rate) and total.per is None and rate.sentence == total.sentence:
            years = _between_years(text, rate, total)
            if years is not None:
                yield from _total(text, rate, years, total, dated=True)


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
        found[0], found.start(), found.end(), years - 1.0, years + 1.0, Modifier.RANGE, unit="year", grain=1.0
    )


def _total(
    text: str, rate: Mention, time: Mention, total: Mention, *, dated: bool = False
) -> Iterator[Check]:
    """A check of a rate, its time and the total that the words draw of them; ``dated``: between two years."""
    base, during = base_of(rate.per), base_of(time.unit)
    if base is None or during is None or not _is_drawn(text, rate, time, total, dated):
        return
    ways = list(times(base[1], during[1]))
    span = exactly(time.low, time.high) if dated else zones(_timed_exactly(time))
    made = [_per(rate, base).times(span).converted(way) for way in ways]
    closes = any(meet(zone.true, zones(total._replace(trend=None)).true) for zone in made)
    if not closes and (_PART_BEHIND.match(text, total.end) or _works(base, during, rate, span, total)):
        return
    long = (time.low + time.high) / 2
    size = rate.low / base[0] * long * ways[0]
    told = f"{shown(rate)} per {rate.per} for {time.words if not dated else f'{long:.0f} years'} make "
    told += converted(size, [total.low])
    why = f"{told}; the text says {total.words}" if closes else f"{told}, not {total.words}"
    start, end = min(rate.start, time.start), max(time.end, total.end)
    yield Check(TEST_TOTAL, (rate.words, time.words, total.words), closes, f"{why}.", None, start, end)


def _is_drawn(text: str, rate: Mention, time: Mention, total: Mention, dated: bool) -> bool:
    """Whether the words draw a total of a rate and a time: "for 16 weeks, logging"."""
    if total.unit not in (None, rate.unit) and not _money(rate.unit, total.unit):
        return False
    between = text[rate.end : time.start]
    before = dated or time.start < rate.start
    stoppage = not before and bool(_STOPPAGE.fullmatch(between)) and "-" in time.words
    if not before and (time.modifier is Modifier.RANGE or not (stoppage or _FOR.fullmatch(between))):
        return False
    gap = text[max(rate.end, time.end) : total.start]
    short = bool(_SHORT.search(gap) and _OUT_OF_POCKET.match(text, total.end))
    behind = bool(_TOTAL_BEHIND.match(text, total.end))
    if not (short or stoppage or _TOTAL.fullmatch(gap) or (behind and _DOING.fullmatch(gap))):
        return False
    if total.unit is None and not behind and not re.search(r"\btotal of $|: $", gap):
        return False
    return short or behind or bool(_SURE.search(gap))


def _works(base: Base, during: Base, rate: Mention, span: Zones, total: Mention) -> bool:
    """Whether the total fits days or weeks of work: "$300 a day for two months"."""
    if base[1] == during[1]:
        return False
    ways = times_of_work(base[1], during[1], named=True)
    return any(meet(_per(rate, base).times(span).converted(way).true, zones(total).true) for way in ways)


def _timed_exactly(time: Mention) -> Mention:
    """A time without the "over" that is no bound: "over the six weeks of the strike"."""
    if time.modifier is Modifier.OVER and time.words.lower().startswith("over "):
        return time._replace(modifier=Modifier.EXACT)
    return time

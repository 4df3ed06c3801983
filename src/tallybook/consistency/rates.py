"""A rate beside another of the same thing, and a rate beside a time and a total.

"£5.6m a day, or about £2bn a year"; "14 kilometres a week for 30 weeks: 420 kilometres in all"; "one every
seven minutes, 75,000 in a year".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tallybook.book.currencies import is_currency
from tallybook.book.units import convert
from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.asides import without_asides
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import TIMES, scaled
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.mean_words import ONE_THING
from tallybook.consistency.periods import base_of, times, times_of_work
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.consistency.rate_links import CLOCK, are_near, is_listed, link_of
from tallybook.consistency.rate_totals import PART_BEHIND, REACH, totals
from tallybook.consistency.same_words import stem
from tallybook.consistency.timed import Timed, is_money
from tallybook.matching.numbers import meet
from tallybook.prose import converted, digits
from tallybook.reading import Reading
from tallybook.terms import Modifier

TEST_RATES = "rate in two periods"
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
WORKERS = AnyCase(
    r"\b(?:he|she|doctors?|nurses?|teachers?|workers?|drivers?|lawyers?|staff|clinic|surgery|office|court|"
    r"pupils?|barber|"
    r"farmers?|dentists?|clerks?|judges?|employees?|miners?|sellers?|vendors?|taxi|shop|kiosk|caf[eé]|"
    r"restaurant)\b",
)
_CLOSED = re.compile(
    r"(?:[,;.):]|$| – | — |—)|,? (?:said|says|according|in all|in total|altogether|on average|and|but|"
    r"because|as|if|with)\b"
)
_PARTLY = AnyCase(
    r"\b(?:rush|peak|height|busiest|at times|can|could|capacity|(?:in|during|over|this|last|every|each|"
    r"for) (?:the )?(?:early |late |high |low )?(?:summer|winter|spring|autumn|season)|weekdays?|weekends?|"
    r"mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|when|during|mornings?|"
    r"evenings?|afternoons?|"
    r"at night|holidays?|school|working|trading|term|terms|shifts?|(?:when|while|if) open|open(?:ing)? "
    r"(?:on|from|to|in|only|between)|(?:in|at|on|from|this|last) (?:the )?[\w’'-]+ alone|until|since|"
    r"maximum|top)\b",
)
WORK = re.compile(
    r"\b(?:working|school|trading|business|academic|term|teaching|shift|shifts|office|weekdays?|sitting|"
    r"sessions?|work)\b",
    re.IGNORECASE,
)
NON_STOP = re.compile(
    r"\b(?:(?:when|while|if|as) (?:[a-z]+ ){1,3})?(?:around the clock|round the clock|round-the-clock|day "
    r"and night|night and day|24 hours a day|"
    r"non-?stop|"
    r"seven days a week|every day of the year|all year round|every single day)\b",
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
# What makes a rate that of one of many: "120 euros a month | for each child".
_FOR_ONE = re.compile(r" (?:(?:for|to|from|by) (?:each|every) [a-z]|per [a-z]|each\b|apiece\b|a head\b)")
# What a rate is for, before the amount that restates it: "£310,000 a day | on hotel rooms, |".
_PURPOSE = re.compile(r" (?:on|for|to|of|through) [^,;:.\d]{2,50}(?:,|:| –| —| \(| or|, or) ?")
_THAT_IS = AnyCase(r"\b(?:that|which|this|it)(?:['’]s| (?:is|makes|comes|came|adds up|amounts)\b)")
_ABLE = re.compile(r"\b(?:can|could|capacity|maximum)\b", re.IGNORECASE)
_COME_AGAIN = word_set("user reader viewer listener subscriber member customer player")
"""Those of a day are partly those of the next."""
_SERVICE = AnyCase(
    r"\b(?:trains?|bus(?:es)?|trams?|ferr(?:y|ies)|flights?|planes?|boats?|shuttles?|metro|tube|coach(?:es)?|"
    r"sailings?|crossings?|departures?|lifts?|services?|shops?|cable cars?|gondolas?)\b",
)
_ANOTHER_SUBJECT = re.compile(
    r"\b(?:an?|the|one|each|every) (?:[a-z]+ )?(?:day|week|month|year|hour),? "
    r"(?:the|his|her|their) ([a-z]+) ([a-z]+) "
)
_PEOPLE = word_set("person death people victim fatality life patient")
_PASSENGERS = word_set("seat place berth passenger person people commuter visitor bed")
_MISTAKEN = (52 / 12, 365 / 52, 30.4, 12.0, 7.0, 24.0, 60.0, 3600 / 24, 365.0, 52.0)
"""How often a period that is mistaken for another holds it: months for weeks, days for weeks."""
_SMALL_SUM, _LARGEST_TARIFF = 1000, 100_000


def rates(reading: Reading, found: Sequence[Timed]) -> Iterator[Check]:
    """A check for every two amounts in a period that say the same, and every rate beside its time and total.

    "£5m a day, £900m a year": £5m a day is £1.83bn a year.
    """
    if not found:
        return
    told: set[int] = set()
    for k, (first, second) in enumerate(pairwise(found)):
        if second.start < first.end or second.start - first.end > REACH:
            continue
        check = _two(reading, first, second)
        if check is None:
            continue
        told.add(second.start)
        yield check
        third = found[k + 2] if k + 2 < len(found) else None
        if third is not None and check.closes and is_listed(reading.text, second, third):
            further = _two(reading, first, third, listed=True)
            if further is not None:
                yield further
    yield from totals(reading, found)


def _two(reading: Reading, first: Timed, second: Timed, *, listed: bool = False) -> Check | None:
    """A check of two amounts in a period that the words call one: "£5m a day, or £1.8bn a year"."""
    text = reading.text
    if second.kind == "every" or (second.kind == "span" and first.kind == "span"):
        return None
    same = first.base == second.base and first.kind != "made"
    if same or not (listed or are_near(text, first, second)):
        return None
    one_thing = one_unit(text, first, second)
    if not one_thing and not may_be_events(first, second):
        return None
    sentence = _around(text, first, second)
    size = size_between(first, second)
    if size is None:
        return None
    ways = [way * size for way in times(first.base[1], second.base[1], _hours(sentence))]
    closes = any_meets(first, second, ways)
    if closes:
        return worded(first, second, ways[0], closes=True)
    link = "listed" if listed else link_of(text, first, second)
    likely = may_be_slip(first, second, ways)
    told = link == "drawn" and _THAT_IS.search(text[first.end : second.start]) is not None
    if not (one_thing or (told and likely)) or link is None or second.kind == "past":
        return None
    if (_FOR_ONE.match(text, first.end) is None) is not (_FOR_ONE.match(text, second.end) is None):
        return None
    if _may_be_part(text, first, second, sentence, link, likely):
        return None
    if {first.unit, second.unit} & _COME_AGAIN or _is_of_service(sentence, first, second, ways):
        return None
    if link == "span" and _has_another_subject(text, first, second):
        return None
    if not told and is_tariff(text, first, second):
        return None
    if not NON_STOP.search(sentence):
        named = bool(WORK.search(sentence) or WORKERS.search(sentence))
        work = times_of_work(first.base[1], second.base[1], named=named)
        if any_meets(first, second, (way * size for way in work)):
            return None
    if link in ("span", "sum") and not likely:
        return None
    return worded(first, second, ways[0], closes=False)


def may_be_slip(first: Timed, second: Timed, ways: Sequence[float]) -> bool:
    """Whether two amounts differ as by a slip of the pen, or by a period mistaken for another."""
    right = first.size * ways[0] * second.base[0]
    ratio = second.size / right
    return is_slip(second.size, right) or any(
        0.95 < ratio * many < 1.05 or 0.95 < ratio / many < 1.05 for many in _MISTAKEN
    )


def _is_of_service(sentence: str, first: Timed, second: Timed, ways: Sequence[float]) -> bool:
    """Whether what runs may stand still at night: a bus every quarter of an hour, 70 a day."""
    if first.base[1] not in ("second", "minute", "hour") or second.base[1] != "day":
        return False
    if NON_STOP.search(sentence) or not _SERVICE.search(sentence):
        return False
    part = second.size / (first.size * ways[0] * second.base[0])
    return 0.4 <= part < 1


def _has_another_subject(text: str, first: Timed, second: Timed) -> bool:
    """ "She drinks two litres a day. In a week the family buys 30 litres"."""
    found = _ANOTHER_SUBJECT.search(without_asides(text[first.end : second.start]))
    if found is None:
        return False
    said = text[_sentence(first)[0] : first.end].lower()
    known = {stem(word) for word in re.findall(r"[a-z]+", said)}
    return stem(found[1]) not in known and stem(found[2]) not in known


def worded(first: Timed, second: Timed, way: float, *, closes: bool) -> Check:
    many, unit = second.base
    stated = second.mention.low if second.mention else second.size
    if second.mention is not None and (base := base_of(second.mention.per)) is not None:
        many = base[0]
    size = first.size * way * many
    length = f"per {unit}" if many == 1 else f"in {digits(many)} {unit}s"
    told = f"{first.words} is {converted(size, [stated])} {length}"
    why = f"{told}; the text says {second.words}" if closes else f"{told}, not {second.words}"
    return Check(TEST_RATES, (first.words, second.words), closes, f"{why}.", None, first.start, second.end)


def any_meets(first: Timed, second: Timed, ways: Iterable[float]) -> bool:
    many = second.base[0]
    one, other = first.zone.true, second.zone.true
    return any(meet(scaled(one, way * many), other) for way in ways)


def _around(text: str, first: Timed, second: Timed) -> str:
    """The sentences of two amounts, as far as they are near."""
    start, end = _sentence(first)[0], _sentence(second, first)[1]
    return text[max(start, first.start - REACH) : min(max(end, second.end), second.end + REACH)]


def _sentence(one: Timed, other: Timed | None = None) -> tuple[int, int]:
    if one.mention is not None:
        return one.mention.sentence
    return other.mention.sentence if other is not None and other.mention is not None else (one.start, one.end)


def one_unit(text: str, first: Timed, second: Timed) -> bool:
    """Whether two amounts may be of one thing by their units."""
    if first.kind == "every" or first.unit == TIMES:
        if second.unit in (None, TIMES):
            return True
        sentence = _sentence(first, second)[0]
        said = text[max(sentence, first.start - 100) : min(second.start, first.end + 60)]
        words = {stem(word) for word in re.findall(r"[a-z]+", said.lower())}
        return stem(second.unit) in words or any(
            second.unit in one and words & {stem(word) for word in one} for one in ONE_THING
        )
    if base_of(first.unit) is not None:
        # "Six days a week, 62,400 a year" are not of one thing; hours a day and a month need not be.
        said = text[first.end : second.start]
        drawn = re.search(r"\b(?:or|which|that|makes|total|so)\b", said, re.IGNORECASE) is not None
        return drawn and base_of(second.unit) is not None and size_between(first, second) is not None
    people = first.unit in _PEOPLE and second.unit in _PEOPLE
    seats = first.kind == "made" and {first.unit, second.unit} <= _PASSENGERS
    measured = second.unit is not None and is_measured(first.unit) and is_measured(second.unit)
    if measured and not is_currency(first.unit or ""):
        return size_between(first, second) is not None
    return second.unit in (None, first.unit) or is_money(first.unit, second.unit) or people or seats


def may_be_events(first: Timed, second: Timed) -> bool:
    """Whether what happens so often may be what the second counts, by another word: "sends its position once
    a minute: 1,440 messages a day"."""
    event = first.kind == "every" or first.unit == TIMES
    return event and second.unit is not None and not is_measured(second.unit)


def size_between(first: Timed, second: Timed) -> float | None:
    """How many units of the second one unit of the first is; None if they measure different things."""
    if first.unit == second.unit or not (is_measured(first.unit) and is_measured(second.unit)):
        return 1.0
    if first.unit is None or second.unit is None or is_currency(first.unit):
        return 1.0
    try:
        return convert(first.unit, second.unit)
    except (LookupError, ValueError, TypeError):
        return None


def _may_be_part(text: str, first: Timed, second: Timed, sentence: str, link: str, likely: bool) -> bool:
    """Whether one of the two may hold only at times, or in places: at the peak, in Germany alone."""
    if PART_BEHIND.match(text, second.end):
        return True
    vague = second.mention is not None and second.mention.modifier in (Modifier.UP_TO, Modifier.AT_MOST)
    closed = bool(_CLOSED.match(text, second.end) or NON_STOP.match(text, second.end + 1))
    closed = closed or (link == "drawn" and text.startswith(" for ", second.end))
    if vague or not (closed or second.kind == "span"):
        return True
    gap = CLOCK.sub("", text[first.end : second.start])
    bound = link in ("drawn", "sum", "listed") or second.kind == "span" or first.kind in ("past", "made")
    if not bound and not _EVERYWHERE.match(gap) and not (_PURPOSE.fullmatch(gap) and likely):
        return True
    if first.kind == "made":
        sentence = _ABLE.sub("", sentence)
    said = NON_STOP.sub("", sentence)
    said = said.replace("school year", "").replace("working year", "") if second.base[0] != 1 else said
    return bool(_PARTLY.search(said)) and not (WORK.search(said) and not _PARTLY.search(WORK.sub("", said)))


def is_tariff(text: str, first: Timed, second: Timed) -> bool:
    """Whether two sums may be the prices of a day and of a month: no sum of each other."""
    if first.kind == "every" or not (first.unit is None or is_currency(first.unit)):
        return False
    near = text[max(_sentence(first)[0], first.start - 60) : first.start].lower()
    tariff = bool(_TARIFF & set(re.findall(r"[a-z]+", near)))
    ways = list(times(first.base[1], second.base[1]))
    if ways[0] > 1 and second.size > first.size * max(ways) * second.base[0]:
        return False  # dearer the longer it runs
    largest = max(m.low for m in (first.mention, second.mention) if m is not None)
    return largest < (_LARGEST_TARIFF if tariff else _SMALL_SUM)


def _hours(sentence: str) -> float | None:
    """How many hours of a day the words leave: "from 6 a.m. to 6 p.m." is 12."""
    found = CLOCK.search(sentence)
    if found is None:
        return None
    start, end = (
        (int(hour) % 12 + (12 if half.lower() == "p" else 0)) + int(minute or 0) / 60
        for hour, minute, half in (found.group(1, 2, 3), found.group(4, 5, 6))
    )
    return (end - start) % 24 or 24.0

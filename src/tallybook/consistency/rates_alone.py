"""A rate, a span and the total that a passage has alone, in any order: "At £74 a week the club costs a family
£2,886 over the 39 weeks", "She pays £265 a month for four years. By the end it will have cost £12,720".

The rate is set beside every span and every total near it that fit it by their units. One pair that fits
closes. That none does is said only if there is but one pair, words bind the three, and the total misses as
slips do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tallybook.book.currencies import is_currency
from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.asides import without_asides
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import TIMES, told_of, zones
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.periods import base_of
from tallybook.consistency.rate_totals import (
    GROWN_TO,
    OVER_THE,
    PART_BEHIND,
    PARTLY,
    STRAYS,
    amount,
    compared,
    is_length,
    may_be_total,
    size_of,
    timed_exactly,
)
from tallybook.consistency.rates import WORK
from tallybook.consistency.same_words import stem
from tallybook.consistency.timed import Timed
from tallybook.estimates.zones import exactly
from tallybook.reading import Mention, Reading
from tallybook.terms import BOUNDS, Modifier

_MOST, _REACH = 6, 260
_PERIOD = r"(second|minute|hour|day|week|fortnight|month|year|decade)"
_LONG = {"decade": (10.0, "year"), "fortnight": (2.0, "week")}
_SHORT = frozenset({"second", "minute", "hour"})
_A_PERIOD = AnyCase(
    rf"\b(?:(?:over|in|during|across|for|throughout|through|within|by the end of|at the end of|after) "
    rf"(?:the course of )?(?:an?|the|one|each|every|that) (?:whole |full |entire |calendar |single |"
    rf"complete )?"
    rf"{_PERIOD}|(?:so|and|or|that|meaning) (?:the|a|one) (?:whole |full )?{_PERIOD} (?:costs?|comes?|"
    rf"brings?|makes?))\b"
    rf"(?! (?:to|from|since|until|before|after|when|ago|later|earlier|or|that|which)\b)(?! of \d)",
)
"""A span in words: "over the year", "so the year costs"."""
_PLACED = AnyCase(
    r"\b(?:in|over|during|for|through|across|throughout|after|within|inside|on|by the end of|at the end of)"
    r"(?: (?:the|its|their|his|her|an?|all|those|these|that|this|each|every))?(?: [a-z]+){0,3} $",
)
"""Words that lead a span: "on the 14-hour crossing", "over a year of 365 days"."""
_SUMMED = AnyCase(
    r"(?:\b(?:that|this|it|which)(?:['’]s|\s(?:is|was|makes|made|means|meant|equals|(?:will|would) (?:be|"
    r"make)))"
    r"|\b(?:comes?|came|coming|amounts?|amounted|amounting|adds? up|added up|adding up|works? out|worked out|"
    r"runs?|mounts? up|ran) (?:to|at)|\b(?:making|makes?|giving|leaving|depositing|dumping|or|so|total(?: "
    r"of| is| was)?|in all|"
    r"altogether|"
    r"totall?ing|totals)|(?:[:–—(]|^, ?))(?: (?:an?|the|some|about|around|roughly|nearly|almost|just|only|"
    r"all but|"
    r"close to|over|total|grand|of|up|to|extra|further|additional|another|whopping|cool|full|good)){0,4} ?$",
)
"""Words before a total that draw it from what was said."""
_ACHIEVED = AnyCase(
    r"\b(?:costs?|cost|paid|pays?|spent|spends?|will have|would have|had|has|have|gets? through|got through|"
    r"uses?|used|burn(?:s|ed|t)?|swallow(?:s|ed)|eats? (?:up)?|ate|goes through|went through|takes?|took|"
    r"brings? in|brought in|earn(?:s|ed)?|makes?|made|raise[sd]?|yield(?:s|ed)|produce[sd]?|gave|gives?|"
    r"ship(?:s|ped)|carr(?:y|ies|ied)|shift(?:s|ed)|cover(?:s|ed)|put|puts|planted|serve[sd]?|sold|sells?|"
    r"treat(?:s|ed)?|handle[sd]?|lose[sd]?|loses|lost|gain(?:s|ed)?|grew|grows?|wastes?|wasted|hand(?:s|ed)|"
    r"received?|receives|collect(?:s|ed)|set (?:him|her|them|it|us|me) back|run up|clock(?:s|ed) up|"
    r"fill(?:s|ed)|consume[sd]?|drank|drinks?|print(?:s|ed)|bake[sd]?|built|builds?|add(?:s|ed)|tot(?:s|"
    r"ted) up)\b"
    r"[^;:.\d]{0,60}$",
)
_ITS = AnyCase(
    r"\b(?:it|they|he|she|we|you|I|that|this|which|who|the (?:total|bill|sum|cost|figure|lot|price|tab))\b",
)
"""A clause whose subject is what the rate was said of."""
_BY_THEN = re.compile(
    r"\b(?:by then|by the end(?: of (?:it|that|this|them))?|by that time|at the end(?: of (?:it|that))?|in "
    r"all|in total|"
    r"altogether|over that (?:time|period)|in that (?:time|period)|all told|the (?:grand )?total|when it "
    r"is over|"
    r"in the end)\b",
    re.IGNORECASE,
)
_IN_ALL = re.compile(r"[^,;:.\d]{0,30},? (?:in all|in total|altogether|all told)\b")
_LASTING = re.compile(
    r",? (?:on (?:average|end)|[a-z ]{0,30})?(?:for|over|across|throughout) (?:the |all |all of the |its |"
    r"his |her |their |"
    r"those |these |about |nearly |some |exactly )*$"
)
"""What binds a span to the rate before it: "£265 a month for four years"."""
_RIGHT_BEHIND = re.compile(
    r" (?:[a-z]+ ){0,2}?(?:over|in|during|across|for|by the end of|at the end of|after|throughout) "
    r"(?:the |all |its |a |those |these |that )*|,? (?:over|in|during|across|for) "
)
_OTHERS = AnyCase(
    r"\b(?:before (?:that|this|then)|until then|had (?:already )?been|with (?:[a-z]+ )?(?:travel|expenses|"
    r"interest|tips|overtime|tax|bonuses|extras|fees|donations|pensions?)|usually|normally|at most|at "
    r"(?:full|top|"
    r"half|low|high|maximum|its)|flat out|in (?:calm|good|bad|heavy|still)|since|first|trial|test|"
    r"expect(?:s|ed)|"
    r"planned|target|forecast|instead of|rather than|not|never|if|unless|minus|less|owe[sd]?|average[sd]?)\b"
    r"|n['’]t\b",
)
_ALL_BUT = re.compile(r"\ball but (?=[\d£$€])|\b(?:add|adds|added|adding|mounts?|mounted) up to\b")
_ELSE = re.compile(
    r" (?:of|on|for) (?!an? [\w-]+-(?:hour|day|week|month|night|year)\b|all\b|total\b|that\b|the\b|this\b|"
    r"its?\b|them\b|average\b|good\b|ever\b)[a-z]+"
    r"| in (?!an? |all\b|total\b|that\b|the\b|this\b|its?\b|cash\b|advance\b|return\b)[a-z]+"
)
_HAD = re.compile(
    r" (?:had|has|have|would have|will have|were|was) (?:been )?(?:[a-z]+(?:ed|en|wn|nt|ld|de|ut)|gone|"
    r"lost|run)\b"
)
_BY_THE_TIME = AnyCase(r"\b(?:by the time|until|before|when)\b[^;:.\d]{0,60}$")
_ENDS = re.compile(r"[.!?][”\"’]? ")
_AND_ITS = re.compile(
    r" (?:with|plus|including|net of|after|apart from|besides)\b(?! (?:it|them|that|this)\b)"
)


class _Span(NamedTuple):
    """A span of a passage; ``placed``: words lead it as one that something was done over."""

    time: Mention
    placed: bool


def rates_alone(reading: Reading, found: Sequence[Timed], checks: Sequence[Check]) -> Iterator[Check]:
    """A check for every rate with its span and its total near it, apart from the figures of ``checks``."""
    if not found:
        return
    text, figures, is_told = reading.text, reading.figures, told_of(checks)
    for one in found:
        rate = one.mention
        if one.kind != "rate" or rate is None or rate.modifier in BOUNDS or is_told(rate):
            continue
        if rate.per is None:
            rate = rate._replace(per=one.base[1], end=max(rate.end, one.end))
        check = _of_rate(text, figures, rate)
        if check is None or check.start is None or check.end is None:
            continue
        start, end = check.start, check.end
        if not any(is_told(m) for m in figures if start <= m.start < end):
            yield check


def _of_rate(text: str, figures: Sequence[Mention], rate: Mention) -> Check | None:
    end = _end(text, rate)
    begin = rate.sentence[0]
    led = text[max(begin, rate.start - 4) : rate.start].strip(' “"') == "At"
    k = bisect_left(figures, begin - 160 if led else begin, key=lambda m: m.start)
    near = [m for m in figures[k : k + _MOST + 2] if m.start < end and m.start != rate.start]
    if len(near) > _MOST:
        return None
    sums = [m for m in near if m.per is None and may_be_total(m, rate) and not _is_span(text, m, rate)]
    spans = list(_spans(text, near, rate, end))
    pairs = [(span, total) for span in spans for total in sums if span.time.start != total.start]
    for span, total in pairs:
        check = _check(text, rate, span, total)
        if check is not None and check.closes and not _is_astray(text, rate, span, total):
            return check if total.modifier not in BOUNDS else None
    if len(pairs) != 1 or not _binds(text, rate, *pairs[0]):
        return None
    span, total = pairs[0]
    if not is_slip(total.low, amount(rate, span.time, total)):
        return None
    return _check(text, rate, span, total)


def _end(text: str, rate: Mention) -> int:
    """Where the sentence behind that of a rate ends, as far as one looks."""
    end = rate.sentence[1]
    limit = min(len(text), rate.end + _REACH)
    paragraph = text.find("\n\n", rate.end, limit)
    limit = paragraph if paragraph >= 0 else limit
    following = _ENDS.search(text, min(end + 1, limit), limit)
    return min(limit, following.start() if following else limit)


def _check(text: str, rate: Mention, span: _Span, total: Mention) -> Check | None:
    long = exactly(span.time.low, span.time.low) if span.time.grain == 0 else zones(timed_exactly(span.time))
    named = WORK.search(text, rate.sentence[0], total.sentence[1]) is not None
    return compared(text, rate, span.time, total, long, size_of(rate, total) or 1.0, named=named)


def _spans(text: str, near: Sequence[Mention], rate: Mention, end: int) -> Iterator[_Span]:
    """Every span near a rate: "the 39 weeks", and "over the year" where no number is in it."""
    inside: list[tuple[int, int]] = []
    for m in near:
        if _is_span(text, m, rate):
            before = text[max(m.sentence[0], m.start - 50) : m.start]
            into = text.startswith((" in,", " in ", " into it"), m.end) and before.endswith((", ", "and "))
            placed = into or bool(OVER_THE.match(m.words) or _PLACED.search(before))
            inside.append((m.start - 30, m.end))
            yield _Span(m, placed)
    for words in _A_PERIOD.finditer(text, max(rate.sentence[0], rate.start - 120), end):
        apart = words.start() >= rate.end or words.end() <= rate.start
        if not apart or any(start <= words.start() < stop for start, stop in inside):
            continue
        place = 1 if words[1] else 2
        unit = words[place].lower()
        base = base_of(rate.per)
        many, inner = _LONG.get(unit, (1.0, unit))
        if base is None or base[1] == unit:
            continue
        named = f"an {unit}" if unit == "hour" else f"a {unit}"
        start, stop = words.start(), words.end(place)
        time = Mention(named, start, stop, many, many, unit=inner, sentence=rate.sentence, grain=0.0)
        yield _Span(time, True)


def _is_span(text: str, mention: Mention, rate: Mention) -> bool:
    """Whether a figure is a time over which a rate may run: of "35 hours a week" hours are the total."""
    return is_length(text, mention) and mention.unit != rate.unit


def _is_astray(text: str, rate: Mention, span: _Span, total: Mention) -> bool:
    start = min(rate.start, span.time.start, total.start)
    said = without_asides(text[max(rate.sentence[0], start - 60) : total.end])
    return bool(STRAYS.search(_ALL_BUT.sub("", _BY_THEN.sub("", said))))


def _binds(text: str, rate: Mention, span: _Span, total: Mention) -> bool:
    """Whether words leave no doubt that a total is that of the rate and the span."""
    time = span.time
    if total.modifier in (Modifier.UNDER, Modifier.AT_MOST, Modifier.UP_TO, Modifier.AT_LEAST):
        return False
    start, last = min(rate.start, time.start, total.start), max(rate.end, time.end, total.end)
    said = _BY_THEN.sub("", without_asides(text[max(rate.sentence[0], start - 60) : last]))
    said = _ALL_BUT.sub("", said)
    if STRAYS.search(said) or PARTLY.search(_school(said)) or _OTHERS.search(said):
        return False
    if GROWN_TO.search(text, max(0, total.start - 40), total.start):
        return False
    if not _is_of_it(text, rate, total) or _is_mixed(text, rate, time):
        return False
    if time.end <= rate.start:  # "Over 20 years it has lost 12 metres a year, 240 in all"
        gap = without_asides(text[rate.end : total.start])
        done = _ITS.search(gap) is not None and _ACHIEVED.search(gap) is not None
        return span.placed and len(gap) < 150 and (done or _is_summed(text, rate.end, total))
    if total.start > time.end:
        return _binds_behind(text, rate, span, total)
    if total.start < rate.start:
        return False
    gap = without_asides(text[rate.end : total.start])
    behind = _RIGHT_BEHIND.fullmatch(text, total.end, time.start) is not None or (
        time.start - total.end < 2 and OVER_THE.match(time.words) is not None
    )
    if not behind and time.start >= total.end:
        behind = re.fullmatch(r",? ?", text[total.end : time.start]) is not None and span.placed
    drawn = bool(_SUMMED.search(gap[-70:]) or _ACHIEVED.search(gap))
    return behind and drawn and len(gap) < 150


def _binds_behind(text: str, rate: Mention, span: _Span, total: Mention) -> bool:
    """The same where the total is the last of the three."""
    time = span.time
    gap = without_asides(text[time.end : total.start])
    if len(gap) > 130 or len(_ENDS.findall(gap)) > 1:
        return False
    between = text[rate.end : time.start]
    lasting = time.sentence == rate.sentence and _LASTING.fullmatch(between) is not None
    summed = _is_summed(text, time.end, total)
    if lasting:
        closed = re.fullmatch(r", ?(?:some |about |nearly |almost )?", gap) is not None and total.of in (
            "them",
            rate.of,
        )
        then = _BY_THEN.search(gap) is not None and _ACHIEVED.search(gap) is not None
        if summed or closed or then:
            return True
    later = text.startswith(" later", time.end)
    if later and _BY_THE_TIME.search(text, max(rate.end, time.start - 90), time.start):
        return _HAD.match(text, total.end) is not None
    if not span.placed or later:
        return False
    return summed or (
        time.sentence == total.sentence
        and (_ITS.search(gap) is not None or _ACHIEVED.search(gap) is not None)
        and (_ITS.search(gap) is not None or time.sentence == rate.sentence)
    )


def _is_summed(text: str, start: int, total: Mention) -> bool:
    gap = without_asides(text[start : total.start])
    return bool(_SUMMED.search(gap[-70:]) or _IN_ALL.match(text, total.end))


def _is_of_it(text: str, rate: Mention, total: Mention) -> bool:
    """Whether a total may be of what the rate is of."""
    if (
        total.of not in (None, rate.of, "them", "it")
        or _is_of_else(text, total)
        or _AND_ITS.match(text, total.end)
    ):
        return False
    if PART_BEHIND.match(text, total.end) and total.of != "them":
        return False
    if rate.unit == TIMES and total.unit not in (None, TIMES):
        words = {stem(word) for word in re.findall(r"[a-z]+", text[rate.sentence[0] : rate.end].lower())}
        return stem(total.unit) in words
    return True


def _is_of_else(text: str, total: Mention) -> bool:
    return total.of not in ("them", "it") and _ELSE.match(text, total.end) is not None


def _is_mixed(text: str, rate: Mention, time: Mention) -> bool:
    """Whether it is open how much of a span counts: of pay by the hour, the hours of a week."""
    base, during = base_of(rate.per), base_of(time.unit)
    if base is None or during is None:
        return True
    if base[1] == during[1]:
        return False
    if base_of(rate.unit) is not None:
        return True
    money = rate.unit is not None and is_currency(rate.unit)
    return base[1] in _SHORT and during[1] not in _SHORT and money


def _school(said: str) -> str:
    """The words without those by which a span is named: "of the school year", "a working day of eight "
    "hours"."""
    return re.sub(
        r"\b(?:school (?:year|term)|(?:academic|financial|working|trading) (?:year|day|week)|of the "
        r"(?:season|term|"
        r"summer|winter|spring|autumn|holidays?|shift)|(?:hour|day|week|month|year)s?(?:-| )(?:shift|term|"
        r"season))\b",
        "", said, flags=re.IGNORECASE,
    )  # fmt: skip

"""Lengths of time beside the two moments that they lie between, and anniversaries.

A length is tested only if words bind it to both moments: "from 6 to 27 May, 21 days", "opened in 1887 and
shut in 1969, after 82 years", "was found on 15 August, six days later".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import partial
from itertools import pairwise

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.dates_near import lengths_near
from tallybook.consistency.figures import zones
from tallybook.consistency.forms import AGE_FORM
from tallybook.consistency.length_bonds import lasts_till_now
from tallybook.consistency.moment_words import BEGUN, OVER, TO_THE_DAY
from tallybook.consistency.moments import Moment, clocks, minutes, moments, span
from tallybook.estimates.zones import exactly
from tallybook.matching.numbers import meet
from tallybook.prose import counted, digits
from tallybook.reading import Mention, Reading
from tallybook.terms import Modifier

TEST_LENGTH, TEST_ANNIVERSARY = "length of time between two dates", "anniversary"
_LONGEST_DAYS = {
    "day": (1.0, 1.0),
    "week": (7.0, 7.0),
    "month": (28.0, 31.0),
    "year": (365.0, 366.0),
    "decade": (3652.0, 3653.0),
}
_DAYS_OF = {"month": 365.25 / 12, "year": 365.25}
_MOST = 8
"""How many moments of a sentence are looked at."""
_MINUTES_OF = {"hour": 60.0, "minute": 1.0}
_MOMENTS = ("date", "year", "clock")
_PART = r"(?:the )?(?:(?:end|start|beginning|middle|close) of )?(?:the )?(?:[A-Z][a-z]+day,? (?:the )?)?"
_FROM = AnyCase(rf"(?:\b(?:from|between)\s|\() ?{_PART}$")
_TO = re.compile(
    rf"(?:,? (?:on|last) [A-Z][a-z]+day)?,? ?(?:to|until|till|through|and|–|—|-) ?{_PART}"
    r"|(?:, [\w’' -]{3,50},)? (?:until|till|to) (?:[\w’'-]+ ){1,7}(?:in|on|at) "
    r"|, [\w’' -]{3,50}, (?:to|until|till) "
)
_OF_IT = r"(?:(?:a|an|the) (?:[\w’'-]+ ){0,3}?[\w’'-]+ of )"
_HEDGE = r"(?:just |only |about |some |exactly |nearly |almost |a total of )?"
_AFTER_PART = re.compile(
    r"\bafter (?:an?|the|his|her|its|their) (?:[\w’'-]+ ){0,3}?(?:campaign|delay|illness|break"
    r"|interval|dispute|struggle|fight"
    r"|row|debate|pause|gap|stoppage|repairs?|negotiations?|talks|protests?|wait|search|trial"
    r"|inquiry|battle|refit) of $"
)
_LASTED = re.compile(
    rf"(?:,|:|;| –| —| -)? ?\(?(?:and )?(?:(?:after|for|or|that is|which is|lasting|in all"
    rf"|having lasted|having taken) )?"
    rf"{_HEDGE}{_OF_IT}?{_HEDGE}"
    rf"|,? (?:having|after having|after) (?!(?:work|serv|play|liv|train)ed\b)[\w-]+(?:ed|ent|eld) (?:for "
    rf")?{_HEDGE}"
    rf"|,? (?:and )?(?:has |had )?(?:lasted|lasts|took|takes|taken|went on|ran|runs"
    rf"|dragged on)(?: for)? {_HEDGE}"
    rf"|,? (?:was|were|has|had|stood|stayed|remained|ran|operated|had been|has been)"
    rf"(?: worked| open| closed| shut| in (?:use|service|operation|force|place)| held"
    rf"| missing)? for {_HEDGE}"
    rf"|, (?:(?:the|he|she|they|it|[A-Z])[\w’' -]{{0,40}}?) ?\b(?:served|spent|was held for"
    rf"|were held for|had served"
    rf"|had spent) {_HEDGE}"
)
_GOES_ON = re.compile(
    r"(?: later| on| in all| in total| altogether| all told| long| away)?(?:$|[.,;:)–—”]| [–—-] )"
    r"| (?:in|during|through) which\b| without\b| that\b| when\b| while\b| of [\w-]+ in (?:all|total)\b"
    r"|(?: later)? (?:in|at|behind|on|of|as|under) (?:the |his |her |their |its "
    r"|a )?(?!civil|secret|foreign|public|health|prison|fire|diplomatic)(?:[a-z]+ )?(?:job|post|office|"
    r"power|charge|role|"
    r"captivity|jail|prison|custody|orbit|space|detention|command|service|bars|sea|counter|throne|board|"
    r"air|use|operation|existence|business|rule|reign|talks|fighting|closure|work|play|helm|top|"
    r"mayor|president|chairman|chairwoman|director|leader|king|queen|head|captain|editor)\b"
)
_WHICH_LASTED = re.compile(rf"(?: [\w-]+){{1,3}}(?:, which)? (?:lasted|ran|went on)(?: for)? {_HEDGE}")
_JOURNEY = re.compile(
    r"\b(?:journey|voyage|flight|trip|crossing|march|walk|swim|climb|trek|mission|reign|rule|tenure"
    r"|stint|siege|strike"
    r"|career|presidency|wait|absence|occupation|captivity) of (?:just |only |about |nearly |almost )?$"
)
_DIED = re.compile(r"\b(?:died|dies|killed|dead|death|ill|widowed|born)\b")
_LATER = re.compile(r" (?:later|on)(?:$|[.,;:)–—”]| [–—-] )")
_BEFORE_DATES = re.compile(
    rf"(?: ?[\w’'-]+(?: [\w’'-]+){{0,2}}? (?:lasted|lasts|ran|runs|went on|stretched|extended"
    rf"|spanned|spans|covers|covered)| to [a-z]+(?: [\w’'-]+){{1,5}},)?,? ?\(?(?:[–—-] )?(?:from )?{_PART}"
)
_NOT_WHOLE = AnyCase(r"\b(?:on|in|within|every|each|per|of the|after|than|another|further|any|some of the) $")
_AFTER_IT = re.compile(r" (after|before) ((?:[\w’'-]+ ){1,9})(?:in|on) (?:the )?(?:[A-Z][a-z]+day,? )?")
_LOOSE = re.compile(r"\b(?:that|which|who|whose|where|when)\b")
_FOUNDED = AnyCase(
    r"\b(?:founded|founding|established|opened|opening|built|set up|launched|created|started|began"
    r"|inaugurated|formed|consecrated|laid|unveiled|"
    r"incorporated|married|wed|signed|born|dates? (?:back )?(?:from|to)|publication|release[d]?"
    r"|independence|"
    r"published|premiered|completed)\b[^.;]{0,40}$",
)
_ANNIVERSARY = re.compile(r"(?: [a-z]+)? (?:anniversary|birthday)\b")
_OF_THE_EVENT = re.compile(r" of (?:(?!that |which |who )[^.;,]){3,60}")
_FRONTED = re.compile(r"(?:^|[.;,] )(?:In|On|This year|in|on) (?:[A-Z][a-z]+day,? )?$")
_CELEBRATED = re.compile(
    r"(?: celebrations?| year| party| to (?:celebrate|mark))?"
    r" (?:in|on|this|next|last) (?:[A-Z][a-z]+day,? )?(?:\d{1,2} )?$"
)
_SINCE = re.compile(rf"\bsince {_PART}$")
_MARKING = re.compile(r"\b(?:celebrat(?:es?|ed|ing)|mark(?:s|ed|ing)?) $")
_OF_LIFE = re.compile(r" (?:of|as|in|at) [\w’' -]{2,40}? in ")
_HELD_SINCE = re.compile(r"\bsince (?:[A-Z][a-z]+ )?$")
_PRONOUN = re.compile(r"[\s“\"]*(?:It|He|She|They)\b")
_SAYS_HOW_LONG = re.compile(
    rf"[\s“\"]*(?:It|They|He|She) (?:lasted|went on|took|ran|was closed|was shut|served"
    rf"|spent)(?: for)? {_HEDGE}"
)
_SAME_DAY = AnyCase(r"\bsame (?:day|evening|morning|afternoon|night)\b")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def dates(reading: Reading) -> Iterator[Check]:
    """A check for every length of time between two moments of its sentence, and for every anniversary."""
    if not any(aside.kind in _MOMENTS for aside in reading.asides):
        return
    found = _by_sentence(moments(reading))
    yield from _anniversaries(reading, found)
    lengths = [m for m in reading.figures if _is_length(m)]
    if not lengths:
        return
    times = _by_sentence(clocks(reading)) if any(m.unit in _MINUTES_OF for m in lengths) else {}
    before: tuple[tuple[int, int], ...] = ()
    left: list[Mention] = []
    closed: set[tuple[int, int]] = set()
    order = sorted({*found, *times, *(m.sentence for m in lengths)})
    place = {sentence: k for k, sentence in enumerate(order)}
    for length in lengths:
        known = times if length.unit in _MINUTES_OF else found
        near = known.get(length.sentence, [])
        k = place[length.sentence]
        before = (order[k - 1],) if k and order[k - 1][1] + 2 >= length.sentence[0] else ()
        earlier = known.get(before[0], []) if before else []
        pair = _bound(reading.text, near, earlier, length)
        if pair is not None and not lasts_till_now(reading.text, *pair, length):
            check = _of_clock(reading.text, *pair, length) if known is times else _of_days(*pair, length)
            if check is not None:
                if check.closes:
                    closed.add((min(m.start for m in pair), max(m.start for m in pair)))
                yield check
                continue
        left.append(length)
    if left and len(found) + len(times) > 0:
        yield from _further(reading, left, found, times, closed)


def _further(
    reading: Reading,
    left: Sequence[Mention],
    found: dict[tuple[int, int], list[Moment]],
    times: dict[tuple[int, int], list[Moment]],
    closed: Set[tuple[int, int]],
) -> Iterator[Check]:
    """The same for lengths whose moments stand further apart. ``closed``: the moments that a length fits."""
    text = reading.text
    sentences = sorted({m.sentence for m in (*reading.figures, *reading.asides)})
    yield from lengths_near(text, left, found, lambda m: m.unit in _LONGEST_DAYS, sentences, _of_days, closed)
    if times:
        yield from lengths_near(
            text, left, times, lambda m: m.unit in _MINUTES_OF, sentences, partial(_of_clock, text), closed
        )


def _by_sentence(found: Iterator[Moment]) -> dict[tuple[int, int], list[Moment]]:
    kept: dict[tuple[int, int], list[Moment]] = {}
    for moment in found:
        kept.setdefault(moment.sentence, []).append(moment)
    return kept


def _is_length(mention: Mention) -> bool:
    if mention.unit not in _LONGEST_DAYS and mention.unit not in _MINUTES_OF:
        return False
    if mention.trend is not None or mention.form is AGE_FORM or not mention.low > 0:
        return False
    return mention.per is None or TO_THE_DAY.search(mention.words) is not None


def _bound(
    text: str, near: Sequence[Moment], earlier: Sequence[Moment], length: Mention
) -> tuple[Moment, Moment] | None:
    """The two moments that words bind a length to; None if they bind it to none."""
    if len(near) > _MOST:
        return None
    if not near and len(earlier) == 2 and _begun_and_over(text, *earlier):
        said = _SAYS_HOW_LONG.fullmatch(text, length.sentence[0], length.start)
        return (earlier[0], earlier[1]) if said and _GOES_ON.match(text, length.end) else None
    if len(near) == 1 == len(earlier) and _PRONOUN.match(text, length.sentence[0]):
        near = [*earlier, *near]
    for first, last in pairwise(near):
        if last.end <= length.start and _told_behind(text, near, first, last, length):
            return (first, last)
        if length.end <= first.start and _told_before(text, first, last, length):
            return (first, last)
        if (
            length.end <= first.start
            and len(near) == 2
            and not text[first.sentence[0] : length.start].strip()
        ):
            return _counted_on(text, first, last, length)
        if first.end <= length.start and length.end <= last.start and len(near) == 2:
            return _counted_from(text, first, last, length)
    return None


def _told_behind(text: str, near: Sequence[Moment], first: Moment, last: Moment, length: Mention) -> bool:
    """ "from D to E, a total of N days", "began on D and ended on E, after N days", "on E, N days later"."""
    gap = text[last.end : length.start]
    if len(gap) > 90 or _another(text, last, near):
        return False
    if text[first.end : last.start] in ("–", "-", "—") and _WHICH_LASTED.fullmatch(gap):
        return bool(_GOES_ON.match(text, length.end))
    if _AFTER_PART.search(gap):
        return False
    gap = _without_day(gap)
    if not _LASTED.fullmatch(gap) or not _GOES_ON.match(text, length.end):
        return False
    if _from_to(text, first, last):
        return True
    if len(near) != 2:
        return False
    if _LATER.match(text, length.end):
        return gap.strip() in (",", "", "–", "—", ", just", ", only", ", about", ", exactly")
    if gap.strip(" ,") == "":
        return False
    if _JOURNEY.search(gap) and BEGUN.search(text[max(first.sentence[0], first.start - 70) : first.start]):
        return True
    after = re.match(r",? after ", gap) is not None
    return _begun_and_over(text, first, last, both=not after)


def _without_day(gap: str) -> str:
    """Without words that place the last moment: "the same day", "on Wednesday", "local time"."""
    return re.sub(
        r"^ (?:(?:on )?the (?:same|next|following) \w+|on [A-Z][a-z]+day|that \w+|local time)", "", gap
    )


def _another(text: str, last: Moment, near: Sequence[Moment]) -> bool:
    return near[-1] is not last and text[last.end : near[-1].start].strip() == ","


def _from_to(text: str, first: Moment, last: Moment) -> bool:
    start = first.sentence[0]
    return bool(_FROM.search(text[max(start, first.start - 48) : first.start])) and bool(
        _TO.fullmatch(text[first.end : last.start][:110])
    )


def _begun_and_over(text: str, first: Moment, last: Moment, *, both: bool = True) -> bool:
    """Whether the words of the first moment begin something, and those of the last end it."""
    before = text[max(first.sentence[0], first.start - 70) : first.start]
    between = text[max(first.end, last.start - 110) : last.start]
    if _SINCE.search(between):
        return True  # "reopened on D, having been shut since E"
    behind = text[first.end : first.end + 1] == ")"
    if behind or _DIED.search(between):
        return False
    return bool(BEGUN.search(before)) + bool(OVER.search(between)) >= (2 if both else 1)


def _told_before(text: str, first: Moment, last: Moment, length: Mention) -> bool:
    """ "lasted nine days, from D to E", "a 35-year reign from D to E"."""
    gap = text[length.end : first.start]
    before = text[max(length.sentence[0], length.start - 20) : length.start]
    if len(gap) > 60 or _NOT_WHOLE.search(before) or not _BEFORE_DATES.fullmatch(gap):
        return False
    noun = length.of is not None and "-" in length.words
    if length.of is not None and not noun:
        return False  # "ten days of rain from 3 to 20 May"
    return ("from " in gap.lower() or "(" in gap) and bool(_TO.fullmatch(text[first.end : last.start][:110]))


def _counted_from(text: str, first: Moment, last: Moment, length: Mention) -> tuple[Moment, Moment] | None:
    """ "died in 2019, 40 years after she opened it in 1979"; the earlier moment first."""
    start = first.sentence[0]
    if _MARKING.search(text, max(start, length.start - 14), length.start):
        since = text[max(start, first.start - 60) : first.start]
        known = _HELD_SINCE.search(since) or _FOUNDED.search(since)
        return (first, last) if known and _OF_LIFE.fullmatch(text, length.end, last.start) else None
    if text[first.end : length.start].strip() not in (",", "–", "—", ", some", ", just", ", about"):
        return None
    found = _AFTER_IT.fullmatch(text, length.end, last.start)
    if found is None or _LOOSE.search(found[2]):
        return None
    return (last, first) if found[1] == "after" else (first, last)


def _counted_on(text: str, first: Moment, last: Moment, length: Mention) -> tuple[Moment, Moment] | None:
    """ "Ten years after it was begun in 2004, the bypass was completed in 2014"; the earlier moment first."""
    found = _AFTER_IT.fullmatch(text, length.end, first.start)
    if found is None or _LOOSE.search(found[2]) or not text.startswith(", ", first.end):
        return None
    return (first, last) if found[1] == "after" else (last, first)


def _of_days(first: Moment, last: Moment, length: Mention) -> Check | None:
    """With the last day or without it, rounded or completed: one way that closes is enough."""
    if (first.words.isdecimal() and not last.dated) or (last.words.isdecimal() and not first.dated):
        return None  # "5 June" and "1998"
    size = span(first, last)
    if size is not None and size.most < 0 and first.dated and last.dated:
        first, last = last, first
        size = span(first, last)
    unit, said = length.unit or "day", zones(length).true
    if size is None or size.most < 0 or unit not in _LONGEST_DAYS:
        return None
    shortest, longest = _LONGEST_DAYS[unit]
    between = f"{first.words} to {last.words}"
    least, most = max(size.least, 0), size.most + 1
    if size.exact and unit in _DAYS_OF:
        made = size.most / _DAYS_OF[unit]
        rounded = 0.02 if length.modifier in (Modifier.OVER, Modifier.AT_LEAST) else 0.5
        closes = meet(exactly(int(size.least / _DAYS_OF[unit]), made + rounded).true, said)
        told = f"{between} are {digits(float(f'{made:.1f}'))} {unit}s"
    elif unit == "year" and size.least > 365 and not size.exact:
        closes = meet(exactly(least / longest, most / shortest).true, said)
        told = f"{between} are at most {digits(float(f'{most / 365.25:.1f}'))} years"
        if first.words.isdecimal() and last.words.isdecimal():
            told = f"{last.words} − {first.words} = {int(last.words) - int(first.words)}"
    else:
        closes = meet(exactly(int(least / longest), most / shortest).true, said)
        days = counted(size.most if size.exact else most, "day")
        told = f"{between} are {days}" if size.exact else f"{between} have at most {days}"
    return _check(first, last, length, closes, told)


def _of_clock(text: str, first: Moment, last: Moment, length: Mention) -> Check | None:
    """Of one day, unless days are named: then any whole number of days may be added."""
    sizes = minutes(first, last)
    if not sizes or "local time" in text[length.sentence[0] : length.sentence[1]]:
        return None
    start, end = min(first.start, last.start), max(last.end, length.end)
    around = text[start : min(length.sentence[1], end + 20)]
    days = (0,) if _SAME_DAY.search(around) or len(set(_WEEKDAY.findall(around))) < 2 else range(8)
    unit, said = _MINUTES_OF[length.unit or "hour"], zones(length).true
    made = sorted((size + 1440 * k) / unit for size in sizes for k in days)
    closes = any(meet(exactly(int(size) if size >= 1 else size, size).true, said) for size in made)
    hours, rest = divmod(min(sizes), 60)
    told = f"{first.words} to {last.words} are {counted(hours, 'hour')}"
    told += f" and {counted(rest, 'minute')}" if rest else ""
    return _check(first, last, length, closes, told)


def _check(first: Moment, last: Moment, length: Mention, closes: bool, told: str) -> Check:
    why = f"{told}; the text says {length.words}" if closes else f"{told}, not {length.words}"
    about = (first.words, last.words, length.words)
    start, end = min(first.start, last.start, length.start), max(first.end, last.end, length.end)
    return Check(TEST_LENGTH, about, closes, f"{why}.", None, start, end)


def _anniversaries(reading: Reading, found: dict[tuple[int, int], list[Moment]]) -> Iterator[Check]:
    """ "Founded in 1954, it will mark its 70th anniversary in 2024"."""
    text = reading.text
    for aside in reading.asides:
        if aside.kind != "ordinal" or not aside.low > 0:
            continue
        named = _ANNIVERSARY.match(text, aside.end)
        years = found.get(aside.sentence, [])
        if named is None or len(years) != 2 or not all(m.dated for m in years):
            continue
        first, last = sorted(years, key=_year)
        event = _OF_THE_EVENT.fullmatch(text, named.end(), first.start) if first.start > named.end() else None
        founded = event or _FOUNDED.search(text[max(aside.sentence[0], first.start - 90) : first.start])
        gap = text[named.end() : last.start] if last.start > aside.start else ""
        apart = text[first.end : last.start] if first.start > aside.start else ""
        when = (
            _CELEBRATED.fullmatch(gap)
            or apart in (" in ", ", in ")
            or _FRONTED.search(text[max(0, last.start - 20) : last.start])
        )
        if not founded or not when:
            continue
        years_between = _year(last) - _year(first)
        closes = years_between == int(aside.low)
        told = f"{_year(last)} − {_year(first)} = {years_between}"
        words = f"{aside.words}{named[0]}"
        why = f"{told}; the text says {words}" if closes else f"{told}, not the {words}"
        start, end = min(aside.start, first.start, last.start), max(named.end(), first.end, last.end)
        yield Check(TEST_ANNIVERSARY, (first.words, last.words, words), closes, f"{why}.", None, start, end)


def _year(moment: Moment) -> int:
    found = re.search(r"\d{4}", moment.words)
    return int(found[0]) if found is not None else 0

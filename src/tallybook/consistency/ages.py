"""The age of a person beside the date of birth: completed years on the day that the words name.

>>> from tallybook.reading import read
>>> [c.why for c in ages(read("Born on 3 November 1950, the potter died on 2 June 2021 aged 71."))]
['3 November 1950 to 2 June 2021 are 70 completed years, not 71.']

Both must be of one person: nothing is tested where another stands between them ("her mother died aged 41").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tallybook.consistency.any_case import has_any
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import zones
from tallybook.consistency.forms import AGE_FORM, NUMBER_FORM
from tallybook.consistency.lives import lives, of_two_sexes
from tallybook.consistency.moments import Moment, moments, period
from tallybook.estimates.zones import exactly
from tallybook.matching.numbers import meet
from tallybook.quantity import INFINITY
from tallybook.reading import Mention, Reading

TEST_AGE = "age beside a date of birth"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_SEASON = r"(?:the )?(?:(?:spring|summer|autumn|fall|winter|early|late|end) of )?"
_BORN = re.compile(
    rf"\b(?:born|birth)(?: (?:in|at) [A-Z][\w ,’'-]{{1,40}}?)?(?:,? (?:on|in))? {_WEEKDAY}(?:the )?$"
    rf"|\bborn [\w’'-]+(?: [\w’'-]+){{0,3}} (?:in [\w ,’'-]{{2,30}} )?on {_WEEKDAY}(?:the )?$"
    r"|\bdate of birth\b[^.;\d]{0,50}$|\(born:? $|\bborn on [A-Z][\w’' ]{3,28}, $"
)
_KIN = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ww]hose|[Tt]he|[Aa]n?)\s(?:[a-z-]+\s){0,2}?(?:mother|father"
    r"|parents?|sons?|daughters?|wife"
    r"|husband|widow|widower|brothers?|sisters?|aunt|uncle|cousin|niece|nephew|twins?|lover"
    r"|fianc\w+|step\w+"
    r"|girlfriend|boyfriend|grand(?:mother|father|parents?|son|daughter|child|children))\b"
    r"|\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ww]hose)\s(?:[a-z-]+\s){0,2}?(?:friend|partner|killer|victim"
    r"|trainer|colleague|coach"
    r"|predecessor|successor|rival|owner|baby|child|murderer|attacker|assistant|bride|groom|boss|teacher)\b"
)
_ITS = re.compile(r"\b[Ii]ts (?:[a-z]+ ){1,3}(?:was|is|were)\b")
_CHILD_OF = re.compile(
    r"\b(?:the|a|an) (?:[a-z-]+ ){0,2}(?:son|daughter|child|twin|grandson|granddaughter|widow|niece"
    r"|nephew) of\b"
)
_SUBJECT_OF_OTHER = re.compile(
    r"(?:^|[;.,] |\band )(?:[Hh]is|[Hh]er|[Tt]heir|[Aa]n?|[Aa]nother) (?:[\w’'-]+ ){0,4}?(?:was"
    r"|were|is) born\b"
)
_RESTRICTED = re.compile(
    r"\b(?:a|an|the|his|her|their|of|with|by) (?:[a-z-]+ ){0,2}[a-z-]+,? (?:who (?:was|had been"
    r"|is) )?born\b"
)
_APPOSED = re.compile(r", an? (?:[a-z’-]+ ){0,4}[a-z’-]+ (?:who was )?born\b")
_CLEAR_BIRTH = re.compile(
    r"\b(?:he|she|He|She|who|having been|had been|was|were) (?:was )?born\b|date of birth"
)
_ANOTHER = re.compile(r", (?:who|whose)\b")
_LINKED = re.compile(
    r"(?:[,(]|\b(?:who|he|she|and|having been|had been)|[.;] (?:He|She|he|she))\s?(?:was |had been "
    r"|has been )?[Bb]orn\b"
    r"|date of birth"
)
_FRONTED = re.compile(r"[\s“\"]*(?:At|Aged|Just|At just|At the age of|At only) $")
_WON = re.compile(rf", (?:[\w’'-]+ ){{1,12}}?(?:on|in) {_WEEKDAY}{_SEASON}(?:the )?$")
_BORN_BETWEEN = re.compile(
    r", (?:[\w’'-]+ ){0,5}[\w’'-]+, (?:who was )?born [\w ,]{4,40}?, (?:[\w’'-]+ ){1,10}?(?:on|in) "
    rf"{_WEEKDAY}(?:the )?$"
)
_AGED = re.compile(
    r",? (?:aged|(?:just |only )?at (?:the )?age(?: of)?|at|when (?:he|she) was|and (?:he"
    r"|she) was) (?:just |only |still )?$"
)
_ON = re.compile(rf",? (?:on|in) {_WEEKDAY}{_SEASON}(?:the )?$")
_WHEN = re.compile(
    rf",? (?:when|as) (?:he|she) (?:[\w’'“”-]+ ){{1,12}}?(?:on|in) {_WEEKDAY}{_SEASON}(?:the )?$"
    rf"|,? at the time of (?:his|her|the) (?:[\w’'-]+ ){{1,7}}?(?:on|in) {_WEEKDAY}{_SEASON}(?:the )?$"
    rf"|,? (?:and )?(?:died|retired|won|was (?:killed|elected)) (?:[\w’'-]+ ){{0,5}}?(?:on"
    rf"|in) {_WEEKDAY}{_SEASON}(?:the )?$"
)
_WAS = re.compile(
    r"\b(?:was|is|be|turned|turns|turn|became|at|aged|age of|reached)(?: (?:just|only|still|already"
    r"|about|nearly|almost))? $"
)
_ALONE = re.compile(r"[\s“\"]*(?:He|She) (?:was|is|would have been)(?: (?:just|only|still|already))? $")
_FELL = re.compile(r"\b(?:died|dead|killed|death|passed away)\b")
_BIRTHDAY = re.compile(r"(?: [a-z]+)? birthday\b")
_BIRTHDAY_ON = re.compile(
    rf"(?: (?:party|dinner|celebrations?|fell|falls|was|is|came))?"
    rf"(?: (?:in|at|with|aboard|by) [\w’' -]{{2,40}})?,? (?:on"
    rf"|in) {_WEEKDAY}(?:the )?"
)
_PRONOUN = re.compile(r"[\s“\"]*(?:[Bb]orn [\w ,]{4,40}, )?(?:He|She|he|she)\b")
_REACH, _MOST = 260, 12
"""How far the date of birth may stand from the age, and among how many dates."""


class _Age(NamedTuple):
    """An age as printed, and the date at which it was reached or held."""

    words: str
    start: int
    end: int
    figure: Mention | None
    years: int
    when: Moment


class _Near:
    """Mentions by their places, to find those near a date of birth."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self._starts = [m.start for m in mentions]

    def to(self, birth: Moment) -> Sequence[Mention]:
        low = bisect_left(self._starts, birth.start - _REACH)
        return self._mentions[low : bisect_left(self._starts, birth.start + _REACH)]


def ages(reading: Reading) -> Iterator[Check]:
    """A check for every age whose date, and date of birth, the text gives within two sentences."""
    text = reading.text
    if not any(aside.kind in ("date", "year") for aside in reading.asides):
        return
    if not has_any(text, ("born", "Born", "birth", "(b. ", "into the world")):
        return
    found = list(moments(reading))
    starts = [m.start for m in found]
    figures = _Near([m for m in reading.figures if _may_be_age(m)])
    ordinals = _Near([a for a in reading.asides if a.kind == "ordinal" and a.low > 0])
    taken: set[int] = set()
    for birth in found:
        if not _is_birth(text, birth):
            continue
        low, high = (bisect_left(starts, birth.start + reach) for reach in (-2 * _REACH, 2 * _REACH))
        near = [m for m in found[low:high][:_MOST] if _beside(birth, m)]
        others = [m for m in near if _is_birth(text, m)]
        for age in _ages(text, figures.to(birth), ordinals.to(birth), birth, near):
            if any(m.sentence[0] <= age.start < m.sentence[1] != birth.sentence[1] for m in others):
                continue  # the sentence of the age has a date of birth of its own
            if age.start in taken or not _of_one_person(text, birth, age):
                continue
            check = _age(birth, age)
            if check is not None:
                taken.add(age.start)
                yield check
    for birth, figure, when, sure in lives(reading, frozenset(taken)):
        found_further = _age(
            birth, _Age(figure.words, figure.start, figure.end, figure, int(figure.low), when)
        )
        if found_further is not None and (sure or found_further.closes):
            yield found_further


def _is_birth(text: str, moment: Moment) -> bool:
    if not moment.dated:
        return False
    before = text[max(moment.sentence[0], moment.start - 90) : moment.start]
    if "orn" not in before and "birth" not in before:
        return text[max(0, moment.start - 4) : moment.start] == "(b. "
    return _BORN.search(before.replace("Born", "born")) is not None


def _beside(birth: Moment, other: Moment) -> bool:
    """Whether a date may be that of an age: with a year, of the sentence of the birth or the next to it."""
    apart = max(birth.sentence[0], other.sentence[0]) - min(birth.sentence[1], other.sentence[1])
    return other is not birth and other.dated and apart <= 2


def _ages(
    text: str, figures: Sequence[Mention], ordinals: Sequence[Mention], birth: Moment, near: Sequence[Moment]
) -> Iterator[_Age]:
    for figure in figures:
        when = _when(text, near, figure)
        if when is not None:
            yield _Age(figure.words, figure.start, figure.end, figure, int(figure.low), when)
    for aside in ordinals:
        named = _BIRTHDAY.match(text, aside.end)
        if named is None:
            continue
        for moment in near:
            if _BIRTHDAY_ON.fullmatch(text[named.end() : moment.start][:80]):
                words = text[aside.start : named.end()]
                yield _Age(words, aside.start, named.end(), None, int(aside.low), moment)


def _may_be_age(figure: Mention) -> bool:
    plain = figure.per is None and figure.trend is None and figure.low == figure.high
    return (
        plain and figure.low > 0 and (figure.form is AGE_FORM or (figure.unit is None and figure.low < 125))
    )


def _when(text: str, near: Sequence[Moment], figure: Mention) -> Moment | None:
    """The date at which the person was so old."""
    start, end = figure.start, figure.end
    before = text[max(figure.sentence[0], start - 60) : start]
    words = "" if figure.form is NUMBER_FORM or "old" not in figure.words else figure.words
    for moment in near:
        if (
            moment.sentence == figure.sentence
            and moment.end <= start
            and _AGED.fullmatch(text[moment.end : start][:60])
        ):
            return moment
        if (
            moment.sentence == figure.sentence
            and end <= moment.start
            and (words or _WAS.search(before) or _FRONTED.fullmatch(before))
        ):
            gap = text[end : moment.start]
            if (
                len(gap) <= 120
                and _FRONTED.fullmatch(text[figure.sentence[0] : start])
                and (_WON.fullmatch(gap) or _BORN_BETWEEN.fullmatch(gap))
            ):
                return moment
            if len(gap) <= 120 and (_ON.fullmatch(gap) or _WHEN.fullmatch(gap)):
                return moment
    if _ALONE.fullmatch(text[figure.sentence[0] : start]) and re.match(
        r"(?: years old)?\.|$", text[end : end + 12]
    ):
        dead = [
            m
            for m in near
            if m.end <= start and _FELL.search(text[max(m.sentence[0], m.start - 60) : m.start])
        ]
        return dead[0] if len(dead) == 1 and len(near) == 1 else None
    return None


def _of_one_person(text: str, birth: Moment, age: _Age) -> bool:
    """Whether the words leave no other person whose birth or age it may be."""
    start = min(birth.sentence[0], age.start, age.when.start)
    start = max(start, min(birth.start, age.start) - _REACH)
    if birth.start < age.start:
        begin, end = start, max(age.end, age.when.end)
    else:
        begin, end = max(0, min(age.start, age.when.start) - 60), birth.end
        begin = max(begin, _sentence_start(text, begin, min(age.start, age.when.start)))
    words = _CHILD_OF.sub("", text[begin:end])
    if _KIN.search(words) or _SUBJECT_OF_OTHER.search(words) or _ITS.search(words) or of_two_sexes(words):
        return False
    if not _clear(text, birth):
        return False
    if birth.start < age.start and _ANOTHER.search(text, birth.end, age.end):
        return False
    if age.start < birth.start and not _LINKED.search(text, max(age.end, birth.start - 90), birth.start):
        return False
    return _same_subject(text, birth, age)


def _sentence_start(text: str, low: int, place: int) -> int:
    return max(low, text.rfind(". ", low, place) + 1)


def _clear(text: str, birth: Moment) -> bool:
    """Whether the birth is of the one whom the sentence is about, not of "a girl born on …"."""
    before = text[max(birth.sentence[0], birth.start - 90) : birth.start].replace("Born", "born")
    if _CLEAR_BIRTH.search(before) or not _RESTRICTED.search(before):
        return True
    return bool(_APPOSED.search(before))


def _same_subject(text: str, birth: Moment, age: _Age) -> bool:
    """In two sentences, or across a semicolon, the second must say "he" or "she" of the one of the first."""
    first, last = sorted((birth.start, age.start))
    if birth.start > age.when.start > age.start or age.start > age.when.start > birth.start:
        first, last = min(first, age.when.start), max(last, age.when.start)
    cuts = [found.end() for found in re.finditer(r"[;.!?]\s", text[first:last])]
    if not cuts:
        return True
    return len(cuts) <= 2 and all(bool(_PRONOUN.match(text, first + cut)) for cut in cuts)


def _age(birth: Moment, age: _Age) -> Check | None:
    first, last = period(birth.words), period(age.when.words)
    if first is None or last is None or last.end <= first.start:
        return None
    least, most = _completed(first.end, last.start), _completed(first.start, last.end)
    least = max(least, 0)
    if age.figure is None or age.figure.low == int(age.figure.low):
        closes = (
            least <= age.years <= most if _is_bare(age.figure) else _meets(least, most + 0.999, age.figure)
        )
    else:
        closes = _meets(least, most + 0.999, age.figure)
    years = f"{most}" if least == most else f"{least} or {most}"
    told = f"{birth.words} to {age.when.words} are {years} completed years"
    why = f"{told}; the text says {age.words}" if closes else f"{told}, not {age.words}"
    start, end = min(birth.start, age.when.start, age.start), max(birth.end, age.when.end, age.end)
    return Check(TEST_AGE, (birth.words, age.when.words, age.words), closes, f"{why}.", None, start, end)


def _is_bare(figure: Mention | None) -> bool:
    return figure is None or (figure.modifier.value == "exact" and not figure.hedges)


def _meets(low: float, high: float, figure: Mention | None) -> bool:
    if figure is None:
        return False
    said = zones(figure._replace(form=NUMBER_FORM)).true
    return meet(exactly(low, min(high, INFINITY)).true, said)


def _completed(birth: date, when: date) -> int:
    """Completed years; a child of 29 February is a year older on 1 March."""
    return when.year - birth.year - ((when.month, when.day) < (birth.month, birth.day))

"""The two levels that a change, gap or multiple of a text is about, in its sentence or in the two around it.

They must be the only two figures of one unit that could be meant: a third one, or a word that begins another
subject, is silence. Words tie the change to them, or one sentence goes on about the subject of the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from tallybook.book.currencies import is_currency
from tallybook.book.units import UnitMismatch, convert
from tallybook.consistency.change_words import (
    CHANGE_NOUNS,
    COMPARATIVE,
    OTHER_THING,
    SUMS_UP,
    SWITCH,
    age_of,
    continues,
    is_tied,
    lead_in,
    names,
    of_money,
    opens_with_time,
    same_person,
)
from tallybook.consistency.changes import FORMER
from tallybook.consistency.figures import (
    PER_CENT,
    POINTS,
    alike,
    ends,
    is_attribute,
    is_length_of_time,
    level,
)
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.same_words import content
from tallybook.consistency.steps import AMOUNT, BASIS_POINT, MULTIPLE, POINT, RATIO, Step, step_of
from tallybook.reading import Mention, Reading
from tallybook.terms import Form

MOST_FIGURES = 12
"""Figures of one window; of more, too many could be meant."""
_MOST_GROWTH = 12
_LARGE = 1000
_FARTHEST = 260
"""The most characters between a change and a level of another sentence."""
_OF_TIME = re.compile(r"\b(?:in|over|within|for|after|during|every|past|next|last|first|until|by) (?:\w+ ){0,2}$")
_AGO = re.compile(r" (?:ago|before|earlier|later|on\b|after|old|running|since|to come|from now|apart)")
_PART = re.compile(r" of (?:those|them|whom|(?:the|its|their) \d)")
# The end of a sentence that the reader takes for the middle of one: "who had asked for 1.5. Alphatec shares".
_STOP = re.compile(r"(?:\d|\w{4,})[.!?] (?=\w)")
_TO_NUMBER = re.compile(r" (?:votes )?to (?=\d)")
_NUMBER_TO = re.compile(r"\d (?:votes )?to $")
_THAN_WORDS = re.compile(r" (?:[a-z]+ )?(?:than|up on|down on|above|below)\b")
# What brings another noun between a change and its "from A to B": "helped by a jump in revenue", "as sales went".
_NEW_SUBJECT = re.compile(
    rf"[;.]|\b(?:and|as|with|after|because|helped|thanks|driven|on the back|amid|following)\b|{CHANGE_NOUNS} in (?!the|a\b|one|two|\d|last|this|[A-Z])"
)
_OTHER_TIME = re.compile(r"\b(?:last|previous(?:ly)?|before|ago|earlier|then|had been)\b", re.IGNORECASE)
_TO = re.compile(r"\bto (?:(?:about|just|some|only|around|nearly|a|the|over|under) ){0,2}$")
_WHOLE = re.compile(r"\b(?:of|among|out of) (?:(?:the|its|their|these|all|some|about) ){1,2}$", re.IGNORECASE)
_STAFF = frozenset({"job", "worker", "employee", "post", "position", "staff"})
_SET_AGAINST = re.compile(r"\b(?:against|compared (?:with|to)|versus|rather than|to|and)\b")
_THERE = re.compile(r",? (?:when|where|which|who)\b|; |: | – | — |”")
_OPENER = re.compile(r"[“\"‘']?(?:at|with|on|having|weighing|measuring|standing at) (?:\w+ ){0,3}", re.IGNORECASE)
_SUBUNITS = {"cent": 0.01, "penny": 0.01, "pence": 0.01}
_BIND_BEHIND = re.compile(
    r"(?:[^;.]{0,80}(?:(?:: | – | — )[^;.:]{0,60}|\bto |\bfrom |\bseparates? [^;.]{0,40}|,? (?:when|where|with|which) [^;.]{0,40}|”[^;.]{0,60}“[^;.]{0,20})|"
    r"[^.;:]{0,60}[;:] ?(?:in|on|at|it|they|there|the year|last|a year|previously)\b[^;.]{0,60}|[^;.]{0,80}\bwho (?:now )?[a-z]+ )"
    r"(?:(?:the|a|an|its|about|some|just|only|around|nearly|over|under) ){0,2}"
)


_CLAUSE = re.compile(r"[,;:–—“”]| and |\. ")
_CLAUSE_LENGTH = 96


class Pair(NamedTuple):
    """Two levels of one unit, in the order of the text. ``known``: whether "from A to B" tells their order;
    ``apart``: whether they stand in two sentences."""

    first: Mention
    second: Mention
    known: bool = False
    apart: bool = False


class Window(NamedTuple):
    """The figures around a change: of its own sentence, of the two before and of the two behind."""

    own: Sequence[Mention]
    before: Sequence[Sequence[Mention]]
    behind: Sequence[Sequence[Mention]]


def pair_of(reading: Reading, step: Step, window: Window, is_told: Callable[[Mention], bool]) -> Pair | None:
    """The two levels that the step is about; None if more could be meant, or nothing binds them to it.

    ``is_told``: whether a figure is in the words of another test.
    """
    text = reading.text
    own = _one_unit(text, step, window.own)
    if own is None or len(own) > 2 or any(_is_whole(text, one) for one in own):
        return None
    if len(own) == 2:
        pair = _pair(own)
        return pair if _is_likely(text, step, pair) and _bound_within(text, step, pair) else None
    found = _with_one(text, step, own[0], window) if own else _with_none(text, step, window)
    if found is None or not _is_likely(text, step, found) or _is_claimed(text, step, found, window, is_told):
        return None
    return found


def _is_whole(text: str, mention: Mention) -> bool:
    """Whether words take parts out of a figure: "Of the 60 firms, 12 …"."""
    return _WHOLE.search(text, max(0, mention.start - 24), mention.start) is not None


def _is_likely(text: str, step: Step, pair: Pair) -> bool:
    """Whether two levels can be of one thing by their size and unit; in two sentences both name a unit, or none."""
    first, second = pair.first, pair.second
    factor = factor_between(first.unit, second.unit)
    if factor is None:
        return False
    low, high = sorted((first.low * factor, second.low))
    grows = high <= _MOST_GROWTH * low
    if (first.unit is None) == (second.unit is None):
        return grows or step.kind in (MULTIPLE, RATIO)
    measured = is_measured(first.unit or second.unit)
    if pair.apart and measured and step.size.unit != (first.unit or second.unit):
        goes_on = continues(text, second.sentence[0], second.start)
        if not goes_on or high > 3 * low or not any(c.isdigit() for c in first.words + second.words):
            return False
    return step.kind == MULTIPLE or grows


def _is_claimed(text: str, step: Step, pair: Pair, window: Window, is_told: Callable[[Mention], bool]) -> bool:
    """Whether levels of another sentence have a change of their own, or another test has used them."""
    for one in (pair.first, pair.second):
        if one.sentence == step.size.sentence:
            continue
        if is_told(one):
            return True
        for figures in (*window.before, *window.behind):
            if figures[0].sentence == one.sentence and any(step_of(text, m) for m in figures):
                return True
    return False


def _pair(levels: Sequence[Mention]) -> Pair:
    """A "from A to B" is read as two levels with one place."""
    first, second = levels
    known = first.start == second.start
    return Pair(first, second, known, first.sentence != second.sentence)


def _with_one(text: str, step: Step, own: Mention, window: Window) -> Pair | None:
    """The one level of the step's own sentence, and the one of a neighbouring sentence."""
    found: list[Pair] = []
    for back in window.before[:1]:
        other = _one_unit(text, step, [*back, own])
        if other is not None and len(other) == 2 and _goes_on_from(text, step, own, other[0]):
            found.append(Pair(other[0], own, apart=True))
        elif other is not None and len(other) > 2:
            return None
    for ahead in window.behind[:1]:
        other = _one_unit(text, step, [own, *ahead])
        if other is not None and len(other) == 2 and _leads_to(text, step, own, other[1]):
            found.append(Pair(own, other[1], apart=True))
    return found[0] if len(found) == 1 else None


def _with_none(text: str, step: Step, window: Window) -> Pair | None:
    """A change without a level in its own sentence: two before it, or two behind it."""
    if sum(step_of(text, m) is not None for m in window.own) > 1:
        return None
    back = list(reversed(window.before))
    start = step.size.sentence[0]
    lead = lead_in(text, start, step.size.start)
    opens = not text[start : step.size.start - len(lead)].strip("“”\"'‘’ ") and is_tied(
        text, lead, step.size.end, apart=True
    )
    near = step.size.start - start <= _CLAUSE_LENGTH // 2 and is_tied(text, lead, step.size.end)
    if window.before and (opens or (near and continues(text, start, step.size.start))):
        for group in (back[-1:], back):
            levels = _one_unit(text, step, [m for figures in group for m in figures])
            if levels is not None and len(levels) == 2:
                pair = _pair(levels)
                return pair if _one_story(text, pair) and not (step.drawn and not SUMS_UP.match(lead)) else None
            if levels is None or len(levels) > 2:
                return None
        return None
    for group in (window.behind[:1], window.behind):
        levels = _one_unit(text, step, [m for figures in group for m in figures])
        if levels is not None and len(levels) == 2:
            pair = _pair(levels)
            straight = pair.first.sentence == window.behind[0][0].sentence
            return pair if straight and _one_story(text, pair) and _answers(text, step, pair) else None
        if levels is None or len(levels) > 2:
            return None
    return None


def _one_unit(text: str, step: Step, figures: Sequence[Mention]) -> list[Mention] | None:
    """The levels among figures that may be meant: those of one unit. None if two units could be.

    A length of time is a level only where there are two of one unit and nothing else is one.
    """
    levels = [one for m in figures if m.start != step.size.start for one in _levels_of(text, step, m)]
    things = [m for m in levels if not is_length_of_time(m)]
    times = [m for m in levels if is_length_of_time(m)]
    if step.kind == AMOUNT and is_length_of_time(step.size):
        things, times = [m for m in levels if m.unit is None or is_length_of_time(m)], []
    if step.kind == AMOUNT and step.size.unit is not None:
        fits = [m for m in things if in_unit_of(m, step.size) is not None]
        named = [m for m in fits if m.unit is not None]
        return named if len(named) == 2 else fits
    if step.kind == POINT:
        shares = [m for m in things if m.unit == PER_CENT]
        bare = [m for m in things if m.unit is None or m.unit in POINTS]
        return [*shares, *(m for m in bare if m.unit is None)] if shares else bare
    if step.kind == AMOUNT:
        things = [m for m in things if m.unit != PER_CENT]
    things = _filled(things)
    units = {m.unit for m in things if m.unit is not None}
    if len(units) > 1 and len({_dimension(unit) for unit in units}) == 1:
        return things
    if len(units) > 1:
        if any(m.unit is None for m in things):
            return None
        twice = [unit for unit in units if sum(m.unit == unit for m in things) == 2]
        if len(twice) != 1:
            return None
        return [m for m in things if m.unit == twice[0]]
    if len(things) < 2 and len(times) + len([m for m in things if m.unit is None]) == 2 and len({m.unit for m in times}) == 1:
        return sorted([*times, *(m for m in things if m.unit is None)], key=lambda m: m.start)
    return things


def _filled(levels: Sequence[Mention]) -> list[Mention]:
    """A figure without a unit, beside figures of several, has that of the last one in front of it: "61 points and
    the Blues 54, with four matches left"."""
    if len({m.unit for m in levels if m.unit is not None}) < 2:
        return list(levels)
    filled: list[Mention] = []
    for m in levels:
        last = filled[-1] if filled else None
        told = m.unit is None and last is not None and last.sentence == m.sentence
        filled.append(m._replace(unit=last.unit, noun=last.noun) if told and last is not None else m)
    return filled


def _levels_of(text: str, step: Step, mention: Mention) -> list[Mention]:
    """A figure as the level that it may be; the two ends of a "from A to B"."""
    two = ends(mention)
    if two is not None:
        return [end for end in two if level(end)]
    if step.kind == MULTIPLE and mention.trend is not None and mention.unit not in (PER_CENT, *POINTS):
        mention = mention._replace(trend=None)  # "loses 3.9 billion gallons a year" is a level of what is lost
    if not level(mention) or mention.form is Form.AGE or (mention.leaning is not None and step.kind != MULTIPLE):
        return []
    if is_attribute(text, mention) or _is_part(text, mention) or _is_score(text, mention):
        return []
    if (mention.low == 1 and mention.words[:1].isalpha()) or (mention.unit in POINTS and step.kind == POINT):
        return []
    if is_length_of_time(mention):
        start = max(mention.sentence[0], mention.start - 24)
        if _OF_TIME.search(text, start, mention.start) or _AGO.match(text, mention.end):
            return []
    return [mention]


def _is_part(text: str, mention: Mention) -> bool:
    return mention.unit != PER_CENT and mention.low < _LARGE and _PART.match(text, mention.end) is not None


def _is_score(text: str, mention: Mention) -> bool:
    """Whether it is one of the two numbers of a vote or a game: "412 to 57"."""
    if mention.unit not in (None, "vote", "point"):
        return False
    return _TO_NUMBER.match(text, mention.end) is not None or _NUMBER_TO.search(
        text, max(0, mention.start - 24), mention.start
    ) is not None


def _bound_within(text: str, step: Step, pair: Pair) -> bool:
    """Whether a change and two levels of its sentence are told of one thing."""
    size, first, second = step.size, pair.first, pair.second
    if _STOP.search(text, min(size.end, first.end), max(size.start, second.start)):
        return False
    if not pair.known and _parted(text, first.end, second.start, step):
        return False
    if size.start > first.end:
        before = second if size.start > second.end else first
        return _follows(text, step, before, first) and (
            before is second or (_base_is(text, step, second) and not _parted(text, size.end, second.start, step))
        )
    return _leads_on(text, step, pair)


def _leads_on(text: str, step: Step, pair: Pair) -> bool:
    """Whether a change in front of two levels of its sentence is told of them."""
    first, second = pair.first, pair.second
    gap, between = text[step.size.end : first.start], text[first.end : second.start]
    if len(gap) > _FARTHEST or SWITCH.search(gap) is not None:
        return False
    if pair.known:
        semicolon = gap.rfind(";")
        if semicolon >= 0:
            return OTHER_THING.search(gap) is None and continues(text, step.size.end + semicolon, first.end)
        return len(gap) <= _CLAUSE_LENGTH and _NEW_SUBJECT.search(gap) is None
    if step.drawn and " which now " not in gap:
        return False
    things = step.kind == MULTIPLE or (step.size.trend is None and step.kind in (AMOUNT, POINT))
    if not things and not _compares(text, step) and OTHER_THING.search(gap) is not None:
        return False
    if things and re.search(r"[,:–—(] ?$", gap) and _SET_AGAINST.search(between):
        return True
    if not things and not pair.known and " and " in between and not _in_time(text, pair):
        return False
    if _BIND_BEHIND.fullmatch(gap) is not None or _shares_noun(text, step, first):
        return True
    money = first.unit is not None and (is_currency(first.unit) or first.unit in _SUBUNITS)
    told = text[step.size.sentence[0] : step.size.start]
    return money and not things and of_money(told) and re.search(r"[;:]", gap) is not None and _in_time(text, pair)


def _follows(text: str, step: Step, before: Mention, first: Mention) -> bool:
    """Whether the clause of a change behind a level goes on about it."""
    size = step.size
    if _is_switch(text, before.end, size.start) and not _restarts(text, before.end, size.start):
        return False
    lead = lead_in(text, before.end, size.start)
    if not lead.strip() and text[before.end : size.start - len(lead)].rstrip().endswith((";", ".")):
        return False
    sums = SUMS_UP.match(lead) is not None
    if (step.drawn and not sums) or lead.strip() == "and":
        return False
    if before is not first and not sums and _THAN_WORDS.match(text, size.end):
        return False
    if before is not first and COMPARATIVE.match(text, size.end) and _OTHER_TIME.search(lead):
        return False
    opened = before is first and _OPENER.fullmatch(text, first.sentence[0], first.start) is not None
    person = re.match(r"[\s“”]*(?:we|i|he|she)\b", lead, re.IGNORECASE) is not None
    return opened or person or is_tied(text, lead, size.end)


def _base_is(text: str, step: Step, level_behind: Mention) -> bool:
    """Whether a level behind "8 more than in April" can be what it was then: the words lead to it."""
    than = _THAN_WORDS.match(text, step.size.end)
    gap = text[step.size.end : level_behind.start]
    if than is None:
        return " and " not in gap or re.search(r" and (?:now|then|is|stands?|it|they|there|today|this)\b", gap) is not None
    words = gap[than.end() - step.size.end :]
    return _THERE.search(words) is not None or not re.search(r",| and ", words)


def _is_switch(text: str, start: int, end: int) -> bool:
    return end - start > _FARTHEST or SWITCH.search(text, start, end) is not None


def _restarts(text: str, start: int, end: int) -> bool:
    """Whether what follows a switch of subject goes back to it: "…, while 44 do now, so that is 3 more"."""
    return re.search(r"[,–—;:] (?:so|that is|which makes|making|a) ", text[start:end]) is not None


def _parted(text: str, start: int, end: int, step: Step) -> bool:
    """Whether words between two levels begin another subject; two things that are compared may have two."""
    if end - start > _FARTHEST:
        return True
    if step.kind == MULTIPLE or _compares(text, step):
        return False
    if OTHER_THING.search(text, start, end) is not None:
        return True
    switch = SWITCH.search(text, start, end)
    if switch is not None and not (continues(text, switch.end(), end) or re.match(r" (?:is |are )?now\b", text[switch.end() : end])):
        return True
    semicolon = text.rfind(";", start, end)
    if semicolon < 0:
        return False
    return not (continues(text, semicolon, end) or opens_with_time(text, semicolon, end))


def _compares(text: str, step: Step) -> bool:
    """Whether a difference is one between two things, and not of one thing in time: "a lead of seven", "8 shorter"."""
    if step.size.trend is None and step.kind in (AMOUNT, POINT):
        return True
    return step.sided or COMPARATIVE.match(text, step.size.end) is not None


def _shares_noun(text: str, step: Step, first: Mention) -> bool:
    """Whether what the level counts is named in the clause of the change."""
    if first.noun is None or is_measured(first.unit):
        return False
    words = text[step.size.sentence[0] : step.size.end]
    return bool(set(content(first.noun)) & set(content(words)))


def _goes_on_from(text: str, step: Step, own: Mention, former: Mention) -> bool:
    """Whether the sentence with a change and one level goes on from the sentence before, with the other level."""
    start, size = own.sentence[0], step.size
    if own.start - former.end > _FARTHEST:
        return False
    lead = lead_in(text, own.end, size.start)
    if size.start > own.start and is_tied(text, lead, size.end) and not _is_switch(text, own.end, size.start):
        same = own.unit is not None and factor_between(own.unit, former.unit) is not None and former.unit is not None
        drawn = SUMS_UP.match(lead) is not None
        if (same and (drawn or (step.kind == MULTIPLE and not lead.strip()))) or (drawn and step.kind == MULTIPLE):
            return True
    if OTHER_THING.search(text, start, min(own.start, size.start)):
        return False
    if size.start > own.start:
        tied = is_tied(text, lead, size.end) and not _is_switch(text, own.end, size.start)
        return tied and (
            continues(text, start, own.start)
            or same_person(text, start, former.sentence)
            or (opens_with_time(text, start, own.start) and _same_subject(text, former, own, start))
            or _same_noun(former, own)
        )
    lead = lead_in(text, start, size.start)
    return not step.drawn and (_base_is(text, step, own)) and (continues(text, start, size.start) or (
        lead == text[start : size.start] and is_tied(text, lead, size.end) and size.start - start > 1
    ))


def _leads_to(text: str, step: Step, own: Mention, later: Mention) -> bool:
    """Whether the sentence behind a change with one level goes on about the same, with the other level."""
    start = later.sentence[0]
    if later.start - own.end > _FARTHEST or OTHER_THING.search(text, start, later.start):
        return False
    if _is_switch(text, min(own.end, step.size.end), max(own.start, step.size.start)):
        return False
    if continues(text, start, later.start) or same_person(text, start, own.sentence):
        return True
    reached = step.size.end <= own.start and _TO.search(text[step.size.end : own.start]) is not None
    return reached and opens_with_time(text, start, later.start) and _same_subject(text, own, later, start)


def _same_subject(text: str, one: Mention, other: Mention, start: int) -> bool:
    """Whether the sentence of ``other``, from ``start``, names nobody whom the sentence of ``one`` does not."""
    named = names(text[start : other.start])
    known = names(text[one.sentence[0] - 1 if one.sentence[0] else 0 : one.sentence[1]])
    if named - known:
        return False
    return one.unit is None or other.unit is None or one.unit == other.unit or in_unit_of(one, other) is not None


def _same_noun(one: Mention, other: Mention) -> bool:
    return one.unit is not None and one.unit == other.unit and not is_measured(one.unit)


def _one_story(text: str, pair: Pair) -> bool:
    """Whether two levels are told of one thing: in one sentence, or the second goes on from the first."""
    if pair.second.start - pair.first.end > _FARTHEST:
        return False
    if not pair.apart:
        between = text[pair.first.end : pair.second.start]
        return SWITCH.search(between) is None or "of whom" not in between
    start = pair.second.sentence[0]
    return (
        continues(text, start, pair.second.start)
        or same_person(text, start, pair.first.sentence)
        or (opens_with_time(text, start, pair.second.start) and _same_subject(text, pair.first, pair.second, start))
        or _same_noun(pair.first, pair.second)
    )


def _answers(text: str, step: Step, pair: Pair) -> bool:
    """Whether two levels of the sentences behind a change tell what it changed from and to."""
    start, first = pair.first.sentence[0], pair.first
    if OTHER_THING.search(text, start, first.start) or step.kind == MULTIPLE:
        return False
    if step.kind == AMOUNT and step.size.trend is None:
        return False
    if step.drawn and not re.match(r"[“\"]?(?:we|they|it) ", text[step.size.sentence[0] :][:12], re.IGNORECASE):
        return False
    counts = first.noun is not None and not is_measured(first.unit)
    about = text[step.size.sentence[0] : step.size.sentence[1]]
    if counts and not set(content(first.noun or "")) & set(content(about)):
        return False
    if not (pair.known or _in_time(text, pair)):
        return False
    if continues(text, start, first.start):
        return True
    money = first.unit is not None and (is_currency(first.unit) or first.unit in _SUBUNITS)
    return counts or (money and not pair.apart and of_money(about) and first.per == pair.second.per and _ages_differ(text, pair))


def _in_time(text: str, pair: Pair) -> bool:
    """Whether words set two levels at two times."""
    return _ages_differ(text, pair) or FORMER.search(text, pair.first.end, pair.second.start) is not None


def _ages_differ(text: str, pair: Pair) -> bool:
    one, other = clause_of(text, pair.first, pair.second), clause_of(text, pair.second, pair.first)
    ages = age_of(one), age_of(other)
    return ages[0] != ages[1] and (min(ages) <= 2 or ages in ((5, 6), (6, 5)))


def clause_of(text: str, mention: Mention, other: Mention) -> str:
    """The words around a level, up to the next clause or the other level."""
    begin = max(mention.sentence[0], mention.start - _CLAUSE_LENGTH)
    end = min(mention.sentence[1], mention.end + _CLAUSE_LENGTH // 2)
    if other.end <= mention.start:
        begin = max(begin, other.end)
        breaks = [found.end() for found in _CLAUSE.finditer(text, begin, mention.start)]
        begin = breaks[0] if breaks and begin == other.end else begin
    elif other.start < end:
        end = other.start if _CLAUSE.search(text, mention.end, other.start) else mention.end
    behind = _CLAUSE.search(text, mention.end, end)
    return text[begin : behind.start() if behind is not None else end]


def in_unit_of(mention: Mention, other: Mention) -> float | None:
    """By what to multiply a figure so that it is in the unit of another; None where it cannot be."""
    if not alike(mention._replace(unit=None), other._replace(unit=None)):
        return None
    if mention.unit is None or other.unit is None or mention.unit == other.unit:
        return 1.0
    if mention.unit in _STAFF and other.unit in _STAFF:
        return 1.0
    return _factor(mention.unit, other.unit)


def factor_between(unit: str | None, other: str | None) -> float | None:
    """How many of ``other`` one of ``unit`` is; one where either is left out."""
    if unit in _STAFF and other in _STAFF:
        return 1.0
    return 1.0 if unit is None or other is None or unit == other else _factor(unit, other)


@lru_cache(maxsize=1024)
def _factor(unit: str, other: str) -> float | None:
    if unit in _SUBUNITS and is_currency(other):
        return _SUBUNITS[unit]
    if other in _SUBUNITS and is_currency(unit):
        return 1 / _SUBUNITS[other]
    if (unit, other) == (BASIS_POINT, PER_CENT):
        return 0.01
    if not (is_measured(unit) and is_measured(other)):
        return None
    try:
        return convert(unit, other)
    except UnitMismatch:
        return None


@lru_cache(maxsize=1024)
def _dimension(unit: str | None) -> str:
    """Units that convert into each other share it; any other unit is its own."""
    if unit is None:
        return ""
    if unit in _SUBUNITS or is_currency(unit):
        return "money"
    for base in ("meter", "gram", "second", "liter", "hectare", "watt"):
        if unit == base or _factor(unit, base) is not None:
            return base
    return unit

"""Whether words bind a change to the two levels that may be meant: what its clause goes on about, and whether
one sentence goes on about the subject of the other."""

from __future__ import annotations

import re

from tallybook.book.currencies import is_currency
from tallybook.consistency.any_case import AnyCase
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
    same_topic,
)
from tallybook.consistency.changes import STOP
from tallybook.consistency.figures import is_length_of_time
from tallybook.consistency.level_subjects import opens_with_somebody
from tallybook.consistency.level_units import REACHES, SUBUNITS, Pair, factor_between, in_unit_of
from tallybook.consistency.level_words import FORMER
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.same_words import content
from tallybook.consistency.steps import AMOUNT, MULTIPLE, POINT, Step
from tallybook.reading import Mention

_FARTHEST = 260
"""The most characters between a change and a level of another sentence."""
_THAN_WORDS = re.compile(r" (?:[a-z]+ )?(?:than|up on|down on|above|below)\b")
# What brings another noun between a change and its "from A to B": "helped by a jump in revenue", "as sales
# went".
_NEW_SUBJECT = re.compile(
    rf"[;.]|\b(?:and|as|with|after|because|helped|thanks|driven|on the back|amid|following)\b|"
    rf"{CHANGE_NOUNS} in (?!the|a\b|one|two|\d|last|this|[A-Z])"
)
_OTHER_TIME = AnyCase(r"\b(?:last|previous(?:ly)?|before|ago|earlier|then|had been)\b")
_AS_MANY = re.compile(r" as many(?=[.,;:”]| as\b|$)")
_LASTS = re.compile(
    r"\b(?:time|waits?|waiting|journeys?|delays?|trips?|long|length|queue|commute|takes?|took|hours?|days?)\b"
)
_SET_AGAINST = re.compile(r"\b(?:against|compared (?:with|to)|versus|rather than|to|and)\b")
_IN_SO_MANY = re.compile(
    r"[a-z]+(?:ed|t|d|n|ad|on) (?:in|from|over|for) (?:(?:just|only|his|her|its|their) )?$"
)
_THERE = re.compile(r",? (?:when|where|which|who)\b|; |: | – | — |”")
_OPENER = AnyCase(r"[“\"‘']?(?:at|with|on|having|weighing|measuring|standing at) (?:\w+ ){0,3}")
_BIND_BEHIND = re.compile(
    r"(?:[^;.]{0,80}(?:(?:: | – | — )[^;.:]{0,60}|\bto |\bfrom |\bseparates? [^;.]{0,40}|,? (?:when|where|"
    r"with|which) [^;.]{0,40}|”[^;.]{0,60}“[^;.]{0,20})|"
    r"[^.;:]{0,60}[;:] ?(?:in|on|at|it|they|there|the year|last|a year|previously)\b[^;.]{0,60}|"
    r"[^;.]{0,80}\bwho (?:now )?[a-z]+ )"
    r"(?:(?:the|a|an|its|about|some|just|only|around|nearly|over|under) ){0,2}"
)
_CLAUSE = re.compile(r"[,;:–—“”]| and |\. ")
CLAUSE_LENGTH = 96


def bound_within(text: str, step: Step, pair: Pair) -> bool:
    """Whether a change and two levels of its sentence are told of one thing."""
    size, first, second = step.size, pair.first, pair.second
    if STOP.search(text, min(size.end, first.end) - 1, max(size.start, second.start)):
        return False
    if not pair.known and _parted(text, first.end, second.start, step):
        return False
    if size.start > first.end:
        before = second if size.start > second.end else first
        return _follows(text, step, before, first) and (
            before is second
            or (_base_is(text, step, second) and not _parted(text, size.end, second.start, step))
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
        return len(gap) <= CLAUSE_LENGTH and _NEW_SUBJECT.search(gap) is None
    if step.drawn and " which now " not in gap:
        return False
    things = step.kind == MULTIPLE or (step.size.trend is None and step.kind in (AMOUNT, POINT))
    if not things and not _compares(text, step) and OTHER_THING.search(gap) is not None:
        return False
    if things and between == " and " and ", with " in gap:
        return False  # "a lead of 141, with Root unbeaten on 96 and 34 overs lost"
    if things and re.search(r"[,:–—(] ?$", gap) and _SET_AGAINST.search(between):
        return True
    if not things and not pair.known and " and " in between and not _in_time(text, pair):
        return False
    if _BIND_BEHIND.fullmatch(gap) is not None or _shares_noun(text, step, first):
        return True
    money = first.unit is not None and (is_currency(first.unit) or first.unit in SUBUNITS)
    told = text[step.size.sentence[0] : step.size.start]
    return (
        money
        and not things
        and of_money(told)
        and re.search(r"[;:]", gap) is not None
        and _in_time(text, pair)
    )


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
        return (
            " and " not in gap
            or re.search(r" and (?:now|then|is|stands?|it|they|there|today|this)\b", gap) is not None
        )
    words = gap[than.end() - step.size.end :]
    if _IN_SO_MANY.search(words):
        return False  # "five more than Rooney scored in 70"
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
    if switch is not None and not (
        continues(text, switch.end(), end) or re.match(r" (?:is |are )?now\b", text[switch.end() : end])
    ):
        return True
    semicolon = text.rfind(";", start, end)
    if semicolon < 0:
        return False
    return not (continues(text, semicolon, end) or opens_with_time(text, semicolon, end))


def _compares(text: str, step: Step) -> bool:
    """Whether a difference is one between two things, and not in time: "a lead of seven", "8 shorter"."""
    if step.size.trend is None and step.kind in (AMOUNT, POINT):
        return True
    return step.sided or COMPARATIVE.match(text, step.size.end) is not None


def _shares_noun(text: str, step: Step, first: Mention) -> bool:
    """Whether what the level counts is named in the clause of the change."""
    if first.noun is None or is_measured(first.unit):
        return False
    words = text[step.size.sentence[0] : step.size.end]
    return bool(set(content(first.noun)) & set(content(words)))


def goes_on_from(text: str, step: Step, own: Mention, former: Mention) -> bool:
    """Whether the sentence with a change and one level goes on from that before, with the other level."""
    start, size = own.sentence[0], step.size
    if own.start - former.end > _FARTHEST:
        return False
    lead = lead_in(text, own.end, size.start)
    follows = size.start > own.start
    tied = follows and is_tied(text, lead, size.end) and not _is_switch(text, own.end, size.start)
    if tied:
        same = (
            own.unit is not None
            and factor_between(own.unit, former.unit) is not None
            and former.unit is not None
        )
        drawn = SUMS_UP.match(lead) is not None
        as_many = step.kind == MULTIPLE and _AS_MANY.match(text, size.end) is not None
        if as_many and own.unit is None and former.unit is not None and not is_measured(former.unit):
            return True
        if (same and (drawn or (step.kind == MULTIPLE and not lead.strip()))) or (
            drawn and step.kind == MULTIPLE
        ):
            return True
    if OTHER_THING.search(text, start, min(own.start, size.start)):
        return False
    if follows:
        return tied and (
            continues(text, start, own.start)
            or same_person(text, start, former.sentence)
            or (opens_with_time(text, start, own.start) and _same_subject(text, former, own, start))
            or _same_noun(former, own)
        )
    lead = lead_in(text, start, size.start)
    return (
        not step.drawn
        and (_base_is(text, step, own))
        and (
            continues(text, start, size.start)
            or (lead == text[start : size.start] and is_tied(text, lead, size.end) and size.start - start > 1)
        )
    )


def leads_to(text: str, step: Step, own: Mention, later: Mention) -> bool:
    """Whether the sentence behind a change with one level goes on about the same, with the other level."""
    start = later.sentence[0]
    if later.start - own.end > _FARTHEST or OTHER_THING.search(text, start, later.start):
        return False
    if _is_switch(text, min(own.end, step.size.end), max(own.start, step.size.start)):
        return False
    if continues(text, start, later.start) or same_person(text, start, own.sentence):
        return True
    reached = step.size.end <= own.start and REACHES.search(text[step.size.end : own.start]) is not None
    return reached and opens_with_time(text, start, later.start) and _same_subject(text, own, later, start)


def _same_subject(text: str, one: Mention, other: Mention, start: int) -> bool:
    """Whether the sentence of ``other``, from ``start``, names nobody whom that of ``one`` does not."""
    named = names(text[start : other.start])
    known = names(text[one.sentence[0] - 1 if one.sentence[0] else 0 : one.sentence[1]])
    if named - known:
        return False
    return (
        one.unit is None or other.unit is None or one.unit == other.unit or in_unit_of(one, other) is not None
    )


def _same_noun(one: Mention, other: Mention) -> bool:
    return one.unit is not None and one.unit == other.unit and not is_measured(one.unit)


def one_story(text: str, pair: Pair) -> bool:
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
        or (
            opens_with_time(text, start, pair.second.start)
            and _same_subject(text, pair.first, pair.second, start)
        )
        or _same_noun(pair.first, pair.second)
    )


def answers(text: str, step: Step, pair: Pair) -> bool:
    """Whether two levels of the sentences behind a change tell what it changed from and to."""
    start, first = pair.first.sentence[0], pair.first
    if OTHER_THING.search(text, start, first.start) or step.kind == MULTIPLE:
        return False
    if step.kind == AMOUNT and step.size.trend is None:
        return False
    if step.drawn and not re.match(
        r"[“\"]?(?:we|they|it) ", text[step.size.sentence[0] :][:12], re.IGNORECASE
    ):
        return False
    about = text[step.size.sentence[0] : step.size.sentence[1]]
    if is_length_of_time(first) and _LASTS.search(about) is None:
        return False
    counts = first.noun is not None and not is_measured(first.unit)
    if counts and not set(content(first.noun or "")) & set(content(about)):
        return False
    if not (pair.known or _in_time(text, pair)):
        return False
    if continues(text, start, first.start):
        return True
    money = first.unit is not None and (is_currency(first.unit) or first.unit in SUBUNITS)
    return counts or (
        money
        and not opens_with_somebody(text, start)
        and not pair.apart
        and of_money(about)
        and same_topic(text[start : pair.second.start], about)
        and first.per == pair.second.per
        and _ages_differ(text, pair)
    )


def _in_time(text: str, pair: Pair) -> bool:
    """Whether words set two levels at two times."""
    return _ages_differ(text, pair) or FORMER.search(text, pair.first.end, pair.second.start) is not None


def _ages_differ(text: str, pair: Pair) -> bool:
    one, other = clause_of(text, pair.first, pair.second), clause_of(text, pair.second, pair.first)
    ages = age_of(one), age_of(other)
    return ages[0] != ages[1] and (
        min(ages) <= 1 or (min(ages) == 2 and max(ages) >= 4) or ages in ((5, 6), (6, 5))
    )


def clause_of(text: str, mention: Mention, other: Mention) -> str:
    """The words around a level, up to the next clause or the other level."""
    begin = max(mention.sentence[0], mention.start - CLAUSE_LENGTH)
    end = min(mention.sentence[1], mention.end + CLAUSE_LENGTH // 2)
    if other.end <= mention.start:
        begin = max(begin, other.end)
        breaks = [found.end() for found in _CLAUSE.finditer(text, begin, mention.start)]
        begin = breaks[0] if breaks and begin == other.end else begin
    elif other.start < end:
        end = other.start if _CLAUSE.search(text, mention.end, other.start) else mention.end
    behind = _CLAUSE.search(text, mention.end, end)
    return text[begin : behind.start() if behind is not None else end]

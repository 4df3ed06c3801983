"""What words say a change is measured against, where that is none of the levels beside it: "38 more than in
2022, and upheld 151". Asked of changes whose levels are found already, so of few sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.consistency.change_words import SIDES
from tallybook.consistency.figures import PER_CENT, START, level
from tallybook.consistency.level_doubts import has_time_base, of_two_places, of_whole_and_part, words_around
from tallybook.consistency.level_subjects import is_of_its_own
from tallybook.consistency.level_words import AND_DID, FORMER, PLANNED, REACHED
from tallybook.consistency.same_words import stem
from tallybook.prose import MONTH_NAMES
from tallybook.reading import Mention

_MONTHS = "|".join(MONTH_NAMES)
_NEAR, _TO_PLAN, _FAR = 40, 20, 110
_OTHERWISE = re.compile(
    r"(?: [a-z]+){0,2} (?:than|as) (?:(?:it|they|he|she) (?:is|are|was|were|has|have|had|did|does) )?"
    r"(?:(?:at |is |was |were )?(?:now|today|usual|normal|before|ever|then|average|"
    r"the (?:same|average|norm|previous|corresponding|first|last)|"
    r"any(?:one|body|thing)?|every(?:one|body))\b|"
    r"(?:in|on) (?:(?:19|20)\d\d|[A-Z][a-z]+|the (?:year|month|week|season|decade))\b|last [a-z]+|"
    r"(?:an?|one|two|three|five|ten|\d+) (?:year|month|week|decade)s? (?:ago|before|earlier))"
)
"""A base that no figure tells: "six more than usual", "at the same stage", "twice as much as in 2018"."""
_IN_WORDS = re.compile(r"(?: [a-z]+)? than [^,;:.\d–—()]{3,60}[,;]")
"""The same in any words: "$4bn more than it paid out, and"."""
_UNSAID = re.compile(r" (?:more|less|fewer|higher|lower)(?=, and | and )")
"""The same where it is left out: "burned 61 million tonnes, 11% less, and emitted"."""
_THAT_OF = re.compile(
    r" (?:(?:that|those|the [a-z]+) (?:of|in|for|from|at) )?"
    rf"(?:(?:last|the previous|the same) [a-z]+|(?:19|20)\d\d|(?:{_MONTHS}))(?:['’]s [a-z]+)?"
    r"(?=[,;]| in | and | with )|"
    r" (?:the|its|their) (?:usual|normal|average|legal|official|national|standard|permitted) [a-z]+"
    r"(?=[,;]| in | and )"
)
"""The base of a multiple: "twice that of last year, in its budget of", "half the usual rate, and"."""
_BREAK = re.compile(r"[,;:–—(]| and | with | while | as (?!many|much)| in (?:its|the|their) ")
_LED = re.compile(
    r"\b(?:when|where|which|who|whose|that|it|they|there|he|she|we|making|or|so) (?:[a-z’']+ ){0,6}$|"
    r"[:–—(] ?(?:[a-z]+ ){0,3}$|\bto (?:[a-z]+ ){0,3}$"
)
"""What leads back to the change: "than in 2019, when it was", "than a year ago, to"."""
_NEW_NOUN = re.compile(r" and (?:the |its |their )?[a-z]+ (?:in|of|for|with) (?:the )?[a-z]+ (?:at|to) $")
"""What begins with a noun of its own: "four points up on spring, and trust in it at"."""
_BACK = re.compile(r"\b(?:before|earlier|ago|previously|until)\b")
"""The same by its time: "a fall of 4 on the week: the Sunday before, they were paying"."""

# The year that a change is measured against, if no level of it follows: "more than in 2010, and".
_THAN_IN = re.compile(
    rf" (?:{SIDES}) than (?:(?:it|they|there) (?:was|were|had been) )?(?:in|at the (?:start|end) of|back in) "
    r"(?:[A-Z][a-z]+ )?((?:1[5-9]|20)\d\d)\b(?!,? ?(?:when|where|with|at|\(|:|–|—))"
)
_REACHES = re.compile(r",? to (?:(?:the|a|an|about|some|just|only|nearly|over|under|around|record) ){0,2}")
_TIME = re.compile(rf"\b({_MONTHS}|(?:19|20)\d\d)\b")
_BASE_TIME = re.compile(
    rf" (?:[a-z]+ )?(?:than|on|from) (?:(?:in|it was in|they were in|the) )?({_MONTHS}|(?:19|20)\d\d)\b"
)

_NAMED = re.compile(
    r" (?:above|below|over|under|short of|shy of|off|behind|ahead of|beyond|higher than|lower than|more than|"
    r"less than) (?:its|the|their|his|her) (?:[a-z-]+ )?"
    r"(level|peak|record|high|low|average|norm|target|limit|capacity|best|price|figure|rate|total|number)\b"
    r"(?: (?:of|in|for|from) (?:[A-Z][a-z]+ )?((?:19|20)\d\d)\b)?(?! of \S*\d)"
)
_VERB = re.compile(r"[a-z]{4,} (?:by )?(?:[a-z]+ )?$")


def is_measured_elsewhere(text: str, change: Mention, *levels: Mention) -> bool:
    """Whether words behind a change tell what it is measured against without a figure, and no level is that:
    "41 more than the week before; 23 waited", "£8bn, and borrowed £11bn, £4bn more than a year before",
    "24,000 above its level of 2019"."""
    if _has_named_base(text, change, levels) or is_against_another_year(text, change):
        return True
    if not _has_base(text, change):
        return False
    behind = [m for m in levels if m.start >= change.end and m.sentence == change.sentence]
    if behind:
        return _is_of_another(text, change, min(behind, key=START))
    first, last = min(levels, key=START), max(levels, key=START)
    return first.sentence == last.sentence and AND_DID.search(text, first.end, last.start) is not None


def is_against_another_year(text: str, change: Mention) -> bool:
    """Whether a change is measured against a year of which its passage tells no level: "500 in 2015, a fifth
    more than in 2010, and 450 today"."""
    named = _THAN_IN.match(text, change.end)
    if named is None:
        return False
    start, end = max(0, change.start - _FAR), change.end + _FAR
    return text.count(named[1], start, end) < 2


def is_beside_a_plan(text: str, change: Mention, levels: Sequence[Mention]) -> bool:
    """Whether a change is measured against what no figure tells: "190 more than it was licensed for"."""
    plan = PLANNED.match(text, change.end)
    if plan is None:
        return False
    behind = [text[plan.end() : m.start] for m in levels if m.start >= plan.end()]
    return not any(len(gap) < _TO_PLAN and "," not in gap for gap in behind)  # "than the usual | 586"


def reaches_another(
    text: str, change: Mention, levels: Sequence[Mention], figures: Sequence[Mention]
) -> bool:
    """Whether a change leads to a level of its own, which is none of those meant: "rose by a third, to 96".
    ``figures``: those near it."""
    known = {m.start for m in levels}
    return any(
        m.start not in known
        and m.start >= change.end
        and level(m)
        and _REACHES.fullmatch(text, change.end, m.start) is not None
        for m in figures
    )


def is_of_something_else(text: str, change: Mention, one: Mention, other: Mention) -> bool:
    """Whether words tell a change of something else than its two levels: of a subject of its own, of another
    month or year; or the levels of two places, or of a whole year and a part of it."""
    return (
        is_of_its_own(text, change, one, other)
        or of_two_places(text, change, one, other)
        or of_whole_and_part(text, one, other)
        or _is_based_on_another(text, change, one, other)
    )


def _is_based_on_another(text: str, change: Mention, one: Mention, other: Mention) -> bool:
    """Whether words name the month or year that a change is measured against, and the levels, of other
    sentences, are those of others: "four more than in April. In March it had been nine"."""
    base = _BASE_TIME.match(text, change.end)
    apart = [m for m in (one, other) if m.sentence != change.sentence]
    if base is None or not apart:
        return False
    named = base[1]
    times = [_TIME.findall(words_around(text, m, (change,))) for m in (one, other)]
    if any(named in some for some in times) or len(apart) > 1:
        return False
    return any(some for m, some in zip((one, other), times, strict=True) if m in apart)


def _has_named_base(text: str, change: Mention, levels: Sequence[Mention]) -> bool:
    """Whether "above its level of 2019" or "short of its peak" names a level that none of those told is."""
    named = _NAMED.match(text, change.end)
    if named is None or any(m.start >= change.end and m.start - named.end() < _NEAR // 4 for m in levels):
        return False
    start = max(0, min(m.sentence[0] for m in levels))
    told = named[2] or stem(named[1])
    return told not in text[start : change.start].lower()


def is_taken_by_another(
    text: str, change: Mention, levels: Sequence[Mention], figures: Sequence[Mention]
) -> bool:
    """Whether another change is that of one of the levels: "$3,500, up 33% this year, before slipping 2% to
    $3,430", "output was 531,000 tonnes, 12,000 more than in 2023, and exports 512,000, 9% up". ``figures``:
    those near it."""
    behind = [m for m in levels if m.start >= change.end]
    first, last = min(levels, key=START), max(levels, key=START)
    if last.end <= change.start and any(
        first.end <= m.start < last.start
        and m.trend is not None
        and text.find(", and ", m.end, last.start) >= 0
        and not (FORMER.search(text, m.end, last.start) or REACHED.search(text, m.end, last.start))
        for m in figures
    ):
        return True
    return any(
        change.end <= other.start
        and _REACHES.fullmatch(text, other.end, level.start) is not None
        and _VERB.search(text, change.end, other.start) is not None
        for level in behind
        for other in figures
        if other.end <= level.start and (other.unit == PER_CENT or other.trend is not None)
    )


def _has_base(text: str, change: Mention) -> bool:
    if has_time_base(text, change) or _OTHERWISE.match(text, change.end) or _IN_WORDS.match(text, change.end):
        return True
    if _UNSAID.match(text, change.end):
        return True
    return change.trend is None and _THAT_OF.match(text, change.end) is not None


def _is_of_another(text: str, change: Mention, level: Mention) -> bool:
    broken = _BREAK.search(text, change.end, level.start)
    if broken is None:
        return False
    if text.startswith("from ", level.start):  # "tenfold since 2012, from 2,600 to 26,000"
        return text.find(" and ", broken.start(), level.start) >= 0
    if _NEW_NOUN.search(text, change.end, level.start):
        return True
    if _BACK.search(text, broken.end(), level.start):
        return False
    before = text[max(broken.start(), level.start - _NEAR) : level.start]
    return not (_LED.search(before) or FORMER.search(before) or REACHED.search(before))

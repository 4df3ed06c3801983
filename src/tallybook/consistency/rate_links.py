"""Words that bind two amounts in a period to each other: "£5m a day, or £1.8bn a year", "Over a year that
adds up to $25 million", "the daily toll is 7,200"."""

from __future__ import annotations

import re

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.asides import without_asides
from tallybook.consistency.timed import Timed

_SAYS = (
    r"(?:says?|said|told|calculates?|estimates?|estimated|reckons?|found|finds?|believes?|claims?|calculated|"
    r"reported)"
)
ATTRIBUTED = rf"(?:, (?:[^,;:.\d]{{3,70}} {_SAYS}|{_SAYS} [^,;:.\d]{{3,60}}),?)?"
_MAKES = (
    r"(?:is|was|makes|made|means|equals|gives|adds up to|(?:comes|came|amounts|works out|worked out) (?:to|"
    r"at|as)|"
    r"would be|would make|is the same as)"
)
_LINK = re.compile(
    rf"(?:[^,;:.()–—\d]{{0,70}}{ATTRIBUTED}"
    rf"(?:, (?:day and night|round the clock|around the clock|all year(?: round)?|seven days a week|day "
    rf"in,? day out))?"
    rf"(?:,? or|, that is,?|, i\.e\.,?|, which {_MAKES}|, (?:making|amounting to|equal to|equivalent to|"
    rf"adding up to|giving)|"
    rf",|:| –| —| \()|\.?[”\"’]? (?:That|This|It|Which) {_MAKES}| {_MAKES}|\. )"
    r" ?(?:(?:an?|the) )?(?:(?:even|average|mean|steady|total|grand total) (?:of )?)?(?:nearly |almost |"
    r"some |only |just )?"
)
CLOCK = re.compile(
    r"\b(?:from|between) (\d{1,2})(?:[.:](\d\d))? ?(a|p)\.?m\.? (?:to|until|till|and) "
    r"(\d{1,2})(?:[.:](\d\d))? ?(a|p)\.?m\b\.?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",? (?:the|it|he|she|they|its) [^,;:.\d]{3,50} $")
_IS = (
    r"(?:['’]s|\s(?:is|was|makes|made|means|meant|equals|gives|gave|adds up to|added up to|"
    r"(?:comes|came|amounts|amounted|works out|worked out) (?:to|at|as)|would be|would make|is the same as|"
    r"will be|will make))"
)
_DRAWN = AnyCase(
    rf"[^;:.\d]{{0,80}}(?:[,;:.]| –| —| \()? ?(?:(?:and|so|or|hence|thus|then|and so) )?"
    rf"(?:(?:that|this|it|which|they){_IS}|(?:making|giving|meaning|equal to|amounting to|adding up to|"
    rf"or|so|enough for)\b)"
    r"[^;:.\d]{0,25}",
)
_AT_THAT = AnyCase(r"[,;:.–—] ?(?:and )?at (?:that|this|the same) (?:rate|pace|speed|tempo)\b[^;:.\d]{0,60}$")
_CLAUSE_BREAK = re.compile(
    r"[^.;:\d]{0,90}(?:[.;:,]| –| —| and) ?(?:(?:and|so|meaning|then|thus) )?(?:that )?$"
)
_PERIOD_PHRASE = AnyCase(
    r"\b(?:over|in|during|across|for) (?:an?|the|one|each|every)(?: [a-z]+)? "
    r"(?:second|minute|hour|day|week|month|year)\b",
)
_LISTED = re.compile(
    r",?(?: and| or)?,?(?: (?:day and night|night and day|round the clock|around the clock),?)? ?"
    r"(?:(?:about|some|nearly|almost|around) )?"
)
# What parts two amounts: another time, place or party.
_APART = AnyCase(
    r"\b(?:but|while|whilst|whereas|than|compared|against|although|though|instead|rather|unlike|others?|"
    r"previous(?:ly)?|"
    r"(?:year|month|week) (?:before|earlier|ago)|elsewhere|until|his|her|their (?:rivals?|neighbours?))\b"
    r"(?! (?:kitchen|plant))",
)
# "admits 12 patients a day | and discharges | 80 a week"
_DOES_MORE = re.compile(r"\band (?!(?:that|this|it|so|then|thus|each|every)\b)[a-z]+ $")
_SENTENCE_ENDS = re.compile(r"[.!?][”\"’]? ")
_EVERY_SO_LONG = re.compile(
    r"^[^,;:.]{0,90}\bevery [\w.-]+ (?:second|minute|hour|day|night|week|month|year)s?\b", re.IGNORECASE
)
"""What is left of a rate behind its figure: "one baby | is born every 50 minutes"."""
_MOST = 200


def _gap(text: str, first: Timed, second: Timed) -> str:
    return without_asides(_EVERY_SO_LONG.sub("", CLOCK.sub("", text[first.end : _begin(second)])))


def _begin(one: Timed) -> int:
    return one.mention.start if one.mention is not None and one.kind != "made" else one.start


def are_near(text: str, first: Timed, second: Timed) -> bool:
    """Whether two amounts may be of one thing: no other time or party between them, in one paragraph."""
    gap = text[first.end : second.start]
    if len(gap) > _MOST or "\n\n" in gap or len(_SENTENCE_ENDS.findall(gap)) > 1:
        return False
    return _APART.search(gap) is None and _DOES_MORE.search(gap) is None


def is_listed(text: str, second: Timed, third: Timed) -> bool:
    """Whether a third amount goes on where the second ends: "90 a minute: 5,400 an hour, 129,600 a day"."""
    return third.start - second.end < 60 and _LISTED.fullmatch(text[second.end : third.start]) is not None


def link_of(text: str, first: Timed, second: Timed) -> str | None:
    """How words bind the second amount to the first: "drawn" from it ("that is"), "apposed" to it, "span"
    ("over a year they put in") or "sum" ("the daily toll is"); None if they do not."""
    gap = _gap(text, first, second)
    if first.kind == "made":
        return "drawn" if len(gap) < 80 else None
    if _DRAWN.fullmatch(gap) or _AT_THAT.search(gap):
        return "drawn"
    if second.kind == "sum" and re.fullmatch(r"[^;:.\d]{0,60}(?:[;:,.]| –| —| and)[^;:.\d]{0,70}", gap):
        return "sum"
    if (said := _PERIOD_PHRASE.search(gap)) and _CLAUSE_BREAK.fullmatch(gap[: said.start()]):
        return "span"
    if _LINK.fullmatch(CLOCK.sub("", text[first.end : _begin(second)])) or _LINK.fullmatch(gap):
        return None if gap.startswith(". ") else "apposed"
    if second.kind == "rate" and re.fullmatch(
        r"[^;:.\d]{0,60}[;,.] (?:and )?(?:each|every) [a-z]+,? ", gap, re.IGNORECASE
    ):
        return "apposed"
    at = re.search(r"\bat $", text[max(0, first.start - 4) : first.start], re.IGNORECASE)
    return "apposed" if at and (_CLAUSE.fullmatch(gap) or second.kind == "span") else None

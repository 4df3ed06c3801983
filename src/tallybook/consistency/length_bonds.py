"""Words around a length of time that make it that of all between two moments, however the sentence goes on:
"in those 156 years", "the 102 days of dust between those dates", "24 days after the fall", "worked for
135 years".

Where they leave open whether a part of the time is meant, only a length is a slip that no part can have.
"""

from __future__ import annotations

import re
from enum import Enum

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.moment_words import BEGUN
from tallybook.consistency.moments import Moment, span
from tallybook.consistency.same_words import stem
from tallybook.reading import Mention


class Bond(Enum):
    """Whether words bind a length to its moments: not at all, maybe, if longer than they allow, if it misses
    as slips do or is longer, surely."""

    NONE = 0
    LOOSE = 1
    LONGER = 2
    SLIP = 3
    SURE = 4


_BETWEEN = re.compile(
    r"[^.;:\d]{0,60}\b(?:between|from) (?:those|these|the) (?:two )?(?:dates?|days|years|months|moments|"
    r"times|events)\b"
)
_THOSE = AnyCase(
    r"\b(?:those|these|all those|all these|the intervening|the intervening period of|that stretch of) "
    r"(?:last |full |long )?$",
)
_ITS = AnyCase(
    r"\b(?:in|during|over|throughout|for all|through|across|of)(?: all)?(?: of)? (?:its|his|her|their|my|"
    r"our) $"
    r"|\b(?:in|during|over|throughout|for) the (?:whole |entire |full )?$",
)
_APPOSED = re.compile(
    r",? ?(?:[–—(-] ?|, ?)(?:some |about |nearly |almost |just |exactly |a total of |all of |fully |a full "
    r")?$"
)
_OF_DOING = re.compile(
    r" of (?!that\b|which\b|it\b|them\b|the\b|delays?\b|interruptions?\b|closures?\b|stoppages?\b|"
    r"strikes?\b|holidays?\b|leave\b)[a-z]+"
)
_AFTER = re.compile(
    r",? (?:and )?after (?:some |about |nearly |almost |just |only |more than |over |a total of )?$"
)
_IN_IT = re.compile(
    r" (?:with|in|at|on|under|behind|inside|aboard|for|among|alongside|by) (?:(?:the|its|his|her|their|"
    r"that|this) "
    r"(?!(?:[a-z]+ )?(?:army|navy|air force|police|force|industry|trade|business|profession|game|sport|law|"
    r"church|"
    r"civil service|job|service|services|party|movement|field|city|country|town|family|ring|limelight|"
    r"public eye|world)\b)[^.;:\d]{1,50}|"
    r"chains|jail|prison|captivity|custody|exile|space|orbit|office|power|charge|post|command|bars|detention|"
    r"hiding|hospital)[.,;:]| without [a-z]+[^.;:\d]{0,40}[.,;:]| alone\b"
)
"""What was done all the time: "in the pay office", and not "in banking", which may be longer."""
_FOR = re.compile(
    r",? (?:(?:and )?so |thus |and by then |by which time )?(?:(?:it|they|he|she|which|who) )?(?:had "
    r"(?:been )?|has (?:been )?|was |were )?"
    r"(?!had\b|has\b|having\b|signed\b|sentenced\b|banned\b)"
    r"[a-z]+(?:ed|ing|wn|nt|lt|pt|ld|ng|ok|ew|ve|id|ood|at|an|un|on|as|ere|ade|ept)"
    r"(?: (?!and\b|but\b|while\b|an?\b)[a-z]+){0,4} for "
    r"(?:some |about |nearly |almost |just |more than |over |a total of )?$"
)
"""A verb, whose subject is that of the moments, before a length: "worked for", "it had been making boots "
"for"."""
_HAVING = re.compile(
    r",? (?:and )?(?:after )?having (?:held|kept|worn|run|led|owned|occupied|carried|borne|ruled|governed|"
    r"edited) "
    r"(?:it|them|the [a-z]+) for (?:some |about |nearly |almost |just |more than |over )?$"
)
_WITHOUT = re.compile(r" without [a-z]+")
_AFTER_CLAUSE = re.compile(
    r" after (?:the |its |his |her |their |it |he |she |they |an? )?((?:[a-z’'-]+ ?){1,6}?)(?=[.,;:!?”\"]|"
    r"$| (?:and|when|as|in|at|on|off|near|by)\b)"
)
_TRAPPED = AnyCase(
    r"\b(?:trapped|buried|entombed|stranded|marooned|missing|lost|swept|cut off|caught|adrift|evacuated|"
    r"homeless|shut|closed)\b",
)
_ACCIDENT = re.compile(
    r"\b(?:falls?|fell|rock ?fall|collapse[sd]?|cave-?in|caved in|blast|explosion|quake|earthquake|"
    r"landslide|slide|"
    r"avalanche|mudslide|flood|storm|crash|accident|wreck|sinking|sank|disaster|fire|eruption|roof)\b"
)
_BEGINNINGS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        "seized|taken|captured|kidnapped|abducted|detained|arrested|held|snatched|capture|kidnapping|"
        "arrest|abduction",
        "opened|began|begun|started|launched|got under way|opening|start|beginning|launch",
        "left|sailed|departed|set out|set off|set sail|lifted off|took off|departure|launch",
        "vanished|disappeared|missing|last seen|disappearance",
        "elected|appointed|took (?:office|over|charge)|sworn in|election|appointment",
        "shut|closed|closure",
        "married|wed|wedding|marriage",
        "walked out|strike|downed tools|walkout",
    )
)
"""Words for one beginning: "seized … after they were taken"."""
_UNION = AnyCase(
    r"\b(?:an?|the|their|her|his|its) (?:[a-z]+ ){0,2}?(?:marriage|partnership|friendship|union|association|"
    r"career|reign|tenure|rule|lifetime|span|innings|run|stay|stint|service|captivity|imprisonment|exile|"
    r"absence) of "
    r"(?:some |about |nearly |almost |just |exactly |more than |over )?$",
)
_SINCE = re.compile(
    r"\bsince (?:the )?(?:(?:end|start|beginning|middle|close) of )?(?:the )?(?:[A-Z][a-z]+day,? (?:the )?)?$"
)
_AUXILIARY = re.compile(r"\b(has|have|had|having)\b|['’](s|ve) been\b")


def bond_of_words(text: str, first: Moment, last: Moment, length: Mention, begun: str) -> Bond:
    """How surely words make a length all of what lies between two moments, of which both are told: what
    began at the first and ended at the last. ``begun``: the words around the first."""
    start = max(length.sentence[0], length.start - 90)
    before = text[start : length.start]
    if _BETWEEN.match(text, length.end) or is_union(before):
        return Bond.SURE
    if _THOSE.search(before):
        return Bond.LONGER if text.startswith(" of ", length.end) else Bond.SURE
    if last.end <= length.start:
        gap = text[last.end : length.start]
        if len(gap) < 30 and _APPOSED.fullmatch(gap) and _OF_DOING.match(text, length.end):
            return Bond.SURE
        if _AFTER.fullmatch(gap) and _IN_IT.match(text, length.end):
            return Bond.LONGER
    if counts_from_start(text, length, begun):
        return Bond.SURE
    if _ITS.search(before) and not text.startswith((" as ", " of "), length.end):
        return Bond.SLIP
    if last.end <= length.start and _HAVING.fullmatch(text[last.end : length.start][:90]):
        return Bond.LONGER
    part = text.startswith(" of", length.end) or " of " in length.words
    if not part and last.end <= length.start and _FOR.fullmatch(text[last.end : length.start][:120]):
        return Bond.SLIP
    opens = not text[length.sentence[0] : length.start].strip(' “"')
    return Bond.LONGER if opens and _WITHOUT.match(text, length.end) else Bond.LOOSE


def is_union(before: str) -> bool:
    """ "A marriage of 63 years": the length of what the moments bound, though no word says that it ended."""
    return _UNION.search(before) is not None


def counts_from_start(text: str, length: Mention, begun: str) -> bool:
    """ "More than a year after it opened", where the first moment is that it opened; "14 days after the "
    "fall",
    where it is that somebody was buried."""
    after = _AFTER_CLAUSE.match(text, length.end, min(len(text), length.end + 80))
    if after is None:
        return False
    if _TRAPPED.search(begun) and _ACCIDENT.search(after[0]):
        return True
    if any(group.search(begun) and group.search(after[0]) for group in _BEGINNINGS):
        return True
    known = {stem(word) for word in re.findall(r"[a-z]+", begun.lower())}
    said = re.findall(r"[a-z]+", after[1])
    begins = BEGUN.search(after[0]) is not None
    return begins and bool(said) and stem(said[-1]) in known


def lasts_till_now(text: str, one: Moment, other: Moment, length: Mention) -> bool:
    """ "Elected in 1990, he has led it since 2003, for 21 years": a length from one of two moments till now,
    and not to the other."""
    for begun, over in ((one, other), (other, one)):
        start = max(begun.sentence[0], begun.start - 90)
        if text.rfind("since ", start, begun.start) < 0 or not _SINCE.search(text, start, begun.start):
            continue
        if begun.end <= length.start and _AFTER.fullmatch(text[begun.end : length.start]):
            continue  # "shut since 2013, after 52 years in use"
        auxiliary = _AUXILIARY.findall(text, start, begun.start)
        if not _is_earlier(begun, over) or (auxiliary and auxiliary[-1][0] not in ("had", "having")):
            return True
    return False


def _is_earlier(one: Moment, other: Moment) -> bool:
    """Whether a moment is the earlier of two; without years, by what makes the time between them shortest."""
    there, back = span(one, other), span(other, one)
    if there is None or back is None:
        return True
    return there.most > 0 if one.dated or other.dated else there.most < back.most

"""Two percentages that are all there is: a duel, yes and no, the men and the women of one body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.whole_words import (
    ELSEWHERE,
    FOR_AND_AGAINST,
    OPPOSITES,
    RESULT,
    TO_THE_OTHER,
    TWO,
    UNDECIDED,
)
from tallybook.reading import Mention

_NEAR = 60
_WORD = re.compile(r"[^\W\d_]+(?:['’]\w+)?")
_OF_THE_VOTES = re.compile(r" of (?:the |all )?(?:valid )?votes?\b")
_AND_ONE = re.compile(
    r",? (?:and |to |against |with |while )(?:[\w’'-]+ ){1,4}"
    r"|[,;] (?:[A-Z][\w’'-]+ ){1,3}"
)
_THE_OTHER = re.compile(r"[^.;:%\d]{0,30}(?:, |; | and | to | with | while | against )[^.;:%\d]{0,60}")
_ONLY = re.compile(
    r"\b(?:only|sole|lone) (?:[a-z]+ )?(?:rival|opponent|challenger|competitor|other candidate)\b"
)
_ANOTHER = AnyCase(
    r"\b(?:in the (?:next|other|second|first|last|final|previous|earlier)|the next|a second|in (?:19"
    r"|20)\d\d|years? "
    r"(?:later|earlier|before)|elsewhere|respectively|turn-?out)\b",
)
_VOTED = re.compile(
    r"(?: of [\w’' -]{1,40}?)? (?:(?:had )?(?:voted|opted|chose|cho(?:se|osing)|balloted|plumped)) (?:to"
    r"|for|in favou?r of|against)\b"
    r"([^.;:%\d]{1,80}?),? (?:and|with|while|against|but|to)(?: (?:only|just|some|about|the other))? ?"
)
_THE_REST_DID = re.compile(
    r"(?: of [\w’' -]{1,30}?)?(?: voted| opted| chose| voting| choosing| opting)? (?:not )?(?:to|for"
    r"|against|in favou?r of)\b"
    r"([^.;:%\d]{1,70})"
)
_AGAINST = re.compile(r" (?:voting |voted |were )?(?:against|opposed|dissenting)\b")
_PRONOUN = re.compile(r"\b(?:it|her|him|them|this|that|one|so)\b")
_STANDS = tuple(
    (re.compile(rf"\b(?:{one})\b"), re.compile(rf"\b(?:{other})\b"))
    for one, other in (
        ("keep|retain|save|preserve|hold on", "be rid|get rid|scrap|abolish|remove|oust|dismiss|sack|recall"
         "|close|sell|end"
         "|lose|drop|ditch|shed|unseat|replace"),
        ("join|enter|go in|be part", "stay out|leave|remain outside|stay outside|keep out|not join"),
        ("accept|approve|back|ratify|adopt|support|pass|endorse", "reject|refuse|turn down|throw out|oppose"
         "|decline|block"
         "|defeat"),
        ("stay|remain", "leave|go|quit|move|secede|pull out|depart"),
        ("strike|walk out", "carry on|stay at work|keep working|work on|stay in"),
        ("build|go ahead|proceed|expand|open|allow|permit", "stop|halt|scrap|drop|cancel|leave it|shut|ban"
         "|forbid"),
        ("change|rename|reform|move", "leave|keep|stay"),
        ("merge|unite", "stay apart|go alone|stay separate|remain independent|stay independent"),
    )
)  # fmt: skip
_SEXES = (
    ("men", "women"), ("man", "woman"), ("boys", "girls"), ("males", "females"), ("male", "female"),
    ("adults", "children"), ("husbands", "wives"), ("yes", "no"),
)  # fmt: skip
_HOLDS = re.compile(
    r"\b(?:hold|held|holding|are|were|is|was|account(?:s|ed|ing)? for|ma(?:de|kes?|king) up|form(?:s|ed)?"
    r"|fill(?:s|ed)?"
    r"|took|take|have|had|won|got|constitut(?:e|ed)|comprise[sd]?|represent(?:ed)?|occup(?:y|ied)|numbered) "
    r"(?:just |only |about |some |nearly |over )?$"
)
_BODIES = AnyCase(
    r" of (?:[\w’'-]+ ){0,3}?(?:seats?|intake|board|workforce|staff|posts?|jobs|places|pupils|students"
    r"|members?(?:hip)?"
    r"|patients|voters|population|jury|jurors|parliament|council(?:lors)?|cabinet|assembly|players"
    r"|workers|employees"
    r"|officers|graduates|applicants|entrants|recruits|prisoners|inmates|teachers|nurses|doctors|judges"
    r"|directors"
    r"|candidates|visitors|passengers|readers|users|customers|victims|crew|total|chairs|mps|ministers)\b",
)


def two_way(text: str, run: Sequence[Mention], words: str) -> tuple[bool, bool] | None:
    """Of two percentages, whether nothing is counted in both, and whether nothing is left out; None where
    they need not be the parts of one whole."""
    if len(run) != 2 or ELSEWHERE.match(text, run[1].end) or UNDECIDED.search(words):
        return None
    gap = text[run[0].end : run[1].start]
    if _ANOTHER.search(gap):
        return None
    if _are_sexes(text, run):
        return True, _misses_the_other(run)
    votes = _VOTED.fullmatch(gap) if len(gap) < 160 else None
    if votes is not None:
        other = _THE_REST_DID.match(text, run[1].end)
        if other is not None:
            sure = _are_opposite(votes[1], other[1]) or (
                _PRONOUN.search(other[1]) is not None and _misses_the_other(run)
            )
            return sure, False
    if text[: run[0].start].endswith(" by ") and _AGAINST.match(text, run[1].end):
        return True, False  # "voted by 61.4% to strike, with 38.6% against"
    only = _ONLY.search(words) is not None
    duel = only or TWO.search(words) is not None or _OF_THE_VOTES.match(text, run[0].end) is not None
    joined = (
        TO_THE_OTHER.fullmatch(gap[:120])
        or _AND_ONE.fullmatch(gap[:80])
        or (only and len(gap) < 80 and _THE_OTHER.fullmatch(gap))
    )
    result = RESULT.search(words) is not None and len(gap) <= _NEAR
    if not (duel and joined) and not (result and (opposites(words) or _AND_ONE.fullmatch(gap))):
        return None
    return duel or opposites(words), False


def _misses_the_other(run: Sequence[Mention]) -> bool:
    one, other = run[0].low, run[1].low
    return is_slip(one, 100 - other, exact=True) or is_slip(other, 100 - one, exact=True)


def _are_opposite(one: str, other: str) -> bool:
    if re.search(r"\bnot\b", other) or re.search(r"\bnot\b", one):
        return True
    return any(
        (first.search(one) and second.search(other)) or (second.search(one) and first.search(other))
        for first, second in _STANDS
    )


def _are_sexes(text: str, run: Sequence[Mention]) -> bool:
    """ "Men hold 63 per cent of the board seats and women 37 per cent": of one body, of which each is one."""
    before = text[max(run[0].sentence[0], run[0].start - 40) : run[0].start]
    if _HOLDS.search(before) is None or _BODIES.match(text, run[0].end) is None:
        return False
    gap = text[run[0].end : run[1].start]
    if re.search(r"[;.:%\d]", gap) or len(gap) > 130 or text.startswith(" of ", run[1].end):
        return False
    last = re.search(r"(?:\band|,|\bwhile|\bwith) (?:the )?([a-z]+)(?: [a-z]+){0,3} ?$", gap)
    first = re.findall(r"[a-z]+", before.lower())
    if last is None:
        return False
    return any(
        (one in first[-4:] and last[1] == other) or (other in first[-4:] and last[1] == one)
        for one, other in _SEXES
    )


def opposites(sentence: str) -> bool:
    """Whether words of two opposite answers stand in a sentence: "for" and "against", "yes" and "no"."""
    words = {word.lower() for word in _WORD.findall(sentence)}
    if "both" in words:
        return False
    pairs = [pair for pair in OPPOSITES if pair <= words]
    return bool(pairs) and (pairs != [{"for", "against"}] or bool(FOR_AND_AGAINST.search(sentence)))

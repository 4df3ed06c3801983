"""A share whose part and whole stand apart, over neighbouring sentences: "Of the 2,400 tenants, 1,800 have
signed. That is three-quarters."

Two things must be in the words: that the part is one of the whole ("of them", "18 seats in the 48-seat
house", a bare number behind what it counts), and that the share is that of the part (in apposition).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, POINTS, is_length_of_time, is_one_number, told_of
from tallybook.consistency.forms import EXACT
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.passages import Passage, passages
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.shares import OF, OF_BEFORE, SHARES, is_part_of, is_share, names, share_check
from tallybook.reading import Mention
from tallybook.terms import BOUNDS

_DRAWN = AnyCase(
    r"(?:^|[\s“\"(])(?:(?:that|this|it|which)(?:['’]s| is| was| makes?| made| means| meant| comes to|"
    r" came to| equals|"
    r" works out at| amounts to)|or|so|making|giving|i\.e\.,?|being)"
    r"(?: (?:an?|the|about|around|roughly|nearly|almost|some|just|only|exactly|over|fully|"
    r"[a-z]+ rate of|share of|"
    r"(?:success|failure|pass|turnout|response) rate of))* ?$"
    r"|(?:[,:;–—(]|\. ) ?[“\"]?(?:(?:an?|the|about|around|roughly|nearly|almost|some|just|only|exactly|"
    r"over|fully|for|"
    r"[a-z]+ rate of|share of|proportion of|turnout of|in all) ){0,4}$",
)
_STARTS = re.compile(
    r"[“\"]?(?:(?:That|This|It|Which)(?:['’]s| is| was| makes| means| comes to| amounts to|"
    r" works out at| equals) (?:[a-z]+ ){0,2})?$"
)
_CLOSED = re.compile(
    r"(?: of (?:the (?:total|lot|whole|number)|all [a-z]+))?(?:\s?(?:[,;.:!?)–—”\"]|$)|"
    r",? (?:said|says|"
    r"according)\b)"
)
_OF_THEM = AnyCase(r"\b(?:them|those|these|whom|which|the total|the lot|that number)$")
_APPOSED = re.compile(
    r"(?:(?: (?:in|on|at|of|from|to)(?: (?!and\b)[\w’'-]+){1,7})?(?:, (?:that is |i\.e\. )?| – | — | \()|"
    r"[^.;:]{0,80}?(?:,? or |,? (?:which|that) (?:is|was|makes|means|comes to) ))(?:(?:about|some|"
    r"nearly|around|roughly|"
    r"just) )?"
)
_BEHIND_PART = re.compile(
    r"(?: (?!more|less|fewer|than|of|and|or\b)[a-z’'-]+)?(?: of them)?\s?(?:[,;.)–—!”\"]|$)"
)
_HUNG = re.compile(r"\d-(?:seat|member|strong|bed|place|person|judge|team|room|string)\b")
_OUT_OF = re.compile(
    r"(?: [a-z]+){0,3}? (?:out )?of (?!them\b|those\b|these\b|whom\b|which\b)(?:all |an? )?(?:the |its |"
    r"their |his |her |our |those |my )?(?:[\w’'-]+ ){0,3}?(?:of )?$"
)
_LEADS = re.compile(r"[^.;]{0,80}(?:[,:–—(]| with) ?(?:(?:of|some|about|as) )*(?:the )?")
_STRAYS = AnyCase(
    r"\b(?:(?<!more )(?<!less )(?<!fewer )than|compared|versus|against|another|others?|previous(?:ly)?|"
    r"(?:year|month|week) (?:before|earlier|ago)|"
    r"plus|additional|further|extra|elsewhere|remaining|the rest|but|while|whereas|although|"
    r"though|expected|alone|up from|down from|national(?:ly)?)\b",
)
_RESULT_GAP = 150
_MOST = 9


def shares_apart(
    text: str, told: Sequence[tuple[Mention, ...]], checks: Sequence[Check] = ()
) -> Iterator[Check]:
    """A check for every share whose part and whole are near it, apart from the shares of ``checks``."""
    is_told = told_of(checks)
    counted: set[int] | None = None
    for k, figures in enumerate(told):
        if len(figures) > _MOST:
            continue
        for share in figures:
            if share.unit in SHARES and is_share(share) and share.low == share.high and not is_told(share):
                if counted is None:
                    counted = {m.start for some in told for m in some if _is_count(m)}
                    if len(counted) < 2:
                        return
                check = _checked(text, told, k, share, counted)
                if check is not None:
                    yield check


def _checked(
    text: str, told: Sequence[tuple[Mention, ...]], k: int, share: Mention, counted: Set[int]
) -> Check | None:
    """``counted``: where the figures begin that count something."""
    for passage in passages(text, told, k):
        if len(passage.figures) < 3:
            continue
        counts = [m for m in passage.figures if m.start in counted and m.start != share.start]
        for part, whole in _pairs(text, counts, share) if len(counts) > 1 else ():
            check = next(share_check(text, share, part, whole), None)
            if check is None:
                continue
            if check.closes:
                return check
            return check if _is_sure(passage, share, part, whole) else None
    return None


def _pairs(text: str, counts: Sequence[Mention], share: Mention) -> Iterator[tuple[Mention, Mention]]:
    """The part and the whole that words bind to a share, in the ways that a text may give them."""
    before = [m for m in counts if m.end <= share.start]
    behind = [m for m in counts if m.start >= share.end]
    of = text.startswith((" of ", " out of "), share.end)
    whole = next((m for m in behind if OF.fullmatch(text, share.end, m.start)), None) if of else None
    if whole is not None:
        yield from _of_named(text, share, whole, before, behind)
    elif behind and (
        (share.of is not None and _OF_THEM.search(share.of))
        or (
            text.find("or", share.end, behind[0].start) >= 0
            and _APPOSED.fullmatch(text, share.end, behind[0].start)
        )
    ):
        yield from _of_them(text, share, before, behind)
    if len(before) > 1 and _is_drawn(text, share, before[-1]):
        yield from _ordered(text, before[-2], before[-1], share)
    if len(behind) > 1 and behind[0].start - share.end < 90:
        gap = text[share.end : behind[0].start]
        if _LEADS.fullmatch(gap) and _may_lead(text, share, behind[1]):
            yield from _ordered(text, behind[0], behind[1], share)


def _is_count(mention: Mention) -> bool:
    if mention.per is not None or mention.unit == PER_CENT or mention.modifier in BOUNDS:
        return False
    if mention.unit in POINTS:
        return False
    return is_one_number(mention) and not is_length_of_time(mention)


def _may_lead(text: str, share: Mention, whole: Mention) -> bool:
    """Whether a share may lead its part and whole: "Turnout was 62%:", "One in four of our trucks"."""
    if share.of is not None:
        return names(share.of, whole)
    said = text[max(share.sentence[0], share.start - 40) : share.start]
    return re.search(r"\b(?:rate|turnout|share|proportion)\b", said, re.IGNORECASE) is not None


def _of_named(
    text: str, share: Mention, whole: Mention, before: Sequence[Mention], behind: Sequence[Mention]
) -> Iterator[tuple[Mention, Mention]]:
    """ "A fifth of the 9,300 people, 1,860 men,"; "They closed 17,820 cases. That was 60% of the 29,700"."""
    later = [m for m in behind if m.start > whole.end]
    if later and _is_apposed(text, whole, later[0]):
        yield later[0], whole
    elif before and _is_drawn(text, share, before[-1], named=True):
        part = before[-1]
        if part.unit in (None, whole.unit) or whole.unit is None:
            yield part, whole


def _of_them(
    text: str, share: Mention, before: Sequence[Mention], behind: Sequence[Mention]
) -> Iterator[tuple[Mention, Mention]]:
    """ "The recall affects 68,000 pickups. Of those 2 percent, about 1,360, have the defect"."""
    if not before or not behind or not _is_apposed(text, share, behind[0]):
        return
    if len(before) == 1 or before[-1].sentence != before[-2].sentence:
        yield behind[0], before[-1]


def _is_apposed(text: str, one: Mention, part: Mention) -> bool:
    """Whether a part stands in apposition behind a share or its whole."""
    gap = text[one.end : part.start]
    return len(gap) < 110 and bool(_APPOSED.fullmatch(gap) and _BEHIND_PART.match(text, part.end))


def _is_drawn(text: str, share: Mention, last: Mention, *, named: bool = False) -> bool:
    """Whether a share is said of what stands before it: ", or", "That is"."""
    gap = text[last.end : share.start]
    if len(gap) > _RESULT_GAP or "\n\n" in gap or not (named or _CLOSED.match(text, share.end)):
        return False
    if share.start - share.sentence[0] < 30 and share.sentence != last.sentence:
        opening = text[share.sentence[0] : share.start]
        return _STARTS.match(opening) is not None and not (named and not opening.strip('“" '))
    return _DRAWN.search(gap[-40:]) is not None


def _ordered(text: str, one: Mention, other: Mention, share: Mention) -> Iterator[tuple[Mention, Mention]]:
    """Two counts as the part and the whole, if words make one a part of the other."""
    part, whole = (one, other) if one.low < other.low else (other, one)
    if part.modifier is not EXACT and text.startswith("(", share.start - 1):
        return  # "about 34 of the 120 (28%)": the share is of a finer number
    if part.low == whole.low or (is_measured(whole.unit) and part.unit != whole.unit):
        return
    gap = text[one.end : other.start]
    if len(gap) > 160:
        return
    if part is one:
        hung = _HUNG.search(whole.words) is not None and re.search(
            r" (?:in|of|on|to|into) (?:the|a|its|their) $", gap
        )
        of = part.unit in (None, whole.unit) or whole.unit is None
        if hung or is_part_of(text, part, whole) or (of and len(gap) < 70 and _OUT_OF.fullmatch(gap)):
            yield part, whole
        return
    opened = OF_BEFORE.search(text[max(whole.sentence[0], whole.start - 60) : whole.start])
    them = part.of is not None and _OF_THEM.search(part.of)
    bare = (part.inferred and part.unit == whole.unit) or part.unit is None
    total = share.of is not None and _OF_THEM.search(share.of)
    same = part.sentence == whole.sentence
    if them or (opened and same and part.unit in (None, whole.unit)) or (bare and (same or total)):
        yield part, whole


def _is_sure(passage: Passage, share: Mention, part: Mention, whole: Mention) -> bool:
    """Whether a share that does not fit its part and whole must be theirs."""
    text = passage.text
    start = min(share.start, part.start, whole.start)
    said = text[
        max(start - 60, min(m.sentence[0] for m in (share, part, whole))) : max(
            share.end, part.end, whole.end
        )
        + 25
    ]
    if _STRAYS.search(said):
        return False
    others = [
        m
        for m in passage.figures
        if start < m.start < max(share.start, part.start, whole.start)
        and _is_count(m)
        and m not in (part, whole)
    ]
    right = part.low / whole.low * (100 if share.unit == PER_CENT else 1)
    return not others and is_slip(share.low, right)

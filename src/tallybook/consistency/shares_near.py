"""A share, its part and its whole in one passage of up to three sentences, bound by what words say of each.

"An audit of 840 invoices turned up 126 paid twice. 'Fifteen per cent is carelessness,' he said."
"Two in five of the 6,500 refugees are children. That is 2,600 boys and girls."

The whole is known by "of", or because the part is one of it ("of these homes", "126 that …"); the share by a
mark ("or 16%"), a name ("the pass rate of 60%"), or because it is spoken of as a number ("15% is too much").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, is_length_of_time, told_of
from tallybook.consistency.forms import EXACT
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.passages import are_near
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.same_words import content, stem
from tallybook.consistency.share_words import (
    ACCOUNTS_FOR,
    ALL_OF_IT,
    AS_A_NUMBER,
    BEHIND_RATE,
    COUNTED,
    IF_SO_MANY,
    IN_OTHER_WORDS,
    MARKED,
    NAMED_RATE,
    OPENS_WHOLE,
    OTHER_GROUP,
    OTHER_WHOLE,
    RESTATED,
    THAT_IS,
    THEM,
)
from tallybook.consistency.shares import OF, SHARES, is_part_of, is_share, names, share_check
from tallybook.reading import Mention
from tallybook.terms import BOUNDS

_CLOSED = re.compile(
    r"(?: of (?:(?:the|its|their|his|her|our|all|those|these) )?[\w’'-]+)?\s?(?:[,;.:!?)–—”\"]|$)"
)
_APPOSED = re.compile(r"[^.;:\d]{0,60}(?: – | — |—|: | \(|, or )(?:about |some |just )?")
_MAY_BEFORE = AnyCase(
    r"(?:[,;:(–—]|\b(?:or|at|for|of|that|this|it|which|is|was|words|way|account\w*|ma[dk]\w+|up"
    r"|represent\w*|constitut\w+"
    r"|to|compris\w+|form\w*|equal\w*|when|if|with))(?: [a-z-]+){0,4} ?$",
)
_MAY_BEHIND = re.compile(
    r" of |[,”\"’']? ?(?:is|was|isn|wasn)|,? (?:the|a|this|that) |,? in other words|[:(]| [–—(]|,"
)
_SAME = dict.fromkeys(("die", "died", "perish", "lose", "drown", "kill"), "die") | dict.fromkeys(
    ("shut", "clos", "close"), "shut"
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MOST, _LONGEST, _APART = 7, 480, 200


def shares_near(
    text: str,
    amounts: Sequence[tuple[Mention, ...]],
    fitting: Sequence[tuple[Mention, ...]],
    checks: Sequence[Check],
) -> Iterator[Check]:
    """A check for every share that a passage binds to a part and a whole, apart from those of ``checks``.
    ``amounts``: the figures of each sentence that has some; ``fitting``: those that are one number of it."""
    is_told = told_of(checks)
    for k, figures in enumerate(amounts):
        for share in figures:
            if share.unit in SHARES and is_share(share) and share.low == share.high and not is_told(share):
                check = _of_share(text, amounts, fitting, k, share)
                if check is not None:
                    yield check


def _of_share(
    text: str,
    amounts: Sequence[tuple[Mention, ...]],
    fitting: Sequence[tuple[Mention, ...]],
    k: int,
    share: Mention,
) -> Check | None:
    if not _may_be_drawn(text, share):
        return None
    for near in _windows(text, amounts, k):
        counts = [m for some in fitting[near] for m in some if not is_length_of_time(m)]
        if len(counts) < 2 or len(counts) > _MOST:
            continue
        passage = [m for some in amounts[near] for m in some]
        for part, whole, sure in (
            *_of_whole(text, share, counts),
            *_drawn(text, share, counts),
            *_apposed(text, share, counts),
        ):
            check = next(share_check(text, share, part, whole), None)
            if check is None:
                continue
            if check.closes or _is_sure(text, passage, counts, share, part, whole, sure):
                return check
            return None
    return None


def _may_be_drawn(text: str, share: Mention) -> bool:
    """Whether the words right beside a share may draw it from others, asked before these are looked at."""
    if _MAY_BEHIND.match(text, share.end) is not None:
        return True
    return _MAY_BEFORE.search(text[max(share.sentence[0], share.start - 70) : share.start]) is not None


def _windows(text: str, amounts: Sequence[tuple[Mention, ...]], k: int) -> Iterator[slice]:
    """The sentence at ``k``, then with one or two before it, then with the one behind it."""
    yield slice(k, k + 1)
    start, end = amounts[k][0].sentence
    for n in (k - 1, k - 2):
        if (
            n < 0
            or not are_near(text, amounts[n], amounts[n + 1])
            or end - amounts[n][0].sentence[0] > _LONGEST
        ):
            break
        yield slice(n, k + 1)
    behind = amounts[k + 1] if k + 1 < len(amounts) else ()
    if behind and are_near(text, amounts[k], behind) and behind[0].sentence[1] - start <= _LONGEST:
        yield slice(k, k + 2)


def _of_whole(text: str, share: Mention, counts: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, int]]:
    """ "Two in five of the 6,500 are children. That is 2,600", "a tenth of the 42,000 trees have died
    … 4,200 dead saplings": the share of a whole, then the part."""
    if not text.startswith((" of ", " out of "), share.end):
        return
    whole = next((m for m in counts if m.start > share.end and OF.fullmatch(text, share.end, m.start)), None)
    part = next((m for m in counts if whole is not None and m.start > whole.end), None)
    if whole is None or part is None or part.low >= whole.low or part.start - whole.end > _APART:
        return
    if is_measured(whole.unit) and part.unit not in (None, whole.unit):
        return
    before = text[max(whole.end, part.start - 50) : part.start]
    if THAT_IS.search(before) and part.sentence != whole.sentence:
        yield part, whole, 2
        return
    said = {*content(text[whole.end : min(whole.sentence[1], part.start)])}
    own = {*content(part.words), *content(text[part.end : part.end + 16].partition(",")[0])} - {
        stem(part.unit or "")
    }
    linked = any(_one_thing(one, other) for one in own for other in said)
    if linked and (RESTATED.search(before) or COUNTED.search(before)):
        yield part, whole, 2
    elif part.of is not None and THEM.search(part.of):
        yield part, whole, 0


def _apposed(text: str, share: Mention, counts: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, int]]:
    """ "35 percent of the traffic — 2,100 of the 6,000 vehicles": told where it closes."""
    behind = [m for m in counts if m.start > share.end][:2]
    if (
        len(behind) == 2
        and is_part_of(text, *behind)
        and _APPOSED.fullmatch(text[share.end : behind[0].start])
    ):
        yield behind[0], behind[1], 0


def _one_thing(one: str, other: str) -> bool:
    return _SAME.get(one, one) == _SAME.get(other, other)


def _drawn(text: str, share: Mention, counts: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, int]]:
    """A part and a whole that come before their share."""
    before = [m for m in counts if m.end <= share.start]
    if len(before) < 2:
        return
    one, other = before[-2], before[-1]
    cue = _cue(text, share, one, other)
    if not cue:
        return
    part, whole = (one, other) if one.low < other.low else (other, one)
    if _are_bound(text, part, whole, share):
        yield part, whole, cue


def _cue(text: str, share: Mention, one: Mention, last: Mention) -> int:
    """How words draw a share from what stands before it: 3 right behind, 2 by a name, 1 as a number."""
    start = share.sentence[0]
    before, behind = text[max(start, share.start - 70) : share.start], text[share.end : share.end + 60]
    whole = one if one.low > last.low else last
    if not _is_of(share, whole, behind):
        return 0
    gap = text[last.end : share.start]
    marked = MARKED.search(gap) if last.sentence == share.sentence and len(gap) < 130 else None
    if marked is not None and _is_closed(share, marked[0], behind):
        return 3
    if last.sentence == share.sentence and len(gap) < 60 and ACCOUNTS_FOR.search(gap):
        return 3 if share.of is not None else 0
    told = _told_by(before, behind)
    return told if told == 2 or (share.unit == PER_CENT and share.of is None) else 0


@lru_cache(maxsize=64)
def _told_by(before: str, behind: str) -> int:
    """How the words around a share draw it from others, whichever: 2 by a name, 1 as a number. It is asked
    anew in each window of a share."""
    if THAT_IS.search(before) or IN_OTHER_WORDS.search(f"{before[-30:]}|{behind[:30]}"):
        return 2
    if NAMED_RATE.search(before) or BEHIND_RATE.match(behind):
        return 2
    return 1 if AS_A_NUMBER.match(behind) or IF_SO_MANY.search(before) else 0


def _is_closed(share: Mention, mark: str, behind: str) -> bool:
    """Whether a share behind a mark ends there. A comma alone does not tell it from the share of a part."""
    if mark.strip(" ,;").startswith("at"):
        return BEHIND_RATE.match(behind) is not None
    if share.of is not None and not re.search(r"\bor\b", mark):
        return False
    return _CLOSED.match(behind) is not None


def _is_of(share: Mention, whole: Mention, behind: str) -> bool:
    """Whether nothing makes a share one of something else than the whole."""
    if share.of is None:
        return not behind.startswith(" of ")
    of = share.of.lower()
    if THEM.search(of) or ALL_OF_IT.search(of):
        return True
    return whole.unit is not None and names(of, whole) and not is_measured(whole.unit)


def _are_bound(text: str, part: Mention, whole: Mention, share: Mention) -> bool:
    """Whether words make one number a part of the other."""
    if part.low == whole.low or (part.modifier in BOUNDS and whole.modifier in BOUNDS):
        return False
    if is_part_of(text, part, whole):
        return True
    if is_measured(whole.unit):
        return part.unit == whole.unit and share.of is not None and whole.end < part.start
    if is_measured(part.unit):
        return False
    gap = text[min(part.end, whole.end) : max(part.start, whole.start)]
    if part.start < whole.start:
        return (
            part.unit in (None, whole.unit)
            and len(gap) < 70
            and re.search(r"\b(?:out )?of (?:the |all |its )?$", gap) is not None
        )
    if part.of is not None:
        of = part.of.lower()
        if re.match(r"(?:them|these|those|whom|which|the)\b", of):
            return THEM.search(of) is not None or stem(whole.unit or "") in content(of)
    opened = OPENS_WHOLE.search(text[max(whole.sentence[0], whole.start - 60) : whole.start]) is not None
    if part.unit is None or part.inferred:
        return opened or part.sentence != whole.sentence or len(gap) < 110
    return part.unit == whole.unit and opened


def _is_sure(
    text: str,
    passage: Sequence[Mention],
    counts: Sequence[Mention],
    share: Mention,
    part: Mention,
    whole: Mention,
    sure: int,
) -> bool:
    """Whether a share that does not fit its part and whole must be theirs."""
    if not sure:
        return False
    first = min(share.start, part.start, whole.start)
    start = max(first - 60, min(m.sentence[0] for m in (share, part, whole)))
    last = max(share.end, part.end, whole.end)
    said = text[start : min(last + 30, max(m.sentence[1] for m in (share, part, whole)))]
    if OTHER_GROUP.search(said):
        return False
    if OTHER_WHOLE.search(text, max(share.sentence[0], share.start - 24), share.start):
        return False
    if any(m.modifier is not EXACT for m in (part, whole)):
        return False
    others = [m for m in counts if first < m.start < last and m not in (part, whole)]
    shares = [m for m in passage if m is not share and (m.unit == PER_CENT or is_share(m))]
    if others or shares:
        return False
    right = part.low / whole.low * (100 if share.unit == PER_CENT else 1)
    stated = share.low
    if part.end < share.start and sure == 2 and _is_rest(share, right):
        return False
    if len({*_YEAR.findall(said)}) > 1:
        return False
    return is_slip(stated, right, exact=True) if sure == 1 else is_slip(stated, right)


def _is_rest(share: Mention, right: float) -> bool:
    """Whether a share is about that of the others: "passed 29 of 34 tests. The failure rate of 15%"."""
    whole = 100.0 if share.unit == PER_CENT else 1.0
    return abs(whole - share.low - right) < whole / 50

"""A whole and its parts that a passage has alone: where one or two sentences give a number, then a list, and
no other figure, the list may be of its parts, whatever words stand between them.

"The convoy carried 340 tonnes of aid. Flour made up 190 tonnes of it, rice 95, medicines the remaining 55."
What adds up is told. What does not is told only where the words say that nothing is missing from the list.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from tallybook.book.currencies import is_currency
from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import (
    PER_CENT,
    is_attribute,
    is_length_of_time,
    is_one_number,
    told_of,
)
from tallybook.consistency.forms import AGE_FORM
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.passages import are_near
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.total_words import PARALLEL
from tallybook.prose import listed, number
from tallybook.reading import Mention, Reading
from tallybook.terms import BOUNDS

_MOST, _LONGEST = 7, 420
"""The most figures, and characters, of a passage that is looked at."""
_ANOTHER = AnyCase(
    r"\b(?:expect\w*|forecast\w*|plan(?:s|ned)?|target\w*|budgeted|hope[sd]?|pledg\w+|"
    r"promis\w+|record|averag\w+|another|others?|elsewhere|while|whereas|although|"
    r"though|but|despite|unlike|includ\w+|among|of whom|"
    r"respectively|each|every|further|additional|extra|more|mostly|mainly|chiefly|especially|not|never"
    r"|until|since|than|against|compared|"
    r"instead|some of)\b",
)
"""Words by which figures of another subject, time or plan are told, or a list that leaves some out."""
_LAST = re.compile(r"(?:,? and\b|;|,| plus\b)[^.;:?!\d]{0,60}$")
_REST = re.compile(
    r"\b(?:the rest|the remaining|the remainder|the balance|the final|remaining)\b[^.;:?!\d]{0,20}$"
)
_COMPLETE = AnyCase(
    r"\b(?:nothing else|no others?|the last to|(?:was|were|is|are) made up|consist\w*|the only)\b",
)
_TOTAL_BEHIND = AnyCase(r" (?:in all|in total|altogether|all told)\b")
_TOTAL_BEFORE = AnyCase(r"\b(?:a total of|in all|altogether|totall?ing) $")
_WHOLE_DAYS = (("weekend", ("Saturday", "Sunday")), ("two days", ("Saturday", "Sunday")))


def parts_alone(
    reading: Reading, told: Sequence[Sequence[Mention]], checks: Sequence[Check]
) -> Iterator[Check]:
    """A check for each passage that is a whole and a list, with no figure of ``checks``.

    ``told``: the figures of each sentence that has some.
    """
    text, is_told = reading.text, told_of(checks)
    many = [0, *map(len, told), 0]
    if sum(many) < 3:
        return
    listed = [
        _may_be_parts(text, figures)
        if many[k] + max(many[k - 1], many[k + 1]) > 2 and not any(map(is_told, figures))
        else None  # with neither of its neighbours it has three
        for k, figures in enumerate(told, 1)
    ]
    done = -1
    for k, figures in enumerate(told):
        parts = listed[k]
        if k <= done or parts is None or len(figures) > _MOST:
            continue
        check = _of_passage(text, figures, parts)
        last = k
        if check is None and k + 1 < len(told):
            last, more = k + 1, listed[k + 1]
            if more is not None and _are_together(text, figures, told[last]):
                check = _of_passage(text, (*figures, *told[last]), (*parts, *more))
        if check is not None:
            yield check
            done = last


def _are_together(text: str, one: Sequence[Mention], other: Sequence[Mention]) -> bool:
    return (
        len(one) + len(other) <= _MOST
        and other[-1].sentence[1] - one[0].sentence[0] <= _LONGEST
        and are_near(text, one, other)
    )


def _may_be_parts(text: str, figures: Sequence[Mention]) -> list[Mention] | None:
    """The figures of a sentence that may be parts or their whole; None if another stands among them that
    does more than tell when or whose."""
    parts: list[Mention] = []
    for figure in figures:
        if _may_be_part(figure):
            if not _is_beside(text, figure):
                parts.append(figure)
        elif not _is_beside(text, figure):
            return None
    return parts


def _of_passage(text: str, passage: Sequence[Mention], figures: Sequence[Mention]) -> Check | None:
    """``figures``: those of the passage that may be parts or their whole."""
    if not 3 <= len(figures) <= _MOST:
        return None
    whole = max(figures, key=lambda m: m.low)
    parts = [m for m in figures if m is not whole]
    if whole not in (figures[0], figures[-1]) or not _LAST.search(text[parts[-2].end : parts[-1].start]):
        return None
    start, end = figures[0].start, figures[-1].end
    words = text[start : min(len(text), end + 40)]
    sure, called = _is_complete(text, parts, words), _is_called(text, whole)
    if not _are_alike(whole, parts, sure) or (_ANOTHER.search(text[start:end]) and not sure):
        return None
    added = sum(part.low for part in parts)
    closes = math.isclose(added, whole.low)
    called = called and not _is_of_its_own(text, whole, parts, passage)
    near = called and 0.5 < added / whole.low < 2 and is_slip(added, whole.low)
    if not closes and not (near or (sure and is_slip(added, whole.low, exact=True))):
        return None
    made = f"{listed([part.words for part in parts])} make {number(added)}"
    why = f"{made}; the text says {whole.words}." if closes else f"{made}, not {whole.words}."
    gap = None if closes else added - whole.low
    return Check("sum of parts", tuple(m.words for m in figures), closes, why, gap, start, end)


def _is_beside(text: str, mention: Mention) -> bool:
    """Whether a figure only tells when or whose: "in five years", "the two-bedroom flat", "aged 41"."""
    if mention.form is AGE_FORM or is_length_of_time(mention):
        return True
    return "-" in mention.words and is_attribute(text, mention)


def _may_be_part(mention: Mention) -> bool:
    if mention.per is not None or mention.unit == PER_CENT:
        return False
    return is_one_number(mention) and mention.modifier not in BOUNDS


def _are_alike(whole: Mention, parts: Sequence[Mention], sure: bool) -> bool:
    """Whether the parts may be of the whole: of its unit or without one; of any noun in a complete list."""
    if whole.unit is None:
        return False
    if all(part.unit in (None, whole.unit) for part in parts):
        return True
    bare = is_measured(whole.unit)  # "1,250 acres, … 330 pasture": what the acres are
    return (
        sure
        and not any(part.unit != whole.unit and is_measured(part.unit) for part in parts)
        and (not bare or parts[0].unit == whole.unit)
    )


def _is_complete(text: str, parts: Sequence[Mention], words: str) -> bool:
    """Whether the words say that the list leaves nothing out."""
    if _REST.search(text[parts[-2].end : parts[-1].start]) or _COMPLETE.search(words):
        return True
    return any(time in words and all(day in words for day in days) for time, days in _WHOLE_DAYS)


def _is_called(text: str, whole: Mention) -> bool:
    """Whether a number is called the whole: "19 concerts in all"."""
    before = text[max(0, whole.start - 20) : whole.start]
    return bool(_TOTAL_BEHIND.match(text, whole.end) or _TOTAL_BEFORE.search(before))


def _is_of_its_own(text: str, whole: Mention, parts: Sequence[Mention], passage: Sequence[Mention]) -> bool:
    """Whether a number that is called a total is another one: of a longer time, of one of several places ("a
    total of 44 at Gatwick, 31 at Luton"), or of sums of money among which a count stands."""
    if is_currency(whole.unit or "") and any(part.unit != whole.unit for part in parts):
        return True
    if any(is_length_of_time(m) and parts[0].start < m.start < whole.start for m in passage):
        return True
    if whole.start > parts[0].start:
        return False
    heads = {head[1] for m in (whole, *parts[:-1]) if (head := PARALLEL.match(text[m.end : m.end + 40]))}
    return len(heads) == 1 and PARALLEL.match(text[whole.end : whole.end + 40]) is not None

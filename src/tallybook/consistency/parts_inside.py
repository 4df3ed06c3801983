"""A part above its whole: "Of the 46 passengers, 52 …", "34 passengers, and at least 37 of them"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, TIMES, is_one_number, level, shown, zones
from tallybook.consistency.forms import NUMBER_FORM
from tallybook.consistency.part_words import OTHERS
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.shares import OF_BEFORE, is_part_of
from tallybook.reading import Mention

TEST_INSIDE = "part inside its whole"
_MOST = 12
_AMONG = AnyCase(
    r"[^.;:]{0,40}?(?:,? (?:among them|including|among whom)|, of (?:whom|which|them))(?: (?:were|was|are|"
    r"is))? $",
)
# "47 drones | and | six missiles, of which 41": of both.
_AND_ANOTHER = re.compile(r"(?: [\w’-]+){0,4} (?:and|plus) ")

_OPENS_WITH_MANY = re.compile(r"[“\"]?(?:[A-Z][a-z]+ )?[A-Z]?[a-z]+s (?:in|at|from|of|on) (?:[a-z]+ ){0,2}")
"""Before the first figure of a sentence that is about many, whose number is not told."""


def inside(text: str, before: Sequence[Mention], figures: Sequence[Mention]) -> Iterator[Check]:
    """A part above its whole: "Of the 46 passengers, 52 …", "34 passengers, and at least 37 of them"."""
    for first, second in itertools.pairwise(figures):
        if second.low > first.low:
            whole, part = first, second
            if not _may_hold(whole) or not is_counted(part):
                continue
            gap = text[whole.end : part.start]
            bound = _is_of(text, gap, whole, part) or _is_among(text, gap, whole, figures)
        elif first.low > second.low:
            part, whole = first, second
            bound = is_part_of(text, part, whole) and _may_hold(whole)
        else:
            continue
        if bound and _is_more(part, whole):
            yield _above(whole, part)
    for k, part in enumerate(figures):
        if part.of == "them" and is_counted(part):
            known = [
                m
                for m in (*before[-_MOST:], *figures[max(0, k - _MOST) : k])
                if m.unit is not None and not is_measured(m.unit)
            ]
            if any(m.unit in (None, TIMES) and m.low >= part.low for m in figures[:k]):
                continue  # "two banks with assets of 900 billion, 600 billion of them"
            if _OPENS_WITH_MANY.fullmatch(text, figures[0].sentence[0], figures[0].start):
                continue  # "members in 23 of 40 branches backed it, 1,100 of them in writing"
            mine = [m for m in known if m.sentence == part.sentence]
            named = part.unit is not None and not text.startswith(" of them", part.end)
            if named and all(part.unit != m.unit for m in mine):
                continue
            if mine and _may_hold(mine[-1]) and all(_is_more(part, m) for m in known if m.per is None):
                yield _above(next((m for m in reversed(mine) if m.trend is None), mine[-1]), part)


def _is_of(text: str, gap: str, whole: Mention, part: Mention) -> bool:
    """ "*Of the* 46 passengers, 52", without a word that begins another subject."""
    if part.unit not in (None, whole.unit) or part.of or len(gap) >= 160 or ";" in gap:
        return False
    opened = OF_BEFORE.search(text[max(whole.sentence[0], whole.start - 60) : whole.start])
    return opened is not None and not OTHERS.search(gap)


def _is_among(text: str, gap: str, whole: Mention, figures: Sequence[Mention]) -> bool:
    """ "34 passengers, *and at least* 37 *of them*", where the whole is not the second of two."""
    if whole.unit is None or len(gap) >= 80 or _AMONG.fullmatch(gap) is None:
        return False
    before = (text[m.end : whole.start] for m in figures if m.end < whole.start)
    return not any(map(_AND_ANOTHER.fullmatch, before))


def _may_hold(mention: Mention) -> bool:
    return is_amount(mention, change=True) and not is_measured(mention.unit)


def is_counted(part: Mention) -> bool:
    plain = part.per is None and part.form is NUMBER_FORM and part.low > 0
    return plain and not is_measured(part.unit)


def _is_more(part: Mention, whole: Mention) -> bool:
    if part.low <= whole.low:
        return False
    return zones(part._replace(trend=None)).true.low > zones(whole._replace(trend=None)).true.high


def _above(whole: Mention, part: Mention) -> Check:
    why = f"{part.words} cannot be among {whole.words}: {shown(part)} is more than {shown(whole)}."
    start, end = min(whole.start, part.start), max(whole.end, part.end)
    return Check(TEST_INSIDE, (whole.words, part.words), False, why, None, start, end)


def is_amount(mention: Mention, *, change: bool = False) -> bool:
    """Whether a figure is one number of something, and no rate or percentage; ``change``: or a change."""
    if mention.per is not None or mention.unit == PER_CENT or mention.form is not NUMBER_FORM:
        return False
    return is_one_number(mention) if change else level(mention)

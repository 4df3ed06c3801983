"""A whole filled with parts, as the words of a passage suggest: whether its sum closes, and whether one that
does not may be told."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import shown, zones
from tallybook.consistency.forms import EXACT
from tallybook.consistency.likely_slips import is_slip
from tallybook.consistency.parts import DATES
from tallybook.consistency.parts_apart import unit_times
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import meet
from tallybook.prose import number
from tallybook.reading import Mention


class Filling(NamedTuple):
    """A whole and its parts. ``sure``: how words bind them: 2 beyond doubt, 1 if it misses as slips do, 0
    only where it closes."""

    whole: Mention
    parts: tuple[Mention, ...]
    sure: int
    test: str


def checked(text: str, filling: Filling) -> Check | None:
    """The check of a whole and its parts; None where their sum fails and may not be told."""
    whole, parts = filling.whole, filling.parts
    times = [unit_times(whole, part) or 1.0 for part in parts]
    total, added = _total(parts, times)
    stated = zones(whole._replace(trend=None))
    closes = meet(total.true, stated.true)
    if not closes:
        if not filling.sure or whole.modifier is not EXACT or added <= 0:
            return None
        if not 0.4 < added / whole.low < 2.5 or not is_slip(whole.low, added):
            return None
        if filling.sure < 2 and not is_slip(whole.low, added, exact=True):
            return None
        if any(part.modifier is not EXACT for part in parts) or _closes_otherwise(parts, times, stated):
            return None
        if _has_unread(text, filling):
            return None
    elif not filling.sure and len(parts) < 3 and added != whole.low:
        return None
    return _check(filling, added, times, closes)


def _has_unread(text: str, filling: Filling) -> bool:
    """Whether digits stand among the figures of a filling that are none of them and no date."""
    figures = sorted((filling.whole, *filling.parts), key=lambda m: m.start)
    gaps = " ".join(text[one.end : other.start] for one, other in pairwise(figures))
    return any(char.isdigit() for char in DATES.sub("", gaps))


def _total(parts: Sequence[Mention], times: Sequence[float]) -> tuple[Zones, float]:
    total: Zones | None = None
    added = 0.0
    for part, size in zip(parts, times, strict=True):
        zone = zones(part._replace(trend=None)).converted(1 / size)
        total = zone if total is None else total.plus(zone)
        added += part.low / size
    assert total is not None
    return total, added


def _closes_otherwise(parts: Sequence[Mention], times: Sequence[float], stated: Zones) -> bool:
    """Whether the whole is the sum of some of its parts, so that the others may be said of one of these."""
    for many in range(2, len(parts)):
        for some in itertools.combinations(zip(parts, times, strict=True), many):
            total, _ = _total([part for part, _ in some], [size for _, size in some])
            if meet(total.true, stated.true):
                return True
    return False


def _check(filling: Filling, added: float, times: Sequence[float], closes: bool) -> Check:
    whole, parts = filling.whole, filling.parts
    told = f"{' + '.join(shown(part) for part in parts)} = {number(round(added, 6))}"
    if any(size != 1.0 for size in times):
        told = f"{' + '.join(part.words for part in parts)} = {number(round(added, 6))} {whole.unit}s"
    why = f"{told}; the text says {whole.words}" if closes else f"{told}, not {whole.words}"
    about = (whole.words, *(part.words for part in parts))
    start, end = min(whole.start, parts[0].start), max(whole.end, parts[-1].end)
    gap = None if closes else round(added - whole.low, 6)
    return Check(filling.test, about, closes, f"{why}.", gap, start, end)

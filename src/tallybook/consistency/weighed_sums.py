"""Relations of a whole and its parts, and of one thing told twice, by forms and units alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import START, shown, zones
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.weighed_figures import Figure
from tallybook.consistency.weighed_guards import may_be_added
from tallybook.consistency.weighed_kinds import ABOVE, AGAIN, SUM, WHOLE, Relation, Test, check_of
from tallybook.matching.numbers import meet
from tallybook.prose import digits, listed
from tallybook.quantity import Interval
from tallybook.reading import Mention

_MOST_PARTS = 6
_NO_PART = 1.5
"""So many times a whole and more, a figure is taken for no part of it, whatever slip was made."""
_LARGE, _FEW = 50, 12
_OF_THEM = AnyCase(
    r"\b(?:of|among|amongst) (?:them|these|those|whom|which|the|its|his|her|their|all)\b|\bthe (?:\w+ ){0,3}$"
)


def sums(text: str, plain: Sequence[Mention], until: int) -> Iterator[Relation]:
    """A whole beside a list of its parts, or between two of them, one of which is in front of ``until``."""
    sizes = [m.low for m in plain]
    last = len(plain) - 1
    for k, whole in enumerate(plain):
        most, is_first = _NO_PART * sizes[k], whole.start < until
        before = _parts_of(whole, plain[:k][::-1]) if k and sizes[k - 1] < most else []
        behind = _parts_of(whole, plain[k + 1 :]) if k < last and sizes[k + 1] < most else []
        for n in range(2, len(before) + 1):
            if is_first or before[n - 1].start < until:
                yield from _sum_of(text, whole, before[:n])
        for n in range(2, len(behind) + 1) if is_first else ():
            yield from _sum_of(text, whole, behind[:n])
        if before and behind and (is_first or before[0].start < until):
            yield from _sum_of(text, whole, (before[0], behind[0]))


def _parts_of(whole: Mention, figures: Sequence[Mention]) -> list[Mention]:
    """Of figures on one side of a whole, the nearest first, those that may be its parts, up to one that is
    none."""
    found: list[Mention] = []
    size, unit = whole.low, whole.unit
    for one in figures:
        if size >= _LARGE and one.low <= _FEW and _is_spelled(one):
            continue
        if one.low >= _NO_PART * size or len(found) == _MOST_PARTS:
            break
        if one.unit is not None and one.unit != unit and not _may_add(one, whole):
            break
        found.append(one)
    return found


def _sum_of(text: str, whole: Mention, parts: Sequence[Mention]) -> Iterator[Relation]:
    added = sum(part.low for part in parts)
    if may_be_added(text, whole, parts):
        told = tuple(sorted(parts, key=START))
        yield Relation(SUM, whole, told, whole.low, added, (), _SUM, (whole, told))


def _is_spelled(mention: Mention) -> bool:
    """Whether a small number is in words, and may only say of how many a list is: "in the two provinces"."""
    return mention.words[:1].isalpha()


def _may_add(part: Mention, whole: Mention) -> bool:
    """Whether a part may be one of a whole of another unit."""
    return whole.unit is None or not (is_measured(part.unit) or is_measured(whole.unit))


def _adds_up(whole: Mention, parts: Sequence[Mention]) -> bool:
    return meet(_together(parts), zones(whole).true)


def _together(parts: Sequence[Mention]) -> Interval:
    """Where the sum of figures lies."""
    total = zones(parts[0]).true
    for part in parts[1:]:
        total += zones(part).true
    return total


def _told_sum(whole: Mention, parts: Sequence[Mention]) -> Check:
    closes = _adds_up(whole, parts)
    told = f"{' + '.join(shown(part) for part in parts)} = {digits(round(sum(p.low for p in parts), 6))}"
    why = f"{told}; the text says {whole.words}." if closes else f"{told}, not {whole.words}."
    return check_of("sum of parts", (whole, *parts), closes, why)


_SUM = Test(_adds_up, _told_sum)


def percentages(shares: Sequence[Mention], until: int) -> Iterator[Relation]:
    """Shares that would have to add up to all, the first of them in front of ``until``."""
    for n in range(2, min(len(shares), _MOST_PARTS) + 1):
        for k in range(len(shares) - n + 1):
            some = tuple(shares[k : k + n])
            if some[0].start >= until:
                break
            right = 100 - sum(m.low for m in some[:-1])
            if right > 0:
                yield Relation(WHOLE, some[-1], some[:-1], some[-1].low, right, (), _ALL, (some,))


def _are_all(shares: Sequence[Mention]) -> bool:
    total = _together(shares)
    return total.low <= 100 <= total.high


def _told_all(shares: Sequence[Mention]) -> Check:
    closes = _are_all(shares)
    made = f"{listed([m.words for m in shares])} add up to {digits(round(sum(m.low for m in shares), 6))}%"
    why = f"{made}." if closes else f"{made}, which rounding does not explain."
    return check_of("percentages of a whole", shares, closes, why)


_ALL = Test(_are_all, _told_all)


def told_again(text: str, figures: Sequence[Figure], until: int) -> Iterator[Relation]:
    """One thing told twice, with two numbers; or a part that is more than its whole: the first in front of
    ``until``. ``figures``: those without a direction."""
    for k, first in enumerate(figures):
        one = first.mention
        if one.start >= until:
            break
        low, unit, sentence = one.low, one.unit, one.sentence
        for second in figures[k + 1 :]:
            other = second.mention
            if other.low == low:
                continue
            counts = not (first.is_measured or second.is_measured)
            if not counts and other.unit != unit:
                continue
            if other.sentence != sentence:
                yield Relation(AGAIN, other, (one,), other.low, low, (), _TWICE, (one, other))
            if counts and low < other.low < 20 * low and is_part(text, one, other):
                yield Relation(ABOVE, other, (one,), other.low, low, (), _MORE, (one, other))


def _is_never_so(_one: Mention, _other: Mention) -> bool:
    """Two numbers are never one, and no part is more than its whole."""
    return False


def _told_twice(one: Mention, other: Mention) -> Check:
    why = f"The text says {one.words} and then {other.words} of the same."
    return check_of("one measure twice", (one, other), False, why)


def _told_more(one: Mention, other: Mention) -> Check:
    why = f"{other.words} would be a part of {one.words}, and are more."
    return check_of("part and whole", (one, other), False, why)


_TWICE, _MORE = Test(_is_never_so, _told_twice), Test(_is_never_so, _told_more)


def is_part(text: str, one: Mention, other: Mention) -> bool:
    """Whether words may make the second of two figures a part of the first."""
    before = text[max(one.end, other.start - 40) : other.start]
    behind = text[other.end : other.end + 30].partition(".")[0]
    return any(_OF_THEM.search(words) is not None for words in (before, behind, other.words))

"""A total that the words call one, and the list of its parts: "a total of 12: 7 men and 5 women"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.consistency.any_case import AnyCase, has_any, in_small_letters
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.part_words import exhaustive_nouns
from tallybook.consistency.parts import MADE
from tallybook.consistency.printed_numbers import is_measured, whole
from tallybook.prose import listed
from tallybook.reading import Mention, Reading

_MOST_PARTS = 20
_TOTAL_BEFORE = AnyCase(r"\b(?:(?:a|the|in) total of|in all,?|in total,?|altogether,?|totall?ing) $")
_TOTAL_AFTER = AnyCase(r" (?:in all|in total|altogether|all told)\b")
_LATER = AnyCase(r"[^.;:?!\d]{0,40}\b(?:in all|in total|altogether|all told)\b")
_OPENING = re.compile(
    r"(?:,? (?:in all|in total|altogether|all told))?"
    r"(?: (?:were|was) (?:killed|injured|hurt|wounded|arrested|found|rescued)| died)?(: | ?[–—-] | ?\(|, )"
)
_CALLED = ("total", "in all", "altogether", "all told")
"""What every total that is looked for here is called by."""
_AND = re.compile(r", | and |, and |; | plus ")
_GOES_ON = re.compile(r",? (?:and|or|plus|as well|along with|with|including|in addition)\b|, \w+ \w+ and\b")
_EXCLUSIVE = (
    frozenset({"man", "woman"}), frozenset({"man", "woman", "child"}), frozenset({"boy", "girl"}),
    frozenset({"adult", "child"}), frozenset({"man", "woman", "boy", "girl"}), frozenset({"male", "female"}),
)  # fmt: skip
_PEOPLE = frozenset(
    {"person", "victim", "passenger", "patient", "member", "student", "soldier", "worker", "juror"}
)


def sums(reading: Reading) -> Iterator[Check]:
    """A total that the words call one, and the list of its parts: "a total of 12: 7 men and 5 women"."""
    text, figures = reading.text, reading.figures
    if len(figures) < 3:
        return
    lowered = in_small_letters(text)
    if not has_any(lowered, _CALLED):
        return
    for k, total in enumerate(figures):
        if whole(total) is None or total.per or is_measured(total.unit):
            continue
        called = _TOTAL_BEFORE.search(text, max(0, total.start - 20), total.start)
        if called or _TOTAL_AFTER.match(text, total.end):
            opening = _OPENING.match(text, total.end)
            after = _parts(text, figures[k + 1 : k + _MOST_PARTS], opening.end()) if opening else []
            if opening and after:
                yield from _sum(text, total, after, opening[1].strip() != ",")
                continue
        if _TOTAL_AFTER.match(text, total.end) or _for_a_total(text, total):
            yield from _sum(
                text, total, _parts_before(text, figures[max(0, k - _MOST_PARTS) : k], total), False
            )
        elif not called:
            opening = _OPENING.match(text, total.end)
            after = _parts(text, figures[k + 1 : k + _MOST_PARTS], opening.end()) if opening else []
            behind = _LATER.match(text, after[-1].end) if after else None
            if opening and behind:
                yield from _sum(text, total, after, opening[1].strip() != ",")


def _for_a_total(text: str, total: Mention) -> bool:
    return bool(
        re.search(r"\b(?:for|making|bringing) (?:a|the) total (?:of|to) $", text[: total.start][-30:])
    )


def _parts(text: str, figures: Sequence[Mention], start: int) -> list[Mention]:
    """The list of counts that begins at ``start``; empty if it goes on in words."""
    parts: list[Mention] = []
    for figure in figures:
        gap = text[start : figure.start] if figure.start >= start else "-"
        if not _is_count(figure) or not (_AND.fullmatch(gap) if parts else gap == ""):
            break
        parts.append(figure)
        start = figure.end
    goes_on = bool(parts) and _GOES_ON.match(text, parts[-1].end)
    return parts if len(parts) >= 2 and not goes_on else []


def _parts_before(text: str, figures: Sequence[Mention], total: Mention) -> list[Mention]:
    """The list of counts that ends at a total: "7 men and 6 women, 13 in all"."""
    parts: list[Mention] = []
    end = total.start
    for figure in reversed(figures):
        gap = text[figure.end : end]
        joined = (
            _AND.fullmatch(gap)
            if parts
            else re.fullmatch(r",? (?:for|making|bringing)? ?(?:a|the)? ?(?:total)? ?(?:of|to)? ?|, ", gap)
        )
        if not joined or not _is_count(figure) or figure.sentence != total.sentence:
            break
        parts.insert(0, figure)
        end = figure.start
    return parts if len(parts) >= 2 else []


def _is_count(mention: Mention) -> bool:
    return (
        bool(whole(mention))
        and mention.unit is not None
        and not mention.per
        and not is_measured(mention.unit)
    )


def _is_composed(text: str, total: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a verb says that parts before a total make it up: "comprised 14 ministers and 22 officials"."""
    return total.start > parts[-1].end and bool(
        MADE.search(text, max(0, parts[0].start - 40), parts[0].start)
    )


def _sum(text: str, total: Mention, parts: Sequence[Mention], listed_as_all: bool) -> Iterator[Check]:
    """``listed_as_all``: a colon, dash or bracket shows that the list is complete."""
    if not parts:
        return
    units = frozenset(part.unit or "" for part in parts)
    composed = _is_composed(text, total, parts)
    complete = listed_as_all or composed or exhaustive_nouns(total.unit, tuple(units))
    apart = units in _EXCLUSIVE or composed or (listed_as_all and not units & _PEOPLE)
    people = total.unit in _PEOPLE and not composed
    if len(units) < len(parts) or (people and units not in _EXCLUSIVE) or not apart:
        return
    said, added = int(total.low), sum(int(part.low) for part in parts)
    closes: bool | None = said == added
    why = f"{listed([part.words for part in parts])} make {added:,}; the text says {total.words}"
    if not closes and added < said and not complete:
        closes, why = None, f"{why}, and the list may leave some out"
    about = (total.words, *(part.words for part in parts))
    start, end = min(total.start, parts[0].start), max(total.end, parts[-1].end)
    gap = float(added - said) if closes is False else None
    yield Check("sum of parts", about, closes, f"{why}.", gap, start, end)

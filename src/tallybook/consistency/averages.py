"""A total, a number and the mean of the two: "45,728 people in 1,104 boats, an average of 41 a boat"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, SHARE, TIMES, by_sentence, level, shown, zones
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.matching.numbers import meet
from tallybook.prose import converted
from tallybook.reading import Mention, Reading

TEST = "total, number and mean"
_AVERAGE = re.compile(r"\b(?:average|mean|averaging|averaged|averages)\b[^.;:]{0,24}$", re.IGNORECASE)
_SAME = re.compile(r"(?:,|;| –| —)? ?(?:or|that is|which is|i\.e\.,?|equal to|equivalent to|works out at|making it)"
                   r" (?:(?:about|just|only) )?$")  # fmt: skip
_SHARED = re.compile(r"\b(?:shared|split|divided|distributed)\b", re.IGNORECASE)
_EACH = re.compile(r" (?:each|apiece|a head|per head|a piece)\b")
_BASE_BEHIND = re.compile(r" (?:a|an|per|for each|for every|to a|to the) ([a-z]{3,15})\b")
_HEADS = frozenset({"head", "person", "capita"})
_PERIODS = word_set("second minute hour day week month quarter year decade")


def averages(reading: Reading) -> Iterator[Check]:
    """A check for every mean whose total and number stand in its sentence."""
    for figures in by_sentence(reading):
        if len(figures) < 3:
            continue
        for k, mean in enumerate(figures):
            base = _base(reading.text, mean)
            if base is None or not _is_tied(reading.text, figures, k):
                continue
            pair = _total_and_number(figures, k, base)
            if pair is not None:
                yield _average(mean, *pair)


def _base(text: str, mean: Mention) -> str | None:
    """What the mean is for one of; "" where the words leave it to the sentence ("each")."""
    if mean.trend is not None or mean.unit in (PER_CENT, SHARE, TIMES) or not mean.low > 0:
        return None
    if mean.per is not None:
        if mean.per == "each":
            return ""
        return None if mean.per in _PERIODS or mean.per[:1].isdigit() else mean.per
    if _EACH.match(text, mean.end):
        return ""
    found = _BASE_BEHIND.match(text, mean.end)
    return found[1] if found is not None and found[1] not in _PERIODS else None


def _is_tied(text: str, figures: Sequence[Mention], k: int) -> bool:
    """Whether words say that the mean at ``k`` comes of figures beside it."""
    mean = figures[k]
    before = text[max(mean.sentence[0], mean.start - 48) : mean.start]
    if _AVERAGE.search(before) or _SAME.search(before) or _EACH.match(text, mean.end) or mean.per == "each":
        return True
    return bool(_SHARED.search(text, mean.sentence[0], mean.start))


def _total_and_number(figures: Sequence[Mention], k: int, base: str) -> tuple[Mention, Mention] | None:
    """The one total and the one number that the mean at ``k`` can be of; None where there are two."""
    mean = figures[k]
    others = [m for m in figures if m is not mean and level(m) and m.per is None]
    wanted = "person" if base in _HEADS else base
    numbers = [m for m in others if m.unit is not None and (m.unit == wanted or (not base and _counts(m)))]
    totals = [m for m in others if m not in numbers and (m.unit == mean.unit or mean.unit is None)]
    if not base and mean.unit is not None:
        numbers = [m for m in numbers if m.unit != mean.unit]
        totals = [m for m in others if m.unit == mean.unit]
    return (totals[0], numbers[0]) if len(totals) == 1 == len(numbers) else None


def _counts(mention: Mention) -> bool:
    return mention.unit is not None and not is_measured(mention.unit)


def _average(mean: Mention, total: Mention, number: Mention) -> Check:
    made = zones(total).over(zones(number))
    closes = meet(made.true, zones(mean).true)
    told = f"{shown(total)} ÷ {shown(number)} = {converted(total.low / number.low, [mean.low])}"
    why = f"{told}; the text says {mean.words}" if closes else f"{told}, not {mean.words}"
    about = tuple(m.words for m in sorted((mean, total, number), key=lambda m: m.start))
    start, end = min(mean.start, total.start, number.start), max(mean.end, total.end, number.end)
    return Check(TEST, about, closes, f"{why}.", None, start, end)

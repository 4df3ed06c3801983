"""A figure that is so many times another: "£4.4m is 268 times the £16,412", "416 pies, three times more than
the 104 of last year"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import TIMES, alike, by_sentence, level, shown, zones
from tallybook.consistency.printed_numbers import word_set
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import meet
from tallybook.prose import converted, listed
from tallybook.reading import Mention, Reading
from tallybook.terms import Modifier

TEST = "times another figure"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[;:()]|\d+")
_LEADS = word_set(
    """
    is was are were or which that about roughly nearly some more than a an be been being equal equals equivalent
    to over almost just around at sum figure number total amount makes amounts has have had now today
    """
)
_COMPARED = word_set("more higher larger bigger greater longer heavier faster older taller wider costlier dearer")
_LESS = word_set("less lower fewer smaller shorter lighter slower younger cheaper")
_BINDING = word_set("the its his her their our that than last what as of")
_BETWEEN = (
    _COMPARED
    | _LESS
    | _BINDING
    | word_set(
        """
        many much high large size amount number rate average national usual normal annual previous earlier old
        former original year's month's week's season's a it was were had been built sold made paid earned earns
        in those year week month day recorded counted seen reported budgeted planned first figure level total
        """
    )
)


def multiples(reading: Reading) -> Iterator[Check]:
    """A check for every "X is N times the Y" within a sentence."""
    for figures in by_sentence(reading):
        for first, times, second in zip(figures, figures[1:], figures[2:], strict=False):
            if times.unit != TIMES or times.trend is not None or times.per is not None:
                continue
            if not (level(first) and level(second) and alike(first, second)):
                continue
            before = _words(reading.text[first.end : times.start])
            behind = _words(reading.text[times.end : second.start])
            if not before <= _LEADS or not behind <= _BETWEEN or not behind & _BINDING:
                continue
            if len(before) < 6 and len(behind) < 9:
                yield _multiple(first, times, second, behind)


def _words(gap: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(gap)}


def _multiple(first: Mention, times: Mention, second: Mention, behind: set[str]) -> Check:
    ratio, sum_ = zones(first).over(zones(second)), f"{shown(first)} ÷ {shown(second)}"
    size = first.low / second.low
    if behind & _LESS:
        ratio, sum_, size = zones(second).over(zones(first)), f"{shown(second)} ÷ {shown(first)}", 1 / size
    usual = [zones(times)]
    if behind & _COMPARED and "as" not in behind:
        usual.append(_one_more(times))  # "three times more" is three times or four
    closes = any(meet(ratio.true, one.true) for one in usual)
    told = f"{sum_} = {converted(size, [times.low])}"
    readings = "" if len(usual) == 1 else f" ({listed(['as many', 'so many more'], 'or')})"
    why = f"{told}; the text says {times.words}{readings}" if closes else f"{told}, not {times.words}{readings}"
    about = (first.words, times.words, second.words)
    return Check(TEST, about, closes, f"{why}.", None, first.start, second.end)


def _one_more(times: Mention) -> Zones:
    more = times._replace(low=times.low + 1, high=times.high + 1)
    return zones(more if times.modifier is not Modifier.RANGE else times)

"""The figures of a text that say how two levels differ: "up 27 per cent", "380 have gone", "a lead of seven",
"doubled", "four times as many", "an eighth of the price".

>>> from tallybook.reading import read
>>> [(step.kind, step.size.words, step.size.trend) for step in steps(read("It is 8 short, a gap of 4%."))]
[('amount', '8', 'down'), ('relative', '4%', None)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tallybook.consistency.any_case import AnyCase, in_small_letters, spelled_out
from tallybook.consistency.change_words import (
    ABOVE_BASE,
    BEFORE_SIZE,
    BELOW_BASE,
    CUE_BEHIND,
    DOWN_BEHIND,
    GAP_BETWEEN,
    GONE_BEHIND,
    NOUN_BEHIND,
    OVER_WORDS,
    SAVES,
    SIDES,
    SIZE_BEFORE,
    SIZE_BEHIND,
    UNDER_WORDS,
    UP_BEHIND,
    VERB_BEFORE,
    is_no_size,
    may_name_size,
)
from tallybook.consistency.changes import ratio_to
from tallybook.consistency.figures import PER_CENT, POINTS, SHARE, TIMES, ends, is_attribute
from tallybook.consistency.forms import AGE_FORM, EXACT, RATIO_FORM
from tallybook.reading import Mention, Reading
from tallybook.terms import Modifier

AMOUNT, RELATIVE, POINT, RATIO, MULTIPLE = "amount", "relative", "point", "ratio", "multiple"
BASIS_POINT = "basis point"
_SCORE = re.compile(r" (?:votes? )?to (?=\d)")
# The first words of what stands behind a figure and makes it a difference, of each kind but its nouns.
_SIDES = frozenset(
    f" {word}"
    for word in (
        *spelled_out(SIDES), "short", "shy", "adrift", "behind", "down", "ahead", "clear", "in", "up", "off",
        "under", "below", "beneath", "above", "over", "beyond", "past",
    )
)  # fmt: skip
_BASES = frozenset({" from", " off"})
_GONE = frozenset({" of", " have", " has", " had", " were", " are"})
_WORD, _NEAR, _FAR = 12, 48, 200
_CEILINGS = (Modifier.AT_MOST, Modifier.UP_TO)
_OF_SCORES = (None, "vote", "point")
_CUT_IN_HALF = AnyCase(
    r"\b(?:cut|split|slashed|reduced|sliced|chopped|brought down) (?:\w+ ){0,4}?(in half|"
    r"by half)\b[^.;:\d]{0,40}$",
)
# What stands directly behind a fraction or "N times" that compares two amounts: "of the price", "as much",
# "that".
_DIMENSION = (
    r"(?:price|cost|size|length|height|weight|rate|amount|number|figure|level|speed|sum|value|area|"
    r"distance|pay|salary|"
    r"fee|fare|width|depth|capacity|money|age|rent|wage|time|strength|output|area|bill)"
)
_COMPARES = AnyCase(
    rf" (?:as (?:many|much|high|large|long|big|heavy|fast|often|wide|tall|deep|old|expensive|likely|well)\b|"
    rf"(?:of )?(?:that|"
    rf"what|(?:the|its|their|his|her|my|our) (?:\w+ )?{_DIMENSION}(?! (?:of|to|between)\b))\b|"
    rf"(?:of )?(?:the|its|their|last \w+['’]s) (?:\w+ ){{0,2}}"
    r"(?=[$£€\d])|(?:gap|difference|rise|increase|jump|growth)\b)",
)
_PART_GONE = re.compile(
    r" of [^,.;:]{1,32} (?:has|have|had|is|are|was|were) (?:now |since )?(?:gone|lost|disappeared|vanished)\b"
)
_MORE_THAN_ONE = re.compile(r" (?:more|less) than (?:once|twice|one\b(?! \w*(?:year|month|week)))")
_AS_MUCH_AGAIN = re.compile(
    r" as (?:many|much|high|large|big|long|heavy|tall|deep|wide|fast|old|dear|expensive|far)(?: \w+)? again\b"
)
_SIDED_SHARE = re.compile(rf" (?:up on|down on|above|below|{SIDES})\b(?! (?:and|or|to) )")
_FROM_BASE = re.compile(r" (?:from|off) (?:[\w'’]+ ){0,3}?(?=[$£€]?\d)")
_TIMES_MORE = AnyCase(
    r" (?:more|higher|larger|bigger|longer|greater|heavier|taller|deeper|wider|older|faster|dearer|"
    r"costlier|pricier|"
    r"cheaper|fewer|less|lower|smaller)\b",
)


class Step(NamedTuple):
    """A figure that tells how two levels differ.

    ``size``: with the direction, if words tell one; ``sided``: it sets one thing beside another ("8 short");
    ``drawn``: it is a change only where its clause draws a sum from what was said ("so 380 have gone").
    """

    kind: str
    size: Mention
    sided: bool = False
    drawn: bool = False


class Steps:
    """The steps among the figures of one text, each looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, tuple[Mention, Step | None]] = {}

    def of(self, mention: Mention) -> Step | None:
        """A figure as a step, if words make it one; the same figure put into another unit is another."""
        known = self._known.get(id(mention))
        if known is None:  # the figure is kept with its step, so that no other is ever at its address
            known = self._known[id(mention)] = (mention, step_of(self._text, mention))
        return known[1]


def steps(reading: Reading) -> Iterator[Step]:
    """Every figure of a text that may be one, in its order."""
    for mention in reading.figures:
        found = step_of(reading.text, mention)
        if found is not None:
            yield found


def step_of(text: str, mention: Mention) -> Step | None:
    """A figure as a step, if words make it one."""
    trend = mention.trend
    if mention.low != mention.high or mention.low <= 0 or mention.form is AGE_FORM:
        return None
    if trend is None and (mention.per or mention.modifier in _CEILINGS):
        return None
    if mention.words[:1] in "+-−–":
        return None
    if trend is None and text.startswith((" to ", " vote"), mention.end) and _is_score(text, mention):
        return None
    if mention.form is RATIO_FORM:
        return Step(RATIO, mention)
    if mention.unit == TIMES:
        return _multiple(text, mention)
    if trend is None and mention.unit == SHARE:
        again = _AS_MUCH_AGAIN.match(text, mention.end)
        if again is not None:
            return Step(RELATIVE, mention._replace(trend="up"), sided=True)
        if _SIDED_SHARE.match(text, mention.end):
            return _difference(text, mention)
        return _multiple(text, mention)
    return _difference(text, mention)


def _is_score(text: str, mention: Mention) -> bool:
    """The first number of a vote or game: "by 312 votes to 204"."""
    return mention.unit in _OF_SCORES and _SCORE.match(text, mention.end) is not None


def ratio_before(text: str, mention: Mention) -> Step | None:
    """The "tripled" of "tripled to 390" and the "cut in half" of "cut in half, from $80 to $40", of which the
    reader gives the levels alone."""
    if ends(mention) is None:
        ratio = ratio_to(text, mention) if text.endswith(" to ", 0, mention.start) else None
        return None if ratio is None else Step(RATIO, ratio)
    half = _CUT_IN_HALF.search(text, max(mention.sentence[0], mention.start - 2 * _NEAR), mention.start)
    if half is None:
        return None
    size = mention._replace(
        words=half[1], start=half.start(1), end=half.end(1), low=0.5, high=0.5, modifier=EXACT,
        unit=SHARE, noun=None, per=None, trend="down", form=RATIO_FORM, grain=None, grain_high=None,
    )  # fmt: skip
    return Step(RATIO, size)


def _multiple(text: str, mention: Mention) -> Step | None:
    if mention.trend is not None:
        return Step(RATIO, mention)
    found = _COMPARES.match(text, mention.end)
    if mention.unit == SHARE and _PART_GONE.match(text, mention.end):
        return Step(RELATIVE, mention._replace(trend="down"), drawn=True)
    if mention.unit == TIMES and mention.words.endswith("again"):
        return Step(MULTIPLE, mention)
    if mention.unit == TIMES:
        found = found or _TIMES_MORE.match(text, mention.end)
    return Step(MULTIPLE, mention) if found is not None else None


def _difference(text: str, mention: Mention) -> Step | None:
    trend, sided, drawn = mention.trend, False, False
    start = mention.start - _NEAR
    if start < mention.sentence[0]:
        start = mention.sentence[0]
    if trend is None:
        cue = _cue(text, mention, start)
        if cue is None:
            return None
        trend, sided, drawn = cue
    if _MORE_THAN_ONE.match(text, mention.end) or is_no_size(text, start, mention.start):
        return None
    if mention.low == 1 and mention.words[:1].isalpha() and mention.unit not in POINTS:
        return None
    sized = mention._replace(trend=trend)
    if mention.unit in POINTS or mention.unit == BASIS_POINT:
        return Step(POINT, sized, sided, drawn)
    if mention.unit in (PER_CENT, SHARE):
        return Step(RELATIVE, sized, sided, drawn)
    if is_attribute(text, mention) and NOUN_BEHIND.match(text, mention.end) is None:
        return None
    return Step(AMOUNT, sized, sided, drawn)


def _cue(text: str, mention: Mention, start: int) -> tuple[str | None, bool, bool] | None:
    """(direction, whether one thing is set beside another, whether the clause must draw a sum); None if no
    word makes the figure a difference."""
    begin = mention.start
    found = CUE_BEHIND.match(text, mention.end) if text.startswith(" ", mention.end) else None
    behind = "" if found is None else found[0]
    if behind in _SIDES:
        side = _side(text, mention)
        if side is not None:
            return side, True, False
    lowered = in_small_letters(text)
    if lowered.endswith(BEFORE_SIZE, start, begin):
        if _is_gap_between(text, lowered, max(mention.sentence[0], begin - _FAR), begin):
            return None, False, False
        if (
            may_name_size(lowered, start, begin)
            and SIZE_BEFORE.search(text, start, begin)
            and not _is_hour(text, mention)
        ):
            return mention.leaning, False, False
        if lowered.find("sav", start, begin) >= 0 and SAVES.search(text, start, begin):
            return "down", False, False
    if behind in _BASES:
        if _FROM_BASE.match(text, mention.end) and (
            mention.leaning or VERB_BEFORE.search(text, start, mention.start)
        ):
            return mention.leaning, False, False
    elif behind in _GONE:
        if GONE_BEHIND.match(text, mention.end):
            return "down", False, True
    elif behind and behind not in _SIDES and SIZE_BEHIND.match(text, mention.end):
        return mention.leaning, False, False
    return (mention.leaning, False, True) if mention.leaning else None


def _is_gap_between(text: str, lowered: str, start: int, end: int) -> bool:
    """Whether a figure is the size of a gap that names what it lies between."""
    named = lowered.find("between", start, end) >= 0 or lowered.find("separat", start, end) >= 0
    return named and GAP_BETWEEN.search(text, start, end) is not None


def _is_hour(text: str, mention: Mention) -> bool:
    """Whether it may be a time of day: "21C by three"."""
    small = mention.unit is None and mention.low <= 12 and mention.trend is None
    return small and mention.words.isalpha() and text.startswith(" by ", mention.start - 4)


def _side(text: str, mention: Mention) -> str | None:
    """On which side of another level a figure puts something: "8 short", "35 percent over the estimate"."""
    relative = mention.unit in (PER_CENT, SHARE, *POINTS)
    if DOWN_BEHIND.match(text, mention.end) or BELOW_BASE.match(text, mention.end):
        return "down"
    if UP_BEHIND.match(text, mention.end) or ABOVE_BASE.match(text, mention.end):
        return "up"
    if relative and OVER_WORDS.match(text, mention.end):
        return "up"
    return "down" if relative and UNDER_WORDS.match(text, mention.end) else None

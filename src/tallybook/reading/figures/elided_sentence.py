"""The earlier figures of a sentence, of which one may say what a later, bare number counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures import elided_kinds as kinds
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Form

# How many mentions, and how many tokens, back the noun of a bare number is looked for.
MOST_BACK, _FARTHEST = 6, 40
# How many asides, as dates, may stand between a figure and the one that leaves its noun out.
_MOST_ASIDES = 2
_LONGEST_JOINT = 2
_NUMBER = Form.NUMBER


@dataclass(slots=True)
class Sentence:
    """``given``: the mentions, by their place in ``found``, that a noun or unit was given to; ``counting``:
    those of them that count things."""

    tokens: Tokens
    found: Sequence[ParsedFigure | Aside]
    lang: Language
    given: set[int] = field(default_factory=set)
    counting: set[int] = field(default_factory=set)

    def give(self, at: int, item: ParsedFigure, unit: str) -> None:
        """Gives ``item``, the bare number at ``at``, its unit."""
        measures = any(
            unit_of(self.found[j]) == unit and not counts(self, j) for j in range(max(at - MOST_BACK, 0), at)
        )
        item.unit, item.inferred = unit, True
        self.given.add(at)
        if not measures:
            self.counting.add(at)


def unit_of(item: ParsedFigure | Aside) -> str | None:
    return None if isinstance(item, Aside) else item.unit


def last_figure(s: Sentence, at: int) -> tuple[int, ParsedFigure | None]:
    """The figure before mention ``at``, which but a few asides may part from it, and its place."""
    for j in range(at - 1, max(at - 2 - _MOST_ASIDES, -1), -1):
        last = s.found[j]
        if not isinstance(last, Aside):
            return j, last
    return -1, None


def antecedent(
    s: Sentence,
    at: int,
    item: ParsedFigure,
    *,
    part: bool = False,
    measured: bool = False,
    person: bool = False,
    in_place: bool = True,
    whole: bool = True,
) -> ParsedFigure | None:
    """The nearest earlier figure that counts what ``item`` may count; None if two fit as well."""
    for j in range(at - 1, max(at - 1 - MOST_BACK, -1), -1):
        last = s.found[j]
        if isinstance(last, Aside):
            continue
        if item.start - last.end > _FARTHEST:
            return None
        if measured:
            plain = last.unit not in (None, FRACTION, s.lang.numbers.fold_unit, "percent")
            fits = plain and not hangs(s, last)
        else:
            fits = counts(s, j) and (not whole or item.low == int(item.low))
        if not fits or (person and not kinds.is_person(last.unit, s.lang)):
            continue
        if not part and kinds.stands_apart(s.tokens, last, s.lang):
            continue
        if is_one_of_two(s, j, person):
            return None
        if part and last.high < item.low:
            continue
        if not in_place and kinds.stands_in_place(s.tokens, last, s.lang):
            continue
        return last
    return None


def counts(s: Sentence, at: int) -> bool:
    """True of a figure that counts things: no measure, and no attribute, as in "a 12-page report"."""
    last = s.found[at]
    if isinstance(last, Aside) or last.unit is None or last.form is not _NUMBER or last.high == 0:
        return False
    if at in s.given:
        return at in s.counting
    return last.noun is not None and not hangs(s, last) and unit_at(s.tokens, last.noun[0], s.lang) is None


def hangs(s: Sentence, last: ParsedFigure) -> bool:
    """True of an attribute: "a 12-page report", "its 20-day average"."""
    return last.noun is not None and s.tokens.lower[last.noun[0] - 1] in HYPHENS


def is_one_of_two(s: Sentence, at: int, person: bool) -> bool:
    """True of what is counted beside something else: "47 drones and | six missiles |, of which 41"."""
    last, (j, before) = s.found[at], last_figure(s, at)
    if before is None or isinstance(last, Aside) or not counts(s, j) or before.unit == last.unit:
        return False
    if person and not kinds.is_person(before.unit, s.lang):
        return False  # "4 plants and 900 workers, of whom"
    between = s.tokens.lower[before.end : last.start]
    return 0 < len(between) <= _LONGEST_JOINT and s.lang.grammar.joints.issuperset(between)


def is_whole_or_measured(s: Sentence, at: int, item: ParsedFigure) -> bool:
    return not counts(s, at) or item.low == int(item.low)

"""The two levels that a change, gap or multiple of a text is about, in its sentence or in the two around it.

They must be the only two figures of one unit that could be meant: a third one, or a word that begins another
subject, is silence. Words tie the change to them, or one sentence goes on about the subject of the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tallybook.consistency.any_case import AnyCase
from tallybook.consistency.change_words import SUMS_UP, continues, is_tied, lead_in, same_person
from tallybook.consistency.level_bindings import (
    CLAUSE_LENGTH,
    answers,
    bound_within,
    goes_on_from,
    leads_to,
    one_story,
)
from tallybook.consistency.level_units import KnownLevels, Pair, factor_between, levels_of, of_one_unit
from tallybook.consistency.levels_free import free_pair, of_other_kind
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.steps import AMOUNT, MULTIPLE, RATIO, Step, step_of
from tallybook.reading import Mention, Reading

_PERSON_WAS = AnyCase(r"[\s“”]*(?:he|she|we|they|i) (?:was|were|is|are|fell|came|finished|ended) (?:up )?")
_SHORT = 12
"""The most characters of "We save"."""
MOST_FIGURES = 12
"""Figures of one window; of more, too many could be meant."""
_MOST_GROWTH = 12
_WHOLE = AnyCase(r"\b(?:of|among|out of) (?:(?:the|its|their|these|all|some|about) ){1,2}$")


class Window(NamedTuple):
    """The figures around a change, or the levels among them: of its own sentence, of the two before and of
    the two behind."""

    own: Sequence[Mention]
    before: Sequence[Sequence[Mention]]
    behind: Sequence[Sequence[Mention]]


def pair_of(
    reading: Reading, step: Step, window: Window, is_told: Callable[[Mention], bool], known: KnownLevels
) -> Pair | None:
    """The two levels that the step is about; None if more could be meant, or nothing binds them to it.

    ``is_told``: whether a figure is in the words of another test; ``known``: the levels found before.
    """
    text = reading.text
    levels = _levels(text, step, window, known)
    if sum(map(len, (levels.own, *levels.before, *levels.behind))) < 2:
        return None
    found, is_open = _bound_pair(text, step, window, levels, is_told)
    if found is None and not is_open:
        found = free_pair(text, step, zip(_windows(window), _windows(levels), strict=True), is_told)
    return None if found is None or of_other_kind(text, step, found) else found


def _levels(text: str, step: Step, window: Window, known: KnownLevels) -> Window:
    """The levels of each sentence of a window, for every choice of its sentences."""
    return Window(
        levels_of(text, step, window.own, known),
        [levels_of(text, step, figures, known) for figures in window.before],
        [levels_of(text, step, figures, known) for figures in window.behind],
    )


def _windows(window: Window) -> Iterator[Sequence[Mention]]:
    """The figures that may be meant, those of the nearest sentences first."""
    own, before, behind = window.own, window.before, window.behind
    one, other = (before[0] if before else ()), (behind[0] if behind else ())
    yield own
    yield [*own, *other]
    yield [*one, *own]
    yield [*own, *other, *(behind[1] if len(behind) > 1 else ())]
    yield [*(before[1] if len(before) > 1 else ()), *one, *own]
    yield [*one, *own, *other]


def _bound_pair(
    text: str, step: Step, window: Window, levels: Window, is_told: Callable[[Mention], bool]
) -> tuple[Pair | None, bool]:
    """The two levels that words bind to the step, and whether more than one pair could be meant."""
    own = of_one_unit(text, step, levels.own)
    if own is None or len(own) > 2:
        return None, False
    if own and step.kind != MULTIPLE and any(_is_whole(text, one) for one in own):
        return None, False
    if len(own) == 2:
        pair = _pair(own)
        return (pair if _is_likely(text, step, pair) and bound_within(text, step, pair) else None), False
    if own:
        pairs = _with_one(text, step, own[0], window.own, levels)
    else:
        pairs = _with_none(text, step, window, levels)
    if len(pairs) != 1:
        return None, len(pairs) > 1
    if not _is_likely(text, step, pairs[0]) or _is_claimed(text, step, pairs[0], window, is_told):
        return None, False
    return pairs[0], False


def _is_whole(text: str, mention: Mention) -> bool:
    """Whether words take parts out of a figure: "Of the 60 firms, 12 …"."""
    return _WHOLE.search(text, max(0, mention.start - 24), mention.start) is not None


def _is_likely(text: str, step: Step, pair: Pair) -> bool:
    """Whether two levels can be of one thing by their size and unit."""
    first, second = pair.first, pair.second
    factor = factor_between(first.unit, second.unit)
    if factor is None:
        return False
    low, high = sorted((first.low * factor, second.low))
    grows = high <= _MOST_GROWTH * low
    if (
        pair.apart
        and first.unit is second.unit is None
        and step.kind == AMOUNT
        and is_measured(step.size.unit)
    ):
        return False
    if (first.unit is None) == (second.unit is None):
        return grows or step.kind in (MULTIPLE, RATIO)
    measured = is_measured(first.unit or second.unit)
    if pair.apart and measured and step.size.unit != (first.unit or second.unit):
        goes_on = continues(text, second.sentence[0], second.start)
        if not goes_on or high > 3 * low or not any(c.isdigit() for c in first.words + second.words):
            return False
    return step.kind == MULTIPLE or grows


def _is_claimed(
    text: str, step: Step, pair: Pair, window: Window, is_told: Callable[[Mention], bool]
) -> bool:
    """Whether levels of another sentence have a change of their own, or another test has used them."""
    for one in (pair.first, pair.second):
        if one.sentence == step.size.sentence:
            continue
        if is_told(one):
            return True
        for figures in (*window.before, *window.behind):
            if figures[0].sentence != one.sentence:
                continue
            if any(step_of(text, m) for m in figures) or (one.unit is None and _of_others(pair, figures)):
                return True
    return False


def _of_others(pair: Pair, figures: Sequence[Mention]) -> bool:
    """Whether a sentence counts something else, beside a level without a unit."""
    own = (pair.first.start, pair.second.start)
    return any(m.start not in own and m.unit is not None and not is_measured(m.unit) for m in figures)


def _pair(levels: Sequence[Mention]) -> Pair:
    """A "from A to B" is read as two levels with one place."""
    first, second = levels
    known = first.start == second.start
    return Pair(first, second, known, first.sentence != second.sentence)


def _with_one(text: str, step: Step, own: Mention, figures: Sequence[Mention], levels: Window) -> list[Pair]:
    """The one level of the step's own sentence, of ``figures``, with the one of each neighbouring one."""
    found: list[Pair] = []
    if not levels.before and not levels.behind:
        return found
    mine = [own] if own in figures else levels_of(text, step, (own,), {})
    for back in levels.before[:1]:
        other = of_one_unit(text, step, [*back, *mine])
        if other is not None and len(other) == 2 and goes_on_from(text, step, own, other[0]):
            found.append(Pair(other[0], own, apart=True))
        elif other is not None and len(other) > 2:
            return []
    for ahead in levels.behind[:1]:
        other = of_one_unit(text, step, [*mine, *ahead])
        if other is not None and len(other) == 2 and leads_to(text, step, own, other[1]):
            found.append(Pair(own, other[1], apart=True))
    return found


def _with_none(text: str, step: Step, window: Window, levels: Window) -> list[Pair]:
    """A change without a level in its own sentence: of two before it, or of two behind it."""
    if max(sum(map(len, levels.before)), sum(map(len, levels.behind))) < 2:
        return []
    if sum(step_of(text, m) is not None for m in window.own) > 1:
        return []
    back = _looks_back(text, step, window)
    found = _two_before(text, step, levels) if back else _two_behind(text, step, window, levels)
    return [] if found is None else [found]


def _looks_back(text: str, step: Step, window: Window) -> bool:
    """Whether the sentence of a change goes on about what was said: "That is 25 per cent more"."""
    if not window.before:
        return False
    start = step.size.sentence[0]
    lead = lead_in(text, start, step.size.start)
    opens = not text[start : step.size.start - len(lead)].strip("“”\"'‘’ ")
    if opens and is_tied(text, lead, step.size.end, apart=True):
        return True
    if step.sided and _PERSON_WAS.fullmatch(lead):
        return True
    if len(lead) < _SHORT and same_person(text, start, window.before[0][0].sentence):
        return True
    near = step.size.start - start <= CLAUSE_LENGTH // 2 and is_tied(text, lead, step.size.end)
    return near and continues(text, start, step.size.start)


def _two_before(text: str, step: Step, levels: Window) -> Pair | None:
    lead = lead_in(text, step.size.sentence[0], step.size.start)
    if step.drawn and not SUMS_UP.match(lead):
        return None
    pair = _first_pair(text, step, (levels.before[:1], levels.before[::-1]))
    return pair if pair is not None and one_story(text, pair) else None


def _two_behind(text: str, step: Step, window: Window, levels: Window) -> Pair | None:
    pair = _first_pair(text, step, (levels.behind[:1], levels.behind))
    if pair is None or pair.first.sentence != window.behind[0][0].sentence:
        return None
    return pair if one_story(text, pair) and answers(text, step, pair) else None


def _first_pair(text: str, step: Step, groups: Sequence[Sequence[Sequence[Mention]]]) -> Pair | None:
    """The two levels of the nearest sentence, or else of the nearest two; None where there are more."""
    for group in groups:
        levels = of_one_unit(text, step, [m for some in group for m in some])
        if levels is not None and len(levels) == 2:
            return _pair(levels)
        if levels is None or len(levels) > 2:
            return None
    return None

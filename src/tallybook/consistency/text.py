"""Whether the figures of a running text are consistent: tests without sources and without a book.

Only figures that the words themselves connect are tested. If a text leaves open whether two figures belong
together, no result is given: a false alarm costs more than a miss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from tallybook.consistency.ages import ages
from tallybook.consistency.averages import averages
from tallybook.consistency.changes import changes
from tallybook.consistency.changes_apart import changes_apart
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.counts import count_shares, grim, grim_percent, means
from tallybook.consistency.dates_in_text import dates
from tallybook.consistency.figures import START, sentences_of, told_of
from tallybook.consistency.in_turns import InSteps, in_turns
from tallybook.consistency.means_apart import means_apart
from tallybook.consistency.multiples import multiples
from tallybook.consistency.parts import parts
from tallybook.consistency.parts_alone import parts_alone
from tallybook.consistency.parts_apart import parts_apart
from tallybook.consistency.parts_within import parts_within
from tallybook.consistency.passage_amounts import amounts_by_sentence, plain_amounts
from tallybook.consistency.passages import sentences
from tallybook.consistency.percent_lists import percentages
from tallybook.consistency.rates import rates
from tallybook.consistency.rates_alone import rates_alone
from tallybook.consistency.records import records
from tallybook.consistency.repeats_alone import repeats_alone
from tallybook.consistency.repeats_in_text import repeats
from tallybook.consistency.shares import SHARES, shares
from tallybook.consistency.shares_apart import shares_apart
from tallybook.consistency.shares_near import shares_near
from tallybook.consistency.steps import Steps
from tallybook.consistency.summed_lists import summed_lists
from tallybook.consistency.sums import sums
from tallybook.consistency.timed import timed
from tallybook.consistency.told_again import told_again
from tallybook.consistency.unit_pairs import unit_pairs
from tallybook.consistency.weighed import doubted, weighed
from tallybook.consistency.whole_means import whole_means
from tallybook.reading import Reading, read

__all__ = ["check_text", "grim", "grim_percent"]

_TOGETHER = 16
"""How many paragraphs are tested together."""


def check_text(text: str, *, language: str = "en") -> list[Check]:
    """Tests of all figures of a text that restate, sum or divide others, in the order of the text.

    Conversions in brackets are tested in every language that is read; the other tests need English words
    and are made only for English. LookupError for a language that is not read.
    """
    reading = read(text, language=language)
    return _in_order(unit_pairs(reading) if language != "en" else _checks(reading, weigh=True))


def check_by_words(text: str) -> list[Check]:
    """The tests of an English text that fixed words bind, without those that are weighed."""
    return _in_order(_checks(read(text), weigh=False))


def _in_order(checks: Iterable[Check]) -> list[Check]:
    return sorted(dict.fromkeys(checks), key=lambda check: (check.start or 0, check.end or 0))


def _checks(reading: Reading, *, weigh: bool) -> Iterator[Check]:
    twice = list(repeats(reading))
    twice += told_again(reading, frozenset(check.end or 0 for check in twice))
    yield from twice
    paragraphs = _paragraphs(reading)
    while some := list(islice(paragraphs, _TOGETHER)):
        runs = [
            _of_paragraph(paragraph, _within(twice, start, len(paragraph.text)), weigh=weigh)
            for start, paragraph in some
        ]
        for (start, _), checks in zip(some, in_turns(runs), strict=True):
            yield from (_moved(check, start) for check in checks)


def _paragraphs(reading: Reading) -> Iterator[tuple[int, Reading]]:
    """Where each paragraph with a figure and another number begins, and its reading."""
    text, numbers = reading.text, [*reading.figures, *reading.asides]
    if reading.asides:
        numbers.sort(key=START)
    begin = 0
    while begin < len(numbers):
        first, end = numbers[begin], begin + 1
        while (
            end < len(numbers) and text.find("\n", numbers[end - 1].sentence[1], numbers[end].sentence[0]) < 0
        ):
            end += 1
        if end - begin > 1 or first.low < first.high:
            start = text.rfind("\n", 0, first.sentence[0]) + 1
            stop = text.find("\n", numbers[end - 1].sentence[1])
            own = text[start : len(text) if stop < 0 else stop]
            some = numbers[begin:end]
            yield start, Reading(own, [m.moved(-start) for m in some] if start else some)
        begin = end


def _within(checks: Sequence[Check], start: int, length: int) -> list[Check]:
    """Those of some checks of which some words stand in a stretch of text, with their places in it."""
    stop = start + length
    return [_moved(one, -start) for one in checks if (one.start or 0) < stop and (one.end or 0) > start]


def _moved(check: Check, offset: int) -> Check:
    if not offset or check.start is None or check.end is None:
        return check
    return replace(check, start=check.start + offset, end=check.end + offset)


def _of_paragraph(reading: Reading, twice: Sequence[Check], *, weigh: bool) -> InSteps[list[Check]]:
    """The tests of the figures of one paragraph, few kinds in a step. ``twice``: those of figures that are
    told again; ``weigh``: whether relations that no fixed words bind are weighed, and what is doubted is left
    out."""
    text, grouped, steps = reading.text, sentences_of(reading), Steps(reading.text)
    # What most kinds need is asked once: a kind that is not begun costs nothing.
    several = len(reading.figures) > 2
    shared = any(figure.unit in SHARES for figure in reading.figures)
    checks = list(unit_pairs(reading))
    told = list(count_shares(reading, "en")) if shared else []
    told += shares(text, grouped, told)
    counted = len(told)
    checks += [*told, *means(reading), *whole_means(reading)]
    added = list(sums(reading)) if several else []
    yield
    if shared:
        checks += percentages(reading)
    checks += changes(text, grouped)
    yield
    means_told = list(averages(text, grouped)) if several else []
    in_periods = timed(reading)
    yield
    if several:
        checks += multiples(text, grouped)
    if in_periods:
        checks += rates(reading, in_periods)
    checks += means_told
    if reading.asides:
        checks += ages(reading)
        checks += dates(reading)
    if several:
        checks += records(reading, told_of(checks))
    yield
    added += parts(reading, grouped, added)
    checks += added
    yield
    checks += changes_apart(reading, grouped, [*checks, *twice], steps)
    yield
    apart = sentences(reading)
    amounts = amounts_by_sentence(reading, apart)
    fitting = plain_amounts(text, amounts)
    several = sum(map(len, amounts)) > 2
    if len(apart) > 1:
        checks += repeats_alone(text, apart, [*checks, *twice])
    if shared:
        told += shares_apart(text, apart, told)
        told += shares_near(text, amounts, fitting, told)
        checks += told[counted:]
    yield
    if several:
        checks += means_apart(text, apart, means_told)
        checks += parts_apart(text, apart, added)
        checks += summed_lists(text, amounts, fitting, [*checks, *twice])
        yield
    checks += parts_within(text, fitting, [*checks, *twice])
    if several:
        checks += parts_alone(reading, apart, [*checks, *twice])
    if in_periods:
        checks += rates_alone(reading, in_periods, [*checks, *twice])
    yield
    if weigh:
        left_out = doubted(reading, amounts, in_periods, checks, steps) if checks else ()
        if left_out:
            checks = [check for check in checks if check not in left_out]
        checks += yield from weighed(reading, amounts, in_periods, [*checks, *twice], steps)
    return checks

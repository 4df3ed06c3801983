"""Whether the figures of a running text are consistent: tests without sources and without a book.

Only figures that the words themselves connect are tested. If a text leaves open whether two figures belong
together, no result is given: a false alarm costs more than a miss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tallybook.consistency.ages import ages
from tallybook.consistency.averages import averages
from tallybook.consistency.changes import changes
from tallybook.consistency.changes_apart import changes_apart
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.counts import count_shares, grim, grim_percent, means
from tallybook.consistency.dates_in_text import dates
from tallybook.consistency.figures import START, sentences_of, told_of
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
from tallybook.consistency.shares import shares
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
    for start, paragraph in _paragraphs(reading):
        stop = start + len(paragraph.text)
        seen = [_moved(one, -start) for one in twice if _is_within(one, start, stop)]
        yield from (_moved(check, start) for check in _of_paragraph(paragraph, seen, weigh=weigh))


def _paragraphs(reading: Reading) -> Iterator[tuple[int, Reading]]:
    """Where each paragraph with a figure and another number begins, and its reading."""
    text, numbers = reading.text, [*reading, *reading.asides]
    if reading.asides:
        numbers.sort(key=START)
    begin = 0
    while begin < len(numbers):
        first, end = numbers[begin], begin + 1
        while (
            end < len(numbers)
            and text.find("\n", numbers[end - 1].sentence[1], numbers[end].sentence[0]) < 0
        ):
            end += 1
        if end - begin > 1 or first.low != first.high:
            start = text.rfind("\n", 0, first.sentence[0]) + 1
            stop = text.find("\n", numbers[end - 1].sentence[1])
            own = text[start : len(text) if stop < 0 else stop]
            some = numbers[begin:end]
            yield start, Reading(own, [m.moved(-start) for m in some] if start else some)
        begin = end


def _is_within(check: Check, start: int, stop: int) -> bool:
    """Whether some words of a check stand in a stretch of text."""
    return (check.start or 0) < stop and (check.end or 0) > start


def _moved(check: Check, offset: int) -> Check:
    if not offset or check.start is None or check.end is None:
        return check
    return replace(check, start=check.start + offset, end=check.end + offset)


def _of_paragraph(reading: Reading, twice: Sequence[Check], *, weigh: bool) -> list[Check]:
    """The tests of the figures of one paragraph. ``twice``: those of figures that are told again; ``weigh``:
    whether relations that no fixed words bind are weighed, and what is doubted is left out."""
    text, grouped, steps = reading.text, sentences_of(reading), Steps(reading.text)
    checks = list(unit_pairs(reading))
    told = list(count_shares(reading, "en"))
    told += shares(text, grouped, told)
    counted = len(told)
    checks += [*told, *means(reading), *whole_means(reading)]
    added = list(sums(reading))
    checks += [*percentages(reading), *changes(text, grouped)]
    means_told, in_periods = list(averages(text, grouped)), timed(reading)
    checks += [
        *multiples(text, grouped),
        *rates(reading, in_periods),
        *means_told,
        *ages(reading),
        *dates(reading),
    ]
    checks += records(reading, told_of(checks))
    added += parts(reading, grouped, added)
    checks += added
    checks += changes_apart(reading, grouped, [*checks, *twice], steps)
    apart = sentences(reading)
    checks += repeats_alone(text, apart, [*checks, *twice])
    checks += means_apart(text, apart, means_told)
    amounts = amounts_by_sentence(reading, apart)
    fitting = plain_amounts(text, amounts)
    told += shares_apart(text, apart, told)
    told += shares_near(text, amounts, fitting, told)
    checks += told[counted:]
    checks += parts_apart(text, apart, added)
    checks += summed_lists(text, amounts, fitting, [*checks, *twice])
    checks += parts_within(text, fitting, [*checks, *twice])
    checks += parts_alone(reading, apart, [*checks, *twice])
    checks += rates_alone(reading, in_periods, [*checks, *twice])
    if weigh:
        left_out = doubted(reading, amounts, in_periods, checks, steps)
        checks = [check for check in checks if check not in left_out]
        checks += weighed(reading, amounts, in_periods, [*checks, *twice], steps)
    return checks

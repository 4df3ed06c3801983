"""What in a sound book deserves a second look: mixed groups, numbers out of scale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tallybook.book import Book, Problem
from tallybook.book.yaml_lines import KeyPath
from tallybook.estimates.amount import Amount
from tallybook.estimates.claim_terms import ClaimTerms, claim_terms
from tallybook.estimates.estimate import stated_estimates
from tallybook.estimates.evidence import Evidence
from tallybook.prose import digits, listed, period, quoted, unit_words
from tallybook.quantity import DEFAULT_POLICY
from tallybook.terms import Kind, Status

HUNDREDFOLD = 100.0
FEWEST_OTHERS = 3


def doubts(evidence: Evidence) -> list[Problem]:
    """The warnings of a book, in reading order."""
    return sorted([*_mixed_groups(evidence), *_out_of_scale(evidence), *_too_early(evidence.book)])


def _too_early(book: Book) -> Iterator[Problem]:
    """Figures of a page that came out before the year in which, by its definition, the measure's one event
    was: its date is not compared, so that last year's fire would pass for this one's."""
    for source in book.sources.values():
        for i, statement in enumerate(source.statements):
            measure = book.measures[statement.measure]
            year = measure.happened_in
            if year is None or statement.status.alike is not Status.OBSERVED or source.dated is None:
                continue
            if source.dated.end.year < year:
                message = (
                    f"{quoted(statement.words)} is of a page of {period(source.dated)}, and the definition "
                    f"of '{measure.id}' names {year}, which had not begun. What happened once is compared "
                    "without a date: give the statement a measure of its own event, or correct 'published'."
                )
                yield book.problem(book.source_file(source.id), ("statements", i, "measure"), message)


def _mixed_groups(evidence: Evidence) -> Iterator[Problem]:
    """Groups, each one utterance, whose members are of several families."""
    book = evidence.book
    for i, group in enumerate(book.groups.values()):
        told = {
            family.id: f"{family.name} ({id_})"
            for id_ in reversed(group.statements)
            for family in [evidence.families[book.statements[id_].speaker_id]]
        }
        if len(told) > 1:
            message = (
                f"group '{group.id}' is one utterance, and its statements are of {len(told)} source groups: "
                f"{listed(list(reversed(told.values())))}. Part it by who speaks, or correct an 'origin'."
            )
            yield book.problem("sources/origins.yaml", ("groups", i, "statements"), message)


@dataclass(frozen=True, slots=True)
class _Number:
    """One number in its measure's unit, with the place of its record."""

    value: float
    words: str
    file: str
    path: KeyPath


def _out_of_scale(evidence: Evidence) -> Iterator[Problem]:
    """Numbers of at least a hundred times all others of their kind, or at most a hundredth of them."""
    for (measure, *_), numbers in _alike(evidence).items():
        if len(numbers) <= FEWEST_OTHERS:
            continue
        unit = evidence.book.measures[str(measure)].unit
        ordered = sorted(numbers, key=lambda number: number.value)
        for one, nearest, times in (
            (ordered[-1], ordered[-2], f"{HUNDREDFOLD:.0f} times or more all"),
            (ordered[0], ordered[1], "a hundredth or less of all"),
        ):
            low, high = sorted((one.value, nearest.value))
            if high >= HUNDREDFOLD * low:
                message = (
                    f"{quoted(one.words)} is {times} other numbers of '{measure}'; the nearest is "
                    f"{digits(nearest.value)} {unit_words(unit, nearest.value)} ({quoted(nearest.words)}). "
                    "Look at its words, unit and measure; where they are right, nothing is to be done."
                )
                yield evidence.book.problem(one.file, one.path, message)


def _alike(evidence: Evidence) -> dict[tuple[object, ...], list[_Number]]:
    """The numbers, none of them 0, by all that must be the same of two that are compared, but the time.

    A level has no true zero, so that no reading is a hundred times another.
    """
    book = evidence.book
    found: dict[tuple[object, ...], list[_Number]] = defaultdict(list)
    stated = stated_estimates(book)
    for source in book.sources.values():
        for i, statement in enumerate(source.statements):
            e = stated[statement.id]
            if e.amount is not None and (value := _value(e.amount)) and e.measure.kind is not Kind.LEVEL:
                number = _Number(value, e.words, book.source_file(source.id), ("statements", i))
                found[e.measure.id, e.scope, e.status.alike, e.part].append(number)
    for file, path, terms in _claims(book, evidence):
        value = 0.0 if terms.claim.base else _value(terms.amount)
        if value and terms.measure.kind is not Kind.LEVEL:
            number = _Number(value, terms.words, file, path)
            found[terms.measure.id, terms.scope, terms.status.alike, None].append(number)
    return found


def _claims(book: Book, evidence: Evidence) -> Iterator[tuple[str, KeyPath, ClaimTerms]]:
    for article in book.articles.values():
        terms = claim_terms(book, article, evidence.families)
        for i, claim in enumerate(article.claims):
            yield f"claims/{article.id}.yaml", ("claims", i), terms[claim.id]


def _value(amount: Amount) -> float:
    """How large its number is: of a range the middle; a fall is as large as a rise."""
    number = amount.under(DEFAULT_POLICY).number
    return abs(number.low + number.high) / 2

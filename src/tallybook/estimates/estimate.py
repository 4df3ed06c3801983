"""Estimates: the figures of the sources' statements, each in its measure's unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tallybook.book import Book, Figure, Measure, Origin, Period, Source, Statement, parse_period
from tallybook.book.periods import until
from tallybook.estimates.amount import Amount, amount_of
from tallybook.prose import quoted
from tallybook.terms import Kind, PeriodFrom, Status


@dataclass(frozen=True, eq=False)
class Estimate:
    """One statement as an estimate of a measure; or one derived from statements.

    ``amount``: None for a share of another figure and for a date, which give no number of the measure;
    ``why_no_amount`` says which. Of a derived estimate: ``formula``, ``inputs`` (ids of the estimates that it
    is computed from), ``assumptions``, and ``also``, the inputs besides its own statement.
    """

    id: str
    statement: Statement
    source: Source
    origin: Origin
    measure: Measure
    figure: Figure | None
    amount: Amount | None
    period: Period | None
    period_from: PeriodFrom
    scope: str | None
    why_no_amount: str | None = None
    formula: str | None = None
    inputs: tuple[str, ...] = ()
    status: Status = Status.OBSERVED
    part: str | None = None
    assumptions: tuple[str, ...] = ()
    also: tuple[Estimate, ...] = ()

    @property
    def words(self) -> str:
        """The words as the page prints them; for a figure from several statements of one page, of each."""
        here = [e.statement.words for e in self.also if e.source.id == self.source.id]
        return " … ".join(dict.fromkeys((self.statement.words, *here)))

    def made_of(self) -> Iterator[Estimate]:
        """Itself and everything that it is derived from, directly or through other estimates."""
        yield self
        for input_ in self.also:
            yield from input_.made_of()

    @property
    def derived(self) -> bool:
        return self.formula is not None

    @property
    def known_on(self) -> date | None:
        """The first day on which all of it could have been read, as far as that is known."""
        days = [self._published_on, *(e.known_on for e in self.also)]
        known = [day for day in days if day is not None]
        return max(known) if known else None

    @property
    def _published_on(self) -> date | None:
        if self.source.published:
            return self.source.published
        if self.statement.stated:
            return parse_period(self.statement.stated).start
        return self.period.start if self.period and self.period.start != date.min else None


def stated_estimates(book: Book) -> dict[str, Estimate]:
    """The estimates that statements give directly, by id; nothing is derived."""
    return {s.id: _estimate(book, s) for s in book.statements.values()}


def _estimate(book: Book, statement: Statement) -> Estimate:
    source, measure = book.source_of[statement.id], book.measures[statement.measure]
    figure = book.figure_of_statement[statement.id]
    amount, why = None, None
    if figure is None:
        why = "a date" if measure.kind is Kind.DATE else "dates, not a number"
    elif figure.share:
        of = quoted(book.statements[statement.base].words) if statement.base else "another figure"
        why = f"a share or change of {of}"
    else:
        amount = amount_of(figure)
    period, period_from = _period(statement, source)
    return Estimate(
        statement.id,
        statement,
        source,
        book.origins[statement.origin],
        measure,
        figure,
        amount,
        period,
        period_from,
        statement.scope or measure.own_scope,
        why,
        status=statement.status,
        part=statement.part,
    )


def _period(statement: Statement, source: Source) -> tuple[Period | None, PeriodFrom]:
    if statement.reference_period:
        return parse_period(statement.reference_period), PeriodFrom.STATED
    if statement.stated:
        return parse_period(statement.stated), PeriodFrom.SAID
    if source.published:
        return until(source.published), PeriodFrom.PUBLISHED
    return None, PeriodFrom.UNKNOWN

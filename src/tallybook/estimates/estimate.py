"""Estimates: the figures of the sources' statements, each in its measure's unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tallybook.book import Book, Figure, Measure, Origin, Period, Source, Statement, parse_period
from tallybook.book.periods import until
from tallybook.estimates.amount import Amount, amount_of
from tallybook.estimates.change_ends import ChangeEnds, ends_as_typed
from tallybook.estimates.counted_so_far import so_far
from tallybook.prose import quoted
from tallybook.terms import Kind, PeriodFrom, Status


@dataclass(frozen=True, eq=False)
class Estimate:
    """One statement as an estimate of a measure; or one derived from statements.

    ``amount``: None for a share of another figure and for a date, which give no number of the measure;
    ``why_no_amount`` says which. Of a derived estimate: ``formula``, ``inputs`` (ids of the estimates that it
    is computed from), ``assumptions``, and ``also``, the inputs besides its own statement; ``rule``: the name
    of the derivation ("total ÷ period"); ``sharp``: the same with the finer grain of two inputs of one origin
    and measure, for agreement alone. ``ends``: of a change, the two points of time that it lies between.
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
    rule: str | None = None
    sharp: Amount | None = None
    base_period: Period | None = None
    ends: ChangeEnds | None = None

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
    def out_by(self) -> date | None:
        """The day by which its statement certainly was out; None where that is not known."""
        if self.source.dated is not None:
            return self.source.dated.end
        # what was said on a day was out on that day, whatever the date of the page
        return parse_period(self.statement.stated).end if self.statement.stated else None


def stated_estimates(book: Book) -> dict[str, Estimate]:
    """The estimates that statements give directly, by id; nothing is derived."""
    return {s.id: _estimate(book, s) for s in book.statements.values()}


def by_measure(estimates: Iterable[Estimate]) -> dict[str, list[Estimate]]:
    """The estimates of each measure, in their order."""
    found: dict[str, list[Estimate]] = defaultdict(list)
    for estimate in estimates:
        found[estimate.measure.id].append(estimate)
    return dict(found)


def _estimate(book: Book, statement: Statement) -> Estimate:
    source, measure = book.source_of[statement.id], book.measures[statement.measure]
    figure = book.figure_of_statement[statement.id]
    amount, why = None, None
    if figure is None:
        why = "a date" if measure.kind is Kind.DATE else "dates, not a number"
    elif statement.base is not None:
        why = f"a share or change of {quoted(book.statements[statement.base].words)}"
    else:
        amount = amount_of(figure, measure)
    period, period_from = _period(statement, source, measure)
    base = parse_period(statement.base_period, measure.first_month) if statement.base_period else None
    typed = period if period_from is PeriodFrom.STATED else None
    return Estimate(
        statement.id,
        statement,
        source,
        book.origins[statement.speaker_id],
        measure,
        figure,
        amount,
        period,
        period_from,
        statement.scope or measure.own_scope,
        why,
        status=statement.status,
        part=statement.part,
        base_period=base,
        ends=ends_as_typed(measure, book.measures.get(measure.change_of or ""), typed, base),
    )


def _period(statement: Statement, source: Source, measure: Measure) -> tuple[Period | None, PeriodFrom]:
    """The time of a figure: as typed, else no later than the day it was said, else than its page."""
    if statement.reference_period:
        typed = parse_period(statement.reference_period, measure.first_month)
        days = [source.dated, parse_period(statement.stated) if statement.stated else None]
        told = min((day.end for day in days if day is not None), default=None)
        return so_far(typed, measure, statement.status, told) or typed, PeriodFrom.STATED
    if statement.stated:
        return until(parse_period(statement.stated).end), PeriodFrom.SAID
    if source.dated is not None:
        return until(source.dated.end), PeriodFrom.PUBLISHED
    return None, PeriodFrom.UNKNOWN

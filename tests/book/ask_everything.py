"""Every question that a person can ask of a book, without a file and without a browser."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from itertools import islice
from pathlib import Path

from tallybook import charts
from tallybook.book import Book
from tallybook.charts.chart import Chart
from tallybook.cli import case_output
from tallybook.exchange.export import FORMATS
from tallybook.exchange.outlet import Outlet
from tallybook.report.case_files import case_files
from tallybook.report.downloads import downloads
from tallybook.report.pages import Entry
from tallybook.tables.case import Case
from tallybook.tables.every_case import verdicts_told
from tallybook.tables.notebook import show
from tallybook.tables.opened import OpenBook
from tallybook.terms import AsOf

MOST_PAIRS = 12
"""Of one claim as many pairs are explained, and as many charts of a kind are drawn."""

METHOD = Entry("method.html", "Method")

Question = tuple[str, Callable[[], object]]


def questions(book: Book, folder: Path, *, drawn: bool) -> Iterator[Question]:
    """(what is asked, the question). ``folder``: for what is written; ``drawn``: the charts too."""
    opened = OpenBook(book)
    yield "the book as a page", opened._repr_html_
    for case in opened.values():
        for as_of in AsOf:
            yield from _judged(case, as_of, folder)
        yield from _tables(case)
        yield from _printed(case)
        if drawn:
            yield from _charts(case)
            yield "the case in the report", lambda case=case: case_files(case, [], None, [METHOD])


def _judged(case: Case, as_of: AsOf, folder: Path) -> Iterator[Question]:
    for name in ("verdicts", "compare", "matrix", "robustness", "fragile", "sensitivity"):
        yield (
            f"{name} {as_of}",
            lambda name=name: show(getattr(case, name)(as_of).reset_index(), name)._repr_html_(),
        )
    yield f"parquet {as_of}", lambda: case.to_parquet(folder / "pairs.parquet", as_of)
    for claim in [claim.id for claim in case.article.claims]:
        yield f"explain {claim} {as_of}", lambda claim=claim: case.explain(claim, as_of=as_of)
        for pair in case.comparison(as_of).pairs[claim]:
            id_ = pair.estimate.id
            yield f"explain {claim} {id_} {as_of}", lambda c=claim, e=id_: case.explain(c, e, as_of=as_of)


def _tables(case: Case) -> Iterator[Question]:
    for name in ("figures", "zones", "independence", "set_aside", "estimates", "sources", "origins", "drift",
                 "drift_summary", "slips", "checks", "policy_table"):  # fmt: skip
        yield name, lambda name=name: show(getattr(case, name)(), name)._repr_html_()
    yield "downloads", lambda: downloads(case)
    for name, made in FORMATS.items():
        yield f"export {name}", lambda made=made: list(made.files(case, Outlet()))
    yield "answer", lambda: (case.answer, case._repr_html_())
    yield "without grouping", lambda: case.without_grouping().verdicts()


def _printed(case: Case) -> Iterator[Question]:
    def printed(command: Callable[[], None]) -> Callable[[], str]:
        def run() -> str:
            with redirect_stdout(io.StringIO()) as out:
                command()
            return out.getvalue()

        return run

    every = case_output.only([], [])
    for as_of in AsOf:
        yield (
            f"print verdicts {as_of}",
            printed(lambda a=as_of: case_output.print_verdicts(verdicts_told(case, a), a)),
        )
        yield f"print pairs {as_of}", printed(lambda a=as_of: case_output.print_pairs(case, a, every))
        yield (
            f"print robustness {as_of}",
            printed(lambda a=as_of: case_output.print_robustness(case, a, every=True)),
        )
    for claim in [claim.id for claim in case.article.claims]:
        yield (
            f"print {claim}",
            printed(lambda c=claim: case_output.print_explanation(case, c, None, AsOf.TODAY)),
        )
    yield "print drift", printed(lambda: case_output.print_drift(case, None))
    for group in case.drifts():
        yield f"print drift {group.id}", printed(lambda g=group.id: case_output.print_drift(case, g))
    figures = len(case.article.claims)
    yield "print checks", printed(lambda: case_output.print_checks(case.checks(), figures=figures))


def _charts(case: Case) -> Iterator[Question]:
    def drawn(chart: Callable[[], Chart]) -> Callable[[], object]:
        return lambda: (made := chart(), made._repr_html_(), made._repr_mimebundle_())

    for as_of in AsOf:
        yield f"matrix {as_of}", drawn(lambda a=as_of: charts.matrix(case, as_of=a))
        yield f"dumbbell {as_of}", drawn(lambda a=as_of: charts.dumbbell(case, as_of=a))
    yield "sensitivity", drawn(lambda: charts.sensitivity(case))
    for claim in islice([claim.id for claim in case.article.claims], MOST_PAIRS):
        yield f"intervals {claim}", drawn(lambda c=claim: charts.intervals(case, claim=c))
        yield f"interval table {claim}", lambda c=claim: charts.interval_table(case, c)
    for measure in dict.fromkeys(claim.measure for claim in case.article.claims):
        yield f"intervals of {measure}", drawn(lambda m=measure: charts.intervals(case, measure=m))
    for measure in case.measures:
        yield f"timeline {measure}", drawn(lambda m=measure: charts.timeline(case, measure=m))
    for group in islice(case.drifts(), MOST_PAIRS):
        yield f"drift {group.id}", drawn(lambda g=group.id: charts.drift(case, g))

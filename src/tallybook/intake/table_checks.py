"""The tables of a book asked again: does each query still give what its statement says?

A table that changed is told with what became of its statements. Another result is a problem; the same result
from a changed table is a warning, until somebody has looked at it and taken the new digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tallybook.book import Book, Statement
from tallybook.book.problems import BookError, Problem
from tallybook.book.records import Query, Source, Table
from tallybook.intake.table_query import Answer, Asked, ask
from tallybook.prose import counted, in_full

_CLOSE = 1e-9
_AGAIN = "tallybook source table {} --again"


@dataclass
class TablesChecked:
    """``again``: how many queries gave the same again. ``unread``: queries that could not be run here."""

    again: int = 0
    unread: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def line(self) -> str | None:
        """ "12 queries on tables were run again"; None where the book has none."""
        if not self.again and not self.unread:
            return None
        told = f"{counted(self.again, 'query')} on tables gave the same again"
        return f"{told}; {self.unread} could not be run" if self.unread else told


def check_tables(book: Book) -> TablesChecked:
    """Every query of the book, one process a table."""
    checked = TablesChecked()
    for source in book.sources.values():
        if source.table is not None:
            _check(book, source, source.table, checked)
    return checked


def computed(source: Source) -> list[tuple[int, Statement, Query]]:
    """The statements of a source that a query gave, with their places in its file."""
    return [(k, one, one.query) for k, one in enumerate(source.statements) if one.query is not None]


def asked_again(book: Book, source: Source, table: Table) -> Asked:
    """BookError where the table cannot be read, or leads out of the project's folder."""
    file = book.root / table.file
    root = book.root.resolve()
    if not file.resolve().is_relative_to(root):
        raise BookError([Problem(table.file, 1, "leads out of the project's folder. Copy the table here.")])
    if not file.is_file():
        raise BookError([Problem(table.file, 1, "is missing, or no file. Put the table there.")])
    queries = [query.sql for _, _, query in computed(source)]
    return ask(file, queries, sheet=table.sheet, header=table.header)


def _check(book: Book, source: Source, table: Table, checked: TablesChecked) -> None:
    name = book.source_file(source.id)
    try:
        asked = asked_again(book, source, table)
    except BookError as error:
        message = error.problems[0].message
        problem = book.problem(name, ("table", "file"), f"{table.file} {message}")
        if "pip install" in message:
            checked.unread += len(computed(source))
            checked.warnings.append(problem)
        else:
            checked.problems.append(problem)
        return
    changed = asked.sha256 != table.sha256
    same_rows = 0
    wrong = list(_wrong(book, name, source, asked))
    for (_, _, query), answer in zip(computed(source), asked.answers, strict=True):
        same_rows += answer.rows_sha256 == query.rows_sha256
    checked.problems += wrong
    checked.again += len(asked.answers) - len(wrong)
    if changed and not wrong:
        kept = counted(len(asked.answers), "query")
        rows = "from the same rows" if same_rows == len(asked.answers) else "from rows that changed"
        message = (
            f"{table.file} changed since it was looked at; {kept} gave the same again, {rows}. "
            f"Look at it, and take it: {_AGAIN.format(table.file)}"
        )
        checked.warnings.append(book.problem(name, ("table", "sha256"), message))


def _wrong(book: Book, name: str, source: Source, asked: Asked) -> Iterator[Problem]:
    """A problem for each query that gives something else, or nothing."""
    changed = source.table is not None and asked.sha256 != source.table.sha256
    why = "The table changed" if changed else "The query or its value was changed by hand"
    again = _AGAIN.format(source.table.file if source.table else "FILE")
    for (k, statement, query), answer in zip(computed(source), asked.answers, strict=True):
        path = ("statements", k, "query", "value")
        if answer.error is not None:
            yield book.problem(name, ("statements", k, "query", "sql"), f"the query {answer.error}")
        elif not same(query.value, answer):
            message = (
                f"the query of '{statement.id}' now gives {in_full(answer.value)}, not "
                f"{in_full(query.value)}. {why}. Look at it, and compute it again: {again}"
            )
            yield book.problem(name, path, message)
        elif not changed and (answer.rows, answer.rows_sha256) != (query.rows, query.rows_sha256):
            message = f"the query of '{statement.id}' takes in other rows than are written. {why}."
            yield book.problem(name, ("statements", k, "query", "rows_sha256"), message)


def same(value: float, answer: Answer) -> bool:
    return abs(value - answer.value) <= _CLOSE * max(1.0, abs(value))

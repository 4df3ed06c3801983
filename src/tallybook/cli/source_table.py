"""The command that computes a statement from a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import Project, one_of, project_root, refuse
from tallybook.cli.streams import printable, tell
from tallybook.terms import Status, Tier

if TYPE_CHECKING:
    from tallybook.book import Book

_MOST_COLUMNS = 60


def table(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table: CSV, Parquet or Excel.")],
    sql: Annotated[
        str | None, typer.Option("--sql", help="One SELECT from the table, which is named data: one number.")
    ] = None,
    measure: Annotated[str | None, typer.Option("--measure", help="Measure of the number.")] = None,
    origin: Annotated[str | None, typer.Option("--origin", help="Who produced the table.")] = None,
    period: Annotated[str | None, typer.Option("--period", help="What it refers to: 2024-11, 2024.")] = None,
    base_period: Annotated[
        str | None, typer.Option("--base-period", help="Of a change: what it is measured against.")
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", help=f"One of: {', '.join(Status)}.", metavar="WORD")
    ] = None,
    scope: Annotated[str | None, typer.Option("--scope", help="A scope of the measure.")] = None,
    statement_id: Annotated[str | None, typer.Option("--id", help="Id of the statement.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Id of the source. Default: by FILE.")
    ] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", help="Of a new source: who it is of.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Of a new source: title of the table.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Of a new source: its address.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="Of a new source, its day: 2025-12-15, or 2025-12.")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", help=f"Of a new source, one of: {', '.join(Tier)}.", metavar="WORD")
    ] = "primary",
    sheet: Annotated[str | None, typer.Option("--sheet", help="Sheet of a spreadsheet with several.")] = None,
    header: Annotated[
        int | None, typer.Option("--header", min=1, max=1000, help="Row that has the names. Default: 1.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Compute its statements again, after the table changed.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write what is shown.")] = False,
    project: Project = None,
) -> None:
    """Compute a statement from a table.

    Without --sql its columns are listed. With it, what the query gives and the rows that it took in are
    shown, and with --measure and --origin the statement; --write writes it, and keeps the table in
    sources/tables/ where it is not in the project. "tallybook check" runs every query again. The query sees
    the table alone: no other file, no network, no extension, and 8 seconds.
    Exit code 1: the table cannot be read, the query refused, or the statement is not sound.
    """
    from tallybook.book.load import load_book

    if again:
        if sql is not None:
            refuse("--again computes the statements that the book has; --sql makes a new one.")
        _compute_again(load_book(project_root(project)), file, write)
        return
    if sql is None or measure is None or origin is None:
        if write:
            refuse("--write needs --sql, --measure and --origin: what the table cannot tell.")
        _look(file, sql, sheet, header)
        return
    one_of("--kind", kind, list(Tier))
    if status is not None:
        one_of("--status", status, list(Status))
    from datetime import date

    from tallybook.intake.table_statement import NewSource, Wanted, is_sql, lines_of, made_of
    from tallybook.intake.table_statement import write as write_made

    is_sql(sql)
    book = load_book(project_root(project))
    more = {name: value for name, value in (("status", status), ("scope", scope)) if value is not None}
    wanted = Wanted(sql, measure, origin, statement_id, period, base_period, more)
    new = NewSource(publisher, title, url, published, "en", kind, date.today().isoformat())
    made = made_of(book, file, wanted, new, source=source, sheet=sheet, header=header)
    tell(f"{made.answer.rows:,} rows: {made.answer.which}")
    for line in lines_of(made.statement).splitlines():
        tell(f"  {_kept(line)}")
    if not write:
        tell(f"not written: --write adds it to {made.name}")
        return
    write_made(book, made)
    if made.copied_from is not None:
        tell(f"kept {made.table}")
    tell(f"written: {made.name}")


def _look(file: Path, sql: str | None, sheet: str | None, header: int | None) -> None:
    """The columns of a table, or what a query gives."""
    from tallybook.book.problems import BookError, Problem
    from tallybook.intake.table_query import ask
    from tallybook.prose import counted, in_full

    if not file.is_file():
        raise BookError([Problem(str(file), 1, "is no file. Name a table: CSV, Parquet or Excel.")])
    asked = ask(file, [sql] if sql is not None else [], sheet=sheet, header=header or 1)
    if sql is None:
        tell(f"{counted(asked.rows, 'row')}, {counted(len(asked.columns), 'column')}; in a query: FROM data")
        for name, type_, example in asked.columns[:_MOST_COLUMNS]:
            tell(f"  {printable(name)}: {type_}{f', as {printable(example)}' if example else ''}")
        if len(asked.columns) > _MOST_COLUMNS:
            tell(f"  and {len(asked.columns) - _MOST_COLUMNS:,} more")
        return
    (answer,) = asked.answers
    if answer.error is not None:
        raise BookError([Problem(file.name, 1, f"the query {printable(answer.error)}")])
    tell(f"{in_full(answer.value)} from {counted(answer.rows, 'row')}: {answer.which}")
    tell("no statement yet: --measure and --origin say what it is and whose")


def _compute_again(book: Book, file: Path, write: bool) -> None:
    from tallybook.intake.table_again import ComputedAgain

    anew = ComputedAgain(book, file)
    if not anew.difference:
        tell("Nothing changed.")
        return
    for line in anew.difference:
        tell(line[:1] + _kept(line[1:]))
    if write:
        anew.write()
        tell("written")
    else:
        tell("not written: --write writes it")


def _kept(line: str) -> str:
    """A line with its indentation."""
    bare = line.lstrip(" ")
    return " " * (len(line) - len(bare)) + printable(bare)

"""A table as a source, in a notebook: its columns, what a query gives, and the statement made of that."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tallybook.book import Book
from tallybook.book.problems import BookError, Problem, quoted_value
from tallybook.intake.table_query import Answer, ask
from tallybook.intake.table_statement import NewSource, Wanted, is_sql, made_of, write
from tallybook.terms import Status, Tier

if TYPE_CHECKING:
    import pandas as pd

COLUMNS, ANSWER, STATEMENT = ("column", "type", "example"), ("value", "rows", "which"), ("field", "says")


def source_table(
    book: Book, file: Path, sql: str | None, write_it: bool, given: dict[str, str]
) -> pd.DataFrame:
    """The columns of a table; with ``sql`` what it gives; with a measure and an origin the statement.

    ``given``: what the command ``source table`` takes as options, by their names. BookError where the table
    cannot be read, the query is refused, or the statement is not sound; nothing is written then.
    """
    import pandas as pd

    _refuse_unknown(given)
    if not file.is_file():
        raise BookError([Problem(str(file), 1, "is no file. Name a table: CSV, Parquet or Excel.")])
    sheet, header = given.get("sheet"), int(given["header"]) if "header" in given else None
    whole = sql is not None and "measure" in given and "origin" in given
    if write_it and not whole:
        message = "a statement needs sql, measure and origin: what the table cannot tell."
        raise BookError([Problem(file.name, 1, message)])
    if sql is None:
        asked = ask(file, [], sheet=sheet, header=header or 1)
        return pd.DataFrame(asked.columns, columns=list(COLUMNS))
    is_sql(sql)
    if not whole:
        (answer,) = ask(file, [sql], sheet=sheet, header=header or 1).answers
        return pd.DataFrame([_row(file, answer)], columns=list(ANSWER))
    more: dict[str, str] = {name: given[name] for name in ("status", "scope") if name in given}
    wanted = Wanted(
        sql, given["measure"], given["origin"], given.get("id"), given.get("period"),
        given.get("base_period"), more,
    )  # fmt: skip
    new = NewSource(
        given.get("publisher"), given.get("title"), given.get("url"), given.get("published"), "en",
        given.get("kind", str(Tier.PRIMARY)), date.today().isoformat(),
    )  # fmt: skip
    made = made_of(book, file, wanted, new, source=given.get("source"), sheet=sheet, header=header)
    if write_it:
        write(book, made)
    rows = [(key, str(value)) for key, value in _flat(made.statement)]
    rows.append(("file", made.name if write_it else "not written: write=True writes it"))
    return pd.DataFrame(rows, columns=list(STATEMENT))


_OPTIONS = (
    "measure", "origin", "period", "base_period", "status", "scope", "id", "source", "publisher", "title",
    "url", "published", "kind", "sheet", "header",
)  # fmt: skip
_WORDS = {"status": [str(one) for one in Status], "kind": [str(one) for one in Tier]}


def _refuse_unknown(given: dict[str, str]) -> None:
    problems = [
        Problem("a table", 1, f"{quoted_value(name)} is nothing that is asked. Known: {', '.join(_OPTIONS)}.")
        for name in given
        if name not in _OPTIONS
    ]
    problems += [
        Problem("a table", 1, f"{name} {quoted_value(given[name])} is none of {', '.join(words)}.")
        for name, words in _WORDS.items()
        if name in given and given[name] not in words
    ]
    if problems:
        raise BookError(problems)


def _row(file: Path, answer: Answer) -> tuple[float, int, str]:
    if answer.error is not None:
        raise BookError([Problem(file.name, 1, f"the query {answer.error}")])
    return answer.value, answer.rows, answer.which


def _flat(statement: dict[str, object]) -> list[tuple[str, object]]:
    """The fields of a statement, those of its query beside the others."""
    found: list[tuple[str, object]] = []
    for key, value in statement.items():
        found += _flat(value) if isinstance(value, dict) else [(key, value)]
    return found

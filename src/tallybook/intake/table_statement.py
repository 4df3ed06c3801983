"""A statement computed from a table: its words, its query, and the lines of the source's file."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tallybook.book import Book
from tallybook.book.figures import NoFigure, read_figure
from tallybook.book.problems import BookError, Problem, quoted_value, require_name
from tallybook.book.records import Measure, Query, Source, Statement
from tallybook.book.text_files import replacing
from tallybook.book.units import FRACTION, unit_parts
from tallybook.intake.match_decisions import read_file, written_together
from tallybook.intake.table_query import Answer, Asked, ask
from tallybook.intake.yaml_additions import with_item
from tallybook.prose import in_full, per_words, unit_words

_FEWEST_PLACES, _SIGNIFICANT = 2, 6
_WIDTH = 1 << 20
_FOLDER = "sources/tables"
_ID, _NO_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}"), re.compile(r"[^a-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class NewSource:
    """What is said of a table that the book does not have yet. ``read_on``: the day it is taken."""

    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    language: str = "en"
    kind: str = "primary"
    read_on: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of the figure: everything that the table cannot tell."""

    sql: str
    measure: str
    origin: str
    id: str | None = None
    period: str | None = None
    base_period: str | None = None
    more: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """``file``: of the source; ``name``: the same, relative to the project; ``before``: None where there is
    none yet; ``table``: where the table is kept below the project's folder; ``copied_from``: where it is
    copied from, None where it is there already."""

    statement: dict[str, Any]
    answer: Answer
    file: Path
    name: str
    before: str | None
    after: str
    table: str
    copied_from: Path | None


def printed(value: float) -> float:
    """A computed number with as many digits as a statement has: whole ones, six that count, or two places."""
    if value == int(value):
        return value
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return round(value, max(_FEWEST_PLACES, _SIGNIFICANT - whole))


def words_of_value(value: float, measure: Measure) -> str:
    """What a statement says of a number in its measure's unit: "1,240 teachers", "6.4%", "fell by 3%"."""
    top, per = unit_parts(measure.unit)
    shown = printed(100 * value if top == FRACTION else value)
    if top in (FRACTION, "percent"):
        rest = f"% {per_words(per or '')}".rstrip()
    elif not top[-1].isalpha() or not top[0].isalpha():
        rest = f" {top} {per_words(per or '')}".rstrip()  # a sign, such as °C
    else:
        rest = f" {unit_words(measure.unit, abs(shown))}"
    if not measure.kind.signed:
        return f"{in_full(shown)}{rest}".replace("−", "-")
    return f"{'fell' if shown < 0 else 'rose'} by {in_full(abs(shown))}{rest}"


def statement_of(wanted: Wanted, answer: Answer, measure: Measure, id_: str) -> dict[str, Any]:
    """The entry of a statement. Where no words are read as its number, that is recorded beside them."""
    made: dict[str, Any] = {
        "id": id_,
        "measure": measure.id,
        "words": words_of_value(answer.value, measure),
        "origin": wanted.origin,
        "query": query_of(wanted.sql, answer),
    }
    for key, value in (("reference_period", wanted.period), ("base_period", wanted.base_period)):
        if value is not None:
            made[key] = value
    made |= wanted.more
    if not _is_read(made, measure, answer.value):
        unit, per = unit_parts(measure.unit)
        recorded: dict[str, Any] = {"low": printed(answer.value), "high": printed(answer.value), "unit": unit}
        if per is not None:
            recorded["per"] = per
        made["recorded"] = recorded | {"because": "computed from the table by its query"}
    return made


def query_of(sql: str, answer: Answer) -> dict[str, Any]:
    return {"sql": sql, "value": answer.value, "rows": answer.rows, "which": answer.which,
            "rows_sha256": answer.rows_sha256}  # fmt: skip


def _is_read(made: dict[str, Any], measure: Measure, value: float) -> bool:
    try:
        record = Statement.model_construct(**{**made, "query": None, "recorded": None})
        figure = read_figure(record, measure, "en")
    except NoFigure:
        return False
    if figure is None or figure.quantity.low != figure.quantity.high:
        return False
    sign = -1.0 if figure.trend == "down" else 1.0
    number = sign * figure.quantity.low * figure.scale + figure.offset
    share = unit_parts(measure.unit)[0] == FRACTION
    shown = printed(100 * value) / 100 if share else printed(value)
    return abs(number - shown) <= 1e-9 * max(1.0, abs(shown))


def made_of(
    book: Book,
    file: Path,
    wanted: Wanted,
    new: NewSource,
    *,
    source: str | None = None,
    sheet: str | None = None,
    header: int | None = None,
) -> Made:
    """The statement that a table gives, and the file that it goes to. BookError, UnknownName: why not."""
    require_name("measure", wanted.measure, book.measures)
    require_name("origin", wanted.origin, book.origins)
    id_ = _source_id(source, file)
    known = book.sources.get(id_)
    kept, copied_from = _place(book, file)
    if known is not None:
        sheet, header = _as_known(book, known, kept, sheet, header)
    asked = ask(file, [wanted.sql], sheet=sheet, header=header or 1)
    (answer,) = asked.answers
    if answer.error is not None:
        raise BookError([Problem(file.name, 1, f"the query {answer.error}")])
    if known is not None and known.table is not None and known.table.sha256 != asked.sha256:
        message = f"{kept} changed since the book was made. Compute its statements again first (--again)."
        raise BookError([Problem(book.source_file(id_), 1, message)])
    measure = book.measures[wanted.measure]
    made = statement_of(wanted, answer, measure, wanted.id or _free(book, id_))
    name = book.source_file(id_)
    path = book.root / name
    if known is None:
        before, table = None, _table(kept, asked, sheet, header)
        after = _yaml(dict(_head(id_, new, table)) | {"statements": [made]})
    else:
        before = read_file(path)
        after = with_item(before, "statements", made)
    return Made(made, answer, path, name, before, after, kept, copied_from)


def _source_id(given: str | None, file: Path) -> str:
    """It names a file of the book, so that it may hold nothing but the letters of an id."""
    id_ = given if given is not None else _NO_ID.sub("-", file.stem.lower()).strip("-_")[:80]
    if not _ID.fullmatch(id_):
        message = f"{quoted_value(id_)} is no id: a-z, 0-9, - and _. Name the source (--source ID)."
        raise BookError([Problem(file.name, 1, message)])
    return id_


def _as_known(
    book: Book, source: Source, kept: str, sheet: str | None, header: int | None
) -> tuple[str | None, int | None]:
    """Sheet and header row of a table that the book has already. BookError where the source has another."""
    table, wrong = source.table, None
    if table is None:
        wrong = "is a page without a table."
    elif table.file != kept:
        wrong = f"has another table: {table.file}."
    elif sheet not in (None, table.sheet) or header not in (None, table.header):
        wrong = "has its table by another sheet or header row."
    if table is None or wrong is not None:
        message = f"{wrong} Name another source (--source)."
        raise BookError([Problem(book.source_file(source.id), 1, message)])
    return table.sheet, table.header


def _table(kept: str, asked: Asked, sheet: str | None, header: int | None) -> dict[str, Any]:
    found: dict[str, Any] = {"file": kept, "sha256": asked.sha256}
    if sheet is not None:
        found["sheet"] = sheet
    if header not in (None, 1):
        found["header"] = header
    return found


def _head(id_: str, new: NewSource, table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if new.publisher is None:
        message = "is no source yet. Say who publishes the table: --publisher NAME."
        raise BookError([Problem(f"sources/{id_}.yaml", 1, message)])
    yield "id", id_
    for key in ("publisher", "title", "url", "published", "read_on", "language", "kind"):
        if getattr(new, key) is not None:
            yield key, getattr(new, key)
    yield "table", table


def _free(book: Book, source: str) -> str:
    return next(id_ for n in range(1, 100_000) if (id_ := f"{source[:70]}-t{n}") not in book.statements)


def _place(book: Book, file: Path) -> tuple[str, Path | None]:
    """Where the table is kept: where it is, if that is below the project's folder, else in sources/tables."""
    path = file.resolve()
    if not path.is_file():
        raise BookError([Problem(str(file), 1, "is no file. Name a table: CSV, Parquet or Excel.")])
    root = book.root.resolve()
    if path.is_relative_to(root) and not path.relative_to(root).as_posix().startswith("."):
        return path.relative_to(root).as_posix(), None
    kept = f"{_FOLDER}/{file.name}"
    there = root / kept
    if there.exists() and _digest(there) != _digest(path):
        message = "has other content than the file of this name that is given. Give that one another name."
        raise BookError([Problem(kept, 1, message)])
    return kept, None if there.exists() else path


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(book: Book, made: Made) -> None:
    """The table and the file of its source. BookError where the book would not be sound; nothing is left."""
    kept = book.root / made.table
    if made.copied_from is not None:
        with replacing(kept) as beside:
            shutil.copyfile(made.copied_from, beside)
    try:
        before = {} if made.before is None else {made.file: made.before}
        if made.before is None and made.file.exists():
            raise BookError([Problem(made.name, 1, "was added just now. Start again.")])
        written_together(book.root, before, {made.file: made.after})
    except BaseException:
        if made.copied_from is not None:
            kept.unlink(missing_ok=True)
        raise


def lines_of(statement: dict[str, Any]) -> str:
    """A statement as it stands in its file."""
    return _yaml([statement])


def _yaml(data: Any) -> str:
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text


def is_sql(sql: str) -> None:
    """BookError where it is longer than a query may be."""
    try:
        Query(sql=sql, value=0.0, rows=1, which="1", rows_sha256="0" * 64)
    except ValidationError as error:
        raise BookError([Problem("--sql", 1, error.errors()[0]["msg"])]) from None

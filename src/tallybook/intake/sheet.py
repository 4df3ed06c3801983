"""The claims of a case as a spreadsheet, a row a figure, and back again.

The id, the words and the reading are locked: a reading comes from the words, so an edited number is refused
and nothing of the sheet is taken. Text is written as text: no cell is ever a formula or a link.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from tallybook.book import Article, Book
from tallybook.book.problems import BookError, Problem, nearest, quoted_value
from tallybook.book.records import FigureOfArticle
from tallybook.book.text_files import replacing
from tallybook.intake.case_file import files_of
from tallybook.intake.case_lines import measure_of, reading_of
from tallybook.intake.extras import extra

LOCKED = ("id", "words", "reading", "paragraph")
OPEN = ("keep", "measure", "said by", "status", "period", "sources", "note")
_WIDTHS = {"words": 48, "reading": 28, "measure": 28, "said by": 28, "sources": 28, "note": 40}
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
          "in_memory": True}  # fmt: skip
_NO_MOMENT = datetime(2000, 1, 1)
"""The same claims give the same file, whenever it is made."""
_KEEP = {"y": "yes", "yes": "yes", "n": "no", "no": "no", "": "", "later": "", "l": ""}
_HELP = (
    "keep: yes (looked at and right), no (no claim: set aside), empty (later). The grey columns are locked: "
    "the reading comes from the words. Sources: ids of pages, with commas. Then: tallybook sheet {} --take"
)
LARGEST = 5_000_000
LARGEST_UNPACKED = 100_000_000
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that says something else than the book."""

    id: str
    field: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.id}: {self.field}: {self.before or '(empty)'} → {self.after or '(empty)'}"


def sheet_name(id_: str) -> str:
    return f"claims/{id_}.xlsx"


def write_sheet(root: Path, id_: str, book: Book | None = None) -> str:
    """Write ``claims/<id>.xlsx``; returns its name. BookError without the package for it."""
    xlsxwriter = extra("xlsxwriter", "intake", "writing a spreadsheet")
    from tallybook.book.load import book_of

    book = book or book_of(files_of(root), root)
    article, name = book.articles[id_], sheet_name(id_)
    written = BytesIO()
    with xlsxwriter.Workbook(written, _PLAIN) as workbook:
        workbook.set_properties({"created": _NO_MOMENT})
        _fill(workbook, id_, [_row(claim, article.language) for claim in article.figures], book)
    try:
        with replacing(root / name) as beside:
            beside.write_bytes(written.getvalue())  # the package names an error of the disk by one of its own
    except OSError as error:
        raise BookError([Problem(name, 1, f"cannot be written: {error.strerror}.")]) from None
    return name


def _fill(workbook: Any, id_: str, rows: Sequence[dict[str, str]], book: Book) -> None:
    locked = workbook.add_format(
        {"bg_color": "#EEEEEE", "text_wrap": True, "valign": "top", "num_format": "@"}
    )
    free = workbook.add_format({"locked": False, "text_wrap": True, "valign": "top", "num_format": "@"})
    head = workbook.add_format({"bold": True, "bg_color": "#EEEEEE"})
    sheet = workbook.add_worksheet("claims")
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    sheet.freeze_panes(1, 2)
    for column, name in enumerate((*LOCKED, *OPEN)):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, _WIDTHS.get(name, 14))
        for line, row in enumerate(rows, 1):
            sheet.write_string(line, column, row[name], locked if name in LOCKED else free)
    sheet.data_validation(1, 4, max(1, len(rows)), 4, {"validate": "list", "source": ["yes", "no"]})
    _list_measures(workbook, head, book)
    last = max(1, len(rows))
    measure = len(LOCKED) + OPEN.index("measure")
    chosen = {
        "validate": "list",
        "source": f"=measures!$A$2:$A${len(book.measures) + 1}",
        "ignore_blank": True,
    }
    sheet.data_validation(1, measure, last, measure, {**chosen, "error_type": "warning"})
    about = workbook.add_worksheet("how to")
    about.set_column(0, 0, 110)
    about.write_string(0, 0, _HELP.format(id_), workbook.add_format({"text_wrap": True}))


def _list_measures(workbook: Any, head: Any, book: Book) -> None:
    """What there is to choose from, on a sheet of its own; nothing of it is taken back."""
    sheet = workbook.add_worksheet("measures")
    sheet.protect("")
    text = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for column, (name, width) in enumerate({"id": 36, "unit": 18, "kind": 12, "definition": 90}.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for line, measure in enumerate(book.measures.values(), 1):
        told = (measure.id, measure.unit, str(measure.kind), measure.definition)
        for column, words in enumerate(told):
            sheet.write_string(line, column, words, text)


def _row(claim: FigureOfArticle, language: str) -> dict[str, str]:
    return {
        "id": claim.id,
        "words": claim.anchor.exact,
        "reading": reading_of(claim, language),
        "paragraph": str(claim.anchor.paragraph),
        "keep": "" if claim.guessed else "yes",
        "measure": measure_of(claim),
        "said by": claim.attributed_to or "",
        "status": str(claim.status),
        "period": claim.reference_period or "",
        "sources": ", ".join(claim.cites),
        "note": claim.remark or "",
    }


def differences(root: Path, article: Article, book: Book, name: str | None = None) -> list[Difference]:
    """What a sheet says otherwise than the case. BookError, with every row that is wrong, where a locked cell
    was edited, a row has no claim, or a word is not one that can stand there."""
    name = name or sheet_name(article.id)
    known = {claim.id: _row(claim, article.language) for claim in article.figures}
    problems: list[Problem] = []
    found: list[Difference] = []
    seen: set[str] = set()
    for line, row in _rows(root, name):
        id_ = row["id"]
        if id_ not in known or id_ in seen:
            why = "is here twice" if id_ in seen else "is no claim of this case; ids are locked"
            problems.append(Problem(name, line, f"{quoted_value(id_)} {why}."))
            continue
        seen.add(id_)
        for field in LOCKED[1:]:
            if _plain(row[field]) != _plain(known[id_][field]):
                message = (
                    f"'{field}' of {quoted_value(id_)} was edited: {quoted_value(row[field])} instead of "
                    f"{quoted_value(known[id_][field])}. It is locked, since readings come from the words."
                )
                problems.append(Problem(name, line, message))
        if row["measure"].strip() not in ("", *book.measures):
            told = f"measure {quoted_value(row['measure'])} of {quoted_value(id_)} is not in the book."
            near = nearest(row["measure"], book.measures)
            message = f"{told}{near} A new one is made in: tallybook review {article.id}"
            problems.append(Problem(name, line, message))
        row["keep"] = _kept(row["keep"], known[id_]["keep"], name, line, problems)
        found += [
            Difference(id_, field, known[id_][field], row[field])
            for field in OPEN
            if _plain(row[field]) != _plain(known[id_][field])
        ]
    if problems:
        raise BookError(problems)
    return found


def _kept(word: str, before: str, name: str, line: int, problems: list[Problem]) -> str:
    plain = word.strip().lower()
    if plain not in _KEEP:
        problems.append(
            Problem(name, line, f"'keep' is {quoted_value(word)}; write yes, no, or leave it empty.")
        )
        return before
    return _KEEP[plain]


def _rows(root: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of the first sheet as text, with its number."""
    calamine = extra("python_calamine", "intake", "reading a spreadsheet")
    path = root / name
    if not path.resolve().is_relative_to(root.resolve()):
        raise BookError([Problem(name, 1, "leads out of the project's folder. Copy the file here.")])
    try:
        size = path.stat().st_size
    except OSError as error:
        raise BookError(
            [Problem(name, 1, f"cannot be read: {error.strerror}. Write it by: tallybook sheet ID")]
        ) from None
    if size > LARGEST:
        raise BookError([Problem(name, 1, f"has {size:,} bytes; at most {LARGEST:,} are read.")])
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise BookError([Problem(name, 1, f"unpacks to {unpacked:,} bytes; that is no sheet of claims.")])
        sheet = calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        table = sheet.to_python(nrows=MOST_ROWS + 1)
    except BookError:
        raise
    except Exception:
        raise BookError([Problem(name, 1, "is no spreadsheet that can be read. Save it as .xlsx.")]) from None
    head = [_text(cell).strip().lower() for cell in table[0]] if table else []
    missing = [column for column in (*LOCKED, *OPEN) if column not in head]
    if missing:
        raise BookError([Problem(name, 1, f"lacks the column {', '.join(map(repr, missing))}.")])
    places = {column: head.index(column) for column in (*LOCKED, *OPEN)}
    for line, cells in enumerate(table[1:], 2):
        row = {column: _text(cells[at]) if at < len(cells) else "" for column, at in places.items()}
        if any(value.strip() for value in row.values()):
            yield line, row


def _text(cell: Any) -> str:
    """A cell as text: a program for spreadsheets makes a number of "2024" and a date of "2024-05-01"."""
    import datetime

    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell) if cell is not None else ""


def _plain(text: str) -> str:
    return " ".join(text.split())

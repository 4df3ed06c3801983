"""The tables of a case as one Excel workbook, in which no cell is a formula or a link."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import tallybook
from tallybook.exchange.case_tables import CaseTable, case_tables
from tallybook.exchange.outlet import Outlet, last_looked_at
from tallybook.intake.extras import extra
from tallybook.prose import clipped
from tallybook.spreadsheet import harmless_cell
from tallybook.tables.case import Case

MOST_ROWS = 1_048_575
"""Of a sheet, without its head."""

LONGEST_CELL = 32_767
_FIRST_DAY = date(1900, 3, 1)
"""Before it spreadsheets count days in two ways, and Excel shows none before 1900."""

_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """One workbook: a sheet a table, and a last one that says what each column means.

    BookError where the package that writes it is missing.
    """
    yield f"{case.id}.xlsx", _workbook(case)


def _workbook(case: Case) -> bytes:
    """The day in its properties is that of the records, and those of the zip are fixed by the package."""
    xlsxwriter = extra("xlsxwriter", "intake", "writing a workbook")
    on = last_looked_at(case) or case.published
    written = io.BytesIO()
    tables = case_tables(case)
    with xlsxwriter.Workbook(written, _PLAIN) as workbook:
        workbook.set_properties(
            {"title": clipped(case.title, 255), "comments": f"tallybook {tallybook.__version__}",
             "created": datetime(on.year, on.month, on.day)}
        )  # fmt: skip
        sheets = _Sheets(workbook)
        for table in tables:
            sheets.add(table.name, table.columns, table.rows[:MOST_ROWS])
        sheets.add("columns", ("table", "column", "type", "meaning"), _about(tables))
    return written.getvalue()


def _about(tables: Sequence[CaseTable]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [(t.name, name, c.type, c.meaning) for t in tables for name, c in t.typed()]
    cut = [t for t in tables if len(t.rows) > MOST_ROWS]
    rows += [(t.name, "", "", f"only {MOST_ROWS:,} of {len(t.rows):,} rows fit a sheet") for t in cut]
    return rows


class _Sheets:
    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.head = workbook.add_format({"bold": True})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.text = workbook.add_format({"quote_prefix": True})

    def add(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        sheet = self.workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, self.head)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                self._write(sheet, line, place, value)

    def _write(self, sheet: Any, line: int, place: int, value: Any) -> None:
        match value:
            case None:
                return
            case bool():
                sheet.write_boolean(line, place, value)
            case int() | float() if math.isfinite(value):
                sheet.write_number(line, place, value)
            case date() if value >= _FIRST_DAY:
                sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), self.day)
            case float():
                sheet.write_string(line, place, "INF" if value > 0 else "-INF")
            case _:
                self._write_text(sheet, line, place, str(value))

    def _write_text(self, sheet: Any, line: int, place: int, text: str) -> None:
        """A text that would be a formula, were it typed, is marked as text, so that editing makes it none."""
        risky = harmless_cell(text) != text
        sheet.write_string(line, place, clipped(text, LONGEST_CELL), self.text if risky else None)

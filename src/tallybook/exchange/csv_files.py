"""The tables of a case as CSV files for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

from tallybook.exchange.case_tables import CaseTable, case_tables
from tallybook.exchange.csv_text import to_csv
from tallybook.exchange.outlet import Outlet
from tallybook.tables.case import Case


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """One file a table, with a byte order mark."""
    for table in explained_tables(case):
        yield f"{table.name}.csv", to_csv(table.columns, table.rows)


def explained_tables(case: Case) -> list[CaseTable]:
    """The tables of a case, and behind them one of their columns: a CSV file says nothing about itself."""
    tables = case_tables(case)
    rows = [
        (table.name, name, column.type, column.meaning) for table in tables for name, column in table.typed()
    ]
    columns = ("table", "column", "column_type", "column_means")
    return [*tables, CaseTable("columns", "what each column of these tables means", columns, rows)]

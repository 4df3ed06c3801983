"""The tables of a case as CSV files for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

from tallybook.exchange.case_tables import case_tables
from tallybook.exchange.csv_text import to_csv
from tallybook.exchange.outlet import Outlet
from tallybook.tables.case import Case


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """One file a table, with a byte order mark."""
    for table in case_tables(case):
        yield f"{table.name}.csv", to_csv(table.columns, table.rows)

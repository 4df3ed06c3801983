"""The tables of a case as CSV files that are safe to open in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tallybook.exchange.csv_files import explained_tables
from tallybook.exchange.csv_text import to_csv
from tallybook.report.addresses import table_file

if TYPE_CHECKING:
    from tallybook.tables.case import Case


@dataclass(frozen=True)
class Download:
    """A table of a case; ``file`` is its path in the site."""

    file: str
    name: str
    what: str
    rows: int
    content: bytes


def downloads(case: Case) -> list[Download]:
    """The tables of one case as 'tallybook export --to csv' writes them, the verdicts first."""
    tables = sorted(explained_tables(case), key=lambda table: table.name != "verdicts")
    return [
        Download(
            table_file(case.id, table.name),
            table.name,
            table.what,
            len(table.rows),
            to_csv(table.columns, table.rows),
        )
        for table in tables
    ]

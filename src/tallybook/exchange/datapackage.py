"""The tables of a case as a data package (Frictionless): CSV files, and what each column of them means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tallybook
from tallybook.exchange.case_tables import CaseTable, case_tables
from tallybook.exchange.csv_text import to_csv
from tallybook.exchange.json_text import given, json_bytes
from tallybook.exchange.outlet import Outlet, last_looked_at, pages_of, web_address
from tallybook.tables.case import Case

PROFILE = "https://datapackage.org/profiles/2.0/"
_GUARD = "A text that a spreadsheet would run as a formula has an apostrophe before it."


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """datapackage.json, and one CSV file a table."""
    tables = case_tables(case)
    yield "datapackage.json", json_bytes(_package(case, outlet, tables))
    for table in tables:
        yield f"{table.name}.csv", to_csv(table.columns, table.rows, mark=False)


def _package(case: Case, outlet: Outlet, tables: list[CaseTable]) -> dict[str, Any]:
    on = last_looked_at(case)
    return {
        "$schema": f"{PROFILE}datapackage.json",
        **given(
            name=case.id,
            title=case.title,
            description=f"{case.answer} {_GUARD}",
            homepage=outlet.site,
            version=on.isoformat() if on else None,
            contributors=[{"title": outlet.name, "roles": ["publisher"]}] if outlet.name else None,
            sources=[
                given(title=s.title or s.publisher, path=web_address(s.url)) for s in pages_of(case) if s.seen
            ],
            keywords=["fact-checking", f"tallybook {tallybook.__version__}"],
        ),
        "resources": [_resource(table, tables) for table in tables],
    }


def _resource(table: CaseTable, tables: list[CaseTable]) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": f"{table.name}.csv",
        "title": table.what,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table, tables),
    }


def _schema(table: CaseTable, tables: list[CaseTable]) -> dict[str, Any]:
    keys = {other.name: other.key for other in tables}
    fields = [
        {
            "name": name,
            "type": column.type,
            "description": column.meaning,
            **({"constraints": {"required": True, "unique": True}} if name == table.key else {}),
        }
        for name, column in table.typed()
    ]
    foreign = [
        {"fields": [name], "reference": {"resource": other.replace("_", "-"), "fields": [keys[other]]}}
        for name, other in table.refers.items()
    ]
    return {
        "$schema": f"{PROFILE}tableschema.json",
        "fields": fields,
        **given(primaryKey=[table.key] if table.key else None, foreignKeys=foreign),
    }

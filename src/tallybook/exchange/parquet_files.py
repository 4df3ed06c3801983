"""The tables of a case as Parquet files, with the type of each column."""

from __future__ import annotations

import io
from collections.abc import Iterator

from tallybook.exchange.case_tables import CaseTable, case_tables
from tallybook.exchange.outlet import Outlet
from tallybook.tables.case import Case


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """One file a table; a column's description is in its metadata."""
    for table in case_tables(case):
        yield f"{table.name}.parquet", _parquet(table)


def _parquet(table: CaseTable) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_(),
        "date": pa.date32(),
    }  # fmt: skip
    schema = pa.schema(
        [
            pa.field(name, types[column.type], metadata={"description": column.meaning})
            for name, column in table.typed()
        ]
    )
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(schema)
    arrays = [pa.array(list(values), type_) for values, type_ in zip(columns, schema.types, strict=True)]
    written = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), written, compression="zstd")
    return written.getvalue()

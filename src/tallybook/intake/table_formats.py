"""The tables that can be asked: CSV, Parquet and Excel files as columns, read in the process that asks them.

A cell stays what the file says: only a column whose every cell is a plain number or day is made one.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

LARGEST_UNPACKED = 200_000_000
MOST_COLUMNS = 2_000
MOST_CELLS = 20_000_000
ROW = "_row"
"""The name of the column that numbers the rows; no table may have it."""

_INTEGER = r"^-?(0|[1-9][0-9]{0,17})$"
_DECIMAL = r"^-?(0|[1-9][0-9]*)?\.?[0-9]+([eE][-+]?[0-9]{1,3})?$"
_LEADING_ZERO = r"^-?0[0-9]"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Refused(Exception):
    """What is wrong, for a person."""


def prepare(kind: str) -> None:
    """Imports what reads such a file, before memory is limited: the limit is on the table alone."""
    import pyarrow.compute

    if kind == "parquet":
        import pyarrow.parquet
    elif kind == "excel":
        try:
            import python_calamine  # noqa: F401
        except ImportError:
            raise Refused("is read with python-calamine: pip install 'tallybook[intake]'") from None
    else:
        import pyarrow.csv  # noqa: F401


def columns_of(raw: bytes, kind: str, sheet: str | None, header: int) -> tuple[Any, int]:
    """The table in the bytes of a file, and the number of its first row. Raises Refused, MemoryError."""
    try:
        return _READERS[kind](raw, sheet, header)
    except (MemoryError, Refused):
        raise
    except Exception as error:  # whatever a reader of a foreign format raises
        raise Refused(f"cannot be read: {error}") from None


def _csv(raw: bytes, _sheet: str | None, header: int) -> tuple[Any, int]:
    import pyarrow.csv as arrow

    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("is not UTF-8. Save it as CSV in UTF-8.") from None
    lines = text.split("\n", header)
    if len(lines) < header:
        raise Refused(f"has no row {header}.")
    delimiter = max(",;\t|", key=lines[header - 1].count)
    names = next(csv.reader([lines[header - 1].rstrip("\r")], delimiter=delimiter), [])
    _check(names)
    names = [name.strip() for name in names]
    found = arrow.read_csv(
        io.BytesIO(text.encode()),
        read_options=arrow.ReadOptions(skip_rows=header, column_names=names, use_threads=False),
        parse_options=arrow.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=arrow.ConvertOptions(
            column_types=dict.fromkeys(names, "string"), strings_can_be_null=False
        ),
    )
    return _typed(found), header + 1


def _typed(found: Any) -> Any:
    """Columns of text as numbers or days, where every cell is one as plainly printed."""
    import pyarrow as pa

    return pa.table({name: _typed_column(found.column(name)) for name in found.column_names})


def _typed_column(column: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    column = pc.utf8_trim_whitespace(column)
    column = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)

    def every(pattern: str) -> bool:
        return pc.all(pc.match_substring_regex(column, pattern)).as_py() is True

    if every(_INTEGER):
        return pc.cast(column, pa.int64())
    if every(_DECIMAL) and not pc.any(pc.match_substring_regex(column, _LEADING_ZERO)).as_py():
        return pc.cast(column, pa.float64())
    if every(_DAY):
        try:
            return pc.cast(column, pa.date32())
        except pa.ArrowInvalid:
            return column
    return column


def _parquet(raw: bytes, _sheet: str | None, _header: int) -> tuple[Any, int]:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(io.BytesIO(raw))
    groups = (file.metadata.row_group(k) for k in range(file.metadata.num_row_groups))
    if sum(group.total_byte_size for group in groups) > LARGEST_UNPACKED:
        raise Refused(f"has more than {LARGEST_UNPACKED:,} bytes when unpacked. Cut it down.")
    _check(file.schema_arrow.names)
    return file.read(use_threads=False), 1


def _excel(raw: bytes, sheet: str | None, header: int) -> tuple[Any, int]:
    import pyarrow as pa
    from python_calamine import CalamineWorkbook

    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise Refused(f"has more than {LARGEST_UNPACKED:,} bytes when unpacked. Cut it down.")
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    if sheet is not None and sheet not in book.sheet_names:
        raise Refused(f"has no sheet '{sheet}'; it has: {', '.join(book.sheet_names[:20])}.")
    if sheet is None and len(book.sheet_names) > 1:
        raise Refused(f"has several sheets. Name one (--sheet): {', '.join(book.sheet_names[:20])}.")
    page = book.get_sheet_by_name(sheet or book.sheet_names[0])
    if page.height * page.width > MOST_CELLS:
        raise Refused(f"has more than {MOST_CELLS:,} cells. Cut it down.")
    rows = page.to_python(skip_empty_area=False)
    if len(rows) < header:
        raise Refused(f"has no row {header}.")
    names = [str(name).strip() for name in rows[header - 1]]
    while names and not names[-1] and all(row[len(names) - 1] in ("", None) for row in rows[header:]):
        names.pop()
    _check(names)
    body = rows[header:]
    while body and all(cell in ("", None) for cell in body[-1]):
        body.pop()
    columns = {name: _column([row[k] for row in body]) for k, name in enumerate(names)}
    return pa.table(columns), header + 1


def _column(cells: list[Any]) -> Any:
    """The cells of a column of a spreadsheet: of one type, or text."""
    import pyarrow as pa

    cells = [None if cell == "" else cell for cell in cells]
    types = {type(cell) for cell in cells if cell is not None}
    if types <= {int, float}:
        whole = all(float(cell).is_integer() and abs(cell) < 2**53 for cell in cells if cell is not None)
        kind = pa.int64() if whole else pa.float64()
        return pa.array([None if c is None else int(c) if whole else float(c) for c in cells], kind)
    if len(types) == 1:
        return pa.array(cells)
    return pa.array([None if cell is None else _as_text(cell) for cell in cells], pa.string())


def _as_text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _check(names: list[str]) -> None:
    """Every column has a name of its own."""
    if not names or len(names) > MOST_COLUMNS:
        raise Refused(f"has {len(names):,} columns; 1 to {MOST_COLUMNS:,} are read.")
    stripped = [name.strip().casefold() for name in names]
    if "" in stripped:
        where = stripped.index("") + 1
        raise Refused(f"has no name for column {where}. Name the row that has the names (--header N).")
    twice = next((name for name in stripped if stripped.count(name) > 1), None)
    if twice is not None:
        raise Refused(f"has two columns '{twice}'. Rename one.")
    if ROW in stripped:
        raise Refused(f"has a column '{ROW}', a name that is needed here. Rename it.")


_READERS: dict[str, Callable[[bytes, str | None, int], tuple[Any, int]]] = {
    "csv": _csv,
    "parquet": _parquet,
    "excel": _excel,
}

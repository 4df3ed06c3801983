"""The texts of a Parquet file: one row a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from tallybook.scan.files import FileFound, opened
from tallybook.scan.json_lines import DAYS, text_of_record
from tallybook.scan.settings import Settings
from tallybook.scan.text import Text

_ROWS = 64
"""Rows that are held at a time."""

_BUFFER = 1 << 20


def row_groups(file: FileFound) -> list[tuple[int, int]]:
    """(rows, bytes unpacked) of each row group. OSError, ValueError (pyarrow's) where it cannot be read."""
    with opened(file) as stream:
        metadata = _file(stream).metadata
        groups = [metadata.row_group(k) for k in range(metadata.num_row_groups)]
        return [(group.num_rows, group.total_byte_size) for group in groups]


def texts_of_rows(file: FileFound, settings: Settings, group: int, first: int) -> Iterator[Text]:
    """The texts of one row group. ``first``: the number of its first row in the file."""
    try:
        with opened(file) as stream:
            table = _file(stream)
            there = set(table.schema_arrow.names)
            columns = [name for name in (settings.text_key, settings.id_key, "url", *DAYS) if name in there]
            place = first
            for batch in table.iter_batches(batch_size=_ROWS, row_groups=[group], columns=columns):
                for record in batch.to_pylist():
                    yield _text(record, there, file, place, settings)
                    place += 1
    except (OSError, ValueError) as error:
        why = f"row group {group} cannot be read: {str(error)[:200]}"
        yield Text(f"{file.name}#{first}", file.name, first, error=why)


def _text(record: dict[str, Any], there: set[str], file: FileFound, place: int, settings: Settings) -> Text:
    if settings.text_key not in there:
        record = dict.fromkeys(sorted(there))  # so that the message names the columns
    return text_of_record(record, file, place, settings)


def _file(stream: BinaryIO) -> Any:
    import pyarrow.parquet as pq

    return pq.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)

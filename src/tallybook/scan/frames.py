"""The figures of a column of texts, in pandas or in Dask: a row a figure, by the same work as a scan."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from tallybook.scan.columns import MENTIONS, schema
from tallybook.scan.json_lines import DAYS
from tallybook.scan.settings import Settings
from tallybook.scan.text import Text, day_of, named, well_formed
from tallybook.scan.work import work


def read_frame(frame: Any, text: str = "text", id: str | None = None, *, language: str = "en") -> Any:
    """One row a figure of the texts in a column; of a Dask data frame one of Dask, that is computed later.

    ``id``: the column that names the texts; None: the index does. The day of a text is that of the column
    "published" or "date", where there is one. The columns are those of a scan's mentions; ``place`` is the
    number of the row in its partition. KeyError where there is no such column.
    """
    for name in filter(None, (text, id)):
        if name not in frame.columns:
            raise KeyError(f"no column {name!r}")
    read = partial(_read, text=text, id_=id, language=language)
    if isinstance(frame, pd.DataFrame):
        return read(frame)
    return frame.map_partitions(read, meta=_table([]))


def _read(frame: pd.DataFrame, *, text: str, id_: str | None, language: str) -> pd.DataFrame:
    names = frame.index if id_ is None else frame[id_]
    days = next((frame[name] for name in DAYS if name in frame.columns), [None] * len(frame))
    texts = (
        Text(named(name), "", place, well_formed(content), published=day_of(day))
        if isinstance(content, str)
        else Text(named(name), "", place, error="is no text.")
        for place, (name, content, day) in enumerate(zip(names, frame[text], days, strict=True))
    )
    return _table([row for rows in work(texts, Settings(language)) for row in rows.mentions])


def _table(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    import pyarrow as pa

    columns = list(zip(*rows, strict=True)) or [()] * len(MENTIONS)
    made = schema("mentions")
    arrays = [pa.array(values, type_) for values, type_ in zip(columns, made.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=made).to_pandas(date_as_object=False)

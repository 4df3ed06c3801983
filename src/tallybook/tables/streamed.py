"""A comparison of any size as a Parquet file: a block of pairs at a time, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from tallybook.book.text_files import replacing
from tallybook.matching.matcher import ready
from tallybook.matching.pair import Pair
from tallybook.tables.rows import PAIR_COLUMNS, pair_row
from tallybook.verdicts import TODAY

if TYPE_CHECKING:
    from tallybook.tables.case import Case


def every_pair(pair: Pair) -> bool:
    return True


def pair_frames(
    case: Case, as_of: str = TODAY, wanted: Callable[[Pair], bool] = every_pair
) -> Iterator[pd.DataFrame]:
    """The rows of ``case.compare()``, block by block: claims by measure, no more in memory than a block."""
    made = ready(case.book, case.article, case.policy, as_of=as_of, voices_of=case.voices_of())
    for pairs in made.pair_blocks(case.policy):
        rows = [pair_row(case, pair) for pair in pairs if wanted(pair)]
        if rows:
            yield pd.DataFrame(rows)


def write_parquet(
    case: Case,
    path: Path,
    as_of: str = TODAY,
    tell: Callable[[int], None] = lambda rows: None,
    wanted: Callable[[Pair], bool] = every_pair,
) -> int:
    """Write the ``wanted`` pairs to ``path``, one row group a block; gives the number of rows.

    Whole or not at all (:func:`replacing`). ``tell`` is called with the rows written so far.
    OSError where the file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    written, schema = 0, None
    with replacing(path) as beside, ExitStack() as open_file:
        writer = None
        for frame in pair_frames(case, as_of, wanted):
            table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
            if writer is None:
                schema = table.schema.remove_metadata()
                writer = open_file.enter_context(pq.ParquetWriter(beside, schema, compression="zstd"))
            writer.write_table(table.cast(schema))
            written += len(frame)
            tell(written)
        if writer is None:  # no pair is wanted, or there is none
            nothing = {name: pa.array([], pa.string()) for name in PAIR_COLUMNS}
            pq.write_table(pa.table(nothing), beside)
    return written

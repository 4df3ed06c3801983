"""A comparison of any size as a Parquet file, written a block of pairs at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from tallybook.book import Article
from tallybook.book.text_files import replacing
from tallybook.matching.matcher import Matcher
from tallybook.matching.pair import Pair
from tallybook.quantity import Policy
from tallybook.tables.rows import PAIR_COLUMNS, pair_row


def write_parquet(
    made: Matcher,
    article: Article,
    policy: Policy,
    path: Path,
    tell: Callable[[int], None] = lambda rows: None,
    wanted: Callable[[Pair], bool] = lambda pair: True,
) -> int:
    """Write the rows of the ``wanted`` pairs to ``path``, one row group per block; returns their number.

    The file is complete or not there (:func:`replacing`). ``tell`` is called with the number of rows written
    so far. OSError if the file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    written, schema = 0, None
    with replacing(path) as beside, ExitStack() as open_file:
        writer = None
        for pairs in made.pair_blocks(policy):
            rows = [pair_row(article, pair) for pair in pairs if wanted(pair)]
            if not rows:
                continue
            table = pa.Table.from_pandas(pd.DataFrame(rows), schema=schema, preserve_index=False)
            if writer is None:
                schema = table.schema.remove_metadata()
                writer = open_file.enter_context(pq.ParquetWriter(beside, schema, compression="zstd"))
            writer.write_table(table.cast(schema))
            written += len(rows)
            tell(written)
        if writer is None:  # no pair is wanted, or there is none
            nothing = {name: pa.array([], pa.string()) for name in PAIR_COLUMNS}
            pq.write_table(pa.table(nothing), beside)
    return written

"""A comparison of any size as a Parquet file: a block of pairs at a time, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from tallybook.book import Article
from tallybook.matching.matcher import Matcher
from tallybook.quantity import Policy
from tallybook.tables.rows import PAIR_COLUMNS, pair_row


def write_parquet(
    made: Matcher,
    article: Article,
    policy: Policy,
    path: Path,
    tell: Callable[[int], None] = lambda rows: None,
) -> int:
    """Write the rows of a comparison to ``path``, one row group a block; gives the number of rows.

    Written beside and renamed when it is whole. ``tell`` is called with the rows written so far.
    OSError where the file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    written, writer, schema = 0, None, None
    try:
        for pairs in made.pair_blocks(policy):
            frame = pd.DataFrame([pair_row(article, pair) for pair in pairs])
            table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
            if writer is None:
                schema = table.schema.remove_metadata()
                writer = pq.ParquetWriter(temporary, schema, compression="zstd")
            writer.write_table(table.cast(schema))
            written += len(frame)
            tell(written)
        if writer is None:  # no estimate is of a claim's measure
            nothing = {name: pa.array([], pa.string()) for name in PAIR_COLUMNS}
            pq.write_table(pa.table(nothing), temporary)
        else:
            writer.close()
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        if writer is not None and writer.is_open:
            writer.close()
        Path(temporary).unlink(missing_ok=True)
        raise
    return written

"""Imported, once, by the process that the workers of a Dask cluster on this machine are copies of.

Has in memory whatever the first text would wait for. What was imported is never garbage, and stays shared
with every worker. A process that forks must have no threads, which Arrow and NumPy would begin.
"""

from __future__ import annotations

import gc
import os

from tallybook.book.processes import ONE_THREAD

os.environ.update(ONE_THREAD)

import distributed.nanny  # noqa: F401
import pyarrow.parquet  # noqa: F401

from tallybook.scan.part import ready
from tallybook.scan.settings import Settings

ready(Settings())
gc.collect()
gc.freeze()

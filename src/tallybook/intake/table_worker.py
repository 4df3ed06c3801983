"""Queries on one table, in a process of their own: ``table_query`` starts it, and ends it when time is up.

It reads one file and answers in JSON. It can write no file, and take no more memory than a table may.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from typing import Any, NoReturn

from tallybook.intake.table_formats import Refused, columns_of, prepare
from tallybook.intake.table_sql import MOST_SAID, answer, described, opened

LARGEST_FILE = 100_000_000
MEMORY = 350 << 20


class _WithoutPandas:
    """Arrow imports pandas to see whether a list is a frame, which takes longer than most queries."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def main() -> NoReturn:
    sys.meta_path.insert(0, _WithoutPandas)
    job = json.load(sys.stdin)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
    try:
        found: dict[str, Any] = answered(job)
    except Refused as error:
        found = {"error": str(error)[:MOST_SAID]}
    except MemoryError:
        found = {"error": "needs more memory than a table may take."}
    with answers:
        json.dump(found, answers)
    os._exit(0)  # at once: a thread that is still ending would abort an orderly end


def answered(job: dict[str, Any]) -> dict[str, Any]:
    """``job``: path, kind, sheet, header and the queries; the answers in their order."""
    try:
        import duckdb  # noqa: F401
    except ImportError:
        raise Refused("is asked with duckdb: pip install 'tallybook[tables]'") from None
    prepare(job["kind"])
    _limit_memory()
    with open(job["path"], "rb") as stream:
        raw = stream.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise Refused(f"has more than {LARGEST_FILE:,} bytes. Cut it down to what the query needs.")
    columns, first = columns_of(raw, job["kind"], job.get("sheet"), job.get("header") or 1)
    connection = opened(columns, first)
    return {
        "sha256": hashlib.sha256(raw).hexdigest(),
        "rows": columns.num_rows,
        "columns": list(described(columns)),
        "answers": [_in_time(connection, columns, sql, job["seconds"]) for sql in job["queries"]],
    }


def _in_time(connection: Any, columns: Any, sql: str, seconds: float) -> dict[str, Any]:
    """An answer, or that it took too long: most queries can be stopped; what cannot, the parent ends."""
    stopped = threading.Event()

    def stop() -> None:
        stopped.set()
        connection.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        found = answer(connection, columns, sql)
    finally:
        timer.cancel()
    return {"error": f"takes longer than {seconds:g} seconds."} if stopped.is_set() else found


def _limit_memory() -> None:
    """No file may be written, and no more memory taken than ``MEMORY`` on top of what is taken now."""
    try:
        import resource
    except ImportError:
        return  # not on Windows, where the time alone is limited
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            now = next(int(line.split()[1]) for line in status if line.startswith("VmData:")) << 10
    except (OSError, StopIteration):
        return
    resource.setrlimit(resource.RLIMIT_DATA, (now + MEMORY, now + MEMORY))

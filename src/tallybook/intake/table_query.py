"""A table asked by SQL, in a process that is ended when its time is up and that sees nothing but the table.

The SQL is that of the person who keeps the book. It is run again by whoever checks the book, so that it is
held to what a question on one table needs: see ``table_sql``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.book.problems import BookError, Problem

SECONDS = 8.0
"""How long one query may take, and as long again to read the table."""

_GRACE = 2.0

KINDS = {".csv": "csv", ".tsv": "csv", ".parquet": "parquet", ".xlsx": "excel", ".xlsm": "excel",
         ".xlsb": "excel", ".xls": "excel", ".ods": "excel"}  # fmt: skip

_RUN = "import sys; sys.path.insert(0, {root!r}); from tallybook.intake.table_worker import main; main()"
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives: a ``value``, with how many ``rows`` it took in, which, and the digest of what it
    read of them; or an ``error``."""

    value: float = 0.0
    rows: int = 0
    which: str = ""
    rows_sha256: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """``columns``: name, type and an example of each; ``answers``: to the queries, in their order."""

    sha256: str
    rows: int
    columns: list[tuple[str, str, str]]
    answers: list[Answer]


def ask(file: Path, queries: Sequence[str] = (), *, sheet: str | None = None, header: int = 1) -> Asked:
    """The answers of a table. BookError where the table as such cannot be read."""
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        kinds = ", ".join(KINDS)
        raise BookError([Problem(file.name, 1, f"is no table that is read. Its name must end in {kinds}.")])
    job = {"path": str(file.resolve()), "kind": kind, "sheet": sheet, "header": header, "seconds": SECONDS}
    found = _run({**job, "queries": list(queries)})
    if "error" in found and found.get("stopped") and len(queries) > 1:
        found = _one_by_one(job, queries)
    if "error" in found and not (found.get("stopped") and queries):
        raise BookError([Problem(file.name, 1, str(found["error"]))])
    answers = [_answer(one) for one in found.get("answers") or [found]] if queries else []
    columns = [(name, type_, example) for name, type_, example in found.get("columns", [])]
    return Asked(str(found.get("sha256", "")), int(found.get("rows", 0)), columns, answers)


def _one_by_one(job: dict[str, Any], queries: Sequence[str]) -> dict[str, Any]:
    """Each in a process of its own, so that one that is ended hides no other."""
    all_found = [_run({**job, "queries": [sql]}) for sql in queries]
    whole = next((found for found in all_found if "error" not in found), all_found[0])
    answers = [one if "error" in one else one["answers"][0] for one in all_found]
    return {"stopped": True, **whole, "answers": answers}


def _run(job: dict[str, Any]) -> dict[str, Any]:
    import tallybook

    root = str(Path(tallybook.__file__).resolve().parents[1])
    seconds = SECONDS * (1 + len(job["queries"])) + _GRACE
    top = Path(root).anchor  # it writes nothing, and needs no folder that a killed run would leave
    env = {name: os.environ[name] for name in _KEPT if name in os.environ} | {"HOME": top}
    command = [sys.executable, "-I", "-B", "-c", _RUN.format(root=root)]
    try:
        done = subprocess.run(
            command, input=json.dumps(job), capture_output=True, text=True, encoding="utf-8",
            timeout=seconds, cwd=top, env=env, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"error": f"takes longer than {SECONDS:g} seconds.", "stopped": True}
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError:
        last = done.stderr.strip().rpartition("\n")[2][:200]
        return {
            "error": f"ended without an answer; it may need too much memory. {last}".strip(),
            "stopped": True,
        }
    return found


def _answer(found: dict[str, Any]) -> Answer:
    if "error" in found:
        return Answer(error=str(found["error"]))
    value, rows = float(found["value"]), int(found["count"])
    return Answer(value, rows, str(found["rows"]), str(found["rows_sha256"]))

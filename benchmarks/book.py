"""How fast a book opens as it grows: a tenth and all of 10,000 pages, and the first case.

    .venv/bin/python benchmarks/book.py

Made-up books of 1,000 and 10,000 pages with three statements each, and this project's own. Each is opened by
a process of its own: for the first time (cold), again (warm), and once more after one page was edited. Beside
it stands a plain parse of the same files by PyYAML's own parser in Python (what ``yaml.safe_load`` does),
which does nothing else. Seconds are those of the processor, with those of the start
of Python and of all imports in them; they mean something only on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import yaml
from measure.books import write_book
from rich.console import Console
from rich.table import Table

COLD, WARM = 10.0, 1.0
"""Seconds for 10,000 pages at most; and for the first case, cold, as many as for them, warm."""

OF_A_PARSE = 0.5
"""Times the plain parse of the same files that a cold opening may take."""

PAGES = 10_000
ROOT = Path(__file__).resolve().parents[1]
_OPEN = "import sys, tallybook; print(repr(tallybook.open_book(sys.argv[1])))"

console = Console(highlight=False)


class Opened(NamedTuple):
    """Seconds of the processor: opened cold, warm, after one change; and of the plain parse."""

    what: str
    cold: float
    warm: float
    changed: float
    parse: float


def main(arguments: list[str] | None = None) -> int:
    """Time all and print the table; 0, or with --check 1 if an aim was missed."""
    asked = _asked(arguments)
    pages = PAGES // 100 if asked.quick else PAGES
    rounds = 1 if asked.quick else 3
    with tempfile.TemporaryDirectory(prefix="tallybook-made-up-") as folder:
        rows = []
        for size in (pages // 10, pages):
            root = Path(folder, f"{size}")
            write_book(root, size)
            rows.append(timed(f"{size:,} made-up pages", root, rounds))
        own = Path(folder, "own")
        for name in ("claims", "sources"):
            shutil.copytree(ROOT / name, own / name)
        rows.append(timed("the first case", own, rounds))
    _show(rows)
    _, full, first = rows
    met = {
        f"{full.what} cold in {COLD:g} s": full.cold <= COLD,
        f"warm in {WARM:g} s": full.warm <= WARM,
        f"{first.what} cold in {WARM:g} s": first.cold <= WARM,
        f"at most {OF_A_PARSE:g} of a plain parse, cold ({full.cold / full.parse:.2f})":
            full.cold <= OF_A_PARSE * full.parse,
    }  # fmt: skip
    told = ", ".join(f"{what}: {'met' if one else 'NOT MET'}" for what, one in met.items())
    console.print(f"Aims: {told}.", soft_wrap=True)
    return int(asked.check and not all(met.values()))


def timed(what: str, root: Path, rounds: int) -> Opened:
    """The medians of some rounds; each begins with a book that nobody has opened."""
    found = []
    for k in range(rounds):
        shutil.rmtree(root / ".cache", ignore_errors=True)
        cold, warm = opened(root), opened(root)
        change_one(root, k)
        found.append((cold, warm, opened(root), parsed(root)))
    return Opened(what, *(statistics.median(column) for column in zip(*found, strict=True)))


def opened(root: Path) -> float:
    """Seconds of the processor of a process that opens a book."""
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", _OPEN, str(root)]
    told = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path})
    if told.returncode or "no problem" not in told.stdout:
        raise SystemExit(told.stderr or told.stdout)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def parsed(root: Path) -> float:
    """Seconds of the processor for the files as plain data, by the parser that is written in Python."""
    start = time.process_time()
    for folder in ("claims", "sources"):
        for file in sorted((root / folder).glob("*.yaml")):
            yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    return time.process_time() - start


def change_one(root: Path, k: int) -> None:
    """One page with a comment more, so that its bytes are others."""
    file = min((root / "sources").glob("*.yaml"))
    file.write_text(f"# looked at {k + 1}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")


def _show(rows: list[Opened]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("book", no_wrap=True)
    for name in ("cold", "warm", "one page changed", "plain parse"):
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(row.what, *(f"{seconds:.2f} s" for seconds in row[1:]))
    console.print(table)


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a hundredth of the pages, one round")
    parser.add_argument("--check", action="store_true", help="exit with 1 if an aim was missed")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

"""How fast a book opens, beside a plain parse of the same files, in one run.

    .venv/bin/python benchmarks/loading.py

A made-up book of 1,000 pages with three statements each, written to a temporary folder. Opening it parses
every file, types and joins the records, reads the words of every figure and checks what no single file can
tell. The plain parse is PyYAML's own parser, in Python, on the same files (what ``yaml.safe_load`` does), and
does nothing else. Times are those of the processor, medians of rounds that take turns; only the ratio of a
run means anything.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from measure.books import write_book
from rich.console import Console
from rich.table import Table

from tallybook.book import Book, load_book
from tallybook.book.periods import parse_period

AT_MOST = 0.5  # times the plain parse
PAGES = 1_000

console = Console(highlight=False)


def main(arguments: list[str] | None = None) -> int:
    """Time both and print the ratio; 0, or with --check 1 if the aim was missed."""
    asked = _asked(arguments)
    pages = PAGES // 10 if asked.quick else PAGES
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_book(root, pages)
        book = load_book(root)
        runs: dict[str, Callable[[], object]] = {
            "open the book": lambda: opened(root),
            "parse its files by PyYAML alone": lambda: parsed(root),
        }
        took = _in_turns(runs, rounds=2 if asked.quick else 5)
    console.print(
        f"{len(book.sources):,} pages, {len(book.statements):,} statements, "
        f"{len(book.figure_of_claim):,} claims"
    )
    ratio = _show(took)
    met = ratio <= AT_MOST
    console.print(
        f"Aim: at most {AT_MOST:g} times the plain parse: {'met' if met else 'NOT MET'} ({ratio:.2f} times).",
        soft_wrap=True,
    )
    return int(asked.check and not met)


def opened(root: Path) -> Book:
    """The book, with no date remembered from the last time."""
    parse_period.cache_clear()
    return load_book(root)


def parsed(root: Path) -> list[object]:
    """The files as plain data, by the parser that is written in Python."""
    files = sorted(root.rglob("*.yaml"))
    return [yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader) for file in files]


def _in_turns(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median seconds of each."""
    took: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.process_time()
            run()
            took[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in took.items()}


def _show(took: dict[str, float]) -> float:
    """Prints both; the first as a multiple of the second."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("way", "seconds"):
        table.add_column(name, justify="left" if name == "way" else "right", no_wrap=True)
    for name, seconds in took.items():
        table.add_row(name, f"{seconds:.3f}")
    console.print(table)
    ours, plain = took.values()
    return ours / plain


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the pages, two rounds")
    parser.add_argument("--check", action="store_true", help="exit with 1 if the aim was missed")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

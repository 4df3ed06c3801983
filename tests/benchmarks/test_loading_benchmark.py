"""benchmarks/loading.py: its book is sound, and both ways read all of it. How fast, no test asks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
try:
    import loading
    from measure.books import write_book
finally:
    sys.path.remove(str(BENCHMARKS))


def test_both_ways_read_all_of_the_book(tmp_path: Path) -> None:
    write_book(tmp_path, pages=7, statements=2)
    book = loading.opened(tmp_path)
    assert (len(book.sources), len(book.statements), len(book.figure_of_claim)) == (7, 14, 400)
    assert len(loading.parsed(tmp_path)) == len(book.lines) == 7 + 20 + 2


def test_it_prints_the_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    assert loading.main(["--quick"]) == 0
    printed = capsys.readouterr().out
    assert "100 pages, 300 statements, 400 claims" in printed
    assert "times the plain parse" in printed

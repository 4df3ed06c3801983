"""benchmarks/book.py: its books are sound, and each way reads all of them. How fast, no test asks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tallybook.book import load_book

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
try:
    import book as benchmark
    from measure.books import write_book
finally:
    sys.path.remove(str(BENCHMARKS))


def test_its_books_are_sound_also_after_the_change(tmp_path: Path) -> None:
    write_book(tmp_path, pages=7, statements=2)
    before = load_book(tmp_path)
    assert (len(before.sources), len(before.statements), len(before.figure_of_claim)) == (7, 14, 400)
    benchmark.change_one(tmp_path, 0)
    assert load_book(tmp_path).sources == before.sources


def test_it_prints_the_growth(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmark.main(["--quick"]) == 0
    printed = capsys.readouterr().out
    assert "10 made-up pages" in printed and "100 made-up pages" in printed
    assert "the first case" in printed and "Aims:" in printed

"""benchmarks/report.py: it writes a sound book, times all and tells the ratios. How fast, no test asks."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
try:
    import report
finally:
    sys.path.remove(str(BENCHMARKS))


def test_after_one_figure_the_pages_of_other_cases_are_taken_over(tmp_path: Path) -> None:
    book = report.made_up_book(tmp_path / "book", cases=3, claims=2)
    _, _, made = report.built_and_rebuilt(book, tmp_path / "site")
    assert {name.partition("/")[0] for name in made.changed} <= {"made-up-0", "index.html"}
    assert made.changed and made.executed == ()
    assert made.taken == 2 * (2 + 3)  # of each other case a page a claim, and three


def test_verdicts_after_one_figure_are_asked_of_its_article_alone(tmp_path: Path) -> None:
    book = report.made_up_book(tmp_path / "book", cases=3, claims=2)
    assert report.every_verdict(book, anew=True) > 0
    kept = {file: file.read_bytes() for file in (book / report.FOLDER).glob("*/*.json")}
    assert len(kept) == 3
    report.change_a_figure(book, "88 crates")
    report.every_verdict(book)
    changed = [file.parent.name for file, content in kept.items() if file.read_bytes() != content]
    assert changed == ["made-up-0"]


def test_it_prints_the_ratios(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "against_nbconvert", lambda *_: (2.0, 8.0, 3))
    monkeypatch.setattr(report, "CASES", 1)
    monkeypatch.setattr(report, "CLAIMS", 2)
    monkeypatch.setattr(report, "A_CASE", 0.0)
    for aim in ("REBUILT", "DOUBLED", "ASKED_AGAIN"):
        monkeypatch.setattr(report, aim, float("inf"))
    assert report.main([]) == 0
    assert report.main(["--check"]) == 1
    printed = capsys.readouterr().out
    assert "3 notebooks by nbconvert, one by one" in printed
    assert "of nbconvert: met (0.25)" in printed
    assert "verdicts --all of 1 articles" in printed
    assert re.search(r"times as long: met \(\d+\.\d\d\); after one figure at most inf of all: met", printed)
    assert re.search(r"s a case: NOT MET \(\d+\.\d\d s\)", printed)

"""benchmarks/scan.py: it scans what it wrote and tells the ratios. How fast, no test asks."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
try:
    import scan
finally:
    sys.path.remove(str(BENCHMARKS))


def test_its_articles_are_the_same_each_time_and_of_usual_length(tmp_path: Path) -> None:
    first, again = (scan.write_articles(tmp_path / name, 200).read_text() for name in ("a", "b"))
    texts = [json.loads(line)["text"] for line in first.splitlines()]
    assert first == again and len(set(texts)) == 200
    assert 900 < sum(map(len, texts)) / 200 < 1_400


def test_it_prints_the_ratios(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("ARTICLES", 400), ("FEW", 60), ("MANY", 1_200)):
        monkeypatch.setattr(scan, name, size)
    monkeypatch.setattr(scan.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(scan, "AT_LEAST", float("inf"))
    assert scan.main(["--quick", "--check"]) == 1
    printed = capsys.readouterr().out
    assert "20 articles" in printed and "Dask is not installed" in printed
    assert re.search(r"\d processes: NOT MET \(\d\.\d\d times\)", printed)
    assert re.search(r"memory for 60 articles as for 60: \w+", printed)

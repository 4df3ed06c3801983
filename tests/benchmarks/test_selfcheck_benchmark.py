"""benchmarks/selfcheck.py: it times both and tells the ratios. How fast, no test asks."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tallybook.reading import read

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
try:
    import selfcheck
    from measure.corpus import news
finally:
    sys.path.remove(str(BENCHMARKS))

ARTICLE = "Sales rose 8% to 108 cars, from 100. Of the 20 workers, 5 (25%) stayed. "


def test_hostile_texts_are_told_by_name() -> None:
    costs = selfcheck.against_hostility([ARTICLE], 400, 1)
    assert set(selfcheck.RELATIONS) < set(costs)
    assert all(min(cost) > 0 for cost in costs.values())


def test_it_prints_the_ratios(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selfcheck, "SIZE", 5_000)
    monkeypatch.setattr(selfcheck, "on_one_core", lambda: None)
    monkeypatch.setattr(selfcheck, "HOSTILE_AT_MOST", float("inf"))
    monkeypatch.setattr(selfcheck, "READING", 0.0)
    assert selfcheck.main(["--quick"]) == 0
    assert selfcheck.main(["--quick", "--check"]) == 1
    printed = capsys.readouterr().out
    assert len(re.findall(r"in 1,000.* +\d\.\d\d", printed)) == 2 * len(selfcheck.NEWS)
    assert re.search(r"times reading: NOT MET \(\d\.\d\d times\)", printed)


def test_ordinary_news_has_as_many_figures_as_it_says() -> None:
    plain = selfcheck.PLAIN.read_text(encoding="utf-8").splitlines()
    assert plain and not any(len(read(sentence)) for sentence in plain)
    for name, between in selfcheck.NEWS.items():
        sentences = selfcheck.among_plain(between)
        assert len(sentences) == (between + 1) * len(news())
        text = " ".join(sentences)
        assert int(re.findall(r"(\d+) (?:figures )?in 1,000", name)[0]) == round(
            1000 * len(read(text)) / len(text)
        )

"""Books that are valid and unusual: every table, chain and picture is made, or refused in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tallybook import charts
from tallybook.book.records import joined_in
from tallybook.cli import case_output
from tallybook.tables.case import Case
from tallybook.tables.every_case import verdicts_told

Make = Callable[..., Case]
SUM = {"id": "d", "measure": "loaves", "how": "sum", "of": ["s0", "s1"], "assumption": "no others"}

BOOKS: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]] = {
    "nothing of the measure": ([{"measure": "crumbs", "words": "70 crumbs"}], [{}], {}),
    "everything later": ([{"origin": "b", "published": "2026-01-01"}], [{}], {}),
    "zeros": ([{"words": "no loaves", "origin": "b"}], [{"words": "zero loaves"}], {}),
    "huge": ([{"words": "9,000,000,000,000,000 loaves", "origin": "b"}], [{"words": "over 1 trillion"}], {}),
    "superseded twice": (
        [
            {"words": "6 loaves", "superseded_by": "s1", "origin": "b"},
            {"words": "7 loaves", "superseded_by": "s2", "origin": "b"},
            {"origin": "b"},
        ],
        [{}],
        {"cumulative": True},
    ),
    "a relay of another measure": ([{}, {"measure": "crumbs", "relays": "s0"}], [{}], {}),
    "a sum without a number": (
        [{"words": "half", "base": "s1"}, {}], [{}], {"origins_file": {"derivations": [SUM]}}
    ),
    "words that rule nothing out": (
        [{"words": "as many as more than 6 million loaves", "origin": "b"}],
        [{"words": "up to over 9 loaves"}],
        {},
    ),
    "periods without an end": (
        [{"reference_period": "2024-01/.."}, {"reference_period": "../2024"}],
        [{"reference_period": "2024/.."}],
        {"cumulative": True},
    ),
    "a share above its whole": ([{"words": "150 percent", "base": "s1"}, {}], [{}], {}),
    "a claim that is a share": (
        [{"origin": "b"}], [{"words": "ten loaves"}, {"words": "half", "base": "c0"}], {},
    ),
    "hostile words": ([{"words": "nine [31mloaves <script>", "origin": "b"}], [{}], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_everything_can_be_asked_of_it(
    small_case: Make, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said, claims, more = BOOKS[name]
    case = small_case(said, claims, **more)
    for as_of in ("written", "today"):
        assert len(case.verdicts(as_of)) == len(claims)
        assert set(case.compare(as_of)["claim"]) <= set(case.verdicts()["claim"])
        assert len(case.matrix(as_of)) == len(claims)
    assert len(case.without_grouping().verdicts()) == len(claims)
    for table in (case.drift(), case.drift_summary(), case.sensitivity(), case.checks(), case.fragile()):
        assert isinstance(table, pd.DataFrame)
    for pair in case.compare().itertuples():
        assert "relation" in set(case.explain(pair.claim, pair.estimate)["step"])
    assert case.to_parquet(tmp_path / "pairs.parquet") == len(case.compare())
    assert list(pd.read_parquet(tmp_path / "pairs.parquet").columns) == list(case.compare().columns)
    case_output.print_verdicts(verdicts_told(case, "today"), "today")
    case_output.print_explanation(case, "c0", None, "today")
    case_output.print_drift(case, None)
    case_output.print_robustness(case, "today", every=True)
    case_output.print_checks(case.checks(), figures=len(claims))
    case_output.print_pairs(case, "today", case_output.only([], []))
    assert "\x1b" not in capsys.readouterr().out
    for draw in (charts.dumbbell, charts.sensitivity, charts.matrix):
        assert "<script" not in draw(case).svg


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ("300 loaves or 50", "or"),
        ("over 3 million 152-millimeter shells and 500", "and"),
        ("5 million or half a million", "or"),
        ("shells of 152 mm and 122 mm", None),
        ("shells of 122 and 152 mm", None),
        ("nine loaves", None),
    ],
)
def test_how_words_join_two_figures(words: str, joined: str | None) -> None:
    assert joined_in(words) == joined

"""What the commands of a case print, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from tallybook.cli.app import app
from tallybook.tables.opened import open_book

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def here(*words: str) -> str:
    found = run(*words, "--project", str(ROOT))
    assert found.exit_code == 0, found.output
    return " ".join(found.output.split())


def test_explain_tells_the_rates_and_its_own_sides_other_words() -> None:
    told = here("explain", "shells-per-month")
    derived = (
        "3.5 million ÷ 10.1–11.1 months (January 2024 to 2 December 2024) = 316,000–347,000 shells a month"
    )
    assert f"derived: {derived}" in told
    assert "against Defence Intelligence of Ukraine (HUR): “more than halved this year as”" in told
    assert "osc_shells/rate" in told


def test_explain_takes_one_estimate_and_the_articles_name() -> None:
    told = here("explain", "kursk-engineers/troops-sent", "umerov_12000")
    assert "supports: 12,000 lies within what the claim suggests" in told


def test_drift_names_the_groups_and_what_happened() -> None:
    told = here("drift", "kursk-engineers")
    for code in ("bound_dropped", "or_to_and", "measure_swapped", "unit_changed", "status_changed"):
        assert code in told
    assert "4 wordings of one figure: up to 40%, about 40%, nearly 40% and 40%" in told
    assert "one 990th of it" in told
    assert "casualties became deaths" in told and "deaths became casualties" in told


def test_drift_of_one_group_shows_the_faithful_too() -> None:
    assert "as it was said" in here("drift", "kursk-engineers", "speech_deaths")


def test_robustness_names_the_fragile() -> None:
    told = here("robustness", "kursk-engineers")
    assert told.endswith("but not tested below 1.48 times).") and "Fragile: troops-estimate" in told


def test_selfcheck_of_an_article_and_of_a_text(tmp_path: Path) -> None:
    assert "at least 33–42 days of it are not accounted for" in here("selfcheck", "kursk-engineers")
    text = tmp_path / "text.txt"
    text.write_text("Warming of 1.6 °C (2.89 °F) was measured.", encoding="utf-8")
    assert "1 inconsistent" in here("selfcheck", str(text))


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["explain", "shell-per-month"], "no claim 'shell-per-month'. Nearest: 'shells-per-month'.", 1),
        (["explain", "troops-sent", "umerov"], "no estimate beside 'troops-sent' 'umerov'", 1),
        (["drift", "kursk-engineers", "speech"], "no utterance 'speech'. Nearest: 'speech_deaths'.", 1),
        (["robustness", "kursk"], "no article 'kursk' in claims/.", 1),
        (["verdicts", "kursk-engineers", "--as-of", "then"], "it must be 'written' or 'today'", 2),
        (["selfcheck", "kursk"], "no article 'kursk'", 1),
    ],
)
def test_an_unknown_name_gets_one_line(words: list[str], said: str, code: int) -> None:
    found = run(*words, "--project", str(ROOT))
    assert found.exit_code == code
    assert said in found.output


def test_compare_prints_every_pair() -> None:
    pairs = len(open_book(ROOT)["kursk-engineers"].compare())
    assert here("compare", "kursk-engineers").endswith(f"{pairs} pairs. * the voice of its family.")


def test_compare_streams_to_parquet_what_the_table_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tallybook.matching.blocks.compared.__kwdefaults__", {"most": 30}, raising=False)
    file = tmp_path / "new" / "pairs.parquet"
    assert "pairs in" in here("compare", "kursk-engineers", "--parquet", str(file))
    kept = pd.read_parquet(file).sort_values(["claim", "estimate"], ignore_index=True)
    table = open_book(ROOT)["kursk-engineers"].compare().sort_values(["claim", "estimate"], ignore_index=True)
    days = dict.fromkeys(("published", "period_start", "period_end"), "datetime64[ms]")
    pd.testing.assert_frame_equal(kept.astype(days), table.astype(days))
    assert [path.name for path in file.parent.iterdir()] == ["pairs.parquet"]
    assert pq.ParquetFile(file).num_row_groups > 3


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder.parquet").mkdir()
    found = run(
        "compare", "kursk-engineers", "--parquet", str(tmp_path / "folder.parquet"), "--project", str(ROOT)
    )
    assert found.exit_code == 1 and "cannot be written" in found.output
    assert [path.name for path in tmp_path.iterdir()] == ["folder.parquet"]


def test_the_tables_are_plain_data() -> None:
    case = open_book(ROOT)["kursk-engineers"]
    for table in (case.drift_summary(), case.fragile(), case.checks()):
        assert json.loads(table.to_json(orient="records"))

"""A draft: claims without a measure are kept and listed, and no comparison ever meets one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import tallybook as tb
from tallybook.book.load import load_book
from tallybook.cli.app import app
from tallybook.tables.case import Case

CITY = Path(__file__).resolve().parents[1] / "data" / "made-up-city-budget"
ID = "made-up-city-budget"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "city"
    shutil.copytree(CITY, root)
    return root


def rewritten(root: Path, *edits: tuple[str, str]) -> Path:
    file = root / "claims" / f"{ID}.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return root


DRAFT = ("language: en\n", "language: en\nstate: draft\n")
GUESSED = (
    "FY2025-26\n  - id: spending-last-year",
    "FY2025-26\n    guessed: [status, measure]\n  - id: spending-last-year",
)
TRAMS = ("    measure: made_up_city_tram_passengers\n", "")


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--project", str(root)])


def test_a_claim_of_a_draft_may_lack_its_measure_and_nothing_compares_it(project: Path) -> None:
    case = tb.open_book(rewritten(project, DRAFT, TRAMS, GUESSED))[ID]
    assert [claim.id for claim in case.article.unmeasured] == ["trams"]
    assert "trams" not in {claim.id for claim in case.article.claims}
    assert [claim.id for claim in case.article.figures].index("trams") == 13
    assert "trams" not in set(case.verdicts()["claim"])
    assert list(case.unmeasured()["words"]) == ["27.4 million passengers"]
    assert case.answer.startswith("Draft, not reviewed.")
    assert case.answer.endswith("1 figure has no measure yet.")


def test_verdicts_of_the_other_claims_are_those_of_the_reviewed_article(project: Path) -> None:
    before = tb.open_book(project)[ID].verdicts().set_index("claim")
    after = tb.open_book(rewritten(project, DRAFT, TRAMS))[ID].verdicts().set_index("claim")
    assert after["verdict"].equals(before["verdict"].drop("trams"))


def test_the_lines_of_problems_are_those_of_the_file(project: Path) -> None:
    wrong = ("cites: [made-up-city-tram-page]", "cites: [no-such-page]")
    late = ("cites: [made-up-city-speech]", "cites: [no-such-speech]")
    rewritten(project, DRAFT, TRAMS, wrong, late)
    lines = (project / "claims" / f"{ID}.yaml").read_text(encoding="utf-8").splitlines()
    with pytest.raises(tb.BookError) as found:
        load_book(project)
    told = {problem.line: problem.message for problem in found.value.problems}
    assert len(told) == 2
    for name in ("no-such-page", "no-such-speech"):
        line = next(n for n, text in enumerate(lines, 1) if name in text)
        assert name in told[line]


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ((TRAMS,), "key 'claims.13.measure' is missing."),
        ((GUESSED,), "nobody has looked at 'status' and 'measure' of 'spending-planned' yet"),
        ((("language: en\n", "language: en\nstate: final\n"),), "it must be one of 'draft' or 'reviewed'."),
        (
            (DRAFT, TRAMS, ("made_up_city_potholes\n", "made_up_city_potholes\n    supersedes: trams\n")),
            "claim 'trams' has no measure yet. Give it one, or take out 'supersedes'.",
        ),
        ((DRAFT, ("claims:\n", "unmeasured: []\nclaims:\n")), "unknown key 'unmeasured'."),
    ],
    ids=["reviewed without a measure", "reviewed and guessed", "no such state", "superseded", "unmeasured"],
)  # fmt: skip
def test_what_is_wrong_is_told(project: Path, edits: tuple[tuple[str, str], ...], told: str) -> None:
    with pytest.raises(tb.BookError, match=ID) as found:
        load_book(rewritten(project, *edits))
    assert told in str(found.value)


def test_ids_are_unique_among_all_claims(project: Path) -> None:
    with pytest.raises(tb.BookError, match="claim id 'homes' is a duplicate"):
        load_book(rewritten(project, DRAFT, TRAMS, ("- id: trams", "- id: homes")))


def test_the_quotations_of_all_claims_are_looked_for(project: Path) -> None:
    rewritten(project, DRAFT, TRAMS, ("27.4 million passengers", "27.5 million passengers"))
    done = run(project, "check", "--text", str(project / "article.txt"))
    assert done.exit_code == 1
    assert "'27.5 million passengers' are not in the text" in done.output


def test_every_command_says_that_it_is_a_draft(project: Path) -> None:
    rewritten(project, DRAFT, TRAMS)
    verdicts = run(project, "verdicts", ID).output
    assert verdicts.startswith("draft, not reviewed: no verdict here is final\n")
    assert "no measure yet: trams “27.4 million passengers”, paragraph 6" in verdicts
    assert "1 article (of these 1 draft), 15 claims (1 without a measure yet)" in run(project, "check").output


def test_no_verdict_of_a_draft_is_accepted(project: Path) -> None:
    rewritten(project, DRAFT)
    done = run(project, "check", "--verdicts", "--accept")
    assert done.exit_code == 0
    assert f"{ID}: draft, not reviewed; no verdict of a draft is accepted" in done.output
    assert not (project / "claims" / "accepted").exists()


TABLES = (
    "figures", "zones", "independence", "between", "set_aside", "unmeasured", "estimates", "sources",
    "origins", "compare", "verdicts", "slips", "drift", "drift_summary", "robustness", "fragile",
    "sensitivity", "checks", "matrix", "policy_table",
)  # fmt: skip


@pytest.fixture
def without_any_measure(project: Path) -> Case:
    file = project / "claims" / f"{ID}.yaml"
    lines = file.read_text(encoding="utf-8").replace(*DRAFT).splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "    measure: " not in line), encoding="utf-8")
    return tb.open_book(project)[ID]


@pytest.mark.parametrize("table", TABLES)
def test_a_draft_without_any_measure_has_every_table(without_any_measure: Case, table: str) -> None:
    made = getattr(without_any_measure, table)
    assert made() is not None
    assert list(without_any_measure.verdicts()["claim"]) == []


@pytest.mark.parametrize("command", ["verdicts", "compare", "robustness", "drift", "selfcheck"])
def test_a_draft_without_any_measure_has_every_command(without_any_measure: Case, command: str) -> None:
    done = run(without_any_measure.book.root, command, ID)
    assert done.exit_code == 0, done.output


CHARTS: dict[str, Callable[[Case], object]] = {
    "matrix": lambda case: tb.charts.matrix(case),
    "dumbbell": lambda case: tb.charts.dumbbell(case),
    "sensitivity": lambda case: tb.charts.sensitivity(case),
}


@pytest.mark.parametrize("chart", CHARTS)
def test_a_draft_without_any_measure_has_every_chart(without_any_measure: Case, chart: str) -> None:
    assert CHARTS[chart](without_any_measure) is not None

"""A book to begin with: no article, no measure, no origin. Every command says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import tallybook as tb
from tallybook.book.problems import NO_ARTICLE, BookError
from tallybook.book.project_files import find_root
from tallybook.cli.app import app

RUNNER = CliRunner()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("claims/measures.yaml", "measures: []\n"), ("sources/origins.yaml", "origins: []\n")):
        (tmp_path / "desk" / name).parent.mkdir(parents=True)
        (tmp_path / "desk" / name).write_text(text)
    (tmp_path / "desk" / "notebooks" / "essays").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "desk" / "notebooks" / "essays")
    return tmp_path / "desk"


def test_it_is_sound(empty: Path) -> None:
    result = RUNNER.invoke(app, ["check", "--verdicts"])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "0 articles, 0 claims; 0 sources seen, 0 not seen; "
        "0 statements of 0 origins on 0 measures: no problem",
        NO_ARTICLE,
    ]


@pytest.mark.parametrize(
    "words",
    [["verdicts", "x"], ["compare", "x"], ["drift", "x"], ["robustness", "x"], ["selfcheck", "x"],
     ["check", "--article", "x"], ["check", "--verdicts", "--article", "x"]],
    ids=" ".join,
)  # fmt: skip
def test_a_command_on_an_article_says_that_there_is_none(empty: Path, words: list[str]) -> None:
    result = RUNNER.invoke(app, words)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{NO_ARTICLE}\n")


def test_a_text_and_a_draft_have_nothing_to_be_held_against(empty: Path) -> None:
    (empty / "text.txt").write_text("The made-up council bought 12 buses.")
    result = RUNNER.invoke(app, ["check", "--text", str(empty / "text.txt")])
    assert (result.exit_code, result.stderr) == (1, f"--text: {NO_ARTICLE}\n")
    result = RUNNER.invoke(app, ["lint", str(empty / "text.txt")])
    assert result.exit_code == 0 and "the book knows nothing of it" in result.stdout


def test_in_a_notebook_it_is_a_table_without_rows(empty: Path) -> None:
    book = tb.open_book(empty)
    assert len(book) == 0 and book.answer == "This book has no article yet."
    assert list(book.cases()) == ["case", "title", "publisher", "published", "claims", "answer"]
    assert "<caption" in book._repr_html_()
    with pytest.raises(tb.UnknownName, match="no article yet"):
        _ = book.first


def test_an_article_without_a_measure_is_told_where_to_add_one(empty: Path) -> None:
    (empty / "claims" / "made-up.yaml").write_text(
        "id: made-up\ntitle: Made up\npublisher: The Made-up Echo\npublished: 2025-01-01\nlanguage: en\n"
        "claims:\n  - {id: a, measure: buses, anchor: {exact: 12 buses, paragraph: 1}}\n"
    )
    result = RUNNER.invoke(app, ["check"])
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0].startswith("claims/made-up.yaml:7: measure 'buses' is not known")


def test_a_project_is_the_nearest_folder_above_with_the_measures(empty: Path) -> None:
    assert find_root() == empty
    inner = empty / "notebooks" / "essays" / "inner" / "claims"
    inner.mkdir(parents=True)
    assert find_root(inner) == empty
    (inner / "measures.yaml").write_text("measures: []\n")
    assert find_root(inner) == inner.parent
    (empty / "claims" / "measures.yaml").unlink()
    assert find_root() == empty, "a lost file of measures is told, not passed over"


def test_a_named_project_wins_and_is_never_guessed(empty: Path, tmp_path: Path) -> None:
    for named, told in (
        (tmp_path, "no project here, nor in a folder above"),
        (empty / "claims" / "lost", "no such folder"),
        (empty / "claims" / "measures.yaml", "no such folder"),
    ):
        result = RUNNER.invoke(app, ["check", "--project", str(named)])
        assert result.exit_code == 1 and told in result.stderr


def test_a_working_folder_that_is_gone_is_told(empty: Path) -> None:
    (empty / "notebooks" / "essays").rmdir()
    with pytest.raises(BookError, match="no such folder"):
        find_root()

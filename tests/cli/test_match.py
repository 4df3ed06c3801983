"""The command match: figures in their sentences with the reason, one key each, and what is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tallybook.book import load_book
from tallybook.tables.case import Case


@pytest.fixture
def root(small_case: Callable[..., Case], tmp_path: Path) -> Path:
    """A claim of loaves; statements of loaves and of crumbs, which may be called loaves too."""
    small_case(
        [
            {"words": "10,300 loaves were baked", "origin": "b"},
            {"words": "exactly 10,400 loaves", "measure": "crumbs", "origin": "a"},
            {"words": "70 crumbs", "measure": "crumbs", "origin": "c"},
        ],
        [{"words": "over 10,000 loaves"}],
    )
    return tmp_path / "book0"


def test_each_figure_in_its_sentence_with_the_reason(run: Callable[..., Result], root: Path) -> None:
    result = run("match", "bread", "--project", root)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "c0: over 10,000 loaves"
    assert "  1. [10,300 loaves were baked]" in lines
    assert "     Paper p0 · statement s0 (beside it already)" in lines
    assert any(line.startswith("     10,300 loaves beside over 10,000 loaves: 3% above;") for line in lines)


def test_what_was_refused_stays_refused(run: Callable[..., Result], root: Path) -> None:
    result = run("match", "bread", "--project", root, "--accept", input="n\nq\n")
    assert result.exit_code == 0, result.output
    assert "1 decided, 1 open." in result.stdout
    assert [m.says for m in load_book(root).articles["bread"].matches] == ["refused"]
    assert "statement s1 " not in run("match", "bread", "--project", root).stdout
    assert "statement s1 (refused)" in run("match", "bread", "--project", root, "--refused").stdout


def test_undo_and_the_end_of_the_input(run: Callable[..., Result], root: Path) -> None:
    before = (root / "claims/bread.yaml").read_bytes()
    result = run("match", "bread", "--project", root, "--accept", input="y\nu\n")
    assert result.exit_code == 0, result.output
    assert "0 decided, 2 open." in result.stdout
    assert (root / "claims/bread.yaml").read_bytes() == before


def test_a_key_without_a_meaning_asks_again(run: Callable[..., Result], root: Path) -> None:
    result = run("match", "bread", "--project", root, "--accept", input="x\nl\nl\n")
    assert "0 decided, 2 open." in result.stdout


def test_a_folder_of_texts(run: Callable[..., Result], root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.txt").write_text("They baked 10,100 loaves \x1b[31m\u202e on that day.\n", encoding="utf-8")
    result = run("match", "bread", "--project", root, "--in", folder)
    assert "1 text looked through, 1 of them new or changed." in result.stdout
    assert "They baked [10,100 loaves]" in result.stdout
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout
    assert "0 of them new or changed" in run("match", "bread", "--project", root, "--in", folder).stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["match", "brad"], "no article 'brad'. Nearest: 'bread'."),
        (["match", "bread", "--claim", "c9"], "no claim 'c9'. There are: c0."),
        (["match", "bread", "--in", "nowhere"], "nowhere:1: is no folder. Name a folder of texts."),
        (["match", "bread", "--model", "nothing"], "no model 'nothing'."),
        (["match", "bread", "--model", "os:nothing"], "the model 'os:nothing' cannot be loaded"),
    ],
)
def test_wrong_use(run: Callable[..., Result], root: Path, words: list[str], told: str) -> None:
    result = run(*words, "--project", root)
    assert result.exit_code in (1, 2)
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_a_model_of_ones_own(
    run: Callable[..., Result], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my_model.py").write_text(
        "def like(text, texts):\n    return [float('70' in one) for one in texts]\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    result = run("match", "bread", "--project", root, "--model", "my_model:like")
    assert result.exit_code == 0, result.output

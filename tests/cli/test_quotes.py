"""The command quotes: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

TEXT = "They baked over 10,000 loaves, up to 20–30 loaves of rye and “five crumbs”.\n"


@pytest.fixture
def text(bread: Path) -> Path:
    file = bread / ".cache" / "texts" / "bread.txt"
    file.parent.mkdir(parents=True)
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_all_were_found(run: Callable[..., Result], bread: Path, text: Path) -> None:
    result = run("quotes", "bread", "--project", bread)
    assert (result.exit_code, result.stdout) == (0, "3 quotations: found 3.\n")


def test_a_text_given_instead_of_the_one_in_the_cache(run: Callable[..., Result], bread: Path) -> None:
    (bread / "other.txt").write_text(TEXT.replace("10,000", "12,000"), encoding="utf-8")
    result = run("quotes", "bread", "--project", bread, "--text", bread / "other.txt")
    assert result.exit_code == 1
    assert (
        "c0: absent: 'over 10,000 loaves': the text has “over 12,000 loaves”, which is another"
        in result.stdout
    )
    assert result.stdout.endswith("3 quotations: found 2 and absent 1.\n")


def test_what_moved_is_written_only_if_asked(run: Callable[..., Result], bread: Path, text: Path) -> None:
    text.write_text(f"First.\n\n{TEXT}", encoding="utf-8")
    before = (bread / "claims/bread.yaml").read_bytes()
    result = run("quotes", "bread", "--project", bread)
    assert result.exit_code == 1
    assert "-    paragraph: 1" in result.stdout and "+    paragraph: 2" in result.stdout
    assert (bread / "claims/bread.yaml").read_bytes() == before
    result = run("quotes", "bread", "--project", bread, "--write")
    assert "written: claims/bread.yaml" in result.stdout
    assert run("quotes", "bread", "--project", bread).stdout == "3 quotations: found 3.\n"


def test_what_could_not_be_checked_is_no_failure_and_no_success(
    run: Callable[..., Result], bread: Path, text: Path
) -> None:
    result = run("quotes", "--project", bread)
    assert result.exit_code == 3
    assert "s0: could not check: 'over 10 400 [bold]loaves[/bold]': the text of its page" in result.stdout
    assert result.stdout.endswith("8 quotations: found 3 and could not check 5.\n")


def test_pages(run: Callable[..., Result], bread: Path, text: Path) -> None:
    pages = bread / ".cache" / "pages"
    pages.mkdir()
    (pages / "p1.txt").write_text("They counted 10,300 loaves.", encoding="utf-8")
    (pages / "p3.txt").write_text("There were 71 rye loaves.", encoding="utf-8")
    result = run("quotes", "--project", bread, "--all")
    assert result.exit_code == 1
    assert "s1: found: '10,300 loaves'" in result.stdout
    assert "s3: absent: '70 rye loaves': the text has “71 rye loaves”, which is another" in result.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["quotes", "--write"], "--text and --write are of one article: name it."),
        (["quotes", "bread", "--text", "nowhere.txt"], "nowhere.txt:1: cannot be read"),
        (["quotes", "brad"], "no article 'brad'. Nearest: 'bread'."),
    ],
)
def test_wrong_use(run: Callable[..., Result], bread: Path, words: list[str], told: str) -> None:
    result = run(*words, "--project", bread)
    assert result.exit_code in (1, 2)
    assert told in result.stderr

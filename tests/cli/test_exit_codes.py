"""docs/exit-codes.md lists every command, and each ends as the table says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from tallybook.cli.app import app

TABLE = (Path(__file__).resolve().parents[2] / "docs" / "exit-codes.md").read_text(encoding="utf-8")
GIVEN = {
    "init": "text.txt",
    "scan": "no-such-folder --out new.parquet",
    "new": "text.txt --id x",
    "read": "no-such-file.txt",
    "lint": "text.txt",
    "schema": "--out text.txt/x",
    "source add": "text.txt",
    "source table": "table.csv --again",
    "export": "x --to csv",
    "measures": "", "quotes": "", "check": "", "report": "", "notebooks": "", "migrate": "",
    "source drafts": "", "source review": "",
}  # fmt: skip
"""What a command is called with where a book cannot be read; "x" for those that are not here."""


def commands() -> list[str]:
    def below(command: Any, name: str) -> Iterator[str]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield name
        for word, one in (inner or {}).items():
            yield from below(one, f"{name} {word}".strip())

    return list(below(get_command(app), ""))


def listed() -> dict[str, str]:
    """By command: what its row says it means to end with 2."""
    rows = [line.split("|")[1:-1] for line in TABLE.splitlines() if line.startswith("| `")]
    return {command: row[3].strip() for row in rows for command in re.findall(r"`([a-z ]+)`", row[0])}


@pytest.fixture
def unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project whose book is no YAML, with a text and a table beside it."""
    for name, text in (
        ("claims/measures.yaml", "measures: [\n"),
        ("sources/origins.yaml", "origins: []\n"),
        ("text.txt", "12 loaves"),
        ("table.csv", "a,b\n1,2\n"),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)


def test_the_table_lists_every_command_once() -> None:
    named = re.findall(r"`([a-z ]+)`", "".join(re.findall(r"^\| (`.+?) \|", TABLE, re.MULTILINE)))
    assert sorted(named) == sorted(commands())


@pytest.mark.parametrize("command", commands())
def test_wrong_use_is_2(command: str) -> None:
    found = CliRunner().invoke(app, [*command.split(), "--no-such-option"])
    assert found.exit_code == 2 and found.stderr, found.output


def test_an_unknown_command_is_2() -> None:
    assert CliRunner().invoke(app, ["no-such-command"]).exit_code == 2


@pytest.mark.parametrize("command", sorted({*commands()} - {"mcp"}))
def test_what_cannot_be_read_or_written_is_1_but_where_the_table_says_2(
    command: str, unreadable: None
) -> None:
    found = CliRunner().invoke(app, [*command.split(), *GIVEN.get(command, "x").split()])
    assert found.exit_code == (2 if "book cannot be read" in listed()[command] else 1), found.output
    assert found.stderr and isinstance(found.exception, SystemExit)


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tallybook.intake.checked_book.load_book", stopped)
    assert CliRunner().invoke(app, ["check"]).exit_code == 130


def test_a_server_for_assistants_tells_in_its_answers_what_cannot_be_read(unreadable: None) -> None:
    assert CliRunner().invoke(app, ["mcp"], input="").exit_code == 0

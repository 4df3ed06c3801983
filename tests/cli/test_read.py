"""``tallybook read``: figures of files and of standard input, as a table, JSON or CSV, as they are read."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tallybook.cli.app import app
from tallybook.reading.lexicon.language import languages

NEWS = "As many as 15,000 soldiers came in May 2024. They fired over 10,000 shells a month.\n"
HOSTILE = "The \x1b[31mred\x1b[0m 5 men\x9b2J, [bold]6 ships[/bold] and \u202e7 boats\x07 left.\n"
COMMAND = [sys.executable, "-m", "tallybook", "read"]


def run(*arguments: str | Path, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, arguments)], input=text)


def printed(*arguments: str | Path, text: str | bytes | None = None) -> str:
    result = run(*arguments, text=text)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.txt"
    path.write_text("Nine men left.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input_is_read_where_no_file_is_named(arguments: list[str]) -> None:
    head, first, second = printed(*arguments, text=NEWS).splitlines()
    assert head.split() == ["words", "low", "high", "modifier", "unit", "per", "trend", "of", "at"]
    assert first.startswith("As many as 15,000 soldiers  15,000")
    assert first.endswith("0–26")
    assert second.split()[:3] == ["over", "10,000", "shells"]


def test_a_text_without_a_figure_has_no_rows() -> None:
    assert len(printed(text="Nobody came.").splitlines()) == 1
    assert printed("--json", text="") == ""
    assert len(printed("--csv", text="").splitlines()) == 1


def test_several_files_are_told_apart(file: Path, other: Path) -> None:
    assert f"{other}:0–8" in printed(file, other)
    found = [json.loads(line) for line in printed("--json", file, other).splitlines()]
    assert [(one["file"], one["start"]) for one in found] == [
        (str(file), 0), (str(file), 56), (str(other), 0),
    ]  # fmt: skip
    assert [row["file"] for row in rows(printed("--csv", file, other))] == [str(file)] * 2 + [str(other)]
    assert "file" not in json.loads(printed("--json", other))


def test_json_gives_every_field_and_the_sentence(file: Path) -> None:
    first, second = map(json.loads, printed("--json", file).splitlines())
    assert first == {
        "words": "As many as 15,000 soldiers", "start": 0, "end": 26, "low": 15000, "high": 15000,
        "modifier": "up_to", "hedges": [], "unit": "soldier", "noun": "soldiers", "per": None,
        "trend": None, "kind": "figure", "of": None, "sentence": [0, 44],
        "best": None, "grain": 1000, "grain_high": None, "single": False, "form": "number", "leaning": None,
        "inferred": False, "descends": False,
        "sentence_text": "As many as 15,000 soldiers came in May 2024.",
    }  # fmt: skip
    assert (second["per"], second["sentence"]) == ("month", [45, 83])


def test_what_is_no_number_is_null_in_json(file: Path) -> None:
    table = " ".join(map(str, range(60)))
    (aside,) = map(json.loads, printed("--json", "--asides", text=table).splitlines())
    assert (aside["kind"], aside["low"], aside["high"]) == ("table", None, None)
    (row,) = rows(printed("--csv", "--asides", text=table))
    assert (row["kind"], row["low"], row["high"]) == ("table", "", "")


def test_asides_stand_in_the_order_of_the_text(file: Path) -> None:
    kinds = [json.loads(line)["kind"] for line in printed("--json", "--asides", file).splitlines()]
    assert kinds == ["figure", "date", "figure"]
    head, _, date, _ = printed("--asides", file).splitlines()
    assert head.split()[1] == "kind"
    assert date.split()[:3] == ["May", "2024", "date"]


def test_csv_does_not_begin_a_formula() -> None:
    text = "=cmd|'/c calc' took 5 men.\n@SUM left -3 percent, and +7 of them, -4.\n\n＝1+1 and 6 men.\n"
    found = rows(printed("--csv", text=text))
    assert "'=cmd" in found[0]["sentence_text"] and "'@SUM" in found[1]["sentence_text"]
    assert found[-1]["sentence_text"].startswith("'＝1")
    for row in found:
        for cell in row.values():
            begins = cell[:1] in ("=", "+", "-", "@", "\t", "\r")
            assert not begins or cell.lstrip("+-").replace(".", "").isdecimal()
    assert {row["low"] for row in found} >= {"5", "-3"}


@pytest.mark.parametrize("options", [[], ["--csv"], ["--json"], ["--context"], ["--asides"]])
def test_a_hostile_text_never_commands_the_terminal(options: list[str]) -> None:
    out = printed(*options, text=HOSTILE)
    assert all(character.isprintable() or character == "\n" for character in out)


def test_markup_is_shown_as_it_stands() -> None:
    assert "[bold]6 ships[/bold]" in printed("--context", text=HOSTILE)
    for line in printed("--json", text=HOSTILE).splitlines():
        assert json.loads(line)["sentence_text"] == HOSTILE.strip()


def test_the_context_of_a_figure_is_short_however_long_its_line() -> None:
    text = "word " * 100_000 + "and 5 men " + "word " * 100_000
    _, line = printed("--context", text=text).splitlines()
    assert "…" in line and "and 5 men word" in line and len(line) < 200


def test_later_rows_keep_to_the_columns_of_the_first() -> None:
    lines = printed(text="Nine men left. Over 10,000 shells came.\n" * 4000).splitlines()
    assert len(lines) == 8001
    assert {line.index("exact") for line in lines[1::2]} == {lines[0].index("modifier")}


def test_all_that_cannot_be_read_is_told_before_anything_is_printed(tmp_path: Path, file: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(NEWS.encode() * 40_000 + b"5 m\xe4n\n")
    missing = tmp_path / "missing.txt"
    result = run(file, bad, missing, tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert sorted(result.stderr.splitlines()[:-1]) == sorted(
        [
            f"{bad}:40001: byte 0xe4 is not valid UTF-8. Save the file as UTF-8.",
            f"{missing}:1: cannot be read: {os.strerror(errno.ENOENT)}.",
            f"{tmp_path}:1: cannot be read: {os.strerror(errno.EISDIR)}.",
        ]
    )


@pytest.mark.parametrize("cut", [b"5 men\n\xc3", b"\xef\xbb"])
def test_a_text_that_breaks_off_within_a_character_is_told(cut: bytes) -> None:
    result = run(text=cut)
    assert result.exit_code == 1
    assert "is not valid UTF-8" in result.stderr


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    marked = b"\xef\xbb\xbf5 men\r\n"
    (tmp_path / "marked.txt").write_bytes(marked)
    assert json.loads(printed("--json", tmp_path / "marked.txt"))["start"] == 0
    with subprocess.Popen([*COMMAND, "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as p:
        assert p.stdin is not None and p.stdout is not None
        for byte in marked:
            p.stdin.write(bytes([byte]))
            p.stdin.flush()
        p.stdin.close()
        assert json.loads(p.stdout.read())["start"] == 0


def test_an_unknown_language_lists_the_known(file: Path) -> None:
    result = run("--language", "xx\x1b", file)
    assert (result.exit_code, result.stdout) == (2, "")
    known = ", ".join(languages())
    assert result.stderr == f"--language 'xx\\x1b' is not one of: {known}.\n"


def test_one_kind_of_output_at_a_time(file: Path) -> None:
    assert run("--json", "--csv", file).exit_code == 2


def test_a_reader_that_has_seen_enough_ends_the_run_quietly(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text(NEWS * 20_000, encoding="utf-8")
    for option in ("--json", "--csv", "--asides"):
        with subprocess.Popen([*COMMAND, option, long], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as p:
            assert p.stdout is not None and p.stderr is not None
            assert p.stdout.readline() != b""
            p.stdout.close()
            assert p.stderr.read() == b""


def test_rows_are_printed_while_the_text_is_still_coming() -> None:
    with subprocess.Popen([*COMMAND, "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as p:
        assert p.stdin is not None and p.stdout is not None
        for _ in range(20):
            p.stdin.write(NEWS.encode())
        p.stdin.flush()
        assert json.loads(p.stdout.readline())["low"] == 15000
        p.stdin.close()
        assert len(p.stdout.readlines()) == 39


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """(our end, theirs) of a terminal of 80 columns."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")
    termios = pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    yield ours, theirs
    os.close(ours)


def seen(ours: int) -> str:
    """All that a terminal was sent, once the other end is closed."""
    raw = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # how Linux says that nobody is left
            piece = b""
        if not piece:
            return raw.decode()
        raw += piece


def plain(**more: str) -> dict[str, str]:
    gone = ("COLUMNS", "NO_COLOR", "FORCE_COLOR")
    return {name: value for name, value in os.environ.items() if name not in gone} | {"TERM": "xterm"} | more


def test_a_terminal_shows_the_figure_bold_in_its_sentence(terminal: tuple[int, int]) -> None:
    ours, theirs = terminal
    text = "Here the minister said that over 10,000 shells had been fired. " + HOSTILE
    subprocess.run(COMMAND, input=text.encode(), stdout=theirs, check=True, env=plain())
    os.close(theirs)
    out = seen(ours)
    assert "Here the minister said that \x1b[1mover 10,000 shells\x1b[0m had been fired." in out
    harmless = out.replace("\x1b[1m", "").replace("\x1b[0m", "").replace("\r\n", "")
    assert harmless.isprintable() and "[bold]" in harmless


def test_a_bar_on_the_terminal_leaves_the_output_alone(terminal: tuple[int, int], tmp_path: Path) -> None:
    ours, theirs = terminal
    long = tmp_path / "long.txt"
    long.write_text("word " * 500_000 + NEWS, encoding="utf-8")
    run = subprocess.run(
        [*COMMAND, "--json", long], stdout=subprocess.PIPE, stderr=theirs, check=True, env=plain()
    )
    os.close(theirs)
    assert [json.loads(line)["unit"] for line in run.stdout.splitlines()] == ["soldier", "shell"]
    assert "MB" in seen(ours)

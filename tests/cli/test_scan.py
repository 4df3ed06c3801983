"""``tallybook scan``: what it tells, and what it ends with."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallybook.cli.app import app

FIRST_CASE = Path(__file__).resolve().parents[1] / "data" / "first-case"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "archive").mkdir()
    write(tmp_path / "archive" / "a.jsonl", ["Over 90 mills closed.", "Nothing."])
    monkeypatch.chdir(tmp_path)
    return tmp_path / "archive"


def write(file: Path, texts: list[str]) -> None:
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))


def run(*words: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(app, ["scan", *words])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.output
    return found.exit_code, found.stdout, found.stderr


def test_what_was_read_is_told(archive: Path) -> None:
    code, told, _ = run("archive", "--out", "m.parquet", "--jobs", "1")
    assert (code, told) == (0, "2 texts, 1 figure\nfigures: m.parquet\ntexts: m.texts.parquet\n")


def test_what_was_not_read_is_told_and_ends_with_3(archive: Path) -> None:
    (archive / "b.jsonl").write_text("{\n")
    (archive / "\x1b[31m.jpg").write_text("")
    (archive / "link").symlink_to(archive)
    code, told, _ = run("archive", "--out", "m.parquet", "--jobs", "1")
    assert code == 3
    assert "not read, or not to the end: 1 text; why: column 'error' of the texts" in told
    assert "left out: links 1, .jpg 1" in told or "left out: .jpg 1, links 1" in told
    assert "\x1b" not in told


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["no-such", "--out", "m.parquet"], 1, "no-such:1: is not there"),
        (["archive"], 2, "--out"),
        (["--out", "m.parquet"], 2, "PATH"),
        (["archive", "--out", "/"], 2, "--out needs the name of a new folder"),
        (["archive", "--out", "archive"], 1, "is there already"),
        (["archive", "--out", "m.parquet", "--language", "xx"], 2, "'xx'"),
        (["archive", "--out", "m.parquet", "--jobs", "0"], 2, "--jobs"),
        (["archive", "--out", "archive/a.jsonl/m.parquet"], 1, "cannot be written"),
        (["archive", "--out", "m.parquet", "--match", "--project", "archive"], 1, "project"),
    ],
)
def test_what_cannot_be_is_told(archive: Path, words: list[str], code: int, told: str) -> None:
    before = sorted(archive.parent.rglob("*"))
    found = run(*words)
    assert (found[0], told in found[2]) == (code, True), found
    assert sorted(archive.parent.rglob("*")) == before


def test_another_scan_of_the_same_name_is_not_written_over(archive: Path) -> None:
    assert run("archive", "--out", "m.parquet", "--jobs", "1")[0] == 0
    assert run("archive", "--out", "m.parquet", "--jobs", "1")[0] == 1


def test_the_figures_of_the_book_are_watched(archive: Path) -> None:
    write(archive / "b.jsonl", ["In 2025 about 500 military builders were sent to Russia."])
    code, told, _ = run(
        "archive", "--out", "m.parquet", "--jobs", "1", "--match", "--project", str(FIRST_CASE)
    )
    assert code == 0
    assert "1 figure that a source of the book states or contradicts: m.watch.parquet" in told


def test_ctrl_c_tells_how_to_go_on_and_the_same_command_does(archive: Path) -> None:
    """At a real terminal, whose Ctrl-C reaches every process of the command."""
    for n in range(6):
        write(archive / f"{n}.jsonl", ["Over 90 mills closed. " * 400] * 300)
    command = [sys.executable, "-m", "tallybook", "scan", "archive", "--out", "m.parquet", "--jobs", "2"]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stderr=theirs, stdout=theirs, stdin=theirs, start_new_session=True)
    os.close(theirs)
    manifest = Path("m.parquet.unfinished/manifest.jsonl")
    end = time.monotonic() + 90
    while not manifest.is_file() or len(manifest.read_text().splitlines()) < 3:
        assert time.monotonic() < end and process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    said = b""
    while True:
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    assert process.wait(timeout=30) == 130, said
    assert b"The same command goes on from there." in said and b"Traceback" not in said
    assert not Path("m.parquet").exists()
    code, told, _ = run("archive", "--out", "m.parquet", "--jobs", "2")
    assert code == 0 and "had been finished before and were kept" in told and "1,802 texts" in told

"""``tallybook migrate``: listed first, written when asked; it needs no book that can be opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]

MEASURES = "measures:\n- id: loaves  # baked\n  kind: cumulative\n  unit: loaf\n"
ORIGINS = "governments: {north: the North}\norigins: [{id: baker, government: north}]\n"
LISTED = """\
claims/measures.yaml:3: kind: cumulative → kind: total, cumulative: true
sources/origins.yaml:1: governments: → parties:
sources/origins.yaml:2: government: north → speaks_for: north
claims/measures.yaml:1: remark: 'window_days' is left out, which meant 45 and means 31 now: \
write 'window_days: 45' to keep it.
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A project of the first version that no loader opens: it has no article."""
    for name, text in {"claims/measures.yaml": MEASURES, "sources/origins.yaml": ORIGINS}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    return tmp_path


def test_changes_are_listed_and_not_written(run: Run, old: Path) -> None:
    result = run("migrate", old)
    assert (result.exit_code, result.stdout) == (1, LISTED)
    assert result.stderr == "3 changes in 2 files, none written. Run with --write to write them.\n"
    assert (old / "claims/measures.yaml").read_text() == MEASURES
    assert (old / "sources/origins.yaml").read_text() == ORIGINS


def test_with_write_they_are_written_and_nothing_is_left_to_do(run: Run, old: Path) -> None:
    result = run("migrate", "--write", old)
    assert (result.exit_code, result.stdout) == (0, LISTED + "3 changes in 2 files written.\n")
    assert (old / "claims/measures.yaml").read_text() == MEASURES.replace(
        "kind: cumulative", "kind: total\n  cumulative: true"
    )
    for words in (["migrate", old], ["migrate", old, "--write"]):
        again = run(*words)
        assert (again.exit_code, again.stdout) == (
            0, "Nothing to change: no key of the first version is left.\n",
        )  # fmt: skip


def test_the_project_is_the_one_around_this_folder(
    run: Run, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(old / "sources")
    assert run("migrate").stdout == LISTED


def test_a_broken_file_is_told_with_its_line_and_nothing_is_written(run: Run, old: Path) -> None:
    (old / "sources/page.yaml").write_text("id: page\ntitle: [\n")
    result = run("migrate", "--write", old)
    assert result.exit_code == 1
    assert result.stderr.startswith("sources/page.yaml:3: not valid YAML: ")
    assert result.stderr.endswith("1 problem\n")
    assert (old / "claims/measures.yaml").read_text() == MEASURES


def test_a_file_that_cannot_be_written_is_told(run: Run, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = run("migrate", "--write", old)
    assert result.exit_code == 1
    assert result.stderr == (
        "claims/measures.yaml:1: cannot be written: No space left on device. No file was changed.\n"
        "1 problem\n"
    )
    assert (old / "claims/measures.yaml").read_text() == MEASURES


def test_what_a_file_says_is_shown_and_not_obeyed(run: Run, old: Path) -> None:
    (old / "sources/origins.yaml").write_text('origins: [{government: "\\x1b[2J' + "x" * 200 + '"}]\n')
    result = run("migrate", old)
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    (old / "sources/origins.yaml").write_text(f"origins: [{{government: {'x' * 200}}}]\n")
    assert f"government: {'x' * 80}… → speaks_for: {'x' * 80}…" in run("migrate", old).stdout


def test_without_a_project_there_is_nothing_to_migrate(run: Run, tmp_path: Path) -> None:
    result = run("migrate", tmp_path)
    assert result.exit_code == 1
    assert "no project here" in result.stderr


def test_more_files_than_a_process_may_usually_open(run: Run, old: Path) -> None:
    """All drafts are open at once."""
    resource = pytest.importorskip("resource")
    page = "publisher: Paper\nlanguage: en\nkind: secondary\npublished: 2025-06-01 00:00\nid: "
    for number in range(120):
        (old / "sources" / f"p{number}.yaml").write_text(f"{page}p{number}\n")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    in_use = max(map(int, os.listdir("/dev/fd")))
    resource.setrlimit(resource.RLIMIT_NOFILE, (in_use + 60, before[1]))
    try:
        assert run("migrate", "--write", old).exit_code == 0
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert not [file for file in (old / "sources").iterdir() if "00:00" in file.read_text()]

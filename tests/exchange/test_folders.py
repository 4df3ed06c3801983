"""The folder of an export is whole at every moment, and a run that was killed leaves nothing for long."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tallybook.book.lock import locked
from tallybook.exchange import folders
from tallybook.exchange.folders import LIST, replace_folder

OLD, NEW = {"a.csv": b"1", "deep/b.csv": b"2"}, {"a.csv": b"3"}
STEPS = ("open", "os.mkdir", "os.rename", "shutil.rmtree", "os.remove", "os.rmdir")


def killed(folder: Path, step: int) -> int:
    """Replace the folder in a process of its own, which dies at the ``step``-th of STEPS; its exit code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = step

    def dying(event: str, arguments: object) -> None:
        nonlocal left
        if event in STEPS:
            left -= 1
            if not left:
                os._exit(9)

    try:
        sys.addaudithook(dying)
        replace_folder(folder, NEW)
        os._exit(0)
    finally:
        os._exit(1)


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST
    }


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_killed_at_every_step_it_is_whole_after_the_next_run(tmp_path: Path) -> None:
    """By the events that the interpreter tells of: each file that is opened, each rename and removal."""
    codes, step = [9], 0
    while codes[-1] == 9:
        step += 1
        folder = tmp_path / str(step) / "csv"
        replace_folder(folder, OLD)
        codes.append(killed(folder, step))
        if folder.exists():
            assert held(folder) in (OLD, NEW)
        replace_folder(folder, {"c.csv": b"4"})
        assert held(folder) == {"c.csv": b"4"}
        assert [entry.name for entry in folder.parent.iterdir()] == ["csv"]
    assert codes[-1] == 0 and step > 10


def test_what_a_killed_run_moved_aside_is_put_back(tmp_path: Path) -> None:
    """Also where the next run cannot write: the older export is better than none."""
    folder = tmp_path / "csv"
    replace_folder(folder, OLD)
    aside = tmp_path / ".csv.tallybook-killed"
    aside.mkdir()
    folder.rename(aside / "old")
    with pytest.raises(ValueError, match="null"):
        replace_folder(folder, {"a\0": b""})
    assert held(folder) == OLD
    assert os.listdir(tmp_path) == ["csv"]


def test_nothing_of_somebody_else_is_removed(tmp_path: Path) -> None:
    theirs = tmp_path / ".csv.tallybook-notes"
    theirs.mkdir()
    (theirs / "notes.txt").write_text("mine")
    linked = tmp_path / ".csv.tallybook-link"
    linked.symlink_to(theirs)
    replace_folder(tmp_path / "csv", NEW)
    assert (theirs / "notes.txt").read_text() == "mine" and linked.is_symlink()


def test_two_exports_at_once_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "WAIT", 0.1)
    with locked(tmp_path / ".csv.lock", wait=0), pytest.raises(OSError, match="another export is writing it"):
        replace_folder(tmp_path / "csv", NEW)
    replace_folder(tmp_path / "csv", NEW)
    assert held(tmp_path / "csv") == NEW

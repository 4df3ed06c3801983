"""Where a suite may be made: never over anything, and whole or not at all whenever it is stopped."""

from __future__ import annotations

import multiprocessing
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tallybook.book.lock import locked
from tallybook.suite import SuiteError, make_suite
from tallybook.suite import folder as folder_module
from tallybook.suite.folder import LAST, LOCK, UNFINISHED, refuse_what_cannot_be

FILES = {
    "README.md": b"made up\n",
    "claims/measures.yaml": b"measures: []\n",
    "notebooks/a.ipynb": b"{}",
    "sources/origins.yaml": b"origins: []\n",
}


def there(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "name",
    ["desk", "two words", "it's", 'a "quoted" one', "-desk", "--help", "床", "$HOME", "a%41#b", "a/b/c"],
)
def test_a_folder_may_have_any_name_that_can_be_shown(tmp_path: Path, name: str) -> None:
    assert make_suite(tmp_path / name, FILES) is False
    assert there(tmp_path / name) == FILES


def test_an_empty_folder_is_filled_even_the_one_we_are_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_suite(Path("."), FILES)
    assert there(tmp_path) == FILES


def test_a_link_to_an_empty_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    make_suite(tmp_path / "link", FILES)
    assert there(tmp_path / "real") == FILES


@pytest.mark.parametrize("entry", ["notes.txt", ".git", "claims", UNFINISHED + "-mine"])
def test_a_folder_that_is_not_empty_is_refused_and_left_as_it_is(tmp_path: Path, entry: str) -> None:
    (tmp_path / entry).write_text("mine")
    said = f"is not empty: it has '{re.escape(entry)}'. Nothing was written"
    with pytest.raises(SuiteError, match=said):
        make_suite(tmp_path, FILES)
    with pytest.raises(SuiteError, match=said):
        refuse_what_cannot_be(tmp_path)
    assert there(tmp_path) == {entry: b"mine"}


def test_a_finished_suite_is_not_made_again(tmp_path: Path) -> None:
    make_suite(tmp_path / "desk", FILES)
    with pytest.raises(SuiteError, match="is not empty"):
        make_suite(tmp_path / "desk", dict.fromkeys(FILES, b"other"))
    assert there(tmp_path / "desk") == FILES


@pytest.mark.parametrize(
    ("name", "said"),
    [("a\nb", "cannot be shown"), ("a\x1b[31mb", "cannot be shown"), ("a\udcffb", "cannot be shown"),
     ("a\u202eb", "cannot be shown"), (f"a{os.pathsep}b", "no virtual environment")],
)  # fmt: skip
def test_a_name_that_cannot_be_is_refused_in_one_printable_line(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(SuiteError, match=said) as refused:
        make_suite(tmp_path / name, FILES)
    assert str(refused.value).isprintable()
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("mine")
    with pytest.raises(SuiteError, match="is not a folder"):
        make_suite(tmp_path / "desk", FILES)
    with pytest.raises(SuiteError, match="cannot be made: Not a directory"):
        make_suite(tmp_path / "desk" / "inner", FILES)


def test_an_error_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = os.rename

    def stop(source: Path, target: Path) -> None:
        if target.name == "notebooks":
            raise KeyboardInterrupt
        rename(source, target)

    monkeypatch.setattr(folder_module.os, "rename", stop)
    with pytest.raises(KeyboardInterrupt):
        make_suite(tmp_path / "a" / "desk", FILES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("moved", range(len(FILES) + 1))
def test_what_a_killed_run_began_is_finished_by_the_next(tmp_path: Path, moved: int) -> None:
    """Killed after so many entries had been moved up, or while it wrote aside."""
    make_suite(tmp_path, FILES)
    aside = tmp_path / UNFINISHED
    aside.mkdir()
    order = sorted({name.split("/")[0] for name in FILES}, key=lambda name: (name == LAST, name))
    for name in order[moved:]:
        os.rename(tmp_path / name, aside / name)
    (aside / "half").write_bytes(b"mad")
    (tmp_path / LOCK).touch()
    refuse_what_cannot_be(tmp_path)
    assert make_suite(tmp_path, FILES) is True
    assert there(tmp_path) == FILES


def test_what_a_person_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    make_suite(tmp_path, FILES)
    (tmp_path / UNFINISHED).mkdir()
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(
        SuiteError, match=r"'README\.md' in the folder is not what a stopped init had written"
    ):
        make_suite(tmp_path, FILES)
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(SuiteError, match="is not empty: it has 'mine'"):
        make_suite(tmp_path, FILES)
    assert there(tmp_path) == FILES | {"README.md": b"mine", "mine": b"mine"}


def test_two_at_once_do_not_mix(tmp_path: Path) -> None:
    said = "another 'tallybook init' is at work"
    with locked(tmp_path / LOCK, wait=0), pytest.raises(SuiteError, match=said):
        make_suite(tmp_path, FILES)


def test_a_real_kill_at_any_moment_leaves_what_the_next_run_finishes(tmp_path: Path) -> None:
    """Many files, so that the kills fall everywhere: before, and while files are written or moved."""
    files = FILES | {f"d{i:03}/f{j}": b"x" * 500 for i in range(100) for j in range(10)}
    stopped = 0
    for number in range(8):
        desk = tmp_path / f"desk{number}"
        run = multiprocessing.get_context("fork").Process(target=make_suite, args=(desk, files))
        run.start()
        time.sleep(0.018 * number)
        run.kill()
        run.join()
        stopped += run.exitcode != 0
        with suppress(SuiteError):  # it was whole already
            make_suite(desk, files)
        assert there(desk) == files
    assert stopped


@pytest.mark.parametrize("asked", [refuse_what_cannot_be, lambda folder: make_suite(folder, FILES)])
def test_the_lock_that_a_killed_run_left_alone_goes(tmp_path: Path, asked: Callable[[Path], object]) -> None:
    make_suite(tmp_path, FILES)
    (tmp_path / LOCK).touch()
    with pytest.raises(SuiteError, match="is not empty"):
        asked(tmp_path)
    assert there(tmp_path) == FILES

"""A file is written whole or not at all, and nothing is left beside it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tallybook.book.text_files import replacing, write_whole


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_the_new_file_takes_the_place_of_the_old_when_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "new" / "file.txt"
    write_whole(file, "old\n")
    with replacing(file) as beside:
        beside.write_bytes(b"half")
        assert file.read_text(encoding="utf-8") == "old\n"
        beside.write_bytes(b"whole")
    assert file.read_bytes() == b"whole"
    assert names(file.parent) == ["file.txt"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_on_the_way_leaves_the_old_file_alone(tmp_path: Path, error: type[BaseException]) -> None:
    file = tmp_path / "file.txt"
    write_whole(file, "old\n")
    with pytest.raises(error), replacing(file) as beside:
        beside.write_text("half", encoding="utf-8")
        raise error
    assert file.read_bytes() == b"old\n"
    assert names(tmp_path) == ["file.txt"]


def test_a_folder_in_the_way_is_an_error_that_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError):
        write_whole(tmp_path / "folder", "text")
    assert names(tmp_path) == ["folder"]


def test_the_mode_is_that_of_the_old_file_and_readable_by_all_for_a_new_one(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    write_whole(file, "text")
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    file.chmod(0o600)
    write_whole(file, "other")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_text_is_stored_as_utf8_with_the_line_ends_it_has(tmp_path: Path) -> None:
    write_whole(tmp_path / "file.txt", "“nine”\n")
    assert (tmp_path / "file.txt").read_bytes() == "“nine”\n".encode()

"""A whole scan: each text once, the same tables however it came to them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tallybook.book.problems import BookError
from tallybook.scan import guarded, local
from tallybook.scan import place as place_module
from tallybook.scan.files import LeftOut
from tallybook.scan.guarded import CannotWork
from tallybook.scan.inputs import parts
from tallybook.scan.manifest import Manifest
from tallybook.scan.part import Finished, Job, finish
from tallybook.scan.place import MANIFEST
from tallybook.scan.run import scan
from tallybook.scan.settings import Settings

from .archive import lines, record, rows, scanned, table

FEW = Settings(part_texts=5, part_bytes=400)
HERE = Path(__file__).parent


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(lines(map(record, range(30))) + b"{\n")
    rows(folder / "b.parquet", [record(n) for n in range(30, 40)], size=4)
    for n in range(40, 52):
        (folder / f"{n}.txt").write_text(record(n)["text"])
    return folder


def in_this_process(settings: Settings) -> Any:
    """A runner without processes, and what it was asked for."""
    asked: list[int] = []

    def run(jobs: Iterable[Job]) -> Iterator[Finished]:
        for job in jobs:
            finished = finish(job, settings)
            if not finished.unchanged:
                asked.append(job.part.number)
            yield finished

    run.asked = asked  # type: ignore[attr-defined]
    return run


def test_each_text_stands_once_and_a_data_frame_opens_the_tables(tmp_path: Path, archive: Path) -> None:
    done = scanned(tmp_path, archive, settings=FEW, runner=in_this_process(FEW))
    texts = pd.read_parquet(done.place.tables["texts"])
    assert len(texts) == 30 + 1 + 10 + 12 == len(texts[["file", "place"]].drop_duplicates())
    assert list(texts["text_id"][texts["error"] != ""]) == [
        f"{archive.as_posix()}/a.jsonl#{texts['place'].max()}"
    ]
    mentions = pd.read_parquet(tmp_path / "out.parquet")
    assert len(mentions) == 52 * 2 == done.counts.figures
    assert mentions["low"].min() == 3 and mentions["text_id"].nunique() == 52
    assert done.counts.texts == 53 and done.counts.unread == 1
    assert not (tmp_path / "out.parquet.unfinished").exists() and not done.place.tables["watch"].exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "archive", "out.manifest", "out.parquet", "out.texts.parquet"
    ]  # fmt: skip


def test_one_process_two_and_none_write_the_same_bytes(tmp_path: Path, archive: Path) -> None:
    scanned(tmp_path, archive, settings=FEW, runner=in_this_process(FEW), name="none")
    for name, processes in (("one", 1), ("two", 2)):
        scanned(tmp_path, archive, settings=FEW, processes=processes, name=name)
    for kind in ("", ".texts"):
        files = [
            {file.name: file.read_bytes() for file in (tmp_path / f"{name}{kind}.parquet").iterdir()}
            for name in ("none", "one", "two")
        ]
        assert files[0] == files[1] == files[2] and len(files[0]) > 8


def test_a_scan_that_was_stopped_goes_on_where_it_was(tmp_path: Path, archive: Path) -> None:
    scanned(tmp_path, archive, settings=FEW, runner=in_this_process(FEW), name="whole")

    def stopped(jobs: Iterable[Job]) -> Iterator[Finished]:
        for number, job in enumerate(jobs):
            if number == 4:
                raise KeyboardInterrupt
            yield finish(job, FEW)

    with pytest.raises(KeyboardInterrupt):
        scanned(tmp_path, archive, settings=FEW, runner=stopped)
    assert not (tmp_path / "out.parquet").exists()
    again = in_this_process(FEW)
    done = scanned(tmp_path, archive, settings=FEW, runner=again)
    assert again.asked == list(range(4, done.parts)) and done.before == 4
    for kind in ("", ".texts"):
        assert table(tmp_path / f"out{kind}.parquet") == table(tmp_path / f"whole{kind}.parquet")


def test_a_part_whose_texts_changed_is_read_anew_and_no_other(tmp_path: Path, archive: Path) -> None:
    stop_before_the_end(tmp_path, archive)
    changed = (archive / "41.txt").read_text().replace("mills", "milks")
    (archive / "41.txt").write_text(changed)
    again = in_this_process(FEW)
    done = scanned(tmp_path, archive, settings=FEW, runner=again)
    assert len(again.asked) == 2 and done.before == done.parts - 2  # that of the text, and the last one
    assert any("milks" in row["words"] for row in table(tmp_path / "out.parquet"))


def test_texts_that_are_gone_since_are_in_no_table(tmp_path: Path, archive: Path) -> None:
    stop_before_the_end(tmp_path, archive)
    (archive / "b.parquet").unlink()
    (archive / "a.jsonl").write_bytes(lines(map(record, range(3))))
    done = scanned(tmp_path, archive, settings=FEW, runner=in_this_process(FEW))
    texts = table(tmp_path / "out.texts.parquet")
    assert len(texts) == 15 == done.counts.texts == len({(row["file"], row["place"]) for row in texts})


def stop_before_the_end(tmp_path: Path, archive: Path) -> None:
    def stopped(jobs: Iterable[Job]) -> Iterator[Finished]:
        todo = list(jobs)
        for job in todo[:-1]:
            yield finish(job, FEW)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scanned(tmp_path, archive, settings=FEW, runner=stopped)


def test_a_file_that_is_gone_or_short_is_written_anew(tmp_path: Path, archive: Path) -> None:
    stop_before_the_end(tmp_path, archive)
    parts = sorted((tmp_path / "out.parquet.unfinished" / "mentions").iterdir())
    parts[1].unlink()
    parts[2].write_bytes(parts[2].read_bytes()[:-10])
    again = in_this_process(FEW)
    scanned(tmp_path, archive, settings=FEW, runner=again)
    assert again.asked[:2] == [1, 2] and len(again.asked) == 3
    assert len(table(tmp_path / "out.parquet")) == 104


def test_a_line_of_the_manifest_that_was_cut_off_counts_as_none(tmp_path: Path, archive: Path) -> None:
    stop_before_the_end(tmp_path, archive)
    manifest = tmp_path / "out.parquet.unfinished" / MANIFEST
    manifest.write_bytes(manifest.read_bytes()[:-30])
    again = in_this_process(FEW)
    done = scanned(tmp_path, archive, settings=FEW, runner=again)
    assert len(again.asked) == 2 and done.counts.texts == 53
    kept = Manifest.read(tmp_path / "out.manifest")
    assert sorted(kept.parts) == list(range(done.parts)) and kept.all == done.parts


def test_other_settings_do_not_go_on_with_a_scan(tmp_path: Path, archive: Path) -> None:
    stop_before_the_end(tmp_path, archive)
    with pytest.raises(BookError, match="begun by another setting \\(the language"):
        scanned(tmp_path, archive, settings=Settings(language="de", part_texts=5, part_bytes=400))
    assert (tmp_path / "out.parquet.unfinished" / MANIFEST).is_file()


def test_a_finished_scan_is_not_written_over(tmp_path: Path, archive: Path) -> None:
    scanned(tmp_path, archive, settings=FEW, runner=in_this_process(FEW))
    before = table(tmp_path / "out.parquet")
    with pytest.raises(BookError, match="is there already"):
        scanned(tmp_path, archive, settings=FEW)
    assert table(tmp_path / "out.parquet") == before


@pytest.mark.parametrize("name", ["out.parquet", "out.texts.parquet", "out.parquet.unfinished"])
def test_what_is_not_ours_is_left_alone(tmp_path: Path, archive: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "diary.txt").write_text("mine")
    with pytest.raises(BookError, match="Remove it"):
        scanned(tmp_path, archive)
    assert (tmp_path / name / "diary.txt").read_text() == "mine"


def test_a_folder_without_texts_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BookError, match="has no text that is read here"):
        scanned(tmp_path, tmp_path / "empty")
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_what_a_scan_writes_is_not_read_by_it(tmp_path: Path, archive: Path) -> None:
    done = scan([archive], archive / "out.parquet", FEW, in_this_process(FEW))
    assert done.counts.texts == 53 and done.left_out.counts == {"hidden": 1}  # the file of the lock


@pytest.mark.parametrize("step", range(8))
def test_killed_while_the_tables_are_put_in_place_the_next_run_ends_it(
    tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    class Killed(BaseException):
        pass

    struck = 0

    def struck_at(do: Any) -> Any:
        def strike(*given: Any, **named: Any) -> Any:
            nonlocal struck
            struck += 1
            if struck == step:
                raise Killed
            return do(*given, **named)

        return strike

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", struck_at(Path.rename))
        patched.setattr(Path, "rmdir", struck_at(Path.rmdir))
        patched.setattr(place_module, "write_whole", struck_at(place_module.write_whole))
        patched.setattr(place_module, "_synced", struck_at(place_module._synced))
        patched.setattr(place_module.shutil, "rmtree", struck_at(place_module.shutil.rmtree))
        try:
            scanned(tmp_path, archive, settings=FEW, runner=in_this_process(FEW))
            ended = True
        except Killed:
            ended = False
    if not ended:
        again = in_this_process(FEW)
        done = scanned(tmp_path, archive, settings=FEW, runner=again)
        assert again.asked == [] and done.counts.texts == 53
    assert len(table(tmp_path / "out.parquet")) == 104 and len(table(tmp_path / "out.texts.parquet")) == 53
    assert not (tmp_path / "out.parquet.unfinished").exists()


def test_a_full_disk_is_told_and_keeps_what_is_finished(
    tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = os.fsync
    left = iter(range(12))

    def full(handle: int) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")
        written(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            scanned(tmp_path, archive, settings=FEW, runner=in_this_process(FEW))
    assert not any(path.name.startswith(".part") for path in tmp_path.rglob("*"))
    again = in_this_process(FEW)
    done = scanned(tmp_path, archive, settings=FEW, runner=again)
    assert 0 < done.before == done.parts - len(again.asked) and done.counts.texts == 53


@pytest.fixture
def imported_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Has the processes that are started run this code before all else; returns the folder where it lies."""

    def write(code: str) -> Path:
        folder = tmp_path / "trap"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(code)
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(HERE.parents[1] / "src")]))
        return folder

    return write


def test_a_text_that_holds_a_process_up_or_ends_it_is_left_out_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imported_first: Callable[[str], Path]
) -> None:
    """By a module that the processes import before they work: it makes the reader hang on one text, and end
    its process on another."""
    (tmp_path / "a.jsonl").write_bytes(lines(map(record, range(20))))
    imported_first((HERE / "trap.py").read_text())
    monkeypatch.setenv("TALLYBOOK_TRAP", "t7 t8")
    settings = Settings(part_texts=5, part_bytes=400, seconds=6.0)
    done = scanned(tmp_path, tmp_path / "a.jsonl", settings=settings, processes=2)
    told = {row["text_id"]: row["error"] for row in table(done.place.tables["texts"]) if row["error"]}
    assert told == {
        "t7": "was not read within 6 seconds.",
        "t8": "ended both processes that read it (exit code 9).",
    }
    assert done.counts.texts == 20 and done.counts.figures == 18 * 2


def test_a_text_whose_process_somebody_killed_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imported_first: Callable[[str], Path]
) -> None:
    """As the system does where memory runs out; it may strike a process that is at no fault."""
    (tmp_path / "a.jsonl").write_bytes(lines(map(record, range(20))))
    trap = imported_first((HERE / "trap.py").read_text())
    monkeypatch.setenv("TALLYBOOK_TRAP", "once t3 t4")
    monkeypatch.setenv("TALLYBOOK_TRAPPED", str(trap))
    done = scanned(tmp_path, tmp_path / "a.jsonl", settings=Settings(part_texts=5, part_bytes=400))
    assert {path.name for path in trap.glob("t*")} == {"t3", "t4"}
    assert [row["error"] for row in table(done.place.tables["texts"]) if row["error"]] == []
    assert done.counts.texts == 20 and done.counts.figures == 20 * 2


def test_processes_that_never_begin_are_told(tmp_path: Path, imported_first: Callable[[str], Path]) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([record(1)]))
    imported_first("import os, sys\nif '--multiprocessing-fork' in sys.argv: os._exit(5)\n")
    with pytest.raises(CannotWork, match="exit code 5"):
        scanned(tmp_path, tmp_path / "a.jsonl")


def test_no_process_is_left_and_no_more_are_started_than_there_are_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[guarded.Guarded] = []

    class Watched(guarded.Guarded):
        def __init__(self, settings: Settings) -> None:
            super().__init__(settings)
            started.append(self)

    monkeypatch.setattr(local, "Guarded", Watched)
    (tmp_path / "a.txt").write_text("12 men came.")
    scanned(tmp_path, tmp_path / "a.txt", processes=8)
    assert len(started) == 1 and not started[0]._process.is_alive()


def test_two_scans_do_not_write_one_folder(tmp_path: Path, archive: Path) -> None:
    def other(jobs: Iterable[Job]) -> Iterator[Finished]:
        with pytest.raises(BookError, match="is being written by another scan"):
            scanned(tmp_path, archive, settings=FEW)
        return in_this_process(FEW)(jobs)

    assert scanned(tmp_path, archive, settings=FEW, runner=other).counts.texts == 53


def test_a_process_whose_parent_was_killed_ends(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(record(n, "Some 12 men came. " * 500) for n in range(2_000)))
    command = [sys.executable, "-m", "tallybook", "scan", "a.jsonl", "--out", "out.parquet", "--jobs", "2"]
    run = subprocess.Popen(command, cwd=tmp_path, start_new_session=True, stderr=subprocess.DEVNULL)
    manifest = tmp_path / "out.parquet.unfinished" / MANIFEST
    wait_for(lambda: manifest.is_file() and len(manifest.read_text().splitlines()) > 1)
    run.kill()
    run.wait()
    wait_for(lambda: not alive(run.pid))
    assert all("digest" in json.loads(line) for line in manifest.read_text().splitlines())


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(what: Any) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_ctrl_c_is_not_heard_by_a_process_that_is_starting(tmp_path: Path) -> None:
    started = guarded.Guarded(Settings())
    try:
        for _ in range(20):
            os.kill(started._process.pid, signal.SIGINT)
            time.sleep(0.05)
        (tmp_path / "a.txt").write_text("12 men came.")
        (part,) = parts([tmp_path], Settings(), LeftOut())
        started.give(Job(part))
        finished = started.answer()
        assert finished is not None and finished.counts.figures == 1
    finally:
        started.stop()

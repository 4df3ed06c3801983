"""A published folder holds a whole site at any moment, and whatever others put there."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
from collections.abc import Mapping
from itertools import count
from pathlib import Path

import pytest

from tallybook.book import lock
from tallybook.book.kept_files import digest
from tallybook.report import ReportError, exchange, publish
from tallybook.report.manifest import MANIFEST, manifest_text
from tallybook.report.publish import prepare

from .interrupted import Blow, End, at_once, killed_after, run

MARK = b'<meta name="generator" content="tallybook 0">'
OLD = {"index.html": MARK + b"old", "gone.html": b"page", "data/a.csv": b"1", "only/old.csv": b"2"}
NEW = {"index.html": MARK + b"new", "fresh.html": b"page", "data/a.csv": b"3", "new/b.csv": b"4"}
THEIRS = {"CNAME": b"paper.example", ".git/objects/1": b"x", ".git/HEAD": b"ref", "data/their.csv": b"5"}

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def add(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def with_manifest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {**files, MANIFEST: manifest_text({name: digest(content) for name, content in files.items()})}


def ours(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in contents(folder).items() if name not in THEIRS}


def is_whole(folder: Path) -> bool:
    return ours(folder) in (with_manifest(OLD), with_manifest(NEW))


def theirs(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in contents(folder).items() if name in THEIRS}


@pytest.fixture(autouse=True)
def on_the_disk(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The files that the disk was waited for, by their inodes. Nothing waits here: no test cuts the power."""
    inodes: set[int] = set()
    monkeypatch.setattr(os, "fsync", lambda handle: inodes.add(os.fstat(handle).st_ino))
    return inodes


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A site with files of others in it."""
    folder = tmp_path / "deep" / "site"
    publish.publish(OLD, folder)
    add(folder, THEIRS)
    return folder


@pytest.fixture(params=["one step", "three renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How two folders change places: as the system does it, or where it cannot."""
    if request.param == "three renames":
        monkeypatch.setattr(exchange, "_system_call", lambda: None)
    return str(request.param)


def test_a_new_site_takes_the_place_of_the_old_and_keeps_what_others_put_there(out: Path, way: str) -> None:
    add(out, {f".git/objects/pack/{number}": b"" for number in range(500)})
    (out / "empty").mkdir()
    (out / "link").symlink_to("/nowhere")
    assert publish.publish(NEW, out) == []
    assert ours(out).items() >= with_manifest(NEW).items()
    assert not (out / "gone.html").exists() and not (out / "only").exists()
    assert theirs(out) == THEIRS
    assert len(list((out / ".git/objects/pack").iterdir())) == 500
    assert (out / "empty").is_dir() and (out / "link").is_symlink()
    assert [entry.name for entry in out.parent.iterdir()] == ["site"]


def test_every_file_is_on_the_disk_before_the_new_site_takes_its_place(
    out: Path, on_the_disk: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut leaves empty pages."""
    take = publish.exchange
    waited: list[set[int]] = []

    def note(*folders: Path) -> None:
        waited.append({*on_the_disk})
        take(*folders)

    on_the_disk.clear()
    monkeypatch.setattr(publish, "exchange", note)
    publish.publish(NEW, out)
    written = {(out / name).stat().st_ino for name in with_manifest(NEW)}
    assert len(waited) == 1 and written <= waited[0]


def test_the_folder_keeps_its_permissions(out: Path) -> None:
    out.chmod(0o2775)
    publish.publish(NEW, out)
    assert out.stat().st_mode & 0o7777 == 0o2775


@pytest.mark.parametrize("before", [[], [".git", "CNAME", ".nojekyll"]])
def test_a_folder_that_waits_for_its_first_site_gets_one(tmp_path: Path, before: list[str]) -> None:
    add(tmp_path / "site", dict.fromkeys(before, b"theirs"))
    (tmp_path / "site").mkdir(exist_ok=True)
    publish.publish(NEW, tmp_path / "site")
    assert contents(tmp_path / "site") == {**with_manifest(NEW), **dict.fromkeys(before, b"theirs")}


@forks
@pytest.mark.parametrize("blow", list(Blow))
def test_whatever_happens_at_any_step_leaves_a_whole_site(tmp_path: Path, way: str, blow: Blow) -> None:
    """The states that a reader meets, then what the next run mends."""
    ends = set()
    for step in count(1):
        out = tmp_path / str(step) / "site"
        publish.publish(OLD, out)
        add(out, THEIRS)
        end = run(lambda: publish.publish(NEW, out), blow, step)  # noqa: B023
        ends.add(end)
        if blow not in (Blow.KILLED, Blow.DISK_FULL_FROM_THEN_ON):
            assert is_whole(out), (step, end)
            assert theirs(out) == THEIRS, (step, end)
        elif way == "one step":
            assert is_whole(out), (step, end)
        prepare(out)
        assert is_whole(out), (step, end)
        assert theirs(out) == THEIRS, (step, end)
        assert [entry.name for entry in out.parent.iterdir()] == ["site"], (step, end)
        if end is End.DONE_BEFORE:
            break
    assert step > 40
    expected = {
        Blow.KILLED: {End.KILLED},
        Blow.INTERRUPTED: {End.INTERRUPTED},
        Blow.DISK_FULL_ONCE: {End.MESSAGE, End.DONE_NEVERTHELESS},
        Blow.DISK_FULL_FROM_THEN_ON: {End.MESSAGE, End.DONE_NEVERTHELESS},
    }
    assert ends - {End.DONE_BEFORE} <= expected[blow]


def test_files_of_others_that_cannot_move_keep_the_old_site(
    out: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where ``.git`` belongs to another user. What moved before it is moved back."""
    rename = os.rename

    def refuse_one(source: Path, goal: Path) -> None:
        if Path(source).name == "their.csv":
            raise PermissionError(errno.EACCES, "Permission denied", str(source))
        rename(source, goal)

    before = contents(out)
    monkeypatch.setattr(os, "rename", refuse_one)
    with pytest.raises(ReportError, match=r"could not be written.*Permission denied.*their\.csv"):
        publish.publish(NEW, out)
    assert contents(out) == {**before, **with_manifest(OLD)}
    assert [entry.name for entry in out.parent.iterdir()] == ["site"]


@forks
def test_fifty_kills_at_random_moments_leave_a_whole_site(out: Path, way: str) -> None:
    moments = random.Random(9)

    def both() -> None:
        publish.publish(NEW, out)
        publish.publish(OLD, out)

    for _ in range(50):
        killed_after(both, moments.uniform(0, 0.04))
        if way == "one step":
            assert is_whole(out)
        prepare(out)
        assert is_whole(out)
        assert theirs(out) == THEIRS
        assert {entry.name for entry in out.parent.iterdir()} <= {"site", ".site.tallybook-lock"}


@forks
def test_two_builders_at_once_both_succeed(out: Path, way: str) -> None:
    for _ in range(20):
        ends = at_once(lambda: publish.publish(OLD, out), lambda: publish.publish(NEW, out))
        assert ends == [End.DONE_BEFORE] * 2
        assert is_whole(out)
        assert theirs(out) == THEIRS


def test_a_builder_waits_for_another_only_so_long(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "WAIT", 0.1)
    with (
        lock.locked(out.with_name(".site.tallybook-lock"), wait=0),
        pytest.raises(ReportError, match="another run is writing the report"),
    ):
        publish.publish(NEW, out)
    assert is_whole(out)


@forks
def test_the_lock_of_a_dead_process_does_not_lock(out: Path) -> None:
    path = out.with_name(".site.tallybook-lock")

    def hold() -> None:
        with lock.locked(path, wait=0):
            os.kill(os.getpid(), signal.SIGKILL)

    assert at_once(hold) == [End.KILLED]
    assert path.exists()
    publish.publish(NEW, out)
    assert not path.exists()


def test_a_lock_whose_file_the_holder_before_removed_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lock"
    take = lock.lock_file
    removed = []

    def remove_first(handle: int) -> bool:
        if not removed:
            removed.append(path.unlink())
        return take(handle)

    monkeypatch.setattr(lock, "lock_file", remove_first)
    with lock.locked(path, wait=1), pytest.raises(lock.LockHeld), lock.locked(path, wait=0):
        pass


def test_a_page_of_ours_that_was_edited_is_overwritten_and_told(out: Path) -> None:
    add(out, {"index.html": b"by hand", "gone.html": b"by hand"})
    notes = publish.publish(NEW, out)
    assert notes == [
        "edited since the last report, and overwritten: index.html",
        "edited since the last report, and kept, though the report has none: gone.html",
    ]
    assert contents(out) == {**with_manifest(NEW), **THEIRS, "gone.html": b"by hand"}
    assert publish.publish(NEW, out) == []


@pytest.mark.parametrize(
    ("stranger", "named"),
    [("fresh.html", "fresh.html"), ("new", "new"), ("fresh.html/page", "fresh.html")],
)
def test_a_file_of_others_where_ours_must_go_is_one_message(out: Path, stranger: str, named: str) -> None:
    add(out, {stranger: b"years of work"})
    before = contents(out)
    with pytest.raises(ReportError, match=f"did not write where the report must go: {named}; move"):
        publish.publish(NEW, out)
    assert contents(out) == before
    assert [entry.name for entry in out.parent.iterdir()] == ["site"]


def test_a_link_in_the_place_of_a_folder_of_ours_leads_us_nowhere(out: Path, tmp_path: Path) -> None:
    add(tmp_path, {"elsewhere/old.csv": OLD["only/old.csv"]})
    (out / "only/old.csv").unlink()
    (out / "only").rmdir()
    (out / "only").symlink_to(tmp_path / "elsewhere")
    publish.publish(NEW, out)
    assert (tmp_path / "elsewhere/old.csv").exists()
    assert (out / "only").is_symlink()


@pytest.mark.parametrize("name", ["../precious.txt", "/etc/hostname", "data/../../precious.txt", "C:\\x", ""])
def test_a_manifest_that_names_what_is_outside_is_not_believed(out: Path, name: str) -> None:
    precious = out.parent / "precious.txt"
    precious.write_bytes(b"years of work")
    (out / MANIFEST).write_bytes(
        manifest_text({name: digest(b"years of work"), "gone.html": digest(b"page")})
    )
    (out / "data/a.csv").unlink()  # the index does not offer it
    publish.publish(NEW, out)
    assert precious.read_bytes() == b"years of work"
    assert (out / "gone.html").exists()  # nothing of such a manifest counts


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"made by tallybook": 1}', "[" * 100_000])
def test_a_broken_manifest_is_none(out: Path, text: str) -> None:
    (out / MANIFEST).write_text(text)
    (out / "data/a.csv").unlink()  # the index does not offer it
    publish.publish(NEW, out)
    assert ours(out).items() >= with_manifest(NEW).items()
    assert theirs(out) == THEIRS


def test_of_a_site_from_before_there_were_manifests_only_what_is_surely_ours_goes(tmp_path: Path) -> None:
    out = tmp_path / "site"
    index = MARK + b'<a href="data/a.csv" download>data/a.csv</a>'
    others = {"their.html": b"<title>mine</title>", "data/their.csv": b"x", ".git/HEAD": b"ref"}
    add(out, {"index.html": index, "gone.html": MARK, "data/a.csv": b"1", **others})
    publish.publish(NEW, out)
    assert contents(out) == {**with_manifest(NEW), **others}


def test_a_link_beside_the_site_leads_us_nowhere(out: Path, tmp_path: Path) -> None:
    add(tmp_path, {f"elsewhere/{name}": content for name, content in with_manifest(OLD).items()})
    out.with_name(".site.tallybook-new").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReportError, match="is in the way"):
        publish.publish(NEW, out)
    assert contents(tmp_path / "elsewhere") == with_manifest(OLD)
    assert is_whole(out)


@pytest.mark.parametrize("where", [".site.tallybook-new", ".site.tallybook-aside"])
def test_a_folder_beside_the_site_that_is_not_ours_is_left_alone(out: Path, where: str) -> None:
    add(out.parent, {f"{where}/chapter.txt": b"years of work"})
    before = contents(out)
    with pytest.raises(ReportError, match="is in the way, and tallybook did not make it"):
        publish.publish(NEW, out)
    assert contents(out) == before
    assert (out.parent / where / "chapter.txt").exists()


def test_a_folder_that_cannot_be_written_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ReportError, match="could not be written"):
        publish.publish(NEW, tmp_path / "file" / "site")


def test_the_manifest_has_the_same_bytes_whatever_the_order() -> None:
    assert manifest_text({"b": "2", "a": "1"}) == manifest_text({"a": "1", "b": "2"})
    assert json.loads(manifest_text({"a": "1"})) == {"made by tallybook": {"a": "1"}}

"""The same scan on Dask: a real scheduler, real workers, and one of them killed half-way."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tallybook.book.problems import BookError
from tallybook.program import code_digest
from tallybook.scan.run import Scan
from tallybook.scan.settings import Settings

from .archive import PACK, lines, record, rows, scanned, table

pytest.importorskip("distributed")

from tallybook.scan.on_dask import _HERE, on_dask

FEW = Settings(part_texts=10, part_bytes=2_000, code=code_digest())
OPTIONS = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
SOURCES = Path(__file__).resolve().parents[2] / "src"


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler, and its workers, each without a nurse that would start it again."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}

    def started(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]]
        return subprocess.Popen(
            command, cwd=folder, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )

    scheduler = started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
    running = [scheduler]
    try:
        address = ""
        assert scheduler.stderr is not None
        while not address:
            line = scheduler.stderr.readline()
            assert line, "the scheduler ended"
            found = re.search(r"Scheduler at:\s+(tcp://\S+)", line)
            address = found[1] if found else ""
        drain(scheduler)
        crew = [
            started(
                "dask_worker",
                address,
                *["--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"],
            )
            for _ in range(workers)
        ]
        running += crew
        for one in crew:
            drain(one)
        yield address, crew
    finally:
        for one in running:
            one.kill()
            one.wait()


def drain(process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    threading.Thread(target=process.stderr.read, daemon=True).start()


def wait_for_workers(address: str, number: int) -> None:
    from distributed import Client

    with Client(address, timeout=60) as client:
        client.wait_for_workers(number, timeout=120)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(lines(map(record, range(450))) + b"{\n")
    (folder / "b.jsonl.gz").write_bytes(PACK[".gz"](lines(map(record, range(450, 500)))))
    rows(folder / "c.parquet", [record(n) for n in range(500, 600)], size=20)
    return folder


def on_cluster(tmp_path: Path, archive: Path, scheduler: str, **more: Any) -> Scan:
    out = tmp_path / "cluster.parquet"
    with on_dask(scheduler, FEW, out, 2) as runner:
        return scanned(tmp_path, archive, settings=FEW, name="cluster", runner=runner, **more)


def test_a_worker_that_is_killed_half_way_loses_and_doubles_no_text(tmp_path: Path, archive: Path) -> None:
    with cluster(tmp_path, 2) as (address, crew):
        wait_for_workers(address, 2)
        seen: list[int] = []

        def kill_one(scan: Scan) -> None:
            seen.append(scan.parts)
            if len(seen) == 10:
                os.kill(crew[0].pid, signal.SIGKILL)

        done = on_cluster(tmp_path, archive, address, watch=kill_one)
        assert crew[0].wait(timeout=30) == -signal.SIGKILL and crew[1].poll() is None
        assert len(seen) == done.parts > 25
    scanned(tmp_path, archive, settings=FEW, name="here", processes=2)
    for kind in ("", ".texts"):
        found = table(tmp_path / f"cluster{kind}.parquet")
        assert found == table(tmp_path / f"here{kind}.parquet")
    texts = [(row["file"], row["place"]) for row in table(tmp_path / "cluster.texts.parquet")]
    assert len(texts) == len(set(texts)) == 601
    assert done.counts.texts == 601 and done.counts.figures == 1_200 and done.counts.unread == 1


def test_a_scan_that_was_stopped_on_one_machine_goes_on_on_a_cluster(tmp_path: Path, archive: Path) -> None:
    def stop(scan: Scan) -> None:
        if scan.parts == 15:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scanned(tmp_path, archive, settings=FEW, name="cluster", watch=stop)
    done = on_cluster(tmp_path, archive, "local")
    assert done.before >= 14 and done.counts.texts == 601
    import dask.dataframe

    frame = dask.dataframe.read_parquet(str(tmp_path / "cluster.parquet"))
    assert len(frame) == 1_200 and frame.npartitions > 1


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:9", "127.0.0.1:9", "nonsense", "tcp://no-such-host.invalid:8786"]
)
def test_a_scheduler_that_does_not_answer_is_told(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing stays behind that another cluster could wait for: no thread with a loop, no client."""
    import dask

    monkeypatch.setattr("tallybook.scan.on_dask._CONNECTING", 1)
    before = {*threading.enumerate()}, dask.config.get("scheduler", None)
    with pytest.raises(BookError, match="no scheduler answers"), on_dask(address, FEW, tmp_path / "out", 2):
        pass
    assert ({*threading.enumerate()}, dask.config.get("scheduler", None)) == before
    assert list(tmp_path.iterdir()) == []


def test_what_answers_and_is_no_scheduler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallybook.scan.on_dask._CONNECTING", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = "tcp://127.0.0.1:" + str(silent.getsockname()[1])
        with pytest.raises(BookError, match="no scheduler answers"), on_dask(address, FEW, tmp_path / "o", 2):
            pass


def test_workers_that_do_not_find_the_folder_or_have_another_version_are_told(tmp_path: Path) -> None:
    from dataclasses import replace

    from tallybook.scan.on_dask import _cannot

    assert "does not find" in (_cannot(FEW, str(tmp_path / "elsewhere"), "run") or "")
    assert "another version" in (_cannot(replace(FEW, code="other"), str(tmp_path), "run") or "")


def test_a_text_that_ends_every_worker_is_left_out_alone(
    tmp_path: Path, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "sitecustomize.py").write_text((Path(__file__).parent / "trap.py").read_text())
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(trap), str(SOURCES)]))
    monkeypatch.setenv("TALLYBOOK_TRAP", "t8")
    monkeypatch.setitem(_HERE, "distributed.worker.multiprocessing-method", "spawn")  # with this environment
    monkeypatch.setitem(_HERE, "distributed.scheduler.allowed-failures", 1)  # each costs another worker
    done = on_cluster(tmp_path, archive, "local")
    told = {row["text_id"]: row["error"] for row in table(done.place.tables["texts"]) if row["error"]}
    assert told["t8"] == "ended both processes that read it (exit code 9)." and len(told) == 2
    assert done.counts.texts == 601 and done.counts.figures == 1_198


def test_one_worker_works_on_the_parts_in_their_order(tmp_path: Path, archive: Path) -> None:
    """So that none is told only when the next one is finished."""
    out = tmp_path / "ordered.parquet"
    told: list[int] = []

    def look(scan: Scan) -> None:
        noted = (scan.place.work / "manifest.jsonl").read_text().splitlines()[1:]
        told.append(json.loads(noted[-1])["part"])

    with on_dask("local", FEW, out, 1) as runner:
        done = scanned(tmp_path, archive, settings=FEW, name="ordered", runner=runner, watch=look)
    assert told == list(range(done.parts))


def test_a_worker_has_in_memory_what_the_first_text_needs(tmp_path: Path) -> None:
    with on_dask("local", FEW, tmp_path / "out.parquet", 1):
        from distributed import default_client

        (loaded,) = default_client().run(lambda: {*sys.modules}).values()
    assert {"tallybook.scan.worker_imports", "tallybook.intake.when_words", "pyarrow.parquet"} <= loaded


def test_its_own_cluster_leaves_nothing(tmp_path: Path, archive: Path) -> None:
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-m", "tallybook", "scan", str(archive), "--scheduler", "local", "--jobs", "2"]
    done = subprocess.run(
        [*command, "--out", str(tmp_path / "out.parquet")],
        env={**os.environ, "PYTHONPATH": str(SOURCES), "TMPDIR": str(tmp_path / "tmp")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 3, done.stderr  # one text cannot be read
    assert not [*(tmp_path / "tmp").rglob("*")]


def test_a_cluster_works_where_no_fork_server_can_lie(tmp_path: Path) -> None:
    """A socket has a path of at most 108 bytes, and the folder for temporary files may be deep."""
    deep = tmp_path / ("made-up-" * 14)
    deep.mkdir()
    asks = (
        "from tallybook.scan import on_dask as o, fork_server as f\n"
        "print(f.begin_fork_server(), o._settings_here()[o._METHOD])"
    )
    told = {}
    for folder in (deep, Path("/tmp")):
        environment = {**os.environ, "PYTHONPATH": str(SOURCES), "TMPDIR": str(folder)}
        run = subprocess.run([sys.executable, "-c", asks], env=environment, capture_output=True, text=True)
        told[folder] = run.stdout.split()
    assert told[deep] == ["False", "spawn"]
    assert told[Path("/tmp")] == ["True", "forkserver"] or sys.platform != "linux"

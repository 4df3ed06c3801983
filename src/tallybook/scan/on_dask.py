"""The parts of a scan on Dask: on a cluster that is there, or on one that is made here.

The workers read the input and write the parts themselves, so that both must lie where every worker finds them
by the same path; only the texts of packed files travel. A part that was worked on twice, because a worker was
lost, is written twice under one name, with the same rows. It counts once: the manifest is written here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from tallybook.book.problems import BookError, Problem
from tallybook.book.scratch import scratch_folder
from tallybook.intake.extras import extra
from tallybook.scan.fork_server import LOCAL, begin_fork_server
from tallybook.scan.local import on_this_machine
from tallybook.scan.manifest import run_of
from tallybook.scan.part import Finished, Job, check_code, finish
from tallybook.scan.place import MANIFEST, Place, write_part
from tallybook.scan.settings import Settings

_CONNECTING = 15
"""Seconds that a scheduler is waited for."""

_METHOD = "distributed.worker.multiprocessing-method"
_HERE = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.worker.memory.monitor-interval": "1s",
    "distributed.scheduler.work-stealing-interval": "1s",
    _METHOD: "forkserver",
}
"""Of a cluster that is made here: nobody looks at a profile of its workers, which costs a tenth of their
time, or at what else it watches many times a second, while all cores are at work; and what the workers import
is imported once for all of them (:mod:`tallybook.scan.fork_server`), where that is possible."""

_AHEAD = 3
"""Parts that each thread of the cluster has before it, so that none waits for the next."""


@contextmanager
def on_dask(
    scheduler: str, settings: Settings, out: Path, processes: int
) -> Iterator[Callable[[Iterable[Job]], Iterator[Finished]]]:
    """What finishes parts on a cluster. ``scheduler``: its address, or "local" for one of ``processes`` here.

    BookError where there is no such scheduler, or a worker cannot work: it has another version of tallybook,
    or does not find the folders.
    """
    here = _settings_here() if scheduler == LOCAL else {}
    extra("distributed", "dask", "working on a cluster", scheduler)
    import dask

    # a client that cannot connect leaves itself as the scheduler of this process
    before = dask.config.get("scheduler", None)
    with dask.config.set(scheduler=before), _client(scheduler, processes, here) as client:
        place = Place(out)

        def run(jobs: Iterable[Job]) -> Iterator[Finished]:
            name = run_of(place.work / MANIFEST) or ""
            _check_workers(client, settings, place.work, name)
            return _finished(client, iter(jobs), settings, place.work, name)

        yield run


def _settings_here() -> dict[str, Any]:
    """Those of a cluster that is made here. Where no fork server runs, each worker imports for itself."""
    forks = _HERE[_METHOD] == "forkserver" and begin_fork_server()
    return {**_HERE, _METHOD: "forkserver" if forks else "spawn"}


@contextmanager
def _client(scheduler: str, processes: int, here: Mapping[str, Any]) -> Iterator[Any]:
    distributed = extra("distributed", "dask", "working on a cluster", scheduler)
    if scheduler == LOCAL:
        import dask

        with (
            scratch_folder() as scratch,
            dask.config.set({**here, "temporary-directory": str(scratch)}),
            distributed.LocalCluster(
                n_workers=processes, threads_per_worker=1, dashboard_address=None, silence_logs="ERROR"
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            yield client
        return
    try:
        # in a thread, since a notebook has a running loop
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, _ask(scheduler)).result()
        client = distributed.Client(scheduler, timeout=_CONNECTING)
    except (OSError, ValueError, TypeError) as error:
        message = f"no scheduler answers: {str(error)[:200]}. Name one, as tcp://host:8786, or 'local'."
        raise BookError([Problem(scheduler, 1, message)]) from None
    with client:
        if not client.nthreads():
            raise BookError([Problem(scheduler, 1, "the scheduler has no worker. Start one: dask worker.")])
        yield client


async def _ask(scheduler: str) -> None:
    """OSError, ValueError or TypeError if no scheduler answers.

    Asked before there is a client: one that cannot connect leaves a thread behind, and where it is collected
    while another client begins, distributed waits for itself without end (its LoopRunner has one lock).
    """
    from distributed import Security
    from distributed.core import rpc

    secured = Security().get_connection_args("client")
    async with rpc(scheduler, timeout=_CONNECTING, connection_args=secured) as asked:
        await asyncio.wait_for(asked.identity(), _CONNECTING)


def _check_workers(client: Any, settings: Settings, work: Path, run: str) -> None:
    """BookError with what is wrong with each worker."""
    found = client.run(_cannot, settings, str(work), run, on_error="return")
    problems = []
    for worker, why in found.items():
        if isinstance(why, Exception):
            why = f"cannot work: {type(why).__name__}: {str(why)[:200]}. It needs this version of tallybook."
        if why is not None:
            problems.append(Problem(str(worker), 1, why))
    if problems:
        raise BookError(problems)


def _cannot(settings: Settings, work: str, run: str) -> str | None:
    """Why this worker cannot work on the scan; None if it can."""
    try:
        check_code(settings)
    except BookError as error:
        return error.problems[0].message
    if run_of(Path(work) / MANIFEST) != run:
        return f"it does not find {work}. Workers must share the folders of the input and of --out."
    return None


def finish_and_write(job: Job, settings: Settings, work: str, run: str) -> Finished:
    """What a worker does with a part: the same as elsewhere, and writes its files, which do not travel.

    BookError where the scan that asked for it is not the one that writes there now, OSError where a file
    cannot be written.
    """
    check_code(settings)
    finished = finish(job, settings)
    if run_of(Path(work) / MANIFEST) != run:
        raise BookError([Problem(work, 1, "is no longer the folder of this scan.")])
    write_part(Path(work), finished, run)
    return replace(finished, files={})


def _finished(
    client: Any, jobs: Iterator[Job], settings: Settings, work: Path, run: str
) -> Iterator[Finished]:
    """Each part as it is finished, a task a part. A few for each thread are on their way, and no more."""
    from distributed import KilledWorker, as_completed

    waiting: dict[Any, Job] = {}
    done = as_completed()

    def send() -> None:
        most = _AHEAD * max(1, sum(client.nthreads().values()))
        for job in islice(jobs, max(0, most - len(waiting))):
            future = client.submit(finish_and_write, job, settings, str(work), run, pure=False)
            waiting[future] = job
            done.add(future)

    send()
    for future in done:
        job = waiting.pop(future)
        try:
            finished = future.result()
        except KilledWorker:  # it ended every worker that had it: here it can do no harm
            yield from on_this_machine([job], settings, 1)
        else:
            yield finished
        future.release()
        send()

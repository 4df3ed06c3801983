"""Runs notebooks with several kernels at once, and stores them in a form that is the same on every run.

    execute_notebooks([Run(Path("notebooks/01_figures.ipynb"))])   # in memory
    store_notebooks([Path("notebooks/01_figures.ipynb")])          # and written back

One process drives all kernels: a process for each (nbconvert --execute, papermill) takes five
times as long.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook.book.scratch import scratch_folder
from tallybook.report.errors import NotebookError
from tallybook.report.failure import describe_failure
from tallybook.report.progress import Watcher, watch
from tallybook.report.runs import Run, parameters_cell

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tallybook.report.warm_client import WarmProcess

Done = Callable[[Run, "NotebookNode", Path], None]
CELL_TIMEOUT = 600  # seconds; a cell that takes longer is taken to hang
STARTS = 3
"""How often a kernel is started before its notebook is said to have failed."""
_DIED = "Kernel died before replying"  # as jupyter_client says it; a kernel that hangs is not started again
START_TIMEOUT = 120  # seconds; the first kernel on a cold machine compiles and reads many files


def execute_notebooks(
    runs: Iterable[Run],
    *,
    jobs: int = 2,
    progress: bool = True,
    on_done: Done | None = None,
) -> dict[Run, NotebookNode]:
    """Run each notebook from its first cell to its last, in a fresh kernel in its own folder.

    The files are not changed. ``jobs``: the number of kernels at once (ValueError below 1). ``on_done`` is
    called, from another thread, with each run that succeeded, its notebook, and the file in which it stands
    what the notebook asked for (:mod:`tallybook.report.asked`). The result has the order of ``runs``.
    NotebookError if a notebook failed, after all others have finished, with the cell and the error of each.
    """
    notebooks = {run: given_case(run, read_notebook(run.path)) for run in runs}
    if jobs < 1:
        raise ValueError(f"jobs is {jobs}; at least one kernel is needed")
    cells = sum(1 for notebook in notebooks.values() for _ in code_cells(notebook))
    with watch(cells, len(notebooks), show=progress) as watcher:
        failures = _in_own_loop(lambda: _run_all(notebooks, jobs, watcher, on_done))
    if failures:
        raise NotebookError("\n".join(failures[run] for run in notebooks if run in failures))
    return notebooks


def store_notebooks(
    paths: Iterable[Path],
    *,
    jobs: int = 2,
    progress: bool = True,
) -> list[Path]:
    """Run the notebooks and write them back with their outputs. Returns the files that changed.

    The result is the same on every run: execution counts 1..n, no timings, no version of the
    interpreter. NotebookError if any notebook fails; then nothing is written.
    """
    from tallybook.report.stored import write_notebook

    executed = execute_notebooks(map(Run, paths), jobs=jobs, progress=progress)
    return [run.path for run, notebook in executed.items() if write_notebook(run.path, notebook)]


def read_notebook(path: Path) -> NotebookNode:
    """One notebook as nbformat 4, without empty code cells, which a kernel does not count.

    NotebookError if the file cannot be read or is not a notebook.
    """
    nbformat = quick_nbformat()
    try:
        notebook = nbformat.read(path, as_version=4)
    except OSError as error:
        raise NotebookError(f"{path.name}: cannot be read ({error.strerror or error})") from error
    except Exception as error:  # nbformat raises many kinds for a file that is no notebook
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise NotebookError(f"{path.name}: is not a Jupyter notebook ({reason[0]})") from error
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type != "code" or cell.source.strip()]
    return notebook


def given_case(run: Run, notebook: NotebookNode) -> NotebookNode:
    """The notebook, with the id of the run's case in its parameters cell if the run gives it."""
    cell = parameters_cell(notebook) if run.given else None
    if cell is not None:
        cell.source = f'CASE = "{run.case}"'
    return notebook


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def quick_nbformat() -> Any:
    """nbformat, imported without rfc3987_syntax, which compiles a grammar at each start (1 s).

    jsonschema uses that only to check internationalised addresses, which a notebook does not have, and works
    without it.
    """
    if "rfc3987_syntax" not in sys.modules:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    import nbformat

    return nbformat


async def _run_all(
    notebooks: Mapping[Run, NotebookNode],
    jobs: int,
    watcher: Watcher,
    on_done: Done | None,
) -> dict[Run, str]:
    """Run all, at most ``jobs`` at once; returns the message of each run that failed."""
    from tallybook.report.kernel import LOG

    failures: dict[Run, str] = {}
    free_kernel = asyncio.Semaphore(jobs)

    async def start(run: Run, notebook: NotebookNode, own: Path, warm: WarmProcess | None) -> None:
        async with free_kernel:
            began = time.monotonic()
            failure = await _run_one(run, notebook, own, warm, watcher)
            watcher.notebook_done(run.name, time.monotonic() - began, failure is not None)
            if failure is not None:
                failures[run] = failure
            elif on_done is not None:
                on_done(run, notebook, own / LOG)

    with scratch_folder() as scratch:
        own = {run: Path(scratch, str(number)) for number, run in enumerate(notebooks)}
        for folder in own.values():
            folder.mkdir()
        async with _kernels(list(notebooks), Path(scratch, "warm")) as warm, asyncio.TaskGroup() as group:
            for run in _longest_first(notebooks):
                group.create_task(start(run, notebooks[run], own[run], warm))
    return failures


@contextlib.asynccontextmanager
async def _kernels(runs: Sequence[Run], own: Path) -> AsyncIterator[WarmProcess | None]:
    """The process that forks the kernels; None where there is one kernel, or where none can be forked."""
    from tallybook.report.kernel import kernel_environment
    from tallybook.report.warm_client import FORKS, warm_process

    if not FORKS or len(runs) < 2:
        yield None
        return
    async with warm_process(runs[0].path.resolve().parent, kernel_environment(own)) as warm:
        yield warm


def _longest_first(notebooks: Mapping[Run, NotebookNode]) -> list[Run]:
    """Those of the whole book first: they go through the most, and the last to begin should be a short
    one."""
    return sorted(notebooks, key=lambda run: run.case is not None)


async def _run_one(
    run: Run,
    notebook: NotebookNode,
    own: Path,
    warm: WarmProcess | None,
    watcher: Watcher,
) -> str | None:
    """Run one notebook in place; returns None, or a message if it failed. ``own``: its folder, empty.

    A kernel that dies before it answers has run nothing, and is started again: of the free ports that it was
    given, another program may have taken one meanwhile.
    """
    for left in reversed(range(STARTS)):
        try:
            return await _run_once(run, notebook, own, warm, watcher)
        except _NotStarted as error:
            if not left or _DIED not in str(error):
                return f"{run.name}: the kernel did not start: {error}"
    raise AssertionError("the last start returns")


class _NotStarted(RuntimeError):
    """A kernel that died, or did not answer, before a cell ran."""


async def _run_once(
    run: Run,
    notebook: NotebookNode,
    own: Path,
    warm: WarmProcess | None,
    watcher: Watcher,
) -> str | None:
    """The same, with one kernel. Raises _NotStarted."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    from tallybook.report.kernel import kernel_environment, manager_of

    for cell in code_cells(notebook):
        cell.outputs, cell.execution_count = [], None

    def count(cell: NotebookNode, cell_index: int, **_: Any) -> None:
        if cell.cell_type == "code":
            watcher.cell_done(run.name)

    client = NotebookClient(
        notebook,
        kernel_manager_class=manager_of(warm, own),
        timeout=CELL_TIMEOUT,
        startup_timeout=START_TIMEOUT,
        shutdown_kernel="immediate",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        on_cell_executed=count,
        resources={"metadata": {"path": str(run.path.resolve().parent)}},
    )
    client.log.setLevel("CRITICAL")  # we report failures ourselves
    try:
        await client.async_execute(env=kernel_environment(own))
    except CellExecutionError as error:
        return describe_failure(run.name, notebook, error.ename, error.evalue)
    except CellTimeoutError:
        return describe_failure(run.name, notebook, "TimeoutError", f"not finished after {CELL_TIMEOUT} s")
    except DeadKernelError:
        return describe_failure(run.name, notebook, "DeadKernelError", "the kernel died (out of memory?)")
    except RuntimeError as error:
        raise _NotStarted(str(error)) from error
    finally:
        # nbclient leaves it registered when a kernel does not start, and it prints an error at exit.
        atexit.unregister(client._cleanup_kernel)
    return None


def _in_own_loop(work: Callable[[], Any]) -> Any:
    """Run a coroutine in an event loop in a thread of its own.

    In a notebook the main thread already has a running loop; and nbclient sets signal handlers on a loop in
    the main thread, where those of one client would replace those of the others. On Ctrl-C all kernels are
    shut down before KeyboardInterrupt is raised again.
    """
    result: Future[Any] = Future()
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]]] = Future()

    async def main() -> Any:
        task = asyncio.current_task()
        assert task is not None
        started.set_result((asyncio.get_running_loop(), task))
        return await work()

    def thread() -> None:
        try:
            result.set_result(asyncio.run(main()))
        except BaseException as error:
            result.set_exception(error)

    worker = threading.Thread(target=thread, name="tallybook-notebooks")
    worker.start()
    try:
        return result.result()
    except KeyboardInterrupt:
        loop, task = started.result()
        loop.call_soon_threadsafe(task.cancel)
        raise
    finally:
        worker.join()

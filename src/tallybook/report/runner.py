"""Runs notebooks, several kernels at once, and stores them again in a form that does not change.

    execute_notebooks([Run(Path("notebooks/01_figures.ipynb"))])   # in memory
    store_notebooks([Path("notebooks/01_figures.ipynb")])          # and written back

One process drives all kernels: a process for each (nbconvert --execute, papermill) takes five
times as long.
"""

from __future__ import annotations

import asyncio
import atexit
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook.report.errors import NotebookError
from tallybook.report.failure import describe_failure
from tallybook.report.progress import Watcher, watch
from tallybook.report.runs import Run, parameters_cell

if TYPE_CHECKING:
    from nbformat import NotebookNode

CELL_TIMEOUT = 600  # seconds; a cell that takes longer hangs
START_TIMEOUT = 120  # seconds; a cold machine compiles and reads much before its first kernel answers


def execute_notebooks(
    runs: Iterable[Run],
    *,
    jobs: int = 2,
    progress: bool = True,
    on_done: Callable[[Run], None] | None = None,
) -> dict[Run, NotebookNode]:
    """Run each notebook from its first cell to its last, in a fresh kernel in its own folder.

    The files are not touched. ``jobs``: kernels at once. ``on_done`` is called, from another
    thread, with each run that came to its end. The result keeps the order of ``runs``.
    Raises NotebookError, after the other notebooks are finished, naming for each notebook that
    failed the cell and the error.
    """
    notebooks = {run: _given_case(run, read_notebook(run.path)) for run in runs}
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

    What is stored is the same on every run: execution counts 1..n, no timings, no version of the
    interpreter. If any notebook fails, nothing is written and NotebookError is raised.
    """
    from tallybook.report.stored import write_notebook

    executed = execute_notebooks(map(Run, paths), jobs=jobs, progress=progress)
    return [run.path for run, notebook in executed.items() if write_notebook(run.path, notebook)]


def read_notebook(path: Path) -> NotebookNode:
    """One notebook as nbformat 4, with empty code cells left out: a kernel never counts them.

    Raises NotebookError when there is no such file or it is no notebook.
    """
    nbformat = _nbformat()
    try:
        notebook = nbformat.read(path, as_version=4)
    except OSError as error:
        raise NotebookError(f"{path.name}: cannot be read ({error.strerror or error})") from error
    except Exception as error:  # nbformat raises many kinds for a file that is no notebook
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise NotebookError(f"{path.name}: is no Jupyter notebook ({reason[0]})") from error
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type != "code" or cell.source.strip()]
    return notebook


def _given_case(run: Run, notebook: NotebookNode) -> NotebookNode:
    """The notebook with the id of the run's case in its parameters cell."""
    cell = parameters_cell(notebook) if run.given else None
    if cell is not None:
        cell.source = f'CASE = "{run.case}"'
    return notebook


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _nbformat() -> Any:
    """nbformat, imported without the grammar that rfc3987_syntax compiles at each start (1 s).

    jsonschema asks for it only to check the formats of internationalised addresses, of which a
    notebook has none; where it is missing jsonschema goes without.
    """
    if "rfc3987_syntax" not in sys.modules:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    import nbformat

    return nbformat


async def _run_all(
    notebooks: Mapping[Run, NotebookNode],
    jobs: int,
    watcher: Watcher,
    on_done: Callable[[Run], None] | None,
) -> dict[Run, str]:
    """Run all, at most ``jobs`` at once; the failures, each as its message."""
    from tallybook.report.kernel import kernel_environment

    failures: dict[Run, str] = {}
    free_kernel = asyncio.Semaphore(jobs)

    async def start(run: Run, notebook: NotebookNode, environment: dict[str, str]) -> None:
        async with free_kernel:
            began = time.monotonic()
            failure = await _run_one(run, notebook, environment, watcher)
            watcher.notebook_done(run.name, time.monotonic() - began, failure is not None)
            if failure is not None:
                failures[run] = failure
            elif on_done is not None:
                on_done(run)

    with tempfile.TemporaryDirectory(prefix="tallybook-", ignore_cleanup_errors=True) as scratch:
        async with asyncio.TaskGroup() as group:
            for number, (run, notebook) in enumerate(notebooks.items()):
                profile = Path(scratch, str(number))
                group.create_task(start(run, notebook, kernel_environment(profile)))
    return failures


async def _run_one(
    run: Run, notebook: NotebookNode, environment: dict[str, str], watcher: Watcher
) -> str | None:
    """Run one notebook in place; None, or the message that says why it stopped."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    from tallybook.report.kernel import OwnKernelManager

    for cell in code_cells(notebook):
        cell.outputs, cell.execution_count = [], None

    def count(cell: NotebookNode, cell_index: int, **_: Any) -> None:
        if cell.cell_type == "code":
            watcher.cell_done(run.name)

    client = NotebookClient(
        notebook,
        kernel_manager_class=OwnKernelManager,
        timeout=CELL_TIMEOUT,
        startup_timeout=START_TIMEOUT,
        shutdown_kernel="immediate",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        on_cell_executed=count,
        resources={"metadata": {"path": str(run.path.resolve().parent)}},
    )
    client.log.setLevel("CRITICAL")  # failures are told once, in our words
    try:
        await client.async_execute(env=environment)
    except CellExecutionError as error:
        return describe_failure(run.name, notebook, error.ename, error.evalue)
    except CellTimeoutError:
        return describe_failure(run.name, notebook, "TimeoutError", f"not finished after {CELL_TIMEOUT} s")
    except DeadKernelError:
        return describe_failure(run.name, notebook, "DeadKernelError", "the kernel died (out of memory?)")
    except RuntimeError as error:
        return f"{run.name}: the kernel did not start: {error}"
    finally:
        # nbclient leaves it behind when a kernel does not start, and it fails loudly at exit.
        atexit.unregister(client._cleanup_kernel)
    return None


def _in_own_loop(work: Callable[[], Any]) -> Any:
    """Run a coroutine in an event loop in a thread of its own.

    Called from a notebook, the main thread already has a running loop; and nbclient puts handlers
    on the signals of a loop in the main thread, of which one client's would win over the others'.
    On Ctrl-C all kernels are shut down before KeyboardInterrupt goes on.
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

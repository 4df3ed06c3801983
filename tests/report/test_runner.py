"""Notebooks run in fresh kernels, tell clearly where they fail, and are stored without traces of a run."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from jupyter_client.connect import LocalPortCache

import tallybook
from tallybook.report import NotebookError, Run, execute_notebooks, store_notebooks, warm_client
from tallybook.report.failure import describe_failure

from ..imported import Importer
from .made_up import notebook, runs, says


@pytest.fixture(autouse=True)
def as_users_start_it(monkeypatch: pytest.MonkeyPatch, imported: Importer) -> None:
    """Here the process that forks the kernels imports for itself."""
    monkeypatch.setattr(warm_client, "started", imported.real)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, *cells: object) -> Path:
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(notebook(*cells), path)
        return path

    return write


def test_a_failing_notebook_names_cell_line_and_error_after_the_others_ran(
    write: Callable[..., Path],
) -> None:
    failing = write("b_fails", runs("1"), says("text"), runs("x = 1\nint('ten')"), runs("'never run'"))
    good = write("c_runs", runs("print('fine')"))
    before = {path: path.read_bytes() for path in (failing, good)}
    ran: list[Run] = []

    with pytest.raises(NotebookError) as told:
        execute_notebooks([Run(failing), Run(good)], progress=False, on_done=lambda run, *_: ran.append(run))

    message = str(told.value)
    assert "b_fails.ipynb, code cell 2 of 3, line 2: ValueError: invalid literal for int()" in message
    assert "int('ten')" in message.splitlines()[1]
    assert "Traceback" not in message and "\x1b" not in message
    assert ran == [Run(good)]
    assert {path: path.read_bytes() for path in before} == before


def test_stored_notebooks_tell_nothing_of_the_run_and_do_not_change_again(write: Callable[..., Path]) -> None:
    path = write(
        "a", says("# Title"), runs("print(1)\nprint(2)"), runs(""), runs("import os; os.environ['TZ']")
    )
    assert store_notebooks([path], progress=False) == [path]

    stored = nbformat.read(path, as_version=4)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [1, 2]
    assert code[0].outputs[0].text == "1\n2\n"
    assert code[1].outputs[0].execution_count == 2
    assert code[1].outputs[0].data["text/plain"] == "'UTC'"
    assert "version" not in stored.metadata.language_info
    assert all("execution" not in cell.metadata for cell in stored.cells)

    kept = path.read_bytes()
    assert store_notebooks([path], progress=False) == []
    assert path.read_bytes() == kept
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_nothing_is_stored_when_one_notebook_fails(write: Callable[..., Path]) -> None:
    good, failing = write("good", runs("1 + 1")), write("failing", runs("undefined"))
    before = good.read_bytes()
    with pytest.raises(NotebookError, match=r"failing\.ipynb, code cell 1 of 1, line 1: NameError"):
        store_notebooks([good, failing], progress=False)
    assert good.read_bytes() == before


def test_the_kernel_is_this_interpreter_in_the_folder_of_the_notebook(write: Callable[..., Path]) -> None:
    path = write(
        "where", runs("import os, sys, tallybook\nprint(sys.executable, os.getcwd(), tallybook.__file__)")
    )
    content = nbformat.read(path, as_version=4)
    content.metadata["kernelspec"] = {"name": "some-other", "display_name": "Other", "language": "python"}
    nbformat.write(content, path)

    run = Run(path)
    printed = execute_notebooks([run], progress=False)[run].cells[0].outputs[0].text
    assert printed.split() == [sys.executable, str(path.parent.resolve()), tallybook.__file__]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[1, 2]", b'{"cells": 3}'])
def test_a_file_that_is_no_notebook_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotebookError, match=r"odd\.ipynb: is not a Jupyter notebook"):
        execute_notebooks([Run(path)], progress=False)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match=r"gone.ipynb: cannot be read \(No such file"):
        execute_notebooks([Run(tmp_path / "gone.ipynb")], progress=False)


def test_progress_off_a_terminal_is_one_plain_line_a_notebook(
    write: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    execute_notebooks([Run(write("quiet", runs("1")))])
    told = capfd.readouterr()
    assert told.out == ""
    assert "1/1  quiet.ipynb ran in" in told.err
    assert "\x1b" not in told.err and len(told.err.splitlines()) == 1


def test_very_long_errors_are_cut() -> None:
    cell = runs("x")
    cell.outputs = [
        nbformat.v4.new_output("error", ename="E", evalue="", traceback=["\x1b[31mCell In[1], line 1"])
    ]
    message = describe_failure("n.ipynb", notebook(cell), "E", "\x1b[31m" + "w" * 100_000)
    assert len(message) < 3000
    assert "\x1b" not in message and "line 1" in message


STATE = """
import json, locale, os, sys, warnings
import matplotlib
import pandas as pd
import numpy as np
options = {name: repr(pd.get_option(name)) for name in pd._config.config._registered_options}
own = ("IPYTHONDIR", "TALLYBOOK_WITNESS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "JE_ARROW_MALLOC_CONF",
       "JPY_PARENT_PID", "_", "JPY_SESSION_NAME", "KERNEL_ID")
state = {
    "pandas": options,
    "matplotlib": {name: repr(value) for name, value in matplotlib.rcParams.items()},
    "numpy": repr(np.get_printoptions()),
    "filters": [repr(one) for one in warnings.filters],
    "flags": repr(sys.flags),
    "path": sys.path,
    "arguments": sys.argv[1:0],
    "folder": os.getcwd(),
    "environment": {name: value for name, value in os.environ.items() if name not in own},
    "locale": [locale.setlocale(locale.LC_ALL), sys.getfilesystemencoding()],
    "limits": [sys.getrecursionlimit()],
    "signals": repr(__import__("signal").getsignal(2)),
    "main": sys.modules["__main__"].__name__,
    "backend": matplotlib.get_backend(),
}
print(json.dumps(state, indent=1))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")
def test_a_kernel_that_is_forked_is_as_one_that_is_started(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, imported: Importer
) -> None:
    """Also one of the process that the other tests fork (imported.py)."""
    one, other = Run(write("one", runs(STATE))), Run(write("other", runs("1")))
    forked = execute_notebooks([one, other], progress=False)[one]
    monkeypatch.setattr(warm_client, "started", imported.start)
    of_the_tests = execute_notebooks([one, other], progress=False)[one]
    monkeypatch.setattr(warm_client, "FORKS", False)
    started = execute_notebooks([one, other], progress=False)[one]
    assert "max_columns" in started.cells[0].outputs[0].text
    assert forked.cells[0].outputs[0].text == started.cells[0].outputs[0].text
    assert of_the_tests.cells[0].outputs[0].text == started.cells[0].outputs[0].text


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")
def test_kernels_are_started_one_by_one_where_the_process_that_forks_them_does_not_come_up(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [Run(write("one", runs("1 + 1"))), Run(write("other", runs("2 + 2")))]
    monkeypatch.setenv("JE_ARROW_MALLOC_CONF", "")
    monkeypatch.setattr(warm_client, "ONE_THREAD", {"PYTHONHOME": "/nowhere"})
    executed = execute_notebooks(both, progress=False)
    assert [executed[run].cells[0].outputs[0].data["text/plain"] for run in both] == ["2", "4"]


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")
def test_a_kernel_that_dies_is_told_and_takes_no_other_with_it(write: Callable[..., Path]) -> None:
    dying = Run(write("dying", runs("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")))
    good, ran = Run(write("good", runs("'fine'"))), []
    with pytest.raises(NotebookError, match=r"dying.ipynb, code cell 1 of 1: DeadKernelError"):
        execute_notebooks([dying, good], progress=False, on_done=lambda run, *_: ran.append(run))
    assert ran == [good]


def test_a_kernel_takes_no_port(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has sockets that are files. Another program could take it before the kernel does."""
    monkeypatch.setattr(LocalPortCache, "find_available_port", lambda *_: pytest.fail("a port"))
    cell = runs("get_ipython().kernel.parent.transport")
    (executed,) = execute_notebooks([Run(write("one", cell))], progress=False).values()
    assert executed.cells[0].outputs[0]["data"]["text/plain"] == "'ipc'"


@pytest.mark.parametrize(("taken", "starts"), [(1, True), (99, False)])
def test_a_kernel_whose_port_another_program_took_meanwhile_is_started_again(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, taken: int, starts: bool
) -> None:
    monkeypatch.setattr("tallybook.report.kernel._LONGEST_SOCKET", 0)  # as under a very long path
    path = write("one", runs("1 + 1"))
    with socket.create_server(("127.0.0.1", 0)) as other:
        there = other.getsockname()[1]
        find = LocalPortCache.find_available_port
        given = iter([there] * taken)
        monkeypatch.setattr(
            LocalPortCache, "find_available_port", lambda self, ip: next(given, None) or find(self, ip)
        )
        if not starts:
            with pytest.raises(NotebookError, match=r"one\.ipynb: the kernel did not start: Kernel died"):
                execute_notebooks([Run(path)], progress=False)
            return
        (executed,) = execute_notebooks([Run(path)], progress=False).values()
    assert executed.cells[0].outputs[0]["data"]["text/plain"] == "2"

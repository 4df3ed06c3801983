"""The process of a kernel: ``python -m tallybook.report.serving -f CONNECTION_FILE``.

IPython's own kernel, with a witness of what its cells ask for where the environment names a file for it.
"""

from __future__ import annotations

import builtins
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

WITNESS = "TALLYBOOK_WITNESS"
"""The variable that names the file of the witness."""


_WANTED = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib.pyplot", "matplotlib_inline.backend_inline",
    "pandas", "tallybook.charts", "tallybook.consistency.text", "tallybook.report.witness",
    "tallybook.tables.case", "tallybook.tables.notebook",
)  # fmt: skip


def import_all() -> None:
    """Import what notebooks import: in each kernel, forked or started, so that all of them are alike."""
    # When it is imported, pandas asks whether it is in a notebook or at a terminal, and how that one encodes.
    sys.stdout.reconfigure(encoding="UTF-8")  # type: ignore[union-attr]
    builtins.get_ipython = lambda: SimpleNamespace(kernel=True)  # type: ignore[attr-defined]
    try:
        for name in _WANTED:
            import_module(name)
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]


def serve(arguments: list[str]) -> NoReturn:
    """Run a kernel in this process until it is shut down. ``arguments``: those of IPython's kernel."""
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance(parent_handle=os.getppid())
    try:
        app.initialize(arguments)
    except Exception:  # its threads run already, and would keep the process
        traceback.print_exc()
        os._exit(1)
    if log := os.environ.get(WITNESS):
        from tallybook.report.witness import Witness

        assert app.shell is not None
        app.shell.events.register("pre_run_cell", Witness(Path(log)).begin)
    app.start()
    sys.exit(0)


if __name__ == "__main__":
    del sys.path[0]  # the folder that it was started in; IPython puts the notebook's there
    import_all()
    serve(sys.argv[1:])

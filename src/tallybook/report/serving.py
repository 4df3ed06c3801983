"""The process of a kernel: ``python -m tallybook.report.serving -f CONNECTION_FILE``.

IPython's own kernel, with a witness of what its cells ask for where the environment names a file for it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

WITNESS = "TALLYBOOK_WITNESS"
"""The variable that names the file of the witness."""


def serve(arguments: list[str]) -> NoReturn:
    """Run a kernel in this process until it is shut down. ``arguments``: those of IPython's kernel."""
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(arguments)
    if log := os.environ.get(WITNESS):
        from tallybook.report.witness import Witness

        app.shell.events.register("pre_run_cell", Witness(Path(log)).begin)
    app.start()
    sys.exit(0)


if __name__ == "__main__":
    del sys.path[0]  # the folder that it was started in; IPython puts the notebook's there
    serve(sys.argv[1:])

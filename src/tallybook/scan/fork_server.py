"""The process that the workers of a Dask cluster on this machine are copies of.

It takes a second to import what they need. So it is begun before the command imports its own part, and this
module imports nothing that takes time.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.forkserver
import signal
import sys
import threading
from collections.abc import Iterator

LOCAL = "local"
"""The name of such a cluster, in place of a scheduler's address."""

FORKS = sys.platform == "linux"
"""Elsewhere a process that has loaded the system's frameworks cannot be trusted to fork."""


def begin_fork_server() -> bool:
    """Begin it, and do not wait for it; whether it runs.

    It cannot where the path of the folder for temporary files is so long that no socket may lie there
    (108 bytes on Linux).
    """
    if not FORKS:
        return False
    multiprocessing.get_context("forkserver").set_forkserver_preload(["tallybook.scan.worker_imports"])
    try:
        with deaf():
            multiprocessing.forkserver.ensure_running()
    except OSError:
        return False
    return True


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """A process that is started here never hears Ctrl-C, not while it is starting either: that is for its
    parent, who ends it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)

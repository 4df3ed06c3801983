"""A process that has imported everything and read the book, and forks a kernel of itself when it is asked.

    python -m tallybook.report.warm SOCKET ROOT

To import takes longer than most notebooks do. A kernel that is forked is as fresh as one that is started:
nothing has run in this process but imports, it has one thread, and no kernel sees what another one does.
Requests and answers are lines of JSON on a socket; when it is closed, the kernels end.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

from tallybook.report.serving import import_all, serve


class Kernels:
    """The kernels that were forked, by the number that the other side gave each."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._running: dict[int, int] = {}

    def asked(self, request: dict[str, Any]) -> None:
        """Fork a kernel, or send a signal to one and to what it started."""
        if "start" in request:
            self._start(int(request["start"]), request)
        elif (number := int(request["signal"])) in self._running:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._running[number], int(request["with"]))

    def ended(self) -> None:
        """Tell which kernels have ended."""
        for number, process in list(self._running.items()):
            found, status = os.waitpid(process, os.WNOHANG)
            if found:
                del self._running[number]
                self._tell(ended=number, code=os.waitstatus_to_exitcode(status))

    def end(self) -> None:
        for process in self._running.values():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process, signal.SIGKILL)

    def _start(self, number: int, request: dict[str, Any]) -> None:
        process = os.fork()
        if process == 0:
            self._line.close()
            _become(request)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.setpgid(process, process)  # the child does it too, whichever comes first
        self._running[number] = process
        self._tell(started=number, pid=process)

    def _tell(self, **answer: int) -> None:
        self._line.sendall(json.dumps(answer).encode() + b"\n")


def _become(request: dict[str, Any]) -> NoReturn:
    """In the child: the kernel of one notebook."""
    code = 1
    try:
        with contextlib.suppress(PermissionError):
            os.setsid()
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.update(request["environment"])
        os.chdir(request["folder"])
        serve(request["arguments"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        os._exit(code)


def warm(root: Path) -> None:
    """Import what notebooks import, and read the book, whose words are then known by heart."""
    import_all()
    with contextlib.suppress(Exception):  # a notebook that opens the book tells what is wrong with it
        from tallybook.tables.opened import open_book

        open_book(root)
    gc.collect()
    gc.freeze()  # what was imported is never garbage, and stays shared with every kernel


def threads() -> int:
    """How many this process has."""
    return len(os.listdir("/proc/self/task"))


def main(handle: int, root: Path) -> None:
    """Answer requests until the other side closes the line."""
    line = socket.socket(fileno=handle)
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    warm(root)
    line.sendall(json.dumps({"ready": threads() == 1}).encode() + b"\n")
    woken, wake = socket.socketpair()
    woken.setblocking(False)
    wake.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno())
    kernels, unread = Kernels(line), b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(line, selectors.EVENT_READ)
        waiting.register(woken, selectors.EVENT_READ)
        try:
            while True:
                for key, _ in waiting.select():
                    if key.fileobj is woken:
                        woken.recv(4096)
                        kernels.ended()
                        continue
                    if not (got := line.recv(1 << 16)):
                        return
                    *lines, unread = (unread + got).split(b"\n")
                    for one in lines:
                        kernels.asked(json.loads(one))
        finally:
            kernels.end()


if __name__ == "__main__":
    del sys.path[0]  # the folder that it was started in
    main(int(sys.argv[1]), Path(sys.argv[2]))

"""A process that has imported what notebooks import, for all builds of one run of the tests.

A build starts a process of :mod:`tallybook.report.warm`, which imports for two seconds and forks the kernels.
The tests make some two hundred small builds; for them it is forked from one that has imported already, and
does all else as ever. tests/report/test_runner.py starts it as users do, and compares the two.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

_MESSAGE = 1 << 18
Start = Callable[[int, Path, Mapping[str, str], str], Any]


class Forked:
    """A process that another one forked: what is asked of a Popen."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def wait(self, timeout: float | None = None) -> None:
        """Until it has ended, and all that it forked. TimeoutExpired as of Popen."""
        if not select.select([self._line], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("tallybook.report.warm", timeout or 0)

    def kill(self) -> None:
        with contextlib.suppress(OSError):
            self._line.send(b"kill")


class Importer:
    """Starts the process when it is first needed, in the process of the tests that needs it."""

    def __init__(self, real: Start) -> None:
        self.real = real
        self._name = f"tallybook-tests-{secrets.token_hex(8)}"
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()

    def start(self, handle: int, root: Path, environment: Mapping[str, str], folder: str) -> Any:
        """In place of :func:`tallybook.report.warm_client.started`."""
        if self._process is None and os.getpid() != self._owner:
            return self.real(handle, root, environment, folder)  # a fork of the tests, which will not end it
        if self._process is None:
            self._begin(environment)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        line.connect(f"\0{self._name}")
        asked = json.dumps({"root": str(root), "environment": dict(environment), "folder": folder})
        socket.send_fds(line, [asked.encode()], [handle])
        return Forked(line)

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _begin(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, self._name],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"


def _serve(name: str) -> None:
    """Fork a process for each connection, until the tests end."""
    from tallybook.report.serving import import_all

    import_all()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(f"\0{name}")  # Linux keeps it in no folder
    listener.listen()
    print("ready", flush=True)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    while listener in select.select([listener, sys.stdin], [], [])[0]:
        line, _ = listener.accept()
        asked, handles, *_ = socket.recv_fds(line, _MESSAGE, 1)
        if os.fork() == 0:
            listener.close()
            _tend(line, handles[0], json.loads(asked))
        line.close()
        os.close(handles[0])


def _tend(line: socket.socket, handle: int, asked: dict[str, Any]) -> None:
    """In a child: fork what was asked for, kill it if that is asked, and close the line when it has ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    process = os.fork()
    if process == 0:
        line.close()
        _become(handle, asked)
    os.close(handle)
    ended = os.pidfd_open(process)
    if line in select.select([line, ended], [], [])[0] and line.recv(100):
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os._exit(0)


def _become(handle: int, asked: dict[str, Any]) -> None:
    code = 1
    try:
        from tallybook.report.warm import main

        os.setsid()
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["folder"])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        main(handle, Path(asked["root"]))
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    del sys.path[0]
    _serve(sys.argv[1])

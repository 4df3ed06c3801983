"""The other side of :mod:`tallybook.report.warm`: starts that process, and has kernels forked by it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from tallybook.book.processes import ONE_THREAD

FORKS = sys.platform == "linux"
"""Elsewhere a process that has loaded the system's frameworks cannot be trusted to fork."""

_READY = 120.0  # seconds; a cold machine reads many files
_END = 5.0  # seconds


class WarmKernel:
    """A kernel that was forked, as jupyter_client asks of a process."""

    stdin = stdout = stderr = None

    def __init__(self, warm: WarmProcess, number: int, pid: int) -> None:
        self._warm, self._number, self.pid = warm, number, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        return self.returncode

    wait = poll

    def send_signal(self, number: int) -> None:
        """To it, and to what it started."""
        if self.returncode is None:
            self._warm.say(signal=self._number, **{"with": number})

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class WarmProcess:
    """Requests to the process, and its answers."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._starting: dict[int, asyncio.Future[int]] = {}
        self._kernels: dict[int, WarmKernel] = {}
        self._count = 0

    async def start(self, arguments: list[str], environment: Mapping[str, str], folder: str) -> WarmKernel:
        """Fork a kernel. RuntimeError if the process has ended."""
        self._count += 1
        number = self._count
        answer = self._starting[number] = asyncio.get_running_loop().create_future()
        self.say(start=number, arguments=arguments, environment=dict(environment), folder=str(folder))
        return self._kernels.setdefault(number, WarmKernel(self, number, await answer))

    def say(self, **request: object) -> None:
        self._writer.write(json.dumps(request).encode() + b"\n")

    async def listen(self) -> None:
        """Take the answers until the process ends; then no kernel runs any more."""
        while line := await self._reader.readline():
            answer = json.loads(line)
            if "started" in answer:
                number = answer["started"]
                self._kernels[number] = WarmKernel(self, number, answer["pid"])
                if not (waiting := self._starting.pop(number)).done():
                    waiting.set_result(answer["pid"])
            elif answer["ended"] in self._kernels:
                self._kernels[answer["ended"]].returncode = answer["code"]
        for kernel in self._kernels.values():
            kernel.returncode = -signal.SIGKILL if kernel.returncode is None else kernel.returncode
        for waiting in self._starting.values():
            if not waiting.done():
                waiting.set_exception(RuntimeError("the process that forks kernels has ended"))


def started(handle: int, root: Path, environment: Mapping[str, str], folder: str) -> subprocess.Popen[bytes]:
    """The process, which answers on the socket of this handle."""
    return subprocess.Popen(
        [sys.executable, "-m", "tallybook.report.warm", str(handle), str(root)],
        env=environment,
        cwd=folder,
        pass_fds=[handle],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


@contextlib.asynccontextmanager
async def warm_process(root: Path, environment: Mapping[str, str]) -> AsyncIterator[WarmProcess | None]:
    """The process, with the book at or above ``root``; None where kernels have to be started one by one."""
    ours, theirs = socket.socketpair()
    folder = os.path.dirname(environment["IPYTHONDIR"])
    process = started(theirs.fileno(), root, {**environment, **ONE_THREAD}, folder)
    theirs.close()
    reader, writer = await asyncio.open_connection(sock=ours)
    listening = None
    try:
        async with asyncio.timeout(_READY):
            line = await reader.readline()
        if line and json.loads(line)["ready"]:
            warm = WarmProcess(reader, writer)
            listening = asyncio.create_task(warm.listen())
            yield warm
        else:
            yield None
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        if listening is not None:
            listening.cancel()
        try:
            process.wait(_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

"""Work on many items by several processes of this machine.

A process is started anew and imports what it needs: one that has threads, as those of Arrow and NumPy are,
cannot be trusted to fork. It reads items from its standard input and ends where that does, so that none
outlives the command, however the command ends. Ctrl-C is for the command alone, which ends them.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

ONE_THREAD = {
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""For a process beside others: Arrow and NumPy begin threads when they are imported. One that forks must not
have any, and of those that share the cores each is busy with one."""

_BEGIN = "from tallybook.book.processes import serve; serve()"
_SIZE = 8  # bytes of the length before each message
_LOOK = 0.2  # seconds between two looks at whether Ctrl-C was pressed, where waiting cannot be interrupted
_END = 5.0


class ProcessLost(Exception):
    """A process ended before it had worked on its item. ``str()`` is a sentence."""


def cores() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(work: Callable[[T], R], items: Iterable[T], processes: int) -> Generator[tuple[int, R], None, None]:
    """(number of the item, result) of each item as it is finished; by one process in the order of the items.

    ``work``: a function that can be imported, or a partial of one; ``processes``: at most, 1 for this one
    alone. No more items are held than two a process. What ``work`` raises is raised here; ProcessLost where a
    process has ended. All processes end with the iterator.
    """
    if processes < 2:
        yield from ((number, work(item)) for number, item in enumerate(items))
        return
    crew = _Crew(work, processes)
    try:
        yield from crew.results(enumerate(items))
    finally:
        crew.end()


@dataclass(frozen=True, slots=True)
class _Done(Generic[R]):
    number: int
    result: R | None = None
    error: BaseException | None = None


class _Crew(Generic[T, R]):
    """The processes, each with a thread of this one that hands it items and takes what it makes of them."""

    def __init__(self, work: Callable[[T], R], most: int) -> None:
        self._work, self._most = work, most
        self._todo: queue.SimpleQueue[tuple[int, T] | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[_Done[R]] = queue.SimpleQueue()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._threads: list[threading.Thread] = []

    def results(self, items: Iterator[tuple[int, T]]) -> Iterator[tuple[int, R]]:
        held = 0
        for item in items:
            if held >= len(self._processes) and len(self._processes) < self._most:
                self._start()
            self._todo.put(item)
            held += 1
            if held >= 2 * self._most:
                yield self._next()
                held -= 1
        for _ in range(held):
            yield self._next()

    def end(self) -> None:
        """End all at once, whatever they are at."""
        for process in self._processes:
            process.kill()
        for _ in self._threads:
            self._todo.put(None)
        for process, thread in zip(self._processes, self._threads, strict=True):
            thread.join(_END)
            process.wait(_END)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):  # what could not be written any more is no loss
                        stream.close()

    def _next(self) -> tuple[int, R]:
        while True:
            try:
                done = self._done.get(timeout=_LOOK)
                break
            except queue.Empty:
                continue
        if done.error is not None:
            raise done.error
        return done.number, done.result  # type: ignore[return-value]

    def _start(self) -> None:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BEGIN],
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._processes.append(process)
        thread = threading.Thread(target=self._tend, args=(process,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _tend(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        began = False
        while (item := self._todo.get()) is not None:
            number, what = item
            try:
                if not began:
                    _send(process.stdin, pickle.dumps(self._work))
                    began = True
                _send(process.stdin, pickle.dumps(what))
                answer = pickle.loads(_received(process.stdout))
            except (OSError, EOFError):
                code = process.wait()
                self._done.put(_Done(number, error=ProcessLost(f"A process has ended (exit code {code}).")))
                return
            except Exception as error:  # told where the results are awaited, not lost with this thread
                self._done.put(_Done(number, error=error))
                continue
            self._done.put(_Done(number, **answer))


def serve() -> None:
    """In a process: work on items until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    items, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what anybody prints is no answer
    try:
        work = pickle.loads(_received(items))
        while True:
            item = pickle.loads(_received(items))
            _send(answers, _answer(work, item))
    except (EOFError, BrokenPipeError):
        os._exit(0)  # nothing is open that would have to be closed


def _answer(work: Callable[[Any], Any], item: Any) -> bytes:
    answer: Mapping[str, Any]
    try:
        answer = {"result": work(item)}
    except Exception as error:
        answer = {"error": error}
    try:
        return pickle.dumps(answer)
    except Exception as error:  # an error that cannot be sent is told in words
        told = answer.get("error", error)
        return pickle.dumps({"error": RuntimeError(f"{type(told).__name__}: {told}")})


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_SIZE, "big") + message)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes:
    """EOFError where the other side has ended."""
    head = stream.read(_SIZE)
    message = stream.read(int.from_bytes(head, "big")) if len(head) == _SIZE else b""
    if not message:
        raise EOFError
    return message

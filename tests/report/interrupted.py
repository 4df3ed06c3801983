"""Runs work in a child process that something happens to at a chosen step of the operating system."""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from enum import Enum, auto
from typing import Any

from tallybook.report import ReportError

STEPS = frozenset(
    {
        "open",
        "os.rename",
        "os.mkdir",
        "os.remove",
        "os.rmdir",
        "os.scandir",
        "os.listdir",
        "os.chmod",
        "ctypes.dlsym",  # just before the exchange
    }
)


class Blow(Enum):
    """What happens at the step."""

    KILLED = auto()
    INTERRUPTED = auto()
    DISK_FULL_ONCE = auto()
    DISK_FULL_FROM_THEN_ON = auto()


class End(Enum):
    """How the child ended; the values are its exit codes."""

    DONE_BEFORE = 10
    DONE_NEVERTHELESS = 11
    MESSAGE = 12
    INTERRUPTED = 13
    TRACEBACK = 14
    KILLED = -signal.SIGKILL


def run(work: Callable[[], object], blow: Blow, step: int) -> End:
    """Do the work in a child, with the blow at its step of this number (from 1)."""
    child = os.fork()
    if child:
        return End(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    struck = 0

    def hook(event: str, _: Any) -> None:
        nonlocal struck
        if event not in STEPS:
            return
        struck += 1
        if struck == step and blow is Blow.KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        if struck == step and blow is Blow.INTERRUPTED:
            raise KeyboardInterrupt
        if struck == step or (struck > step and blow is Blow.DISK_FULL_FROM_THEN_ON):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    end = End.TRACEBACK
    try:
        sys.addaudithook(hook)
        work()
        end = End.DONE_BEFORE if struck < step else End.DONE_NEVERTHELESS
    except ReportError:
        end = End.MESSAGE
    except KeyboardInterrupt:
        end = End.INTERRUPTED
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(end.value)


def killed_after(work: Callable[[], object], seconds: float) -> None:
    """Do the work over and over in a child, and kill it after this time."""
    child = os.fork()
    if child == 0:
        while True:
            work()
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def at_once(*works: Callable[[], object]) -> list[End]:
    """Each work in a child of its own, all at the same time."""
    children = []
    for work in works:
        child = os.fork()
        if child == 0:
            end = End.TRACEBACK
            try:
                work()
                end = End.DONE_BEFORE
            except ReportError:
                end = End.MESSAGE
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(end.value)
        children.append(child)
    return [End(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])) for child in children]

"""The parts of a scan on the cores of this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait

from tallybook.scan.guarded import Guarded
from tallybook.scan.part import Finished, Job
from tallybook.scan.settings import Settings

_LOOK = 0.5
"""Seconds between two looks at what holds a process up."""


def on_this_machine(jobs: Iterable[Job], settings: Settings, processes: int) -> Iterator[Finished]:
    """Each part as it is finished, in whatever order. No more are held than there are processes, and one.

    ``processes``: at most; no more are started than there are parts. BookError, OSError and CannotWork as
    from the processes, which all end with this.
    """
    todo = iter(jobs)
    crew: list[Guarded] = []
    following = next(todo, None)
    try:
        while following is not None or any(one.job is not None for one in crew):
            while following is not None and (idle := _idle(crew, settings, processes)) is not None:
                idle.give(following)
                following = next(todo, None)
            busy = {one.connection: one for one in crew if one.job is not None}
            for connection in wait(list(busy), timeout=_LOOK):
                one = busy[connection]  # type: ignore[index]
                finished = one.answer()
                if finished is None:
                    continue
                if following is not None:  # before anything is done with the answer: nobody waits for that
                    one.give(following)
                    following = None
                yield finished
                following = following or next(todo, None)
            for one in crew:
                one.end_if_held_up()
    finally:
        for one in crew:
            one.stop()


def _idle(crew: list[Guarded], settings: Settings, processes: int) -> Guarded | None:
    """A process without work; a new one where there may be more."""
    for one in crew:
        if one.job is None:
            return one
    if len(crew) == processes:
        return None
    crew.append(Guarded(settings))
    return crew[-1]

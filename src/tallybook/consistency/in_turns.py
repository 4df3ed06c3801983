"""Work that is done in steps, of several things in turns: first the first step of each, then the second.

Each kind of test has code and patterns of its own. If all kinds were tested of one paragraph and then of the
next one, the processor would fetch all of them anew for each paragraph, which takes a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TypeVar

_Result = TypeVar("_Result")
InSteps = Generator[None, None, _Result]
"""Work that stops behind each of its steps, and returns its result."""


def in_turns(runs: Iterable[InSteps[_Result]]) -> list[_Result]:
    """The results of works, in their order, each taken a step further in turns."""
    found: dict[int, _Result] = {}
    left = list(enumerate(runs))
    while left:
        going: list[tuple[int, InSteps[_Result]]] = []
        for k, run in left:
            try:
                next(run)
                going.append((k, run))
            except StopIteration as end:
                found[k] = end.value
        left = going
    return [found[k] for k in sorted(found)]


def at_once(run: InSteps[_Result]) -> _Result:
    """The result of one work."""
    return in_turns([run])[0]

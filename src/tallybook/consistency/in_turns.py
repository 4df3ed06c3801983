"""Work that is done in steps, of several things in turns: first the first step of each, then the second.

Each kind of test has code and patterns of its own. Where all kinds are tested of one paragraph and then of the
next one, the processor fetches all of them anew for each paragraph, which takes about as long as the tests.
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
        left = [(k, run) for k, run in left if not _is_done(k, run, found)]
    return [found[k] for k in sorted(found)]


def _is_done(k: int, run: InSteps[_Result], found: dict[int, _Result]) -> bool:
    try:
        next(run)
    except StopIteration as end:
        found[k] = end.value
        return True
    return False


def at_once(run: InSteps[_Result]) -> _Result:
    """The result of one work."""
    return in_turns([run])[0]

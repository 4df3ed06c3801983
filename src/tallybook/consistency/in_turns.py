"""Work that is done in steps, of several things in turns: first the first step of each, then the second.

Each kind of test has code and patterns of its own. If all kinds were tested of one paragraph and then of the
next one, the processor would fetch all of them anew for each paragraph, which takes a tenth of the time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable
from itertools import zip_longest
from operator import itemgetter
from typing import TypeVar

_Result = TypeVar("_Result")
InSteps = Generator[None, None, _Result]
"""Work that stops behind each of its steps, and returns its result."""


def in_turns(runs: Iterable[InSteps[_Result]]) -> list[_Result]:
    """The results of works, in their order, each taken a step further in turns."""
    found: list[tuple[int, _Result]] = []

    def kept(k: int, run: InSteps[_Result]) -> InSteps[None]:
        found.append((k, (yield from run)))

    deque(zip_longest(*(kept(k, run) for k, run in enumerate(runs))), maxlen=0)
    return [result for _, result in sorted(found, key=itemgetter(0))]


def at_once(run: InSteps[_Result]) -> _Result:
    """The result of one work."""
    return in_turns([run])[0]

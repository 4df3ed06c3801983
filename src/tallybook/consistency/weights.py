"""The weights of marks, learnt from texts whose answer is known (``weights.json``), ready to add."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

_CROSSED = ("sentences", "units", "rivals", "inside", "outside", "longest", "bound", "opens", "times")
"""Beginnings of the marks that are weighed with the slip too."""


class Least(NamedTuple):
    """The sums of weights from which on a relation is said not to close (``misses``), or to close
    (``closes``); below which the words are not looked at (``first``); below which another test is doubted
    (``doubted``)."""

    misses: float
    closes: float
    first: float
    doubted: float


class Weights(dict[str, float]):
    """What each mark counts of relations of one kind that one slip explains: its own weight with those that
    it has for the kind and for the slip. Marks that were not learnt count nothing, and are not kept."""

    def __init__(self, kind: str, slip: str) -> None:
        self._kind, self._slip = kind, slip
        stored = _stored()
        self.first = math.fsum((stored.get("all", 0.0), stored.get(kind, 0.0)))
        """What every such relation counts."""

    def __missing__(self, mark: str) -> float:
        if mark not in _marks():
            return 0.0
        stored = _stored()
        found = [stored[one] for one in crossed(self._kind, self._slip, (mark,)) if one in stored]
        if not found:
            return 0.0
        self[mark] = math.fsum(found)
        return self[mark]

    def of(self, marks: Iterable[str]) -> float:
        """The sum of some marks, whatever their order."""
        return math.fsum(map(self.__getitem__, marks))


@cache
def weights_of(kind: str, slip: str) -> Weights:
    """The weights of relations of a kind that a slip explains."""
    return Weights(kind, slip)


def crossed(kind: str, slip: str, marks: Sequence[str]) -> Iterator[str]:
    """Marks, and each with the kind of relation, and some with the slip."""
    yield from marks
    yield from (f"{kind}:{mark}" for mark in marks)
    yield from (f"{slip}&{mark}" for mark in marks if mark.startswith(_CROSSED))


@cache
def least() -> Least:
    """The least sums, as they were learnt."""
    return Least(**_learnt()["least"])


@cache
def _marks() -> frozenset[str]:
    """Every mark that was learnt, alone or with a kind or a slip."""
    stored = _stored()
    return frozenset(stored).union(mark.partition(sign)[2] for mark in stored for sign in ":&")


def _stored() -> dict[str, float]:
    return _learnt()["weights"]


@cache
def _learnt() -> dict[str, dict[str, float]]:
    told: dict[str, dict[str, float]] = json.loads(
        resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    )
    return told

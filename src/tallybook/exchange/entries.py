"""What a run says of places in files: every format of this room is written of this, whoever said it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from tallybook.exchange.plain import shown
from tallybook.terms import Term


class Outcome(Enum):
    """What becomes of an entry. FAILS ends the run with exit code 1; nobody has to look at what PASSES."""

    FAILS = "error"
    WARNS = "warning"
    SKIPPED = "notice"
    PASSES = "pass"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands. ``file``: its path as given, "-" for standard input.

    Lines and columns count from 1; a column is a character. 0: not known, or a file without lines; then
    ``place`` names it ("paragraph 3").
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is said.

    ``kind``: of which kind, a rule of SARIF; ``name``: what it is called among the tests of its part, the
    same each time; ``words``: what it is about, "" where ``sentence`` says that itself.
    """

    spot: Spot
    kind: Term
    outcome: Outcome
    name: str
    words: str
    sentence: str

    @property
    def message(self) -> str:
        """On one line, every character printable."""
        told = shown(self.sentence)
        told = f"{shown(self.words)}: {told}" if self.words else told
        return f"{self.spot.place}: {told}" if self.spot.place else told


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one draft or case. ``name``: its own; ``summary``: all of it in a line."""

    name: str
    entries: tuple[Entry, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Report:
    """A run. ``kinds``: those that an entry of it may have and somebody has to look at; ``files``: those
    that were read; ``numbers``: what was counted, by name; ``summary``: all of it in one line."""

    kinds: Sequence[Term]
    parts: Sequence[Part]
    files: Sequence[str]
    summary: str
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def entries(self) -> list[Entry]:
        return [entry for part in self.parts for entry in part.entries]

    @property
    def fails(self) -> bool:
        return any(entry.outcome is Outcome.FAILS for entry in self.entries)

"""What is wrong with a book, told to the person who can mend it: file, line, value, mend."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_QUOTED = 80


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. ``file`` is relative to the project; ``line`` counts from 1."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class BookError(Exception):
    """The book cannot be trusted as it stands. ``problems``: all of them, in reading order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def quoted_value(value: object) -> str:
    """A value as an error message prints it: one line, printable, bounded in length."""
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(value))
    return f"'{text[:LONGEST_QUOTED]}…'" if len(text) > LONGEST_QUOTED else f"'{text}'"


def nearest(word: str, known: Iterable[str]) -> str:
    """The mend for a misspelt name: " Nearest: 'x'.", or nothing when none is near."""
    found = difflib.get_close_matches(word[:200], list(known), n=1, cutoff=0.6)
    return f" Nearest: '{found[0]}'." if found else ""

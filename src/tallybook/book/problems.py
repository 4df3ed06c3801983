"""What is wrong with a book, told to the person who can mend it: file, line, value, mend."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

LONGEST_QUOTED = 80
MOST_NAMED = 10
NO_ARTICLE = "The book has no article yet. Add one: claims/<id>.yaml."


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

    def __reduce__(self) -> tuple[type[BookError], tuple[list[Problem]]]:
        """So that it goes from one process to another as it is."""
        return type(self), (self.problems,)


class UnknownName(KeyError):
    """A name that is not there, of ``what`` it should be one: an article, a claim, a measure, an utterance.

    ``str()`` is a sentence with the nearest name, or with the first of those there are where none is near.
    """

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what, self.name, self.known = what, str(name), tuple(map(str, known))
        super().__init__(self.what, self.name, self.known)

    def __str__(self) -> str:
        if self.what == "article" and not self.known:
            return NO_ARTICLE
        near = nearest(self.name, self.known)
        return f"no {self.what} {quoted_value(self.name)}.{near or f' There are: {self._first()}.'}"

    def _first(self) -> str:
        more = len(self.known) - MOST_NAMED
        listed = ", ".join(self.known[:MOST_NAMED]) or "none"
        return f"{listed} and {more:,} more" if more > 0 else listed


def require_name(what: str, name: str, known: Collection[str]) -> None:
    """UnknownName unless ``name`` is one of those that are known."""
    if name not in known:
        raise UnknownName(what, name, known)


def quoted_value(value: object) -> str:
    """A value as an error message prints it: one line, printable, bounded in length."""
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(value))
    return f"'{text[:LONGEST_QUOTED]}…'" if len(text) > LONGEST_QUOTED else f"'{text}'"


def nearest(word: str, known: Iterable[str]) -> str:
    """The mend for a misspelt name: " Nearest: 'x'.", or nothing when none is near."""
    found = difflib.get_close_matches(word[:200], list(known), n=1, cutoff=0.6)
    return f" Nearest: '{found[0]}'." if found else ""

"""A draft as plain text, where each character still knows its place in the file.

Text is taken as it stands. Of Markdown and HTML the marks are taken out, so that "**12,000** soldiers" is
read as "12,000 soldiers"; what is found there is told by the line and column of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path

from tallybook.book.problems import BookError, Problem
from tallybook.book.text_files import read_text
from tallybook.intake.article_text import Mark, ParagraphKind

LARGEST_DRAFT = 1_000_000
"""Characters of one draft; a book of 150,000 words has no more."""

KINDS = ("text", "markdown", "html")
_KIND_OF = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html"}
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column of a file, both counted from 1; a column is a character."""

    line: int
    column: int


class Pieces:
    """A text put together from pieces of a source; each piece knows where it was taken from.

    ``kinds``: where a block begins that is no plain paragraph; ``breaks``: spaces that were line ends;
    ``marks``: what could have changed a figure; ``notes``: where a note hangs, with its name.

    >>> pieces = Pieces()
    >>> pieces.add("over ", 0)
    >>> pieces.add("12", 7)
    >>> pieces.text, pieces.at(5)
    ('over 12', 7)
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._sources: list[tuple[int, bool]] = []
        self.length = 0
        self.last = ""
        self.kinds: list[tuple[int, ParagraphKind]] = []
        self.breaks: list[int] = []
        self.marks: list[Mark] = []
        self.notes: list[tuple[int, str]] = []

    def add(self, text: str, source: int, *, whole: bool = False) -> None:
        """``whole``: all of it stands for one place of the source, as "&" does for "&amp;"."""
        if not text:
            return
        self._parts.append(text)
        self._starts.append(self.length)
        self._sources.append((source, whole))
        self.length += len(text)
        self.last = text[-1]

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def tail(self, length: int) -> str:
        """The last characters."""
        return "".join(part[-length:] for part in self._parts[-length:])[-length:]

    def at(self, offset: int) -> int:
        """The offset in the source of a character of the text."""
        if not self._starts:
            return 0
        piece = max(0, bisect_right(self._starts, offset) - 1)
        source, whole = self._sources[piece]
        return source if whole else source + offset - self._starts[piece]


@dataclass(frozen=True)
class Draft:
    """``name``: of its file, "-" for standard input; ``text``: without marks; ``source``: as it was read."""

    name: str
    text: str
    source: str
    pieces: Pieces = field(repr=False)

    def place(self, offset: int) -> Place:
        """Where a character of the text stands in the file."""
        at = min(self.pieces.at(offset), len(self.source))
        line = bisect_right(self._lines, at)
        return Place(line, at - self._lines[line - 1] + 1)

    def span(self, start: int, end: int) -> tuple[Place, Place]:
        """The place of the first character, and the place behind the last one."""
        last = self.place(max(start, end - 1))
        return self.place(start), Place(last.line, last.column + 1)

    def __post_init__(self) -> None:
        starts = [0, *(found.end() for found in _LINE_END.finditer(self.source))]
        object.__setattr__(self, "_lines", starts)

    _lines: list[int] = field(init=False, repr=False, default_factory=list)


def read_draft(file: Path, kind: str | None = None) -> Draft:
    """A draft from a file, or from standard input for "-". BookError where it cannot be read or is too large.

    ``kind``: text, markdown or html; by the ending of the file's name if it is not given.
    """
    text = read_text(file)
    if len(text) > LARGEST_DRAFT:
        message = f"the draft has more than {LARGEST_DRAFT:,} characters. Split it."
        raise BookError([Problem(str(file), 1, message)])
    return draft_of(text, str(file), kind or _KIND_OF.get(file.suffix.lower(), "text"))


def draft_of(source: str, name: str = "-", kind: str = "text") -> Draft:
    """A draft of a text at hand.

    >>> draft = draft_of("Over **12** loaves", kind="markdown")
    >>> draft.text, draft.place(draft.text.index("12")).column
    ('Over 12 loaves', 8)
    """
    if kind == "html":
        from tallybook.intake.html import html_pieces

        pieces = html_pieces(source)
    elif kind == "markdown":
        from tallybook.intake.markdown import markdown_pieces

        pieces = markdown_pieces(source)
    else:
        pieces = Pieces()
        pieces.add(source, 0)
    return Draft(name, pieces.text, source, pieces)

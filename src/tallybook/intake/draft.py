"""A draft as plain text, where each character still knows its place in the file.

Text is taken as it stands. Of Markdown and HTML the marks are taken out, so that "**12,000** soldiers" is
read as "12,000 soldiers"; what is found there is told by the line and column of the file. A document of an
office program or a PDF has no lines of its own: there the paragraph is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from tallybook.book.characters import unseen_characters
from tallybook.book.problems import BookError, Problem
from tallybook.book.text_files import read_text
from tallybook.intake.article_text import ArticleText, Mark, ParagraphKind, read_article
from tallybook.intake.blocks import MOST_MARKS, taken_out

LARGEST_DRAFT = 1_000_000
"""Characters of one draft; a book of 150,000 words has no more."""

KINDS = ("text", "markdown", "html", "docx", "pdf")
_OF_PARAGRAPHS = ("docx", "pdf")
_KIND_OF = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html"}
_KIND_OF |= {".docx": "docx", ".docm": "docx", ".doc": "docx", ".pdf": "pdf"}
_LINE_END = re.compile(r"\r\n?|\n")
_PARAGRAPH_END = re.compile(r"\n\n")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column of a file, both counted from 1; a column is a character.

    Of a draft ``by_paragraph``, the line is the number of the paragraph, with each row of a table as one.
    """

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

    def without_unseen(self) -> Pieces:
        """The same without the characters that nobody sees, so that none of them parts a number; control
        characters are marked. What else is known of a text, of blocks and notes, is left behind."""
        text = self.text
        unseen = list(unseen_characters(text))
        if not unseen:
            return self
        made, taken = Pieces(), [at for at, _ in unseen]
        for part, start, (source, whole) in zip(self._parts, self._starts, self._sources, strict=True):
            done = start
            for at in (
                *taken[bisect_left(taken, start) : bisect_left(taken, start + len(part))],
                start + len(part),
            ):
                made.add(
                    part[done - start : at - start], source if whole else source + done - start, whole=whole
                )
                done = at + 1
        made.marks = [replace(m, start=_left(taken, m.start), end=_left(taken, m.end)) for m in self.marks]
        for at in islice((at for at, told in unseen if told), MOST_MARKS):
            place = _left(taken, at)
            made.marks.append(Mark(max(0, place - 1), place + 1, "removed character", taken_out(text[at])))
        return made

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
    """``name``: of its file, "-" for standard input; ``text``: without marks; ``source``: as it was read.

    ``by_paragraph``: whether the file has paragraphs and no lines; ``marks``: what could have changed a
    figure, in their order.
    """

    name: str
    text: str
    source: str
    pieces: Pieces = field(repr=False)
    marks: tuple[Mark, ...] = ()
    by_paragraph: bool = False

    def place(self, offset: int) -> Place:
        """Where a character of the text stands in the file."""
        at = min(self.pieces.at(offset), len(self.source))
        line = bisect_right(self._lines, at)
        return Place(line, at - self._lines[line - 1] + 1)

    def span(self, start: int, end: int) -> tuple[Place, Place]:
        """The place of the first character, and the place behind the last one."""
        last = self.place(max(start, end - 1))
        return self.place(start), Place(last.line, last.column + 1)

    def marks_at(self, start: int, end: int) -> list[Mark]:
        """The marks that touch words of the text: they overlap, or one begins where the other ends."""
        first = bisect_left(self.marks, start - self._longest, key=_start)
        last = bisect_right(self.marks, end, key=_start)
        return [mark for mark in self.marks[first:last] if mark.end >= start]

    def __post_init__(self) -> None:
        ends = _PARAGRAPH_END if self.by_paragraph else _LINE_END
        starts = [0, *(found.end() for found in ends.finditer(self.source))]
        object.__setattr__(self, "_lines", starts)
        object.__setattr__(self, "_longest", max((mark.end - mark.start for mark in self.marks), default=0))

    _lines: list[int] = field(init=False, repr=False, default_factory=list)
    _longest: int = field(init=False, repr=False, default=0)


def _left(taken: Sequence[int], offset: int) -> int:
    """An offset in a text from which characters were taken out, in order."""
    return offset - bisect_left(taken, offset)


def _start(mark: Mark) -> int:
    return mark.start


def read_draft(file: Path, kind: str | None = None) -> Draft:
    """A draft from a file, or from standard input for "-". BookError where it cannot be read or is too large.

    ``kind``: one of ``KINDS``; by the ending of the file's name if it is not given.
    """
    kind = kind or _KIND_OF.get(file.suffix.lower(), "text")
    if kind in _OF_PARAGRAPHS:
        article = read_article(file, kind=None if file.suffix.lower() == ".doc" else kind)
        _not_too_large(article.text, file)
        return draft_of_article(article, str(file))
    text = read_text(file)
    _not_too_large(text, file)
    if not text.strip():
        raise BookError([Problem(str(file), 1, "has no text that could be read.")])
    return draft_of(text, str(file), kind)


def _not_too_large(text: str, file: Path) -> None:
    if len(text) > LARGEST_DRAFT:
        message = f"the draft has more than {LARGEST_DRAFT:,} characters. Split it."
        raise BookError([Problem(str(file), 1, message)])


def draft_of_article(article: ArticleText, name: str = "-") -> Draft:
    """A draft of an article that was read: the cells of a row, which make no sentence together, are apart."""
    text = "\n\n".join(
        paragraph.text.replace("|", "\n") if paragraph.kind == "table" else paragraph.text
        for paragraph in article.paragraphs
    )
    pieces = Pieces()
    pieces.add(text, 0)
    return Draft(name, text, article.text, pieces, article.marks, by_paragraph=True)


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
    pieces = pieces.without_unseen()
    return Draft(name, pieces.text, source, pieces, tuple(sorted(pieces.marks)))

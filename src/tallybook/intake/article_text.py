"""An article as paragraphs, from whatever file it comes in, with all that could have changed a figure.

A figure is falsified before anything reads it where a format prints what plain text cannot: "10" with a
raised "6" is no 106, "200" struck out before "260" is no 200,260. Each reader of this room puts such a place
right or leaves it as it is, and marks it in both cases, so that a person can look.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tallybook.book.problems import BookError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST_FILE = 64_000_000
"""Bytes of one file; what it may unpack to is bounded by each reader."""

LARGEST_ARTICLE = 2_000_000
"""Characters of an article's text; a book of 300,000 words has no more."""

ParagraphKind = Literal["heading", "text", "quote", "list", "table", "caption"]
FileKind = Literal["text", "markdown", "html", "pdf", "docx"]
MarkKind = Literal[
    "superscript",
    "subscript",
    "footnote mark",
    "fraction",
    "line break",
    "line-end hyphen",
    "replaced character",
    "removed character",
    "struck out",
    "tracked change",
    "guessed charset",
]
AnnotationKind = Literal["footnote", "endnote", "comment"]

_KINDS: dict[str, FileKind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
_SHORT = {"txt": "text", "md": "markdown"}
READ = "html, pdf, docx, md, txt"
"""The kinds of files, as a message names them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``text``: one line, never blank; a row of a table has " | " between its cells."""

    text: str
    kind: ParagraphKind = "text"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place of the text where the file printed something else than plain text can say.

    ``start``, ``end``: offsets into the text, equal where nothing is left of it; ``says``: one sentence.
    """

    start: int
    end: int
    kind: MarkKind
    says: str


@dataclass(frozen=True, slots=True, order=True)
class Annotation:
    """A note that the writer has hung on words.

    ``start``, ``end``: offsets of these words, or equal, of the place of the note's number; ``replies``: the
    answers to a comment, each with its author where known.
    """

    start: int
    end: int
    kind: AnnotationKind
    text: str
    author: str | None = None
    resolved: bool = False
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that the file has and the text has not: ``reason`` in a word or two ("navigation", "hidden")."""

    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader of one format finds, before anything is known of the file around it."""

    paragraphs: tuple[Paragraph, ...]
    marks: tuple[Mark, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    extractor: str = "tallybook"


@dataclass(frozen=True)
class ArticleText:
    """An article as it was read.

    ``published``: a day in ISO form where the file names one; ``language``: a code; ``notes``: what is to be
    known of the whole text, a sentence each (a character set that was guessed, a page for subscribers only);
    ``extractor``: what read it, with its version; ``sha256_of_bytes``: of the file.
    """

    paragraphs: tuple[Paragraph, ...]
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    language: str | None
    url: str | None
    marks: tuple[Mark, ...]
    annotations: tuple[Annotation, ...]
    left_out: tuple[LeftOut, ...]
    extractor: str
    sha256_of_bytes: str
    notes: tuple[str, ...] = ()
    text: str = field(init=False, repr=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        text = "\n\n".join(paragraph.text for paragraph in self.paragraphs)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "digest", hashlib.sha256(text.encode()).hexdigest())

    def marks_at(self, start: int, end: int) -> Iterator[Mark]:
        """The marks that touch words of the text: they overlap, or one begins where the other ends."""
        return (mark for mark in self.marks if mark.start <= end and mark.end >= start)


def read_article(
    source: Path | str | bytes,
    *,
    name: str | None = None,
    kind: str | None = None,
    url: str | None = None,
    content_type: str | None = None,
) -> ArticleText:
    """The text of an article from a file ("-": standard input) or from bytes at hand.

    ``kind``: html, pdf, docx, md or txt; by the name's ending or the first bytes if it is not given.
    ``url``: where it came from; ``content_type``: the header that it came with, which may name its charset.
    BookError, with one message, where it cannot be read.
    """
    raw = source if isinstance(source, bytes) else bytes_of(Path(source))
    name = name or ("-" if isinstance(source, bytes) else str(source))
    if len(raw) > LARGEST_FILE:
        raise unread(name, f"has more than {LARGEST_FILE:,} bytes. Split it, or take the text out of it.")
    read_as = kind_of(raw, name, kind, content_type)
    if read_as in ("text", "markdown") and content_type is None:
        from tallybook.intake.charset import is_no_text

        if is_no_text(raw):
            raise unread(name, f"is no text: its bytes are of another kind of file. Name its kind: {READ}.")
    found = _reader(read_as)(raw, name, content_type)
    if not found.paragraphs:
        raise unread(name, "has no text that could be read.")
    if sum(len(paragraph.text) for paragraph in found.paragraphs) > LARGEST_ARTICLE:
        raise unread(name, f"has a text of more than {LARGEST_ARTICLE:,} characters. Split it.")
    return _article(found, raw, url)


def kind_of(raw: bytes, name: str, kind: str | None = None, content_type: str | None = None) -> FileKind:
    """What a file is: as it is called, as its first bytes say, as its header says, as its name ends; in this
    order, since a name and a header are often wrong. BookError for what is not read here."""
    if kind is not None:
        if kind in _SHORT or kind in _KINDS.values():
            return _SHORT.get(kind, kind)  # type: ignore[return-value]
        raise unread(name, f"cannot be read as '{kind[:40]}'. Name one of {READ}.")
    head = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise unread(name, "is a file of an old office program, or one with a password. Save it as DOCX.")
    told = (content_type or "").partition(";")[0].strip().lower()
    if told in ("text/html", "application/xhtml+xml"):
        return "html"
    ending = _KINDS.get(Path(name).suffix.lower())
    if ending in ("html", "markdown"):
        return ending
    start = head[:15].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<article")):
        return "html"
    if ending in ("pdf", "docx"):
        raise unread(name, f"is no {ending.upper()} file: its first bytes are others. Name its kind: {READ}.")
    return "text"


def unread(name: str, why: str) -> BookError:
    """The one message about a file that cannot be read; ``why`` is the rest of the sentence."""
    return BookError([Problem(name, 1, why)])


def bytes_of(file: Path) -> bytes:
    """The bytes of a file, or of standard input for "-"; one more than may be read, where there are more."""
    import sys

    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(LARGEST_FILE + 1)
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise unread(str(file), f"cannot be read: {error.strerror}.") from None


def _reader(kind: FileKind) -> Callable[[bytes, str, str | None], Found]:
    """The reader of a format; it is imported only where it is needed."""
    if kind == "html":
        from tallybook.intake.page import read_page

        return read_page
    if kind == "pdf":
        from tallybook.intake.pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from tallybook.intake.docx import read_docx

        return read_docx
    if kind == "markdown":
        from tallybook.intake.markdown_text import read_markdown

        return read_markdown
    from tallybook.intake.plain_text import read_plain

    return read_plain


def _article(found: Found, raw: bytes, url: str | None) -> ArticleText:
    found = replace(found, url=url or found.url)
    return ArticleText(
        paragraphs=found.paragraphs,
        title=found.title,
        author=found.author,
        publisher=found.publisher,
        published=found.published,
        language=found.language,
        url=found.url,
        marks=tuple(sorted(found.marks)),
        annotations=tuple(sorted(found.annotations, key=lambda note: (note.start, note.end))),
        left_out=found.left_out,
        notes=found.notes,
        extractor=found.extractor,
        sha256_of_bytes=hashlib.sha256(raw).hexdigest(),
    )

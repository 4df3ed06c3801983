"""One part of a scan: its texts read, worked on, and packed as Parquet. What each process does."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tallybook.book.problems import BookError, Problem
from tallybook.program import code_digest
from tallybook.reading import read
from tallybook.scan.columns import TABLES, schema
from tallybook.scan.inputs import Part, texts_of
from tallybook.scan.settings import Settings, book_digest
from tallybook.scan.text import Digest, Text
from tallybook.scan.work import Row, Rows, work

if TYPE_CHECKING:
    from tallybook.intake.known import KnownFigures

_FLUSHED = 20_000
"""Rows that are held before they are packed."""


@dataclass(frozen=True, slots=True)
class Job:
    """A part to be worked on. ``done``: the digest of its texts when it was finished before, None if it was
    not; ``skipped``: why a text is not read, by its number in the part."""

    part: Part
    done: str | None = None
    skipped: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one part, or of several. ``unread``: texts that could not be read, or not to their end."""

    texts: int = 0
    unread: int = 0
    figures: int = 0
    watched: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.texts + other.texts,
            self.unread + other.unread,
            self.figures + other.figures,
            self.watched + other.watched,
        )


@dataclass(frozen=True, slots=True)
class Finished:
    """A part that was worked on. ``digest``: of its texts; ``files``: a Parquet file a table; empty where the
    texts are those that were finished before; ``sizes``: of the files in bytes."""

    number: int
    digest: str
    counts: Counts
    files: dict[str, bytes] = field(repr=False)
    sizes: dict[str, int]

    @property
    def unchanged(self) -> bool:
        return not self.sizes


def finish(job: Job, settings: Settings, at: Callable[[int], None] = lambda number: None) -> Finished:
    """Work on a part, unless its texts are those that were finished before.

    ``at``: told the number of each text before it is read. No more than one text of the part is held, and the
    rows are packed as they come. BookError where the book to be watched cannot be read or is another one.
    """
    if job.done is not None and _digest(job.part, settings, at) == job.done:
        return Finished(job.part.number, job.done, Counts(), {}, {})
    known = ready(settings)
    digest = Digest()
    packed = {name: _Table(name) for name in TABLES if name != "watch" or known is not None}
    counts = Counts()

    def given() -> Iterator[Text]:
        for text in texts_of(job.part, settings):
            digest.add(text)
            yield text

    for rows in work(given(), settings, known, at, job.skipped):
        counts += counts_of(rows)
        for name, table in packed.items():
            table.add(getattr(rows, name))
    files = {name: table.packed() for name, table in packed.items()}
    sizes = {name: len(content) for name, content in files.items()}
    return Finished(job.part.number, digest.hex(), counts, files, sizes)


def counts_of(rows: Rows) -> Counts:
    """What some rows come to."""
    unread = sum(row[-1] != "" for row in rows.texts)
    return Counts(len(rows.texts), unread, len(rows.mentions), len(rows.watch))


def _digest(part: Part, settings: Settings, at: Callable[[int], None]) -> str:
    digest = Digest()
    for number, text in enumerate(texts_of(part, settings)):
        at(number)
        digest.add(text)
    return digest.hex()


class _Table:
    """A table of one part as a Parquet file in memory."""

    def __init__(self, name: str) -> None:
        import pyarrow.parquet as pq

        self._schema = schema(name)
        self._out = io.BytesIO()
        self._writer = pq.ParquetWriter(self._out, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, rows: list[Row]) -> None:
        self._rows += rows
        if len(self._rows) >= _FLUSHED:
            self._flush()

    def packed(self) -> bytes:
        if self._rows:
            self._flush()
        self._writer.close()
        return self._out.getvalue()

    def _flush(self) -> None:
        import pyarrow as pa

        columns = zip(*self._rows, strict=True)
        arrays = [pa.array(values, type_) for values, type_ in zip(columns, self._schema.types, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []


def ready(settings: Settings) -> KnownFigures | None:
    """Has all that the first text would wait for; the figures of the book that is watched, read once."""
    from tallybook.intake import when_words  # noqa: F401

    read("", language=settings.language)
    if settings.book is None:
        return None
    return _known_of(settings.book, settings.book_digest, settings.day, settings.language)


@lru_cache(maxsize=1)
def _known_of(book: str, digest: str | None, day: str | None, language: str) -> KnownFigures:
    from datetime import date

    from tallybook.book.load import load_book
    from tallybook.estimates.evidence import Evidence
    from tallybook.intake.known import KnownFigures

    if book_digest(Path(book)) != digest:
        raise BookError([Problem(book, 1, "the book is another one than when the scan began. Begin anew.")])
    return KnownFigures(
        Evidence(load_book(Path(book))), date.fromisoformat(day) if day else date.today(), language
    )


def check_code(settings: Settings) -> None:
    """BookError where this process has another version of tallybook than the one that began."""
    if code_digest() != settings.code:
        message = "this machine has another version of tallybook than the one that began the scan."
        raise BookError([Problem("tallybook", 1, message)])

"""Paths → numbered parts, the same each time. A part's texts are read where it is worked on, one by one.

A part is some whole files, a stretch of a JSON Lines file, or a row group of a Parquet file; none of them is
read to make the parts. A packed file of many texts, a web archive and a large row group can only be read from
their beginning: these are read here, once, and the texts travel with the part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tallybook.book.problems import BookError, Problem, quoted_value
from tallybook.scan.files import READ, FileFound, LeftOut, file_at, files_below, opened, opened_unpacked
from tallybook.scan.json_lines import texts_of_lines
from tallybook.scan.packed import Damaged
from tallybook.scan.parquet_texts import row_groups, texts_of_rows
from tallybook.scan.settings import Settings
from tallybook.scan.text import Text
from tallybook.scan.warc_texts import texts_of_records

_GROUP = 4
"""A row group of so many parts' size is still read where it is worked on."""


@dataclass(frozen=True, slots=True)
class Files:
    """Whole files, a text each."""

    files: tuple[FileFound, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file that begin from ``start`` to ``end``."""

    file: FileFound
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rows:
    """A row group of a Parquet file, with the number of its first row."""

    file: FileFound
    group: int
    first: int


@dataclass(frozen=True, slots=True)
class Carried:
    """Texts that were read already."""

    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """``number``: from 0, in the order of the input."""

    number: int
    source: Files | Lines | Rows | Carried


def check_paths(paths: Iterable[Path]) -> None:
    """BookError where a path is not there, is of no kind that is read, or lies in another one."""
    problems = []
    known: list[tuple[Path, Path]] = []
    for path in paths:
        if why := _refused(path):
            problems.append(Problem(str(path), 1, why))
            continue
        place = path.resolve()
        for other, name in known:
            if place.is_relative_to(other) or other.is_relative_to(place):
                message = f"and {quoted_value(name)} share texts, which would count twice. Name one of them."
                problems.append(Problem(str(path), 1, message))
        known.append((place, path))
    if problems:
        raise BookError(problems)


def _refused(path: Path) -> str | None:
    try:
        if path.is_dir():
            return None
        if not path.exists():
            return "is not there. Name a folder or file of texts."
        if not path.is_file():
            return "is no folder or file: a pipe or device has no end that can be known."
    except OSError as error:
        return f"cannot be read: {error.strerror}."
    return (
        None if file_at(path) is not None else f"is of no kind that is read: {READ}, or one of them packed."
    )


def parts(
    paths: Iterable[Path], settings: Settings, left_out: LeftOut, without: Collection[Path] = ()
) -> Iterator[Part]:
    """The parts of some files and folders. ``without``: folders that are passed over."""
    for number, source in enumerate(_sources(_files(paths, left_out, without), settings)):
        yield Part(number, source)


def texts_of(part: Part, settings: Settings) -> Iterator[Text]:
    """The texts of a part, in order, each read when it is asked for."""
    match part.source:
        case Files(files):
            return (_whole_file(file, settings) for file in files)
        case Lines(file, start, end):
            return _lines(file, settings, start, end)
        case Rows(file, group, first):
            return texts_of_rows(file, settings, group, first)
        case Carried(texts):
            return iter(texts)


def _files(paths: Iterable[Path], left_out: LeftOut, without: Collection[Path]) -> Iterator[FileFound]:
    for path in paths:
        if path.is_dir():
            yield from files_below(path, left_out, without)
        elif (file := file_at(path)) is not None:
            yield file


def _sources(files: Iterable[FileFound], settings: Settings) -> Iterator[Files | Lines | Rows | Carried]:
    """What the parts are of. Whole files that follow each other share a part."""
    several: list[FileFound] = []
    size = 0
    for file in files:
        if several and (
            file.many or len(several) == settings.part_texts or size + file.size > settings.part_bytes
        ):
            yield Files(tuple(several))
            several, size = [], 0
        if file.many:
            yield from _of_many(file, settings)
        else:
            several.append(file)
            size += file.size
    if several:
        yield Files(tuple(several))


def _of_many(file: FileFound, settings: Settings) -> Iterator[Lines | Rows | Carried]:
    if file.form == "lines" and not file.packed:
        for start in range(0, file.size, settings.part_bytes):
            yield Lines(file, start, min(start + settings.part_bytes, file.size))
    elif file.form == "rows":
        yield from _of_rows(file, settings)
    else:
        yield from _carried(_stream(file, settings), settings)


def _of_rows(file: FileFound, settings: Settings) -> Iterator[Rows | Carried]:
    try:
        groups = row_groups(file)
    except (OSError, ValueError) as error:
        yield Carried((_unread(file, f"cannot be read: {str(error)[:200]}"),))
        return
    first = 0
    for group, (rows, size) in enumerate(groups):
        if rows <= _GROUP * settings.part_texts and size <= _GROUP * settings.part_bytes:
            yield Rows(file, group, first)
        else:
            yield from _carried(texts_of_rows(file, settings, group, first), settings)
        first += rows


def _carried(texts: Iterator[Text], settings: Settings) -> Iterator[Carried]:
    """Texts as parts of bounded size."""
    several: list[Text] = []
    size = 0
    for text in texts:
        if several and (
            len(several) == settings.part_texts or size + len(text.content) > settings.part_bytes
        ):
            yield Carried(tuple(several))
            several, size = [], 0
        several.append(text)
        size += len(text.content)
    if several:
        yield Carried(tuple(several))


def _stream(file: FileFound, settings: Settings) -> Iterator[Text]:
    """The texts of a file that can only be read from its beginning."""
    try:
        if file.form == "lines":
            with opened_unpacked(file) as stream:
                yield from texts_of_lines(stream, file, settings)
        elif file.packed == ".gz":  # its records are packed one by one, and are found by their places
            with opened(file) as stream:
                yield from texts_of_records(stream, file, settings)
        else:
            with opened_unpacked(file) as stream:
                yield from texts_of_records(stream, file, settings)
    except OSError as error:
        yield _unread(file, f"cannot be read: {error.strerror or error}.")


def _lines(file: FileFound, settings: Settings, start: int, end: int) -> Iterator[Text]:
    try:
        with opened(file) as stream:
            yield from texts_of_lines(stream, file, settings, start, end)
    except OSError as error:
        yield _unread(file, f"cannot be read: {error.strerror or error}.", start)


def _whole_file(file: FileFound, settings: Settings) -> Text:
    if file.error is not None:
        return _unread(file, file.error)
    try:
        with opened_unpacked(file) as stream:
            content = stream.read(settings.largest_text + 1)
    except Damaged as error:
        return _unread(file, str(error))
    except OSError as error:
        return _unread(file, f"cannot be read: {error.strerror or error}.")
    if len(content) > settings.largest_text:
        return _unread(file, f"has more than {settings.largest_text:,} bytes. Split it.")
    return Text(file.name, file.name, 0, content, file.form)


def _unread(file: FileFound, why: str, place: int = 0) -> Text:
    return Text(f"{file.name}#{place}" if place else file.name, file.name, place, error=why)

"""What an earlier run read in the files of a project, so that a large book opens without reading them again.

Kept of a book that was sound are the data of each file, by its digest, the figures of its records, and the
digest of all files together. Kept data is data: it is typed again when it is used (the figures of statements
when one is first asked for), and a line is looked up in the file itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from tallybook.book.drafts import article_apart, source_apart
from tallybook.book.figure import Figure
from tallybook.book.kept_files import BROKEN, KeptFiles
from tallybook.book.lock import LockHeld
from tallybook.book.project_files import ProjectFiles, RawFiles, raw_files
from tallybook.book.records import Article, MeasuresFile, OriginsFile, Source
from tallybook.book.sound_records import SoundRecords
from tallybook.book.yaml_lines import LaterLines, LineIndex, RawFile, YamlFile
from tallybook.program import code_digest, package_names

FOLDER = ".cache/book"
FEWEST = 50
"""Sources: a smaller book opens about as fast without what is kept."""

_FILE = "files.json"
_FORMAT = 2


@dataclass(frozen=True)
class _Head:
    """``program``: what read the files; ``measures``: the digest of the file by whose measures the figures
    were read; ``sound``: the digest of all files of the book."""

    format: int
    program: str
    measures: str
    sound: str


@dataclass(frozen=True)
class _Records:
    """The files of a book by their names. ``claims``: the figures of claims by article and id."""

    measures: MeasuresFile
    origins: OriginsFile
    articles: dict[str, Article]
    sources: dict[str, Source]
    claims: dict[str, dict[str, Figure]]


@dataclass(frozen=True)
class _Data:
    """The same as plain data, drafts taken apart. ``digests``: of the files; ``undivided``: of those with
    drafts, the data as they stand in the file."""

    measures: Any
    origins: Any
    articles: dict[str, Any]
    sources: dict[str, Any]
    claims: dict[str, dict[str, Figure]]
    digests: dict[str, str]
    undivided: dict[str, Any] = field(default_factory=dict)


class LaterFigures(Mapping[str, "Figure | None"]):
    """The figures of all statements by their ids, made of what is kept when one is first asked for."""

    def __init__(self, kept: bytes) -> None:
        self._kept = kept

    @cached_property
    def made(self) -> dict[str, Figure | None]:
        found = _figures_adapter().validate_json(self._kept)
        self._kept = b""
        return found

    def __getitem__(self, statement: str) -> Figure | None:
        return self.made[statement]

    def __iter__(self) -> Iterator[str]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)

    def __repr__(self) -> str:
        return repr(self.made)


class KnownFiles:
    """``raw``: the files as they are now."""

    def __init__(self, root: Path, raw: RawFiles) -> None:
        self._raw = raw
        self._files = KeptFiles(root, FOLDER) if len(raw.sources) >= FEWEST else None
        self._head: _Head | None
        self._head, self._body, self._figures = self._read() or (None, b"", LaterFigures(b""))

    def sound_records(self) -> SoundRecords | None:
        """The records of a book of exactly these files, if it was found sound."""
        raw = self._raw
        if raw.problems or self._head is None or self._head.sound != _digest_of(raw.all()):
            return None
        with contextlib.suppress(*BROKEN):
            kept = _records_adapter().validate_json(self._body)
            return SoundRecords(
                kept.measures,
                kept.origins,
                {name: kept.articles[file.name] for name, file in raw.articles.items()},
                {name: kept.sources[file.name] for name, file in raw.sources.items()},
                self._figures,
                {
                    (name, claim): figure
                    for name, file in raw.articles.items()
                    for claim, figure in kept.claims[file.name].items()
                },
                dict(_later_lines(raw)),
                {name: file.name for name, file in raw.sources.items()},
            )
        return None

    def files(self) -> ProjectFiles:
        """All files as plain data, known or parsed now, with what is wrong with them as YAML."""
        raw = self._raw
        return ProjectFiles(
            self._file(raw.measures),
            self._file(raw.origins),
            {name: self._file(file) for name, file in raw.articles.items()},
            {name: self._file(file) for name, file in raw.sources.items()},
            list(raw.problems),
        )

    def keep(self, files: ProjectFiles, apart: ProjectFiles, records: SoundRecords) -> None:
        """Keep what was read of a book that is sound. ``apart``: its files with drafts taken apart."""
        if self._files is None:
            return
        raw = self._raw
        by_article: dict[str, dict[str, Figure]] = {file.name: {} for file in raw.articles.values()}
        for (article, claim), figure in records.figure_of_claim.items():
            by_article[raw.articles[article].name][claim] = figure
        divided = zip(files.all(), apart.all(), strict=True)
        data = _Data(
            apart.measures.data,
            apart.origins.data,
            {file.lines.file: file.data for file in apart.articles.values()},
            {file.lines.file: file.data for file in apart.sources.values()},
            by_article,
            {file.name: file.digest for file in raw.all()},
            {one.lines.file: one.data for one, other in divided if one.data is not other.data},
        )
        known = _Records(
            records.measures,
            records.origins,
            {raw.articles[name].name: article for name, article in records.articles.items()},
            {raw.sources[name].name: source for name, source in records.sources.items()},
            by_article,
        )
        figures = records.figure_of_statement
        head = _Head(_FORMAT, _program(), raw.measures.digest, _digest_of(raw.all()))
        body = _data_adapter().dump_json(data, exclude_defaults=True)
        told = _figures_adapter().dump_json(dict(figures), exclude_defaults=True)
        with contextlib.suppress(*BROKEN, LockHeld):
            if _records_adapter().validate_json(body) == known and LaterFigures(told) == figures:
                self._files.write(_FILE, vars(head), body + b"\n" + told, wait=0)

    def _read(self) -> tuple[_Head, bytes, LaterFigures] | None:
        with contextlib.suppress(*BROKEN):
            told, kept = self._files.read(_FILE) if self._files else (b"", b"")
            head = _Head(**json.loads(told))
            if (head.format, head.program) == (_FORMAT, _program()):
                body, _, figures = kept.partition(b"\n")
                return head, body, LaterFigures(figures)
        return None

    def _file(self, raw: RawFile) -> YamlFile:
        kept = self._data
        if self._head is None or kept is None or raw.raw is None or kept.digests.get(raw.name) != raw.digest:
            return raw.parsed()
        figures = kept.claims[raw.name] if raw.name in kept.articles else self._figures.made
        return YamlFile(
            LaterLines(raw.name, raw.lines),
            self._data_by_name[raw.name],
            figures=figures if self._head.measures == self._raw.measures.digest else None,
        )

    @cached_property
    def _data(self) -> _Data | None:
        with contextlib.suppress(*BROKEN):
            return _data_adapter().validate_json(self._body) if self._head else None
        return None

    @cached_property
    def _data_by_name(self) -> dict[str, Any]:
        """As they stand in their files."""
        kept = self._data
        assert kept is not None
        named = {self._raw.measures.name: kept.measures, self._raw.origins.name: kept.origins}
        return {**named, **kept.articles, **kept.sources, **kept.undivided}


def read_files(root: Path) -> ProjectFiles:
    """Every file of the project as plain data, with what is wrong with it as YAML."""
    return KnownFiles(root, raw_files(root)).files()


@cache
def _records_adapter() -> TypeAdapter[_Records]:
    return TypeAdapter(_Records)


@cache
def _figures_adapter() -> TypeAdapter[dict[str, Figure | None]]:
    return TypeAdapter(dict[str, Figure | None])


@cache
def _data_adapter() -> TypeAdapter[_Data]:
    return TypeAdapter(_Data)


def _later_lines(raw: RawFiles) -> Iterator[tuple[str, LineIndex]]:
    """The lines of all files, each of which is parsed when a line is first asked for."""
    for file in (raw.measures, raw.origins):
        yield file.name, LaterLines(file.name, file.lines)
    for files, apart in ((raw.articles, article_apart), (raw.sources, source_apart)):
        for file in files.values():
            yield file.name, LaterLines(file.name, partial(_lines_apart, file, apart))


def _lines_apart(file: RawFile, apart: Callable[[YamlFile], YamlFile]) -> LineIndex:
    return apart(file.parsed()).lines


def _program() -> str:
    """Whatever decides what is read in a file: this package and those that it is built on."""
    return hashlib.sha256(repr((code_digest(), package_names())).encode()).hexdigest()


def _digest_of(files: Iterable[RawFile]) -> str:
    named = sorted((file.name, file.digest) for file in files)
    return hashlib.sha256(repr(named).encode(errors="surrogateescape")).hexdigest()

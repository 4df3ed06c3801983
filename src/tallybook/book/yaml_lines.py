"""One YAML file as plain data, with the line of each key and value.

Scalars stay text until a record gives them a type: ``no`` is a language, not a falsehood. The file
is a stranger's: its size and depth are bounded, and aliases are refused, because a few lines of them
can stand for gigabytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from tallybook.book.characters import refused_characters, unix_lines, without_refused
from tallybook.book.problems import Problem, quoted_value

if TYPE_CHECKING:
    from tallybook.book.figure import Figure

UNREAD = object()
"""Stands for a value that is an alias: what it would be is not known."""

LARGEST = 4_000_000
"""Bytes of one file: that many are parsed in a few seconds."""

DEEPEST = 20
_PART = 65_536
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)

MOST_PROBLEMS = 100
"""At most so many problems of one file's YAML are told."""

KeyPath = tuple[str | int, ...]
NULL = "tag:yaml.org,2002:null"
_ANCHOR = "YAML anchors and aliases (&, *) are not read here. Write the value out."
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_PARSER: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

# The lines in a value: of a mapping by key, of a list by place, each with the lines of what is in it.
LineTree = Mapping[str | int, "tuple[int, LineTree]"] | None


class LineIndex:
    """On which line of a file each part of it stands."""

    def __init__(self, file: str, first: int = 1, tree: LineTree = None) -> None:
        self.file = file
        self._first = first
        self._tree = tree

    def line(self, path: KeyPath) -> int:
        """The line of a part; of the nearest part around it that has one."""
        line, tree = self._first, self._tree
        for step in path:
            if tree is None or step not in tree:
                break
            line, tree = tree[step]
        return line

    def problem(self, path: KeyPath, message: str) -> Problem:
        return Problem(self.file, self.line(path), message)

    def regrouped(self, key: str, lists: Mapping[str, Sequence[int]]) -> LineIndex:
        """The lines of the same file where the items of one list are in several ``lists``, by their places
        in the one."""
        if self._tree is None or key not in self._tree:
            return self
        line, items = self._tree[key]
        made: dict[str | int, tuple[int, LineTree]] = dict(self._tree)
        for name, places in lists.items():
            kept: LineTree = (
                {new: items[old] for new, old in enumerate(places)} if items is not None else None
            )
            made[name] = line, kept
        return LineIndex(self.file, self._first, made)


class LaterLines(LineIndex):
    """The lines of a file whose data are known already: it is parsed when a line is first asked for."""

    def __init__(self, file: str, make: Callable[[], LineIndex]) -> None:
        super().__init__(file)
        self._make = make

    @cached_property
    def _made(self) -> LineIndex:
        return self._make()

    def line(self, path: KeyPath) -> int:
        return self._made.line(path)

    def regrouped(self, key: str, lists: Mapping[str, Sequence[int]]) -> LineIndex:
        return LaterLines(self.file, partial(self._regrouped, key, lists))

    def _regrouped(self, key: str, lists: Mapping[str, Sequence[int]]) -> LineIndex:
        return self._made.regrouped(key, lists)


@dataclass
class YamlFile:
    """What one file holds.

    ``data``: dict, list, str or None; None too where nothing can be read. ``text``: as it was read, None
    where it could not be, or was read in an earlier run. UNREAD stands in the data for what was refused.
    ``figures``: what the words of its records state, by their ids, where an earlier run has read them.
    """

    lines: LineIndex
    data: Any = None
    text: str | None = None
    problems: list[Problem] = field(default_factory=list)
    figures: Mapping[str, Figure | None] | None = None


@dataclass(frozen=True)
class RawFile:
    """One file as it was read. ``name``: relative to the project; ``raw``: its bytes, None where they could
    not be read, for the reason in ``problem``."""

    name: str
    raw: bytes | None = None
    problem: str = ""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes; "" where there are none."""
        return hashlib.sha256(self.raw).hexdigest() if self.raw is not None else ""

    def lines(self) -> LineIndex:
        """Where each part stands."""
        return self.parsed().lines

    def parsed(self) -> YamlFile:
        """The data and what is wrong with it. Never raises for what is in the file."""
        found = YamlFile(LineIndex(self.name))
        if self.raw is None:
            found.problems.append(found.lines.problem((), self.problem))
            return found
        try:
            text = self.raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            message = f"byte 0x{error.object[error.start]:02x} is not valid UTF-8. Save the file as UTF-8."
            found.problems.append(Problem(self.name, line, message))
            found.text = self.raw.decode("utf-8", "replace")
            return found
        found.text = unix_lines(text)
        _parse(found)
        return found


def read_raw(path: str | Path, name: str) -> RawFile:
    """The bytes of ``path``, at most LARGEST of them."""
    parts, size = [], 0
    try:
        handle = os.open(path, _READ)
        try:
            while size <= LARGEST and (part := os.read(handle, _PART)):
                parts.append(part)
                size += len(part)
            if size > LARGEST:
                return RawFile(name, problem=_too_large(max(size, os.fstat(handle).st_size)))
        finally:
            os.close(handle)
    except OSError as error:
        return RawFile(name, problem=f"cannot be read: {error.strerror}.")
    return RawFile(name, b"".join(parts))


def read_yaml(path: str | Path, file: str) -> YamlFile:
    """The data of ``path`` and what is wrong with it. Never raises for what is in the file."""
    return read_raw(path, file).parsed()


def yaml_of_text(text: str, file: str) -> YamlFile:
    """What :func:`read_yaml` would read in a file of this text."""
    raw = text.encode()
    if len(raw) > LARGEST:
        return RawFile(file, problem=_too_large(len(raw))).parsed()
    return RawFile(file, raw).parsed()


def _too_large(size: int) -> str:
    return f"the file has {size:,} bytes; at most {LARGEST:,} are read. Quote only words with figures."


def _parse(found: YamlFile) -> None:
    file, text = found.lines.file, found.text or ""
    problems = {
        Problem(file, text.count("\n", 0, offset) + 1, message): None
        for offset, message in islice(refused_characters(text), MOST_PROBLEMS)
    }
    text = without_refused(text) if problems else text
    builder = _Builder(file, escapes="\\" in text)
    try:
        found.data, found.lines = builder.document(_PARSER(text))
        if found.data is None:
            builder.tell(1, "the file is empty. Fill it in, or delete it.")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(str(error.problem or error.context or "broken").split())
        builder.tell(mark.line + 1 if mark else 1, f"not valid YAML: {what}.")
    except (yaml.YAMLError, ValueError):
        builder.tell(1, "this is not YAML that can be read.")
    found.problems = [*problems, *builder.problems]


class _Builder:
    """Plain data from the events of a parser, with the lines beside it."""

    def __init__(self, file: str, *, escapes: bool) -> None:
        self._file = file
        self._escapes = escapes
        self._next: Callable[[], Any] = lambda: None
        self.problems: list[Problem] = []

    def document(self, parser: Any) -> tuple[Any, LineIndex]:
        """The data of the one document that there is; None where there is none."""
        self._next = parser.get_event
        self._next()  # the start of the stream
        if type(self._next()) is not DocumentStartEvent:
            return None, LineIndex(self._file)
        event = self._next()
        data, tree = self._value(event, 0)
        self._next()  # the end of the document
        another = self._next()
        if type(another) is DocumentStartEvent:
            self._refuse(another, "a second document begins here ('---'). Keep one in a file.")
        return data, LineIndex(self._file, event.start_mark.line + 1, tree)

    def tell(self, line: int, message: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(self._file, line, message))

    def _refuse(self, event: Any, message: str) -> None:
        self.tell(event.start_mark.line + 1, message)

    def _value(self, event: Any, depth: int) -> tuple[Any, LineTree]:
        kind = type(event)
        if kind is ScalarEvent:
            null = event.value in _NULLS and (event.implicit[0] or event.tag == NULL)
            return None if null else self._text(event), None
        if event.anchor is not None:
            self._refuse(event, _ANCHOR)
        if kind is AliasEvent:
            return UNREAD, None
        if depth == DEEPEST:
            raise yaml.MarkedYAMLError(problem="it is nested too deeply", problem_mark=event.start_mark)
        return self._mapping(depth + 1) if kind is MappingStartEvent else self._sequence(depth + 1)

    def _text(self, event: Any) -> str:
        """The text of a scalar, without the characters that an escape may bring in."""
        if event.anchor is not None:
            self._refuse(event, _ANCHOR)
        text: str = event.value
        if not self._escapes:
            return text
        for _, message in islice(refused_characters(text), MOST_PROBLEMS):
            self._refuse(event, message)
        return without_refused(text)

    def _sequence(self, depth: int) -> tuple[list[Any], LineTree]:
        built: list[Any] = []
        lines: dict[str | int, tuple[int, LineTree]] = {}
        while type(event := self._next()) is not SequenceEndEvent:
            value, tree = self._value(event, depth)
            lines[len(built)] = event.start_mark.line + 1, tree
            built.append(value)
        return built, lines

    def _mapping(self, depth: int) -> tuple[dict[str, Any], LineTree]:
        built: dict[str, Any] = {}
        lines: dict[str | int, tuple[int, LineTree]] = {}
        while type(event := self._next()) is not MappingEndEvent:
            if type(event) is not ScalarEvent:
                self._refuse(event, "a key must be a word.")
                self._value(event, depth)
                self._value(self._next(), depth)
                continue
            key = self._text(event)
            value, tree = self._value(self._next(), depth)
            if key in built:
                self._refuse(event, f"key {quoted_value(key)} is a duplicate. Keep one.")
                continue
            built[key] = value
            lines[key] = event.start_mark.line + 1, tree
        return built, lines

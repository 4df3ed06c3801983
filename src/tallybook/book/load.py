"""The files of a project as one book: read, typed, joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tallybook.book.problems import BookError, Problem, nearest, shown
from tallybook.book.records import (
    Article,
    Derivation,
    Group,
    Measure,
    MeasuresFile,
    Origin,
    OriginsFile,
    Source,
    Statement,
)
from tallybook.book.yaml_lines import KeyPath, Lines, read_yaml
from tallybook.quantity import Policy

MOST_FILES = 20_000
R = TypeVar("R", bound=BaseModel)
Filed = TypeVar("Filed", Article, Source)
Named = TypeVar("Named", Measure, Origin, Group, Derivation)


@dataclass(frozen=True)
class Book:
    """All records of a project, by id. ``statements`` join ``source_of``; ``group_of`` a statement."""

    root: Path
    policy: Policy
    measures: dict[str, Measure]
    origins: dict[str, Origin]
    governments: dict[str, str]
    groups: dict[str, Group]
    derivations: dict[str, Derivation]
    sources: dict[str, Source]
    articles: dict[str, Article]
    statements: dict[str, Statement]
    source_of: dict[str, Source]
    group_of: dict[str, str]
    lines: dict[str, Lines] = field(repr=False)

    def statements_of(self, measure: str) -> Iterator[Statement]:
        return (s for s in self.statements.values() if s.measure == measure)

    def summary(self) -> str:
        """What the book holds, in one line."""
        claims = sum(len(article.claims) for article in self.articles.values())
        seen = sum(source.seen for source in self.sources.values())
        return (
            f"{len(self.articles)} article, {claims} claims; {seen} sources seen, "
            f"{len(self.sources) - seen} not seen; {len(self.statements)} statements of "
            f"{len(self.origins)} origins on {len(self.measures)} measures: no problem"
        )

    def problem(self, file: str, path: KeyPath, message: str) -> Problem:
        return self.lines[file].problem(path, message)


def find_root(start: Path | None = None) -> Path:
    """The project around ``start`` (the working folder unless given). BookError when there is none."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "claims").is_dir() and (folder / "sources").is_dir():
            return folder
    message = "no project here: a project has the folders 'claims' and 'sources'. Change into one."
    raise BookError([Problem(str(start or "."), 1, message)])


def load_book(root: Path | None = None) -> Book:
    """The book of the project at or above ``root``.

    Raises BookError with every problem of every file: syntax, types, names that lead nowhere,
    relays in a circle, and figures that differ from the words they stand beside.
    """
    from tallybook.book.crosscheck import cross_check

    book, problems = read_records(find_root(root))
    problems += cross_check(book)
    if problems:
        raise BookError(problems)
    return book


def read_records(root: Path) -> tuple[Book, list[Problem]]:
    """The records that can be read, and what is wrong with the rest."""
    reading = _Reading(root)
    measures = reading.one("claims/measures.yaml", MeasuresFile)
    origins = reading.one("sources/origins.yaml", OriginsFile)
    articles = reading.folder("claims", Article, but="measures.yaml")
    sources = reading.folder("sources", Source, but="origins.yaml")
    if measures and not articles and not reading.problems:
        reading.problems.append(Problem("claims", 1, "no article here. Add claims/<id>.yaml."))
    measure_file, origin_file = "claims/measures.yaml", "sources/origins.yaml"
    statements: dict[str, Statement] = {}
    source_of: dict[str, Source] = {}
    for source in sources.values():
        file = f"sources/{source.id}.yaml"
        for i, statement in enumerate(source.statements):
            if statement.id in statements:
                other = f"sources/{source_of[statement.id].id}.yaml"
                reading.twice(file, ("statements", i, "id"), "statement", statement.id, other)
                continue
            statements[statement.id] = statement
            source_of[statement.id] = source
    book = Book(
        root=root,
        policy=Policy(**measures.policy.model_dump()) if measures else Policy(),
        measures=reading.by_id(measures.measures if measures else [], measure_file, "measures"),
        origins=reading.by_id(origins.origins if origins else [], origin_file, "origins"),
        governments=dict(origins.governments) if origins else {},
        groups=reading.by_id(origins.groups if origins else [], origin_file, "groups"),
        derivations=reading.by_id(origins.derivations if origins else [], origin_file, "derivations"),
        sources=sources,
        articles=articles,
        statements=statements,
        source_of=source_of,
        group_of={s: g.id for g in (origins.groups if origins else []) for s in g.statements},
        lines=reading.lines,
    )
    return book, reading.problems


class _Reading:
    """One pass over the files of a project, collecting what is wrong."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.problems: list[Problem] = []
        self.lines: dict[str, Lines] = {}

    def one(self, file: str, record: type[R]) -> R | None:
        path = self.root / file
        self.lines[file] = Lines(file)
        wrong = self._misplaced(path)
        if wrong:
            self.problems.append(Problem(file, 1, wrong))
            return None
        data, lines, problems = read_yaml(path, file)
        self.lines[file] = lines
        self.problems += problems
        if data is None or problems:
            return None
        try:
            return record.model_validate(data)
        except ValidationError as error:
            self.problems += _validation_problems(error, data, lines, record)
            return None

    def _misplaced(self, path: Path) -> str:
        try:
            target = path.resolve()
        except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
            return "is a link that leads nowhere. Copy the file here."
        if not target.is_relative_to(self.root):
            return "leads out of the project's folder. Copy the file here."
        if not path.exists():
            return "is missing."
        return "" if path.is_file() else "is no file. Rename or remove it."

    def folder(self, folder: str, record: type[Filed], *, but: str) -> dict[str, Filed]:
        found: dict[str, Filed] = {}
        names = sorted(p.name for p in (self.root / folder).iterdir() if p.suffix in {".yaml", ".yml"})
        if len(names) > MOST_FILES:
            message = f"{len(names):,} files; at most {MOST_FILES:,} are read."
            self.problems.append(Problem(folder, 1, message))
            return found
        for name in names:
            if name == but:
                continue
            file = f"{folder}/{name}"
            got = self.one(file, record)
            if got is None:
                continue
            if name != f"{got.id}.yaml":
                message = f"id {shown(got.id)} and the file's name differ. Name the file '{got.id}.yaml'."
                self.problems.append(self.lines[file].problem(("id",), message))
            if got.id in found:
                self.twice(file, ("id",), record.__name__.lower(), got.id, f"{folder}/{got.id}.yaml")
                continue
            found[got.id] = got
        return found

    def twice(self, file: str, path: KeyPath, what: str, name: str, other: str) -> None:
        message = f"{what} id {shown(name)} stands in {other} too. Ids are used once."
        self.problems.append(self.lines[file].problem(path, message))

    def by_id(self, records: list[Named], file: str, key: str) -> dict[str, Named]:
        found: dict[str, Named] = {}
        for i, record in enumerate(records):
            if record.id in found:
                self.twice(file, (key, i, "id"), key.rstrip("s"), record.id, file)
            found.setdefault(record.id, record)
        return found


def _validation_problems(
    error: ValidationError, data: Any, lines: Lines, record: type[BaseModel]
) -> list[Problem]:
    return [lines.problem(_data_path(data, e["loc"]), _message(e, data, record)) for e in error.errors()]


def _data_path(data: Any, location: tuple[str | int, ...]) -> KeyPath:
    """The part of a pydantic location that stands in the file."""
    path: KeyPath = ()
    for step in location:
        inside = isinstance(data, dict) and step in data
        inside = inside or (isinstance(data, list) and isinstance(step, int) and step < len(data))
        if not inside:
            break
        data, path = data[step], (*path, step)
    return path


def _message(error: Any, data: Any, record: type[BaseModel]) -> str:
    location = error["loc"]
    where = ".".join(str(step) for step in location) or "file"
    kind: str = error["type"]
    value = error["input"]
    if kind == "extra_forbidden":
        return f"unknown key '{where}'.{nearest(str(location[-1]), _keys(record, location))}"
    if kind == "missing":
        return f"key '{where}' is missing."
    given = shown(value) if isinstance(value, str) else f"a {_noun(value)}"
    wanted = _WANTED.get(kind)
    if wanted is not None:
        return f"'{where}' is {given}; {wanted(error)}"
    said = str(error["msg"]).removeprefix("Value error, ")
    return (
        f"'{where}': {said}."
        if kind == "value_error"
        else f"'{where}' is {given}; {said[:1].lower()}{said[1:]}."
    )


def _noun(value: Any) -> str:
    return {dict: "mapping", list: "list", type(None): "missing value"}.get(type(value), "value")


def _literal(error: Any) -> str:
    return f"it must be one of {error['ctx']['expected']}."


def _say(text: str) -> Callable[[Any], str]:
    return lambda error: text


_WANTED: dict[str, Callable[[Any], str]] = {
    "literal_error": _literal,
    "enum": _literal,
    "float_parsing": _say("it must be a number."),
    "float_type": _say("it must be a number."),
    "int_parsing": _say("it must be a whole number."),
    "int_type": _say("it must be a whole number."),
    "bool_parsing": _say("it must be true or false."),
    "string_type": _say("it must be text."),
    "list_type": _say("it must be a list."),
    "dict_type": _say("it must be a mapping of keys to values."),
    "model_type": _say("it must be a mapping of keys to values."),
    "model_attributes_type": _say("it must be a mapping of keys to values."),
    "date_from_datetime_parsing": _say("it must be a date such as 2025-12-15."),
    "date_parsing": _say("it must be a date such as 2025-12-15."),
    "date_type": _say("it must be a date such as 2025-12-15."),
    "string_pattern_mismatch": lambda e: f"it must match {e['ctx']['pattern']}.",
}


def _keys(record: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """The keys that the record around an unknown key has."""
    model: Any = record
    for step in location[:-1]:
        if isinstance(step, str):
            field_info = model.model_fields.get(step)
            model = _model_in(field_info.annotation) if field_info else None
        if model is None:
            return []
    return list(model.model_fields)


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found is not None:
            return found
    return None

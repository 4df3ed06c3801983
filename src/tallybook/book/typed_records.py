"""The files of a project as typed records: those that are sound, and the names of all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, get_args

from tallybook.book.problems import Problem, nearest, quoted_value
from tallybook.book.project_files import ProjectFiles
from tallybook.book.records import (
    Article,
    Claim,
    Derivation,
    DraftStatement,
    Group,
    Language,
    Measure,
    MeasuresFile,
    Origin,
    OriginsFile,
    Review,
    SetAside,
    Source,
    Statement,
    UnmeasuredClaim,
)
from tallybook.book.validation import Placed, R, TypedFile, typed_file
from tallybook.book.yaml_lines import UNREAD, LineIndex, YamlFile

MOST_SUGGESTIONS = 200
"""How many unknown names are looked up for the nearest known one: each look-up reads all names."""

_WORD = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_DRAFTED = "draft statement"
Filed = TypeVar("Filed", Article, Source)


class Names:
    """The ids of one kind of record that may be referred to.

    Those of records that are broken belong to them as far as they can be seen, so that one fault brings
    no others.
    """

    def __init__(self, what: str, ids: Iterable[str] = ()) -> None:
        self.what = what
        self._ids = set(ids)
        self._all = False
        self._suggestions: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        return self._all or name in self._ids

    def add(self, ids: Iterable[str]) -> None:
        self._ids.update(ids)

    def add_seen_in(self, file: YamlFile, key: str, *, seen: bool) -> None:
        """The ids of a file under ``key``. ``seen``: False where they may stand anywhere in its text.

        What an alias stands for is not known: where one hides ids, every name may be one of them.
        """
        found = file.data.get(key) if isinstance(file.data, dict) else None
        items = found if isinstance(found, list) else []
        hidden = [found, *items, *(item.get("id") for item in items if isinstance(item, dict))]
        self._all = self._all or any(value is UNREAD for value in hidden)
        if isinstance(found, dict):
            self.add(found)
        for item in items:
            id_ = item.get("id") if isinstance(item, dict) else None
            if isinstance(id_, str):
                self.add([id_])
            else:
                seen = False
        if not seen:
            words = _WORD.findall(file.text or "")
            self.add(words)
            self._all = self._all or "id" not in words

    def nearest(self, name: str) -> str:
        if name not in self._suggestions and len(self._suggestions) < MOST_SUGGESTIONS:
            self._suggestions[name] = nearest(name, self._ids)
        return self._suggestions.get(name, "")

    def unknown(self, name: str | None) -> Iterable[str]:
        """A message where a name is not known; nothing where it is."""
        if name is not None and name not in self:
            yield f"{self.what} {quoted_value(name)} is not known.{self.nearest(name)}"


@dataclass(frozen=True)
class FiledRecords(Generic[Filed]):
    """One file of ``sources/`` or ``claims/``: ``record`` as a whole, None where it is broken, with what is
    sound in it. ``language``: of its words, None where that cannot be told."""

    name: str
    lines: LineIndex
    record: Filed | None
    language: str | None
    statements: list[Placed[Statement]] = field(default_factory=list)
    drafted: list[Placed[DraftStatement]] = field(default_factory=list)
    claims: list[Placed[Claim]] = field(default_factory=list)
    unmeasured: list[Placed[UnmeasuredClaim]] = field(default_factory=list)
    reviews: list[Placed[Review]] = field(default_factory=list)
    claim_names: Names = field(default_factory=lambda: Names("claim"))


@dataclass
class Records:
    """What can be read of a project, and what is wrong with the types of the rest."""

    measures_file: MeasuresFile | None
    origins_file: OriginsFile | None
    measures: dict[str, Placed[Measure]]
    origins: dict[str, Placed[Origin]]
    groups: dict[str, Placed[Group]]
    derivations: dict[str, Placed[Derivation]]
    sources: list[FiledRecords[Source]]
    articles: list[FiledRecords[Article]]
    statements: dict[str, Placed[Statement]]
    names: dict[str, Names]
    problems: list[Problem]


class _Reading:
    """One pass over the files of a project."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        kinds = ("measure", "origin", "party", "statement", "derivation", "source", "article")
        self.names = {kind: Names(kind) for kind in (*kinds, _DRAFTED)}

    def typed(self, file: YamlFile, record: type[R], **lists: type) -> TypedFile[R]:
        found = typed_file(file, record, lists)
        self.problems += found.problems
        return found

    def by_id(self, placed: Iterable[Placed[Any]], what: str) -> dict[str, Placed[Any]]:
        """The records by id; a second one of the same id is a problem."""
        found: dict[str, Placed[Any]] = {}
        for one in placed:
            id_: str = one.record.id
            first = found.setdefault(id_, one)
            if first is not one:
                line = first.lines.line((*first.path, "id"))
                message = (
                    f"{what} id {quoted_value(id_)} is a duplicate of {first.lines.file}:{line}. Rename one."
                )
                self.problems.append(one.problem(("id",), message))
        return found

    def filed(self, name: str, file: YamlFile, typed: TypedFile[Filed]) -> FiledRecords[Filed]:
        return FiledRecords(
            name,
            file.lines,
            typed.record,
            typed.record.language if typed.record else _language(file),
            typed.items.get("statements", []),
            typed.items.get("drafted", []),
            typed.items.get("claims", []),
            typed.items.get("unmeasured", []),
            typed.items.get("reviews", []),
        )

    def named_as_its_file(self, file: YamlFile) -> None:
        id_ = file.data.get("id") if isinstance(file.data, dict) else None
        if (
            isinstance(id_, str)
            and _WORD.fullmatch(id_)
            and file.lines.file.rpartition("/")[2] != f"{id_}.yaml"
        ):
            stem = file.lines.file.rpartition("/")[2].rpartition(".")[0]
            rename = f"ame the file '{id_}.yaml'."
            remedy = f"N{rename}" if stem == id_ else f"Write 'id: {stem}', or n{rename}"
            message = f"id {quoted_value(id_)} and the file's name differ. {remedy}"
            self.problems.append(file.lines.problem(("id",), message))


def typed_records(files: ProjectFiles) -> Records:
    """The records of all files; a wrong one hides no other."""
    reading = _Reading()
    names = reading.names
    measures = reading.typed(files.measures, MeasuresFile, measures=Measure)
    origins = reading.typed(files.origins, OriginsFile, origins=Origin, groups=Group, derivations=Derivation)
    names["measure"].add_seen_in(files.measures, "measures", seen=measures.seen)
    for kind, key in (("origin", "origins"), ("party", "parties"), ("derivation", "derivations")):
        names[kind].add_seen_in(files.origins, key, seen=origins.seen)
    articles = []
    for name, file in files.articles.items():
        names["article"].add([name])
        reading.named_as_its_file(file)
        lists = {"claims": Claim, "unmeasured": UnmeasuredClaim, "set_aside": SetAside, "reviews": Review}
        typed = reading.typed(file, Article, **lists)
        articles.append(reading.filed(name, file, typed))
        articles[-1].claim_names.add_seen_in(file, "claims", seen=typed.seen)
        reading.by_id([*articles[-1].claims, *articles[-1].unmeasured], "claim")
    sources = []
    for name, file in files.sources.items():
        reading.named_as_its_file(file)
        source = reading.typed(file, Source, statements=Statement, drafted=DraftStatement)
        sources.append(reading.filed(name, file, source))
        names["statement"].add_seen_in(file, "statements", seen=source.seen)
        names[_DRAFTED].add(placed.record.id for placed in sources[-1].drafted)
        names["source"].add([name])
        if isinstance(file.data, dict) and isinstance(file.data.get("id"), str):
            names["source"].add([file.data["id"]])
    return Records(
        measures.record,
        origins.record,
        reading.by_id(measures.items.get("measures", []), "measure"),
        reading.by_id(origins.items.get("origins", []), "origin"),
        reading.by_id(origins.items.get("groups", []), "group"),
        reading.by_id(origins.items.get("derivations", []), "derivation"),
        sources,
        articles,
        _statements(reading, sources),
        names,
        reading.problems,
    )


def _statements(reading: _Reading, sources: Iterable[FiledRecords[Source]]) -> dict[str, Placed[Statement]]:
    """By id. Those that are drafted are none yet, but their ids are taken."""
    placed: list[Placed[Any]] = []
    for source in sources:
        placed += [*source.statements, *source.drafted]
    known = reading.by_id(placed, "statement")
    return {id_: one for id_, one in known.items() if isinstance(one.record, Statement)}


def _language(file: YamlFile) -> str | None:
    """Of a file that is broken elsewhere, if it says so."""
    pattern = get_args(Language)[1].pattern
    found = file.data.get("language") if isinstance(file.data, dict) else None
    return found if isinstance(found, str) and re.fullmatch(pattern, found) else None

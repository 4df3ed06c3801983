"""The YAML files of a project, wherever they can be read; what lies outside its folder never is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from tallybook.book.problems import BookError, Problem
from tallybook.book.yaml_lines import RawFile, YamlFile, read_raw

MOST_FILES = 200_000
MOST_BYTES = 2_000_000_000
"""Of one folder, with those in it."""

DEEPEST_FOLDER = 8
CLAIMS, SOURCES = "claims", "sources"
MEASURES, ORIGINS = f"{CLAIMS}/measures.yaml", f"{SOURCES}/origins.yaml"
_MISSING = "is missing. Add it."
_UNREAD = "was not found, since not all of the folders can be read."
NO_PROJECT = (
    "no project here, nor in a folder above: a project has the file claims/measures.yaml. Change into one, "
    "name one, or make one: tallybook init FOLDER"
)


@dataclass
class ProjectFiles:
    """``articles`` and ``sources`` by file name without ".yaml"; ``problems``: those of folders alone."""

    measures: YamlFile
    origins: YamlFile
    articles: dict[str, YamlFile] = field(default_factory=dict)
    sources: dict[str, YamlFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def all(self) -> list[YamlFile]:
        return [self.measures, self.origins, *self.articles.values(), *self.sources.values()]


def find_root(start: Path | None = None) -> Path:
    """The project at or above ``start`` (the working folder unless given). BookError when there is none.

    A project is a folder with claims/measures.yaml. One with claims/ and sources/ alone counts too, so that
    a lost measures.yaml is what a person is told of.
    """
    try:
        here = (start or Path.cwd()).resolve()
    except (OSError, RuntimeError):  # the working folder was removed; RuntimeError: a loop of links
        raise BookError([Problem(str(start or "."), 1, "no such folder. Change into a project.")]) from None
    if not os.path.isdir(here):
        raise BookError([Problem(str(start), 1, "no such folder. Name the folder of a project.")])
    for folder in (here, *here.parents):
        if _is_project(folder):
            return folder
    raise BookError([Problem(str(start or "."), 1, NO_PROJECT)])


def _is_project(folder: Path) -> bool:
    """os.path: a folder above that may not be read is no project, and no error."""
    return os.path.isfile(folder / MEASURES) or (
        os.path.isdir(folder / "claims") and os.path.isdir(folder / "sources")
    )


@dataclass
class RawFiles:
    """The bytes of a project's YAML files; ``articles`` and ``sources`` by file name without ".yaml"."""

    measures: RawFile
    origins: RawFile
    articles: dict[str, RawFile]
    sources: dict[str, RawFile]
    problems: list[Problem]

    def all(self) -> list[RawFile]:
        return [self.measures, self.origins, *self.articles.values(), *self.sources.values()]


def raw_files(root: Path) -> RawFiles:
    """Every file of the project as it is. A project may have no article yet."""
    problems: list[Problem] = []
    claims = raw_folder(root, CLAIMS, problems)
    sources = raw_folder(root, SOURCES, problems, deep=True)
    why = _MISSING if not problems else _UNREAD
    measures = claims.pop("measures", None) or RawFile(MEASURES, problem=why)
    origins = sources.pop("origins", None) or RawFile(ORIGINS, problem=why)
    if origins.name != ORIGINS:
        problems.append(
            Problem(origins.name, 1, f"lists the origins of the whole book. Move it to {ORIGINS}.")
        )
    return RawFiles(measures, origins, claims, sources, problems)


def folder_files(
    root: Path, folder: str, problems: list[Problem], *, deep: bool = False
) -> dict[str, YamlFile]:
    """The YAML files of one folder, by name without ".yaml" (:func:`raw_folder`)."""
    return {name: file.parsed() for name, file in raw_folder(root, folder, problems, deep=deep).items()}


def raw_folder(root: Path, folder: str, problems: list[Problem], *, deep: bool = False) -> dict[str, RawFile]:
    """The YAML files of one folder, by name without ".yaml"; ``deep``: also of the folders in it, except
    those whose names begin with a dot. What is wrong with a folder joins ``problems``.

    Of two files of one name in two folders the first one counts, and the other is a problem.
    """
    found: dict[str, RawFile] = {}
    size = 0
    for name, entry in _listed(root, folder, problems, deep):
        file = raw_file(root, name, entry)
        size += len(file.raw or b"")
        if size > MOST_BYTES:
            problems.append(_too_much(name, f"{MOST_BYTES:,} bytes"))
            break
        first = found.setdefault(id_of(name), file)
        if first is not file:
            message = f"has the name of {first.name}, and the name is its id. Rename one."
            problems.append(Problem(name, 1, message))
    return found


def book_files(root: Path, problems: list[Problem] | None = None) -> list[str]:
    """The YAML files that a book is read from, without reading one, by their paths from ``root``.

    Whoever asks whether a book has changed asks this, so that nothing is read that nobody watches. What may
    not be read is among them; what is wrong with a folder joins ``problems``.
    """
    root, wrong = root.resolve(), [] if problems is None else problems
    return [
        name for folder in (CLAIMS, SOURCES) for name, _ in _listed(root, folder, wrong, folder == SOURCES)
    ]


def id_of(name: str) -> str:
    """The id that a file has by its path."""
    return name.rpartition("/")[2].removesuffix(".yaml")


def _listed(
    root: Path, folder: str, problems: list[Problem], deep: bool
) -> list[tuple[str, os.DirEntry[str]]]:
    listing = _Listing(root, problems, deep)
    listing.list(folder, 0)
    return listing.found


def _too_much(name: str, what: str) -> Problem:
    return Problem(name, 1, f"more than {what} are not read from one folder. Split the project in two.")


class _Listing:
    """The YAML files below a folder, in the order of their names."""

    def __init__(self, root: Path, problems: list[Problem], deep: bool) -> None:
        self._root, self._problems, self._deep = root, problems, deep
        self._been: set[Path] = set()
        self._full = False
        self.found: list[tuple[str, os.DirEntry[str]]] = []

    def list(self, folder: str, depth: int) -> None:
        path = (self._root / folder).resolve()
        if not path.is_relative_to(self._root):
            self._tell(folder, "leads out of the project's folder. Copy the folder here.")
            return
        if path in self._been:
            return
        self._been.add(path)
        if depth > DEEPEST_FOLDER:
            self._tell(folder, f"lies too deep (the deepest is {DEEPEST_FOLDER} folders down). Move it up.")
            return
        try:
            with os.scandir(path) as entries:
                there = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._tell(folder, f"cannot be read: {error.strerror}.")
            return
        for entry in there:
            if entry.name.endswith((".yaml", ".yml")):
                self._add(folder, entry)
        for entry in there if self._deep else ():
            if (
                not entry.name.startswith(".")
                and not entry.name.endswith((".yaml", ".yml"))
                and entry.is_dir()
            ):
                self.list(f"{folder}/{entry.name}", depth + 1)

    def _add(self, folder: str, entry: os.DirEntry[str]) -> None:
        if self._full:
            return
        name = f"{folder}/{entry.name}"
        if len(self.found) == MOST_FILES:
            self._problems.append(_too_much(name, f"{MOST_FILES:,} files"))
            self._full = True
            return
        self.found.append((name, entry))

    def _tell(self, name: str, message: str) -> None:
        self._problems.append(Problem(name, 1, message))


def raw_file(root: Path, name: str, entry: os.DirEntry[str] | Path) -> RawFile:
    """A file of a folder that lies in the project; ``name``: its path from ``root``, which is resolved."""
    if entry.is_symlink():
        try:
            target = Path(entry).resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
            return RawFile(name, problem="is a link that leads nowhere. Copy the file here.")
        if not target.is_relative_to(root):
            return RawFile(name, problem="leads out of the project's folder. Copy the file here.")
    if not entry.is_file():
        return RawFile(name, problem="is not a regular file. Rename or remove it.")
    return read_raw(os.fspath(entry), name)

"""The YAML files of a project, wherever they can be read; what lies outside its folder never is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from tallybook.book.problems import BookError, Problem
from tallybook.book.yaml_lines import LineIndex, YamlFile, read_yaml

MOST_FILES = 20_000
MEASURES, ORIGINS = "claims/measures.yaml", "sources/origins.yaml"
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


def read_files(root: Path) -> ProjectFiles:
    """Every file of the project, with what is wrong with it as YAML. A project may have no article yet."""
    problems: list[Problem] = []
    claims = folder_files(root, "claims", problems)
    sources = folder_files(root, "sources", problems)
    measures = claims.pop("measures", None) or _missing(MEASURES)
    origins = sources.pop("origins", None) or _missing(ORIGINS)
    return ProjectFiles(measures, origins, claims, sources, problems)


def folder_files(root: Path, folder: str, problems: list[Problem]) -> dict[str, YamlFile]:
    """The YAML files of one folder, by name without ".yaml". What is wrong with it as a folder joins
    ``problems``."""
    path = root / folder
    if not path.resolve().is_relative_to(root):
        problems.append(Problem(folder, 1, "leads out of the project's folder. Copy the folder here."))
        return {}
    try:
        with os.scandir(path) as entries:
            there = sorted(
                (entry for entry in entries if entry.name.endswith((".yaml", ".yml"))), key=lambda e: e.name
            )
    except OSError as error:
        problems.append(Problem(folder, 1, f"cannot be read: {error.strerror}."))
        return {}
    if len(there) > MOST_FILES:
        message = f"has {len(there):,} files; at most {MOST_FILES:,} are read. Split the project in two."
        problems.append(Problem(folder, 1, message))
        return {}
    return {entry.name.removesuffix(".yaml"): _file(root, folder, entry) for entry in there}


def _file(root: Path, folder: str, entry: os.DirEntry[str]) -> YamlFile:
    name = f"{folder}/{entry.name}"
    if entry.is_symlink():
        try:
            target = Path(entry).resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
            return _unread(name, "is a link that leads nowhere. Copy the file here.")
        if not target.is_relative_to(root):
            return _unread(name, "leads out of the project's folder. Copy the file here.")
    if not entry.is_file():
        return _unread(name, "is not a regular file. Rename or remove it.")
    return read_yaml(entry.path, name)


def _missing(file: str) -> YamlFile:
    return _unread(file, "is missing. Add it.")


def _unread(file: str, message: str) -> YamlFile:
    return YamlFile(LineIndex(file), problems=[Problem(file, 1, message)])

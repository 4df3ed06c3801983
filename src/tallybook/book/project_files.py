"""The YAML files of a project, wherever they can be read; what lies outside its folder never is."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from tallybook.book.problems import BookError, Problem
from tallybook.book.yaml_lines import LineIndex, YamlFile, read_yaml

MOST_FILES = 20_000
MEASURES, ORIGINS = "claims/measures.yaml", "sources/origins.yaml"


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
    """The project around ``start`` (the working folder unless given). BookError when there is none."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "claims").is_dir() and (folder / "sources").is_dir():
            return folder
    message = "no project here: a project has the folders 'claims' and 'sources'. Change into one."
    raise BookError([Problem(str(start or "."), 1, message)])


def read_files(root: Path) -> ProjectFiles:
    """Every file of the project, with what is wrong with it as YAML."""
    problems: list[Problem] = []
    claims = folder_files(root, "claims", problems)
    sources = folder_files(root, "sources", problems)
    measures = claims.pop("measures", None) or _missing(MEASURES)
    origins = sources.pop("origins", None) or _missing(ORIGINS)
    if not claims and not problems:
        problems.append(Problem("claims", 1, "no article here. Add claims/<id>.yaml."))
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

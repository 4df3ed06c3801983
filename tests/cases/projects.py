"""Projects made of others: the articles of several under one ``claims/measures.yaml``."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from pathlib import Path
from typing import Any, ClassVar

import yaml

ROOT = Path(__file__).resolve().parents[2]
MADE_UP = {path.name: path for path in sorted((ROOT / "tests" / "data").glob("made-up-*"))}
MEASURES, ORIGINS = "claims/measures.yaml", "sources/origins.yaml"


def articles(project: Path) -> list[str]:
    """The ids of a project's articles."""
    names = (path.stem for path in (project / "claims").glob("*.yaml"))
    return sorted(name for name in names if name != Path(MEASURES).stem)


HERE = articles(ROOT)
"""The cases of this repository."""

FIELDS = [
    "made-up-city-budget",
    "made-up-earthquake",
    "made-up-flood-toll",
    "made-up-sea-crossings",
    "made-up-temperatures",
]
"""Made-up cases of other fields, which are held against their own small books."""

WITH_NOTEBOOKS = ["made-up-city-budget", "made-up-temperatures"]
"""Those of them whose notebooks run, too: a notebook takes seconds, and says what the tables say."""


def combined(target: Path, projects: Iterable[Path], without: Iterable[str] = ()) -> Path:
    """Write the project that holds the articles of all ``projects``, and the notebooks that they need.

    Records that several have are one, at the place of the first: an origin, a page with the statements of
    all. The widths are those of this repository. ``without``: made-up articles to leave out, with the pages,
    measures and origins that bear their names.
    """
    left_out = tuple(without)
    files: dict[str, list[Path]] = defaultdict(list)
    projects = list(projects)
    for project in projects:
        for path in (*project.glob("claims/*.yaml"), *project.glob("sources/*.yaml")):
            if not path.stem.startswith(left_out):
                files[path.relative_to(project).as_posix()].append(path)
    for name in ("claims", "sources", "notebooks"):
        (target / name).mkdir(parents=True)
    for tables in (project / "sources" / "tables" for project in projects):
        if tables.is_dir():
            shutil.copytree(tables, target / "sources" / "tables", dirs_exist_ok=True)
    policy = {"policy": _read(ROOT / MEASURES).get("policy", {})}
    for name, (first, *others) in files.items():
        if others or name in (MEASURES, ORIGINS):
            known = [policy] if name == MEASURES else []
            content = _without(reduce(_merged, [*known, *map(_read, (first, *others))]), left_out)
            (target / name).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
        else:
            shutil.copy(first, target / name)
    for path in (ROOT / "notebooks").iterdir():
        if path.suffix == ".ipynb":
            shutil.copy(path, target / "notebooks")
        elif path.name in articles(target):
            shutil.copytree(path, target / "notebooks" / path.name)
    return target


def _without(file: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """A file of measures or origins without the entries whose ids begin with one of the names."""
    ids = tuple(name.replace("-", "_") for name in names)
    return {
        key: [entry for entry in entries if not str(entry.get("id", "")).startswith(ids)]
        if isinstance(entries, list)
        else entries
        for key, entries in file.items()
    }


class _Loader(yaml.SafeLoader):
    """A key ``on`` is a word, as it is where books are read: YAML 1.1 takes it for true."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [(tag, pattern) for tag, pattern in known if first in "tTfF" or not tag.endswith(":bool")]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


def _merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Lists and mappings hold what both have; any other value is the first one's."""
    found = dict(one)
    for key, value in other.items():
        if isinstance(value, list):
            found[key] = [*found.get(key, []), *(new for new in value if new not in found.get(key, []))]
        elif isinstance(value, dict):
            found[key] = value | found.get(key, {})
        else:
            found.setdefault(key, value)
    return found

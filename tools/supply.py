"""Writes LICENCES.md and sbom.cdx.json: what requirements.lock brings in, by whose licence, and what for.

.venv/bin/python tools/supply.py          of requirements.lock, pyproject.toml and tools/supply.toml alone
.venv/bin/python tools/supply.py --look   first take what installed packages tell into supply.toml

The same files give the same bytes, on every machine and day. What a package needs and by which licence it
comes is no part of a lock, and an environment holds the packages of one system alone, so that supply.toml
keeps both. The bill of materials is CycloneDX 1.6; a package to write it would bring six more into the lock.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
FACTS = "tools/supply.toml"
COMPATIBLE = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-2-Clause-Views", "BSD-3-Clause", "CC0-1.0", "CNRI-Python",
        "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib", "Artistic-1.0-Perl", "LGPL-3.0-only", "MPL-1.1",
        "MPL-2.0",
    }
)  # fmt: skip
"""Licences under which a package may be used by a program under MIT that installs it as it is. The last four
ask that changes to the package itself stay free; tallybook changes and copies nothing of any package."""

_HEAD = """\
# Packages and their licences

tallybook itself is under MIT ([LICENSE](LICENSE)). It copies nothing of these packages; `make setup`
installs them as they are, by the digests of `requirements.lock`. `tools/supply.py` writes this page and
`sbom.cdx.json`, the same list as a bill of materials (CycloneDX). The programs of npm that test the pages are
in `tools/gates/package-lock.json`.
"""


@dataclass(frozen=True)
class Package:
    """``versions``: more than one where systems or Pythons differ; ``asked``: in which parts of
    pyproject.toml it is named; ``through``: the packages of pyproject.toml that need it, directly or not."""

    name: str
    versions: tuple[str, ...]
    licence: str
    asked: tuple[str, ...]
    what: str
    needs: tuple[str, ...]
    through: tuple[str, ...]


def packages(root: Path = ROOT) -> list[Package]:
    """All packages of the lock, in the order of their names."""
    facts = tomllib.loads((root / FACTS).read_text(encoding="utf-8"))
    locked, asked = _locked(root), asked_for(root)
    needs = {name: tuple(n for n in facts["needs"].get(name, ()) if n in locked) for name in locked}
    below = {name: _reached([name], needs) for name in asked}
    return [
        Package(
            name, versions, facts["licences"].get(name, ""), asked.get(name, ()), facts["what"].get(name, ""),
            needs[name], tuple(top for top in sorted(asked) if top != name and name in below[top]),
        )
        for name, versions in sorted(locked.items())
    ]  # fmt: skip


def asked_for(root: Path = ROOT) -> dict[str, tuple[str, ...]]:
    """The packages that pyproject.toml names, with the parts that name them ("": always needed)."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = {"": project["dependencies"], **project["optional-dependencies"]}
    found: dict[str, tuple[str, ...]] = {}
    for part, lines in parts.items():
        for line in lines:
            name = canonicalize_name(Requirement(line).name)
            found[name] = (*found.get(name, ()), part)
    return found


def is_compatible(licence: str) -> bool:
    """Of an SPDX expression without brackets: one of the licences that may be chosen is known and taken."""
    return any(
        all(one in COMPATIBLE for one in choice.split(" AND ")) for choice in licence.split(" OR ") if choice
    )


def page(found: Iterable[Package]) -> str:
    """LICENCES.md."""
    found = list(found)
    named = [one for one in found if one.asked]
    others = [one for one in found if not one.asked]
    lines = [_HEAD, f"## Named in pyproject.toml ({len(named)})", ""]
    lines += ["| package | version | licence | part | what it is for |", "|---|---|---|---|---|"]
    lines += [
        f"| {one.name} | {', '.join(one.versions)} | {one.licence} | {', '.join(filter(None, one.asked))} | "
        f"{one.what} |"
        for one in named
    ]
    lines += ["", f"## Needed by these ({len(others)})", ""]
    lines += ["| package | version | licence | needed by |", "|---|---|---|---|"]
    lines += [
        f"| {one.name} | {', '.join(one.versions)} | {one.licence} | {', '.join(one.through)} |"
        for one in others
    ]
    return "\n".join(lines) + "\n"


def bill(found: Iterable[Package], root: Path = ROOT) -> str:
    """sbom.cdx.json: CycloneDX 1.6, without the moment and number that each document may have."""
    found = list(found)
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    refs = {one.name: [_url(one.name, version) for version in one.versions] for one in found}
    edges = {own: sorted(ref for one in found if one.asked for ref in refs[one.name])}
    for one in found:
        for ref in refs[one.name]:
            edges[ref] = sorted(other for needed in one.needs for other in refs[needed])
    made: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _component("application", project["name"], project["version"], own, "MIT")},
        "components": [
            _component("library", one.name, version, _url(one.name, version), one.licence)
            for one in found
            for version in one.versions
        ],
        "dependencies": [{"ref": ref, "dependsOn": edges[ref]} for ref in sorted(edges)],
    }
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _component(kind: str, name: str, version: str, ref: str, licence: str) -> dict[str, Any]:
    one = {"license": {"id": licence}} if " " not in licence else {"expression": licence}
    return {"type": kind, "bom-ref": ref, "name": name, "version": version, "licenses": [one], "purl": ref}


def _url(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"


def _locked(root: Path) -> dict[str, tuple[str, ...]]:
    text = (root / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            asked = Requirement(re.split(r"\s+--hash=", line.strip())[0])
            version = next(iter(asked.specifier)).version
            found.setdefault(canonicalize_name(asked.name), set()).add(version)
    return {name: tuple(sorted(versions)) for name, versions in found.items()}


def _reached(names: Iterable[str], needs: Mapping[str, Iterable[str]]) -> set[str]:
    todo, seen = list(names), set[str]()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += needs.get(name, ())
    return seen


def installed_needs() -> dict[str, list[str]]:
    """Of each installed package the packages of the lock that it needs on any system, with the extras that
    the project or a package asks for; without what it would need for extras that nobody asks for."""
    locked = _locked(ROOT)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(one for part in project["optional-dependencies"].values() for one in part),
    ]
    todo = [Requirement(line) for line in lines]
    found: dict[str, set[str]] = {}
    seen: set[tuple[str, str]] = set()
    while todo:
        asked = todo.pop()
        name = canonicalize_name(asked.name)
        for extra in ("", *asked.extras):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            for needed in _needed_by(name, extra):
                other = canonicalize_name(needed.name)
                if other in locked:
                    found.setdefault(name, set()).add(other)
                    todo.append(needed)
    return {name: sorted(found[name]) for name in sorted(found)}


def _needed_by(name: str, extra: str) -> list[Requirement]:
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # of another system
        return []
    found = []
    for line in lines:
        one = Requirement(line)
        of_extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)['\"]", str(one.marker or ""))
        if (canonicalize_name(of_extra[1]) if of_extra else "") == canonicalize_name(extra):
            found.append(one)
    return found


def installed_licences() -> dict[str, str]:
    """What installed packages say by an SPDX expression, which not all of them do."""
    told = {}
    for name in _locked(ROOT):
        try:
            expression = metadata.metadata(name).get("License-Expression")
        except metadata.PackageNotFoundError:
            continue
        if expression:
            told[name] = expression
    return told


def _look() -> None:
    """Write needs of installed packages, and licences that are told by an expression, into supply.toml."""
    file = ROOT / FACTS
    facts = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    locked = _locked(ROOT)
    needs = {**facts.get("needs", {}), **installed_needs()}
    licences = {**installed_licences(), **facts.get("licences", {})}
    text = file.read_text(encoding="utf-8").partition("\n[licences]")[0].rstrip()
    parts = [
        "\n".join(f"{name} = {json.dumps(table[name])}" for name in sorted(table) if name in locked)
        for table in (licences, needs)
    ]
    file.write_text(f"{text}\n\n[licences]\n{parts[0]}\n\n[needs]\n{parts[1]}\n", encoding="utf-8")


def main() -> None:
    if "--look" in sys.argv[1:]:
        _look()
    found = packages()
    (ROOT / "LICENCES.md").write_text(page(found), encoding="utf-8")
    (ROOT / "sbom.cdx.json").write_text(bill(found), encoding="utf-8")


if __name__ == "__main__":
    main()

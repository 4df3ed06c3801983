"""pyproject.toml, requirements.lock, environment.yml and the bootstrap say the same."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tallybook

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}


@dataclass
class Locked:
    """One entry of the lock."""

    requirement: Requirement
    hashes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        return next(iter(self.requirement.specifier)).version

    def applies(self, environment: dict[str, str]) -> bool:
        return self.requirement.marker is None or self.requirement.marker.evaluate(environment)


def read_lock(name: str = "requirements.lock") -> list[Locked]:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = []
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            head, *hashes = re.split(r"\s+--hash=", line.strip())
            entries.append(Locked(Requirement(head), hashes))
    return entries


LOCK, LEARN = read_lock(), read_lock("tools/learn.lock")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
DECLARED = [
    Requirement(line)
    for group in [
        PROJECT["dependencies"],
        PYPROJECT["build-system"]["requires"],
        *PROJECT["optional-dependencies"].values(),
    ]
    for line in group
]


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_every_declared_package_is_locked_once_at_an_admitted_version(system: str, python: str) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.0", **SYSTEMS[system]}
    wrong = []
    for declared in DECLARED:
        name = canonicalize_name(declared.name)
        locked = [entry for entry in LOCK if entry.name == name and entry.applies(environment)]
        versions = [entry.version for entry in locked]
        if len(versions) != 1 or not declared.specifier.contains(versions[0]):
            wrong.append(f"{declared}: locked at {versions or 'nothing'}")
    assert wrong == []


def test_every_entry_is_pinned_exactly_and_hashed() -> None:
    assert len(LOCK) > len(DECLARED)
    assert "scikit-learn" in {entry.name for entry in LEARN}
    for entry in [*LOCK, *LEARN]:
        assert re.fullmatch(r"==[^*,]+", str(entry.requirement.specifier)), entry.requirement
        assert entry.hashes, entry.requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in entry.hashes)


def test_what_learns_the_weights_is_locked_at_the_versions_of_the_rest() -> None:
    own = {entry.name: {str(one.requirement) for one in LOCK if one.name == entry.name} for entry in LEARN}
    shared = [entry for entry in LEARN if own[entry.name]]
    assert "numpy" in {entry.name for entry in shared}
    for entry in shared:
        assert str(entry.requirement) in own[entry.name], entry.requirement


@pytest.mark.parametrize("name", ["requirements.lock", "tools/learn.lock"])
def test_the_lock_names_no_host_no_path_and_no_option(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert " @ " not in text
    options = set(re.findall(r"(?<!\S)-{1,2}[a-z][a-z-]*", text))
    assert options == {"--hash"}


def test_environment_yml_asks_for_python_pip_and_the_lock_and_nothing_else() -> None:
    assert ENVIRONMENT["name"] == PROJECT["name"]
    assert ENVIRONMENT["dependencies"] == [
        "python" + PROJECT["requires-python"],
        "pip",
        {"pip": ["-r requirements.lock"]},
    ]


def test_the_oldest_python_is_the_same_everywhere() -> None:
    oldest = PROJECT["requires-python"].removeprefix(">=")
    constants = {
        target.id: node.value
        for node in ast.parse((ROOT / "tools" / "bootstrap.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert ".".join(map(str, ast.literal_eval(constants["OLDEST"]))) == oldest
    assert PYPROJECT["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")
    for name in ("README.md", "CONTRIBUTING.md", "Makefile"):
        text = (ROOT / name).read_text(encoding="utf-8") if (ROOT / name).exists() else ""
        said = re.findall(r"Python (?:>=|≥)? ?(3\.\d+)(?: or newer| or later|\+)?", text)
        assert set(said) <= {oldest}, f"{name} speaks of Python {said}"


def test_the_version_is_the_same_everywhere() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert tallybook.__version__ == PROJECT["version"] == citation["version"]


def project_files() -> list[Path]:
    """The files that git keeps or would keep; outside a git checkout, all but what is made here."""
    try:
        listed = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            capture_output=True,
            check=True,
        ).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        return walked()
    if not (ROOT / ".git").exists():  # the tree lies inside somebody else's checkout
        return walked()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def walked() -> list[Path]:
    made_here = {"site", "build", "dist", "__pycache__"}
    found = []
    for folder, folders, names in os.walk(ROOT):
        hidden = {name for name in folders if name.startswith(".")} - {".ci", ".github"}
        folders[:] = [name for name in folders if name not in made_here | hidden]
        found += [Path(folder, name) for name in names]
    return found


# Written in pieces, so that this file does not name what it looks for.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "conda." + "anaconda.org",
    "registry." + "npmjs.org",
    "static." + "crates.io",
]
PLACES = "|".join(["work", "root", "home", "Users", "tmp", "opt", "private"])
MACHINE_PATH = re.compile(rf"""(?:^|[\s"'`(=\[])(?:[A-Z]:)?[/\\](?:{PLACES})[/\\]\w""", re.MULTILINE)
URL = re.compile(r"https?://\S+")
OUTSIDE = "../" + "shared"


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    files = project_files()
    assert ROOT / "pyproject.toml" in files
    found = []
    for path in files:
        text = path.read_bytes().decode("utf-8", errors="replace")
        name = path.relative_to(ROOT)
        found += [f"{name} names {host}" for host in REGISTRIES if host in text]
        found += [f"{name} leads out of the project"] if OUTSIDE in text else []
        found += [
            f"{name} has {hit.group().strip()!r}..." for hit in MACHINE_PATH.finditer(URL.sub("", text))
        ]
    assert found == []


@pytest.mark.parametrize("line", ['open("/ho' + 'me/ada/x")', "see /wo" + "rk/main", "'C:\\Us" + "ers\\ada'"])
def test_a_machine_path_is_recognised(line: str) -> None:
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["https://news.example/home/world", "and/or", "sources/a.yaml", "9/11"])
def test_other_slashes_are_left_alone(line: str) -> None:
    assert not MACHINE_PATH.search(URL.sub("", line))

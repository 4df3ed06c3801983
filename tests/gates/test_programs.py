"""A gate whose program is missing says so; where all gates are asked for, that is a failure."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from .programs import GATES, MODULES, java_program, node_program

HERE = "package.json"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for programs: the whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("TALLYBOOK_REQUIRE_GATES", raising=False)
    return tmp_path


def put(path: Path, name: str, says: str) -> None:
    (path / name).write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    (path / name).chmod(0o755)


@pytest.mark.parametrize("says", [None, "v16.20.0", "no version at all"])
def test_without_a_node_that_is_new_enough_the_gate_is_skipped_by_name(path: Path, says: str | None) -> None:
    if says:
        put(path, "node", says)
    with pytest.raises(pytest.skip.Exception, match=r"gate did NOT run: html-validate: no Node\.js 18"):
        node_program("html-validate", HERE)


@pytest.mark.parametrize("says", [None, 'openjdk version "11.0.2"'])
def test_without_a_java_that_is_new_enough_too(path: Path, says: str | None) -> None:
    if says:
        put(path, "java", says)
    with pytest.raises(pytest.skip.Exception, match="gate did NOT run: Nu: no Java 17"):
        java_program("Nu", HERE)


def test_without_the_programs_of_npm_too(path: Path) -> None:
    put(path, "node", "v20.1.0")
    with pytest.raises(pytest.skip.Exception, match="make gates installs it"):
        node_program("html-validate", "node_modules/no-such-program/run.mjs")


def test_where_all_gates_are_asked_for_it_is_a_failure(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALLYBOOK_REQUIRE_GATES", "1")
    with pytest.raises(pytest.fail.Exception, match="gate did NOT run: html-validate"):
        node_program("html-validate", HERE)


def test_the_lock_has_a_digest_of_everything_and_names_no_host() -> None:
    text = (GATES / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    declared = json.loads((GATES / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert packages[""]["devDependencies"] == declared
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in declared.values())
    others = {name: package for name, package in packages.items() if name}
    assert len(others) > len(declared)
    assert all(re.match(r"sha(512|256)-", package["integrity"]) for package in others.values())
    assert '"resolved"' not in text


@pytest.mark.skipif(not MODULES.is_dir() or shutil.which("npm") is None, reason="make gates was not run")
def test_what_is_installed_is_what_the_lock_names() -> None:
    locked = json.loads((GATES / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, package in locked.items():
        manifest = GATES / name / "package.json"
        if name and (manifest.is_file() or not package.get("optional")):
            assert json.loads(manifest.read_text(encoding="utf-8"))["version"] == package["version"], name

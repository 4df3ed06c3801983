"""What requirements.lock brings in is listed, comes by a licence that the project may use, and is needed."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_SPEC = importlib.util.spec_from_file_location("supply", ROOT / "tools" / "supply.py")
assert _SPEC and _SPEC.loader
supply = importlib.util.module_from_spec(_SPEC)
sys.modules["supply"] = supply
_SPEC.loader.exec_module(supply)

PACKAGES = supply.packages()
MODULES = {
    "axe-playwright-python": "axe_playwright_python", "beautifulsoup4": "bs4", "citeproc-py": "citeproc",
    "markdown-it-py": "markdown_it", "pyyaml": "yaml", "ruamel-yaml": "ruamel.yaml",
}  # fmt: skip
"""The module of a package, where it has another name."""
PROGRAMS = {
    "editables",
    "nbval",
    "pytest-xdist",
    "mypy",
    "ruff",
    "zizmor",
    "check-jsonschema",
    "pre-commit",
    "jupyterlab",
}
"""Packages that are run and not imported, each by a word that stands in the files that run it."""
WORDS = {"pytest-xdist": "-n $(JOBS)", "editables": "-e", "nbval": "--nbval"}


def test_the_lists_are_those_of_the_lock() -> None:
    """If not: .venv/bin/python tools/supply.py"""
    assert (ROOT / "LICENCES.md").read_text(encoding="utf-8") == supply.page(PACKAGES)
    assert (ROOT / "sbom.cdx.json").read_text(encoding="utf-8") == supply.bill(PACKAGES)


def test_every_package_has_a_licence_that_the_project_may_use() -> None:
    assert {one.name: one.licence for one in PACKAGES if not supply.is_compatible(one.licence)} == {}


@pytest.mark.parametrize(
    ("licence", "is_one"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND GPL-2.0-only", False),
        ("", False),
    ],
)
def test_a_licence_that_may_not_be_used_is_found(licence: str, is_one: bool) -> None:
    assert supply.is_compatible(licence) is is_one


def test_what_a_package_says_of_its_licence_is_what_is_listed() -> None:
    listed = {one.name: one.licence for one in PACKAGES}
    told = {name: listed[name] for name in supply.installed_licences()}
    chosen = {"pypdfium2"}  # names more than its own
    assert {n: e for n, e in supply.installed_licences().items() if e != told[n] and n not in chosen} == {}


def test_every_package_is_asked_for_or_needed_by_one_that_is() -> None:
    assert [one.name for one in PACKAGES if not one.asked and not one.through] == []
    needed = supply.installed_needs()
    listed = {one.name: set(one.needs) for one in PACKAGES}
    assert {
        name: set(found) - listed[name] for name, found in needed.items() if set(found) - listed[name]
    } == {}


def test_every_package_that_is_asked_for_is_used() -> None:
    """Imported, or run by a file that names it; and what it is for is said."""
    asked = {one.name: one.what for one in PACKAGES if one.asked}
    assert asked.keys() == supply.asked_for().keys() and all(asked.values())
    folders = ("src", "tests", "tools", "benchmarks")
    code = "\n".join(
        p.read_text(encoding="utf-8")
        for f in folders
        for p in (ROOT / f).rglob("*.py")
        if "node_modules" not in p.parts
    )
    runs = code + "\n".join(
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("Makefile", "tools/suite.mk", ".pre-commit-config.yaml", "pyproject.toml")
    )
    words = set(re.findall(r"(?:import|from) ([\w.]+)|[\"']([a-z][\w.]*)[\"'.]", code))
    modules = {part for found in words for one in found for part in (one, one.partition(".")[0])}
    unused = [
        name
        for name in asked
        if MODULES.get(name, name.replace("-", "_")) not in modules
        and not (name in PROGRAMS and WORDS.get(name, name) in runs.replace(f'"{name}>=', ""))
    ]
    assert unused == []


def test_the_bill_of_materials_is_one() -> None:
    """Each reference leads to a component, and each component of the lock is there once."""
    bill = json.loads((ROOT / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    refs = [one["bom-ref"] for one in bill["components"]] + [bill["metadata"]["component"]["bom-ref"]]
    assert len(refs) == len(set(refs)) and len(refs) > 200
    assert {edge["ref"] for edge in bill["dependencies"]} == set(refs)
    assert {other for edge in bill["dependencies"] for other in edge["dependsOn"]} <= set(refs)
    text = json.dumps(bill)
    assert "timestamp" not in text and str(ROOT) not in text

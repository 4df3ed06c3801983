"""Every command of the README runs, and prints what the README says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIRST_CASE = ROOT / "tests" / "data" / "first-case"  # so that an article more changes no example
README = (ROOT / "README.md").read_text(encoding="utf-8")
ELLIPSIS = "…"
SCRATCH = ("Bring an article in", "Tables as sources")
"""Sections whose commands write: ``test_readme_articles.py`` runs them, in a suite of their own."""


def consoles() -> list[tuple[str, list[str]]]:
    found = []
    read = re.sub(rf"^## (?:{'|'.join(SCRATCH)})\n.*?(?=^## )", "", README, flags=re.MULTILINE | re.DOTALL)
    for block in re.findall(r"^```console\n(.*?)^```", read, re.MULTILINE | re.DOTALL):
        command, *output = block.splitlines()
        found.append((command.removeprefix("$ "), output))
    return found


def lines_of(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_there_are_commands() -> None:
    assert len(consoles()) >= 3


@pytest.mark.parametrize(("command", "output"), consoles(), ids=[c for c, _ in consoles()])
def test_a_command_prints_what_the_readme_shows(command: str, output: list[str]) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        ["bash", "-c", command],
        cwd=FIRST_CASE,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    printed, shown = lines_of(run.stdout), lines_of("\n".join(output))
    if shown[-1] == ELLIPSIS:
        shown = shown[:-1]
        assert len(printed) > len(shown)
        printed = printed[: len(shown)]
    assert printed == shown


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(FIRST_CASE)
    names: dict[str, object] = {}
    exec(code, names)
    assert len(names["case"].verdicts()) == 8  # type: ignore[attr-defined]


def test_the_make_targets_of_the_readme_exist() -> None:
    targets = set(re.findall(r"(?:`|^ {4})make ([a-z]+)\b", README, re.MULTILINE))
    assert {"report", "test", "lab"} <= targets
    makefile = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "tools/suite.mk"))
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_each_notebook_is_listed() -> None:
    listed = set(re.findall(r"^\| `([\w/-]+)` \|", README, re.MULTILINE))
    folders = (ROOT / "notebooks", ROOT / "notebooks" / "kursk-engineers")
    there = [path for folder in folders for path in folder.glob("*.ipynb")]
    assert listed == {path.relative_to(ROOT / "notebooks").with_suffix("").as_posix() for path in there}


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target

"""What a new suite holds, and that the project's own repository is such a suite."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from tallybook.suite import own_wheel, suite_files
from tallybook.suite.blank import blank
from tallybook.suite.contents import LOCK, OWN
from tallybook.suite.shared import SHARED

ROOT = Path(__file__).resolve().parents[2]
MADE_FOR_ONE = {"tests/test_book.py", "notebooks/10_own_question.ipynb"}
"""Files to begin with, which the repository has long since others of."""


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return suite_files(own_wheel())


def test_the_repository_has_every_file_of_a_suite_under_the_same_path(files: dict[str, bytes]) -> None:
    """But for the wheel: a checkout is set up from its own source, which pyproject.toml describes."""
    wheel = {path for path in files if path.startswith("wheels/")} | {LOCK}
    missing = [path for path in files if path not in wheel | MADE_FOR_ONE and not (ROOT / path).is_file()]
    assert missing == [] and len(wheel) == 2


def test_shared_files_are_the_same_bytes_and_notebooks_the_same_cells(files: dict[str, bytes]) -> None:
    names = {Path(path).name for path in files if path.endswith(".ipynb")}
    for path in [*SHARED, *(path for path in files if path.startswith("schemas/"))]:
        content = (ROOT / path).read_bytes()
        assert files[path] == (blank(content, names) if path.endswith(".ipynb") else content), path


def test_the_wheel_is_told_of_every_shared_file() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert built["targets"]["wheel"]["hooks"]["custom"]["files"] == list(SHARED)


def test_an_editable_installation_gets_no_copies_that_grow_old(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel:editable"]
    subprocess.run(
        [*build, "--directory", str(tmp_path)], cwd=ROOT, check=True, capture_output=True, timeout=120
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if name.startswith("tallybook/")] == []


def test_a_notebook_comes_without_outputs_and_takes_the_first_article(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith(".ipynb"):
            cells = json.loads(content)["cells"]
            code = [cell for cell in cells if cell["cell_type"] == "code"]
            assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
            assert "kursk" not in content.decode().lower()
            given = ["".join(c["source"]) for c in code if "parameters" in c["metadata"].get("tags", ())]
            assert [source.splitlines()[-1][:28] for source in given] == (
                [] if path.endswith("00_start.ipynb") else ["CASE = tb.open_book().first "]
            )


def test_no_link_of_a_notebook_or_guide_leads_out_of_the_suite(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith((".md", ".ipynb")):
            for link in re.findall(r"\]\(([^)#\s]+)\)", content.decode()):
                assert str(Path(path).parent / link) in files, f"{path} leads to {link}"


def test_the_servers_run_make_test(files: dict[str, bytes]) -> None:
    """The rest is as in the repository: tests/setup/test_workflows.py."""
    github, gitlab = (yaml.safe_load(files[f]) for f in (".github/workflows/test.yml", ".gitlab-ci.yml"))
    assert "make test PYTHON=python" in [step.get("run") for step in github["jobs"]["test"]["steps"]]
    assert gitlab["test"]["script"] == ["make test"]


def test_what_git_ignores_here_it_ignores_there(files: dict[str, bytes]) -> None:
    ours = set((ROOT / ".gitignore").read_text().splitlines())
    assert {line for line in files[".gitignore"].decode().splitlines() if line[:1] not in ("", "#")} <= ours


def test_the_lock_pins_the_wheel_that_lies_in_the_suite(files: dict[str, bytes]) -> None:
    (wheel,) = [path for path in files if path.startswith("wheels/")]
    assert files[LOCK].decode().splitlines()[-1] == (
        f"./{wheel} --hash=sha256:{hashlib.sha256(files[wheel]).hexdigest()}"
    )


def test_own_files_are_all_there() -> None:
    folder = ROOT / "src" / "tallybook" / "suite" / "files"
    assert sorted(OWN.values()) == sorted(path.name for path in folder.iterdir() if path.is_file())

"""The three ways to run everything on a server are one: .ci/run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from nbval.plugin import get_sanitize_patterns

from ..conftest import LONGEST

ROOT = Path(__file__).resolve().parents[2]
SANITISE = (ROOT / "tests" / "sanitize.cfg").read_text(encoding="utf-8")


def test_github_calls_ci_run_and_keeps_the_site() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    job = workflow["jobs"]["test"]
    assert next(step["run"] for step in job["steps"] if "run" in step) == ".ci/run"
    (kept,) = [step["with"] for step in job["steps"] if "upload-artifact" in step.get("uses", "")]
    assert kept["name"] == "github-pages"  # which the job that publishes takes
    (archive,) = [step["run"] for step in job["steps"] if "artifact.tar" in step.get("run", "")]
    assert "--directory site" in archive and kept["path"].endswith("/artifact.tar")


def test_gitlab_calls_ci_run_and_keeps_the_site() -> None:
    job = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))["test"]
    assert job["script"] == [".ci/run"]
    assert job["artifacts"]["paths"] == ["site/"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on the PATH")
def test_ci_run_is_a_program_that_bash_can_read() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


def test_ci_run_demands_a_browser_all_packages_and_every_gate_and_ends_as_the_tests_end() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()
    assert "export TALLYBOOK_REQUIRE_BROWSER=1 TALLYBOOK_REQUIRE_PACKAGES=1" in lines
    assert (
        lines[lines.index("if make gates || make gates; then") + 1].strip()
        == "export TALLYBOOK_REQUIRE_GATES=1"
    )
    assert lines[-1].startswith("exec make test")


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on the PATH")
@pytest.mark.parametrize(
    ("says", "new_enough"),
    [("v18.20.4", True), ("v8.1.0", False), ('openjdk version "21.0.2" 2024', True), ("nothing", False)],
)
def test_ci_run_knows_which_program_is_new_enough(says: str, new_enough: bool, tmp_path: Path) -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (function,) = re.findall(r"^at_least\(\) \{.*?^\}$", text, re.MULTILINE | re.DOTALL)
    (tmp_path / "asked").write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    (tmp_path / "asked").chmod(0o755)
    path = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    for program, wanted in (("asked", new_enough), ("no-such-program", False)):
        run = subprocess.run(["bash", "-ec", f"{function}\nat_least {program} --version 17"], env=path)
        assert (run.returncode == 0) == wanted


MODULE = """
import pytest
pytest.importorskip("no_such_package_of_anybody")
def test_nothing(): pass
"""
ONE_TEST = """
import pytest
def test_something(): pass
def test_nothing(): pytest.importorskip("no_such_package_of_anybody")
"""


@pytest.mark.parametrize("text", [MODULE, ONE_TEST], ids=["module", "test"])
@pytest.mark.parametrize("asked", [True, False])
def test_what_is_passed_over_for_want_of_a_package_fails_where_all_are_asked_for(
    tmp_path: Path, text: str, asked: bool
) -> None:
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    environment = {**os.environ, "TALLYBOOK_REQUIRE_PACKAGES": "1" if asked else ""}
    run = subprocess.run(
        [*command, "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=tmp_path, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert ("could not import 'no_such_package_of_anybody'" in run.stdout) == asked, run.stdout
    assert (run.returncode == 0) == (not asked and text == ONE_TEST), run.stdout
    assert run.returncode != 0 or "1 passed, 1 skipped" in run.stdout


def test_nbval_reads_every_pair_of_the_sanitise_file() -> None:
    lines = SANITISE.splitlines()
    assert all(re.match(r"(#|\[.+\]$|regex: .|replace: .|$)", line) for line in lines)
    headings = sum(line.startswith("[") for line in lines)
    assert len(get_sanitize_patterns(SANITISE)) == headings > 0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<f at 0x7f3a12bc90>", "<f at 0x7f3a99aa01>"),
        ("#T_0a1b2 td", "#T_9f8e7 td"),
        ("<Figure size 460x300 with 1 Axes>", "<Figure size 461x300 with 2 Axes>"),
        ("/var/ipykernel_12/345.py:1: Warning", "/var/ipykernel_77/345.py:1: Warning"),
    ],
)
def test_what_may_differ_is_made_equal(first: str, second: str) -> None:
    assert first != second
    assert sanitised(first) == sanitised(second)


@pytest.mark.parametrize(("first", "second"), [("10,000", "15,000"), ("200,000–260,000", "200,000–270,000")])
def test_a_changed_figure_stays_different(first: str, second: str) -> None:
    assert sanitised(first) != sanitised(second)


def sanitised(text: str) -> str:
    """As nbval does it before it compares."""
    for regex, replacement in get_sanitize_patterns(SANITISE):
        text = re.sub(regex, replacement, text)
    return text


def test_the_longest_files_are_there_and_come_first() -> None:
    assert LONGEST and all((ROOT / "tests" / file).is_file() for file in LONGEST)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--dist loadscope --no-loadscope-reorder" in makefile

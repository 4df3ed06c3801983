"""Browser tests run where there is a browser, and say so loudly where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"
BROWSER_TEST = """
import pytest

@pytest.fixture
def costly():
    raise AssertionError("built although there is no browser")

@pytest.mark.browser
def test_page(costly):
    pass

def test_path(chromium_path):
    assert chromium_path.endswith("chromium")

def test_other():
    pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A folder with the project's conftest and three tests, two of which need a browser."""
    folder = tmp_path / "suite"
    folder.mkdir()
    shutil.copy(CONFTEST, folder)
    (folder / "test_page.py").write_text(BROWSER_TEST)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    browser: needs a Chromium\n")
    return folder


def run(suite: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The suite, in a process whose PATH leads nowhere but to ``suite/bin``."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("TALLYBOOK", "PYTEST"))}
    plugins = ["-p", "no:nbval", "-p", "no:xdist", "-p", "no:hypothesispytest", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-rs", *plugins, str(suite)],
        env={**kept, "PATH": str(suite / "bin"), **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )


def put_chromium(suite: Path, exit_code: int = 0) -> Path:
    path = suite / "bin" / "chromium"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    path.chmod(0o755)
    return path


def test_without_a_browser_they_are_skipped_and_the_summary_says_so(suite: Path) -> None:
    answer = run(suite)
    assert answer.returncode == 0, answer.stdout
    assert "1 passed, 2 skipped" in answer.stdout
    assert "browser tests did NOT run" in answer.stdout
    assert "no Chromium that runs on the PATH" in answer.stdout


def test_where_a_browser_is_demanded_its_lack_is_a_failure(suite: Path) -> None:
    answer = run(suite, TALLYBOOK_REQUIRE_BROWSER="1")
    assert answer.returncode == 1
    assert "no Chromium that runs on the PATH" in answer.stdout


def test_a_named_browser_that_does_not_run_is_a_failure(suite: Path) -> None:
    answer = run(suite, TALLYBOOK_CHROMIUM=str(put_chromium(suite, exit_code=1)))
    assert answer.returncode == 1
    assert "does not run" in answer.stdout


def test_a_stub_that_does_not_run_is_no_browser(suite: Path) -> None:
    put_chromium(suite, exit_code=1)
    assert "1 passed, 2 skipped" in run(suite).stdout


def test_a_browser_on_the_path_is_found(suite: Path) -> None:
    put_chromium(suite)
    answer = run(suite)
    assert "built although there is no browser" in answer.stdout  # the marked test did start
    assert "2 passed, 1 error" in answer.stdout
    assert "did NOT run" not in answer.stdout

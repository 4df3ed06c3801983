"""What all tests share: a Chromium for the tests that need one, and a loud word where there is none."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys

import pytest

# nbformat reaches this package through jsonschema, which compiles a grammar of it for a second
# and does without where it is absent. No test needs it.
sys.modules.setdefault("rfc3987_syntax", None)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOT_RUN = "browser test did NOT run: "


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of a Chromium that runs, for playwright's ``executable_path``."""
    return _need_chromium()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture of a browser test is built: is there a browser at all?"""
    if item.get_closest_marker("browser"):
        _need_chromium()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    missed = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and NOT_RUN in report.longrepr[2]
    ]
    if missed:
        terminalreporter.section("browser tests did NOT run", sep="!", red=True, bold=True)
        terminalreporter.write_line(f"{len(missed)} skipped: {find_chromium()[1]}")
        terminalreporter.write_line("Install chromium, or set TALLYBOOK_CHROMIUM to the path of one.")


def _need_chromium() -> str:
    """Skip without a Chromium; fail where one was asked for."""
    path, why = find_chromium()
    if path is not None:
        return path
    if os.environ.get("TALLYBOOK_CHROMIUM") or os.environ.get("TALLYBOOK_REQUIRE_BROWSER") == "1":
        pytest.fail(NOT_RUN + why, pytrace=False)
    pytest.skip(NOT_RUN + why)


@functools.cache
def find_chromium() -> tuple[str | None, str]:
    """(path, "") of the first Chromium that runs, or (None, why not)."""
    named = os.environ.get("TALLYBOOK_CHROMIUM")
    if named:
        return (named, "") if _runs(named) else (None, f"TALLYBOOK_CHROMIUM={named} does not run")
    for path in filter(None, map(shutil.which, NAMES)):
        if _runs(path):
            return path, ""
    return None, f"no Chromium that runs on the PATH ({', '.join(NAMES)})"


def _runs(path: str) -> bool:
    """Ubuntu's chromium-browser may be a stub that only says what to install instead."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False

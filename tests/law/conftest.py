"""The cases of the law as tests, and what is told of them at the end of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..told import tell, told_by
from .case_files import BrokenCases, Case, load_cases

OWN = Path(__file__).parent / "cases"
PROPERTY = "law"
_CASES = pytest.StashKey[list[Case]]()


def pytest_configure(config: pytest.Config) -> None:
    """The files are read before anything runs, so that a broken one ends the run with its message."""
    given = config.getoption("cases", default=None)
    files = [Path(name) for name in given] if given else sorted(OWN.glob("*.yaml"))
    try:
        config.stash[_CASES] = load_cases(files)
    except BrokenCases as error:
        raise pytest.UsageError(str(error)) from None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "law_case" in metafunc.fixturenames:
        cases = metafunc.config.stash[_CASES]
        metafunc.parametrize("law_case", cases, ids=[case["id"] for case in cases])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Of the reports alone, so that it is the same when the tests ran in other processes."""
    told = told_by(terminalreporter, PROPERTY)
    if not told:
        return
    wrong = [one for one in told if not one["right"]]
    misread = [one["id"] for one in wrong if one["misread"]]
    cases = [(f"{one['id']} ({one['kind']})", one["text"].splitlines()) for one in wrong]
    if misread:
        cases.append((f"misread: {len(misread)}: {', '.join(misread)}", ()))
    tell(terminalreporter, "cases of the law", cases, len(told) - len(wrong), len(told))

"""What of README and handbook was not run is told at the end of a run, with the reason."""

from __future__ import annotations

import pytest

from ..told import told_by


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if left := told_by(terminalreporter, "not run"):
        terminalreporter.section("blocks of README and handbook that are NOT run", sep="-")
        for line in left:
            terminalreporter.write_line(str(line))
        terminalreporter.write_line(f"{len(left)} in all")

"""The tally of the planted errors, at the end of every run that planted some."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Of the reports alone, so that it is the same when the tests ran in other processes."""
    caught: dict[str, bool] = {}
    for outcome, reports in terminalreporter.stats.items():
        for report in reports:
            properties = dict(getattr(report, "user_properties", ()))
            if "planted" in properties:
                kind = str(properties["planted"])
                caught[kind] = caught.get(kind, True) and outcome in ("passed", "")
    if not caught:
        return
    missed = sorted(kind for kind, noticed in caught.items() if not noticed)
    terminalreporter.section("planted errors", sep="-")
    terminalreporter.write_line(f"{len(caught)} planted, {len(caught) - len(missed)} caught")
    for kind in missed:
        terminalreporter.write_line(f"missed: {kind}")

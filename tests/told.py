"""What a test tells of its case for the end of a run: ``N of N``, whatever process it ran in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import pytest

T = TypeVar("T")
MANY = 100
"""Cases in one test."""


def in_parts(files: Iterable[tuple[str, Sequence[T]]]) -> list[Any]:
    """(name of the file, some of its cases) of each test, as parameters: many cases of some milliseconds each
    in one test, since a test costs as much as they do."""
    return [
        pytest.param(name, cases[first : first + MANY], id=f"{name} from {first + 1}")
        for name, cases in files
        for first in range(0, len(cases), MANY)
    ]


def told_by(reporter: pytest.TerminalReporter, name: str) -> list[Any]:
    """What all tests that ran have recorded under a property, in the order of the reports."""
    return [
        value
        for reports in reporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call"
        for key, value in report.user_properties
        if key == name
    ]


def tell(
    reporter: pytest.TerminalReporter,
    title: str,
    wrong: Sequence[tuple[str, Sequence[str]]],
    right: int,
    of: int,
) -> None:
    """A section with each wrong case, its head and its lines, and "N of N" as the last line."""
    reporter.section(title, sep="-")
    for head, lines in wrong:
        reporter.write_line(head)
        for line in lines:
            reporter.write_line(f"    {line}")
    reporter.write_line(f"{right} of {of}")

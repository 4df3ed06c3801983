"""The texts of ``cases/``, or of any file given with ``--cases``, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tallybook.evaluation.texts import Text, load_texts

from ..told import in_parts, tell, told_by

OWN = Path(__file__).parent / "cases"
PROPERTY = "consistency"
_TEXTS = pytest.StashKey[list[tuple[str, list[Text]]]]()
"""The name of each file, and its texts."""


def pytest_configure(config: pytest.Config) -> None:
    given = config.getoption("cases", default=None)
    files = [Path(name) for name in given] if given else sorted(OWN.glob("*.yaml"))
    try:
        config.stash[_TEXTS] = [(file.stem, load_texts(file)) for file in files]
    except (OSError, ValueError) as error:
        raise pytest.UsageError(str(error)) from None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case_texts" in metafunc.fixturenames:
        metafunc.parametrize(("file_name", "case_texts"), in_parts(metafunc.config.stash[_TEXTS]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The wrong ones; of each file the planted slips found and the other texts accused; how many are
    right."""
    told = [one for many in told_by(terminalreporter, PROPERTY) for one in many]
    if not told:
        return
    wrong = [
        (f"{one['id']} ({one['kind']}): {one['text']}", one["lines"]) for one in told if not one["right"]
    ]
    for name in sorted({one["file"] for one in told}):
        wrong.append((f"{name}: {_counted([one for one in told if one['file'] == name])}", ()))
    wrong.append((f"all: {_counted(told)}", ()))
    tell(terminalreporter, "texts against themselves", wrong, sum(one["right"] for one in told), len(told))


def _counted(told: Sequence[Mapping[str, Any]]) -> str:
    planted = [one for one in told if one["planted"]]
    others = [one for one in told if not one["planted"]]
    found, accused = sum(one["alarm"] for one in planted), sum(one["alarm"] for one in others)
    return f"planted slips found: {found} of {len(planted)}; other texts accused: {accused} of {len(others)}"

"""The texts of ``cases/``, or of any file given with ``--cases``, and what is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.evaluation.texts import Text, load_texts

from ..told import tell, told_by

OWN = Path(__file__).parent / "cases"
PROPERTY = "consistency"
_TEXTS = pytest.StashKey[list[Text]]()


def pytest_configure(config: pytest.Config) -> None:
    given = config.getoption("cases", default=None)
    files = [Path(name) for name in given] if given else sorted(OWN.glob("*.yaml"))
    try:
        config.stash[_TEXTS] = [text for file in files for text in load_texts(file)]
    except (OSError, ValueError) as error:
        raise pytest.UsageError(str(error)) from None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case_text" in metafunc.fixturenames:
        texts = metafunc.config.stash[_TEXTS]
        metafunc.parametrize("case_text", texts, ids=[text.id for text in texts])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The wrong ones; planted slips found, false alarms on the others; and how many are right."""
    told = told_by(terminalreporter, PROPERTY)
    if not told:
        return
    wrong = [
        (f"{one['id']} ({one['kind']}): {one['text']}", one["lines"]) for one in told if not one["right"]
    ]
    planted = [one for one in told if one["planted"]]
    found, alarms = sum(one["alarm"] for one in planted), sum(o["alarm"] for o in told if not o["planted"])
    wrong.append((f"planted slips found: {found} of {len(planted)}", ()))
    wrong.append((f"false alarms: {alarms} of {len(told) - len(planted)}", ()))
    tell(terminalreporter, "texts against themselves", wrong, sum(one["right"] for one in told), len(told))

"""Files of sentences as tests (``pytest tests/reading --cases FILE.yaml``), and what is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.evaluation.sentences import Sentence, load_sentences

from ..told import in_parts, tell, told_by

OWN = Path(__file__).parent / "kinds"
PROPERTY = "sentence"
_SENTENCES = pytest.StashKey[list[tuple[str, list[Sentence]]]]()
"""The name of each file, and its sentences."""


def pytest_configure(config: pytest.Config) -> None:
    given = config.getoption("cases", default=None)
    files = [Path(name) for name in given] if given else sorted(OWN.glob("*.yaml"))
    try:
        config.stash[_SENTENCES] = [(file.stem, load_sentences(file)) for file in files]
    except (OSError, ValueError) as error:
        raise pytest.UsageError(str(error)) from None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "sentences" in metafunc.fixturenames:
        metafunc.parametrize(("file_name", "sentences"), in_parts(metafunc.config.stash[_SENTENCES]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Of the reports alone, so that it is the same when the tests ran in other processes."""
    told = [one for many in told_by(terminalreporter, PROPERTY) for one in many]
    if not told:
        return
    wrong = [
        (f"{one['kind']}: {one['text']}", one["faults"]) for one in told if one["faults"] and not one["known"]
    ]
    known = sum(one["known"] for one in told)
    if known:
        wrong.append((f"known to be misread: {known}", ()))
    tell(terminalreporter, "sentences", wrong, sum(not one["faults"] for one in told), len(told))

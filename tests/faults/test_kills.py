"""Each command that writes is struck at a handful of its steps; ``make faults`` strikes at all of them."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
try:
    import commands
    import desk
    import killing
    import warm
    from stepping import Blow
finally:
    sys.path.remove(str(HERE))

for package in ("ruamel.yaml", "xlsxwriter", "duckdb", "lxml"):
    pytest.importorskip(package)
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="a run is a copy of this process, and is looked for in /proc"
)

MOMENTS = {"scan": 1}
"""Of commands that start other processes, which are stopped at random moments. Asked elsewhere: ``verdicts
--all`` in tests/cli/test_every_article.py, Ctrl-C of ``scan`` in tests/cli/test_scan.py, a scan on Dask in
tests/scan, and the steps of what writes the files of ``report`` and ``notebooks`` in tests/report."""
LONG = {"init", "source-table", "source-table-again"}
ALONE = [name for name, command in commands.COMMANDS.items() if command.alone and name != "export-all"]


@pytest.fixture(params=ALONE)
def known(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[commands.Command, Path, killing.Undisturbed]]:
    """A command, a scratch folder, and what it does when nothing happens to it."""
    warm.warm()
    command = commands.COMMANDS[request.param]
    yield command, tmp_path, killing.undisturbed(command, tmp_path)


def test_struck_at_any_step_nothing_is_lost_or_left(
    known: tuple[commands.Command, Path, killing.Undisturbed],
) -> None:
    command, scratch, wanted = known
    chance = random.Random(command.name)
    steps = range(1, wanted.steps + 1)
    killed = sorted({chance.choice(steps), steps[-1]})  # the last removes a lock
    assert killing.struck(command, scratch, Blow.KILLED, killed, wanted) == len(killed)
    killing.refused(command, scratch, Blow.DISK_FULL, chance.choice(steps), wanted)
    if command.name in LONG:
        return
    assert killing.struck(command, scratch, Blow.CTRL_C, [chance.choice(steps)], wanted) == 1
    killing.refused(command, scratch, Blow.TOO_LARGE, chance.choice((0, 1, 1_000)), wanted)
    killing.refused(command, scratch, Blow.READ_ONLY, 0, wanted)


@pytest.mark.parametrize("name", MOMENTS)
def test_stopped_at_any_moment_nothing_is_lost_or_doubled(name: str, tmp_path: Path) -> None:
    held = list(killing.kills(commands.COMMANDS[name], tmp_path, MOMENTS[name], seed=len(name)))
    assert len(held) == MOMENTS[name]


def test_a_command_that_loses_something_is_found(tmp_path: Path) -> None:
    """So that the tests above can fail: what it leaves after a kill is another result."""
    leaves = commands.Command(
        name="init",
        prepare=desk.nothing,
        arguments=["init", "desk"],
        sound=lambda folder, wanted: (_ for _ in ()).throw(AssertionError("it is not.")),
    )
    wanted = killing.undisturbed(leaves, tmp_path)
    with pytest.raises(killing.Broken, match=r"init, KILLED at step 2 .* it is not\."):
        killing.struck(leaves, tmp_path, Blow.KILLED, [2], wanted)


def test_every_command_that_can_write_is_struck() -> None:
    """A command that is new is named here or there."""
    from typer.main import get_command

    from tallybook.cli.app import app

    struck = {
        " ".join(word for word in command.arguments[: 2 if command.arguments[0] == "source" else 1])
        for command in commands.COMMANDS.values()
    }
    only_reads = {
        "read", "explain", "drift", "robustness", "selfcheck", "lint", "status", "mcp", "source drafts",
    }  # fmt: skip
    top = get_command(app)
    known = {name for name in top.commands if name != "source"}  # type: ignore[attr-defined]
    known |= {f"source {name}" for name in top.commands["source"].commands}  # type: ignore[attr-defined]
    assert known == struck | only_reads

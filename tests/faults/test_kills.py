"""Each command of the table is killed at a handful of random moments; ``make faults`` tries more."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
try:
    import commands
    import killing
finally:
    sys.path.remove(str(HERE))

MOMENTS = 4


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_killed_at_any_moment_nothing_is_lost_or_doubled(name: str, tmp_path: Path) -> None:
    held = list(killing.kills(commands.COMMANDS[name], tmp_path, MOMENTS, seed=len(name)))
    assert len(held) == MOMENTS


def test_a_command_that_loses_something_is_found(tmp_path: Path) -> None:
    """So that the test above can fail: what it leaves after a kill is another result."""
    leaves = killing.Command(
        name="init",
        prepare=lambda folder: folder.mkdir(),
        arguments=["init", "desk"],
        result=lambda folder: sorted(path.name for path in folder.iterdir()),
        sound=lambda folder, wanted: (_ for _ in ()).throw(AssertionError("it is not.")),
    )
    with pytest.raises(killing.Broken, match=r"init, killed after .* it is not\."):
        list(killing.kills(leaves, tmp_path, 1, seed=1))

"""Stops each writing command at random moments and at every step. ``make faults`` runs it.

.venv/bin/python tests/faults/run.py --moments 100 --seed 1 scan
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from commands import COMMANDS, Command
from killing import Broken, kills, refused, struck, undisturbed
from stepping import Blow
from warm import warm

SIZES = (0, 1, 100, 1_000, 5_000, 20_000)


def main() -> int:
    """0 where the law held after every blow."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--moments", type=int, default=100, help="random moments for each command")
    ask.add_argument("--seed", type=int, default=1, help="which moments")
    ask.add_argument("--no-steps", action="store_true", help="random moments alone")
    ask.add_argument("commands", nargs="*", help=f"of {', '.join(COMMANDS)}; all of them if none is named")
    asked = ask.parse_args()
    if unknown := set(asked.commands) - set(COMMANDS):
        ask.error(f"unknown: {', '.join(sorted(unknown))}")
    warm()
    broken = 0
    for name in asked.commands or COMMANDS:
        scratch = Path(tempfile.mkdtemp(prefix=f"tallybook-faults-{name}-"))
        ways = [("moments", kills(COMMANDS[name], scratch / "moments", asked.moments, asked.seed))]
        if COMMANDS[name].alone and not asked.no_steps:
            ways.append(("steps", _at_every_step(COMMANDS[name], scratch / "steps")))
        for way, lines in ways:
            held = 0
            try:
                for line in lines:
                    held += 1
                    print(f"{held}  {line}", flush=True)
            except Broken as error:
                broken += 1
                print(f"BROKEN: {error}", flush=True)
            print(f"{name}: the law held after {held} blows at {way}", flush=True)
    return int(broken > 0)


def _at_every_step(command: Command, scratch: Path) -> Iterator[str]:
    """A line on each step that held; Broken at the first that did not."""
    wanted = undisturbed(command, scratch)
    for step in range(1, wanted.steps + 1):
        for blow in (Blow.KILLED, Blow.CTRL_C):
            struck(command, scratch, blow, [step], wanted)
            yield f"{command.name}, {blow.name} at step {step} of {wanted.steps}"
        refused(command, scratch, Blow.DISK_FULL, step, wanted)
        yield f"{command.name}, disk full at step {step} of {wanted.steps}"
    for size in SIZES:
        refused(command, scratch, Blow.TOO_LARGE, size, wanted)
        yield f"{command.name}, no file may be larger than {size} bytes"
    refused(command, scratch, Blow.READ_ONLY, 0, wanted)
    yield f"{command.name}, in a folder that is read-only"


if __name__ == "__main__":
    sys.exit(main())

"""Kills each writing command at many random moments. ``make faults`` runs it.

.venv/bin/python tests/faults/run.py --moments 100 --seed 1 scan
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from commands import COMMANDS
from killing import Broken, kills


def main() -> int:
    """0 where the law held after every kill."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--moments", type=int, default=100, help="kills of each command")
    ask.add_argument("--seed", type=int, default=1, help="which moments")
    ask.add_argument("commands", nargs="*", help=f"of {', '.join(COMMANDS)}; all of them if none is named")
    asked = ask.parse_args()
    if unknown := set(asked.commands) - set(COMMANDS):
        ask.error(f"unknown: {', '.join(sorted(unknown))}")
    broken = 0
    for name in asked.commands or COMMANDS:
        scratch = Path(tempfile.mkdtemp(prefix=f"tallybook-faults-{name}-"))
        held = 0
        try:
            for line in kills(COMMANDS[name], scratch, asked.moments, asked.seed):
                held += 1
                print(f"{held}/{asked.moments}  {line}", flush=True)
        except Broken as error:
            broken += 1
            print(f"BROKEN: {error}", flush=True)
        print(f"{name}: the law held after {held} of {asked.moments} kills", flush=True)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())

"""How long the command takes to answer, in starts of a bare interpreter.

    .venv/bin/python benchmarks/start.py

Both are run in turn, as whole processes, and the medians compared; the bar is ten starts for --help.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 15
BARE = [sys.executable, "-I", "-c", "pass"]
COMMANDS = {
    "tallybook --help": ["-m", "tallybook", "--help"],
    "import tallybook": ["-c", "import tallybook"],
    "tallybook check": ["-m", "tallybook", "check"],
}


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    for name, arguments in COMMANDS.items():
        pairs = [(seconds(BARE), seconds([sys.executable, *arguments])) for _ in range(RUNS)]
        bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{name:18} {1000 * ours:6.0f} ms   {ours / bare:5.1f} bare starts ({1000 * bare:.0f} ms)")


if __name__ == "__main__":
    main()

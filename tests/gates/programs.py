"""The programs that the gates ask, and a loud word where one is missing.

tools/gates has their versions and digests.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ..conftest import GATE_NOT_RUN

GATES = Path(__file__).resolve().parents[2] / "tools" / "gates"
MODULES = GATES / "node_modules"
OLDEST_NODE, OLDEST_JAVA = 18, 17
OF_A_SHORT_RUN = ("-XX:+IgnoreUnrecognizedVMOptions", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""No time for compiling well what runs for seconds: less than half the work."""


def node_program(gate: str, script: str) -> list[str]:
    """The command that runs a ``script`` below tools/gates.

    Skips the gate where it cannot be run; fails it where all gates are asked for.
    """
    node = shutil.which("node")
    if node is None or _version(node, "--version") < OLDEST_NODE:
        missing(gate, f"no Node.js {OLDEST_NODE} or newer on the PATH")
    if not (GATES / script).is_file():
        missing(gate, f"tools/gates/{script} is not there: make gates installs it (needs npm)")
    assert node is not None
    return [node, str(GATES / script)]


def java_program(gate: str, jar: str) -> list[str]:
    """The command that runs a ``jar`` below tools/gates; the same where it is missing."""
    java = shutil.which("java")
    if java is None or _version(java, "-version") < OLDEST_JAVA:
        missing(gate, f"no Java {OLDEST_JAVA} or newer on the PATH")
    if not (GATES / jar).is_file():
        missing(gate, f"tools/gates/{jar} is not there: make gates installs it (needs npm)")
    assert java is not None
    return [java, *OF_A_SHORT_RUN, "-Xss4m", "-jar", str(GATES / jar)]


def missing(gate: str, why: str) -> None:
    """Skip the gate; fail it where TALLYBOOK_REQUIRE_GATES=1 asks for all."""
    if os.environ.get("TALLYBOOK_REQUIRE_GATES") == "1":
        pytest.fail(f"{GATE_NOT_RUN}{gate}: {why}", pytrace=False)
    pytest.skip(f"{GATE_NOT_RUN}{gate}: {why}")


@functools.cache
def _version(program: str, option: str) -> int:
    """The first number of a program's version; 0 where it does not run."""
    try:
        run = subprocess.run([program, option], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r'^(?:v|.*version ")(\d+)', run.stdout + run.stderr, re.MULTILINE)
    return int(found[1]) if run.returncode == 0 and found else 0

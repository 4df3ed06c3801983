"""The peers' own environment, .venv-peers, made on first use from peers.lock; the project's is left alone."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "benchmarks" / "peers.lock"
PLACE = ROOT / ".venv-peers"
PYTHON = PLACE / "bin" / "python"
STAMP = PLACE / "peers.txt"

sys.path.insert(0, str(ROOT / "tools"))
from bootstrap import SetupError, installer_environment, make_environment  # noqa: E402


class NoPeers(Exception):
    """Why the peers could not be installed, in one line."""


def ready() -> Path:
    """The interpreter that has the peers; makes the environment where it is missing or out of date.

    NoPeers where that fails, as it does without a network.
    """
    wanted = _wanted()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return PYTHON
    print(f"Making {PLACE.name} for the peers, with the packages of {LOCK.relative_to(ROOT)} ...", flush=True)
    try:
        make_environment(PLACE)
    except SetupError as error:
        raise NoPeers(str(error)) from error
    # No dependency is looked up: the lock holds them all, less one that only a command of num2words needs.
    packages = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(LOCK)]
    run = subprocess.run(
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--retries", "1", *packages],
        env=installer_environment(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if run.returncode:
        errors = [line for line in run.stdout.splitlines() if line.startswith("ERROR: ")]
        raise NoPeers((errors or ["pip said nothing"])[0].removeprefix("ERROR: "))
    STAMP.write_text(wanted, encoding="utf-8")
    return PYTHON


def _wanted() -> str:
    """What the environment depends on; an environment cannot be moved."""
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{sys.version_info[:2]} {sys.platform} {platform.machine()} {PLACE} {lock}\n"

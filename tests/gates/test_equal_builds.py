"""Two builds of the same data are the same bytes, whatever the time, the folder and the order of hashes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tallybook.suite.shared import checkout


def contents(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_a_second_build_is_the_same(site: Path, pages: list[Path], tmp_path: Path) -> None:
    """Of the checkout that tallybook is run from."""
    root = checkout()
    assert root is not None
    again = tmp_path / "elsewhere" / "other"
    command = [sys.executable, "-m", "tallybook", "report", "--anew", "--out", str(again), "--jobs", "2"]
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Pacific/Auckland"}
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stderr[-2000:]
    first, second = contents(site), contents(again)
    assert [name for name in sorted({*first, *second}) if first.get(name) != second.get(name)] == []

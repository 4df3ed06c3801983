"""What is built from the project holds what the project needs when it runs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tallybook.suite.shared import SHARED

ROOT = Path(__file__).resolve().parents[2]


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=60)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("tallybook/")}
    source = ROOT / "src"
    kept = {
        path.relative_to(source).as_posix()
        for path in (source / "tallybook").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"tallybook/__init__.py", "tallybook/reading/lexicon/en.toml"} <= kept
    assert packed == kept | {f"tallybook/suite/shared/{name}" for name in SHARED}

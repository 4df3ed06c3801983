"""A tallybook installed from its built wheel, with the packages of this environment and without any index."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = sysconfig.get_paths()["purelib"]


def with_these_packages(environment: Path) -> None:
    """Let an environment find the packages that run these tests; its own come before them."""
    (inside,) = environment.glob("lib/python*/site-packages")
    (inside / "these.pth").write_text(f"{PACKAGES}\n", encoding="utf-8")


def outside(**more: str) -> dict[str, str]:
    """The environment of a person who has no checkout: no PYTHONPATH leads to this one."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MAKE"))}
    templates = str(Path(sys.prefix, "share", "jupyter"))  # of nbconvert, which lie outside the packages
    return {**kept, "PIP_NO_INDEX": "1", "COLUMNS": "80", "JUPYTER_PATH": templates, **more}


class Installed:
    """``bin``: the programs of a fresh environment; ``wheel``: what was installed in it."""

    def __init__(self, environment: Path, wheel: Path) -> None:
        self.bin, self.wheel = environment / "bin", wheel

    def run(self, *words: str, cwd: Path, **more: Any) -> subprocess.CompletedProcess[str]:
        command = [str(self.bin / "tallybook"), *words]
        return subprocess.run(command, cwd=cwd, env=outside(), capture_output=True, text=True, **more)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    place = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(place)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = place.glob("*.whl")
    environment = place / "fresh"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    with_these_packages(environment)
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python")]
    install = [*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(install, env=outside(), check=True, capture_output=True, timeout=120)
    return Installed(environment, wheel)

"""The wheel of the tallybook that runs, so that a suite can be set up where no index has it.

An installed wheel is put together again from the files that its RECORD lists, each checked against its
digest there. A source tree is built. Both are then packed by one rule (names in order, one date, nothing
compressed, for compressed bytes differ between versions of zlib), so that the same files give the same bytes
on every machine.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import importlib.util
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePosixPath

import tallybook
from tallybook.book.scratch import scratch_folder
from tallybook.suite.errors import SuiteError
from tallybook.suite.shared import checkout

NAME = "tallybook"
_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold
_MODE = 0o100644 << 16
_OF_THE_WHEEL = ("METADATA", "WHEEL", "entry_points.txt")
_BUILD_SECONDS = 300


@dataclass(frozen=True)
class Wheel:
    """A wheel: its file's name and bytes. ``built``: whether it was built from a source tree just now."""

    name: str
    content: bytes
    built: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def own_wheel() -> Wheel:
    """The wheel of the tallybook that runs. SuiteError where it cannot be put together."""
    source = checkout()
    files = _built(source) if source else _installed()
    return Wheel(f"{NAME}-{tallybook.__version__}-py3-none-any.whl", packed(files), source is not None)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A wheel of these files (by their names in it, without RECORD): the same bytes for the same files."""
    (info,) = {name.split("/")[0] for name in files if ".dist-info/" in name}
    record = f"{info}/RECORD"
    listed = io.StringIO()
    rows = csv.writer(listed, lineterminator="\n")
    rows.writerows((name, f"sha256={_digest(files[name])}", len(files[name])) for name in sorted(files))
    rows.writerow((record, "", ""))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as wheel:
        for name in [*sorted(files), record]:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system, entry.external_attr = 3, _MODE
            wheel.writestr(entry, files.get(name, listed.getvalue().encode()))
    return archive.getvalue()


def _installed() -> dict[str, bytes]:
    """The files of the installed distribution, as its RECORD lists them."""
    distribution = _distribution()
    files = {}
    for path in distribution.files or ():
        if not _belongs(path):
            continue
        try:
            content = Path(str(distribution.locate_file(path))).read_bytes()
        except OSError:
            raise SuiteError(f"{path} of the installed {NAME} cannot be read. {_AGAIN}") from None
        if path.hash is None or path.hash.mode != "sha256" or path.hash.value != _digest(content):
            raise SuiteError(f"{path} is not as it was when {NAME} was installed. {_AGAIN}")
        files[path.as_posix()] = content
    if f"{NAME}/__init__.py" not in files:
        raise SuiteError(f"the installed {NAME} has no list of its files (RECORD). {_AGAIN}")
    return files


_AGAIN = f"Install {NAME} again from its wheel, then make the suite."


def _distribution() -> metadata.Distribution:
    """The distribution that the running package belongs to; others of its name may be on the path."""
    running = Path(tallybook.__file__).resolve()
    for distribution in metadata.distributions(name=NAME):
        found = Path(str(distribution.locate_file(f"{NAME}/__init__.py")))
        if found.resolve() == running:
            return distribution
    raise SuiteError(f"the {NAME} that runs is neither an installed wheel nor a checkout. {_AGAIN}")


def _belongs(path: PurePosixPath) -> bool:
    """Whether a file was in the wheel: programs, compiled files and notes of the installer were not."""
    if path.suffix == ".pyc" or ".." in path.parts:
        return False
    first, *inner = path.parts
    if first == NAME:
        return True
    return first.endswith(".dist-info") and bool(inner) and (inner[0] in (*_OF_THE_WHEEL, "licenses"))


def _built(source: Path) -> dict[str, bytes]:
    """The files of a wheel that is built from a source tree; what it writes goes elsewhere."""
    if importlib.util.find_spec("hatchling") is None:
        raise SuiteError(
            f"{NAME} runs from a source tree, and its wheel is built with hatchling: install it."
        )
    with scratch_folder() as place:
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(place)]
        (place / "tmp").mkdir()
        its_own = {**os.environ, "TMPDIR": str(place / "tmp")}  # what hatchling leaves there when it fails
        try:
            build = subprocess.run(
                command, cwd=source, env=its_own, capture_output=True, text=True, errors="replace",
                timeout=_BUILD_SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise SuiteError(f"the wheel was not built from the source tree in {_BUILD_SECONDS} s.") from None
        wheels = sorted(place.glob("*.whl"))
        if build.returncode or len(wheels) != 1:
            last = (build.stderr or build.stdout).strip().splitlines()[-1:] or ["no reason given"]
            raise SuiteError(f"the wheel cannot be built from the source tree: {last[0]}")
        with zipfile.ZipFile(wheels[0]) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist() if not name.endswith("/RECORD")}


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()

"""What decides the result of a scan, with its digest: a run goes on only where another began by the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import tallybook

FORMAT = 1
"""Of the tables and the manifest."""

PART = 1_000_000
"""Bytes of one part: a second of work or two, which is what a kill costs at most."""

_CODE = frozenset({".py", ".toml", ".json", ".txt", ".so", ".pyd"})


@dataclass(frozen=True)
class Settings:
    """``text_key``, ``id_key``: of the records of JSON Lines and of the columns of Parquet. ``book``: the
    folder of the book whose figures are watched, with ``book_digest``; None: none is; ``day``: as of which a
    text without a day is held against it, ISO 8601. ``largest_text``: bytes of one text; ``most_figures``: of
    one text; ``seconds``: for one text; ``part_texts``, ``part_bytes``: of one part at most, whichever comes
    first. ``code``: digest of this package."""

    language: str = "en"
    text_key: str = "text"
    id_key: str = "id"
    book: str | None = None
    book_digest: str | None = None
    day: str | None = None
    largest_text: int = 20_000_000
    most_figures: int = 100_000
    seconds: float = 60.0
    part_texts: int = 1_000
    part_bytes: int = PART
    code: str = ""

    @property
    def digest(self) -> str:
        """Of all of them but the place of the book, which may be moved."""
        facts = {**self.facts(), "format": FORMAT}
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()

    def facts(self) -> dict[str, object]:
        """By name, but for the place of the book."""
        facts = asdict(self)
        del facts["book"]
        return facts


@cache
def code_digest() -> str:
    """Of the files of this package: another version may read another figure."""
    folder = Path(tallybook.__file__).parent
    files = (file for file in folder.rglob("*") if file.suffix in _CODE and file.is_file())
    return folder_digest(folder, files)


def book_digest(root: Path) -> str:
    """Of the files of a book."""
    files = (file for name in ("claims", "sources") for file in (root / name).rglob("*.yaml"))
    return folder_digest(root, files)


def folder_digest(root: Path, files: Iterable[Path]) -> str:
    """Of some files below a folder, by name and content."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(file.relative_to(root).as_posix().encode("utf-8", "backslashreplace") + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()

"""What decides the result of a scan, with its digest: a run goes on only where another began by the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 1
"""Of the tables and the manifest."""

PART = 1_000_000
"""Bytes of one part: a second of work or two, which is what a kill costs at most."""


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


def book_digest(root: Path) -> str:
    """Of the files that a book is read from, by name and content."""
    from tallybook.book.project_files import raw_files

    total = hashlib.sha256()
    for file in raw_files(root.resolve()).all():
        total.update(f"{file.name}\0{file.digest}\0".encode(errors="surrogateescape"))
    return total.hexdigest()

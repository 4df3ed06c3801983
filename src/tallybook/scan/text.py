"""One text of a scan, or why there is none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

_LONE = re.compile("[\ud800-\udfff]")
_LONGEST_NAME = 5_000
_A_DAY = 10


@dataclass(frozen=True, slots=True)
class Text:
    """One text as its file holds it.

    ``id``: what names it; ``file``, ``place``: where it stands, which no other text of a scan shares: byte of
    the line or record, number of the row, 0 of a file that is one text. ``content``: the text itself, or
    bytes for the reader of that ``kind`` ("text", "markdown", "html", "pdf", "docx"). ``error``: why there is
    no text, in a sentence; then the content is empty.
    """

    id: str
    file: str
    place: int
    content: str | bytes = field(repr=False, default="")
    kind: str = "text"
    content_type: str | None = None
    published: date | None = None
    url: str | None = None
    error: str | None = None


def well_formed(text: str) -> str:
    """The text with a sign of replacement for each half of a surrogate pair, which no file can hold."""
    return text if text.isascii() else _LONE.sub("\ufffd", text)


def named(name: object) -> str:
    """A name of bounded length that every file can hold."""
    return well_formed(str(name)[:_LONGEST_NAME])


def day_of(value: object) -> date | None:
    """The day that a record gives ("2024-05-01T10:00:00Z"); None where it is none."""
    try:
        if isinstance(value, date):
            return date(value.year, value.month, value.day)
        return date.fromisoformat(value[:_A_DAY]) if isinstance(value, str) else None
    except (ValueError, TypeError):  # pandas has a day that is none
        return None


class Digest:
    """The digest of some texts, in their order: of all that a text is, so that nothing can change unseen."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def add(self, text: Text) -> None:
        """Take in one more text."""
        content = text.content if isinstance(text.content, bytes) else text.content.encode()
        facts: Iterable[object] = (text.id, text.file, text.place, text.kind, text.content_type)
        facts = (*facts, text.published, text.url, text.error, type(text.content).__name__)
        for piece in (repr(facts).encode("utf-8", "backslashreplace"), content):
            self._sum.update(len(piece).to_bytes(8, "big"))
            self._sum.update(piece)

    def hex(self) -> str:
        """SHA-256, in hexadecimal."""
        return self._sum.hexdigest()

"""The texts of a folder: what can be read of it, and what is left out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tallybook.book.problems import BookError, Problem
from tallybook.intake.draft import KINDS, draft_of
from tallybook.intake.folder_walk import files_below
from tallybook.intake.text_language import language_of

MOST_FILES = 100_000
LARGEST_FILE = 20_000_000
MOST_SAID = 5
"""How many of the files that are left out are named."""

_KIND_OF = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
            ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx"}  # fmt: skip
_READER = "tallybook.intake.article_text"


@dataclass(frozen=True, slots=True)
class TextRead:
    """``language``: None where it is none that is read."""

    text: str
    title: str | None = None
    published: str | None = None
    language: str | None = None


def files_in(folder: Path) -> Iterator[Path]:
    """The files of a folder that may hold a text, in the order of their names."""
    return files_below(folder, frozenset(_KIND_OF), MOST_FILES)


def read_folder_text(path: Path, raw: bytes) -> TextRead:
    """The text of one file. BookError where it cannot be read."""
    if len(raw) > LARGEST_FILE:
        raise BookError([Problem(str(path), 1, f"has more than {LARGEST_FILE:,} bytes. Split it.")])
    kind = _KIND_OF[path.suffix.lower()]
    if find_spec(_READER) is not None:
        read_article: Callable[..., TextRead] = import_module(_READER).read_article
        found = read_article(raw, name=str(path))
        return TextRead(found.text, found.title, found.published, language_of(found.text))
    if kind not in KINDS:
        raise BookError([Problem(str(path), 1, f"{kind} is not read here. Save its text as .txt.")])
    try:
        text = draft_of(raw.decode("utf-8-sig"), str(path), kind).text
    except UnicodeDecodeError:
        raise BookError([Problem(str(path), 1, "is not UTF-8. Save the file as UTF-8.")]) from None
    return TextRead(text, language=language_of(text))

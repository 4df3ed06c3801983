"""The texts of a folder: what can be read of it, and what is left out and why."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tallybook.book.problems import BookError, Problem
from tallybook.consistency.printed_numbers import word_set
from tallybook.intake.draft import KINDS, draft_of
from tallybook.reading.lexicon.language import languages

MOST_FILES = 100_000
LARGEST_FILE = 20_000_000
MOST_SAID = 5
"""How many of the files that are left out are named."""

_KIND_OF = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
            ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx"}  # fmt: skip
_READER = "tallybook.intake.article_text"
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4_000
_USUAL = {
    "en": word_set("the of and to in that is was for on with as by at from"),
    "de": word_set("der die das und nicht ist von mit den dem ein eine auf für"),
    "uk": word_set("і в на що не з та до за від це як про є"),
}
"""Words that stand in every text of a language."""

_LEAST_USUAL = 0.08


@dataclass(frozen=True, slots=True)
class TextRead:
    """``language``: None where it is none that is read."""

    text: str
    title: str | None = None
    published: str | None = None
    language: str | None = None


def files_in(folder: Path) -> Iterator[Path]:
    """The files of a folder that may hold a text, in the order of their names. No link is followed."""
    if not folder.is_dir():
        raise BookError([Problem(str(folder), 1, "is no folder. Name a folder of texts.")])
    count = 0
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            if path.suffix.lower() in _KIND_OF and not path.is_symlink() and path.is_file():
                count += 1
                if count > MOST_FILES:
                    message = f"has more than {MOST_FILES:,} texts. Name a folder inside it."
                    raise BookError([Problem(str(folder), 1, message)])
                yield path


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


def language_of(text: str) -> str | None:
    """The language by its commonest words; None where they are of none that is read.

    >>> language_of("The mayor said that the bridge was closed for a week in the spring")
    'en'
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    shares = {
        language: sum(word in usual for word in words) / len(words) if words else 0.0
        for language, usual in _USUAL.items()
        if language in languages()
    }
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= _LEAST_USUAL else None

"""Sentences of a page: text with quotations in it, which keep their language and lead somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tallybook.charts.wording import plain
from tallybook.prose import excerpt, quoted

PAGE_LANGUAGE = "en"
"""The language that the pages are written in."""


class Quote(NamedTuple):
    """Somebody's words in quotation marks. ``language``: "" where it is that of the page; ``path``: of the
    page in the site where they lead to, with its anchor; "" for nowhere."""

    words: str
    language: str = ""
    path: str = ""

    def __str__(self) -> str:
        return self.words


Sentence = tuple[str | Quote, ...]
"""Parts of text and quotations, one behind the other."""


def quote(words: str, language: str | None, path: str = "", limit: int | None = None) -> Quote:
    """Words of an article or a page as a quotation; an ellipsis where they are cut."""
    foreign = language if language not in (None, PAGE_LANGUAGE) else ""
    said = quoted(plain(words), limit) if foreign else excerpt(plain(words), limit)
    return Quote(said, foreign or "", path)


def text_of(sentence: Sentence) -> str:
    """The sentence without its links and languages."""
    return "".join(map(str, sentence))


def joined(parts: Sequence[Sentence], last: str = "and") -> Sentence:
    """a; a and b; a, b and c: as ``prose.listed`` does with texts."""
    found: list[str | Quote] = []
    for place, part in enumerate(parts):
        if place:
            found.append(f" {last} " if place == len(parts) - 1 else ", ")
        found += part
    return tuple(found)

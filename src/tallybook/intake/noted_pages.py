"""The notes of a writer's draft as pages to be seen: footnotes, endnotes and comments at the figures.

A note names a source and is none itself: nobody has seen the page yet, and it says so. A page that the book
knows already, by its address, is taken instead of a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from tallybook.book import Book
from tallybook.intake.article_text import Annotation
from tallybook.intake.found_figures import FoundFigure
from tallybook.intake.page_address import same_address
from tallybook.prose import clipped

LONGEST_LINE = 600
NOT_STATED = "not stated"
_LONGEST_URL = 480
_MOST_OF_ONE_NOTE = 10
_URL = re.compile(r"https?://[^\s<>\"”“»«\])]{3,480}")
_SAME_AGAIN = re.compile(r"(?:ibid(?:em)?|ebd|ebenda|the same|as above|dito|ditto)\b", re.IGNORECASE)


class NotedPages:
    """``made``: the pages that the notes name and the book has not, by id."""

    def __init__(self, notes: Sequence[Annotation], case: str, book: Book) -> None:
        self.made: dict[str, dict[str, Any]] = {}
        self._notes, self._case = list(notes), case
        self._known = {_place(page.url): page.id for page in book.sources.values() if page.url}
        self._taken = set(book.sources)
        self._pages: dict[int, list[str]] = {}

    def pages(self, note: Annotation) -> list[str]:
        """The ids of the pages that a note names: one an address, and one where it has none."""
        number = self._notes.index(note)
        if number not in self._pages:
            self._pages[number] = self._of(number, note)
        return self._pages[number]

    def _of(self, number: int, note: Annotation) -> list[str]:
        text = " ".join([note.text, *note.replies])
        if _SAME_AGAIN.match(note.text.strip()):
            before = next((n for n in reversed(self._notes[:number]) if n.kind == note.kind), None)
            if before is not None and _URL.search(text) is None:
                return self.pages(before)
        urls = list(dict.fromkeys(found.rstrip(".,;:'’") for found in _URL.findall(text)))[:_MOST_OF_ONE_NOTE]
        if not urls:
            words = f"{note.kind} {one_line(note.text).casefold()}"
            return [self._known.setdefault(words, "") or self._add(number, note, None, words)]
        return [self._known.get(_place(url)) or self._add(number, note, url, _place(url)) for url in urls]

    def _add(self, number: int, note: Annotation, url: str | None, known_by: str) -> str:
        base = made = f"{note_prefix(self._case)}{number + 1}"
        k = 2
        while made in self._taken:
            made, k = f"{base}-{k}", k + 1
        host = _host(url) if url else None
        self.made[made] = {
            "id": made,
            "publisher": one_line(host or NOT_STATED),
            "what": one_line(told(note)),
            **({"url": url} if url and host else {}),
            "kind": "secondary",
            "seen": False,
        }
        self._taken.add(made)
        self._known[known_by] = made
        return made


def note_prefix(case: str) -> str:
    """How the ids of pages begin that the notes of a draft name."""
    return f"{case[:56]}-note-"


def notes_at(figure: FoundFigure, notes: Iterable[Annotation]) -> list[Annotation]:
    """The notes on the words of a figure, wherever it is said; else those of its sentence."""
    places = [(anchor.start or 0, anchor.end or 0) for anchor in (figure.anchor, *figure.also)]
    known = list(notes)
    near = [n for n in known if any(n.start <= end + 1 and n.end >= start for start, end in places)]
    first, last = figure.mention.sentence
    return near or [n for n in known if first <= n.start <= last + 1]


def told(note: Annotation) -> str:
    """A note in a line: who wrote it, what it says, what was answered, and whether it is done."""
    author = f" of {note.author}" if note.author else ""
    done = " (resolved)" if note.resolved else ""
    return " – ".join([f"{note.kind}{author}{done}: {note.text}", *note.replies])


def one_line(text: str) -> str:
    """Words of others as one line that a file may hold."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return clipped(plain, LONGEST_LINE - 1) or NOT_STATED


def _place(url: str) -> str:
    return same_address(url) or url


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname if len(url) <= _LONGEST_URL else None
    except ValueError:
        return None

"""A book that can be trusted: read, joined, and checked as a whole; all problems told at once."""

from __future__ import annotations

from pathlib import Path

from tallybook.book.crosscheck import cross_check
from tallybook.book.load import Book, find_root, read_records
from tallybook.book.problems import BookError


def load_book(root: Path | None = None) -> Book:
    """The book of the project at or above ``root``.

    Raises BookError with every problem of every file: syntax, types, names that lead nowhere,
    relays in a circle, and figures that differ from the words they stand beside.
    """
    book, problems = read_records(find_root(root))
    problems += cross_check(book)
    if problems:
        raise BookError(problems)
    return book

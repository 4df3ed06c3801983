"""The YAML on disk as typed records, joined and checked; no comparing.

Each name is imported when it is first used: a book that was opened before needs no reader of words.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallybook.book.book import Book
    from tallybook.book.figure import Figure
    from tallybook.book.load import find_root, load_book
    from tallybook.book.periods import Period, parse_period
    from tallybook.book.problems import BookError, Problem, UnknownName
    from tallybook.book.records import Article, Claim, Measure, Origin, Source, Statement

__all__ = [
    "Article",
    "Book",
    "BookError",
    "Claim",
    "Figure",
    "Measure",
    "Origin",
    "Period",
    "Problem",
    "Source",
    "Statement",
    "UnknownName",
    "find_root",
    "load_book",
    "parse_period",
]

_HOME = {
    "Article": "records",
    "Book": "book",
    "BookError": "problems",
    "Claim": "records",
    "Figure": "figure",
    "Measure": "records",
    "Origin": "records",
    "Period": "periods",
    "Problem": "problems",
    "Source": "records",
    "Statement": "records",
    "UnknownName": "problems",
    "find_root": "load",
    "load_book": "load",
    "parse_period": "periods",
}


def __getattr__(name: str) -> Any:
    """Public names are found on first use (PEP 562)."""
    if name in _HOME:
        return getattr(import_module(f"tallybook.book.{_HOME[name]}"), name)
    raise AttributeError(f"module 'tallybook.book' has no attribute {name!r}")

"""The YAML on disk as typed records, joined and checked; no comparing."""

from tallybook.book.book import Book
from tallybook.book.figures import Figure
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

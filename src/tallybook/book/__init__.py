"""The YAML on disk as typed records, joined and checked; no comparing."""

from tallybook.book.figures import Figure, NoFigure, figure_of, in_words
from tallybook.book.load import Book, find_root, load_book
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
    "NoFigure",
    "Origin",
    "Period",
    "Problem",
    "Source",
    "Statement",
    "UnknownName",
    "figure_of",
    "find_root",
    "in_words",
    "load_book",
    "parse_period",
]

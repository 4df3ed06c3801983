"""The YAML on disk as typed records, joined and checked; no comparing."""

from tallybook.book.figures import Figure, NoFigure, figure_of, in_words
from tallybook.book.load import Book, find_root
from tallybook.book.periods import Period, parse_period
from tallybook.book.problems import BookError, Problem
from tallybook.book.records import Article, Claim, Measure, Origin, Source, Statement
from tallybook.book.sound import load_book

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
    "figure_of",
    "find_root",
    "in_words",
    "load_book",
    "parse_period",
]

"""Figures that may bear on a claim, wherever they stand: a statement of the book, a page, a file of a folder.

Nothing here looks at the measure of a statement: what a person linked already must not decide what is looked
at next, and a new page has no links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from tallybook.book import Book, Statement
from tallybook.book.figures import quantity_recorded
from tallybook.book.periods import Period, parse_period
from tallybook.book.records import Source
from tallybook.prose import FRACTION
from tallybook.quantity import Quantity
from tallybook.reading import read
from tallybook.reading.lexicon.language import languages

MOST_FIGURES = 40
"""Of one sentence no more figures are looked at; a sentence with more is a table."""

_FEWEST_OF_A_TITLE = 3
_NOT_LETTERS = re.compile(r"[\W_\d]+")

Days = tuple[int, int]
"""The first and the last day that a figure can be of, as ordinals."""


class Where(StrEnum):
    """Where a figure stands."""

    STATEMENT = "statement"
    PAGE = "page"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class FigureFound:
    """One figure in its sentence.

    ``quantities``: what the words state, in their own units; several where they name several numbers.
    ``name``: id of the statement, id of the source of a page, path of a file. ``start``: of the words in
    their ``sentence``, −1 where the sentence is not known beyond them. ``about``: title, notes and whatever
    else is said of the page; ``said_by``: who said it, and who printed it. ``days``: None where no date is
    known.
    """

    where: Where
    name: str
    words: str
    quantities: tuple[Quantity, ...]
    sentence: str
    start: int = 0
    about: str = ""
    said_by: str = ""
    publisher: str = ""
    days: Days | None = None
    language: str | None = None
    url: str | None = None
    observed: bool = True
    nouns: tuple[str, ...] = field(default=())

    @property
    def key(self) -> tuple[Where, str, str]:
        """What a decision on it names: of a statement its id alone."""
        return self.where, self.name, "" if self.where is Where.STATEMENT else self.words


def figures_of_statements(book: Book) -> Iterator[FigureFound]:
    """Every statement of the book that has a number. Those of dates have none."""
    for statement in book.statements.values():
        source = book.source_of[statement.id]
        quantities, nouns = _stated(statement, source.language)
        if not quantities:
            continue
        said_by = [statement.speaker, statement.speaker_org, book.origins[statement.speaker_id].name]
        about = [source.title or title_in(source.url), statement.part, statement.scope_note]
        yield FigureFound(
            Where.STATEMENT,
            statement.id,
            statement.words,
            quantities,
            statement.words,
            about=" · ".join(filter(None, about)),
            said_by=" · ".join(filter(None, said_by)),
            publisher=source.publisher,
            days=days_of_statement(statement, source),
            language=source.language,
            url=source.url,
            observed=statement.status.alike == "observed",
            nouns=nouns,
        )


def _stated(statement: Statement, language: str | None) -> tuple[tuple[Quantity, ...], tuple[str, ...]]:
    """What the words state, and what a person recorded where they are not read; with the nouns counted."""
    mentions = list(read(statement.words, language=language)) if language in languages() else []
    nouns = tuple(mention.noun for mention in mentions if mention.noun)
    found = [mention.quantity for mention in mentions[:MOST_FIGURES]]
    if statement.recorded is not None:
        recorded = quantity_recorded(statement.recorded)
        same = [one for one in found if _one_number(one, recorded)]
        if recorded.unit is None and len(same) == 1:
            return (same[0],), nouns
        found = [recorded, *(one for one in same if one.unit != recorded.unit)]
    return tuple(found), nouns


def _one_number(read_: Quantity, recorded: Quantity) -> bool:
    scale = 0.01 if read_.unit == "percent" and recorded.unit == FRACTION else 1.0
    return abs(read_.low * scale - recorded.low) <= 1e-6 * abs(recorded.low) or read_.high == recorded.high


def title_in(url: str | None) -> str | None:
    """The title that an address carries in its last part: "…/2024/troops-in-the-north-1234.html".

    None where that has fewer than three words.
    """
    if url is None:
        return None
    for part in reversed(urlsplit(url).path.split("/")):
        words = [word for word in _NOT_LETTERS.split(unquote(part.partition(".")[0])) if word.isalpha()]
        if len(words) >= _FEWEST_OF_A_TITLE:
            return " ".join(words)
    return None


def days_of_statement(statement: Statement, source: Source) -> Days | None:
    """By its period, else by when it was said, else by its page's date."""
    for text in (statement.reference_period, statement.stated):
        period = _parsed(text)
        if period is not None:
            return days_of(period)
    return days_of(source.published) if source.published is not None else None


def days_of(period: Period) -> Days:
    """An open end has no day of its own: the other end stands for it."""
    first, last = period.start.toordinal(), period.end.toordinal()
    if period.open_start:
        first = period.end_from.toordinal() if not period.open_end else last
    elif period.open_end:
        last = period.start_to.toordinal()
    return (first, last) if first <= last else (last, first)


def _parsed(text: str | None) -> Period | None:
    try:
        return parse_period(text) if text else None
    except ValueError:
        return None  # a fiscal year without its measure's first month

"""The review of a draft: one figure after the other, each answer written at once.

The file itself says how far a person has come: what is guessed still is open. So a review can stop at any
moment and go on another day, or by another person.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tallybook.book import Article, Book
from tallybook.book.load import book_of
from tallybook.book.problems import BookError, Problem, require_name
from tallybook.book.records import Claim, FigureOfArticle
from tallybook.intake import edits
from tallybook.intake.case_file import EditedFile, cached_text, case_name, files_of
from tallybook.intake.case_lines import CaseStatus, ids, status_of_case
from tallybook.intake.measure_guess import MeasureGuess, Offered
from tallybook.reading import Mention, Reading, read
from tallybook.reading.lexicon.language import languages
from tallybook.terms import State


class Review:
    """A draft under review. BookError for a case that cannot be changed; UnknownName for one that is not."""

    def __init__(self, root: Path, id_: str) -> None:
        self.root, self.id = root, id_
        self.book: Book = book_of(files_of(root), root)
        require_name("article", id_, self.book.articles)
        self.file = EditedFile(root, case_name(id_))
        self._text = cached_text(root, self.article)
        self._guess = MeasureGuess(self.book)

    @property
    def article(self) -> Article:
        return self.book.articles[self.id]

    @property
    def status(self) -> CaseStatus:
        return status_of_case(self.article)

    def open(self) -> list[FigureOfArticle]:
        """The figures that nobody has looked at, or that have no measure, in the order of the text."""
        return [figure for figure in self.article.figures if is_open(figure)]

    def sentence(self, figure: FigureOfArticle) -> tuple[str, str, str]:
        """(before, words, behind) of the figure in its sentence; of its anchor where the text is not kept."""
        context, at = self._context(figure)
        end = at + len(figure.anchor.exact)
        mention = next(iter(_at(read(context, language=self._language), at, end)), None)
        first, last = mention.sentence if mention else (0, len(context))
        first, last = min(first, at), max(last, end)
        return context[max(first, at - 300) : at], context[at:end], context[end : min(last, end + 300)]

    def mention(self, figure: FigureOfArticle) -> tuple[Mention, Reading] | None:
        """What the words of a figure state in their sentence; None where they cannot be read."""
        if self.article.language not in languages():
            return None
        context, at = self._context(figure)
        reading = read(context, language=self._language)
        found = next(iter(_at(reading, at, at + len(figure.anchor.exact))), None)
        return (found, reading) if found is not None else None

    def offered(self, figure: FigureOfArticle) -> list[Offered]:
        """The measures to choose from, that of the draft first."""
        found = self.mention(figure)
        offered = self._guess.offered(*found, figure.attributed_to or "") if found else []
        if isinstance(figure, Claim):
            offered.sort(key=lambda one: one.measure.id != figure.measure)
        return offered

    # Answers

    def keep(self, id_: str, measure: str | None = None) -> None:
        def step(data: Any) -> None:
            if measure is not None:
                edits.give(data, id_, "measure", measure)
            edits.keep(data, id_)

        self._change(step)

    def choose(self, id_: str, measure: str) -> None:
        self._change(lambda data: edits.give(data, id_, "measure", measure))

    def set_aside(self, id_: str, because: str) -> None:
        self._change(lambda data: edits.set_aside(data, id_, because))

    def edit(self, id_: str, field: str, value: Any) -> None:
        self._change(lambda data: edits.give(data, id_, field, value))

    def undo(self) -> bool:
        """Take the last answer of this sitting back; False where there is none."""
        undone = self.file.undo()
        if undone:
            self.reload()
        return undone

    def done(self) -> None:
        """A person says that every figure was looked at. BookError while anything is open."""
        status = self.status
        problems = []
        if status.guessed:
            told = f"nobody has looked at {ids(status.guessed)} yet. Run: tallybook review {self.id}"
            problems.append(Problem(self.file.name, 1, told))
        if status.unmeasured:
            told = f"{ids(status.unmeasured)}: no measure yet. Give each one, or set it aside."
            problems.append(Problem(self.file.name, 1, told))
        if problems:
            raise BookError(problems)

        def step(data: Any) -> None:
            data["state"] = str(State.REVIEWED)

        self._change(step)

    def reload(self) -> None:
        """Read the book again, after a step of another file of it."""
        self.book = book_of(files_of(self.root), self.root)
        self._guess = MeasureGuess(self.book)

    def _change(self, step: Any) -> None:
        self.book = self.file.change(step)

    @property
    def _language(self) -> str:
        return self.article.language if self.article.language in languages() else "en"

    def _context(self, figure: FigureOfArticle) -> tuple[str, int]:
        """The paragraph around the words, and where they stand in it."""
        anchor = figure.anchor
        text, start = self._text, anchor.start
        if text is None or start is None or text[start : start + len(anchor.exact)] != anchor.exact:
            return f"{anchor.prefix}{anchor.exact}{anchor.suffix}", len(anchor.prefix)
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", start)
        return text[first : last if last >= 0 else len(text)], start - first


def is_open(figure: FigureOfArticle) -> bool:
    return bool(figure.guessed) or not isinstance(figure, Claim)


def _at(reading: Reading, start: int, end: int) -> Iterator[Mention]:
    return (mention for mention in reading if mention.start < end and mention.end > start)

"""The review of a draft: one figure after the other, each answer written at once.

The file itself says how far a person has come: what is guessed still is open. So a review can stop at any
moment and go on another day, or by another person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.book import Article, Book
from tallybook.book.load import book_of
from tallybook.book.problems import BookError, Problem, require_name
from tallybook.book.records import Claim, FigureOfArticle
from tallybook.book.units import is_time, unit_parts
from tallybook.intake import edits
from tallybook.intake.case_file import EditedFile, cached_text, case_name, files_of
from tallybook.intake.case_lines import facts_of, ids, measure_of, reading_of
from tallybook.intake.case_status import CaseStatus, status_of_case
from tallybook.intake.measure_guess import MeasureGuess, Offered
from tallybook.intake.new_measure import add_measure
from tallybook.intake.sheet import Difference
from tallybook.reading import Mention, Reading, read
from tallybook.reading.lexicon.language import languages
from tallybook.terms import State


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure as a person sees it. ``number``, ``of``: its place among all; ``sentence``: (before, words,
    behind); ``measure``: that of the draft, or that there is none yet; ``offered``: those to choose from."""

    id: str
    number: int
    of: int
    words: str
    reading: str
    sentence: tuple[str, str, str]
    facts: list[str]
    measure: str
    offered: list[Offered]


NO_CLAIM = "a person says that it is no claim"


class Review:
    """A draft under review. BookError for a case that cannot be changed; UnknownName for one that is not."""

    def __init__(self, root: Path, id_: str) -> None:
        self.root, self.id = root, id_
        self.book: Book = book_of(files_of(root), root)
        require_name("article", id_, self.book.articles)
        self.file = EditedFile(root, case_name(id_))
        self._text = cached_text(root, self.article)
        self._guess = MeasureGuess(self.book)
        self._steps: list[list[EditedFile]] = []

    @property
    def article(self) -> Article:
        return self.book.articles[self.id]

    @property
    def status(self) -> CaseStatus:
        return status_of_case(self.article, self.book)

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

    def unit_before(self, figure: FigureOfArticle) -> str:
        """What the nearest figure before it in its paragraph counts; empty where none does."""
        place = (figure.anchor.paragraph, figure.anchor.start or 0)
        for other in reversed(self.article.figures):
            if other.anchor.paragraph != place[0] or (other.anchor.start or 0) >= place[1]:
                continue
            if isinstance(other, Claim):
                unit = unit_parts(self.book.measures[other.measure].unit)[0]
            else:
                found = self.mention(other)
                unit = found[0].unit or "" if found else ""
            if unit and unit not in ("fraction", "percent") and not is_time(unit):
                return unit
        return ""

    def offered(self, figure: FigureOfArticle) -> list[Offered]:
        """The measures to choose from, that of the draft first."""
        found = self.mention(figure)
        offered = self._guess.offered(*found, figure.attributed_to or "") if found else []
        if isinstance(figure, Claim):
            offered.sort(key=lambda one: one.measure.id != figure.measure)
        return offered

    # Answers

    def keep(self, id_: str, measure: str | None = None) -> None:
        """A person has looked at the figure; ``measure``: which it is of, where it is another."""

        def step(data: Any) -> None:
            if measure is not None:
                edits.give(data, id_, "measure", measure)
            edits.keep(data, id_)

        self._change(step)

    def set_aside(self, id_: str, because: str = NO_CLAIM) -> None:
        self._change(lambda data: edits.set_aside(data, id_, because))

    def edit(self, id_: str, field: str, value: Any) -> None:
        self._change(lambda data: edits.give(data, id_, field, value))

    def new_measure(self, id_: str, data: dict[str, Any]) -> None:
        """Add a measure to the book, and keep the figure with it."""
        measures = add_measure(self.root, data)
        self.book = book_of(files_of(self.root), self.root)
        self._guess = MeasureGuess(self.book)
        self.keep(id_, data["id"])
        self._steps[-1].append(measures)

    def take(self, found: Iterable[Difference]) -> None:
        """What a sheet says otherwise."""
        self._change(lambda data: edits.take(data, found))

    def undo(self) -> str | None:
        """Take the last answer back, also one of an earlier sitting: the ids of the figures that it was
        about, "" where it was about none; None where there is nothing to undo."""
        before = self.article
        step = self._steps[-1] if self._steps else [self.file]
        book = step[0].undo()
        if book is None:
            return None
        if self._steps:
            self._steps.pop()
        self.book = book
        for file in step[1:]:
            self.book = file.undo() or self.book
            self._guess = MeasureGuess(self.book)
        return ids(_changed(before, self.article))

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

    def _change(self, step: Callable[[Any], None]) -> None:
        self.book = self.file.change(step)
        self._steps.append([self.file])

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


def shown_figure(review: Review, figure: FigureOfArticle) -> ShownFigure:
    """All that a person needs to answer for a figure."""
    figures = review.article.figures
    also = f", said {len(figure.also) + 1} times" if figure.also else ""
    guessed = " (guessed)" if "measure" in figure.guessed else ""
    return ShownFigure(
        id=figure.id,
        number=next(i for i, one in enumerate(figures, 1) if one.id == figure.id),
        of=len(figures),
        words=f"“{figure.anchor.exact}” ¶{figure.anchor.paragraph}{also}",
        reading=reading_of(figure, review.article.language),
        sentence=review.sentence(figure),
        facts=facts_of(figure, review.book),
        measure=f"{measure_of(figure) or 'none yet'}{guessed}",
        offered=review.offered(figure),
    )


def _changed(before: Article, after: Article) -> Iterator[str]:
    """The ids of the figures that are not as they were."""
    then = {figure.id: figure for figure in before.figures}
    now = {figure.id: figure for figure in after.figures}
    return (id_ for id_ in {**now, **then} if then.get(id_) != now.get(id_))


def is_open(figure: FigureOfArticle) -> bool:
    return bool(figure.guessed) or not isinstance(figure, Claim)


def _at(reading: Reading, start: int, end: int) -> Iterator[Mention]:
    return (mention for mention in reading if mention.start < end and mention.end > start)

"""A book held against its own rules, its tables, an article's text, and what a person accepted of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tallybook.book.accepted import Accepted, accepted_name, read_accepted, stray_accepted
from tallybook.book.book import Book
from tallybook.book.load import load_book
from tallybook.book.nobody import nobody_warnings
from tallybook.book.problems import NO_ARTICLE, BookError, Problem, require_name
from tallybook.book.quotes import TextCheck, check_quotes
from tallybook.book.records import Article
from tallybook.estimates.doubts import doubts
from tallybook.intake.given_text import given_text
from tallybook.intake.table_checks import check_tables
from tallybook.tables.case import Case
from tallybook.tables.every_case import EveryCase
from tallybook.tables.held import CHECK, Held, held, held_of, problems_of
from tallybook.tables.opened import OpenBook
from tallybook.terms import Consistency


@dataclass(frozen=True)
class CheckedCase:
    """A case beside what was accepted of it.

    ``held``: None where nothing was accepted yet, as of every draft; ``case``: where it was opened for a
    person who may accept it, with ``accepted``, what was accepted before.
    """

    book: Book
    id: str
    held: Held | None = None
    case: Case | None = None
    accepted: Accepted | None = None

    @property
    def is_draft(self) -> bool:
        return self.book.articles[self.id].is_draft

    @property
    def is_new(self) -> bool:
        return self.held is None and not self.is_draft

    @property
    def file(self) -> str:
        """What a person accepted of it; relative to the project."""
        return accepted_name(self.id)

    def line(self, claim: str) -> int:
        """The line of a claim in the article's file; that of the list of claims where it has none such."""
        places = {known.id: k for k, known in enumerate(self.book.articles[self.id].claims)}
        path = ("claims", places[claim]) if claim in places else ("claims",)
        return self.book.lines[f"claims/{self.id}.yaml"].line(path)


@dataclass
class CheckedBook:
    """``lines``: what was found in order; ``problems``: the book cannot be compared as it stands, and what
    comes after the first step that has some was not looked at; ``warnings``: it can, and deserves a second
    look; ``cases``: those held against what was accepted; ``notes``: what else a person should know."""

    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    cases: list[CheckedCase] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class ArticleNotNamed(Exception):
    """A text was given without its article, and there is not just one. ``known``: the ids of those."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = tuple(known)
        super().__init__(self.known)


Watched = Callable[[EveryCase], AbstractContextManager[Callable[[EveryCase], None]]]
"""What shows how far the cases are."""


@contextmanager
def _unwatched(every: EveryCase) -> Iterator[Callable[[EveryCase], None]]:
    yield lambda every: None


def check_book(
    root: Path,
    *,
    article: str | None = None,
    text: Path | None = None,
    verdicts: bool = False,
    every: bool = False,
    jobs: int | None = None,
    watched: Watched = _unwatched,
) -> CheckedBook:
    """Check the project at ``root``.

    ``article``: the one of the ``text``, and the only one whose ``verdicts`` are held against those accepted.
    ``every``: hold those of every article, and its figures against each other, by ``jobs`` processes (None:
    what pays off), ``watched``. UnknownName where there is no such article; ArticleNotNamed for a text of
    nobody knows which; ProcessLost as of :func:`tallybook.book.processes.each`.
    """
    checked = CheckedBook()
    try:
        opened = _check(checked, root, article, text)
        if every:
            _every(checked, opened, jobs, watched)
        elif verdicts:
            checked.cases = _against_accepted(opened, article)
    except BookError as error:
        checked.problems = error.problems
    return checked


def _check(checked: CheckedBook, root: Path, article: str | None, text: Path | None) -> OpenBook:
    """The book as a whole, its tables and a text."""
    book = load_book(root)
    if article is not None:
        require_name("article", article, book.articles)
    of_text = _of_text(book, book.articles[article or _only(book)], text) if text else None
    checked.lines += [*(of_text.found if of_text else ()), book.summary()]
    if not book.articles:
        checked.lines.append(NO_ARTICLE)
    tables = check_tables(book)
    if tables.line:
        checked.lines.append(tables.line)
    if tables.problems:
        raise BookError(tables.problems)
    opened = OpenBook(book)
    checked.warnings = [
        *sorted([*nobody_warnings(book), *doubts(opened.evidence)]),
        *tables.warnings,
        *(of_text.warnings if of_text else ()),
    ]
    return opened


def _of_text(book: Book, article: Article, file: Path) -> TextCheck:
    given = given_text(file, article)
    return check_quotes(book, article, file, given.text, as_in_file=given.as_in_file)


def _every(checked: CheckedBook, opened: OpenBook, jobs: int | None, watched: Watched) -> None:
    """Each article against what was accepted of it, and against itself. BookError as below."""
    book = opened.book
    every, problems = EveryCase(opened, CHECK), stray_accepted(book.root, book.articles)
    with watched(every) as watch, closing(every.answers(jobs, watch)) as answers:
        for id_, told in answers:
            case = CheckedCase(book, id_, held_of(told))
            problems += problems_of(told)
            checked.cases.append(case)
            checked.warnings += [_inconsistent(case, **one) for one in told["figures"]]
    checked.notes += every.notes
    if problems:
        checked.cases = []
        raise BookError(problems)


def _inconsistent(case: CheckedCase, test: str, about: Sequence[str], why: str) -> Problem:
    message = f"{Consistency.INCONSISTENT.meaning} ({test}: {', '.join(about)}): {why}"
    return Problem(f"claims/{case.id}.yaml", case.line(about[0]), message)


def _only(book: Book) -> str:
    if len(book.articles) != 1:
        raise ArticleNotNamed(book.articles)
    return next(iter(book.articles))


def _against_accepted(book: OpenBook, article: str | None) -> list[CheckedCase]:
    """Every case, or that of one article. BookError: a file of what was accepted cannot be read."""
    cases = [book[article]] if article is not None else list(book.values())
    asked = {case.id for case in cases if not case.article.is_draft}
    accepted = read_accepted(book.book.root, asked, set(book))
    return [
        CheckedCase(book.book, case.id, held(accepted[case.id], case), case, accepted[case.id])
        if case.id in accepted
        else CheckedCase(book.book, case.id, case=case)
        for case in cases
    ]

"""A book held against its own rules, its tables, an article's text, and what a person accepted of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from tallybook.book.accepted import Accepted, accepted_name, read_accepted
from tallybook.book.book import Book
from tallybook.book.load import load_book
from tallybook.book.nobody import nobody_warnings
from tallybook.book.problems import NO_ARTICLE, BookError, Problem, require_name
from tallybook.book.quotes import check_quotes
from tallybook.estimates.doubts import doubts
from tallybook.intake.table_checks import check_tables
from tallybook.tables.acceptance import Changes, changes
from tallybook.tables.case import Case
from tallybook.tables.opened import OpenBook


@dataclass(frozen=True)
class CheckedCase:
    """A case beside what was accepted of it.

    ``before``: None where nothing was accepted yet, as of every draft; ``found``: the changes since then.
    """

    case: Case
    before: Accepted | None = None
    found: Changes | None = None

    @property
    def is_draft(self) -> bool:
        return self.case.article.is_draft

    @property
    def is_new(self) -> bool:
        return self.before is None and not self.is_draft

    @property
    def file(self) -> str:
        """What a person accepted of it; relative to the project."""
        return accepted_name(self.case.id)

    def line(self, claim: str) -> int:
        """The line of a claim in the article's file; that of the list of claims where it has none such."""
        places = {known.id: k for k, known in enumerate(self.case.article.claims)}
        path = ("claims", places[claim]) if claim in places else ("claims",)
        return self.case.book.lines[f"claims/{self.case.id}.yaml"].line(path)


@dataclass
class CheckedBook:
    """``lines``: what was found in order; ``problems``: the book cannot be compared as it stands, and what
    comes after the first step that has some was not looked at; ``warnings``: it can, and deserves a second
    look; ``cases``: those held against what was accepted."""

    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    cases: list[CheckedCase] = field(default_factory=list)


class ArticleNotNamed(Exception):
    """A text was given without its article, and there is not just one. ``known``: the ids of those."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = tuple(known)
        super().__init__(self.known)


def check_book(
    root: Path, *, article: str | None = None, text: Path | None = None, verdicts: bool = False
) -> CheckedBook:
    """Check the project at ``root``.

    ``article``: the one of the ``text``, and the only one whose ``verdicts`` are held against those accepted.
    UnknownName where there is none such; ArticleNotNamed where a text is of nobody knows which.
    """
    checked = CheckedBook()
    try:
        _check(checked, root, article, text, verdicts)
    except BookError as error:
        checked.problems = error.problems
    return checked


def _check(checked: CheckedBook, root: Path, article: str | None, text: Path | None, verdicts: bool) -> None:
    book = load_book(root)
    if article is not None:
        require_name("article", article, book.articles)
    of_text = check_quotes(book, book.articles[article or _only(book)], text) if text else None
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
    if verdicts:
        checked.cases = _against_accepted(opened, article)


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
        CheckedCase(case, accepted[case.id], changes(accepted[case.id], case))
        if case.id in accepted
        else CheckedCase(case)
        for case in cases
    ]

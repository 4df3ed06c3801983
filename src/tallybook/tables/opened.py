"""The book of a project, and its cases by the id of their article."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tallybook.book import Book, load_book
from tallybook.book.problems import UnknownName, require_name
from tallybook.prose import counted

if TYPE_CHECKING:
    import pandas as pd

    from tallybook.estimates.evidence import Evidence
    from tallybook.tables.case import Case


def open_book(root: str | Path | None = None) -> OpenBook:
    """Open the project at ``root``, else the one around the working folder.

    BookError lists every problem of the book.
    """
    return OpenBook(load_book(Path(root) if root is not None else None))


WHOLE, ONE = "tallybook.book", "tallybook.case"
"""Events (``sys.audit``) by which a report learns what a notebook depends on: all of the book, or one case,
with its id."""


class OpenBook(Mapping[str, "Case"]):
    """The cases of a project by the id of their article; they share the estimates of the book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def _evidence(self) -> Evidence:
        from tallybook.estimates.evidence import Evidence

        return Evidence(self._book)

    @property
    def book(self) -> Book:
        """All records."""
        sys.audit(WHOLE)
        return self._book

    @property
    def evidence(self) -> Evidence:
        """The estimates of all records."""
        sys.audit(WHOLE)
        return self._evidence

    def __getitem__(self, article: str) -> Case:
        """The case of an article; UnknownName if there is none."""
        from tallybook.tables.case import Case

        require_name("article", article, self._book.articles)
        sys.audit(ONE, article)
        return Case(self._evidence, self._book.articles[article])

    def __contains__(self, article: object) -> bool:
        return article in self.book.articles

    def __iter__(self) -> Iterator[str]:
        return iter(self.book.articles)

    def __len__(self) -> int:
        return len(self.book.articles)

    def __repr__(self) -> str:
        return f"<OpenBook: {self.book.summary()}>"

    def cases(self) -> pd.DataFrame:
        """One row per article: case, title, publisher, published, claims, and its answer in one sentence."""
        import pandas as pd

        rows = [
            {
                "case": case.id,
                "title": case.title,
                "publisher": case.publisher,
                "published": pd.Timestamp(case.published),
                "claims": len(case.article.claims),
                "answer": case.answer,
            }
            for case in self.values()
        ]
        return pd.DataFrame(rows, columns=["case", "title", "publisher", "published", "claims", "answer"])

    def source_table(
        self, file: str | Path, sql: str | None = None, *, write: bool = False, **given: str
    ) -> pd.DataFrame:
        """A table (CSV, Parquet, Excel) as a source: its columns (column, type, example); with ``sql`` what
        it gives (value, rows, which); with ``measure`` and ``origin`` the statement (field, says).

        ``given``: period, base_period, status, scope, id, source, publisher, title, url, published, kind,
        sheet, header: as ``tallybook source table`` takes them. ``write`` writes the statement; open the book
        again to see it. BookError where something is refused; nothing is written then.
        """
        room = import_module("tallybook.intake.notebook_table")  # what comes in from outside knows books
        table: pd.DataFrame = room.source_table(self.book, Path(file), sql, write, given)
        return table

    @property
    def first(self) -> str:
        """The id of the first article, in the order of the files; UnknownName where the book has none yet."""
        for article in self:
            return article
        raise UnknownName("article", "first", ())

    @property
    def answer(self) -> str:
        """How many articles the book checks, in one sentence."""
        if not self:
            return "This book has no article yet."
        return f"This book checks {counted(len(self), 'article')}."

    def _repr_html_(self) -> str:
        from tallybook.tables.notebook import show

        columns = ["title", "answer", "publisher", "published", "case"]
        names = {"title": "article", "case": "id"}
        return show(self.cases(), self.book.summary(), columns, names)._repr_html_()

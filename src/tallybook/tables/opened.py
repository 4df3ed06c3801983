"""A project's book, and its cases by the id of their article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from tallybook.book import Book, load_book
from tallybook.book.problems import require_name
from tallybook.estimates.families import families, independence
from tallybook.tables.case import Case
from tallybook.tables.rows import day_cell


def open_book(root: str | Path | None = None) -> OpenBook:
    """The project at ``root``, or around the working folder. BookError tells all that is wrong with it."""
    return OpenBook(load_book(Path(root) if root is not None else None))


class OpenBook(Mapping[str, "Case"]):
    """The cases of a project by the id of their article."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def __getitem__(self, article: str) -> Case:
        """The case of an article. Raises UnknownName for another id."""
        require_name("article", article, self.book.articles)
        return Case(self.book, self.book.articles[article])

    def __iter__(self) -> Iterator[str]:
        return iter(self.book.articles)

    def __len__(self) -> int:
        return len(self.book.articles)

    def __repr__(self) -> str:
        return f"OpenBook({', '.join(self)})"

    def sources(self) -> pd.DataFrame:
        """One row a page: source, publisher, published, tier, language, seen, statements, title, url."""
        rows = [
            {
                "source": s.id,
                "publisher": s.publisher,
                "published": day_cell(s.published),
                "tier": s.kind,
                "language": s.language or "",
                "seen": s.seen,
                "statements": len(s.statements),
                "title": s.title or s.what or "",
                "url": s.url or "",
            }
            for s in self.book.sources.values()
        ]
        return pd.DataFrame(rows)

    def groups(self) -> pd.DataFrame:
        """One row a statement that repeats an utterance others repeat too: group, what, statement, words."""
        rows = [
            {
                "group": group.id,
                "what": group.what,
                "statement": s,
                "publisher": self.book.source_of[s].publisher,
                "words": self.book.statements[s].words,
            }
            for group in self.book.groups.values()
            for s in group.statements
        ]
        return pd.DataFrame(rows)

    def origins(self) -> pd.DataFrame:
        """One row an origin: its family, what joins it to others of the family, its method and interests."""
        folded, joined = families(self.book), independence(self.book)
        rows = []
        for origin in self.book.origins.values():
            links = sorted({why for _, _, why in joined.edges(origin.id, data="why")})
            rows.append(
                {
                    "origin": origin.id,
                    "name": origin.name,
                    "family": folded[origin.id].name,
                    "independent": folded[origin.id].independent,
                    "joined_by": ", ".join(links),
                    "sums_up": ", ".join(sorted(folded[origin.id].sums_up)),
                    "party_to": origin.party_to or "",
                    "method": origin.method or "",
                    "statements": sum(s.origin == origin.id for s in self.book.statements.values()),
                }
            )
        return pd.DataFrame(rows)

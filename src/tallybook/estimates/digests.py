"""What everything in the site is made of, as digests: the records of a case, the whole book."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tallybook.book.accepted import accepted_digest
from tallybook.book.kept_files import digest

if TYPE_CHECKING:
    from pydantic import BaseModel

    from tallybook.book import Book
    from tallybook.estimates.evidence import Evidence

Named = tuple[Collection[str], Collection[str]]
"""Ids of statements and of pages, which the book may not have."""

NOTHING: Named = ((), ())


def key(*parts: Any) -> str:
    """The digest of what JSON can hold."""
    return digest(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode(errors="surrogatepass"))


class Records:
    """Digests of the records of a book, each made when it is first asked for."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._of_case: dict[str, str] = {}

    @cached_property
    def whole(self) -> str:
        """Of the whole book."""
        return self._digest(self._evidence.book)

    @cached_property
    def _parts(self) -> Any:
        from tallybook.estimates.part import Parts

        return Parts(self._evidence)

    def of(self, case: str) -> str:
        """Of whatever a case depends on; "" for one that the book does not have."""
        if case not in self._of_case:
            article = self._evidence.book.articles.get(case)
            self._of_case[case] = self._digest(self._parts.of(article)) if article else ""
        return self._of_case[case]

    def of_named(self, case: str, named: Named) -> str:
        """Of the same, and of what else is named."""
        return self._digest(self.part(case, named)) if any(named) else self.of(case)

    def part(self, case: str, named: Named = NOTHING) -> Book:
        """The part of the book that a case is made of, with what else is named."""
        part: Book = self._parts.of(self._evidence.book.articles[case], *named)
        return part

    def _digest(self, book: Book) -> str:
        found = hashlib.sha256()
        for line in _lines(book):
            found.update(line.encode())
            found.update(b"\n")
        return found.hexdigest()


def _lines(book: Book) -> Iterator[str]:
    """Every record of a book, as text."""
    yield repr(book.policy)
    yield json.dumps(book.parties)
    yield book.imprint.model_dump_json()
    yield from (rate.model_dump_json() for rate in book.rates)
    kinds: tuple[Mapping[str, BaseModel], ...] = (
        book.measures, book.origins, book.groups, book.derivations, book.sources, book.articles,
    )  # fmt: skip
    for records in kinds:
        yield from (f"{id_} {record.model_dump_json()}" for id_, record in records.items())
    for id_ in book.articles:
        yield f"{id_} accepted {accepted_digest(book.root, id_)}"

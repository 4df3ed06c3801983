"""The part of a book that one case is made of: a smaller book, from which the case comes out the same.

It is what a kept page of the case depends on. In doubt a record is in it: a page is then made once too often,
never once too seldom. A test asks everything of each case of the part, and of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Generic, TypeVar

from tallybook.book import Article, Book, Figure, Measure, Origin, Statement
from tallybook.estimates.claim_terms import claim_terms
from tallybook.estimates.evidence import Evidence

T = TypeVar("T")


class _Ordered(Generic[T]):
    """Records by id, of which some are taken in the order of the book without looking at the others."""

    def __init__(self, records: Mapping[str, T]) -> None:
        self._records = records
        self._place = {id_: number for number, id_ in enumerate(records)}

    def of(self, ids: Iterable[str]) -> dict[str, T]:
        there = {id_ for id_ in ids if id_ in self._place}
        return {id_: self._records[id_] for id_ in sorted(there, key=self._place.__getitem__)}


class Parts:
    """The parts of a book, one for each article. What a part costs depends on the part, not on the book."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        book = evidence.book
        self._of_measure: dict[str, list[str]] = defaultdict(list)
        for statement in book.statements.values():
            self._of_measure[statement.measure].append(statement.id)
        self._together = {s.id: [other.id for other in said] for said in evidence.utterances for s in said}
        self._speak_for: dict[str, list[str]] = defaultdict(list)
        for origin in book.origins.values():
            if origin.speaks_for:
                self._speak_for[origin.speaks_for].append(origin.id)
        self._derived: dict[str, list[str]] = defaultdict(list)
        for derivation in book.derivations.values():
            self._derived[derivation.measure].append(derivation.id)
        self._groups: dict[str, list[str]] = defaultdict(list)
        for id_, group in book.groups.items():
            for said in group.statements:
                self._groups[said].append(id_)
        self._figures: dict[str, dict[tuple[str, str], Figure]] = defaultdict(dict)
        for key, figure in book.figure_of_claim.items():
            self._figures[key[0]][key] = figure
        self._families = {family.id: family for family in evidence.families.values()}
        self._statements_by_id, self._sources = _Ordered(book.statements), _Ordered(book.sources)
        self._measures_by_id, self._origins_by_id = _Ordered(book.measures), _Ordered(book.origins)
        self._parties, self._groups_by_id = _Ordered(book.parties), _Ordered(book.groups)
        self._derivations, self._group_of = _Ordered(book.derivations), _Ordered(book.group_of)

    def of(self, article: Article, named: Iterable[str] = (), pages: Iterable[str] = ()) -> Book:
        """The book of one article: it alone, with the measures, statements, pages, origins, groups and
        derivations that can change anything said of it. Widths, rates and imprint are those of the book.

        ``named``, ``pages``: ids of statements and pages that are in it too, where the book has them.
        """
        book = self.evidence.book
        of_case = self.evidence.measures_of(article)
        derived = self._derivations.of(id_ for measure in of_case for id_ in self._derived[measure])
        cited = {page for claim in article.claims for page in claim.cites}
        cited.update(page for page in pages if page in book.sources)
        others = [id_ for d in derived.values() for id_ in d.of]
        others += [id_ for id_ in named if id_ in book.statements]
        known = self._statements(of_case, cited, others)
        statements = self._statements_by_id.of(known)
        measures = self._measures([*of_case, *(s.measure for s in statements.values())])
        origins = self._origins(article, statements.values(), cited)
        pages = cited | {book.source_of[id_].id for id_ in statements}
        sources = {
            id_: source.model_copy(update={"statements": [s for s in source.statements if s.id in known]})
            for id_, source in self._sources.of(pages).items()
        }
        parties = {o.speaks_for for o in origins.values()} | {m for o in origins.values() for m in o.members}
        return replace(
            book,
            measures=self._measures_by_id.of(measures),
            origins=origins,
            parties=self._parties.of(id_ for id_ in parties if id_),
            groups=self._groups_by_id.of(group for id_ in known for group in self._groups.get(id_, ())),
            derivations=derived,
            sources=sources,
            articles={article.id: article},
            statements=statements,
            source_of={s.id: source for source in sources.values() for s in source.statements},
            group_of=self._group_of.of(known),
            figure_of_statement={id_: book.figure_of_statement[id_] for id_ in statements},
            figure_of_claim=self._figures[article.id],
            files={id_: book.files[id_] for id_ in sources if id_ in book.files},
        )

    def _statements(self, measures: Iterable[str], cited: Iterable[str], others: Iterable[str]) -> set[str]:
        """Ids of the statements on some measures and on the cited pages, of what they repeat, of those that
        repeat them, of the figures that they are shares of and of those that replaced them."""
        book = self.evidence.book
        todo = [id_ for measure in measures for id_ in self._of_measure[measure]]
        todo += [s.id for page in cited for s in book.sources[page].statements]
        todo += others
        found: set[str] = set()
        while todo:
            id_ = todo.pop()
            if id_ not in found:
                found.add(id_)
                statement = book.statements[id_]
                todo += self._together.get(id_, [])
                todo += [other for other in (statement.base, statement.superseded_by) if other]
        return found

    def _measures(self, ids: Iterable[str]) -> set[str]:
        found: set[str] = set()
        todo = list(ids)
        while todo:
            id_ = todo.pop()
            if id_ not in found:
                found.add(id_)
                todo += _named_by(self.evidence.book.measures[id_])
        return found

    def _origins(
        self, article: Article, statements: Iterable[Statement], cited: Iterable[str]
    ) -> dict[str, Origin]:
        """The origins of the statements, of the claims and of the cited pages, and all who are not
        independent of one of them or are summed up by one."""
        book, families = self.evidence.book, self.evidence.families
        todo: list[str | None] = [book.sources[page].origin for page in cited]
        todo += [claim.origin for claim in article.figures]
        for terms in claim_terms(book, article, families).values():
            todo += [origin for id_ in terms.own for origin in self._families[id_].origins]
        for s in statements:
            todo += [s.speaker_id, *s.origins, *s.draws_on]
        found: set[str] = set()
        while todo:
            id_ = todo.pop()
            if id_ is not None and id_ not in found and id_ in book.origins:
                found.add(id_)
                todo += families[id_].origins
                todo += self._summed_up(book.origins[id_])
        return self._origins_by_id.of(found)

    def _summed_up(self, origin: Origin) -> Iterator[str]:
        """Members are origins, or parties, for whom others speak; and who shares with whom."""
        yield from origin.shares_with
        for member in origin.members:
            yield member
            yield from self._speak_for[member]


def _named_by(measure: Measure) -> Iterator[str]:
    """The measures that a measure names."""
    mean = [measure.mean_of.total, measure.mean_of.number] if measure.mean_of else []
    shares = [name for rule in measure.shares for name in (rule.part, rule.whole, rule.rest)]
    neighbours = [neighbour.measure for neighbour in measure.neighbours]
    for name in (measure.rate_of, measure.change_of, *mean, *shares, *neighbours):
        if name is not None:
            yield name

"""The part of a book that one case is made of: a smaller book, from which the case comes out the same.

It is what a kept page of the case depends on. In doubt a record is in it: a page is then made once too often,
never once too seldom. A test asks everything of each case of the part, and of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tallybook.book import Article, Book, Measure, Origin, Statement
from tallybook.estimates.claim_terms import claim_terms
from tallybook.estimates.evidence import Evidence


class Parts:
    """The parts of a book, one for each article."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._of_measure: dict[str, list[str]] = defaultdict(list)
        for statement in evidence.book.statements.values():
            self._of_measure[statement.measure].append(statement.id)
        self._together = {s.id: [other.id for other in said] for said in evidence.utterances for s in said}
        self._speak_for: dict[str, list[str]] = defaultdict(list)
        for origin in evidence.book.origins.values():
            if origin.speaks_for:
                self._speak_for[origin.speaks_for].append(origin.id)

    def of(self, article: Article) -> Book:
        """The book of one article: it alone, with the measures, statements, pages, origins, groups and
        derivations that can change anything said of it. Widths, rates and imprint are those of the book.
        """
        book = self.evidence.book
        of_case = self.evidence.measures_of(article)
        derived = [d for d in book.derivations.values() if d.measure in of_case]
        cited = {page for claim in article.claims for page in claim.cites}
        known = self._statements(of_case, cited, [id_ for d in derived for id_ in d.of])
        statements = {id_: s for id_, s in book.statements.items() if id_ in known}
        measures = self._measures([*of_case, *(s.measure for s in statements.values())])
        origins = self._origins(article, statements.values(), cited)
        pages = cited | {book.source_of[id_].id for id_ in statements}
        sources = {
            id_: source.model_copy(update={"statements": [s for s in source.statements if s.id in known]})
            for id_, source in book.sources.items()
            if id_ in pages
        }
        parties = {o.speaks_for for o in origins.values()} | {m for o in origins.values() for m in o.members}
        return replace(
            book,
            measures={id_: measure for id_, measure in book.measures.items() if id_ in measures},
            origins=origins,
            parties={id_: name for id_, name in book.parties.items() if id_ in parties},
            groups={id_: g for id_, g in book.groups.items() if known.intersection(g.statements)},
            derivations={d.id: d for d in derived},
            sources=sources,
            articles={article.id: article},
            statements=statements,
            source_of={s.id: source for source in sources.values() for s in source.statements},
            group_of={id_: group for id_, group in book.group_of.items() if id_ in known},
            figure_of_statement={id_: book.figure_of_statement[id_] for id_ in statements},
            figure_of_claim={key: f for key, f in book.figure_of_claim.items() if key[0] == article.id},
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
            own = [f for f in families.values() if f.id in terms.own]
            todo += [origin for family in own for origin in family.origins]
        for s in statements:
            todo += [s.speaker_id, *s.origins, *s.draws_on]
        found: set[str] = set()
        while todo:
            id_ = todo.pop()
            if id_ is not None and id_ not in found and id_ in book.origins:
                found.add(id_)
                todo += families[id_].origins
                todo += self._summed_up(book.origins[id_])
        return {id_: origin for id_, origin in book.origins.items() if id_ in found}

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

"""The estimates of a book, made once and shared by its cases, times of judging and policies."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from tallybook.book import Article, Book, Statement
from tallybook.estimates.derived import all_estimates
from tallybook.estimates.estimate import Estimate, by_measure
from tallybook.estimates.families import Families, each_origin_alone, families
from tallybook.estimates.values import Values


class Evidence:
    """The estimates of a book and the families of its origins, each made when it is first asked for."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @cached_property
    def estimates(self) -> dict[str, Estimate]:
        """All estimates by id, the stated ones first, then the derived ones."""
        return all_estimates(self.book)

    @cached_property
    def families(self) -> Families:
        """The family of each origin, by origin id."""
        return families(self.book)

    @cached_property
    def ungrouped(self) -> Families:
        """A family of its own for each origin, by origin id."""
        return each_origin_alone(self.book)

    @cached_property
    def values(self) -> Values:
        """The numbers of the stated estimates, in order."""
        return Values(self.estimates.values())

    @cached_property
    def _by_measure(self) -> dict[str, list[Estimate]]:
        return by_measure(self.estimates.values())

    def of_measures(self, measures: Iterable[str]) -> dict[str, Estimate]:
        """The estimates of some measures by id, in the order of the book."""
        wanted = [e for measure in dict.fromkeys(measures) for e in self._by_measure.get(measure, ())]
        if len(wanted) == len(self.estimates):
            return self.estimates
        return {e.id: e for e in sorted(wanted, key=lambda e: self._order[e.id])}

    @cached_property
    def _order(self) -> dict[str, int]:
        return {id_: number for number, id_ in enumerate(self.estimates)}

    @cached_property
    def utterances(self) -> list[list[Statement]]:
        """The statements of each repeated utterance, joined by groups and relays; two or more each."""
        import networkx as nx

        book = self.book
        graph = nx.Graph()
        for group in book.groups.values():
            nx.add_path(graph, group.statements)
        graph.add_edges_from((s.id, s.relays) for s in book.statements.values() if s.relays is not None)
        order = {id_: number for number, id_ in enumerate(book.statements)}
        return [
            [book.statements[id_] for id_ in sorted(component, key=order.__getitem__)]
            for component in nx.connected_components(graph)
        ]

    def measures_of(self, article: Article) -> list[str]:
        """Ids of the measures that an article's case needs, in the order of the book.

        Those of its claims and its ``related_measures``; with them, repeatedly, the total of a rate, the
        parts and wholes of a share, and the measures of the inputs of derived estimates.
        """
        wanted = {claim.measure for claim in article.claims} | set(article.related_measures)
        todo = list(wanted)
        while todo:
            new = self._needed_by(todo.pop()) - wanted
            wanted |= new
            todo += new
        return sorted(wanted, key=self._place.__getitem__)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {id_: number for number, id_ in enumerate(self.book.measures)}

    def _needed_by(self, id_: str) -> set[str]:
        measure = self.book.measures[id_]
        rules = [name for rule in measure.shares for name in (rule.part, rule.whole, rule.rest)]
        found = {name for name in (measure.rate_of, *rules) if name is not None}
        inputs = [e for made in self._by_measure.get(id_, ()) for e in made.made_of()]
        return found | {name for e in inputs for name in (e.measure.id, e.statement.measure)}

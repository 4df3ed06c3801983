"""Families of origins that are not independent of one another ("source groups" in sentences).

Two origins are of one family if they serve one government or declare that they share intelligence,
directly or through a third origin. An origin that sums up its members' findings is a family of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tallybook.book import Book, Origin

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Family:
    """Origins that are not independent of one another.

    ``sums_up``: ids of the families whose findings this one sums up.
    ``independent``: False for an origin that is unknown or a mixture; it confirms nothing.
    """

    id: str
    name: str
    origins: tuple[str, ...]
    independent: bool = True
    sums_up: frozenset[str] = frozenset()


Families = Mapping[str, Family]
"""The family of each origin, by origin id."""


def families(book: Book) -> dict[str, Family]:
    """The family of each origin, by origin id."""
    import networkx as nx

    found: dict[str, Family] = {}
    for component in nx.connected_components(independence(book)):
        origins = tuple(sorted(o for o in component if isinstance(o, str)))
        family = _family(book, origins)
        found.update(dict.fromkeys(origins, family))
    return {id_: _with_members(book, family, found) for id_, family in found.items()}


def independence(book: Book) -> nx.Graph:
    """A graph whose edges join origins that are not independent of one another; each has its ``why``.

    A government is a node: the pair ("government", its id).
    """
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(book.origins)
    for origin in book.origins.values():
        if not origin.independent:
            continue
        for other in origin.shares_intelligence_with:
            if other in book.origins and book.origins[other].independent:
                graph.add_edge(origin.id, other, why="shares intelligence")
        if origin.government:
            graph.add_edge(origin.id, ("government", origin.government), why="one government")
    return graph


def each_origin_alone(book: Book) -> dict[str, Family]:
    """The families if each origin is taken as independent, by origin id."""
    found = {o.id: _family(book, (o.id,)) for o in book.origins.values()}
    alone = {id_: replace(family, id=id_, name=book.origins[id_].name) for id_, family in found.items()}
    return {id_: _with_members(book, family, alone) for id_, family in alone.items()}


def _family(book: Book, origins: tuple[str, ...]) -> Family:
    members = [book.origins[o] for o in origins]
    governments = sorted({m.government for m in members if m.government})
    if governments:
        name = " and ".join(book.governments.get(g, g) for g in governments)
        return Family(governments[0], name, origins)
    name = " and ".join(m.name for m in members)
    return Family(origins[0], name, origins, independent=all(m.independent for m in members))


def _with_members(book: Book, family: Family, found: dict[str, Family]) -> Family:
    governments = {g for o in family.origins for g in book.origins[o].members}
    if not governments:
        return family
    sums_up = {found[o.id].id for o in book.origins.values() if o.government in governments}
    return Family(family.id, family.name, family.origins, family.independent, frozenset(sums_up))


def origin_name(book: Book, origin: str | None) -> str:
    known: Origin | None = book.origins.get(origin or "")
    return known.name if known else "not stated"

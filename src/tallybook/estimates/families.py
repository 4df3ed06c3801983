"""Families of origins that are not independent of one another ("source groups" in sentences).

Two origins are of one family if they speak for one government or party, or share their data or intelligence,
directly or through a third origin. An office that measures folds only by what it shares. An origin that sums
up its members' findings, or a word of several origins together, is a family of its own.
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
    ``several``: whether the name is of several, so that a verb beside it is plural.
    """

    id: str
    name: str
    origins: tuple[str, ...]
    independent: bool = True
    sums_up: frozenset[str] = frozenset()
    several: bool = False


JOINT = "+"
"""Joins the ids of origins that speak together."""

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
    for joint in book.origins.values():
        theirs = {found[o].id: found[o] for o in joint.members if o in found}
        if JOINT in joint.id and len(theirs) == 1:
            (found[joint.id],) = theirs.values()
    return _closed({id_: _with_members(book, family, found) for id_, family in found.items()})


def independence(book: Book) -> nx.Graph:
    """A graph whose edges join origins that are not independent of one another; each has its ``why``.

    A government or party is a node: the pair ("party", its id).
    """
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(book.origins)
    for origin in book.origins.values():
        if not origin.independent:
            continue
        for other in origin.shares_with:
            if other in book.origins and book.origins[other].independent:
                graph.add_edge(origin.id, other, why="shares its data or intelligence")
        if origin.speaks_for and not origin.measures:
            graph.add_edge(origin.id, ("party", origin.speaks_for), why="speaks for one party")
    return graph


def each_origin_alone(book: Book) -> dict[str, Family]:
    """The families if each origin is taken as independent, by origin id."""
    found = {o.id: _family(book, (o.id,)) for o in book.origins.values()}
    alone = {id_: replace(family, id=id_, name=book.origins[id_].name) for id_, family in found.items()}
    return _closed({id_: _with_members(book, family, alone) for id_, family in alone.items()})


def _closed(found: dict[str, Family]) -> dict[str, Family]:
    """What sums up a summary sums up its members, too."""
    direct = {family.id: family.sums_up for family in found.values()}
    closed: dict[str, frozenset[str]] = {}
    for id_ in direct:
        reached: set[str] = set()
        todo = [id_]
        while todo:
            new = direct.get(todo.pop(), frozenset()) - reached
            reached |= new
            todo += new
        closed[id_] = frozenset(reached - {id_})
    return {origin: replace(family, sums_up=closed[family.id]) for origin, family in found.items()}


def _family(book: Book, origins: tuple[str, ...]) -> Family:
    members = [book.origins[o] for o in origins]
    parties = sorted({m.speaks_for for m in members if m.speaks_for and not m.measures})
    if parties:
        name = " and ".join(book.parties.get(g, g) for g in parties)
        return Family(parties[0], name, origins, several=len(parties) > 1)
    name = " and ".join(m.name for m in members)
    independent = all(m.independent for m in members)
    return Family(origins[0], name, origins, independent, several=len(members) > 1)


def _with_members(book: Book, family: Family, found: dict[str, Family]) -> Family:
    """``members`` may be origins or parties; a party stands for all who speak for it."""
    members = {m for o in family.origins for m in book.origins[o].members}
    if not members:
        return family
    sums_up = {found[m].id for m in members if m in found}
    sums_up |= {found[o.id].id for o in book.origins.values() if o.speaks_for in members and not o.measures}
    return replace(family, sums_up=frozenset(sums_up - {family.id}))


def origin_name(book: Book, origin: str | None) -> str:
    known: Origin | None = book.origins.get(origin or "")
    return known.name if known else "not stated"

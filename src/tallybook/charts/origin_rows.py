"""What the picture of the sources among themselves draws: a measure a panel, a row an origin's figure.

Made once from the records; the painters (``among_sources.py`` for figures, ``origin_table.py`` for notebooks
and pages) draw these rows in this order and judge nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tallybook.book.problems import require_name
from tallybook.charts.interval_rows import MOST_OPEN
from tallybook.charts.scale import Scale, fit
from tallybook.charts.style import role_of
from tallybook.charts.wording import estimate_words, heading_of
from tallybook.prose import clipped, counted, day, listed
from tallybook.terms import Kind, Relation
from tallybook.verdicts.among_sentences import name_of

if TYPE_CHECKING:
    from tallybook.book import Measure, Origin
    from tallybook.estimates.estimate import Estimate
    from tallybook.quantity import Interval, Policy
    from tallybook.tables.case import Case
    from tallybook.verdicts.among_sources import AmongSources, OriginPair

MOST_ORIGINS, MOST_PANELS, MOST_NAMES = 12, 6, 8
"""So many origins a measure, measures, and names in a sentence; the others are counted."""

WORDS = {
    Relation.DIFFERS: "differ",
    Relation.AGREES: "agree",
    Relation.SUPPORTS: "one supports the other",
    Relation.COMPATIBLE: "can both be true",
    Relation.NOT_COMPARABLE: "cannot be compared",
    Relation.REFUSED: "refused",
}
_BESIDE = {
    Relation.DIFFERS: "differs from",
    Relation.AGREES: "agrees with",
    Relation.SUPPORTS: "goes with",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """How a row stands to figures of other origins, where that decides something: to all of one relation.

    ``others``: their names, each with how far apart they are and since when; ``joined``: they are not
    independent of the row's origin.
    """

    relation: Relation
    others: tuple[str, ...]
    joined: bool

    @property
    def verb(self) -> str:
        return _BESIDE[self.relation]

    @property
    def rest(self) -> str:
        """What stands behind the verb."""
        more = len(self.others) - MOST_NAMES
        named = listed([*self.others[:MOST_NAMES], *([f"{more} more"] if more > 0 else [])])
        return f"{named}; not independent" if self.joined else named


@dataclass(frozen=True, slots=True)
class OriginRow:
    """One figure of an origin that is held against those of others. ``beside``: those that differ first;
    ``compatible``: how many other origins can be right at the same time."""

    estimate: Estimate
    name: str
    figure: str
    core: Interval
    zone: Interval
    beside: tuple[Beside, ...]
    compatible: int

    @property
    def relation(self) -> Relation:
        return self.beside[0].relation if self.beside else Relation.COMPATIBLE

    @property
    def role(self) -> str:
        return role_of(self.relation, counts=not self.beside or not all(one.joined for one in self.beside))

    @property
    def also(self) -> str:
        """The others that it does not shut out."""
        if not self.compatible:
            return ""
        return f"can be true together with {self.compatible} {'other' if self.compatible == 1 else 'others'}"


@dataclass(frozen=True, slots=True)
class MeasurePanel:
    """One measure: ``rows`` of its first origins, those that differ first; ``opened``: how many of them a
    page does not fold away; ``pairs``: of these origins; ``told``: what else there is to say."""

    measure: Measure
    rows: tuple[OriginRow, ...]
    opened: int
    pairs: tuple[OriginPair, ...]
    told: str
    scale: Scale

    @property
    def heading(self) -> str:
        return heading_of(self.measure)


@dataclass(frozen=True, slots=True)
class AmongPicture:
    """``drawn`` and ``left``: the records of the measures with a panel, and without; ``alone``: measures of
    which one origin gives figures, or none."""

    panels: tuple[MeasurePanel, ...]
    drawn: tuple[AmongSources, ...]
    left: tuple[AmongSources, ...]
    alone: int

    @property
    def not_drawn(self) -> str:
        """The measures without a panel: of which something is decided, nothing is, or one origin speaks."""
        said = []
        more = [clipped(heading_of(one.measure), 60) for one in self.left if decided(one)]
        open_ = [clipped(heading_of(one.measure), 60) for one in self.left if not decided(one)]
        if more:
            said.append(f"Not drawn: {some(more)}.")
        if open_:
            said.append(f"Figures that decide nothing between origins: {some(open_, '; ')}.")
        if self.alone:
            have = "has" if self.alone == 1 else "have"
            said.append(f"{counted(self.alone, 'measure')} {have} figures of one origin, or none.")
        return " ".join(said)


def among_picture(case: Case, measure: str | None) -> AmongPicture:
    """The measures with a difference first; one alone, also where nothing is decided. UnknownName."""
    found = case.among_sources()
    if measure is not None:
        require_name("measure", measure, found)
    several = [one for id_, one in found.items() if measure in (None, id_) and one.pairs]
    ranked = sorted(several, key=lambda one: one.pairs[0].rank)
    drawn = [one for one in ranked if measure is not None or decided(one)][:MOST_PANELS] or ranked[:1]
    policy = case.comparison().policy
    return AmongPicture(
        tuple(_panel(one, policy, MOST_OPEN // len(drawn)) for one in drawn),
        tuple(drawn),
        tuple(one for one in ranked if one not in drawn),
        0 if measure is not None else len(found) - len(several),
    )


def decided(among: AmongSources) -> bool:
    return any(pair.differ or pair.apart or pair.relation.confirms for pair in among.pairs)


def _panel(among: AmongSources, policy: Policy, most: int) -> MeasurePanel:
    """``most``: so many rows are open, and all that differ."""
    origins = among.ranked[:MOST_ORIGINS]
    there = {origin.id for origin in origins}
    pairs = [pair for pair in among.pairs if pair.one.id in there and pair.other.id in there]
    rows = [row for origin in origins for row in _rows(origin, pairs, policy)]
    rows.sort(key=lambda row: (row.relation is not Relation.DIFFERS, not row.beside))
    differing = sum(row.relation is Relation.DIFFERS for row in rows)
    return MeasurePanel(
        among.measure,
        tuple(rows),
        min(max(differing, most), MOST_OPEN),
        tuple(pairs),
        _told(among, origins, {row.name for row in rows}),
        fit(rows, level=among.measure.kind is Kind.LEVEL),
    )


def _rows(origin: Origin, pairs: Sequence[OriginPair], policy: Policy) -> list[OriginRow]:
    """A row a figure of an origin that is compared with those of others."""
    of_figure: dict[str, tuple[Estimate, list[OriginPair]]] = {}
    for pair in pairs:
        if origin.id in (pair.one.id, pair.other.id) and pair.relation.compares:
            own = pair.first if pair.one.id == origin.id else pair.second
            of_figure.setdefault(own.id, (own, []))[1].append(pair)
    return [
        row
        for estimate, found in of_figure.values()
        if (row := _row(origin, estimate, found, policy)) is not None
    ]


def _row(origin: Origin, estimate: Estimate, pairs: Sequence[OriginPair], policy: Policy) -> OriginRow | None:
    if estimate.amount is None:
        return None
    zones = estimate.amount.under(policy)
    telling = [pair for pair in pairs if pair.relation in _BESIDE]
    return OriginRow(
        estimate,
        name_of(origin.name),
        estimate_words(estimate, zones),
        zones.core,
        zones.true,
        tuple(_beside(origin, telling)),
        len(pairs) - len(telling),
    )


def _beside(origin: Origin, pairs: Sequence[OriginPair]) -> Iterator[Beside]:
    """The pairs of one origin by relation, what is not independent apart."""
    together: dict[tuple[Relation, bool], list[str]] = {}
    for pair in pairs:
        together.setdefault((pair.relation, bool(pair.joined)), []).append(_other(origin, pair))
    for (relation, joined), others in together.items():
        yield Beside(relation, tuple(others), joined)


def _other(origin: Origin, pair: OriginPair) -> str:
    """The other origin; how far the second figure lies from the first is told where the second stands."""
    first = pair.one.id == origin.id
    other = pair.other if first else pair.one
    since = f"since {day(pair.since, short=True)}" if pair.since else "since an unknown day"
    return f"{name_of(other.name)} ({', '.join(filter(None, ['' if first else pair.gap, since]))})"


def _told(among: AmongSources, origins: Sequence[Origin], drawn: set[str]) -> str:
    """How the pairs stand, whose other figures differ, and who has no row."""
    count = Counter(pair.relation for pair in among.pairs)
    stands = listed([f"{WORDS[r]}: {count[r]}" for r in WORDS if count[r]])
    told = [f"{counted(len(among.origins), 'origin')}, {counted(len(among.pairs), 'pair')} ({stands})."]
    told += filter(None, [other_figures(among)])
    silent = [name for one in origins if (name := name_of(one.name)) not in drawn]
    if silent:
        told.append(f"Without a figure that can be compared: {some(silent)}.")
    missing = [name_of(one.name) for one in among.origins if one not in origins]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        told.append(
            f"{len(missing):,} of {counted(len(among.origins), 'origin')} {verb} not drawn: {some(missing)}."
        )
    return " ".join(told)


def other_figures(among: AmongSources) -> str:
    """The origins of which figures differ that do not decide, as those of another year."""
    there = [both(pair) for pair in among.pairs if pair.apart is not None]
    return f"Other figures differ: {some(there)}." if there else ""


def both(pair: OriginPair) -> str:
    names = f"{name_of(pair.one.name)} and {name_of(pair.other.name)}"
    return f"{names} (not independent)" if pair.joined else names


def some(names: Sequence[str], between: str = ", ") -> str:
    """The first of them, and how many more."""
    more = len(names) - MOST_NAMES
    return between.join([*names[:MOST_NAMES], *([f"and {more:,} more"] if more > 0 else [])])

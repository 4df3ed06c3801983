"""The sources among themselves: every origin beside every other on one measure, under the law.

Two figures are held against each other both ways, each in the place of a claim, and the way that proves less
counts: they differ only where both ways differ, and agree only where both ways agree.

Of two origins, the voices beside each other decide (section 2 of the law, every origin for itself): of each
time the two figures that are each the voice of its origin beside the other; of all times the latest that
agrees, supports or differs, else the latest that can be compared. What they said otherwise before is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

import numpy as np

from tallybook.book import Measure, Origin
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.families import independence
from tallybook.estimates.repeats import line_of, wording_of
from tallybook.matching.bearings import (
    AGREES,
    COMPATIBLE,
    DIFFERS,
    NOT_COMPARABLE,
    REFUSED,
    RELATIONS,
    SUPPORTS,
)
from tallybook.matching.columns import Flags, Rows, Small
from tallybook.matching.matcher import Matcher, beside
from tallybook.matching.pair import Pair
from tallybook.quantity import Policy
from tallybook.terms import Joined, PeriodFrom, Relation
from tallybook.verdicts.between import as_claim, countable, own_figures

_DECIDE = (AGREES, SUPPORTS, DIFFERS)
_COMPARED = 5
"""The rank of what cannot be compared."""

_LONG_AGO = date.min.toordinal()


@dataclass(frozen=True, slots=True)
class Before:
    """What two origins said of each other before: the pair of figures, and the day by which both were out."""

    relation: Relation
    first: Estimate
    second: Estimate
    since: date


@dataclass(frozen=True, slots=True)
class OriginPair:
    """Two origins on one measure.

    ``first``, ``second``: the figures that decide it, of ``one`` and of ``other``; ``pair``: the second
    beside the first in the place of a claim; None where neither can stand there. ``since``: the day by which
    both sides of the relation were out, as far as the pages tell; None where a page has no date, or nothing
    is decided. ``before``: the last time before that when they stood otherwise. ``apart``: figures of the two
    that differ, where the deciding ones do not. ``counts``: of all pairs of their figures, by relation.
    ``joined``: why they are not independent of one another.
    """

    measure: Measure
    one: Origin
    other: Origin
    relation: Relation
    first: Estimate
    second: Estimate
    pair: Pair | None
    since: date | None
    before: Before | None
    apart: tuple[Estimate, Estimate] | None
    counts: Counter[Relation]
    joined: tuple[Joined, ...]

    @property
    def differ(self) -> bool:
        return self.relation is Relation.DIFFERS

    @property
    def gap(self) -> str:
        """How far the second figure lies from the first, as a person says it; "" where they do not differ."""
        return (self.pair.bearing.gap_words or "") if self.pair else ""

    @property
    def rank(self) -> tuple[int, int]:
        """Those that differ first, then those of which other figures differ, then by relation; what is not
        independent last among its like."""
        order = (Relation.DIFFERS, None, Relation.AGREES, Relation.SUPPORTS, Relation.COMPATIBLE)
        at = 1 if self.apart else order.index(self.relation) if self.relation in order else _COMPARED
        return at, len(self.joined)


@dataclass(frozen=True)
class AmongSources:
    """One measure: its ``origins`` as in the book, and every two of them, those that differ first."""

    measure: Measure
    origins: tuple[Origin, ...]
    pairs: tuple[OriginPair, ...]

    @cached_property
    def _by_origins(self) -> dict[frozenset[str], OriginPair]:
        return {frozenset((p.one.id, p.other.id)): p for p in self.pairs}

    @cached_property
    def ranked(self) -> tuple[Origin, ...]:
        """The origins, those that differ from most others first, then those of which something else is
        decided, then those that can be compared at all; else as in the book."""
        weight: Counter[tuple[str, int]] = Counter()
        for pair in self.pairs:
            for origin in (pair.one.id, pair.other.id):
                weight[origin, min(pair.rank[0], _COMPARED)] += 1
        order = range(_COMPARED)
        return tuple(sorted(self.origins, key=lambda o: [-weight[o.id, rank] for rank in order]))

    def of(self, one: Origin, other: Origin) -> OriginPair | None:
        """The record of two origins, in either order; None of an origin and itself."""
        return self._by_origins.get(frozenset((one.id, other.id)))


def among_sources(evidence: Evidence, measure: str, policy: Policy) -> AmongSources:
    """Every two origins that have a figure of a measure of their own. Repetitions are nobody's own word."""
    rows = own_figures(evidence, measure)
    origins = list(dict.fromkeys(e.statement.speaker_id for e in rows))
    kind, named = evidence.book.measures[measure], evidence.book.origins
    if len(origins) < 2:
        return AmongSources(kind, tuple(named[o] for o in origins), ())
    beside_each_other = _BesideEachOther(evidence, rows, policy)
    pairs = sorted(beside_each_other.origin_pairs(), key=lambda p: p.rank)
    return AmongSources(kind, tuple(named[o] for o in origins), tuple(pairs))


class _BesideEachOther:
    """The figures of a measure beside each other, as matrices of figure × figure."""

    def __init__(self, evidence: Evidence, rows: list[Estimate], policy: Policy) -> None:
        self.evidence, self.rows, self.policy = evidence, rows, policy
        self.able = np.array([countable(e) for e in rows], dtype=np.bool_)
        self.made = self._matcher({})
        relation, self.voice = self._matrices(self.made)
        self.one_way = relation
        self.relation = _both_ways(relation, self.able)
        self.day = [_day(e) for e in rows]
        self.time = [_own_time(e) for e in rows]
        self.out = _out(evidence, rows)

    def _matcher(self, unknown: Iterable[str]) -> Matcher:
        """``unknown``: figures that nobody knows yet, so that they supersede nothing."""
        rows, left = tuple(self.rows), set(unknown)
        known = {id_: e for id_, e in self.evidence.estimates.items() if id_ not in left}
        claims = {e.id: as_claim(e) for e, able in zip(rows, self.able, strict=True) if able}
        made = beside(self.evidence, claims, rows, self.policy, known=known)
        return made.grouped_by(self.evidence.ungrouped)

    def _matrices(self, made: Matcher) -> tuple[Small, Flags]:
        """(relation; whether it is the voice of its origin) of each figure, across, on each, down."""
        size, places = len(self.rows), np.flatnonzero(self.able)
        relation = np.full((size, size), np.int8(NOT_COMPARABLE))
        voice = np.zeros((size, size), dtype=np.bool_)
        for block, spoken in made.blocks(self.policy):
            down = places.take(block.claim)
            relation[down, block.estimate] = block.relation
            voice[down, block.estimate] = spoken.speaks
        return relation, voice

    @cached_property
    def once(self) -> Small:
        """The relations before any figure was superseded."""
        newer = {e.statement.superseded_by for e in self.rows} - {None}
        if not newer:
            return self.relation
        relation, _ = self._matrices(self._matcher(id_ for id_ in newer if id_))
        return _both_ways(relation, self.able)

    def origin_pairs(self) -> Iterator[OriginPair]:
        """Every two origins, in the order of their figures."""
        speakers: dict[str, int] = {}
        code = np.array([speakers.setdefault(e.statement.speaker_id, len(speakers)) for e in self.rows])
        chosen = self._deciding(code)
        pairs = self._pairs(chosen.values())
        decided, counts = self._decided(code), self._counts(code, len(speakers))
        joints = _Joints(self.evidence, self.made)
        for (a, b), (i, j) in sorted(chosen.items()):
            down, across = self._turned(i, j)
            first, second = self.rows[down], self.rows[across]
            there = [(k, m) if code[k] == code[down] else (m, k) for k, m in decided.get((a, b), [])]
            since, before = self._since(i, j, there)
            relation = self._relation(i, j)
            apart = None if relation is Relation.DIFFERS else self._apart(there)
            yield OriginPair(
                first.measure, first.origin, second.origin, relation, first, second,
                pairs.get((down, across)), since, before, apart, counts[a, b],
                joints.of(first, second),
            )  # fmt: skip

    def _relation(self, i: int, j: int) -> Relation:
        refused = self.rows[i].statement.refused or self.rows[j].statement.refused
        return Relation.REFUSED if refused else RELATIONS[int(self.relation[i, j])]

    def _deciding(self, code: Rows) -> dict[tuple[int, int], tuple[int, int]]:
        """By two origins, the rows of the two figures that decide."""
        heard = np.triu(self.voice | self.voice.T, 1)
        by_time: dict[tuple[int, int], dict[int, tuple[int, int]]] = defaultdict(dict)
        for i, j in zip(*(found.tolist() for found in np.nonzero(heard)), strict=True):
            if code[i] != code[j]:
                there = by_time[_ordered(code[i], code[j])]
                time = max(self.time[i], self.time[j])
                there[time] = max(there.get(time, (i, j)), (i, j), key=self._speaks_for_its_time)
        firsts: dict[int, int] = {}
        for row, origin in enumerate(code.tolist()):
            firsts.setdefault(origin, row)
        for (a, i), (b, j) in combinations(sorted(firsts.items()), 2):
            # of which no figure can be held against another: the first of each
            by_time[a, b] = by_time.get((a, b)) or {0: _ordered(i, j)}
        return {origins: max(there.values(), key=self._speaks_now) for origins, there in by_time.items()}

    def _speaks_for_its_time(self, two: tuple[int, int]) -> tuple[bool, bool, bool, int]:
        """Each the voice of its origin beside the other, then what decides, then the latest page."""
        i, j = two
        relation = int(self.relation[i, j])
        mutual = bool((self.voice[i, j] or not self.able[i]) and (self.voice[j, i] or not self.able[j]))
        return relation < NOT_COMPARABLE, mutual, relation in _DECIDE, max(self.day[i], self.day[j])

    def _speaks_now(self, two: tuple[int, int]) -> tuple[bool, bool, int, int]:
        """What decides, then the latest."""
        i, j = two
        relation = int(self.relation[i, j])
        latest = max(self.day[i], self.day[j]), min(self.day[i], self.day[j])
        return relation < NOT_COMPARABLE, relation in _DECIDE, *latest

    def _turned(self, i: int, j: int) -> tuple[int, int]:
        """The figure in the place of the claim, and the one beside it, so that they give the relation."""
        if self.able[j] and (not self.able[i] or self.one_way[i, j] != self.relation[i, j]):
            return j, i
        return i, j

    def _pairs(self, chosen: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Pair]:
        places = np.cumsum(self.able) - 1  # the row of a figure among the claims
        wanted = np.zeros((int(self.able.sum()), len(self.rows)), dtype=np.bool_)
        for i, j in chosen:
            down, across = self._turned(i, j)
            if self.able[down]:
                wanted[places[down], across] = True
        row = {e.id: number for number, e in enumerate(self.rows)}
        return {
            (row[pair.claim.id], row[pair.estimate.id]): pair
            for pairs in self.made.pair_blocks(self.policy, wanted)
            for pair in pairs
        }

    def _decided(self, code: Rows) -> dict[tuple[int, int], list[tuple[int, int]]]:
        """By two origins: the figures that agree, support or differ, or did before one was superseded."""
        once = self.once
        which = (once == AGREES) | (once == SUPPORTS) | (once == DIFFERS)
        which = np.triu(which & (code[:, None] != code[None, :]), 1)
        found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for i, j in zip(*(rows.tolist() for rows in np.nonzero(which)), strict=True):
            found[_ordered(code[i], code[j])].append((i, j))
        return found

    def _counts(self, code: Rows, origins: int) -> dict[tuple[int, int], Counter[Relation]]:
        """By two origins: how many pairs of their figures stand in which relation."""
        found: dict[tuple[int, int], Counter[Relation]] = defaultdict(Counter)
        down, across = np.triu_indices(len(code), 1)
        low, high = np.minimum(code[down], code[across]), np.maximum(code[down], code[across])
        keys = (low * origins + high) * len(RELATIONS) + self.relation[down, across]
        for key, count in zip(*np.unique(keys, return_counts=True), strict=True):
            both, relation = divmod(int(key), len(RELATIONS))
            found[divmod(both, origins)][RELATIONS[relation]] += int(count)
        return found

    def _both_out(self, i: int, j: int) -> date | None:
        first, second = self.out[i], self.out[j]
        return max(first, second) if first and second else None

    def _since(self, i: int, j: int, there: list[tuple[int, int]]) -> tuple[date | None, Before | None]:
        """From when the two stand as they do, without another word between, and how they stood before."""
        relation = self._relation(i, j)
        start = self._both_out(i, j)
        if relation.side == "neither":
            return None, None
        dated = [(day, one) for one in there if (day := self._both_out(*one)) is not None]
        dated = sorted(((d, one) for d, one in dated if start is None or d <= start), reverse=True)
        for day, (k, m) in dated:
            was = RELATIONS[int(self.once[k, m])]
            if was.side == relation.side:
                start = day
            elif start is None or day < start:
                return start, Before(was, self.rows[k], self.rows[m], day)
        return start, None

    def _apart(self, there: list[tuple[int, int]]) -> tuple[Estimate, Estimate] | None:
        """The latest two figures that differ and are not superseded."""
        standing = [(i, j) for i, j in there if self.relation[i, j] == DIFFERS]
        if not standing:
            return None
        i, j = max(standing, key=lambda two: (max(self.day[two[0]], self.day[two[1]]), two))
        return self.rows[i], self.rows[j]


def _both_ways(relation: Small, able: Flags) -> Small:
    """Of each two figures what holds both ways; of one that cannot stand in the place of a claim, one way."""
    ours = np.where(able[:, None], relation, relation.T)
    theirs = np.where(able[None, :], relation.T, relation)
    found = np.full(relation.shape, np.int8(COMPATIBLE))
    found[(ours == SUPPORTS) | (theirs == SUPPORTS)] = SUPPORTS
    found[(ours == AGREES) & (theirs == AGREES)] = AGREES
    differ, differs = ours == DIFFERS, theirs == DIFFERS
    found[differ ^ differs] = COMPATIBLE
    found[differ & differs] = DIFFERS
    found[(ours >= NOT_COMPARABLE) | (theirs >= NOT_COMPARABLE)] = NOT_COMPARABLE
    found[(ours == REFUSED) | (theirs == REFUSED)] = REFUSED
    return found


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (int(one), int(other)) if one < other else (int(other), int(one))


def _own_time(e: Estimate) -> int:
    """The last day that a figure says it is about; 0 where it says none, or time does not matter: then a page
    that came out later is no later word."""
    if e.measure.once or e.period is None or e.period_from is not PeriodFrom.STATED:
        return 0
    return e.period.end.toordinal()


def _day(e: Estimate) -> int:
    """The last day that a figure is about; where none is known, the day by which it was out."""
    if e.period is not None:
        return e.period.end.toordinal()
    return e.out_by.toordinal() if e.out_by else _LONG_AGO


def _out(evidence: Evidence, rows: Iterable[Estimate]) -> list[date | None]:
    """The first day by which each figure was out, on its own page or on one that repeats it in its speaker's
    name with the same number; None where no such page has a date."""
    together = {s.id: members for members in evidence.utterances for s in members}
    found = []
    for e in rows:
        said = (e.statement.speaker_id, line_of(e), wording_of(e))
        there = [evidence.estimates[s.id] for s in together.get(e.id, [])]
        same = [o for o in there if (o.statement.speaker_id, line_of(o), wording_of(o)) == said]
        days = [day for o in (e, *same) if o.statement.refused is None and (day := o.out_by) is not None]
        found.append(min(days, default=None))
    return found


class _Joints:
    """Why two origins are not independent of one another."""

    def __init__(self, evidence: Evidence, made: Matcher) -> None:
        self.book, self.families, self.made = evidence.book, evidence.families, made
        self.graph = independence(evidence.book)

    def of(self, first: Estimate, second: Estimate) -> tuple[Joined, ...]:
        one, other = first.statement.speaker_id, second.statement.speaker_id
        found = []
        if self.families[one].id == self.families[other].id:
            origins = self.book.origins[one], self.book.origins[other]
            parties = {o.speaks_for for o in origins if not o.measures}
            if len(parties) == 1 and None not in parties:
                found.append(Joined.PARTY)
            if self.graph.has_edge(one, other):
                found.append(Joined.DATA)
            found = found or [Joined.FAMILY]
        if self._draws(first, other) or self._draws(second, one):
            found.append(Joined.DRAWS)
        if not (self.families[one].independent and self.families[other].independent):
            found.append(Joined.UNKNOWN)
        return tuple(found)

    def _draws(self, estimate: Estimate, other: str) -> bool:
        family = self.families[estimate.statement.speaker_id]
        return other in self.made.rests_on(estimate) or self.families[other].id in family.sums_up

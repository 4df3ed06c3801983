"""One article's claims and all estimates as columns, ready to be judged under any policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tallybook.book import Article, Book
from tallybook.estimates.claim_terms import ClaimSide, claim_sides
from tallybook.estimates.derived import estimates
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.families import Family, families
from tallybook.estimates.repeats import repeated
from tallybook.matching.blocks import Block, compared, precedence, voices
from tallybook.matching.columns import (
    NEVER,
    ClaimColumns,
    Coder,
    EstimateColumns,
    Flags,
    claim_columns,
    estimate_columns,
)
from tallybook.matching.comparability import gate_at
from tallybook.matching.pair import Pair
from tallybook.matching.relation import bearing_at
from tallybook.quantity import Policy

WRITTEN, TODAY = "written", "today"


@dataclass(frozen=True)
class Ready:
    """``estimates``: those that are known at the time of judging, a row of ``columns`` each.

    ``known``: all estimates, also those not known then; ``successor``: what superseded an estimate.
    """

    sides: dict[str, ClaimSide]
    claims: ClaimColumns
    estimates: tuple[Estimate, ...]
    columns: EstimateColumns
    families: Mapping[str, Family]
    known: dict[str, Estimate]
    successor: dict[str, Estimate]

    def blocks(self, policy: Policy) -> Iterator[tuple[Block, Flags]]:
        """All pairs, block by block, with the ones that speak for their families."""
        own = precedence(self.columns)
        for block in compared(self.claims, self.columns, policy):
            yield block, voices(self.claims, self.columns, own, block)

    def pairs(self, policy: Policy) -> dict[str, list[Pair]]:
        """Each claim's pairs with their reasons, by claim id; estimates in their order."""
        found: dict[str, list[Pair]] = {claim: [] for claim in self.sides}
        for pairs in self.pair_blocks(policy):
            for pair in pairs:
                found[pair.side.claim.id].append(pair)
        order = {e.id: number for number, e in enumerate(self.estimates)}
        return {c: sorted(pairs, key=lambda p: order[p.estimate.id]) for c, pairs in found.items()}

    def pair_blocks(self, policy: Policy) -> Iterator[list[Pair]]:
        """The same, block by block: claims by measure, the estimates of a family together."""
        sides = list(self.sides.values())
        for block, speaks in self.blocks(policy):
            rows = zip(block.claim.tolist(), block.estimate.tolist(), speaks.tolist(), strict=True)
            yield [
                replace(self._pair(block, row, sides[c], e, policy), voice=voice)
                for row, (c, e, voice) in enumerate(rows)
            ]

    def _pair(self, block: Block, row: int, side: ClaimSide, index: int, policy: Policy) -> Pair:
        estimate = self.estimates[index]
        gate = gate_at(block, row, side.asked, estimate, policy, self.successor.get(estimate.id))
        bears = bearing_at(
            block.borne, int(block.place[row]), side.value, estimate.value, gate, side.measure.unit, policy
        )
        family = self.families[estimate.statement.origin]
        rests_on = self.rests_on(estimate)
        own, echo = own_side(side, family, rests_on)
        return Pair(
            side, estimate, family, own, gate, bears,
            echo=echo, repeats=bool(self.columns.repeats[index]), rests_on=rests_on,
        )  # fmt: skip

    def rests_on(self, estimate: Estimate) -> frozenset[str]:
        """Ids of the families besides its own that an estimate is made from, or draws on."""
        origins = {o for e in estimate.made_of() for o in (e.statement.origin, *e.statement.draws_on)}
        return frozenset(self.families[o].id for o in origins) - {self.families[estimate.statement.origin].id}


def ready(
    book: Book,
    article: Article,
    policy: Policy,
    *,
    as_of: str = TODAY,
    voices_of: Mapping[str, Family] | None = None,
    known: dict[str, Estimate] | None = None,
) -> Ready:
    """The claims of an article and what is known beside them.

    ``as_of``: "written" takes only what could be read on the article's date; ``voices_of``: the family of
    each origin, as ``families`` folds them unless given; ``known``: the estimates, if they are made already.
    """
    known = known if known is not None else estimates(book, policy)
    voices_of = voices_of if voices_of is not None else families(book)
    there = {id_: e for id_, e in known.items() if as_of == TODAY or _known_by(e, article)}
    sides = claim_sides(book, article, policy, dict(voices_of))
    asked = {side.measure.id for side in sides.values()}
    rows = tuple(e for e in there.values() if e.measure.id in asked)
    repeats = repeated(book, there)
    successor = {
        e.id: there[newer]
        for e in rows
        for newer in [next((n for n in _replaced_by(e) if n in there), None)]
        if newer is not None
    }
    measures, scopes, names = Coder(), Coder(), Coder()
    return Ready(
        sides,
        claim_columns(list(sides.values()), measures, scopes),
        rows,
        estimate_columns(
            rows,
            measures,
            scopes,
            families=[names(voices_of[e.statement.origin].id) for e in rows],
            repeats=[e.statement.id in repeats for e in rows],
            outdated_from=[_outdated_from(successor.get(e.id)) for e in rows],
        ),
        voices_of,
        known,
        successor,
    )


def _replaced_by(estimate: Estimate) -> Iterator[str]:
    """The statements that supersede one of those that an estimate is made of."""
    for e in estimate.made_of():
        if e.statement.superseded_by is not None:
            yield e.statement.superseded_by


def _outdated_from(successor: Estimate | None) -> int:
    """The day from which the successor speaks; never, where there is none. A running total over a period
    is a count at its end."""
    if successor is None:
        return NEVER + 1
    period = successor.period
    if period is None or successor.period_from == "published":
        day = successor.known_on
    else:
        day = period.end_from if successor.measure.kind == "cumulative" else period.start
    return day.toordinal() if day else NEVER + 1


def _known_by(estimate: Estimate, article: Article) -> bool:
    """Published by the article's date, as far as it is known; undated pages are taken in."""
    return estimate.known_on is None or estimate.known_on <= article.published


def own_side(side: ClaimSide, family: Family, rests_on: frozenset[str]) -> tuple[bool, bool]:
    """(is the claim's own family, is made from what that family says)."""
    if side.family is None:
        return False, False
    return side.family.id == family.id, side.family.id in rests_on

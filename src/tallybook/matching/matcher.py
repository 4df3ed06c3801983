"""The claims of one article and the estimates of their measures as columns, compared under any policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from tallybook.book import Article
from tallybook.estimates.claim_terms import ClaimTerms, claim_terms
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.families import Families, Family
from tallybook.estimates.repeats import repeated
from tallybook.matching.blocks import Block, compared, precedence, voices
from tallybook.matching.columns import (
    NEVER,
    ClaimColumns,
    Coder,
    Codes,
    EstimateColumns,
    Flags,
    claim_columns,
    estimate_columns,
    meant_columns,
    zone_columns,
)
from tallybook.matching.comparability import comparability_at
from tallybook.matching.pair import Pair
from tallybook.matching.relation import bearing_at
from tallybook.quantity import Policy
from tallybook.terms import AsOf, Kind, PeriodFrom


@dataclass(frozen=True)
class Matcher:
    """``estimates``: those of the claims' measures that are known at the time of judging, a row each.

    ``successor``: the estimate that superseded another, by the id of the older one. The columns hold zones of
    one policy; :meth:`under` gives those of another.
    """

    claims: dict[str, ClaimTerms]
    claim_rows: ClaimColumns
    estimates: tuple[Estimate, ...]
    estimate_rows: EstimateColumns
    families: Families
    successor: Mapping[str, Estimate]

    def under(self, policy: Policy) -> Matcher:
        """The same with the zones of another policy; nothing is read or derived again."""
        claims = [c.amount.under(policy) for c in self.claims.values()]
        estimates = [e.amount.under(policy) if e.amount else None for e in self.estimates]
        return replace(
            self,
            claim_rows=replace(self.claim_rows, **zone_columns(claims), **meant_columns(claims)),
            estimate_rows=replace(self.estimate_rows, **zone_columns(estimates)),
        )

    def grouped_by(self, families: Families) -> Matcher:
        """The same with other families of the origins."""
        return replace(
            self,
            claims={
                id_: replace(c, family=families.get(c.claim.origin or "")) for id_, c in self.claims.items()
            },
            estimate_rows=replace(self.estimate_rows, family=_family_codes(self.estimates, families)),
            families=families,
        )

    def blocks(self, policy: Policy) -> Iterator[tuple[Block, Flags]]:
        """All pairs, block by block, each with whether it is the voice of its family.

        ``policy`` sets tolerance and time window; the other widths are those of the columns.
        """
        own = precedence(self.estimate_rows)
        for block in compared(self.claim_rows, self.estimate_rows, policy):
            yield block, voices(self.claim_rows, self.estimate_rows, own, block)

    def pairs(self, policy: Policy) -> dict[str, list[Pair]]:
        """The pairs of each claim with their reasons, by claim id, in the order of the estimates."""
        found: dict[str, list[Pair]] = {claim: [] for claim in self.claims}
        for pairs in self.pair_blocks(policy):
            for pair in pairs:
                found[pair.claim.id].append(pair)
        order = {e.id: number for number, e in enumerate(self.estimates)}
        return {c: sorted(pairs, key=lambda p: order[p.estimate.id]) for c, pairs in found.items()}

    def pair_blocks(self, policy: Policy) -> Iterator[list[Pair]]:
        """The same pairs block by block: claims by measure, the estimates of a family consecutive."""
        claims = list(self.claims.values())
        for block, speaks in self.blocks(policy):
            rows = zip(block.claim.tolist(), block.estimate.tolist(), speaks.tolist(), strict=True)
            yield [
                self._pair(block, row, claims[c], e, policy, voice) for row, (c, e, voice) in enumerate(rows)
            ]

    def _pair(
        self, block: Block, row: int, claim: ClaimTerms, index: int, policy: Policy, voice: bool
    ) -> Pair:
        estimate = self.estimates[index]
        ours = claim.amount.under(policy)
        theirs = estimate.amount.under(policy) if estimate.amount else None
        compared = comparability_at(block, row, claim, estimate, policy, self.successor.get(estimate.id))
        place, unit = int(block.place[row]), claim.measure.unit
        bears = bearing_at(block.bearings, place, ours, theirs, compared, unit, policy)
        family, rests_on = self.families[estimate.statement.origin], self.rests_on(estimate)
        own, echo = own_side(claim, family, rests_on)
        return Pair(
            claim, ours, estimate, theirs, family, own, echo, compared, bears, voice,
            bool(self.estimate_rows.repeats[index]), rests_on,
        )  # fmt: skip

    def rests_on(self, estimate: Estimate) -> frozenset[str]:
        """Ids of the families other than its own that an estimate is computed from or draws on."""
        origins = {o for e in estimate.made_of() for o in (e.statement.origin, *e.statement.draws_on)}
        return frozenset(self.families[o].id for o in origins) - {self.families[estimate.statement.origin].id}


def matcher(evidence: Evidence, article: Article, policy: Policy, as_of: AsOf) -> Matcher:
    """The claims of an article and the estimates of their measures, as columns.

    ``as_of``: "written" takes only what could be read on the article's date.
    """
    families = evidence.families
    claims = claim_terms(evidence.book, article, families)
    there = {id_: e for id_, e in evidence.estimates.items() if as_of is AsOf.TODAY or _known_by(e, article)}
    wanted = evidence.of_measures(c.measure.id for c in claims.values())
    rows = tuple(e for e in wanted.values() if e.id in there)
    repeats = repeated(evidence.book, rows, there)
    successor = {e.id: newer for e in rows if (newer := _replaced_by(e, there)) is not None}
    measures, scopes = Coder(), Coder()
    return Matcher(
        claims,
        claim_columns(
            list(claims.values()), [c.amount.under(policy) for c in claims.values()], measures, scopes
        ),
        rows,
        estimate_columns(
            rows,
            [e.amount.under(policy) if e.amount else None for e in rows],
            measures,
            scopes,
            family=_family_codes(rows, families),
            repeats=[e.statement.id in repeats for e in rows],
            outdated_from=[_outdated_from(successor.get(e.id)) for e in rows],
        ),
        families,
        successor,
    )


def _family_codes(estimates: Iterable[Estimate], families: Families) -> Codes:
    names = Coder()
    return np.fromiter((names(families[e.statement.origin].id) for e in estimates), dtype=np.int64)


def _replaced_by(estimate: Estimate, known: Mapping[str, Estimate]) -> Estimate | None:
    """The known estimate that supersedes one of those that an estimate is made of."""
    for e in estimate.made_of():
        newer = known.get(e.statement.superseded_by or "")
        if newer is not None:
            return newer
    return None


def _outdated_from(successor: Estimate | None) -> int:
    """The first day that the successor is about; a day after every calendar if there is none.

    A running total over a period is a count at its end.
    """
    if successor is None:
        return NEVER + 1
    period = successor.period
    if period is None or successor.period_from is PeriodFrom.PUBLISHED:
        day = successor.known_on
    else:
        day = period.end_from if successor.measure.kind == Kind.CUMULATIVE else period.start
    return day.toordinal() if day else NEVER + 1


def _known_by(estimate: Estimate, article: Article) -> bool:
    """Whether it was published by the article's date, as far as that is known; True for undated pages."""
    return estimate.known_on is None or estimate.known_on <= article.published


def own_side(claim: ClaimTerms, family: Family, rests_on: frozenset[str]) -> tuple[bool, bool]:
    """(is the claim's own family, is computed from what that family says or draws on it)."""
    if claim.family is None:
        return False, False
    return claim.family.id == family.id, claim.family.id in rests_on

"""The claims of one article and the estimates of their measures as columns, compared under any policy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from tallybook.book import Article, Book
from tallybook.estimates.claim_terms import ClaimTerms, claim_terms, regrouped
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.families import Families, Family
from tallybook.estimates.repeats import repeated
from tallybook.matching.bearings import RELATIONS
from tallybook.matching.blocks import Block, compared
from tallybook.matching.columns import (
    ClaimColumns,
    Coder,
    Column,
    EstimateColumns,
    Flags,
    Names,
    Rows,
    claim_columns,
    estimate_columns,
    meant_columns,
    zone_columns,
)
from tallybook.matching.comparability import Comparability, what_opens, why_not
from tallybook.matching.pair import Pair
from tallybook.matching.relation import Bearing, bearing_of
from tallybook.matching.rules import REASONS, Context
from tallybook.matching.times import WHY
from tallybook.matching.voices import Voices, voices
from tallybook.quantity import Policy
from tallybook.terms import AsOf, Incomparable, Relation


@dataclass(frozen=True)
class Matcher:
    """``estimates``: those of the claims' measures that are known at the time of judging, a row each.

    ``newer``: the estimate that superseded another, or by which its origin lowered it, by the id of the older
    one. ``inner``: codes of declared scopes. The columns hold zones of one policy; :meth:`under` gives those
    of another.
    """

    book: Book
    claims: dict[str, ClaimTerms]
    claim_rows: ClaimColumns
    estimates: tuple[Estimate, ...]
    estimate_rows: EstimateColumns
    families: Families
    newer: Mapping[str, Estimate]
    inner: Rows
    _resting: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def under(self, policy: Policy) -> Matcher:
        """The same with the zones of another policy; nothing is read or derived again."""
        claims = [c.amount.under(policy) for c in self.claims.values()]
        estimates = [e.amount.under(policy) if e.amount else None for e in self.estimates]
        measures = [c.measure for c in self.claims.values()]
        return replace(
            self,
            claim_rows=replace(
                self.claim_rows, **zone_columns(claims), **meant_columns(claims, measures, policy)
            ),
            estimate_rows=replace(
                self.estimate_rows, **zone_columns(estimates), vague=_vague(self.estimates, policy)
            ),
        )

    def grouped_by(self, families: Families) -> Matcher:
        """The same with other families of the origins."""
        return replace(
            self,
            claims={id_: regrouped(c, self.book, families) for id_, c in self.claims.items()},
            estimate_rows=replace(self.estimate_rows, family=_family_codes(self.estimates, families)),
            families=families,
            _resting={},
        )

    def depends_on(self, width: str) -> bool:
        """Whether the zones of any claim or estimate are others under another value of this width."""
        amounts = [c.amount for c in self.claims.values()]
        amounts += [a for e in self.estimates for a in (e.amount, e.sharp) if a is not None]
        return any(width in amount.widths for amount in amounts)

    def blocks(self, policy: Policy) -> Iterator[tuple[Block, Voices]]:
        """All pairs, block by block, each with whether it is the voice of its family.

        ``policy`` sets tolerance and time window; the other widths are those of the columns.
        """
        at = Context(self.claim_rows, self.estimate_rows, self.inner, policy)
        for block in compared(at):
            yield block, voices(block)

    def pairs(self, policy: Policy, of: str | None = None) -> dict[str, list[Pair]]:
        """The pairs of each claim with their reasons, by claim id, in the order of the estimates.

        ``of``: the id of the only claim whose pairs are wanted.
        """
        found: dict[str, list[Pair]] = {claim: [] for claim in self.claims if of in (None, claim)}
        wanted = None
        if of is not None:
            wanted = np.zeros((len(self.claims), len(self.estimates)), dtype=bool)
            wanted[list(self.claims).index(of)] = True
        for pairs in self.pair_blocks(policy, wanted):
            for pair in pairs:
                found[pair.claim.id].append(pair)
        order = {e.id: number for number, e in enumerate(self.estimates)}
        return {c: sorted(pairs, key=lambda p: order[p.estimate.id]) for c, pairs in found.items()}

    def pair_blocks(self, policy: Policy, wanted: Flags | None = None) -> Iterator[list[Pair]]:
        """The same pairs block by block: claims by measure, the estimates of a family consecutive.

        ``wanted``: by claim and estimate, which of them; all if not given.
        """
        claims = list(self.claims.values())
        for block, spoken in self.blocks(policy):
            rows, relations = block.would
            would: dict[int, int] = dict(zip(rows.tolist(), relations.tolist(), strict=True))
            chosen = (
                range(len(block))
                if wanted is None
                else np.flatnonzero(wanted[block.claim, block.estimate]).tolist()
            )
            yield [
                self._pair(block, row, claims[int(block.claim[row])], would.get(row), spoken, policy)
                for row in chosen
            ]

    def _pair(
        self, block: Block, row: int, claim: ClaimTerms, would: int | None, spoken: Voices, policy: Policy
    ) -> Pair:
        index = int(block.order[block.pairs.estimates[row]])  # of one row alone, not of the block
        estimate = self.estimates[index]
        ours = claim.amount.under(policy)
        theirs = estimate.amount.under(policy) if estimate.amount else None
        family, rests_on = self.families[estimate.statement.speaker_id], self.rests_on(estimate)
        own, echo = own_side(claim, family, rests_on)
        failed, place, bears = REASONS[block.code[row]], int(block.place[row]), block.bearings
        if failed is not None:
            reason = why_not(failed, claim, estimate, policy, self.newer.get(estimate.id))
            comparability = Comparability(failed, reason)
            relation = Relation.REFUSED if failed is Incomparable.REFUSED else Relation.NOT_COMPARABLE
            bearing = Bearing(relation, failed, theirs.true if theirs else None, reason)
        else:
            assert theirs is not None
            why = WHY[bears.why[place]]
            assert why is not None
            opens = self._opens(block, row, claim, estimate, policy)
            comparability = Comparability(None, opens, bool(bears.floor[place]), bool(bears.ceiling[place]))
            bearing = bearing_of(
                RELATIONS[bears.relation[place]],
                why,
                claim,
                ours,
                theirs,
                comparability,
                policy,
                if_of_that_time=bool(bears.if_of_that_time[place]),
                gap=float(bears.gap[place]),
            )
        return Pair(
            claim, ours, estimate, theirs, family, own, echo, comparability, bearing,
            RELATIONS[would] if would is not None and failed is not None else None,
            bool(spoken.speaks[row]), bool(spoken.split[row]),
            bool(self.estimate_rows.repeats[index]), rests_on,
            failed is None and bool(bears.own_time[place]),
        )  # fmt: skip

    def _opens(self, block: Block, row: int, claim: ClaimTerms, estimate: Estimate, policy: Policy) -> str:
        return what_opens(WHY[block.bearings.opening[int(block.place[row])]], claim, estimate)

    @cached_property
    def _repeated_by(self) -> Mapping[tuple[str, str], set[str]]:
        """By measure and origin: the origins that its statements relay."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for statement in self.book.statements.values():
            first = statement
            while first.relays is not None and first.relays in self.book.statements:
                first = self.book.statements[first.relays]
                found[statement.measure, statement.speaker_id].add(first.speaker_id)
        return found

    def rests_on(self, estimate: Estimate) -> frozenset[str]:
        """Ids of the families other than its own that an estimate is computed from or draws on, also through
        somebody who only repeats them."""
        if estimate.id not in self._resting:
            self._resting[estimate.id] = self._rests_on(estimate)
        return self._resting[estimate.id]

    def _rests_on(self, estimate: Estimate) -> frozenset[str]:
        origins = {
            o
            for e in estimate.made_of()
            for drawn in e.statement.draws_on
            for o in (drawn, *self._repeated_by.get((e.measure.id, drawn), ()))
        } | {o for e in estimate.made_of() for o in (e.statement.speaker_id, *e.statement.origins)}
        families = [self.families[o] for o in origins]
        own = self.families[estimate.statement.speaker_id]
        found = {f.id for f in families} | {
            f for other in families if other.id != own.id for f in other.sums_up
        }
        return frozenset(found) - {own.id}


def matcher(evidence: Evidence, article: Article, policy: Policy, as_of: AsOf) -> Matcher:
    """The claims of an article and the estimates of their measures, as columns.

    ``as_of``: "written" takes only what certainly was out before the article was written.
    """
    claims = claim_terms(evidence.book, article, evidence.families)
    there = {id_: e for id_, e in evidence.estimates.items() if as_of is AsOf.TODAY or _out(e, article)}
    wanted = evidence.of_measures(c.measure.id for c in claims.values())
    rows = tuple(e for e in wanted.values() if e.id in there)
    return beside(evidence, claims, rows, policy, known=there, article=article.id)


def beside(
    evidence: Evidence,
    claims: dict[str, ClaimTerms],
    rows: tuple[Estimate, ...],
    policy: Policy,
    *,
    known: Mapping[str, Estimate] | None = None,
    article: str | None = None,
) -> Matcher:
    """Some claims and estimates as columns. ``known``: the estimates of the time of judging, all if not
    given; ``article``: the id of the article whose copies say nothing of their own."""
    families, book = evidence.families, evidence.book
    there = evidence.estimates if known is None else known
    repeats = repeated(book, rows, there)
    superseded = {e.id: newer for e in rows if (newer := _replaced_by(e, there)) is not None}
    lowered = _lowered([e for e in rows if e.statement.id not in repeats], policy)
    names = Names.new()
    return Matcher(
        book,
        claims,
        claim_columns(
            list(claims.values()), [c.amount.under(policy) for c in claims.values()], policy, names
        ),
        rows,
        estimate_columns(
            rows,
            [e.amount.under(policy) if e.amount else None for e in rows],
            names,
            vague=_vague(rows, policy),
            family=_family_codes(rows, families),
            repeats=[
                e.statement.id in repeats or (article is not None and e.source.copy_of == article)
                for e in rows
            ],
            superseded=[e.id in superseded for e in rows],
            lowered=[e.id in lowered for e in rows],
        ),
        families,
        {**lowered, **superseded},
        names.inner({c.measure.id: c.measure for c in claims.values()}.values()),
    )


def _vague(estimates: Iterable[Estimate], policy: Policy) -> Column:
    """0: decides; 1: derived and too vague; 2: too vague, but its finer grain may still agree."""
    return np.fromiter((_vagueness(e, policy) for e in estimates), dtype=np.int64)


def _vagueness(estimate: Estimate, policy: Policy) -> int:
    if not estimate.derived or estimate.amount is None or not estimate.amount.under(policy).vague:
        return 0
    sharp = estimate.sharp.under(policy) if estimate.sharp else None
    return 1 if sharp is None or sharp.vague else 2


def _family_codes(estimates: Iterable[Estimate], families: Families) -> Column:
    names = Coder()
    return np.fromiter((names(families[e.statement.speaker_id].id) for e in estimates), dtype=np.int64)


def _replaced_by(estimate: Estimate, known: Mapping[str, Estimate]) -> Estimate | None:
    """The known estimate that supersedes one of those that an estimate is made of, for the same time: the
    last of them, where that was superseded too.

    Of another time the older one still speaks for its own.
    """
    for e in estimate.made_of():
        for newer in reversed(newer_figures(e, known)):
            if _one_time(e, newer):
                return newer
    return None


def newer_figures(estimate: Estimate, known: Mapping[str, Estimate]) -> list[Estimate]:
    """The known figures that replaced one, each by the next; those that a person refused replace nothing."""
    found, one = [], known.get(estimate.statement.superseded_by or "")
    while one is not None:
        found.append(one)
        one = known.get(one.statement.superseded_by or "")
    return [e for e in found if e.statement.refused is None]


def _one_time(older: Estimate, newer: Estimate) -> bool:
    if older.measure.once or older.period is None or newer.period is None:
        return True
    if older.ends is not None and newer.ends is not None and older.ends.is_of(newer.ends):
        return True
    return older.period.text == newer.period.text or (
        (older.period.start, older.period.end) == (newer.period.start, newer.period.end)
    )


def _lowered(estimates: Iterable[Estimate], policy: Policy) -> dict[str, Estimate]:
    """The later count by which its own origin lowered a running count, by the id of the higher one."""
    series: dict[tuple[str, str, str | None], list[Estimate]] = defaultdict(list)
    for e in estimates:
        whole = e.amount and e.period and e.part is None and e.statement.refused is None
        if e.measure.cumulative and not e.derived and whole:
            series[e.measure.id, e.statement.speaker_id, e.scope].append(e)
    found: dict[str, Estimate] = {}
    for counts in series.values():
        for one in counts:
            assert one.period is not None and one.amount is not None
            least = one.amount.under(policy).true.low
            for other in counts:
                assert other.period is not None and other.amount is not None
                later = other.period.points()[0] > one.period.points()[1]
                if later and other.amount.under(policy).true.high < least:
                    found.setdefault(one.id, other)
    return found


def _out(estimate: Estimate, article: Article) -> bool:
    """Whether all of it certainly was out when the article was written: on a day before, or on a page that
    the article cites, unless that came out after it."""
    cited = {page for claim in article.claims for page in claim.cites}
    for e in estimate.made_of():
        day = e.out_by
        if day is None or day > article.published.end:
            return False
        if day >= article.published.start and e.source.id not in cited:
            return False
    return True


def perhaps_out(estimate: Estimate, article: Article) -> bool:
    """Whether it may have been out by the article's day, which nobody can tell."""
    if _out(estimate, article):
        return False
    dated = estimate.source.dated
    return dated is None or dated.start <= article.published.end


def own_side(claim: ClaimTerms, family: Family, rests_on: frozenset[str]) -> tuple[bool, bool]:
    """(is the claim's own side, is computed from what that side says or draws on it)."""
    return family.id in claim.own, bool(claim.own & rests_on)

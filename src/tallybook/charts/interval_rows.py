"""What an interval picture draws: claims as bands, a row a voice or other wording, and one scale.

Made once from the records of a comparison; the painters (``intervals.py`` for notebooks,
``interval_table.py`` for pages) draw these rows in this order and judge nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tallybook.book.problems import require_name
from tallybook.charts.scale import Scale, fit
from tallybook.charts.wording import estimate_words, figure_words, heading_of
from tallybook.prose import counted, listed, quoted
from tallybook.terms import Kind, Relation
from tallybook.verdicts.verdict import why_not_counted

if TYPE_CHECKING:
    from tallybook.book import Measure
    from tallybook.estimates.estimate import Estimate
    from tallybook.matching.pair import Pair
    from tallybook.quantity import Interval
    from tallybook.tables.case import Case
    from tallybook.verdicts import Comparison

MOST_ROWS = 30
"""More than this and nobody reads them; the table of estimates has them all."""

MOST_OPEN = 10
"""Rows of a page that are not folded away."""

_LEAST_ASIDE, _LEAST_ASIDE_OPEN = 10, 3
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class ClaimBand:
    """One claim: its words, the number that they name, and its true zone under the comparison's policy.

    ``letter``: its name beside other claims; empty for a claim by itself. ``language``: of the words.
    """

    claim: str
    letter: str
    words: str
    language: str
    said_by: str
    figure: str
    core: Interval
    zone: Interval


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One wording of one source group.

    ``estimates``: the one whose words are printed, and those that say the same. ``bearings``: the letter
    of each claim with the relation to it. ``standings``: for each claim why it confirms nothing, empty for
    a figure that could. ``zone``: where its words are true; ``opened``: (bottom, top) ends that time opens
    further. ``would``: how a figure that cannot be compared would bear, were its reason away.
    """

    estimates: tuple[Estimate, ...]
    family: str
    voice: bool
    bearings: tuple[tuple[str, Relation], ...]
    standings: tuple[str, ...]
    figure: str
    core: Interval | None
    zone: Interval | None
    opened: tuple[bool, bool]
    reason: str
    would: Relation | None = None

    @property
    def printed(self) -> Estimate:
        """The estimate whose words stand for the row."""
        return self.estimates[0]

    @property
    def relation(self) -> Relation | None:
        """None for no claim, and for several claims with different relations."""
        found = {relation for _, relation in self.bearings}
        return found.pop() if len(found) == 1 else None

    @property
    def comparable(self) -> bool:
        return self.relation is not Relation.NOT_COMPARABLE

    @property
    def differs(self) -> bool:
        return any(relation is Relation.DIFFERS for _, relation in self.bearings)

    @property
    def counts(self) -> bool:
        """Whether it could confirm a claim."""
        return self.comparable and (not self.standings or "" in self.standings)

    @property
    def standing(self) -> str:
        """Why it confirms nothing; for several claims with their letters where they differ."""
        if len(set(self.standings)) == 1:
            return self.standings[0]
        pairs = zip(self.bearings, self.standings, strict=True)
        return "; ".join(f"{letter}: {why}" for (letter, _), why in pairs if why)

    @property
    def bearing(self) -> str:
        """The relation in words; for several claims with their letters."""
        if not self.comparable:
            return Relation.NOT_COMPARABLE.label
        return " · ".join(f"{letter} {relation.label}".strip() for letter, relation in self.bearings)

    @property
    def pages(self) -> int:
        return len({estimate.source.id for estimate in self.estimates})


@dataclass(frozen=True, slots=True)
class IntervalPicture:
    """``near``, ``aside``: the rows that can be compared and those that cannot, the ones that differ first,
    then the voices; ``open_near``, ``open_aside``: how many of each a page does not fold away.

    ``counts``: figures by relation for each claim's letter, of all ``figures`` from ``groups`` groups;
    ``own``: how many of those that confirm the claim are of its own side; ``left_out``: figures for which
    there is no row.
    """

    title: str
    unit: str
    bands: tuple[ClaimBand, ...]
    near: tuple[IntervalRow, ...]
    aside: tuple[IntervalRow, ...]
    open_near: int
    open_aside: int
    figures: int
    groups: int
    left_out: int
    counts: tuple[tuple[str, Counter[Relation]], ...]
    own: tuple[int, ...]
    scale: Scale
    tolerance: float

    @property
    def rows(self) -> tuple[IntervalRow, ...]:
        return self.near + self.aside

    @property
    def numeric(self) -> bool:
        """Whether there is anything to place on a scale."""
        return bool(self.bands) or any(row.core is not None for row in self.rows)

    @property
    def summary(self) -> str:
        """How many figures bear how, and first who differs: what a reader needs who sees no picture."""
        if not self.figures:
            return "No source gives a figure for it."
        differing = [
            f"{row.family}{f' ({row.standing})' if row.standing else ''} with {row.figure}"
            for row in self.near
            if row.differs
        ]
        first = f"Differs: {listed(list(dict.fromkeys(differing)))}. " if differing else ""
        said = [
            f"{letter} " * bool(letter)
            + listed([_times(relation, count) for relation, count in found.items()])
            for letter, found in self.counts
        ]
        of = f"{counted(self.figures, 'figure')} from {counted(self.groups, 'source group')}"
        own = [
            _own_part(letter, own, sum(count for relation, count in found.items() if relation.confirms))
            for (letter, found), own in zip(self.counts, self.own, strict=True)
        ]
        return f"{first}{of}{': ' if said else ''}{'; '.join(said)}.{''.join(own)}"


def interval_picture(case: Case, claim: str | None, measure: str | None, *, as_of: str) -> IntervalPicture:
    """The picture of one claim, or of all claims of a measure; one of the two is given.

    UnknownName: no such claim or measure.
    """
    if (claim is None) == (measure is None):
        raise ValueError("an interval picture needs a claim or a measure, one of the two")
    comparison = case.comparison(as_of)
    if claim is not None:
        return claim_picture(comparison, claim)
    chosen, about = of_measure(case, comparison, str(measure))
    return _picture(comparison, chosen, about, heading_of(about))


def claim_picture(comparison: Comparison, claim: str) -> IntervalPicture:
    """The picture of one claim of a comparison, under the policy of that. UnknownName: no such claim."""
    claims = comparison.claims
    require_name("claim", claim, claims)
    title = quoted(claims[claim].words, 120)
    return _picture(comparison, [claim], claims[claim].measure, title)


def _picture(comparison: Comparison, chosen: Sequence[str], about: Measure, title: str) -> IntervalPicture:
    bands = bands_of(comparison, chosen)
    near, aside = _sections(_rows(comparison, bands, about))
    kept_near, kept_aside = _shared_out(len(near), len(aside), MOST_ROWS, _LEAST_ASIDE)
    near, aside = near[:kept_near], aside[:kept_aside]
    beside = _beside(comparison, chosen, about)
    return IntervalPicture(
        title,
        about.unit,
        bands,
        tuple(near),
        tuple(aside),
        *_shared_out(len(near), len(aside), MOST_OPEN, _LEAST_ASIDE_OPEN),
        figures=len(beside),
        groups=len({comparison.families[e.statement.speaker_id].id for e in beside}),
        left_out=len(beside) - sum(len(row.estimates) for row in (*near, *aside)),
        counts=tuple((band.letter, _counts(comparison.pairs[band.claim])) for band in bands),
        own=tuple(_own_side(comparison.pairs[band.claim]) for band in bands),
        scale=fit([*bands, *near, *aside], level=about.kind is Kind.LEVEL),
        tolerance=comparison.policy.tolerance,
    )


def of_measure(case: Case, comparison: Comparison, measure: str) -> tuple[list[str], Measure]:
    """The claims of a measure, and its record. UnknownName: no such measure."""
    require_name("measure", measure, case.measures)
    chosen = [id_ for id_, claim in comparison.claims.items() if claim.measure.id == measure]
    return chosen, case.measures[measure]


def bands_of(comparison: Comparison, chosen: Sequence[str]) -> tuple[ClaimBand, ...]:
    """The claims as bands, with letters where there are several."""
    letters = _LETTERS if len(chosen) > 1 else [""]
    return tuple(_band(comparison, id_, letter) for id_, letter in zip(chosen, letters, strict=False))


def _band(comparison: Comparison, id_: str, letter: str) -> ClaimBand:
    terms = comparison.claims[id_]
    zones = terms.amount.under(comparison.policy)
    figure = figure_words(zones, terms.figure.quantity, terms.measure.unit)
    said_by = terms.claim.attributed_to or ""
    return ClaimBand(
        id_, letter, terms.words, comparison.article.language, said_by, figure, zones.core, zones.true
    )


def _beside(comparison: Comparison, chosen: Sequence[str], about: Measure) -> list[Estimate]:
    """What is compared with the claims; without any, all estimates of the measure."""
    if chosen:
        return [pair.estimate for pair in comparison.pairs[chosen[0]]]
    return [e for e in comparison.estimates.values() if e.measure.id == about.id]


def _rows(comparison: Comparison, bands: Sequence[ClaimBand], about: Measure) -> list[IntervalRow]:
    """A row a wording: figures of one group that say and mean the same are one."""
    pairs: dict[str, list[Pair]] = {}
    for band in bands:
        for pair in comparison.pairs[band.claim]:
            pairs.setdefault(pair.estimate.id, []).append(pair)
    folded: dict[Hashable, list[IntervalRow]] = {}
    for estimate in _beside(comparison, [band.claim for band in bands], about):
        row = _row(comparison, estimate, pairs.get(estimate.id, []), bands)
        folded.setdefault(_fold_key(row, pairs.get(estimate.id, [])), []).append(row)
    return [_folded(same) for same in folded.values()]


def voices_of(comparison: Comparison, band: ClaimBand, voices: Iterable[Pair]) -> list[IntervalRow]:
    """A row a pair of one claim, in the order of a picture."""
    return sorted((_row(comparison, pair.estimate, [pair], [band]) for pair in voices), key=_place)


def _row(
    comparison: Comparison, estimate: Estimate, pairs: Sequence[Pair], bands: Sequence[ClaimBand]
) -> IntervalRow:
    zones = estimate.amount.under(comparison.policy) if estimate.amount else None
    letters = [band.letter for band in bands]
    first = next((pair for pair in pairs if pair.comparability.failed is None), pairs[0] if pairs else None)
    return IntervalRow(
        (estimate,),
        comparison.families[estimate.statement.speaker_id].name,
        any(pair.voice for pair in pairs),
        tuple((letter, p.bearing.relation) for letter, p in zip(letters, pairs, strict=False)),
        tuple(why_not_counted(p, comparison.verdicts[p.claim.id]) for p in pairs),
        estimate_words(estimate, zones),
        zones.core if zones else None,
        zones.true if zones else None,
        (first.comparability.opens_bottom, first.comparability.opens_top) if first else (False, False),
        first.bearing.reason if first and (len(bands) == 1 or first.comparability.failed) else "",
        first.would if first and first.comparability.failed else None,
    )


def _fold_key(row: IntervalRow, pairs: Sequence[Pair]) -> Hashable:
    estimate = row.printed
    return (
        row.family, row.bearings, row.standings, tuple(p.comparability.failed for p in pairs), row.opened,
        estimate.derived, row.figure, row.core or estimate.words, row.zone, estimate.status, estimate.part,
        row.would,
    )  # fmt: skip


def _folded(same: list[IntervalRow]) -> IntervalRow:
    """One row for all; the words of the voice, else of the nearest tier and the oldest page."""
    first, *others = sorted(same, key=lambda row: (not row.voice, *precedence(row.printed)))
    return replace(first, estimates=(first.printed, *(row.printed for row in others)))


def precedence(estimate: Estimate) -> tuple[bool, int, str, str]:
    """The order of estimates that say the same: stated, of the nearest tier, of the oldest page."""
    published = estimate.source.published.end.isoformat() if estimate.source.published else "9"
    return estimate.derived, estimate.source.kind.rank, published, estimate.id


def _sections(rows: Iterable[IntervalRow]) -> tuple[list[IntervalRow], list[IntervalRow]]:
    """(comparable, not comparable): what differs first, then the voices that count, the other voices, the
    other wordings."""
    ordered = sorted(rows, key=_place)
    return [row for row in ordered if row.comparable], [row for row in ordered if not row.comparable]


def _place(row: IntervalRow) -> tuple[object, ...]:
    rank = row.relation.rank if row.relation else 0
    return not row.differs, not row.voice, not row.counts, rank, row.family, precedence(row.printed)


def _shared_out(near: int, aside: int, most: int, least_aside: int) -> tuple[int, int]:
    """How many rows of each section there is room for."""
    kept_aside = min(aside, max(least_aside, most - near))
    return min(near, most - kept_aside), kept_aside


def _counts(pairs: Iterable[Pair]) -> Counter[Relation]:
    """Figures by relation, those that differ first."""
    found = Counter(pair.bearing.relation for pair in pairs)
    order = sorted(found, key=lambda relation: (relation is not Relation.DIFFERS, relation.rank))
    return Counter({relation: found[relation] for relation in order})


def _own_side(pairs: Iterable[Pair]) -> int:
    """How many figures that confirm the claim are of its own side, and so confirm nothing."""
    return sum(pair.own and pair.bearing.relation.confirms for pair in pairs)


def _own_part(letter: str, own: int, confirming: int) -> str:
    """ " Of the 10 that confirm it, 6 are of the claim’s own side."; "" where none is."""
    if not own:
        return ""
    what, side = letter or "it", "of the claim’s own side"
    if confirming == 1:
        return f" The one that confirms {what} is {side}."
    return f" Of the {confirming} that confirm {what}, {_part(own, confirming)} {side}."


def _part(own: int, confirming: int) -> str:
    return "all are" if own == confirming else f"{own} {'is' if own == 1 else 'are'}"


def _times(relation: Relation, count: int) -> str:
    return f"{count} {relation.label if count == 1 else relation.label.removesuffix('s')}"

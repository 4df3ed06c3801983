"""What the page "Among themselves" shows: measure by measure, how every two origins stand to each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tallybook.charts.wording import capital, heading_of, plain
from tallybook.prose import counted, listed, spelled, unit_words
from tallybook.report.addresses import among_page, source_place
from tallybook.report.sentences import Sentence, quote
from tallybook.terms import Relation
from tallybook.verdicts.among_sentences import (
    apart_words,
    before_words,
    disagreement,
    joined_words,
    name_of,
    page_of,
    relation_words,
    since_words,
)

if TYPE_CHECKING:
    from tallybook.estimates.estimate import Estimate
    from tallybook.tables.case import Case
    from tallybook.verdicts.among_sources import AmongSources, OriginPair

MOST_PAIRS = 30
"""So many pairs that decide something are told in words; the others are counted."""

MOST_ORIGINS = 12
"""So many origins have a row in a measure's table of signs, those that differ first."""

_STAND = {
    Relation.DIFFERS: ("differs", "differ"),
    Relation.AGREES: ("agrees", "agree"),
    Relation.SUPPORTS: ("has one that supports the other", "have one that supports the other"),
    Relation.COMPATIBLE: ("can both be true", "can both be true"),
    Relation.NOT_COMPARABLE: ("cannot be compared", "cannot be compared"),
    Relation.REFUSED: ("is not counted by a person", "are not counted by a person"),
}


@dataclass(frozen=True)
class PairView:
    """Two origins in words. ``says``: what each says and where; ``how``: how that relates, since when."""

    relation: Relation
    one: str
    other: str
    says: Sentence
    how: str
    joined: bool


@dataclass(frozen=True)
class Cell:
    """``label``: for the ear; None in the cell of an origin and itself."""

    relation: Relation
    label: str
    joined: bool


@dataclass(frozen=True)
class MeasureView:
    """One measure: the pairs that decide something, and a table of signs of its first origins."""

    heading: str
    unit: str
    told: str
    pairs: list[PairView]
    more: int
    origins: list[str]
    rows: list[list[Cell | None]]
    left: int


@dataclass(frozen=True)
class AmongView:
    """``relations``: those that occur, for the key; ``alone``: measures of which only one origin speaks."""

    path: str
    headline: str
    lead: list[str]
    measures: list[MeasureView]
    alone: int
    relations: list[Relation]


def among_view(case: Case) -> AmongView:
    """The origins of a case beside each other, the measures with a difference first."""
    found = list(case.among_sources().values())
    several = sorted((one for one in found if one.pairs), key=lambda one: one.pairs[0].rank)
    pairs = [pair for one in several for pair in one.pairs]
    return AmongView(
        among_page(case.id),
        _headline(pairs),
        _lead(pairs),
        [_measure(case, one) for one in several],
        len(found) - len(several),
        [relation for relation in Relation if any(pair.relation is relation for pair in pairs)],
    )


def _headline(pairs: list[OriginPair]) -> str:
    differ = [pair for pair in pairs if pair.differ]
    if not pairs:
        return "No two origins give a figure of one measure"
    if not differ:
        return f"Of {counted(len(pairs), 'pair')} of origins none differs"
    verb = "differs" if len(differ) == 1 else "differ"
    return f"{capital(spelled(len(differ)))} of {counted(len(pairs), 'pair')} of origins {verb}"


def _lead(pairs: list[OriginPair]) -> list[str]:
    """Who differs with whom and since when; then how the others stand."""
    if not pairs:
        return ["So none of them can disagree."]
    differ = sorted(
        (pair for pair in pairs if pair.differ), key=lambda pair: (len(pair.joined), pair.since is None)
    )
    told = []
    for pair in differ[:3]:
        told.append(f"{plain(disagreement(pair, ' differ'))}.")
    count = Counter(pair.relation for pair in pairs)
    said = [
        f"{count[r]} {_STAND[r][count[r] > 1]}" for r in Relation if count[r] and r is not Relation.DIFFERS
    ]
    if said:
        told.append(f"Of the other pairs {listed(said)}.")
    joined = sum(bool(pair.joined) for pair in differ)
    if joined:
        verb = "is" if joined == 1 else "are"
        told.append(f"{capital(spelled(joined))} of those that differ {verb} not of two independent origins.")
    return told


def _measure(case: Case, among: AmongSources) -> MeasureView:
    decided = [pair for pair in among.pairs if pair.differ or pair.apart or pair.relation.confirms]
    shown = decided[:MOST_PAIRS]
    origins = among.ranked[:MOST_ORIGINS]
    count = Counter(pair.relation for pair in among.pairs)
    told = listed([f"{count[r]} {_STAND[r][count[r] > 1]}" for r in _STAND if count[r]])
    rows: list[list[Cell | None]] = [[_cell(among.of(one, other)) for other in origins] for one in origins]
    return MeasureView(
        plain(heading_of(among.measure)),
        unit_words(among.measure.unit),
        f"{counted(len(among.origins), 'origin')}, {counted(len(among.pairs), 'pair')}: {told}.",
        [_pair(case, pair) for pair in shown],
        len(decided) - len(shown),
        [name_of(plain(one.name)) for one in origins],
        rows,
        len(among.origins) - len(origins),
    )


def _pair(case: Case, pair: OriginPair) -> PairView:
    one, other = name_of(plain(pair.one.name)), name_of(plain(pair.other.name))
    says: Sentence = (f"{one}: ", *_cited(case, pair.first), f". {other}: ", *_cited(case, pair.second), ".")
    how = [capital(relation_words(pair)) + ".", since_words(pair), before_words(pair), apart_words(pair)]
    told = " ".join(plain(part) for part in [*how, joined_words(pair)] if part)
    return PairView(pair.relation, one, other, says, told, bool(pair.joined))


def _cited(case: Case, estimate: Estimate) -> Sentence:
    place = source_place(case.id, estimate.source.id)
    return (quote(estimate.words, estimate.source.language, place, 120), f" ({plain(page_of(estimate))})")


def _cell(pair: OriginPair | None) -> Cell | None:
    if pair is None:
        return None
    label = pair.relation.label + (", not independent" if pair.joined else "")
    return Cell(pair.relation, label, bool(pair.joined))

"""From words to verdict, step by step: words → reading → interval → comparability → relation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tallybook.book import Figure, Measure
from tallybook.book.problems import UnknownName
from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.families import origin_name
from tallybook.estimates.nature import as_shown
from tallybook.estimates.zones import Zones
from tallybook.matching.pair import Pair
from tallybook.prose import FRACTION, counted, day, in_words, interval, listed, quoted, unit_words
from tallybook.prose import period as period_words
from tallybook.terms import Relation
from tallybook.verdicts.comparison import Comparison
from tallybook.verdicts.verdict import why_not_counted

GROUPS = ("for", "against", "compatible", "aside")


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: its name, and what it says in plain words."""

    step: str
    says: str


def claim_chain(comparison: Comparison, claim: str) -> list[Link]:
    """From the words of a claim to its verdict."""
    side, judged = comparison.claims[claim], comparison.verdicts[claim]
    links = list(_claim_links(comparison, side))
    source = Link("cited source", f"{judged.fidelity.named.label}: {judged.fidelity.why}")
    others = [Link("witnesses", f"{judged.witnesses}."), Link("verdict", f"{judged.verdict}: {judged.why}")]
    links += [source, *others] if judged.heading == "attribution" else [*others, source]
    if judged.slip is not None:
        links.append(Link("hint", judged.slip.linked))
    for review in comparison.article.reviews:
        if review.claim == claim and review.estimate is None:
            links.append(Link("review", f"{review.by}, {day(review.on)}: {review.says}. {review.why}"))
    return links


def grouped_pairs(comparison: Comparison, claim: str) -> dict[str, list[Pair]]:
    """The pairs of a claim by their effect on it: for, against, compatible, aside; voices first."""
    found: dict[str, list[Pair]] = {name: [] for name in GROUPS}
    for pair in sorted(comparison.pairs[claim], key=lambda p: not p.voice):
        found[_group(pair)].append(pair)
    return found


def pair_chain(comparison: Comparison, claim: str, estimate: str) -> list[Link]:
    """From the words of a claim and of an estimate to how one bears on the other.

    UnknownName for an estimate that is not of the claim's measure or not known at the time of judging.
    """
    side = comparison.claims[claim]
    pair = next((p for p in comparison.pairs[claim] if p.estimate.id == estimate), None)
    if pair is None:
        raise UnknownName(
            f"estimate beside '{claim}'", estimate, [p.estimate.id for p in comparison.pairs[claim]]
        )
    return [*_claim_links(comparison, side), *_pair_links(comparison, pair)]


def pair_sentence(pair: Pair) -> str:
    """One estimate and its relation to the claim, in one sentence, with the words as the page prints them."""
    e = pair.estimate
    said = f"{e.origin.name}: {quoted(e.words)} ({_page(e)})"
    if e.derived and pair.zones is not None:
        said += f"; derived: {e.formula} = {_amount(pair.zones, e.measure.unit)}"
    return f"{said}; {_relation(pair)}"


def _claim_links(comparison: Comparison, side: ClaimTerms) -> Iterator[Link]:
    claim = side.claim
    where = f"paragraph {claim.anchor.paragraph}"
    if claim.anchor.start is not None:
        where += f", characters {claim.anchor.start}–{claim.anchor.end}"
    yield Link("words of the article", f"{quoted(claim.anchor.exact)} ({where})")
    yield Link("reading", _reading(side.figure))
    yield Link("interval", _zones(side.amount.under(comparison.policy), side.measure))
    period = (
        period_words(side.stated_period) if side.stated_period else "not stated: any time up to the article"
    )
    scope = side.measure.scopes.get(side.scope or "")
    asks = f"{side.measure.definition} Kind: {side.measure.kind.label}; time: {period}"
    yield Link("asks for", f"{asks}; scope: {scope}." if scope else f"{asks}.")
    own = f"; family: {side.family.name}" if side.family else ""
    by = claim.attributed_to or "the article names nobody"
    yield Link("attributed to", f"{by} (origin: {origin_name(comparison.book, claim.origin)}{own})")


def _pair_links(comparison: Comparison, pair: Pair) -> Iterator[Link]:
    e = pair.estimate
    yield Link("words of the page", f"{quoted(e.words)} ({_page(e)})")
    yield from _computed(comparison, e)
    if e.figure is not None:
        yield Link("reading", _reading(e.figure))
    if e.derived:
        told = f"{e.formula}"
        if e.assumptions:
            told += f"; assumes that {listed(e.assumptions)}"
        yield Link("derived", f"{told}. Inputs: {', '.join(e.inputs)}")
    if pair.zones is not None:
        yield Link("interval", _zones(pair.zones, e.measure))
    named = e.origin.name
    rests = f"; rests also on {listed(sorted(pair.rests_on))}" if pair.rests_on else ""
    yield Link("origin", f"{named}; family: {pair.family.name}{rests}")
    time = period_words(e.period) if e.period else "not known"
    yield Link("time", f"{time} ({e.period_from.meaning})")
    compared = pair.comparability
    says = f"not comparable ({compared.failed})" if compared.failed else "comparable"
    yield Link("comparability", f"{says}: {compared.reason}" if compared.reason else says)
    yield Link("relation", _relation(pair))
    yield Link("counts", _counts(comparison, pair))
    for review in comparison.article.reviews:
        if review.claim == pair.claim.id and review.estimate == e.id:
            yield Link("review", f"{review.by}, {day(review.on)}: {review.says}. {review.why}")


def _computed(comparison: Comparison, e: Estimate) -> Iterator[Link]:
    """Of a figure that was computed from a table: which rows of which file, and how."""
    statement = comparison.book.statements.get(e.id)
    query = statement.query if statement is not None else None
    if query is not None and e.source.table is not None:
        rows = f"{counted(query.rows, 'row')} of {e.source.table.file} (row {query.which})"
        yield Link("computed", f"from {rows}: {' '.join(query.sql.split())}")


def _reading(figure: Figure) -> str:
    by = f"recorded by a person: {figure.because}" if figure.because else "by the reader"
    share = "; a share or change of another figure" if figure.share else ""
    return f"{in_words(figure.quantity)} ({by}{share})"


def _zones(value: Zones, measure: Measure) -> str:
    unit = measure.unit
    true, meant = (as_shown(zone, measure) for zone in (value.true, value.meant))
    several = f"; {_SEVERAL}" if value.several else ""
    return (
        f"names {interval(value.core, unit)}; true if {interval(true, unit)}; "
        f"suggests {interval(meant, unit)} ({unit_words(unit)}){several}"
    )


_SEVERAL = (
    "the word for the unit means one of several, all of which this holds; to say which is meant, name it as "
    "the measure's 'unit' and the word among its 'nouns'"
)


def _amount(zones: Zones, unit: str) -> str:
    """The value of a derived figure, without "about", which its formula has already."""
    amount = interval(zones.core if zones.core.high > 0 else zones.true, unit)
    return amount if unit == FRACTION else f"{amount} {unit_words(unit)}"


def _page(e: Estimate) -> str:
    dated = f", {day(e.source.published.end)}" if e.source.published else ""
    return f"{e.source.publisher}{dated}"


def _relation(pair: Pair) -> str:
    return f"{pair.bearing.relation}: {pair.bearing.reason}"


def _counts(comparison: Comparison, pair: Pair) -> str:
    if pair.repeats:
        return "no: it repeats another statement"
    if not pair.voice:
        return "no: another estimate represents its source group"
    if why := why_not_counted(pair, comparison.verdicts[pair.claim.id]):
        return f"no: {why}"
    if pair.comparability.failed:
        return "no: it cannot be compared"
    if pair.bearing.relation is Relation.COMPATIBLE:
        return "no: it is only compatible"
    side = "for" if pair.bearing.relation.confirms else "against"
    return f"{side} the claim, as the voice of {pair.family.name}"


def _group(pair: Pair) -> str:
    relation = pair.bearing.relation
    if relation.confirms:
        return "for"
    return {Relation.DIFFERS: "against", Relation.COMPATIBLE: "compatible"}.get(relation, "aside")

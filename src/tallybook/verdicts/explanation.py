"""From words to verdict, step by step: words → reading → interval → gate → relation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tallybook.book import Book, Figure, in_words
from tallybook.book.problems import UnknownName
from tallybook.estimates.claim_terms import ClaimSide
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.families import origin_name
from tallybook.estimates.zones import Stated
from tallybook.matching.pair import Pair
from tallybook.matching.relation import FOR, Relation
from tallybook.prose import interval, listed, quoted
from tallybook.verdicts.comparison import Comparison

GROUPS = ("for", "against", "compatible", "aside")


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: what it is, and what it says in plain words."""

    step: str
    says: str


def claim_chain(comparison: Comparison, claim: str) -> list[Link]:
    """From the words of a claim to its verdict."""
    side, judged = comparison.sides[claim], comparison.verdicts[claim]
    links = [*_claim_links(comparison.book, side), Link("cited source", judged.fidelity.why)]
    links += [Link("witnesses", f"{judged.witnesses}."), Link("verdict", f"{judged.outcome}: {judged.why}")]
    for review in comparison.article.reviews:
        if review.claim == claim and review.estimate is None:
            links.append(Link("review", f"{review.by}, {review.on}: {review.says}. {review.why}"))
    return links


def beside(comparison: Comparison, claim: str) -> dict[str, list[Pair]]:
    """The pairs of a claim by what they do to it: for, against, compatible, aside; voices first."""
    found: dict[str, list[Pair]] = {name: [] for name in GROUPS}
    for pair in sorted(comparison.pairs[claim], key=lambda p: not p.voice):
        found[_group(pair)].append(pair)
    return found


def pair_chain(comparison: Comparison, claim: str, estimate: str) -> list[Link]:
    """From the words of a claim and of an estimate to how one bears on the other.

    UnknownName for an estimate that is not of its measure or not known at that time.
    """
    side = comparison.sides[claim]
    pair = next((p for p in comparison.pairs[claim] if p.estimate.id == estimate), None)
    if pair is None:
        raise UnknownName(
            f"estimate beside '{claim}'", estimate, [p.estimate.id for p in comparison.pairs[claim]]
        )
    return [*_claim_links(comparison.book, side), *_pair_links(comparison, pair)]


def sentence(book: Book, pair: Pair) -> str:
    """One estimate beside its claim, in one sentence, with the words as the page prints them."""
    e = pair.estimate
    said = f"{origin_name(book, e.statement.origin)}: {quoted(e.words)} ({_page(e)})"
    if e.derived and e.value is not None:
        said += f"; derived: {e.formula} = {_amount(e.value, e)}"
    return f"{said}; {_relation(pair)}"


def _claim_links(book: Book, side: ClaimSide) -> Iterator[Link]:
    claim = side.claim
    where = f"paragraph {claim.anchor.paragraph}"
    if claim.anchor.start is not None:
        where += f", characters {claim.anchor.start}–{claim.anchor.end}"
    yield Link("words of the article", f"{quoted(claim.anchor.exact)} ({where})")
    yield Link("reading", _reading(side.figure))
    yield Link("interval", _zones(side.value, side.measure.unit))
    period = str(side.asked.period) if side.asked.period else "not said: any time up to the article"
    scope = side.asked.scopes.get(side.asked.scope or "")
    asks = f"{side.measure.definition} Kind: {side.measure.kind}; time: {period}"
    yield Link("asks for", f"{asks}; scope: {scope}." if scope else f"{asks}.")
    own = f"; family: {side.family.name}" if side.family else ""
    by = claim.attributed_to or "nobody is named"
    yield Link("attributed to", f"{by} (origin: {origin_name(book, claim.origin)}{own})")


def _pair_links(comparison: Comparison, pair: Pair) -> Iterator[Link]:
    e, book = pair.estimate, comparison.book
    yield Link("words of the page", f"{quoted(e.words)} ({_page(e)})")
    if e.figure is not None:
        yield Link("reading", _reading(e.figure))
    if e.derived:
        told = f"{e.formula}"
        if e.assumptions:
            told += f"; assumes that {listed(e.assumptions)}"
        yield Link("derived", f"{told}. Inputs: {', '.join(e.inputs)}")
    if e.value is not None:
        yield Link("interval", _zones(e.value, e.measure.unit))
    named = origin_name(book, e.statement.origin)
    rests = f"; rests also on {listed(sorted(pair.rests_on))}" if pair.rests_on else ""
    yield Link("origin", f"{named}; family: {pair.family.name}{rests}")
    yield Link("time", f"{e.period or 'not known'} ({_PERIOD_FROM[e.period_from]})")
    gate = f"not comparable ({pair.gate.code}): {pair.gate.reason}" if pair.gate.code else "comparable"
    if not pair.gate.code and pair.gate.reason:
        gate += f"; {pair.gate.reason}"
    yield Link("gate", gate)
    yield Link("relation", _relation(pair))
    yield Link("counts", _counts(pair))
    for review in comparison.article.reviews:
        if review.claim == pair.side.claim.id and review.estimate == e.id:
            yield Link("review", f"{review.by}, {review.on}: {review.says}. {review.why}")


_PERIOD_FROM = {
    "stated": "the page gives it",
    "said": "the day it was said",
    "published": "no later than the page",
    "unknown": "the page gives none",
}


def _reading(figure: Figure) -> str:
    by = f"recorded by a person: {figure.because}" if figure.because else "by the reader"
    share = "; a share or change of another figure" if figure.share else ""
    return f"{in_words(figure.quantity)} ({by}{share})"


def _zones(value: Stated, unit: str) -> str:
    return (
        f"names {interval(value.core, unit)}; true if {interval(value.true, unit)}; "
        f"suggests {interval(value.meant, unit)} ({unit})"
    )


def _amount(value: Stated, e: Estimate) -> str:
    top, slash, bottom = e.measure.unit.partition(" / ")
    per = f" a {bottom}" if slash else ""
    unit = "" if top == "fraction" else f" {top}s" if slash else ""
    zone = value.core if value.core.high > 0 else value.true
    return f"{interval(zone, e.measure.unit)}{unit}{per}"


def _page(e: Estimate) -> str:
    dated = f", {e.source.published}" if e.source.published else ""
    return f"{e.source.publisher}{dated}"


def _relation(pair: Pair) -> str:
    return f"{pair.bearing.relation}: {pair.bearing.reason}"


def _counts(pair: Pair) -> str:
    if pair.repeats:
        return "no: it repeats another statement that is there"
    if not pair.voice:
        return "no: another estimate speaks for its family"
    if pair.own:
        return "as the claim's own word, which confirms nothing"
    if pair.echo:
        return "no: it is made from what the claim's own side says"
    if not pair.family.independent:
        return "no: its origin is not known"
    if pair.gate.code:
        return "no: it cannot be compared"
    if pair.bearing.relation is Relation.COMPATIBLE:
        return "for nobody: it is compatible, and no more"
    side = "for" if pair.bearing.relation in FOR else "against"
    return f"{side} the claim, as the voice of {pair.family.name}"


def _group(pair: Pair) -> str:
    relation = pair.bearing.relation
    if relation in FOR:
        return "for"
    return {Relation.DIFFERS: "against", Relation.COMPATIBLE: "compatible"}.get(relation, "aside")

"""What is looked for beside a claim: its number in each unit that it can be put in, its time, its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from tallybook.book import Article, Book, Claim, Measure
from tallybook.book.periods import parse_period
from tallybook.book.units import FRACTION, converts, unit_parts
from tallybook.intake.figures_found import Days, days_of
from tallybook.intake.measure_words import FIRST_CLAUSE, stems
from tallybook.quantity import Quantity
from tallybook.reading import Mention, read
from tallybook.reading.lexicon.language import languages
from tallybook.terms import Kind

_SHARES = (FRACTION, "percent")
_SHARE_ITSELF = 0.6
"""Of "most of them", where the measure counts them: a share may be one of anything."""

MOST_OTHERS = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number that is looked for, and the measure that it is in: its unit decides what is near it.

    ``fit``: how sure it is that a figure in that unit is what is looked for. ``sized``: False where it is a
    share of something whose number is not known, so that no number can be near it or far.
    """

    quantity: Quantity
    measure: Measure
    fit: float = 1.0
    sized: bool = True


@dataclass(frozen=True, slots=True)
class ClaimAsked:
    """``wanted``: the claim's number; of a share of another claim also what it comes to in that one's unit.

    ``sentence``: with what stands around the words; ``meaning``: the definition of the measure, where the
    claim has one; ``others``: those of the other measures in the same unit, for which a figure's words may
    speak instead; ``counted``: the nouns of the unit, which tell nothing more. ``names``: who is named for
    it. ``days``: of its own period; where it is not ``dated``, the article's day, up to which it may be of
    any time. ``timeless``: of something that happened once.
    """

    article: str
    claim: Claim
    wanted: tuple[Wanted, ...]
    sentence: str
    meaning: str
    others: tuple[str, ...]
    counted: frozenset[str]
    names: str
    days: Days | None
    dated: bool
    timeless: bool
    language: str
    observed: bool

    @property
    def words(self) -> str:
        return self.claim.anchor.exact


def claims_of(article: Article) -> list[Claim]:
    """All figures of an article; those of a draft may have no measure yet."""
    return [*article.claims, *getattr(article, "unmeasured", ())]


def measure_of(book: Book, claim: Claim) -> Measure | None:
    return book.measures.get(getattr(claim, "measure", None) or "")


def asked_of(book: Book, article: Article, claim: Claim, text: str | None = None) -> ClaimAsked:
    """What is asked of one claim. ``text``: of the article, where it is at hand."""
    measure = measure_of(book, claim)
    days, dated = _days(article, claim, measure)
    origin = book.origins.get(claim.origin or "")
    anchor = claim.anchor
    return ClaimAsked(
        article.id,
        claim,
        tuple(_wanted(book, article, claim, measure)),
        _sentence(article, claim, text) or f"{anchor.prefix}{anchor.exact}{anchor.suffix}",
        _meaning(measure) if measure else "",
        tuple(islice(_others(book, measure), MOST_OTHERS)) if measure else (),
        stems(f"{measure.unit} {' '.join(measure.nouns)}") if measure else frozenset(),
        " · ".join(filter(None, [claim.attributed_to, origin.name if origin else None])),
        days,
        dated,
        measure is not None and measure.once,
        article.language,
        claim.status.alike == "observed",
    )


def _meaning(measure: Measure) -> str:
    """What its definition says first; what follows tells what is *not* in it as often as what is."""
    own, first = measure.own_scope, FIRST_CLAUSE.match(measure.definition)
    return f"{first[0] if first else ''} {measure.scopes[own] if own else ''}".strip()


def _others(book: Book, measure: Measure) -> Iterator[str]:
    """Of the measures that a figure in this one's unit may be of as well."""
    _, per = unit_parts(measure.unit)
    for other in book.measures.values():
        other_top, other_per = unit_parts(other.unit)
        if other.id != measure.id and (per is None) == (other_per is None) and converts(measure, other_top):
            yield _meaning(other)


def _wanted(book: Book, article: Article, claim: Claim, measure: Measure | None) -> Iterator[Wanted]:
    figure = book.figure_of_claim.get((article.id, claim.id))
    if figure is None:
        for mention in _mentions(claim, article.language):
            yield Wanted(mention.quantity, _measure_of(mention.quantity, mention.noun))
        return
    quantity = figure.quantity
    if measure is None or (figure.share and measure.kind is not Kind.SHARE):
        yield Wanted(quantity, _measure_of(quantity), 1.0 if measure is None else _SHARE_ITSELF)
    else:
        yield Wanted(quantity, measure)
    base = book.figure_of_claim.get((article.id, claim.base or ""))
    if measure is not None and figure.share and measure.kind is not Kind.SHARE:
        if base is None:
            yield Wanted(quantity, measure, sized=False)
        else:
            yield Wanted(_of_base(quantity, base.quantity), measure)


def _of_base(share: Quantity, base: Quantity) -> Quantity:
    """What a share of another figure comes to: most of 10,000 is 5,000 to 10,000."""
    times = 0.01 if share.unit == "percent" else 1.0
    low, high = share.low * times * base.low, share.high * times * base.high
    if share.form == "most":
        high = base.high
    return replace(base, low=min(low, high), high=max(low, high), best=None)


def _mentions(claim: Claim, language: str) -> Iterator[Mention]:
    if language in languages():
        yield from read(claim.anchor.exact, language=language)


def _measure_of(quantity: Quantity, noun: str | None = None) -> Measure:
    """A measure of whatever a figure counts, for a claim that has none yet."""
    unit = quantity.unit or noun or "thing"
    kind = Kind.SHARE if unit in _SHARES else Kind.RATE if quantity.per else Kind.TOTAL
    unit = FRACTION if kind is Kind.SHARE else f"{unit} / {quantity.per}" if quantity.per else unit
    nouns = [noun] if noun and noun != unit_parts(unit)[0] else []
    return Measure.model_construct(
        id="", kind=kind, unit=unit, nouns=nouns, once=False, cumulative=False, definition=""
    )


def _days(article: Article, claim: Claim, measure: Measure | None) -> tuple[Days | None, bool]:
    if claim.reference_period:
        try:
            first_month = measure.first_month if measure else None
            return days_of(parse_period(claim.reference_period, first_month)), True
        except ValueError:
            pass
    return days_of(article.published), False


def _sentence(article: Article, claim: Claim, text: str | None) -> str:
    """The sentence of the article in which the words stand."""
    if text is None:
        return ""
    anchor = claim.anchor
    start = text.find(f"{anchor.prefix}{anchor.exact}{anchor.suffix}")
    if start < 0:
        return ""
    start += len(anchor.prefix)
    first, last = sentence_around(text, start, start + len(anchor.exact))
    return text[first:last]


LONGEST_SENTENCE = 1_000


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The ends of the sentence around a stretch of text, as far as a plain look tells: no further than its
    line, nor than ``LONGEST_SENTENCE`` characters."""
    before = text[max(0, start - LONGEST_SENTENCE) : start]
    after = text[end : end + LONGEST_SENTENCE]
    first = max((before.rfind(mark) + len(mark) for mark in _ENDS if mark in before), default=0)
    last = min((after.find(mark) + 1 for mark in _ENDS if mark in after), default=len(after))
    return start - len(before) + first, end + last


_ENDS = (". ", "! ", "? ", ".” ", "\n", "。")

"""What a book knows of the figures of a draft: a source states them, a source contradicts them, or nothing.

Whether two figures agree is asked of the law that judges claims; here it is decided only which figures of the
book a figure of the draft may be held against. A false accusation is the worst error: where anything is open,
nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, islice

from tallybook.book import Book, Claim, Figure, Measure
from tallybook.book.currencies import rates_of_time
from tallybook.book.figures import NoFigure, figure_of, figure_problems
from tallybook.book.periods import day
from tallybook.book.records import Anchor
from tallybook.book.units import converts
from tallybook.estimates.amount import amount_of
from tallybook.estimates.claim_terms import ClaimTerms
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.evidence import Evidence
from tallybook.intake.anchored import AnchoredClaims
from tallybook.intake.measure_words import Candidate, MeasureWords, candidates, stems, words_of_measures
from tallybook.matching.matcher import beside
from tallybook.matching.numbers import same_number
from tallybook.matching.pair import Pair
from tallybook.prose import counted, quoted
from tallybook.reading import Mention, Reading
from tallybook.terms import Known, Reason, Relation, Verdict
from tallybook.verdicts.judgement import verdicts_of
from tallybook.verdicts.slips import significant

MOST_COMPARED = 2_000
"""How many figures of one draft are held against the book; a book of 150,000 words has fewer."""

_LONGEST_QUOTE = 120
_LARGE = 100
"""A number below it with one digit is found anywhere."""
_BESIDE_THE_POINT = frozenset({Reason.FLOOR, Reason.CEILING, Reason.FAR_INSIDE})
"""Why a figure that is compatible may still leave another one contradicted."""

_ANCHOR = Anchor.model_construct(exact="-", paragraph=1)
_CLAIM = Claim.model_construct(id="-", measure="-", anchor=_ANCHOR)
"""Copied for each figure: to make a record anew takes ten times as long."""

_ONLY_TIME = frozenset({Reason.DATE_OPEN, Reason.WINDOW, Reason.OVERLAPPING})


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of one figure, in a sentence. ``measure``: id of the measure that it is one of;
    ``estimate``, ``relation``: of the figure of the book that is quoted first, by the law."""

    known: Known
    sentence: str
    measure: str | None = None
    url: str | None = None
    estimate: str | None = None
    relation: Relation | None = None


NOTHING = Answer(Known.UNKNOWN, "nothing known: the book has no figure that is certainly of the same thing.")


@dataclass(frozen=True, slots=True)
class _Held:
    """A figure of the draft as one of a measure."""

    terms: ClaimTerms
    candidate: Candidate
    best: bool


class KnownFigures:
    """The figures of a book, ready to be asked about those of drafts.

    ``on``: the day of the drafts; ``language``: whose words are quoted first.
    """

    def __init__(self, evidence: Evidence, on: date, language: str = "en") -> None:
        self.evidence, self.on, self.language = evidence, on, language
        self.claims = AnchoredClaims(evidence)
        self._words = words_of_measures(evidence.book)
        self._fitting: dict[tuple[str | None, bool], list[MeasureWords]] = {}

    def answers(self, reading: Reading) -> list[Answer]:
        """What is known of each figure of a reading, in its order."""
        (answers,) = self.by_law([reading], [self.on])
        return [
            self._perhaps(mention) or answer if answer is NOTHING else answer
            for mention, answer in zip(reading, answers, strict=True)
        ]

    def by_law(self, readings: Sequence[Reading], days: Sequence[date | None]) -> list[list[Answer]]:
        """What the law says of each figure of some texts, each of its day (None: of that of the drafts)."""
        numbers = count()
        held = [
            [self._held(mention, reading, next(numbers), day or self.on) for mention in reading]
            for reading, day in zip(readings, days, strict=True)
        ]
        wanted = [
            terms
            for of_text in held
            for terms in islice((one.terms for several in of_text for one in several), MOST_COMPARED)
        ]
        found = self._compared(wanted)
        return [[self._answer(several, found) for several in of_text] for of_text in held]

    def _perhaps(self, mention: Mention) -> Answer | None:
        """The figures that name the same number of the same noun, of whatever measure; None where there is
        none, or where the number may be found anywhere: "nine"."""
        if mention.low != mention.high or not (mention.low >= _LARGE or significant(mention.low) > 1):
            return None
        counted_as = stems(f"{mention.noun or ''} {mention.unit or ''}")
        same: list[Estimate] = []
        for words in self._of_its_unit(mention):
            if not counted_as & words.units:
                continue
            terms = _terms(mention, words.measure, self.evidence.book, "", self.on)
            if terms is not None and terms.amount is not None:
                named = terms.amount.under(self.evidence.book.policy).number
                same += self.evidence.values.of_measure(words.measure.id, named.low, named.high)
        if not same:
            return None
        first = min(same, key=lambda e: (e.source.language != self.language, e.id))
        pages = len({e.source.id for e in same})
        said = f"{first.source.publisher}, {quoted(first.words, _LONGEST_QUOTE)}{_more(pages - 1)}"
        what = f"{first.measure.definition.rstrip('.')} ({first.measure.id})"
        text = f"the same number stands in the book: {said}. See whether it is of the same thing: {what}."
        return Answer(Known.PERHAPS, text, first.measure.id, first.source.url)

    def _held(self, mention: Mention, reading: Reading, number: int, on: date) -> list[_Held]:
        """A figure as one of each measure that its words give reason for."""
        if mention.unit is None:
            return []
        near = candidates(mention, reading, self._of_its_unit(mention))
        best = near[0].covered if near else 0.0
        alone = sum(candidate.covered >= best for candidate in near) == 1 and not mention.inferred
        held = []
        for candidate in near:
            terms = _terms(mention, candidate.measure, self.evidence.book, f"{number}", on)
            if terms is not None:
                held.append(_Held(terms, candidate, alone and candidate.covered == best))
        return held

    def _of_its_unit(self, mention: Mention) -> list[MeasureWords]:
        """The measures whose unit fits."""
        key = (mention.unit, mention.per is None)
        if key not in self._fitting:
            rates = self.evidence.book.rates
            self._fitting[key] = [w for w in self._words if converts(w.measure, mention.unit, rates)]
        return self._fitting[key]

    def _compared(self, claims: Sequence[ClaimTerms]) -> dict[str, tuple[Verdict, list[Pair]]]:
        """The verdict on each claim, with its pairs. Claims that state one thing are compared once."""
        if not claims:
            return {}
        first: dict[tuple[str, object, date], ClaimTerms] = {}
        for claim in claims:
            first.setdefault((claim.measure.id, claim.figure.quantity, claim.published), claim)
        asked = {claim.id: claim for claim in first.values()}
        policy = self.evidence.book.policy
        rows = self.evidence.of_measures(claim.measure.id for claim in asked.values())
        matcher = beside(self.evidence, asked, tuple(rows.values()), policy)
        verdicts, pairs = verdicts_of(matcher, policy), matcher.pairs(policy)
        same = {c.id: first[c.measure.id, c.figure.quantity, c.published].id for c in claims}
        return {id_: (verdicts[other], pairs[other]) for id_, other in same.items()}

    def _answer(self, held: Iterable[_Held], found: dict[str, tuple[Verdict, list[Pair]]]) -> Answer:
        known = [(one, *found[one.terms.id]) for one in held if one.terms.id in found]
        for one, _, pairs in known:
            stated = _stated(one.candidate.measure, pairs, self.language)
            if stated is not None:
                return stated
        if any(_may_agree(pair) for _, _, pairs in known for pair in pairs):
            return NOTHING
        for one, verdict, pairs in known:
            if one.best and one.candidate.sure and verdict is Verdict.CONTRADICTED:
                return _contradicted(one.candidate.measure, pairs, self.language) or NOTHING
        return NOTHING


def _terms(mention: Mention, measure: Measure, book: Book, id_: str, on: date) -> ClaimTerms | None:
    """A figure as a claim of a measure; None where it cannot be one, as a share of something else."""
    anchor = _ANCHOR.model_copy(update={"exact": mention.words})
    claim = _CLAIM.model_copy(update={"id": f"{id_}/{measure.id}", "measure": measure.id, "anchor": anchor})
    rates = rates_of_time(book.rates, day(on), typed=False)
    try:
        figure: Figure = figure_of(mention, measure, rates)
    except NoFigure:
        return None
    if figure.share or any(figure_problems(figure, claim, measure)):
        return None
    amount = amount_of(figure, measure)
    return ClaimTerms(
        claim, measure, figure, amount, measure.own_scope, None, None, on, None, frozenset(), False
    )


def _may_agree(pair: Pair) -> bool:
    """Whether a figure of the book, of whatever scope or time, may be the one that the draft means."""
    if pair.relation.confirms or (pair.would is not None and pair.would.confirms):
        return True
    return pair.relation is Relation.COMPATIBLE and pair.why not in _BESIDE_THE_POINT


def _printed(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Those of figures that stand on a page, one a page and wording."""
    seen = set()
    for pair in pairs:
        key = (pair.estimate.source.id, pair.estimate.words)
        if not pair.estimate.derived and key not in seen:
            seen.add(key)
            yield pair


def _names_it(pair: Pair) -> bool:
    """Whether a source names the number; where nothing but a date is open, "if of that time" is said."""
    if pair.relation is not Relation.COMPATIBLE or pair.why not in _ONLY_TIME or pair.zones is None:
        return pair.relation is Relation.AGREES
    ours, theirs = pair.claim_zones, pair.zones
    low, high = (max(ends) for ends in zip(ours.half, theirs.half, strict=True))
    return ours.bound == theirs.bound and same_number(ours.number, theirs.number, (low, high))


def _stated(measure: Measure, pairs: Sequence[Pair], language: str) -> Answer | None:
    """That a source states a figure, and which; who differs is said as well."""
    printed = list(_printed(pairs))
    naming = [pair for pair in printed if _names_it(pair)]
    agreeing = naming or [pair for pair in printed if pair.relation is Relation.SUPPORTS]
    differing = [pair for pair in printed if pair.relation is Relation.DIFFERS]
    if not agreeing:
        return None
    first = min(agreeing, key=lambda pair: (_is_open(pair), pair.estimate.source.language != language))
    text = f"a source {'states' if naming else 'supports'} it: {_said(first)}{_more(len(agreeing) - 1)}"
    if _is_open(first):
        text += ", if of that time"
    if differing:
        text += f"; another differs: {_said(differing[0])}{_more(len(differing) - 1)}"
    return _by_law(Known.STATED, f"{text} ({measure.id}).", first)


def _is_open(pair: Pair) -> bool:
    return pair.if_of_that_time or pair.relation is Relation.COMPATIBLE


def _contradicted(measure: Measure, pairs: Sequence[Pair], language: str) -> Answer | None:
    """That a source contradicts a figure, and which; None where only computed figures do."""
    differing = [p for p in _printed(pairs) if p.relation is Relation.DIFFERS and not p.if_of_that_time]
    counting = [p for p in differing if p.counts and p.family.independent]
    if not counting:
        return None
    families = {pair.family.id for pair in counting}
    first = min(
        (pair for pair in differing if pair.family.id in families),
        key=lambda pair: (pair.estimate.source.language != language, not pair.counts),
    )
    text = f"a source contradicts it: {_said(first)}{_more(len(differing) - 1)}: {first.bearing.reason}"
    return _by_law(Known.CONTRADICTED, f"{text} ({measure.id}).", first)


def _by_law(known: Known, sentence: str, pair: Pair) -> Answer:
    estimate = pair.estimate
    return Answer(known, sentence, estimate.measure.id, estimate.source.url, estimate.id, pair.relation)


def _said(pair: Pair) -> str:
    return f"{pair.estimate.source.publisher}, {quoted(pair.estimate.words, _LONGEST_QUOTE)}"


def _more(others: int) -> str:
    return f" and {counted(others, 'more page')}" if others else ""

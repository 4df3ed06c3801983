"""Whether the words around a figure give reason to take it for a figure of a measure.

Two figures in soldiers are not of one thing for that. A figure may be of a measure where its words share what
the measure's definition says; it is taken to contradict the book only where they say nothing besides, and
where the definition names somebody or some place: "homes that the flood damaged" are those of any flood.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tallybook.book import Book, Claim, Measure, Statement
from tallybook.book.figures import words_of
from tallybook.book.units import unit_parts
from tallybook.consistency.printed_numbers import word_set
from tallybook.consistency.same_words import MONTHS, content
from tallybook.reading import Mention, Reading
from tallybook.terms import Kind, Status

_OF_A_LAND = re.compile(r"(?<=\w{4})(?:ian|ia|an|a)$")
FIRST_CLAUSE = re.compile(r"[^.,;:(]*")
_CLAUSE_END = re.compile(r"[;:()“”\"—–]|[.!?,](?=\s|$)|\n")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][a-z]+)?")
_NAME = re.compile(r"(?<=[\w,;(] )(?:[A-Z]|\d+[a-z])[\w’'-]*")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_ASKED = re.compile(r"\W*(?:had|has|have|did|do|does|is|are|was|were|should|could|would|will|can)\b", re.I)
_SO_FAR = re.compile(
    r"\b(?:by|until|till|as of|before|after|since) (?:\w+ ){0,2}?"
    r"(?:\d|noon\b|midnight\b|night\b|morning\b|evening\b|now\b|\w+day\b|\w+ \d)",
    re.I,
)
_OPEN = word_set(
    """
    not no never none neither nor without cannot deny denies denied denying false falsely wrong wrongly
    untrue if whether unless will would could might can should must plan plans planned planning expect
    expects expected forecast project projected target targets aim aims want wants hope hopes propose
    proposes proposed demand demands promise promises promised pledge pledges pledged offer offers offered
    asked capacity almost another other others more further additional extra each every per first second
    third previous previously earlier remaining still initially originally among including except excluding
    besides instead than but save barring minus so yet already until till day daily week weekly month
    monthly year yearly annually hour hourly
    don’t didn’t doesn’t isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t won’t wouldn’t can’t couldn’t
    """
)
"""Words that leave open whether a figure is said of the whole and as a fact."""

_UNSAID = word_set(
    """
    no not never none nobody neither nor without cannot deny denies denied denying denial false falsely fake
    hoax myth lie lies lied liar untrue wrong wrongly rumour rumours rumor rumors misleading debunked
    fiction novel film imagine suppose hypothetical if whether unless would could might then later
    don’t didn’t doesn’t isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t won’t wouldn’t can’t couldn’t
    """
)
"""Words that leave it open wherever they stand in the sentence: "a fake claim: “…”"."""

_REPORTING = (
    "said told according official report reported estimate estimated data figures say tell count counted"
)
_NUMBERS = frozenset(
    content(
        """
        one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
        million billion dozen dozens hundreds thousands millions some about around nearly over least most up
        """
    )
)
_TIMES = frozenset(content("since until during start began from when time times named statement"))
LEAST_SHARED = 2
_LEAST_TOLD = 1 / 2
_LEAST_QUOTED = 3


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """``units``: what it counts; ``says``: the words of its definition besides; ``names``: the names among
    them; ``known``: all that is said of it; ``quoted``: the words of each record of it, without
    numbers."""

    measure: Measure
    units: frozenset[str]
    says: frozenset[str]
    names: frozenset[str]
    known: frozenset[str]
    quoted: frozenset[frozenset[str]]

    @property
    def named(self) -> bool:
        """Whether its definition names somebody or some place."""
        return bool(self.names)

    def missing(self, near: frozenset[str]) -> list[str]:
        """The words of its definition that are not among some, as printed; none where half of them are."""
        if 2 * len(self.says & near) >= len(self.says):
            return []
        clause = FIRST_CLAUSE.match(self.measure.definition)
        words = _WORD.findall(clause[0] if clause else "")
        return [word for word in dict.fromkeys(words) if stems(word) and stems(word) <= self.says - near]

    def covered(self, words: frozenset[str]) -> float:
        """Which part of what its definition says the words share; 0 for fewer than two of them."""
        shared = len(self.says & words)
        return shared / len(self.says) if shared >= LEAST_SHARED else 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A measure that a figure may be of. ``sure``: nothing in the words speaks against it."""

    words: MeasureWords
    covered: float
    sure: bool

    @property
    def measure(self) -> Measure:
        return self.words.measure


def stems(words: str) -> frozenset[str]:
    """The words that say something, by their stems; a land and its people are one.

    >>> sorted(stems("Korean soldiers died"))
    ['die', 'kore', 'soldier']
    """
    return frozenset("die" if stem == "died" else _OF_A_LAND.sub("", stem) for stem in content(words))


def words_of_measures(book: Book) -> list[MeasureWords]:
    """Of each measure whose figures can be compared."""
    told: dict[str, list[str]] = defaultdict(list)
    for record, speaker in _records(book):
        measure = book.measures[record.measure]
        plain = record.status.alike is Status.OBSERVED and record.part is None and record.base is None
        if plain and record.scope in (None, measure.own_scope):
            told[measure.id].append(words_of(record))
            told[f"{measure.id} by"].append(speaker)
    measures = [m for m in book.measures.values() if m.kind is not Kind.DATE]
    return [_of(m, told[m.id], told[f"{m.id} by"]) for m in measures]


def _records(book: Book) -> Iterator[tuple[Statement | Claim, str]]:
    """Each statement and claim, with the name of its origin; what a draft guesses teaches nothing."""
    for statement in book.statements.values():
        yield statement, book.origins[statement.speaker_id].name
    for article in (article for article in book.articles.values() if not article.is_draft):
        for claim in article.claims:
            yield claim, book.origins[claim.origin].name if claim.origin in book.origins else ""


def _of(measure: Measure, told: Iterable[str], speakers: Iterable[str]) -> MeasureWords:
    units = frozenset().union(*map(stems, (unit_parts(measure.unit)[0], *measure.nouns)))
    first = FIRST_CLAUSE.match(measure.definition)
    says = frozenset(w for w in stems(first[0] if first else "") - units - MONTHS - _TIMES if not w.isdigit())
    names = stems(" ".join(_NAME.findall(first[0] if first else "")))
    quoted = frozenset(stems(words) - _NUMBERS for words in told)
    heard = frozenset().union(*map(stems, set(speakers)), stems(_REPORTING), MONTHS)
    known = units | _TIMES | stems(first[0] if first else "") | heard.union(*quoted)
    return MeasureWords(measure, units, says, names & says, known, quoted)


def candidates(mention: Mention, reading: Reading, measures: Iterable[MeasureWords]) -> list[Candidate]:
    """The measures, of some whose unit fits, that the words of a figure give reason for; the best first."""
    first, last = mention.sentence
    sentence = stems(f"{reading.text[first : mention.start]} {reading.text[mention.end : last]}")
    own = stems(f"{mention.noun or ''} {mention.unit or ''}")
    before, after, alone = _clause(mention, reading)
    clause = stems(f"{before} {after}") | own
    quiet = alone and not _OPEN & _plain_words(f"{before} {after}") and _is_told_as_fact(mention, reading)
    found = []
    for words in measures:
        covered = words.covered(clause)
        if _is_told(words, sentence | own):
            sure = words.named and quiet and covered == 1 and clause <= words.known
            sure = sure and not _names_more(mention, reading, words)
            found.append(Candidate(words, covered, sure))
    return sorted(found, key=lambda candidate: -candidate.covered)


def _is_told(words: MeasureWords, sentence: frozenset[str]) -> bool:
    """Whether a sentence says half of what the definition says, or the words of a record of the measure."""
    if words.covered(sentence) >= _LEAST_TOLD:
        return True
    return any(len(quote) >= _LEAST_QUOTED and quote <= sentence for quote in words.quoted)


def _is_told_as_fact(mention: Mention, reading: Reading) -> bool:
    """Whether a sentence neither asks, supposes nor denies, nor gives a count on its way: "by 3 May 12"."""
    first, last = mention.sentence
    sentence = reading.text[first:last]
    if _ASKED.match(sentence) or sentence.rstrip("”\"’' \n").endswith("?"):
        return False
    return not _UNSAID & _plain_words(sentence) and not _SO_FAR.search(sentence)


def _names_more(mention: Mention, reading: Reading, words: MeasureWords) -> bool:
    """Whether a sentence names somebody, some place or a year that nothing said of the measure does: "In
    Spain the flood damaged 20 homes". Its first word has a capital anyway, and is one only as in "Spain:"."""
    first, last = mention.sentence
    sentence = reading.text[first:last]
    if any(year[0] not in words.known for year in _YEAR.finditer(sentence)):
        return True
    named = (
        found[0]
        for found in _WORD.finditer(sentence)
        if found[0][0].isupper() and (found.start() or sentence[found.end() : found.end() + 1] in (",", ":"))
    )
    return not stems(" ".join(named)) <= words.known


def _plain_words(text: str) -> set[str]:
    return {word.lower().replace("'", "’") for word in _WORD.findall(text)}


def _clause(mention: Mention, reading: Reading) -> tuple[str, str, bool]:
    """(words before, words behind, whether it is the only figure) of the clause that a figure stands in."""
    text, (first, last) = reading.text, mention.sentence
    start = max((m.end() for m in _CLAUSE_END.finditer(text, first, mention.start)), default=first)
    found = _CLAUSE_END.search(text, mention.end, last)
    end = found.start() if found else last
    near = [m for m in reading if m.start < end and m.end > start and m.sentence == mention.sentence]
    return text[start : mention.start], text[mention.end : end], len(near) == 1

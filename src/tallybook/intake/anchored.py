"""The claims of a book's cases that stand in a draft word for word: what they are of is known for certain.

The words of a claim are its own where what its anchor has before or behind them stands there too, whole, and
says enough: behind "in which" and before a full stop "nine soldiers died" may be of anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from tallybook.book.figure import Figure
from tallybook.book.records import Anchor, Article
from tallybook.estimates.evidence import Evidence
from tallybook.matching.matcher import matcher
from tallybook.reading import Mention
from tallybook.terms import AsOf, Distortion, Known, Verdict
from tallybook.verdicts.comparison import Comparison, compare
from tallybook.verdicts.verdict import ClaimVerdict

MOST_PLACES = 100
"""How many places of one claim's words are looked at in a draft."""

_SPACE = re.compile(r"\s+")
_LETTERS_BESIDE = 12
"""Letters before and behind its words, taken together, by which a claim is known: "on the bus " has eight."""

_JOINS = ("-", "‐", "‑", ",", ".", "’", "'")
"""What joins two parts of a word or a number."""

_KNOWN = {
    Verdict.CORROBORATED: Known.STATED,
    Verdict.SUPPORTED: Known.STATED,
    Verdict.OWN_WORD: Known.STATED,
    Verdict.DISPUTED: Known.DISPUTED,
    Verdict.CONTRADICTED: Known.CONTRADICTED,
}

_MISQUOTED = (Distortion.NUMBER_CHANGED, Distortion.DIRECTION_CHANGED)
"""What no editor lets pass; that a bound, a scope or a time changed is told, for a person to see."""


@dataclass(frozen=True, slots=True)
class AnchoredClaim:
    """A claim at a place of a draft. ``figure``: what it states; ``sentence``: its case and its verdict with
    the reasons."""

    start: int
    end: int
    figure: Figure
    known: Known
    sentence: str
    measure: str

    def is_stated_by(self, mention: Mention) -> bool:
        """Whether a figure of the draft is the claim's: of "200,000 shells of 152 mm" the first alone."""
        if mention.start >= self.end or mention.end <= self.start:
            return False
        ours, theirs = self.figure.quantity, mention.quantity
        number = (ours.low, ours.high, ours.modifier) == (theirs.low, theirs.high, theirs.modifier)
        return number or self.figure.by == "recorded"


class AnchoredClaims:
    """The claims of a book, ready to be looked for in drafts."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._judged: dict[str, Comparison] = {}

    def among(self, text: str) -> list[AnchoredClaim]:
        """The claims that stand in a text, in its order; of two at one place the longer one."""
        spaced = _Spaced(text)
        found = [
            self._at(article, claim, start, end)
            for article, claim, anchor in self._anchors
            for start, end in islice(spaced.places(anchor), MOST_PLACES)
        ]
        return sorted(found, key=lambda claim: (claim.start, -claim.end))

    @cached_property
    def _anchors(self) -> list[tuple[Article, str, Anchor]]:
        return [
            (article, claim.id, anchor)
            for article in self.evidence.book.articles.values()
            for claim in article.claims
            for anchor in (claim.anchor, *claim.also)
        ]

    def _at(self, article: Article, claim: str, start: int, end: int) -> AnchoredClaim:
        comparison = self._comparison(article)
        judged = comparison.verdicts[claim]
        known = _KNOWN.get(judged.verdict, Known.UNKNOWN)
        misquoted = judged.fidelity.material and judged.fidelity.named in _MISQUOTED
        if known is Known.CONTRADICTED and judged.heading == "attribution":
            known = Known.DISPUTED  # who is named may well have said so
        told = f"claim {claim} of {article.id}: {_verdict(judged)}"
        if misquoted:
            known = Known.DISTORTED
            told = f"{told} {judged.fidelity.why}"
        terms = comparison.claims[claim]
        return AnchoredClaim(start, end, terms.figure, known, told, terms.measure.id)

    def _comparison(self, article: Article) -> Comparison:
        """Judged by everything that is known: a draft is written today."""
        if article.id not in self._judged:
            policy = self.evidence.book.policy
            made = matcher(self.evidence, article, policy, AsOf.TODAY)
            self._judged[article.id] = compare(self.evidence, article, made, policy, AsOf.TODAY)
        return self._judged[article.id]


def _verdict(judged: ClaimVerdict) -> str:
    found = f"{judged.verdict.label}. {judged.why}" if judged.why else f"{judged.verdict.label}."
    if judged.heading == "attribution":
        found = f"its source: {judged.fidelity.named.label}; the finding: {found}"
    return f"{found} Hint: {judged.slip.linked}" if judged.slip is not None else found


class _Spaced:
    """A text with one space for each run of white space: line ends of a draft are its own."""

    def __init__(self, text: str) -> None:
        parts, self._offsets = [], []
        done = 0
        for space in _SPACE.finditer(text):
            parts += [text[done : space.start()], " "]
            self._offsets += [*range(done, space.start()), space.start()]
            done = space.end()
        parts.append(text[done:])
        self._offsets += range(done, len(text) + 1)
        self.text = "".join(parts)

    def places(self, anchor: Anchor) -> Iterator[tuple[int, int]]:
        words, before, behind = (_SPACE.sub(" ", s) for s in (anchor.exact, anchor.prefix, anchor.suffix))
        start = self.text.find(words)
        while start >= 0:
            end = start + len(words)
            beside = before if self.text.endswith(before, 0, start) else ""
            beside += behind if self.text.startswith(behind, end) else ""
            if sum(map(str.isalpha, beside)) >= _LETTERS_BESIDE and _is_whole(self.text, start, end):
                yield self._offsets[start], self._offsets[end - 1] + 1
            start = self.text.find(words, start + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether words begin and end where a word or a number does: "nine" of "ninety-nine" does not."""
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    ends = not (behind[:1].isalnum() or (behind[:1] in _JOINS and behind[1:].isalnum()))
    return ends and not (before[-1:].isalnum() or (before[-1:] in _JOINS and before[:-1].isalnum()))

"""The claims of a book's cases that stand in a draft word for word: what they are of is known for certain.

The words of a claim are its own where what its anchor has before or behind them stands there too. An anchor
without either is not looked for: "nine soldiers" may be of anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from tallybook.book.records import Anchor, Article
from tallybook.estimates.evidence import Evidence
from tallybook.matching.matcher import matcher
from tallybook.terms import AsOf, Known, Verdict
from tallybook.verdicts.comparison import Comparison, compare
from tallybook.verdicts.verdict import ClaimVerdict

MOST_PLACES = 100
"""How many places of one claim's words are looked at in a draft."""

_SPACE = re.compile(r"\s+")
_BESIDE = 12
"""Characters before or behind its words by which a claim is known."""

_KNOWN = {
    Verdict.CORROBORATED: Known.STATED,
    Verdict.SUPPORTED: Known.STATED,
    Verdict.OWN_WORD: Known.STATED,
    Verdict.DISPUTED: Known.DISPUTED,
    Verdict.CONTRADICTED: Known.CONTRADICTED,
}


@dataclass(frozen=True, slots=True)
class AnchoredClaim:
    """A claim at a place of a draft. ``sentence``: its case and its verdict with the reasons."""

    start: int
    end: int
    known: Known
    sentence: str
    measure: str


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
        if known is Known.CONTRADICTED and judged.heading == "attribution":
            known = Known.DISPUTED  # who is named may well have said so
        told = f"claim {claim} of {article.id}: {_verdict(judged)}"
        return AnchoredClaim(start, end, known, told, comparison.claims[claim].measure.id)

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
        before, behind = before[-_BESIDE:], behind[:_BESIDE]
        start = self.text.find(words)
        while start >= 0:
            end = start + len(words)
            known = (before.strip() and self.text.endswith(before, 0, start)) or (
                behind.strip() and self.text.startswith(behind, end)
            )
            if known:
                yield self._offsets[start], self._offsets[end - 1] + 1
            start = self.text.find(words, start + 1)

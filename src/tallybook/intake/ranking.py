"""The figures that may bear on a claim, the nearest first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tallybook.book.units import Rates
from tallybook.intake.claim_asked import ClaimAsked
from tallybook.intake.figures_found import FigureFound
from tallybook.intake.nearness import OPEN, NameWeights, Nearness, near
from tallybook.intake.words_indexed import NearWords, question, tokens

Likeness = Callable[[str, Sequence[str]], Sequence[float]]
"""A model of one's own: how like each of some texts is to a text, from 0 to 1."""

_UNIT, _SIZE, _TIME, _NAMES, _WORDS, _MODEL = 2.0, 3.0, 1.0, 1.0, 3.0, 2.0
_STATUS = 0.9
_SAME = 1 / 3
"""How much the claim's own words count beside those of its measure's definition."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A figure beside a claim. ``score``: from 0 to 1; ``words``: how near by words alone, None where they
    cannot tell: the text is in another language, or the words were not asked."""

    found: FigureFound
    score: float
    near: Nearness
    words: float | None


class Ranking:
    """Some figures, ready to be asked which of them may bear on a claim.

    ``rates``: between currencies, as declared. ``by_words``: whether words are asked besides unit, size, time
    and names. ``likeness``: a model of one's own, asked besides.
    """

    def __init__(
        self,
        figures: Iterable[FigureFound],
        rates: Rates = (),
        *,
        by_words: bool = True,
        likeness: Likeness | None = None,
    ) -> None:
        self._figures = list(figures)
        self._rates, self._likeness = rates, likeness
        self._names = NameWeights(self._figures)
        texts = ((figure.sentence, f"{figure.about} {figure.said_by}") for figure in self._figures)
        self._words = NearWords(texts) if by_words else None

    def of(self, asked: ClaimAsked) -> list[Ranked]:
        """The figures whose unit can be the claim's, the nearest first."""
        fitting = [
            (n, figure, found)
            for n, figure in enumerate(self._figures)
            if (found := near(asked, figure, self._rates, self._names)) is not None
        ]
        words = self._near_words(asked, [(n, figure) for n, figure, _ in fitting])
        model = self._near_by_model(asked, [figure for _, figure, _ in fitting])
        ranked = [
            Ranked(figure, _score(asked, figure, found, words.get(n), model.get(k)), found, words.get(n))
            for k, (n, figure, found) in enumerate(fitting)
        ]
        return sorted(ranked, key=lambda one: -one.score)

    def _near_words(self, asked: ClaimAsked, fitting: Sequence[tuple[int, FigureFound]]) -> dict[int, float]:
        """By the number of each figure in the claim's language: 0 where it shares no word with the claim."""
        if self._words is None:
            return {}
        same = self._scores([asked.words, asked.sentence], asked.counted)
        ours, theirs = self._meanings(asked)
        found = {}
        for n, figure in fitting:
            if figure.language in (None, asked.language):
                for_it, instead = ours.get(n, 0.0), max((one.get(n, 0.0) for one in theirs), default=0.0)
                meant = for_it / (for_it + instead) if for_it or instead else OPEN
                found[n] = _SAME * same.get(n, 0.0) + (1 - _SAME) * meant
        return found

    def _meanings(self, asked: ClaimAsked) -> tuple[dict[int, float], list[dict[int, float]]]:
        """How far each text speaks for the claim's measure, and for each other one in its unit.

        By the words in which the definitions part; what most of them say tells nothing.
        """
        said = Counter(token for text in (asked.meaning, *asked.others) for token in set(tokens(text)))
        usual = {token for token, count in said.items() if count > 1 and 2 * count > 1 + len(asked.others)}
        without = asked.counted | usual
        return self._scores([asked.meaning], without), [self._scores([o], without) for o in asked.others]

    def _scores(self, texts: Sequence[str], without: frozenset[str]) -> dict[int, float]:
        assert self._words is not None
        return self._words.scores(question(texts, without))

    def _near_by_model(self, asked: ClaimAsked, fitting: Sequence[FigureFound]) -> dict[int, float]:
        if self._likeness is None or not fitting:
            return {}
        texts = [f"{figure.about} {figure.sentence}".strip() for figure in fitting]
        found = self._likeness(f"{asked.sentence} {asked.meaning}".strip(), texts)
        return {k: min(1.0, max(0.0, float(value))) for k, value in enumerate(found) if math.isfinite(value)}


def _score(
    asked: ClaimAsked, figure: FigureFound, found: Nearness, words: float | None, model: float | None
) -> float:
    """The parts, weighed; a part of which nothing can be said counts half."""
    parts = [(_UNIT, found.unit), (_SIZE, found.size), (_TIME, found.time), (_NAMES, found.names)]
    parts += [(_WORDS, OPEN if words is None else words)]
    parts += [(_MODEL, model)] if model is not None else []
    score = sum(weight * part for weight, part in parts) / sum(weight for weight, _ in parts)
    return score * (1.0 if figure.observed == asked.observed else _STATUS)

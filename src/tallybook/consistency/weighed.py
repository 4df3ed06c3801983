"""Relations that no fixed words bind: each is weighed, and told where the evidence is strong.

The rooms beside this one know the words by which newspapers bind figures. What they leave over is set up here as
arithmetic alone (``weighed_relations``): every change, share, mean, sum, rate or length that figures near each
other could make. For each that does not close, the marks of its arithmetic and of its words are weighed
(``weighed_words``) with weights that were learnt from published texts (``weights.toml``, made by
``tools/learn_weights.py``; docs/method.md section 7 tells how often it is right). The check itself is the same as
everywhere: the zones decide whether a relation closes, and the reader sees the arithmetic.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import ends, told_of
from tallybook.consistency.passages import are_near
from tallybook.consistency.timed import Timed
from tallybook.consistency.weighed_relations import MOST_FIGURES, Relation, relations
from tallybook.consistency.weighed_words import marks_of
from tallybook.reading import Mention, Reading

_SENTENCES = 3
_YEARS = range(1000, 2200)


class Weighed(NamedTuple):
    """A relation, its check, and the marks by which it is weighed."""

    relation: Relation
    check: Check
    marks: tuple[str, ...]


def weighed(
    reading: Reading,
    amounts: Sequence[Sequence[Mention]],
    rates: Sequence[Timed],
    checks: Sequence[Check],
) -> Iterator[Check]:
    """A check for each relation that the evidence binds, apart from the figures of ``checks``.

    ``amounts``: the figures of each sentence that has some; ``rates``: the amounts in a period.
    """
    is_told = told_of(checks)
    found: list[tuple[float, Weighed]] = []
    for one in candidates(reading, amounts, rates, is_told):
        weight = weight_of(one.marks)
        if weight >= _weights()[2 if one.check.closes else 1]:
            found.append((weight, one))
    taken: set[int] = set()
    for _, one in sorted(found, key=lambda pair: (not pair[1].check.closes, -pair[0])):
        places = {m.start for m in one.relation.figures}
        if not places & taken:
            taken |= places
            yield one.check


def weight_of(marks: Sequence[str]) -> float:
    """The sum of the weights of marks: the logarithm of the odds that the figures belong together."""
    weights = _weights()[0]
    return sum(weights.get(mark, 0.0) for mark in marks)


def candidates(
    reading: Reading,
    amounts: Sequence[Sequence[Mention]],
    rates: Sequence[Timed],
    is_told: Callable[[Mention], bool] | None = None,
) -> Iterator[Weighed]:
    """Every relation of one to three neighbouring sentences, once; with ``is_told`` only those of figures of
    which nothing is told yet."""
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for k in range(len(amounts)):
        figures: list[Mention] = []
        for n in range(min(_SENTENCES, len(amounts) - k)):
            if n and not are_near(reading.text, amounts[k + n - 1], amounts[k + n]):
                break
            figures += _split(amounts[k + n])
            if len(figures) > MOST_FIGURES:
                break
            if is_told is not None and sum(not is_told(m) for m in figures) < 2:
                continue
            for one in _of_window(reading, figures, rates, n + 1, is_told):
                key = (one.relation.kind, tuple(m.start for m in (one.relation.stated, *one.relation.others)))
                if key not in seen:
                    seen.add(key)
                    yield one


def _of_window(
    reading: Reading,
    figures: Sequence[Mention],
    rates: Sequence[Timed],
    sentences: int,
    is_told: Callable[[Mention], bool] | None,
) -> Iterator[Weighed]:
    start, end = figures[0].sentence[0], figures[-1].sentence[1]
    years = [a for a in reading.asides if start <= a.start < end and a.kind == "year" and a.low in _YEARS]
    near = [one for one in rates if start <= one.start < end]
    judged = []
    for relation in relations(reading.text, figures, years, near):
        if len({m.sentence for m in relation.figures}) == sentences and (check := relation.make()):
            judged.append((relation, check))
    closing = [relation for relation, check in judged if check.closes]
    open_ = [relation for relation, check in judged if not check.closes]
    for relation, check in judged:
        if is_told is not None and any(map(is_told, relation.figures)):
            continue
        alike = closing if check.closes else open_
        rivals = sum(_rival(relation, other) for other in alike)
        chance = len(judged) * relation.grain if check.closes else None
        marks = marks_of(reading.text, relation, figures, closing, rivals, chance)
        yield Weighed(relation, check, tuple(marks))


def _rival(one: Relation, other: Relation) -> bool:
    return other is not one and other.kind == one.kind and other.stated.start == one.stated.start


def _split(figures: Sequence[Mention]) -> Iterator[Mention]:
    """The figures, and "from A to B" as the two levels that it names."""
    for mention in figures:
        both = ends(mention)
        first, _, second = mention.words.rpartition(" to ")
        if both is None or not first:
            yield mention
            continue
        yield both[0]._replace(words=first, end=mention.start + len(first))
        yield both[1]._replace(words=second, start=mention.end - len(second))


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, float], float, float]:
    """(the weight of each mark, the least sum with which a relation is said not to close, and to close)."""
    file = resources.files(__package__).joinpath("weights.toml").read_text(encoding="utf-8")
    told = tomllib.loads(file)
    return told["weights"], float(told["least"]["misses"]), float(told["least"]["closes"])

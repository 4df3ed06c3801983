"""Relations that no fixed words bind: each is weighed, and told where the evidence is strong.

The rooms beside this one know the words by which newspapers bind figures. What they leave over is set up
here as arithmetic alone (``weighed_relations``): every change, share, mean, sum, rate or length that
figures near each other could make. The marks of its arithmetic and of its words are weighed
(``weighed_words``) with weights that were learnt from texts whose answer is known (``weights.json``, made
by ``tools/learn_weights.py``; docs/method.md section 7 tells how often it is right). The check itself is
the same as everywhere: the zones decide whether a relation closes, and the reader sees the arithmetic.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from importlib import resources
from itertools import repeat
from typing import NamedTuple

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import ends, told_of
from tallybook.consistency.passages import are_near
from tallybook.consistency.timed import Timed
from tallybook.consistency.weighed_relations import MOST_FIGURES, RATE, TOTAL, Relation, relations
from tallybook.consistency.weighed_slips import NO_SLIP, SIZE, grain, may_close, slip_of
from tallybook.consistency.weighed_words import Around, first_marks, word_marks
from tallybook.reading import Mention, Reading

_SENTENCES = 3
_YEARS = range(1000, 2200)


class Candidate(NamedTuple):
    """A relation, whether it closes, what explains it, what is beside it, and the test with its words."""

    relation: Relation
    closes: bool
    slip: str
    around: Around
    make: Callable[[], Check | None]


class Least(NamedTuple):
    """The sums of weights from which on a relation is said not to close (``misses``), or to close
    (``closes``); below which the words are not looked at (``first``); below which another test is doubted
    (``doubted``)."""

    misses: float
    closes: float
    first: float
    doubted: float


def weighed(
    reading: Reading,
    amounts: Sequence[Sequence[Mention]],
    rates: Sequence[Timed],
    checks: Sequence[Check],
) -> Iterator[Check]:
    """A check for each relation that the evidence binds, apart from the figures of ``checks``.

    ``amounts``: the figures of each sentence that has some; ``rates``: the amounts in a period.
    """
    least = _learnt()[1]
    found: list[tuple[float, Candidate]] = []
    for one in candidates(reading, amounts, rates, told_of(checks)):
        weight = _weight(reading.text, one)
        if weight >= (least.closes if one.closes else least.misses):
            found.append((weight, one))
    taken: set[int] = set()
    for _, one in sorted(found, key=lambda pair: (not pair[1].closes, -pair[0])):
        places = {m.start for m in one.relation.figures}
        check = None if places & taken else one.make()
        if check is not None and check.closes is one.closes:
            taken |= places
            yield check


def doubted(
    reading: Reading,
    amounts: Sequence[Sequence[Mention]],
    rates: Sequence[Timed],
    checks: Sequence[Check],
) -> set[Check]:
    """Of checks that do not close those whose figures, by the evidence, hardly belong together."""
    open_ = [check for check in checks if check.closes is False]
    if not open_:
        return set()
    highest: dict[Check, float] = {}
    for one in candidates(reading, amounts, rates):
        if one.closes:
            continue
        start, end = one.relation.figures[0].start, max(m.end for m in one.relation.figures)
        words = {m.words for m in one.relation.figures}
        for check in open_:
            if words == set(check.about) and start < (check.end or 0) and end > (check.start or 0):
                weight = math.fsum(map(_learnt()[0].get, marks_of(reading.text, one), repeat(0.0)))
                highest[check] = max(weight, highest.get(check, -math.inf))
    return {check for check, weight in highest.items() if weight < _learnt()[1].doubted}


def marks_of(text: str, one: Candidate) -> list[str]:
    """All marks by which a candidate is weighed."""
    first = first_marks(text, one.relation, one.slip, one.around)
    return [*first, *word_marks(text, one.relation, one.slip)]


def _weight(text: str, one: Candidate) -> float:
    """The logarithm of the odds that the figures belong together, as far as it is worth to know."""
    weights, least = _learnt()
    first = math.fsum(map(weights.get, first_marks(text, one.relation, one.slip, one.around), repeat(0.0)))
    if first < least.first:
        return -math.inf
    return first + math.fsum(map(weights.get, word_marks(text, one.relation, one.slip), repeat(0.0)))


def candidates(
    reading: Reading,
    amounts: Sequence[Sequence[Mention]],
    rates: Sequence[Timed],
    is_told: Callable[[Mention], bool] | None = None,
) -> Iterator[Candidate]:
    """Every relation of one to three neighbouring sentences.

    With ``is_told`` only those that close, or that a slip explains, of figures of which nothing is told yet.
    """
    if is_told is not None and sum(not is_told(m) for figures in amounts for m in figures) < 2:
        return
    closing: list[tuple[Relation, Check]] = []
    open_: list[tuple[Relation, str]] = []
    number: Counter[int] = Counter()
    for figures in _windows(reading, amounts):
        for relation in _of_window(reading, figures, rates):
            number[figures[0].start] += 1
            check = relation.make() if may_close(relation) else None
            if check is not None and check.closes:
                closing.append((relation, check))
            elif _is_worth((slip := slip_of(relation)), relation) or is_told is None:
                open_.append((relation, slip))
    made = Counter(relation.stated.start for relation, _ in closing)
    shared = Counter(m.start for relation, _ in closing for m in relation.figures)
    alike = Counter((relation.kind, relation.stated.start) for relation, _ in open_)
    alike_closing = Counter((relation.kind, relation.stated.start) for relation, _ in closing)
    several = max(number.values(), default=0)
    places = _by_sentence(amounts)
    for relation, check in closing:
        if is_told is None or not any(map(is_told, relation.figures)):
            around = Around(
                _near(relation, places),
                alike_closing[relation.kind, relation.stated.start] - 1,
                made[relation.stated.start] > 1,
                any(shared[m.start] > 1 for m in relation.figures),
                several * grain(relation),
            )
            yield Candidate(relation, True, "closes", around, partial(_same, check))
    for relation, slip in open_:
        if is_told is None or not any(map(is_told, relation.figures)):
            around = Around(
                _near(relation, places),
                alike[relation.kind, relation.stated.start] - 1,
                relation.stated.start in made,
                any(m.start in shared for m in relation.figures),
                None,
            )
            yield Candidate(relation, False, slip, around, relation.make)


def _same(check: Check) -> Check:
    return check


def _is_worth(slip: str, relation: Relation) -> bool:
    """Whether a relation may be told as one that does not close: a slip must explain it, and one of the pen
    where a rate may hold only for some hours or days."""
    return slip is not NO_SLIP and not (slip is SIZE and relation.kind in (RATE, TOTAL))


def _windows(reading: Reading, amounts: Sequence[Sequence[Mention]]) -> Iterator[list[Mention]]:
    """The figures of each sentence with those of the two behind it, as far as they are few."""
    for k in range(len(amounts)):
        figures: list[Mention] = []
        for n in range(min(_SENTENCES, len(amounts) - k)):
            if n and not are_near(reading.text, amounts[k + n - 1], amounts[k + n]):
                break
            if len(figures) + len(amounts[k + n]) > MOST_FIGURES:
                break
            figures += _split(amounts[k + n])
        if figures:
            yield figures


def _of_window(reading: Reading, figures: Sequence[Mention], rates: Sequence[Timed]) -> Iterator[Relation]:
    start, end = figures[0].sentence[0], figures[-1].sentence[1]
    years = [a for a in reading.asides if start <= a.start < end and a.kind == "year" and a.low in _YEARS]
    return relations(reading.text, figures, years, [one for one in rates if start <= one.start < end])


def _by_sentence(amounts: Sequence[Sequence[Mention]]) -> dict[tuple[int, int], list[Mention]]:
    return {figures[0].sentence: list(_split(figures)) for figures in amounts}


def _near(relation: Relation, places: dict[tuple[int, int], list[Mention]]) -> list[Mention]:
    """The other figures of the sentences of a relation."""
    own = {m.start for m in relation.figures}
    return [
        m for one in {m.sentence for m in relation.figures} for m in places.get(one, ()) if m.start not in own
    ]


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
def _learnt() -> tuple[dict[str, float], Least]:
    """The weight of each mark, and the least sums."""
    told = json.loads(resources.files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return told["weights"], Least(**told["least"])

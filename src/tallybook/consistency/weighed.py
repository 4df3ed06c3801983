"""Relations that no fixed words bind: each is weighed, and told where the evidence is strong.

The rooms beside this one know the words by which newspapers bind figures. What they leave over is set up
here as arithmetic alone (``weighed_relations``): every change, share, mean, sum, rate or length that
figures near each other could make. The marks of its arithmetic and of its words are weighed
(``weighed_words``) with weights that were learnt from texts whose answer is known (``weights.json``, made
by ``tools/learn_weights.py``; docs/method.md section 7 tells how often it is right). The check itself is
the same as everywhere: the zones decide whether a relation closes, and the reader sees the arithmetic.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple, TypeVar

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import (
    START,
    ends,
    told_of,
)
from tallybook.consistency.forms import RANGE
from tallybook.consistency.in_turns import InSteps, at_once
from tallybook.consistency.level_units import with_a_pair_beside
from tallybook.consistency.passages import are_near
from tallybook.consistency.steps import Steps
from tallybook.consistency.timed import Timed
from tallybook.consistency.weighed_figures import Kinds, kinds
from tallybook.consistency.weighed_first import may_relate
from tallybook.consistency.weighed_guards import is_astray
from tallybook.consistency.weighed_kinds import MOST_FIGURES, RATE, TOTAL, Relation
from tallybook.consistency.weighed_relations import relations
from tallybook.consistency.weighed_slips import NO_SLIP, SIZE, grain, may_close, slip_of
from tallybook.consistency.weighed_words import Around, first_marks, word_marks
from tallybook.consistency.weights import crossed, least, weights_of
from tallybook.reading import Mention, Reading

_SENTENCES = 3
_AT_ONCE = 64
"""Of how many sentences the relations are set up before they are tested: a long text has many."""
_FIRST_YEAR, _LAST_YEAR = 1000, 2199
_MANY, _CLOSE = 40, 25
"""More figures than this, so many characters apart or less on average, are a table's; news has a figure in 40
to 80 characters."""
_Placed = TypeVar("_Placed", Mention, Timed)


class Candidate(NamedTuple):
    """A relation, whether it closes, what explains it, and what is beside it."""

    relation: Relation
    closes: bool
    slip: str
    around: Around


def weighed(
    reading: Reading,
    amounts: Sequence[Sequence[Mention]],
    rates: Sequence[Timed],
    checks: Sequence[Check],
    steps: Steps,
) -> InSteps[list[Check]]:
    """A check for each relation that the evidence binds, apart from the figures of ``checks``.

    ``amounts``: the figures of each sentence that has some; ``rates``: the amounts in a period; ``steps``: of
    the text.
    """
    is_told = told_of(checks)
    if _is_table(amounts) or len([m for figures in amounts for m in figures if not is_told(m)]) < 2:
        return []
    if len(amounts) == 1 and not may_relate(reading, amounts[0], rates, steps):
        return []
    found = yield from _found(reading, amounts, rates, steps, only_worth=True)
    some = list(_apart_from(found, is_told))
    if not some:
        return []
    yield
    weights = [_weight(reading.text, one, at_least=least().first) for one in some]
    enough = [
        (weight, one)
        for weight, one in zip(weights, some, strict=True)
        if weight >= (least().closes if one.closes else least().misses)
        and (one.closes or not is_astray(reading.text, one.relation, one.around.near))
    ]
    taken: set[int] = set()
    told: list[Check] = []
    for _, one in sorted(enough, key=lambda pair: (not pair[1].closes, -pair[0])):
        places = {m.start for m in one.relation.figures}
        check = None if places & taken else one.relation.make()
        if check is not None and check.closes is one.closes:
            taken |= places
            told.append(check)
    return told


def _is_table(amounts: Sequence[Sequence[Mention]]) -> bool:
    """Whether a paragraph has so many figures, and so close to each other, that it is no prose: rows that run
    on. What its numbers have to do with each other no words between them tell."""
    many = sum(map(len, amounts))
    return many > _MANY and amounts[-1][-1].end - amounts[0][0].start <= many * _CLOSE


def doubted(
    reading: Reading,
    amounts: Sequence[Sequence[Mention]],
    rates: Sequence[Timed],
    checks: Sequence[Check],
    steps: Steps,
) -> set[Check]:
    """Of checks that do not close those whose figures, by the evidence, hardly belong together."""
    open_ = [check for check in checks if check.closes is False]
    if not open_:
        return set()
    by_words: defaultdict[frozenset[str], list[Check]] = defaultdict(list)
    for check in sorted(open_, key=_start_of):
        by_words[frozenset(check.about)].append(check)
    longest = max((check.end or 0) - (check.start or 0) for check in open_)
    found = at_once(_found(reading, amounts, rates, steps))
    weighed: set[Check] = set()
    cleared: set[Check] = set()
    for relation, slip in found.open_:
        same = by_words.get(frozenset([m.words for m in relation.figures]))
        asked = set() if same is None else set(_overlapping(same, relation, longest)) - cleared
        if asked:
            weight = _weight(reading.text, found.opened(relation, slip), at_least=-math.inf)
            weighed |= asked
            if weight >= least().doubted:
                cleared |= asked
    return weighed - cleared


def _overlapping(checks: Sequence[Check], relation: Relation, longest: int) -> Iterator[Check]:
    """Those of some checks, in the order of the text, that share a stretch of it with a relation.

    ``longest``: the most characters that one of them takes.
    """
    start, end = relation.figures[0].start, max(m.end for m in relation.figures)
    for k in range(bisect_left(checks, start - longest, key=_start_of), len(checks)):
        check = checks[k]
        if (check.start or 0) >= end:
            return
        if (check.end or 0) > start:
            yield check


def _start_of(check: Check) -> int:
    return check.start or 0


def marks_of(text: str, one: Candidate) -> list[str]:
    """All marks by which a candidate is weighed, and from which the weights are learnt."""
    kind = one.relation.kind
    marks = [*first_marks(text, one.relation, one.slip, one.around), *word_marks(text, one.relation)]
    return ["all", kind, *crossed(kind, one.slip, marks)]


def _weight(text: str, one: Candidate, *, at_least: float) -> float:
    """The logarithm of the odds that the figures belong together; minus infinity where it stays below
    ``at_least`` before the words are looked at."""
    weights = weights_of(one.relation.kind, one.slip)
    first = weights.first + weights.of(first_marks(text, one.relation, one.slip, one.around))
    return -math.inf if first < at_least else first + weights.of(word_marks(text, one.relation))


def candidates(
    reading: Reading, amounts: Sequence[Sequence[Mention]], rates: Sequence[Timed], steps: Steps
) -> Iterator[Candidate]:
    """Every relation of one to three neighbouring sentences."""
    found = at_once(_found(reading, amounts, rates, steps))
    yield from map(found.closed, found.closing)
    yield from (found.opened(relation, slip) for relation, slip in found.open_)


def _apart_from(found: _Found, is_told: Callable[[Mention], bool]) -> Iterator[Candidate]:
    """The relations of figures of which nothing is told yet."""
    for relation in found.closing:
        if not (is_told(relation.stated) or any(map(is_told, relation.others))):
            yield found.closed(relation)
    for relation, slip in found.open_:
        if not (is_told(relation.stated) or any(map(is_told, relation.others))):
            yield found.opened(relation, slip)


def _found(
    reading: Reading,
    amounts: Sequence[Sequence[Mention]],
    rates: Sequence[Timed],
    steps: Steps,
    *,
    only_worth: bool = False,
) -> InSteps[_Found]:
    """The relations of a text; with ``only_worth`` without those that are neither so nor a slip."""
    sentences = [
        list(_split(figures)) if any(m.modifier is RANGE for m in figures) else figures for figures in amounts
    ]
    closing: list[Relation] = []
    open_: list[tuple[Relation, str | None]] = []
    several = 0
    windows = _windows(reading, sentences, rates, steps)
    while some := [list(window) for window in islice(windows, _AT_ONCE)]:
        several = max(several, *map(len, some))
        yield
        tested = [
            (relation, may_close(relation) and relation.closes()) for window in some for relation in window
        ]
        yield
        for relation, closes in tested:
            if closes:
                closing.append(relation)
            elif not only_worth:
                open_.append((relation, None))
            elif _is_worth((slip := slip_of(relation)), relation):
                open_.append((relation, slip))
    return _Found(sentences, closing, open_, several)


class _Found:
    """The relations of a text that close, and those that do not, with the slip of each where it is known;
    ``several``: how many the sentences with the most of them have."""

    def __init__(
        self,
        sentences: Sequence[Sequence[Mention]],
        closing: Sequence[Relation],
        open_: Sequence[tuple[Relation, str | None]],
        several: int,
    ) -> None:
        self.closing, self.open_ = closing, open_
        self._several = several
        self._made: defaultdict[int, int] = defaultdict(int)
        self._shared: defaultdict[int, int] = defaultdict(int)
        self._alike: defaultdict[tuple[str, int], int] = defaultdict(int)
        self._alike_closing: defaultdict[tuple[str, int], int] = defaultdict(int)
        for relation in closing:
            self._made[relation.stated.start] += 1
            self._alike_closing[relation.kind, relation.stated.start] += 1
            for mention in (relation.stated, *relation.others):
                self._shared[mention.start] += 1
        for relation, _ in open_:
            self._alike[relation.kind, relation.stated.start] += 1
        self._by_sentence = {figures[0].sentence: figures for figures in sentences if figures}

    def closed(self, relation: Relation) -> Candidate:
        """One of ``closing``, with what is beside it."""
        stated = relation.stated.start
        around = Around(
            self._near(relation),
            self._alike_closing[relation.kind, stated] - 1,
            self._made[stated] > 1,
            any(self._shared[m.start] > 1 for m in relation.figures),
            self._several * grain(relation),
        )
        return Candidate(relation, True, "closes", around)

    def opened(self, relation: Relation, slip: str | None) -> Candidate:
        """One of ``open_``, with what is beside it."""
        stated = relation.stated.start
        around = Around(
            self._near(relation),
            self._alike[relation.kind, stated] - 1,
            stated in self._made,
            any(m.start in self._shared for m in relation.figures),
            None,
        )
        return Candidate(relation, False, slip or slip_of(relation), around)

    def _near(self, relation: Relation) -> list[Mention]:
        """The other figures of the sentences of a relation."""
        own = {m.start for m in relation.figures}
        places = {m.sentence for m in relation.figures}
        return [m for one in places for m in self._by_sentence.get(one, ()) if m.start not in own]


def _is_worth(slip: str, relation: Relation) -> bool:
    """Whether a relation may be told as one that does not close: a slip must explain it, and one of the pen
    where a rate may hold only for some hours or days."""
    return slip is not NO_SLIP and not (slip is SIZE and relation.kind in (RATE, TOTAL))


def _windows(
    reading: Reading, sentences: Sequence[Sequence[Mention]], rates: Sequence[Timed], steps: Steps
) -> Iterator[Iterator[Relation]]:
    """The relations of each sentence with the two behind it, as far as their figures are few."""
    text = reading.text
    years = [m for m in reading.asides if m.kind == "year" and _FIRST_YEAR <= m.low <= _LAST_YEAR]
    known: dict[int, Kinds] = {}
    figures = [m for own in sentences for m in own]
    beside = with_a_pair_beside(figures)
    differ = {m.start for m, has_pair in zip(figures, beside, strict=True) if has_pair}
    asked = partial(kinds, text, steps=steps, differ=differ, mean=bool(differ))
    for k, first in enumerate(sentences):
        if len(first) > MOST_FIGURES:
            continue
        window, last = known.pop(k) if k in known else asked(first), k
        for n in range(k + 1, min(k + _SENTENCES, len(sentences))):
            own = sentences[n]
            if len(window.figures) + len(own) > MOST_FIGURES or not are_near(text, sentences[n - 1], own):
                break
            if n not in known:
                known[n] = asked(own)
            window, last = window.beside(known[n]), n
        start, end = first[0].sentence[0], sentences[last][-1].sentence[1]
        near = _between(years, start, end) if years else ()
        timed = _between(rates, start, end) if rates else ()
        if len(window.figures) > 1 or near or timed:
            yield relations(text, window, near, timed)


def _between(found: Sequence[_Placed], start: int, end: int) -> Sequence[_Placed]:
    """Those of some things in the order of the text that begin between two places."""
    return found[bisect_left(found, start, key=START) : bisect_left(found, end, key=START)]


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

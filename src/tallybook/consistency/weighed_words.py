"""What speaks for and against a relation between figures: its arithmetic, its build, and the words around.

A mark is a short name of what is seen ("slip digit", "sentences 2", "gap has compare"); ``weights.json`` says
how much each counts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import compress, pairwise
from typing import NamedTuple

from tallybook.book.currencies import is_currency
from tallybook.consistency.figures import PER_CENT, SHARE, is_length_of_time
from tallybook.consistency.forms import AGE_FORM, EXACT
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.consistency.same_words import content
from tallybook.consistency.weighed_figures import is_called_mean
from tallybook.consistency.weighed_kinds import (
    ABOVE,
    AGAIN,
    CHANGE,
    DIFFERENCE,
    MEAN,
    TIMES_AS,
    Relation,
)
from tallybook.consistency.weighed_slips import odds
from tallybook.reading import Mention
from tallybook.terms import Modifier

_WORD = re.compile(r"[^\W\d_]{1,24}(?:['’][a-z]{1,3})?|[,;:–—()]")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_DEFINITE = re.compile(r"\b(?:[Tt]he|[Tt]hose|[Tt]hese|[Aa]ll|[Ii]ts|[Tt]heir)(?: \w+)?(?: |$)")
_HARD = frozenset({Modifier.UP_TO, Modifier.AT_LEAST, Modifier.AT_MOST})
_BOUND_MARKS = (
    "bound", "hard bound", "hedged", "trend", "stated per", "stated of", "other trend", "other of",
)  # fmt: skip
_FAR, _NEAR, _LONGEST = 60, 40, 400
_CLASSES = {
    "equate": """
        or making makes made meaning means equivalent equal equals so thus hence giving gives gave leaving
        leaves left therefore namely works
        """,
    "that": "that this which it these those they them",
    "total": "total totals totalled totaled totalling totaling altogether all together sum combined overall",
    "each": "each apiece every per average averages averaged averaging mean head typical",
    "now": "now today currently present latest recently yesterday remain remains stands",
    "then": """
        then earlier before ago previous previously last former formerly was were stood had once
        year-earlier until
        """,
    "compare": "compared against than from up down versus rather instead where",
    "whole": "of among out whom",
    "rest": "rest remaining remainder others balance other",
    "contrast": "while whereas although though but however elsewhere unlike despite yet meanwhile separately",
    "plan": """
        expect expects expected forecast forecasts plan plans planned target targets hope hopes hoped budget
        budgeted pledge pledged promise promised aim aims propose proposed could would might should will may
        if likely estimates projected
        """,
    "another": "another additional further extra more also including includes included plus besides",
    "not": "not never no without except excluding unless nor neither only",
    "record": """
        record peak high low capacity maximum minimum limit median normal normally usual usually typically
        """,
    "since": "since during over within between after",
    "place": "nationally national local abroad county district region here there country world global",
    "rise": """
        rise rises rose risen increase increased increases growth grew grown jump jumped gain gained climb
        climbed higher soared surged swelled swollen dearer
        """,
    "fall": """
        fall falls fell fallen decrease decreased drop dropped decline declined cut cuts reduction reduced
        lower less fewer slid slipped shrunk shrank lost contraction
        """,
    "said": "said says told according added",
}
"""Words that do alike between and beside figures; of a word in two classes the last counts."""
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in word_set(words)}
_THEN, _NOW = word_set(_CLASSES["then"]), word_set(_CLASSES["now"])


class Around(NamedTuple):
    """What is found beside a relation.

    ``near``: the other figures of its sentences; ``rivals``: how many others of its kind are open, or
    close, as it does, for the same stated figure; ``made``, ``shared``: whether another relation closes for
    its stated figure, or with any of its figures; ``chance``: if it closes, how often chance alone makes
    some relation of the passage close.
    """

    near: Sequence[Mention]
    rivals: int
    made: bool
    shared: bool
    chance: float | None


def first_marks(text: str, relation: Relation, slip: str, around: Around) -> list[str]:
    """The marks of a relation but those of its words. ``slip``: that which explains it, or "closes"."""
    arithmetic = _arithmetic(relation, slip) if around.chance is None else _closing(around.chance)
    marks = [*arithmetic, *_build(text, relation, around.near, around.rivals)]
    if around.made:
        marks.append("closes otherwise")
    if around.shared:
        marks.append("shared closing")
    return marks


def word_marks(text: str, relation: Relation) -> list[str]:
    """The marks of the words of a relation."""
    return list(_words(text, relation))


# The arithmetic


def _arithmetic(r: Relation, slip: str) -> Iterator[str]:
    seldom = odds(r, slip)
    yield f"slip {slip}"
    yield f"odds {seldom}"
    yield f"slip {slip} odds {seldom}"
    yield f"digits {min(sum(map(str.isdigit, r.stated.words.strip('0'))), 3)}"
    apart = max(r.said, r.right) / min(r.said, r.right) if min(r.said, r.right) > 0 else math.inf
    within = next((limit for limit in (1.03, 1.1, 1.3, 2, 5) if apart < limit), None)
    yield f"within {within}" if within else "far"


def _closing(chance: float) -> Iterator[str]:
    yield "closes"
    yield f"chance {next((limit for limit in (0.01, 0.03, 0.1, 0.3, 1) if chance <= limit), 'high')}"


# How it is built


def _build(text: str, r: Relation, near: Sequence[Mention], rivals: int) -> Iterator[str]:
    figures = r.figures
    first, last = figures[0].start, figures[-1].end
    yield f"sentences {len({m.sentence for m in figures})}"
    yield f"place {[m.start for m in figures].index(r.stated.start)} of {min(len(figures), 4)}"
    others = [m for m in near if not (m.form is AGE_FORM or is_length_of_time(m))]
    inside = [m for m in others if first < m.start < last]
    yield f"inside {min(len(inside), 2)}"
    units = (r.stated.unit, r.others[0].unit)
    yield f"like {min(len([m for m in others if m.unit in units]), 3)}"
    yield f"outside {min(len(others) - len(inside), 3)}"
    yield f"rivals {min(rivals, 3)}"
    yield f"units {_units(r.others[0], r.others[-1])}"
    yield f"stated {_units(r.stated, r.others[0])}"
    yield from _bounds(r)
    if r.kind == MEAN:
        yield "called mean" if is_called_mean(text, r.stated) else "not called mean"
    if r.kind in (AGAIN, ABOVE):
        yield f"definite {_is_definite(text, r.stated)}"
        yield f"first definite {_is_definite(text, r.others[0])}"
    if r.stated.of is not None:
        heads = {word for m in r.others for word in content(m.noun or "")}
        yield "of known" if heads & set(content(r.stated.of[:_LONGEST])) else "of unknown"


def _bounds(r: Relation) -> Iterator[str]:
    stated = r.stated
    bound, hedged = stated.modifier is not EXACT, bool(stated.hedges)
    hard = trend = of = False
    for m in r.others:
        if m.modifier is not EXACT:
            bound, hard = True, hard or m.modifier in _HARD
        hedged = hedged or bool(m.hedges)
        trend, of = trend or m.trend is not None, of or m.of is not None
    told = (
        bound,
        hard,
        hedged,
        stated.trend is not None,
        stated.per is not None,
        stated.of is not None,
        trend,
        of,
    )
    return compress(_BOUND_MARKS, told)


def _is_definite(text: str, mention: Mention) -> bool:
    before = _DEFINITE.search(text, max(0, mention.start - 24), mention.start)
    return before is not None or _DEFINITE.match(mention.words) is not None


def _units(one: Mention, other: Mention) -> str:
    if one.unit is None or other.unit is None:
        return "none" if one.unit is other.unit else "one"
    if one.unit != other.unit:
        return "differ"
    if is_currency(one.unit):
        return "same money"
    if one.unit in (PER_CENT, SHARE):
        return "same percent"
    return "same measure" if is_measured(one.unit) else "same noun"


# The words


def _words(text: str, r: Relation) -> Iterator[str]:
    figures = r.figures
    gaps = [text[one.end : other.start][:_LONGEST] for one, other in pairwise(figures)]
    longest = max(map(len, gaps), default=0)
    yield f"longest {next((limit for limit in (20, 40, 80, 140) if longest < limit), 'far')}"
    told = [_WORD.findall(gap) for gap in gaps]
    for (one, other), gap, words in zip(pairwise(figures), gaps, told, strict=True):
        yield from _gap(gap, words, "stated" if other.start == r.stated.start else "other")
        if one.sentence != other.sentence:
            yield from _new_sentence(text, one, other)
    yield from (f"w {word}" for word in {word.lower() for words in told for word in words})
    for mention in figures:
        yield from _beside(text, mention, "s" if mention.start == r.stated.start else "o")
    yield from _around(text, r)


def _gap(gap: str, words: Sequence[str], role: str) -> Iterator[str]:
    size = len(words)
    yield f"gap {next((limit for limit in (3, 8, 16, 30) if size <= limit), 'long')}"
    seen = {_CLASS_OF[word.lower()] for word in words if word.lower() in _CLASS_OF}
    seen |= {word for word in words if not word[0].isalpha()}
    yield from (f"gap has {name}" for name in seen) if seen else ("gap plain",)
    last = next((word for word in reversed(words[-3:]) if word.lower() in _CLASS_OF), None)
    if last is not None:
        yield f"before {role} {_CLASS_OF[last.lower()]}"
    yield f"names {min(len(_NAME.findall(gap)), 2)}"


def _new_sentence(text: str, one: Mention, other: Mention) -> Iterator[str]:
    start, end = other.sentence
    lead = next(iter(_WORD.findall(text[start : start + 30])), "").lower()
    yield f"opens {_CLASS_OF.get(lead, 'the' if lead == 'the' else 'word')}"
    before = set(content(text[one.sentence[0] : one.sentence[1]][:_LONGEST]))
    yield f"shared {min(len(before & set(content(text[start:end][:_LONGEST]))), 2)}"


def _beside(text: str, mention: Mention, role: str) -> Iterator[str]:
    """The two words on either side of a figure. ``role``: "s" of the stated, "o" of another."""
    start, end = mention.sentence
    yield from (
        f"{role}< {word.lower()}"
        for word in _WORD.findall(text[max(start, mention.start - _NEAR) : mention.start])[-2:]
    )
    behind = _WORD.findall(text[mention.end : min(end, mention.end + _NEAR)])[:2]
    yield from (f"{role}> {word.lower()}" for word in behind) if behind else (f"{role}> .",)


def _around(text: str, r: Relation) -> Iterator[str]:
    figures = r.figures
    start, end = figures[0].sentence[0], figures[-1].sentence[1]
    head = text[max(start, figures[0].start - _FAR) : figures[0].start]
    tail = text[figures[-1].end : min(end, figures[-1].end + _FAR)]
    for where, words in (("head", head), ("tail", tail)):
        told = (word.lower() for word in _WORD.findall(words))
        yield from (f"{where} {name}" for name in {_CLASS_OF[word] for word in told if word in _CLASS_OF})
    yield f"years {min(len(set(_YEAR.findall(text[start:end][: 3 * _LONGEST]))), 2)}"
    if len(r.others) > 1 and r.kind in (CHANGE, DIFFERENCE, TIMES_AS):
        one, other = (_time(text, m, figures) for m in r.others[:2])
        yield "times differ" if one != other else f"times {one}"


def _time(text: str, m: Mention, figures: Sequence[Mention]) -> str:
    """Whether the words nearest to a figure tell of then or of now."""
    left = max((f.end for f in figures if f.end <= m.start), default=m.sentence[0])
    right = min((f.start for f in figures if f.start >= m.end), default=m.sentence[1])
    said = _WORD.findall(text[max(left, m.start - _FAR) : min(right, m.end + _FAR)])
    words = {word.lower() for word in said}
    return "then" if words & _THEN else "now" if words & _NOW else "open"

"""What speaks for and against a relation between figures: its arithmetic, its build, and the words around.

A mark is a short name of what is seen ("slip digit", "sentences 2", "gap has compare"); ``weights.toml`` says how
much each counts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tallybook.book.currencies import is_currency
from tallybook.consistency.figures import PER_CENT, SHARE, is_length_of_time
from tallybook.consistency.likely_slips import is_slip, misses_as_slip
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.consistency.same_words import content
from tallybook.consistency.weighed_relations import (
    ABOVE,
    AGAIN,
    CHANGE,
    DIFFERENCE,
    MEAN,
    SHARE_OF,
    TIMES_AS,
    Relation,
    is_called_mean,
)
from tallybook.reading import Mention
from tallybook.terms import Form, Modifier

_WORD = re.compile(r"[^\W\d_]{1,24}(?:['’][a-z]{1,3})?|[,;:–—()]")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]+")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_DEFINITE = re.compile(r"\b(?:[Tt]he|[Tt]hose|[Tt]hese|[Aa]ll|[Ii]ts|[Tt]heir)(?: \w+)?(?: |$)")
_FAR, _NEAR, _LONGEST = 60, 40, 400
_POWERS = (-9, -6, -3, -2, -1, 1, 2, 3, 6, 9)
_CLASSES = {
    "equate": """or making makes made meaning means equivalent equal equals so thus hence giving gives gave leaving
        leaves left therefore namely works""",
    "that": "that this which it these those they them",
    "total": "total totals totalled totaled totalling totaling altogether all together sum combined overall",
    "each": "each apiece every per average averages averaged averaging mean head typical",
    "now": "now today currently present latest recently yesterday remain remains stands",
    "then": """then earlier before ago previous previously last former formerly was were stood had once year-earlier
        until""",
    "compare": "compared against than from up down versus rather instead where",
    "whole": "of among out whom",
    "rest": "rest remaining remainder others balance other",
    "contrast": """while whereas although though but however elsewhere unlike despite yet meanwhile separately""",
    "plan": """expect expects expected forecast forecasts plan plans planned target targets hope hopes hoped budget
        budgeted pledge pledged promise promised aim aims propose proposed could would might should will may if
        likely estimates projected""",
    "another": "another additional further extra more also including includes included plus besides",
    "not": "not never no without except excluding unless nor neither only",
    "record": "record peak high low capacity maximum minimum limit median normal normally usual usually typically",
    "since": "since during over within between after",
    "place": "nationally national local abroad county district region here there country world global",
    "rise": """rise rises rose risen increase increased increases growth grew grown jump jumped gain gained climb
        climbed higher soared surged swelled swollen dearer""",
    "fall": """fall falls fell fallen decrease decreased drop dropped decline declined cut cuts reduction reduced
        lower less fewer slid slipped shrunk shrank lost contraction""",
    "said": "said says told according added",
}
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in word_set(words)}
_THEN, _NOW = word_set(_CLASSES["then"]), word_set(_CLASSES["now"])
_CROSSED = ("sentences", "units", "rivals", "inside", "outside", "longest", "bound", "opens", "times")


def marks_of(
    text: str,
    relation: Relation,
    figures: Sequence[Mention],
    closing: Sequence[Relation],
    rivals: int,
    chance: float | None,
) -> Iterator[str]:
    """The marks of a relation.

    ``figures``: those of its sentences; ``closing``: the relations among them that close; ``rivals``: how many
    others of its kind do so as it does, for the same stated figure; ``chance``: if it closes, in how many of
    such sentences chance alone makes some relation close.
    """
    own = {m.start for m in relation.figures}
    sentences = {m.sentence for m in relation.figures}
    near = [m for m in figures if m.start not in own and m.sentence in sentences]
    slip = slip_of(relation) if chance is None else "closes"
    made = _arithmetic(relation, slip) if chance is None else _closing(chance)
    marks = [*made, *_build(text, relation, near, rivals), *_words(text, relation)]
    if any(other.stated.start == relation.stated.start for other in closing if other is not relation):
        marks.append("closes otherwise")
    if any(m.start in own for other in closing if other is not relation for m in other.figures):
        marks.append("shared closing")
    yield from ("all", relation.kind, *marks)
    yield from (f"{relation.kind}:{mark}" for mark in marks)
    yield from (f"{slip}&{mark}" for mark in marks if mark.startswith(_CROSSED))


# The arithmetic


def slip_of(r: Relation) -> str:
    """The slip that explains what is stated, if one does."""
    percent = r.kind in (CHANGE, SHARE_OF)
    for other in r.misread:
        reach = 0.6 + 0.01 * other if percent else (0.05 if r.kind == TIMES_AS else 0.01) * other
        if other > 0 and abs(r.said - other) <= reach:
            return "slip base"
    if any(math.isclose(r.said * 10.0**power, r.right, rel_tol=0.01) for power in _POWERS):
        return "slip power"
    right = _as_printed(r, percent)
    if right <= 0:
        return "no slip"
    said, made = _digits(r.said), _digits(right)
    if len(made) > len(said) > 1 and not percent:
        made = _digits(float(f"{right:.{len(said) - 1}e}"))
    if 1 < len(said) == len(made) and sorted(said) == sorted(made) and 0.1 < r.said / right < 10:
        return "slip swap"
    if misses_as_slip(r.said, right):
        return "slip digit"
    return "slip size" if is_slip(r.said, right) else "no slip"


def _as_printed(r: Relation, percent: bool) -> float:
    """What the figures make, as finely as the stated number is printed."""
    if percent:
        return float(f"{r.right:.3g}") if r.said % 1 else float(round(r.right))
    if r.kind == TIMES_AS:
        return float(round(r.right))
    if r.said % 1 == 0 and r.right >= 10:
        kept = max(2, len(f"{r.said:.0f}".rstrip("0")))
        size = 10 ** max(0, len(str(int(r.right))) - kept)
        return float(round(r.right / size) * size)
    return r.right


def _digits(number: float) -> str:
    return f"{number:.12g}".replace(".", "").rstrip("0")


def _arithmetic(r: Relation, slip: str) -> Iterator[str]:
    odds = _odds(r, slip)
    yield slip
    yield f"odds {odds}"
    yield f"{slip} odds {odds}"
    yield f"digits {min(len(re.sub(r'[^0-9]', '', r.stated.words).strip('0')), 3)}"
    apart = max(r.said, r.right) / min(r.said, r.right) if min(r.said, r.right) > 0 else math.inf
    within = next((limit for limit in (1.03, 1.1, 1.3, 2, 5) if apart < limit), None)
    yield f"within {within}" if within else "far"


def _closing(chance: float) -> Iterator[str]:
    yield "closes"
    yield f"chance {next((limit for limit in (0.01, 0.03, 0.1, 0.3, 1) if chance <= limit), 'high')}"


def _odds(r: Relation, slip: str) -> str:
    """How seldom chance alone would make a number that the slip explains, in powers of ten."""
    ways = {"slip base": len(r.misread) + 0.5, "slip swap": 1.5, "slip power": 3.0, "slip digit": 12.0}.get(slip)
    if ways is None or r.said <= 0:
        return "none"
    fraction = r.kind in (CHANGE, SHARE_OF) and r.stated.unit == SHARE
    grain = (r.stated.grain or 0.01 * r.said) * (100 if fraction else 1)
    fine = min(1.0, max(grain, 0.004 * r.said) / r.said)
    return f"{min(4.0, max(0.0, round(-2 * math.log10(min(1.0, ways * fine / 2.2))) / 2)):g}"


# How it is built


def _build(text: str, r: Relation, near: Sequence[Mention], rivals: int) -> Iterator[str]:
    figures = r.figures
    first, last = figures[0].start, figures[-1].end
    yield f"sentences {len({m.sentence for m in figures})}"
    yield f"place {[m.start for m in figures].index(r.stated.start)} of {min(len(figures), 4)}"
    others = [m for m in near if not (m.form is Form.AGE or is_length_of_time(m))]
    inside = [m for m in others if first < m.start < last]
    yield f"inside {min(len(inside), 2)}"
    yield f"like {min(sum(m.unit in (r.stated.unit, r.others[0].unit) for m in others), 3)}"
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
    if any(m.modifier is not Modifier.EXACT for m in r.figures):
        yield "bound"
    if any(m.modifier in (Modifier.UP_TO, Modifier.AT_LEAST, Modifier.AT_MOST) for m in r.others):
        yield "hard bound"
    if any(m.hedges for m in r.figures):
        yield "hedged"
    if r.stated.trend is not None:
        yield "trend"
    if r.stated.per is not None:
        yield "stated per"
    if r.stated.of is not None:
        yield "stated of"
    if any(m.trend is not None for m in r.others):
        yield "other trend"
    if any(m.of is not None for m in r.others):
        yield "other of"


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
        f"{role}< {word.lower()}" for word in _WORD.findall(text[max(start, mention.start - _NEAR) : mention.start])[-2:]
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

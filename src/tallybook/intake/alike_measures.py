"""Measures that may be one by another name, and two of them made one.

A measure by another name never meets its sources: half of the figures stand under the one, half under the
other. Whether two are one only a person can say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from tallybook.book import Book, Measure
from tallybook.book.load import book_of
from tallybook.book.measure_checks import change_problems
from tallybook.book.problems import BookError, Problem, require_name
from tallybook.book.project_files import MEASURES, ORIGINS, ProjectFiles
from tallybook.book.text_files import write_whole
from tallybook.book.units import UnitMismatch, convert, is_unit_of_measurement, unit_parts
from tallybook.consistency.same_words import MONTHS, content
from tallybook.intake.case_file import as_yaml, case_name, files_of, one_at_a_time, with_text, yaml_tool
from tallybook.intake.measure_words import stems
from tallybook.terms import Kind

_ALIKE = 0.5
"""Which part of the shorter definition's words the other must share to be told before a measure is made."""

_VERY_ALIKE = 0.7
"""Likewise for two measures of the book, of all words of both."""

_FIRST_SENTENCE = re.compile(r"[^.;:]*")
_SENTENCE_END = re.compile(r"[.;:]\s+|,\s+(?=not\b|without\b|except\b|but\b)")
_NOT_IN_IT = re.compile(r"\b(?:not|never|no|none|apart|without|except|excluding)\b", re.IGNORECASE)
_TIMES = frozenset(content("since until during year month day week time date named period financial"))
_OF_MEASURES = frozenset(
    {"measure", "rate_of", "change_of", "total", "number", "part", "whole", "rest", "related_measures"}
)
_OF_RECORDS = frozenset({"measure", "related_measures"})
_MOST_PAIRS = 200


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two measures that may be one."""

    one: Measure
    other: Measure


def alike(book: Book, data: dict[str, Any]) -> list[Measure]:
    """The measures of the book that a new one may be by another name, the likest first; at most three."""
    new = Measure(**{"id": "new", **data})
    found = []
    for measure in book.measures.values():
        if _may_be_one(new, measure) and not _excluded(new, measure):
            ours, theirs = _words_apart(new, measure)
            likeness = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
            if likeness >= _ALIKE or ours == theirs:
                found.append((likeness, measure))
    found.sort(key=lambda pair: -pair[0])
    return [measure for _, measure in found[:3]]


def amounts_for(book: Book, data: dict[str, Any]) -> list[Measure]:
    """The measures of the book whose change a new one may be: in a unit of which it can be a change, and told
    in some of the same words; the likest first, at most five. None for what is no change."""
    new = Measure(**{"id": "new", **data})
    if new.kind is not Kind.CHANGE:
        return []
    ours = _told(new)
    told = {measure.id: _told(measure) for measure in book.measures.values()}
    usual = Counter(word for words in told.values() for word in words)
    likeness = {id_: sum(1 / usual[word] for word in words & ours) for id_, words in told.items()}
    found = [m for m in book.measures.values() if likeness[m.id] and not any(change_problems(new, m))]
    found.sort(key=lambda measure: -likeness[measure.id])  # a word that few measures have tells more
    return found[:5]


def _told(measure: Measure) -> frozenset[str]:
    return _plain(" ".join([measure.definition, measure.unit, *measure.nouns]))


def alike_pairs(book: Book, of: Collection[str] | None = None) -> list[AlikePair]:
    """The pairs of measures of a book that may be one by another name, the likest first.

    Of one kind and unit, their definitions mostly in the same words, and neither said to be another than the
    other (``neighbours``). ``of``: only pairs with one of these measures.
    """
    found = []
    for one, other in combinations(book.measures.values(), 2):
        if of is not None and one.id not in of and other.id not in of:
            continue
        if not _may_be_one(one, other) or _told_apart(one, other):
            continue
        ours, theirs = _words_apart(one, other)
        likeness = len(ours & theirs) / len(ours | theirs) if ours | theirs else 1.0
        if likeness >= _VERY_ALIKE:
            found.append((likeness, AlikePair(one, other)))
    found.sort(key=lambda pair: -pair[0])
    return [pair for _, pair in found[:_MOST_PAIRS]]


def _words_apart(one: Measure, other: Measure) -> tuple[frozenset[str], frozenset[str]]:
    """What either definition says besides what both measures count."""
    counted = _plain(" ".join([*map(_top, (one, other)), *one.nouns, *other.nouns]))
    return _words(one) - counted, _words(other) - counted


def _words(measure: Measure) -> frozenset[str]:
    """What its definition says, years apart: arrests in 2023 and in 2024 are one measure of two periods."""
    first = _FIRST_SENTENCE.match(measure.definition)
    return frozenset(word for word in _plain(first[0] if first else "") if not word.isdigit())


def _plain(words: str) -> frozenset[str]:
    """The words by their stems, without times; "ferry" and "ferries" have one."""
    told = stems(words) - MONTHS - _TIMES
    return frozenset(word[:-1] if word.endswith("y") and len(word) > 3 else word for word in told)


def _top(measure: Measure) -> str:
    return unit_parts(measure.unit)[0]


def _excluded(one: Measure, other: Measure) -> bool:
    """Whether one of the two says that what only the other counts is not in it."""
    return bool(
        _left_out(one) & (_words(other) - _words(one)) or _left_out(other) & (_words(one) - _words(other))
    )


def _left_out(measure: Measure) -> frozenset[str]:
    """The words of the sentences in which a definition says what is not in it."""
    parts = _SENTENCE_END.split(measure.definition)
    return frozenset().union(*(_plain(part) for part in parts if _NOT_IN_IT.search(part)))


def _may_be_one(one: Measure, other: Measure) -> bool:
    """Whether both are of one kind, and what the one counts the other counts too."""
    if (one.kind, one.cumulative) != (other.kind, other.cumulative):
        return False
    (top, per), (other_top, other_per) = unit_parts(one.unit), unit_parts(other.unit)
    if (per is None) != (other_per is None):
        return False
    tops = {top.casefold(), *map(str.casefold, one.nouns)}
    others = {other_top.casefold(), *map(str.casefold, other.nouns)}
    same = bool(tops & others) or _converts(top, other_top)
    return same and (per is None or other_per is None or per == other_per or _converts(per, other_per))


def _converts(unit: str, to: str) -> bool:
    try:
        convert(unit, to)
    except UnitMismatch:
        return False
    return True


def _told_apart(one: Measure, other: Measure) -> bool:
    named = {neighbour.measure for neighbour in one.neighbours} | {one.change_of, one.rate_of}
    others = {neighbour.measure for neighbour in other.neighbours} | {other.change_of, other.rate_of}
    return other.id in named or one.id in others or _excluded(one, other)


@dataclass(frozen=True)
class Merging:
    """Two measures made one, ready to be written. ``records``: claims and statements that change their
    measure, by file; ``steps``: (file, text) in the order in which they are written."""

    gone: str
    kept: str
    records: dict[str, int]
    steps: tuple[tuple[str, str], ...]


def merged(root: Path, gone: str, kept: str) -> Merging:
    """What it takes that all figures of the measure ``gone`` are of ``kept``, and the first is no more.

    Nothing is written. UnknownName, or BookError where the book would not be sound.
    """
    files = files_of(root)
    book = book_of(files, root)
    for id_ in (gone, kept):
        require_name("measure", id_, book.measures)
    _refuse_two_things(book.measures[gone], book.measures[kept])
    scope = _scope_of_the_rest(book.measures[gone], book.measures[kept])
    tool = yaml_tool()
    whole = tool.load((root / MEASURES).read_text(encoding="utf-8"))
    _widened(whole, gone, kept)
    steps = [(MEASURES, as_yaml(whole))]
    records: dict[str, int] = {}
    for name in _files_with_records(files):
        data = tool.load((root / name).read_text(encoding="utf-8"))
        changed = _renamed(data, gone, kept, _OF_RECORDS, scope)
        if changed:
            records[name] = changed
            steps.append((name, as_yaml(data)))
    _renamed(whole, gone, kept, _OF_MEASURES, None)
    _taken_out(whole, gone, kept)
    steps.append((MEASURES, as_yaml(whole)))
    for name, text in steps:
        files = with_text(files, name, text)
        book_of(files, root)
    return Merging(gone, kept, records, tuple(steps))


def write_merging(root: Path, merging: Merging) -> None:
    """Write the files in an order in which the book can be loaded after each; after a stop a second merging
    does the rest."""
    with one_at_a_time(root):
        for name, text in merging.steps:
            write_whole(root / name, text)


def _refuse_two_things(gone: Measure, kept: Measure) -> None:
    if gone.id == kept.id:
        raise BookError([Problem(MEASURES, 1, f"'{gone.id}' is one measure. Name another to merge it with.")])
    if (gone.kind, gone.cumulative) != (kept.kind, kept.cumulative):
        kinds = " and ".join(
            f"'{m.id}' a {'running ' if m.cumulative else ''}{m.kind.label}" for m in (gone, kept)
        )
        raise BookError([Problem(MEASURES, 1, f"{kinds}: these are two things. Correct a kind first.")])
    if not _may_be_one(gone, kept) and any(_is_measured(m.unit) for m in (gone, kept)):
        message = f"'{gone.id}' is in {gone.unit} and '{kept.id}' in {kept.unit}: these are two things."
        raise BookError([Problem(MEASURES, 1, message)])


def _files_with_records(files: ProjectFiles) -> list[str]:
    sources = [file.lines.file for file in files.sources.values()]
    return [*sources, ORIGINS, *map(case_name, files.articles)]


def _scope_of_the_rest(gone: Measure, kept: Measure) -> str | None:
    """The scope that a record of ``gone`` without one gets, where the other measure's own is another."""
    return gone.own_scope if kept.own_scope is not None and gone.own_scope != kept.own_scope else None


def _renamed(data: Any, gone: str, kept: str, keys: frozenset[str], scope: str | None) -> int:
    """Put the one id in the place of the other below some keys; how often."""
    found = 0
    for part in _mappings(data):
        for key in keys & part.keys():
            if part[key] == gone:
                part[key] = kept
                found += 1
                if scope is not None and key == "measure" and "scope" not in part:
                    part["scope"] = scope
            elif key == "related_measures" and gone in part[key]:
                part[key][list(part[key]).index(gone)] = kept
                if list(part[key]).count(kept) > 1:
                    part[key].remove(kept)
                found += 1
    return found


def _mappings(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        yield data
        for value in list(data.values()):
            yield from _mappings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _mappings(value)


def _widened(data: Any, gone: str, kept: str) -> None:
    """Give the measure that stays what the other counts, and the scopes that it has."""
    old, new = (_measure(data, id_) for id_ in (gone, kept))
    top, old_top = (unit_parts(str(one["unit"]))[0] for one in (new, old))
    nouns = [*([] if _is_measured(str(old["unit"])) else [old_top]), *old.get("nouns", [])]
    more = [noun for noun in dict.fromkeys(nouns) if noun != top and noun not in new.get("nouns", [])]
    if more:
        new["nouns"] = [*new.get("nouns", []), *more]
    for key in ("scopes", "inside"):
        for name, value in (old.get(key) or {}).items():
            new.setdefault(key, {}).setdefault(name, value)


def _taken_out(data: Any, gone: str, kept: str) -> None:
    new = _measure(data, kept)
    if new.get("neighbours"):
        new["neighbours"] = [one for one in new["neighbours"] if one["measure"] != kept]
        if not new["neighbours"]:
            del new["neighbours"]
    data["measures"].remove(_measure(data, gone))


def _measure(data: Any, id_: str) -> Any:
    return next(one for one in data["measures"] if one["id"] == id_)


def _is_measured(unit: str) -> bool:
    return is_unit_of_measurement(unit_parts(unit)[0])

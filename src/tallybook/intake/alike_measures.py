"""Measures that may be one by another name, and two of them made one.

A measure by another name never meets its sources: half of the figures stand under the one, half under the
other. Whether two are one only a person can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from tallybook.book import Book, Measure
from tallybook.book.load import book_of
from tallybook.book.problems import BookError, Problem, require_name
from tallybook.book.text_files import write_whole
from tallybook.book.units import UnitMismatch, convert, unit_parts
from tallybook.intake.case_file import as_yaml, case_name, files_of, with_text, yaml_tool
from tallybook.intake.measure_words import stems
from tallybook.intake.new_measure import MEASURES

_ALIKE = 0.5
"""Which part of the shorter definition's words the other must share to be told before a measure is made."""

_VERY_ALIKE = 0.7
"""Likewise for two measures of the book, of all words of both."""

_FIRST_SENTENCE = re.compile(r"[^.;:]*")
_OF_MEASURES = frozenset(
    {"measure", "rate_of", "change_of", "total", "number", "part", "whole", "rest", "related_measures"}
)
_OF_RECORDS = frozenset({"measure", "related_measures"})
_MOST_PAIRS = 200


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two measures that may be one. ``shared``: the words that both definitions have."""

    one: Measure
    other: Measure
    shared: tuple[str, ...]


def alike(book: Book, data: dict[str, Any]) -> list[Measure]:
    """The measures of the book that a new one may be by another name, the likest first; at most three."""
    new = Measure(**{"id": "new", **data})
    ours = _words(new)
    found = []
    for measure in book.measures.values():
        theirs = _words(measure)
        if _may_be_one(new, measure) and ours and theirs:
            likeness = len(ours & theirs) / min(len(ours), len(theirs))
            if likeness >= _ALIKE:
                found.append((likeness, measure))
    found.sort(key=lambda pair: -pair[0])
    return [measure for _, measure in found[:3]]


def alike_pairs(book: Book) -> list[AlikePair]:
    """The pairs of measures of a book that may be one by another name, the likest first.

    Of one kind and unit, their definitions mostly in the same words, and neither said to be another than the
    other (``neighbours``).
    """
    words = {measure.id: _words(measure) for measure in book.measures.values()}
    found = []
    for one, other in combinations(book.measures.values(), 2):
        shared = words[one.id] & words[other.id]
        if not shared or _told_apart(one, other) or not _may_be_one(one, other):
            continue
        likeness = len(shared) / len(words[one.id] | words[other.id])
        if likeness >= _VERY_ALIKE:
            found.append((likeness, AlikePair(one, other, tuple(sorted(shared)))))
    found.sort(key=lambda pair: -pair[0])
    return [pair for _, pair in found[:_MOST_PAIRS]]


def _words(measure: Measure) -> frozenset[str]:
    """What its definition says, years apart: arrests in 2023 and in 2024 are one measure of two periods."""
    first = _FIRST_SENTENCE.match(measure.definition)
    said = stems(first[0] if first else "")
    return frozenset(word for word in said if not word.isdigit())


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
    return other.id in named or one.id in others


@dataclass(frozen=True)
class Merging:
    """Two measures made one, ready to be written. ``records``: claims and statements that change their
    measure, by file; ``texts``: the files as they will be."""

    gone: str
    kept: str
    records: dict[str, int]
    texts: dict[str, str]


def merged(root: Path, gone: str, kept: str) -> Merging:
    """What it takes that all figures of the measure ``gone`` are of ``kept``, and the first is no more.

    Nothing is written. UnknownName, or BookError where the book would not be sound.
    """
    files = files_of(root)
    book = book_of(files, root)
    for id_ in (gone, kept):
        require_name("measure", id_, book.measures)
    if gone == kept:
        raise BookError([Problem(MEASURES, 1, f"'{gone}' is one measure. Name another to merge it with.")])
    scope = _scope_of_the_rest(book.measures[gone], book.measures[kept])
    names = [
        *(f"sources/{id_}.yaml" for id_ in files.sources),
        "sources/origins.yaml",
        *map(case_name, files.articles),
        MEASURES,
    ]
    records: dict[str, int] = {}
    texts: dict[str, str] = {}
    tool = yaml_tool()
    for name in names:
        data = tool.load((root / name).read_text(encoding="utf-8"))
        keys = _OF_MEASURES if name == MEASURES else _OF_RECORDS
        changed = _renamed(data, gone, kept, keys, scope if name != MEASURES else None)
        if name == MEASURES:
            _joined(data, gone, kept)
        elif not changed:
            continue
        records |= {name: changed} if name != MEASURES else {}
        texts[name] = as_yaml(data)
        files = with_text(files, name, texts[name])
    book_of(files, root)
    return Merging(gone, kept, records, texts)


def write_merging(root: Path, merging: Merging) -> None:
    """Write the files of the records first: stopped at any moment, the book can be loaded, and a second
    merging does the rest."""
    for name, text in merging.texts.items():
        write_whole(root / name, text)


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


def _joined(data: Any, gone: str, kept: str) -> None:
    """One measure of two in ``claims/measures.yaml``: with the nouns and scopes of both."""
    measures = data["measures"]
    old = next(one for one in measures if one["id"] == gone)
    new = next(one for one in measures if one["id"] == kept)
    top = unit_parts(str(new["unit"]))[0]
    nouns = [unit_parts(str(old["unit"]))[0], *old.get("nouns", [])]
    if str(old["unit"]) == str(new["unit"]) or not _is_measured(str(old["unit"])):
        more = [noun for noun in dict.fromkeys(nouns) if noun != top and noun not in new.get("nouns", [])]
        if more:
            new["nouns"] = [*new.get("nouns", []), *more]
    for key in ("scopes", "inside"):
        for name, value in (old.get(key) or {}).items():
            new.setdefault(key, {}).setdefault(name, value)
    if new.get("neighbours"):
        new["neighbours"] = [one for one in new["neighbours"] if one["measure"] != kept]
        if not new["neighbours"]:
            del new["neighbours"]
    measures.remove(old)


def _is_measured(unit: str) -> bool:
    from tallybook.book.units import is_unit_of_measurement

    return is_unit_of_measurement(unit_parts(unit)[0])

"""The program under test: the only module of the judge that knows its names.

Everything is turned into plain values, so that the judge can itself be tested.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tallybook.book import Measure, load
from tallybook.book.periods import parse_period
from tallybook.book.problems import BookError
from tallybook.book.project_files import MEASURES, ORIGINS, ProjectFiles
from tallybook.book.units import FRACTION, is_unit_of_measurement
from tallybook.book.yaml_lines import LineIndex, YamlFile
from tallybook.estimates.nature import nature_of
from tallybook.estimates.zones import zones_of
from tallybook.matching.pair import Pair
from tallybook.prose import in_full, number, period, plural
from tallybook.prose import in_words as quantity_words
from tallybook.quantity import DEFAULT_POLICY, INFINITY, Interval
from tallybook.reading import Mention, read
from tallybook.tables.case import Case
from tallybook.tables.opened import OpenBook
from tallybook.terms import (
    AsOf,
    Attribution,
    Distortion,
    Incomparable,
    Kind,
    Reason,
    Relation,
    Slip,
    Verdict,
)
from tallybook.verdicts.judgement import verdicts_of
from tallybook.verdicts.verdict import ClaimVerdict

WORDS: dict[str, frozenset[str]] = {
    "relation": frozenset(map(str, Relation)),
    "reason": frozenset(map(str, [*Reason, *Incomparable])),
    "verdict": frozenset(map(str, Verdict)),
    "attribution": frozenset(map(str, Attribution)),
    "code": frozenset(map(str, Distortion)),
    "slip": frozenset(map(str, Slip)),
}
"""The vocabulary of the program, by what a case expects."""

SHARES = frozenset({"percent", "fraction", "percentage point"})


class Refused(Exception):
    """``check`` refuses the book. ``problems``: the message of each, without file and line."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Compared:
    """One estimate beside the claim. ``value``, ``true``: (low, high), the latter of the true zone;
    ``gap``: from claim to estimate, in the measure's unit; ``factor``: estimate ÷ claim."""

    estimate: str
    relation: str
    reason: str = ""
    would: str = ""
    if_of_that_time: bool = False
    gap: float | None = None
    factor: float | None = None
    gap_words: str = ""
    formula: str = ""
    value: tuple[float, float] | None = None
    true: tuple[float, float] | None = None


@dataclass(frozen=True)
class Judged:
    """The verdict on the claim and what is said with it. ``slip``: (kind, id of the estimate)."""

    verdict: str
    witnesses: int = 0
    split: tuple[str, ...] = ()
    heading: str = ""
    said_first: str = ""
    why: str = ""
    superseded: bool = False
    slip: tuple[str, str] | None = None
    attribution: str = ""
    codes: tuple[str, ...] = ()
    material: bool = False
    quoted_by: int = 0


def _nothing(*_: Any) -> Any:
    raise NotImplementedError


@dataclass(frozen=True)
class Answer:
    """``measures``: of the claim ("" as key) and of each statement, by id. What is costly is a function:
    ``written``: the verdict when written; ``without``: the verdict without the family of an origin or party;
    ``relays``: the codes of each repetition, by the id of the statement."""

    pairs: tuple[Compared, ...]
    today: Judged
    measures: Mapping[str, str] = field(default_factory=dict)
    written: Callable[[], str] = _nothing
    without: Callable[[str], str] = _nothing
    relays: Callable[[], Mapping[str, tuple[str, ...]]] = _nothing


def read_words(text: str) -> list[Mention]:
    return list(read(text))


def in_words(mention: Mention) -> str:
    """What was read: the figure, its grain, its centre and its direction."""
    quantity = mention.quantity
    told = [quantity_words(replace(quantity, per=None))]
    if quantity.per:
        number, _, base = quantity.per.rpartition(" ")
        told[0] += f" per {f'{float(number):,.0f} {plural(base)}' if number else base}"
    if quantity.contradictory:
        told.append("two bounds that contradict")
    if quantity.best is not None:
        told.append(f"centre {quantity.best:,g}")
    if quantity.grain:
        told.append(f"grain {in_full(quantity.grain)}")
    if quantity.trend:
        told.append(str(quantity.trend))
    return ", ".join(told)


def number_words(value: float, *, percent: bool = False) -> str:
    """A number to four significant digits, one above a thousand to its units."""
    value = value * 100.0 if percent else value
    text = number(round(value) if 1000 <= abs(value) < INFINITY else float(f"{value:.4g}"))
    return f"{text}%" if percent else text


def period_words(text: Any) -> str:
    """A period in words; as it was written where it is none."""
    try:
        return period(parse_period(str(text)))
    except ValueError:
        return str(text)


def zones_of_words(words: str, kind: str, unit: str) -> tuple[Interval, Interval]:
    """The true and the meant zone of a figure under the default policy, in the unit of its words; of a share
    in per cent."""
    (mention,) = read_words(words)
    measure = Measure(id="measure", kind=Kind(kind), unit=unit, definition="made up")
    zones = zones_of(mention.quantity, nature_of(measure), DEFAULT_POLICY)
    if mention.quantity.unit == FRACTION:
        zones = zones.converted(100.0)
    return zones.true, zones.meant


def nouns_of(words: str) -> list[str]:
    """What words count, singular; no units of measurement, no currencies, no shares."""
    return [m.unit for m in read(words) if m.unit is not None and counts_things(m.unit)]


def counts_things(unit: str) -> bool:
    return unit not in SHARES and not is_unit_of_measurement(unit)


def answer(files: Mapping[str, Any], claim: str, article: str) -> Answer:
    """What the program says of one claim. Raises Refused where ``check`` has a problem."""
    try:
        book = load.book_of(project_of(files), Path())
    except BookError as error:
        raise Refused(tuple(problem.message for problem in error.problems)) from None
    case = OpenBook(book)[article]
    today = case.comparison(AsOf.TODAY)
    measures = {"": today.claims[claim].measure.id}
    measures |= {id_: statement.measure for id_, statement in book.statements.items()}
    return Answer(
        pairs=tuple(_compared(pair) for pair in today.pairs[claim]),
        today=_judged(today.verdicts[claim]),
        measures=measures,
        written=lambda: str(case.comparison(AsOf.WRITTEN).verdicts[claim].verdict),
        without=lambda family: _without(case, claim, family),
        relays=lambda: _relays(case),
    )


def project_of(files: Mapping[str, Any]) -> ProjectFiles:
    made = {name: YamlFile(LineIndex(name), data=data) for name, data in files.items()}
    measures, origins = made.pop(MEASURES), made.pop(ORIGINS)
    folders: dict[str, dict[str, YamlFile]] = {"claims": {}, "sources": {}}
    for name, file in made.items():
        folder, _, stem = name.removesuffix(".yaml").partition("/")
        folders[folder][stem] = file
    return ProjectFiles(measures, origins, folders["claims"], folders["sources"])


def _compared(pair: Pair) -> Compared:
    estimate, bearing, zones = pair.estimate, pair.bearing, pair.zones
    return Compared(
        estimate=estimate.id,
        relation=str(pair.relation),
        reason=str(pair.why),
        would=str(pair.would or ""),
        if_of_that_time=pair.if_of_that_time,
        gap=bearing.gap,
        factor=bearing.gap_factor,
        gap_words=bearing.gap_words or "",
        formula=(estimate.rule or "") if estimate.derived else "",
        value=(zones.core.low, zones.core.high) if zones else None,
        true=(zones.true.low, zones.true.high) if zones else None,
    )


def _judged(found: ClaimVerdict) -> Judged:
    slip, fidelity = found.slip, found.fidelity
    return Judged(
        verdict=str(found.verdict),
        witnesses=found.witness_count,
        split=tuple(family.id for family in found.split),
        heading=found.heading,
        said_first=found.said_first,
        why=found.why,
        superseded=found.superseded,
        slip=(str(slip.kind), slip.estimate) if slip else None,
        attribution=str(fidelity.result),
        codes=tuple(map(str, fidelity.codes)),
        material=fidelity.material,
        quoted_by=fidelity.quoted_by,
    )


def _without(case: Case, claim: str, family: str) -> str:
    families = case.evidence.families
    left_out = families[family].id if family in families else family
    found = verdicts_of(case.matcher(AsOf.TODAY), case.policy, without=left_out)
    return str(found[claim])


def _relays(case: Case) -> dict[str, tuple[str, ...]]:
    steps = [step for drift in case.drifts() for step in drift.steps]
    return {step.estimate.id: tuple(map(str, step.link_codes)) for step in steps}

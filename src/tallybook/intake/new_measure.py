"""A new measure by a few questions: what is counted, and what time does to it.

A measure that is one of the book by another name would never meet its sources: the likest one is named before
a second is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tallybook.book import Book, Measure
from tallybook.book.currencies import is_currency
from tallybook.book.problems import BookError, Problem, quoted_value
from tallybook.book.units import unit_parts
from tallybook.intake.case_file import EditedFile
from tallybook.intake.drafting import slug
from tallybook.intake.measure_words import stems
from tallybook.reading import Mention
from tallybook.terms import Form, Kind

MEASURES = "claims/measures.yaml"
_ALIKE = 0.5
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})


@dataclass(frozen=True, slots=True)
class KindChoice:
    """One answer to what is counted. ``asks``: as it is put to a person; ``fields``: of the measure then."""

    asks: str
    example: str
    fields: dict[str, Any]


KIND_CHOICES = (
    KindChoice("an amount on a day", "900 people live in the hostel", {"kind": "stock"}),
    KindChoice("an amount that adds up over a period", "4,200 arrests in 2023", {"kind": "total"}),
    KindChoice(
        "a running count since a start", "63 people have died so far", {"kind": "total", "cumulative": True}
    ),
    KindChoice(
        "a count of something that happened once",
        "12 people died in the crash",
        {"kind": "total", "once": True},
    ),
    KindChoice("an amount per something", "200 calls a day, £30 a head", {"kind": "rate"}),
    KindChoice("a part of a whole", "34 per cent of voters", {"kind": "share"}),
    KindChoice("how much something rose or fell", "prices rose by 3 per cent", {"kind": "change"}),
    KindChoice("what came less what went", "net migration of 2,000", {"kind": "net"}),
    KindChoice("how long something took", "36 hours without power", {"kind": "duration"}),
    KindChoice("a point on a scale", "14.9 °C, an index of 104", {"kind": "level"}),
)


def likely_kind(mention: Mention | None) -> int:
    """Which of the choices the words of a figure suggest, by its place."""
    names = [choice.fields for choice in KIND_CHOICES]
    if mention is None:
        return 0
    if mention.per is not None:
        return names.index({"kind": "rate"})
    if mention.trend is not None:
        return names.index({"kind": "change"})
    if mention.unit in ("percent", "fraction") or mention.form in (Form.FRACTION, Form.MOST, Form.ALL):
        return names.index({"kind": "share"})
    if mention.unit in _TIMES:
        return names.index({"kind": "duration"})
    if mention.unit and (mention.unit.startswith("degree ") or mention.unit == "point"):
        return names.index({"kind": "level"})
    return names.index({"kind": "total"}) if mention.unit and is_currency(mention.unit) else 0


def likely_unit(mention: Mention | None, kind: str) -> str:
    """The unit that the words give, as a measure names it."""
    if mention is None or mention.unit is None:
        return "fraction" if kind == "share" else ""
    if kind == "share":
        return "fraction"
    return f"{mention.unit} / {mention.per}" if mention.per else mention.unit


def alike(book: Book, unit: str, kind: str, definition: str) -> Measure | None:
    """A measure of the book that this may be by another name: of its unit and kind, in mostly its words."""
    ours = stems(definition)
    best: tuple[float, Measure | None] = (0.0, None)
    for measure in book.measures.values():
        theirs = stems(measure.definition)
        if (
            str(measure.kind) != kind
            or unit_parts(measure.unit) != unit_parts(unit)
            or not ours
            or not theirs
        ):
            continue
        shared = len(ours & theirs) / min(len(ours), len(theirs))
        best = max(best, (shared, measure), key=lambda pair: pair[0])
    return best[1] if best[0] >= _ALIKE else None


def measure_data(id_: str, choice: KindChoice, unit: str, definition: str) -> dict[str, Any]:
    kind = {"kind": choice.fields["kind"]}
    rest = {key: value for key, value in choice.fields.items() if key != "kind"}
    return {"id": id_, **kind, **rest, "unit": unit, "definition": definition}


def measure_id(definition: str, known: Iterable[str]) -> str:
    """A free id made of the first words of a definition."""
    base = slug(definition, 32).replace("-", "_") or "measure"
    taken, made, k = set(known), base, 2
    while made in taken:
        made, k = f"{base}_{k}", k + 1
    return made


def add_measure(root: Any, data: dict[str, Any]) -> Book:
    """Write a measure at the end of ``claims/measures.yaml``. BookError where the book cannot hold it."""
    file = EditedFile(root, MEASURES)

    def step(all_of_them: Any) -> None:
        if any(one["id"] == data["id"] for one in all_of_them["measures"]):
            raise BookError([Problem(MEASURES, 1, f"measure {quoted_value(data['id'])} is there already.")])
        all_of_them["measures"].append(data)

    assert data["kind"] in {str(kind) for kind in Kind}
    return file.change(step)

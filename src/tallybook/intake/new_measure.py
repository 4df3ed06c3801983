"""A new measure by a few questions: what is counted, and what time does to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallybook.book import Measure
from tallybook.book.currencies import is_currency
from tallybook.book.figures import NoFigure, figure_of, figure_problems
from tallybook.book.problems import BookError, Problem, quoted_value
from tallybook.book.project_files import MEASURES
from tallybook.book.records import Anchor, Claim
from tallybook.book.units import Rates, is_time, unit_parts
from tallybook.consistency.same_words import content
from tallybook.intake.case_file import EditedFile
from tallybook.intake.drafting import slug
from tallybook.reading import Mention
from tallybook.terms import Form, Kind

LONGEST_UNIT = 60
_SENTENCE = re.compile(r"[:;!?]|[.,] |[.,]$|(?:[^\s/]+ ){6}")
"""What a unit has not, and a sentence has that was typed where the unit was asked for."""

_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})
_WORDS_OF_AN_ID = 4
_NET = re.compile(
    r"\bnet (?:of|\w+ (?:of|was|were|is))\b|\bnet (?:gain|loss|migration|inflow|outflow)\b", re.IGNORECASE
)
_MORE_THAN = re.compile(
    r"\s*(?:per ?cent|%)?\s*(?:more|fewer|less|higher|lower|up|down)\b(?! than \d)", re.IGNORECASE
)
_SO_FAR = re.compile(
    r"\b(?:so far|to date|until now|up to now|since (?:the|then|it)|all told)\b", re.IGNORECASE
)
_IS_THERE = re.compile(
    r"\b(?:lives?|living|works?|working|employs?|employed|owes?|has|have|holds?|there (?:is|are)"
    r"|inhabitants|members|seats?|capacity|can (?:carry|hold|seat|take))\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:died|dead|killed|injured|hurt|wounded|arrested|drowned|missing|rescued|evacuated|destroyed|demolished|cost|crash|blast|fire"
    r"|storm|quake|earthquake|flood|attack)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class KindChoice:
    """One answer to what is counted. ``asks``: as it is put to a person; ``fields``: of the measure then."""

    asks: str
    example: str
    fields: dict[str, Any]


KIND_CHOICES = (
    KindChoice("on a day: an amount that goes up and down", "900 people live in it", {"kind": "stock"}),
    KindChoice("over a period: an amount that adds up", "4,200 arrests in 2023", {"kind": "total"}),
    KindChoice(
        "since a start: a running count", "63 have died so far", {"kind": "total", "cumulative": True}
    ),
    KindChoice(
        "of one event: it happened once", "12 people died in the crash", {"kind": "total", "once": True}
    ),
    KindChoice("an amount per something", "200 calls a day, £30 a head", {"kind": "rate"}),
    KindChoice("a part of a whole", "34 per cent of voters", {"kind": "share"}),
    KindChoice("a change: how much it rose or fell", "prices rose by 3 per cent", {"kind": "change"}),
    KindChoice("what came less what went", "net migration of 2,000", {"kind": "net"}),
    KindChoice("a length of time", "36 hours without power", {"kind": "duration"}),
    KindChoice("a point on a scale", "14.9 °C, an index of 104", {"kind": "level"}),
)


def likely_kind(mention: Mention | None, clause: str = "", period: str | None = None) -> int:
    """Which of the choices the words of a figure suggest, by its place. ``clause``: that it stands in;
    ``period``: when it is of, where that is known."""
    return [choice.fields for choice in KIND_CHOICES].index(_likely_fields(mention, clause, period))


def _likely_fields(mention: Mention | None, clause: str, period: str | None) -> dict[str, Any]:
    if mention is None:
        return {"kind": "stock"}
    if mention.per is not None:
        return {"kind": "rate"}
    if _NET.search(clause):
        return {"kind": "net"}
    if mention.trend is not None or _MORE_THAN.match(clause.partition(mention.words)[2]):
        return {"kind": "change"}
    if mention.unit in ("percent", "fraction") or mention.form in (Form.FRACTION, Form.MOST, Form.ALL):
        return {"kind": "share"}
    if mention.unit in _TIMES:
        return {"kind": "duration"}
    if mention.unit and (mention.unit.startswith("degree ") or mention.unit == "point"):
        return {"kind": "level"}
    return _likely_amount(mention, clause, period)


def _likely_amount(mention: Mention, clause: str, period: str | None) -> dict[str, Any]:
    """Of a count or of money: what the words around it say of time."""
    if _SO_FAR.search(clause) or (period and "/" in period and re.search(r"\bsince\b", clause, re.I)):
        return {"kind": "total", "cumulative": True}
    if _IS_THERE.search(clause):
        return {"kind": "stock"}
    if _HAPPENED.search(clause):
        return {"kind": "total", "once": True}
    if period and len(period) <= len("2024-11"):
        return {"kind": "total"}
    money = mention.unit is not None and is_currency(mention.unit)
    return {"kind": "total", "once": True} if money else {"kind": "stock"}


def likely_unit(mention: Mention | None, kind: str, before: str = "") -> str:
    """The unit that the words give, as a measure names it.

    ``before``: that of the figure before it, which words without one go on about: "That is 310,000 more".
    """
    if kind == Kind.SHARE:
        return "fraction"
    if mention is None or mention.unit is None:
        return "" if kind == Kind.DURATION else before
    return f"{mention.unit} / {mention.per}" if mention.per else mention.unit


def measure_data(choice: KindChoice, unit: str, definition: str, nouns: Iterable[str] = ()) -> dict[str, Any]:
    """A measure as its file has it, but for its id."""
    counted = list(nouns)
    told = {"unit": unit, "definition": definition, **({"nouns": counted} if counted else {})}
    return {**choice.fields, **told}


def fitting(mention: Mention | None, data: dict[str, Any], rates: Rates = ()) -> dict[str, Any] | str:
    """The data of a new measure so that a figure can be one of it, or why it can be none.

    What the words count is written among its nouns where the unit is called otherwise: "18 dead", unit
    person.
    """
    why = _no_figure(mention, data, rates)
    if why is None or mention is None or mention.unit is None:
        return why or data
    called = {**data, "nouns": [mention.unit]}
    return called if _no_figure(mention, called, rates) is None else why


def _no_figure(mention: Mention | None, data: dict[str, Any], rates: Rates) -> str | None:
    if mention is None:
        return None
    measure = Measure(**{"id": "measure", **data})
    try:
        figure = figure_of(mention, measure, rates)
    except NoFigure as error:
        return str(error)
    claim = Claim(
        id="figure", measure="measure", anchor=Anchor(exact=mention.words[:200] or "-", paragraph=1)
    )
    return next((message for _, message in figure_problems(figure, claim, measure)), None)


def unreadable_unit(unit: str, kind: str) -> str | None:
    """Why a unit cannot stand in a measure of a kind; None where it can."""
    top, bottom = unit_parts(unit)
    if not any(c.isalpha() or c in "%‰°" for c in top) or bottom == "":
        return "is no unit. Write what is counted, singular: home."
    if len(unit) > LONGEST_UNIT or not unit.isprintable() or _SENTENCE.search(unit):
        return f"is no unit: a word or two, at most {LONGEST_UNIT} characters."
    if kind == Kind.RATE and bottom is None:
        return "is no amount per something. Write both: call / day."
    if kind == Kind.DURATION and not is_time(unit):
        return "is no unit of time. Write one: hour."
    return None


def measure_id(definition: str, known: Iterable[str]) -> str:
    """A free id made of the first words of a definition that say something."""
    plain = slug(definition, 400).split("-")
    telling = [word for word in plain if content(word) or word.isdecimal()][:_WORDS_OF_AN_ID]
    base = "_".join(telling or plain)[:40].strip("_") or "measure"
    taken, made, k = set(known), base, 2
    while made in taken:
        made, k = f"{base}_{k}", k + 1
    return made


def add_measure(root: Path, data: dict[str, Any]) -> EditedFile:
    """Write a measure at the end of ``claims/measures.yaml``; the step can be undone.

    BookError where the book cannot hold it.
    """
    file = EditedFile(root, MEASURES)

    def step(whole: Any) -> None:
        if any(one["id"] == data["id"] for one in whole["measures"]):
            raise BookError([Problem(MEASURES, 1, f"measure {quoted_value(data['id'])} is there already.")])
        whole["measures"].append(data)

    file.change(step)
    return file

"""The figure of a statement or claim: read from its words, or as recorded, with the reason."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from tallybook.book.records import Claim, Measure, Recorded, Statement
from tallybook.book.units import converts, unit_parts
from tallybook.quantity import Quantity
from tallybook.reading import Mention, Reading, read
from tallybook.reading.lexicon.language import languages
from tallybook.terms import CEILINGS, FLOORS, Kind, Modifier

CLOSE = 1e-3


class NoFigure(ValueError):
    """The words carry no figure, or another one than recorded. The text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Figure:
    """``quantity`` as stated, in the units of the words; ``by``: "reader" or "recorded".

    ``trend``: "up" or "down" when the words tell of a change; ``share``: the number is a share or a
    change of another figure (its ``base``), not a count of its own.
    """

    words: str
    quantity: Quantity
    by: str
    because: str | None = None
    trend: str | None = None
    share: bool = False


def figure_of(record: Statement | Claim, measure: Measure, language: str | None) -> Figure | None:
    """The figure of one statement or claim; None for a date, which is its reference period.

    Raises NoFigure where the words do not carry what is recorded.
    """
    words = record.words if isinstance(record, Statement) else record.anchor.exact
    recorded = record.recorded
    if measure.kind is Kind.DATE or (isinstance(record, Statement) and record.dates):
        return None
    if recorded and recorded.because:
        quantity = quantity_recorded(recorded, measure)
        return Figure(words, quantity, "recorded", recorded.because, share=_is_share(quantity, measure))
    if language not in languages():
        raise NoFigure(
            f"language '{language}' is not read yet (read are {', '.join(languages())}). Record the figure: "
            "recorded: {low: …, high: …, modifier: …, because: …}"
        )
    mention = _chosen(read(words, language=language or "en"), recorded, measure)
    quantity = replace(mention.quantity, unit=_unit(mention, measure))
    return Figure(words, quantity, "reader", trend=mention.trend, share=_is_share(quantity, measure))


def quantity_recorded(recorded: Recorded, measure: Measure) -> Quantity:
    """What a person recorded, as a Quantity; bounds without a modifier become at least / at most."""
    low = recorded.low if recorded.low is not None else recorded.high
    high = recorded.high if recorded.high is not None else recorded.low
    assert low is not None and high is not None
    modifier = recorded.modifier
    if modifier is None:
        if low != high:
            modifier = Modifier.RANGE
        elif recorded.open_high:
            modifier = Modifier.AT_LEAST
        elif recorded.open_low:
            modifier = Modifier.AT_MOST
        else:
            modifier = Modifier.EXACT
    _, bottom = unit_parts(measure.unit)
    return Quantity(low, high, modifier, recorded.unit, recorded.per if bottom else None)


def in_words(quantity: Quantity) -> str:
    """A quantity as an error message and a table print it: 'over 10,000 soldier'."""
    number = f"{quantity.low:,.10g}"
    if quantity.high != quantity.low:
        number += f"–{quantity.high:,.10g}"
    modifier = (
        "" if quantity.modifier in (Modifier.EXACT, Modifier.RANGE) else quantity.modifier.replace("_", " ")
    )
    hedges = " ".join(h.replace("_", " ") for h in quantity.hedges)
    unit = quantity.unit or ""
    per = f"per {quantity.per}" if quantity.per else ""
    return " ".join(part for part in (hedges, modifier, number, unit, per) if part)


def _is_share(quantity: Quantity, measure: Measure) -> bool:
    """A fraction where the measure counts something else."""
    return quantity.unit in ("fraction", "percent") and unit_parts(measure.unit)[0] != "fraction"


def _chosen(reading: Reading, recorded: Recorded | None, measure: Measure) -> Mention:
    """The mention that the record is about: the one that fits the measure, then the recorded number."""
    if not len(reading):
        raise NoFigure("carry no figure. Quote the words with the figure, or record it and say why (because)")
    fitting = [m for m in reading if _fits(m, measure)] or list(reading)
    if recorded is None:
        return fitting[0]
    for mention in [*fitting, *reading]:
        if not difference(recorded, mention.quantity, measure):
            return mention
    wrong = difference(recorded, fitting[0].quantity, measure)
    raise NoFigure(
        f"read as {in_words(fitting[0].quantity)}, but recorded is {wrong}. One of the two is wrong"
    )


def _fits(mention: Mention, measure: Measure) -> bool:
    return converts(measure, _unit(mention, measure)) or _is_share(mention.quantity, measure)


def _unit(mention: Mention, measure: Measure) -> str | None:
    """The head noun, or the whole noun phrase where that is the unit ("American football fields")."""
    if mention.noun and not converts(measure, mention.unit) and converts(measure, mention.noun):
        return mention.noun
    return mention.unit


def difference(recorded: Recorded, quantity: Quantity, measure: Measure) -> str:
    """What is recorded otherwise than the words read; empty when nothing is."""
    read_low, read_high, found = quantity.low, quantity.high, []
    if quantity.unit == "percent" and recorded.unit == "fraction":
        read_low, read_high = read_low / 100, read_high / 100
    if recorded.low is not None and not _same(recorded.low, read_low):
        found.append(f"low {recorded.low:,.10g}")
    if recorded.high is not None and not _same(recorded.high, read_high):
        found.append(f"high {recorded.high:,.10g}")
    said = {quantity.modifier, *quantity.hedges}
    if recorded.open_high != bool(said & FLOORS):
        found.append("open above" if recorded.open_high else "not open above")
    if recorded.open_low and not said & CEILINGS:
        found.append("open below")
    if (
        said & CEILINGS
        and not recorded.open_low
        and not recorded.open_high
        and quantity.modifier is not Modifier.RANGE
    ):
        found.append("not open below")
    if recorded.modifier and recorded.modifier not in said:
        found.append(f"modifier {recorded.modifier}")
    if recorded.per and unit_parts(measure.unit)[1] and recorded.per != quantity.per:
        found.append(f"per {recorded.per}")
    return ", ".join(found)


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=CLOSE)

"""The figure of a statement or claim: read from its words, or as recorded, with the reason."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from tallybook.book.currencies import is_currency
from tallybook.book.figure import Figure
from tallybook.book.problems import quoted_value
from tallybook.book.records import Claim, Measure, Recorded, Statement
from tallybook.book.units import (
    FRACTION,
    Conversion,
    Rates,
    UnitMismatch,
    conversion,
    converts,
    is_unit_of_measurement,
    parts_read,
    unit_parts,
)
from tallybook.prose import in_full, in_words, plural
from tallybook.quantity import Quantity
from tallybook.reading import Mention, Reading, read
from tallybook.reading.lexicon.language import languages, load_language
from tallybook.terms import CEILINGS, FLOORS, Form, Kind, Modifier

CLOSE = 1e-3
LARGEST = 1e30
"""No figure of a news text is larger; far beyond it sums and products of figures overflow."""

PERCENT = 0.01
_TIMES = "time"


class NoFigure(ValueError):
    """The words carry no figure of their measure. The text says why and what to do; ``key``: of the
    record's keys, the one to mend."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.key = key


class UnreadLanguage(NoFigure):
    """The words are in a ``language`` that has no lexicon, and their figure is not recorded."""

    def __init__(self, language: str, words: str) -> None:
        super().__init__(f"the words {quoted_value(words)}: {unread(language, 1)}", "words")
        self.language = language


def unread(language: str, records: int) -> str:
    """Why so many records have no figure, and what to do about them."""
    one = records == 1
    whose = "its figure" if one else f"the figures of {records:,} records, of which this is the first,"
    return (
        f"language '{language}' is not read yet (read are {', '.join(languages())}), and {whose} "
        f"{'is' if one else 'are'} not recorded. Either give the file's own 'language', or record the "
        f"{'figure' if one else 'figures'} in the measure's unit: recorded: {{low: …, high: …, because: …}}, "
        "with 'per' under a rate."
    )


def _key(figure: Figure) -> str:
    return "recorded" if figure.by == "recorded" else "words"


def words_of(record: Statement | Claim) -> str:
    return record.words if isinstance(record, Statement) else record.anchor.exact


def read_figure(
    record: Statement | Claim, measure: Measure, language: str, rates: Rates = ()
) -> Figure | None:
    """The figure of one statement or claim; None for a date, which is its reference period.

    ``rates``: between currencies, as declared. Raises NoFigure where the words do not carry what is
    recorded, or nothing that the measure counts.
    """
    recorded = record.recorded
    if measure.kind is Kind.DATE or (isinstance(record, Statement) and record.dates):
        return None
    words, because = words_of(record), recorded.because if recorded else None
    if recorded and because:
        figure = Figure(words, quantity_recorded(recorded), "recorded", because)
    else:
        mention = _mention(record, measure, language, rates)
        figure = Figure(words, _stated(mention, measure, rates, language), "reader")
    return _in_measure(figure, measure, rates)


def figure_of(mention: Mention, measure: Measure, rates: Rates = (), language: str = "en") -> Figure:
    """The figure that a mention of any text would be of a measure. Raises NoFigure where it is none of it.

    "12,000 loaves" is a figure of a measure of loaves, and none of one of shells.
    """
    stated = _stated(mention, measure, rates, language)
    return _in_measure(Figure(mention.words, stated, "reader"), measure, rates)


def _stated(mention: Mention, measure: Measure, rates: Rates, language: str) -> Quantity:
    """What a mention states of a measure: with the direction, the noun and the form that it asks for."""
    quantity = mention.quantity
    bounded = quantity.modifier is not Modifier.EXACT
    if bounded and load_language(language).bounds.say_near(mention.words):
        quantity = replace(quantity, near=True)
    if measure.kind.signed and quantity.trend is None:
        quantity = replace(quantity, trend=mention.leaning)
    elif quantity.trend == mention.leaning:  # "400 jobs were created": a count as well as a change
        quantity = replace(quantity, trend=quantity.trend if measure.kind.signed else None)
    unit = _unit(mention, measure, rates)
    if unit != quantity.unit:
        quantity = replace(quantity, unit=unit)
    if quantity.form is Form.MULTIPLE:
        quantity = _multiplied(quantity, measure)
    return _nothing(quantity, measure)


def _multiplied(quantity: Quantity, measure: Measure) -> Quantity:
    """So many times what was. Of a change in per cent "rose threefold" says as much as "tripled"; of anything
    else, "by a factor of three" is no three of them."""
    if quantity.trend == "up" and measure.kind.signed and _is_part(measure):
        return replace(quantity, unit=FRACTION, form=Form.RATIO)
    return replace(quantity, unit=quantity.unit or _TIMES)


def _in_measure(figure: Figure, measure: Measure, rates: Rates) -> Figure:
    """The same with what its numbers are multiplied with. Raises NoFigure where there is no way."""
    quantity = figure.quantity
    share = _is_share(quantity, measure)
    figure = replace(figure, share=share)
    if share:
        figure = replace(figure, scale=PERCENT if quantity.unit == "percent" else 1.0)
    else:
        into = _conversion(figure, measure, rates)
        if measure.kind.signed and _is_multiple(quantity):
            into = replace(into, offset=into.offset - into.factor)
        if into != Conversion():
            figure = replace(figure, scale=into.factor, offset=into.offset, least=into.least, most=into.most)
    if max(abs(quantity.low), abs(quantity.high)) * figure.scale > LARGEST:
        raise NoFigure(f"{_said(figure)}; no figure above {LARGEST:g} is taken. Correct it.", _key(figure))
    return figure


def _is_multiple(quantity: Quantity) -> bool:
    """Whether words of growth name what came of it: "doubled" is twice as much, and a change of 100%."""
    return quantity.form is Form.RATIO and quantity.unit == FRACTION and quantity.trend == "up"


def figure_problems(figure: Figure, record: Statement | Claim, measure: Measure) -> Iterator[tuple[str, str]]:
    """(key, message) of each thing in which a figure and its record do not go together."""
    if figure.quantity.low < 0 and not _may_be_negative(measure):
        message = f"{_said(figure)}: below zero, which a {measure.kind.label} of {measure.unit} never is."
        yield _key(figure), f"{message} Correct it, or give the record a measure of kind change or level."
    if figure.trend is not None and not figure.share and not _may_change(figure, measure):
        message = (
            f"{_said(figure)}, and the words state a change ({figure.trend}), not a {measure.kind.label}."
        )
        remedy = f"Give the record a measure of kind change, or {_how_to_record(measure)}"
        yield _key(figure), f"{message} {remedy}"
    if record.base is not None and not figure.share:
        message = f"{_said(figure)}, which is not a share of another figure. Take out 'base'."
        yield "base", message
    if record.base is None and figure.share:
        message = f"{_said(figure)}, a share or a change; name the figure it is of ('base')."
        yield _key(figure), message
    if isinstance(record, Statement) and record.query is not None:
        yield from _computed(figure, record.query.value)


def _computed(figure: Figure, value: float) -> Iterator[tuple[str, str]]:
    """The words of a figure computed from a table say what its query gave, as finely as they are printed."""
    quantity = figure.quantity
    sign = -1.0 if quantity.trend == "down" else 1.0
    sizes = (figure.scale * figure.least, figure.scale * figure.most)
    stated = [sign * end * size + figure.offset for end in (quantity.low, quantity.high) for size in sizes]
    ends = min(stated), max(stated)
    width = max((quantity.grain or 0.0) * figure.scale / 2, CLOSE * CLOSE * abs(value))
    if not ends[0] - width <= value <= ends[1] + width:
        message = f"{_said(figure)}, but its query gave {in_full(value)} in the measure's unit."
        yield _key(figure), f"{message} Correct the wrong one, or compute it again: tallybook source table."


def _may_be_negative(measure: Measure) -> bool:
    top, _ = unit_parts(measure.unit)
    if measure.kind.signed or measure.kind is Kind.LEVEL:
        return True
    return (measure.kind is Kind.STOCK and is_currency(top)) or _is_growth(measure)


def _is_growth(measure: Measure) -> bool:
    return measure.kind is Kind.RATE and unit_parts(measure.unit)[0] in (FRACTION, "percent")


def _may_change(figure: Figure, measure: Measure) -> bool:
    """Whether words of a change go with the measure: a change, a net amount, or growth per time."""
    if measure.kind.signed:
        return True
    _, per = parts_read(figure.quantity.unit, figure.quantity.per)
    return measure.kind is Kind.RATE and per is not None


def quantity_recorded(recorded: Recorded) -> Quantity:
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
    return Quantity(low, high, modifier, recorded.unit, recorded.per)


def _mention(record: Statement | Claim, measure: Measure, language: str, rates: Rates) -> Mention:
    words = words_of(record)
    if language in languages():
        return _chosen(read(words, language=language), record.recorded, measure, rates)
    raise UnreadLanguage(language, words)


def _is_share(quantity: Quantity, measure: Measure) -> bool:
    """A fraction where the measure counts something else."""
    return quantity.unit in (FRACTION, "percent") and not _is_part(measure)


def _nothing(quantity: Quantity, measure: Measure) -> Quantity:
    """Of none: none of the bids are no bids, and no bids are no part of them. Zero growth is growth of 0%."""
    if measure.kind.signed and _is_part(measure) and quantity.low == quantity.high == 0:
        unit = unit_parts(measure.unit)[0]
        return replace(quantity, unit="percent" if unit == FRACTION else unit)
    if not quantity.low == quantity.high == 0 or (quantity.unit in (FRACTION, "percent")) == _is_part(
        measure
    ):
        return quantity
    return replace(quantity, unit=FRACTION if measure.kind is Kind.SHARE else None, form=Form.ALL)


def _is_part(measure: Measure) -> bool:
    return unit_parts(measure.unit)[0] in (FRACTION, "percent", "percentage point")


def _chosen(reading: Reading, recorded: Recorded | None, measure: Measure, rates: Rates) -> Mention:
    """The mention that the record is about: the one that fits the measure, then the recorded number."""
    if not len(reading):
        message = "carry no figure. Quote the words with the figure, or record it and say why (because)."
        raise NoFigure(f"the words {quoted_value(reading.text)} {message}", "words")
    fitting = list(reading)
    if len(fitting) > 1:
        fitting = [m for m in fitting if _fits(m, measure, rates)] or fitting
        fitting = [m for m in fitting if _has_its_period(m, measure)] or fitting
    if recorded is None:
        return fitting[0]
    for mention in [*fitting, *reading]:
        if not difference(recorded, mention.quantity, measure):
            return mention
    wrong = difference(recorded, fitting[0].quantity, measure)
    message = f"read as {in_words(fitting[0].quantity)}, but recorded is {wrong}. Correct the wrong one."
    raise NoFigure(f"the words {quoted_value(reading.text)} {message}", "recorded")


def _fits(mention: Mention, measure: Measure, rates: Rates) -> bool:
    unit = _unit(mention, measure, rates)
    return converts(measure, unit, rates) or _is_share(mention.quantity, measure)


def _has_its_period(mention: Mention, measure: Measure) -> bool:
    _, per = parts_read(mention.unit, mention.per)
    return (per is None) == (unit_parts(measure.unit)[1] is None)


def _unit(mention: Mention, measure: Measure, rates: Rates) -> str | None:
    """The head noun, or the whole noun phrase where that is the unit ("American football fields")."""
    if mention.noun and not converts(measure, mention.unit, rates) and converts(measure, mention.noun):
        return mention.noun
    return mention.unit


def _conversion(figure: Figure, measure: Measure, rates: Rates) -> Conversion:
    """Into the measure's unit. Raises NoFigure, with what can be done about it, where there is no way."""
    try:
        return conversion(measure, figure.quantity.unit, figure.quantity.per, rates)
    except UnitMismatch:
        wrong, remedy = _mismatch(figure.quantity, measure)
    message = f"{_said(figure)}, but measure '{measure.id}' {wrong}. {remedy}; or {_how_to_record(measure)}"
    raise NoFigure(message, _key(figure))


def _mismatch(quantity: Quantity, measure: Measure) -> tuple[str, str]:
    """What the measure counts instead, and what can be done about it."""
    unit, period = unit_parts(measure.unit)
    _, per = parts_read(quantity.unit, quantity.per)
    if not converts(measure, quantity.unit):
        wrong = f"counts {', '.join(dict.fromkeys([unit, *measure.nouns]))}"
        read_unit = quantity.unit or ""
        other = f"Give the record a measure that counts {read_unit}"
        if {read_unit, unit} == {"percent", "percentage point"}:
            return f"is in {plural(unit)}, and points are not per cent", other
        if is_currency(read_unit) and is_currency(unit):
            keys = f"of: {read_unit}, to: {unit}, value, on, source"
            declare = f"Declare a rate under 'exchange_rates' in claims/measures.yaml ({keys})"
            wrong = f"is in {plural(unit)}, and no rate between the two currencies is declared for its time"
            return wrong, declare
        if is_unit_of_measurement(read_unit) or is_unit_of_measurement(unit):
            return wrong, other
        return wrong, f"If '{read_unit}' is another word for {unit}, add it to the measure's 'nouns'. {other}"
    if period is None:
        return "has no period", f"Give the record a measure of kind rate ({unit} / {per})"
    if per is None:
        return f"counts per {period}", "Quote the words with their period, or give the record another measure"
    return f"counts per {period}", f"Give the record a measure of kind rate ({unit} / {per})"


def _how_to_record(measure: Measure) -> str:
    _, period = unit_parts(measure.unit)
    per = f", per: {period}" if period else ""
    return f"record the figure in the measure's unit: recorded: {{low: …, high: …{per}, because: …}}."


def _said(figure: Figure) -> str:
    read_as = in_words(figure.quantity)
    if figure.by == "recorded":
        return f"recorded is {read_as}"
    return f"the words {quoted_value(figure.words)} read as {read_as}"


def difference(recorded: Recorded, quantity: Quantity, measure: Measure) -> str:
    """What is recorded otherwise than the words read; empty when nothing is."""
    read_low, read_high, found = quantity.low, quantity.high, []
    if quantity.unit == "percent" and recorded.unit == FRACTION:
        read_low, read_high = PERCENT * read_low, PERCENT * read_high
    if recorded.low is not None and not _same(recorded.low, read_low):
        found.append(f"low {in_full(recorded.low)}")
    if recorded.high is not None and not _same(recorded.high, read_high):
        found.append(f"high {in_full(recorded.high)}")
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

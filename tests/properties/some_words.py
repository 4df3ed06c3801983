"""Figures in words and cases made of them, drawn at random, for the properties of the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from ..law.books import ARTICLE, CLAIM, book_of_case
from ..law.case_files import Case
from ..law.program import Answer, answer

Record = dict[str, Any]


@dataclass(frozen=True)
class Printed:
    """How the figures of a measure are printed. ``said``: the words, from a number as digits; ``decimals``:
    digits behind the point that the numbers may have; ``most``: the highest number; ``directed``: the words
    may say which way it went; ``units``: others to which the measure's unit converts."""

    measure: Record
    said: Callable[[str], str]
    decimals: tuple[int, ...] = (0,)
    most: int = 10**7
    directed: bool = False
    units: tuple[str, ...] = ()


def _people(number: str) -> str:
    return f"{number} people"


def _money(number: str) -> str:
    return f"£{number}"


def _percent(number: str) -> str:
    return f"{number}%"


def _degrees(number: str) -> str:
    return f"{number} °C"


PRINTED = (
    Printed({"kind": "total", "unit": "person"}, _people),
    Printed({"kind": "total", "unit": "person", "cumulative": True}, _people),
    Printed({"kind": "total", "unit": "person", "once": True}, _people),
    Printed({"kind": "total", "unit": "£"}, _money),
    Printed({"kind": "total", "unit": "mile"}, lambda n: f"{n} miles", (0, 1), units=("kilometre", "foot")),
    Printed({"kind": "stock", "unit": "person"}, _people),
    Printed({"kind": "stock", "unit": "person", "window_days": 20}, _people),
    Printed({"kind": "stock", "unit": "£"}, _money),
    Printed({"kind": "level", "unit": "°C"}, _degrees, (0, 1), 400, units=("°F",)),
    Printed({"kind": "level", "unit": "°C", "moment": "noon"}, _degrees, (0, 1), 400, units=("°F",)),
    Printed({"kind": "rate", "unit": "death / day"}, lambda n: f"{n} deaths a day", (0, 1),
            units=("death / year", "death / month", "death / week")),
    Printed({"kind": "rate", "unit": "case / 100,000 person"}, lambda n: f"{n} cases per 100,000 people",
            (0, 1), units=("case / person", "case / 1,000 person")),
    Printed({"kind": "rate", "unit": "£ a week"}, lambda n: f"£{n} a week", (0, 2), units=("£ a day",)),
    Printed({"kind": "rate", "unit": "% a year"}, lambda n: f"{n}% a year", (0, 1), 300, directed=True,
            units=("% a month",)),
    Printed({"kind": "share", "unit": "%"}, _percent, (0, 1), 100),
    Printed({"kind": "change", "unit": "%"}, _percent, (0, 1), 500, directed=True, units=("fraction",)),
    Printed({"kind": "change", "unit": "person"}, _people, directed=True),
    Printed({"kind": "change", "unit": "°C"}, _degrees, (0, 2), 300, directed=True, units=("°F",)),
    Printed({"kind": "net", "unit": "person"}, _people, directed=True),
    Printed({"kind": "duration", "unit": "day"}, lambda n: f"{n} days", (0, 1), 2000,
            units=("hour", "week", "minute")),
    Printed({"kind": "duration", "unit": "minute"}, lambda n: f"{n} minutes", (0,), 2000,
            units=("second", "day")),
)  # fmt: skip

BOUNDS = ("{}", "about {}", "nearly {}", "over {}", "at least {}", "under {}", "at most {}", "up to {}")
MIXED = "as many as more than {}"
WAYS = ("up {}", "down {}", "a rise of {}", "a drop of {}")

measures = st.sampled_from(PRINTED)

Digits = tuple[int, int]
"""A number without its point, and how many of its digits stand behind it: 153, 2 is 1.53."""


@st.composite
def digits(draw: st.DrawFn, printed: Printed) -> Digits:
    """A number of any size, with and without final zeros."""
    decimals = draw(st.sampled_from(printed.decimals))
    top = printed.most * 10**decimals
    of_few = st.tuples(st.integers(1, 99), st.integers(0, 5)).map(lambda t: min(t[0] * 10 ** t[1], top))
    return draw(st.one_of(st.integers(1, min(40, top)), of_few, st.integers(1, top))), decimals


@st.composite
def beside(draw: st.DrawFn, printed: Printed, one: Digits) -> Digits:
    """The same number, or one that is near to it."""
    value, decimals = one
    step = 10 ** draw(st.integers(0, max(0, len(str(value)) - 1)))
    near = st.sampled_from((0, 1, -1, 2, -2, 5, -5, 11)).map(lambda k: value + k * step)
    rounded = st.just(round(value / step) * step)
    return max(1, min(draw(st.one_of(near, rounded)), printed.most * 10**decimals)), decimals


def number(value: int, decimals: int) -> str:
    return f"{value / 10**decimals:,.{decimals}f}" if decimals else f"{value:,}"


@st.composite
def worded(draw: st.DrawFn, printed: Printed, one: Digits) -> str:
    """A figure of one number: bare, bounded, a range, with a margin or an interval; with a direction."""
    value, decimals = one
    shape = draw(st.sampled_from((*BOUNDS, *BOUNDS, MIXED, "range", "range", "±", "interval")))
    said = number(value, decimals)
    more = number(value + draw(st.sampled_from((1, 2, 10, max(1, value // 10), value))), decimals)
    if shape == "range":
        text = printed.said(f"{said} to {more}")
    elif shape == "±":
        text = margin(printed, one, draw(st.integers(1, max(1, value // 2))))
    elif shape == "interval":
        text = interval(printed, one, draw(st.integers(0, value)), draw(st.integers(value, 2 * value)))
    else:
        text = shape.format(printed.said(said))
    return draw(st.sampled_from(WAYS)).format(text) if printed.directed and draw(st.booleans()) else text


def margin(printed: Printed, one: Digits, more_or_less: int) -> str:
    value, decimals = one
    return printed.said(f"{number(value, decimals)} ± {number(more_or_less, decimals)}")


def interval(printed: Printed, one: Digits, low: int, high: int) -> str:
    value, decimals = one
    ends = f"{number(low, decimals)}–{number(high, decimals)}"
    return f"{printed.said(number(value, decimals))} (95% interval {ends})"


@st.composite
def words(draw: st.DrawFn, printed: Printed) -> str:
    """Any figure of a measure."""
    return draw(worded(printed, draw(digits(printed))))


@st.composite
def two_worded(draw: st.DrawFn, printed: Printed) -> tuple[str, str]:
    """Two figures of a measure whose numbers are the same or near."""
    one = draw(digits(printed))
    return draw(worded(printed, one)), draw(worded(printed, draw(beside(printed, one))))


_DAYS = ("2024-05-01", "2024-05-07", "2024-05-08", "2024-05-31", "2024-06-20")
PERIODS = (*_DAYS, "2024-05-07T12:00", "2024-05-07T18:00", "2024-04", "2024-05", "2024", "2023", "2023-05",
           "2024-04/2024-05", "2024-05-01/2024-05-31", "2024-05-03/2024-05", "2024-05~", "early May 2024",
           "2024-22", "../2024-05-07", "2023/..")  # fmt: skip
PAGES = ("2024-07-01", "2024-08-20", "2024-07", "2025", "2026-01-15")
"""Days of pages and articles: after every period that a figure may have."""

POINTS_WIDENED = (
    ("2024-05-07T12:00", "2024-05-07", "early May 2024", "2024-05", "2024", None),
    ("2024-05-07T18:00", "2024-05-07", "2024-05~"), ("2024-05-08", "2024-05", None),
    ("../2024-05-07", "../2024-05"), ("2024-05-01/2024-05-07", "2024-05-01/2024-05"), ("2023-05", "2023"),
)  # fmt: skip
"""Of a stock, a level and a running count: each stands for more days than the one before; None: only that it
is no later than its page or article."""

SPANS_WIDENED = (
    ("2024-05-07", "early May 2024", None), ("2024-05", "2024-05~", None), ("2024-05-08", "2024-05-XX"),
    ("2024-05-03/2024-05-31", "2024-05/2024-05-31", None), ("2024-04/2024-05", "2024-04~/2024-05~"),
    ("2024", "2024~"), ("2023", "2023~", None), ("2024-05-01/2024-05-31", "2024-05-01/2024-05-31~"),
)  # fmt: skip
"""Of what is over a period: its ends are known less and less. A month is no wider day, but another period."""

PAGES_WIDENED = (
    ("2024-07-01", "2024-07", "2024"), ("2024-07-20", "2024-07"), ("2025-01-10", "2025-01", "2025"),
)  # fmt: skip

periods = st.sampled_from((None, None, *PERIODS))
pages = st.sampled_from((None, *PAGES))


@st.composite
def widened(draw: st.DrawFn, printed: Printed, one: Digits) -> tuple[str, str]:
    """A figure, and one that allows every number that it allows: wider, vaguer, or with a looser bound."""
    value, decimals = one
    steps = st.sampled_from((0, 1, 2, 5, 10, max(1, value // 10), value))
    less, more = draw(steps), draw(steps)

    def said(number_: int) -> str:
        return printed.said(number(number_, decimals))

    way = draw(st.sampled_from(("{}", *WAYS))) if printed.directed else "{}"
    shape = draw(st.sampled_from(("range", "±", "interval", "about", *LOOSENED)))
    if shape == "range":
        # "up 2 to 24" may also be "by 2, to 24": ends that are near one another can only be a range
        low = value - min(draw(steps), value // 4)
        high = value + 1 + draw(steps)
        wide = max(low - less, (low + 1) // 2), high + min(more, value)
        texts = [
            printed.said(f"{number(a, decimals)} to {number(b, decimals)}") for a, b in ((low, high), wide)
        ]
    elif shape == "±":
        narrow = min(value, 1 + less)
        texts = [margin(printed, one, narrow), margin(printed, one, min(value, narrow + more))]
    elif shape == "interval":
        low, high = max(0, value - draw(steps)), value + draw(steps)
        texts = [interval(printed, one, low, high), interval(printed, one, max(0, low - less), high + more)]
    elif shape == "about":
        texts = [said(value), f"about {said(value)}"]
    else:
        texts = [shape.format(said(value)), shape.format(said(max(0, value + LOOSENED[shape] * more)))]
    return way.format(texts[0]), way.format(texts[1])


LOOSENED = {"at least {}": -1, "over {}": -1, "at most {}": 1, "under {}": 1, "up to {}": 1}


def is_point(measure: Record) -> bool:
    """Whether a period of it is an unknown day, not a length of time."""
    return measure["kind"] in ("stock", "level") or bool(measure.get("cumulative"))


def without_none(record: Record) -> Record:
    return {key: value for key, value in record.items() if value is not None}


def case_of(measure: Record, claim: Record, statements: list[Record], **more: Any) -> Case:
    return {
        "id": "drawn", "kind": "", "measure": measure, "claim": claim, "statements": statements,
        "expect": {}, **more,
    }  # fmt: skip


def answered(case: Case) -> Answer:
    return answer(book_of_case(case).files, CLAIM, ARTICLE)


def in_unit(printed: Printed, unit: str) -> Printed:
    """The same words of a measure that is in another unit."""
    return replace(printed, measure=printed.measure | {"unit": unit})

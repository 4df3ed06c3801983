"""The tables of a case as CSV files that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from tallybook.spreadsheet import harmless_cell

if TYPE_CHECKING:
    from tallybook.tables.case import Case

_TABLES: tuple[tuple[str, str, Callable[[Case], pd.DataFrame]], ...] = (
    (
        "verdicts",
        "one row a claim: its verdict, and the numbers of families behind it",
        lambda c: c.verdicts(),
    ),
    ("figures", "the figures of the article, as read from its words", lambda c: c.figures()),
    ("set-aside", "words of the article that look like a figure and are no claim", lambda c: c.set_aside()),
    ("estimates", "the figures of the sources, and those derived from them", lambda c: c.estimates()),
    (
        "comparison",
        "every claim beside every estimate of its measure, with the reason",
        lambda c: c.compare(),
    ),
    ("drift", "every wording of a statement beside the one nearest to its origin", lambda c: c.drift()),
    ("robustness", "what was changed, and each verdict then", lambda c: c.robustness()),
    ("checks", "the figures of the article compared with each other", lambda c: c.checks()),
)


@dataclass(frozen=True)
class Download:
    """A table of a case; ``file`` is its path in the site."""

    file: str
    name: str
    what: str
    rows: int
    content: bytes


def downloads(case: Case) -> list[Download]:
    """The tables of one case as downloads, in a fixed order."""
    made = []
    for name, what, table in _TABLES:
        frame = table(case)
        content = to_csv(frame.columns, frame.itertuples(index=False, name=None))
        made.append(Download(f"{case.id}/data/{name}.csv", name.replace("-", " "), what, len(frame), content))
    return made


def to_csv(header: Iterable[Any], rows: Iterable[Iterable[Any]]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a byte order mark, without which spreadsheets read it as Latin-1."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([cell(value) for value in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def cell(value: Any) -> str:
    """One value as text: numbers in full, dates as ISO 8601, missing values as an empty text.

    Text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return harmless_cell(value)
        case int():
            return str(value)
        case float():
            return _number(value)
        case list() | tuple():
            return cell("; ".join(str(part) for part in value))
    if hasattr(value, "item"):  # a numpy scalar
        return cell(value.item())
    if value is pd.NaT or value is pd.NA:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return cell(str(value))


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value))

"""The tables of a case as CSV files that are safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from tallybook.exchange.csv_text import to_csv

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

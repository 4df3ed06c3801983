"""What a notebook shows of a case: prose and tables with captions. Words of the data are never markup."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tallybook.markup import text_as_html
from tallybook.prose import digits

DASH = "–"

# JupyterLab aligns every cell to the right and centres every caption; only a style attribute overrides it.
# The report removes the attribute and has rules for the class.
_TEXT = ' style="text-align:left"'
_NUMBER = ' class="num" style="text-align:right"'


def keep_dollars_in_frames() -> None:
    """Make pandas mark DataFrames as text, so that MathJax leaves their dollar signs alone."""
    pd.set_option("display.html.use_mathjax", False)


@dataclass(frozen=True, repr=False)
class Paragraph:
    """One paragraph of plain text whose first part is emphasised."""

    lead: str
    rest: str = ""

    def __repr__(self) -> str:
        return f"{self.lead} {self.rest}".strip()

    def _repr_html_(self) -> str:
        lead, rest = text_as_html(self.lead), text_as_html(self.rest)
        return f'<div class="tb-say"><p><strong>{lead}</strong> {rest}</p></div>'


def say(lead: str, *more: str) -> Paragraph:
    """Prose with data in it: ``lead`` is emphasised, ``more`` follows, joined by spaces.

    All of it is plain text: nothing in it is read as Markdown, HTML or TeX.
    """
    return Paragraph(lead, " ".join(filter(None, more)))


class CaptionedTable:
    """A DataFrame with its caption; ``frame`` is the data itself."""

    def __init__(self, frame: pd.DataFrame, caption: str) -> None:
        self.frame = frame
        self.caption = caption

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.frame.to_string(index=False)}"

    def _repr_html_(self) -> str:
        numeric = [dtype.kind in "iuf" for dtype in self.frame.dtypes]
        head = "".join(
            _cell("th", str(name), n, ' scope="col"')
            for name, n in zip(self.frame.columns, numeric, strict=True)
        )
        rows = "\n".join(self._row(row, numeric) for row in self.frame.itertuples(index=False, name=None))
        return (
            f'<table class="tb-table">\n<caption{_TEXT}>{text_as_html(self.caption)}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        )

    @staticmethod
    def _row(row: tuple[Any, ...], numeric: list[bool]) -> str:
        first, *rest = map(printed, row)
        cells = _cell("th", first, numeric[0], ' scope="row"')
        cells += "".join(_cell("td", text, n) for text, n in zip(rest, numeric[1:], strict=True))
        return f"<tr>{cells}</tr>"


def show(
    frame: pd.DataFrame,
    caption: str,
    columns: Iterable[str] | None = None,
    names: Mapping[str, str] | None = None,
) -> CaptionedTable:
    """A table under a caption. ``columns``: those to show, else all; ``names``: headings for some of them.

    KeyError for an unknown column.
    """
    chosen = frame[list(columns)] if columns is not None else frame
    return CaptionedTable(chosen.rename(columns=dict(names or {})), caption)


def printed(value: Any) -> str:
    """The text of one cell: 10,000; 0.5; "no limit"; a date without hours; a dash for what is unknown."""
    if value is None or value == "":
        return DASH
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "isoformat"):
        text = str(value.isoformat())
        return DASH if text == "NaT" else text[:10]
    if isinstance(value, int | float):
        if math.isnan(value):
            return DASH
        return digits(value)
    return str(value)


def _cell(tag: str, text: str, numeric: bool, extra: str = "") -> str:
    return f"<{tag}{extra}{_NUMBER if numeric else _TEXT}>{text_as_html(text)}</{tag}>"

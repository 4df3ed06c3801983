"""A table as a reader of a notebook or report sees it: captioned, escaped, numbers set for reading."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

DASH = "–"
CLASS = ' class="num"'


class Shown:
    """A DataFrame with its caption; ``frame`` is the data itself."""

    def __init__(self, frame: pd.DataFrame, caption: str) -> None:
        self.frame = frame
        self.caption = caption

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.frame.to_string(index=False)}"

    def _repr_html_(self) -> str:
        columns = [str(c) for c in self.frame.columns]
        numeric = [_is_numeric(self.frame[c]) for c in self.frame.columns]
        head = "".join(
            _cell("th", escape(c), n, ' scope="col"') for c, n in zip(columns, numeric, strict=True)
        )
        rows = "\n".join(self._row(row, numeric) for row in self.frame.itertuples(index=False, name=None))
        return (
            f'<table class="tb-table">\n<caption>{escape(self.caption)}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        )

    @staticmethod
    def _row(row: tuple[Any, ...], numeric: list[bool]) -> str:
        first, *rest = [escape(printed(value)) for value in row]
        cells = _cell("th", first, numeric[0], ' scope="row"')
        cells += "".join(_cell("td", text, n) for text, n in zip(rest, numeric[1:], strict=True))
        return f"<tr>{cells}</tr>"


def show(
    frame: pd.DataFrame,
    caption: str,
    columns: Iterable[str] | None = None,
    names: Mapping[str, str] | None = None,
) -> Shown:
    """Some columns of a table, renamed for reading, under a caption. KeyError for an unknown column."""
    chosen = frame[list(columns)] if columns is not None else frame
    return Shown(chosen.rename(columns=dict(names or {})), caption)


def printed(value: Any) -> str:
    """One cell: 10,000; 0.5; no limit; a day without its hours; a dash for what is not known."""
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
        return "no limit" if math.isinf(value) else _number(value)
    return str(value)


def _number(value: float) -> str:
    """As it stands if it is a whole number; else computed, with no more digits than it deserves."""
    if abs(value) >= 1e15:
        return f"{value:.3g}"
    if abs(value - round(value)) <= 1e-9 * max(1.0, abs(value)):
        return f"{round(value):,}"
    return f"{float(f'{value:.4g}'):,.10g}"


def _is_numeric(column: pd.Series) -> bool:
    return column.dtype.kind in "iuf"


def _cell(tag: str, text: str, numeric: bool, extra: str = "") -> str:
    return f"<{tag}{extra}{CLASS if numeric else ''}>{text}</{tag}>"

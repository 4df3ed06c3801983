"""What a notebook shows of a case: prose and tables with captions. Words of the data are never markup."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from tallybook.markup import text_as_html
from tallybook.prose import FRACTION, day, digits, number
from tallybook.tables.notebook_style import CAPTION, ROW, TABLE, TERM, coloured_by
from tallybook.terms import Relation, Verdict

DASH = "–"
_LINKED = ("https://", "http://")
_TERMS: dict[str, Relation | Verdict] = {str(term): term for term in (*Relation, *Verdict)}
_IN_UNIT = frozenset(
    f"{name}{end}" for name in ("", "best_", "zone_", "claim_", "claim_best_") for end in ("low", "high")
)
"""Columns whose numbers are in the unit that their row names."""

_NOWRAP = ";white-space:nowrap"
_CELL = "vertical-align:top;padding:6px 16px 6px 0"
_TEXT = f' style="text-align:left;{_CELL}'
_SHORT = f"{_TEXT}{_NOWRAP}"
_NUMBER = f' class="num" style="text-align:right;{_CELL}{_NOWRAP}'
_SHORTEST = 14
"""So many letters, as a date has, are not broken."""

_ROOM = ((140, 18), (45, 9))
"""From how many letters on a column has which least width in em, so that rows are not too high."""


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
    """A DataFrame with its caption; ``frame`` is the data itself, ``links`` the address of each cell of some
    columns. Rows beyond ``most`` are folded away with their count."""

    def __init__(
        self,
        frame: pd.DataFrame,
        caption: str,
        *,
        links: Mapping[str, list[str]] | None = None,
        most: int | None = None,
    ) -> None:
        self.frame = frame
        self.caption = caption
        self.links = dict(links or {})
        self.most = len(frame) if most is None else most

    def __repr__(self) -> str:
        shown = f"{self.caption}\n{self.frame.head(self.most).to_string(index=False)}"
        return f"{shown}\n{self._more}" if self._more else shown

    @property
    def _more(self) -> str:
        """How many rows are folded, of how many."""
        left = len(self.frame) - self.most
        return f"{left:,} more of {len(self.frame):,} rows" if left > 0 else ""

    def _repr_html_(self) -> str:
        first = self._table(0, self.most, self.caption)
        if not self._more:
            return first
        rest = self._table(self.most, len(self.frame), f"{self.caption}: the other rows")
        return f"{first}\n<details><summary>{self._more}</summary>\n{rest}\n</details>"

    def _table(self, start: int, stop: int, caption: str) -> str:
        rows = list(self.frame.iloc[start:stop].itertuples(index=False, name=None))
        numeric = [dtype.kind in "iuf" for dtype in self.frame.dtypes]
        longest = [max((len(printed(row[k])) for row in rows), default=0) for k in range(len(numeric))]
        styles = [
            _NUMBER if n else _SHORT if k <= _SHORTEST else _TEXT
            for n, k in zip(numeric, longest, strict=True)
        ]
        head = "".join(
            f'<th scope="col"{style.replace(_NOWRAP, "")}{_room(k)}">{text_as_html(str(name))}</th>'
            for name, style, k in zip(self.frame.columns, styles, longest, strict=True)
        )
        body = "\n".join(self._row(number, row, styles) for number, row in enumerate(rows, start=start))
        return (
            f'<table class="tb-table" style="{TABLE}">\n'
            f'<caption style="{CAPTION}">{text_as_html(caption)}</caption>\n'
            f'<thead><tr style="{ROW}">{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'
        )

    def _row(self, at: int, row: tuple[Any, ...], styles: list[str]) -> str:
        cells = []
        for place, (name, value) in enumerate(zip(self.frame.columns, row, strict=True)):
            inside = _linked(_inside(printed(value)), self.links[name][at] if name in self.links else "")
            tag, scope = ("td", "") if place else ("th", ' scope="row"')
            cells.append(f'<{tag}{scope}{styles[place]}">{inside}</{tag}>')
        return f'<tr style="{ROW}">{"".join(cells)}</tr>'


def show(
    frame: pd.DataFrame,
    caption: str,
    columns: Iterable[str] | None = None,
    names: Mapping[str, str] | None = None,
    *,
    links: Mapping[str, str] | None = None,
    most: int | None = None,
) -> CaptionedTable:
    """A table under a caption. ``columns``: those to show, else all; ``names``: headings for some of them.

    ``links``: by a column the one with the address that its words lead to; ``most``: rows that are not
    folded away. Shares are in per cent where the frame names the unit of its rows. KeyError for an unknown
    column.
    """
    chosen = _in_per_cent(frame)[list(frame.columns if columns is None else columns)]
    heads = dict(names or {})
    leading = {heads.get(name, name): [str(one) for one in frame[to]] for name, to in (links or {}).items()}
    return CaptionedTable(chosen.rename(columns=heads), caption, links=leading, most=most)


def _in_per_cent(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its shares as a person writes them: 66.3% for 0.6626."""
    if "unit" not in frame or not (shares := frame["unit"].eq(FRACTION)).any():
        return frame
    told = {
        name: [
            number(float(f"{value:.3g}"), FRACTION) if share and not math.isnan(value) else value
            for value, share in zip(frame[name], shares, strict=True)
        ]
        for name in frame.columns
        if name in _IN_UNIT and frame[name].dtype.kind == "f"
    }
    return frame.assign(**{name: pd.Series(cells, frame.index, dtype=object) for name, cells in told.items()})


def printed(value: Any) -> str:
    """The text of one cell: 10,000; 0.5; "no limit"; 12 Nov 2024; a dash for what is unknown."""
    if value is None or value == "":
        return DASH
    if isinstance(value, bool):
        return "yes" if value else "no"
    if hasattr(value, "isoformat"):
        return DASH if str(value.isoformat()) == "NaT" else day(value, short=True)
    if isinstance(value, int | float):
        if math.isnan(value):
            return DASH
        return digits(value)
    return str(value)


def _inside(text: str) -> str:
    """The text of a cell; before a relation or verdict its sign."""
    term = _TERMS.get(text)
    if term is None:
        return text_as_html(text)
    colour = coloured_by(term, counts=isinstance(term, Verdict))  # the table does not say whose word it is
    sign = f'<span class="{TERM}" style="color:{colour};font-weight:bold">{term.sign}\u00a0</span>'
    return f"{sign}{text_as_html(text)}"


def _linked(inside: str, address: str) -> str:
    if not address.startswith(_LINKED):
        return inside
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{inside}</a>'


def _room(longest: int) -> str:
    """The least width of a column whose longest text has so many letters."""
    least = next((width for letters, width in _ROOM if longest > letters), None)
    return f";min-width:{least}em" if least else ""

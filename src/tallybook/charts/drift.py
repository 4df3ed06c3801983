"""The drift plot: one statement through its relays, its wording and its interval at each step."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from tallybook.book.problems import require_name
from tallybook.charts import marks
from tallybook.charts.canvas import Canvas
from tallybook.charts.chart import Chart
from tallybook.charts.labels import (
    clipped,
    counted,
    drawn,
    figure_words,
    joined,
    known,
    page_words,
    plain,
    quoted,
    row_figure,
    unit_words,
)
from tallybook.charts.rows import MOST_ROWS
from tallybook.charts.scale import Scale, fit
from tallybook.charts.style import LEADING, MARGIN, TEXT, TITLE, WIDTH

if TYPE_CHECKING:
    from tallybook.tables.case import Case

PLAIN_CODES: MappingProxyType[str, str] = MappingProxyType(
    {
        "bound_added": "gained a bound",
        "bound_dropped": "lost its bound",
        "bound_changed": "another bound",
        "number_changed": "another number",
        "range_end_picked": "one end of the range only",
        "or_to_and": "“or” became “and”",
        "unit_changed": "another unit",
        "measure_swapped": "another thing counted",
        "scope_changed": "another scope",
        "date_dropped": "lost its date",
        "status_changed": "another status",
    }
)
"""What happened to a figure on its way, in the words of the picture."""

_STRIP = 13.0
_INDENT = 9.0
_DEEPEST = 3
_STEPS = ("closest to the origin", "repeats it", "a relay of a relay")


def drift(case: Case, group: str) -> Chart:
    """Draws the wordings of one statement, a panel a figure, the one closest to the origin as a band.

    A wording stands in the panel of the one that it is held against, if it counts something else too.

    ``data``: the rows drawn, with pages and statements (those folded into the row, itself among
    them) and changes (the codes in plain words). UnknownName: no such group.
    """
    require_name("utterance", group, list(case.drift_summary()["group"]))
    table = case.drift(group)
    title = _sentence_case(drawn(clipped(plain(table["what"].iloc[0]) or group, 140)))
    panels = [_folded(rows) for _, rows in table.groupby("against", sort=False)]
    panels, left_out = _trimmed(panels)
    data = pd.concat(panels, ignore_index=True)
    canvas = Canvas()
    y = canvas.paragraph(MARGIN, MARGIN + TITLE, title, size=TITLE, bold=True)
    y = canvas.paragraph(MARGIN, y, _count(data), "muted") + 4
    for panel in panels:
        y = _Panel(canvas, panel, _heading(case, panel, panels) if len(panels) > 1 else "").draw(y)
    return Chart(
        figure=canvas.finish(y),
        title=title,
        alt=_alt(title, panels, left_out),
        caption=_caption(panels, left_out),
        data=data,
    )


def _folded(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a wording: closest first, then step by step; the same words, all faithful, are one row."""
    rows = rows.assign(
        derived=False,
        formula="",
        _relayed=~rows["closest"].astype(bool),
        _changed=rows["codes"].map(known),
        _day=pd.to_datetime(rows["published"]),
    )
    order = ["_relayed", "step", "_changed", "_day", "statement"]
    rows = rows.sort_values(order, kind="stable", na_position="last")
    first: dict[Hashable, int] = {}
    folded: dict[int, list[str]] = {}
    for place, row in enumerate(rows.itertuples(index=False)):
        kept = first.setdefault(_fold_key(row), place)
        folded.setdefault(kept, []).append(str(row.statement))
    rows = rows.drop(columns=["_relayed", "_changed", "_day"]).iloc[list(folded)]
    return rows.assign(
        on_scale=[_on_scale(row, str(rows["unit"].iloc[0])) for row in rows.itertuples(index=False)],
        pages=[len(names) for names in folded.values()],
        statements=[tuple(names) for names in folded.values()],
        changes=[_changes(codes) for codes in rows["codes"]],
    ).reset_index(drop=True)


def _on_scale(row: Any, unit: str) -> bool:
    """Whether a wording has a place on the scale of its panel: counts of other things do, shares do not."""
    if not (known(row.best_low) and known(row.best_high)):
        return False
    other_thing = "measure_swapped" in str(row.codes)
    return row.unit == unit or (other_thing and "fraction" not in (row.unit, unit))


def _fold_key(row: Any) -> Hashable:
    if row.closest or known(row.codes):
        return str(row.statement)
    return ("faithful", plain(row.words).casefold(), str(row.said), str(row.best_low), str(row.best_high))


def _changes(codes: Any) -> str:
    """The codes in plain words, in their order."""
    named = [code.strip() for code in str(codes).split(",")] if known(codes) else []
    return ", ".join(PLAIN_CODES.get(code, code.replace("_", " ")) for code in named if code)


def _trimmed(panels: list[pd.DataFrame]) -> tuple[list[pd.DataFrame], int]:
    """At most as many rows as anybody reads, shared out evenly; how many statements are left out."""
    most = max(2, MOST_ROWS // len(panels))
    left = sum(int(panel["pages"].iloc[most:].sum()) for panel in panels)
    return [panel.head(most) for panel in panels], left


def _heading(case: Case, panel: pd.DataFrame, panels: list[pd.DataFrame]) -> str:
    """What the panel counts: the first part of its measure’s definition; its scope where there are more."""
    name = str(panel["measure"].iloc[0])
    definition = case.measures[name].definition if name in case.measures else name.replace("_", " ")
    said = clipped(re.split(r"; |\. |, (?=.{40})", drawn(definition), maxsplit=1)[0].rstrip("."), 110)
    scope = panel["scope"].iloc[0]
    if known(scope) and sum(other["measure"].iloc[0] == name for other in panels) > 1:
        said += f" ({drawn(clipped(str(scope).replace('_', ' '), 50))})"
    return _sentence_case(said)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass
class _Panel:
    """The wordings of one measure on one scale."""

    canvas: Canvas
    rows: pd.DataFrame
    heading: str
    unit: str = field(init=False)
    scale: Scale = field(init=False)
    top: float = 0.0

    def __post_init__(self) -> None:
        self.unit = str(self.rows["unit"].iloc[0])
        there = self.rows[self.rows["on_scale"]]
        named = [*there["best_low"], *there["best_high"]]
        ends = [*there["zone_low"], *there["zone_high"]]
        self.scale = fit(named, ends, MARGIN + 6, WIDTH - MARGIN - 8)

    def draw(self, y: float) -> float:
        rows = list(self.rows.itertuples(index=False))
        numeric = any(row.on_scale for row in rows)
        if self.heading:
            self.canvas.line((MARGIN, WIDTH - MARGIN), (y - TEXT - 2, y - TEXT - 2), "grid", width=0.8)
            y = self.canvas.paragraph(MARGIN, y + 3, self.heading, bold=True)
        if numeric:
            axis = unit_words(self.unit) + (", on a logarithmic scale" if self.scale.log else "")
            self.canvas.text(MARGIN, y, drawn(clipped(axis, 50)), "muted")
            y = marks.tick_labels(self.canvas, self.scale, y + LEADING, self.unit)
            y += 11
        top = y - TEXT - 2
        for row in rows:
            y = self.row(y, row)
        self.band(top, y - TEXT - 1)
        if numeric:
            y = marks.tick_labels(self.canvas, self.scale, y + 2, self.unit)
        return y + 10

    def band(self, top: float, bottom: float) -> None:
        """The closest wording's true zone behind all rows."""
        closest = _closest(self.rows)
        if closest is None or not closest.on_scale or math.isnan(closest.zone_low):
            return
        start, stop = marks.band_ends(self.scale, float(closest.zone_low), float(closest.zone_high))
        fades = self.scale.above(float(closest.zone_high))
        marks.band(self.canvas, start, stop, top, bottom, fades=fades, alpha=1.0)

    def row(self, y: float, row: Any) -> float:
        """The words, who printed them, their interval, and what happened to them on the way."""
        x = MARGIN + _INDENT * min(int(row.step), _DEEPEST)
        y = self.canvas.paragraph(x, y, _words(row), bold=bool(row.closest), most=5)
        start = x
        if not row.closest and not row.changes:
            start += self.canvas.text(x, y, "faithful", _look(row)[0], bold=True) + 5
        y = self.canvas.paragraph(x, y, _printed(row), "muted", first=start, most=3)
        if row.on_scale:
            y = self.mark(y, row)
        if row.closest or not row.changes:
            return y + 5
        return self.verdict(x, y, row) + 7

    def mark(self, y: float, row: Any) -> float:
        """The strip of a row: base line, the closest wording's numbers, the row's own zone and numbers."""
        canvas, scale = self.canvas, self.scale
        role, shape, hollow = _look(row)
        middle = y - TEXT + _STRIP / 2 - 1
        canvas.line((scale.start, scale.stop), (middle, middle), "grid", width=0.6, zorder=2)
        closest = _closest(self.rows)
        if closest is not None and closest.on_scale:
            for value in dict.fromkeys((float(closest.best_low), float(closest.best_high))):
                ends = (middle - _STRIP / 2, middle + _STRIP / 2)
                canvas.line((scale.at(value),) * 2, ends, "muted", width=0.9, dashes=(2, 2), zorder=2)
        low, high = float(row.best_low), float(row.best_high)
        marks.zone_line(canvas, scale, middle, float(row.zone_low), float(row.zone_high), role, width=1.2)
        if low != high:
            canvas.line((scale.at(low), scale.at(high)), (middle, middle), role, width=3.2)
        for value in dict.fromkeys((low, high)):
            canvas.marker(scale.at(value), middle, shape, role, size=6.5, hollow=hollow)
        return y + _STRIP - 1

    def verdict(self, x: float, y: float, row: Any) -> float:
        """What changed, in plain words: bold and called so where it matters."""
        role = _look(row)[0]
        if not row.material:
            return self.canvas.paragraph(x, y, f"slight: {drawn(row.changes)}", role)
        start = x + self.canvas.text(x, y, "material:", role, bold=True) + 4
        y = self.canvas.paragraph(x, y, drawn(row.changes), role, bold=True, first=start)
        return self.canvas.paragraph(x, y, drawn(clipped(plain(row.why), 240)), "muted", most=6)


def _closest(rows: pd.DataFrame) -> Any:
    return next((row for row in rows.itertuples(index=False) if row.closest), None)


def _look(row: Any) -> tuple[str, str, bool]:
    """Role, marker and hollowness: dot for the closest and the faithful, ring for slight, triangle."""
    if row.closest:
        return "ink", "o", False
    if not row.changes:
        return "agree", "o", False
    return ("differ", "^", False) if row.material else ("between", "o", True)


def _words(row: Any) -> str:
    """The page's own words; of a script that cannot be drawn the figure as it was read there."""
    text, figure = quoted(row, str(row.unit)), row_figure(row, str(row.unit))
    if text.startswith("“") or not known(row.said):
        return text
    return f"{drawn(clipped(plain(row.said), 60))}{text.removeprefix(figure)}"


def _printed(row: Any) -> str:
    """Publisher, date, and the step: "UPI, 13 Nov 2024 · repeats it · 4 pages print it so"."""
    step = "closest to the origin" if row.closest else _step(int(row.step))
    folded = f"{counted(row.pages, 'page')} print it so" if row.pages > 1 else ""
    return " · ".join(part for part in (page_words(row), step, folded) if part)


def _step(step: int) -> str:
    return _STEPS[step] if step < len(_STEPS) else f"{step} relays from the origin"


def _count(data: pd.DataFrame) -> str:
    """How many statements, how many changed, how many materially."""
    changed = data[(data["changes"] != "") & ~data["closest"].astype(bool)]
    material = int(changed["material"].astype(bool).sum())
    said = f"{counted(int(data['pages'].sum()), 'statement')}, {len(changed)} changed on the way"
    return f"{said}, {material or 'none'} of them materially" if len(changed) else said


def _alt(title: str, panels: list[pd.DataFrame], left_out: int) -> str:
    """Panel by panel: the closest wording, the faithful ones counted, each change with its words."""
    parts = [f"Drift of one statement: {title.rstrip('.')}. {_count(pd.concat(panels))}."]
    for panel in panels:
        unit = str(panel["unit"].iloc[0])
        if len(panels) > 1:
            parts.append(f"In {unit_words(unit)}:" if unit else "Without a unit:")
        for row in panel.itertuples(index=False):
            how = "closest to the origin" if row.closest else _how(row)
            figure = figure_words(row.best_low, row.best_high, row.modifier, str(row.unit))
            pages = f", {counted(row.pages, 'page')}" if row.pages > 1 else ""
            parts.append(f"{page_words(row)}{pages}: {_words(row)} = {figure} ({how}).")
    if left_out:
        parts.append(f"Not drawn: {counted(left_out, 'statement')}.")
    return " ".join(parts)


def _how(row: Any) -> str:
    if not row.changes:
        return "faithful"
    return f"{'material' if row.material else 'slight'}: {drawn(row.changes)}"


def _caption(panels: list[pd.DataFrame], left_out: int) -> str:
    """What each band, mark and word is, of those that are there."""
    rows = [row for panel in panels for row in panel.itertuples(index=False)]
    relayed = [row for row in rows if not row.closest]
    numeric = [row for row in rows if row.on_scale]
    parts = []
    if any(row.closest for row in numeric):
        parts.append(
            "Shaded: every value under which the wording closest to the origin is true; dashed: its number."
        )
    if numeric:
        parts.append("Mark: the number that the words name.")
        whiskers = marks.whisker_words({str(row.modifier) for row in numeric}, derived=False)
        if whiskers:
            parts.append(f"Thin line: every value under which the words are true ({whiskers}).")
    if any(row.best_low != row.best_high for row in numeric):
        parts.append("Thick line: a range as stated.")
    if any(not row.changes for row in relayed):
        parts.append("Faithful (dot): it says what the closest wording says.")
    if any(row.changes and row.material for row in relayed):
        parts.append(
            "Material (triangle): it moves the number, turns the bound round, counts another thing, or bears "
            "otherwise on a claim."
        )
    if any(row.changes and not row.material for row in relayed):
        parts.append("Slight (ring): its words changed, the figure holds.")
    if any(row.step > 0 for row in relayed):
        parts.append("Indented: a step farther from the origin.")
    if left_out:
        parts.append(
            f"{counted(left_out, 'statement')} more {'stands' if left_out == 1 else 'stand'} in the table."
        )
    numberless = sorted({_words(row) for row in rows if not row.on_scale})
    if numberless:
        parts.append(f"Without a number on the scale: {joined(numberless[:5])}.")
    return " ".join(parts)

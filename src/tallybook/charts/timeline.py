"""The timeline: a measure over time, a panel a family of origins, all on the same two scales."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from tallybook.charts import marks
from tallybook.charts.canvas import Canvas, text_width
from tallybook.charts.chart import Chart
from tallybook.charts.claims import ClaimBand, of_measure
from tallybook.charts.dated import Dot, dots, line, month_starts, split
from tallybook.charts.labels import (
    clipped,
    counted,
    day,
    drawn,
    joined,
    known,
    month,
    number,
    page_key,
    plain,
    row_figure,
    unit_words,
)
from tallybook.charts.scale import Scale, fit
from tallybook.charts.style import LEADING, MARGIN, MARKER_OF_TIER, TEXT, TITLE, WIDTH

if TYPE_CHECKING:
    from datetime import date

    from tallybook.tables.case import Case

_PANEL = 104.0
_MOST_NAMED = 8
_TICKS = 4
_PAD = 1.5
_ASCENT = 7.5
_CLEAR = 12.0
_MISTAKEN = 100


def timeline(case: Case, measure: str, *, as_of: str = "today") -> Chart:
    """Draws every dated statement of a measure where the time that it refers to stands.

    ``as_of``: for the claims' bands only. UnknownName: no such measure. ValueError: no statement of it,
    or none that refers to a known date.
    """
    side = of_measure(case, measure, as_of)
    record = case.measures[measure]
    estimates = case.estimates(measure)
    if estimates.empty:
        raise ValueError(f"measure '{measure}' has no estimates: nothing to draw")
    dated, undated = split(estimates)
    if dated.empty:
        raise ValueError(f"no statement of measure '{measure}' refers to a known date: nothing to draw")
    found = {str(name): dots(rows, record) for name, rows in dated.groupby("family_name")}
    order = sorted(found, key=lambda name: (-len(found[name]), name))
    panels = {name: found[name] for name in order}
    data = _plotted(panels)
    sheet = _Sheet(Canvas(), side.unit, side.bands, case.published, panels)
    y = sheet.heading(side.title)
    for name, there in panels.items():
        y = sheet.panel(y, name, there, dated[dated["family_name"] == name])
    y = sheet.month_labels(y - 2)
    return Chart(
        figure=sheet.canvas.finish(y),
        title=side.title,
        alt=_alt(side.title, side.unit, side.bands, panels, case.published),
        caption=_caption(data, undated, sheet.height(0.0, 1.0), record.kind),
        data=data,
    )


def _plotted(panels: dict[str, list[Dot]]) -> pd.DataFrame:
    """The marks as drawn, in their order."""
    columns = (
        "estimate", "words", "publisher", "tier", "modifier", "derived", "period", "period_start",
        "period_end", "best_low", "best_high", "zone_low", "zone_high",
    )  # fmt: skip
    joined_up = {id(dot) for there in panels.values() for dot in line(there)}
    return pd.DataFrame(
        [
            {
                "family_name": name,
                **{column: getattr(dot.shown, column) for column in columns},
                "reference_date": pd.Timestamp.fromordinal(dot.at),
                "aside": dot.aside,
                "in_line": id(dot) in joined_up,
                "pages": dot.pages,
                "statements": dot.statements,
            }
            for name, there in panels.items()
            for dot in there
        ]
    )


@dataclass
class _Sheet:
    """The canvas and the two scales that all panels share."""

    canvas: Canvas
    unit: str
    claims: tuple[ClaimBand, ...]
    published: date
    panels: dict[str, list[Dot]]

    def __post_init__(self) -> None:
        everything = [dot for there in self.panels.values() for dot in there]
        days = [value for dot in everything for value in (dot.start, dot.stop, dot.at) if value is not None]
        days.append(self.published.toordinal())
        labels = [text_width(number(value, self.unit)) for value in self.height(1.0, 0.0).ticks(_TICKS)]
        self.left = MARGIN + max(labels) + 6
        self.right = WIDTH - MARGIN - max(text_width("claim"), 14.0) - 4
        slack = max(20, (max(days) - min(days)) // 40)
        self.days = Scale(min(days) - slack, max(days) + slack, self.left, self.right, log=False)

    def height(self, bottom: float, top: float) -> Scale:
        """The vertical scale between two places in points; equal in all panels."""
        rows = [dot.shown for there in self.panels.values() for dot in there]
        named = [float(value) for row in rows for value in (row.best_low, row.best_high)]
        ends = [float(value) for row in rows for value in (row.zone_low, row.zone_high)]
        for band in self.claims:
            named += [band.best_low, band.best_high]
            ends += [band.low, band.high]
        return fit(named, ends, bottom, top)

    def heading(self, title: str) -> float:
        y = self.canvas.paragraph(MARGIN, MARGIN + TITLE, title, size=TITLE, bold=True)
        scale = ", on a logarithmic scale" if self.height(0.0, 1.0).log else ""
        y = self.canvas.paragraph(
            MARGIN, y, f"{unit_words(self.unit)}{scale}, by the date referred to", "muted"
        )
        for band in self.claims:
            name = f"{band.letter}: {band.words}" if band.letter else f"shaded: the claim, {band.words}"
            y = self.canvas.paragraph(MARGIN, y, name, "muted", most=2)
        shapes = ("derived" if dot.aside == "derived" else str(dot.shown.tier) for dot in self._all())
        y = marks.shape_key(self.canvas, y, shapes)
        label = f"article, {day(self.published)}"
        x = self.days.at(self.published.toordinal())
        self.canvas.text(min(x, WIDTH - MARGIN - text_width(label)) if x < WIDTH / 2 else
                         min(x + 4, WIDTH - MARGIN) - text_width(label), y + 3, label)  # fmt: skip
        self.canvas.line((x, x), (y + 6, y + 14), "ink", width=1.2, dashes=(3, 2))
        return y + LEADING + 9

    def _all(self) -> list[Dot]:
        return [dot for there in self.panels.values() for dot in there]

    def panel(self, y: float, name: str, there: list[Dot], rows: pd.DataFrame) -> float:
        """One family: its name, the claims as bands, the other families faintly, its own line and marks."""
        y = self.canvas.paragraph(MARGIN, y, drawn(clipped(name, 100)), bold=True)
        pages = {page_key(row) for row in rows.itertuples(index=False)}
        size = f"{counted(len(pages), 'report')}, {counted(rows['origin'].nunique(), 'origin')}"
        y = self.canvas.paragraph(MARGIN, y, size, "muted")
        top, bottom = y - TEXT + 3, y - TEXT + 3 + _PANEL
        scale = self.height(bottom, top)
        self._ground(scale, top, bottom)
        for other, dots_ in self.panels.items():
            if other != name:
                self._steps(line(dots_), scale, "grid", 0.9)
        self._steps(line(there), scale, "ink", 1.6)
        for dot in there:
            self._mark(dot, scale)
        self._labels(there, scale, top, bottom)
        return bottom + LEADING + 10

    def _ground(self, scale: Scale, top: float, bottom: float) -> None:
        """Bands of the claims with their names at the right, numbers at the left, the article's date."""
        taken: list[float] = []
        for band in self.claims:
            if not band.has_number:
                continue
            start, stop = marks.band_ends(scale, band.low, band.high)
            share = 1.0 if len(self.claims) == 1 else 0.6
            self.canvas.box(self.left, start, self.right - self.left, stop - start, "band", alpha=share)
            for value in dict.fromkeys((band.best_low, band.best_high)):
                at = scale.at(value)
                self.canvas.line(
                    (self.left, self.right), (at, at), "muted", width=0.9, dashes=(2, 2), zorder=2
                )
            y = scale.at(band.best_high) + 3.4
            while any(abs(y - other) < LEADING for other in taken):
                y += 1
            taken.append(y)
            self.canvas.text(self.right + 4, y, band.letter or "claim", "muted", bold=bool(band.letter))
        for y, label in marks.kept_ticks(scale, self.unit, _TICKS):
            self.canvas.line((self.left, self.right), (y, y), "grid", width=0.5, zorder=2)
            self.canvas.text(self.left - 5 - text_width(label), y + 3.4, label, "muted")
        x = self.days.at(self.published.toordinal())
        self.canvas.line((x, x), (top, bottom), "ink", width=1.2, dashes=(3, 2), zorder=2)

    def _steps(self, found: list[Dot], scale: Scale, role: str, width: float) -> None:
        """Each figure holds until the next one of the family."""
        xs: list[float] = []
        ys: list[float] = []
        for dot in found:
            x, y = self.days.at(dot.at), scale.at(dot.height)
            if ys:
                xs.append(x)
                ys.append(ys[-1])
            xs.append(x)
            ys.append(y)
        if len(found) > 1:
            self.canvas.path(xs, ys, role, width=width)

    def _mark(self, dot: Dot, scale: Scale) -> None:
        """The period as a horizontal line, the true zone as a vertical one, the number as a mark."""
        role = "aside" if dot.aside else "ink"
        x, y = self.days.at(dot.at), scale.at(dot.height)
        first = self.left if dot.start is None else self.days.at(dot.start)
        last = self.right if dot.stop is None else self.days.at(dot.stop)
        self.canvas.line((first, last), (y, y), role, width=0.8, alpha=0.8)
        if dot.start is None:
            self.canvas.marker(first, y, "<", role, size=4)
        if dot.stop is None:
            self.canvas.marker(last, y, ">", role, size=4)
        marks.upright_zone(self.canvas, scale, x, dot.shown, role)
        shape = MARKER_OF_TIER.get("derived" if dot.aside == "derived" else str(dot.shown.tier), "o")
        self.canvas.marker(x, y, shape, role, size=6, hollow=bool(dot.aside))

    def _labels(self, there: list[Dot], scale: Scale, top: float, bottom: float) -> None:
        """Each number once, beside its newest mark that has room; the newest first, then the largest."""
        told: set[tuple[float, float, str]] = set()
        taken = [_Box(self.days.at(dot.at) - 4, scale.at(dot.height) - 4, 8.0, 8.0) for dot in there]
        lines = self._drawn_lines(there, scale, top, bottom)
        frame = _Box(self.left, top - 2, self.right - self.left, bottom - top + 4)
        for dot in sorted(there, key=lambda dot: (bool(dot.aside), -dot.at, -dot.height)):
            core = (float(dot.shown.best_low), float(dot.shown.best_high), dot.aside)
            if core in told:
                continue
            text = _label(dot, self.unit)
            wide = text_width(text)
            spots = [
                (sum(map(box.meets, lines)) + self._doubt(box, dot, there, scale), number, box)
                for number, box in enumerate(_spots(self.days.at(dot.at), scale.at(dot.height), wide))
                if box.inside(frame) and not any(map(box.meets, taken))
            ]
            cost, _, box = min(spots, default=(_MISTAKEN, 0, frame))
            if cost < _MISTAKEN:
                told.add(core)
                self.canvas.box(*box, "paper", alpha=0.75, zorder=4.5)
                self.canvas.text(box.x + _PAD, box.y + _PAD + _ASCENT, text, "muted" if dot.aside else "ink")
                taken.append(box)

    def _doubt(self, box: _Box, dot: Dot, there: list[Dot], scale: Scale) -> int:
        """How many marks of other figures a reader might take a label there for."""
        own = box.gap(self.days.at(dot.at), scale.at(dot.height))
        text = _label(dot, self.unit)
        others = (other for other in there if _label(other, self.unit) != text)
        gaps = [box.gap(self.days.at(other.at), scale.at(other.height)) for other in others]
        return sum(gap < _CLEAR for gap in gaps) + _MISTAKEN * sum(gap < own - 1 for gap in gaps)

    def _drawn_lines(self, there: list[Dot], scale: Scale, top: float, bottom: float) -> list[_Box]:
        """Where lines run that a label should keep clear of, if it can."""
        found = [_Box(self.days.at(self.published.toordinal()) - 1, top, 2.0, bottom - top)]
        for dot in there:
            x, y = self.days.at(dot.at), scale.at(dot.height)
            first = self.left if dot.start is None else self.days.at(dot.start)
            last = self.right if dot.stop is None else self.days.at(dot.stop)
            found.append(_Box(first, y - 0.5, last - first, 1.0))
            if known(dot.shown.zone_low) and known(dot.shown.zone_high):
                upper, lower = scale.at(dot.shown.zone_high), scale.at(dot.shown.zone_low)
                found.append(_Box(x - 0.5, upper, 1.0, lower - upper))
        for one, two in pairwise(line(there)):
            left, right = self.days.at(one.at), self.days.at(two.at)
            ys = sorted((scale.at(one.height), scale.at(two.height)))
            found.append(_Box(left, scale.at(one.height) - 0.5, right - left, 1.0))
            found.append(_Box(right - 0.5, ys[0], 1.0, ys[1] - ys[0]))
        for band in self.claims:
            if band.has_number:
                ends = (scale.at(band.best_low), scale.at(band.best_high))
                found += [_Box(self.left, y - 0.5, self.right - self.left, 1.0) for y in ends]
        return found

    def month_labels(self, y: float) -> float:
        """The axis of time, below the last panel."""
        for at, first in month_starts(int(self.days.low), int(self.days.high)):
            label = f"{month(first)} {first.year}"
            wide = text_width(label)
            x = self.days.at(at)
            self.canvas.line((x, x), (y - LEADING - 8, y - LEADING - 4), "muted")
            self.canvas.text(
                min(max(MARGIN / 2, x - wide / 2), WIDTH - MARGIN / 2 - wide), y - 4, label, "muted"
            )
        return y + 4


def _label(dot: Dot, unit: str) -> str:
    words = row_figure(dot.shown, unit)
    return f"{dot.aside}: {words}" if dot.aside else words


class _Box(NamedTuple):
    """A rectangle by its upper left corner, in points."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: _Box) -> bool:
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height

    def gap(self, x: float, y: float) -> float:
        """From its edge to a point; 0 inside."""
        across = max(self.x - x, 0.0, x - self.x - self.width)
        return math.hypot(across, max(self.y - y, 0.0, y - self.y - self.height))

    def inside(self, other: _Box) -> bool:
        across = self.x >= other.x and self.x + self.width <= other.x + other.width
        return across and self.y >= other.y and self.y + self.height <= other.y + other.height


def _spots(x: float, y: float, wide: float) -> list[_Box]:
    """Where a label may stand around a mark, the best place first."""
    starts = (
        (x + 4, y - 5), (x - wide - 4, y - 5), (x + 4, y + 12), (x - wide - 4, y + 12),
        (x + 7, y + 3.4), (x - wide - 7, y + 3.4), (x - wide / 2, y - 8), (x - wide / 2, y + 15),
    )  # fmt: skip
    return [_Box(left - _PAD, base - _ASCENT - _PAD, wide + 2 * _PAD, 10 + 2 * _PAD) for left, base in starts]


def _alt(
    title: str, unit: str, claims: tuple[ClaimBand, ...], panels: dict[str, list[Dot]], published: date
) -> str:
    """Family by family: each figure and the time that it refers to."""
    count = sum(len(there) for there in panels.values())
    parts = [
        f"Timeline of {title}, in {unit_words(unit)}: "
        f"{counted(count, 'mark')} in {counted(len(panels), 'panel')}."
    ]
    for band in claims:
        parts.append(
            f"The claim{' ' + band.letter if band.letter else ''} {band.words} ({band.figure}) is a band."
        )
    for name, there in panels.items():
        said = (f"{_label(dot, unit)} ({plain(dot.shown.period) or 'period in the table'})" for dot in there)
        parts.append(f"{drawn(name)}: {'; '.join(said)}.")
    parts.append(f"The article is of {day(published)}.")
    return " ".join(parts)


def _caption(data: pd.DataFrame, undated: pd.DataFrame, scale: Scale, kind: str) -> str:
    """What each line is, and which statements have no date to stand at."""
    where = "at the end of it" if kind == "cumulative" else "in the middle of it"
    parts = [f"Horizontal line: the period that a figure refers to, its mark {where}."]
    whiskers = marks.whisker_words(set(data["modifier"].astype(str)), bool(data["derived"].any()))
    if whiskers:
        parts.append(f"Vertical line: every value under which the words are true ({whiskers}).")
    if data["in_line"].sum() > 1:
        parts.append("Steps: a family’s figures in order of time; faint, those of the other families.")
    asides = sorted(set(data["aside"]) - {""})
    if asides:
        parts.append(f"Hollow, and no part of a step: {joined(asides)}.")
    if scale.zero is not None:
        parts.append("0 stands apart at the edge of the logarithmic scale.")
    if len(undated):
        names = list(dict.fromkeys(clipped(drawn(name), 60) for name in undated["publisher"]))
        more = len(names) - _MOST_NAMED
        shown = [*names[:_MOST_NAMED], f"{more} more"] if more > 0 else names
        parts.append(f"Not drawn, for want of a date or number ({len(undated)}): {joined(shown)}.")
    return " ".join(parts)

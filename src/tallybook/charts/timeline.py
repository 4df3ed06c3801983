"""The timeline: a measure over time, a panel a family of origins, all on the same two scales."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tallybook.charts import marks
from tallybook.charts.canvas import Canvas, text_width
from tallybook.charts.chart import Chart
from tallybook.charts.dated import Dot, dots, line, month_starts
from tallybook.charts.empty import empty_chart
from tallybook.charts.interval_rows import ClaimBand, bands_of, of_measure
from tallybook.charts.labels import ASCENT, PAD, Box, best_spot
from tallybook.charts.scale import Scale, fit
from tallybook.charts.style import LEADING, MARGIN, MARKER_OF_TIER, TEXT, TITLE, WIDTH
from tallybook.charts.wording import heading_of, mark_words
from tallybook.prose import clipped, counted, day, listed, month, number, period, quoted, unit_words
from tallybook.terms import Kind

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from tallybook.book import Measure
    from tallybook.estimates.estimate import Estimate
    from tallybook.tables.case import Case

_PANEL = 104.0
_MOST_NAMED = 8
_TICKS = 4


def timeline(case: Case, measure: str, *, as_of: str = "today") -> Chart:
    """Draws every dated estimate of a measure where the time that it refers to stands.

    Says so where there is none. ``as_of``: for the claims' bands only. UnknownName: no such measure.
    """
    comparison = case.comparison(as_of)
    chosen, about = of_measure(case, comparison, measure)
    bands = bands_of(comparison, chosen)
    families: dict[str, list[Estimate]] = defaultdict(list)
    for estimate in comparison.estimates.values():
        if estimate.measure.id == measure:
            families[comparison.families[estimate.statement.speaker_id].name].append(estimate)
    dated = {name: dots(there, about, comparison.policy) for name, there in families.items()}
    panels = {
        name: dated[name] for name in sorted(dated, key=lambda name: (-len(dated[name]), name)) if dated[name]
    }
    if not panels:
        known = "figure of a source refers to a known date" if families else "source gives a figure for it"
        return empty_chart(heading_of(about), f"No {known}.")
    plot = _TimelinePlot(Canvas(), about, bands, case.published, panels)
    y = plot.heading()
    for name, there in panels.items():
        y = plot.panel(y, name, there, families[name])
    title = heading_of(about)
    drawn = {e.id for there in panels.values() for dot in there for e in dot.estimates}
    undated = [e for there in families.values() for e in there if e.id not in drawn]
    return Chart(
        figure=plot.canvas.finish(plot.month_labels(y - 2)),
        title=title,
        alt=_alt(title, plot),
        caption=_caption(plot, undated),
        data=_data(panels),
    )


def _data(panels: dict[str, list[Dot]]) -> pd.DataFrame:
    """The marks as drawn, in their order."""
    import pandas as pd

    joined_up = {id(dot) for there in panels.values() for dot in line(there)}
    return pd.DataFrame(
        [
            {
                "family_name": name,
                "estimate": dot.named.id,
                "words": dot.named.words,
                "publisher": dot.named.source.publisher,
                "figure": dot.figure,
                "derived": dot.named.derived,
                "period": str(dot.named.period),
                "best_low": dot.core.low,
                "best_high": dot.core.high,
                "zone_low": dot.zone.low,
                "zone_high": dot.zone.high,
                "reference_date": pd.Timestamp.fromordinal(dot.at),
                "aside": dot.aside,
                "in_line": id(dot) in joined_up,
                "statements": tuple(estimate.id for estimate in dot.estimates),
            }
            for name, there in panels.items()
            for dot in there
        ]
    )


@dataclass
class _TimelinePlot:
    """The canvas and the two scales that all panels share."""

    canvas: Canvas
    measure: Measure
    claims: Sequence[ClaimBand]
    published: date
    panels: dict[str, list[Dot]]

    def __post_init__(self) -> None:
        self.heights = fit([*self.all_dots(), *self.claims], level=self.measure.kind is Kind.LEVEL)
        days = [
            value for dot in self.all_dots() for value in (dot.start, dot.stop, dot.at) if value is not None
        ]
        days.append(self.published.toordinal())
        labels = [text_width(number(value, self.measure.unit)) for value in self.heights.ticks(_TICKS)]
        self.left = MARGIN + max(labels) + 6
        self.right = WIDTH - MARGIN - max(text_width("claim"), 14.0) - 4
        slack = max(20, (max(days) - min(days)) // 40)
        self.days = Scale(min(days) - slack, max(days) + slack, False, start=self.left, stop=self.right)

    def all_dots(self) -> list[Dot]:
        return [dot for there in self.panels.values() for dot in there]

    def heading(self) -> float:
        canvas, unit = self.canvas, unit_words(self.measure.unit)
        y = canvas.paragraph(MARGIN, MARGIN + TITLE, heading_of(self.measure), size=TITLE, bold=True)
        scale = ", on a logarithmic scale" if self.heights.log else ""
        y = canvas.paragraph(MARGIN, y, f"{unit}{scale}, by the date referred to", "muted")
        for band in self.claims:
            words = quoted(band.words, 120)
            name = f"{band.letter}: {words}" if band.letter else f"shaded: the claim, {words}"
            y = canvas.paragraph(MARGIN, y, name, "muted", most=2)
        y = marks.shape_key(canvas, y, (_shape(dot) for dot in self.all_dots()))
        label = f"article, {day(self.published, short=True)}"
        x, wide = self.days.at(self.published.toordinal()), text_width(label)
        canvas.text(x + 4 if x + 4 + wide < WIDTH - MARGIN else x - 4 - wide, y + 3, label)
        canvas.line((x, x), (y + 6, y + 14), "ink", width=1.2, dashes=(3, 2))
        return y + LEADING + 9

    def panel(self, y: float, name: str, there: list[Dot], estimates: Sequence[Estimate]) -> float:
        """One family: its name, the claims as bands, the other families faintly, its own line and marks."""
        y = self.canvas.paragraph(MARGIN, y, clipped(name, 100), bold=True)
        pages = counted(len({e.source.id for e in estimates}), "page")
        origins = counted(len({e.statement.speaker_id for e in estimates}), "origin")
        y = self.canvas.paragraph(MARGIN, y, f"{pages}, {origins}", "muted")
        top, bottom = y - TEXT + 3, y - TEXT + 3 + _PANEL
        scale = self.heights.between(bottom, top)
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
        canvas, ends = self.canvas, (self.left, self.right)
        taken: list[float] = []
        for band in self.claims:
            start, stop = marks.band_ends(scale, band.zone)
            share = 1.0 if len(self.claims) == 1 else 0.6
            canvas.box(self.left, start, self.right - self.left, stop - start, "band", alpha=share)
            for value in dict.fromkeys((band.core.low, band.core.high)):
                at = scale.at(value)
                canvas.line(ends, (at, at), "muted", width=0.9, dashes=(2, 2), zorder=2)
            y = scale.at(band.core.high) + 3.4
            while any(abs(y - other) < LEADING for other in taken):
                y += 1
            taken.append(y)
            canvas.text(self.right + 4, y, band.letter or "claim", "muted", bold=bool(band.letter))
        kept: list[float] = []
        for value in scale.ticks(_TICKS):
            y, label = scale.at(value), number(value, self.measure.unit)
            if all(abs(y - other) > LEADING + 2 for other in kept):
                kept.append(y)
                zero = value == 0 and scale.crosses_zero
                canvas.line(ends, (y, y), "muted" if zero else "grid", width=1.0 if zero else 0.5, zorder=2)
                canvas.text(self.left - 5 - text_width(label), y + 3.4, label, "muted")
        x = self.days.at(self.published.toordinal())
        canvas.line((x, x), (top, bottom), "ink", width=1.2, dashes=(3, 2), zorder=2)

    def _steps(self, found: list[Dot], scale: Scale, role: str, width: float) -> None:
        """Each figure holds until the next one of the family."""
        xs: list[float] = []
        ys: list[float] = []
        for dot in found:
            x, y = self._place(dot, scale)
            xs += [x, x] if ys else [x]
            ys += [ys[-1], y] if ys else [y]
        if len(found) > 1:
            self.canvas.line(xs, ys, role, width=width)

    def _place(self, dot: Dot, scale: Scale) -> tuple[float, float]:
        return self.days.at(dot.at), scale.at(dot.height)

    def _period(self, dot: Dot) -> tuple[float, float]:
        """Where its period starts and stops; an open end lies at the edge."""
        return (
            self.left if dot.start is None else self.days.at(dot.start),
            self.right if dot.stop is None else self.days.at(dot.stop),
        )

    def _mark(self, dot: Dot, scale: Scale) -> None:
        """The period as a horizontal line, the true zone as a vertical one, the number as a mark."""
        canvas, role = self.canvas, "aside" if dot.aside else "ink"
        (x, y), (first, last) = self._place(dot, scale), self._period(dot)
        canvas.line((first, last), (y, y), role, width=0.8, alpha=0.8)
        if dot.start is None:
            canvas.marker(first, y, "<", role, size=4)
        if dot.stop is None:
            canvas.marker(last, y, ">", role, size=4)
        bottom, top = scale.at(dot.zone.low), scale.at(dot.zone.high)
        canvas.line((x, x), (bottom, top), role, width=1.2)
        ends = ((bottom, scale.below(dot.zone.low), "v"), (top, scale.above(dot.zone.high), "^"))
        for end, goes_on, head in ends:
            if goes_on:
                canvas.marker(x, end, head, role, size=5)
        if dot.core.low < dot.core.high:
            canvas.line((x, x), (scale.at(dot.core.low), scale.at(dot.core.high)), role, width=3.2)
        canvas.marker(x, y, MARKER_OF_TIER.get(_shape(dot), "o"), role, hollow=bool(dot.aside))

    def _labels(self, there: list[Dot], scale: Scale, top: float, bottom: float) -> None:
        """Each number once, beside its newest mark that has room; the newest first, then the largest."""
        said: set[str] = set()
        taken = [Box(x - 4, y - 4, 8.0, 8.0) for x, y in (self._place(dot, scale) for dot in there)]
        lines = self._lines(there, scale, top, bottom)
        frame = Box(self.left, top - 2, self.right - self.left, bottom - top + 4)
        for dot in sorted(there, key=lambda dot: (bool(dot.aside), -dot.at, -dot.height)):
            if dot.label in said:
                continue
            others = [self._place(other, scale) for other in there if other.label != dot.label]
            box = best_spot(
                self._place(dot, scale), text_width(dot.label),
                frame=frame, taken=taken, lines=lines, others=others,
            )  # fmt: skip
            if box is not None:
                said.add(dot.label)
                taken.append(box)
                self.canvas.box(*box, "paper", alpha=0.75, zorder=4.5)
                role = "muted" if dot.aside else "ink"
                self.canvas.text(box.x + PAD, box.y + PAD + ASCENT, dot.label, role)

    def _lines(self, there: list[Dot], scale: Scale, top: float, bottom: float) -> list[Box]:
        """Where lines run that a label should keep clear of, if it can."""
        found = [Box(self.days.at(self.published.toordinal()) - 1, top, 2.0, bottom - top)]
        for dot in there:
            (x, y), (first, last) = self._place(dot, scale), self._period(dot)
            upper, lower = scale.at(dot.zone.high), scale.at(dot.zone.low)
            found += [Box(first, y - 0.5, last - first, 1.0), Box(x - 0.5, upper, 1.0, lower - upper)]
        for one, two in pairwise(line(there)):
            (left, start), (right, stop) = self._place(one, scale), self._place(two, scale)
            found.append(Box(left, start - 0.5, right - left, 1.0))
            found.append(Box(right - 0.5, min(start, stop), 1.0, abs(stop - start)))
        for band in self.claims:
            for value in (band.core.low, band.core.high):
                found.append(Box(self.left, scale.at(value) - 0.5, self.right - self.left, 1.0))
        return found

    def month_labels(self, y: float) -> float:
        """The axis of time, below the last panel."""
        for at, first in month_starts(int(self.days.low), int(self.days.high)):
            label = f"{month(first, short=True)} {first.year}"
            wide = text_width(label)
            x = self.days.at(at)
            self.canvas.line((x, x), (y - LEADING - 8, y - LEADING - 4), "muted")
            left = min(max(MARGIN / 2, x - wide / 2), WIDTH - MARGIN / 2 - wide)
            self.canvas.text(left, y - 4, label, "muted")
        return y + 4


def _shape(dot: Dot) -> str:
    return marks.shape_of(dot.named)


def _alt(title: str, plot: _TimelinePlot) -> str:
    """Family by family: each figure and the time that it refers to."""
    count = counted(len(plot.all_dots()), "mark")
    panels = counted(len(plot.panels), "panel")
    parts = [f"Timeline, in {unit_words(plot.measure.unit)}: {title}. {count} in {panels}."]
    for band in plot.claims:
        parts.append(f"Band: the claim {band.letter} {quoted(band.words, 120)} ({band.figure}).")
    for name, there in plot.panels.items():
        said = (f"{dot.label} ({period(dot.named.period)})" for dot in there if dot.named.period)
        parts.append(f"{name}: {'; '.join(said)}.")
    return " ".join([*parts, f"The article is of {day(plot.published)}."])


def _caption(plot: _TimelinePlot, undated: Sequence[Estimate]) -> str:
    """What each line is, and which estimates have no date to stand at."""
    drawn = plot.all_dots()
    where = "at the end of it" if plot.measure.cumulative else "in the middle of it"
    parts = [f"Horizontal line: the period that a figure refers to, its mark {where}."]
    parts += mark_words(((dot.core, dot.zone, dot.named) for dot in drawn), plot.heights, "Upright line")
    if any(len(line(there)) > 1 for there in plot.panels.values()):
        parts.append("Steps: a family’s figures in order of time; faint, those of the other families.")
    asides = sorted({dot.aside for dot in drawn} - {""})
    if asides:
        parts.append(f"Hollow, and no part of a step: {listed(asides)}.")
    if undated:
        names = list(dict.fromkeys(clipped(estimate.source.publisher, 60) for estimate in undated))
        more = [f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else []
        said = listed([*names[:_MOST_NAMED], *more])
        parts.append(f"Not drawn, for want of a date or number ({len(undated)}): {said}.")
    return " ".join(parts)

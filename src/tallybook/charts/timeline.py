"""The timeline: a row a figure, on a scale of days and on one of numbers, the families one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tallybook.charts import marks
from tallybook.charts.canvas import Canvas
from tallybook.charts.chart import Chart
from tallybook.charts.dated import (
    DatedClaim,
    Dot,
    FamilyRows,
    TimelinePicture,
    day_ticks,
    line,
    timeline_picture,
)
from tallybook.charts.empty import empty_chart
from tallybook.charts.style import MARGIN, TEXT, TITLE, WIDTH
from tallybook.charts.timeline_table import timeline_table
from tallybook.charts.timeline_words import alt, caption
from tallybook.charts.wording import page_words
from tallybook.prose import clipped, counted, number, quoted

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from tallybook.charts.dated import Days
    from tallybook.quantity import Interval
    from tallybook.tables.case import Case

_STRIP = 13.0
_BETWEEN = 30.0
"""Room between the two scales, so that their outer labels do not meet."""


def timeline(case: Case, measure: str, *, as_of: str = "today") -> Chart:
    """Draws every dated figure of a measure where the time that it refers to stands, and how much it is.

    Says so where there is none. ``data``: the rows drawn. ``as_of``: for the claims alone. UnknownName: no
    such measure.
    """
    picture = timeline_picture(case, measure, as_of=as_of)
    if not picture.families:
        known = (
            "figure of a source refers to a known date" if picture.figures else "source gives a figure for it"
        )
        return empty_chart(picture.title, f"No {known}.")
    return Chart(
        draw=lambda: _TimelinePlot(Canvas(), picture).figure(),
        title=picture.title,
        alt=alt(picture),
        caption=caption(picture),
        data=_data(picture),
        page=timeline_table(picture),
    )


def _data(picture: TimelinePicture) -> pd.DataFrame:
    """The rows as drawn, in their order."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "family_name": family.name,
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
                "in_line": joined,
                "statements": tuple(estimate.id for estimate in dot.estimates),
            }
            for family in picture.families
            for dot, joined in _joined(family)
        ]
    )


def _joined(family: FamilyRows) -> Iterator[tuple[Dot, bool]]:
    """Each figure, and whether it is a count of the whole, one a day."""
    whole = set(map(id, line(list(family.rows))))
    return ((dot, id(dot) in whole) for dot in family.rows)


@dataclass
class _TimelinePlot:
    """The painter on a canvas: the scale of days in its left half, that of numbers in its right half."""

    canvas: Canvas
    picture: TimelinePicture

    def __post_init__(self) -> None:
        middle = WIDTH / 2
        self.days = self.picture.days.between(MARGIN + 6, middle - _BETWEEN / 2)
        self.sizes = self.picture.sizes.between(middle + _BETWEEN / 2, WIDTH - MARGIN - 8)

    def figure(self) -> Figure:
        canvas, picture = self.canvas, self.picture
        y = canvas.paragraph(MARGIN, MARGIN + TITLE, picture.title, size=TITLE, bold=True)
        y = canvas.paragraph(MARGIN, y, f"left: the time referred to; right: {picture.axis}", "muted")
        y = marks.shape_key(canvas, y, (marks.shape_of(dot.named) for dot in picture.rows))
        y = self.axes(y + 2) + 8
        top = y - TEXT
        for claim in picture.claims:
            y = self.claim(y, claim)
        for family in picture.families:
            y = self.family(y, family)
        self.ground(top, y - TEXT)
        return canvas.finish(self.axes(y) - 4)

    def axes(self, y: float) -> float:
        taken: list[tuple[float, float]] = []
        marks.spaced_labels(self.canvas, self.days, y, day_ticks(self.days, 2), taken=taken)
        labels = {value: number(value, self.picture.measure.unit) for value in self.sizes.ticks(3)}
        return marks.spaced_labels(self.canvas, self.sizes, y, labels, taken=taken)

    def ground(self, top: float, bottom: float) -> None:
        """The claims' times and zones as bands through all rows, and the article's day."""
        claims = self.picture.claims
        for claim in claims:
            alpha = 1.0 if len(claims) == 1 else 0.6
            marks.band(self.canvas, self.days, claim.time.zone, top, bottom, alpha=alpha)
            marks.band(self.canvas, self.sizes, claim.band.zone, top, bottom, alpha=alpha)
        x = self.days.at(self.picture.published.toordinal())
        self.canvas.line((x, x), (top, bottom), "muted", width=0.9, dashes=(2, 2), zorder=2)

    def claim(self, y: float, claim: DatedClaim) -> float:
        band = claim.band
        name = f"the claim {band.letter}".strip()
        y = self.canvas.paragraph(MARGIN, y, f"{name}: {quoted(band.words, 120)}", bold=True)
        y = self.canvas.paragraph(MARGIN, y, f"{claim.when}: {band.figure}", "muted")
        return self.strips(y, claim.time, (band.core, band.zone), "ink", "o")

    def family(self, y: float, family: FamilyRows) -> float:
        self.canvas.line((MARGIN, WIDTH - MARGIN), (y - TEXT, y - TEXT), "muted", width=0.8)
        y = self.canvas.paragraph(MARGIN, y + 4, clipped(family.name, 100), bold=True)
        told = f"{counted(family.pages, 'page')}, {counted(family.origins, 'origin')}"
        y = self.canvas.paragraph(MARGIN, y, told, "muted") + 2
        for dot in family.rows:
            y = self.row(y, dot)
        return y + 2

    def row(self, y: float, dot: Dot) -> float:
        source, role = dot.named.source, "aside" if dot.aside else "ink"
        more = f" and {counted(dot.pages - 1, 'more page')}" if dot.pages > 1 else ""
        y = self.canvas.paragraph(MARGIN, y, f"{dot.when}: {dot.label}", role)
        said = f"{page_words(source.publisher, source.published)}{more}"
        y = self.canvas.paragraph(MARGIN, y, said, "muted", most=2)
        shape = marks.shape_of(dot.named)
        return self.strips(y, dot.time, (dot.core, dot.zone), role, shape, hollow=bool(dot.aside))

    def strips(
        self,
        y: float,
        time: Days,
        size: tuple[Interval, Interval],
        role: str,
        shape: str,
        *,
        hollow: bool = False,
    ) -> float:
        """The two marks of a row: its time on the left, its number on the right."""
        middle = y - TEXT + _STRIP / 2 - 1
        core, zone = size
        for scale, mark, reach in ((self.days, time.core, time.zone), (self.sizes, core, zone)):
            marks.strip(self.canvas, scale, middle, _STRIP, ())
            marks.zone_line(self.canvas, scale, middle, reach, role)
            marks.core_marks(self.canvas, scale, middle, mark, shape, role, size=5.5, hollow=hollow)
        return y + _STRIP + 4

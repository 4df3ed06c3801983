"""The interval plot: one claim (or all claims of a measure) as a band, every estimate beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tallybook.charts import marks
from tallybook.charts.canvas import Canvas, text_width
from tallybook.charts.chart import Chart
from tallybook.charts.interval_rows import ClaimBand, IntervalPicture, IntervalRow, interval_picture
from tallybook.charts.interval_table import table_of
from tallybook.charts.interval_words import alt, axis_words, caption, not_drawn, opens_further
from tallybook.charts.lettering import drawable
from tallybook.charts.style import LEADING, MARGIN, TEXT, TITLE, WIDTH, role_of
from tallybook.charts.wording import language_name, page_words
from tallybook.prose import clipped, counted, quoted

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from tallybook.charts.scale import Scale
    from tallybook.estimates.estimate import Estimate
    from tallybook.tables.case import Case

_STRIP = 13.0


def intervals(
    case: Case,
    claim: str | None = None,
    *,
    measure: str | None = None,
    as_of: str = "today",
) -> Chart:
    """Draws a claim's true zone as a band and each estimate as a mark with its own true zone.

    ``claim`` or ``measure`` (all claims of it): one of the two. ``as_of``: "today", or "written" for what
    was published by the article's date. In the pages of a report it is a table with the same rows.
    UnknownName: no such claim or measure.
    """
    picture = interval_picture(case, claim, measure, as_of=as_of)
    return Chart(
        draw=lambda: _IntervalPlot(Canvas(), picture).figure(),
        title=picture.title,
        alt=alt(picture),
        caption=f"{caption(picture)} {not_drawn(picture)}",
        data=_data(picture),
        page=table_of(picture),
    )


@dataclass
class _IntervalPlot:
    """The painter on a canvas."""

    canvas: Canvas
    picture: IntervalPicture

    @property
    def scale(self) -> Scale:
        return self.picture.scale.between(MARGIN + 6, WIDTH - MARGIN - 8)

    def figure(self) -> Figure:
        canvas, picture = self.canvas, self.picture
        y = canvas.paragraph(MARGIN, MARGIN + TITLE, picture.title, size=TITLE, bold=True)
        y = canvas.paragraph(MARGIN, y, picture.summary, "muted")
        y = marks.shape_key(canvas, y, (marks.shape_of(row.printed) for row in picture.rows)) + 3
        for band in picture.bands:
            y = self.claim(y, band)
        if picture.numeric:
            canvas.text(MARGIN, y, clipped(axis_words(picture), 50), "muted")
            y = marks.tick_labels(canvas, self.scale, y + LEADING, picture.unit) + 12
        top = y - TEXT - 3
        for row in picture.near:
            y = self.row(y, row)
        if picture.aside:
            canvas.line((MARGIN, WIDTH - MARGIN), (y - TEXT, y - TEXT), "muted")
            y = canvas.paragraph(MARGIN, y + 4, "Not comparable: shown, and not counted", bold=True) + 5
        for row in picture.aside:
            y = self.row(y, row)
        for band in picture.bands:
            alpha = 1.0 if len(picture.bands) == 1 else 0.6
            marks.band(canvas, self.scale, band.zone, top, y - TEXT + 1, alpha=alpha)
        if picture.numeric:
            y = marks.tick_labels(canvas, self.scale, y + 2, picture.unit) - 2
        if picture.left_out:
            y = canvas.paragraph(MARGIN, y + LEADING, not_drawn(picture), "muted")
        return canvas.finish(y)

    def claim(self, y: float, band: ClaimBand) -> float:
        """A claim's name above a bracket over its true zone."""
        name = f"{band.letter}  {quoted(band.words, 120)}" if band.letter else f"the claim: {band.figure}"
        wide = text_width(name, TEXT, bold=True)
        if wide <= WIDTH - 2 * MARGIN:
            x = max(MARGIN, min(self.scale.at(band.zone.low), WIDTH - MARGIN - wide))
            self.canvas.text(x, y, name, bold=True)
            y += 6
        else:
            y = self.canvas.paragraph(MARGIN, y, name, bold=True, most=2) - LEADING + 6
        marks.zone_line(self.canvas, self.scale, y, band.zone, "ink", width=2.0)
        return y + TEXT + 6

    def row(self, y: float, row: IntervalRow) -> float:
        """The relation in a word, whose figure it is, the page's own words, and the mark below."""
        canvas, start = self.canvas, MARGIN
        if row.bearing and row.comparable:
            start += (
                canvas.text(MARGIN, y, row.bearing, role_of(row.relation, counts=row.counts), bold=True) + 6
            )
        if start > WIDTH / 2:
            start, y = MARGIN, y + LEADING
        y = canvas.paragraph(MARGIN, y, clipped(row.family, 80), bold=row.voice, first=start)
        y = canvas.paragraph(MARGIN, y, said_words(row), most=5)
        y = canvas.paragraph(MARGIN, y, self.printed(row), "muted", most=3)
        if not row.comparable and row.reason:
            y = canvas.paragraph(MARGIN, y, clipped(row.reason, 200), "muted")
        if row.core is None or row.zone is None:
            return y + 6
        middle = y - TEXT + _STRIP / 2 - 1
        role = role_of(row.relation, counts=row.counts)
        marks.strip(canvas, self.scale, middle, _STRIP, (band.core for band in self.picture.bands))
        marks.zone_line(canvas, self.scale, middle, row.zone, role, opened=opens_further(row))
        size, hollow = (6.5 if row.voice else 5.0), not row.counts and row.relation is not None
        marks.core_marks(
            canvas, self.scale, middle, row.core, marks.shape_of(row.printed), role, size=size, hollow=hollow
        )
        return y + _STRIP + 8

    def printed(self, row: IntervalRow) -> str:
        """The page, how many more say the same, and why the figure does not count."""
        source = row.printed.source
        parts = [page_words(source.publisher, source.published)]
        if row.pages > 1:
            parts.append(f"and {counted(row.pages - 1, 'more page')} with the same figure")
        return " · ".join([*parts, *filter(None, [row.standing])])


def said_words(row: IntervalRow) -> str:
    """A page's own words, or the figure read off words that the font cannot draw; a derived figure by its
    formula."""
    estimate = row.printed
    if estimate.derived:
        return f"derived: {row.figure} = {clipped(estimate.formula or '', 160)}"
    return drawn_words(estimate, estimate.words, row.figure)


def drawn_words(estimate: Estimate, words: str, figure: str) -> str:
    """Words in quotation marks, or the figure where the font lacks letters of them."""
    if drawable(words):
        return quoted(words, 120)
    return f"{figure} (in {language_name(estimate.source.language)})"


def _data(picture: IntervalPicture) -> pd.DataFrame:
    """The rows as drawn, in their order: what a test or a reader can check the picture against."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "comparable": row.comparable,
                "family_name": row.family,
                "estimate": row.printed.id,
                "words": row.printed.words,
                "figure": row.figure,
                "voice": row.voice,
                "standing": row.standing,
                "bearing": row.bearing,
                "best_low": row.core.low if row.core else None,
                "best_high": row.core.high if row.core else None,
                "zone_low": row.zone.low if row.zone else None,
                "zone_high": row.zone.high if row.zone else None,
                "opened": row.opened,
                "reason": row.reason,
                "statements": tuple(estimate.id for estimate in row.estimates),
            }
            for row in picture.rows
        ]
    )

"""The sources among themselves: the figures of the origins on one scale, and who differs with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallybook.charts import marks
from tallybook.charts.canvas import Canvas
from tallybook.charts.chart import Chart
from tallybook.charts.empty import empty_chart
from tallybook.charts.origin_rows import (
    MOST_NAMES,
    WORDS,
    AmongPicture,
    MeasurePanel,
    OriginRow,
    among_picture,
    both,
    other_figures,
    some,
)
from tallybook.charts.origin_table import origin_table
from tallybook.charts.style import LEADING, MARGIN, TEXT, TITLE, WIDTH, role_of
from tallybook.charts.wording import heading_of, mark_words, page_words
from tallybook.prose import clipped, counted, unit_words
from tallybook.verdicts.among_sentences import disagreement

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tallybook.charts.scale import Scale
    from tallybook.tables.case import Case
    from tallybook.verdicts.among_sources import AmongSources, OriginPair

_TITLE = "Sources among themselves"
_NOTHING = "No two origins give a figure of one measure."
_STRIP = 13.0


def among_sources(case: Case, measure: str | None = None) -> Chart:
    """Draws the figures by which the origins of a measure stand to each other, those that differ first.

    At most six measures, twelve origins each; the others are counted. ``measure``: that one alone, also
    where nothing is decided. ``data`` has a row for each pair of the origins drawn. Says so where there are
    no two origins. UnknownName for a measure that the case does not have.
    """
    import pandas as pd

    picture = among_picture(case, measure)
    if not picture.panels:
        return empty_chart(_TITLE, _NOTHING)
    means = _caption(picture)
    return Chart(
        draw=lambda: _drawn(picture),
        title=_TITLE,
        alt=_alt(picture),
        caption=means,
        data=pd.DataFrame([_row(pair) for panel in picture.panels for pair in panel.pairs]),
        page=origin_table(picture, means),
    )


def _row(pair: OriginPair) -> dict[str, object]:
    return {
        "measure": pair.measure.id,
        "origin_name": pair.one.name,
        "other_name": pair.other.name,
        "relation": str(pair.relation),
        "since": pair.since,
        "joined": ", ".join(pair.joined),
    }


def _drawn(picture: AmongPicture) -> Figure:
    canvas = Canvas()
    y = canvas.paragraph(MARGIN, MARGIN + TITLE, _TITLE, size=TITLE, bold=True) + 4
    for panel in picture.panels:
        y = _panel(canvas, y, panel) + 12
    y = canvas.paragraph(MARGIN, y, picture.not_drawn, "muted", most=14)
    return canvas.finish(y)


def _panel(canvas: Canvas, y: float, panel: MeasurePanel) -> float:
    """The measure, how its origins stand, and a row a figure between two axes."""
    y = canvas.paragraph(MARGIN, y, panel.heading, bold=True, most=2)
    y = canvas.paragraph(MARGIN, y, panel.told, "muted", most=12)
    if not panel.rows:
        return y
    scale = panel.scale.between(MARGIN + 6, WIDTH - MARGIN - 8)
    words = unit_words(panel.measure.unit) + (", on a logarithmic scale" if scale.log else "")
    canvas.text(MARGIN, y, clipped(words, 50), "muted")
    y = marks.tick_labels(canvas, scale, y + LEADING, panel.measure.unit) + 12
    for row in panel.rows:
        y = _origin(canvas, y, row, scale)
    return marks.tick_labels(canvas, scale, y + 2, panel.measure.unit) - 2


def _origin(canvas: Canvas, y: float, row: OriginRow, scale: Scale) -> float:
    """Whose figure, where it stands, how it bears on those of the others, and the mark."""
    y = canvas.paragraph(MARGIN, y, f"{row.name}: {row.figure}", bold=bool(row.beside), most=2)
    source = row.estimate.source
    y = canvas.paragraph(MARGIN, y, page_words(source.publisher, source.published), "muted", most=2)
    for one in row.beside:
        role = role_of(one.relation, counts=not one.joined)
        canvas.text(MARGIN, y, one.relation.sign, role)
        start = MARGIN + 14
        wide = canvas.text(start, y, one.verb, role, bold=True)
        y = canvas.paragraph(start, y, one.rest, first=start + wide + 4, most=4)
    if row.also:
        y = canvas.paragraph(MARGIN, y, row.also, "muted")
    middle = y - TEXT + _STRIP / 2 - 1
    marks.strip(canvas, scale, middle, _STRIP, ())
    marks.zone_line(canvas, scale, middle, row.zone, row.role)
    shape = marks.shape_of(row.estimate)
    marks.core_marks(canvas, scale, middle, row.core, shape, row.role, hollow=not row.beside)
    return y + _STRIP + 6


def _alt(picture: AmongPicture) -> str:
    """Who differs, first of all; then measure by measure how many pairs stand otherwise, and which agree."""
    differ = [pair for one in [*picture.drawn, *picture.left] for pair in one.pairs if pair.differ]
    told = [disagreement(pair, " differ") for pair in differ[:MOST_NAMES]]
    if len(differ) > MOST_NAMES:
        told.append(f"and {counted(len(differ) - MOST_NAMES, 'more pair')}")
    parts = [f"{'; '.join(told)}."] if told else ["No two origins differ."]
    parts.append(f"The figures of origins beside each other, of {counted(len(picture.drawn), 'measure')}.")
    return " ".join([*parts, *map(_measure_words, picture.drawn)])


def _measure_words(among: AmongSources) -> str:
    said = []
    for relation, words in WORDS.items():
        there = [pair for pair in among.pairs if pair.relation is relation]
        if relation.confirms and there:
            said.append(f"{words}: {some([both(pair) for pair in there])}")
        elif there:
            said.append(f"{words}: {counted(len(there), 'pair')}")
    origins = counted(len(among.origins), "origin")
    told = f"{heading_of(among.measure)}, {origins} – {'; '.join(said)}."
    return " ".join(filter(None, [told, other_figures(among)]))


def _caption(picture: AmongPicture) -> str:
    """What the marks are, and what "since" and "not independent" mean."""
    rows = [row for panel in picture.panels for row in panel.rows]
    pairs = [pair for panel in picture.panels for pair in panel.pairs]
    parts = ["Each row is the figure of an origin that decides how it stands to others, the latest there is."]
    parts += mark_words(
        *(
            ([(row.core, row.zone, row.estimate) for row in panel.rows], panel.scale)
            for panel in picture.panels
        )
    )
    if any(not row.beside for row in rows):
        parts.append("Hollow: it decides nothing, as it can be true together with all it is compared with.")
    if any(pair.since for pair in pairs):
        parts.append("Since: from the day by which both figures were out, as far as the pages tell.")
    if any(pair.joined for pair in pairs):
        parts.append(
            "Not independent: two origins that speak for one party, share data, draw on one another, or of "
            "which one is not known; their agreement is not two witnesses."
        )
    return " ".join(parts)

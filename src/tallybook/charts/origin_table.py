"""The sources among themselves as HTML tables: one a measure, a row an origin's figure, all on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from tallybook.charts.interval_table import page_link, said
from tallybook.charts.row_drawing import EDGES, joined, number_ticks, track, zone_marks
from tallybook.charts.rows_table import axis_row, drawn_row, figure, folded, section, table, text
from tallybook.prose import counted, unit_words

if TYPE_CHECKING:
    from tallybook.charts.origin_rows import AmongPicture, Beside, MeasurePanel, OriginRow
    from tallybook.charts.row_drawing import Ticks
    from tallybook.charts.scale import Scale


def origin_table(picture: AmongPicture, means: str) -> str:
    """All panels as a <figure>; rows that decide nothing are folded away with their count."""
    parts = [part for panel in picture.panels for part in _panel(panel)]
    return figure(parts, " ".join(filter(None, [picture.not_drawn, means])))


def _panel(panel: MeasurePanel) -> list[Markup]:
    scale = panel.scale.between(*EDGES)
    ticks = number_ticks(scale, panel.measure.unit)
    words = unit_words(panel.measure.unit) + (", on a logarithmic scale" if scale.log else "")
    rows = [_row(row, scale, ticks) for row in panel.rows]
    axis = section("", [axis_row(words, ticks)] if rows else [])
    title = Markup("<b>{}</b> {}").format(text(panel.heading), text(panel.told))
    parts = [table(title, [axis, section("", rows[: panel.opened])])]
    if rows[panel.opened :]:
        rest = table("The other figures", [axis, section("", rows[panel.opened :])], unseen=True)
        summary = f"{len(rows) - panel.opened} more of {counted(len(rows), 'figure')}"
        parts.append(folded(summary, rest))
    return parts


def _row(row: OriginRow, scale: Scale, ticks: Ticks) -> Markup:
    hollow = "" if row.beside else " hollow"
    drawing = track(scale, ticks, [], zone_marks(scale, row.core, row.zone), f"m-{row.role}{hollow}")
    also = Markup('<span class="reason">{}</span>').format(row.also) if row.also else ""
    who = Markup("<b>{}</b> {} {} {}{}").format(
        text(row.name), said(row.estimate), page_link(row.estimate), joined(map(_beside, row.beside)), also
    )
    return drawn_row(who, drawing, Markup("<span>{}</span>").format(text(row.figure)))


def _beside(one: Beside) -> Markup:
    counts = " uncounted" if one.joined else ""
    return Markup('<span class="name"><span class="is-{}{}">{}</span> {}</span> ').format(
        one.relation.replace(" ", "-"), counts, one.verb, text(one.rest)
    )

"""The timeline as an HTML table: a row a figure, with a drawing of its time and one of its number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from tallybook.charts.dated import DatedClaim, Days, Dot, FamilyRows, TimelinePicture, day_ticks
from tallybook.charts.interval_table import page_link, said
from tallybook.charts.row_drawing import EDGES, fitting, number_ticks, track, zone_marks
from tallybook.charts.rows_table import (
    HEAD_OF_TWO,
    axis_row,
    drawn_row,
    figure,
    folded,
    foreign,
    section,
    table,
    text,
)
from tallybook.charts.timeline_words import caption
from tallybook.prose import clipped, counted, quoted
from tallybook.quantity import Interval

if TYPE_CHECKING:
    from tallybook.charts.row_drawing import Ticks
    from tallybook.charts.scale import Scale

_ROOM = 2
"""A drawing of time has half a row, so that its labels take twice their share."""


def timeline_table(picture: TimelinePicture) -> str:
    """The rows of a timeline as a <figure>; those that are not open are folded away with their count."""
    return _Painter(picture).whole()


@dataclass(frozen=True)
class _Painter:
    picture: TimelinePicture

    @cached_property
    def days(self) -> Scale:
        return self.picture.days.between(*EDGES)

    @cached_property
    def sizes(self) -> Scale:
        return self.picture.sizes.between(*EDGES)

    @cached_property
    def day_ticks(self) -> Ticks:
        """As many months as have room."""
        several = (day_ticks(self.days, most) for most in (4, 3, 2))
        found = [fitting(self.days, list(labels), labels.__getitem__, _ROOM) for labels in several]
        return max((ticks for ticks, _ in found), key=len)

    @cached_property
    def size_ticks(self) -> Ticks:
        return number_ticks(self.sizes, self.picture.measure.unit, _ROOM)

    def whole(self) -> str:
        picture = self.picture
        opened = [(family, family.opened) for family in picture.families]
        rest = [(family, family.folded) for family in picture.families]
        groups = counted(len(picture.families), "source group")
        told = f"{counted(picture.figures, 'figure')}, {groups} with a date."
        title = Markup("<b>{}</b> {}").format(text(picture.title), told)
        claims = map(self._claim, picture.claims)
        parts = [self._table(title, [self._axis(), *claims], opened)]
        hidden = sum(len(dot.estimates) for _, dots in rest for dot in dots)
        if hidden:
            summary = f"{hidden} more of {counted(picture.figures, 'figure')}"
            parts.append(folded(summary, self._table("The other figures", [self._axis()], rest, unseen=True)))
        return figure(parts, caption(picture), "tb-rows two")

    def _table(
        self,
        title: str | Markup,
        first: Iterable[Markup],
        families: Iterable[tuple[FamilyRows, Sequence[Dot]]],
        *,
        unseen: bool = False,
    ) -> Markup:
        sections = [section("", first, columns=4)]
        for family, dots in families:
            pages, origins = counted(family.pages, "page"), counted(family.origins, "origin")
            heading = Markup("<b>{}</b> {}, {}").format(text(clipped(family.name, 100)), pages, origins)
            sections.append(section(heading, map(self._row, dots), columns=4))
        return table(title, sections, unseen=unseen, head=HEAD_OF_TWO)

    def _axis(self) -> Markup:
        return axis_row(f"When, and how many: {self.picture.axis}", self.day_ticks, self.size_ticks)

    def _claim(self, claim: DatedClaim) -> Markup:
        band = claim.band
        who = Markup('<b>The claim{}</b> {} <span class="quiet">{}</span>').format(
            f" {band.letter}" if band.letter else "",
            foreign(text(quoted(band.words, 200)), band.language),
            text(claim.when),
        )
        drawings = self._tracks(claim.time, (band.core, band.zone), "m-ink", marked=False)
        return drawn_row(who, drawings, text(band.figure), "claim")

    def _row(self, dot: Dot) -> Markup:
        more = f" and {counted(dot.pages - 1, 'more page')}" if dot.pages > 1 else ""
        aside = Markup(' <span class="quiet">{}</span>').format(dot.aside) if dot.aside else ""
        formula = Markup(' <span class="reason">{}</span>').format(
            text(f"= {clipped(dot.named.formula or '', 160)}")
        )
        who = Markup("<b>{}</b>{} {} {}{}{}").format(
            text(dot.when),
            aside,
            said(dot.named),
            page_link(dot.named),
            more,
            formula if dot.named.derived else "",
        )
        look = "m-aside hollow" if dot.aside else "m-ink"
        return drawn_row(who, self._tracks(dot.time, (dot.core, dot.zone), look), text(dot.figure))

    def _tracks(
        self, time: Days, size: tuple[Interval, Interval], look: str, *, marked: bool = True
    ) -> list[Markup]:
        """Its days and its number. ``marked``: whether its time has a mark, as that of a figure has."""
        published = self.picture.published.toordinal()
        today = Interval(published, published)
        times = [Days(today, claim.time.zone) for claim in self.picture.claims] or [Days(today, today)]
        days = zone_marks(self.days, time.core if marked else None, time.zone)
        numbers = zone_marks(self.sizes, *size)
        bands = [claim.band for claim in self.picture.claims]
        return [
            track(self.days, self.day_ticks, times, days, look),
            track(self.sizes, self.size_ticks, bands, numbers, look),
        ]

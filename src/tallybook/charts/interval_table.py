"""The interval picture for pages: an HTML table whose rows have each a small drawing laid out in per cent.

Text is text, so that it wraps, is selected, translated and heard; the style sheet of the report gives the
classes their looks. Everything from a record is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from tallybook.charts.interval_rows import ClaimBand, IntervalPicture, IntervalRow, interval_picture
from tallybook.charts.interval_words import axis_words, caption, not_drawn, opens_further
from tallybook.charts.row_drawing import EDGES, joined, number_ticks, track, zone_marks
from tallybook.charts.rows_table import axis_row, drawn_row, figure, folded, foreign, section, table, text
from tallybook.charts.style import role_of
from tallybook.charts.wording import page_words, plain
from tallybook.prose import clipped, counted, excerpt, quoted
from tallybook.terms import Relation

if TYPE_CHECKING:
    from tallybook.book import Source
    from tallybook.charts.row_drawing import Ticks
    from tallybook.charts.scale import Scale
    from tallybook.estimates.estimate import Estimate
    from tallybook.tables.case import Case

_LINKED = ("https://", "http://")
_WOULD = {
    Relation.AGREES: "of the same kind, it would agree",
    Relation.SUPPORTS: "of the same kind, it would support the claim",
    Relation.COMPATIBLE: "of the same kind, both could be true",
    Relation.DIFFERS: "of the same kind, it would differ",
}


def outside(source: Source) -> str:
    """The address of the page itself; "" where it has none that a browser opens."""
    return source.url if source.url and source.url.startswith(_LINKED) else ""


def interval_table(
    case: Case,
    claim: str | None = None,
    *,
    measure: str | None = None,
    as_of: str = "today",
    titled: bool = True,
    address: Callable[[Source], str] = outside,
) -> str:
    """What :func:`tallybook.charts.intervals` draws, as HTML for a page. ValueError as there.

    ``titled``: whether the caption begins with the words of the claim; ``address``: where the name of a page
    leads to.
    """
    return table_of(interval_picture(case, claim, measure, as_of=as_of), titled=titled, address=address)


def table_of(
    picture: IntervalPicture, *, titled: bool = True, address: Callable[[Source], str] = outside
) -> str:
    """The rows of a picture as a <figure>."""
    return _Painter(picture, address).whole(titled=titled)


@dataclass(frozen=True)
class _Painter:
    """Writes the table of one picture."""

    picture: IntervalPicture
    address: Callable[[Source], str]

    @cached_property
    def scale(self) -> Scale:
        return self.picture.scale.between(*EDGES)

    @cached_property
    def ticks(self) -> Ticks:
        return number_ticks(self.scale, self.picture.unit)

    def whole(self, *, titled: bool) -> str:
        picture = self.picture
        near, aside = picture.near[: picture.open_near], picture.aside[: picture.open_aside]
        rest = picture.near[picture.open_near :], picture.aside[picture.open_aside :]
        title = Markup("<b>{}</b> ").format(text(picture.title)) if titled else Markup("")
        whole = table(title + text(picture.summary), self._body(near, aside, claims=True))
        return figure([whole, self._folded(*rest)], f"{not_drawn(picture)} {caption(picture)}")

    def _folded(self, near: Sequence[IntervalRow], aside: Sequence[IntervalRow]) -> Markup:
        """The rows beyond the first ten, with how many figures they are of how many."""
        figures = sum(len(row.estimates) for row in (*near, *aside))
        if not figures:
            return Markup("")
        summary = f"{figures} more of {counted(self.picture.figures, 'figure')}"
        return folded(summary, table("The other figures", self._body(near, aside, claims=False), unseen=True))

    def _body(
        self, near: Sequence[IntervalRow], aside: Sequence[IntervalRow], *, claims: bool
    ) -> list[Markup]:
        """The axis, the claims, and the two sections with a heading each."""
        bands = self.picture.bands
        first = [self._axis()] * self.picture.numeric + [self._claim(band) for band in bands] * claims
        return [
            section("", first),
            section("Can be compared with the claim" if bands else "", map(self._row, near)),
            section("Cannot be compared: shown with the reason, not counted", map(self._row, aside)),
        ]

    def _axis(self) -> Markup:
        return axis_row(axis_words(self.picture), self.ticks)

    def _claim(self, band: ClaimBand) -> Markup:
        said_by = Markup(' <span class="quiet">said by {}</span>').format(text(band.said_by))
        who = Markup("<b>The claim{}</b> {}{}").format(
            f" {band.letter}" if band.letter else "",
            foreign(text(quoted(band.words, 200)), band.language),
            said_by if band.said_by else "",
        )
        marks = zone_marks(self.scale, band.core, band.zone)
        return drawn_row(who, self._track(marks, "m-ink"), text(band.figure), "claim")

    def _row(self, row: IntervalRow) -> Markup:
        marks = Markup("")
        if row.core is not None and row.zone is not None:
            marks = zone_marks(self.scale, row.core, row.zone, opens_further(row))
        role = f"m-{role_of(row.relation, counts=row.counts)}"
        look = role if row.counts or row.relation is None else f"{role} hollow"
        bearings = joined(_relation(row, letter, relation) for letter, relation in row.bearings)
        value = Markup("<span>{}</span>{}").format(text(row.figure), bearings)
        return drawn_row(self._who(row), self._track(marks, look), value)

    def _track(self, marks: Markup, look: str) -> Markup:
        return track(self.scale, self.ticks, self.picture.bands, marks, look)

    def _who(self, row: IntervalRow) -> Markup:
        """Whose figure it is, its words, the page as a link, and the reason of its relation."""
        estimate = row.printed
        derived = (
            f"derived: {row.figure} = {clipped(estimate.formula or '', 160)}" if estimate.derived else ""
        )
        would = _WOULD.get(row.would, "") if row.would and not row.comparable else ""
        reason = "; ".join(filter(None, [derived, row.reason, would]))
        more = f" and {counted(row.pages - 1, 'more page')} with the same figure" if row.pages > 1 else ""
        standing = (
            Markup('<span class="quiet">, {}</span>').format(text(row.standing)) if row.standing else ""
        )
        parts = [
            Markup("<b>{}</b>{}").format(text(clipped(row.family, 100)), standing),
            said(estimate),
            Markup("{}{}").format(page_link(estimate, self.address), more),
            Markup('<span class="reason">{}</span>').format(text(reason)) if reason else "",
        ]
        return Markup(" ").join(filter(None, parts))


def page_link(estimate: Estimate, address: Callable[[Source], str] = outside) -> Markup:
    """The page that prints a figure, with its date, as a link where it has an address."""
    source = estimate.source
    named, leads_to = text(page_words(source.publisher, source.published)), address(source)
    if not leads_to:
        return named
    away = Markup(' rel="noopener noreferrer"') if leads_to.startswith(_LINKED) else ""
    return Markup('<a href="{}"{}>{}</a>').format(leads_to, away, named)


def said(estimate: Estimate) -> Markup:
    """The page's own words, marked with their language where it is another than the page's around them."""
    language = estimate.source.language
    if language in (None, "en"):
        return text(excerpt(plain(estimate.words), 160))
    return foreign(text(quoted(estimate.words, 160)), language)


def _relation(row: IntervalRow, letter: str, relation: Relation) -> Markup:
    """The word of a relation, with the sign that the style sheet gives it."""
    name = str(relation).replace(" ", "-")
    return Markup(' <span class="is-{}{}">{}{}</span>').format(
        name, "" if row.counts else " uncounted", f"{letter} " if letter else "", relation.label
    )

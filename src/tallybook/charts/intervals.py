"""The interval plot: one claim (or all claims of a measure) as a band, every estimate beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tallybook.charts import marks
from tallybook.charts.canvas import Canvas, text_width
from tallybook.charts.chart import Chart
from tallybook.charts.claims import NOT_COMPARABLE, ClaimBand, SideBySide, of_claim, of_measure
from tallybook.charts.labels import clipped, counted, drawn, joined, known, page_words, quoted, unit_words
from tallybook.charts.rows import Family, Row, families, plotted, trimmed
from tallybook.charts.scale import Scale, fit
from tallybook.charts.style import LEADING, MARGIN, RELATIONS, TEXT, TITLE, WIDTH, role_of

if TYPE_CHECKING:
    from tallybook.tables.case import Case

_STRIP = 13.0
_INDENT = 10.0
_MOST_COMPACT = 6
_CLOSED = ("exact", "about", "nearly", "range")


def intervals(
    case: Case,
    claim: str | None = None,
    *,
    measure: str | None = None,
    compact: bool = False,
    as_of: str = "today",
) -> Chart:
    """Draws a claim's true zone as a band and each estimate as a mark with its own true zone.

    ``claim`` or ``measure`` (all claims of it): one of the two. ``compact``: a row a family and no
    title, for a card. ``as_of``: "today", or "written" for what was published by the article's date.
    UnknownName: no such claim or measure. ValueError: a measure with neither claims nor estimates.
    """
    if (claim is None) == (measure is None):
        raise ValueError("intervals() needs a claim or a measure, one of the two")
    side = of_claim(case, claim, as_of) if claim is not None else of_measure(case, str(measure), as_of)
    comparable = side.rows["relation"] != NOT_COMPARABLE
    near, aside = families(side.rows[comparable]), families(side.rows[~comparable])
    unseen = 0
    if compact:
        names = {family.name for family in [*near, *aside]}
        near = _voices(near, _MOST_COMPACT)
        heard = {family.name for family in near}
        aside = [family for family in aside if family.name not in heard]
        aside = _voices(aside, max(0, _MOST_COMPACT // 2 - len(near)))
        unseen = len(names) - len(near) - len(aside)
    else:
        near, aside = trimmed(near, aside)
    sections = {"beside": near, "not comparable": aside}
    data = plotted(sections)
    numeric = bool(data["best_low"].notna().any()) or any(band.has_number for band in side.bands)
    sheet = _Sheet(Canvas(), _scale(side, data), side, numeric)
    y = MARGIN + TITLE
    if not compact:
        y = sheet.heading(y, len(side.rows), side.rows["family"].nunique(), data)
    y = sheet.bands(y)
    if compact:
        y = sheet.voices(y, [*near, *aside], unseen)
    else:
        y = sheet.section(y, near)
        if aside:
            y = sheet.dividing_line(y)
            y = sheet.section(y, aside)
    y = sheet.finish_bands(y)
    return Chart(
        figure=sheet.canvas.finish(y),
        title=side.title,
        alt=_alt(side, sections, unseen),
        caption=_caption(side, data, sheet.scale, sections),
        data=data,
    )


def _voices(found: list[Family], most: int) -> list[Family]:
    """The first few families, each with its voice only; the rest of it counts as left out."""
    return [
        replace(family, rows=family.rows[:1], left_out=sum(len(row.statements) for row in family.rows[1:]))
        for family in found[:most]
    ]


def _scale(side: SideBySide, data: Any) -> Scale:
    named = [*data["best_low"], *data["best_high"]]
    ends = [*data["zone_low"], *data["zone_high"]]
    for band in side.bands:
        named += [band.best_low, band.best_high]
        ends += [band.low, band.high]
    return fit(named, ends, MARGIN + 6, WIDTH - MARGIN - 8)


@dataclass
class _Sheet:
    """The canvas with what every part of the picture needs."""

    canvas: Canvas
    scale: Scale
    side: SideBySide
    numeric: bool
    top: float = 0.0

    def heading(self, y: float, statements: int, families_found: int, data: Any) -> float:
        """Title, what is set beside what, and the shapes that are used below."""
        y = self.canvas.paragraph(MARGIN, y, self.side.title, size=TITLE, bold=True)
        said = counted(statements, "statement") + ", " + _count_families(families_found)
        text = f"beside {said}" if self.side.bands else said
        text = text if statements else "No source gives a figure for it"
        y = self.canvas.paragraph(MARGIN, y, text, "muted")
        y = marks.shape_key(self.canvas, y, dict.fromkeys(_shapes(data)))
        return y + 3

    def bands(self, y: float) -> float:
        """Each claim's label above a bracket over its true zone; then the axis."""
        for band in self.side.bands:
            label = f"the claim: {band.figure}"
            if band.letter:
                label = f"{band.letter}  {band.words}"
            wide = text_width(label, TEXT, bold=True)
            start = self.scale.at(band.low) if band.has_number else MARGIN
            x = max(MARGIN, min(start, WIDTH - MARGIN - wide))
            y = self.canvas.paragraph(x, y, label, bold=True, most=2)
            if not band.has_number:
                continue
            y -= LEADING - 6
            marks.zone_line(self.canvas, self.scale, y, band.low, band.high, "ink", width=2.0)
            y += TEXT + 6
        if not self.numeric:
            self.top = y - TEXT
            return y
        unit = unit_words(self.side.unit) + (", on a logarithmic scale" if self.scale.log else "")
        self.canvas.text(MARGIN, y, drawn(clipped(unit, 50)), "muted")
        y = marks.tick_labels(self.canvas, self.scale, y + LEADING, self.side.unit)
        self.top = y - 1
        return y + 12

    def finish_bands(self, y: float) -> float:
        """The bands behind all rows, now that their height is known, and the axis once more."""
        bottom = y - TEXT + 1
        for band in self.side.bands:
            if not band.has_number:
                continue
            start, stop = marks.band_ends(self.scale, band.low, band.high)
            share = 1.0 if len(self.side.bands) == 1 else 0.6
            marks.band(
                self.canvas, start, stop, self.top, bottom, fades=self.scale.above(band.high), alpha=share
            )
        return marks.tick_labels(self.canvas, self.scale, y + 2, self.side.unit) - 2 if self.numeric else y

    def section(self, y: float, found: list[Family]) -> float:
        for family in found:
            y = self.family(y, family)
        return y

    def family(self, y: float, family: Family) -> float:
        """The family's name and size, its voice, and its other wordings, indented and faded."""
        whose = "the claim’s" if len(self.side.bands) == 1 else "a claim’s"
        own = f" · {whose} own source" if family.own else ""
        size = f"{counted(family.pages, 'report')}, {counted(family.origins, 'origin')}{own}"
        y = self.canvas.paragraph(MARGIN, y, drawn(clipped(family.name, 80)), bold=True)
        y = self.canvas.paragraph(MARGIN, y, size, "muted")
        y += 3
        for number, row in enumerate(family.rows):
            y = self.row(y, row, faded=number > 0)
        if family.left_out:
            left = f"and {counted(family.left_out, 'more statement')} of this family, in the table"
            y = self.canvas.paragraph(MARGIN + _INDENT, y, left, "muted") + 2
        return y + 8

    def row(self, y: float, row: Row, *, faded: bool) -> float:
        """The relation in a word, the page's own words, who printed them, and the mark below."""
        shown = row.shown
        x = MARGIN + (_INDENT if faded else 0)
        y = self.said(y, x, shown, quoted(shown, self.side.unit), faded)
        pages = page_words(shown) if known(shown.publisher) else ""
        more = f"and {counted(row.pages - 1, 'more page')} that say{'s' if row.pages == 2 else ''} the same"
        under = " · ".join(part for part in (pages, more if row.pages > 1 else "") if part)
        if under:
            y = self.canvas.paragraph(x, y, under, "muted", most=3)
        if shown.relation == NOT_COMPARABLE and known(shown.reason):
            y = self.canvas.paragraph(x, y, drawn(clipped(shown.reason, 200)), "muted", most=4)
        return self.mark(y, shown, faded)

    def said(self, y: float, x: float, shown: Any, text: str, faded: bool) -> float:
        """The relation in bold, then the words; nothing in bold where no relation is known."""
        start = x
        if shown.bearing and shown.relation != NOT_COMPARABLE:
            role = role_of(shown.relation)
            start += self.canvas.text(x, y, shown.bearing, role, bold=True) + 6
            if start > WIDTH / 2:
                start, y = x, y + LEADING
        return self.canvas.paragraph(x, y, text, "muted" if faded else "ink", first=start, most=5)

    def mark(self, y: float, shown: Any, faded: bool) -> float:
        """The strip of a row: grid, the claim's numbers, the estimate's zone and numbers."""
        if not (known(shown.best_low) and known(shown.best_high)):
            return y + 2
        middle = y - TEXT + _STRIP / 2 - 1
        marks.strip(self.canvas, self.scale, middle, _STRIP, self.side.bands)
        marks.estimate(self.canvas, self.scale, middle, shown, faded=faded)
        return y + _STRIP + 6

    def voices(self, y: float, found: list[Family], unseen: int) -> float:
        """A card's rows: each family by its voice; those for which there is no room are counted."""
        for family in found:
            shown = family.rows[0].shown
            words = clipped(quoted(shown, self.side.unit), 90)
            if shown.relation == NOT_COMPARABLE:
                words += " – not comparable"
            y = self.said(y, MARGIN, shown, f"{drawn(clipped(family.name, 60))}: {words}", faded=False)
            y = self.mark(y, shown, faded=False)
        if unseen:
            y = self.canvas.paragraph(
                MARGIN, y, f"and {_count_families(unseen, 'more ')}, not drawn here", "muted"
            )
        if not found:
            y = self.canvas.paragraph(MARGIN, y, "No source gives a figure for it.", "muted")
        return y

    def dividing_line(self, y: float) -> float:
        self.canvas.line((MARGIN, WIDTH - MARGIN), (y - TEXT, y - TEXT), "muted", width=1)
        y = self.canvas.paragraph(MARGIN, y + 4, "Not comparable: shown, and not counted", bold=True)
        return y + 5


def _shapes(data: Any) -> Iterable[str]:
    return (
        "derived" if derived else str(tier)
        for tier, derived in zip(data["tier"], data["derived"], strict=True)
    )


def _count_families(count: int, more: str = "") -> str:
    return f"{count} {more}{'family' if count == 1 else 'families'} of origins"


def _alt(side: SideBySide, sections: dict[str, list[Family]], unseen: int) -> str:
    """What the picture shows, from the rows that draw it: counts, then each family's voice."""
    rows = [row for found in sections.values() for family in found for row in family.rows]
    bearings = [row.shown.bearing for row in rows]
    named = [*RELATIONS, *sorted(set(bearings) - set(RELATIONS) - {""})]
    counts = [f"{bearings.count(said)} {said}" for said in named if said in bearings]
    parts = [f"Interval plot of {_claims_said(side.bands)}, in {unit_words(side.unit)}."]
    if rows:
        parts.append(f"{counted(len(rows), 'row')} drawn{': ' if counts else ''}{joined(counts)}.")
    else:
        parts.append("No row drawn.")
    for family in sections["beside"]:
        shown = family.rows[0].shown
        bearing = f" ({shown.bearing})" if shown.bearing else ""
        parts.append(f"{drawn(family.name)}{bearing}: {quoted(shown, side.unit)}.")
    for family in sections["not comparable"]:
        shown = family.rows[0].shown
        reason = drawn(shown.reason).rstrip(".") or "no reason given"
        parts.append(f"{drawn(family.name)} (not comparable): {quoted(shown, side.unit)}; {reason}.")
    if unseen:
        parts.append(f"Not drawn: {_count_families(unseen)}.")
    return " ".join(parts)


def _claims_said(bands: Iterable[ClaimBand]) -> str:
    said = [f"{band.letter} {band.words} ({band.figure})".strip() for band in bands]
    if not said:
        return "a measure that no claim names"
    return ("the claim " if len(said) == 1 else "the claims ") + joined(said)


def _caption(side: SideBySide, data: Any, scale: Scale, sections: dict[str, list[Family]]) -> str:
    """What each line, arrow and shape is, of those that are there."""
    drawn_rows = data[data["best_low"].notna()]
    shaded = any(band.has_number for band in side.bands)
    if drawn_rows.empty:
        if not shaded:
            return "None of these words names a number; they are listed as the pages print them."
        return "Shaded: every value under which the claim’s words are true."
    parts = ["Shaded: every value under which the claim’s words are true."] if shaded else []
    parts.append("Mark: the number that the words name.")
    if (drawn_rows["best_low"] != drawn_rows["best_high"]).any():
        parts.append("Thick line: a range as stated.")
    whiskers = marks.whisker_words(set(drawn_rows["modifier"].astype(str)), bool(drawn_rows["derived"].any()))
    if whiskers:
        parts.append(f"Thin line: every value under which the words are true ({whiskers}).")
    closed = drawn_rows[drawn_rows["modifier"].isin(_CLOSED) & ~drawn_rows["derived"].astype(bool)]
    if (closed["zone_high"] == math.inf).any() or (
        (closed["zone_low"] == 0) & (closed["best_low"] > 0)
    ).any():
        parts.append("A count of another time is open on the side where the number may have moved since.")
    ends = [*drawn_rows["zone_high"], *(band.high for band in side.bands)]
    lows = [*drawn_rows["zone_low"], *(band.low for band in side.bands)]
    if any(map(math.isinf, ends)) or any(map(scale.above, ends)) or any(map(scale.below, lows)):
        parts.append("Arrow: it goes on past the picture.")
    if (drawn_rows["relation"] == NOT_COMPARABLE).any():
        parts.append("Hollow: not comparable with the claim.")
    if scale.zero is not None:
        parts.append("The scale is logarithmic; 0 stands apart at its edge.")
    elif scale.log:
        parts.append("The scale is logarithmic.")
    left = sum(family.left_out for found in sections.values() for family in found)
    if left:
        parts.append(f"{counted(left, 'statement')} more stand{'s' if left == 1 else ''} in the table.")
    if side.other_units:
        parts.append(f"Left out, in another unit: {joined(side.other_units)}.")
    return " ".join(parts)

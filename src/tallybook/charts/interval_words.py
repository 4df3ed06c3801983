"""The words of an interval picture, for both painters: alt text, and what each mark means."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tallybook.charts.wording import mark_words
from tallybook.estimates.nature import nature_of
from tallybook.prose import FRACTION, clipped, counted, listed, number, quoted, unit_words

if TYPE_CHECKING:
    from tallybook.charts.interval_rows import IntervalPicture, IntervalRow
    from tallybook.charts.scale import Scale


def axis_words(picture: IntervalPicture) -> str:
    """What the axis counts: "shells a month, on a logarithmic scale"."""
    return unit_words(picture.unit) + (", on a logarithmic scale" if picture.scale.log else "")


def not_drawn(picture: IntervalPicture) -> str:
    """How many figures have no row, of how many."""
    if not picture.left_out:
        return ""
    return f"{picture.left_out} of {counted(picture.figures, 'figure')} not drawn here."


def alt(picture: IntervalPicture) -> str:
    """What the picture shows, from the rows that draw it: who differs, counts, then each open row."""
    opened = [*picture.near[: picture.open_near], *picture.aside[: picture.open_aside]]
    parts = [f"Interval plot of {_claims(picture)}, in {unit_words(picture.unit)}.", picture.summary]
    parts += [f"{row.family} ({_how(row)}): {row.figure}." for row in opened]
    folded = len(picture.rows) - len(opened)
    parts += [f"And {counted(folded, 'more row')}."] * bool(folded)
    return " ".join([*parts, not_drawn(picture)]).strip()


def _how(row: IntervalRow) -> str:
    """The relation, and why it does not count; for what cannot be compared the reason."""
    said = [row.bearing, row.standing, "" if row.comparable else clipped(row.reason, 80)]
    return "; ".join(filter(None, said)) or "no claim beside it"


def _claims(picture: IntervalPicture) -> str:
    said = [f"{band.letter} {quoted(band.words, 120)} ({band.figure})".strip() for band in picture.bands]
    if not said:
        return "a measure that no claim names"
    return ("the claim " if len(said) == 1 else "the claims ") + listed(said)


def caption(picture: IntervalPicture) -> str:
    """What each line, arrow and mark is, of those that are there."""
    numeric = [row for row in picture.rows if row.core is not None]
    parts = []
    if picture.bands:
        parts.append(
            "Shaded: every value under which the claim’s words are true; dotted: the number that they name."
        )
    cores = [*(band.core for band in picture.bands), *(row.core for row in numeric)]
    if any(core is not None and core.low == core.high for core in cores):
        parts.append("Mark: the number that the words name.")
    if not numeric and picture.rows and not picture.bands:
        parts.append("None of these words names a number; they are listed as the pages print them.")
    bands = [(band.core, band.zone, None) for band in picture.bands]
    rows = [(row.core, row.zone, row.printed) for row in numeric]
    parts += mark_words(([*bands, *rows], picture.scale))
    if any(_has_bracket(row, picture.scale) for row in numeric):
        parts.append(
            "Open bracket and dots: a figure of another time, which does not say how far the number moved on "
            "that side."
        )
    if any(not row.counts and row.relation is not None for row in numeric):
        parts.append("Hollow: it confirms nothing, being the claim’s own side or not comparable.")
    if picture.tolerance:
        parts.append(f"Judged with a tolerance of {number(picture.tolerance, FRACTION)}, which is not drawn.")
    return " ".join(parts)


def _has_bracket(row: IntervalRow, scale: Scale) -> bool:
    """Whether an end that time opens lies on the scale; beyond it there is an arrow."""
    bottom, top = opens_further(row)
    zone = row.zone
    return zone is not None and (
        (bottom and not scale.below(zone.low)) or (top and not scale.above(zone.high))
    )


def opens_further(row: IntervalRow) -> tuple[bool, bool]:
    """(bottom, top) ends that time opens where the words do not."""
    if row.zone is None:
        return False, False
    lowest = nature_of(row.printed.measure).floor
    return row.opened[0] and row.zone.low > lowest, row.opened[1] and row.zone.high < math.inf

"""The words of a picture that are taken from records: figures, quotations, pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tallybook.estimates.nature import nature_of
from tallybook.prose import bounded, clipped, day, heading, in_its_own_time, interval, listed
from tallybook.prose import period as period_words
from tallybook.terms import CEILINGS, FLOORS, Modifier

if TYPE_CHECKING:
    from tallybook.book import Measure, Period
    from tallybook.charts.scale import Scale
    from tallybook.estimates.estimate import Estimate
    from tallybook.estimates.zones import Zones
    from tallybook.quantity import Interval, Quantity

    Drawn = tuple[Interval | None, Interval | None, Estimate | None]
    """The number named, where the words are true, and whose estimate it is; None for a claim's band."""

_LANGUAGES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "ru": "Russian", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip


def plain(text: str) -> str:
    """One line of text: no control or direction marks, runs of white space as one space."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") else c for c in text)
    return " ".join("".join(kept).split())


def figure_words(zones: Zones | None, quantity: Quantity | None, unit: str) -> str:
    """A figure in the unit of its measure: "about 15,000", "at least 532,000", "no number"; "under 3 months".

    ``quantity``: as the words bound it; None for one that was computed, which its zones bound.
    """
    if zones is None:
        return "no number"
    if quantity is not None:
        return in_its_own_time(quantity, unit) or bounded(quantity, interval(zones.core, unit))
    if zones.floor_only or zones.ceiling_only:
        return interval(zones.true, unit)
    certain = zones.core == zones.true or zones.contradictory
    return f"{'' if certain else 'about '}{interval(zones.core, unit)}"


def language_name(code: str | None) -> str:
    return _LANGUAGES.get(code or "", "another language")


def page_words(publisher: str, published: Period | None) -> str:
    """Publisher and date of a page: "Paper A, 13 Nov 2024"; "Paper B, November 2024" where no more is
    known."""
    if published is None:
        return f"{clipped(publisher, 60)}, no date"
    exact = published.start == published.end
    dated = day(published.end, short=True) if exact else period_words(published)
    return f"{clipped(publisher, 60)}, {dated}"


def heading_of(measure: Measure) -> str:
    """The first part of a measure's definition."""
    return heading(measure.definition)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def estimate_words(estimate: Estimate, zones: Zones | None) -> str:
    """The figure of an estimate, in the unit of its measure."""
    return figure_words(zones, _quantity(estimate), estimate.measure.unit)


def _quantity(estimate: Estimate) -> Quantity | None:
    """As its words bound it; None for one that was computed."""
    return None if estimate.derived or estimate.figure is None else estimate.figure.quantity


def mark_words(*panels: tuple[Iterable[Drawn], Scale]) -> list[str]:
    """What lines and arrows mean, of those that are there: what is drawn, and on which scale."""
    there = [
        (core, zone, estimate, scale)
        for drawn, scale in panels
        for core, zone, estimate in drawn
        if core is not None and zone is not None
    ]
    thin = [one for one in there if _line_is_seen(one[0], one[1], one[3])]
    estimates = [estimate for _, _, estimate, _ in thin if estimate is not None]
    parts = []
    if any(core.low < core.high for core, _, _, _ in there):
        parts.append("Thick: a range as stated.")
    modifiers = {q.modifier for estimate in estimates for q in [_quantity(estimate)] if q}
    floored = all(nature_of(estimate.measure).floor == 0 for estimate in estimates)
    causes = [
        cause for modifier in Modifier if modifier in modifiers for cause in _zone_cause(modifier, floored)
    ]
    causes += ["the bounds of a derived figure"] * any(estimate.derived for estimate in estimates)
    if thin:
        because = f" ({listed(causes)})" if causes else ""
        parts.append(f"Thin line: every value under which the words are true{because}.")
    if any(goes_on(scale, zone) for _, zone, _, scale in there):
        parts.append(ARROW)
    said = [words for _, scale in panels for words in _scale_words(scale)]
    return [*parts, *dict.fromkeys(said)]


ARROW = "Arrow: it goes on past the picture."


def goes_on(scale: Scale, zone: Interval) -> bool:
    """Whether an end of a zone lies beyond the scale, so that an arrow stands there."""
    return scale.above(zone.high) or scale.below(zone.low)


_SEEN = 0.0125
"""A line that goes no further than this part of the scale is hidden by its mark."""


def _line_is_seen(core: Interval, zone: Interval, scale: Scale) -> bool:
    """Whether the line of a zone reaches past the mark of the number named."""
    left, right = scale.at(core.low) - scale.at(zone.low), scale.at(zone.high) - scale.at(core.high)
    return max(abs(left), abs(right)) > _SEEN * abs(scale.stop - scale.start)


def _scale_words(scale: Scale) -> list[str]:
    parts = []
    if scale.crosses_zero:
        parts.append("Full line across a row: 0.")
    if scale.cut:
        parts.append("The scale does not begin at 0.")
    if scale.log:
        parts.append(f"The scale is logarithmic{'; 0 stands apart at its edge' if scale.zero else ''}.")
    return parts


def _zone_cause(modifier: Modifier, floored: bool) -> list[str]:
    """``floored``: nothing that is drawn can lie below zero."""
    if modifier is Modifier.EXACT:
        return ["rounding of a bare number"]
    if modifier in (Modifier.ABOUT, Modifier.NEARLY):
        return [f"the width of “{modifier.label}”"]
    if modifier in FLOORS:
        return [f"no upper end after “{modifier.label}”"]
    lower = "down to nothing" if floored else "no lower end"
    return [f"{lower} after “{modifier.label}”"] if modifier in CEILINGS else []

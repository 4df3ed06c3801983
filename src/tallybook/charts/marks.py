"""The parts of a picture on a scale: ticks, bands, zones with arrows, marks by tier."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from tallybook.charts.canvas import Canvas, text_width
from tallybook.charts.claims import NOT_COMPARABLE, ClaimBand
from tallybook.charts.labels import joined, number
from tallybook.charts.scale import Scale
from tallybook.charts.style import LEADING, MARGIN, MARKER_OF_TIER, TEXT, WIDTH, role_of

_LEAST_BAND = 4.0
_FADE = 26.0
_FADE_STEPS = 6
_TICK_GAP = 10.0

_WHISKERS = {
    "exact": "rounding of a bare number",
    "about": "the width of “about”",
    "nearly": "the width of “nearly”",
    "over": "no upper end after “over”",
    "at_least": "no upper end after “at least”",
    "under": "down to nothing after “under”",
    "at_most": "down to nothing after “at most”",
    "up_to": "down to nothing after “up to”",
}


def whisker_words(modifiers: set[str], derived: bool) -> str:
    """What the thin lines stand for, by the modifiers that are drawn."""
    said = [words for modifier, words in _WHISKERS.items() if modifier in modifiers]
    return joined([*said, "the bounds of a derived figure"] if derived else said) if said or derived else ""


def band_ends(scale: Scale, low: float, high: float) -> tuple[float, float]:
    """Where a zone starts and stops, never thinner than can be seen."""
    start, stop = sorted((scale.at(low), scale.at(high)))
    lacking = max(0.0, _LEAST_BAND - (stop - start)) / 2
    return start - lacking, stop + lacking


def band(
    canvas: Canvas, start: float, stop: float, top: float, bottom: float, *, fades: bool, alpha: float
) -> None:
    """A shaded band; one whose zone has no end fades out to the right."""
    fade = min(_FADE, (stop - start) / 2) if fades else 0.0
    canvas.box(start, top, stop - start - fade, bottom - top, "band", alpha=alpha)
    step = fade / _FADE_STEPS
    for number_ in range(_FADE_STEPS if fades else 0):
        share = alpha * (1 - (number_ + 1) / (_FADE_STEPS + 1))
        canvas.box(stop - fade + number_ * step, top, step, bottom - top, "band", alpha=round(share, 3))


def tick_labels(canvas: Canvas, scale: Scale, y: float, unit: str) -> float:
    """The numbers of a horizontal axis, those left out that would run into another."""
    taken: list[tuple[float, float]] = []
    for value in scale.ticks():
        label = number(value, unit)
        wide = text_width(label)
        left = min(max(MARGIN / 2, scale.at(value) - wide / 2), WIDTH - MARGIN / 2 - wide)
        if all(left > stop + _TICK_GAP or left + wide < start - _TICK_GAP for start, stop in taken):
            canvas.text(left, y, label, "muted")
            taken.append((left, left + wide))
    return y + LEADING - TEXT + 4


def kept_ticks(scale: Scale, unit: str, most: int) -> list[tuple[float, str]]:
    """Place and label of a vertical axis' ticks, those left out that would touch another."""
    kept: list[tuple[float, str]] = []
    for value in scale.ticks(most):
        place = scale.at(value)
        if all(abs(place - other) > LEADING + 2 for other, _ in kept):
            kept.append((place, number(value, unit)))
    return kept


def strip(canvas: Canvas, scale: Scale, middle: float, height: float, bands: Iterable[ClaimBand]) -> None:
    """The ground of one row: a base line, and where the claims' own numbers stand."""
    ends = (middle - height / 2, middle + height / 2)
    canvas.line((scale.start, scale.stop), (middle, middle), "grid", width=0.6, zorder=2)
    for claim in bands:
        if not claim.has_number:
            continue
        for value in dict.fromkeys((claim.best_low, claim.best_high)):
            x = scale.at(value)
            canvas.line((x, x), ends, "muted", width=0.9, dashes=(2, 2), zorder=2)


def zone_line(
    canvas: Canvas,
    scale: Scale,
    y: float,
    low: float,
    high: float,
    role: str,
    *,
    width: float,
    alpha: float = 1.0,
) -> None:
    """A zone as a line; an arrowhead where it goes on past the picture, a stop where it ends."""
    if math.isnan(low) or math.isnan(high):
        return
    start, stop = scale.at(low), scale.at(high)
    canvas.line((start, stop), (y, y), role, width=width, alpha=alpha)
    for x, goes_on, head in ((start, scale.below(low), "<"), (stop, scale.above(high), ">")):
        if goes_on:
            canvas.marker(x, y, head, role, size=5.5, alpha=alpha)
        elif stop - start > 1:
            canvas.line((x, x), (y - 3, y + 3), role, width=width, alpha=alpha)


def estimate(canvas: Canvas, scale: Scale, y: float, shown: Any, *, faded: bool) -> None:
    """One estimate: its true zone thin, a stated range thick, a mark at each number named."""
    role = role_of(shown.relation)
    hollow = shown.relation == NOT_COMPARABLE
    alpha = 0.65 if faded and not hollow else 1.0
    low, high = float(shown.best_low), float(shown.best_high)
    zone_line(canvas, scale, y, float(shown.zone_low), float(shown.zone_high), role, width=1.2, alpha=alpha)
    if low != high:
        canvas.line((scale.at(low), scale.at(high)), (y, y), role, width=3.2, alpha=alpha)
    shape = MARKER_OF_TIER.get("derived" if shown.derived else str(shown.tier), "o")
    for value in dict.fromkeys((low, high)):
        canvas.marker(scale.at(value), y, shape, role, size=5.0 if faded else 6.5, hollow=hollow, alpha=alpha)


def upright_zone(canvas: Canvas, scale: Scale, x: float, shown: Any, role: str) -> None:
    """An estimate's true zone as a vertical line, thick where a range is stated."""
    zone_low, zone_high = float(shown.zone_low), float(shown.zone_high)
    if not (math.isnan(zone_low) or math.isnan(zone_high)):
        bottom, top = scale.at(zone_low), scale.at(zone_high)
        canvas.line((x, x), (bottom, top), role, width=1.2)
        for y, goes_on, head in ((bottom, scale.below(zone_low), "v"), (top, scale.above(zone_high), "^")):
            if goes_on:
                canvas.marker(x, y, head, role, size=5)
    if shown.best_low != shown.best_high:
        canvas.line((x, x), (scale.at(shown.best_low), scale.at(shown.best_high)), role, width=3.2)


def shape_key(canvas: Canvas, y: float, tiers: Iterable[str]) -> float:
    """One line: each shape that is used, and its word."""
    wanted = set(tiers)
    x = MARGIN
    for tier, shape in MARKER_OF_TIER.items():
        if tier not in wanted:
            continue
        canvas.marker(x + 3, y - 3.3, shape, "muted", size=6)
        x += 10 + canvas.text(x + 10, y, tier if tier == "derived" else f"{tier} source", "muted") + 10
    return y + (LEADING if x > MARGIN else 0)

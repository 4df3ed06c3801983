"""The small drawing in a row of a table: SVG without a view box, laid out in per cent of the cell.

One drawing serves every width, and its strokes and letters keep their size. What it shows stands in words in
the cells beside it, so that it is hidden from readers who hear the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from tallybook.prose import number

if TYPE_CHECKING:
    from tallybook.charts.scale import Placed, Scale
    from tallybook.quantity import Interval

EDGES = (2.0, 97.0)
"""Where the scale starts and stops in a drawing, in per cent of its width."""

_LEAST_BAND = 0.8
_LETTER = 2.6
"""Room for one letter of an axis in per cent of the narrowest drawing (7.5 of 288 pixels)."""

_STOP, _ARROW_LEFT, _ARROW_RIGHT = "M0-5V5", "M6-4 0 0 6 4", "M-6-4 0 0-6 4"
_BRACKET_LEFT, _BRACKET_RIGHT = "M-5-5H0V5H-5", "M5-5H0V5H5"

Ticks = list[tuple[float, str]]
"""Place in per cent, and label."""


def axis_drawing(ticks: Ticks) -> Markup:
    """The labels of a scale."""
    labels = [
        Markup('<text x="{}" y="14"{}>{}</text>').format(
            per_cent(place), Markup(' class="first"') if place < 5 else "", label
        )
        for place, label in ticks
    ]
    return Markup('<svg aria-hidden="true">{}</svg>').format(joined(labels))


def ticks_of(scale: Scale, label: Callable[[float], str], room: int = 1) -> Ticks:
    """The ticks of a scale that fit into the narrowest drawing, or one of ``room`` beside each other.

    Of an even scale as many as stand apart, or else the fewest of which two do, since one tells no size; of a
    logarithmic one the more important.
    """
    several = [fitting(scale, scale.ticks(most), label, room) for most in (5, 4, 3, 2)]
    if scale.log:
        return several[0][0]
    whole = (ticks for ticks, missing in several if not missing)
    two = (ticks for ticks, _ in reversed(several) if len(ticks) > 1)
    return next(whole, next(two, several[-1][0]))


def fitting(
    scale: Scale, values: Sequence[float], label: Callable[[float], str], room: int = 1
) -> tuple[Ticks, int]:
    """The ticks that do not run into one before them, and how many are missing."""
    kept: list[tuple[float, float, float, str]] = []
    for value in values:
        place, said = scale.at(value), label(value)
        half = (len(said) + 1.5) * _LETTER * room / 2
        start, stop = (place, place + 2 * half) if place < 5 else (place - half, place + half)
        if stop <= 104 and all(stop <= left or start >= right for left, right, _, _ in kept):
            kept.append((start, stop, place, said))
    return [(place, said) for _, _, place, said in sorted(kept)], len(values) - len(kept)


def number_ticks(scale: Scale, unit: str, room: int = 1) -> Ticks:
    return ticks_of(scale, lambda value: number(value, unit), room)


def track(scale: Scale, ticks: Ticks, bands: Iterable[Placed], marks: Markup, look: str) -> Markup:
    """The drawing of one row: the ticks, the claims' bands and numbers, and the row's own ``marks``.

    ``look``: the classes that colour the marks.
    """
    ground = [Markup('<line class="g" x1="{0}" x2="{0}" y2="100%"/>').format(per_cent(at)) for at, _ in ticks]
    if scale.crosses_zero:
        ground.append(Markup('<line class="z" x1="{0}" x2="{0}" y2="100%"/>').format(per_cent(scale.at(0))))
    for band in bands:
        ground += _band(scale, band)
    own = Markup('<g class="{}">{}</g>').format(look, marks) if marks else ""
    return Markup('<svg aria-hidden="true">{}{}</svg>').format(joined(ground), own)


def _band(scale: Scale, band: Placed) -> list[Markup]:
    """Where a claim is true, and the numbers that it names."""
    if band.zone is None or band.core is None:
        return []
    start = 0.0 if scale.below(band.zone.low) else scale.at(band.zone.low)
    stop = 100.0 if scale.above(band.zone.high) else scale.at(band.zone.high)
    lacking = max(0.0, _LEAST_BAND - (stop - start)) / 2
    box = Markup('<rect class="b" x="{}" width="{}" height="100%"/>')
    line = Markup('<line class="n" x1="{0}" x2="{0}" y2="100%"/>')
    named = dict.fromkeys((band.core.low, band.core.high))
    return [
        box.format(per_cent(start - lacking), per_cent(stop - start + 2 * lacking)),
        *(line.format(per_cent(scale.at(value))) for value in named),
    ]


def zone_marks(
    scale: Scale, core: Interval | None, zone: Interval, opened: tuple[bool, bool] = (False, False)
) -> Markup:
    """The zone as a line with its ends, and a dot or a bar for what the words name, if anything.

    An end of the words has a stop, one beyond the scale an arrow; one that time opens (``opened``: bottom,
    top) an open bracket with dots.
    """
    start, stop = scale.at(zone.low), scale.at(zone.high)
    parts = [_line(start, stop)] if stop > start else []
    ends = (
        (start, scale.below(zone.low), opened[0], _ARROW_LEFT, _BRACKET_LEFT, scale.start),
        (stop, scale.above(zone.high), opened[1], _ARROW_RIGHT, _BRACKET_RIGHT, scale.stop),
    )
    for place, goes_on, by_time, arrow, bracket, edge in ends:
        if by_time and not goes_on:
            parts += [_line(place, edge, kind="d"), _sign(place, bracket)]
        elif goes_on or stop - start > 1:
            parts.append(_sign(place, arrow if goes_on else _STOP))
    if core is None:
        return joined(parts)
    left, right = scale.at(core.low), scale.at(core.high)
    if core.low < core.high:
        bar = Markup('<rect class="r" x="{}" y="50%" width="{}" height="9"/>')
        parts.append(bar.format(per_cent(left), per_cent(max(right - left, 0.5))))
    else:
        parts.append(Markup('<circle cx="{}" cy="50%" r="4.5"/>').format(per_cent(left)))
    return joined(parts)


def _line(start: float, stop: float, kind: str = "") -> Markup:
    return Markup('<line{} x1="{}" x2="{}" y1="50%" y2="50%"/>').format(
        Markup(' class="{}"').format(kind) if kind else "", per_cent(start), per_cent(stop)
    )


def _sign(place: float, path: str) -> Markup:
    return Markup('<svg x="{}" y="50%"><path d="{}"/></svg>').format(per_cent(place), path)


def per_cent(place: float) -> str:
    return f"{place:.2f}".rstrip("0").rstrip(".") + "%"


def joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)

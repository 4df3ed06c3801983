"""The parts of a drawn picture on a scale: ticks, bands, zones with arrows, marks by tier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tallybook.charts.canvas import Canvas, text_width
from tallybook.charts.scale import Scale
from tallybook.charts.style import DERIVED, LEADING, MARGIN, MARKER_OF_TIER, TEXT, WIDTH
from tallybook.prose import number
from tallybook.quantity import Interval
from tallybook.terms import Tier

if TYPE_CHECKING:
    from tallybook.estimates.estimate import Estimate

_LEAST_BAND = 4.0
_TICK_GAP = 10.0


def shape_of(estimate: Estimate) -> str:
    """What decides the shape of its mark: the tier of its page, or that it is derived."""
    return DERIVED if estimate.derived else estimate.source.kind


def band_ends(scale: Scale, zone: Interval) -> tuple[float, float]:
    """Where a zone starts and stops, never thinner than can be seen."""
    start, stop = sorted((scale.at(zone.low), scale.at(zone.high)))
    lacking = max(0.0, _LEAST_BAND - (stop - start)) / 2
    return start - lacking, stop + lacking


def band(
    canvas: Canvas, scale: Scale, zone: Interval, top: float, bottom: float, *, alpha: float = 1.0
) -> None:
    """A zone as a shaded band behind the rows."""
    start, stop = band_ends(scale, zone)
    canvas.box(start, top, stop - start, bottom - top, "band", alpha=alpha)


def tick_labels(canvas: Canvas, scale: Scale, y: float, unit: str) -> float:
    """The numbers of a horizontal axis, those left out that would run into another."""
    labels = {value: number(value, unit) for value in scale.ticks()}
    return spaced_labels(canvas, scale, y, labels) - TEXT + 4


def spaced_labels(
    canvas: Canvas,
    scale: Scale,
    y: float,
    labels: dict[float, str],
    bold: float = -1,
    taken: list[tuple[float, float]] | None = None,
) -> float:
    """Labels centred on their values, the first ones first; ``bold``: the value whose label is; ``taken``:
    what stands on the line already, to which they are added."""
    taken = [] if taken is None else taken
    for value, label in labels.items():
        wide = text_width(label, TEXT, value == bold)
        left = min(max(MARGIN / 2, scale.at(value) - wide / 2), WIDTH - MARGIN / 2 - wide)
        if all(left > stop + _TICK_GAP or left + wide < start - _TICK_GAP for start, stop in taken):
            canvas.text(left, y, label, "ink" if value == bold else "muted", bold=value == bold)
            taken.append((left, left + wide))
    return y + LEADING


def strip(canvas: Canvas, scale: Scale, y: float, height: float, cores: Iterable[Interval]) -> None:
    """The ground of one row: a base line, and where the numbers that a band names stand."""
    canvas.line((scale.start, scale.stop), (y, y), "grid", width=0.6, zorder=2)
    if scale.crosses_zero:
        zero = scale.at(0)
        canvas.line((zero, zero), (y - height / 2, y + height / 2), "muted", width=1.2, zorder=2)
    for value in dict.fromkeys(value for core in cores for value in (core.low, core.high)):
        x = scale.at(value)
        ends = (y - height / 2, y + height / 2)
        canvas.line((x, x), ends, "muted", width=0.9, dashes=(2, 2), zorder=2)


def zone_line(
    canvas: Canvas,
    scale: Scale,
    y: float,
    zone: Interval,
    role: str,
    *,
    width: float = 1.2,
    alpha: float = 1.0,
    opened: tuple[bool, bool] = (False, False),
) -> None:
    """A zone as a line: a stop where it ends, an arrowhead where it goes on past the picture, and an open
    bracket with dots where time opens it (``opened``: bottom, top)."""
    start, stop = scale.at(zone.low), scale.at(zone.high)
    canvas.line((start, stop), (y, y), role, width=width, alpha=alpha)
    ends = (
        (start, scale.below(zone.low), opened[0], "<", -1, scale.start),
        (stop, scale.above(zone.high), opened[1], ">", 1, scale.stop),
    )
    for x, goes_on, by_time, head, way, edge in ends:
        if goes_on:
            canvas.marker(x, y, head, role, size=5.5, alpha=alpha)
        elif by_time:
            canvas.line((x + 3 * way, x, x, x + 3 * way), (y - 4, y - 4, y + 4, y + 4), role, width=width)
            canvas.line((x, edge), (y, y), role, width=width, dashes=(1, 2.5), alpha=alpha)
        elif stop - start > 1:
            canvas.line((x, x), (y - 3, y + 3), role, width=width, alpha=alpha)


def core_marks(
    canvas: Canvas, scale: Scale, y: float, core: Interval, shape: str, role: str,
    *, size: float = 6.5, hollow: bool = False, alpha: float = 1.0,
) -> None:  # fmt: skip
    """A mark at each number named, a thick line between the ends of a range."""
    if core.low < core.high:
        canvas.line((scale.at(core.low), scale.at(core.high)), (y, y), role, width=3.2, alpha=alpha)
    for value in dict.fromkeys((core.low, core.high)):
        canvas.marker(
            scale.at(value), y, MARKER_OF_TIER.get(shape, shape), role, size=size, hollow=hollow, alpha=alpha
        )


def shape_key(canvas: Canvas, y: float, shapes: Iterable[str]) -> float:
    """One line: each shape that is used, and its word."""
    wanted = set(shapes)
    x = MARGIN
    for shape, marker in MARKER_OF_TIER.items():
        if shape not in wanted:
            continue
        canvas.marker(x + 3, y - 3.3, marker, "muted", size=6)
        label = shape if shape == DERIVED else Tier(shape).label
        x += 20 + canvas.text(x + 10, y, label, "muted")
    return y + (LEADING if x > MARGIN else 0)

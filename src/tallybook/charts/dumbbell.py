"""The dumbbell plot: every claim against the best figures of the other origins, as ratios to its number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from tallybook.charts import marks
from tallybook.charts.canvas import Canvas, text_width
from tallybook.charts.chart import Chart
from tallybook.charts.labels import (
    clipped,
    counted,
    drawn,
    figure_words,
    in_quotes,
    joined,
    known,
    number,
    row_figure,
    unit_words,
)
from tallybook.charts.rows import completed
from tallybook.charts.scale import Scale
from tallybook.charts.style import (
    LEADING,
    MARGIN,
    MARKER_OF_TIER,
    RELATIONS,
    TEXT,
    TITLE,
    WIDTH,
    role_of,
)

if TYPE_CHECKING:
    from tallybook.tables.case import Case

_TITLE = "The claims against the figures of others"
_STRIP = 15.0
_REACH = (2.4, 1000.0)
"""The axis spans this many times the claim's number each way: at least, at most."""

_ZONE_REACH = 1.6
"""A zone may stretch the axis to this multiple of the farthest figure; beyond, an arrow."""

_TICKS = {
    1000.0: "1,000 times", 100.0: "100 times", 10.0: "10 times", 5.0: "5 times", 3.0: "3 times",
    2.0: "double", 1.0: "the claim", 0.5: "half", 1 / 3: "a third", 0.2: "a fifth", 0.1: "a tenth",
    0.01: "a hundredth", 0.001: "a thousandth",
}  # fmt: skip
_TICK_ORDER = (1.0, 2.0, 0.5, 10.0, 0.1, 100.0, 0.01, 1000.0, 0.001, 3.0, 1 / 3, 5.0, 0.2)


def dumbbell(case: Case, *, as_of: str = "today") -> Chart:
    """Draws each family's voice as a multiple of the number that the claim names.

    Rows: one a family whose voice passes the gate and names a number, under the claim that it
    bears on; the axis is logarithmic and centred on 1, the claim's number (of a range: the
    geometric middle of its ends). ``data`` has the ratios: ratio_low, ratio_high (of the number
    named), ratio_zone_low, ratio_zone_high, and those of the claim. ``as_of``: "today", or
    "written". ValueError: no claim has a comparable voice.
    """
    data = _ratios(case, as_of)
    if data.empty:
        raise ValueError(f"case '{case.id}' has no claim with a comparable figure beside it: nothing to draw")
    silent = _silent(case.figures(), data)
    sheet = _Sheet(Canvas(), _scale(data))
    y = sheet.heading(data)
    for _, block in data.groupby("claim", sort=False):
        y = sheet.claim(y, block)
    y = sheet.ticks(y + 2) + 6
    if silent:
        y = sheet.nothing_comparable(y, silent)
    return Chart(
        figure=sheet.canvas.finish(y),
        title=_TITLE,
        alt=_alt(data, silent),
        caption=_caption(data, sheet.scale),
        data=data,
    )


def _ratios(case: Case, as_of: str) -> pd.DataFrame:
    """A row a voice, claims in the article's order, the claim's own family first."""
    compared = case.compare(as_of)
    rows = compared[compared["voice"].astype(bool) & (compared["incomparable"].fillna("") == "")]
    rows = completed(rows, case.estimates())
    centre = [
        _centre(low, high) for low, high in zip(rows["claim_best_low"], rows["claim_best_high"], strict=True)
    ]
    rows = rows.assign(centre=pd.Series(centre, index=rows.index, dtype=float))
    rows = rows[rows["centre"].notna() & rows["best_low"].notna() & rows["best_high"].notna()]
    for name, column in _RATIOS.items():
        rows[name] = rows[column].astype(float) / rows["centre"]
    witness = rows["independent"].astype(bool) & ~rows["own"].astype(bool) & ~rows["echo"].astype(bool)
    rows = rows.assign(counts=witness)
    order = {claim: place for place, claim in enumerate(case.figures()["claim"])}
    rank = {relation: place for place, relation in enumerate(RELATIONS)}
    rows = rows.assign(
        _claim=rows["claim"].map(order), _other=~rows["own"].astype(bool), _rank=rows["relation"].map(rank)
    )
    rows = rows.sort_values(["_claim", "_other", "_rank", "ratio_high", "family_name"], kind="stable")
    return rows[[*_SHOWN, *_RATIOS]].reset_index(drop=True)


_RATIOS = {
    "ratio_low": "best_low", "ratio_high": "best_high",
    "ratio_zone_low": "zone_low", "ratio_zone_high": "zone_high",
    "claim_ratio_low": "claim_low", "claim_ratio_high": "claim_high",
    "claim_ratio_best_low": "claim_best_low", "claim_ratio_best_high": "claim_best_high",
}  # fmt: skip
_SHOWN = (
    "claim", "claim_words", "centre", "family_name", "own", "counts", "estimate", "words", "tier", "derived",
    "relation", "modifier", "best_low", "best_high", "zone_low", "zone_high", "claim_low", "claim_high",
    "claim_best_low", "claim_best_high", "unit", "reason",
)  # fmt: skip


def _aside(row: Any) -> str:
    """Why a voice is none that could confirm the claim; empty for one that could."""
    return "own word" if row.own else "" if row.counts else "counts for nobody"


def _centre(low: float, high: float) -> float:
    """The number that stands at 1: of a range the geometric middle; NaN where nothing can be divided by."""
    if not (known(low) and known(high)) or high <= 0 or math.isinf(high):
        return math.nan
    return math.sqrt(low) * math.sqrt(high) if low > 0 else high


def _silent(figures: pd.DataFrame, data: pd.DataFrame) -> list[tuple[str, str]]:
    """Words of each claim that is not drawn, and why."""
    there = set(data["claim"])
    return [
        (
            in_quotes(row.words),
            "nothing comparable" + (", and a ratio to 0 is none" if row.low == 0 == row.high else ""),
        )
        for row in figures.itertuples(index=False)
        if row.claim not in there
    ]


def _scale(data: pd.DataFrame) -> Scale:
    """As far below 1 as above it; 0 apart at the left edge where a figure is 0."""
    named = pd.concat([data["ratio_low"], data["ratio_high"], data["claim_ratio_best_high"]])
    ends = pd.concat([data[name] for name in _RATIOS if "zone" in name or name.startswith("claim")])
    reach = max((_times(value) for value in named), default=1.0)
    reach = max([reach, *(times for times in map(_times, ends) if times <= reach * _ZONE_REACH)])
    reach = min(max(reach * 1.15, _REACH[0]), _REACH[1])
    zero = MARGIN + 6 if (named <= 0).any() else None
    return Scale(1 / reach, reach, MARGIN + 6, WIDTH - MARGIN - 8, log=True, zero=zero)


def _times(ratio: float) -> float:
    """How many times apart from 1, either way; 1 for what has no place on a logarithmic axis."""
    return max(ratio, 1 / ratio) if math.isfinite(ratio) and ratio > 0 else 1.0


@dataclass
class _Sheet:
    """The canvas and the scale of ratios."""

    canvas: Canvas
    scale: Scale

    def heading(self, data: pd.DataFrame) -> float:
        y = self.canvas.paragraph(MARGIN, MARGIN + TITLE, _TITLE, size=TITLE, bold=True)
        said = "each figure as a multiple of the number that the claim names, on a logarithmic scale"
        y = self.canvas.paragraph(MARGIN, y, said, "muted")
        y = marks.shape_key(self.canvas, y, dict.fromkeys(_shape(row) for row in data.itertuples()))
        return self.ticks(y + 4) + 9

    def ticks(self, y: float) -> float:
        """The numbers of the axis in words, those left out that would run into another."""
        taken: list[tuple[float, float]] = []
        for value in [*_TICK_ORDER, *([0.0] if self.scale.zero is not None else [])]:
            if value and not self.scale.low <= value <= self.scale.high:
                continue
            label = _TICKS[value] if value else "0"
            wide = text_width(label, TEXT, value == 1)
            place = self.scale.at(value)
            left = min(max(MARGIN / 2, place - wide / 2), WIDTH - MARGIN / 2 - wide)
            if all(left > stop + 8 or left + wide < start - 8 for start, stop in taken):
                self.canvas.text(left, y, label, "ink" if value == 1 else "muted", bold=value == 1)
                taken.append((left, left + wide))
        return y + LEADING

    def claim(self, y: float, block: pd.DataFrame) -> float:
        """A claim's words, what its number is, and its rows before the band of its true zone."""
        first = block.iloc[0]
        self.canvas.line((MARGIN, WIDTH - MARGIN), (y - TEXT - 3, y - TEXT - 3), "grid", width=0.8)
        y = self.canvas.paragraph(MARGIN, y + 2, in_quotes(first["claim_words"]), bold=True)
        y = self.canvas.paragraph(MARGIN, y, f"the claim = {_named(first)}", "muted")
        top = y - TEXT
        y += 4
        for row in block.itertuples(index=False):
            y = self.voice(y, row)
        bottom = y - TEXT
        low, high = float(first["claim_ratio_low"]), float(first["claim_ratio_high"])
        if not (math.isnan(low) or math.isnan(high)):
            start, stop = marks.band_ends(self.scale, low, high)
            marks.band(self.canvas, start, stop, top, bottom, fades=self.scale.above(high), alpha=1.0)
        return bottom + TEXT + 12

    def voice(self, y: float, row: Any) -> float:
        """The relation in a word, whose figure it is, and below them its mark with its number."""
        start = MARGIN
        start += self.canvas.text(start, y, row.relation, role_of(row.relation), bold=True) + 6
        aside = _aside(row)
        if aside:
            start += self.canvas.text(start, y, aside, "muted") + 6
        name = drawn(clipped(row.family_name, 80))
        y = self.canvas.paragraph(MARGIN, y, name, "muted" if aside else "ink", first=start, most=3)
        return self.mark(y, row)

    def mark(self, y: float, row: Any) -> float:
        """The figure: its way from the claim pale, its true zone thin, a stated range thick."""
        canvas, scale, role = self.canvas, self.scale, role_of(row.relation)
        alpha = 1.0 if row.counts else 0.65
        ends = (float(row.ratio_low), float(row.ratio_high))
        label = _label(row)
        room = self.beside(row, text_width(label))
        y += 2
        if room is None:
            y += 1.5
            wide = text_width(label)
            place = (scale.at(ends[0]) + scale.at(ends[1]) - wide) / 2
            if wide <= WIDTH - 2 * MARGIN:
                canvas.text(min(max(MARGIN, place), WIDTH - MARGIN - wide), y, label)
                y += LEADING + 1
            else:
                y = canvas.paragraph(MARGIN, y, label) + 1
        middle = y - TEXT + _STRIP / 2 - 2
        if room is not None:
            canvas.text(room, middle + 3.4, label)
        self.ground(middle, row)
        nearest = min(ends, key=_times)
        if nearest > 0:
            left, right = sorted((scale.at(1.0), scale.at(nearest)))
            canvas.box(left, middle - 2.6, right - left, 5.2, role, alpha=0.22, zorder=2.5)
        marks.zone_line(
            canvas, scale, middle, float(row.ratio_zone_low), float(row.ratio_zone_high), role,
            width=1.2, alpha=alpha,
        )  # fmt: skip
        if ends[0] != ends[1]:
            canvas.line(
                (scale.at(ends[0]), scale.at(ends[1])), (middle, middle), role, width=3.2, alpha=alpha
            )
        for value in dict.fromkeys(ends):
            shape = MARKER_OF_TIER.get(_shape(row), "o")
            size = 6.5 if row.counts else 5.0
            canvas.marker(scale.at(value), middle, shape, role, size=size, alpha=alpha)
        return y + _STRIP + 5

    def beside(self, row: Any, wide: float) -> float | None:
        """Where a label of this width starts, right or left of all that a row draws; None: no room."""
        ends = [row.ratio_low, row.ratio_high, row.ratio_zone_low, row.ratio_zone_high]
        places = [self.scale.at(float(value)) for value in ends if known(value)]
        places += [
            self.scale.at(1.0),
            self.scale.at(float(row.claim_ratio_best_low)),
            self.scale.at(float(row.claim_ratio_best_high)),
        ]
        right, left = max(places) + 8, min(places) - 8 - wide
        # A mark on one side of the claim with its number on the other would be a riddle.
        if right <= WIDTH - MARGIN - wide and row.ratio_high >= 1:
            return right
        return left if left >= MARGIN and row.ratio_low <= 1 else None

    def ground(self, middle: float, row: Any) -> None:
        """The base line of a row with its ticks, and where the claim's own numbers stand."""
        canvas, scale = self.canvas, self.scale
        canvas.line((scale.start, scale.stop), (middle, middle), "grid", width=0.6, zorder=2)
        for value in (0.5, 2.0):
            canvas.line((scale.at(value),) * 2, (middle - 3, middle + 3), "grid", width=0.9, zorder=2)
        for value in dict.fromkeys((float(row.claim_ratio_best_low), float(row.claim_ratio_best_high))):
            ends = (middle - _STRIP / 2, middle + _STRIP / 2)
            canvas.line((scale.at(value),) * 2, ends, "muted", width=0.9, dashes=(2, 2), zorder=2)

    def nothing_comparable(self, y: float, silent: list[tuple[str, str]]) -> float:
        self.canvas.line((MARGIN, WIDTH - MARGIN), (y - TEXT, y - TEXT), "muted", width=1)
        y += 5
        for words, why in silent:
            y = self.canvas.paragraph(MARGIN, y, words, bold=True)
            y = self.canvas.paragraph(MARGIN, y, why, "aside") + 4
        return y


def _shape(row: Any) -> str:
    return "derived" if row.derived else str(row.tier)


def _named(row: Any) -> str:
    """The number that stands at 1: "10,000 soldiers"; of a range, the middle of what is named."""
    unit = str(row["unit"])
    low, high = float(row["claim_best_low"]), float(row["claim_best_high"])
    counted_in = "" if unit == "fraction" else f" {drawn(clipped(unit_words(unit), 40))}"
    if low == high:
        return number(low, unit) + counted_in
    middle = float(f"{row['centre']:.3g}")
    between = figure_words(low, high, "range", unit)
    return f"{number(middle, unit)}{counted_in}, the middle of {between}"


def _label(row: Any) -> str:
    return f"{row_figure(row, str(row.unit))} · {_ratio_words(float(row.ratio_low), float(row.ratio_high))}"


def _ratio_words(low: float, high: float) -> str:
    """1.2 times · 0.81 to 1.3 times · the same number"""
    first, last = (number(float(f"{ratio:.2g}")) for ratio in (low, high))
    if low != high:
        return f"{first} times" if first == last else f"{first} to {last} times"
    if low == 0:
        return "none"
    if first == "1":
        return "the same number" if math.isclose(low, 1, rel_tol=1e-6) else "nearly the same number"
    return f"{first} times"


def _alt(data: pd.DataFrame, silent: list[tuple[str, str]]) -> str:
    """Claim by claim: each voice with its relation, its figure and its ratio."""
    parts = [
        f"Dumbbell plot of {counted(data['claim'].nunique(), 'claim')} against "
        f"{counted(len(data), 'voice')}, as multiples of the number that the claim names."
    ]
    for _, block in data.groupby("claim", sort=False):
        first = block.iloc[0]
        said = (
            f"{drawn(row.family_name)} ({', '.join(filter(None, (row.relation, _aside(row))))}): "
            f"{_label(row)}"
            for row in block.itertuples(index=False)
        )
        parts.append(f"{in_quotes(first['claim_words'])}, {_named(first)} – {'; '.join(said)}.")
    if silent:
        parts.append(f"Nothing comparable: {joined(words for words, _ in silent)}.")
    return " ".join(parts)


def _caption(data: pd.DataFrame, scale: Scale) -> str:
    """What each line, band and shape is, of those that are there."""
    parts = [
        "Shaded: every value under which the claim’s words are true. Dashed: the number that they name.",
        "Mark: the best figure of a family of origins; pale bar: its way from the claim.",
    ]
    if (data["claim_best_low"] != data["claim_best_high"]).any():
        parts.append("Of a claim that names a range, 1 is the geometric middle of its two ends.")
    if (data["best_low"] != data["best_high"]).any():
        parts.append("Thick line: a range as stated.")
    whiskers = marks.whisker_words(set(data["modifier"].astype(str)), bool(data["derived"].any()))
    if whiskers:
        parts.append(f"Thin line: every value under which the words are true ({whiskers}).")
    ends = pd.concat([data["ratio_zone_high"], data["claim_ratio_high"]])
    lows = data["ratio_zone_low"]
    if any(map(scale.above, ends)) or any(map(scale.below, lows)):
        parts.append("Arrow: it goes on past the picture.")
    if data["own"].any():
        parts.append("Own word, faded: the claim’s own source, which confirms nothing.")
    if (~data["own"] & ~data["counts"]).any():
        parts.append("Counts for nobody, faded: its origin is not known, or it is made from the claim’s own.")
    if (data["relation"] == "compatible").any():
        parts.append("Compatible: could both be true, and counts for nobody.")
    if scale.zero is not None:
        parts.append("0 stands apart at the edge of the logarithmic scale.")
    return " ".join(parts)

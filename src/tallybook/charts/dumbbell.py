"""The dumbbell plot: every claim against the best figures of the other origins, as ratios to its number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from tallybook.charts import marks
from tallybook.charts.canvas import Canvas
from tallybook.charts.chart import Chart
from tallybook.charts.empty import empty_chart
from tallybook.charts.interval_rows import ClaimBand, IntervalRow, bands_of, voices_of
from tallybook.charts.row_drawing import EDGES, fitting, track, zone_marks
from tallybook.charts.rows_table import axis_row, drawn_row, figure, foreign, section, table, text
from tallybook.charts.scale import Scale
from tallybook.charts.style import MARGIN, TEXT, TITLE, WIDTH, role_of
from tallybook.charts.wording import capital, mark_words
from tallybook.estimates.nature import Nature, nature_of
from tallybook.prose import (
    FRACTION,
    clipped,
    counted,
    digits,
    interval,
    listed,
    number,
    number_in_its_own_time,
    quoted,
    unit_words,
)
from tallybook.quantity import Interval, Quantity
from tallybook.terms import Relation

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from tallybook.charts.row_drawing import Ticks
    from tallybook.estimates.claim_terms import ClaimTerms
    from tallybook.tables.case import Case

_TITLE = "The claims against the figures of others"
_STRIP = 15.0
_REACH = (2.4, 1000.0)
"""The axis spans this many times the claim's number each way: at least, at most."""

_ZONE_REACH = 1.6
"""A zone may stretch the axis to this multiple of the farthest figure; beyond, an arrow."""

_NOTHING = "nothing comparable"

_TICKS = {
    1.0: "the claim", 2.0: "double", 0.5: "half", 10.0: "10 times", 0.1: "a tenth", 100.0: "100 times",
    0.01: "a hundredth", 1000.0: "1,000 times", 0.001: "a thousandth", 3.0: "3 times", 1 / 3: "a third",
    5.0: "5 times", 0.2: "a fifth",
}  # fmt: skip
"""The more important first."""


@dataclass(frozen=True)
class _Voice:
    """A family's figure as a multiple of the claim's number."""

    row: IntervalRow
    core: Interval
    zone: Interval

    @property
    def label(self) -> str:
        return f"{self.row.figure} · {_ratio_words(self.core)}"


@dataclass(frozen=True)
class _Block:
    """One claim and the voices beside it. ``one``: the number that is 1; of a range the geometric middle."""

    band: ClaimBand
    one: float
    named: str
    core: Interval
    zone: Interval
    voices: tuple[_Voice, ...]


def dumbbell(case: Case, *, as_of: str = "today") -> Chart:
    """Draws each family's voice as a multiple of the number that the claim names.

    Rows: one a family whose voice can be compared and names a number, under the claim that it
    bears on; claims of a level or a change have no multiples and are named below, with the reason.
    The axis is logarithmic and centred on 1, the claim's number (of a range: the geometric middle of
    its ends). ``data`` has the ratios. ``as_of``: "today", or "written".
    Says so where no claim has a comparable voice.
    """
    comparison = case.comparison(as_of)
    blocks, silent = [], []
    for claim, terms in comparison.claims.items():
        band = bands_of(comparison, [claim])[0]
        voices = [
            pair for pair in comparison.pairs[claim] if pair.voice and pair.comparability.failed is None
        ]
        rows = [row for row in voices_of(comparison, band, voices) if row.core is not None]
        one = _middle(band.core)
        why = _no_multiples(nature_of(terms.measure), one) if rows else _NOTHING
        if why:
            silent.append((quoted(band.words, 120), why))
        else:
            blocks.append(_block(band, terms, one, rows))
    if not blocks:
        return empty_chart(_TITLE, _nothing_drawn(silent))
    scale = _scale(blocks)
    return Chart(
        draw=lambda: _DumbbellPlot(Canvas(), scale).figure(blocks, silent),
        title=_TITLE,
        alt=_alt(blocks, silent),
        caption=_caption(blocks, scale),
        data=_data(blocks),
        page=_page(blocks, scale.between(*EDGES), silent),
    )


def _no_multiples(nature: Nature, one: float) -> str:
    """Why figures of a measure are no multiples of a claim's number; empty where they are."""
    if nature.level:
        return "no multiples: a level has no true zero; its own picture shows the distances"
    if nature.signed:
        return "no multiples: what goes up or down is apart by a difference; its own picture shows it"
    if one > 0:
        return ""
    return f"a ratio to {digits(one)} says nothing" if one else "a ratio to 0 is none"


def _nothing_drawn(silent: Sequence[tuple[str, str]]) -> str:
    """The sentence in place of a picture: no figure beside any claim, or none that is a multiple."""
    left_out = [f"{words} ({why})" for words, why in silent if why != _NOTHING]
    if not left_out:
        return "No claim has a comparable figure beside it."
    return f"No claim has a figure beside it that is a multiple of its number: {listed(left_out)}."


def _block(band: ClaimBand, terms: ClaimTerms, one: float, rows: Sequence[IntervalRow]) -> _Block:
    def times(zone: Interval) -> Interval:
        return zone.map(lambda value: value / one)

    named = _one(band, terms.measure.unit, terms.figure.quantity, one)
    voices = [_Voice(row, times(row.core), times(row.zone)) for row in rows if row.core and row.zone]
    return _Block(band, one, named, times(band.core), times(band.zone), tuple(voices))


def _one(band: ClaimBand, unit: str, stated: Quantity, one: float) -> str:
    """The number that is 1, in words; a time in the claim's own unit: months are not days."""
    if in_own_time := number_in_its_own_time(stated, unit):
        return in_own_time
    spread = band.core.low < band.core.high
    counted_in = "" if unit == FRACTION else f" {clipped(unit_words(unit), 40)}"
    named = f"{number(float(f'{one:.3g}') if spread else one, unit)}{counted_in}"
    return f"{named}, the middle of {interval(band.core, unit)}" if spread else named


def _middle(core: Interval) -> float:
    """The number that is 1: of a range the geometric middle; 0 or less where nothing can be divided by."""
    return math.sqrt(core.low) * math.sqrt(core.high) if core.low > 0 else core.high


def _scale(blocks: Sequence[_Block]) -> Scale:
    """As far below 1 as above it; 0 apart at the left edge where a figure is 0."""
    drawn: list[_Block | _Voice] = [*blocks, *(voice for block in blocks for voice in block.voices)]
    named = [value for one in drawn for value in (one.core.low, one.core.high)]
    ends = [value for one in drawn for value in (one.zone.low, one.zone.high)]
    reach = max(map(_times, named))
    reach = max([reach, *(times for times in map(_times, ends) if times <= reach * _ZONE_REACH)])
    reach = min(max(reach * 1.15, _REACH[0]), _REACH[1])
    zero = any(voice.core.low <= 0 for block in blocks for voice in block.voices)
    return Scale(1 / reach, reach, True, zero, MARGIN + 6, WIDTH - MARGIN - 8)


def _times(ratio: float) -> float:
    """How many times apart from 1, either way; 1 for what has no place on a logarithmic axis."""
    return max(ratio, 1 / ratio) if math.isfinite(ratio) and ratio > 0 else 1.0


@dataclass
class _DumbbellPlot:
    """The canvas and the scale of ratios."""

    canvas: Canvas
    scale: Scale

    def figure(self, blocks: Sequence[_Block], silent: Sequence[tuple[str, str]]) -> Figure:
        y = self.heading(blocks)
        for block in blocks:
            y = self.claim(y, block)
        y = self.ticks(y + 2) + 6
        return self.canvas.finish(self.nothing_comparable(y, silent) if silent else y)

    def heading(self, blocks: Sequence[_Block]) -> float:
        y = self.canvas.paragraph(MARGIN, MARGIN + TITLE, _TITLE, size=TITLE, bold=True)
        said = "each figure as a multiple of the number that the claim names, on a logarithmic scale"
        y = self.canvas.paragraph(MARGIN, y, said, "muted")
        shapes = (marks.shape_of(voice.row.printed) for block in blocks for voice in block.voices)
        return self.ticks(marks.shape_key(self.canvas, y, shapes) + 4) + 9

    def ticks(self, y: float) -> float:
        """The multiples in words, those left out that would run into another."""
        labels = {at: said for at, said in _TICKS.items() if self.scale.low <= at <= self.scale.high}
        return marks.spaced_labels(
            self.canvas, self.scale, y, labels | ({0.0: "0"} if self.scale.zero else {}), bold=1.0
        )

    def claim(self, y: float, block: _Block) -> float:
        """A claim's words, what its number is, and its rows before the band of its true zone."""
        canvas = self.canvas
        canvas.line((MARGIN, WIDTH - MARGIN), (y - TEXT - 3, y - TEXT - 3), "grid", width=0.8)
        y = canvas.paragraph(MARGIN, y + 2, quoted(block.band.words, 120), bold=True)
        y = canvas.paragraph(MARGIN, y, f"the claim = {block.named}", "muted")
        top = y - TEXT
        y += 4
        for voice in block.voices:
            y = self.voice(y, voice, block)
        marks.band(canvas, self.scale, block.zone, top, y - TEXT)
        return y + 12

    def voice(self, y: float, voice: _Voice, block: _Block) -> float:
        """The relation in a word, whose figure it is, its number, and the mark below."""
        canvas, row, start = self.canvas, voice.row, MARGIN
        role = role_of(row.relation, counts=row.counts)
        start += canvas.text(start, y, row.bearing, role, bold=True) + 6
        name = clipped(row.family, 80) + (f" – {row.standing}" if row.standing else "")
        y = canvas.paragraph(MARGIN, y, name, "ink" if row.counts else "muted", first=start, most=3)
        y = canvas.paragraph(MARGIN, y, voice.label)
        self.mark(y - TEXT + _STRIP / 2, voice, block, role)
        return y + _STRIP + 5

    def mark(self, y: float, voice: _Voice, block: _Block, role: str) -> None:
        """The figure: its true zone thin, a stated range thick."""
        canvas, scale, core = self.canvas, self.scale, voice.core
        marks.strip(canvas, scale, y, _STRIP, [block.core])
        for value in (0.5, 2.0):
            canvas.line((scale.at(value),) * 2, (y - 3, y + 3), "grid", width=0.9, zorder=2)
        marks.zone_line(canvas, scale, y, voice.zone, role)
        shape = marks.shape_of(voice.row.printed)
        marks.core_marks(canvas, scale, y, core, shape, role, hollow=not voice.row.counts)

    def nothing_comparable(self, y: float, silent: Sequence[tuple[str, str]]) -> float:
        self.canvas.line((MARGIN, WIDTH - MARGIN), (y - TEXT, y - TEXT), "muted", width=1)
        y += 5
        for words, why in silent:
            y = self.canvas.paragraph(MARGIN, y, words, bold=True)
            y = self.canvas.paragraph(MARGIN, y, why, "aside") + 4
        return y


def _page(blocks: Sequence[_Block], scale: Scale, silent: Sequence[tuple[str, str]]) -> str:
    """The same rows as a table for the pages of a report."""
    labels = {at: said for at, said in _TICKS.items() if scale.low <= at <= scale.high}
    labels |= {0.0: "0"} if scale.zero else {}
    ticks, _ = fitting(scale, list(labels), labels.__getitem__)
    sections = [section("", [axis_row("multiples of the number that the claim names, logarithmic", ticks)])]
    for block in blocks:
        heading = Markup("<b>{}</b> = {}").format(
            foreign(text(quoted(block.band.words, 120)), block.band.language), text(block.named)
        )
        sections.append(section(heading, [_page_row(scale, ticks, block, voice) for voice in block.voices]))
    left_out = [f"{words}: {why}." for words, why in silent]
    means = " ".join([_caption(blocks, scale), *(["Not drawn:"] if left_out else []), *left_out])
    return figure([table(Markup("<b>{}</b>").format(_TITLE), sections)], means)


def _page_row(scale: Scale, ticks: Ticks, block: _Block, voice: _Voice) -> Markup:
    row = voice.row
    role = f"m-{role_of(row.relation, counts=row.counts)}{'' if row.counts else ' hollow'}"
    standing = f", {row.standing}" if row.standing else ""
    who = Markup('<b>{}</b><span class="quiet">{}</span>').format(
        text(clipped(row.family, 80)), text(standing)
    )
    drawing = track(scale, ticks, [block], zone_marks(scale, voice.core, voice.zone), role)
    sign = "uncounted" if not row.counts else ""
    relation = row.relation or Relation.COMPATIBLE
    value = Markup('<span>{}</span> <span class="is-{} {}">{}</span>').format(
        text(voice.label), relation.replace(" ", "-"), sign, row.bearing
    )
    return drawn_row(who, drawing, value)


def _ratio_words(core: Interval) -> str:
    """1.2 times · 0.81 to 1.3 times · the same number"""
    first, last = (digits(float(f"{ratio:.2g}")) for ratio in (core.low, core.high))
    if core.low < core.high:
        return f"{first} times" if first == last else f"{first} to {last} times"
    if core.low == 0:
        return "none"
    if first == "1":
        return "the same number" if math.isclose(core.low, 1, rel_tol=1e-6) else "nearly the same number"
    return f"{first} times"


def _data(blocks: Sequence[_Block]) -> pd.DataFrame:
    """The rows as drawn, with their ratios to the number that the claim names."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "claim": block.band.claim,
                "claim_words": block.band.words,
                "one": block.one,
                "family_name": voice.row.family,
                "estimate": voice.row.printed.id,
                "relation": str(voice.row.relation),
                "standing": voice.row.standing,
                "ratio_low": voice.core.low,
                "ratio_high": voice.core.high,
                "ratio_zone_low": voice.zone.low,
                "ratio_zone_high": voice.zone.high,
                "claim_ratio_low": block.zone.low,
                "claim_ratio_high": block.zone.high,
            }
            for block in blocks
            for voice in block.voices
        ]
    )


def _alt(blocks: Sequence[_Block], silent: Sequence[tuple[str, str]]) -> str:
    """Claim by claim: each voice with its relation, its figure and its ratio."""
    voices = counted(sum(len(block.voices) for block in blocks), "voice")
    claims = counted(len(blocks), "claim")
    differ = [
        f"{voice.row.family} from {quoted(block.band.words, 120)}"
        for block in blocks
        for voice in block.voices
        if voice.row.differs
    ]
    parts = [f"Differs: {listed(differ)}." if differ else "No voice differs from a claim."]
    parts.append(
        f"Dumbbell plot of {claims} against {voices}, as multiples of the number that the claim names."
    )
    for block in blocks:
        said = (
            f"{voice.row.family} ({', '.join(filter(None, (voice.row.bearing, voice.row.standing)))}): "
            f"{voice.label}"
            for voice in block.voices
        )
        parts.append(f"{quoted(block.band.words, 120)}, {block.named} – {'; '.join(said)}.")
    for why in dict.fromkeys(why for _, why in silent):
        named = listed([words for words, other in silent if other == why])
        parts.append(f"{capital(why)}: {named}." if why == _NOTHING else f"Not drawn: {named} ({why}).")
    return " ".join(parts)


def _caption(blocks: Sequence[_Block], scale: Scale) -> str:
    """What each line, band and shape is, of those that are there."""
    voices = [voice for block in blocks for voice in block.voices]
    parts = [
        "Shaded: every value under which the claim’s words are true. Dashed: the number that they name.",
        "Mark: the best figure of a source group.",
    ]
    if any(block.core.low < block.core.high for block in blocks):
        parts.append("Of a claim that names a range, 1 is the geometric middle of its two ends.")
    parts += mark_words(([(voice.core, voice.zone, voice.row.printed) for voice in voices], scale))
    if any(not voice.row.counts for voice in voices):
        parts.append("Hollow: it confirms nothing, for the reason beside it.")
    if any(voice.row.relation is Relation.COMPATIBLE for voice in voices):
        parts.append(f"“{Relation.COMPATIBLE.label}”: {Relation.COMPATIBLE.meaning}.")
    return " ".join(parts)

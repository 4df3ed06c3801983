"""The sensitivity plot: the verdict on each claim against the tolerance, and where it flips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from tallybook.charts.canvas import Canvas, text_width
from tallybook.charts.chart import Chart
from tallybook.charts.row_drawing import EDGES, fitting, joined, per_cent, track
from tallybook.charts.rows_table import axis_row, drawn_row, figure, foreign, section, table, text
from tallybook.charts.scale import Scale
from tallybook.charts.style import LEADING, MARGIN, TEXT, TITLE, WIDTH
from tallybook.charts.wording import capital
from tallybook.prose import FRACTION, counted, number, quoted

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from tallybook.charts.row_drawing import Ticks
    from tallybook.tables.case import Case
    from tallybook.verdicts.robustness import Stretch

_TITLE = "The verdicts against the tolerance"
_MOST = 0.5
_BAR = 18.0
_GAP = 1.5
_PADDING = 5.0
_TICKS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
_TINT, GREY = 0.10, 0.35
"""The share of its colour under a verdict's word: its contrast there is tested."""

_MEANING_OF_ROLE = {
    "agree": "blue: others agree", "differ": "orange: others differ", "aside": "grey: no source to judge by",
}  # fmt: skip


@dataclass(frozen=True)
class _Bar:
    """One claim along the tolerance."""

    claim: str
    words: str
    language: str
    stretches: Sequence[Stretch]

    @property
    def sentence(self) -> str:
        """Where the verdict flips, in words."""
        *early, last = self.stretches
        if not early:
            return f"Stays {last.verdict} at every tolerance up to {_percent(last.high)}"
        first, *rest = [f"{stretch.verdict} up to {_percent(stretch.high)}" for stretch in early]
        return ", then ".join([f"{first[:1].upper()}{first[1:]}", *rest, str(last.verdict)])


def sensitivity(case: Case) -> Chart:
    """Draws a bar a claim along the tolerance from 0 to 50 %, cut where the verdict flips.

    ``data``: the stretches as drawn: claim, words, low, high (fractions), verdict.
    """
    comparison = case.comparison()
    claims, language = comparison.claims, comparison.article.language
    bars = [
        _Bar(claim, claims[claim].words, language, stretches) for claim, stretches in case.stretches().items()
    ]
    return Chart(
        draw=lambda: _SensitivityPlot(Canvas()).figure(bars),
        title=_TITLE,
        alt=_alt(bars),
        caption=_caption(bars),
        data=_data(bars),
        page=_page(bars),
    )


def _percent(share: float) -> str:
    return number(round(share, 4), FRACTION)


@dataclass
class _SensitivityPlot:
    """The canvas, with the tolerance from left to right."""

    canvas: Canvas

    def figure(self, bars: Sequence[_Bar]) -> Figure:
        y = self.heading(_flipping(bars))
        for bar in bars:
            y = self.claim(y, bar)
        return self.canvas.finish(self.axis(y) + 4)

    def at(self, share: float) -> float:
        """The place of a tolerance in points."""
        return MARGIN + min(max(share, 0.0), _MOST) / _MOST * (WIDTH - 2 * MARGIN)

    def heading(self, flipping: str) -> float:
        y = self.canvas.paragraph(MARGIN, MARGIN + TITLE, _TITLE, size=TITLE, bold=True)
        said = "tolerance: how far each number named may be off"
        y = self.canvas.paragraph(MARGIN, y, said, "muted")
        y = self.canvas.paragraph(MARGIN, y, flipping)
        return self.axis(y + 2) + 6

    def axis(self, y: float) -> float:
        """The percentages, the outer two flush with the bars."""
        for share in _TICKS:
            label = _percent(share)
            wide = text_width(label)
            left = min(max(MARGIN, self.at(share) - wide / 2), WIDTH - MARGIN - wide)
            self.canvas.text(left, y, label, "muted")
        return y + LEADING

    def claim(self, y: float, bar: _Bar) -> float:
        """The claim's words, its bar, and the sentence that says where it flips."""
        y = self.canvas.paragraph(MARGIN, y, quoted(bar.words, 120), bold=True)
        y = self.flips(y, bar.stretches)
        top = y - TEXT
        for share in _TICKS[1:-1]:
            x = self.at(share)
            self.canvas.line((x, x), (top - 3, top + _BAR + 3), "grid", width=0.8, zorder=0)
        for stretch in bar.stretches:
            self.segment(top, stretch)
        return self.canvas.paragraph(MARGIN, top + _BAR + TEXT + 4, bar.sentence, most=8) + 9

    def flips(self, y: float, stretches: Sequence[Stretch]) -> float:
        """A pointer and the percentage over each cut; a figure that has no room stands with its word."""
        free = 0.0
        for stretch in stretches[1:]:
            label = _percent(stretch.low)
            wide = text_width(label, bold=True)
            x = self.at(stretch.low)
            self.canvas.marker(x, y + 4.5, "v", "ink", size=5)
            left = min(max(MARGIN, x - wide / 2), WIDTH - MARGIN - wide)
            if left >= free:
                self.canvas.text(left, y, label, bold=True)
                free = left + wide + 5
        return y + LEADING + 7 if len(stretches) > 1 else y + 1

    def segment(self, top: float, stretch: Stretch) -> None:
        """One stretch as a box with its verdict inside, where it has room; the sentence below has it too."""
        canvas, role = self.canvas, _role(stretch)
        start, stop = self.at(stretch.low), self.at(stretch.high)
        wide = max(stop - start - _GAP, 1.0)
        canvas.box(start, top, wide, _BAR, "paper", zorder=1)
        tint, alpha = ("grid", GREY) if role == "aside" else (role, _TINT)
        canvas.box(start, top, wide, _BAR, tint, alpha=alpha, zorder=1.1)
        canvas.box(start, top + _BAR - 3, wide, 3, role, zorder=1.2)
        if text_width(str(stretch.verdict), bold=True) + 2 * _PADDING <= wide:
            canvas.text(start + _PADDING, top + TEXT + 1.5, str(stretch.verdict), role, bold=True)


def _page(bars: Sequence[_Bar]) -> str:
    """The same bars as a table: a row a claim, its verdicts in words beside the bar."""
    scale = Scale(0.0, _MOST, log=False, start=EDGES[0], stop=EDGES[1])
    ticks, _ = fitting(scale, _TICKS, _percent)
    axis = axis_row("tolerance: how far each number named may be off", ticks)
    sections = [section("", [axis]), section("", [_page_row(scale, ticks, bar) for bar in bars])]
    title = Markup("<b>{}</b> {}.").format(_TITLE, capital(_flipping(bars)))
    return figure([table(title, sections)], _caption(bars))


def _page_row(scale: Scale, ticks: Ticks, bar: _Bar) -> Markup:
    drawing = track(scale, ticks, [], _stretches(scale, bar.stretches), "stretches")
    said = joined(
        Markup('<span class="name"><span class="is-{}">{}</span> {}</span> ').format(
            stretch.verdict.replace(" ", "-"), stretch.verdict.label, _reach(stretch, bar.stretches)
        )
        for stretch in bar.stretches
    )
    return drawn_row(foreign(text(quoted(bar.words, 120)), bar.language), drawing, said)


def _stretches(scale: Scale, stretches: Sequence[Stretch]) -> Markup:
    """A bar a verdict in its colour, with a cut where it flips; what others do not decide is hollow."""
    parts = []
    for stretch in stretches:
        start, stop = scale.at(stretch.low), scale.at(stretch.high)
        bar = Markup('<g class="m-{}{}"><rect class="r" x="{}" y="50%" width="{}" height="9"/></g>')
        hollow = "" if _role(stretch) != "aside" else " hollow"
        parts.append(bar.format(_role(stretch), hollow, per_cent(start), per_cent(max(stop - start, 0.4))))
    cut = Markup('<g class="m-ink"><svg x="{}" y="50%"><path d="M0-9V9"/></svg></g>')
    return joined([*parts, *(cut.format(per_cent(scale.at(stretch.low))) for stretch in stretches[1:])])


def _reach(stretch: Stretch, stretches: Sequence[Stretch]) -> str:
    """Where one verdict holds: "at every tolerance", "up to 12%", "from 12% to 20%", "from 20%"."""
    if len(stretches) == 1:
        return f"at every tolerance up to {_percent(stretch.high)}"
    if stretch is stretches[0]:
        return f"up to {_percent(stretch.high)}"
    return f"from {_percent(stretch.low)}" + (
        "" if stretch is stretches[-1] else f" to {_percent(stretch.high)}"
    )


def _role(stretch: Stretch) -> str:
    """Blue and orange for verdicts that others decide, grey for the rest."""
    role = stretch.verdict.role
    return role if role in ("agree", "differ") else "aside"


def _flipping(bars: Sequence[_Bar]) -> str:
    """How many verdicts hang on the tolerance."""
    flip = sum(len(bar.stretches) > 1 for bar in bars)
    if not flip:
        return "no verdict changes up to 50%"
    return f"{flip} of {counted(len(bars), 'verdict')} {'changes' if flip == 1 else 'change'} up to 50%"


def _data(bars: Sequence[_Bar]) -> pd.DataFrame:
    """The stretches as drawn, in their order."""
    import pandas as pd

    return pd.DataFrame(
        [
            {"claim": bar.claim, "words": bar.words, "low": stretch.low, "high": stretch.high,
             "verdict": str(stretch.verdict)}
            for bar in bars
            for stretch in bar.stretches
        ]
    )  # fmt: skip


def _alt(bars: Sequence[_Bar]) -> str:
    """Claim by claim: each verdict with its stretch."""
    claims = counted(len(bars), "claim")
    parts = [f"Verdicts of {claims} against a tolerance from 0% to 50%: {_flipping(bars)}."]
    for bar in bars:
        said = [
            f"{stretch.verdict} from {_percent(stretch.low)} to {_percent(stretch.high)}"
            for stretch in bar.stretches
        ]
        parts.append(f"{quoted(bar.words, 120)} – {'; '.join(said)}.")
    return " ".join(parts)


def _caption(bars: Sequence[_Bar]) -> str:
    """What a bar is, and what the colours add to the words."""
    parts = [
        "Each bar is the verdict on one claim as the tolerance grows: every number named may then be off "
        "by that share of itself, which turns differences into agreement.",
    ]
    if any(len(bar.stretches) > 1 for bar in bars):
        parts.append("Pointer: the tolerance at which a verdict changes.")
    used = {_role(stretch) for bar in bars for stretch in bar.stretches}
    said = "; ".join(words for role, words in _MEANING_OF_ROLE.items() if role in used)
    return " ".join([*parts, f"{said[:1].upper()}{said[1:]}."])

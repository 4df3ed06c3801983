"""The drift plot: one statement through its relays, its wording and its interval at each step."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from tallybook.book.problems import require_name
from tallybook.charts import marks
from tallybook.charts.canvas import Canvas
from tallybook.charts.chart import Chart
from tallybook.charts.interval_rows import MOST_ROWS
from tallybook.charts.interval_table import outside
from tallybook.charts.intervals import drawn_words
from tallybook.charts.row_drawing import EDGES, number_ticks, track, zone_marks
from tallybook.charts.rows_table import (
    OPEN,
    axis_row,
    drawn_row,
    figure,
    folded,
    foreign,
    section,
    table,
    text,
)
from tallybook.charts.scale import Scale, fit
from tallybook.charts.style import LEADING, MARGIN, TEXT, TITLE, WIDTH
from tallybook.charts.wording import capital, heading_of, mark_words, page_words, plain
from tallybook.prose import FRACTION, clipped, counted, excerpt, listed, quoted, unit_words
from tallybook.quantity import Interval
from tallybook.terms import Distortion, Kind
from tallybook.verdicts.distortion import in_figures

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from tallybook.charts.row_drawing import Ticks
    from tallybook.charts.wording import Drawn
    from tallybook.quantity import Policy
    from tallybook.tables.case import Case
    from tallybook.verdicts.drift import Drift, Step

_STRIP = 13.0
_INDENT = 9.0
_DEEPEST = 3
_STEPS = ("closest to the origin", "repeats it", "a relay of a relay")


@dataclass(frozen=True)
class _Wording:
    """One wording as it is drawn: a step, and the ids of those that say the same and are folded into it.

    ``zone``: where its words are true; both intervals in the unit of its measure.
    """

    step: Step
    statements: tuple[str, ...]
    core: Interval
    zone: Interval

    @property
    def unit(self) -> str:
        return FRACTION if self.step.said.figure.share else self.step.estimate.measure.unit

    @property
    def changes(self) -> str:
        """What changed in a few words, the most severe first."""
        return ", ".join(code.label for code in self.step.codes)

    @property
    def outcome(self) -> str:
        if self.step.nearest:
            return _STEPS[0]
        if not self.step.codes:
            return "faithful"
        return f"{'material' if self.step.material else 'slight'}: {self.changes}"

    @property
    def look(self) -> tuple[str, str, bool]:
        """Role, marker and hollowness: dot for the closest and the faithful, ring for slight, triangle."""
        if self.step.nearest or not self.step.codes:
            return "ink" if self.step.nearest else "between", "o", False
        return ("differ", "^", False) if self.step.material else ("between", "o", True)

    @property
    def figure(self) -> str:
        return in_figures(self.step.said)

    @property
    def words(self) -> str:
        """The page's own words; of a script that cannot be drawn the figure as it was read there."""
        return drawn_words(self.step.estimate, self.step.estimate.statement.words, self.figure)

    @property
    def printed(self) -> str:
        """Publisher and date."""
        source = self.step.estimate.source
        return page_words(source.publisher, source.published)


def drift(case: Case, group: str) -> Chart:
    """Draws the wordings of one statement, a panel a figure, the one closest to the origin as a band.

    A wording stands in the panel of the one that it is held against, if it counts something else too.

    ``data``: the rows drawn, with their statements (those folded into the row, itself among them) and
    changes (in plain words). UnknownName: no such group.
    """
    found = {drift.id: drift for drift in case.drifts()}
    require_name("utterance", group, found)
    title = capital(clipped(found[group].what, 140))
    panels = _panels(found[group], case.comparison().policy)
    most = max(2, MOST_ROWS // len(panels))
    left_out = sum(len(row.statements) for panel in panels for row in panel[most:])
    panels = [panel[:most] for panel in panels]
    return Chart(
        draw=lambda: _drawn(title, _count(found[group]), panels),
        title=title,
        alt=_alt(title, _count(found[group]), panels, left_out),
        caption=_caption(panels, left_out),
        data=_data(panels),
        page=_page(title, _count(found[group]), panels, left_out),
    )


def _drawn(title: str, count: str, panels: Sequence[Sequence[_Wording]]) -> Figure:
    canvas = Canvas()
    y = canvas.paragraph(MARGIN, MARGIN + TITLE, title, size=TITLE, bold=True)
    y = canvas.paragraph(MARGIN, y, count, "muted") + 4
    for panel in panels:
        y = _DriftPanel(canvas, panel, _heading(panel, panels)).draw(y)
    return canvas.finish(y)


def _panels(drift: Drift, policy: Policy) -> list[list[_Wording]]:
    """The wordings by the nearest one that they are held against; the same words, all faithful, are one."""
    panels: dict[str, dict[Hashable, list[Step]]] = {}
    for step in sorted(drift.steps, key=_place):
        panels.setdefault(step.against, {}).setdefault(_fold_key(step), []).append(step)
    order = dict.fromkeys(step.against for step in drift.steps)
    return [[_wording(same, policy) for same in panels[against].values()] for against in order]


def _place(step: Step) -> tuple[object, ...]:
    """The closest first, then step by step, the faithful before the changed, the oldest page first."""
    published = step.estimate.source.published.end.isoformat() if step.estimate.source.published else "9"
    return not step.nearest, step.depth, bool(step.codes), published, step.estimate.id


def _fold_key(step: Step) -> Hashable:
    if step.nearest or step.codes:
        return step.estimate.id
    return step.estimate.statement.words.casefold(), in_figures(step.said), step.said.zones.core


def _wording(same: Sequence[Step], policy: Policy) -> _Wording:
    said = same[0].said
    core = said.zones.core
    zone = said.zones.true
    return _Wording(same[0], tuple(step.estimate.id for step in same), core, zone)


def _heading(panel: Sequence[_Wording], panels: Sequence[Sequence[_Wording]]) -> str:
    """What a panel counts where there are several; its scope where two count the same."""
    if len(panels) == 1:
        return ""
    estimate = panel[0].step.estimate
    alike = [other for other in panels if other[0].step.estimate.measure.id == estimate.measure.id]
    said = heading_of(estimate.measure)
    if len(alike) == 1 or not estimate.scope:
        return said
    return f"{said} ({clipped(estimate.measure.scopes.get(estimate.scope, estimate.scope), 50)})"


@dataclass
class _DriftPanel:
    """The wordings of one figure on one scale."""

    canvas: Canvas
    rows: Sequence[_Wording]
    heading: str

    def __post_init__(self) -> None:
        self.unit = self.rows[0].unit
        self.band = next((row for row in self.rows if row.step.nearest), None)
        self.scale = panel_scale(self.rows).between(MARGIN + 6, WIDTH - MARGIN - 8)

    def draw(self, y: float) -> float:
        canvas = self.canvas
        if self.heading:
            canvas.line((MARGIN, WIDTH - MARGIN), (y - TEXT - 2, y - TEXT - 2), "grid", width=0.8)
            y = canvas.paragraph(MARGIN, y + 3, self.heading, bold=True)
        axis = unit_words(self.unit) + (", on a logarithmic scale" if self.scale.log else "")
        canvas.text(MARGIN, y, clipped(axis, 50), "muted")
        y = marks.tick_labels(canvas, self.scale, y + LEADING, self.unit) + 11
        top = y - TEXT - 2
        for row in self.rows:
            y = self.row(y, row)
        if self.band is not None:
            marks.band(canvas, self.scale, self.band.zone, top, y - TEXT - 1)
        return marks.tick_labels(canvas, self.scale, y + 2, self.unit) + 10

    def row(self, y: float, row: _Wording) -> float:
        """The words, who printed them, their interval, and what happened to them on the way."""
        canvas, step = self.canvas, row.step
        x = start = MARGIN + _INDENT * min(step.depth, _DEEPEST)
        y = canvas.paragraph(x, y, row.words, bold=step.nearest, most=5)
        if not step.nearest and not step.codes:
            start += canvas.text(x, y, row.outcome, row.look[0], bold=True) + 5
        pages = f"{len(row.statements)} pages print it so" if len(row.statements) > 1 else ""
        said = " · ".join(filter(None, (row.printed, _hands(step), pages)))
        y = canvas.paragraph(x, y, said, "muted", first=start, most=3)
        if on_scale(row, self.rows):
            y = self.mark(y, row)
        if step.nearest or not step.codes:
            return y + 5
        role = row.look[0]
        y = canvas.paragraph(x, y, row.outcome, role, bold=step.material)
        return (canvas.paragraph(x, y, clipped(step.why, 240), "muted", most=6) if step.material else y) + 7

    def mark(self, y: float, row: _Wording) -> float:
        """The strip of a row: base line, the closest wording's numbers, the row's own zone and numbers."""
        role, shape, hollow = row.look
        middle = y - TEXT + _STRIP / 2 - 1
        marks.strip(self.canvas, self.scale, middle, _STRIP, [self.band.core] if self.band else [])
        marks.zone_line(self.canvas, self.scale, middle, row.zone, role)
        marks.core_marks(self.canvas, self.scale, middle, row.core, shape, role, hollow=hollow)
        return y + _STRIP - 1


def _page(title: str, count: str, panels: Sequence[Sequence[_Wording]], left_out: int) -> str:
    """The same rows as tables for the pages of a report, one a figure."""
    parts = []
    for number, panel in enumerate(panels):
        name = Markup("<b>{}</b> {}").format(text(title), text(count)) if not number else text(count)
        heading = _heading(panel, panels)
        caption = (
            name if not heading else Markup("{} <b>{}</b>").format(name if not number else "", text(heading))
        )
        scale = panel_scale(panel).between(*EDGES)
        ticks = number_ticks(scale, panel[0].unit)
        axis = axis_row(unit_words(panel[0].unit) + (", on a logarithmic scale" if scale.log else ""), ticks)
        band = next((row for row in panel if row.step.nearest), None)
        rows = [_page_row(row, panel, scale, ticks, band) for row in panel]
        parts.append(table(caption, [section("", [axis]), section("", rows[:OPEN])]))
        if rows[OPEN:]:
            rest = table("The other wordings", [section("", [axis]), section("", rows[OPEN:])], unseen=True)
            parts.append(folded(f"{len(rows) - OPEN} more of {counted(len(rows), 'wording')}", rest))
    return figure(parts, _caption(panels, left_out))


def _page_row(
    row: _Wording, panel: Sequence[_Wording], scale: Scale, ticks: Ticks, band: _Wording | None
) -> Markup:
    """The words, who printed them, their interval, and what happened to them on the way."""
    step, source = row.step, row.step.estimate.source
    words = step.estimate.statement.words
    said = quoted(words, 160) if source.language not in (None, "en") else excerpt(plain(words), 160)
    pages = f"{len(row.statements)} pages print it so" if len(row.statements) > 1 else ""
    where = text(row.printed)
    if address := outside(source):
        where = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, where)
    why = (
        Markup('<span class="reason">{}</span>').format(text(clipped(step.why, 240))) if step.material else ""
    )
    who = Markup('{} {} <span class="quiet">{}</span>{}').format(
        foreign(text(said), source.language),
        where,
        text(" · ".join(filter(None, (_hands(step), pages)))),
        why,
    )
    role, _, hollow = row.look
    marks_ = zone_marks(scale, row.core, row.zone) if on_scale(row, panel) else Markup("")
    drawing = track(scale, ticks, [band] if band else [], marks_, f"m-{role}{' hollow' if hollow else ''}")
    value = Markup("<span>{}</span> <b>{}</b>").format(text(row.figure), text(row.outcome))
    return drawn_row(who, drawing, value)


def panel_scale(panel: Sequence[_Wording]) -> Scale:
    level = panel[0].step.estimate.measure.kind is Kind.LEVEL
    return fit((row for row in panel if on_scale(row, panel)), level=level)


def on_scale(row: _Wording, panel: Sequence[_Wording]) -> bool:
    """Whether it has a place on the scale of its panel: counts of other things do, shares do not."""
    units = {row.unit, panel[0].unit}
    return len(units) == 1 or (Distortion.MEASURE_SWAPPED in row.step.codes and FRACTION not in units)


def _hands(step: Step) -> str:
    """How far it is from the origin: "repeats it", "3 relays from the origin"."""
    return _STEPS[step.depth] if step.depth < len(_STEPS) else f"{step.depth} relays from the origin"


def _count(drift: Drift) -> str:
    """How many statements, how many changed, how many materially."""
    material = sum(step.material for step in drift.steps)
    said = f"{counted(len(drift.steps), 'statement')}, {drift.distorted} changed on the way"
    if not drift.distorted:
        return said
    return f"{said}, {'all' if material == drift.distorted > 1 else material or 'none'} of them materially"


def _data(panels: Sequence[Sequence[_Wording]]) -> pd.DataFrame:
    """The rows as drawn, in their order."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "statement": row.step.estimate.id,
                "measure": row.step.estimate.measure.id,
                "words": row.step.estimate.statement.words,
                "against": row.step.against,
                "step": row.step.depth,
                "closest": row.step.nearest,
                "changes": row.changes,
                "material": row.step.material,
                "best_low": row.core.low,
                "best_high": row.core.high,
                "zone_low": row.zone.low,
                "zone_high": row.zone.high,
                "unit": row.unit,
                "on_scale": on_scale(row, panel),
                "statements": row.statements,
            }
            for panel in panels
            for row in panel
        ]
    )


def _alt(title: str, count: str, panels: Sequence[Sequence[_Wording]], left_out: int) -> str:
    """Panel by panel: the closest wording, the faithful ones counted, each change with its words."""
    parts = [f"Drift of one statement: {title.rstrip('.')}. {count}."]
    for panel in panels:
        parts += [f"In {unit_words(panel[0].unit)}:"] * (len(panels) > 1)
        for row in panel:
            pages = f", {len(row.statements)} pages" if len(row.statements) > 1 else ""
            parts.append(f"{row.printed}{pages}: {row.words} = {row.figure} ({row.outcome}).")
    parts += [f"Not drawn: {counted(left_out, 'statement')}."] * bool(left_out)
    return " ".join(parts)


def _on_its_scale(panel: Sequence[_Wording]) -> tuple[list[Drawn], Scale]:
    there = [(row.core, row.zone, row.step.estimate) for row in panel if on_scale(row, panel)]
    return [*there], panel_scale(panel)


def _caption(panels: Sequence[Sequence[_Wording]], left_out: int) -> str:
    """What each band, mark and word is, of those that are there."""
    rows = [row for panel in panels for row in panel]
    relayed = [row.step for row in rows if not row.step.nearest]
    placed = [row for panel in panels for row in panel if on_scale(row, panel)]
    parts = [
        "Shaded: every value under which the wording closest to the origin is true; dashed: its number.",
        "Mark: the number that the words name.",
        *mark_words(*map(_on_its_scale, panels)),
    ]
    if any(not step.codes for step in relayed):
        parts.append("Faithful: it says what the closest wording says.")
    if any(step.material for step in relayed):
        parts.append(
            "Material: it moves the number, reverses the bound, counts another thing, or bears "
            "otherwise on a claim."
        )
    if any(step.codes and not step.material for step in relayed):
        parts.append("Slight: its words changed, the figure holds.")
    if left_out:
        parts.append(f"Not drawn: {counted(left_out, 'statement')}.")
    elsewhere = sorted({row.words for row in rows if row not in placed})
    if elsewhere:
        parts.append(f"In another unit, without a mark: {listed(elsewhere[:5])}.")
    return " ".join(parts)

"""The agreement matrix: every claim against every family of origins, a sign and a word a cell."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from tallybook.charts.canvas import Canvas, wrapped
from tallybook.charts.chart import Chart
from tallybook.charts.empty import empty_chart
from tallybook.charts.row_drawing import joined
from tallybook.charts.rows_table import text
from tallybook.charts.style import LEADING, MARGIN, TEXT, TITLE, WIDTH, role_of
from tallybook.prose import clipped, counted, listed, quoted
from tallybook.terms import Relation
from tallybook.verdicts.verdict import why_not_counted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tallybook.tables.case import Case
    from tallybook.verdicts import Comparison

NO_FIGURE = "no figure"
_OWN = "own side"
_TITLE = "The claims and the source groups"
_MOST_COLUMNS = 3
_SIGN_ROOM = 13.0
_PADDING = 4.0
_TINT = 0.10


@dataclass(frozen=True)
class _Cell:
    """What one family's voice says of one claim; no relation where it gives no figure."""

    claim: str
    words: str
    family: str
    relation: Relation | None = None
    standing: str = ""
    own: bool = False

    @property
    def said(self) -> str:
        return self.relation.label if self.relation else NO_FIGURE

    @property
    def role(self) -> str:
        return role_of(self.relation, counts=not self.standing) if self.relation else "muted"

    @property
    def decides(self) -> bool:
        return self.relation is not None and (self.relation.confirms or self.relation is Relation.DIFFERS)


def matrix(case: Case, *, as_of: str = "today") -> Chart:
    """Draws the relation of each family's voice to each claim; says so where no claim has a figure beside it.

    Families are rows, claims columns, three columns at most beside each other, so that every cell
    has room for its word on a phone. ``as_of``: "today", or "written".
    """
    import pandas as pd

    cells = _cells(case.comparison(as_of))
    if not cells:
        return empty_chart(_TITLE, "No source gives a figure for any claim.")
    return Chart(
        draw=lambda: _drawn(cells),
        title=_TITLE,
        alt=_alt(cells),
        caption=_caption(cells),
        page=_page(cells),
        data=pd.DataFrame(
            [
                {"claim": cell.claim, "claim_words": cell.words, "family_name": cell.family,
                 "relation": cell.said, "own": cell.own}
                for cell in cells
            ]
        ),
    )  # fmt: skip


def _cells(comparison: Comparison) -> list[_Cell]:
    """Claims in the article's order, the families with most figures first."""
    found: dict[tuple[str, str], _Cell] = {}
    words = {id_: claim.words for id_, claim in comparison.claims.items()}
    for claim, pairs in comparison.pairs.items():
        for pair in pairs:
            if pair.voice:
                relation, family = pair.bearing.relation, pair.family.name
                standing = why_not_counted(pair, comparison.verdicts[claim])
                found[claim, family] = _Cell(claim, words[claim], family, relation, standing, pair.own)
    figures = Counter(family for _, family in found)
    order = sorted(figures, key=lambda family: (-figures[family], family))
    return [
        found.get((claim, family), _Cell(claim, words[claim], family)) for claim in words for family in order
    ]


def _drawn(cells: Sequence[_Cell]) -> Figure:
    canvas = Canvas()
    y = canvas.paragraph(MARGIN, MARGIN + TITLE, _TITLE, size=TITLE, bold=True) + 4
    for claims in _panels(list(dict.fromkeys(cell.claim for cell in cells))):
        y = _panel(canvas, y, [cell for cell in cells if cell.claim in claims], claims) + 14
    return canvas.finish(y - 14)


def _panels(claims: list[str]) -> list[list[str]]:
    """The columns in runs of about the same length."""
    count = math.ceil(len(claims) / _MOST_COLUMNS)
    size = math.ceil(len(claims) / count)
    return [claims[start : start + size] for start in range(0, len(claims), size)]


def _panel(canvas: Canvas, y: float, cells: Sequence[_Cell], claims: Sequence[str]) -> float:
    """Column heads, then a row a family; families without a figure for these claims are named below."""
    wide = (WIDTH - 2 * MARGIN) / max(len(claims), 2)
    y = _heads(canvas, y, list({cell.claim: cell.words for cell in cells}.values()), wide)
    silent: list[str] = []
    for family in dict.fromkeys(cell.family for cell in cells):
        row = [cell for cell in cells if cell.family == family]
        if any(cell.relation for cell in row):
            y = _row(canvas, y, row, wide)
        else:
            silent.append(clipped(family, 60))
    if silent:
        canvas.line((MARGIN, WIDTH - MARGIN), (y - TEXT, y - TEXT), "grid", width=0.8)
        said = f"No figure for these claims: {listed(silent)}."
        y = canvas.paragraph(MARGIN, y + 5, said, "muted", most=12)
    return y


def _heads(canvas: Canvas, y: float, words: Sequence[str], wide: float) -> float:
    """The claims' words over their columns, standing on one line."""
    heads = [wrapped(quoted(said, 56), wide - _PADDING, bold=True, most=5) for said in words]
    tallest = max(map(len, heads))
    for column, lines in enumerate(heads):
        for number, line in enumerate(lines, start=tallest - len(lines)):
            canvas.text(MARGIN + column * wide, y + number * LEADING, line, bold=True)
    bottom = y + tallest * LEADING
    canvas.line((MARGIN, WIDTH - MARGIN), (bottom - TEXT + 2, bottom - TEXT + 2), "ink", width=1.2)
    return bottom + 6


def _row(canvas: Canvas, y: float, row: Sequence[_Cell], wide: float) -> float:
    """The family's name over its cells."""
    y = canvas.paragraph(MARGIN, y, clipped(row[0].family, 100), most=2) + 2
    top = y - TEXT
    room = wide - _SIGN_ROOM - 2 * _PADDING
    lines = [wrapped(cell.said, room, bold=cell.decides, most=3) for cell in row]
    height = max(len(said) + cell.own for said, cell in zip(lines, row, strict=True)) * LEADING + 6
    for column, (cell, said) in enumerate(zip(row, lines, strict=True)):
        _draw(canvas, MARGIN + column * wide, top, (wide - 2, height), cell, said)
    return top + height + TEXT + 6


def _draw(
    canvas: Canvas, x: float, top: float, size: tuple[float, float], cell: _Cell, said: Sequence[str]
) -> None:
    """A tint where the figure decides something, the sign, the word, and whose word it is."""
    if cell.decides:
        canvas.box(x, top, *size, cell.role, alpha=_TINT)
    y = top + TEXT + 1.5
    if cell.relation:
        canvas.text(x + _PADDING, y, cell.relation.sign, cell.role)
    for line in said:
        canvas.text(x + _PADDING + _SIGN_ROOM, y, line, cell.role, bold=cell.decides)
        y += LEADING
    if cell.own:
        canvas.text(x + _PADDING + _SIGN_ROOM, y, _OWN, "muted")


_COLUMNS = (
    ("Differs", (Relation.DIFFERS,)),
    ("Bears it out", (Relation.AGREES, Relation.SUPPORTS)),
    ("Can be true too", (Relation.COMPATIBLE,)),
    ("Cannot be compared", (Relation.NOT_COMPARABLE, Relation.REFUSED)),
)


def _page(cells: Sequence[_Cell]) -> str:
    """The same as a table for the pages of a report: a row a claim, the families by what they say of it."""
    heads = joined(Markup('<th scope="col">{}</th>').format(head) for head, _ in _COLUMNS)
    rows = []
    for claim in dict.fromkeys(cell.claim for cell in cells):
        of_claim = [cell for cell in cells if cell.claim == claim]
        columns = [[cell for cell in of_claim if cell.relation in wanted] for _, wanted in _COLUMNS]
        names = (joined(map(_page_name, column)) or "–" for column in columns)
        told = joined(map(Markup("<td>{}</td>").format, names))
        words = text(quoted(of_claim[0].words, 120))
        rows.append(Markup('<tr><th scope="row">{}</th>{}</tr>').format(words, told))
    return str(
        Markup(
            '<figure class="tb-matrix"><table><caption>{}</caption><thead><tr>'
            '<th scope="col">Claim</th>{}</tr></thead>'
            "<tbody>{}</tbody></table><figcaption>{}</figcaption></figure>"
        ).format(_TITLE, heads, joined(rows), text(_caption(cells)))
    )


def _page_name(cell: _Cell) -> Markup:
    """The family, with the sign of its relation; an own word is never in the colour of agreement."""
    assert cell.relation is not None
    counts = "" if not cell.standing else " uncounted"
    own = f" ({_OWN})" if cell.own else ""
    return Markup(
        '<span class="name"><span class="is-{}{}"><span class="unseen">{}</span></span> {}{}</span> '
    ).format(cell.relation.replace(" ", "-"), counts, cell.relation.label, text(cell.family), own)


def _alt(cells: Sequence[_Cell]) -> str:
    """Claim by claim: which families say what, those that differ first; then how many have no figure."""
    by_claim: dict[str, list[_Cell]] = {}
    for cell in cells:
        by_claim.setdefault(cell.claim, []).append(cell)
    families = len({cell.family for cell in cells})
    differ = [f"{c.family} from {quoted(c.words, 120)}" for c in cells if c.relation is Relation.DIFFERS]
    parts = [f"Differs: {listed(differ)}." if differ else "No source group differs from a claim."]
    parts.append(f"Matrix of {counted(len(by_claim), 'claim')} against {counted(families, 'source group')}.")
    for row in by_claim.values():
        said = []
        for relation in sorted(Relation, key=lambda one: one is not Relation.DIFFERS):
            names = [f"{c.family} ({_OWN})" if c.own else c.family for c in row if c.relation is relation]
            said += [f"{relation.label}: {listed(names)}"] * bool(names)
        silent = sum(cell.relation is None for cell in row)
        parts.append(f"{quoted(row[0].words, 120)} – {'; '.join([*said, f'{NO_FIGURE}: {silent}'])}.")
    return " ".join(parts)


def _caption(cells: Sequence[_Cell]) -> str:
    """What the cells say, of those that are there."""
    there = {cell.relation for cell in cells}
    parts = ["How the best figure of each source group bears on a claim."]
    if any(cell.own for cell in cells):
        parts.append("“Own side”: the claim’s own source, which confirms nothing.")
    if Relation.COMPATIBLE in there:
        parts.append(f"“{Relation.COMPATIBLE.label}”: {Relation.COMPATIBLE.meaning}.")
    return " ".join(parts)

"""The agreement matrix: every claim against every family of origins, a symbol and a word a cell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from tallybook.charts.canvas import Canvas, wrapped
from tallybook.charts.chart import Chart
from tallybook.charts.labels import clipped, counted, drawn, in_quotes, joined, known
from tallybook.charts.style import LEADING, MARGIN, RELATIONS, TEXT, TITLE, WIDTH, role_of

if TYPE_CHECKING:
    from tallybook.tables.case import Case

NO_FIGURE = "no figure"
_MOST_COLUMNS = 4
_SYMBOL_ROOM = 13.0
_PADDING = 4.0
_TINT = 0.10
_TINTED = frozenset({"agrees", "supports", "differs"})


def matrix(case: Case, *, as_of: str = "today") -> Chart:
    """Draws the relation of each family's voice to each claim.

    Families are rows, claims columns, four columns at most beside each other, so that every cell
    has room for its word on a phone. ``as_of``: "today", or "written".
    ValueError: a case without claims or without any figure beside them.
    """
    table = case.matrix(as_of)
    if table.empty:
        raise ValueError(f"case '{case.id}' has no claim with a figure beside it: nothing to draw")
    data = _cells(case, table, as_of)
    canvas = Canvas()
    y = canvas.paragraph(MARGIN, MARGIN + TITLE, "Claims against families of origins", size=TITLE, bold=True)
    y += 4
    for claims in _panels(list(data["claim"].drop_duplicates())):
        y = _panel(canvas, y, data[data["claim"].isin(claims)], claims) + 14
    return Chart(
        figure=canvas.finish(y - 14),
        title="Claims against families of origins",
        alt=_alt(data),
        caption=_caption(data),
        data=data,
    )


def _cells(case: Case, table: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """A row a cell, claims in the article's order, the families with most figures first."""
    words = dict(zip(case.figures()["claim"], case.figures()["words"], strict=True))
    compared = case.compare(as_of=as_of)
    own = set(
        compared.loc[compared["own"].astype(bool), ["claim", "family_name"]].itertuples(
            index=False, name=None
        )
    )
    filled = table.map(lambda cell: known(cell))
    order = sorted(table.columns, key=lambda name: (-int(filled[name].sum()), str(name)))
    return pd.DataFrame(
        [
            {
                "claim": claim,
                "claim_words": words.get(claim, claim),
                "family_name": family,
                "relation": table.at[claim, family] if filled.at[claim, family] else NO_FIGURE,
                "own": bool(filled.at[claim, family]) and (claim, family) in own,
            }
            for claim in table.index
            for family in order
        ]
    )


def _panels(claims: list[str]) -> list[list[str]]:
    """The columns in runs of about the same length."""
    count = math.ceil(len(claims) / _MOST_COLUMNS)
    size = math.ceil(len(claims) / count)
    return [claims[start : start + size] for start in range(0, len(claims), size)]


def _panel(canvas: Canvas, y: float, cells: pd.DataFrame, claims: Sequence[str]) -> float:
    """Column heads, then a row a family; families without a figure for these claims are named below."""
    wide = (WIDTH - 2 * MARGIN) / max(len(claims), 2)
    places = {claim: MARGIN + number * wide for number, claim in enumerate(claims)}
    y = _heads(canvas, y, cells, places, wide)
    silent: list[str] = []
    for family, row in cells.groupby("family_name", sort=False):
        if (row["relation"] == NO_FIGURE).all():
            silent.append(drawn(clipped(str(family), 60)))
        else:
            y = _row(canvas, y, str(family), row, places, wide)
    if silent:
        canvas.line((MARGIN, WIDTH - MARGIN), (y - TEXT, y - TEXT), "grid", width=0.8)
        said = f"No figure for these claims: {joined(silent)}."
        y = canvas.paragraph(MARGIN, y + 5, said, "muted", most=12)
    return y


def _heads(canvas: Canvas, y: float, cells: pd.DataFrame, places: dict[str, float], wide: float) -> float:
    """The claims' words over their columns, standing on one line."""
    words = cells.drop_duplicates("claim").set_index("claim")["claim_words"]
    heads = {
        claim: wrapped(in_quotes(words[claim], 56), wide - _PADDING, bold=True, most=5) for claim in places
    }
    tallest = max(map(len, heads.values()))
    for claim, lines in heads.items():
        for number, line in enumerate(lines):
            canvas.text(places[claim], y + (tallest - len(lines) + number) * LEADING, line, bold=True)
    bottom = y + tallest * LEADING
    canvas.line((MARGIN, WIDTH - MARGIN), (bottom - TEXT + 2, bottom - TEXT + 2), "ink", width=1.2)
    return bottom + 6


def _row(
    canvas: Canvas, y: float, family: str, row: pd.DataFrame, places: dict[str, float], wide: float
) -> float:
    """The family's name over its cells."""
    y = canvas.paragraph(MARGIN, y, drawn(clipped(family, 100)), most=2) + 2
    top = y - TEXT
    cells = {cell.claim: cell for cell in row.itertuples(index=False)}
    lines = {
        claim: wrapped(
            cell.relation, wide - _SYMBOL_ROOM - 2 * _PADDING, bold=cell.relation in _TINTED, most=3
        )
        + (["own word"] if cell.own else [])
        for claim, cell in cells.items()
    }
    height = max(map(len, lines.values())) * LEADING + 6
    for claim, cell in cells.items():
        _cell(canvas, places[claim], top, (wide - 2, height), cell.relation, lines[claim])
    return top + height + TEXT + 6


def _cell(
    canvas: Canvas, x: float, top: float, size: tuple[float, float], relation: str, lines: list[str]
) -> None:
    role = "muted" if relation == NO_FIGURE else role_of(relation)
    if relation in _TINTED:
        canvas.box(x, top, *size, role, alpha=_TINT)
    y = top + TEXT + 1.5
    _symbol(canvas, x + _PADDING + 4, y - 3.4, relation, role)
    for number, line in enumerate(lines):
        own = line == "own word" and number > 0
        canvas.text(
            x + _PADDING + _SYMBOL_ROOM,
            y + number * LEADING,
            line,
            "muted" if own else role,
            bold=relation in _TINTED and not own,
        )


def _symbol(canvas: Canvas, x: float, y: float, relation: str, role: str) -> None:
    """Told apart by shape alone: ringed dot, dot, half dot, triangle, ring, point."""
    match relation:
        case "agrees":
            canvas.marker(x, y, "o", role, size=9, hollow=True)
            canvas.marker(x, y, "o", role, size=4)
        case "supports":
            canvas.marker(x, y, "o", role, size=7.5)
        case "compatible":
            canvas.marker(x, y, "o", role, size=8, fill="left")
        case "differs":
            canvas.marker(x, y, "^", role, size=8.5)
        case "not comparable":
            canvas.marker(x, y, "o", role, size=7.5, hollow=True)
        case _:
            canvas.marker(x, y, "o", role, size=2)


def _alt(data: pd.DataFrame) -> str:
    """Claim by claim: which families stand how; then how many have no figure."""
    parts = [
        f"Matrix of {counted(data['claim'].nunique(), 'claim')} against {data['family_name'].nunique()} "
        "families of origins."
    ]
    for _, row in data.groupby("claim", sort=False):
        said = []
        for relation in RELATIONS:
            there = row[row["relation"] == relation]
            if len(there):
                names = (
                    f"{drawn(c.family_name)}{' (own word)' if c.own else ''}" for c in there.itertuples()
                )
                said.append(f"{relation}: {joined(names)}")
        said.append(f"{NO_FIGURE}: {int((row['relation'] == NO_FIGURE).sum())}")
        parts.append(f"{in_quotes(row['claim_words'].iloc[0])} – {'; '.join(said)}.")
    return " ".join(parts)


def _caption(data: pd.DataFrame) -> str:
    """What the cells say, of those that are there."""
    parts = ["Each cell is the relation of a family’s one voice, its best figure, to the claim."]
    if data["own"].any():
        parts.append("“Own word”: the claim’s own source, which confirms nothing.")
    if (data["relation"] == "compatible").any():
        parts.append("“Compatible”: could both be true, and counts for nobody.")
    return " ".join(parts)

"""Tables for the eye at a terminal (rich), and plain lines where the output is no terminal."""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from tallybook.reading import Mention, Reading
    from tallybook.tables import Case

PLAIN_WIDTH = 160


def print_verdicts(case: Case, as_of: str) -> None:
    """One row a claim: words, verdict, families for / against / compatible, estimates aside, why."""
    table = _table("words", "verdict", "for", "against", "compatible", "aside", "cited source", "why")
    for row in case.verdicts(as_of).itertuples():
        table.add_row(
            Text(str(row.words)),
            Text(str(row.verdict)),
            *(Text(str(n), justify="right") for n in (row.for_, row.against, row.compatible, row.aside)),
            Text(str(row.fidelity)),
            Text(str(row.why)),
        )
    console = _console()
    console.print(table)
    console.print(
        Text(
            f"Judged by what is known {'today' if as_of == 'today' else 'on ' + str(case.published)}. "
            "for, against, compatible: independent families of origins; aside: estimates."
        )
    )


def print_reading(reading: Reading, *, as_json: bool) -> None:
    """The figures of a text, a row each; or one JSON object a line."""
    if as_json:
        for mention in reading:
            print(json.dumps(_plain(mention), ensure_ascii=False))
        return
    table = _table("words", "low", "high", "modifier", "unit", "per", "trend", "at")
    for m in reading:
        modifier = " ".join(str(x) for x in (m.modifier, *m.hedges))
        cells = (
            m.words,
            f"{m.low:,.10g}",
            f"{m.high:,.10g}",
            modifier,
            m.unit or "",
            m.per or "",
            m.trend or "",
        )
        table.add_row(*map(Text, cells), Text(f"{m.start}–{m.end}"))
    _console().print(table)


def _plain(mention: Mention) -> dict[str, object]:
    return {f.name: getattr(mention, f.name) for f in fields(mention)}


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _console() -> Console:
    return Console() if sys.stdout.isatty() else Console(width=PLAIN_WIDTH, no_color=True)

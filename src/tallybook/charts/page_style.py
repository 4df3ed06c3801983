"""How a picture that is HTML looks, wherever it stands: on a page of the report or in the explorer."""

from __future__ import annotations

from functools import cache
from importlib import resources

from tallybook.charts.style import PALETTE
from tallybook.terms import Relation, Verdict

LIGHT, DARK = 0, 1


def colours(scheme: int) -> str:
    """The colours of one scheme as declarations of variables, one a role."""
    return " ".join(f"--{role}: {both[scheme]};" for role, both in PALETTE.items())


WIDE = "@media (min-width: 44rem), print {"
"""Where a row is a line of three cells: where the window is wide enough."""


@cache
def rows_style(wide: str = WIDE) -> str:
    """The rules of a table whose rows have drawings, and the signs of relations and verdicts."""
    rules = (resources.files("tallybook.charts") / "rows.css").read_text(encoding="utf-8")
    return rules.replace(WIDE, wide) + "".join(map(_sign, (*Relation, *Verdict)))


def _sign(term: Relation | Verdict) -> str:
    """The sign and the colour of a relation or verdict; a screen reader reads only the word."""
    name = f".is-{term.replace(' ', '-')}"
    content = f'content: "{term.sign}"; content: "{term.sign}" / "";'
    return f"{name} {{ color: var(--{term.role}); }} {name}::before {{ {content} }}\n"

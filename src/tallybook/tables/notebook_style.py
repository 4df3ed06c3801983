"""How tables look in a notebook: style attributes, as JupyterLab drops style sheets of what nobody has run.

The report removes them and has rules of its own.
"""

from __future__ import annotations

from tallybook.terms import Relation, Verdict

INKS = {
    "agree": "#2a78c0", "differ": "#b85f00", "between": "#74797f", "aside": "#74797f", "ink": "#74797f",
}  # fmt: skip
"""The colour of a sign or mark by its role: one for every theme, with a contrast of 4 or more on either paper
(a notebook's theme is its own, and an image knows only that of the reader's device)."""

RULE = "border-bottom:1px solid #80808066"
TABLE = "border-collapse:collapse;font-size:14px;margin:0;border-top:2px solid"
CAPTION = "text-align:left;padding:0 0 8px;caption-side:top"
ROW = f"background-color:transparent;{RULE}"

TERM = "tb-sign-of-term"
"""Class of the sign before a relation or verdict, which a page of the report sets by its style sheet."""


def coloured_by(term: Relation | Verdict, *, counts: bool) -> str:
    """The colour of the sign of a term; of a relation never that of agreement where it counts for nobody."""
    return INKS["aside" if term.role == "agree" and not counts else term.role]

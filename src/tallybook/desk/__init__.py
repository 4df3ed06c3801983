"""The desk: a case whose settings a person moves in a notebook, with the verdicts that follow.

case.explore()   # in the last line of a notebook's cell
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallybook.desk.explorer import Explorer
    from tallybook.tables.case import Case


def explore(case: Case, claim: str | None = None) -> Explorer:
    """The explorer of a case, for the last line of a notebook's cell. ``claim``: the one to begin with.

    BookError where its package is not installed, or where the article has no claim to compare yet;
    UnknownName for an unknown claim.
    """
    from tallybook.intake.extras import extra

    extra("anywidget", "desk", "case.explore()")
    from tallybook.desk.explorer import Explorer

    return Explorer(case, claim)

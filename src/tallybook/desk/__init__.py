"""The desk: a case whose settings a person moves in a notebook, with the verdicts that follow.

case.explore()   # in the last line of a notebook's cell
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallybook.book.problems import BookError

if TYPE_CHECKING:
    from tallybook.desk.explorer import Explorer
    from tallybook.tables.case import Case


class NotInstalled(BookError):
    """The package that the explorer is made with is missing; a notebook shows the message alone."""

    def _render_traceback_(self) -> list[str]:
        return [problem.message for problem in self.problems]


def explore(case: Case, claim: str | None = None) -> Explorer:
    """The explorer of a case, for the last line of a notebook's cell. ``claim``: the one to begin with.

    NotInstalled where its package is missing; BookError where the article has no claim to compare yet;
    UnknownName for an unknown claim.
    """
    from tallybook.intake.extras import extra

    try:
        extra("anywidget", "desk", "case.explore()")
    except BookError as error:
        raise NotInstalled(error.problems) from None
    from tallybook.desk.explorer import Explorer

    return Explorer(case, claim)

"""Books of a few lines, made in memory from a case of the law, and what the program says of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tallybook.book import load
from tallybook.tables.case import Case
from tallybook.tables.opened import OpenBook
from tallybook.verdicts.distortion import Said, said_by
from tallybook.verdicts.verdict import ClaimVerdict

from ..law.books import ARTICLE, CLAIM, book_of_case
from ..law.program import project_of

Record = dict[str, Any]

PEOPLE: Record = {"kind": "total", "unit": "person", "once": True}
"""A count that no time rule touches."""

A_YEAR: Record = {"kind": "total", "unit": "person"}
MILES: Record = {"kind": "total", "unit": "mile", "once": True}
CHANGE: Record = {"kind": "change", "unit": "%"}
INMATES: Record = {"kind": "stock", "unit": "inmate"}


def opened(
    statements: list[Record],
    claim: Record | None = None,
    *,
    measure: Record = PEOPLE,
    change: Callable[[Record], None] = lambda files: None,
    **more: Any,
) -> Case:
    """The case of one article. ``change``: of its files, for what a case of the law cannot say; ``more``:
    other parts of a case of the law (origins, pages, measures)."""
    numbered = [{"origin": "bureau"} | given for given in statements]
    about = {} if "measures" in more else {"measure": measure}
    case = {
        "id": "made", "expect": {}, "claim": claim or {"words": statements[-1]["words"]},
        "statements": numbered, **about, **more,
    }  # fmt: skip
    files = book_of_case(case).files
    change(files)
    return OpenBook(load.book_of(project_of(files), Path()))[ARTICLE]


def judged(
    statements: list[Record], claim: Record, *, as_of: str = "today", measure: Record = PEOPLE, **more: Any
) -> ClaimVerdict:
    """The verdict on the claim."""
    return opened(statements, claim, measure=measure, **more).comparison(as_of).verdicts[CLAIM]


def two_said(first: Record, second: Record, *, measure: Record = PEOPLE, **more: Any) -> tuple[Said, Said]:
    """Two statements as their pages give them."""
    case = opened([first, second], measure=measure, **more)
    said, repeated = (said_by(case.evidence.estimates[id_], case.policy) for id_ in ("s1", "s2"))
    assert said is not None and repeated is not None
    return said, repeated

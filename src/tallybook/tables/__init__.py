"""A book and its comparisons as pandas tables: the interface of the notebooks.

    case = tallybook.open_book()["kursk-engineers"]
    case.verdicts()

One row a claim, a statement, or a pair of them. Numbers are floats in the unit named in the row;
an open end is ``inf``; what is not known is NaN, NaT or an empty text, never filled in.
"""

from typing import TYPE_CHECKING, Any

from tallybook.tables.opened import OpenBook, open_book

if TYPE_CHECKING:
    from tallybook.tables.case import Case as Case

__all__ = ["Case", "OpenBook", "open_book"]


def __getattr__(name: str) -> Any:
    """Case is found on first use (PEP 562): with it comes pandas, which opening a book does not need."""
    if name == "Case":
        from tallybook.tables.case import Case

        return Case
    raise AttributeError(f"module 'tallybook.tables' has no attribute {name!r}")

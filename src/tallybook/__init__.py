"""tallybook: the figures a news article states, set beside what its sources say.

    import tallybook as tb
    case = tb.open_book()["kursk-engineers"]
    case.verdicts()
    tb.read("over 10,000 soldiers")

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tallybook import charts as charts
    from tallybook.book.problems import UnknownName as UnknownName
    from tallybook.reading import Mention as Mention
    from tallybook.reading import Reading as Reading
    from tallybook.reading import read as read
    from tallybook.reading import read_file as read_file
    from tallybook.tables import Case as Case
    from tallybook.tables import open_book as open_book
    from tallybook.tables.presentation import show as show

__version__ = "0.1.0"

_HOME = {
    "UnknownName": "tallybook.book.problems",
    "read": "tallybook.reading",
    "read_file": "tallybook.reading",
    "Mention": "tallybook.reading",
    "Reading": "tallybook.reading",
    "open_book": "tallybook.tables",
    "Case": "tallybook.tables",
    "show": "tallybook.tables.presentation",
}

__all__ = ["Case", "Mention", "Reading", "UnknownName", "charts", "open_book", "read", "read_file", "show"]


def __getattr__(name: str) -> Any:
    """Public names are found on first use (PEP 562)."""
    if name == "charts":
        return importlib.import_module("tallybook.charts")
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'tallybook' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

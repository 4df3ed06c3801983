"""Text as a cell that a spreadsheet shows and never runs."""

from __future__ import annotations

import re

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is taken for a formula (OWASP, "CSV Injection"); the wide forms are the same signs
to spreadsheets set to East Asian languages."""

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?", re.IGNORECASE | re.ASCII)


def harmless_cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it; a number stays a number."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) and not _NUMBER.fullmatch(text) else text

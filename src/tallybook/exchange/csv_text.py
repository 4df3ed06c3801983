"""Tables as CSV (RFC 4180) that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from typing import Any

import pandas as pd

from tallybook.spreadsheet import harmless_cell


def to_csv(header: Iterable[Any], rows: Iterable[Iterable[Any]], *, mark: bool = True) -> bytes:
    """CSV in UTF-8. ``mark``: with a byte order mark, without which spreadsheets read it as Latin-1."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([cell(value) for value in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


def cell(value: Any) -> str:
    """One value as text: numbers in full, dates as ISO 8601, missing values as an empty text.

    Text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return harmless_cell(value)
        case int():
            return str(value)
        case float():
            return _number(value)
        case list() | tuple():
            return cell("; ".join(str(part) for part in value))
    if hasattr(value, "item"):  # a numpy scalar
        return cell(value.item())
    if value is pd.NaT or value is pd.NA:
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return cell(str(value))


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value))

"""The sources of a case as CSL-JSON, which reference managers and citation processors read.

These take a tag in a text for markup and pass it on to the page that they make. So the sign that would begin
one is written as “‹”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from tallybook.book import Source
from tallybook.exchange.json_text import given, json_bytes
from tallybook.exchange.outlet import Outlet, dated, pages_of, web_address
from tallybook.tables.case import Case

_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """One file: an item a source, in the order of their ids."""
    yield "sources.csl.json", json_bytes([item(source) for source in pages_of(case)])


def item(source: Source) -> dict[str, Any]:
    """Only what is recorded: nobody recorded an author, and a date that nobody trusts is none."""
    return given(
        id=source.id,
        type="dataset" if source.table else "webpage",
        title=_plain(source.title or source.what),
        publisher=_plain(source.publisher),
        URL=web_address(source.url),
        language=source.language,
        issued=_parts(dated(source.dated)),
        accessed=_parts(_day(source.read_on)),
        note=None if source.seen else "Nobody has seen this source.",
    )


def _plain(text: str | None) -> str | None:
    return _TAG.sub("‹", text) if text else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _parts(day: str | None) -> dict[str, Any] | None:
    """ "2025-12" is {"date-parts": [[2025, 12]]}."""
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None

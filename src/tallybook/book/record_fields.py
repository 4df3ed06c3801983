"""The types of fields that records share."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from tallybook.book.currencies import currencies, is_currency
from tallybook.book.periods import Period, parse_period
from tallybook.book.problems import nearest

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)]
SiteUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"'`{}|\\^]{1,480}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Day = Annotated[date, Field(ge=date(1600, 1, 1), le=date(2999, 12, 31))]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Sql = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]

Certainty = Literal["stated", "inferred", "unreliable"]
Guessed = Literal[
    "measure", "attributed_to", "origin", "cites", "status", "reference_period", "base_period", "part",
    "scope", "base",
]  # fmt: skip
"""Fields of a claim that a program may propose."""

GuessedOfFigure = Literal[
    "measure", "words", "origin", "speaker", "speaker_org", "status", "reference_period", "stated", "via",
    "relays",
]  # fmt: skip
"""Fields of a statement that a program may propose; its words always are."""

GuessedOfPage = Literal["publisher", "published", "language", "kind", "copy_of"]
"""Fields of a page that a program may propose."""


def _moment(value: object) -> Period:
    """A day of publication, or a month or year where no more is known."""
    found = value if isinstance(value, Period) else parse_period(str(value))
    if found.spans or not date(1600, 1, 1) <= found.start <= found.end <= date(2999, 12, 31):
        raise ValueError(f"'{value}' is not a day; write 2025-12-15, or 2025-12 where no more is known")
    return found


Published = Annotated[
    Period,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "description": "EDTF: a day, or a month or year: 2025-12-15, 2025-12"}),
]
"""When a page or an article came out; the days that it may be."""


def _currency(name: str) -> str:
    if not is_currency(name):
        raise ValueError(f"'{name}' is no currency that is known.{nearest(name, currencies())}")
    return name


def _edtf(text: str) -> str:
    parse_period(text)
    return text


def _below(name: str) -> str:
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or ":" in name or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"'{name}' is no file below the project's folder; write sources/tables/name.csv")
    return name


TableFile = Annotated[Line, AfterValidator(_below)]
Currency = Annotated[Line, AfterValidator(_currency)]
Edtf = Annotated[Line, AfterValidator(_edtf)]

# A number of millimetres is a size of the thing counted, no second figure.
_JOINED = re.compile(
    r"\b(or|and) (?:\d+(?![\d.,]*[ -]?(?:mm|cm|milli|centi))"
    r"|(?:half )?(?:an? )?(?:hundred|thousand|million|billion)s?\b)",
    re.IGNORECASE,
)


def joined_in(words: str) -> str | None:
    """How words join a figure to the next one: "or", "and", or None where they join none."""
    found = _JOINED.search(words)
    return found.group(1).lower() if found else None


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)

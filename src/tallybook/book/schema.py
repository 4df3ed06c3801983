"""JSON Schemas of the files of a book, so that an editor completes and checks them."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from tallybook.book.accepted import Accepted
from tallybook.book.records import Article, MeasuresFile, OriginsFile, Source

FILES: dict[str, type[BaseModel]] = {
    "article": Article,
    "measures": MeasuresFile,
    "origins": OriginsFile,
    "source": Source,
}
ALL: dict[str, type[BaseModel]] = {"accepted": Accepted, **FILES}
"""With the files that ``tallybook check --verdicts --accept`` writes."""


def schemas() -> dict[str, str]:
    """File name → JSON Schema (draft 2020-12) as text, the same on each run."""
    return {f"{name}.schema.json": _schema(name, record) for name, record in ALL.items()}


def _schema(name: str, record: type[BaseModel]) -> str:
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"tallybook {name}",
        **{k: v for k, v in record.model_json_schema().items() if k != "title"},
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

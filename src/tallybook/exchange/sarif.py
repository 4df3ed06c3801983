"""What somebody has to look at as SARIF 2.1.0, which editors and code hosts show beside the text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tallybook.exchange.entries import Entry, Outcome, Report, Spot
from tallybook.exchange.plain import file_uri
from tallybook.terms import Term

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Outcome.FAILS: "error", Outcome.WARNS: "warning"}


def sarif(report: Report) -> str:
    """One run, in ASCII. A column is a Unicode code point; text is plain, never Markdown."""
    results = [_result(entry, report.kinds) for entry in report.entries if entry.outcome in _LEVELS]
    run = {
        "tool": {"driver": {"name": "tallybook", "rules": [_rule(kind) for kind in report.kinds]}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": file_uri(file)}} for file in report.files],
        "results": results,
        "properties": {**report.numbers, "summary": report.summary},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(kind: Term) -> dict[str, Any]:
    return {
        "id": kind.value,
        "name": kind.label,
        "shortDescription": {"text": f"{kind.meaning}."},
        "defaultConfiguration": {"level": "error"},
    }


def _result(entry: Entry, kinds: Sequence[Term]) -> dict[str, Any]:
    return {
        "ruleId": entry.kind.value,
        "ruleIndex": list(kinds).index(entry.kind),
        "level": _LEVELS[entry.outcome],
        "message": {"text": _plain(entry.message)},
        "locations": [_location(entry.spot)],
    }


def _location(spot: Spot) -> dict[str, Any]:
    """A region of lines; of a file that has none, the file with the paragraph as a place of its contents."""
    file: dict[str, Any] = {"artifactLocation": {"uri": file_uri(spot.file)}}
    if not spot.line:
        place = {"logicalLocations": [{"name": spot.place, "kind": "element"}]} if spot.place else {}
        return {"physicalLocation": file, **place}
    region = {
        "startLine": spot.line,
        "startColumn": spot.column,
        "endLine": spot.end_line,
        "endColumn": spot.end_column,
    }
    known = {name: number for name, number in region.items() if number}
    return {"physicalLocation": {**file, "region": known}}


def _plain(text: str) -> str:
    """Brackets and braces are set apart with a backslash or doubled: SARIF reads links and places in them."""
    for mark in "\\[]":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("{", "{{").replace("}", "}}")

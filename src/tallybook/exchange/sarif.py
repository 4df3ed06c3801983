"""What fails in drafts as SARIF 2.1.0, which editors and code hosts show beside the text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tallybook.exchange.plain import file_uri, shown
from tallybook.intake.lint import Finding, LintedDraft, summary
from tallybook.terms import Known

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES = [known for known in Known if known.fails]


def sarif(drafts: Sequence[LintedDraft]) -> str:
    """One run, in ASCII. A column is a Unicode code point; text is plain, never Markdown."""
    results = [_result(draft, finding) for draft in drafts for finding in draft.failing]
    run = {
        "tool": {"driver": {"name": "tallybook", "rules": [_rule(known) for known in _RULES]}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": file_uri(draft.name)}} for draft in drafts],
        "results": results,
        "properties": {"figures": sum(draft.figures for draft in drafts), "summary": summary(drafts)},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(known: Known) -> dict[str, Any]:
    return {
        "id": known.value,
        "name": known.label,
        "shortDescription": {"text": f"{known.meaning}."},
        "defaultConfiguration": {"level": "error"},
    }


def _result(draft: LintedDraft, finding: Finding) -> dict[str, Any]:
    return {
        "ruleId": finding.known.value,
        "ruleIndex": _RULES.index(finding.known),
        "level": "error",
        "message": {"text": _message(draft, finding)},
        "locations": [_location(draft, finding)],
    }


def _location(draft: LintedDraft, finding: Finding) -> dict[str, Any]:
    """A region of lines; of a file that has none, the file with the paragraph as a place of its contents."""
    file: dict[str, Any] = {"artifactLocation": {"uri": file_uri(draft.name)}}
    if draft.by_paragraph:
        place = {"name": draft.place(finding), "kind": "element"}
        return {"physicalLocation": file, "logicalLocations": [place]}
    region = {
        "startLine": finding.start.line,
        "startColumn": finding.start.column,
        "endLine": finding.end.line,
        "endColumn": finding.end.column,
    }
    return {"physicalLocation": {**file, "region": region}}


def _message(draft: LintedDraft, finding: Finding) -> str:
    """Brackets and braces are set apart with a backslash or doubled: SARIF reads links and places in them."""
    text = f"{shown(finding.words)}: {shown(finding.sentence)}"
    if draft.by_paragraph:
        text = f"{draft.place(finding)}: {text}"
    for mark in "\\[]":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("{", "{{").replace("}", "}}")

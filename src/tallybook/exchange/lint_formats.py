"""The findings of drafts in the formats that people, editors and build servers read.

``text`` and ``json`` have every figure; ``junit`` a case a figure or failing test; ``sarif`` and ``github``
only what somebody has to look at, because their readers show each entry as an alert.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tallybook.exchange.junit import junit
from tallybook.exchange.plain import file_name, shown
from tallybook.exchange.sarif import sarif
from tallybook.intake.lint import Finding, LintedDraft, summary
from tallybook.terms import Consistency

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def as_text(drafts: Sequence[LintedDraft]) -> str:
    """A line a finding, FILE:LINE:COL: words: sentence; and the summary.

    "draft.md:3:12: 12,000 hectares: a source contradicts it: …"
    "draft.docx: paragraph 3: 12,000 hectares: a source contradicts it: …"
    """
    lines = [
        f"{file_name(draft.name)}:{' ' if draft.by_paragraph else ''}{draft.place(finding)}: "
        f"{shown(finding.words)}: {shown(finding.sentence)}"
        for draft, finding in _all(drafts)
    ]
    return "\n".join([*lines, summary(drafts)])


def as_json(drafts: Sequence[LintedDraft]) -> str:
    """One object, in ASCII: a control character of a draft is an escape in it."""
    told = {"drafts": [_draft(draft) for draft in drafts], "summary": summary(drafts)}
    return json.dumps(told, indent=2)


def as_github(drafts: Sequence[LintedDraft]) -> str:
    """Workflow commands, an annotation a finding that fails; the summary is a notice.

    "::error file=draft.md,line=3,col=12,endLine=3,endColumn=27,title=contradicted::12,000 hectares: …"
    """
    lines = [_annotation(draft, finding) for draft, finding in _all(drafts) if finding.known.fails]
    return "\n".join([*lines, f"::notice title=tallybook::{_escaped(summary(drafts), _DATA)}"])


FORMATS: dict[str, Callable[[Sequence[LintedDraft]], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": sarif,
    "junit": junit,
    "github": as_github,
}
"""Each format by its name."""


def _all(drafts: Sequence[LintedDraft]) -> Iterator[tuple[LintedDraft, Finding]]:
    return ((draft, finding) for draft in drafts for finding in draft.findings)


def _draft(draft: LintedDraft) -> dict[str, Any]:
    tests = {result.value: draft.checks[result] for result in Consistency}
    findings = [_record(finding, "paragraph" if draft.by_paragraph else "line") for finding in draft.findings]
    return {"file": draft.name, "figures": draft.figures, "tests": tests, "findings": findings}


def _record(finding: Finding, counted: str) -> dict[str, Any]:
    """``counted``: what a place is told by, "line" or "paragraph"; a column is a character of it."""
    return {
        counted: finding.start.line,
        "column": finding.start.column,
        f"end_{counted}": finding.end.line,
        "end_column": finding.end.column,
        "words": finding.words,
        "known": finding.known.value,
        "sentence": finding.sentence,
        "measure": finding.measure,
        "url": finding.url,
    }


def _annotation(draft: LintedDraft, finding: Finding) -> str:
    region = {
        "line": str(finding.start.line),
        "col": str(finding.start.column),
        "endLine": str(finding.end.line),
        "endColumn": str(finding.end.column),
    }
    where = {} if draft.by_paragraph else region
    properties = {"file": file_name(draft.name), **where, "title": finding.known.label}
    told = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items())
    message = f"{shown(finding.words)}: {shown(finding.sentence)}"
    if draft.by_paragraph:
        message = f"{draft.place(finding)}: {message}"
    return f"::error {told}::{_escaped(message, _DATA)}"


def _escaped(text: str, rules: dict[str, str]) -> str:
    return "".join(rules.get(character, character) for character in text)

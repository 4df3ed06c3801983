"""The findings of drafts in the formats that people, editors and build servers read.

``json`` has every figure, and ``text`` a line each for those of which anything is known and one that names
the others; ``junit`` a case a figure or failing test; ``sarif`` and ``github`` only what somebody has to look
at, because their readers show each entry as an alert.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tallybook.exchange.entries import Entry, Outcome, Part, Report, Spot
from tallybook.exchange.github import github
from tallybook.exchange.junit import junit
from tallybook.exchange.plain import file_name, shown
from tallybook.exchange.sarif import sarif
from tallybook.intake.known import NOTHING
from tallybook.intake.lint import Finding, LintedDraft, summary
from tallybook.prose import listed, quoted
from tallybook.terms import Consistency, Known


def as_text(drafts: Sequence[LintedDraft], *, every: bool = False) -> str:
    """A line a finding, FILE:LINE:COL: words: sentence; and the summary.

    "draft.md:3:12: 12,000 hectares: a source contradicts it: …"
    "draft.docx: paragraph 3: 12,000 hectares: a source contradicts it: …"

    ``every``: also a line for each figure that the book knows nothing of; otherwise those of a draft are one
    line together, so that they do not hide what somebody has to look at.
    """
    return "\n".join([*(line for draft in drafts for line in _lines(draft, every)), summary(drafts)])


def _lines(draft: LintedDraft, every: bool) -> Iterator[str]:
    name = file_name(draft.name)
    nothing = [] if every else [finding for finding in draft.findings if finding.sentence == NOTHING.sentence]
    together = len(nothing) > 1
    for finding in draft.findings:
        if not (together and finding.sentence == NOTHING.sentence):
            place = f"{' ' if draft.by_paragraph else ''}{draft.place(finding)}"
            yield f"{name}:{place}: {shown(finding.words)}: {shown(finding.sentence)}"
    if together:
        which = listed([quoted(shown(finding.words)) for finding in nothing])
        yield f"{name}: {which}: {NOTHING.sentence} --all tells where each stands."


def as_json(drafts: Sequence[LintedDraft]) -> str:
    """One object, in ASCII: a control character of a draft is an escape in it."""
    told = {"drafts": [_draft(draft) for draft in drafts], "summary": summary(drafts)}
    return json.dumps(told, indent=2)


FORMATS: dict[str, Callable[[Sequence[LintedDraft]], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": lambda drafts: sarif(report(drafts)),
    "junit": lambda drafts: junit(report(drafts)),
    "github": lambda drafts: github(report(drafts)),
}
"""Each format by its name."""


def report(drafts: Sequence[LintedDraft]) -> Report:
    """A part a draft. A figure that a source states passes; one that the book knows nothing of is skipped."""
    return Report(
        kinds=[known for known in Known if known.fails],
        parts=[
            Part(draft.name, tuple(_entry(draft, finding) for finding in draft.findings), summary([draft]))
            for draft in drafts
        ],
        files=[draft.name for draft in drafts],
        summary=summary(drafts),
        numbers={"figures": sum(draft.figures for draft in drafts)},
    )


def _entry(draft: LintedDraft, finding: Finding) -> Entry:
    start, end, place = finding.start, finding.end, draft.place(finding)
    if draft.by_paragraph:
        spot = Spot(draft.name, place=place)
    else:
        spot = Spot(draft.name, start.line, start.column, end.line, end.column)
    outcome = Outcome.SKIPPED if finding.known is Known.UNKNOWN else Outcome.PASSES
    outcome = Outcome.FAILS if finding.known.fails else outcome
    name = f"{place}: {finding.words}"
    return Entry(spot, finding.known, outcome, name, finding.words, finding.sentence)


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

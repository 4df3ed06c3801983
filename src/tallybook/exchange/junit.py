"""The figures of drafts as JUnit XML, which build servers count: a case a figure or failing test."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tallybook.exchange.plain import file_name, shown
from tallybook.intake.lint import Finding, LintedDraft, summary
from tallybook.terms import Known


def junit(drafts: Sequence[LintedDraft]) -> str:
    """A suite a draft: a figure that a source states passes, one that the book knows nothing of is skipped.

    "<testcase name="4:23: 12,000 hectares" …><failure message="a source contradicts it: …" …/></testcase>"
    """
    root = Element("testsuites", {"name": "tallybook", **_counts([f for d in drafts for f in d.findings])})
    for draft in drafts:
        suite = SubElement(root, "testsuite", {"name": file_name(draft.name), **_counts(draft.findings)})
        for finding in draft.findings:
            _case(suite, draft, finding)
        SubElement(suite, "system-out").text = shown(summary([draft]))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}'


def _counts(findings: Sequence[Finding]) -> dict[str, str]:
    failing = sum(finding.known.fails for finding in findings)
    skipped = sum(finding.known is Known.UNKNOWN for finding in findings)
    return {
        "tests": str(len(findings)),
        "failures": str(failing),
        "errors": "0",
        "skipped": str(skipped),
        "time": "0",
    }


def _case(suite: Element, draft: LintedDraft, finding: Finding) -> None:
    """The words come from :func:`shown`, which leaves no character that XML forbids."""
    name = f"{draft.place(finding)}: {shown(finding.words)}"
    case = SubElement(suite, "testcase", name=name, classname=file_name(draft.name), time="0")
    case.set("file", file_name(draft.name))
    if not draft.by_paragraph:
        case.set("line", str(finding.start.line))
    told = shown(finding.sentence)
    if finding.known.fails:
        SubElement(case, "failure", message=told, type=finding.known.value)
    elif finding.known is Known.UNKNOWN:
        SubElement(case, "skipped", message=told)
    else:
        SubElement(case, "system-out").text = told

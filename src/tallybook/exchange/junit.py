"""A run as JUnit XML, which build servers count: a case a thing that was tested."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tallybook.exchange.entries import Entry, Outcome, Part, Report
from tallybook.exchange.plain import file_name, shown

_UNDECIDED = (Outcome.SKIPPED, Outcome.WARNS)


def junit(report: Report) -> str:
    """A suite a part. What nobody decided is skipped, so that it does not read as passed.

    "<testcase name="4:23: 12,000 hectares" …><failure message="a source contradicts it: …" …/></testcase>"
    """
    root = Element("testsuites", {"name": "tallybook", **_counts(report.entries)})
    for part in report.parts:
        suite = SubElement(root, "testsuite", {"name": file_name(part.name), **_counts(part.entries)})
        for entry in part.entries:
            _case(suite, part, entry)
        SubElement(suite, "system-out").text = shown(part.summary)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}'


def _counts(entries: Sequence[Entry]) -> dict[str, str]:
    return {
        "tests": str(len(entries)),
        "failures": str(sum(entry.outcome is Outcome.FAILS for entry in entries)),
        "errors": "0",
        "skipped": str(sum(entry.outcome in _UNDECIDED for entry in entries)),
        "time": "0",
    }


def _case(suite: Element, part: Part, entry: Entry) -> None:
    """The words come from :func:`shown`, which leaves no character that XML forbids."""
    classname = file_name(part.name)
    case = SubElement(suite, "testcase", name=shown(entry.name), classname=classname, time="0")
    case.set("file", file_name(entry.spot.file))
    if entry.spot.line:
        case.set("line", str(entry.spot.line))
    told = shown(entry.sentence)
    if entry.outcome is Outcome.FAILS:
        SubElement(case, "failure", message=told, type=entry.kind.value)
    elif entry.outcome in _UNDECIDED:
        SubElement(case, "skipped", message=told)
    else:
        SubElement(case, "system-out").text = told

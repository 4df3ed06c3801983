"""What somebody has to look at as workflow commands of GitHub, which shows each beside its line."""

from __future__ import annotations

from tallybook.exchange.entries import Entry, Outcome, Report
from tallybook.exchange.plain import file_name

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}
_SHOWN = (Outcome.FAILS, Outcome.WARNS)


def github(report: Report) -> str:
    """An annotation a thing that fails or deserves a look; the summary is a notice.

    "::error file=draft.md,line=3,col=12,endLine=3,endColumn=27,title=contradicted::12,000 hectares: …"
    """
    lines = [_annotation(entry) for entry in report.entries if entry.outcome in _SHOWN]
    return "\n".join([*lines, f"::notice title=tallybook::{_escaped(report.summary, _DATA)}"])


def _annotation(entry: Entry) -> str:
    spot = entry.spot
    region = {"line": spot.line, "col": spot.column, "endLine": spot.end_line, "endColumn": spot.end_column}
    where = {name: str(number) for name, number in region.items() if number}
    properties = {"file": file_name(spot.file), **where, "title": entry.kind.label}
    told = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items())
    return f"::{entry.outcome.value} {told}::{_escaped(entry.message, _DATA)}"


def _escaped(text: str, rules: dict[str, str]) -> str:
    return "".join(rules.get(character, character) for character in text)

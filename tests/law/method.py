"""docs/method.md, made of docs/method.rules.yaml: the rules in words, each with cases and what comes of them.

python -m tests.law.method          (or: make docs)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from math import isinf
from pathlib import Path
from typing import Any

import yaml

from tallybook import terms
from tallybook.quantity import DEFAULT_POLICY, Interval
from tallybook.terms import Term

from .case_files import Case, load_cases
from .conftest import OWN
from .program import number_words, zones_of_words
from .shown import shown

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "docs" / "method.rules.yaml"
METHOD = ROOT / "docs" / "method.md"
MADE = "<!-- Made by `make docs` of docs/method.rules.yaml; write there. -->"

_CALLED = {"Incomparable": "not comparable", "Distortion": "code"}
_SHARES = ("about", "rounding_cap", "fraction", "same", "tolerance")


def rules() -> dict[str, Any]:
    """The template."""
    found: dict[str, Any] = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return found


@cache
def known() -> dict[str, Case]:
    """All cases by id."""
    return {case["id"]: case for case in load_cases(sorted(OWN.glob("*.yaml")))}


def rendered() -> str:
    """The document as it has to be now."""
    template = rules()
    parts = [MADE]
    for number, section in enumerate(template["sections"]):
        parts.append(f"{'#' if number == 0 else '##'} {section['title']}")
        parts.append(filled(section["text"], template))
        for rule in section.get("rules", []):
            parts += [f"### {rule['title']}", filled(rule["text"], template)]
            parts.append(shown(known()[id_] for id_ in rule["cases"]))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def filled(text: str, template: dict[str, Any]) -> str:
    """The words of a rule with its numbers and tables."""
    text = text.replace("{policy}", _table(("width", "default", "what it is"), _widths(template["policy"])))
    text = text.replace("{zones}", _table(("words", "true zone", "meant zone"), _zones(template["zones"])))
    text = re.sub(r"\{terms (\w+)\}", lambda found: _terms(found.group(1)), text)
    for name, value in asdict(DEFAULT_POLICY).items():
        text = text.replace(f"{{{name}}}", _width(name, value))
    # headings inside a section stand below its own
    return re.sub(r"^## ", "### ", text, flags=re.MULTILINE)


def _width(name: str, value: float) -> str:
    return number_words(value, percent=name in _SHARES)


def _widths(meanings: dict[str, str]) -> Iterator[tuple[str, ...]]:
    for name, value in asdict(DEFAULT_POLICY).items():
        yield f"`{name}`", _width(name, value), meanings[name]


def _zones(examples: list[dict[str, str]]) -> Iterator[tuple[str, ...]]:
    for example in examples:
        true, meant = zones_of_words(**example)
        unit = "%" if example["unit"] == "fraction" else ""
        yield example["words"], _zone(true, unit), _zone(meant, unit) if meant != true else "the same"


def _zone(zone: Interval, unit: str) -> str:
    """ "9,500 to 10,500", "above 9", "9 and above"; an end that is not inside is said."""
    low, high = (f"{number_words(end)}{unit}" for end in (zone.low, zone.high))
    if zone.low == zone.high:
        return low
    if isinf(zone.high):
        return f"above {low}" if zone.low_open else f"{low} and above"
    return f"{'above ' if zone.low_open else ''}{low} to {'below ' if zone.high_open else ''}{high}"


def _terms(name: str) -> str:
    kind: type[Term] = getattr(terms, name)
    rows = [(f"`{term}`", term.meaning) for term in kind]
    if not any(meaning for _, meaning in rows):
        return "The hints: " + ", ".join(value for value, _ in rows) + "."
    return _table((_CALLED.get(name, name.lower()), "meaning"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    METHOD.write_text(rendered(), encoding="utf-8")
    print(f"wrote {METHOD.relative_to(ROOT)}")

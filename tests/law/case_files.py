"""Files of cases of the law: read, and refused with one message where they are broken.

The head of ``cases/law.yaml`` says what a case is; that of ``cases/fields.yaml`` names a few keys more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

Case = dict[str, Any]

CASE_KEYS = frozenset(
    [
        "id",
        "kind",
        "why",
        "expect",
        "text",
        "measure",
        "measures",
        "claim",
        "statements",
        "origins",
        "pages",
        "exchange_rates",
    ]
)
CLAIM_KEYS = frozenset(
    [
        "words",
        "measure",
        "reference_period",
        "base_period",
        "published",
        "status",
        "scope",
        "part",
        "joined",
        "origin",
        "attributed_to",
        "cites",
        "outcome",
        "replaced_by",
        "replaces",
        "base",
        "dates",
    ]
)
STATEMENT_KEYS = frozenset(
    [
        "words",
        "measure",
        "reference_period",
        "base_period",
        "published",
        "status",
        "scope",
        "part",
        "joined",
        "origin",
        "origins",
        "page",
        "copy",
        "relays",
        "draws_on",
        "tier",
        "base",
        "superseded_by",
        "refused",
        "stated",
        "speaker",
        "dates",
        "part_in_time",
    ]
)
EXPECT_KEYS = frozenset(
    [
        "relations",
        "between",
        "derived",
        "verdict_today",
        "verdict_written",
        "verdict_never",
        "verdict_without",
        "witnesses",
        "split",
        "heading",
        "said_first",
        "says",
        "attribution",
        "quoted_by",
        "code",
        "material",
        "relay",
        "slip",
        "superseded",
        "check_error",
        "gap",
        "figures",
    ]
)
MOST_TOLD = 10


class BrokenCases(Exception):
    """A file of cases that cannot be run; the text names the file, the case and what is wrong."""


class _Text(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]
    """Dates stay text ("2025-04-03"), and only true and false are truth values ("on" is a key here)."""


_PLAIN = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
_Text.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _PLAIN]
    for first, resolvers in _Text.yaml_implicit_resolvers.items()
}
_Text.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|True|false|False)$"), list("tTfF"))


def load_cases(paths: Iterable[Path]) -> list[Case]:
    """The cases of some files, in order. BrokenCases names everything that is wrong with the first bad file."""
    found: list[Case] = []
    for path in paths:
        cases = _read(path)
        problems = list(problems_of(cases))
        twice = Counter(case.get("id") for case in [*found, *cases] if isinstance(case, dict))
        problems += [f"the id {id_} stands for {n} cases" for id_, n in twice.items() if n > 1 and id_]
        if problems:
            more = f"\n  and {len(problems) - MOST_TOLD} more" if len(problems) > MOST_TOLD else ""
            told = "".join(f"\n  {problem}" for problem in problems[:MOST_TOLD])
            raise BrokenCases(f"{path} is no file of cases:{told}{more}")
        found += cases
    return found


def _read(path: Path) -> list[Any]:
    try:
        cases = yaml.load(path.read_text(encoding="utf-8"), Loader=_Text)
    except OSError as error:
        raise BrokenCases(f"{path} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BrokenCases(f"{path} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(cases, list) or not cases:
        raise BrokenCases(f"{path} is no file of cases: it holds no list")
    return cases


def problems_of(cases: list[Any]) -> Iterator[str]:
    """What keeps each case from being run, a line each."""
    for number, case in enumerate(cases, 1):
        if not isinstance(case, dict):
            yield f"case {number} is no mapping"
            continue
        name = str(case.get("id") or f"case {number}")
        if not isinstance(case.get("id"), str):
            yield f"case {number} has no id"
        yield from (f"{name}: {problem}" for problem in _problems(case))


def _problems(case: Case) -> Iterator[str]:
    expect, statements = case.get("expect"), case.get("statements", [])
    yield from _unknown("key", case, CASE_KEYS)
    if not isinstance(expect, dict) or not expect:
        yield "'expect' is missing"
        return
    yield from _unknown("'expect' key", expect, EXPECT_KEYS)
    if not isinstance(statements, list) or not all(isinstance(s, dict) for s in statements):
        yield "'statements' is no list of mappings"
        return
    if "figures" in expect:
        if not isinstance(case.get("text"), str):
            yield "'figures' are expected, and there is no 'text'"
        return
    if not isinstance(case.get("measure", case.get("measures")), dict):
        yield "'measure' (or 'measures') is missing"
    claim = case.get("claim", {})
    if not isinstance(claim, dict) or (not claim and "between" not in expect):
        yield "'claim' is missing"
        return
    yield from _unknown("'claim' key", claim, CLAIM_KEYS)
    for number, statement in enumerate(statements, 1):
        yield from _unknown(f"key of statement {number}", statement, STATEMENT_KEYS)
        yield from _without(f"statement {number}", statement, ("words", "origin"))
    if claim:
        yield from _without("claim", claim, ("words",))
    yield from _numbers(expect, len(statements))


def _unknown(what: str, given: dict[Any, Any], known: frozenset[str]) -> Iterator[str]:
    yield from (f"unknown {what} {key!r}" for key in given if key not in known)


def _without(what: str, given: dict[str, Any], needed: tuple[str, ...]) -> Iterator[str]:
    for key in needed:
        if key not in given and not (key == "origin" and given.get("origins")):
            yield f"{what} has no '{key}'"


def _numbers(expect: dict[str, Any], count: int) -> Iterator[str]:
    """Every number in ``expect`` is that of a statement."""
    named: list[Any] = [*_keys(expect, "relations"), *_keys(expect, "relay")]
    for pair in _keys(expect, "between"):
        named += [int(n) if n.isdigit() else n for n in str(pair).split("-")]
    slip = expect.get("slip")
    if isinstance(slip, dict):
        named.append(slip.get("statement"))
    for number in named:
        if not isinstance(number, int) or not 1 <= number <= count:
            yield f"there is no statement {number}"


def _keys(expect: dict[str, Any], key: str) -> list[Any]:
    found = expect.get(key, {})
    return list(found) if isinstance(found, dict) else [found]

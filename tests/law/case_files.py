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

_KEYS = {
    "case": "id kind why expect text measure measures claim statements origins pages exchange_rates",
    "claim": "words measure reference_period base_period published status scope part joined origin"
    " attributed_to cites outcome replaced_by replaces base dates",
    "statement": "words measure reference_period base_period published status scope part joined origin"
    " origins page copy relays draws_on tier base superseded_by refused stated speaker dates part_in_time",
    "expect": "relations between derived verdict_today verdict_written verdict_never verdict_without"
    " witnesses split heading said_first says attribution quoted_by code material relay slip superseded"
    " check_error told not_told gap figures",
    "measure": "kind unit unit_is once cumulative moment window_days policy spread definition scopes inside"
    " nouns neighbours first_month rate_of change_of mean_of shares",
    "origin": "speaks_for measures shares_with members",
    "page": "kept published published_is tier",
}
"""The keys that each part of a case may have."""

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
    """The cases of some files, in order. BrokenCases where a file has none that can be run, or no ids.

    One that cannot be run among others that can is left in; :func:`problems_of` tells why it fails.
    """
    found: list[Case] = []
    for path in paths:
        cases = _read(path)
        problems = [f"case {n} has no id" for n, case in enumerate(cases, 1) if not _id(case)]
        twice = Counter(_id(case) for case in [*found, *cases])
        problems += [f"the id {id_} stands for {n} cases" for id_, n in twice.items() if id_ and n > 1]
        broken = [f"{_id(case)}: {told}" for case in cases if _id(case) for told in problems_of(case)]
        if all(not _id(case) or any(problems_of(case)) for case in cases):
            problems += broken
        if problems:
            more = f"\n  and {len(problems) - MOST_TOLD} more" if len(problems) > MOST_TOLD else ""
            told = "".join(f"\n  {problem}" for problem in problems[:MOST_TOLD])
            raise BrokenCases(f"{path} is no file of cases:{told}{more}")
        found += cases
    return found


def _id(case: Any) -> str:
    id_ = case.get("id") if isinstance(case, dict) else None
    return id_ if isinstance(id_, str) else ""


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


def problems_of(case: Case) -> Iterator[str]:
    """What keeps a case from being run, a line each."""
    expect, statements = case.get("expect"), case.get("statements", [])
    yield from _unknown("case", case, "key")
    if not isinstance(expect, dict) or not expect:
        yield "'expect' is missing"
        return
    yield from _unknown("expect", expect, "'expect' key")
    if "figures" in expect:
        if not isinstance(case.get("text"), str):
            yield "'figures' are expected, and there is no 'text'"
        return
    if not isinstance(statements, list) or not all(isinstance(s, dict) for s in statements):
        yield "'statements' is no list of mappings"
        return
    yield from _measures(case)
    claim = case.get("claim", {})
    if not isinstance(claim, dict) or (not claim and "between" not in expect):
        yield "'claim' is missing"
        return
    yield from _unknown("claim", claim, "'claim' key")
    for number, statement in enumerate(statements, 1):
        yield from _unknown("statement", statement, f"key of statement {number}")
        yield from _without(f"statement {number}", statement, ("words", "origin"))
    if claim:
        yield from _without("the claim", claim, ("words",))
    for part in ("origin", "page"):
        for name, facts in (case.get(f"{part}s") or {}).items():
            yield from _unknown(part, facts or {}, f"key of {part} {name!r}")
    yield from _numbers(expect, len(statements))


def _measures(case: Case) -> Iterator[str]:
    given = case.get("measures", {"": case.get("measure")})
    for name, measure in given.items() if isinstance(given, dict) else [("", None)]:
        if not isinstance(measure, dict):
            yield "'measure' (or 'measures') is missing"
            return
        yield from _unknown("measure", measure, f"key of measure {name!r}")
        yield from _without(f"measure {name!r}", measure, ("kind", "unit"))


def _unknown(part: str, given: dict[Any, Any], what: str) -> Iterator[str]:
    known = _KEYS[part].split()
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

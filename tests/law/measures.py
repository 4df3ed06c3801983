"""The measures of a case as records: those it defines, and the neighbours that its statements name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .case_files import Case
from .case_units import unit_of
from .names import Names
from .program import counts_things, nouns_of
from .wanted import one_of

MAIN = "counted here"
"""The name of the one measure of a case that names none."""

_UNITS_REFUSED = frozenset({"other dimension", "no rate", "no period", "points are not percent"})
"""Errors of ``check`` that a noun of the measure would hide."""

_AS_THEY_ARE = ("once", "cumulative", "moment", "window_days", "policy", "first_month", "shares")


def measure_of(case: Case, record: dict[str, Any]) -> dict[str, Any]:
    """What the case says of the measure of its claim or of a statement."""
    known = _defined(case)
    first = case.get("claim", {}).get("measure", next(iter(known)))
    return known.get(record.get("measure", first), known[first])


def measure_records(case: Case, measures: Names, scopes: Names) -> dict[str, Any]:
    """``claims/measures.yaml``."""
    known = dict(_defined(case))
    first = case.get("claim", {}).get("measure", next(iter(known)))
    claim = case.get("claim") or {}
    others = [claim[key] for key in ("replaced_by", "replaces") if key in claim]
    records = [claim, *others, *case.get("statements", [])]
    beside = [r["measure"] for r in records if r.get("measure", first) not in known]
    for name in dict.fromkeys(beside):
        plain = {
            k: v for k, v in known[first].items() if k not in ("definition", "neighbours", "spread", "policy")
        }
        known[name] = plain | {"definition": name}
    known[first] = known[first] | {
        "neighbours": [*known[first].get("neighbours", []), *dict.fromkeys(beside)]
    }
    refused = set(one_of(case["expect"].get("check_error", []))) & _UNITS_REFUSED
    made = []
    for name, given in known.items():
        words = [r["words"] for r in records if "words" in r and r.get("measure", first) == name]
        counted = [] if refused else _nouns(given, words)
        made.append(_record(name, given, counted, measures, scopes))
    _computed(case, dict(zip(known, made, strict=True)), measures)
    return {"exchange_rates": case.get("exchange_rates", []), "measures": made}


def _defined(case: Case) -> dict[str, dict[str, Any]]:
    return case["measures"] if "measures" in case else {MAIN: case["measure"]}


def _record(
    name: str, given: dict[str, Any], nouns: list[str], measures: Names, scopes: Names
) -> dict[str, Any]:
    spread = given.get("spread")
    if spread is not None and not isinstance(spread, dict):
        points = given["kind"] == "share"  # in points of a percentage; a share is a fraction here
        spread = {"value": spread / 100 if points else spread, "because": "made up: the methods part so far"}
    links: dict[str, Any] = {key: measures.id(given[key]) for key in ("rate_of", "change_of") if key in given}
    if "mean_of" in given:
        links["mean_of"] = {key: measures.id(name) for key, name in given["mean_of"].items()}
    return {
        "id": measures.id(name),
        "kind": given["kind"],
        "unit": unit_of(given["unit"], given["kind"]),
        "definition": f"Made up: {given.get('definition', name)}.",
        "nouns": [*given.get("nouns", []), *nouns],
        "scopes": {scopes.id(scope): scope for scope in given.get("scopes", [])},
        "inside": {
            scopes.id(inner): {"of": scopes.id(outer), "because": "the case says so"}
            for inner, outer in given.get("inside", {}).items()
        },
        "spread": spread,
        "neighbours": [
            {"measure": measures.id(other), "because": "the case names it beside"}
            for other in given.get("neighbours", [])
        ],
        **links,
        **{key: given[key] for key in _AS_THEY_ARE if key in given},
    }


def _nouns(given: dict[str, Any], words: Iterable[str]) -> list[str]:
    """What the words count, of a measure that counts things."""
    top = unit_of(given["unit"], given["kind"]).partition(" / ")[0]
    if not counts_things(top):
        return []
    return list(dict.fromkeys(noun for text in words for noun in nouns_of(text) if noun != top))


def _computed(case: Case, records: dict[str, dict[str, Any]], measures: Names) -> None:
    """What the claim's measure is computed from, by the formula that the case expects."""
    formula = str(case["expect"].get("derived", {}).get("formula", ""))
    first = case.get("claim", {}).get("measure", next(iter(records)))
    target = records[first]
    inputs = list(dict.fromkeys(measures.id(s.get("measure", first)) for s in case.get("statements", [])))
    if not formula or {"rate_of", "change_of", "mean_of", "shares"} & target.keys():
        return
    if formula in ("total ÷ period", "growth ÷ time"):
        target["rate_of"] = inputs[0]
    elif formula in ("later − earlier", "later ÷ earlier − 1"):
        target["change_of"] = inputs[0]
    elif formula == "total ÷ number":
        target["mean_of"] = dict(zip(("total", "number"), _total_first(inputs, records, target), strict=True))
    elif formula in ("part ÷ whole", "rate ÷ denominator"):
        target["shares"] = [dict(zip(("part", "whole"), inputs, strict=True))]


def _total_first(inputs: list[str], records: dict[str, dict[str, Any]], mean: dict[str, Any]) -> list[str]:
    """The number is in the base of the mean: of '£ a claim' it counts claims."""
    units = {record["id"]: record["unit"] for record in records.values()}
    base = mean["unit"].partition(" / ")[2]
    return sorted(inputs, key=lambda id_: units[id_] == base)

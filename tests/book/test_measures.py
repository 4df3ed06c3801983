"""What measures, exchange rates and declared sums may be made of: `check` refuses what could mean nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tallybook.book import BookError, load_book

TOTAL, PEOPLE = {"kind": "total", "unit": "euro"}, {"kind": "total", "unit": "person"}
WARMTH = {"kind": "level", "unit": "degree Celsius"}
INDEX = {"kind": "level", "unit": "point"}
STOCK = {"kind": "stock", "unit": "person"}
MEAN = {"kind": "rate", "unit": "euro / person", "mean_of": {"total": "one", "number": "other"}}
SHARE = {"kind": "share", "unit": "fraction", "shares": [{"part": "one", "whole": "other"}]}


def problems(project: Path, measures: dict[str, dict[str, Any]], rates: list[Any] = ()) -> str:  # type: ignore[assignment]
    """What `check` says of these measures beside those of the small project; "" where nothing."""
    path = project / "claims" / "measures.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["measures"] += [{"id": id_, "definition": id_} | measure for id_, measure in measures.items()]
    data["exchange_rates"] = list(rates)
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    try:
        load_book(project)
    except BookError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("measures", "told"),
    [
        ({"one": TOTAL, "other": PEOPLE, "mean": MEAN}, ""),
        ({"one": TOTAL, "other": STOCK, "mean": MEAN}, ""),
        ({"one": STOCK, "other": PEOPLE, "mean": MEAN}, "'one' is of kind stock; a mean divides a total"),
        ({"one": TOTAL, "other": INDEX, "mean": MEAN}, "'other' is of kind level; a mean divides a total"),
        (
            {"one": {"kind": "total", "unit": "ton"}, "other": PEOPLE, "mean": MEAN},
            "'one' counts ton, not euro. Give both one unit.",
        ),
        ({"one": PEOPLE, "other": STOCK, "share": SHARE}, ""),
        (
            {"one": INDEX, "other": INDEX, "share": SHARE},
            "'one' is of kind level, of which nothing is a share",
        ),
        ({"one": INDEX, "rise": {"kind": "change", "unit": "percent", "change_of": "one"}}, ""),
        (
            {"one": WARMTH, "rise": {"kind": "change", "unit": "percent", "change_of": "one"}},
            "a scale without a true zero: a change of it is no percentage",
        ),
        ({"one": WARMTH, "rise": {"kind": "change", "unit": "degree Celsius", "change_of": "one"}}, ""),
    ],
)
def test_a_measure_made_of_others(project: Path, measures: dict[str, dict[str, Any]], told: str) -> None:
    said = problems(project, measures)
    assert told in said and bool(said) is bool(told)


RATE = {"of": "dollar", "to": "euro", "value": 0.9, "on": "2025-03", "source": "the bank"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, ""),
        ({"of": "dolar"}, "'dolar' is no currency that is known. Nearest: 'dollar'"),
        ({"to": "kilogram"}, "'kilogram' is no currency that is known"),
        ({"to": "Dollar"}, "a rate is between two currencies, and both are 'dollar'"),
        ({"on": "last week"}, "not a date in EDTF"),
        ({"on": "31 February 2025"}, "31 February"),
    ],
)
def test_an_exchange_rate(project: Path, changed: dict[str, Any], told: str) -> None:
    said = problems(project, {}, [RATE | changed])
    assert told in said and bool(said) is bool(told)
    assert not said or "measures.yaml:" in said


@pytest.mark.parametrize(("how", "sound"), [("difference", True), ("sum", False), ("ratio", False)])
def test_readings_without_a_true_zero_have_differences_alone(project: Path, how: str, sound: bool) -> None:
    statements = [
        {
            "id": f"warm-{k}",
            "measure": "warmth",
            "words": f"{k} °C",
            "origin": "baker",
            "reference_period": "2025-03",
        }
        for k in (14, 15)
    ]
    page = project / "sources" / "gazette.yaml"
    data = yaml.safe_load(page.read_text(encoding="utf-8"))
    data["statements"] += statements
    page.write_text(yaml.safe_dump(data), encoding="utf-8")
    origins = project / "sources" / "origins.yaml"
    data = yaml.safe_load(origins.read_text(encoding="utf-8"))
    data["derivations"] = [
        {
            "id": "made",
            "measure": "warmth",
            "how": how,
            "of": ["warm-14", "warm-15"],
            "assumption": "one glass",
        }
    ]
    origins.write_text(yaml.safe_dump(data), encoding="utf-8")
    said = problems(project, {"warmth": WARMTH})
    assert (said == "") is sound
    assert sound or f"a {how} of its readings means nothing" in said

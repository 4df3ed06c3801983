"""Zones as columns: every field in a column of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tallybook.book.records import Measure
from tallybook.estimates.zones import Zones
from tallybook.matching.columns import Coder, Names, meant_columns, zone_columns
from tallybook.quantity import Interval, Policy

PLAIN = Zones(Interval(1, 2), Interval(3, 4), Interval(5, 6), Interval(7, 8), half=(9.0, 10.0))
NUMBERS: dict[str, Any] = {
    "core_low": 3, "core_high": 4, "low": 5, "high": 6, "half_low": 9, "half_high": 10, "low_open": False,
    "high_open": False, "bound": 0, "from_below": False, "contradictory": False, "single": False,
    "round": False, "digitless": False, "margin": False, "completed": 0, "direction": 0, "spoken": False,
    "several": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "columns"),
    [
        ({}, {}),
        ({"true": Interval(5, 6, True, False)}, {"low_open": True}),
        ({"true": Interval(5, 6, False, True)}, {"high_open": True}),
        ({"bound": -1}, {"bound": -1}),
        ({"from_below": True}, {"from_below": True}),
        ({"contradictory": True}, {"contradictory": True}),
        ({"single": True}, {"single": True}),
        ({"round": True}, {"round": True}),
        ({"digitless": True}, {"digitless": True, "round": True}),
        ({"margin": True}, {"margin": True}),
        ({"completed": 0.5}, {"completed": 0.5}),
        ({"direction": -1}, {"direction": -1}),
        ({"spoken": True}, {"spoken": True}),
        ({"least": 0.9}, {"several": True}),
        ({"most": 1.2}, {"several": True}),
    ],
)
def test_every_field_of_a_zone_has_its_column(change: dict[str, Any], columns: dict[str, Any]) -> None:
    found = zone_columns([PLAIN, replace(PLAIN, **change), None])
    assert {name: values.tolist()[0] for name, values in found.items()} == NUMBERS
    assert {name: values.tolist()[1] for name, values in found.items()} == NUMBERS | columns
    assert not any(values[2] for values in found.values())


def test_what_the_words_suggest_and_where_ends_give_way() -> None:
    measure = Measure(id="loaves", kind="total", unit="loaf", definition="Loaves.")
    over = replace(PLAIN, true=Interval(5, 6, True, False))
    for policy, same in ((Policy(), 0.005), (Policy(same=0.25), 0.25)):
        found = meant_columns([PLAIN, over], [measure, measure], policy)
        assert {name: values.tolist() for name, values in found.items()} == {
            "meant_low": [7, 7], "meant_high": [8, 8], "way_low": [-4, 5], "way_high": [16, 16],
            "same": [same, same],
        }  # fmt: skip


def test_scopes_are_of_their_measure_and_what_is_wider_is_known() -> None:
    def measure(id_: str, **inside: str) -> Measure:
        scopes = {name: name for name in ("all", "north", "city", "rye")}
        declared = {inner: {"of": outer, "because": "So it is."} for inner, outer in inside.items()}
        given = {"id": id_, "kind": "total", "unit": "loaf", "definition": "Loaves.", "scopes": scopes}
        return Measure(**given, inside=declared)

    bread, cake = measure("bread", city="north", north="all"), measure("cake", rye="all")
    names = Names.new()
    code = {
        (m.id, s): names.scope(m, s) for m in (bread, cake) for s in ("all", "north", "city", "rye", None)
    }
    assert len(set(code.values())) == 10 and 0 not in code.values()
    assert names.scope(bread, "") == code["bread", None]
    assert sorted(map(tuple, names.inner([bread, cake, bread]).tolist())) == sorted(
        (code[m, inner], code[m, outer])
        for m, inner, outer in (
            ("bread", "city", "north"), ("bread", "city", "all"), ("bread", "north", "all"),
            ("cake", "rye", "all"),
        )
    )  # fmt: skip
    assert names.inner([measure("plain")]).shape == (0, 2)


def test_four_kinds_of_names_are_coded_apart() -> None:
    names = Names.new()
    coders: list[Coder] = [names.measures, names.scopes, names.periods, names.parts]
    for number, coder in enumerate(coders):
        for name in "abcd"[: number + 1]:
            coder(name)
    assert [coder("new") for coder in coders] == [2, 3, 4, 5]

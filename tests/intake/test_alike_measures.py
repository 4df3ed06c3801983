"""Measures that may be one by another name, and two made one. All of it is made up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tallybook.book.load import load_book
from tallybook.intake.alike_measures import alike, alike_pairs, amounts_for, merged, write_merging

from .conftest import Run


def with_measures(root: Path, *measures: str) -> None:
    file = root / "claims" / "measures.yaml"
    lines = "".join(f"  - {measure}\n" for measure in measures)
    file.write_text(file.read_text(encoding="utf-8") + lines, encoding="utf-8")


FERRIES = (
    '{id: a, kind: total, unit: passenger, definition: "Passengers of the ferries of Lower Made-up.%s"%s}'
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            FERRIES % ("", ""),
            '{id: b, kind: total, unit: passenger, definition: "Ferry passengers in Lower Made-up."}',
        ),
        (
            FERRIES % ("", ", nouns: [traveller]"),
            '{id: b, kind: total, unit: traveller, definition: "Travellers on ferries of Lower Made-up."}',
        ),
        (
            '{id: a, kind: total, unit: arrest, definition: "Arrests at the fair of 2023."}',
            '{id: b, kind: total, unit: arrest, definition: "Arrests at the fair of 2024."}',
        ),
        (
            '{id: a, kind: total, once: true, unit: kilometer, definition: "Length of the new tram line."}',
            '{id: b, kind: total, once: true, unit: mile, definition: "The length of the new tram line."}',
        ),
    ],
)
def test_one_measure_by_two_names_is_told(drafted: Path, tb_run: Run, one: str, other: str) -> None:
    with_measures(drafted, one, other)
    assert [(pair.one.id, pair.other.id) for pair in alike_pairs(load_book(drafted))] == [("a", "b")]
    told = tb_run("measures", "--alike").output
    assert "a and b may be one by another name" in told
    assert "tallybook measures --merge" in told


@pytest.mark.parametrize(
    "other",
    [
        '{id: b, kind: stock, unit: passenger, definition: "Passengers of the ferries of Lower Made-up."}',
        '{id: b, kind: total, unit: ferry, definition: "Ferries of Lower Made-up with passengers."}',
        '{id: b, kind: total, unit: passenger, definition: "Passengers of the buses of Upper Made-up."}',
        "{id: b, kind: total, unit: passenger,"
        ' definition: "Passengers and crews of ferries in Lower Made-up."}',
        "{id: b, kind: total, unit: passenger, neighbours: [{measure: a, because: one line more}],"
        ' definition: "Passengers of the ferries of Lower Made-up."}',
    ],
)
def test_two_things_are_not_told_to_be_one(drafted: Path, tb_run: Run, other: str) -> None:
    with_measures(drafted, FERRIES % (" The crews are not in it.", ""), other)
    assert alike_pairs(load_book(drafted)) == []
    assert "No two measures look like one" in tb_run("measures", "--alike").output


def test_a_new_measure_is_held_against_those_of_the_book(drafted: Path) -> None:
    book = load_book(drafted)
    new = {"kind": "total", "unit": "trip", "definition": "Trips by tram in Made-up Harbour in a year."}
    assert [measure.id for measure in alike(book, new)] == ["made_up_city_tram_passengers"]
    assert alike(book, {**new, "kind": "stock"}) == []
    assert alike(book, {**new, "definition": "Trips to the moon."}) == []


def test_merging_is_shown_first_and_then_takes_all_records_over(drafted: Path, tb_run: Run) -> None:
    with_measures(
        drafted,
        "{id: rides, kind: total, unit: ride, scopes: {all_lines: all, one_line: line 1},"
        ' definition: "Rides on the trams of Made-up Harbour.", neighbours: []}',
    )
    before = {path: path.read_bytes() for path in drafted.rglob("*.yaml")}
    shown = tb_run("measures", "--merge", "made_up_city_tram_passengers", "rides")
    assert shown.exit_code == 1
    assert "claims/town.yaml: 1 figure of made_up_city_tram_passengers, then of rides" in shown.output
    assert before == {path: path.read_bytes() for path in drafted.rglob("*.yaml") if path in before}
    done = tb_run("measures", "--merge", "made_up_city_tram_passengers", "rides", "--yes")
    assert done.exit_code == 0, done.output
    book = load_book(drafted)
    assert "made_up_city_tram_passengers" not in book.measures
    assert set(book.measures["rides"].nouns) == {"passenger", "trip", "journey"}
    assert any(claim.measure == "rides" for claim in book.articles["town"].claims)
    assert not any(".steps" in path.name for path in (drafted / "claims").iterdir())


def test_links_between_measures_follow(drafted: Path) -> None:
    with_measures(
        drafted, '{id: owed, kind: stock, unit: euro, definition: "What the council owes to banks."}',
        "{id: owed_change, kind: change, unit: euro, change_of: made_up_city_debt,"
        ' definition: "Change of the debt."}',
    )  # fmt: skip
    write_merging(drafted, merged(drafted, "made_up_city_debt", "owed"))
    assert load_book(drafted).measures["owed_change"].change_of == "owed"


def test_stopped_half_way_the_book_loads_and_a_second_merging_does_the_rest(drafted: Path) -> None:
    with_measures(drafted, '{id: rides, kind: total, unit: ride, definition: "Rides on the trams."}')
    merging = merged(drafted, "made_up_city_tram_passengers", "rides")
    for name, text in merging.steps[:-1]:
        (drafted / name).write_text(text, encoding="utf-8")
        load_book(drafted)
    write_merging(drafted, merged(drafted, "made_up_city_tram_passengers", "rides"))
    assert "made_up_city_tram_passengers" not in load_book(drafted).measures


ADD = """
import sys
from pathlib import Path
from tallybook.book.problems import BookError
from tallybook.intake.new_measure import add_measure
for number in map(int, sys.argv[2:]):
    while True:
        try:
            add_measure(Path(sys.argv[1]), {
                "id": f"new_{number}", "kind": "stock", "unit": "tree", "definition": f"Trees, park {number}."
            })
            break
        except BookError as error:
            assert "changed by somebody else" in str(error), error
"""


def test_people_who_add_at_once_lose_nothing(drafted: Path) -> None:
    numbers = [["0", "1"], ["2", "3"], ["4", "5"]]
    people = [subprocess.Popen([sys.executable, "-c", ADD, str(drafted), *own]) for own in numbers]
    assert [person.wait(60) for person in people] == [0, 0, 0]
    assert {f"new_{number}" for number in range(6)} <= set(load_book(drafted).measures)


@pytest.mark.parametrize(
    ("gone", "kept", "told"),
    [
        ("made_up_city_debt", "made_up_city_debt", "is one measure"),
        ("made_up_city_deb", "made_up_city_loan", "made_up_city_debt"),
        ("made_up_city_tram_passengers", "made_up_city_growth", "these are two things"),
        ("made_up_city_spending", "made_up_city_tram_passengers", "these are two things"),
    ],
)
def test_what_cannot_be_one_is_refused_and_nothing_is_written(
    drafted: Path, tb_run: Run, gone: str, kept: str, told: str
) -> None:
    before = {path: path.read_bytes() for path in drafted.rglob("*.yaml")}
    done = tb_run("measures", "--merge", gone, kept, "--yes")
    assert done.exit_code == 1
    assert told in done.output
    assert before == {path: path.read_bytes() for path in drafted.rglob("*.yaml")}


DEBT = {
    "kind": "change",
    "unit": "percent",
    "definition": "How much the council owes to banks, more or less.",
}


@pytest.mark.parametrize(
    ("data", "first"),
    [
        (DEBT, "made_up_city_debt"),
        (DEBT | {"unit": "euro"}, "made_up_city_debt"),
        (DEBT | {"unit": "dollar"}, None),  # in another unit
        (DEBT | {"kind": "stock", "unit": "euro"}, None),  # no change
        (DEBT | {"definition": "Of something quite unlike."}, None),
    ],
)
def test_a_new_change_may_be_that_of_an_amount_of_the_book(
    drafted: Path, data: dict[str, str], first: str | None
) -> None:
    found = amounts_for(load_book(drafted), data)
    assert next((measure.id for measure in found), None) == first and len(found) <= 5
    assert all(str(measure.kind) not in ("change", "net", "date") for measure in found)


@pytest.mark.parametrize(("key", "linked"), [("1", True), ("", False), ("9", False), ("x", False)])
def test_a_person_is_asked_whose_change_it_is(drafted: Path, tb_run: Run, key: str, linked: bool) -> None:
    answers = f"m\n6\nperson\nHow many more people were hurt on the trams.\n{key}\nq\n"
    with_measures(drafted, "{id: hurt, kind: stock, unit: person, definition: People hurt on the trams.}")
    done = tb_run("review", "town", input=answers)
    assert "A change of what?" in done.output and "[1] hurt: People hurt on the trams." in done.output
    made = [m for m in load_book(drafted).measures.values() if m.definition.startswith("How many more")]
    assert [measure.change_of for measure in made] == (["hurt"] if linked else [None])

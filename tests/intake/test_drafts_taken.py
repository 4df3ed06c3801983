"""A person keeps what was drafted of a page, corrects it, or takes it out. Everything in it is made up."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import tallybook as tb
from tallybook.book.load import load_book
from tallybook.cli.app import app

pytest.importorskip("ruamel.yaml")

CITY = Path(__file__).resolve().parents[1] / "data" / "made-up-city-budget"
PAGE = """\
The city filled 18,400 potholes in 2024, according to the Made-up Harbour Council.

The city filled 17,900 potholes in 2023, the Gardeners’ Society said.

Someone filled many, some 99 or 100 potholes.
"""
FIRST, SECOND = "page-undated-18400-potholes", "page-undated-17900-potholes"

Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "city"
    shutil.copytree(CITY, made)
    (made / "page.txt").write_text(PAGE, encoding="utf-8")
    return made


@pytest.fixture
def run(root: Path) -> Run:
    def command(*words: str) -> Result:
        return CliRunner().invoke(app, ["source", *words, "--project", str(root)])

    assert command("add", str(root / "page.txt")).exit_code == 0
    return command


def test_drafts_are_listed_and_counted_by_check(root: Path, run: Run) -> None:
    listed = run("drafts", "page-undated").stdout.splitlines()
    assert listed[0].startswith(
        f"{FIRST}: 18,400 potholes: measure made_up_city_potholes; origin made_up_city_council; speaker_org"
    )
    assert listed[-1] == "3 drafted statements; no comparison counts one"
    checked = CliRunner().invoke(app, ["check", "--project", str(root)])
    assert "statements (3 more drafted, not compared) of" in checked.stdout


def test_what_is_kept_is_compared(root: Path, run: Run) -> None:
    case = tb.open_book(root)["made-up-city-budget"]
    assert FIRST not in set(case.estimates()["estimate"])
    assert run("keep", FIRST).stdout == f"kept   {FIRST}\n"
    book = load_book(root)
    assert book.statements[FIRST].origin == "made_up_city_council"
    assert FIRST not in {draft.id for draft in book.sources["page-undated"].drafted}
    assert FIRST in set(tb.open_book(root)["made-up-city-budget"].estimates()["estimate"])


def test_what_is_not_whole_stays_a_draft(root: Path, run: Run) -> None:
    before = (root / "sources" / "page-undated.yaml").read_bytes()
    found = run("keep", SECOND)
    assert found.exit_code == 1 and "a statement needs its 'origin'" in found.stderr
    wrong = run("keep", FIRST, "--new-origin", "Somebody", "--measure", "made_up_city_homes")
    assert wrong.exit_code == 1
    assert "Somebody" not in (root / "sources" / "origins.yaml").read_text(encoding="utf-8")
    wrong = run("keep", FIRST, "--measure", "made_up_city_homes")
    assert wrong.exit_code == 1 and "sources/page-undated.yaml" in wrong.stderr
    assert (root / "sources" / "page-undated.yaml").read_bytes() == before


def test_an_origin_is_added_for_it(root: Path, run: Run) -> None:
    assert run("keep", SECOND, "--new-origin", "Gardeners’ Society").exit_code == 0
    book = load_book(root)
    assert book.statements[SECOND].origin == "gardeners_society"
    assert book.origins["gardeners_society"].name == "Gardeners’ Society"
    origins = (root / "sources" / "origins.yaml").read_text(encoding="utf-8")
    assert origins.count("Gardeners") == 1
    assert run("keep", FIRST, "--new-origin", "gardeners’ society").exit_code == 0
    assert load_book(root).statements[FIRST].origin == "gardeners_society"


def test_guesses_are_corrected(root: Path, run: Run) -> None:
    done = run("keep", SECOND, "--origin", "made_up_city_audit", "--period", "2022")
    assert done.exit_code == 0
    statement = load_book(root).statements[SECOND]
    assert (statement.origin, statement.reference_period) == ("made_up_city_audit", "2022")
    assert run("keep", FIRST, "--period", "").exit_code == 0
    assert load_book(root).statements[FIRST].reference_period is None


def test_what_is_dropped_is_gone_and_the_page_stays(root: Path, run: Run) -> None:
    ids = [draft.id for draft in load_book(root).sources["page-undated"].drafted]
    assert run("drop", *ids).exit_code == 0
    source = load_book(root).sources["page-undated"]
    assert not source.drafted and not source.statements and source.text is not None


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["keep", "page-undated-18400-pothole"], 1, "is no drafted statement. Nearest:"),
        (["keep", "made-up-city-gazette-potholes"], 1, "is a statement already"),
        (["drop", "x"], 1, "is no drafted statement"),
        (["drafts", "x"], 1, "source 'x'"),
        (["keep", FIRST, "--origin", "no_such"], 1, "origin 'no_such' is not known"),
        (["keep", FIRST, "--origin", "x", "--new-origin", "y"], 2, "Give one of them"),
        (["keep", FIRST, "--new-origin", "¡¿"], 1, "makes no free id"),
    ],
)
def test_bad_input_changes_nothing(root: Path, run: Run, words: list[str], code: int, told: str) -> None:
    before = {file: file.read_bytes() for file in (root / "sources").iterdir()}
    found = run(*words)
    assert found.exit_code == code and told in found.stderr
    assert {file: file.read_bytes() for file in (root / "sources").iterdir()} == before


# One key each


def answers(root: Path, run: Run, *keys: str) -> str:
    words = ["source", "review", "--project", str(root)]
    done = CliRunner().invoke(app, words, input="".join(f"{key}\n" for key in keys))
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_key_keeps_one_and_the_next_is_shown_in_its_sentence(root: Path, run: Run) -> None:
    shown = answers(root, run, "y", "q")
    assert "The city filled [18,400 potholes] in 2024, according to the Made-up Harbour Council." in shown
    assert "The city filled [17,900 potholes] in 2023, the Gardeners’ Society said." in shown
    assert shown.endswith("2 open. Go on by: tallybook source review\n")
    assert FIRST in load_book(root).statements


def test_an_origin_a_period_and_a_measure_are_given_by_key(root: Path, run: Run) -> None:
    told = answers(root, run, "l", "y", "o", "Gardeners’ Society", "p", "2022", "1", "q")
    assert "not written: sources/page-undated.yaml" in told and "(to be added)" in told
    statement = load_book(root).statements[SECOND]
    assert (statement.origin, statement.reference_period) == ("gardeners_society", "2022")
    assert statement.measure == "made_up_city_potholes"


def test_an_answer_is_taken_back(root: Path, run: Run) -> None:
    before = (root / "sources" / "page-undated.yaml").read_bytes()
    answers(root, run, "n", "u", "y", "u", "u", "?", "9", "x", "q")
    assert (root / "sources" / "page-undated.yaml").read_bytes() == before


def test_at_the_end_nothing_is_open(root: Path, run: Run) -> None:
    assert answers(root, run, "n", "n", "n").endswith("Nothing is open.\n")
    assert answers(root, run).endswith("Nothing is open.\n")


# An origin that is nearly called as another


NEAR = (
    "Made-up Harbour Councl",  # a letter too few
    "made_up_city_councl",  # of its id
    "the Made-up  harbour concil",
    "Made-up Harbour Council of the city",  # all its words, and more
)


@pytest.mark.parametrize("typed", NEAR)
def test_a_name_that_may_be_a_slip_is_asked_and_the_near_ones_are_named(
    root: Path, run: Run, typed: str
) -> None:
    before = (root / "sources" / "origins.yaml").read_bytes()
    told = answers(root, run, "l", "o", typed, "1", "1", "q")
    assert "no origin is called" in told and "[1] made_up_city_council: Made-up Harbour Council" in told
    assert load_book(root).statements[SECOND].origin == "made_up_city_council"
    assert (root / "sources" / "origins.yaml").read_bytes() == before


@pytest.mark.parametrize("key", ["", "n", "9", "y"])
def test_without_an_answer_nothing_is_added(root: Path, run: Run, key: str) -> None:
    before = (root / "sources" / "origins.yaml").read_bytes()
    told = answers(root, run, "l", "o", NEAR[0], key, "q")
    assert "nothing changed" in told
    assert (root / "sources" / "origins.yaml").read_bytes() == before


def test_another_one_with_a_near_name_is_added_where_a_person_says_so(root: Path, run: Run) -> None:
    told = answers(root, run, "l", "o", "Made-up Harbour Councils", "a", "1", "q")
    assert "Made-up Harbour Councils (to be added)" in told
    assert load_book(root).statements[SECOND].origin == "made_up_harbour_councils"


@pytest.mark.parametrize(
    "typed", ["Made-up Harbour Council", "made-up harbour  COUNCIL", "made_up_city_council"]
)
def test_an_origin_by_its_id_or_name_is_taken_without_a_question(root: Path, run: Run, typed: str) -> None:
    told = answers(root, run, "l", "o", typed, "1", "q")
    assert "origin   made_up_city_council" in told and "no origin is called" not in told
    assert load_book(root).statements[SECOND].origin == "made_up_city_council"


@pytest.mark.parametrize("typed", NEAR)
def test_where_nobody_can_be_asked_a_near_name_is_refused(root: Path, run: Run, typed: str) -> None:
    before = {file: file.read_bytes() for file in (root / "sources").iterdir()}
    found = run("keep", SECOND, "--new-origin", typed, "--measure", "made_up_city_potholes")
    assert found.exit_code == 1
    assert "'Made-up Harbour Council' (--origin made_up_city_council)" in found.stderr
    assert "add it under 'origins'" in found.stderr
    assert {file: file.read_bytes() for file in (root / "sources").iterdir()} == before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Made-up North Mill Society", "Made-up South Mill Society"),
        ("Made-up Eastern Brigade", "Made-up Western Brigade"),
        ("Made-up Ward 3 Office", "Made-up Ward 4 Office"),
        ("Made-up Upper Lee Council", "Made-up Lower Lee Council"),
    ],
)
def test_names_that_a_word_tells_apart_are_two_origins(root: Path, run: Run, first: str, second: str) -> None:
    assert run("keep", FIRST, "--new-origin", first).exit_code == 0
    found = run("keep", SECOND, "--new-origin", second)
    assert found.exit_code == 0, found.stderr
    assert {first, second} <= {origin.name for origin in load_book(root).origins.values()}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Made-up North Mill Society", "Made-up Northern Mill Society"),
        ("Made-up North Mill Society", "Made-up South Mil Society"),
        ("Made-up Ward 3 Office", "Made-up Ward 03 Office"),
    ],
)
def test_names_that_may_be_one_are_refused(root: Path, run: Run, first: str, second: str) -> None:
    assert run("keep", FIRST, "--new-origin", first).exit_code == 0
    assert run("keep", SECOND, "--new-origin", second).exit_code == 1


def status(root: Path, *words: str) -> str:
    done = CliRunner().invoke(app, ["status", *words, "--project", str(root)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_status_counts_what_is_drafted_until_a_person_has_looked(root: Path, run: Run) -> None:
    told = "drafted, not compared yet: 3 statements (tallybook source review)"
    assert told in status(root, "made-up-city-budget")
    assert "3 drafted statements; no comparison counts one" in status(root)
    assert run("keep", FIRST).exit_code == 0
    assert told.replace("3 statements", "2 statements") in status(root, "made-up-city-budget")
    for one in load_book(root).sources["page-undated"].drafted:
        assert run("drop", one.id).exit_code == 0
    assert "drafted" not in status(root, "made-up-city-budget") + status(root)

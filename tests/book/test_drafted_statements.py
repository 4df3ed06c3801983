"""What a program drafted of a page stands in its file and is listed; no comparison ever meets it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tallybook as tb
from tallybook.book.load import load_book

CITY = Path(__file__).resolve().parents[1] / "data" / "made-up-city-budget"
ID = "made-up-city-budget"
PAGE = "sources/made-up-city-tram-page.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "city"
    shutil.copytree(CITY, root)
    page = root / PAGE
    page.write_text(
        page.read_text(encoding="utf-8").replace("kept: whole", "kept: excerpt"), encoding="utf-8"
    )
    return root


def with_draft(root: Path, *lines: str) -> Path:
    """The project where one more statement of a page says 99 million passengers."""
    file = root / PAGE
    text = file.read_text(encoding="utf-8").replace("statements: []", "statements:")
    head = "  - id: drafted\n    words: 99 million passengers\n"
    file.write_text(text + head + "".join(f"    {line}\n" for line in lines), encoding="utf-8")
    return root


MEASURE = "measure: made_up_city_tram_passengers"


def test_a_draft_may_lack_measure_and_origin_and_changes_no_verdict(project: Path) -> None:
    before = tb.open_book(project)[ID].verdicts()
    book = load_book(with_draft(project, "guessed: [words]"))
    (draft,) = book.sources["made-up-city-tram-page"].drafted
    assert (draft.words, draft.measure, draft.origin) == ("99 million passengers", None, None)
    assert "drafted" not in book.statements
    assert tb.open_book(project)[ID].verdicts().equals(before)


def test_a_draft_of_everything_is_not_compared_either(project: Path) -> None:
    before = tb.open_book(project)[ID].verdicts()
    origin = "origin: " + next(iter(load_book(project).origins))
    with_draft(project, MEASURE, origin, "guessed: [measure, origin]")
    assert tb.open_book(project)[ID].verdicts().equals(before)


def test_without_guessed_it_is_a_statement_and_must_be_whole(project: Path) -> None:
    with_draft(project, MEASURE)
    with pytest.raises(tb.BookError, match="a statement needs its 'origin'"):
        load_book(project)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["guessed: [measure]", "measure: no_such"], "measure 'no_such' is not known"),
        (["guessed: [origin]", "origin: no_such"], "origin 'no_such' is not known"),
        (["guessed: [relays]", "relays: no_such"], "statement 'no_such' is not known"),
        (["guessed: [reference_period]", "reference_period: someday"], "someday"),
        (["guessed: [colour]"], "must be one of"),
        (["guessed: []"], "guessed"),
        (["guessed: words"], "must be a list"),
    ],
)
def test_what_is_drafted_names_what_there_is(project: Path, lines: list[str], told: str) -> None:
    with pytest.raises(tb.BookError) as found:
        load_book(with_draft(project, *lines))
    (problem,) = found.value.problems
    assert told in problem.message and problem.file == PAGE
    text = (project / PAGE).read_text(encoding="utf-8").splitlines()
    assert lines[-1].split(":")[0] in text[problem.line - 1]


def test_its_id_is_taken(project: Path) -> None:
    other = next(iter(load_book(project).statements))
    with_draft(project, "guessed: [words]")
    file = project / PAGE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("id: drafted", f"id: {other}"), encoding="utf-8")
    with pytest.raises(tb.BookError, match="is a duplicate of"):
        load_book(project)


def test_of_a_page_with_drafts_nothing_is_known_to_be_lacking(project: Path) -> None:
    file = with_draft(project, "guessed: [words]") / PAGE
    file.write_text(
        file.read_text(encoding="utf-8").replace("kept: excerpt", "kept: whole"), encoding="utf-8"
    )
    with pytest.raises(tb.BookError, match="what it lacks is not known yet"):
        load_book(project)


def test_a_draft_may_relay_another_draft(project: Path) -> None:
    with_draft(project, "guessed: [words]")
    file = project / PAGE
    more = "  - id: second\n    words: 98 million passengers\n    relays: drafted\n    guessed: [relays]\n"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert load_book(project).sources["made-up-city-tram-page"].drafted[1].relays == "drafted"


def test_a_file_has_no_key_of_the_loader(project: Path) -> None:
    file = project / PAGE
    file.write_text(file.read_text(encoding="utf-8") + "drafted: []\n", encoding="utf-8")
    with pytest.raises(
        tb.BookError, match=r"unknown key 'drafted'\. Write what is drafted under 'statements'"
    ):
        load_book(project)

"""A review: one key a figure, each answer written at once; a sheet: a row a figure, readings locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.book.load import load_book
from tallybook.book.problems import BookError
from tallybook.book.records import Article
from tallybook.intake.review import Review

from .conftest import Run

FIRST = "12-people"


def town(root: Path) -> Article:
    return load_book(root).articles["town"]


def figure(root: Path, id_: str) -> object:
    return next(figure for figure in town(root).figures if figure.id == id_)


def test_a_figure_costs_one_key(drafted: Path, tb_run: Run) -> None:
    done = tb_run("review", "town", input="l\ny\ny\ny\n")
    assert done.exit_code == 0, done.output
    kept = [f.id for f in town(drafted).figures if not f.guessed]
    assert kept == ["27-4-million-passengers", "18500-potholes", "2000-new-homes"]
    assert "Go on by: tallybook review town" in done.output


def test_it_goes_on_where_it_was(drafted: Path, tb_run: Run) -> None:
    tb_run("review", "town", input="l\ny\ny\n")
    again = tb_run("review", "town", input="q\n").output
    assert again.lstrip().startswith("1/6  “12 people”")
    assert "“27.4 million passengers”" not in again.splitlines()[1]
    after = tb_run("review", "town", input="l\nq\n").output
    assert "4/6  “2,000 new homes”" in after


def test_the_figure_stands_in_its_sentence_with_what_is_guessed(drafted: Path, tb_run: Run) -> None:
    shown = tb_run("review", "town", input="q\n").output
    assert "…On Sunday [12 people] were hurt on the trams, the police said." in shown
    assert "said by: the police (guessed)" in shown
    assert "period: 2025-06-15 (guessed)" in shown
    assert "read as: 12 people" in shown


def test_set_aside_undo_and_another_measure(drafted: Path, tb_run: Run) -> None:
    done = tb_run("review", "town", input="n\nu\n1\nq\n")
    assert "undone: 12-people" in done.output
    first = town(drafted).claims[0]
    assert first.id == FIRST
    assert not first.guessed
    tb_run("review", "town", input="r\na capacity\nq\n")
    aside = town(drafted).set_aside[-1]
    assert (aside.anchor.exact, aside.because) == ("27.4 million passengers", "a capacity")


def test_a_line_that_is_no_key_does_nothing(drafted: Path, tb_run: Run) -> None:
    before = town(drafted)
    tb_run("review", "town", input="nobody knows\n10\n²\n\nq\n")
    assert town(drafted) == before


def test_an_answer_of_an_earlier_sitting_can_be_undone(drafted: Path, tb_run: Run) -> None:
    before = (drafted / "claims" / "town.yaml").read_bytes()
    tb_run("review", "town", input="n\ny\nq\n")
    done = tb_run("review", "town", input="u\nu\nu\nq\n")
    assert "undone: 27-4-million-passengers" in done.output
    assert "undone: 12-people" in done.output
    assert "there is nothing to undo" in done.output
    assert (drafted / "claims" / "town.yaml").read_bytes() == before


def test_what_somebody_else_wrote_is_not_undone(drafted: Path, tb_run: Run) -> None:
    tb_run("review", "town", input="n\nq\n")
    file = drafted / "claims" / "town.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# Anna was here\n", encoding="utf-8")
    assert "there is nothing to undo" in tb_run("review", "town", input="u\nq\n").output


def test_a_figure_left_for_later_comes_back_by_undo(drafted: Path, tb_run: Run) -> None:
    done = tb_run("review", "town", input="l\nu\nq\n")
    assert [line[:4] for line in done.output.splitlines() if line[2:4] == "/6"] == [" 1/6", " 2/6", " 1/6"]


def test_an_edit_is_checked_before_it_is_written(drafted: Path, tb_run: Run) -> None:
    before = (drafted / "claims" / "town.yaml").read_text(encoding="utf-8")
    done = tb_run("review", "town", input="e\n4\n31 February 2025\nq\n")
    assert "not written" in done.output
    assert (drafted / "claims" / "town.yaml").read_text(encoding="utf-8") == before
    tb_run("review", "town", input="e\n4\n2025-06-14\nq\n")
    assert town(drafted).figures[0].reference_period == "2025-06-14"
    assert "reference_period" not in town(drafted).figures[0].guessed


def test_a_new_measure_by_questions(drafted: Path, tb_run: Run) -> None:
    answers = "m\n3\n\nPeople hurt on the trams of Made-up Harbour in the accident of 15 June 2025.\nq\n"
    done = tb_run("review", "town", input=answers)
    assert "measure people_hurt_trams_made is in claims/measures.yaml" in done.output
    book = load_book(drafted)
    measure = book.measures["people_hurt_trams_made"]
    assert (str(measure.kind), measure.once, measure.unit) == ("total", True, "person")
    assert book.articles["town"].claims[0].measure == measure.id
    assert not book.articles["town"].claims[0].guessed


def test_a_new_measure_is_undone_with_its_figure(drafted: Path, tb_run: Run) -> None:
    before = [(drafted / "claims" / name).read_bytes() for name in ("town.yaml", "measures.yaml")]
    tb_run("review", "town", input="m\n3\n\nhurt: People hurt in the accident.\nu\nq\n")
    assert [(drafted / "claims" / name).read_bytes() for name in ("town.yaml", "measures.yaml")] == before


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("m\n4\nperson\nperson / day\nPeople hurt a day.\n", "'person' is no amount per something"),
        ("m\n4\nperson / day\nPeople hurt a day.\n", "no measure made: the words '12 people'"),
        ("m\n8\nloaf\n", "'loaf' is no unit of time"),
        ("m\n3\n\n\n", "it needs a sentence that says what is counted"),
        ("m\n3\n/ day\nperson\nhurt: People hurt.\n", "'/ day' is no unit"),
    ],
)
def test_a_measure_that_the_figure_cannot_be_of_is_not_made(
    drafted: Path, tb_run: Run, answers: str, told: str
) -> None:
    assert told in tb_run("review", "town", input=f"{answers}q\n").output
    load_book(drafted)


def test_a_measure_by_another_name_is_told(drafted: Path, tb_run: Run) -> None:
    answers = "m\n0\n\nPeople who live in Made-up Harbour now.\nt\nq\n"
    done = tb_run("review", "town", input=answers)
    assert "made_up_city_population may be the same by another name" in done.output
    assert town(drafted).claims[0].measure == "made_up_city_population"


def test_only_a_person_says_reviewed_and_only_when_nothing_is_open(drafted: Path, tb_run: Run) -> None:
    refused = tb_run("review", "town", "--done")
    assert refused.exit_code == 1
    assert "nobody has looked at" in refused.output
    assert "no measure yet" in refused.output
    assert town(drafted).is_draft
    tb_run("review", "town", input="n\ny\ny\ny\nn\ny\n")
    done = tb_run("review", "town", "--done")
    assert done.exit_code == 0, done.output
    assert not town(drafted).is_draft
    assert "is reviewed already" in tb_run("review", "town").output


def test_status_says_what_is_open(drafted: Path, tb_run: Run) -> None:
    told = tb_run("status", "town").output.splitlines()
    assert told[0] == "6 claims: 4 with sources, 0 without, 2 without a measure"
    assert told[1].startswith("for the reviewer          to be looked at: 12-people, 27-4-million-passengers")
    assert told[-1].split() == ["next", "tallybook", "review", "town"]
    assert tb_run("status").output.startswith("town (draft, not reviewed): 6 claims")


def test_two_people_do_not_overwrite_each_other(drafted: Path) -> None:
    one, other = Review(drafted, "town"), Review(drafted, "town")
    one.keep("18500-potholes")
    with pytest.raises(BookError, match="changed by somebody else"):
        other.set_aside(FIRST, "no")
    assert FIRST in {f.id for f in town(drafted).figures}


def test_a_comment_of_a_person_stays(drafted: Path) -> None:
    file = drafted / "claims" / "town.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("claims:\n", "claims:  # ask Anna\n"), encoding="utf-8"
    )
    Review(drafted, "town").keep("18500-potholes")
    assert "claims:  # ask Anna\n" in file.read_text(encoding="utf-8")


# The sheet


def sheet_rows(root: Path) -> list[list[object]]:
    calamine = pytest.importorskip("python_calamine")
    book = calamine.CalamineWorkbook.from_path(str(root / "claims" / "town.xlsx"))
    rows: list[list[object]] = book.get_sheet_by_index(0).to_python()
    return rows


def write_rows(root: Path, rows: list[list[object]]) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    with xlsxwriter.Workbook(str(root / "claims" / "town.xlsx")) as workbook:
        sheet = workbook.add_worksheet()
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                sheet.write(r, c, cell)


def test_the_sheet_has_a_row_a_figure_and_nothing_to_take(drafted: Path, tb_run: Run) -> None:
    rows = sheet_rows(drafted)
    assert [row[1] for row in rows[1:]] == [f.anchor.exact for f in town(drafted).figures]
    assert "nothing to take" in tb_run("sheet", "town", "--take").output


def test_answers_of_a_sheet_are_shown_and_then_taken(drafted: Path, tb_run: Run) -> None:
    rows = sheet_rows(drafted)
    head = [str(cell) for cell in rows[0]]
    rows[1][head.index("keep")] = "no"
    rows[2][head.index("keep")] = "Yes"
    rows[3][head.index("period")] = 2023.0
    write_rows(drafted, rows)
    shown = tb_run("sheet", "town", "--take")
    assert shown.exit_code == 1
    assert "18500-potholes: period: 2024 → 2023" in shown.output
    assert "Nothing written" in shown.output
    assert tb_run("sheet", "town", "--take", "--yes").exit_code == 0
    article = town(drafted)
    assert FIRST not in {f.id for f in article.figures}
    assert not next(f for f in article.figures if f.id == "27-4-million-passengers").guessed
    assert next(f for f in article.figures if f.id == "18500-potholes").reference_period == "2023"


@pytest.mark.parametrize("column", ["words", "reading"])
def test_an_edited_number_is_refused_and_nothing_is_taken(drafted: Path, tb_run: Run, column: str) -> None:
    rows = sheet_rows(drafted)
    head = [str(cell) for cell in rows[0]]
    rows[1][head.index("keep")] = "yes"
    rows[2][head.index(column)] = "27.5 million passengers"
    write_rows(drafted, rows)
    done = tb_run("sheet", "town", "--take", "--yes")
    assert done.exit_code == 1
    assert f"claims/town.xlsx:3: '{column}' of '27-4-million-passengers' was edited" in done.output
    assert town(drafted).figures[0].guessed


def test_a_measure_that_is_not_there_is_told_and_those_that_are_stand_on_a_sheet(
    drafted: Path, tb_run: Run
) -> None:
    calamine = pytest.importorskip("python_calamine")
    rows = sheet_rows(drafted)
    book = calamine.CalamineWorkbook.from_path(str(drafted / "claims" / "town.xlsx"))
    measures = book.get_sheet_by_name("measures").to_python()
    assert [row[0] for row in measures[1:]] == list(load_book(drafted).measures)
    rows[3][[str(cell) for cell in rows[0]].index("measure")] = "made_up_city_pothole"
    write_rows(drafted, rows)
    done = tb_run("sheet", "town", "--take", "--yes")
    assert done.exit_code == 1
    assert "claims/town.xlsx:4: measure 'made_up_city_pothole' of '18500-potholes'" in done.output
    assert "Nearest: 'made_up_city_potholes'" in done.output or "made_up_city_potholes" in done.output


def test_no_cell_is_a_formula(city: Path, tb_run: Run) -> None:
    (city / "hostile.txt").write_text(
        "=1+1 and +4,000 loaves, @12 crumbs, https://a.example/9 \n", encoding="utf-8"
    )
    assert tb_run("new", city / "hostile.txt", "--id", "town").exit_code == 0
    import zipfile

    with zipfile.ZipFile(city / "claims" / "town.xlsx") as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                content = archive.read(name)
                assert b"<f>" not in content
                assert b"hyperlink" not in content


@pytest.mark.parametrize("content", [b"", b"no spreadsheet", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_sheet_is_one_message(drafted: Path, tb_run: Run, content: bytes) -> None:
    (drafted / "claims" / "town.xlsx").write_bytes(content)
    done = tb_run("sheet", "town", "--take")
    assert done.exit_code == 1
    assert "claims/town.xlsx:1: is no spreadsheet that can be read" in done.output

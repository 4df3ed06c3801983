"""The command source table: a statement computed, kept with its query, and run again by check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import Result

from tallybook.book import load_book
from tallybook.book.figures import read_figure
from tallybook.book.records import Measure, Statement
from tallybook.intake.table_query import Answer
from tallybook.intake.table_statement import Wanted, printed, statement_of, words_of_value

pytest.importorskip("duckdb")

ROOT = Path(__file__).resolve().parents[2]
SQL = "SELECT sum(loaves) FROM data WHERE month = 'May'"
ROWS = "month,loaves\nMay,6000\nMay,4300\nJune,9000\n"
WHAT = ("--sql", SQL, "--measure", "loaves", "--origin", "c", "--publisher", "Bread Office",
        "--published", "2025-06-01")  # fmt: skip


@pytest.fixture
def table(tmp_path: Path, bread: Path) -> Path:
    path = tmp_path / "bakeries.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def measure(bread: Path) -> str:
    return next(iter(load_book(bread).measures))


@pytest.fixture
def what(measure: str) -> list[str]:
    return [measure if word == "loaves" else word for word in WHAT]


def source_of(bread: Path, name: str = "bakeries") -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load((bread / f"sources/{name}.yaml").read_text(encoding="utf-8"))
    return found


def test_the_columns_are_listed_without_a_query(run: Callable[..., Result], table: Path) -> None:
    assert run("source", "table", table).stdout.splitlines() == [
        "3 rows, 2 columns; in a query: FROM data", "  month: string, as May", "  loaves: int64, as 6000",
    ]  # fmt: skip


def test_nothing_is_written_unless_asked(
    run: Callable[..., Result], bread: Path, table: Path, what: list[str]
) -> None:
    before = sorted(bread.rglob("*.yaml"))
    assert "10,300 from 2 rows: 2-3" in run("source", "table", table, "--sql", SQL).stdout
    result = run("source", "table", table, *what, "--project", bread)
    assert result.exit_code == 0, result.output
    assert "words: 10,300 loaves" in result.stdout and "not written" in result.stdout
    assert sorted(bread.rglob("*.yaml")) == before
    assert not (bread / "sources/tables").exists()


def test_a_statement_is_kept_with_its_query_and_table(
    run: Callable[..., Result], bread: Path, table: Path, what: list[str]
) -> None:
    result = run("source", "table", table, *what, "--write", "--project", bread)
    assert result.exit_code == 0, result.output
    assert (bread / "sources/tables/bakeries.csv").read_text(encoding="utf-8") == ROWS
    statement = load_book(bread).statements["bakeries-t1"]
    assert statement.words == "10,300 loaves"
    assert statement.query is not None
    assert (statement.query.sql, statement.query.value, statement.query.rows) == (SQL, 10_300, 2)
    again = run(
        "source", "table", bread / "sources/tables/bakeries.csv", *what, "--write", "--project", bread
    )
    assert again.exit_code == 0, again.output
    assert "bakeries-t2" in load_book(bread).statements  # the same source, another statement
    assert "2 queries on tables gave the same again" in run("check", "--project", bread).stdout


def test_a_table_that_changed_says_so(
    run: Callable[..., Result], bread: Path, table: Path, what: list[str]
) -> None:
    run("source", "table", table, *what, "--write", "--project", bread)
    kept = bread / "sources/tables/bakeries.csv"
    kept.write_text(ROWS.replace("9000", "9100"), encoding="utf-8")
    result = run("check", "--project", bread)
    assert result.exit_code == 0
    assert "bakeries.csv changed since it was looked at; 1 query gave the same again, from the same rows" in (
        result.stdout
    )
    assert run("check", "--project", bread, "--strict").exit_code == 1
    kept.write_text(ROWS.replace("4300", "4700"), encoding="utf-8")
    result = run("check", "--project", bread)
    assert result.exit_code == 1
    assert "the query of 'bakeries-t1' now gives 10,700, not 10,300. The table changed." in result.stderr
    refused = run("source", "table", kept, *what, "--write", "--project", bread)
    assert refused.exit_code == 1 and "--again" in refused.stderr
    before = (bread / "sources/bakeries.yaml").read_bytes()
    shown = run("source", "table", kept, "--again", "--project", bread)
    assert "-  words: 10,300 loaves" in shown.stdout and "+  words: '10,700 loaves'" in shown.stdout
    assert (bread / "sources/bakeries.yaml").read_bytes() == before
    run("source", "table", kept, "--again", "--write", "--project", bread)
    assert load_book(bread).statements["bakeries-t1"].words == "10,700 loaves"
    assert run("check", "--project", bread).exit_code == 0


def test_a_table_that_is_gone_or_leads_out_is_told(
    run: Callable[..., Result], bread: Path, table: Path, what: list[str]
) -> None:
    run("source", "table", table, *what, "--write", "--project", bread)
    kept = bread / "sources/tables/bakeries.csv"
    kept.unlink()
    result = run("check", "--project", bread)
    assert result.exit_code == 1 and "bakeries.csv is missing" in result.stderr
    kept.symlink_to(table)
    result = run("check", "--project", bread)
    assert result.exit_code == 1 and "leads out of the project's folder" in result.stderr


@pytest.mark.parametrize("name", ["/etc/passwd", "../bakeries.csv", "sources/../../x.csv", "a\\\\b.csv"])
def test_a_path_never_leaves_the_project(
    run: Callable[..., Result], bread: Path, table: Path, what: list[str], name: str
) -> None:
    run("source", "table", table, *what, "--write", "--project", bread)
    file = bread / "sources/bakeries.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("sources/tables/bakeries.csv", f'"{name}"'), encoding="utf-8")
    result = run("check", "--project", bread)
    assert result.exit_code == 1 and "is no file below the project's folder" in result.stderr


def test_what_a_hand_changed_is_told(
    run: Callable[..., Result], bread: Path, table: Path, what: list[str]
) -> None:
    run("source", "table", table, *what, "--write", "--project", bread)
    file = bread / "sources/bakeries.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new, says in [
        ("words: 10,300", "words: 10,900", "but its query gave 10,300"),
        ("words: 10,300", "words: about 10,000", None),  # said less finely, and not wrong
        ("'May'", "'June'", "now gives 9,000, not 10,300. The query or its value was changed by hand"),
        ("month = 'May'", "loaves < 7000", "takes in other rows"),
        (SQL, "COPY data TO 'x.csv'", "is no SELECT"),
    ]:
        file.write_text(text.replace(old, new), encoding="utf-8")
        result = run("check", "--project", bread)
        assert result.exit_code == (0 if says is None else 1), (new, result.output)
        assert says is None or says in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--write"], 2, "--write needs"),
        (["--again", "--sql", SQL], 2, "--again computes the statements"),
        (["--sql", "SELECT now() FROM data"], 1, "the query calls now()"),
        (["--again"], 1, "is the table of no source"),
        ([*WHAT[:2], "--measure", "lloaves", "--origin", "c"], 1, "lloaves"),
        (["--sql", SQL, "--measure", "MEASURE", "--origin", "c"], 1, "--publisher NAME"),
        (["--sql", SQL, "--measure", "MEASURE", "--origin", "c", "--source", "../../x"], 1, "is no id"),
        (["--sql", "SELECT " + "1+" * 3_000 + "1", "--measure", "MEASURE", "--origin", "c"], 1, "4000"),
    ],
)
def test_wrong_use(
    run: Callable[..., Result], bread: Path, table: Path, measure: str, words: list[str], code: int, says: str
) -> None:
    words = [measure if word == "MEASURE" else word for word in words]
    result = run("source", "table", table, *words, "--project", bread)
    assert result.exit_code == code, result.output
    assert says in result.stderr


def test_a_table_of_the_same_name_is_not_written_over(
    run: Callable[..., Result], bread: Path, table: Path, what: list[str]
) -> None:
    (bread / "sources/tables").mkdir()
    (bread / "sources/tables/bakeries.csv").write_text("another\n", encoding="utf-8")
    result = run("source", "table", table, *what, "--write", "--project", bread)
    assert result.exit_code == 1 and "has other content" in result.stderr
    assert (bread / "sources/tables/bakeries.csv").read_text(encoding="utf-8") == "another\n"


def test_nothing_is_left_where_the_statement_is_not_sound(
    run: Callable[..., Result], bread: Path, table: Path, what: list[str]
) -> None:
    result = run("source", "table", table, *what, "--period", "someday", "--write", "--project", bread)
    assert result.exit_code == 1
    assert not (bread / "sources/bakeries.yaml").exists()
    assert not (bread / "sources/tables/bakeries.csv").exists()


def test_hostile_cells_are_shown_as_plain_text(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a\x1b[31m,b\n\u202eevil,2\n", encoding="utf-8")
    result = run("source", "table", path)
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout


@pytest.mark.parametrize(
    ("kind", "unit", "value", "words"),
    [
        ("total", "euro", 412e6, "412,000,000 euros"),
        ("stock", "person", 1, "1 person"),
        ("level", "degree Celsius", -5.25, "-5.25 degrees Celsius"),
        ("change", "degree Celsius", 1.13, "rose by 1.13 degrees Celsius"),
        ("change", "percent", -12.4, "fell by 12.4%"),
        ("change", "percentage point", -0.4, "fell by 0.4 percentage points"),
        ("share", "fraction", 0.342, "34.2%"),
        ("rate", "shell / month", 212_345.678, "212,345.68 shells a month"),
        ("rate", "case / 100,000 person", 53.2, "53.2 cases per 100,000 people"),
        ("net", "person", -14_200, "fell by 14,200 people"),
        ("stock", "°C", 41.2, "41.2 °C"),
    ],
)
def test_the_words_are_read_as_the_number(kind: str, unit: str, value: float, words: str) -> None:
    measure = Measure(id="m", kind=kind, unit=unit, definition="x")
    assert words_of_value(value, measure) == words
    made = statement_of(Wanted(SQL, "m", "o"), Answer(value, 1, "2", "0" * 64), measure, "s")
    figure = read_figure(Statement(**made), measure, "en")
    assert figure is not None and "recorded" not in made
    sign = -1 if figure.trend == "down" else 1
    assert sign * figure.quantity.low * figure.scale == pytest.approx(printed(value))


def test_what_the_book_of_this_repository_has_from_tables_is_computed_again(
    run: Callable[..., Result],
) -> None:
    """The two made-up cases, here as they are: a table that was changed by hand is found."""
    book = load_book(ROOT)
    queries = [statement for statement in book.statements.values() if statement.query is not None]
    result = run("check", "--project", ROOT)
    assert result.exit_code == 0, result.output
    assert f"{len(queries)} queries on tables gave the same again" in result.stdout and queries


def test_the_way_from_a_verdict_to_the_rows_is_told(run: Callable[..., Result]) -> None:
    words = ("explain", "hills", "made-up-jobs-register-t4", "--project", ROOT)
    told = " ".join(run(*words).stdout.split())
    assert "of sources/tables/made-up-jobs-register.csv" in told
    assert "WHERE district = 'Hills'" in told

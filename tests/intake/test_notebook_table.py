"""A table as a source, from a notebook: the same as the command, as tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import tallybook as tb
from tallybook.book.problems import BookError

pytest.importorskip("duckdb")

BREAD = Path(__file__).resolve().parents[1] / "data" / "made-up-city-budget"
SQL = "SELECT sum(potholes) FROM data WHERE year = 2024"
GIVEN = {
    "measure": "made_up_city_potholes", "origin": "made_up_city_council", "period": "2024",
    "publisher": "Made-up Road Office", "published": "2025-03-01",
}  # fmt: skip


@pytest.fixture
def city(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(BREAD, tmp_path / "city"))
    (root / "roads.csv").write_text("year,potholes\n2023,9000\n2024,6000\n2024,4300\n", encoding="utf-8")
    return root


def test_columns_then_an_answer_then_a_statement(city: Path) -> None:
    book = tb.open_book(city)
    given = GIVEN
    assert book.source_table(city / "roads.csv")["column"].tolist() == ["year", "potholes"]
    answer = book.source_table(city / "roads.csv", SQL)
    assert answer.to_dict("records") == [{"value": 10_300.0, "rows": 2, "which": "3-4"}]
    before = sorted(city.rglob("*"))
    told = book.source_table(city / "roads.csv", SQL, **given).set_index("field")["says"]
    assert told["sql"] == SQL and told["file"].startswith("not written")
    assert sorted(city.rglob("*")) == before
    book.source_table(city / "roads.csv", SQL, write=True, **given)
    statement = tb.open_book(city).book.statements["roads-t1"]
    assert statement.query is not None and statement.query.value == 10_300


@pytest.mark.parametrize(
    ("sql", "given", "says"),
    [
        (None, {"write": True}, "needs sql, measure and origin"),
        (SQL, {"mesure": "x"}, "'mesure' is nothing that is asked"),
        (SQL, {"status": "sure"}, "status 'sure' is none of"),
        ("SELECT now() FROM data", {}, "calls now()"),
        ("COPY data TO 'x.csv'", {}, "is no SELECT"),
    ],
)
def test_what_is_refused(city: Path, sql: str | None, given: dict[str, str], says: str) -> None:
    with pytest.raises(BookError) as refused:
        tb.open_book(city).source_table(city / "roads.csv", sql, **given)  # type: ignore[arg-type]
    assert says in str(refused.value)

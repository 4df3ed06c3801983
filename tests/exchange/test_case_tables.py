"""The tables, read back by frictionless, DuckDB and a reader of Excel files: the same values in each."""

from __future__ import annotations

import io
import json
import math
import re
import zipfile
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from frictionless import Package
from python_calamine import CalamineWorkbook

from tallybook.exchange import csv_files, datapackage, parquet_files, workbook
from tallybook.exchange.case_tables import CaseTable, case_tables
from tallybook.exchange.columns import COLUMNS
from tallybook.exchange.csv_files import explained_tables
from tallybook.exchange.folders import replace_folder
from tallybook.exchange.outlet import Outlet
from tallybook.spreadsheet import harmless_cell
from tallybook.tables.case import Case

FEW = ["first-case", "made-up-flood-toll", "made-up-unsourced"]


@pytest.fixture(params=["first-case", "hostile"])
def some_case(request: pytest.FixtureRequest) -> Case:
    """The first case, and the one that is hostile in every field."""
    found: Case = request.getfixturevalue("hostile" if request.param == "hostile" else "first_case")
    return found


def guarded(value: Any) -> Any:
    """A text as a CSV file has it."""
    return harmless_cell(value) if isinstance(value, str) else value


@pytest.mark.parametrize("case", FEW, indirect=True)
def test_a_column_has_one_meaning_in_all_tables(case: Case) -> None:
    """What two tables say of one claim, estimate or source under one name is the same."""
    said: dict[tuple[str, str, str], set[Any]] = defaultdict(set)
    for table in case_tables(case):
        of = next((key for key in ("estimate", "claim", "source") if key in table.columns), None)
        if of is None or table.name == "comparisons":
            continue
        for row in table.rows:
            values = dict(zip(table.columns, row, strict=True))
            for name in table.columns:
                if is_of_one(name, table):
                    said[of, values[of], name].add(values[name])
    assert said
    assert {key: values for key, values in said.items() if len(values) > 1} == {}


def is_of_one(name: str, table: CaseTable) -> bool:
    """Whether a column is of the claim, estimate or source of a row, and not of the row as a change of it."""
    return table.key is not None or name in (
        "claim_words",
        "estimate_words",
        "verdict",
        "publisher",
        "measure",
    )


@pytest.mark.parametrize("case", FEW, indirect=True)
def test_a_comparison_says_of_its_claim_and_estimate_what_their_own_tables_say(case: Case) -> None:
    tables = {table.name: table for table in case_tables(case)}
    of = {
        name: {row[tables[name].columns.index(key)]: dict(zip(tables[name].columns, row, strict=True))
               for row in tables[name].rows}
        for name, key in (("claims", "claim"), ("estimates", "estimate"))
    }  # fmt: skip
    compared = tables["comparisons"]
    for row in compared.rows:
        pair = dict(zip(compared.columns, row, strict=True))
        for other in (of["claims"][pair["claim"]], of["estimates"][pair["estimate"]]):
            shared = set(pair) & set(other)
            assert {name: pair[name] for name in shared} == {name: other[name] for name in shared}


def test_every_column_that_is_described_is_in_a_table(first_case: Case) -> None:
    used = {name for table in explained_tables(first_case) for name in table.columns}
    assert used == set(COLUMNS)


def test_no_column_of_the_cases_own_tables_is_both_a_flag_and_a_word(first_case: Case) -> None:
    kinds: dict[str, set[bool]] = defaultdict(set)
    for table in (first_case.compare(), first_case.verdicts(), first_case.estimates(), first_case.drift()):
        for name, dtype in table.dtypes.items():
            kinds[str(name)].add(dtype.kind == "b")
    assert {name for name, found in kinds.items() if len(found) > 1} == set()


def test_frictionless_finds_the_data_package_valid_and_reads_each_value(
    some_case: Case, tmp_path: Path
) -> None:
    replace_folder(tmp_path / "package", dict(datapackage.files(some_case, Outlet("The Daily"))))
    package = Package(str(tmp_path / "package" / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["title", "message"])[:5]
    for table in case_tables(some_case):
        rows = package.get_resource(table.name.replace("_", "-")).read_rows()
        read = [tuple(as_float(row[name]) for name in table.columns) for row in rows]
        assert read == [tuple(guarded(value) for value in row) for row in table.rows]


def as_float(value: Any) -> Any:
    """frictionless reads a number as a Decimal."""
    return float(value) if type(value).__name__ == "Decimal" else value


def test_a_row_that_refers_to_nothing_is_found(first_case: Case, tmp_path: Path) -> None:
    """So that the test above can fail."""
    files = dict(datapackage.files(first_case, Outlet()))
    files["claims.csv"] = files["claims.csv"].replace(b"troops-sent", b"troops-gone")
    replace_folder(tmp_path / "package", files)
    report = Package(str(tmp_path / "package" / "datapackage.json")).validate()
    assert "foreign-key" in {kind for (kind,) in report.flatten(["type"])}


def test_duckdb_reads_the_parquet_files(some_case: Case, tmp_path: Path) -> None:
    kinds = {
        "string": "VARCHAR",
        "number": "DOUBLE",
        "integer": "BIGINT",
        "boolean": "BOOLEAN",
        "date": "DATE",
    }
    replace_folder(tmp_path / "parquet", dict(parquet_files.files(some_case, Outlet())))
    for table in case_tables(some_case):
        read = duckdb.sql(f"SELECT * FROM read_parquet('{tmp_path / 'parquet' / table.name}.parquet')")
        assert read.columns == list(table.columns)
        assert [str(type_) for type_ in read.types] == [kinds[column.type] for _, column in table.typed()]
        assert read.fetchall() == table.rows


def test_the_workbook_has_the_same_values(some_case: Case) -> None:
    (content,) = dict(workbook.files(some_case, Outlet())).values()
    read = CalamineWorkbook.from_filelike(io.BytesIO(content))
    tables = case_tables(some_case)
    assert read.sheet_names == [*(table.name for table in tables), "columns"]
    for table in tables:
        head, *rows = read.get_sheet_by_name(table.name).to_python()
        assert head == list(table.columns)
        assert [list(map(comparable, row)) for row in rows] == [
            list(map(comparable, row)) for row in table.rows
        ]


def comparable(value: Any) -> Any:
    """A cell has one kind of number, of 15 digits, and no infinite one; an empty one is no text."""
    match value:
        case None | "":
            return None
        case bool() | str():
            return value
        case datetime():
            return value.date()
        case date():
            return value
    return float(f"{value:.14g}") if math.isfinite(value) else "INF"


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(hostile: Case) -> None:
    (content,) = dict(workbook.files(hostile, Outlet())).values()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert not re.search(r"<(f|hyperlink)[ >/]", text), name
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert "2025-07-02" in archive.read("docProps/core.xml").decode()
        risky = re.findall(r'<xf [^>]*quotePrefix="1"', archive.read("xl/styles.xml").decode())
        assert len(risky) == 1


def test_no_cell_of_a_csv_file_is_a_formula(hostile: Case) -> None:
    for files in (csv_files.files(hostile, Outlet()), datapackage.files(hostile, Outlet())):
        found = 0
        for name, content in files:
            if name.endswith(".csv"):
                text = content.decode("utf-8-sig")
                assert not re.search(r'(^|[,\n])"?=', text), name
                found += text.count("'=HYPERLINK")
        assert found > 10


def test_what_is_not_known_is_no_value(first_case: Case) -> None:
    package = json.loads(dict(datapackage.files(first_case, Outlet()))["datapackage.json"])
    assert "contributors" not in package and "homepage" not in package and "licenses" not in package
    (sources, *_) = case_tables(first_case)
    undated = [row for row in sources.rows if row[0] == "bbc-undated"]
    assert dict(zip(sources.columns, undated[0], strict=True))["published"] is None


def test_the_claims_of_a_draft_that_have_no_measure_are_there(small_case: Any) -> None:
    draft = small_case(
        [{"words": "nine loaves"}],
        [{"words": "nine loaves"}, {"words": "five rolls", "measure": None}],
        article={"state": "draft"},
    )
    claims = {table.name: table for table in case_tables(draft)}["claims"]
    assert [(row[1], row[2]) for row in claims.rows] == [("nine loaves", "loaves"), ("five rolls", None)]

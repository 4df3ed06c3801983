"""The tables of a case that the site offers."""

from __future__ import annotations

import csv
import io

import pandas as pd

from tallybook.exchange import csv_files
from tallybook.exchange.outlet import Outlet
from tallybook.report.downloads import downloads
from tallybook.tables.case import Case


def test_the_site_offers_the_tables_of_the_csv_export_byte_for_byte(case: Case) -> None:
    made = {file.file: file.content for file in downloads(case)}
    assert made == {f"harvest/data/{name}": content for name, content in csv_files.files(case, Outlet())}
    assert next(iter(made)) == "harvest/data/verdicts.csv"


def test_a_table_can_be_read_and_runs_nothing(case: Case) -> None:
    made = {file.file: file for file in downloads(case)}
    estimates = pd.read_csv(io.BytesIO(made["harvest/data/estimates.csv"].content))
    assert "'=HYPERLINK(1)" in estimates["origin_name"].tolist()
    assert float("inf") in estimates["zone_high"].tolist()
    assert made["harvest/data/verdicts.csv"].rows == 2


def test_each_column_of_each_table_is_explained(case: Case) -> None:
    made = {file.name: file.content for file in downloads(case)}
    told = list(csv.DictReader(io.StringIO(made["columns"].decode("utf-8-sig"))))
    assert all(row["column_means"] and row["column_type"] for row in told)
    for name, content in made.items():
        if name != "columns":
            heads = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            assert [row["column"] for row in told if row["table"] == name] == heads

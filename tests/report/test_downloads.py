"""The tables of a case that the site offers."""

from __future__ import annotations

import io

import pandas as pd

from tallybook.report.downloads import downloads
from tallybook.tables.case import Case


def test_the_tables_of_a_case_are_written_to_a_folder_of_its_own(case: Case) -> None:
    made = {file.file: file for file in downloads(case)}
    assert sorted(made) == [
        "harvest/data/checks.csv",
        "harvest/data/comparison.csv",
        "harvest/data/drift.csv",
        "harvest/data/estimates.csv",
        "harvest/data/figures.csv",
        "harvest/data/robustness.csv",
        "harvest/data/set-aside.csv",
        "harvest/data/verdicts.csv",
    ]
    estimates = pd.read_csv(io.BytesIO(made["harvest/data/estimates.csv"].content))
    assert "'=HYPERLINK(1)" in estimates["origin_name"].tolist()
    assert float("inf") in estimates["zone_high"].tolist()
    assert made["harvest/data/verdicts.csv"].rows == 2

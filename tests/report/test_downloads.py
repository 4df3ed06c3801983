"""The tables of a case that the site offers."""

from __future__ import annotations

import io

import pandas as pd

from tallybook.report.downloads import downloads

from .made_up import FakeCase


def test_the_tables_of_a_case_are_written_to_a_folder_of_its_own(case: FakeCase) -> None:
    made = {file.file: file for file in downloads(case)}  # type: ignore[arg-type]
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
    assert estimates["words"].tolist() == ["'=HYPERLINK(1)"]
    assert estimates["zone_high"].tolist() == [float("inf")]
    assert made["harvest/data/verdicts.csv"].rows == 2

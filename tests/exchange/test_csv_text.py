"""The CSV files: safe in a spreadsheet, exact, and the same for the same tables."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tallybook.exchange.csv_text import cell, to_csv


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-x",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "-",
        "+-5",
        "-1_0",
        "-inf",
    ],
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+5", "-0.5", "-1e6", "nine", "a=b", "'quoted", ""])
def test_numbers_and_plain_words_are_left_alone(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        (pd.NA, ""),
        (float("inf"), "inf"),
        (-2.5, "-2.5"),
        (10000.0, "10000"),
        (np.float64(0.1), "0.1"),
        (np.int64(7), "7"),
        (np.bool_(True), "true"),
        (False, "false"),
        (pd.Timestamp("2025-12-15"), "2025-12-15"),
        (("a", "b"), "a; b"),
        (("=1", "b"), "'=1; b"),
    ],
)
def test_each_value_has_one_text(value: Any, text: str) -> None:
    assert cell(value) == text


def test_headers_are_guarded_and_quotes_and_newlines_survive() -> None:
    content = to_csv(["=a", "b"], [['say "nine"', "two\nlines"], ["é,", "–"]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content, newline=""))) == [
        ["'=a", "b"],
        ['say "nine"', "two\nlines"],
        ["é,", "–"],
    ]

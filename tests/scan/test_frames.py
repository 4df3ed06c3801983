"""Figures of a column of texts: in pandas and in Dask the same, and the same as the reader's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tallybook.reading import read
from tallybook.scan.frames import read_frame

TEXTS = pd.DataFrame(
    {
        "nr": [f"t{n}" for n in range(40)],
        "body": ["Over 12 men came. It was 5% in July.", "Nothing.", None, "From 3 to 4 loaves."] * 10,
        "published": [pd.Timestamp("2025-02-01"), *[pd.NaT] * 39],
    }
)


def test_a_row_a_figure() -> None:
    found = read_frame(TEXTS, "body", "nr")
    wanted = [m.words for text in TEXTS["body"] if isinstance(text, str) for m in read(text)]
    assert list(found["words"]) == wanted and len(wanted) == 30
    assert list(found["text_id"][:4]) == ["t0", "t0", "t3", "t4"] and found["period"][1] == "2024-07"
    assert list(read_frame(TEXTS, "body")["text_id"][:3]) == ["0", "0", "3"]


def test_a_frame_without_figures_has_the_same_columns() -> None:
    none = read_frame(TEXTS.iloc[1:2], "body")
    assert len(none) == 0 and list(none.columns) == list(read_frame(TEXTS, "body").columns)


def test_a_column_that_is_not_there_is_told() -> None:
    with pytest.raises(KeyError, match="no column 'text'"):
        read_frame(TEXTS)


def test_dask_gives_the_same_from_parquet_to_parquet(tmp_path: Path) -> None:
    dd = pytest.importorskip("dask.dataframe")
    dd.from_pandas(TEXTS, npartitions=4).to_parquet(str(tmp_path / "in.parquet"))
    found = read_frame(dd.read_parquet(str(tmp_path / "in.parquet")), "body", "nr")
    assert found.npartitions == 4
    found.to_parquet(str(tmp_path / "out.parquet"))
    here = read_frame(TEXTS, "body", "nr").drop(columns="place")
    there = dd.read_parquet(str(tmp_path / "out.parquet")).compute(scheduler="synchronous")
    pd.testing.assert_frame_equal(there.drop(columns="place").reset_index(drop=True), here, check_dtype=False)

"""The commands that write, as ``killing.py`` kills them. One more is one more entry of COMMANDS."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from killing import Command

_CLI = str(Path(__file__).resolve().parents[1] / "cli")
sys.path.insert(0, _CLI)
try:
    from many_articles import write_articles
finally:
    sys.path.remove(_CLI)

_FILES, _OF_ONE = 12, 25
_ARTICLES = 12


def _archive(folder: Path) -> None:
    """Made-up articles: a part a file, and one that cannot be read."""
    (folder / "archive").mkdir(parents=True)
    for k in range(_FILES):
        lines = [
            json.dumps(
                {"id": f"{k}-{n}", "text": f"In 2024 over {k + 2} of {n + 90} mills closed, {n}% fewer. " * 9}
            )
            for n in range(_OF_ONE)
        ]
        (folder / "archive" / f"{k:02}.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")


def _scanned(folder: Path) -> Any:
    """All rows of both tables, each text once, and the names of whatever lies there."""
    rows = {name: _rows(folder / name) for name in ("out.parquet", "out.texts.parquet")}
    texts = [(row["file"], row["place"]) for row in rows["out.texts.parquet"]]
    assert len(texts) == len(set(texts)) == _FILES * (_OF_ONE + 1), "texts are lost or doubled."
    return rows, sorted(path.name for path in folder.iterdir())


def _rows(folder: Path) -> list[dict[str, Any]]:
    return [row for file in sorted(folder.iterdir()) for row in pq.read_table(file).to_pylist()]


def _is_sound(folder: Path, wanted: Any) -> None:
    """The tables are there as a whole or not at all; every file with a part's name is whole."""
    if (folder / "out.parquet").exists():
        assert _rows(folder / "out.parquet") == wanted[0]["out.parquet"], "the table is not whole."
        assert _rows(folder / "out.texts.parquet") == wanted[0]["out.texts.parquet"], (
            "the texts are not whole."
        )
    for file in folder.glob("out.parquet.unfinished/*/part-*.parquet"):
        pq.read_table(file)


_SCAN = Command(
    name="scan",
    prepare=_archive,
    arguments=["scan", "archive", "--out", "out.parquet", "--jobs", "2"],
    result=_scanned,
    sound=_is_sound,
    ends=frozenset({1, 3}),  # 3: one text cannot be read; 1: it had been finished, and is there already
)


def _judged(folder: Path) -> Any:
    """What is kept of each article, and nothing else beside it."""
    there = [file for file in folder.glob(".cache/cases/*/*") if file.is_file()]
    kept = {str(file.relative_to(folder)): file.read_bytes() for file in there}
    assert len(kept) == _ARTICLES, "articles are lost, or something half-written is there."
    return kept


def _is_whole(folder: Path, wanted: Any) -> None:
    """Every file with the name of a kept one is whole."""
    for file in folder.glob(".cache/cases/*/*.json"):
        said, _, rest = file.read_bytes().partition(b"\n")
        assert said.decode() == hashlib.sha256(rest).hexdigest(), "a kept file is not whole."


_VERDICTS = Command(
    name="verdicts",
    prepare=lambda folder: write_articles(folder, _ARTICLES, claims=8),
    arguments=["verdicts", "--all", "--jobs", "2"],
    result=_judged,
    sound=_is_whole,
)

COMMANDS = {command.name: command for command in (_SCAN, _VERDICTS)}

"""The commands that write, as ``killing.py`` kills them. One more is one more entry of COMMANDS."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import desk
import pyarrow.parquet as pq
from desk import CASE, DRAFTED, SECOND, TABLE_WRITTEN

Tree = dict[str, str]
"""Of each file its digest, by its path; of a folder "folder"."""

_UNLIKE = (".cache/**", "**/*.manifest", "*.manifest")
"""Files of which only the name is compared: they hold the moment, or the place on the disk, at which they
were made."""


_OF_THE_PLACE = re.compile(r"(?<=^\.cache/site/pages-)[0-9a-f]{16}(?=\.json$)")
"""The digest of where a site lies."""


def tree(folder: Path) -> Tree:
    """All that lies in a folder, hidden or not."""
    found = {}
    for path in folder.rglob("*"):
        name = _OF_THE_PLACE.sub("", path.relative_to(folder).as_posix())
        if path.is_dir() and not path.is_symlink():
            found[name] = "folder"
        elif any(fnmatch(name, pattern) for pattern in _UNLIKE):
            found[name] = "file"
        else:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


@dataclass(frozen=True)
class Command:
    """A command that writes.

    ``prepare``: makes the folder that it works in, which is not there yet; ``arguments``: of ``tallybook``,
    run in that folder; ``typed``: what it is told on standard input. ``unit``: of a file's path the name of
    what is old or new as a whole. ``result``: all that it wrote, comparable with ``==`` and the same for
    every undisturbed run. ``sound``: raises AssertionError where what lies there after a kill could mislead
    anybody, besides what holds for every command. ``alone``: it starts no other process, so that each of its
    steps can be struck. ``known``: names of what an unfinished run may leave, as docs/scale.md says of scan.
    ``beside``: what a killed one leaves among the temporary files, which no run of ours may remove.
    """

    name: str
    prepare: Callable[[Path], None]
    arguments: list[str]
    typed: str = ""
    unit: Callable[[str], str] = str
    result: Callable[[Path], Any] = tree
    sound: Callable[[Path, Any], None] = lambda folder, wanted: None
    alone: bool = True
    known: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


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


def _book_loads(folder: Path, _: Any) -> None:
    """Whatever a stopped command leaves, the book can be read."""
    from tallybook.intake.source_drafts_taken import book_at

    book_at(folder)


def _format_of(path: str) -> str:
    """An export is old or new a format at a time."""
    return "/".join(path.split("/")[:3]) if path.startswith("export/") else path


def _the_site(path: str) -> str:
    """A site is old or new as a whole, but for the files of a publisher, which stay."""
    parts = path.split("/")
    return path if parts[0] != "site" or "CNAME" in parts or ".git" in parts else "site"


def _of_a_book(name: str, prepare: Callable[[Path], None], *arguments: str, typed: str = "") -> Command:
    return Command(name, prepare, list(arguments), typed=typed, sound=_book_loads)


def _judged(folder: Path) -> Any:
    """What is kept of each article, and nothing else beside it."""
    there = [file for file in folder.glob(".cache/cases/*/*") if file.is_file()]
    kept = {file.relative_to(folder).as_posix(): _unsigned(file) for file in there}
    assert len(kept) == _ARTICLES, "articles are lost, or something half-written is there."
    return kept


def _unsigned(file: Path) -> bytes:
    """A kept file without its first line, a code by the key of a home, which is another one for each run."""
    code, _, rest = file.read_bytes().partition(b"\n")
    assert len(code) == 64, f"{file.name} is not signed."
    return rest


def _is_whole(folder: Path, wanted: Any) -> None:
    """Every file with the name of a kept one is whole."""
    for file in folder.glob(".cache/cases/*/*.json"):
        assert _unsigned(file) == wanted[file.relative_to(folder).as_posix()], "a kept file is not whole."


_ALL = (
    Command("init", desk.nothing, ["init", "desk"]),
    _of_a_book("new", desk.city, "new", "draft.txt", "--id", "fresh", "--published", "2025-06-21"),
    _of_a_book("review", desk.with_a_draft, "review", "fresh", typed="y\n"),
    _of_a_book("review-undo", desk.with_an_answer, "review", "fresh", typed="u\nq\n"),
    _of_a_book("sheet", desk.with_a_draft, "sheet", "fresh"),
    _of_a_book("sheet-take", desk.with_an_answered_sheet, "sheet", "fresh", "--take", "--yes"),
    _of_a_book("measures", desk.with_a_twin_measure, "measures", "--merge", desk.MEASURE, "holes", "--yes"),
    _of_a_book("match", desk.with_a_page, "match", CASE, "--accept", typed="y\nq\n"),
    _of_a_book("match-refused", desk.with_a_page, "match", CASE, "--accept", typed="n\nq\n"),
    _of_a_book("quotes", desk.with_moved_words, "quotes", CASE, "--text", "edited.txt", "--write"),
    Command("scan", _archive, ["scan", "archive", "--out", "out.parquet", "--jobs", "2"], result=_scanned,
            sound=_is_sound, alone=False, known=("out.*",)),
    Command("scan-dask", _archive,
            ["scan", "archive", "--out", "out.parquet", "--jobs", "2", "--scheduler", "local"],
            result=_scanned, sound=_is_sound, alone=False, known=("out.*",),
            beside=("tmp/pymp-*",)),  # the socket of Python's own fork server
    _of_a_book("check-accept", desk.city, "check", "--verdicts", "--accept"),
    _of_a_book("verdicts-into", desk.with_a_docx, "verdicts", CASE, "--into", "article.docx"),
    Command("verdicts-all", lambda folder: write_articles(folder, _ARTICLES, claims=8),
            ["verdicts", "--all", "--jobs", "2"], result=_judged, sound=_is_whole, alone=False),
    _of_a_book("compare", desk.city, "compare", CASE, "--parquet", "pairs.parquet"),
    Command("export", desk.city, ["export", CASE, "--to", "claimreview", "--to", "csl"], unit=_format_of,
            sound=_book_loads),
    Command("export-all", desk.city, ["export", CASE, "--to", "all"], unit=_format_of, sound=_book_loads),
    Command("report", desk.with_notebooks, ["report"], unit=_the_site, alone=False),
    Command("report-again", desk.with_an_older_site, ["report"], unit=_the_site, alone=False),
    Command("notebooks", desk.with_notebooks, ["notebooks"], alone=False),
    Command("schema", desk.city, ["schema"]),
    Command("migrate", desk.of_the_first_version, ["migrate", "--write"]),
    _of_a_book("source-add", desk.city, "source", "add", "page.txt"),
    _of_a_book("source-review", desk.with_a_page, "source", "review", typed="y\nq\n"),
    _of_a_book("source-keep", desk.with_a_page, "source", "keep", DRAFTED),
    _of_a_book("source-origin", desk.with_a_page, "source", "keep", SECOND, "--new-origin", "Gardeners"),
    _of_a_book("source-drop", desk.with_a_page, "source", "drop", DRAFTED),
    _of_a_book("source-table", desk.city, *TABLE_WRITTEN),
    _of_a_book("source-table-again", desk.with_a_table, "source", "table", "potholes.csv", "--again",
               "--write"),
)  # fmt: skip
COMMANDS = {command.name: command for command in _ALL}

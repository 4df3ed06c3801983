"""Tables for the eye at a terminal (rich), plain lines where the output is none, and data for programs.

What a text holds is shown, never obeyed: markup is not read, and a character that is not printable
(an escape sequence begins with one) is shown as "�", or in JSON as its code.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tallybook.reading import Mention, read_blocks

if TYPE_CHECKING:
    from tallybook.tables import Case

PLAIN_WIDTH = 160
# Rows that are collected to find the widths of the columns, which later rows then have too.
FIRST_PAGE = 200
# Characters of the sentence shown on either side of a figure, and the width that is worth it.
SIDE = 40
NARROWEST_CONTEXT = 30
LONGEST_WORDS = 80
# Progress is shown for more bytes than that.
LARGE = 2_000_000

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?", re.IGNORECASE | re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = ("low", "high", "at")
_COLUMNS = ("words", "kind", "low", "high", "modifier", "unit", "per", "trend", "of", "at", "context")
# The width of a column when more rows are to come than the first page.
_USUAL = {"words": 28, "low": 9, "high": 9, "modifier": 8, "unit": 12, "per": 5, "of": 12, "at": 15}
# What a column may be cut down to where a terminal is narrow.
_LEAST = {"words": 24, "of": 8, "unit": 8, "modifier": 8}


class Found(NamedTuple):
    """One mention of a text read in blocks: ``offset`` is that of the block, whose ``text`` is kept.

    ``file``: its name where several are read.
    """

    mention: Mention
    text: str
    offset: int
    file: str | None = None


def print_verdicts(case: Case, as_of: str) -> None:
    """One row a claim: words, verdict, families for / against / compatible, estimates aside, why."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    for name in ("words", "verdict", "for", "against", "compatible", "aside", "cited source", "why"):
        table.add_column(name, overflow="fold")
    for row in case.verdicts(as_of).itertuples():
        table.add_row(
            Text(_shown(str(row.words))),
            Text(str(row.verdict)),
            *(Text(str(n), justify="right") for n in (row.for_, row.against, row.compatible, row.aside)),
            Text(_shown(str(row.fidelity))),
            Text(_shown(str(row.why))),
        )
    console = _console()
    console.print(table)
    console.print(
        Text(
            f"Judged by what is known {'today' if as_of == 'today' else 'on ' + str(case.published)}. "
            "for, against, compatible: independent families of origins; aside: estimates."
        )
    )


def read_files(files: Sequence[Path], *, language: str, asides: bool) -> Iterator[list[Found]]:
    """The figures, and the ``asides`` if asked for, of each block of each file; in order, as they are read.

    BookError where a file cannot be opened or is no UTF-8.
    """
    from tallybook.book.text_files import OpenText

    with _progress(files) as tell:
        done = 0
        for file in files:
            name = str(file) if len(files) > 1 else None
            with OpenText(file) as text:
                for offset, reading in read_blocks(text, language=language):
                    mentions = [*reading, *reading.asides] if asides else list(reading)
                    if asides:
                        mentions.sort(key=lambda mention: mention.start)
                    yield [Found(mention, reading.text, offset, name) for mention in mentions]
                    tell(done + text.done)
                done += text.done


def print_json(blocks: Iterable[list[Found]]) -> None:
    """One JSON object a line: the fields of the mention, its sentence's text, the file if several."""
    _as_utf8()
    for found in chain.from_iterable(blocks):
        record = _record(found)
        for name in ("low", "high"):
            record[name] = record[name] if math.isfinite(record[name]) else None
        line = json.dumps(record, ensure_ascii=False, allow_nan=False)
        print(line if line.isprintable() else "".join(map(_code, line)))


def print_csv(blocks: Iterable[list[Found]], *, several: bool) -> None:
    """A table for spreadsheets, which take a cell that begins like a formula for one: it is quoted."""
    _as_utf8()
    fields = [name for name in Mention._fields if name != "sentence"]
    columns = [*(["file"] if several else []), *fields, "sentence_text"]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(columns)
    for found in chain.from_iterable(blocks):
        record = _record(found)
        record["hedges"] = " ".join(record["hedges"])
        out.writerow([_cell(record[name]) for name in columns])


def print_table(blocks: Iterable[list[Found]], *, asides: bool, context: bool | None) -> None:
    """A line a figure, printed as it is read. ``context``: show each within its sentence.

    None: where the output is a terminal that is wide enough.
    """
    console = _console()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    names = [name for name in _COLUMNS if (name != "kind" or asides) and name != "context"]
    pages = filter(None, blocks)
    page: list[Found] = []
    rest: list[Found] | None = None
    for rest in pages:
        if len(page) + len(rest) > FIRST_PAGE or page:
            break
        page, rest = rest, None
    rows = [_row(found, names) for found in page or (rest or [])[:FIRST_PAGE]]
    more = rest is not None
    widths = _widths(names, rows, more=more, fit=console.width if console.is_terminal else None)
    used = sum(widths) + 2 * len(widths)
    room = console.width - used if console.is_terminal else SIDE * 2 + LONGEST_WORDS // 2
    if context is None:
        context = console.is_terminal and room >= NARROWEST_CONTEXT
    room = max(room, NARROWEST_CONTEXT)
    _print_line(console, _line([*names, *(["context"] if context else [])], names, widths, console), "bold")
    for found in chain(page, rest or [], chain.from_iterable(pages)):
        line = _line(_row(found, names), names, widths, console)
        if not context:
            _print_line(console, line)
            continue
        before, words, after = _in_context(found, room)
        line = set_cell_size(line, max(used, cell_len(line) + 2))
        _print_line(console, f"{line}{before}{words}{after}", "bold", len(line + before), len(words))

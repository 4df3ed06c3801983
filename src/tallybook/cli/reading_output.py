"""The figures of texts: tables for the eye at a terminal, plain lines elsewhere, and data for programs."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from tallybook.cli.layout import Column, block
from tallybook.cli.streams import as_utf8, printable
from tallybook.cli.terminal import shortened, show, terminal_width
from tallybook.prose import in_full
from tallybook.reading import FIGURE, Mention, read_blocks
from tallybook.spreadsheet import harmless_cell

# The rows that decide how wide the columns are; later rows keep to that.
FIRST_PAGE = 200
# Characters of the sentence shown on either side of a figure, and the width that is worth it.
SIDE = 40
NARROWEST_CONTEXT = 30
LONGEST_WORDS = 80
INDENT = 4
_GAP = 2
# Progress is shown for more bytes than that.
LARGE = 2_000_000

_NUMBERS = ("low", "high", "at")
_COLUMNS = ("words", "kind", "low", "high", "modifier", "unit", "per", "trend", "of", "at")
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
    as_utf8()
    for found in _each(blocks):
        record = _record(found)
        for name in ("low", "high"):
            record[name] = record[name] if math.isfinite(record[name]) else None
        line = json.dumps(record, ensure_ascii=False, allow_nan=False)
        print(line if line.isprintable() else "".join(map(_code, line)))


def print_csv(blocks: Iterable[list[Found]], *, several: bool) -> None:
    """A table for spreadsheets, which take a cell that begins like a formula for one: it is quoted."""
    as_utf8()
    fields = [name for name in Mention._fields if name != "sentence"]
    columns = [*(["file"] if several else []), *fields, "sentence_text"]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(columns)
    for found in _each(blocks):
        record = _record(found)
        record["hedges"] = " ".join(record["hedges"])
        out.writerow([_cell(record[name]) for name in columns])


def print_table(blocks: Iterable[list[Found]], *, asides: bool, context: bool | None) -> None:
    """A line a figure, printed as it is read. ``context``: show each within its sentence.

    None: if the output is a terminal. A terminal too narrow for one more column has it on the next line.
    """
    blocks = iter(blocks)
    page: list[Found] = next(filter(None, blocks), [])
    following = list(islice(blocks, 1))  # known before the first line, for its columns
    names = [name for name in _COLUMNS if name != "kind" or asides]
    rows = [_row(found, names) for found in page[:FIRST_PAGE]]
    width = terminal_width()
    columns = _Columns(names, rows, more=bool(following), width=width)
    if context is None:
        context = width is not None
    everything = _each(chain([page], following, blocks))
    if width is not None and columns.width - _GAP > width:
        _print_blocks(everything, names, width, context=context)
        return
    room = 2 * SIDE + _USUAL["words"] if width is None else width - columns.width
    below = room < NARROWEST_CONTEXT
    if below and width is not None:
        room = width - INDENT
    head = columns.line(names)
    show([Text(head + "context" if context and not below else head.rstrip(), style="bold")])
    for found in everything:
        line = columns.line(_row(found, names))
        if not context:
            show([Text(line.rstrip())])
            continue
        sentence = _in_context(found, room)
        if below:
            show([Text(line.rstrip()), Text(" " * INDENT) + sentence])
        else:
            show([Text(line) + sentence])


def _print_blocks(figures: Iterable[Found], names: Sequence[str], width: int, *, context: bool) -> None:
    """The same where the terminal has no room for the columns: a block a figure."""
    columns = [Column(name, head=name == "words") for name in names]
    for found in figures:
        row = [Text(cell) for cell in _row(found, names)]
        if context:
            row[0] = _in_context(found, width)
        show(block(columns, row, width))


class _Columns:
    """Columns whose widths the first rows decide, and all later rows keep.

    ``more``: rows are to come that may need more width. On a terminal a cell that is too long is
    shortened, unless it is a number; elsewhere it is printed whole.
    """

    def __init__(
        self, names: Sequence[str], rows: Sequence[Sequence[str]], *, more: bool, width: int | None
    ) -> None:
        self._names = names
        self._shorten = width is not None
        self._widths = [
            max(cell_len(name), *(cell_len(row[k]) for row in rows), _USUAL.get(name, 0) if more else 0)
            if rows
            else cell_len(name)
            for k, name in enumerate(names)
        ]
        if width is not None:
            self._narrow(width)

    @property
    def width(self) -> int:
        """Of a line, with the gap behind its last column."""
        return sum(self._widths) + _GAP * len(self._widths)

    def line(self, cells: Sequence[str]) -> str:
        return "".join(
            set_cell_size(
                self._fit(name, cell, width), max(width, cell_len(cell) if self._whole(name) else 0)
            )
            + " " * _GAP
            for name, cell, width in zip(self._names, cells, self._widths, strict=True)
        )

    def _whole(self, name: str) -> bool:
        return name in _NUMBERS or not self._shorten

    def _fit(self, name: str, cell: str, width: int) -> str:
        return cell if self._whole(name) else shortened(cell, width)

    def _narrow(self, width: int) -> None:
        """Cut down the columns of words until a line fits, as far as that makes sense."""
        for name, least in _LEAST.items():
            k = self._names.index(name)
            self._widths[k] -= max(0, min(self.width - _GAP - width, self._widths[k] - least))


def _each(blocks: Iterable[list[Found]]) -> Iterator[Found]:
    """One by one; what has been printed of a block is seen before the next is read."""
    for figures in blocks:
        yield from figures
        sys.stdout.flush()


def _row(found: Found, names: Sequence[str]) -> list[str]:
    m, offset = found.mention, found.offset
    at = f"{m.start + offset}–{m.end + offset}"
    cells = {
        "words": shortened(printable(m.words[: 4 * LONGEST_WORDS]), LONGEST_WORDS),
        "kind": m.kind,
        # a year or a page is no number to be grouped: its words say it
        "low": in_full(m.low) if m.kind == FIGURE else "",
        "high": in_full(m.high) if m.kind == FIGURE else "",
        "modifier": " ".join((m.modifier, *m.hedges)) if m.kind == FIGURE else "",
        "unit": printable(m.unit or ""),
        "per": printable(m.per or ""),
        "trend": m.trend or "",
        "of": shortened(printable(m.of or ""), SIDE),
        "at": f"{printable(found.file)}:{at}" if found.file is not None else at,
    }
    return [cells[name] for name in names]


def _in_context(found: Found, room: int) -> Text:
    """The words, bold, within their sentence, in at most ``room`` columns."""
    m, text = found.mention, found.text
    words = shortened(printable(m.words[: 4 * room]), room * 2 // 3)
    left, right = m.sentence
    side = min(SIDE, (room - cell_len(words)) // 2)
    before = printable(text[max(left, m.start - side) : m.start]).lstrip()
    after = printable(text[m.end : min(right, m.end + side)]).rstrip()
    if m.start - side > left:
        before = "…" + before[1:]
    if m.end + side < right:
        after = after[:-1] + "…"
    rest = max(0, room - cell_len(words) - cell_len(before))
    return Text(before) + Text(words, style="bold") + Text(shortened(after, rest))


def _record(found: Found) -> dict[str, Any]:
    first, last = found.mention.sentence
    return {
        **({"file": found.file} if found.file is not None else {}),
        **found.mention.moved(found.offset)._asdict(),
        "sentence_text": found.text[first:last],
    }


def _code(character: str) -> str:
    """The character, or what stands for it in JSON where it is not printable."""
    return character if character.isprintable() else json.dumps(character)[1:-1]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}" if math.isfinite(value) else ""
    return harmless_cell(printable(str(value)))


@contextmanager
def _progress(files: Sequence[Path]) -> Iterator[Callable[[int], None]]:
    """Gives what is to be called with the bytes read so far: a bar on stderr, if somebody can see it."""
    sizes = [file.stat().st_size for file in files if file.is_file()]
    total = sum(sizes)
    if len(sizes) < len(files) or total < LARGE or sys.stdout.isatty() or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    # redirected, what is printed would land on stderr, above the bar
    bar = Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
    )
    with bar as progress:
        task = progress.add_task("", total=total)
        yield lambda done: progress.update(task, completed=done)

"""Records as lines: a table where the terminal has room for one, else a block a record.

A text is wrapped at spaces, and never within a number or behind a sign; a word is broken only where it is
longer than a line. A cell of several lines keeps them in a table; in a block they stand on one.
A ``width`` of None (no terminal) gives a block a record, each cell whole on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from tallybook.cli.terminal import console
from tallybook.terms import Relation, Verdict

NARROWEST_TABLE = 100
NARROWEST_PROSE = 30
"""A column of prose that would be narrower than this makes a table into blocks."""

INDENT = 4
_GAP = 2
_SIGNS = "".join({term.sign for term in (*Relation, *Verdict)} - {"–"})
_UNBROKEN = re.compile(rf"(?<=\d) (?=\d{{3}}(?!\d)|%)|(?<=[{_SIGNS}]) |(?<=^–) |(?<=: –) ", re.MULTILINE)
"""The spaces inside a number, and those between a sign and its word."""
_JOINER = "\ue000"


@dataclass(frozen=True, slots=True)
class Column:
    """``head``: on the first line of a block. ``prose``: wrapped in a table, and on lines of its own in a
    block; other cells stand there beside their names. ``zero``: whether a block of a terminal tells a 0."""

    name: str
    head: bool = False
    prose: bool = False
    zero: bool = True


Row = Sequence[Text]


class Layout:
    """How records are set: decided by ``rows``, all that are to come, and kept for each part of them."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], width: int | None) -> None:
        self._columns = columns
        self._width = width
        self._widths = _widths(columns, rows, width) if width is not None and rows else None
        self._right = [all(row[k].plain.isdecimal() for row in rows) for k in range(len(columns))]
        self._gaps = self._widths is not None and any(
            cell.cell_len > wide for row in rows for cell, wide in zip(row, self._widths, strict=True)
        )

    def lines(self, rows: Sequence[Row]) -> Iterator[Text]:
        """The rows as a table with its head, or as blocks."""
        if self._widths is None:
            for row in rows:
                yield from block(self._columns, row, self._width)
            return
        yield from self._row([Text(column.name, style="bold") for column in self._columns], self._widths)
        for number, row in enumerate(rows):
            if self._gaps and number:
                yield Text()
            yield from self._row(row, self._widths)

    def _row(self, row: Row, widths: Sequence[int]) -> Iterator[Text]:
        cells = [wrapped(cell, wide) for cell, wide in zip(row, widths, strict=True)]
        for height in range(max(map(len, cells))):
            line = Text()
            for lines, wide, right in zip(cells, widths, self._right, strict=True):
                cell = lines[height] if height < len(lines) else Text()
                room = Text(" " * (wide - cell.cell_len))
                line = line + (room + cell if right else cell + room) + Text(" " * _GAP)
            line.rstrip()
            yield line


def block(columns: Sequence[Column], row: Row, width: int | None) -> Iterator[Text]:
    """One record: its head on the first line, the rest indented below."""
    cells = [
        (column, _on_one_line(cell))
        for column, cell in zip(columns, row, strict=True)
        if cell.plain and (column.zero or width is None or cell.plain != "0")
    ]
    head = Text("  ").join(cell for column, cell in cells if column.head)
    yield from paragraph(head, width, hanging=INDENT)
    named = [Text(f"{c.name}: ").append_text(cell) for c, cell in cells if not c.head and not c.prose]
    prose = [cell for column, cell in cells if column.prose and not column.head]
    for text in (*prose, Text("; ").join(named)):
        if text.plain:
            yield from paragraph(text, width, indent=INDENT)


def labelled(rows: Sequence[tuple[str, str]], width: int | None, *, indent: int = 0) -> Iterator[Text]:
    """A label and its text a line, the texts below each other where they have room; ("", "") is a gap."""
    margin = max((len(label) for label, _ in rows), default=0) + _GAP
    beside = width is None or width - indent - margin >= NARROWEST_PROSE
    for label, text in rows:
        head = Text(label, style="bold")
        if not label:
            yield Text()
        elif beside:
            for line in paragraph(Text(text), width, indent=indent + margin):
                yield Text(" " * indent) + head + line[indent + len(head) :]
                head = Text()
        else:
            yield from paragraph(head, width, indent=indent)
            yield from paragraph(Text(text), width, indent=indent + INDENT)


def paragraph(text: Text, width: int | None, *, indent: int = 0, hanging: int = 0) -> Iterator[Text]:
    """A text as lines of at most ``width`` columns; ``hanging``: how far all but the first are indented."""
    if width is None or indent + text.cell_len <= width:
        yield Text(" " * indent) + text
        return
    for number, line in enumerate(wrapped(text, width - indent - hanging)):
        yield Text(" " * (indent + (hanging if number else 0))) + line


def wrapped(text: Text, width: int) -> list[Text]:
    """Lines of at most ``width`` columns, one at least."""
    joined = text.copy()
    joined.plain = _UNBROKEN.sub(_JOINER, text.plain)
    lines = list(joined.wrap(console(), max(1, width), overflow="fold"))
    for line in lines:
        line.plain = line.plain.replace(_JOINER, " ")
        line.rstrip()
    return lines


def _widths(columns: Sequence[Column], rows: Sequence[Row], width: int) -> list[int] | None:
    """The width of each column of a table; None where a table has too little room."""
    if width < NARROWEST_TABLE:
        return None
    natural = [
        max(len(column.name), *(line.cell_len for row in rows for line in row[k].split(allow_blank=True)))
        for k, column in enumerate(columns)
    ]
    least = [
        min(natural[k], max(NARROWEST_PROSE, *(_longest_word(row[k]) for row in rows)))
        if column.prose
        else natural[k]
        for k, column in enumerate(columns)
    ]
    spare = width - sum(least) - _GAP * (len(columns) - 1)
    if spare < 0:
        return None
    wanted = sum(natural) - sum(least)
    share = min(1.0, spare / wanted) if wanted else 0.0
    return [low + int((high - low) * share) for low, high in zip(least, natural, strict=True)]


def _on_one_line(text: Text) -> Text:
    """With its styles."""
    line = text.copy()
    line.plain = text.plain.replace("\n", " ")
    return line


def _longest_word(text: Text) -> int:
    joined = _UNBROKEN.sub(_JOINER, text.plain)
    return max((Text(word).cell_len for word in joined.split()), default=0)

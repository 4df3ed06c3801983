"""The lines of a PDF page, in the order in which they are read, from characters that only have places.

A PDF file has no words, lines or columns: it has characters with a place and a size each. Those of one height
that follow each other are a piece; pieces of one height are a line, a row of a table, or stand in columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tallybook.intake.runs import Run

_SPACE_GAP = 0.2
_PIECE_GAP = 1.6
"""Gaps in parts of the size of a letter: wider than a space, and wider than any in a line."""

_COLUMN_CHARACTERS = 15
"""Pieces of a column of text are longer, those of a table shorter."""

_RAISED_SIZE, _RAISED_BY, _LOWERED_BY = 0.82, 0.15, 0.06
_HYPHENS = frozenset({0xFFFE, 2, 0xAD})
"""What a hyphen at a line's end comes out as. In print each is seen, also one that a file calls soft."""

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


class Letter(NamedTuple):
    """A character: its left and right end, the line it stands on, and its size, in points."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass
class Line:
    """``runs``: raised and lowered letters apart; ``gapped``: whether wide gaps are in it, as in a table."""

    left: float
    right: float
    base: float
    size: float
    runs: list[Run] = field(default_factory=list)
    gapped: bool = False
    column: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).strip()


@dataclass
class _Piece:
    letters: list[Letter]

    def __post_init__(self) -> None:
        self.left, self.right = self.letters[0].left, max(letter.right for letter in self.letters)
        self.size = max(letter.size for letter in self.letters)
        large = [letter.base for letter in self.letters if letter.size >= _RAISED_SIZE * self.size]
        self.base = Counter(round(base, 1) for base in large).most_common(1)[0][0]


def letters_of(page_text: Any, raw: Any) -> Iterator[Letter | None]:
    """The characters of a page; None for one that is turned and therefore in no line.

    ``page_text``, ``raw``: of pypdfium2.
    """
    import ctypes

    rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for at in range(page_text.count_chars()):
        code = raw.FPDFText_GetUnicode(page_text, at)
        if code in (13, 10) or (code == 32 and raw.FPDFText_IsGenerated(page_text, at)):
            continue
        raw.FPDFText_GetLooseCharBox(page_text, at, rect)
        raw.FPDFText_GetCharOrigin(page_text, at, x, y)
        if 0.1 < raw.FPDFText_GetCharAngle(page_text, at) < 6.18:
            yield None
            continue
        text = "-" if code in _HYPHENS else chr(code) if 0 < code < 0x110000 else "\ufffd"
        if raw.FPDFText_HasUnicodeMapError(page_text, at) == 1 or 0xE000 <= code < 0xF900:
            text = "\ufffd"
        yield Letter(
            _LIGATURES.get(text, text), rect.left, rect.right, y.value, max(0.1, rect.top - rect.bottom)
        )


def lines_of(letters: Sequence[Letter]) -> list[Line]:
    """The lines of a page in the order of reading."""
    pieces = [_Piece(group) for group in _pieces(letters)]
    pieces = [piece for piece in pieces if any(letter.text.strip() for letter in piece.letters)]
    if not pieces:
        return []
    return list(_in_order(_rows(pieces)))


def _in_order(rows: Sequence[list[_Piece]]) -> Iterator[Line]:
    """The rows as lines, where two columns follow each other from side to side a column after the other."""
    column = 0
    band: list[list[_Piece]] = []
    for row in [*rows, None]:
        if row is not None and (_is_of_columns(row) or (band and len(row) == 1 and _beside(band, row[0]))):
            band.append(row)
            continue
        gutter = _gutter(band)
        pieces = [piece for beside in band for piece in beside]
        of_columns = _by_columns(pieces, gutter) if gutter else ((0, beside) for beside in band)
        yield from (_line(beside, column + side) for side, beside in of_columns)
        column += 3 if gutter else 0
        band = []
        if row is not None:
            yield _line(row, column)


def _is_of_columns(row: Sequence[_Piece]) -> bool:
    """Whether a row is two lines of text side by side; the pieces of a table are shorter."""
    return len(row) == 2 and all(len(piece.letters) >= _COLUMN_CHARACTERS for piece in row)


def _beside(band: Sequence[Sequence[_Piece]], piece: _Piece) -> bool:
    """Whether a line alone is the rest of one of two columns."""
    gutter = _gutter(band)
    return gutter is not None and (piece.right <= gutter or piece.left >= gutter)


def _pieces(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """Letters that follow each other on a line without a wide gap."""
    group: list[Letter] = []
    for letter in letters:
        if group and not _follows(group[-1], letter):
            yield group
            group = []
        group.append(letter)
    if group:
        yield group


def _follows(last: Letter, letter: Letter) -> bool:
    size = max(last.size, letter.size)
    same_height = abs(letter.base - last.base) < 0.45 * size
    return same_height and -0.5 * size < letter.left - last.right < _PIECE_GAP * size


def _rows(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Pieces that follow each other in the file on one height."""
    rows: list[list[_Piece]] = []
    for piece in pieces:
        last = rows[-1][-1] if rows else None
        if (
            last
            and abs(last.base - piece.base) < 0.45 * min(last.size, piece.size)
            and piece.left >= last.right
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _gutter(band: Sequence[Sequence[_Piece]]) -> float | None:
    """The middle of the white stripe between two columns; None where there is none, or too few lines."""
    gapped = [row for row in band if len(row) == 2]
    if len(gapped) < 3:
        return None
    left, right = max(row[0].right for row in gapped), min(row[1].left for row in gapped)
    return (left + right) / 2 if left < right else None


def _by_columns(pieces: Sequence[_Piece], gutter: float) -> Iterator[tuple[int, list[_Piece]]]:
    """(1 or 2 for its column, the piece of a line): the left column, then the right one."""
    for column in (1, 2):
        side = [piece for piece in pieces if (piece.right <= gutter) == (column == 1)]
        yield from ((column, [piece]) for piece in sorted(side, key=lambda piece: -piece.base))


def _line(row: Sequence[_Piece], column: int = 0) -> Line:
    size = max(piece.size for piece in row)
    large = max(row, key=lambda piece: (piece.size, len(piece.letters)))
    line = Line(row[0].left, row[-1].right, large.base, size, column=column, gapped=len(row) > 1)
    last: Letter | None = None
    for number, piece in enumerate(row):
        if number:
            line.runs.append(Run(" | ", "cell"))
            last = None
        for letter in piece.letters:
            _add(line, letter, last)
            last = letter
    return line


def _add(line: Line, letter: Letter, last: Letter | None) -> None:
    style = _style(line, letter)
    gap = letter.left - last.right if last else 0.0
    if (
        last
        and gap > _SPACE_GAP * max(last.size, letter.size)
        and not last.text.isspace()
        and letter.text != " "
    ):
        line.runs.append(Run(" "))
    now = line.runs[-1] if line.runs else None
    if now is not None and now.style == style:
        now.text += letter.text
    else:
        line.runs.append(Run(letter.text, style))


def _style(line: Line, letter: Letter) -> Any:
    """Smaller letters that stand above the line, or below it, are raised or lowered."""
    if letter.size < _RAISED_SIZE * line.size and letter.text.strip():
        if letter.base > line.base + _RAISED_BY * line.size:
            return "raised"
        if letter.base < line.base - _LOWERED_BY * line.size:
            return "lowered"
    return "plain"

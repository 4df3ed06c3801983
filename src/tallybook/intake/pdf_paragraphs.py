"""Lines of a PDF file as paragraphs, and what stands at the head and foot of its pages apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from tallybook.intake.article_text import ParagraphKind
from tallybook.intake.pdf_lines import Line
from tallybook.intake.runs import Run

_EDGE = 0.09
"""Which part of a page is its head or foot, where a line may be furniture."""

_PAGE_NUMBER = re.compile(
    r"(?:\W{0,3}(?:page|p\.|seite|стор\.)?\s{0,2}\d{1,4}(?:\s{0,2}(?:/|of|von|з)\s{0,2}\d{1,4})?\W{0,3})",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_ENDED = re.compile(r"[.!?:;…][\"”’»)\]]*\s*\Z")
_BULLET = re.compile(r"\s*[•‣▪◦–*]\s+")
_NOTE = re.compile(r"\s*(\d{1,3})[.)]?\s*")
_HEADING, _NOTE_SIZE = 1.15, 0.88
_WIDE_GAP, _INDENT, _SHORT = 1.35, 0.7, 0.12
_LONGEST_HEADING = 250


@dataclass
class Page:
    """``height``: in points; ``notes``: the lines of its footnotes, by their number."""

    lines: list[Line]
    height: float
    bottom: float = 0.0
    notes: dict[str, list[Line]] = field(default_factory=dict)


@dataclass
class Set:
    """A paragraph as it is set: its lines, which may stand on two pages."""

    kind: ParagraphKind
    lines: list[Line]


def without_furniture(pages: Sequence[Page]) -> list[str]:
    """Take running heads and page numbers out of the pages; what was taken out."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _at_edges(page)})
    taken = []
    for page in pages:
        edges = {id(line) for line in _at_edges(page)}
        kept = []
        for line in page.lines:
            often = seen[_key(line)] >= max(2, len(pages) // 3)
            if id(line) in edges and (_PAGE_NUMBER.fullmatch(line.text) or often):
                taken.append(line.text)
            else:
                kept.append(line)
        page.lines = kept
    return taken


def _at_edges(page: Page) -> list[Line]:
    low, high = page.bottom + _EDGE * page.height, page.bottom + (1 - _EDGE) * page.height
    return [line for line in page.lines if line.base < low or line.base > high]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text)


def body_size(pages: Sequence[Page]) -> float:
    """The size in which most of the text is set."""
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def take_notes(page: Page, size: float) -> None:
    """Take the footnotes out of a page: the small lines at its foot that begin with a number."""
    at = len(page.lines)
    while at and page.lines[at - 1].size <= _NOTE_SIZE * size:
        at -= 1
    number: str | None = None
    kept = page.lines[:at]
    for line in page.lines[at:]:
        found = _NOTE.match(line.text)
        raised = line.runs and line.runs[0].style == "raised"
        if found and (raised or number is None or found[1] == str(int(number) + 1)):
            number = found[1]
            page.notes[number] = [_after(line, found.end())]
        elif number is not None:
            page.notes[number].append(line)
        else:
            kept.append(line)
    page.lines = kept


def _after(line: Line, length: int) -> Line:
    """A line without its first characters."""
    runs = []
    length += len(text := "".join(run.text for run in line.runs)) - len(text.lstrip())
    for run in line.runs:
        cut = min(length, len(run.text))
        length -= cut
        if run.text[cut:]:
            runs.append(Run(run.text[cut:], run.style))
    return Line(line.left, line.right, line.base, line.size, runs)


def paragraphs(pages: Sequence[Page], size: float) -> Iterator[Set]:
    """The paragraphs of all pages, in order."""
    now: Set | None = None
    for page in pages:
        step = _step(page.lines)
        edges = _edges(page.lines, size)
        for before, line in zip([None, *page.lines], page.lines, strict=False):
            kind = _kind(line, size)
            if now is None or not _goes_on(now, before, line, kind, step, edges[line.column]):
                if now is not None:
                    yield now
                now = Set(kind, [])
            now.lines.append(line)
    if now is not None:
        yield now


def _kind(line: Line, size: float) -> ParagraphKind:
    if line.gapped:
        return "table"
    if line.size > _HEADING * size and len(line.text) <= _LONGEST_HEADING:
        return "heading"
    return "list" if _BULLET.match(line.text) else "text"


def _step(lines: Sequence[Line]) -> float:
    """The usual distance from line to line."""
    steps = [a.base - b.base for a, b in pairwise(lines) if 0 < a.base - b.base < 4 * a.size]
    return median(steps) if steps else 0.0


def _edges(lines: Sequence[Line], size: float) -> dict[int, tuple[float, float]]:
    """(left, right) end of the lines of each column."""
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    return {
        column: (median(line.left for line in of), max(line.right for line in of))
        for column, of in columns.items()
    }


def _goes_on(
    now: Set, before: Line | None, line: Line, kind: ParagraphKind, step: float, edges: tuple[float, float]
) -> bool:
    """Whether a line belongs to the paragraph that the line before it ends."""
    last = now.lines[-1]
    if "table" in (kind, now.kind) or _BULLET.match(line.text):
        return False
    if now.kind == "heading" or kind == "heading":
        return (
            kind == now.kind
            and before is last
            and abs(line.size - last.size) < 0.5
            and _near(last, line, step)
        )
    ended = _ENDED.search(last.text) is not None
    if before is not last or line.base >= last.base:  # the next column or page
        return not ended or line.text[:1].islower()
    if not _near(last, line, step):
        return False
    if ended and last.right < edges[1] - _SHORT * (edges[1] - edges[0]):
        return False
    return not (ended and line.left - edges[0] > _INDENT * line.size and line.left > last.left + 1)


def _near(last: Line, line: Line, step: float) -> bool:
    gap = last.base - line.base
    return gap <= max(_WIDE_GAP * step, 1.05 * line.size) if step else gap < 2 * line.size


def without_bullet(runs: Sequence[Run]) -> list[Run]:
    """The runs of a line of a list without the sign at its beginning."""
    first = runs[0]
    found = _BULLET.match(first.text)
    return [Run(first.text[found.end() :], first.style), *runs[1:]] if found else list(runs)

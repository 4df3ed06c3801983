"""Below a picture stands what its marks mean: a line for each mark that is drawn, and for no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tallybook import charts, open_book
from tallybook.charts.chart import Chart
from tallybook.tables.case import Case

ROOT = Path(__file__).resolve().parents[2]
BOOKS = [ROOT, *sorted(one for one in (ROOT / "tests" / "data").iterdir() if (one / "claims").is_dir())]

ARROWS = "M6-4 0 0 6 4|M-6-4 0 0-6 4"
BRACKETS = "M-5-5H0V5H-5|M5-5H0V5H5"
MARKS = {
    "Shaded": r'<rect class="b"',
    "dotted": r'<line class="n"',
    "Thick": r'<rect class="r"',
    "Arrow": rf'd="(?:{ARROWS})"',
    "Open bracket": rf'd="(?:{BRACKETS})"',
    "Full line across a row": r'class="z"',
    "Hollow": r'<g class="[^"]*hollow"',
}
"""The words with which a line begins, and the mark as the page has it."""

_OF_A_NUMBER = re.compile(
    r'<svg aria-hidden="true">((?:(?!<svg aria-hidden).)*)</svg></td><td class="value">', re.DOTALL
)
"""The drawing before the value: of two in a row that of the number, not that of the time."""

_LINE = re.compile(r'<line x1="([\d.]+)%" x2="([\d.]+)%" y1="50%"')
_NUMBER = re.compile(r'<circle cx="([\d.]+)%"|<rect class="r" x="([\d.]+)%" y="50%" width="([\d.]+)%"')


def thin_lines(page: str) -> bool:
    """Whether a line of a row reaches past its mark: by more than the mark hides."""
    for row in _OF_A_NUMBER.findall(page):
        number = _NUMBER.search(row)
        for line in _LINE.findall(row):
            start, stop = sorted(map(float, line))
            if number is None:
                continue
            left = float(number[1] or number[2])
            right = left + float(number[3] or 0)
            if left - start > 1.19 or stop - right > 1.19:
                return True
    return False


def pictures(case: Case) -> Iterator[tuple[str, Chart]]:
    for claim in case.comparison().claims:
        yield f"claim {claim}", charts.intervals(case, claim)
    for measure in dict.fromkeys(claim.measure for claim in case.article.claims):
        yield f"measure {measure}", charts.intervals(case, measure=measure)
        yield f"time of {measure}", charts.timeline(case, measure)
    yield "dumbbell", charts.dumbbell(case)


@pytest.mark.parametrize("book", BOOKS, ids=lambda folder: folder.name)
def test_a_legend_has_a_line_for_each_mark_that_is_drawn_and_for_no_other(book: Path) -> None:
    for case in open_book(book).values():
        for name, chart in pictures(case):
            if "<svg" not in chart.page:
                continue
            told, page = chart.caption, chart.page
            for words, mark in MARKS.items():
                if words == "dotted" and "dotted" not in told:
                    continue  # some pictures call it dashed
                assert (words in told) == bool(re.search(mark, page)), (case.id, name, words, told)
            if "Thin line" in told or thin_lines(page):
                assert ("Thin line" in told) == thin_lines(page), (case.id, name, told)

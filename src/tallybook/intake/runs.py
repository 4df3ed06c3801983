"""Runs: the pieces of a paragraph as its file prints them, each in one style, and their plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tallybook.intake.blocks import Blocks, tells_number

Style = Literal["plain", "raised", "lowered", "struck", "inserted", "deleted", "break", "cell", "note"]
_STROKE = re.compile(r"\s?[/⁄∕]\s?")
_PART = re.compile(r"\s?\d{1,4}\s?")
_LONGEST_SHOWN = 60


@dataclass
class Run:
    """``link``: whether it leads somewhere; ``target``: the name of the note that it leads to."""

    text: str
    style: Style = "plain"
    link: bool = False
    target: str = ""


def write_runs(blocks: Blocks, runs: Sequence[Run], notes: Mapping[str, str]) -> None:
    """The runs of a paragraph. ``notes``: the words of footnotes by the name that their number leads to."""
    runs = list(_joined(runs))
    skip = 0
    for at, run in enumerate(runs):
        if skip:
            skip -= 1
        elif (bottom := _bottom(runs, at)) is not None:
            blocks.write_fraction(run.text.strip(), bottom)
            skip = 2
        else:
            _write(blocks, run, notes)


def shown(text: str) -> str:
    """Words as the sentence of a mark quotes them."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _write(blocks: Blocks, run: Run, notes: Mapping[str, str]) -> None:
    start = blocks.here
    if run.style == "raised":
        blocks.write_raised(run.text, link=run.link)
    elif run.style == "lowered":
        blocks.write_lowered(run.text)
    elif run.style == "break":
        blocks.line_break()
    elif run.style in ("struck", "deleted"):
        _take_out(blocks, run)
    elif run.style == "note":
        blocks.write_raised(run.text, link=True)
        if run.target in notes:
            blocks.annotate(blocks.here, blocks.here, "footnote", notes[run.target])
    else:
        blocks.write(run.text)
        if run.style == "inserted" and _has_number(run.text):
            says = f"“{shown(run.text)}” was put in by a correction."
            blocks.mark(start, blocks.here, "tracked change", says)


def _take_out(blocks: Blocks, run: Run) -> None:
    if not run.text.strip():
        return
    if run.style == "struck":
        says = f"“{shown(run.text)}” is struck out here."
        blocks.mark(blocks.here, blocks.here, "struck out", says)
    elif _has_number(run.text):
        says = f"“{shown(run.text)}” was taken out here by a correction."
        blocks.mark(blocks.here, blocks.here, "tracked change", says)


def _has_number(text: str) -> bool:
    return any(map(tells_number, text[:2000].split()))


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs of one style that follow each other are one: a raised number may be in several."""
    last: Run | None = None
    for run in runs:
        same = last is not None and (last.style, last.target) == (run.style, run.target)
        if same and last is not None and run.style not in ("plain", "break", "cell"):
            last = replace(last, text=last.text + run.text, link=last.link or run.link)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _bottom(runs: Sequence[Run], at: int) -> str | None:
    """The lower number of a fraction that begins with a raised run."""
    if runs[at].style != "raised" or len(runs) < at + 3:
        return None
    top, stroke, bottom = runs[at : at + 3]
    if not (stroke.style == "plain" and _STROKE.fullmatch(stroke.text) and bottom.style == "lowered"):
        return None
    fits = _PART.fullmatch(top.text) and _PART.fullmatch(bottom.text)
    return bottom.text.strip() if fits else None

"""The sensitivity plot: the verdict on each claim against the tolerance, and where it flips."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from tallybook.charts.canvas import Canvas, text_width
from tallybook.charts.chart import Chart
from tallybook.charts.labels import clipped, counted, drawn, in_quotes, known, number, plain
from tallybook.charts.style import LEADING, MARGIN, TEXT, TITLE, WIDTH

if TYPE_CHECKING:
    from tallybook.tables.case import Case

_TITLE = "The verdicts against the tolerance"
_MOST = 0.5
_BAR = 18.0
_GAP = 1.5
_PADDING = 5.0
_TICKS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)

_ROLE_OF_VERDICT: MappingProxyType[str, str] = MappingProxyType(
    {"corroborated": "agree", "supported": "agree", "disputed": "differ", "contradicted": "differ"}
)
_TINT, _GREY = 0.10, 0.35
"""The share of its colour under a verdict's word: its contrast there is tested."""


def sensitivity(case: Case) -> Chart:
    """Draws a bar a claim along the tolerance from 0 to 50 %, cut where the verdict flips.

    ``data``: the stretches as drawn: claim, words, low, high (fractions), verdict, said (the
    sentence under the bar). ValueError: a case without claims.
    """
    data = _stretches(case)
    if data.empty:
        raise ValueError(f"case '{case.id}' has no claim with a verdict: nothing to draw")
    sheet = _Sheet(Canvas())
    y = sheet.heading(_flipping(data))
    for _, block in data.groupby("claim", sort=False):
        y = sheet.claim(y, list(block.itertuples(index=False)))
    return Chart(
        figure=sheet.canvas.finish(sheet.axis(y) + 4),
        title=_TITLE,
        alt=_alt(data),
        caption=_caption(data),
        data=data,
    )


def _stretches(case: Case) -> pd.DataFrame:
    """The stretches along the tolerance in order, neighbours of one verdict as one, with their sentence."""
    table = case.sensitivity()
    if table.empty:
        return table
    table = table[table["dial"] == "tolerance"]
    told = case.robustness()
    told = told[told["dial"] == "tolerance"] if len(told) else told
    sentence = dict(zip(told["claim"], told["said"], strict=True)) if len(told) else {}
    records: list[dict[str, Any]] = []
    for claim, rows in table.groupby("claim", sort=False):
        rows = rows.sort_values("low", kind="stable")
        for row in rows.itertuples(index=False):
            last = records[-1] if records else {}
            if last.get("claim") == claim and last["verdict"] == row.verdict:
                last["high"] = row.high
                continue
            records.append(
                {"claim": claim, "words": row.words, "low": row.low, "high": row.high, "verdict": row.verdict}
            )
    for record in records:
        said = sentence.get(record["claim"])
        mine = [other for other in records if other["claim"] == record["claim"]]
        said = drawn(said) if known(said) else _sentence(mine)
        record["said"] = said[:1].upper() + said[1:]
    return pd.DataFrame(records, columns=["claim", "words", "low", "high", "verdict", "said"])


def _sentence(stretches: list[dict[str, Any]]) -> str:
    """For a claim whose sentence the table does not give: the verdict, or the chain of verdicts."""
    *early, last = stretches
    if not early:
        return f"{last['verdict']} at every tolerance up to {_percent(last['high'])}"
    return ", then ".join(
        [*(f"{row['verdict']} up to {_percent(row['high'])}" for row in early), str(last["verdict"])]
    )


def _percent(share: float) -> str:
    return number(round(float(share), 4), "fraction")


@dataclass
class _Sheet:
    """The canvas, with the tolerance from left to right."""

    canvas: Canvas

    def at(self, share: float) -> float:
        """The place of a tolerance in points."""
        return MARGIN + min(max(float(share), 0.0), _MOST) / _MOST * (WIDTH - 2 * MARGIN)

    def heading(self, flipping: str) -> float:
        y = self.canvas.paragraph(MARGIN, MARGIN + TITLE, _TITLE, size=TITLE, bold=True)
        said = "tolerance: how far each number named may be off"
        y = self.canvas.paragraph(MARGIN, y, said, "muted")
        y = self.canvas.paragraph(MARGIN, y, flipping)
        return self.axis(y + 2) + 6

    def axis(self, y: float) -> float:
        """The percentages, the outer two flush with the bars."""
        for share in _TICKS:
            label = _percent(share)
            wide = text_width(label)
            left = min(max(MARGIN, self.at(share) - wide / 2), WIDTH - MARGIN - wide)
            self.canvas.text(left, y, label, "muted")
        return y + LEADING

    def claim(self, y: float, stretches: list[Any]) -> float:
        """The claim's words, its bar, and the sentence that says where it flips."""
        y = self.canvas.paragraph(MARGIN, y, in_quotes(stretches[0].words), bold=True)
        y = self.flips(y, stretches)
        top = y - TEXT
        for share in _TICKS[1:-1]:
            x = self.at(share)
            self.canvas.line((x, x), (top - 3, top + _BAR + 3), "grid", width=0.8, zorder=0)
        narrow = [row for row in stretches if not self.segment(top, row)]
        y = top + _BAR + TEXT + 4
        if narrow:
            y = self.beneath(top + _BAR, narrow)
        return self.canvas.paragraph(MARGIN, y, drawn(clipped(stretches[0].said, 200)), most=4) + 9

    def flips(self, y: float, stretches: list[Any]) -> float:
        """A pointer and the percentage over each cut; a figure that has no room stands with its word."""
        free = 0.0
        for row in stretches[1:]:
            label = _percent(row.low)
            wide = text_width(label, bold=True)
            x = self.at(row.low)
            self.canvas.marker(x, y + 4.5, "v", "ink", size=5)
            left = min(max(MARGIN, x - wide / 2), WIDTH - MARGIN - wide)
            if left >= free:
                self.canvas.text(left, y, label, bold=True)
                free = left + wide + 5
        return y + LEADING + 7 if len(stretches) > 1 else y + 1

    def segment(self, top: float, row: Any) -> bool:
        """One stretch as a box with its verdict inside; False when the word has no room there."""
        role = _role(row.verdict)
        start, stop = self.at(row.low), self.at(row.high)
        wide = max(stop - start - _GAP, 1.0)
        self.canvas.box(start, top, wide, _BAR, "paper", zorder=1)
        if role == "aside":
            self.canvas.box(start, top, wide, _BAR, "grid", alpha=_GREY, zorder=1.1)
        else:
            self.canvas.box(start, top, wide, _BAR, role, alpha=_TINT, zorder=1.1)
        self.canvas.box(start, top + _BAR - 3, wide, 3, role, zorder=1.2)
        word = _word(row.verdict)
        if text_width(word, bold=True) + 2 * _PADDING > wide:
            return False
        self.canvas.text(start + _PADDING, top + TEXT + 1.5, word, role, bold=True)
        return True

    def beneath(self, bottom: float, narrow: list[Any]) -> float:
        """The words of stretches too narrow for them, each on a line of its own at the end of a leader.

        The rightmost comes first, so that no leader crosses a word to its right.
        """
        y = bottom + TEXT + 6
        taken: list[tuple[float, float]] = []
        for row in reversed(narrow):
            role = _role(row.verdict)
            word = f"{_word(row.verdict)}, {_percent(row.low)} to {_percent(row.high)}"
            wide = text_width(word, bold=True)
            x = (self.at(row.low) + self.at(row.high) - _GAP) / 2
            left = min(x + 5, WIDTH - MARGIN - wide)
            clear = all(not start - 2 < x < stop + 2 for start, stop in taken)
            if clear and left > x:
                self.canvas.line((x, x), (bottom, y - 3.4), role, width=1)
                self.canvas.line((x, x + 3.5), (y - 3.4, y - 3.4), role, width=1)
            elif clear:
                self.canvas.line((x, x), (bottom, y - TEXT), role, width=1)
            self.canvas.text(left, y, word, role, bold=True)
            taken.append((left, left + wide))
            y += LEADING
        return y + 2


def _word(verdict: Any) -> str:
    return drawn(clipped(plain(verdict), 24))


def _role(verdict: Any) -> str:
    return _ROLE_OF_VERDICT.get(str(verdict), "aside")


def _flipping(data: pd.DataFrame) -> str:
    """How many verdicts hang on the tolerance."""
    claims = data["claim"].nunique()
    flip = int((data["claim"].value_counts() > 1).sum())
    if not flip:
        return "no verdict changes up to 50%"
    return f"{flip} of {counted(claims, 'verdict')} {'changes' if flip == 1 else 'change'} up to 50%"


def _alt(data: pd.DataFrame) -> str:
    """Claim by claim: each verdict with its stretch, then the sentence."""
    claims = counted(data["claim"].nunique(), "claim")
    parts = [f"Verdicts of {claims} against a tolerance from 0% to 50%: {_flipping(data)}."]
    for _, block in data.groupby("claim", sort=False):
        rows = list(block.itertuples(index=False))
        said = "; ".join(
            f"{drawn(row.verdict)} from {_percent(row.low)} to {_percent(row.high)}" for row in rows
        )
        parts.append(f"{in_quotes(rows[0].words)} – {said} ({rows[0].said.rstrip('.')}).")
    return " ".join(parts)


def _caption(data: pd.DataFrame) -> str:
    """What a bar is, and what the colours add to the words."""
    parts = [
        "Each bar is the verdict on one claim as the tolerance grows: every number named may then be off "
        "by that share of itself, which turns differences into agreement.",
    ]
    if data["claim"].duplicated().any():
        parts.append("Pointer: the tolerance at which a verdict changes.")
    colours = {
        "agree": "blue: others agree", "differ": "orange: others differ", "aside": "grey: nobody to judge by",
    }  # fmt: skip
    used = {_role(verdict) for verdict in data["verdict"]}
    said = "; ".join(words for role, words in colours.items() if role in used)
    parts.append(f"{said[:1].upper()}{said[1:]}.")
    return " ".join(parts)

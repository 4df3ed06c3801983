"""A sheet of paper measured in points, x to the right and y downwards, that grows as it is filled.

Text is measured as the SVG writer draws it (by the outlines of its letters), so that wrapping is
the same on every machine and nothing runs out of the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import matplotlib
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from tallybook.charts.lettering import drawn
from tallybook.charts.style import FAMILY, LEADING, MARGIN, RC, TEXT, WIDTH, colour

_SLACK = 0.965
"""Share of a line that is filled: letters fitted to pixels (a PNG of the figure) come out wider."""


@lru_cache(maxsize=64)
def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(family=FAMILY, size=size, weight="bold" if bold else "normal")


@lru_cache(maxsize=8192)
def text_width(text: str, size: float = TEXT, bold: bool = False) -> float:
    """Width of one line in points."""
    if not text:
        return 0.0
    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, bold), False)
    return float(width)


def wrapped(
    text: str,
    width: float,
    *,
    first: float | None = None,
    size: float = TEXT,
    bold: bool = False,
    most: int = 4,
) -> list[str]:
    """Lines no wider than ``width`` points (the first no wider than ``first``), at most ``most``.

    A word that is wider than a line is broken; what does not fit ends in "…", and so does each run of
    letters that the font lacks.
    """
    lines: list[str] = []
    line = ""
    words = drawn(text).split(" ")
    while words:
        room = _SLACK * (first if first is not None and not lines else width)
        word = words.pop(0)
        tried = f"{line} {word}" if line else word
        if text_width(tried, size, bold) <= room:
            line = tried
            continue
        if line:
            lines.append(line)
            line = ""
            words.insert(0, word)
        else:
            fits = _break(word, _fitting(word, room, size, bold))
            lines.append(word[:fits])
            words.insert(0, word[fits:])
        if len(lines) == most:
            lines[-1] = _ended(lines[-1], room, size, bold)
            return lines
    return [*lines, line] if line else lines


def _fitting(word: str, room: float, size: float, bold: bool) -> int:
    """How many letters of the word fit; one at least, so that wrapping always goes on."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text_width(word[:middle], size, bold) <= room else (low, middle - 1)
    return low


def _break(word: str, fits: int) -> int:
    """After a dash or slash where one stands in the second half of what fits."""
    marks = [place + 1 for place in range(fits // 2, fits) if word[place] in "-–—/"]
    return marks[-1] if marks and fits < len(word) else fits


def _ended(line: str, room: float, size: float, bold: bool) -> str:
    while line and text_width(line + "…", size, bold) > room:
        line = line[:-1].rstrip()
    return line + "…"


class Canvas:
    """Draws in points from the top left corner; ``finish`` fixes the height and gives the figure."""

    def __init__(self) -> None:
        with matplotlib.rc_context(dict(RC)):
            self.figure = Figure(figsize=(WIDTH / 72, 1), dpi=72, facecolor=colour("paper"))
            self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.axis("off")
        self._axes.set_xlim(0, WIDTH)

    def text(
        self, x: float, y: float, text: str, role: str = "ink", *, size: float = TEXT, bold: bool = False
    ) -> float:
        """One line whose baseline starts at (x, y); gives its width."""
        text = drawn(text)
        if text:
            # Never as TeX: a "$" in a publisher's name is a dollar.
            self._axes.text(
                x, y, text, color=colour(role), fontproperties=_font(size, bold),
                va="baseline", ha="left", parse_math=False, zorder=5,
            )  # fmt: skip
        return text_width(text, size, bold)

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        role: str = "ink",
        *,
        size: float = TEXT,
        bold: bool = False,
        right: float = WIDTH - MARGIN,
        first: float | None = None,
        most: int = 4,
    ) -> float:
        """Wrapped lines between ``x`` and ``right``, the first baseline at ``y``.

        ``first`` moves the start of the first line. Gives the y of the next free baseline.
        """
        start = x if first is None else first
        leading = LEADING * size / TEXT
        for number, line in enumerate(
            wrapped(text, right - x, first=right - start, size=size, bold=bold, most=most)
        ):
            self.text(x if number else start, y, line, role, size=size, bold=bold)
            y += leading
        return y

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        role: str,
        *,
        width: float = 1.0,
        dashes: tuple[float, float] | None = None,
        alpha: float = 1.0,
        zorder: float = 3,
    ) -> None:
        """From point to point."""
        with matplotlib.rc_context(dict(RC)):
            self._axes.plot(
                xs, ys, color=colour(role), linewidth=width, alpha=alpha, zorder=zorder, clip_on=False,
                solid_capstyle="butt", linestyle="-" if dashes is None else (0, dashes),
            )  # fmt: skip

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        role: str,
        *,
        alpha: float = 1.0,
        zorder: float = 1,
    ) -> None:
        """A filled rectangle, behind everything else unless ``zorder`` lifts it."""
        with matplotlib.rc_context(dict(RC)):
            self._axes.fill(
                [x, x + width, x + width, x], [y, y, y + height, y + height],
                facecolor=colour(role), alpha=alpha, linewidth=0, zorder=zorder, clip_on=False,
            )  # fmt: skip

    def marker(
        self,
        x: float,
        y: float,
        shape: str,
        role: str,
        *,
        size: float = 6.0,
        hollow: bool = False,
        alpha: float = 1.0,
        zorder: float = 4,
    ) -> None:
        """One mark; ``hollow`` shows paper inside."""
        inside = colour("paper") if hollow else colour(role)
        with matplotlib.rc_context(dict(RC)):
            self._axes.plot(
                [x], [y], marker=shape, markersize=size, linestyle="none", color=colour(role), alpha=alpha,
                markerfacecolor=inside, markeredgecolor=colour(role), markeredgewidth=1.1,
                zorder=zorder, clip_on=False,
            )  # fmt: skip

    def finish(self, height: float) -> Figure:
        """The figure, ``height`` points tall."""
        self.figure.set_size_inches(WIDTH / 72, height / 72)
        self._axes.set_ylim(height, 0)
        return self.figure

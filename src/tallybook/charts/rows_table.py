"""The parts of a table whose rows have a drawing each: its head, axis, sections and folded rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from tallybook.charts.row_drawing import axis_drawing, joined
from tallybook.charts.wording import plain

if TYPE_CHECKING:
    from tallybook.charts.row_drawing import Ticks

OPEN = 10
"""So many rows of a picture are not folded away."""


def _head(*names: str) -> Markup:
    cells = joined(Markup('<th scope="col">{}</th>').format(name) for name in names)
    return Markup('<thead class="unseen"><tr>{}</tr></thead>').format(cells)


HEAD = _head("Who says what", "Drawing", "Figure and relation")
HEAD_OF_TWO = _head("Who says what", "Drawing of its time", "Drawing of its number", "Figure")


def text(words: str) -> Markup:
    """One line of text, escaped."""
    return Markup.escape(plain(words))


def foreign(words: Markup, language: str | None) -> Markup:
    """Words, marked with their language where it is another than that of the page around them."""
    if language in (None, "en"):
        return words
    return Markup('<span lang="{}" dir="auto">{}</span>').format(language, words)


def axis_row(words: str, *ticks: Ticks) -> Markup:
    """What the axis counts, and the labels of each drawing."""
    axes = joined(map(_track, map(axis_drawing, ticks)))
    return Markup('<tr class="axis"><th scope="row">{}</th>{}<td></td></tr>').format(text(words), axes)


def drawn_row(who: Markup, drawings: Markup | Sequence[Markup], value: Markup, kind: str = "") -> Markup:
    """Whose figure it is, its drawing or drawings, its value in words."""
    tracks = joined(map(_track, [drawings] if isinstance(drawings, Markup) else drawings))
    return Markup('<tr{}><th scope="row">{}</th>{}<td class="value">{}</td></tr>').format(
        Markup(' class="{}"').format(kind) if kind else "", who, tracks, value
    )


def _track(drawing: Markup) -> Markup:
    return Markup('<td class="track">{}</td>').format(drawing)


def section(heading: str | Markup, rows: Iterable[Markup], columns: int = 3) -> Markup:
    """Rows below a heading of their own; nothing where there are none."""
    there = joined(rows)
    if not there:
        return Markup("")
    part = Markup('<tr class="part"><th scope="rowgroup" colspan="{}">{}</th></tr>').format(columns, heading)
    return Markup("<tbody>{}{}</tbody>").format(part if heading else "", there)


def table(
    caption: str | Markup, sections: Sequence[Markup], *, unseen: bool = False, head: Markup = HEAD
) -> Markup:
    shown = Markup('<caption class="unseen">{}</caption>' if unseen else "<caption>{}</caption>")
    return Markup("<table>{}{}{}</table>").format(shown.format(caption), head, joined(sections))


def folded(summary: str, inside: Markup) -> Markup:
    return Markup("<details><summary>{}</summary>{}</details>").format(summary, inside)


def figure(parts: Iterable[Markup], means: str, kind: str = "tb-rows") -> str:
    """Tables with what their marks mean below them."""
    return str(
        Markup('<figure class="{}">{}<figcaption>{}</figcaption></figure>').format(
            kind, joined(parts), text(means)
        )
    )

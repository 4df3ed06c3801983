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

HEAD = Markup(
    '<thead class="unseen"><tr><th scope="col">Who says what</th><th scope="col">Drawing</th>'
    '<th scope="col">Figure and relation</th></tr></thead>'
)


def text(words: str) -> Markup:
    """One line of text, escaped."""
    return Markup.escape(plain(words))


def foreign(words: Markup, language: str | None) -> Markup:
    """Words, marked with their language where it is another than that of the page around them."""
    if language in (None, "en"):
        return words
    return Markup('<span lang="{}" dir="auto">{}</span>').format(language, words)


def axis_row(words: str, ticks: Ticks) -> Markup:
    """What the axis counts, and its labels."""
    return Markup('<tr class="axis"><th scope="row">{}</th><td class="track">{}</td><td></td></tr>').format(
        text(words), axis_drawing(ticks)
    )


def drawn_row(who: Markup, drawing: Markup, value: Markup, kind: str = "") -> Markup:
    """Whose figure it is, its drawing, its value in words."""
    return Markup(
        '<tr{}><th scope="row">{}</th><td class="track">{}</td><td class="value">{}</td></tr>'
    ).format(Markup(' class="{}"').format(kind) if kind else "", who, drawing, value)


def section(heading: str | Markup, rows: Iterable[Markup]) -> Markup:
    """Rows below a heading of their own; nothing where there are none."""
    there = joined(rows)
    if not there:
        return Markup("")
    part = Markup('<tr class="part"><th scope="rowgroup" colspan="3">{}</th></tr>').format(heading)
    return Markup("<tbody>{}{}</tbody>").format(part if heading else "", there)


def table(caption: str | Markup, sections: Sequence[Markup], *, unseen: bool = False) -> Markup:
    shown = Markup('<caption class="unseen">{}</caption>' if unseen else "<caption>{}</caption>")
    return Markup("<table>{}{}{}</table>").format(shown.format(caption), HEAD, joined(sections))


def folded(summary: str, inside: Markup) -> Markup:
    return Markup("<details><summary>{}</summary>{}</details>").format(summary, inside)


def figure(parts: Iterable[Markup], means: str) -> str:
    """Tables with what their marks mean below them."""
    return str(
        Markup('<figure class="tb-rows">{}<figcaption>{}</figcaption></figure>').format(
            joined(parts), text(means)
        )
    )

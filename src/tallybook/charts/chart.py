"""A finished picture: the rows as HTML, as a figure and as an SVG, and the words that stand for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tallybook.charts.notebook_dress import for_notebook
from tallybook.charts.svg import svg_document
from tallybook.charts.wording import plain

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

PAGE_TYPE = "application/vnd.tallybook.page+html"
"""The media type of what a page of the report shows: the same table, dressed by its style sheet."""


@dataclass(frozen=True)
class Chart:
    """One picture.

    ``page``: its rows as HTML whose text is text, which notebooks and pages show; ``alt``: what it shows, for
    who has the drawing alone, made from the same rows; ``caption``: what each mark is; ``data``: the rows.
    ``draw`` makes ``figure``, the same rows drawn by matplotlib, when it is asked for; ``svg``: that figure
    as a whole document, byte-identical for the same rows, light or dark as the reader's device asks.
    """

    draw: Callable[[], Figure] = field(repr=False, compare=False)
    title: str
    alt: str
    caption: str
    data: pd.DataFrame = field(repr=False)
    page: str = field(repr=False)

    def __post_init__(self) -> None:
        for name in ("title", "alt", "caption"):
            object.__setattr__(self, name, plain(getattr(self, name)))

    @cached_property
    def figure(self) -> Figure:
        return self.draw()

    @cached_property
    def svg(self) -> str:
        return svg_document(self.figure, self.title, self.alt)

    def _repr_html_(self) -> str:
        """For a notebook: the table, whose drawings are images that load nothing."""
        return for_notebook(self.page)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """Beside it: its words, and the same table for a page of the report."""
        return {"text/plain": f"{self.title}\n{self.alt}", PAGE_TYPE: self.page}

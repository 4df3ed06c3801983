"""A finished picture: the figure, its SVG, and the words that stand for it."""

from __future__ import annotations

import base64
import html
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tallybook.charts.svg import svg_document
from tallybook.charts.wording import plain
from tallybook.markup import text_as_html

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

PAGE_TYPE = "application/vnd.tallybook.page+html"
"""The media type of what a page of the report shows instead of the image: HTML whose text is text."""


@dataclass(frozen=True)
class Chart:
    """One picture.

    ``figure``: the matplotlib figure; ``alt``: what it shows, for who cannot see it, made from the
    rows that draw it; ``caption``: what each mark is; ``data``: the rows drawn; ``svg``: a whole
    SVG document, byte-identical for the same rows, light or dark as the reader's device asks.
    ``page``: the same rows as HTML for the pages of a report; empty for a picture that is an image there.
    """

    figure: Figure
    title: str
    alt: str
    caption: str
    data: pd.DataFrame = field(repr=False)
    page: str = field(default="", repr=False)
    svg: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("title", "alt", "caption"):
            object.__setattr__(self, name, plain(getattr(self, name)))
        object.__setattr__(self, "svg", svg_document(self.figure, self.title, self.alt))

    def _repr_html_(self) -> str:
        """For a notebook: an image that loads nothing, with its alt text and caption, escaped."""
        data = base64.b64encode(self.svg.encode()).decode()
        return (
            f'<figure class="tb-chart"><img alt="{html.escape(self.alt)}" '
            f'src="data:image/svg+xml;base64,{data}">'
            f"<figcaption>{text_as_html(self.caption)}</figcaption></figure>"
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """Beside the image: its words, and what a page of the report shows in its place."""
        bundle = {"text/plain": f"{self.title}\n{self.alt}"}
        return bundle | {PAGE_TYPE: self.page} if self.page else bundle

"""The picture of a case that has nothing to draw: it says so, so that a notebook goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from tallybook.charts.canvas import Canvas
from tallybook.charts.chart import Chart
from tallybook.charts.rows_table import text
from tallybook.charts.style import MARGIN, TITLE

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def empty_chart(title: str, why: str) -> Chart:
    """The title, and the sentence that says why nothing is drawn; ``data`` has no rows."""
    return Chart(
        draw=lambda: _drawn(title, why),
        title=title,
        alt=f"{title}: {why}",
        caption=why,
        data=pd.DataFrame(),
        page=str(Markup("<p><b>{}</b> {}</p>").format(text(title), text(why))),
    )


def _drawn(title: str, why: str) -> Figure:
    canvas = Canvas()
    y = canvas.paragraph(MARGIN, MARGIN + TITLE, title, size=TITLE, bold=True)
    return canvas.finish(canvas.paragraph(MARGIN, y, why, "muted"))

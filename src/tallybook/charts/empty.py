"""The picture of a case that has nothing to draw: it says so, so that a notebook goes on."""

from __future__ import annotations

import pandas as pd

from tallybook.charts.canvas import Canvas
from tallybook.charts.chart import Chart
from tallybook.charts.style import MARGIN, TITLE


def empty_chart(title: str, why: str) -> Chart:
    """The title, and the sentence that says why nothing is drawn; ``data`` has no rows."""
    canvas = Canvas()
    y = canvas.paragraph(MARGIN, MARGIN + TITLE, title, size=TITLE, bold=True)
    y = canvas.paragraph(MARGIN, y, why, "muted")
    return Chart(
        figure=canvas.finish(y), title=title, alt=f"{title}: {why}", caption=why, data=pd.DataFrame()
    )

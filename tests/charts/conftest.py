"""Made-up cases of loaves, and how a picture is measured."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from matplotlib.backends.backend_svg import RendererSVG

from tallybook.charts import Chart
from tallybook.tables.case import Case

HOSTILE = '<script>alert("1")</script> $x^2_{$ -->&amp; $\\frac'
SAID: list[dict[str, Any]] = [
    {"origin": "a", "words": "over ten loaves"},
    {"origin": "b", "words": "over ten loaves"},
    {"origin": "b", "words": "more than ten loaves"},
    {"origin": "c", "words": "three loaves"},
    {"origin": "b", "words": "12 loaves", "status": "planned"},
    {"origin": "d", "words": "11 to 12 loaves"},
]
CLAIMS: list[dict[str, Any]] = [
    {"words": "over ten loaves", "origin": "a", "attributed_to": "A baker"},
    {"words": "up to 15 loaves", "origin": "b"},
]


@pytest.fixture
def bread(small_case: Callable[..., Case]) -> Case:
    """Two claims of loaves: one of them a's own, one b's; c differs from the first, d supports it; b says it
    twice and gives a plan."""
    return small_case(SAID, CLAIMS)


@pytest.fixture
def hostile(small_case: Callable[..., Case]) -> Case:
    """Markup and formulas in every text that a picture takes from a book."""
    origins = [{"id": one, "name": f"{one} {HOSTILE}"} for one in "abcd"]
    said = [
        {"origin": "b", "words": f"over ten loaves {HOSTILE}", "reference_period": "2025-05"},
        {"origin": "c", "words": "two loaves", "part": HOSTILE, "reference_period": "2025-05"},
        {"origin": "d", "words": f"three loaves {HOSTILE}", "relays": "s0", "reference_period": "2025-05"},
    ]
    claims = [{"words": f"over ten loaves {HOSTILE}", "origin": "a", "attributed_to": HOSTILE}]
    return small_case(said, claims, origins=origins)


def texts(chart: Chart) -> list[str]:
    """What is written in a picture, in the order of drawing."""
    return [text.get_text() for text in chart.figure.axes[0].texts]


def text_faults(chart: Chart) -> list[str]:
    """Texts that leave the picture, and pairs that overlap by more than a point each way."""
    wide, tall = (72 * size for size in chart.figure.get_size_inches())
    renderer = RendererSVG(wide, tall, io.StringIO(), image_dpi=72)
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in chart.figure.axes[0].texts]
    faults = [
        f"outside: {words!r}"
        for words, box in boxes
        if box.x0 < 0 or box.y0 < 0 or box.x1 > wide or box.y1 > tall
    ]
    for number, (words, box) in enumerate(boxes):
        for other, beside in boxes[number + 1 :]:
            across = min(box.x1, beside.x1) - max(box.x0, beside.x0)
            down = min(box.y1, beside.y1) - max(box.y0, beside.y0)
            if across > 1 and down > 1:
                faults.append(f"overlap: {words!r} and {other!r}")
    return faults


def smallest_text(chart: Chart) -> float:
    """Size in points of the smallest text."""
    return min(text.get_fontsize() for text in chart.figure.axes[0].texts)


@pytest.fixture
def look() -> SimpleNamespace:
    """How a test looks at a picture."""
    return SimpleNamespace(
        texts=texts, text_faults=text_faults, smallest_text=smallest_text, hostile_words=HOSTILE
    )

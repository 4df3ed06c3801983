"""The finished picture: same bytes for the same rows, harmless text, two colour schemes."""

from __future__ import annotations

import base64
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest

from tallybook import charts
from tallybook.charts.style import PALETTE

PICTURES: dict[str, Callable[[Any], charts.Chart]] = {
    "intervals": lambda case: charts.intervals(case, "over"),
    "timeline": lambda case: charts.timeline(case, "troops"),
    "matrix": charts.matrix,
}
HOSTILE = '<script>alert("1")</script> $x^2_{$ -->&amp; \u202egnp.exe\x00\n$\\frac'


@pytest.fixture(params=PICTURES)
def draw(request: pytest.FixtureRequest) -> Callable[[Any], charts.Chart]:
    return PICTURES[request.param]


def test_the_same_rows_give_the_same_bytes(case, draw):
    assert draw(case).svg == draw(case).svg


def test_nothing_in_the_picture_loads_runs_or_dates(case, draw):
    svg = draw(case).svg
    root = ET.fromstring(svg)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "style", "g", "defs", "path", "use"}
    links = [value for element in root.iter() for name, value in element.items() if name.endswith("href")]
    assert links and all(link.startswith("#") for link in links)
    assert "date" not in svg.split("<style>")[0].lower().split("aria-label")[0]
    assert "metadata" not in svg and "<!--" not in svg


def test_every_glyph_that_is_placed_is_there(case, draw):
    root = ET.fromstring(draw(case).svg)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    used = {element.get("href") for element in root.iter() if element.get("href")}
    assert len(ids) == len(set(ids))
    assert used <= {f"#{name}" for name in ids}


def test_light_and_dark_know_the_same_colours(case, draw):
    svg = draw(case).svg
    for role, (light, dark) in PALETTE.items():
        assert f"--{role}:{light}" in svg and f"--{role}:{dark}" in svg
    assert "prefers-color-scheme:dark" in svg
    assert "fill:var(--paper)" in svg, "the picture brings its own paper"


def test_hostile_text_is_shown_as_text(draw, kit):
    row = kit.estimate("h", 10000.0, publisher=HOSTILE, words=HOSTILE, family_name=HOSTILE, formula=HOSTILE)
    chart = draw(kit.TablesOnly([row], [kit.compared(row, "over", "agrees", voice=True, reason=HOSTILE)]))
    page = chart._repr_html_()
    assert "<script" not in page and "<script" not in chart.svg
    assert "\u202e" not in chart.svg + chart.alt and "\x00" not in chart.svg + chart.alt
    shown = " ".join(text.get_text() for text in chart.figure.axes[0].texts)
    assert "$x^2_{$" in shown, "a dollar is a dollar, never TeX"
    ET.fromstring(chart.svg)


def test_in_a_notebook_it_is_one_image_with_its_words(case, draw):
    chart = draw(case)
    page = chart._repr_html_()
    assert page.startswith('<figure class="tb-chart"><img alt="')
    data = page.split("base64,")[1].split('"')[0]
    assert base64.b64decode(data).decode() == chart.svg
    assert chart.alt and chart.caption and "<figcaption>" in page


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def blend(over: str, under: str, share: float) -> str:
    mixed = (
        round(share * int(over[place : place + 2], 16) + (1 - share) * int(under[place : place + 2], 16))
        for place in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("role", ["ink", "muted", "agree", "differ", "between", "aside"])
def test_text_has_contrast_enough_on_paper_band_and_tint(role, scheme):
    paper = PALETTE["paper"][scheme]
    grounds = [paper, PALETTE["band"][scheme]]
    grounds += [blend(PALETTE[tint][scheme], paper, 0.10) for tint in ("agree", "differ")]
    for ground in grounds:
        light, dark = sorted((luminance(PALETTE[role][scheme]), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (role, ground)


def test_no_two_roles_share_a_colour():
    lights = [light for light, _ in PALETTE.values()]
    assert len(lights) == len(set(lights)), "after saving, the colour alone says which role drew it"


def test_pictures_leave_pyplot_and_its_settings_alone():
    code = (
        "import sys, matplotlib; from tallybook.charts.style import RC\n"
        "before = [matplotlib.rcParams[name] for name in RC]\n"
        "import tallybook.charts; from tallybook.charts.canvas import Canvas\n"
        "Canvas().finish(50)\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
        "assert [matplotlib.rcParams[name] for name in RC] == before"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)

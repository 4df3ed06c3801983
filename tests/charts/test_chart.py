"""The finished picture: same bytes for the same rows, harmless text, two colour schemes."""

from __future__ import annotations

import base64
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from IPython.core.formatters import DisplayFormatter

from tallybook import charts
from tallybook.charts.chart import PAGE_TYPE
from tallybook.charts.style import PALETTE
from tallybook.tables.notebook_style import INKS
from tallybook.terms import Relation, Verdict

PICTURES: dict[str, Callable[[Any], charts.Chart]] = {
    "intervals": lambda case: charts.intervals(case, "c0"),
    "timeline": lambda case: charts.timeline(case, "loaves"),
    "matrix": charts.matrix,
    "dumbbell": charts.dumbbell,
    "drift": lambda case: charts.drift(case, "s0"),
    "sensitivity": charts.sensitivity,
    "among": charts.among_sources,
}


@pytest.fixture(params=PICTURES)
def draw(request: pytest.FixtureRequest) -> Callable[[Any], charts.Chart]:
    return PICTURES[request.param]


def test_the_same_rows_give_the_same_bytes(hostile, draw):
    first, second = draw(hostile), draw(hostile)
    assert first.svg == second.svg and first.page == second.page


def test_nothing_in_the_picture_loads_runs_or_dates(hostile, draw):
    root = ET.fromstring(draw(hostile).svg)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "style", "g", "defs", "path", "use", "text"}
    links = [value for element in root.iter() for name, value in element.items() if name.endswith("href")]
    assert all(link.startswith("#") for link in links)


def test_every_shape_and_every_class_that_is_used_is_there(hostile, draw):
    root = ET.fromstring(draw(hostile).svg)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {element.get("href") for element in root.findall(".//{*}use")} == {f"#{name}" for name in ids}
    sheet = root.findtext("{*}style")
    assert all(f".{element.get('class')}{{" in sheet for element in root.iter() if element.get("class"))


def test_light_and_dark_know_the_same_colours(hostile, draw):
    svg = draw(hostile).svg
    for role, (light, dark) in PALETTE.items():
        assert f"--{role}:{light}" in svg and f"--{role}:{dark}" in svg
    assert "prefers-color-scheme:dark" in svg
    assert "fill:var(--paper)" in svg, "the picture brings its own paper"


def test_hostile_text_is_shown_as_text(hostile, draw, look):
    chart = draw(hostile)
    assert "<script" not in chart._repr_html_() + chart.svg + chart.page
    assert any("$x^2_{$" in text for text in look.texts(chart)), "a dollar is a dollar, never TeX"
    assert look.text_faults(chart) == []
    assert look.smallest_text(chart) >= 9.5


def test_what_is_written_in_a_picture_is_text(hostile, draw, look):
    chart = draw(hostile)
    written = [text.text for text in ET.fromstring(chart.svg).findall(".//{*}text")]
    assert [words for words in written if words] == [words for words in look.texts(chart) if words]
    page, shown = (BeautifulSoup(html, "html.parser") for html in (chart.page, chart._repr_html_()))
    for sign in shown.select(".tb-sign"):
        sign.unwrap()
    shown.smooth()
    signs = "".join({term.sign for term in (*Relation, *Verdict)} - {"–"})
    words = shown.get_text(" ").translate(str.maketrans("", "", signs)).split()
    assert [word for word in words if word != "–"] == [w for w in page.get_text(" ").split() if w != "–"]


def test_a_notebook_has_what_jupyterlab_keeps_of_one_that_it_does_not_trust(hostile, draw):
    """No style sheet, class or drawing in the text; images that load nothing and say nothing of their own."""
    shown = BeautifulSoup(draw(hostile)._repr_html_(), "html.parser")
    assert {tag.name for tag in shown.find_all(True)} <= {
        "figure", "figcaption", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td",
        "div", "span", "p", "b", "a", "img", "details", "summary",
    }  # fmt: skip
    assert not shown.select("[class]:not(figure, .tb-sign)") and "var(" not in str(shown)
    for image in shown.find_all("img"):
        text = base64.b64decode(image["src"].removeprefix("data:image/svg+xml;base64,")).decode()
        assert image["alt"] == "" and "href" not in text and "url(" not in text.replace("url(#h)", "")
        drawing = ET.fromstring(text)
        marks = {element.get("class") for element in drawing.iter()} - {None}
        assert marks and not drawing.findall(".//{*}text")


def test_beside_the_image_a_notebook_keeps_the_words_and_what_a_page_shows(bread):
    shown, _ = DisplayFormatter().format(charts.intervals(bread, "c0"))
    assert list(shown) == ["text/plain", PAGE_TYPE, "text/html"]
    assert "<img" in shown["text/html"] and shown[PAGE_TYPE].startswith('<figure class="tb-rows">')
    assert shown["text/plain"].startswith("“over ten loaves”\nInterval plot")


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("paper", ["#ffffff", "#111111"], ids=["light", "dark"])
@pytest.mark.parametrize("role", INKS)
def test_marks_and_signs_of_a_notebook_can_be_told_in_every_theme(role, paper):
    light, dark = sorted((luminance(INKS[role]), luminance(paper)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4


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
    grounds += [blend(PALETTE[tint][scheme], paper, 0.10) for tint in ("agree", "differ", "aside")]
    for ground in grounds:
        light, dark = sorted((luminance(PALETTE[role][scheme]), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (role, ground)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_word_on_a_grey_stretch_has_contrast_enough(scheme):
    from tallybook.charts.sensitivity import GREY

    paper, grid, word = (PALETTE[role][scheme] for role in ("paper", "grid", "aside"))
    light, dark = sorted((luminance(word), luminance(blend(grid, paper, GREY))), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


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

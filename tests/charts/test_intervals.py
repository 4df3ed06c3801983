"""The two painters of an interval picture: a drawing for notebooks, a table for pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tallybook import charts
from tallybook.charts.interval_rows import interval_picture
from tallybook.charts.interval_table import table_of
from tallybook.tables.case import Case
from tallybook.terms import Relation

Make = Callable[..., Case]


def page(case: Case, **asked: Any) -> BeautifulSoup:
    return BeautifulSoup(charts.interval_table(case, **(asked or {"claim": "c0"})), "html.parser")


def rows(soup: BeautifulSoup) -> list[Any]:
    return [row for row in soup.select("tr:has(td.value)") if "claim" not in row.get("class", [])]


def drawing(row: Any, tag: str) -> list[Any]:
    return row.select(f"td.track > svg > g {tag}")


@pytest.mark.parametrize("asked", [{"claim": "c0"}, {"claim": "c1"}, {"measure": "loaves"}])
def test_both_painters_have_the_same_rows_in_the_same_order(bread, look, asked):
    chart = charts.intervals(bread, **asked)
    families = list(chart.data["family_name"])
    assert [row.select_one("th b").get_text() for row in rows(page(bread, **asked))] == families
    written = look.texts(chart)
    start = written.index(next(text for text in written if text == families[0]))
    drawn = [text for text in written[start:] if text.startswith("Origin")]
    assert drawn == families


def test_each_row_has_its_figure_its_relation_and_its_reason_as_text(bread):
    first, *_, last = rows(page(bread))
    assert first.select_one("td.value").get_text(" ", strip=True) == "3 differs"
    assert first.select_one(".is-differs") is not None
    reasons = {pair.estimate.id: pair.bearing.reason for pair in bread.comparison().pairs["c0"]}
    assert first.select_one(".reason").get_text() == reasons["s3"]
    assert "“three loaves” Paper p3, 1 Jun 2025" in first.get_text()
    would = "; of the same kind, it would support the claim"
    assert last.select_one(".reason").get_text() == reasons["s4"] + would
    assert last.select_one(".is-not-comparable")


def test_what_cannot_be_compared_has_a_heading_of_its_own(bread):
    headings = [heading.get_text() for heading in page(bread).select("th[scope=rowgroup]")]
    assert headings == [
        "Can be compared with the claim",
        "Cannot be compared: shown with the reason, not counted",
    ]


def test_the_claim_s_band_goes_through_every_row(bread):
    soup = page(bread)
    bands = {(band["x"], band["width"]) for band in soup.select("tr:not(.axis) td.track > svg > rect.b")}
    assert len(bands) == 1
    assert len(soup.select("td.track > svg > rect.b")) == len(rows(soup)) + 1


def test_places_are_in_per_cent_and_nothing_has_a_style_of_its_own(bread):
    soup = page(bread)
    for element in soup.find_all(["rect", "line", "circle", "text"]):
        for name in ("x", "x1", "x2", "cx", "width"):
            assert str(element.get(name, "0%")).endswith("%"), element
    for name in ("style", "viewbox", "id"):
        assert soup.find(attrs={name: True}) is None


def test_the_claim_s_own_side_is_hollow_and_never_blue(bread):
    own = rows(page(bread))[3]
    assert "own side" in own.get_text()
    assert own.select_one("svg > g")["class"] == ["m-aside", "hollow"]
    assert own.select_one(".is-agrees")["class"] == ["is-agrees", "uncounted"]
    other = rows(page(bread))[1]
    assert other.select_one("svg > g")["class"] == ["m-agree"]


def test_an_end_opened_by_time_is_a_bracket_with_dots_and_an_open_word_an_arrow(small_case: Make):
    said = [
        {"origin": "b", "words": "12 loaves", "reference_period": "2025-06"},
        {"origin": "c", "words": "over ten loaves", "reference_period": "2025-03"},
    ]
    claim = {"words": "over ten loaves", "origin": "a", "reference_period": "2025-03"}
    marks = {
        row.select_one("th b").get_text(): row
        for row in rows(page(small_case(said, [claim], cumulative=True)))
    }
    assert drawing(marks["Origin B"], "line.d") and not drawing(marks["Origin C"], "line.d")
    paths = {name: [path["d"] for path in drawing(row, "path")] for name, row in marks.items()}
    assert "M-5-5H0V5H-5" in paths["Origin B"] and "M-6-4 0 0-6 4" in paths["Origin C"]


def test_ten_rows_are_open_and_the_rest_is_folded_with_its_count(small_case: Make):
    said = [{"origin": "bcd"[k % 3], "words": f"{k + 10} loaves"} for k in range(24)]
    soup = page(small_case(said, [{"words": "over ten loaves", "origin": "a"}]))
    folded = soup.select_one("details")
    assert folded.select_one("summary").get_text() == "14 more of 24 figures"
    assert len(rows(folded)) == 14 and len(rows(soup)) == 24


def test_a_page_is_linked_only_by_an_address_of_the_web(bread):
    made = interval_picture(bread, "c0", None, as_of="today")
    for url, linked in (('https://paper.example/a?b=1&c="2"', True), ("javascript:alert(1)", False)):
        soup = BeautifulSoup(table_of(with_source(made, url=url)), "html.parser")
        assert [link["href"] for link in soup.select("a")] == [url] * (linked * len(made.rows))


def with_source(made: Any, **changes: Any) -> Any:
    """The picture with other facts of each row's page."""

    def changed(row: Any) -> Any:
        source = row.printed.source.model_copy(update=changes)
        return replace(row, estimates=(replace(row.printed, source=source),))

    return replace(made, near=tuple(map(changed, made.near)), aside=tuple(map(changed, made.aside)))


def test_foreign_words_carry_their_language(bread):
    made = interval_picture(bread, "c0", None, as_of="today")
    soup = BeautifulSoup(table_of(with_source(made, language="ar")), "html.parser")
    assert {(words["lang"], words["dir"]) for words in soup.select("span[lang]")} == {("ar", "auto")}
    assert not page(bread).select("[lang]")


def test_hostile_text_is_text_in_both(hostile, look):
    made = interval_picture(hostile, "c0", None, as_of="today")
    made = with_source(made, publisher=look.hostile_words + "\u202e\x00", language='ko" onload="x')
    soup = BeautifulSoup(table_of(made), "html.parser")
    assert not soup.find_all("script") and soup.find(attrs={"onload": True}) is None
    assert soup.get_text().count("alert(") >= 5, "shown as text"
    assert "\u202e" not in str(soup) and "\x00" not in str(soup)
    chart = charts.intervals(hostile, "c0")
    assert any("$x^2_{$" in text for text in look.texts(chart)), "a dollar is a dollar, never TeX"
    assert look.text_faults(chart) == []


def test_the_names_of_pages_lead_where_the_report_says(bread):
    made = interval_picture(bread, "c0", None, as_of="today")
    soup = BeautifulSoup(table_of(made, address=lambda source: f"sources.html#{source.id}"), "html.parser")
    links = soup.select("a")
    assert links and all(str(link["href"]).startswith("sources.html#p") for link in links)
    assert not [link for link in links if link.has_attr("rel")], "it stays in the site"


@pytest.mark.parametrize("asked", [{"claim": "c0"}, {"claim": "c1"}, {"measure": "loaves"}])
def test_every_text_of_the_drawing_is_legible(bread, look, asked):
    chart = charts.intervals(bread, **asked)
    assert look.text_faults(chart) == []
    assert look.smallest_text(chart) >= 9.5


def test_a_spread_above_twenty_is_drawn_on_a_logarithmic_axis_that_is_called_so(small_case: Make, look):
    said = [{"origin": "b", "words": "no loaves"}, {"origin": "c", "words": "900 loaves"}]
    chart = charts.intervals(small_case(said, [{"words": "nine loaves", "origin": "a"}]), "c0")
    assert "loaves, on a logarithmic scale" in look.texts(chart)
    assert "logarithmic" in chart.caption and "logarithmic" in chart.page


def test_words_that_the_font_cannot_draw_are_given_as_they_were_read(small_case: Make, look):
    said = [{"origin": "b", "words": "nine loaves 빵"}]
    chart = charts.intervals(small_case(said, [{"words": "nine loaves", "origin": "a"}]), "c0")
    assert any(text.startswith("9 (in") for text in look.texts(chart))
    assert "“nine loaves 빵”" in chart.page, "a browser has other fonts"


def test_a_derived_figure_is_called_derived_with_its_formula(small_case: Make, look):
    said = [{"origin": "b", "words": "nine loaves", "reference_period": "2025-01-01/2025-04-01"}]
    case = small_case(said, [{"words": "nine loaves a month", "measure": "monthly", "origin": "a"}])
    chart = charts.intervals(case, "c0")
    assert any(text.startswith("derived: 3.01 = 9 ÷") for text in look.texts(chart))
    assert "derived: 3.01 = 9 ÷" in chart.page


def test_the_relation_of_a_row_has_the_colour_of_the_vocabulary(bread):
    for row in rows(page(bread))[:3]:
        word = row.select_one("td.value [class^=is-]")
        assert row.select_one("svg > g")["class"] == [f"m-{Relation(word.get_text()).role}"]


def test_figures_below_zero_and_levels_have_their_own_places_and_the_scale_is_explained(small_case, look):
    change = {"id": "m", "kind": "change", "unit": "percent", "definition": "How loaves changed."}
    level = {"id": "m", "kind": "level", "unit": "metre", "definition": "How high the river stood."}
    for measure, claim, other, said in (
        (change, "rose by 7.8 percent", "fell by 8.3 percent", "Full line across a row: 0."),
        (level, "8.37 metres", "8.91 metres", "The scale does not begin at 0."),
    ):
        time = {"measure": "m", "reference_period": "2025-05-30"}
        case = small_case(
            [time | {"origin": "b", "words": other}], [time | {"words": claim}], measures=[measure]
        )
        chart = charts.intervals(case, "c0")
        scale = interval_picture(case, "c0", None, as_of="today").scale.between(0, 100)
        row = chart.data.iloc[0]
        one, two = sorted((scale.at(float(row["best_low"])), scale.at(8.37 if measure is level else 7.8)))
        assert one > 2 and one + 50 < two < 98
        assert said in chart.caption and look.text_faults(chart) == []
        assert ('class="z"' in charts.interval_table(case, claim="c0")) == (measure is change)


@pytest.mark.parametrize("words", ["at least nine loaves", "up to 15 loaves", "over 10,000 loaves"])
def test_the_name_of_a_claim_in_a_figure_is_not_wrapped_where_it_has_room(small_case, look, words):
    said = [{"origin": "b", "words": "40,000 loaves"}, {"origin": "c", "words": "three loaves"}]
    chart = charts.intervals(small_case(said, [{"words": words}]), "c0")
    figure = words.removesuffix(" loaves").replace("nine", "9")
    assert f"the claim: {figure}" in look.texts(chart) and look.text_faults(chart) == []

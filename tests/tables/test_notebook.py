"""What a notebook shows: plain words under a lead, and tables whose every word is text."""

from __future__ import annotations

import math
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import tallybook as tb
from tallybook.charts.empty import empty_chart
from tallybook.markup import text_as_html
from tallybook.tables.notebook_style import INKS

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</p></table><script>alert(1)</script>",
    "[x](javascript:alert(1)) *so* _so_ **so** `so`",
    r"$\href{javascript:alert(1)}{x}$ \(x\) \[x\] \begin{align}x\end{align} \ref{x} \$ \\",
    "from $1.2 million to $23.5 million",
    "$$x$$ &lt; &amp;lt; \"'",
]


class Page(HTMLParser):
    """The elements of an HTML string, its runs of text between them, and its style attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.runs: list[str] = []
        self.styles: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.styles |= {value or "" for name, value in attrs if name == "style"}

    def handle_data(self, data: str) -> None:
        self.runs.append(data)

    @property
    def text(self) -> str:
        return "".join(self.runs)


def is_never_tex(page: Page) -> bool:
    """MathJax looks for a formula within one run of text, whatever its settings: a sign by itself is none."""
    return all(run in ("$", "\\") or not set(run) & set("$\\") for run in page.runs)


@pytest.mark.parametrize("words", HOSTILE)
def test_text_stays_text(words: str) -> None:
    page = Page(text_as_html(words))
    assert page.text == words and set(page.elements) <= {"span"} and is_never_tex(page)


def test_text_without_signs_is_only_escaped() -> None:
    assert text_as_html("a < b & c") == "a &lt; b &amp; c"


@pytest.mark.parametrize("words", HOSTILE)
def test_prose_is_one_paragraph_of_plain_text(words: str) -> None:
    said = tb.say(f"Lead {words}", words, "", "End.")
    assert repr(said) == f"Lead {words} {words} End."
    page = Page(said._repr_html_())
    assert page.text == repr(said) and is_never_tex(page)
    assert [name for name in page.elements if name != "span"] == ["div", "p", "strong"]


def test_only_the_lead_stands_out() -> None:
    assert (
        "<p><strong>Nine died.</strong> Ten say so.</p>" in tb.say("Nine died.", "Ten say so.")._repr_html_()
    )
    assert repr(tb.say("Nine died.")) == "Nine died."


@pytest.mark.parametrize("words", HOSTILE)
def test_a_table_shows_its_words_as_they_stand(words: str) -> None:
    frame = pd.DataFrame({words: [words], "words": [words], "n": [1200]})
    page = Page(tb.show(frame, words)._repr_html_())
    assert page.text.split("\n") == ["", words, f"{words}wordsn", "", f"{words}{words}1,200", "", ""]
    assert is_never_tex(page)
    assert [name for name in page.elements if name != "span"] == [
        "table", "caption", "thead", "tr", "th", "th", "th", "tbody", "tr", "th", "td", "td",
    ]  # fmt: skip
    as_long = "x" * len(words)
    plain = Page(tb.show(pd.DataFrame({"a": [as_long], "c": [as_long], "n": [1200]}), "e")._repr_html_())
    assert page.styles == plain.styles, "no style carries data"


def test_words_stand_to_the_left_and_numbers_to_the_right() -> None:
    html = tb.show(pd.DataFrame({"words": ["nine"], "low": [9.0], "firm": [True]}), "Figures")._repr_html_()
    table = BeautifulSoup(html, "html.parser")
    sides = {cell.get_text(): cell["style"].split(";")[0] for cell in table.select("caption, th, td")}
    assert sides == {
        "Figures": "text-align:left", "words": "text-align:left", "low": "text-align:right",
        "firm": "text-align:left", "nine": "text-align:left", "9": "text-align:right",
        "yes": "text-align:left",
    }  # fmt: skip


def test_a_verdict_has_its_sign_and_its_colour_and_a_confirming_relation_no_blue() -> None:
    frame = pd.DataFrame({"verdict": ["corroborated", "contradicted"], "relation": ["agrees", "differs"]})
    table = BeautifulSoup(tb.show(frame, "Terms")._repr_html_(), "html.parser")
    cells = [
        (cell.get_text(), cell.span["style"].split(";")[0]) for cell in table.select("tbody :is(th, td)")
    ]
    assert cells == [
        ("●\u00a0corroborated", f"color:{INKS['agree']}"), ("●\u00a0agrees", f"color:{INKS['aside']}"),
        ("▲\u00a0contradicted", f"color:{INKS['differ']}"), ("▲\u00a0differs", f"color:{INKS['differ']}"),
    ]  # fmt: skip
    assert "●" not in repr(tb.show(frame, "Terms"))


def test_words_lead_to_the_address_in_another_column() -> None:
    frame = pd.DataFrame(
        {
            "publisher": ["Paper A", "Paper B"],
            "url": ['https://example.org/?a=1&b="2"', "javascript:alert(1)"],
        }
    )
    shown = tb.show(frame, "Pages", ["publisher"], {"publisher": "page"}, links={"publisher": "url"})
    links = BeautifulSoup(shown._repr_html_(), "html.parser").find_all("a")
    assert [(link.get_text(), link["href"]) for link in links] == [
        ("Paper A", 'https://example.org/?a=1&b="2"')
    ]
    with pytest.raises(KeyError):
        tb.show(frame, "Pages", links={"publisher": "nowhere"})


def test_rows_beyond_those_asked_for_are_folded_with_their_count() -> None:
    frame = pd.DataFrame({"n": range(12)})
    page = BeautifulSoup(tb.show(frame, "Rows", most=10)._repr_html_(), "html.parser")
    assert page.details.summary.get_text() == "2 more of 12 rows"
    assert [cell.get_text() for cell in page.select("details tbody th")] == ["10", "11"]
    assert len(page.select("tbody th")) == 12
    assert repr(tb.show(frame, "Rows", most=10)).endswith("9\n2 more of 12 rows")
    whole = tb.show(frame, "Rows", most=12)
    assert "details" not in whole._repr_html_() and "more of" not in repr(whole)


def test_shares_are_told_in_per_cent_beside_numbers_of_other_units() -> None:
    frame = pd.DataFrame(
        {
            "best_low": [0.66261, 9000.0, math.nan],
            "other": [0.5, 0.5, 0.5],
            "unit": ["fraction", "loaf", "fraction"],
        }
    )
    cells = BeautifulSoup(
        tb.show(frame, "Shares", ["best_low", "other"])._repr_html_(), "html.parser"
    ).select("tbody :is(th, td)")
    assert [cell.get_text() for cell in cells] == ["66.3%", "0.5", "9,000", "0.5", "–", "0.5"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(10000.0, "10,000"), (0.5, "0.5"), (math.inf, "no limit"), (math.nan, "–"), ("", "–"), (None, "–"),
     (True, "yes"), (False, "no"), (pd.NaT, "–"), (pd.Timestamp("2024-11-12"), "12 Nov 2024")],
)  # fmt: skip
def test_a_cell_is_printed_for_reading(value: Any, shown: str) -> None:
    frame = pd.DataFrame({"value": pd.Series([value], dtype=object)})
    assert f">{shown}</th></tr>" in tb.show(frame, "One cell")._repr_html_()


def test_a_table_shows_the_columns_asked_for_under_their_names() -> None:
    frame = pd.DataFrame({"for_": [2], "why": ["so"], "aside": [1]})
    shown = tb.show(frame, "Two", ["why", "for_"], {"for_": "for"})
    assert list(shown.frame) == ["why", "for"] and repr(shown).startswith("Two\n")
    with pytest.raises(KeyError):
        tb.show(frame, "None", ["no such column"])


@pytest.mark.parametrize("words", HOSTILE)
def test_a_frame_shown_by_itself_is_text_that_mathjax_passes_over(words: str) -> None:
    with pd.option_context("display.max_colwidth", None):
        html = pd.DataFrame({words: [words]})._repr_html_()
    page = Page(html)
    assert page.text.count(words) == 2 and not {"img", "script", "a"} & set(page.elements)
    assert '<table border="1" class="dataframe tex2jax_ignore mathjax_ignore">' in html


@pytest.mark.parametrize("words", HOSTILE)
def test_a_picture_and_a_reading_show_their_words_as_they_stand(words: str) -> None:
    chart = Page(empty_chart("A title", words)._repr_html_())
    assert chart.text == f"A title {' '.join(words.split())}" and is_never_tex(chart)
    assert [name for name in chart.elements if name != "span"] == ["p", "b"]
    reading = Page(tb.read(words)._repr_html_())
    assert reading.text == words and is_never_tex(reading)
    assert set(reading.elements) <= {"div", "mark", "u", "span"}

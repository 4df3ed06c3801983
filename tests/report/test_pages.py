"""The pages: hostile text stays text, nothing is fetched, pictures have words, tables can be heard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from tallybook import say, show
from tallybook.charts.chart import PAGE_TYPE
from tallybook.report import NotebookError, Run
from tallybook.report.dress import _grouped
from tallybook.report.site import compose
from tallybook.tables.case import Case
from tallybook.terms import Relation, Verdict

from .made_up import FIGURE, HOSTILE, PAGES, notebook, runs, says, shows
from .made_up import page as made_page

TABLE = (
    "<div><style scoped>.dataframe th { color: red }</style>"
    '<table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>words</th>'
    "<th>low</th><th>relation</th></tr></thead><tbody>"
    "<tr><th>0</th><td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>10000.0</td><td>differs</td></tr>"
    "<tr><th>1</th><td>nine</td><td>9.0</td><td>NaN</td></tr></tbody></table></div>"
)


def pages(case: Case, **cells: list[Any]) -> dict[str, str]:
    """The pages of a site whose notebooks all ran for the case."""
    executed = {
        Run(Path(f"{name}.ipynb"), case.id, given=True): notebook(*content) for name, content in cells.items()
    }
    files = compose(executed, [case])
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


def soup_of(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")


def page(case: Case, *cells: Any) -> BeautifulSoup:
    return soup_of(pages(case, a_page=[says("# A page"), *cells])["harvest/a_page.html"])


def test_every_page_forbids_requests_and_makes_none(case: Case) -> None:
    made = pages(
        case, a=[says("# A\n\n[out](https://paper.example/x)"), shows(FIGURE), shows(TABLE)], b=[says("# B")]
    )
    assert {"harvest/a.html", "harvest/b.html", "harvest/index.html", "index.html"} <= set(made)
    for text in made.values():
        soup = soup_of(text)
        policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert policy is not None and str(policy["content"]).startswith("default-src 'none'; img-src data:;")
        assert soup.html is not None and soup.html["lang"] == "en"
        assert soup.title is not None and soup.title.string
        assert not soup.select("script:not([type='application/ld+json']), iframe, form")
        for element in soup.find_all(src=True) + soup.find_all("link"):
            assert str(element.get("src") or element.get("href")).startswith("data:")
        assert not re.search(r"url\(|@import", text)
        for link in soup.find_all("a", href=re.compile("^http")):
            assert link["rel"] == ["noopener", "noreferrer"]
        assert not soup.find_all(style=True), "the policy allows the one style sheet in the head"


def test_what_a_chart_has_for_pages_stands_in_place_of_its_image_and_is_left_as_it_is(case: Case) -> None:
    table = '<figure class="tb-rows"><table><tbody><tr><th scope="row">A</th></tr></tbody></table></figure>'
    soup = page(case, shows(FIGURE, **{PAGE_TYPE: table}), shows(FIGURE))
    assert len(soup.find_all("img")) == 1, "a chart without one stays an image"
    assert str(soup.select_one("figure.tb-rows")) == table


def test_signs_and_colours_of_the_pages_are_those_of_the_vocabulary(case: Case) -> None:
    style = str(page(case).style)
    for term in (*Relation, *Verdict):
        name = f".is-{term.replace(' ', '-')}"
        assert f'{name}::before{{content: "{term.sign}"' in style
        assert f"{name}{{color: var(--{term.role})" in style


def test_markdown_that_a_cell_computed_cannot_carry_html_or_script_links(case: Case) -> None:
    cell = shows("")
    cell.outputs[0].data = {
        "text/markdown": f"**nine** {HOSTILE} <img src=x onerror=y> [z](javascript:alert)"
    }
    soup = page(case, cell)
    assert "nine" in [strong.string for strong in soup.find_all("strong")]
    assert HOSTILE in soup.get_text()
    assert not soup.find_all("img")
    assert not [link for link in soup.find_all("a") if "javascript" in str(link["href"])]


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<script>alert(1)</script>", "has a <script>"),
        ('<img alt="x" src="https://tracker.example/p.gif">', "asks for another file: <img src="),
        ('<p onclick="x()">y</p>', "has a script in the attribute 'onclick'"),
        ('<img src="data:,">', "has a picture without alt text"),
        ('<img alt="  " src="data:,">', "has a picture without alt text"),
        ('<img alt="No description has been provided for this image" src="data:,">', "without alt text"),
        ('<a href="javascript:alert(1)">x</a>', "links to 'javascript:alert(1)'"),
        ('<a href="gone.html">x</a>', "links to 'gone.html', which is not a file of the report"),
        ('<a href="#nowhere">x</a>', "links to 'nowhere', which is not on it"),
        ("<h3>deep</h3>", "goes from a heading of level 1 to one of level 3"),
        ("<h4>deep</h4>", "goes from a heading of level 1 to one of level 4"),
        ("<h1>another</h1>", "has a second heading of level 1"),
        ('<iframe src="data:,"></iframe>', "has a <iframe>"),
        ('<meta http-equiv="refresh" content="0;url=x">', "has a <meta>"),
        ('<p id="_content">x</p>', "has the id '_content' twice"),
    ],
)
def test_what_must_not_be_published_is_an_error_that_names_the_notebook(
    case: Case, html: str, fault: str
) -> None:
    with pytest.raises(NotebookError) as told:
        page(case, shows(html))
    assert str(told.value).startswith("a_page.ipynb for harvest: its page ")
    assert fault in str(told.value)


def test_a_picture_without_words_is_an_error(case: Case) -> None:
    cell = shows("")
    cell.outputs[0].data = {"image/png": "AAAA"}
    with pytest.raises(NotebookError, match="without alt text"):
        page(case, cell)
    cell.outputs[0].metadata = {"alt": 'two "bars"'}
    img = page(case, cell).find("img")
    assert img is not None and img["alt"] == 'two "bars"'


def test_a_table_of_pandas_can_be_read_and_heard(case: Case) -> None:
    soup = page(case, says("## Who said it"), shows(TABLE))
    table = soup.find("table", class_="dataframe")
    assert table is not None
    box = table.parent
    assert box is not None and box["class"] == ["scroll"]
    assert not box.has_attr("tabindex"), "no stop for the keyboard where nothing scrolls"
    caption = table.find("caption")
    assert caption is not None and caption.get_text() == "Table 1: Who said it"
    assert [(th.get_text(), th["scope"]) for th in table.find_all("th")] == [
        ("words", "col"),
        ("low", "col"),
        ("relation", "col"),
    ]
    rows = [[td.get_text() for td in row.find_all("td")] for row in table.find_all("tr")]
    assert rows[1:] == [[HOSTILE, "10,000", "differs"], ["nine", "9", "–"]]
    cells = table.find_all("tr")[1].find_all("td")
    assert [td.get("class") for td in cells][1:] == [["num"], None]
    assert [td["data-label"] for td in cells] == ["words", "low", "relation"], "for rows that are blocks"
    assert [span["class"] for span in cells[2].find_all("span")] == [["is-differs"]]
    assert not soup.find_all("style", scoped=True)


def test_a_table_of_our_own_leaves_its_looks_and_mathematics_to_the_page(case: Case) -> None:
    paid = pd.DataFrame({"words": ["from $1.2 million to $23.5 million"], "low": [1.2]})
    soup = page(case, shows(show(paid, "Paid, in $")._repr_html_()))
    table = soup.find("table", class_="tb-table")
    assert table is not None
    assert not [part for part in (table, *table.find_all(True)) if part.has_attr("style")]
    assert table.find_all(string="from $1.2 million to $23.5 million"), "one text, without elements inside"
    assert [cell.get("class") for cell in table.select("tbody > tr > *")] == [["middling"], ["num"]]


def test_an_index_that_means_something_stays(case: Case) -> None:
    named = TABLE.replace("<th>0</th>", "<th>Kyiv</th>").replace("<th>1</th>", "<th>Seoul</th>")
    table = page(case, shows(named)).find("table")
    assert table is not None
    assert [(th.get_text(), th["scope"]) for th in table.find_all("th")][3:] == [
        ("Kyiv", "row"),
        ("Seoul", "row"),
    ]


def test_code_is_folded_and_highlighted_without_a_style_of_its_own(case: Case) -> None:
    soup = page(case, runs("1 < 2"))
    code = soup.find("details")
    assert code is not None and not code.has_attr("open")
    assert "1 < 2" in code.get_text()


def test_the_answer_of_a_notebook_stands_under_its_question(case: Case) -> None:
    answer = shows(say("Three did.", "They paid $1 to $2.")._repr_html_())
    cells = [says("# Who?\n\n**How many did?**\n\nMore."), says("## The answer"), answer]
    made = pages(case, a=cells)
    content = soup_of(made["harvest/a.html"]).select_one("article")
    assert content is not None
    told = [part.get_text(" ", strip=True) for part in content.select("h1, p")]
    assert told[:3] == ["Who?", "How many did?", "Three did. They paid $1 to $2."]
    assert content.get_text().count("Three did.") == 1, "and is not told twice"
    assert [a["href"] for a in content.select(".cell a")] == ["#_answer"]
    steps = soup_of(made["harvest/index.html"]).select_one(".steps")
    assert steps is not None and steps.get_text(" ", strip=True) == "Who? How many did?"


def test_a_link_to_a_page_that_was_read_leads_to_its_place_among_the_sources(case: Case) -> None:
    url = "https://report.example/apples?a=1&b=2"
    link = page(case, says(f"[the report]({url}) [elsewhere](https://else.example/)")).select("article a")
    assert [a["href"] for a in link] == ["sources.html#report", "https://else.example/"]
    assert [a.get("rel") for a in link] == [None, ["noopener", "noreferrer"]]


def test_links_between_notebooks_lead_to_pages_and_headings_have_names(case: Case) -> None:
    first = says("# A\n\n[next](b.ipynb#twice-2) [text](c.ipynb.txt)".replace(" [text](c.ipynb.txt)", ""))
    made = pages(case, a=[first], b=[says("# B\n\n## Twice\n\n## Twice")])
    link = soup_of(made["harvest/a.html"]).select_one("article a")
    assert link is not None and link["href"] == "b.html#twice-2"
    ids = [h["id"] for h in soup_of(made["harvest/b.html"]).find_all(["h1", "h2"])]
    assert ids == ["b", "twice", "twice-2"]


def test_the_book_its_cases_and_their_notebooks_lead_to_each_other(case: Case) -> None:
    general, essay, start = Path("01_all.ipynb"), Path("harvest", "04_one.ipynb"), Path("00_start.ipynb")
    prose = says("# A\n\n[general](01_all.ipynb) [essay](04_one.ipynb)")
    executed = {
        Run(general, "harvest", given=True): notebook(prose),
        Run(essay, "harvest"): notebook(prose),
        Run(start): notebook(says("# S\n\n[general](01_all.ipynb)")),
        Run(Path("07_reader.ipynb")): notebook(says("# R")),
    }
    files = compose(executed, [case])
    links = {
        name: [str(a["href"]) for a in soup_of(text.decode()).select("article a, .turn a, .steps a")]
        for name, text in files.items()
        if name.endswith(".html")
    }
    assert links["index.html"] == [
        "harvest/01_all.html", "harvest/04_one.html", "00_start.html", "07_reader.html",
    ]  # fmt: skip
    assert links["harvest/index.html"] == ["01_all.html", "04_one.html"]
    assert links["harvest/01_all.html"] == ["01_all.html", "04_one.html", "04_one.html"]
    assert links["00_start.html"] == ["index.html", "07_reader.html"], (
        "which case is for the reader to choose"
    )
    menu = soup_of(files["harvest/04_one.html"].decode()).select("header li a")
    assert [(a.get_text(), a["href"]) for a in menu] == [
        ("Verdicts", "index.html"),
        ("Sources", "sources.html"),
        ("Among themselves", "among-themselves.html"),
        ("How it is judged", "../method.html"),
        ("All", "01_all.html"),
        ("One", "04_one.html"),
    ]


@pytest.mark.parametrize("name", ["index", "sources", "among-themselves", "sources-k"])
def test_a_notebook_whose_page_would_replace_another_is_refused(case: Case, name: str) -> None:
    executed = {Run(Path(f"{name}.ipynb"), case.id, given=True): notebook(says("# I"))}
    with pytest.raises(NotebookError, match=rf"{name}\.ipynb"):
        compose(executed, [case])


def test_an_essay_with_the_name_of_a_general_notebook_is_refused(case: Case) -> None:
    general, essay = Run(Path("a.ipynb"), "harvest", given=True), Run(Path("harvest/a.ipynb"), "harvest")
    with pytest.raises(NotebookError, match=r"^harvest/a\.ipynb: a general notebook has this name"):
        compose({general: notebook(), essay: notebook()}, [case])


def test_years_in_a_table_are_not_grouped() -> None:
    assert [_grouped(number) for number in ("2025", "9999", "10900.5")] == ["2025", "9999", "10,900.5"]


def test_ids_and_dates_of_files_are_called_by_their_names(case: Case) -> None:
    rows = pd.DataFrame(
        {
            "claim": ["picked", "nobody"],
            "measure": ["apples", "apples"],
            "period": ["2024-11/2025-01", "soon"],
            "its source": ["bound_added", "said so"],
            "words": ["picked", "2024-11"],
        }
    )
    table = page(case, shows(show(rows, "All")._repr_html_())).find("table", class_="tb-table")
    assert table is not None
    cells = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")[1:]]
    assert cells == [
        [
            "“over 300 apples”",
            f"Apples {HOSTILE} picked",
            "November 2024 to January 2025",
            "bound added",
            "picked",
        ],
        ["nobody", f"Apples {HOSTILE} picked", "soon", "said so", "2024-11"],
    ]


def test_a_period_is_told_in_words_under_any_head_that_names_one(case: Case) -> None:
    rows = pd.DataFrame({"words": ["nine"], "period of the rate": ["2023-09/2023-11"]})
    soup = page(case, shows(show(rows, "All")._repr_html_()))
    assert soup.select("tbody td")[-1].get_text() == "September 2023 to November 2023"


def test_the_only_cell_of_a_row_heads_nothing(case: Case) -> None:
    soup = page(case, shows(show(pd.DataFrame({"why": ["One.", "Two."]}), "All")._repr_html_()))
    assert [(cell.name, cell.get("scope")) for cell in soup.select("tbody > tr > *")] == [("td", None)] * 2


def test_foreign_words_in_a_table_carry_their_language(harvest: Callable[..., Case]) -> None:
    korean = made_page("hankook", "rival", "사과 300개", language="ko")
    korean["statements"][0]["recorded"] = {"low": 300, "high": 300, "unit": "apple", "because": "made up"}
    case = harvest(pages=[*PAGES, korean])
    rows = pd.DataFrame({"words": ["사과 300개", "305 apples"]})
    cells = page(case, shows(show(rows, "All")._repr_html_())).select("table.tb-table tbody > tr > *")
    assert [cell.get("lang") for cell in cells] == ["ko", None]

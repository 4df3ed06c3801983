"""The pages of a case: what each shows first, where each thing leads, and that hostile text is only shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tallybook import open_book
from tallybook.report.pages import in_a_script
from tallybook.report.site import compose
from tallybook.report.sources_view import sources_view, split
from tallybook.tables.case import Case
from tallybook.terms import Relation, Verdict
from tests.lab.hostile_book import write_project

from .made_up import HOSTILE, PAGES, PICKED, SOLD, page

Make = Callable[..., Case]
RUNS = ":not([type='application/ld+json'])"
"""A script of another type than data may run."""


def site(*cases: Case) -> dict[str, BeautifulSoup]:
    files = compose({}, list(cases))
    return {
        name: BeautifulSoup(content.decode(), "html.parser")
        for name, content in files.items()
        if name.endswith(".html")
    }


def said(element: Tag | None) -> str:
    assert element is not None
    return " ".join(element.get_text(" ", strip=True).split())


def test_a_case_has_a_page_a_claim_its_sources_and_the_origins_among_themselves(case: Case) -> None:
    assert set(site(case)) == {
        "index.html", "method.html", "harvest/index.html", "harvest/claim/picked.html",
        "harvest/claim/sold.html", "harvest/sources.html", "harvest/among-themselves.html",
    }  # fmt: skip


def test_one_case_is_the_index_and_several_are_listed_with_their_findings(case: Case) -> None:
    finding = "One of two figures in the article is contradicted and one has independent support"
    alone = site(case)
    assert said(alone["index.html"].h1) == finding == said(alone["harvest/index.html"].h1)
    other = Case(case.evidence, case.article.model_copy(update={"id": "orchard"}))
    other.book.figure_of_claim.update(
        {("orchard", claim): figure for (_, claim), figure in list(case.book.figure_of_claim.items())}
    )
    both = site(case, other)
    assert said(both["index.html"].h1) == "Two articles, figure by figure"
    assert [said(link) for link in both["index.html"].select(".cases h2 a")] == [finding, finding]
    assert [a["href"] for a in both["index.html"].select(".cases h2 a")] == [
        "harvest/index.html", "orchard/index.html",
    ]  # fmt: skip
    assert both["harvest/index.html"].select_one("header li a")["href"] == "../index.html"  # type: ignore[index]


def test_an_example_is_called_one_on_every_page_of_it_by_its_record_alone(harvest: Make) -> None:
    shown = "Example, made up."
    for made_up in (True, False):
        case = harvest(article={"made_up": made_up})
        for name, soup in site(case).items():
            of_case = name != "method.html"
            assert said(soup.main).startswith(shown) == (made_up and of_case), name
            assert said(soup.title).startswith("Example, made up: ") == (made_up and of_case), name
        assert case.answer.startswith("Example, made up. ") == made_up


def test_examples_stand_behind_the_real_cases_below_a_heading_that_says_so(harvest: Make) -> None:
    from tallybook.report.case_view import case_view
    from tallybook.report.pages import Menu, index_entry, index_page
    from tallybook.report.units import Listed

    cases = [harvest(article={"made_up": made_up}) for made_up in (True, False, True)]
    views = [case_view(case, [], []) for case in cases]
    listed = [
        Listed(f"c{place}", index_entry(view, True), "", made_up=case.article.made_up)
        for place, (case, view) in enumerate(zip(cases, views, strict=True))
    ]
    soup = BeautifulSoup(index_page(listed, [], Menu([]), views[1].foot), "html.parser")
    assert said(soup.h1) == "One article, figure by figure"
    real, examples = soup.select("ol.cases")
    assert len(real.select(":scope > li")) == 1 and not real.select(".standing")
    assert said(examples.find_previous("h2", class_="examples")) == "Two examples"  # type: ignore[arg-type]
    assert [said(one) for one in examples.select(":scope > li > .standing")] == ["Example, made up"] * 2


def test_an_example_has_no_review_for_machines(harvest: Make) -> None:
    imprint = {"publisher": "The Desk", "url": "https://desk.example/figures"}
    pages = site(harvest(article={"made_up": True}, imprint=imprint))
    assert not pages["harvest/claim/picked.html"].find_all("script")


def test_the_first_line_of_a_claim_says_when_and_where_the_article_was_published(case: Case) -> None:
    first = said(site(case)["harvest/claim/picked.html"].select_one("main .byline"))
    assert first.startswith(f"Daily {HOSTILE}, published 4 March 2025: the article , paragraph 1")


def test_an_index_of_many_cases_stays_light(case: Case) -> None:
    from tallybook.report.case_view import case_view
    from tallybook.report.pages import Menu, index_entry, index_page
    from tallybook.report.units import Listed

    view = case_view(case, [], [])
    long, short = (index_entry(view, sentences) for sentences in (True, False))
    page = index_page([Listed(case.id, long, short)] * 200, [], Menu([]), view.foot)
    assert len(page.encode()) <= 150_000
    assert page.count("One of two figures in the article is contradicted") == 200


def test_hostile_text_is_shown_and_never_run(case: Case) -> None:
    for name, soup in site(case).items():
        assert not soup.select(f"script{RUNS}"), name
        if name not in ("method.html",):
            assert HOSTILE in soup.get_text(), name
        assert not soup.find_all(lambda tag: any(key.startswith("on") for key in tag.attrs)), name


def test_hostile_text_in_every_field_of_a_book_is_only_shown(tmp_path: Path) -> None:
    """Another test sees to it that this book has every field of every record."""
    write_project(tmp_path)
    for file in tmp_path.glob("sources/*.yaml"):  # in Korean, so that translations are shown
        file.write_text(
            file.read_text(encoding="utf-8").replace("language: en", "language: ko"), encoding="utf-8"
        )
    pages = site(open_book(tmp_path)["bread"])
    shown = "".join(soup.get_text() for soup in pages.values())
    for words in (
        "Bread sells",
        "The desk",
        "write to us",
        "free",
        "An editor",
        "over four thousand",
        "a letter",
    ):
        assert f"{words} <img src=x onerror=__hit=1>" in shown, words
    for name, soup in pages.items():
        assert not soup.select(f"script{RUNS}, img"), name
        attributes = [key for tag in soup.find_all(True) for key in tag.attrs]
        assert not [key for key in attributes if key.startswith("on") or key == "style"], name
        assert not [a for a in soup.find_all("a") if not SAFE.match(str(a.get("href")))], name


SAFE = re.compile(r"https://[a-z]+\.example/|#|(\.\./)*[a-z/_-]+\.(html|csv|png)")


def test_a_row_of_the_table_is_a_claim_with_its_verdict_its_reason_and_its_place(case: Case) -> None:
    rows = site(case)["harvest/index.html"].select(".claims tbody tr")
    assert [[said(cell) for cell in row.find_all(["th", "td"])][:2] for row in rows] == [
        ["“as many as 90 apples”", "contradicted"],
        ["“over 300 apples”", "corroborated its source says so"],
    ]
    assert [row.select_one("th a")["href"] for row in rows] == ["claim/sold.html", "claim/picked.html"]  # type: ignore[index]
    assert [row.select_one("td.where a")["href"] for row in rows] == ["#_p3", "#_p1"]  # type: ignore[index]
    assert said(rows[0].select_one(".who")) == "the article itself"


def test_the_article_is_a_strip_of_its_paragraphs(case: Case) -> None:
    boxes = site(case)["harvest/index.html"].select(".strip > li")
    assert [said(box) for box in boxes] == ["1", "2 ·", "3", "4"]
    assert [bool(box.select("[class^=is-]")) for box in boxes] == [True, False, True, False]
    assert boxes[2].select_one("a")["aria-label"] == "“as many as 90 apples”: contradicted"  # type: ignore[index]
    assert boxes[3]["class"] == ["bare"]


def test_the_page_of_a_claim_with_a_source_answers_two_questions(case: Case) -> None:
    first, second = map(said, site(case)["harvest/claim/picked.html"].select(".ruling"))
    assert first == "Does its source say so? its source says so"
    assert second.startswith("Do others find the same? corroborated")


def test_an_article_that_never_ends_has_boxes_only_where_there_is_a_figure(harvest: Make) -> None:
    long = {"text": {"sha256": "0" * 64, "characters": 9_000_000, "paragraphs": 100_000}}
    soup = site(harvest(article=long))["harvest/index.html"]
    assert [said(box)[:1] for box in soup.select(".strip > li")] == ["1", "2", "3"]


def test_what_is_no_claim_says_so_once(harvest: Make) -> None:
    aside = {"anchor": {"exact": "eleven branches", "paragraph": 2}, "kind": "no claim", "because": "one"}
    soup = site(harvest(article={"set_aside": [aside]}))["harvest/index.html"]
    assert "“eleven branches”: no claim (one)" in soup.get_text()


def test_who_is_quoted_without_an_origin_counts_as_whom_the_name_says(harvest: Make) -> None:
    sold = SOLD | {"attributed_to": f"the inspector {HOSTILE}"}
    sold.pop("origin")
    soup = site(harvest(article={"claims": [sold]}))["harvest/claim/sold.html"]
    facts = {said(row.dt): said(row.dd) for row in soup.select("dl.facts > div")}
    assert ", which counts as The inspector" in facts["Said by"]


def test_the_page_of_a_claim_answers_first_and_names_who_differs(case: Case) -> None:
    soup = site(case)["harvest/claim/sold.html"]
    assert said(soup.h1) == "“as many as 90 apples”"
    assert said(soup.select_one(".ruling")).startswith("contradicted")
    lead = said(soup.select_one(".lead"))
    assert lead.startswith("Its own side says otherwise (“over 300 apples”")
    assert "Contradicted by =HYPERLINK(1) (“305 apples”" in lead
    rows = [row for row in soup.select(".tb-rows tbody tr") if row.select("td.value [class^=is-]")]
    assert "differs" in said(rows[0].select_one("td.value"))
    facts = {said(row.dt): said(row.dd) for row in soup.select("dl.facts > div")}
    assert facts["Read as"] == "up to 90 apples (read by the program)"
    assert facts["True if it is"] == "up to 90 apples; the words suggest 90"
    assert facts["Said by"].startswith("The article itself; the figure is of The grower")
    assert facts["Today"] == "contradicted by everything that was read up to 1 April 2025"
    assert "A reviewer’s word, beside the verdict:" in soup.get_text()


def test_every_quotation_of_a_page_leads_to_its_source_and_from_there_to_the_page(case: Case) -> None:
    pages = site(case)
    links = pages["harvest/claim/picked.html"].select(".tb-rows th a")
    assert links and all(str(link["href"]).startswith("../sources.html#") for link in links)
    sources = pages["harvest/sources.html"]
    for link in links:
        entry = sources.find(id=str(link["href"]).partition("#")[2])
        assert isinstance(entry, Tag)
        assert str(entry.select_one("h3 a")["href"]).startswith("https://")  # type: ignore[index]


def test_what_was_cited_and_not_seen_stands_first_among_the_sources(case: Case) -> None:
    soup = site(case)["harvest/sources.html"]
    assert said(soup.h1) == "4 pages read, one not seen; 3 origins stand behind them"
    assert [said(heading) for heading in soup.select("h2")] == [
        "Cited by the article, not seen",
        "Read, by publisher",
    ]
    first, *others = soup.select(".source")
    assert said(first.h3) == "A letter" and not first.select("blockquote")
    undated = next(one for one in others if one["id"] == "undated")
    assert "no date on the page · English · reports it" in said(undated)
    assert "read as 90 apples · from The inspector" in said(undated)
    assert [a["href"] for a in undated.select(".gloss a")] == ["claim/sold.html", "claim/picked.html"]


def test_filters_need_no_script_and_count_what_they_show(harvest: Make) -> None:
    korean = page("hankook", "rival", "사과 300개", language="ko", kind="tertiary")
    korean["statements"][0]["recorded"] = {"low": 300, "high": 300, "unit": "apple", "because": "made up"}
    soup = site(harvest(pages=[*PAGES, korean]))["harvest/sources.html"]
    style = said(soup.style)
    for box in soup.select(".pick input:not([checked])"):
        name = str(box["id"]).removeprefix("_")
        assert f"main:has(#_{name}:checked) .source:not(.{name}){{display:none}}" in style
        label = box.find_parent("label")
        shown = soup.select(f"#_read ~ .sources .source.{name}")
        assert label is not None and said(label).endswith(f" {len(shown)}")
    foreign = soup.find(id="hankook")
    assert isinstance(foreign, Tag)
    words = foreign.select_one("blockquote [lang]")
    assert words is not None and (words["lang"], words["dir"]) == ("ko", "auto")
    assert "In English: no translation recorded" in said(foreign)
    assert foreign.select_one("h3 a")["hreflang"] == "ko"  # type: ignore[index]


@pytest.mark.parametrize(
    ("by", "shown"),
    [("Ann Lee", "“300 apples” (translated by Ann Lee)"), (None, "(who translated it is not recorded)")],
)
def test_a_translation_stands_below_the_words_with_who_made_it(
    harvest: Make, by: str | None, shown: str
) -> None:
    korean = page("hankook", "rival", "사과 300개", language="ko")
    recorded = {"low": 300, "high": 300, "unit": "apple", "because": "made up"}
    korean["statements"][0] |= {"recorded": recorded, "translation": "300 apples"}
    korean["statements"][0] |= {"translated_by": by} if by else {}
    assert shown in said(site(harvest(pages=[*PAGES, korean]))["harvest/sources.html"].find(id="hankook"))  # type: ignore[arg-type]


def test_a_long_list_of_sources_is_split_by_letter_and_its_addresses_last(case: Case) -> None:
    whole = sources_view(case)
    short, *letters = split(whole)
    assert short.brief and [one.id for one in short.sources] == [one.id for one in whole.sources]
    assert [part.path for part in letters] == ["harvest/sources-g.html"]
    assert [one.id for part in letters for one in part.sources] == [one.id for one in whole.sources]


def test_a_list_that_is_too_heavy_is_split_in_the_site(harvest: Make) -> None:
    long = "a long line " * 40
    many = [
        page(f"p{k}", "rival", f"{k + 300} apples", publisher=f"{chr(65 + k % 26)}-Paper", title=long)
        for k in range(150)
    ]
    files = compose({}, [harvest(pages=[*PAGES, *many])])
    heavy = {name: len(content) for name, content in files.items() if name.endswith(".html")}
    assert "harvest/sources-a.html" in files and max(heavy.values()) <= 150_000, heavy
    short = BeautifulSoup(files["harvest/sources.html"].decode(), "html.parser")
    assert short.find(id="p0").select_one("a")["href"] == "sources-a.html#p0"  # type: ignore[union-attr, index]


def test_origins_that_differ_are_named_first(harvest: Make) -> None:
    pages = [page("ledger", "grower", "200 apples"), *PAGES[1:3]]
    soup = site(harvest(pages=pages, article={"claims": [PICKED | {"cites": []}], "reviews": None}))[
        "harvest/among-themselves.html"
    ]
    assert said(soup.h1) == "Two of 3 pairs of origins differ"
    pairs = soup.select(".pair")
    assert said(pairs[0]).startswith("differs =HYPERLINK(1) and The grower")
    assert all(str(a["href"]).startswith("sources.html#") for a in pairs[0].select("p + p a"))
    cells = soup.select(".grid tbody td")
    assert len(cells) == 9 and sum(said(cell) == "itself" for cell in cells) == 3


def test_a_case_of_one_origin_has_nobody_to_differ(harvest: Make) -> None:
    soup = site(harvest(article={"claims": [PICKED], "reviews": None}, pages=[PAGES[0], PAGES[-1]]))
    among = soup["harvest/among-themselves.html"]
    assert said(among.h1) == "No two origins give a figure of one measure"


def test_every_verdict_and_relation_is_explained_where_it_leads_to(case: Case) -> None:
    pages = site(case)
    for term in (*Verdict, *Relation):
        place = pages["method.html"].find(id=f"_{term.replace(' ', '-')}")
        assert isinstance(place, Tag) and term.meaning[1:] in said(place)
    links = pages["harvest/claim/sold.html"].select("a[class^=is-]")
    assert {link["href"] for link in links} == {"../../method.html#_contradicted"}


def test_what_nobody_filled_in_is_called_open(case: Case) -> None:
    foot = said(site(case)["harvest/index.html"].footer)
    assert "Pages were read up to 1 April 2025, and judged as of that day." in foot
    assert "Corrections: no address is set yet." in foot and "Licence: none is set yet." in foot
    assert f"Reviewed by: An editor {HOSTILE} (1 figure)." in foot
    nobody = compose({}, [])["index.html"].decode()
    assert "No page says on which day it was read." in nobody and "Reviewed by: nobody yet." in nobody


@pytest.mark.parametrize(
    ("corrections", "link"),
    [
        ("desk@paper.example", "mailto:desk@paper.example"),
        ("https://paper.example/errors", "https://paper.example/errors"),
        ("javascript:alert(1)", None),
        ("write to us", None),
        ('a@b.example"onclick="x', None),
    ],
)
def test_who_answers_for_a_case_is_named(harvest: Make, corrections: str, link: str | None) -> None:
    imprint = {"publisher": "The Desk", "corrections": corrections, "licence": "CC BY 4.0"}
    given = {"reviews": None, "reviewed_by": "Ann Lee", "reviewed_on": "2025-05-01"}
    foot = site(harvest(article=given, imprint=imprint))["harvest/index.html"].footer
    assert "Reviewed by: Ann Lee on 1 May 2025." in said(foot)
    assert "Published by The Desk." in said(foot) and "Licence: CC BY 4.0." in said(foot)
    links = [a["href"] for a in foot.select("a") if said(a) == corrections]  # type: ignore[union-attr]
    assert links == ([link] if link else [])


def test_a_claim_that_is_judged_carries_its_review_for_machines(harvest: Make) -> None:
    imprint = {"publisher": "The Desk", "url": "https://desk.example/figures"}
    pages = site(harvest(imprint=imprint))
    script = pages["harvest/claim/picked.html"].select_one("head > script[type='application/ld+json']")
    assert script is not None and script.string is not None
    review = json.loads(script.string)
    assert (review["@type"], review["url"]) == (
        "ClaimReview", "https://desk.example/figures/harvest/claim/picked.html",
    )  # fmt: skip
    assert review["author"]["name"] == "The Desk"
    assert HOSTILE in review["itemReviewed"]["appearance"]["headline"]


def test_what_is_not_judged_has_no_review(harvest: Make) -> None:
    own = harvest(article={"claims": [PICKED], "reviews": None}, pages=[PAGES[0], PAGES[-1]])
    draft = harvest(article={"state": "draft"})
    for case in (own, draft):
        assert not site(case)["harvest/claim/picked.html"].find_all("script")


def test_data_in_a_page_cannot_end_their_element() -> None:
    data = json.dumps({"claim": "</script><script>alert(1)</script>"})
    assert "<" not in in_a_script(data) and json.loads(in_a_script(data)) == json.loads(data)


def test_no_page_shows_a_date_of_a_file_or_a_share_as_a_decimal(case: Case) -> None:
    for name, soup in site(case).items():
        assert not re.search(r"\b\d{4}-\d{2}\b", soup.get_text().replace("harvest-news", "")), name

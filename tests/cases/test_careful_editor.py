"""Two articles of other fields: every verdict is what a careful editor said before the program was asked."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from tallybook.charts import interval_table
from tallybook.cli.app import app

from .editors import EXPECTED, SHIPPED, TEXTS, Expectation, case, entries, expectations, project, text


def _param(expectation: Expectation) -> object:
    marks = [pytest.mark.xfail(reason=expectation.open, strict=True)] if expectation.open else []
    return pytest.param(expectation, id=f"{expectation.article}-{expectation}", marks=marks)


@pytest.mark.parametrize("expectation", [*map(_param, expectations())])
def test_the_program_says_what_a_careful_editor_says(expectation: Expectation) -> None:
    got = expectation.got()
    why = entries(expectation.article)[expectation.claim]["why"]
    assert expectation.holds(got), f"{got!r}, and an editor says {expectation.wanted!r}: {why}"


@pytest.mark.parametrize("article", EXPECTED)
def test_every_claim_is_judged_and_every_reason_given(article: str) -> None:
    judged = entries(article)
    assert list(judged) == list(case(article).comparison().claims)
    reasons = [entry for claim in judged.values() for entry in (claim, *claim.get("relations", {}).values())]
    assert [entry for entry in reasons if not entry["why"].rstrip("”").endswith(".")] == []


@pytest.mark.parametrize("article", EXPECTED)
def test_every_quotation_is_in_the_article(article: str) -> None:
    command = ["check", "--project", str(project(article)), "--article", article]
    command += ["--text", str(text(article))]
    run = CliRunner().invoke(app, command)
    assert run.exit_code == 0, run.output
    aside = len(case(article).article.set_aside)
    assert f"all {len(entries(article)) + aside} quotations of {article} are in" in run.output
    assert "is neither a claim nor set aside" not in run.output or article not in SHIPPED
    assert "is not the very text" not in run.output


@pytest.mark.parametrize("article", SHIPPED)
def test_whatever_shows_a_made_up_article_says_so(article: str) -> None:
    """Title, publisher and licence of it and of its pages; no address, so that none leads to a real one."""
    made, pages = case(article).article, case(article).pages()
    assert "made up for tallybook" in text(article).read_text(encoding="utf-8").splitlines()[2]
    assert len(pages) == 3
    assert {made.publisher, *pages["publisher"]} == {"made up for tallybook (CC0)"}
    assert [title for title in (made.title, *pages["title"]) if not title.startswith("Made up: ")] == []
    assert made.url is None and set(pages["url"]) == {""}


@pytest.mark.parametrize("article", SHIPPED)
def test_the_pages_of_a_made_up_article_have_the_words_quoted(article: str) -> None:
    """Those that are no tables: what a table says is computed again by ``check``."""
    book = case(article).book
    pages = [book.sources[name] for name in case(article).pages()["source"]]
    texts = {page.id: TEXTS / f"{page.id}.txt" for page in pages if page.table is None}
    assert texts
    for name, file in texts.items():
        said, written = file.read_text(encoding="utf-8"), [s.words for s in book.sources[name].statements]
        assert written and [words for words in written if words not in said] == []


AGAINST_ITSELF = {
    "made-up-jobs": (
        "“17,955” ÷ “20,507” − 1 = −12.4 percent; the article says “a drop of 21 per cent”.",
        "17,955 ÷ 20,507 − 1 = −12.4%, not 21 per cent.",
    ),
    "made-up-climate": (
        "“46 °F” cannot both be true: they allow 10.15–10.25 and 7.5–8.06; 2.09 degrees Celsius apart.",
        "10.2 °C is 50.4 °F as a reading; the bracket says 46 °F.",
    ),
}
"""What an article's claims say against each other, and its text."""


@pytest.mark.parametrize("article", SHIPPED)
def test_what_an_article_says_against_itself_is_told_of_its_claims_and_of_its_text(article: str) -> None:
    for asked, said in zip((article, str(text(article))), AGAINST_ITSELF[article], strict=True):
        run = CliRunner().invoke(app, ["selfcheck", asked, "--project", str(project(article))])
        assert said in run.output, run.output


@pytest.mark.parametrize("article", ["made-up-city-budget", "made-up-flood-toll"])
def test_no_article_is_called_inconsistent_with_itself(article: str) -> None:
    """What was planned for one year and what was spent in another are two things; a toll grows."""
    checks = case(article).checks()
    assert checks[checks["result"] == "inconsistent"]["why"].tolist() == []


def test_a_fall_is_drawn_below_a_rise() -> None:
    """The claim rises by 7.8 per cent; the police and the survey have falls."""
    drawn = interval_table(case("made-up-city-budget"), claim="burglaries")
    ticks = re.findall(r"<text[^>]*>([−\d.]+)</text>", drawn)
    assert ticks and ticks[0].startswith("−"), ticks

"""Two articles of other fields: every verdict is what a careful editor said before the program was asked."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from tallybook.charts import interval_table
from tallybook.cli.app import app

from .editors import EXPECTED, Expectation, case, entries, expectations
from .projects import MADE_UP


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
    text = MADE_UP[article] / "article.txt"
    command = ["check", "--project", str(MADE_UP[article]), "--text", str(text), "--article", article]
    run = CliRunner().invoke(app, command)
    assert run.exit_code == 0, run.output
    assert f"all {len(entries(article))} quotations of {article} are in" in run.output


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

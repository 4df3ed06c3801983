"""Which figures may bear on a claim: the right ones come first, though every link is hidden from the ranker.

The numbers are printed: ``pytest tests/intake/test_ranking.py -s``.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tallybook.book import Book, load_book
from tallybook.intake.claim_asked import asked_of
from tallybook.intake.figures_found import FigureFound, figures_of_statements, title_in
from tallybook.intake.match_words import why
from tallybook.intake.nearness import unit_fit
from tallybook.intake.ranking import Ranked, Ranking
from tallybook.intake.words_indexed import question, words_indexed

sys.path.insert(0, str(Path(__file__).parent))
from made_up_town import write_town
from ranking_measured import means, measured

DATA = Path(__file__).resolve().parents[1] / "data"
OTHER_FIELDS = ["made-up-city-budget", "made-up-flood-toll", "made-up-sea-crossings", "made-up-temperatures"]
LEAST_IN_FIRST, LEAST_IN_TEN = 0.85, 0.60


def told(name: str, book: Book, article: str) -> dict[str, tuple[float, float]]:
    ways = {
        "with the word index": measured(book, article),
        "without the word index": measured(book, article, by_words=False),
        "without the measure's definition": measured(book, article, by_meaning=False),
    }
    for way, found in ways.items():
        first, ten = means(found)
        print(f"{name}, {way}: {first:.1%} in the first 30, {ten:.1%} in the first 10")
    return {way: means(found) for way, found in ways.items()}


def test_the_first_case_with_all_links_removed() -> None:
    for one in measured(load_book(DATA / "first-case"), "kursk-engineers"):
        print(f"{one.claim}: {one.statements} statements, {one.in_first:.0%}, {one.in_first_ten:.0%}")
    ways = told("first case", load_book(DATA / "first-case"), "kursk-engineers")
    first, ten = ways["with the word index"]
    assert first >= LEAST_IN_FIRST
    assert ten >= LEAST_IN_TEN
    page = (DATA.parents[1] / "docs" / "match.md").read_text(encoding="utf-8").replace("\n", " ")
    for part in (first, ten, *ways["without the word index"]):
        assert f" {100 * part:.1f} %" in page, f"docs/match.md does not say {100 * part:.1f} %"


@pytest.mark.parametrize("name", OTHER_FIELDS)
def test_made_up_books_of_other_fields(name: str) -> None:
    book = load_book(DATA / name)
    first, ten = told(name, book, next(iter(book.articles)))["with the word index"]
    assert first >= LEAST_IN_FIRST
    assert ten >= LEAST_IN_TEN


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return load_book(write_town(tmp_path_factory.mktemp("town")))


def test_money_of_one_size_is_told_apart_by_words(town: Book) -> None:
    ways = told("town", town, "town")
    first, ten = ways["with the word index"]
    assert first >= LEAST_IN_FIRST
    assert ten >= 0.95 > ways["without the word index"][1]


@pytest.mark.parametrize(
    ("claim", "statement"),
    [("c-debt", "debt-4"), ("c-jobless", "jobless-2"), ("c-warming", "warming-2"), ("c-rain", "rain-2"),
     ("c-revenue", "revenue-4"), ("c-teachers", "teachers-3")],
)  # fmt: skip
def test_pages_in_other_languages_are_reached(town: Book, claim: str, statement: str) -> None:
    """Korean, Ukrainian, Indonesian, French, Italian, German: by the figure that is recorded or read."""
    article = town.articles["town"]
    asked = asked_of(town, article, next(c for c in article.claims if c.id == claim))
    ranked = Ranking(figures_of_statements(town), town.rates).of(asked)
    assert statement in [one.found.name for one in ranked[:10]]
    found = next(one for one in ranked if one.found.name == statement)
    assert found.words is None and "in another language" in why(asked, found)


def test_no_measure_of_a_statement_is_looked_at(town: Book) -> None:
    """The figures are the same whatever measure a statement is of."""
    swapped = replace(
        town,
        statements={
            id_: s.model_copy(update={"measure": "rain", "relays": "debt-0", "scope": None})
            for id_, s in town.statements.items()
        },
    )
    assert list(figures_of_statements(swapped)) == list(figures_of_statements(town))


def test_another_dimension_is_no_candidate(town: Book) -> None:
    """A share may be one of what a measure counts; it comes last."""
    article = town.articles["town"]
    for claim in article.claims:
        ranked = Ranking(figures_of_statements(town), town.rates).of(asked_of(town, article, claim))
        dimensions = {"c-jobless": {"jobless"}, "c-rain": {"rain", "jobless"}, "c-warming": {"warming"}}
        wanted = dimensions.get(claim.id)
        assert wanted is None or {one.found.name.partition("-")[0] for one in ranked} == wanted


def test_a_claim_without_a_measure_is_asked_by_its_words(town: Book) -> None:
    article = town.articles["town"]
    claim = article.claims[0].model_copy(update={"measure": "", "id": "new"})
    asked = asked_of(town, article, claim)
    ranked = Ranking(figures_of_statements(town), town.rates).of(asked)
    assert ranked[0].found.name == "spending-0"
    assert {str(one.near.quantity.unit) for one in ranked} == {"euro", "percent"}


def test_a_model_of_ones_own_is_asked_only_if_given(town: Book) -> None:
    asked_texts: list[str] = []

    def likeness(text: str, texts: Sequence[str]) -> list[float]:
        asked_texts.append(text)
        return [1.0 if "receipts" in one else math.nan if "owes" in one else 0.0 for one in texts]

    article = town.articles["town"]
    asked = asked_of(town, article, article.claims[2])
    ranked = Ranking(figures_of_statements(town), town.rates, likeness=likeness).of(asked)
    without = Ranking(figures_of_statements(town), town.rates).of(asked)

    def place(found: list[Ranked]) -> int:
        return [one.found.name for one in found].index("revenue-3")

    assert place(ranked) < place(without)
    assert len(asked_texts) == 1 and "owes its banks" in asked_texts[0]


def test_units(town: Book) -> None:
    figures = {figure.name: figure for figure in figures_of_statements(town)}

    def fit(measure: str, statement: str) -> float:
        figure = figures[statement]
        return unit_fit(town.measures[measure], figure.quantities[0], figure.nouns, ()).fit

    assert fit("rain", "rain-1") == 1  # centimetres are millimetres
    assert fit("teachers", "teachers-1") == 1  # educators are among its nouns
    assert fit("rain", "warming-0") == 0
    assert fit("jobless", "teachers-0") == 0
    assert 0 < fit("teachers", "jobless-0") < 0.5  # a share of them, perhaps


def test_words_are_found_in_any_writing() -> None:
    assert words_indexed("Soldiers were sent") == "send soldier"
    assert question(["більше військових"]) == '"біль"* OR "військов"*'
    assert question(["北朝鮮"]) == '"北朝" OR "朝鮮"'
    assert question(['"; DROP TABLE said_words; --', "x" * 10_000, "*", "NEAR(a b)"]).count('"') % 2 == 0
    assert question([]) == ""


def test_an_address_may_carry_a_title() -> None:
    assert title_in("https://a.example/2024/11/troops-in-the-north-1234.html") == "troops in the north"
    assert title_in("https://a.example/news/12345") is None
    assert title_in(None) is None


def test_hostile_words_do_no_harm(town: Book) -> None:
    figure = next(figures_of_statements(town))
    bad: list[FigureFound] = [
        replace(figure, name=f"bad{k}", sentence=text, words=text[:200], about=text)
        for k, text in enumerate(['"' * 5_000, "\x00\x1b[31m", "(" * 3_000, "a" * 100_000, "𝒳‮ OR 1=1"])
    ]
    article = town.articles["town"]
    ranked = Ranking([figure, *bad], ()).of(asked_of(town, article, article.claims[0]))
    assert {one.found.name for one in ranked} == {figure.name, *(one.name for one in bad)}

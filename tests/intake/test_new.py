"""A new case: every figure of the article a claim with its place, the rest set aside, guesses marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tallybook.book import Book
from tallybook.book.load import load_book
from tallybook.intake.article_text import read_article
from tallybook.intake.found_figures import found_figures
from tallybook.reading import read

from .conftest import ARTICLE, Run


def claims(root: Path) -> dict[str, dict[str, Any]]:
    """The claims of the draft by their words."""
    data = yaml.safe_load((root / "claims" / "town.yaml").read_text(encoding="utf-8"))
    return {claim["anchor"]["exact"]: claim for claim in data["claims"]}


def test_the_draft_has_every_figure_and_nothing_else(drafted: Path) -> None:
    assert list(claims(drafted)) == [
        "12 people", "27.4 million passengers", "18,500 potholes", "2,000 new homes", "900 people",
        "grow by 2.4 per cent",
    ]  # fmt: skip


def test_what_is_no_claim_is_set_aside_with_the_reason(drafted: Path) -> None:
    article = load_book(drafted).articles["town"]
    kinds = {aside.anchor.exact: aside.kind for aside in article.set_aside}
    assert kinds["52"] == "age"
    assert kinds["six years"] == "date"
    assert kinds["3 April 2025"] == "date"
    assert {kinds[words] for words in ("30", "1234567")} == {"phone"}
    assert kinds["5 min"] in ("page", "page furniture")
    assert all(aside.because for aside in article.set_aside)


def test_every_anchor_is_where_it_says_and_no_figure_is_left_out(drafted: Path, tb_run: Run) -> None:
    (text,) = (drafted / ".cache" / "texts").iterdir()
    done = tb_run("check", "--text", text)
    assert done.exit_code == 0, done.output
    assert "every figure that was read in it is a claim or set aside" in done.output


def test_the_words_of_an_anchor_read_alone_as_the_same_figure(drafted: Path) -> None:
    in_text = {
        (m.low, m.high, m.modifier, m.unit, m.trend) for m in read(read_article(ARTICLE.encode()).text)
    }
    for words in claims(drafted):
        alone = read(words)
        assert len(alone) == 1
        assert (alone[0].low, alone[0].high, alone[0].modifier, alone[0].unit, alone[0].trend) in in_text


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("12 people", "attributed_to", "the police"),
        ("27.4 million passengers", "attributed_to", None),
        ("18,500 potholes", "attributed_to", "Mayor Anna Berg"),
        ("2,000 new homes", "attributed_to", "the Made-up Harbour council"),
        ("grow by 2.4 per cent", "attributed_to", "the Made-up Finance Ministry"),
        ("grow by 2.4 per cent", "status", "forecast"),
        ("2,000 new homes", "status", "planned"),
        ("900 people", "status", "capacity"),
        ("12 people", "status", None),
        ("12 people", "reference_period", "2025-06-15"),
        ("27.4 million passengers", "reference_period", "2024"),
        ("2,000 new homes", "reference_period", "2030"),
        ("grow by 2.4 per cent", "reference_period", "2025"),
        ("27.4 million passengers", "measure", "made_up_city_tram_passengers"),
        ("18,500 potholes", "measure", "made_up_city_potholes"),
        ("900 people", "measure", None),
    ],
)
def test_what_the_words_say_is_guessed_and_marked(
    drafted: Path, words: str, field: str, value: str | None
) -> None:
    claim = claims(drafted)[words]
    assert claim.get(field) == value
    if value is not None:
        assert field in claim["guessed"]
    assert "attributed_to" in claim["guessed"]


def test_a_repeat_is_one_claim_said_twice(drafted: Path) -> None:
    assert [also["paragraph"] for also in claims(drafted)["18,500 potholes"]["also"]] == [6]


def test_equal_numbers_of_other_things_are_two_claims() -> None:
    text = "Three people were killed in the made-up fire.\n\nPolice later arrested three people in a bar."
    found = found_figures(read_article(text.encode()), "-", "en")
    assert [len(figure.also) for figure in found.figures] == [0, 0]


def test_the_text_stays_out_of_the_book(drafted: Path) -> None:
    written = (drafted / "claims" / "town.yaml").read_text(encoding="utf-8")
    assert "Nobody counted" not in written
    assert (drafted / ".cache" / ".gitignore").read_text(encoding="utf-8").splitlines()[-1] == "*"


def test_without_a_date_today_is_written_and_not_trusted(city: Path, tb_run: Run) -> None:
    done = tb_run("new", city / "article.txt", "--id", "town")
    assert "no date of publication was found" in done.output
    book: Book = load_book(city)
    assert book.articles["town"].published_is == "unreliable"
    assert "reference_period" not in claims(city)["12 people"]
    assert claims(city)["27.4 million passengers"]["reference_period"] == "2024"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--id", "No Such Id"), "'No Such Id' is no id"),
        (("--id", "town", "--language", "xx"), "language 'xx' is not read"),
        (("--id", "../town"), "'../town' is no id"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_written(
    city: Path, tb_run: Run, words: tuple[str, ...], told: str
) -> None:
    done = tb_run("new", city / "article.txt", *words)
    assert done.exit_code == 1
    assert told in done.output
    assert [path.name for path in (city / "claims").iterdir()] == ["measures.yaml"]


def test_a_case_that_is_there_is_not_overwritten(drafted: Path, tb_run: Run) -> None:
    before = (drafted / "claims" / "town.yaml").read_bytes()
    done = tb_run("new", drafted / "article.txt", "--id", "town")
    assert done.exit_code == 1
    assert "is there already" in done.output
    assert (drafted / "claims" / "town.yaml").read_bytes() == before


def test_a_text_without_figures_makes_no_case(city: Path, tb_run: Run) -> None:
    (city / "empty.txt").write_text("Nothing is counted here.\n", encoding="utf-8")
    done = tb_run("new", city / "empty.txt")
    assert done.exit_code == 1
    assert "no figure was read in it" in done.output


def test_one_text_makes_the_same_claims_from_any_file(city: Path, tb_run: Run) -> None:
    paragraphs = ARTICLE.strip().split("\n\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs[1:])
    article = f"<article><h1>{paragraphs[0]}</h1>{body}</article>"
    page = f"<!doctype html><html lang=en><body>{article}</body></html>"
    (city / "page.html").write_text(page, encoding="utf-8")
    (city / "page.md").write_text(f"# {ARTICLE}", encoding="utf-8")
    told = []
    for k, name in enumerate(("article.txt", "page.md", "page.html")):
        done = tb_run("new", city / name, "--id", f"town{k}", "--published", "2025-06-20")
        assert done.exit_code == 0, done.output
        figures = load_book(city).articles[f"town{k}"].figures
        told.append([(f.anchor.exact, f.reference_period, f.attributed_to) for f in figures])
    assert told[0] == told[1] == told[2]


def test_hostile_words_make_a_book_that_loads(city: Path, tb_run: Run) -> None:
    text = "=cmd() 4,000 loaves: {{7*7}} & *12 crumbs* \u202e900 rolls\u202c # [b]5 tins[/b] - yes: no\n"
    (city / "hostile.txt").write_text(text, encoding="utf-8")
    done = tb_run("new", city / "hostile.txt", "--id", "hostile")
    assert done.exit_code == 0, done.output
    load_book(city)
    assert "\u202e" not in done.output


def test_notes_of_a_draft_become_sources_to_be_seen(city: Path) -> None:
    from dataclasses import replace
    from datetime import date

    from tallybook.intake.article_text import Annotation
    from tallybook.intake.new_case import new_case

    article = read_article(ARTICLE.encode())
    at = article.text.index("27.4 million") + len("27.4 million passengers")
    note = Annotation(at, at, "footnote", "Yearbook, p. 4, https://trams.example/yearbook.")
    made = new_case(city, replace(article, annotations=(note,)), "-", {"id": "town"}, date(2025, 6, 20))
    book = load_book(city)
    assert made.notes == 1
    assert claims(city)["27.4 million passengers"]["cites"] == ["town-note-1"]
    page = book.sources["town-note-1"]
    assert (page.seen, page.url, page.publisher) == (False, "https://trams.example/yearbook", "trams.example")

"""ClaimReview, read back by a JSON-LD processor: only judgements, in the words of the verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tallybook.exchange.claimreview import case_review, claim_review, files, judgements
from tallybook.exchange.json_text import json_bytes, json_text
from tallybook.exchange.outlet import Outlet
from tallybook.tables.case import Case
from tallybook.terms import Verdict

from .linked_data import SCHEMA, graph, value

JUDGED = {Verdict.CORROBORATED, Verdict.SUPPORTED, Verdict.DISPUTED, Verdict.CONTRADICTED}


def reviews(case: Case, outlet: Outlet | None = None) -> list[dict[str, Any]]:
    return graph(json_bytes(case_review(case, outlet))).get(f"{SCHEMA}ClaimReview", [])


def rating_words(case: Case) -> list[str]:
    ratings = graph(json_bytes(case_review(case))).get(f"{SCHEMA}Rating", [])
    return sorted(value(rating, f"{SCHEMA}alternateName") for rating in ratings)


def test_a_claim_has_a_review_if_and_only_if_its_verdict_is_a_judgement(case: Case) -> None:
    table = case.verdicts()
    wanted = table[table["verdict"].isin(list(JUDGED))]
    assert sorted(value(r, f"{SCHEMA}claimReviewed") for r in reviews(case)) == sorted(wanted["words"])
    assert judgements(case) == list(wanted["claim"])


def test_the_rating_is_the_verdict_in_its_own_word_without_a_scale(case: Case) -> None:
    table = case.verdicts()
    judged = table[table["verdict"].isin(list(JUDGED))]
    assert sorted(words.rpartition("; the finding: ")[2] for words in rating_words(case)) == sorted(
        judged["verdict"]
    )
    for rating in graph(json_bytes(case_review(case))).get(f"{SCHEMA}Rating", []):
        assert {name.removeprefix(SCHEMA) for name in rating} == {
            "@id", "@type", "alternateName", "ratingExplanation"
        }  # fmt: skip


def test_a_claim_that_names_who_said_it_is_headed_by_whether_that_is_so(first_case: Case) -> None:
    assert rating_words(first_case) == ["quoted so; the finding: corroborated"] * 2


def test_the_claim_names_the_article_and_what_the_article_names(first_case: Case) -> None:
    things = graph(json_bytes(claim_review(first_case, "troops-sent")))
    (claim,), (article,) = things[f"{SCHEMA}Claim"], things[f"{SCHEMA}Article"]
    assert value(claim, f"{SCHEMA}text") == "over 10,000 DPRK [North Korean] soldiers"
    assert value(claim, f"{SCHEMA}creditText") == "Vedant Patel, US State Department"
    assert value(article, f"{SCHEMA}url") == first_case.url
    assert value(article, f"{SCHEMA}datePublished") == "2025-12-15"


def test_the_day_is_the_last_on_which_a_page_was_read(first_case: Case) -> None:
    assert [value(r, f"{SCHEMA}datePublished") for r in reviews(first_case)] == ["2026-11-23"] * 2


def test_what_is_not_known_is_left_out_and_what_is_given_is_there(first_case: Case) -> None:
    for review in reviews(first_case):
        assert f"{SCHEMA}author" not in review and f"{SCHEMA}url" not in review
    named = reviews(first_case, Outlet("The Daily", "https://daily.example/figures/"))
    page = "https://daily.example/figures/kursk-engineers/claim/{}.html"
    assert {value(review, f"{SCHEMA}url") for review in named} == {
        page.format("troops-sent"), page.format("moved-to-kursk")
    }  # fmt: skip
    things = graph(json_bytes(case_review(first_case, Outlet("The Daily"))))
    assert "The Daily" in [value(one, f"{SCHEMA}name") for one in things[f"{SCHEMA}Organization"]]


def test_the_pages_that_decide_are_cited(small_case: Callable[..., Case]) -> None:
    case = small_case(
        [
            {"words": "10,400 loaves", "origin": "a", "page": "yes"},
            {"words": "9,000 loaves", "origin": "b", "page": "no"},
            {"words": "9,000 loaves", "origin": "b", "relays": "s1", "page": "repeats"},
            {"words": "70 rye loaves", "origin": "c", "scope": "rye", "page": "aside"},
        ],
        [{"words": "10,400 loaves"}],
    )
    review = claim_review(case, "c0")
    assert review is not None
    assert {page["publisher"]["name"] for page in review["citation"]} == {"Paper yes", "Paper no"}
    assert review["reviewRating"]["alternateName"] == "disputed"


def test_a_draft_has_no_review(small_case: Callable[..., Case]) -> None:
    said = [{"words": "nine loaves", "origin": "a"}, {"words": "nine loaves", "origin": "b"}]
    reviewed = small_case(said, [{"words": "nine loaves"}])
    draft = small_case(said, [{"words": "nine loaves"}], article={"state": "draft"})
    assert len(reviews(reviewed)) == 1
    assert reviews(draft) == [] and claim_review(draft, "c0") is None
    assert [name for name, _ in files(draft, Outlet())] == ["claimreview.jsonld"]


def test_an_unknown_claim_is_an_error(first_case: Case) -> None:
    with pytest.raises(KeyError):
        claim_review(first_case, "nobody")


def test_nothing_of_a_hostile_book_is_markup_and_all_of_it_comes_back(hostile: Case) -> None:
    text = json_text(case_review(hostile))
    assert "<" not in text and ">" not in text and "&" not in text
    words = hostile.comparison().claims["c0"].words
    assert [value(review, f"{SCHEMA}claimReviewed") for review in reviews(hostile)] == [words, words]

"""The part of a book that a case is made of: the case comes out of it as it comes out of the whole book."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from tallybook.estimates.evidence import Evidence
from tallybook.estimates.part import Parts
from tallybook.tables.case import Case
from tallybook.tables.opened import OpenBook, open_book
from tallybook.terms import AsOf

ROOT = Path(__file__).resolve().parents[2]
TABLES: tuple[Callable[[Case], pd.DataFrame], ...] = (
    Case.verdicts, Case.compare, Case.estimates, Case.sources, Case.pages, Case.origins, Case.drift,
    Case.between, Case.checks, Case.robustness,
)  # fmt: skip


@pytest.fixture(scope="module")
def book() -> OpenBook:
    """That of this repository: three cases of other fields."""
    return open_book(ROOT)


@pytest.mark.parametrize("case", ["kursk-engineers", "made-up-climate", "made-up-jobs"])
def test_a_case_comes_out_of_its_part_as_out_of_the_whole_book(book: OpenBook, case: str) -> None:
    part = Parts(book.evidence).of(book.book.articles[case])
    assert list(part.articles) == [case]
    assert len(part.statements) < len(book.book.statements)
    alone = Case(Evidence(part), part.articles[case])
    for table in TABLES:
        pd.testing.assert_frame_equal(table(alone), table(book[case]))
    then = alone.verdicts(AsOf.WRITTEN), book[case].verdicts(AsOf.WRITTEN)
    pd.testing.assert_frame_equal(*then)
    assert alone.answer == book[case].answer
    assert alone.sources_answer == book[case].sources_answer


def test_what_bears_on_no_claim_of_a_case_is_not_in_its_part(book: OpenBook) -> None:
    parts = Parts(book.evidence)
    climate = parts.of(book.book.articles["made-up-climate"])
    jobs = parts.of(book.book.articles["made-up-jobs"])
    assert not set(climate.statements) & set(jobs.statements)
    assert not set(climate.measures) & set(jobs.measures)


def test_what_stands_on_a_cited_page_and_who_shares_with_an_origin_is_in_it(
    small_case: Callable[..., Case],
) -> None:
    case = small_case(
        [
            {"page": "cited", "words": "nine loaves"},
            {"page": "cited", "words": "12 crumbs", "measure": "crumbs"},
            {"words": "8 crumbs", "measure": "crumbs", "origin": "d"},
        ],
        [{"cites": ["cited"], "origin": "b"}],
        origins=[{"id": "b", "shares_with": ["c"]}],
        article={"related_measures": []},
    )
    part = Parts(case.evidence).of(case.article)
    assert {"s0", "s1"} <= set(part.statements)
    assert {"a", "b", "c"} <= set(part.origins)

"""A book that ``check`` finds sound can be asked everything; of any other, ``check`` names the problems."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallybook.book import BookError
from tallybook.tables.case import Case
from tallybook.tables.opened import open_book

from .made_up_books import write_book


def ask_everything(case: Case) -> None:
    for as_of in ("written", "today"):
        assert len(case.verdicts(as_of)) == len(case.article.claims)
        pairs = case.compare(as_of)
        for claim in case.article.claims:
            assert len(case.explain(claim.id, as_of=as_of))
        for claim_id, estimate in list(zip(pairs["claim"], pairs["estimate"], strict=True))[:3]:
            assert len(case.explain(claim_id, estimate, as_of=as_of))
        case.matrix(as_of)
    assert len(case.figures()) == len(case.zones()) == len(case.article.claims)
    case.drift()
    case.drift_summary()
    case.checks()
    assert case.answer


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("any_book")


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(draw=st.randoms(use_true_random=False))
def test_what_check_lets_pass_can_be_asked_everything(root: Path, draw: random.Random) -> None:
    write_book(root, draw)
    try:
        opened = open_book(root)
    except BookError as error:
        for problem in error.problems:
            assert (
                (root / problem.file).is_file() and problem.line >= 1 and problem.message.endswith((".", "?"))
            )
        return
    ask_everything(opened["bread"])
    assert len(opened) == len(opened.cases())


def test_some_sound_books_are_tried_to_the_end(root: Path) -> None:
    tried = 0
    for seed in range(200):
        write_book(root, random.Random(seed))
        try:
            case = open_book(root)["bread"]
        except BookError:
            continue
        ask_everything(case)
        case.robustness()
        case.sensitivity("written")
        tried += 1
        if tried == 10:
            return
    pytest.fail(f"only {tried} of the books made up are sound")

"""What ``check`` passes can be asked everything; what it does not pass it names, with a place and a remedy.

The books are random, over all kinds of measures and all fields of the records. The first ones are the same in
every run; ``tests/book/books_of_every_field.py`` makes them, ``ask_everything.py`` asks.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tallybook.book import BookError
from tallybook.book import records as record_types
from tallybook.terms import Kind

from .ask_everything import questions
from .books_of_every_field import MEASURE_RECORDS, BookMaker, book_of_files, random_files

ONE_DRAWN_IN = 6
"""Charts take most of the time: of so many books one is drawn."""

MANY = 400
LARGE_PART = 0.7


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("promise")


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32 - 1))
@example(seed=17)  # a derived figure of a fiscal year
@example(seed=1024)  # charts of a claim below zero; a ratio to a number below zero
def test_what_check_passes_can_be_asked_everything(folder: Path, seed: int) -> None:
    try:
        book = book_of_files(random_files(seed), folder)
    except BookError as error:
        for problem in error.problems:
            assert problem.file and problem.line >= 1 and problem.message.endswith((".", "?"))
        return
    drawn = seed % ONE_DRAWN_IN == 0 or seed == 1024
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, ask in questions(book, folder, drawn=drawn):
            try:
                ask()
            except Exception as error:
                pytest.fail(f"book {seed}: {name}: {type(error).__name__}: {error}")
            finally:
                plt.close("all")


def test_a_large_part_of_the_books_passes(folder: Path, record_property: Any) -> None:
    passed = 0
    for seed in range(MANY):
        try:
            book_of_files(random_files(seed), folder)
        except BookError:
            continue
        passed += 1
    record_property("passed", passed / MANY)
    print(f"{passed} of {MANY} random books pass check")
    assert passed >= LARGE_PART * MANY


def test_the_books_have_every_field_of_every_record(folder: Path) -> None:
    """So that a new field joins them, or is listed here with the reason."""
    seen: set[str] = set()
    for seed in range(MANY):
        _collect(random_files(seed), seen)
    models = [
        getattr(record_types, name)
        for name in ("Statement", "Claim", "Source", "Article", "Measure", "Origin", "Group", "Derivation",
                     "Review", "Matched", "Table", "Query", "Recorded", "ShareOf", "Inside", "Spread",
                     "PolicyRecord", "ExchangeRate")
    ]  # fmt: skip
    fields = {key for model in models for key in model.model_fields}
    of_the_loader = {"unmeasured", "drafted"}  # of a draft, which stand in the file among the others
    assert fields - seen == of_the_loader
    assert {str(record["kind"]) for record in MEASURE_RECORDS.values()} == set(map(str, Kind))


def test_a_seed_makes_one_book() -> None:
    assert random_files(7) == BookMaker(random.Random(7)).files()


def _collect(value: Any, seen: set[str]) -> None:
    if isinstance(value, dict):
        seen.update(value)
        for item in value.values():
            _collect(item, seen)
    elif isinstance(value, list):
        for item in value:
            _collect(item, seen)

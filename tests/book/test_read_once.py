"""The words of each record are read once, when the book is loaded, and never again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tallybook.book import Book, load_book
from tallybook.book.figures import read
from tallybook.tables.opened import open_book

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often which words were read, where no earlier run has read them."""
    monkeypatch.setattr("tallybook.book.known_files.FEWEST", 1_000_000)
    counted: Counter[str] = Counter()

    def counting(words: str, **settings: Any) -> Any:
        counted[words] += 1
        return read(words, **settings)

    monkeypatch.setattr("tallybook.book.figures.read", counting)
    return counted


def words_to_read(book: Book) -> Counter[str]:
    """Of every record whose figure is neither a date nor recorded with a reason."""
    found = [
        s.words
        for s in book.statements.values()
        if (figure := book.figure_of_statement[s.id]) is not None and figure.by == "reader"
    ]
    found += [figure.words for figure in book.figure_of_claim.values() if figure.by == "reader"]
    return Counter(found)


def test_the_words_of_a_record_are_read_once(readings: Counter[str]) -> None:
    book = load_book(ROOT)
    assert readings == words_to_read(book) and sum(readings.values()) > 150


def test_nothing_is_read_after_the_book_is_open(readings: Counter[str]) -> None:
    case = open_book(ROOT)["kursk-engineers"]
    readings.clear()
    for as_of in ("written", "today"):
        case.verdicts(as_of)
    case.robustness()
    case.drift()
    case.checks()
    assert not readings


def test_every_record_has_its_figure(project: Path) -> None:
    book = load_book(project)
    assert set(book.figure_of_statement) == set(book.statements)
    assert set(book.figure_of_claim) == {("bread", "sold")}

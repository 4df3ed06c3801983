"""Which figures a book reads from its words: those in a language with a lexicon. Others are recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.book import BookError, load_book
from tallybook.prose import in_words

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("source", "words", "read"),
    [
        ("heute-undated", "Neun Soldaten", "9 soldiers"),
        ("politarena-undated", "40% боєприпасів", "40%"),
        (
            "tsn-undated",
            "близько 6,5 мільйона артилерійських снарядів",
            "about 6.5 million shells",
        ),
    ],
)
def test_statements_in_german_and_ukrainian_are_read_from_their_words(
    source: str, words: str, read: str
) -> None:
    book = load_book(ROOT)
    (statement,) = book.sources[source].statements
    assert statement.words == words and statement.recorded is None
    figure = book.figure_of_statement[statement.id]
    assert figure is not None and figure.by == "reader" and figure.because is None
    assert in_words(figure.quantity) == read


def _in(project: Path, language: str, words: str) -> str:
    path = project / "sources/herald.yaml"
    text = path.read_text(encoding="utf-8").replace("language: en", f"language: {language}")
    path.write_text(text.replace("4,000 loaves", words), encoding="utf-8")
    book = load_book(project)
    figure = book.figure_of_statement["herald-1"]
    assert figure is not None
    return f"{figure.by}: {in_words(figure.quantity)}"


def test_a_number_as_its_language_prints_it(project: Path) -> None:
    assert _in(project, "de", "rund 4.000") == "reader: about 4,000"


def test_another_language_must_be_recorded(project: Path) -> None:
    with pytest.raises(BookError, match=r"'ko' is not read yet \(read are de, en, uk\).*record the figure"):
        _in(project, "ko", "4,000개")


def test_what_is_recorded_stands_for_words_that_are_not_read(project: Path) -> None:
    recorded = "4,000개\n    recorded: {low: 4000, modifier: exact, because: Korean is not read}"
    assert _in(project, "ko", recorded) == "recorded: 4,000"

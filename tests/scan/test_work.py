"""Texts → rows: what the reader reads, no more and no less, and never an end of the scan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.reading import Mention, read
from tallybook.scan import work as work_module
from tallybook.scan.columns import FIELDS, MENTIONS, TABLES, TEXTS, column, schema
from tallybook.scan.settings import Settings
from tallybook.scan.text import Text
from tallybook.scan.work import Rows, work

from .test_inputs import PAGE


def rows_of(*texts: Text, settings: Settings | None = None) -> Rows:
    made = Rows()
    for rows in work(texts, settings or Settings()):
        made.mentions += rows.mentions
        made.texts += rows.texts
    return made


def text(content: str | bytes, **more: object) -> Text:
    return Text("t", "a.jsonl", 0, content, **more)  # type: ignore[arg-type]


def figures(rows: Rows) -> list[dict[str, object]]:
    return [dict(zip(MENTIONS, row, strict=True)) for row in rows.mentions]


PIECES = (
    "Over 12 men came. ",
    "It is 5% of the harvest. ",
    "From 3 to 4 million loaves a day, ",
    "\n\n",
    "No. 7. ",
    "On 3 May 2024 some 40 of 90 mills closed, she said. ",
    "“Ünlü” 1,5 ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_a_row_has_what_the_reader_reads(pieces: list[str]) -> None:
    content = "".join(pieces)
    found = figures(rows_of(text(content)))
    reading = read(content)
    assert len(found) == len(reading)
    for row, mention in zip(found, reading, strict=True):
        stated = mention._asdict() | {"hedges": " ".join(mention.hedges)}
        assert {name: row[name] for name in FIELDS} == {name: stated[name] for name in FIELDS}
        assert content[row["start"] : row["end"]] == row["words"]  # type: ignore[misc]
        assert str(row["words"]) in str(row["sentence_text"])


def test_every_field_of_a_figure_is_a_column_that_is_explained() -> None:
    assert set(Mention._fields) - set(FIELDS) == {"sentence", "kind"}
    for table, names in TABLES.items():
        assert [field.name for field in schema(table)] == list(names)
        assert all(column(name).meaning for name in names)


def test_the_time_is_told_as_the_words_say_it() -> None:
    words = "In March 2024 some 40 mills closed. Then 50 more. In July it was 60 mills."
    first, second, third = figures(rows_of(text(words, published=date(2025, 2, 1))))
    assert (first["period"], second["period"], third["period"]) == ("2024-03", "", "2024-07")
    assert first["text_published"] == date(2025, 2, 1)


@given(st.text(alphabet=st.sampled_from("Maylst yearonthi20 1245nex"), max_size=60))
def test_the_quick_look_for_a_date_misses_none(words: str) -> None:
    from tallybook.intake.when_words import period_of, status_of

    reading = read(f"12 men {words}. In the last year 5 men.")
    for mention in reading:
        slow = period_of(mention, reading, date(2025, 2, 1), status_of(mention, reading.text)) or ""
        assert work_module._Dated(reading, date(2025, 2, 1)).period(mention) == slow


def test_a_text_without_figures_and_one_that_cannot_be_read_are_counted() -> None:
    rows = rows_of(text("Nothing."), text("", error="is no JSON."), text("12 men"))
    told = [dict(zip(TEXTS, row, strict=True)) for row in rows.texts]
    assert [(row["figures"], row["error"]) for row in told] == [(0, ""), (0, "is no JSON."), (1, "")]


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (b"12 men\nand \xff", "text", "byte 0xff in line 2 is not valid UTF-8."),
        (b"%PDF-1.4 no such thing", "pdf", "PDF"),
        (b"PK\x03\x04 no such thing", "docx", ""),
        (b"", "html", "has no text"),
        (b"<p>" * 300_000, "html", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_told(content: bytes, kind: str, why: str) -> None:
    ((*_, figures_, error),) = rows_of(text(content, kind=kind)).texts
    assert figures_ == 0 and error and why in error


def test_a_page_is_read_as_one_and_keeps_its_day() -> None:
    dated = PAGE.replace(b"<title>", b'<meta property="article:published_time" content="2024-05-01"><title>')
    found = figures(rows_of(text(dated, kind="html", content_type="text/html")))
    assert [row["words"] for row in found] == ["More than 300 mills", "200 mills"]
    assert {row["text_published"] for row in found} == {date(2024, 5, 1)}


def test_a_reader_that_falls_is_an_error_of_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def falls(content: Text) -> object:
        raise ZeroDivisionError("of a library")

    monkeypatch.setattr(work_module, "_content", falls)
    ((*_, error),) = rows_of(text("12 men")).texts
    assert error == "cannot be read: ZeroDivisionError: of a library"


def test_a_text_of_more_figures_than_are_read_keeps_the_first_and_says_so() -> None:
    content = "It was 12 men and 13 women. " * 20_000
    rows = rows_of(text(content), settings=Settings(most_figures=10_000))
    ((*_, figures_, error),) = rows.texts
    assert 0 < figures_ == len(rows.mentions) <= 10_000
    assert error == "has more than 10,000 figures; those behind are left out."


def test_a_cell_is_short_whatever_the_text_is() -> None:
    """A sentence without an end stands in the row of each of its figures."""
    content = "so " * 5_000 + "12 men and " * 300 + "a " * 5_000
    for row in figures(rows_of(text(content))):
        assert len(str(row["sentence_text"])) <= 3 * work_module.LONGEST_WORDS
        assert len(str(row["words"])) <= work_module.LONGEST_WORDS


def test_what_another_process_found_to_hold_it_up_is_not_read(tmp_path: Path) -> None:
    texts = [text("12 men"), text("13 men"), text("14 men")]
    made = [row for rows in work(texts, Settings(), skipped={1: "ended the process."}) for row in rows.texts]
    assert [(row[-2], row[-1]) for row in made] == [(1, ""), (0, "ended the process."), (1, "")]


def test_the_number_of_a_text_is_told_before_it_is_read() -> None:
    told: list[int] = []

    def read_() -> object:
        for n in range(3):
            assert told[-1] == n
            yield text(f"{n + 12} men")

    list(work(read_(), Settings(), at=told.append))  # type: ignore[arg-type]

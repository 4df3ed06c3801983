"""``--match``: the figures of an archive that a source of the book states or contradicts, by the law."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallybook.book.problems import BookError
from tallybook.cli.app import app
from tallybook.intake.known import KnownFigures
from tallybook.program import code_digest
from tallybook.reading import read
from tallybook.scan.inputs import Carried, Part
from tallybook.scan.manifest import Manifest
from tallybook.scan.part import Job, finish
from tallybook.scan.place import MANIFEST, Place
from tallybook.scan.settings import Settings, book_digest
from tallybook.scan.text import Text
from tallybook.tables.opened import open_book

from .archive import lines, scanned, table

FIRST_CASE = Path(__file__).resolve().parents[1] / "data" / "first-case"
SAID = "In 2025 about 500 military builders were sent to Russia."
TRUE = "North Korea sent 12,000 soldiers to Russia."
OTHER = "The bakery sold 340 loaves on Monday. Nine people were hurt."


@pytest.fixture(scope="module")
def known() -> KnownFigures:
    return KnownFigures(open_book(FIRST_CASE).evidence, date(2026, 1, 1))


def watching() -> Settings:
    return Settings(book=str(FIRST_CASE), book_digest=book_digest(FIRST_CASE))


def test_what_a_source_states_or_contradicts_is_written_and_nothing_else(tmp_path: Path) -> None:
    said = [{"id": "a", "text": OTHER}, {"id": "b", "text": f"{OTHER}\n\n{SAID}"}, {"id": "c", "text": TRUE}]
    (tmp_path / "a.jsonl").write_bytes(lines(said))
    done = scanned(tmp_path, tmp_path / "a.jsonl", settings=watching())
    rows = table(done.place.tables["watch"])
    assert [(row["text_id"], row["known"], row["words"]) for row in rows] == [
        ("b", "contradicted", "about 500 military builders"),
        ("c", "stated", "12,000 soldiers"),
    ]
    contradicted, stated = rows
    assert contradicted["relation"] == "differs" and contradicted["measure"] == "engineer_builders_sent"
    assert "LIGA.net" in contradicted["answer"] and contradicted["url"].startswith("https://")
    assert contradicted["estimate"] in open_book(FIRST_CASE).evidence.estimates
    assert stated["measure"] == "dprk_troops_sent_total"
    start, end = contradicted["start"], contradicted["end"]
    assert said[1]["text"][start:end] == contradicted["words"]
    assert done.counts.watched == 2


def test_many_texts_at_once_get_the_answers_that_each_gets_alone(known: KnownFigures) -> None:
    texts = [
        OTHER,
        SAID,
        TRUE,
        f"{TRUE} {SAID}",
        "Over 11,000 soldiers of North Korea were sent to Russia.",
    ] * 3
    together = known.by_law([read(text) for text in texts], [None] * len(texts))
    assert together == [known.by_law([read(text)], [None])[0] for text in texts]
    assert {answer.known.fails for of_text in together for answer in of_text} == {True, False}


def test_lint_and_the_watch_say_the_same(known: KnownFigures) -> None:
    for text in (OTHER, SAID, TRUE):
        reading = read(text)
        (watched,) = known.by_law([reading], [None])
        for linted, one in zip(known.answers(reading), watched, strict=True):
            assert linted == one or linted.known == "perhaps"


def test_a_text_is_judged_as_of_its_day(known: KnownFigures) -> None:
    reading, early, late = read(TRUE), date(2024, 1, 1), date(2026, 1, 1)
    found = known.by_law([reading, reading, reading], [early, late, None])
    for answers, day in zip(found, (early, late, late), strict=True):
        assert answers == KnownFigures(known.evidence, day).by_law([reading], [None])[0]
    assert [answers[0].known for answers in found] == ["unknown", "stated", "stated"]


def test_a_book_that_changed_since_is_told(tmp_path: Path) -> None:
    settings = Settings(book=str(FIRST_CASE), book_digest="other")
    with pytest.raises(BookError, match="another one than when the scan began"):
        finish(Job(Part(0, Carried((Text("t", "a", 0, TRUE),)))), settings)
    (tmp_path / "a.jsonl").write_bytes(lines([{"text": TRUE}]))
    with pytest.raises(BookError, match="another one than when the scan began"):
        scanned(tmp_path, tmp_path / "a.jsonl", settings=settings)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_a_text_without_a_day_is_held_against_the_book_as_of_that_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([{"text": TRUE}]))
    for day, watched in (("2024-01-01", 0), ("2026-01-01", 1)):
        settings = replace(watching(), day=day)
        done = scanned(tmp_path, tmp_path / "a.jsonl", settings=settings, name=day)
        assert done.counts.watched == watched


def test_a_watch_that_goes_on_keeps_the_day_on_which_it_began(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([{"text": TRUE}]))
    place = Place(tmp_path / "out.parquet")
    place.begin()
    settings = replace(watching(), book=str(FIRST_CASE.resolve()), day="2024-01-01", code=code_digest())
    Manifest.begun(place.work / MANIFEST, settings).close()
    command = ["scan", str(tmp_path / "a.jsonl"), "--out", str(place.out), "--match", "--jobs", "1"]
    run = CliRunner().invoke(app, [*command, "--project", str(FIRST_CASE)])
    assert run.exit_code == 0, run.output
    assert table(place.tables["watch"]) == []


def test_the_digest_of_a_book_is_of_what_is_read_of_it(tmp_path: Path) -> None:
    root, kept = tmp_path / "book", tmp_path / "book" / "kept elsewhere"
    shutil.copytree(FIRST_CASE, root)
    kept.mkdir()
    (root / "sources" / "linked").symlink_to(kept)
    before = book_digest(root)
    (root / "sources" / ".old").mkdir()
    (root / "sources" / ".old" / "made-up.yaml").write_text("nobody reads this\n")
    (root / "sources" / "tables").mkdir(exist_ok=True)
    assert book_digest(root) == before
    (kept / "made-up.yaml").write_text("id: [")
    assert book_digest(root) != before

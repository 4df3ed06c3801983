"""benchmarks/reading.py: what it reads, and how it scores. How fast anything is, no test asks."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def load(name: str) -> ModuleType:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(BENCHMARKS))


corpus = load("measure.corpus")
accuracy = load("measure.accuracy")
races = load("measure.races")
Gold, Sentence, Reading = corpus.Gold, corpus.Sentence, accuracy.Reading


@pytest.mark.parametrize(
    ("line", "gold"),
    [
        ("Two: exact 2 deputy", Gold(2, 2, "=", ("deputy",))),
        ("North of 15,000: over 15,000", Gold(15_000, 15_000, ">", (None,))),
        ("$-50.8bn: exact -50,800,000,000 dollar", Gold(-50.8e9, -50.8e9, "=", ("dollar",))),
        ("grams: exact 6.02e+23 gram", Gold(6.02e23, 6.02e23, "=", ("gram",))),
        ("Nearly about 500 jars: nearly+about 500 jar", Gold(500, 500, "~", ("jar",))),
        ("70,000–90,000: range+up_to 70,000 to 90,000 bottle per week", Gold(7e4, 9e4, "=", ("bottle",))),
        ("a year: about 3,000,000 per year", Gold(3e6, 3e6, "~", (None,))),
        ("25 basis points: exact 25 basis point (up)", Gold(25, 25, "up", ("basis point",))),
        ("no more than 3: at_most 3 (down)", Gold(3, 3, "<", (None,))),
        ("Score: 3 points: exact 3 point", Gold(3, 3, "=", ("point",))),
    ],
)
def test_a_figure_line_is_gold(line: str, gold: object) -> None:
    assert corpus.figure(line) == gold


@pytest.mark.parametrize("line", ["", "Two: 2 deputies", "Two: sharp 2 deputy", "Two: exact two"])
def test_another_line_is_no_figure(line: str) -> None:
    with pytest.raises(ValueError, match="not a figure"):
        corpus.figure(line)


def test_the_built_in_sentences_are_phrases_with_gold_and_news_with_and_without_numbers() -> None:
    sentences = corpus.built_in()
    assert len(sentences) >= 250
    assert sum(sentence.gold is not None for sentence in sentences) >= 150
    news = corpus.news()
    digits = [any(character.isdigit() for character in line) for line in news]
    assert len(news) == len(set(news)) >= 100
    assert 50 <= sum(digits) <= len(news) - 50


@pytest.mark.parametrize(
    ("value", "ends"),
    [
        ("4000-5000", (4000, 5000)),
        ("-1.3", (-1.3, -1.3)),
        ("-3--1", (-3, -1)),
        ("9 - 7", (7, 9)),
        ("1e6", (1e6, 1e6)),
    ],
)
def test_ends_of_a_value(value: str, ends: tuple[float, float]) -> None:
    assert corpus.ends(value) == ends


def test_a_gold_file_may_leave_out_what_it_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_text(
        json.dumps(
            [
                {"text": "It rained.", "quantities": []},
                {"text": "Over 5 km.", "quantities": [{"value": "5.0", "change": ">", "unit": "km"}]},
            ]
        )
    )
    assert corpus.gold_file(path) == [
        Sentence("It rained.", ()),
        Sentence("Over 5 km.", (Gold(5, 5, ">", (None, "km")),)),
    ]


@pytest.mark.parametrize(
    ("gold", "read"),
    [
        ("cities", "city"),
        ("%", "percent"),
        ("US$", "dollar"),
        ("£", "pound sterling"),
        ("people", "person"),
        ("kilometres per hour", "kilometer per hour"),
        ("feet", "foot"),
        ("road worker", "workers"),
        (None, None),
        ("-", None),
    ],
)
def test_units_that_agree(gold: str | None, read: str | None) -> None:
    assert accuracy.unit_agrees(Gold(1, 1, "=", (gold,)), Reading(1, 1, "=", read))


@pytest.mark.parametrize(
    ("gold", "read"),
    [("dollar", "euro"), ("dollar", None), (None, "dollar"), ("degree celsius", "degree fahrenheit")],
)
def test_units_that_do_not(gold: str | None, read: str | None) -> None:
    assert not accuracy.unit_agrees(Gold(1, 1, "=", (gold,)), Reading(1, 1, "=", read))


def test_scores_of_hand_made_gold() -> None:
    sentences = [
        Sentence("Over 5 km, about 6 men", (Gold(5, 5, ">", ("km",)), Gold(6, 6, "~", ("man",)))),
        Sentence("3 to 4 cups", (Gold(3, 4, "=", ("cup",)),)),
        Sentence("nothing", ()),
    ]
    readings = [
        [Reading(5, 5, "=", "km"), Reading(6, 6, "~", "woman")],
        [Reading(3, 3, "=", "cup"), Reading(4, 4, "=", "cup")],
        [],
    ]
    scores = accuracy.score(sentences, readings)
    assert [score.right for score in scores] == [2, 1, 1]
    assert (scores.value.read, scores.value.stated) == (4, 3)
    assert (scores.value.precision, scores.value.recall) == (2 / 4, 2 / 3)
    assert scores.value.f1 == pytest.approx(4 / 7)


def test_a_reading_serves_one_gold_quantity_and_the_best_one_is_taken() -> None:
    golds = [Gold(2, 2, "=", ("dog",)), Gold(2, 2, "=", ("cat",))]
    dog, cat = Reading(2.00001, 2, "=", "dogs"), Reading(2, 2, "=", "cats")
    assert accuracy.matches(golds, [cat, dog]) == [(golds[0], dog), (golds[1], cat)]
    assert accuracy.matches(golds, [cat]) == [(golds[0], cat)]
    assert accuracy.matches(golds[:1], [Reading(2.001, 2.001, "=", "dog")]) == []


def test_nothing_read_and_nothing_stated_is_no_error() -> None:
    score = accuracy.score([Sentence("nothing", ())], [[]]).value
    assert (score.precision, score.recall, score.f1) == (0, 0, 0)


def test_pieces_of_every_size_hold_the_same_news() -> None:
    block = corpus.paragraphs(corpus.news())
    for size in (1_000, 10_000):
        parts = races.pieces(block, size)
        assert "".join(parts) == block
        assert size / 2 < sum(map(len, parts)) / len(parts) < 2 * size
    assert races.pieces(block, 10 * len(block)) == [10 * block]


def test_the_script_tells_gold_that_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = importlib.util.spec_from_file_location("reading_benchmark", BENCHMARKS / "reading.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.main(["--gold", str(tmp_path / "none.json")]) == 1
    (tmp_path / "none.json").write_text("[]")
    assert script.main(["--gold", str(tmp_path / "none.json")]) == 1
    assert capsys.readouterr().err.count("\n") == 2


def test_the_lock_of_the_peers_pins_and_hashes_each_and_names_no_host() -> None:
    text = (BENCHMARKS / "peers.lock").read_text(encoding="utf-8")
    entries = text.replace("\\\n", " ").splitlines()
    assert any(entry.startswith("quantulum3==0.10.") for entry in entries)
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry
    assert "://" not in text

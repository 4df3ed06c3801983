"""Phrases as newspapers print them, beside what they must read: a YAML file a kind of figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tallybook.evaluation.gold import Phrase, load_phrases, match_figures, parse_line, score_matches
from tallybook.evaluation.yaml_cases import load_yaml
from tallybook.reading import read

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.yaml"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['text'][:50]}") for path in FILES for case in load_yaml(path)
]
MISSES = load_yaml(HERE / "misses" / "known.yaml")


def test_there_are_phrases() -> None:
    assert len(FILES) >= 28 and len(CASES) >= 600


@pytest.mark.parametrize("case", CASES)
def test_phrase(case: dict[str, Any]) -> None:
    reading = read(case["text"])
    assert [str(mention) for mention in reading] == case["figures"]
    if "asides" in case:
        assert {aside.words: aside.kind for aside in reading.asides} == case["asides"]
    if "of" in case:
        assert [mention.of for mention in reading] == case["of"]
    if "nouns" in case:
        assert [mention.noun for mention in reading] == case["nouns"]


@pytest.mark.parametrize("case", MISSES, ids=[case["text"][:50] for case in MISSES])
def test_what_is_not_read_is_known(case: dict[str, Any]) -> None:
    """When one of these is read at last, it moves to its file of phrases."""
    assert [str(mention) for mention in read(case["text"])] == case["reads"] != case["figures"]


def test_few_are_missed() -> None:
    """Of the sentences written before the rules, with those not read, few figures go wrong."""
    written_before = [*FILES_BEFORE, HERE / "misses" / "known.yaml"]
    phrases = load_phrases(written_before)
    got = score_matches([m for phrase in phrases for m in match_figures(phrase, read(phrase.text))])
    assert got["value"].gold > 900
    assert got["value"].f1 > 0.98
    assert got["all, with the exact words"].f1 > 0.96


FILES_BEFORE = [path for path in FILES if path.stem.startswith(("news_", "kinds_", "traps"))]


def test_a_score_counts_each_error() -> None:
    text = "Some 300 ships and 20 boats left."
    right = _phrase(text, "Some 300 ships: about 300 ship", "20 boats: exact 20 boat")
    assert all(match.exact for match in match_figures(right, read(text)))
    wrong = _phrase(text, "Some 300 ships: exact 300 boat", "21 boats: exact 21 boat")
    found = match_figures(wrong, read(text))
    assert [(m.value, m.bound, m.unit) for m in found] == [
        (True, False, False),
        (False, False, False),
        (False, False, False),
    ]
    assert score_matches(found)["value"] == (1, 2, 2)
    assert score_matches(found)["value and unit"].f1 == 0.0


def _phrase(text: str, *lines: str) -> Phrase:
    return Phrase(text, tuple(map(parse_line, lines)), "made up")


def test_a_line_that_is_not_a_figure_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text('- text: a\n  figures: ["5 men: five men"]\n')
    with pytest.raises(ValueError, match=r"wrong\.yaml.*5 men"):
        load_phrases([file])

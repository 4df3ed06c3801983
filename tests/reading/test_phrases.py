"""Phrases as newspapers print them, beside what they must read: a YAML file a kind of figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tallybook.reading import read

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['text'][:50]}")
    for path in FILES
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def test_there_are_phrases() -> None:
    assert len(FILES) >= 12 and len(CASES) >= 150


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

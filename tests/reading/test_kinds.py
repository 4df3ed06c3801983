"""Sentences by kind, with all their figures: those of ``kinds/``, or of any file given with ``--cases``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tallybook.evaluation.sentences import Sentence, faults, load_sentences
from tallybook.evaluation.yaml_cases import load_yaml

from .conftest import OWN, PROPERTY

MISREAD = frozenset(load_yaml(Path(__file__).parent / "misses" / "kinds.yaml"))
"""Sentences of ``kinds/`` that are still misread. One that is read right leaves the list."""


def test_sentences(
    file_name: str,
    sentences: Sequence[Sentence],
    record_property: Callable[[str, object], None],
    request: pytest.FixtureRequest,
) -> None:
    """Many in one test: there are thousands, each of a millisecond."""
    found = [asked(sentence, listed=not request.config.getoption("cases")) for sentence in sentences]
    record_property(PROPERTY, [told for told, _ in found])
    wrong = [f"{told['text']}\n  {fault}" for told, fault in found if fault]
    assert not wrong, "\n".join([f"{file_name}:", *wrong])


def asked(sentence: Sentence, *, listed: bool) -> tuple[dict[str, Any], str]:
    """What is told of a sentence, and what is wrong with it; ``listed``: those of misses are known."""
    found = faults(sentence)
    known = sentence.text in MISREAD and listed
    told = {"kind": sentence.kind, "text": sentence.text, "faults": found, "known": known and bool(found)}
    if known:
        return told, "" if found else "it is read right now: take it out of misses/kinds.yaml"
    return told, "; ".join(found)


def test_a_sentence_that_is_misread_is_told() -> None:
    """So that the test above can fail."""
    right = Sentence("Some 40 mills closed in 2024.", "made up", (), "en")
    assert asked(right, listed=True)[1]
    missed = next(s for file in sorted(OWN.glob("*.yaml")) for s in load_sentences(file) if s.text in MISREAD)
    assert asked(missed, listed=True)[1] == "" != asked(missed, listed=False)[1]

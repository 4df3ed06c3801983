"""Sentences by kind, with all their figures: those of ``kinds/``, or of any file given with ``--cases``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tallybook.evaluation.sentences import Sentence, faults

from .conftest import PROPERTY

MISREAD = frozenset(
    yaml.safe_load((Path(__file__).parent / "misses" / "kinds.yaml").read_text(encoding="utf-8"))
)
"""Sentences of ``kinds/`` that are still misread. One that is read right leaves the list."""


def test_a_sentence(
    sentence: Sentence, record_property: Callable[[str, object], None], request: pytest.FixtureRequest
) -> None:
    found = faults(sentence)
    known = sentence.text in MISREAD and not request.config.getoption("cases")
    told = {"kind": sentence.kind, "text": sentence.text, "faults": found, "known": known and bool(found)}
    record_property(PROPERTY, told)
    if known:
        assert found, "it is read right now: take it out of misses/kinds.yaml"
    else:
        assert not found, "\n".join([sentence.text, *found])

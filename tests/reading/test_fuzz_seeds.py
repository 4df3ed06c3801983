"""What ``make fuzz`` looks for in any text holds for the texts that its search begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallybook.reading.lexicon.language import languages

from ..fuzz.invariants import check, check_cost, language_of, lexicon_words, seeds


def test_there_are_seeds() -> None:
    assert len(seeds()) >= 12
    assert {language_of(seed) for seed in seeds()} == set(languages())


@pytest.mark.parametrize("seed", seeds(), ids=lambda path: path.stem)
def test_a_seed_is_read_as_it_must_be(seed: Path) -> None:
    text, language = seed.read_bytes().decode("utf-8"), language_of(seed)
    check(text, language)
    check_cost(text, language)


def test_the_lexicon_gives_words_to_make_texts_of() -> None:
    assert {"million", "at least", "km"} <= set(lexicon_words())
    assert {"mindestens", "drittel"} <= set(lexicon_words("de"))

"""Invariants of the reading of any text. They need nothing but the reader itself."""

from __future__ import annotations

import io
import math
import time
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from tallybook.reading import FIGURE, Mention, Reading, read, read_blocks

SEEDS = Path(__file__).with_name("corpus")
# The most processor time of a reading: generous, for a slow machine that is busy and instrumented.
SECONDS_A_CHARACTER = 50e-6
SECONDS_A_TEXT = 20e-3


class Broken(AssertionError):
    """A broken invariant. The message begins with the invariant."""


def check(text: str, language: str = "en") -> None:
    """Broken, or whatever the reader raises, when the reading of ``text`` breaks an invariant."""
    reading = read(text, language=language)
    for mention in [*reading, *reading.asides]:
        _check_mention(text, mention)
    for mention in reading:
        _hold(mention.kind == FIGURE, "a figure is of the kind figure", mention)
        _hold(math.isfinite(mention.low) and math.isfinite(mention.high), "a figure is finite", mention)
        _hold(mention.low <= mention.high, "low is not above high", mention)
        _hold(mention.modifier not in mention.hedges, "a modifier is not its own hedge", mention)
        _hold(mention.quantity.low == mention.low, "a figure is a quantity", mention)
        _hold(str(mention) != "", "a figure can be printed", mention)
    for aside in reading.asides:
        _hold(aside.kind not in (FIGURE, ""), "an aside is of another kind", aside)
    for mentions in (list(reading), list(reading.asides)):
        for one, other in pairwise(mentions):
            _hold(one.start <= other.start, "mentions are in order", (one, other))
    again = _plain_mentions(read(text, language=language))
    _hold(again == _plain_mentions(reading), "two readings of a text are equal", None)
    blocks = _in_blocks(text, language)
    _hold(blocks == _plain_mentions(reading), "a text read in blocks gives the same", None)


def check_cost(text: str, language: str = "en") -> None:
    """Broken when reading ``text`` takes too long, ten times over: the machine may be busy."""
    least = math.inf
    for _ in range(10):
        begin = time.process_time()
        read(text, language=language)
        least = min(least, time.process_time() - begin)
        if least <= limit(text):
            return
    raise Broken(f"reading costs little: {least * 1000:.0f} ms for {len(text)} characters")


def limit(text: str) -> float:
    """The seconds that reading ``text`` may take."""
    return SECONDS_A_TEXT + SECONDS_A_CHARACTER * len(text)


def lexicon_words(language: str = "en") -> list[str]:
    """Every word of a lexicon and of the symbols, for texts that reach the grammar."""
    folder = resources.files("tallybook.reading").joinpath("lexicon")
    names = (f"{language}.toml", "units.toml")
    tables = (tomllib.loads(folder.joinpath(name).read_text("utf-8")) for name in names)
    return sorted({text for table in tables for text in _strings(table) if text})


def seeds() -> list[Path]:
    """The small texts that the search for others begins with."""
    return sorted(SEEDS.glob("*.txt"))


def language_of(seed: Path) -> str:
    """The language of a seed: a name such as ``ranges.de.txt`` tells it, others are English."""
    return seed.stem.partition(".")[2] or "en"


def _check_mention(text: str, mention: Mention) -> None:
    first, last = mention.sentence
    _hold(text[mention.start : mention.end] == mention.words, "the words are the slice of the text", mention)
    _hold(mention.words != "", "a mention has words", mention)
    _hold(first <= mention.start < mention.end <= last, "a mention lies in its sentence", mention)
    _hold(0 <= first < last <= len(text), "a sentence lies in its text", mention)
    for part in (mention.noun, mention.of):
        _hold(part is None or part in text, "noun and of occur in the text", mention)


def _hold(true: bool, what: str, mention: object) -> None:
    if not true:
        raise Broken(what if mention is None else f"{what}: {mention!r}")


def _plain_mentions(reading: Reading) -> list[tuple[object, ...]]:
    return [_plain(mention) for mention in (*reading, *reading.asides)]


def _in_blocks(text: str, language: str) -> list[tuple[object, ...]]:
    figures: list[tuple[object, ...]] = []
    asides: list[tuple[object, ...]] = []
    stream = io.StringIO(text, newline="")
    for offset, reading in read_blocks(stream, language=language, block=1 + 7 * len(text) % 97):
        figures += [_plain(mention.moved(offset)) for mention in reading]
        asides += [_plain(mention.moved(offset)) for mention in reading.asides]
    return figures + asides


def _plain(mention: Mention) -> tuple[object, ...]:
    """The mention with nan, which equals nothing, as a word."""
    return tuple("nan" if isinstance(x, float) and math.isnan(x) else x for x in mention)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value))
        yield from _strings(list(value.values()))
    elif isinstance(value, Iterable):
        for item in value:
            yield from _strings(item)

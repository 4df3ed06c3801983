"""A text cut into sentences. A table of numbers without a letter counts as one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

TextSpan = tuple[int, int]

# A sentence with more numbers than this, one in fewer characters than that on average, is a table.
MOST_NUMBERS = 40
_TABLE_WIDTH = 18
# A stretch without a letter, and long enough to hold a table.
_SHORTEST_TABLE = 96
_NO_LETTERS = re.compile(rf"(?<![\W\d_])[\W\d_]{{{_SHORTEST_TABLE},}}+|\A[\W\d_]{{{_SHORTEST_TABLE},}}+")
_MAYBE_NO_LETTERS = re.compile(rf"[^a-zA-Z]{{{_SHORTEST_TABLE}}}")
_DIGITS = re.compile(r"\d++")

# Possessive and never failing once begun: a megabyte of "!" is read once, not once a character.
_SENTENCE_END = re.compile(r"([.!?\n](?:(?<!\n)[.!?]*+[\"”’')\]]*+)?)\s*+")
_OPENING = re.compile(r"[\"“‘'«„(\[]*+")
# Longer stretches are cut at a space, which bounds memory on text without sentences.
LONGEST = 4000


def sentence_spans(text: str, abbreviations: frozenset[str]) -> Iterator[TextSpan]:
    """(start, end) of each sentence, without the white space around it, in order.

    A full stop ends a sentence when white space and a capital or digit follow and the word before
    it is not one of the ``abbreviations`` and not a single capital letter. A line break always does.
    """
    if len(text) < _SHORTEST_TABLE or _MAYBE_NO_LETTERS.search(text) is None:
        return _sentences(text, abbreviations, 0, len(text))
    return _sentences_and_tables(text, abbreviations)


def is_table(numbers: int, characters: int) -> bool:
    """Whether a sentence of so many numbers in so many characters is a table and not prose."""
    return numbers > MOST_NUMBERS and characters < _TABLE_WIDTH * numbers


def _sentences_and_tables(text: str, abbreviations: frozenset[str]) -> Iterator[TextSpan]:
    begin = 0
    for match in _NO_LETTERS.finditer(text):
        start, stop = match.span()
        if len(_DIGITS.findall(text, start, stop)) <= MOST_NUMBERS:
            continue
        yield from _sentences(text, abbreviations, begin, start)
        yield start, stop
        begin = stop
    yield from _sentences(text, abbreviations, begin, len(text))


def _sentences(text: str, abbreviations: frozenset[str], start: int, end: int) -> Iterator[TextSpan]:
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        first, stop = match.span()
        if text[first] != "\n":
            if not text[stop - 1].isspace():
                continue
            if "\n" not in match.group() and not _ends(text, first, stop, abbreviations):
                continue
        if stop - begin > LONGEST:
            yield from _pieces(text, begin, stop)
        elif text[first] != "\n" and not text[begin].isspace():
            yield begin, match.end(1)
        elif (span := _stripped(text, begin, stop)) is not None:
            yield span
        begin = stop
    if begin == end:
        return
    if end - begin > LONGEST:
        yield from _pieces(text, begin, end)
    elif (span := _stripped(text, begin, end)) is not None:
        yield span


def _stripped(text: str, begin: int, stop: int) -> TextSpan | None:
    """``begin`` and ``stop`` without the white space at both ends; None if nothing else is there."""
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    while begin < stop and text[begin].isspace():
        begin += 1
    return (begin, stop) if begin < stop else None


def _ends(text: str, dot: int, stop: int, abbreviations: frozenset[str]) -> bool:
    opened = _OPENING.match(text, stop)
    first = text[opened.end() : opened.end() + 1] if opened else ""
    if not (first.isupper() or first.isdecimal() or first in ("$", "£", "€")):
        return False
    if text[dot] != ".":
        return True
    word = text[max(0, dot - 12) : dot].rsplit(None, 1)[-1:] or [""]
    last = word[0].lstrip("(“\"'")
    return not (last.lower() in abbreviations or (len(last) == 1 and last.isalpha()) or "." in last[-2:-1])


def _pieces(text: str, begin: int, stop: int) -> Iterator[TextSpan]:
    """The stretch cut at spaces into pieces of at most LONGEST characters."""
    while begin < stop:
        while begin < stop and text[begin].isspace():
            begin += 1
        end = stop
        if end - begin > LONGEST:
            space = text.rfind(" ", begin + 1, begin + LONGEST)
            end = space if space > 0 else begin + LONGEST
        span = _stripped(text, begin, end)
        if span is not None:
            yield span
        begin = end

"""A stretch of text cut into tokens: numbers, words and single marks, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A number is digits with grouping and one decimal part. Each branch reads forwards only and no two
# quantified parts can match the same character, so that the cost is linear in the text.
_NUMBER = (
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"  # 10,000.5
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"  # 12,34,567 (India)
    r"|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?![\d,.]\d)(?!\d)"  # 10 000
    r"|\d{1,3}(?:['’]\d{3})+(?!\d)(?:\.\d+)?"  # 10'000
    r"|\d+(?:\.\d+)?"
    r"|(?<![\w.])\.\d+"  # .001
)
_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
_TOKEN = re.compile(rf"{_NUMBER}|{_WORD}|\S")

# Possessive, and begun only where a run begins: a megabyte of "!" is read once, not once a character.
_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]++[\"”’')\]]*+\s++|\n++")
_OPENS_SENTENCE = re.compile(r"[\"“‘'(\[]*[A-Z0-9$£€]")
# Longer stretches are cut at a space, which bounds memory on text without sentences.
_LONGEST = 4000


class Tokens:
    """The tokens of ``text[start:end]``; ``words[k] == text[starts[k]:ends[k]]``.

    ``lower`` holds the same words in small letters (their length may differ from the original's:
    it is for looking up, never for counting).
    """

    __slots__ = ("ends", "lower", "starts", "text", "words")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        spans = [m.span() for m in _TOKEN.finditer(text, start, len(text) if end is None else end)]
        self.starts = [a for a, _ in spans]
        self.ends = [b for _, b in spans]
        self.words = [text[a:b] for a, b in spans]
        self.lower = [word.lower() for word in self.words]

    def __len__(self) -> int:
        return len(self.words)

    def at(self, k: int) -> str:
        """The k-th word in small letters; "" beyond either end."""
        return self.lower[k] if 0 <= k < len(self.lower) else ""

    def touches(self, k: int) -> bool:
        """True when token ``k`` follows token ``k - 1`` without a space."""
        return 0 < k < len(self.words) and self.ends[k - 1] == self.starts[k]

    def is_digits(self, k: int) -> bool:
        if not 0 <= k < len(self.words):
            return False
        word = self.words[k]
        return word[0].isdecimal() or (word[0] == "." and len(word) > 1)

    def matches(self, k: int, phrase: tuple[str, ...]) -> bool:
        """True when the words of ``phrase`` (small letters) stand at ``k``."""
        return self.lower[k : k + len(phrase)] == list(phrase)


def cut(phrase: str) -> tuple[str, ...]:
    """A lexicon phrase as the tokens that it will be met as."""
    return tuple(Tokens(phrase).words)


def sentences(text: str, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence, without the white space around it, in order.

    A full stop ends a sentence when white space and a capital or digit follow and the word before
    it is no abbreviation of the lexicon and no single capital letter.
    """
    begin = 0
    for match in _SENTENCE_END.finditer(text):
        stop = match.end()
        if "\n" not in match.group() and not _ends(text, match.start(), stop, abbreviations):
            continue
        yield from _pieces(text, begin, stop)
        begin = stop
    yield from _pieces(text, begin, len(text))


def _ends(text: str, dot: int, stop: int, abbreviations: frozenset[str]) -> bool:
    if not _OPENS_SENTENCE.match(text, stop):
        return False
    if text[dot] != ".":
        return True
    word = text[max(0, dot - 12) : dot].rsplit(None, 1)[-1:] or [""]
    last = word[0].lstrip("(“\"'")
    return not (last.lower() in abbreviations or (len(last) == 1 and last.isalpha()) or "." in last[-2:-1])


def _pieces(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    while begin < stop:
        while begin < stop and text[begin].isspace():
            begin += 1
        end = stop
        if end - begin > _LONGEST:
            space = text.rfind(" ", begin + 1, begin + _LONGEST)
            end = space if space > 0 else begin + _LONGEST
        last = end
        while last > begin and text[last - 1].isspace():
            last -= 1
        if last > begin:
            yield begin, last
        begin = end

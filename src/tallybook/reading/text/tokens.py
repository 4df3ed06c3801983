"""A stretch of text cut into tokens: numbers, words and single marks, with exact offsets."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from operator import eq

# Every piece is a token and the white space behind it. Each branch reads forwards only, and no two
# quantified parts can match the same character, so that the cost is linear in the text.
# No group is repeated possessively: Python 3.11 before 3.11.5 matches those wrongly.
_WORD = r"[^\W\d_]++(?:['’][^\W\d_]++)*"
# The same for most words, and cheaper: ASCII letters that end where the word does.
_ASCII_WORD = r"[A-Za-z]++(?![^\x00-@\[-`{-\x7f]|['’])"
# The most groups of digits behind the first: a longer run is not a number.
_GROUPS = 8
# How far beyond either end of a sentence the grammar may look.
_PAD = 32


@cache
def token_pattern(decimal: str = ".", group: str = ",") -> re.Pattern[str]:
    """What cuts a text into tokens, for a language's decimal mark and grouping marks.

    White space and apostrophes group in every language: 10 000, 10'000.
    """
    point, marks = re.escape(decimal), re.escape(group)
    # 10,000.5 · 12,34,567 (India) · 10 000 · 1.250.000 · 10'000 · 10.5 · .001
    number = (
        rf"\d{{1,3}}(?:[{marks}]\d{{3}}){{1,{_GROUPS}}}(?!\d)(?:{point}\d++)?"
        rf"|\d{{1,2}}(?:[{marks}]\d{{2}}(?=[{marks}])){{1,{_GROUPS}}}[{marks}]\d{{3}}(?!\d)(?:{point}\d++)?"
        rf"|\d{{1,3}}(?:[\u00a0\u202f\u2009 ]\d{{3}}){{1,{_GROUPS}}}(?![\d,.]\d)(?!\d)(?:{point}\d++)?"
        rf"|\d{{1,3}}(?:\.\d{{3}}){{2,{_GROUPS}}}(?!\d)"
        rf"|\d{{1,3}}(?:['’]\d{{3}}){{1,{_GROUPS}}}(?!\d)(?:{point}\d++)?"
        rf"|\d++(?:{point}\d++)?"
        rf"|(?<![\w.])[.]\d++"
    )
    return re.compile(rf"(?:{_ASCII_WORD}|{_WORD}|(?=[\d.])(?:{number})|\S)\s*+")


class Tokens:
    """The tokens of ``text[start:end]``; ``words[k] == text[starts[k]:end(k)]``.

    ``lower`` holds the same words in small letters (their length may differ from the original's:
    it is for looking up, never for counting); ``glued[k]`` is true when token ``k`` follows the one
    before it without a space. These lists are padded with empty words, so that the grammar may look
    up to 32 tokens beyond either end: ``lower[-1]`` and ``lower[size]`` are "".
    """

    __slots__ = ("glued", "headline", "lower", "opened", "size", "starts", "text", "words")

    def __init__(
        self, text: str, start: int = 0, end: int | None = None, pattern: re.Pattern[str] | None = None
    ) -> None:
        pieces = (pattern or token_pattern()).findall(text, start, len(text) if end is None else end)
        self.text = text
        # what is found once, when somebody asks: whether the words have capitals, and whether "from" is there
        self.headline: bool | None = None
        self.opened: bool | None = None
        self.size = len(pieces)
        self.starts = list(accumulate(map(len, pieces), initial=start))
        words: list[str] = list(map(str.rstrip, pieces))
        # a piece without white space behind it is its word: the next token is glued to it
        self.glued: list[bool] = [False, *map(eq, pieces, words), *_NOT_GLUED]
        if pieces:
            self.glued[self.size] = False
        self.lower: list[str] = [*map(str.lower, words), *_EMPTY]
        words += _EMPTY
        self.words = words

    def __len__(self) -> int:
        return self.size

    def end(self, k: int) -> int:
        """The offset behind token ``k``."""
        return self.starts[k] + len(self.words[k])

    def is_digits(self, k: int) -> bool:
        word = self.words[k]
        return word[:1].isdecimal() or (word[:1] == "." and len(word) > 1)

    def slice(self, first: int, end: int) -> str:
        """The text of tokens ``first`` to ``end - 1``, as printed."""
        return self.text[self.starts[first] : self.starts[end - 1] + len(self.words[end - 1])]


_EMPTY = [""] * _PAD
_NOT_GLUED = [False] * _PAD


def cut(phrase: str) -> tuple[str, ...]:
    """A lexicon phrase as the tokens that it will be met as."""
    if phrase.replace(" ", "").isalpha():
        return tuple(phrase.split())
    tokens = Tokens(phrase)
    return tuple(tokens.words[: tokens.size])

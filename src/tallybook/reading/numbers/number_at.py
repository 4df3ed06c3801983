"""The value of the number that starts at a token: digits, words, or both mixed."""

from __future__ import annotations

from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.digits import digits_at
from tallybook.reading.numbers.number import Number
from tallybook.reading.numbers.words import words_at
from tallybook.reading.text.marks import DIGITS
from tallybook.reading.text.tokens import Tokens


def number_at(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """The number whose first token is ``k``; None if no number starts there."""
    word = tokens.lower[k]
    if word[:1] in DIGITS:
        return digits_at(tokens, k, lang)
    if word in lang.numbers.words or word in lang.grammar.articles:
        return words_at(tokens, k, lang)
    return digits_at(tokens, k, lang) if tokens.is_digits(k) else None

"""A count in brackets behind what it counts: "nurses (41) outnumber doctors (17)"."""

from __future__ import annotations

from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.tokens import Tokens

# How far before the noun a number may stand that counts it already: "three old boats (3)".
_PHRASE = 4


def noun_before_bracket(tokens: Tokens, start: int, end: int, lang: Language) -> str | None:
    """The singular of the plural noun that tokens ``start`` to ``end - 1``, alone in brackets, count; years
    behind a person ("the king (81)"). None behind several, of whom it may be either, and behind a number."""
    if tokens.lower[start - 1] != "(" or tokens.lower[end] != ")" or lang.nouns.names:
        return None
    noun = tokens.lower[start - 2]
    if noun in lang.ages.persons and lang.nouns.singular(noun) is None:
        return lang.ages.unit
    singular = lang.nouns.singular(noun) if noun.isalpha() and tokens.words[start - 2][1:].islower() else None
    if singular is None or noun in lang.grammar.stop or noun in lang.ages.persons:
        return None
    for j in range(start - 3, max(start - 3 - _PHRASE, -1), -1):
        word = tokens.lower[j]
        if tokens.is_digits(j) or word in lang.numbers.words:
            return None
        if not word.isalpha() or word in lang.grammar.stop:
            break
    return singular

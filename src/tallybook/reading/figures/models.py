"""Names of models and initials that a plural s makes countable: "27 Airbus A320s", "19 F-16s", "32 M.P.s"."""

from __future__ import annotations

from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.tokens import Tokens


def is_model_plural(tokens: Tokens, k: int) -> bool:
    """ "19 F-16s", "32 M.P.s": the s behind digits that are part of a name, or behind initials."""
    if tokens.words[k] != "s" or not tokens.glued[k]:
        return False
    return tokens.is_digits(k - 1) or (tokens.lower[k - 1] == "." and tokens.words[k - 2].isupper())


def model_at(tokens: Tokens, k: int, lang: Language) -> str:
    """The name before the plural s at ``k``, with its maker: "410 | Boeing 737 | s", "27 | Airbus A320 | s",
    "Royal Navy | F-35 | s"."""
    first = k - 1
    while first > 0 and tokens.glued[first] and k - first < 6:
        first -= 1
    maker = first - 1
    lower = tokens.lower[maker] if maker >= 0 else ""
    named = lower.isalpha() and tokens.words[maker].istitle() and lower not in lang.grammar.stop
    if named and first < k - 1:  # letters of its own: the maker stands between it and the number
        counted = tokens.is_digits(maker - 1) or tokens.lower[maker - 1] in lang.numbers.words
        plain = lower not in lang.numbers.words and not lower.endswith(lang.nouns.nation_endings)
        named = counted and plain
    return tokens.slice(maker if named else first, k).lower()

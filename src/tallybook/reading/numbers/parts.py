"""A part of one magnitude or unit: a number of its own, and no share."""

from __future__ import annotations

from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.number import Number
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens


def part_of_one(tokens: Tokens, number: Number, lang: Language) -> bool:
    """ "half a million", "three-quarters of a million", "half-a-dozen", "half a century", "a quarter of a
    percentage point", "1/16 of an inch": gives ``number`` its magnitude; whether it is a part of one."""
    k = _behind_hyphen(tokens, number.end)
    if tokens.lower[k] in lang.grammar.of_words:
        k += 1
    if tokens.lower[k] in lang.grammar.articles:
        k = _behind_hyphen(tokens, k + 1)
    direct = tokens.lower[number.end - 1] in lang.numbers.part_adjectives  # "eine halbe Million", "пів року"
    scale = lang.numbers.magnitudes.get(tokens.lower[k])
    if scale is not None:
        number.scaled(scale)
        number.end = k + 1
    elif tokens.lower[k] in lang.numbers.part_units or (
        (direct or tokens.lower[k - 1] in lang.grammar.articles) and unit_at(tokens, k, lang) is not None
    ):
        number.end = k
    else:
        return False
    number.fraction = False
    return True


def hangs_on_a_noun(tokens: Tokens, k: int, lang: Language) -> bool:
    """True of the word of a part at ``k`` that a hyphen joins to a noun or adjective: "one | third-rate |
    sequel", "one half-finished bridge"; not of "one third-mile"."""
    if tokens.lower[k + 1] not in HYPHENS or not (tokens.glued[k + 1] and tokens.glued[k + 2]):
        return False
    word = tokens.lower[k + 2]
    if not word.isalpha() or word in lang.grammar.articles or word in lang.grammar.of_words:
        return False
    unit = unit_at(tokens, k + 2, lang)
    return unit is None or unit.unit in lang.bounds.durations


def _behind_hyphen(tokens: Tokens, k: int) -> int:
    return k + 1 if tokens.lower[k] in HYPHENS and tokens.glued[k] else k

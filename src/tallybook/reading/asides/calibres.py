"""Measures that are the calibre of a weapon and not a reported length."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.marks import DASHES
from tallybook.reading.text.tokens import Tokens


# How far before its number what a gauge measures may stand, in tokens.
_NEAR = 7


def calibre_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "a .50-caliber machine gun", "a 12-gauge shotgun": the word itself says what the number is."""
    end = k + 1
    if tokens.lower[end] in DASHES:
        end += 1
    if tokens.lower[end] not in lang.calibres.names or _is_gauge(tokens, k, end, lang):
        return None
    return Aside("calibre", k, end + 1)


def _is_gauge(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """ "14-gauge steel wire", "wire of 12 gauge": a measure, unless a weapon has it or nothing ("a 12-gauge")."""
    if tokens.lower[end] not in lang.calibres.measures or _near_weapon(tokens, k, end + 1, lang):
        return False
    behind = tokens.lower[end + 1]
    if behind[:1].isalpha() and behind not in lang.grammar.stop:
        return True
    return not lang.calibres.gauged.isdisjoint(tokens.lower[max(k - _NEAR, 0) : k])


def is_calibre(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """True when the measure at tokens ``k`` to ``end - 1`` is the calibre of a weapon named near it.

    "152-millimeter shells", "shells of 122 and 152 mm", "the 122 millimeter and 152 millimeter".
    """
    unit = tokens.lower[end - 1]
    if unit in lang.calibres.names and unit not in lang.calibres.measures:
        return True
    if unit not in lang.calibres.units:
        return False
    return _near_weapon(tokens, k, end, lang) or _paired(tokens, k, end, lang)


def _near_weapon(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    for j in range(end, min(end + 6, len(tokens))):
        word = tokens.lower[j]
        if word in lang.calibres.weapons:
            return True
        if not (word[0].isalnum() or word in DASHES):
            break
    for j in range(k - 1, max(k - 8, -1), -1):
        word = tokens.lower[j]
        if word in lang.calibres.weapons:
            return True
        if not (word[0].isalnum() or word in DASHES):
            break
    return False


def _paired(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """Two calibres side by side ("122 mm and 152 mm") name kinds, not lengths."""
    if tokens.lower[end - 1] == "inch":
        return False
    after = tokens.lower[end] in lang.grammar.and_words and tokens.is_digits(end + 1)
    before = tokens.lower[k - 1] in lang.grammar.and_words and (
        tokens.lower[k - 2] in lang.calibres.units or tokens.is_digits(k - 2)
    )
    if after:
        return tokens.lower[end + 2] in lang.calibres.units or tokens.lower[end + 3] in lang.calibres.units
    return before

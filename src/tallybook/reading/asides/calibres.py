"""Measures that are the calibre of a weapon and not a reported length."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.marks import DASHES
from tallybook.reading.text.tokens import Tokens

# How far from its number what a gauge measures may stand, in tokens.
_NEAR = 7
# How far from two calibres side by side the weapon may stand.
_FAR = 25


def calibre_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "a .50-caliber machine gun", "a 12-gauge shotgun": the word itself says what the number is."""
    end = k + 1
    if tokens.lower[end] in DASHES:
        end += 1
    if tokens.lower[end] not in lang.calibres.names or _is_gauge(tokens, k, end, lang):
        return None
    return Aside("calibre", k, end + 1)


def _is_gauge(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """ "14-gauge steel wire", "wire of 12 gauge": a measure, unless a weapon has it, or nothing."""
    if tokens.lower[end] not in lang.calibres.measures or _near_weapon(tokens, k, end + 1, lang):
        return False
    behind = tokens.lower[end + 1]
    if behind[:1].isalpha() and behind not in lang.grammar.stop:
        return True
    return not lang.calibres.gauged.isdisjoint(tokens.lower[max(k - _NEAR, 0) : end + _NEAR])


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
    """True if a weapon is named in the phrase behind the measure, or in the one that it belongs to."""
    grammar = lang.grammar
    for j in range(end, min(end + 6, tokens.size)):
        word = tokens.lower[j]
        if word in lang.calibres.weapons:
            return True
        joins = word in grammar.and_words or word in grammar.or_words
        ends = not tokens.is_digits(j + 1) if joins else word in grammar.stop  # "5 mm screws and rifle cases"
        if ends or not (word[0].isalnum() or word in DASHES):
            break
    for j in range(k - 1, max(k - 8, -1), -1):
        word = tokens.lower[j]
        if word in lang.calibres.weapons:
            return True
        ends = word in grammar.stop and word not in lang.calibres.links  # "a pistol at a 20 mm sheet"
        if (ends and lang.calibres.links) or not (word[0].isalnum() or word in DASHES):
            break
    return False


def _paired(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """True of two calibres side by side ("122 mm and 152 mm"), if a weapon is named or what is counted
    is of several kinds ("40 pipes of 90 mm and 110 mm")."""
    lower, units = tokens.lower, lang.calibres.units
    if lower[end - 1] == "inch":
        return False
    first = k
    if lower[end] in lang.grammar.and_words and tokens.is_digits(end + 1):
        if lower[end + 2] not in units and lower[end + 3] not in units:
            return False
    elif lower[k - 1] in lang.grammar.and_words and (lower[k - 2] in units or tokens.is_digits(k - 2)):
        first = k - 2 if tokens.is_digits(k - 2) else k - 3
    else:
        return False
    if lower[first - 1] in lang.grammar.the_words:
        return True  # "60 percent of the 122 millimeter and 152 millimeter"
    if lower[first - 1] in lang.grammar.of_words and tokens.is_digits(first - 3):
        return True
    return not lang.calibres.weapons.isdisjoint(lower[max(k - _FAR, 0) : end + _FAR])

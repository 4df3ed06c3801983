"""What a number measures: a unit of the lexicon behind it, simple ("kg") or compound ("g/km")."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens

# The marks of feet and inches: 5'10", 6′2″.
_FEET = frozenset("'’′")
_INCHES = frozenset('"”″')
_MINUS = frozenset("⁻−-–")
# What stands behind a unit that is below another one: "km s⁻¹", "erg s^-1".
_BELOW = _MINUS | {"^"}
_SUPERSCRIPT = str.maketrans("¹²³", "123")
_POWERS = {"1": "", "2": "square ", "3": "cubic "}
POWER_SIGNS = frozenset("⁻−^")
"""How an exponent begins directly behind a number's unit: a hyphen there joins ("5 km-3 days")."""

_MOST_BELOW, _LONGEST_SYMBOL = 3, 4
_DEGREES = frozenset("CF")
# How far from a letter, in tokens, a word of temperature makes it degrees.
_NEAR = 25
_OPENING_QUOTES = frozenset("‘‚")
# How far back, in tokens, the beginning of a quotation is looked for.
_LONGEST_QUOTATION = 60


@dataclass(slots=True)
class Counted:
    """``unit`` singular; the noun phrase is tokens ``start`` to ``end - 1`` (none, if they are the
    same); ``measured``: a unit of the lexicon, not a counted noun."""

    unit: str
    start: int
    end: int
    measured: bool = False


def unit_at(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """A unit of the lexicon at token ``k``, which may be joined to the number by a hyphen."""
    first, lower, words, units = k, tokens.lower, tokens.words, lang.units
    if lower[k] in HYPHENS and tokens.glued[k] and tokens.glued[k + 1]:
        first = k + 1
    symbol = words[first]
    found = units.symbols.match(words, first) if symbol in units.symbols.heads else None
    longer = units.names.match(lower, first) if lower[first] in units.names.heads else None
    if longer is not None and (found is None or longer[0] > found[0]):
        found = longer
    if found is not None and found[0] > 1 and _parted_power(tokens, first + found[0] - 1):
        found = None
    if lower[first + 1] in POWER_SIGNS and inverse_at(tokens, first, lang) is not None:
        return None  # the "s" of "3 × 10⁻⁵ s⁻¹" is below the line
    if found is not None and tokens.glued[first + found[0]] and tokens.is_digits(first + found[0]):
        sign = units.currency.match(words, first + found[0] - 1)
        found = None if sign is not None else found  # "two $500 checks"
    if found is None:
        simple = _single_letter_unit(tokens, k, first, lang) if symbol in units.single else None
        if simple is None:
            return None
    elif len(symbol) == 1 and found[0] == 1 and _is_letter_of_a_name(tokens, first, lang):
        return None
    else:
        unit = found[1] if symbol not in units.contexts else unit_in_context(tokens, first, found[1], lang)
        simple = Counted(unit, first, first + found[0], True)
    if lower[simple.start] in units.ambiguous and _another_word(tokens, k, simple, lang):
        return None
    if words[simple.start] != lower[simple.start] and _begins_a_name(tokens, k, simple, lang):
        return None
    behind = lower[simple.end]
    if behind in HYPHENS and simple.start == k and lower[k] in lang.ordinals.words:
        return None  # "four second-half minutes"
    if behind == "/":
        simple = _divided(tokens, simple, lang)
    return _over(tokens, simple, lang) if lower[simple.end + 1] in _BELOW else simple


def _over(tokens: Tokens, unit: Counted, lang: Language) -> Counted:
    """ "km s⁻¹", "erg s^-1", "mol m−3": a unit over others, each with its negative exponent."""
    for _ in range(_MOST_BELOW):
        below = inverse_at(tokens, unit.end, lang)
        if below is None:
            return unit
        unit = Counted(f"{unit.unit} per {below[0]}", unit.start, below[1], measured=True)
    return unit


def inverse_at(tokens: Tokens, k: int, lang: Language) -> tuple[str, int] | None:
    """(name of a unit below, token behind) of "s⁻¹", "cm⁻³", "yr^-1" at ``k``."""
    word, j = tokens.words[k], k + 1
    if not word.isalpha() or len(word) > _LONGEST_SYMBOL:
        return None
    if tokens.lower[j] == "^" and tokens.glued[j]:
        j += 1
    if tokens.lower[j] not in _MINUS or not (tokens.glued[j] and tokens.glued[j + 1]):
        return None
    power = tokens.words[j + 1].translate(_SUPERSCRIPT)
    if power not in _POWERS:
        return None
    found = lang.units.symbols.match(tokens.words, k)
    name = found[1] if found and found[0] == 1 else lang.units.glued_symbols.get(word)
    return None if name is None else (f"{_POWERS[power]}{name}", j + 2)


def scale_at(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """ "6.1 on the Richter scale": the words before "scale", behind "on the" at ``k``, name the unit."""
    if tokens.lower[k] not in lang.units.on_words or tokens.lower[k + 1] not in lang.grammar.the_words:
        return None
    for j in range(k + 3, k + 7):
        if tokens.lower[j] in lang.units.scales:
            behind = tokens.lower[j + 1]
            if tokens.lower[j - 1] in HYPHENS or (behind.isalpha() and behind not in lang.grammar.stop):
                return None  # "5 on the pay-scale panel"
            return Counted(tokens.slice(k + 2, j).lower(), k + 2, j + 1, measured=True)
        if not (tokens.lower[j][:1].isalpha() or tokens.lower[j] in HYPHENS):
            break
    return None


def _parted_power(tokens: Tokens, k: int) -> bool:
    """True when the 3 of "in3" at token ``k`` is separate from the "in": "1 in 3 adults", "6ft 2in"."""
    return tokens.words[k][0].isdecimal() and not tokens.glued[k]


def _single_letter_unit(tokens: Tokens, k: int, first: int, lang: Language) -> Counted | None:
    """A symbol of one letter or mark: "5g", "30'", "3,850 m", "18 R."."""
    if first >= tokens.size:
        return None
    word = tokens.words[first]
    touching = tokens.glued[first] or first > k
    if not touching:
        unit = lang.units.alone_symbols.get(word)
        if unit is None and word.islower() and len(word) == 1:
            unit = lang.units.spaced_symbols.get(word)
        if unit is None or (tokens.lower[first + 1][:1].isalpha() and word in lang.units.alone_symbols):
            return None
        if tokens.lower[first + 1] in ("'", "’", "-") or _is_clock(tokens, first, lang):
            return None
        return Counted(unit, first, first + 1, measured=True)
    if word in _FEET and tokens.words[first + 2] in _INCHES and tokens.is_digits(first + 1):
        return Counted("foot", first, first + 1, measured=True)  # 5'10"
    if word in _INCHES and tokens.words[first - 2] in _FEET and tokens.glued[first - 1]:
        return Counted("inch", first, first + 1, measured=True)
    unit = lang.units.glued_symbols.get(word)
    if word == "s" and is_plural_of_name(tokens, k - 1, lang):
        return None
    if unit is None or (tokens.glued[first + 1] and tokens.words[first + 1][0].isalnum()):
        return None
    # a quotation mark that closes a quotation does not mean feet
    if not word.isalpha() and _closes_a_quotation(tokens, first):
        return None
    behind = tokens.lower[first + 1][:1]
    if not word.isalpha() and not behind.isalpha() and behind not in ("", ".", ","):
        return None
    return Counted(unit_in_context(tokens, first, unit, lang), first, first + 1, measured=True)


def _is_clock(tokens: Tokens, k: int, lang: Language) -> bool:
    """The "p" of "between 2 and 3 p.m." is no penny."""
    return tokens.lower[k + 1] == "." and lang.dates.clock.match(tokens.lower, k) is not None


def _closes_a_quotation(tokens: Tokens, k: int) -> bool:
    """True of the mark at ``k`` if a quotation was opened before it, and not closed: "'at least 20'"."""
    for j in range(k - 1, max(k - _LONGEST_QUOTATION, -1), -1):
        word = tokens.words[j]
        if word in _OPENING_QUOTES:
            return True
        if word in _FEET:
            return word == "'" and not (j and tokens.glued[j]) and tokens.glued[j + 1]
    return False


def is_plural_of_name(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "two Leopard 2s", "410 Boeing 737s": digits at ``k`` with an s behind a name in capitals."""
    if tokens.words[k + 1] != "s" or not tokens.glued[k + 1]:
        return False
    goes_on = tokens.glued[k + 2] and tokens.words[k + 2].isalnum()
    return not goes_on and _is_name(tokens, k - 1, lang)


def _is_name(tokens: Tokens, k: int, lang: Language) -> bool:
    word = tokens.words[k] if k >= 0 else ""
    return word[:1].isupper() and word.isalpha() and word.lower() not in lang.grammar.stop


def unit_in_context(tokens: Tokens, k: int, unit: str, lang: Language) -> str:
    """The unit that the symbol at ``k`` means in this sentence (F is a farad near "capacitor")."""
    for other, near in lang.units.contexts.get(tokens.words[k], ()):
        if not near.isdisjoint(tokens.lower):
            return other
    return unit


def _is_letter_of_a_name(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "19 F-16s", "3-A": one letter, glued to more or hung behind a hyphen, is a name's.

    So is that of degrees behind a noun and its number, where nothing speaks of temperature: "kiosk 4 F".
    """
    word = tokens.words[k]
    if not word.isalpha():
        return False
    if tokens.lower[k - 1] in HYPHENS and tokens.glued[k]:
        return True
    if tokens.glued[k + 1] and (tokens.lower[k + 1] in HYPHENS or tokens.is_digits(k + 1)):
        return True
    if word.isupper() and tokens.lower[k + 1] == "." and tokens.lower[k + 3] == "." and tokens.glued[k + 2]:
        return tokens.words[k + 2].isupper() and len(tokens.words[k + 2]) == 1  # "32 M.P.s"
    if tokens.glued[k] or word not in _DEGREES or not tokens.words[k - 1].isdecimal():
        return False
    if not lang.units.temperature:
        return False
    lead = tokens.lower[k - 2]
    if not lead.isalpha() or lead in lang.grammar.stop or lead in lang.bounds.before.heads:
        return False
    if lead in lang.numbers.minus_words:
        return False
    if lead in lang.trends.words.heads or lead in lang.units.temperature_verbs or lead in lang.bounds.skipped:
        return False
    if lead.endswith(lang.nouns.other_endings) or lang.nouns.singular(lead) is not None:
        return False
    return lang.units.temperature.isdisjoint(tokens.lower[max(k - _NEAR, 0) : k + _NEAR])


def _begins_a_name(tokens: Tokens, k: int, found: Counted, lang: Language) -> bool:
    """True of the symbol behind the number before ``k`` that begins a name: "on lap 3 | M. Haas", "in round 3
    | Ma Wenjun"; the number is a label's."""
    word = tokens.words[found.start]
    if tokens.glued[found.start] or found.end != found.start + 1:
        return False
    if not word[:1].isupper() or not word.isalpha():
        return False
    dotted = tokens.lower[found.end] == "." and tokens.glued[found.end]
    named = found.end + dotted
    if tokens.glued[named] or not tokens.words[named].istitle() or tokens.lower[named] in lang.grammar.stop:
        return False
    return (dotted and len(word) == 1) or tokens.lower[k - 2] in lang.any_labels


def _another_word(tokens: Tokens, k: int, found: Counted, lang: Language) -> bool:
    """True when a word that may be a unit is another word here: "the two won", "two stone walls"."""
    least = lang.units.ambiguous.get(tokens.lower[found.start])
    if least is None or found.end != found.start + 1:
        return False
    number = tokens.words[k - 1] if k else ""
    big = tokens.lower[k - 1] in lang.numbers.magnitudes if k else False
    digits = lang.numbers.value(number) if number[:1].isdecimal() and len(number) < 16 else 0.0
    return not (big or digits >= least)


def _divided(tokens: Tokens, unit: Counted, lang: Language) -> Counted:
    """ "142 g/km", "3.5 μg/dL", "€29/MWh": a unit over another, glued by a slash."""
    k = unit.end
    if tokens.lower[k] != "/" or not tokens.glued[k] or not tokens.glued[k + 1]:
        return unit
    below = lang.units.symbols.match(tokens.words, k + 1)
    name = below[1] if below else lang.units.glued_symbols.get(tokens.words[k + 1])
    if name is None:
        return unit
    size = below[0] if below else 1
    return Counted(f"{unit.unit} per {name}", unit.start, k + 1 + size, measured=True)

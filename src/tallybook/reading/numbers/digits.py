"""The value of a number that begins with digits, and the magnitudes behind it."""

from __future__ import annotations

from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.number import Number, rounded
from tallybook.reading.numbers.parts import part_of_one
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens

_MINUS = frozenset("-−–⁻")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LONGEST_DIGITS = 40
# A smaller part has its whole named: "1/250 of a second".
_MOST_PARTS = 100
# "150,000 and a quarter of a million" are two numbers.
_CURRENCY_SIGNS = frozenset("$£€¥₩₹₽₴")
_LONGEST_MILLIONS = 3
_CAPITAL_MAGNITUDES = frozenset("KMBT")
_UNITS_BESIDE_MAGNITUDES = frozenset(["m", "t"])


def digits_at(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """The number at the digits of token ``k``: 12M, 1½, 3/4, 1.5 × 10⁶, 15-thousand."""
    word = tokens.words[k]
    if len(word) > _LONGEST_DIGITS:
        return None
    value = lang.numbers.value(word)
    number = Number(value, value, k, k + 1)
    number.in_digits, number.printed = True, word
    following = tokens.lower[k + 1]
    if word == "10" and tokens.glued[k + 1] and _is_power(tokens, k + 1):
        number.low = number.high = 1.0
        number.printed = "1"
        _multiply_by_power(tokens, number, k + 2 if following == "^" else k + 1)
        return number
    if following not in lang.numbers.tails and not following[:1].isdecimal():
        if following in lang.grammar.and_words and tokens.lower[k + 2] in lang.grammar.articles:
            _and_a_part(tokens, number, lang)
        return number
    if following in lang.numbers.with_half.heads:
        found = lang.numbers.with_half.match(tokens.lower, k + 1)
        if found is not None:
            number.low = number.high = value + 0.5
            number.printed, number.step, number.end = "", 0.5, k + 1 + found[0]
    _fraction_tail(tokens, number, lang)
    _power_tail(tokens, number)
    if number.fraction:
        part_of_one(tokens, number, lang)
    else:
        magnitude_tail(tokens, number, lang)
    return number


def _and_a_part(tokens: Tokens, number: Number, lang: Language) -> None:
    """ "11 and a half hours", "2 and a half million": the part behind whole digits; not "11 and a half-empty
    stand", "3 and a half dozen"."""
    at = number.end + 2
    part = lang.numbers.fractions.get(tokens.lower[at])
    behind = tokens.lower[at + 1]
    if part is None or not number.printed.isdecimal() or behind in HYPHENS:
        return
    if behind in lang.grammar.of_words and tokens.lower[at + 2] not in lang.grammar.determiners:
        return
    if lang.numbers.magnitudes.get(behind, 1000.0) < 1000.0 or not behind.isalpha():
        return
    if tokens.lower[at] in lang.ordinals.words and unit_at(tokens, at + 1, lang) is None:
        return  # "police held 2 and a third escaped"
    number.low = number.high = number.low + part
    number.printed, number.step = "", part
    number.end = at + 1
    magnitude_tail(tokens, number, lang)


def _fraction_tail(tokens: Tokens, number: Number, lang: Language) -> None:
    """1/2, 1 1/2, 1½, "3 quarters" are one number."""
    k = number.end
    word = tokens.lower[k]
    tail = lang.numbers.fractions.get(word)
    if tail is not None and not word[0].isascii():
        number.low = number.high = rounded(number.low + tail)
        number.printed, number.step = "", tail
        number.end = k + 1
        return
    whole, first = 0.0, number.start
    bridge = k
    if word in HYPHENS and tokens.glued[bridge]:
        bridge += 1
    if tokens.words[first].isdecimal() and _slashed(tokens, bridge):
        whole, first = number.low, bridge
    elif not _slashed(tokens, first):
        return
    top, bottom = lang.numbers.value(tokens.words[first]), lang.numbers.value(tokens.words[first + 2])
    if bottom < 2 or top >= bottom:
        return
    if bottom > _MOST_PARTS and tokens.lower[first + 3] not in lang.grammar.of_words:
        return
    number.low = number.high = rounded(whole + top / bottom)
    number.printed, number.step = "", 1 / bottom
    number.fraction = whole == 0
    number.end = first + 3


def _slashed(tokens: Tokens, k: int) -> bool:
    """True for "1/2" at ``k``, glued, and not part of a longer run as in 1/2/2024."""
    return (
        tokens.lower[k + 1] in ("/", "⁄")
        and tokens.is_digits(k)
        and tokens.is_digits(k + 2)
        and tokens.glued[k + 1]
        and tokens.glued[k + 2]
        and tokens.words[k].isdecimal()
        and tokens.words[k + 2].isdecimal()
        and len(tokens.words[k]) <= 2
        and len(tokens.words[k + 2]) <= 4
        and not (tokens.lower[k + 3] == "/" and tokens.glued[k + 3])
    )


def _power_tail(tokens: Tokens, number: Number) -> None:
    """1.5e6, 3 × 10⁸, 3 x 10^-8."""
    k = number.end
    word = tokens.lower[k]
    if word == "e" and tokens.glued[k]:
        _multiply_by_power(tokens, number, k + 1)
    elif word in ("×", "x", "·", "*") and tokens.lower[k + 1] == "10" and tokens.glued[k + 2]:
        _multiply_by_power(tokens, number, k + 3 if tokens.lower[k + 2] == "^" else k + 2)


def _is_power(tokens: Tokens, k: int) -> bool:
    """Whether an exponent of ten is at ``k``: "10⁶", "10^6", "10⁻³"."""
    word = tokens.lower[k]
    return (
        word == "^"
        or word == "⁻"
        or (word.translate(_SUPERSCRIPT) != word and word.translate(_SUPERSCRIPT).isdecimal())
    )


def power_at(tokens: Tokens, k: int) -> tuple[float, int] | None:
    """(power of ten, token behind) of "× 10⁹" at ``k``."""
    if tokens.lower[k] not in ("×", "x", "·", "*") or tokens.lower[k + 1] != "10" or not tokens.glued[k + 2]:
        return None
    number = Number(1.0, 1.0, k, k + 2)
    _multiply_by_power(tokens, number, k + 3 if tokens.lower[k + 2] == "^" else k + 2)
    return (number.low, number.end) if number.end > k + 2 else None


def _multiply_by_power(tokens: Tokens, number: Number, k: int) -> None:
    """Multiplies by ten to the exponent glued at token ``k``; does nothing without one."""
    negative = tokens.lower[k] in _MINUS and tokens.glued[k]
    at = k + 1 if negative or tokens.lower[k] == "+" else k
    digits = tokens.lower[at].translate(_SUPERSCRIPT)
    if tokens.glued[at] and digits.isdecimal() and len(digits) <= 2:
        power = float(f"1e{'-' if negative else ''}{digits}")
        number.low = number.high = number.low * power
        number.scale = power
        number.end = at + 1


def magnitude_tail(tokens: Tokens, number: Number, lang: Language) -> None:
    """A magnitude after digits: 12M, 15-thousand, 4 hundred million, 2 million 500 thousand."""
    k = number.end
    word = tokens.lower[k]
    if tokens.glued[k] and word in lang.numbers.glued:
        longer = tokens.glued[k + 1] and tokens.words[k + 1][0].isalnum()
        if not longer and not _letter_is_unit(tokens, k, number, lang):
            number.scaled(lang.numbers.glued[word])
            number.end = k + 1
        return
    if word in HYPHENS and tokens.glued[k] and tokens.glued[k + 1]:
        k += 1
        word = tokens.lower[k]
    if word == "[" and tokens.lower[k + 2] == "]" and tokens.lower[k + 1] in lang.numbers.magnitudes:
        number.scaled(lang.numbers.magnitudes[tokens.lower[k + 1]])  # "18.4 [million]"
        number.end = k + 3
        return
    if _spaced_letter(tokens, k, number, lang):
        number.scaled(lang.numbers.glued[word])
        number.end = k + 1
        return
    if word in lang.numbers.of_money and _is_sum(tokens, k, number, lang):
        number.scaled(lang.numbers.of_money[word])  # "NOK 4.3 mill.", "Rs 300 cr"
        number.end = after_abbreviation(tokens, k, lang)
        return
    scale, magnitudes = 1.0, lang.numbers.magnitudes
    while word in magnitudes and (scale == 1.0 or scale < magnitudes[word]) and scale < 1e15:
        if word in lang.numbers.closing and not ends_phrase(tokens, k + 1, lang):
            break
        scale *= magnitudes[word]
        number.end = k = after_abbreviation(tokens, k, lang)
        word = tokens.lower[k]
    if scale != 1.0:
        number.scaled(scale)


def ends_phrase(tokens: Tokens, k: int, lang: Language) -> bool:
    """Whether no noun follows at ``k``."""
    return not tokens.lower[k][:1].isalpha() or tokens.lower[k] in lang.grammar.stop


def after_abbreviation(tokens: Tokens, k: int, lang: Language) -> int:
    """The token behind the word at ``k`` and a full stop of an abbreviation ("5 Mio. Euro", "1 bn. euros").

    A full stop that ends the text belongs to the sentence.
    """
    dotted = tokens.lower[k + 1] == "." and tokens.glued[k + 1] and k + 2 < tokens.size
    if not dotted:
        return k + 1
    goes_on = tokens.words[k + 2].islower() and not tokens.glued[k + 2]
    return k + 2 if goes_on or tokens.lower[k] in lang.grammar.abbreviations else k + 1


def _is_sum(tokens: Tokens, k: int, number: Number, lang: Language) -> bool:
    """Whether a currency stands before ``number``, or behind the word at ``k`` that multiplies it."""
    if tokens.glued[k + 1] and (tokens.lower[k + 1] in HYPHENS or tokens.lower[k + 1][:1].isalnum()):
        return False  # "a $40 m-high wall", "€3 m²"
    if _is_money(tokens, number.start - 1, lang):
        return True
    unit = unit_at(tokens, after_abbreviation(tokens, k, lang), lang)
    return unit is not None and unit.unit in lang.units.currencies


def _letter_is_unit(tokens: Tokens, k: int, number: Number, lang: Language) -> bool:
    """True when the letter at ``k``, glued to digits, is a unit and no magnitude.

    With a currency before it, it is a magnitude. "the 100m", "61.44m", "a depth of 40m", "20m tall"
    are metres; "2.2m" by itself is millions. "5t" is tonnes.
    """
    word = tokens.lower[k]
    first = number.start
    money = _is_money(tokens, first - 1, lang)
    if word == "mm":
        return not money
    if word not in _UNITS_BESIDE_MAGNITUDES:
        return False
    if money:
        return False
    if word == "t":
        return True
    printed = tokens.words[first]
    if _is_length(tokens, first, k, lang):
        return True
    if printed in lang.units.races and tokens.lower[first - 1] in lang.grammar.the_words:
        return True
    if tokens.lower[k + 1] in lang.units.meter_context or tokens.lower[first - 1] in ("x", "×"):
        return True
    lead = first - 1
    while tokens.lower[lead] in lang.bounds.before.heads or tokens.lower[lead] in lang.grammar.articles:
        lead -= 1
    if tokens.lower[lead] in lang.grammar.of_words and tokens.lower[lead - 1] in lang.units.meter_context:
        return True
    decimals = printed.rpartition(lang.numbers.decimal)[2] if lang.numbers.decimal in printed else ""
    following = tokens.lower[k + 1]
    return len(decimals) == 2 and (not following.isalpha() or following in lang.grammar.stop)


def _is_length(tokens: Tokens, first: int, k: int, lang: Language) -> bool:
    """Metres: "50m (164ft)", "within 5m of the shore", "at 3160m", "a 2m fence"; not "a 2m increase"."""
    printed, following = tokens.words[first], tokens.lower[k + 1]
    if printed.isdecimal() and len(printed) > _LONGEST_MILLIONS:
        return True
    if following in ("(", "/") and tokens.is_digits(k + 2):
        other = unit_at(tokens, k + 3, lang)
        return other is not None and other.unit in lang.units.lengths
    if following in lang.grammar.of_words and tokens.lower[k + 2] in lang.grammar.the_words:
        return tokens.lower[first - 1] in lang.units.within
    if tokens.lower[first - 1] not in lang.grammar.determiners or not following.isalpha():
        return False
    if (
        following in lang.grammar.stop
        or following in lang.numbers.words
        or following in lang.trends.nouns.heads
    ):
        return False
    return lang.nouns.singular(following) is None and unit_at(tokens, k + 1, lang) is None


def _spaced_letter(tokens: Tokens, k: int, number: Number, lang: Language) -> bool:
    """ "$2.5 B", "$300 K", "3 M users": a capital that is a magnitude, behind a space."""
    if tokens.words[k] not in _CAPITAL_MAGNITUDES or tokens.glued[k]:
        return False
    if tokens.glued[k + 1] and (tokens.lower[k + 1][:1].isalnum() or tokens.lower[k + 1] in HYPHENS):
        return False  # "a $40 T-shirt"
    if _is_money(tokens, number.start - 1, lang):
        return True
    following = tokens.words[k + 1]
    return following.islower() and lang.nouns.is_plural(following)


def _is_money(tokens: Tokens, k: int, lang: Language) -> bool:
    return tokens.lower[k][-1:] in _CURRENCY_SIGNS or lang.units.currency.match(tokens.words, k) is not None

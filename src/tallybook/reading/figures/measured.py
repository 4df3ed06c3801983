"""One number with what is printed on it: sign, currency, error term and unit."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.reading.asides.dates import is_year
from tallybook.reading.asides.names import is_headline
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.digits import power_at
from tallybook.reading.numbers.number import Number, rounded
from tallybook.reading.numbers.number_at import number_at
from tallybook.reading.numbers.units import POWER_SIGNS, Counted, inverse_at, unit_at, unit_in_context
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Modifier

# An attribute of an enumeration is looked up slowly.
_RANGE = Modifier.RANGE


_FEET = frozenset("'’′")
# How "±" and "+/-" begin.
_PLUS_MINUS = frozenset("±+")
_MINUS_OF_ERROR = frozenset("-−")


@dataclass(slots=True)
class Measured:
    """One end of a range, or the whole number: with its sign, currency and unit. ``per``: the base of a rate
    that stands between the ends."""

    number: Number
    start: int
    end: int
    unit: str | None
    counted: Counted | None
    signed: bool
    per: str | None = None


def measured_at(tokens: Tokens, k: int, lang: Language) -> Measured | None:
    """The number at (or, with an article, just before) token ``k``; None if none is there."""
    lower, words = tokens.lower, tokens.words
    if lower[k - 1] in lang.grammar.articles and not tokens.is_digits(k):
        number = number_at(tokens, k - 1, lang) or number_at(tokens, k, lang)
    else:
        number = number_at(tokens, k, lang)
    if number is None:
        return None
    following = lower[number.end]
    if following in _PLUS_MINUS:
        _error_term(tokens, number, lang)
    elif following == "(" and number.in_digits:
        _last_digits(tokens, number, lang)
    start, signed, unit = number.start, False, None
    lead = lower[start - 1]
    if lead and (lead in lang.number_leads or not lead.isalpha()):
        start, signed, unit = _before_number(tokens, number, lang)
    end = number.end
    counted = None
    before = None
    if unit is None and (
        lower[start - 1] in lang.units.before_number or lower[start - 2] in lang.units.before_number
    ):
        before = _unit_before(tokens, start, lang)
    if before is not None:
        unit, start = before
    elif unit is None:
        counted = unit_at(tokens, end, lang)
        if counted is None and lower[end] == "[":
            counted = _in_brackets(tokens, end, lang)
        elif counted is None and number.high < 1 and lower[end] in lang.grammar.of_words:
            counted = _of_one(tokens, end, lang)
    elif unit == "dollar" and words[end] in lang.units.currency_behind.heads:
        behind = lang.units.currency_behind.match(words, end)
        if behind is not None and not _described(tokens, end, end + behind[0], lang):
            end, unit = end + behind[0], behind[1]
    if unit is None and counted is None and words[end] in lang.units.money_codes:
        scale, unit = lang.units.money_codes[words[end]]
        number.scaled(scale)
        end += 1
    if counted is not None and len(words[number.start]) == 4 and is_year(tokens, number.start):
        named = words[counted.start].istitle() and not lang.nouns.have_capitals
        if named or _is_no_unit_of_years(lower[counted.start], lang):
            counted = None  # "in 2016 Stone spoke", "in 2019 won", "у 2024 році"
    if counted is not None:
        end, unit = counted.end, counted.unit
        magnitude = lang.numbers.magnitudes.get(lower[end])
        if magnitude is not None and number.scale == 1.0 and unit in lang.units.currencies:
            number.scaled(magnitude)  # "75 USD million"
            end = counted.end = end + 1
    if unit in lang.units.smaller or lower[end] in lang.units.larger:
        both = _in_two_units(tokens, number, unit, end, lang)
        if both is not None:
            counted = both
            end, unit = both.end, both.unit
    inverse = inverse_at(tokens, end, lang) if unit is None and lower[end + 1] in POWER_SIGNS else None
    if inverse is not None:  # "10³ cm⁻³", "3 × 10⁻⁵ s⁻¹"
        return Measured(number, start, inverse[1], None, None, signed, inverse[0])
    return Measured(number, start, end, unit, counted, signed)


def _is_no_unit_of_years(word: str, lang: Language) -> bool:
    """True of "year" in some languages, and of a unit that may be another word: "in 2019 won two prizes"."""
    return word in lang.dates.year_names or word in lang.units.ambiguous


def _unit_before(tokens: Tokens, start: int, lang: Language) -> tuple[str, int] | None:
    """(unit, where the words begin) of a unit before its number at ``start``: "magnitude 6.4", "a
    magnitude-7.7 quake", "a pH of 7.2"."""
    names, lower = lang.units.before_number, tokens.lower
    if lower[start - 1] in names:
        return (names[lower[start - 1]], start - 1) if _is_unit_before(tokens, start - 1, lang) else None
    if lower[start - 2] not in names:
        return None
    if tokens.glued[start]:
        return names[lower[start - 2]], start - 2
    led = lower[start - 1] in lang.grammar.of_words and _is_unit_before(tokens, start - 2, lang)
    return (names[lower[start - 2]], start) if led else None


def _is_unit_before(tokens: Tokens, k: int, lang: Language) -> bool:
    """False of the unit at ``k`` that is a name in capitals here: "the band | Magnitude 9"."""
    lead = tokens.words[k - 1]
    if k < 1 or not tokens.words[k].istitle() or not lead.islower() or is_headline(tokens):
        return True
    return not lead.isalpha() or lead in lang.grammar.stop


def _described(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """True of the nation at ``k`` that describes a thing and not the dollars before it: "a $12 | Canadian |
    whisky"."""
    behind = tokens.lower[end]
    if not tokens.words[k].istitle() or not behind.isalpha() or behind in lang.grammar.stop:
        return False
    return behind not in lang.numbers.magnitudes and unit_at(tokens, end, lang) is None


def _of_one(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """ "0.3 | of a percentage point", "0.5 of a degree": the unit of which it is a part."""
    if tokens.lower[k + 1] not in lang.grammar.articles:
        return None
    found = unit_at(tokens, k + 2, lang)
    return None if found is None else Counted(found.unit, found.start, found.end, True)


def _in_brackets(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """ "300 [dollars]", with the bracket at ``k``: a unit that an editor put in."""
    found = unit_at(tokens, k + 1, lang)
    if found is None or tokens.lower[found.end] != "]":
        return None
    return Counted(found.unit, found.start, found.end + 1, measured=True)


def _in_two_units(
    tokens: Tokens, number: Number, unit: str | None, end: int, lang: Language
) -> Counted | None:
    """ "6ft 2in", "5'10", "6 pounds 4 ounces": one measure in two units, of which it takes the larger."""
    if unit is None:
        found = lang.units.names.match([tokens.lower[end], ""], 0)  # "5 ft | 2 in", not "5 ft2"
        feet = tokens.lower[end] in _FEET and tokens.glued[end] and tokens.glued[end + 1]
        mark = lang.units.glued_symbols.get(tokens.words[end]) if feet else None
        unit = mark if found is None else found[1]
        end += 1
    parts = lang.units.smaller.get(unit or "")
    if parts is None or number.low != number.high or number.low != int(number.low) or number.scale != 1.0:
        return None
    joined = tokens.lower[end] == "," and tokens.lower[end - 2] in HYPHENS  # "the 6-pound, 2-ounce baby"
    hung = tokens.lower[end] in HYPHENS and tokens.glued[end] and tokens.is_digits(end + 1)  # "6-foot-2"
    k = end + 1 if joined or hung or tokens.lower[end] in lang.grammar.and_words else end
    if not (tokens.is_digits(k) or tokens.lower[k] in lang.numbers.small_table):
        return None
    if "minute" in parts and tokens.is_digits(k) and tokens.lower[k + 1] == "m" and tokens.glued[k + 1]:
        return _added(number, unit, lang.numbers.value(tokens.words[k]), 60.0, k + 2)  # "1h 20m"
    rest = number_at(tokens, k, lang)
    if rest is None or rest.low != rest.high or number.fraction:
        return None
    marked = tokens.lower[end - 1] in _FEET
    least = unit_at(tokens, rest.end, lang)
    name, behind = (least.unit, least.end) if least is not None else (None, rest.end)
    if name is None and tokens.lower[rest.end] in lang.units.smaller_alone:
        following = tokens.lower[rest.end + 1]
        joins = following in lang.grammar.and_or or following in lang.ranges.but_words
        joins = joins or following in lang.grammar.in_words  # "5 ft 11 in in his socks"
        if not following.isalnum() or joins or following in lang.units.meter_context:
            name, behind = lang.units.smaller_alone[tokens.lower[rest.end]], rest.end + 1
    alone = tokens.lower[end - 1] == unit and not tokens.lower[rest.end][:1].isalnum()
    if name is None and (((marked or hung) and tokens.glued[k]) or alone):
        name = next(iter(parts))  # "5'10", "5 foot 11"
    size = parts.get(name or "")
    if size is None or not 0 <= rest.low < size:
        return None
    both = _added(number, unit, rest.low, size, behind)
    third = _third(tokens, behind, name, lang)
    return both if third is None else _added(number, unit, third[0], size * third[1], third[2])


def _added(number: Number, unit: str | None, more: float, size: float, behind: int) -> Counted:
    """``number`` with ``more`` of a unit of which ``size`` are one of its own."""
    number.low = number.high = rounded(number.low + more / size)
    number.printed, number.step = "", 1 / size
    return Counted(unit or "", behind, behind, measured=True)


def _third(tokens: Tokens, k: int, unit: str | None, lang: Language) -> tuple[float, float, int] | None:
    """(number, how many make one of ``unit``, token behind) of a third unit: "… minutes and 41 seconds"."""
    parts = lang.units.smaller.get(unit, {})
    k += tokens.lower[k] == ","
    k += tokens.lower[k] in lang.grammar.and_words
    if not parts or not (tokens.is_digits(k) or tokens.lower[k] in lang.numbers.small_table):
        return None
    number = number_at(tokens, k, lang)
    found = unit_at(tokens, number.end, lang) if number is not None else None
    if number is None or found is None or found.unit not in parts or number.low != number.high:
        return None
    size = parts[found.unit]
    return (number.low, size, found.end) if 0 <= number.low < size else None


def _before_number(tokens: Tokens, number: Number, lang: Language) -> tuple[int, bool, str | None]:
    """(where the words begin, whether there is a sign, the currency) before the number: "-$5", "$-5"."""
    start = _either_sign(tokens, number, lang)
    signed = False
    if start == number.start:
        start, signed = _sign(tokens, number, number.start, lang)
    start, unit = _currency(tokens, start, lang)
    if not signed and unit is not None:
        start, signed = _sign(tokens, number, start, lang)
    elif signed and unit is None:
        start, unit = _currency(tokens, start, lang)
    return start, signed, unit


def _error_term(tokens: Tokens, number: Number, lang: Language) -> None:
    """ "1.55 ± 0.08 °C" states 1.47 to 1.63; the error term belongs to the words."""
    size = plus_minus(tokens, number.end)
    if not size and number.low == number.high:
        _uneven_error(tokens, number, lang)
    if size and number.low == number.high:
        error = number_at(tokens, number.end + size, lang)
        if error is not None and error.low == error.high:
            if number.scale == 1.0 and error.scale != 1.0:
                number.scaled(error.scale)  # "1.35 ± 0.05 million", "1.35 ± 0.05 × 10⁵"
            number.best = number.low
            number.low, number.high = rounded(number.low - error.low), rounded(number.high + error.low)
            number.end = error.end
            number.implied = _RANGE
            power = power_at(tokens, error.end + 1) if tokens.lower[error.end] == ")" else None
            if power is not None and tokens.lower[number.start - 1] == "(":  # "(3.1 ± 0.6) × 10⁹"
                number.scaled(power[0])
                number.best, number.end = rounded(number.best * power[0]), power[1]


def _uneven_error(tokens: Tokens, number: Number, lang: Language) -> None:
    """ "34 +5/−4 K" states 30 to 39."""
    k = number.end
    if tokens.lower[k] != "+" or not tokens.is_digits(k + 1) or tokens.lower[k + 2] != "/":
        return
    if tokens.lower[k + 3] not in ("-", "−", "–") or not tokens.is_digits(k + 4):
        return
    more, less = lang.numbers.value(tokens.words[k + 1]), lang.numbers.value(tokens.words[k + 4])
    number.best = number.low
    number.low, number.high = rounded(number.low - less), rounded(number.high + more)
    number.end, number.implied = k + 5, _RANGE


def _last_digits(tokens: Tokens, number: Number, lang: Language) -> None:
    """ "12.4(2) K" states 12.2 to 12.6: the digits in brackets are the error of the last ones."""
    k = number.end
    printed = number.printed
    if not (tokens.glued[k] and tokens.is_digits(k + 1) and tokens.lower[k + 2] == ")"):
        return
    if (
        lang.numbers.decimal not in printed
        or number.low != number.high
        or not tokens.words[k + 1].isdecimal()
    ):
        return
    decimals = len(printed.rpartition(lang.numbers.decimal)[2])
    error = float(tokens.words[k + 1]) / 10**decimals
    number.best = number.low
    number.low, number.high = rounded(number.low - error), rounded(number.high + error)
    number.end, number.implied = k + 3, _RANGE


def plus_minus(tokens: Tokens, k: int) -> int:
    """How many tokens "±" or "+/-" takes at ``k``; 0 if it is not there."""
    if tokens.lower[k] == "±":
        return 1
    slashed = tokens.lower[k] == "+" and tokens.lower[k + 1] == "/"
    return 3 if slashed and tokens.lower[k + 2] in _MINUS_OF_ERROR else 0


def _either_sign(tokens: Tokens, number: Number, lang: Language) -> int:
    """ "plus or minus 3 points", "±3": from -3 to 3. The token where the words begin."""
    start = number.start
    lead = tokens.lower[start - 1]
    if lead == "±":
        start -= 1
    elif lead in _MINUS_OF_ERROR and plus_minus(tokens, start - 3):
        start -= 3
    elif lead in lang.numbers.minus_names and tokens.lower[start - 3] in lang.numbers.plus_names:
        start -= 3 if tokens.lower[start - 2] in lang.grammar.or_words else 0
    if start < number.start and start >= 0 and number.low == number.high:
        number.low = -number.high
        number.implied = _RANGE
        return start
    return number.start


def _sign(tokens: Tokens, number: Number, start: int, lang: Language) -> tuple[int, bool]:
    """Takes a minus before ``start`` into the number. A dash after a word or number joins them."""
    j = start - 1
    word = tokens.lower[j]
    if word == "-" and not tokens.glued[j] and not tokens.glued[start]:
        return start, False
    if word in ("-", "−", "–") and tokens.glued[start]:
        if tokens.lower[j - 1] in lang.numbers.minus_names and tokens.glued[j]:
            j -= 1
        elif tokens.glued[j] and tokens.lower[j - 1] not in ("(", "$", "£", "€"):
            return start, False
        elif j > 0 and tokens.words[j - 1].isupper() and unit_at(tokens, number.end, lang) is None:
            return start, False  # "COVID -19"
    elif word not in lang.numbers.minus_words or word in ("-", "−", "–"):
        if word == "+" and tokens.glued[start] and not tokens.glued[j]:
            return j, True
        return start, False
    number.low, number.high = -number.high, -number.low
    if number.best is not None:
        number.best = -number.best
    return j, True


def _currency(tokens: Tokens, start: int, lang: Language) -> tuple[int, str | None]:
    """The currency printed before token ``start``. A single letter must touch its number."""
    name = tokens.words[start - 1]
    if name not in lang.units.currency.heads or start <= 0:
        return start, None
    found = lang.units.currency.match(tokens.words, start - 1)
    if found is None:
        return start, None
    size, unit = found
    name = tokens.words[start - 1]
    if size == 2 and not tokens.glued[start - 1] and tokens.lower[start - 2] in lang.grammar.articles:
        found = lang.units.currency.match([name, ""], 0)  # "A $40 shirt"
        if found is None:
            return start, None
        size, unit = found
    if name.isalpha() and not tokens.glued[start] and len(name) == 1:
        return start, None
    return start - size, unit_in_context(tokens, start - 1, unit, lang)

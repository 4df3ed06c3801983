"""The value of the number that starts at a token: digits, words, or both mixed."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.quantity import Modifier
from tallybook.reading.language import Language
from tallybook.reading.tokens import Tokens

_DASHES = frozenset("-‐‑–")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_LONGEST_DIGITS = 40


@dataclass(slots=True)
class Number:
    """``low`` and ``high`` differ for vague words ("dozens"). Tokens ``start`` to ``end - 1``.

    ``scale``: the magnitude that was printed ("million" is 1e6), 1 if none; a range shares it.
    ``typed``: it begins with digits. ``fraction``: a part of one ("half").
    """

    low: float
    high: float
    start: int
    end: int
    scale: float = 1.0
    typed: bool = False
    fraction: bool = False
    implied: Modifier = Modifier.EXACT

    def scaled(self, factor: float) -> None:
        self.low = clean(self.low * factor)
        self.high = clean(self.high * factor)
        self.scale = factor


def clean(value: float) -> float:
    """Without the noise of binary multiplication (1.1 × 1e6 is 1,100,000 and not a hair above)."""
    return round(value, 4) if abs(value) >= 1000 else round(value, 12)


def number_at(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """The number whose first token is ``k``; None if no number starts there."""
    if tokens.is_digits(k):
        return _typed(tokens, k, lang)
    word = tokens.at(k)
    if word in lang.number_words or word in lang.articles:
        return _spelled(tokens, k, lang)
    return None


def _typed(tokens: Tokens, k: int, lang: Language) -> Number | None:
    word = tokens.words[k]
    if len(word) > _LONGEST_DIGITS:
        return None
    value = lang.value(word)
    number = Number(value, value, k, k + 1, typed=True)
    _fraction_tail(tokens, number, lang)
    _power_tail(tokens, number)
    if not number.fraction:
        _magnitude_tail(tokens, number, lang)
    return number


def _fraction_tail(tokens: Tokens, number: Number, lang: Language) -> None:
    """1/2, 1 1/2, 1½, "3 quarters" are one number."""
    k = number.end
    tail = lang.fractions.get(tokens.at(k))
    if tail is not None and not tokens.at(k)[0].isascii():
        number.low = number.high = clean(number.low + tail)
        number.end = k + 1
        return
    whole, first = 0.0, number.start
    bridge = k
    if tokens.at(bridge) in _DASHES and tokens.touches(bridge):
        bridge += 1
    if tokens.words[first].isdecimal() and _slashed(tokens, bridge):
        whole, first = number.low, bridge
    elif not _slashed(tokens, first):
        return
    top, bottom = lang.value(tokens.words[first]), lang.value(tokens.words[first + 2])
    if bottom < 2 or bottom > 100 or top >= bottom:
        return
    number.low = number.high = clean(whole + top / bottom)
    number.fraction = whole == 0
    number.end = first + 3


def _slashed(tokens: Tokens, k: int) -> bool:
    """True for "1/2" at ``k``, glued, and not part of a longer run as in 1/2/2024."""
    return (
        tokens.is_digits(k)
        and tokens.at(k + 1) in ("/", "⁄")
        and tokens.is_digits(k + 2)
        and tokens.touches(k + 1)
        and tokens.touches(k + 2)
        and tokens.words[k].isdecimal()
        and tokens.words[k + 2].isdecimal()
        and len(tokens.words[k]) <= 2
        and not (tokens.at(k + 3) == "/" and tokens.touches(k + 3))
    )


def _power_tail(tokens: Tokens, number: Number) -> None:
    """1.5e6, 3 × 10⁸, 3 x 10^8."""
    k = number.end
    if tokens.at(k) == "e" and tokens.touches(k):
        sign = 1 if tokens.at(k + 1) in ("+", "-", "−") else 0
        exponent = k + 1 + sign
        if tokens.is_digits(exponent) and tokens.touches(exponent):
            _raise(number, tokens.words[exponent], tokens.at(k + 1) in ("-", "−"))
            number.end = exponent + 1
    elif tokens.at(k) in ("×", "x", "·") and tokens.at(k + 1) == "10":
        after = tokens.words[k + 2] if k + 2 < len(tokens) and tokens.touches(k + 2) else ""
        if after == "^" and tokens.is_digits(k + 3):
            _raise(number, tokens.words[k + 3], negative=False)
            number.end = k + 4
        elif after and (plain := after.translate(_SUPERSCRIPT)).lstrip("-").isdecimal() and plain != after:
            _raise(number, plain.lstrip("-"), plain.startswith("-"))
            number.end = k + 3


def _raise(number: Number, exponent: str, negative: bool) -> None:
    if exponent.isdecimal() and len(exponent) <= 2:
        power = float(f"1e{'-' if negative else ''}{exponent}")
        number.low = number.high = number.low * power
        number.scale = power


def _magnitude_tail(tokens: Tokens, number: Number, lang: Language) -> None:
    """A magnitude after digits: 12M, 15-thousand, 4 hundred million, 2 million 500 thousand."""
    k = number.end
    word = tokens.at(k)
    if tokens.touches(k) and word in lang.glued:
        longer = tokens.touches(k + 1) and tokens.words[k + 1][0].isalnum()
        if not longer and word != "mm" and not _measures(tokens, k, lang):
            number.scaled(lang.glued[word])
            number.end = k + 1
        return
    if word in _DASHES and tokens.touches(k) and tokens.touches(k + 1):
        k += 1
        word = tokens.at(k)
    scale = 1.0
    while word in lang.magnitudes and (scale == 1.0 or scale < lang.magnitudes[word]) and scale < 1e15:
        scale *= lang.magnitudes[word]
        number.end = k = k + 1
        word = tokens.at(k)
    if scale != 1.0:
        number.scaled(scale)


def _measures(tokens: Tokens, k: int, lang: Language) -> bool:
    """True when the "m" at ``k`` is metres: "a 100m race"; "2.2m" by itself is millions."""
    if tokens.at(k) != "m":
        return tokens.at(k) == "t" and tokens.at(k - 2) not in ("$", "£", "€")
    if k >= 2 and tokens.words[k - 2] in ("$", "£", "€", "¥", "RM", "PS", "USD", "EUR", "GBP"):
        return False
    race = tokens.words[k - 1] in lang.races and tokens.at(k - 2) == "the"
    return race or tokens.at(k + 1) in lang.meter_context


def _spelled(tokens: Tokens, k: int, lang: Language) -> Number | None:
    word = tokens.at(k)
    if word in lang.articles:
        return _after_article(tokens, k, lang)
    if word in lang.vague:
        return _vague(tokens, k, lang)
    if word in lang.vague_before:
        return _vague_before(tokens, k, lang)
    if word in lang.couple:
        return _couple(tokens, k, lang)
    if word in lang.fractions:
        return _fraction_word(tokens, k, lang)
    return _cardinal(tokens, k, lang)


def _after_article(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """ "a hundred", "a million", "a couple", "a few hundred", "a third of", "a half"."""
    following = tokens.at(k + 1)
    inner: Number | None = None
    if following in lang.magnitudes:
        inner = _cardinal(tokens, k + 1, lang)
    elif following in lang.couple:
        inner = _couple(tokens, k + 1, lang)
    elif following in lang.vague_before:
        inner = _vague_before(tokens, k + 1, lang)
    elif following in lang.fractions:
        inner = _fraction_word(tokens, k + 1, lang)
    if inner is not None:
        inner.start = k
    return inner


def _vague(tokens: Tokens, k: int, lang: Language) -> Number:
    """ "dozens", "tens of thousands": a range from the lexicon."""
    low, high = lang.vague[tokens.at(k)]
    end = k + 1
    if tokens.at(k + 1) in lang.of_words and tokens.at(k + 2) in lang.vague:
        unit = lang.vague[tokens.at(k + 2)][0]
        low, high, end = low * unit, high * unit, k + 3
    return Number(low, high, k, end, implied=Modifier.RANGE)


def _vague_before(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """ "several hundred": a range in the magnitude; "several" alone names no number."""
    low, high = lang.vague_before[tokens.at(k)]
    scale = lang.magnitudes.get(tokens.at(k + 1))
    if scale is None:
        return None
    number = Number(low, high, k, k + 2, implied=Modifier.RANGE)
    more = lang.magnitudes.get(tokens.at(k + 2), 1.0)
    if more > scale:
        scale, number.end = scale * more, k + 3
    number.scaled(scale)
    return number


def _couple(tokens: Tokens, k: int, lang: Language) -> Number:
    """ "couple (of) (thousand)": two, about."""
    end = k + 1
    number = Number(lang.couple_value, lang.couple_value, k, end, implied=Modifier.ABOUT)
    if tokens.at(end) in lang.of_words:
        end += 1
    scale = lang.magnitudes.get(tokens.at(end))
    if scale is not None:
        number.scaled(scale)
        number.end = end + 1
    elif end == k + 2:
        number.end = end
    return number


def _fraction_word(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """ "half", "a third of", "half a million", "quarter of a million"."""
    word = tokens.at(k)
    value = lang.fractions[word]
    end = k + 1
    over = end + (1 if tokens.at(end) in lang.of_words else 0)
    if tokens.at(over) in _DASHES and tokens.touches(over):
        over += 1
    if tokens.at(over) in lang.articles:
        over += 1
    if over > end and tokens.at(over) in lang.magnitudes:
        number = Number(value, value, k, over + 1)
        number.scaled(lang.magnitudes[tokens.at(over)])
        return number
    if not _names_a_part(tokens, k, end, lang):
        return None
    return Number(value, value, k, end, fraction=True)


def _names_a_part(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """False for a quarter of the year, a third place, the second half, a final third."""
    word = tokens.at(k)
    lead = tokens.at(k - 1)
    if lead in _DASHES:
        lead = tokens.at(k - 2)
    if lead in lang.positions:
        return False
    if word in lang.half_words:
        return lead not in lang.the_words and not (tokens.at(end) in _DASHES and tokens.touches(end)) and lead not in lang.places
    if not word[0].isalpha():
        return True
    counted = lead in lang.articles or lead in lang.small
    return counted and (word not in lang.ordinals or tokens.at(end) in lang.of_words or lead in lang.small)


def _cardinal(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """Number words in order: "one hundred and twenty", "one-point-five million", "four-thousand-100".

    ``total`` holds what a magnitude closed; ``current`` is what the next one will multiply.
    """
    total, current, last, top = 0.0, None, float("inf"), 1.0
    start, end, j = k, k, k
    while True:
        j, joined = _step(tokens, end, start, lang)
        word = tokens.at(j)
        if word in lang.small:
            added = _join(current, lang.small[word], joined)
            if added is None:
                break
            current = added
        elif word in lang.magnitudes:
            size = lang.magnitudes[word]
            if size == 100 and current is not None and current < 100:
                current *= 100
            elif current is not None or end == start or total == 0:
                if size >= last:
                    break
                total += (1.0 if current is None else current) * size
                current, last = None, size
                top = size
            elif total and size > last and j == end:
                total, last, top = total * size, size, size
            else:
                break
        elif tokens.is_digits(j) and joined == "-" and end > start and total and tokens.words[j].isdecimal():
            tail = float(tokens.words[j]) if len(tokens.words[j]) < 4 else last
            if tail >= last or current is not None:
                break
            current = tail
        elif word in lang.point_words and current is not None and end > start:
            point = _decimals(tokens, j + 1, lang)
            if point is None:
                break
            decimals, end = point
            current += decimals
            continue
        else:
            break
        end = j + 1
    if end == start:
        return None
    value = clean(total + (current or 0.0))
    number = Number(value, value, start, end, scale=top if current is None else 1.0)
    return _with_parts(tokens, number, lang)


def _step(tokens: Tokens, end: int, start: int, lang: Language) -> tuple[int, str]:
    """The token to try next and how it is joined: "" by a space, "-" by a hyphen, "and"."""
    if end == start:
        return end, ""
    word = tokens.at(end)
    if word in _DASHES and tokens.touches(end) and tokens.touches(end + 1):
        return end + 1, "-"
    previous = tokens.at(end - 1)
    if word in lang.and_words and previous in lang.magnitudes and tokens.at(end + 1) in lang.small:
        return end + 1, "and"
    return end, ""


def _join(current: float | None, small: float, joined: str) -> float | None:
    """``small`` after ``current``: "sixty" "four" and "six hundred" "four" add; "five six" do not."""
    if current is None:
        return small
    if current >= 100 and current % 100 == 0:
        return current + small
    if 20 <= current % 100 < 100 and current % 10 == 0 and 0 < small < 10 and joined != "and":
        return current + small
    return None


def _decimals(tokens: Tokens, k: int, lang: Language) -> tuple[float, int] | None:
    """The digits after "point", spoken one by one, and the token after them."""
    digits, end = "", k
    while len(digits) < 12:
        j = end + 1 if tokens.at(end) in _DASHES and tokens.touches(end) else end
        value = lang.small.get(tokens.at(j))
        if value is None or value > 9:
            break
        digits += str(int(value))
        end = j + 1
    return (float(f"0.{digits}"), end) if digits else None


def _with_parts(tokens: Tokens, number: Number, lang: Language) -> Number:
    """ "two thirds", "three quarters", "two and a half (million)"."""
    k = number.end
    if tokens.at(k) in _DASHES and tokens.touches(k):
        k += 1
    part = lang.fractions.get(tokens.at(k))
    if part is not None and number.low < 100 and number.scale == 1.0 and tokens.at(k) not in lang.half_words:
        plural = tokens.at(k) in lang.part_plurals
        if plural or number.low == 1:
            value = number.low * part
            return Number(value, value, number.start, k + 1, fraction=True)
    k = number.end
    if (
        tokens.at(k) in lang.and_words
        and tokens.at(k + 1) in lang.articles
        and tokens.at(k + 2) in lang.fractions
    ):
        number.low = number.high = number.low + lang.fractions[tokens.at(k + 2)] * number.scale
        number.end = k + 3
        _magnitude_tail(tokens, number, lang)
    return number

"""The value of a number in words: cardinals, vague words, fractions, and words mixed with digits."""

from __future__ import annotations

from tallybook.quantity import Modifier
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.digits import after_abbreviation, magnitude_tail
from tallybook.reading.numbers.number import Number, clean
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.tokens import Tokens

# An attribute of an enumeration is looked up slowly.
_RANGE = Modifier.RANGE

_DASHES = frozenset("-‐‑–")


def words_at(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """The number in words at token ``k``, which may be an article ("a dozen")."""
    word = tokens.lower[k]
    if word in lang.articles:
        return _after_article(tokens, k, lang)
    if word in lang.vague and not _one_of_it(tokens, k, lang):
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
    following = tokens.lower[k + 1]
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


def _one_of_it(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "близько тисячі людей": behind a modifier it is one thousand, and not thousands."""
    return tokens.lower[k] in lang.vague_singulars and lang.before.match(tokens.lower, k - 1) is not None


def _vague(tokens: Tokens, k: int, lang: Language) -> Number:
    """ "dozens", "tens of thousands", "десятки тисяч": a range from the lexicon."""
    low, high = lang.vague[tokens.lower[k]]
    end = k + 1
    if tokens.lower[k + 1] in lang.of_words and tokens.lower[k + 2] in lang.vague:
        unit = lang.vague[tokens.lower[k + 2]][0]
        low, high, end = low * unit, high * unit, k + 3
    elif lang.magnitudes.get(tokens.lower[k + 1], 0.0) > low:
        unit = lang.magnitudes[tokens.lower[k + 1]]
        low, high, end = low * unit, high * unit, after_abbreviation(tokens, k + 1, lang)
    return Number(low, high, k, end, implied=_RANGE)


def _vague_before(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """ "several hundred": a range in the magnitude; "several" alone names no number."""
    low, high = lang.vague_before[tokens.lower[k]]
    scale = lang.magnitudes.get(tokens.lower[k + 1])
    if scale is None:
        return None
    number = Number(low, high, k, after_abbreviation(tokens, k + 1, lang), implied=_RANGE)
    more = lang.magnitudes.get(tokens.lower[k + 2], 1.0)
    if more > scale:
        scale, number.end = scale * more, k + 3
    number.scaled(scale)
    return number


def _couple(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """ "couple (of) (thousand)": two, about."""
    end = k + 1
    if tokens.lower[k - 1] in lang.possessives and tokens.lower[end] not in lang.of_words:
        return None  # "the couple": two people who belong together
    number = Number(lang.couple_value, lang.couple_value, k, end, implied=Modifier.ABOUT)
    if tokens.lower[end] in lang.of_words:
        end += 1
    scale = lang.magnitudes.get(tokens.lower[end])
    if scale is not None:
        number.scaled(scale)
        number.end = end + 1
    elif end == k + 2:
        number.end = end
    return number


def _fraction_word(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """ "half", "a third of", "half a million", "quarter of a million"."""
    word = tokens.lower[k]
    value = lang.fractions[word]
    end = k + 1
    number = Number(value, value, k, end, fraction=True)
    if _part_of_one(tokens, number, lang):
        return number
    if word in lang.part_adjectives:
        return None  # "die halbe Wahrheit"
    return number if _names_a_part(tokens, k, end, lang) else None


def _part_of_one(tokens: Tokens, number: Number, lang: Language) -> bool:
    """ "half a million", "three-quarters of a million", "half a century", "a quarter of a percentage
    point": a part of one magnitude or unit is a number of its own, and no share."""
    k = number.end
    if tokens.lower[k] in lang.of_words or (tokens.lower[k] in _DASHES and tokens.glued[k]):
        k += 1
    if tokens.lower[k] in lang.articles:
        k += 1
    direct = tokens.lower[number.end - 1] in lang.part_adjectives  # "eine halbe Million", "пів року"
    if k == number.end and not direct:
        return False
    scale = lang.magnitudes.get(tokens.lower[k])
    if scale is not None:
        number.scaled(scale)
        number.end = k + 1
    elif (direct or tokens.lower[k - 1] in lang.articles) and unit_at(tokens, k, lang) is not None:
        number.end = k
    else:
        return False
    number.fraction = False
    return True


def _names_a_part(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """False for a quarter of the year, a third place, the second half, a final third."""
    word = tokens.lower[k]
    lead = tokens.lower[k - 1]
    if lead in _DASHES:
        lead = tokens.lower[k - 2]
    if lead in lang.positions:
        return False
    if word in lang.half_words:
        hangs = tokens.lower[end] in _DASHES and tokens.glued[end]
        return not hangs and lead not in lang.the_words and lead not in lang.in_words
    if not word[0].isalpha() or lead in lang.small:
        return True
    if lead not in lang.articles:
        return not lang.articles  # a language without articles
    if word not in lang.ordinals or tokens.lower[end] in lang.of_words:
        return True
    # "by a third", "almost a fifth this year": an ordinal would have its noun behind it
    following = tokens.lower[end]
    return not following[:1].isalpha() or (following in lang.stop and following not in lang.behind_ordinals)


def _cardinal(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """Number words in order: "one hundred and twenty", "one-point-five million", "four-thousand-100".

    ``total`` holds what a magnitude closed; ``current`` is what the next one will multiply.
    """
    total, current, last = 0.0, None, float("inf")
    start, end, j = k, k, k
    while True:
        j, joined = _step(tokens, end, start, lang)
        word = tokens.lower[j]
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
            elif total and size > last and j == end:
                total, last = total * size, size
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
        end = after_abbreviation(tokens, j, lang) if word in lang.magnitudes else j + 1
    if end == start:
        return None
    value = clean(total + (current or 0.0))
    number = Number(value, value, start, end, scale=_closing_scale(tokens, start, end, lang))
    return _with_parts(tokens, number, lang)


def _step(tokens: Tokens, end: int, start: int, lang: Language) -> tuple[int, str]:
    """The token to try next and how it is joined: "" by a space, "-" by a hyphen, "and"."""
    if end == start:
        return end, ""
    word = tokens.lower[end]
    if word in _DASHES and tokens.glued[end] and tokens.glued[end + 1]:
        return end + 1, "-"
    previous = tokens.lower[end - 1]
    if word in lang.and_words and previous in lang.magnitudes and tokens.lower[end + 1] in lang.small:
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
        j = end + 1 if tokens.lower[end] in _DASHES and tokens.glued[end] else end
        value = lang.small.get(tokens.lower[j])
        if value is None or value > 9:
            break
        digits += str(int(value))
        end = j + 1
    return (float(f"0.{digits}"), end) if digits else None


def _with_parts(tokens: Tokens, number: Number, lang: Language) -> Number:
    """ "two thirds", "three quarters", "two and a half (million)"."""
    k = number.end
    if tokens.lower[k] in _DASHES and tokens.glued[k]:
        k += 1
    part = lang.fractions.get(tokens.lower[k])
    if (
        part is not None
        and number.low < 100
        and number.scale == 1.0
        and tokens.lower[k] not in lang.half_words
    ):
        plural = tokens.lower[k] in lang.part_plurals
        if plural or number.low == 1:
            value = number.low * part
            parts = Number(value, value, number.start, k + 1, fraction=True)
            _part_of_one(tokens, parts, lang)
            return parts
    joined = _behind_dash(tokens, number.end)
    article = _behind_dash(tokens, joined + 1)
    part_at = _behind_dash(tokens, article + 1)
    part = lang.fractions.get(tokens.lower[part_at])
    if part is not None and tokens.lower[joined] in lang.and_words and tokens.lower[article] in lang.articles:
        number.low = number.high = number.low + part * number.scale
        number.end = part_at + 1  # "two and a half", "five-and-a-half"
        magnitude_tail(tokens, number, lang)
    return number


def _behind_dash(tokens: Tokens, k: int) -> int:
    return k + 1 if tokens.lower[k] in _DASHES else k


def _closing_scale(tokens: Tokens, start: int, end: int, lang: Language) -> float:
    """The magnitude that the number ends with: 100 of "four hundred", 100,000 of "two hundred thousand"."""
    scale, k = 1.0, end - 1
    while k > start and tokens.lower[k] in lang.magnitudes:
        scale *= lang.magnitudes[tokens.lower[k]]
        k -= 1
    return scale

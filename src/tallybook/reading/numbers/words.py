"""The value of a number in words: cardinals, vague words, fractions, and words mixed with digits."""

from __future__ import annotations

from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.digits import after_abbreviation, ends_phrase, magnitude_tail
from tallybook.reading.numbers.number import Number, rounded
from tallybook.reading.numbers.parts import hangs_on_a_noun, part_of_one
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Modifier

# An attribute of an enumeration is looked up slowly.
_RANGE = Modifier.RANGE


def words_at(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """The number in words at token ``k``, which may be an article ("a dozen")."""
    word = tokens.lower[k]
    if word in lang.grammar.articles:
        return _after_article(tokens, k, lang) or _one_that_counts(tokens, k, lang)
    if word in lang.numbers.vague and not _one_of_it(tokens, k, lang):
        return _vague(tokens, k, lang)
    if word in lang.numbers.vague_before:
        return _vague_before(tokens, k, lang)
    if word in lang.numbers.couple:
        return _couple(tokens, k, lang)
    if word in lang.numbers.fractions:
        return _fraction_word(tokens, k, lang)
    return _cardinal(tokens, k, lang)


def _after_article(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """ "a hundred", "a million", "a couple", "a few hundred", "a third of", "a half"."""
    following = tokens.lower[k + 1]
    inner: Number | None = None
    if following in lang.numbers.magnitudes:
        inner = _cardinal(tokens, k + 1, lang)
    elif following in lang.numbers.couple:
        inner = _couple(tokens, k + 1, lang)
    elif following in lang.numbers.vague_before:
        inner = _vague_before(tokens, k + 1, lang)
    elif following in lang.numbers.fractions:
        inner = _fraction_word(tokens, k + 1, lang)
    if inner is not None:
        inner.start = k
    return inner


def _one_that_counts(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """ "einer der drei Gründer", "nur einen Tag", "mindestens ein Mensch": an article that counts one."""
    word, following = tokens.lower[k], tokens.lower[k + 1]
    if word in lang.numbers.members and following in lang.grammar.of_words:
        counts = tokens.lower[k - 1] not in lang.grammar.determiners
    elif word in lang.numbers.counting_articles:
        lead = k - 1
        if tokens.lower[lead] in lang.bounds.skipped and tokens.lower[lead] not in lang.grammar.by_words:
            lead -= 1  # "um jeweils ein Jahr"
        bounded = tokens.lower[k - 1] in lang.grammar.just_words or _is_bounded(tokens, k, lang)
        bounded = bounded or tokens.lower[lead] in lang.grammar.by_words
        counts = following in lang.numbers.counted_by_article or (
            bounded and _counts_one(tokens, k + 1, lang)
        )
    else:
        return None
    return Number(1.0, 1.0, k, k + 1) if counts else None


def _is_bounded(tokens: Tokens, k: int, lang: Language) -> bool:
    """True behind a bound of quantity; "unter einer Brücke", "über eine Woche" may be of place or time."""
    lead = tokens.lower[k - 1]
    if lead not in lang.bounds.before.heads or lead in lang.trends.levels:
        return False
    return lang.bounds.before.match(tokens.lower, k - 1) is not None


def _counts_one(tokens: Tokens, k: int, lang: Language) -> bool:
    return unit_at(tokens, k, lang) is not None or tokens.lower[k] in lang.nouns.names


def _one_of_it(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "близько тисячі людей": behind a modifier it is one thousand, and not thousands."""
    if tokens.lower[k] not in lang.numbers.vague_singulars:
        return False
    return lang.bounds.before.match(tokens.lower, k - 1) is not None


def _vague(tokens: Tokens, k: int, lang: Language) -> Number:
    """ "dozens", "tens of thousands", "десятки тисяч": a range from the lexicon."""
    low, high = lang.numbers.vague[tokens.lower[k]]
    end = k + 1
    if tokens.lower[k + 1] in lang.grammar.of_words and tokens.lower[k + 2] in lang.numbers.vague:
        unit = lang.numbers.vague[tokens.lower[k + 2]][0]
        low, high, end = low * unit, high * unit, k + 3
    elif lang.numbers.magnitudes.get(tokens.lower[k + 1], 0.0) > low:
        unit = lang.numbers.magnitudes[tokens.lower[k + 1]]
        low, high, end = low * unit, high * unit, after_abbreviation(tokens, k + 1, lang)
    return Number(low, high, k, end, implied=_RANGE)


def _vague_before(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """ "several hundred": a range in the magnitude; "several" alone is not a number."""
    low, high = lang.numbers.vague_before[tokens.lower[k]]
    scale = lang.numbers.magnitudes.get(tokens.lower[k + 1])
    if scale is None:
        return None
    number = Number(low, high, k, after_abbreviation(tokens, k + 1, lang), implied=_RANGE)
    more = lang.numbers.magnitudes.get(tokens.lower[k + 2], 1.0)
    if more > scale:
        scale, number.end = scale * more, k + 3
    number.scaled(scale)
    return number


def _couple(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """ "couple (of) (thousand)": two, about."""
    end = k + 1
    if tokens.lower[k - 1] in lang.grammar.possessives and tokens.lower[end] not in lang.grammar.of_words:
        return None  # "the couple": two people who belong together
    number = Number(lang.numbers.couple_value, lang.numbers.couple_value, k, end, implied=Modifier.ABOUT)
    if tokens.lower[end] in lang.grammar.of_words:
        end += 1
    scale = lang.numbers.magnitudes.get(tokens.lower[end])
    if scale is not None:
        number.scaled(scale)
        number.end = end + 1
    elif end == k + 2:
        number.end = end
    return number


def _fraction_word(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """ "half", "a third of", "half a million", "quarter of a million"."""
    word = tokens.lower[k]
    value = lang.numbers.fractions[word]
    end = k + 1
    number = Number(value, value, k, end, fraction=True)
    if word in lang.bounds.durations and tokens.lower[k - 1] in lang.ordinals.period_leads:
        return None  # "in the same | quarter | a year ago"
    if part_of_one(tokens, number, lang):
        return number
    if word in lang.numbers.part_adjectives:
        return None  # "die halbe Wahrheit"
    if tokens.lower[end] in HYPHENS and tokens.glued[end] and tokens.glued[end + 1]:
        if tokens.lower[end + 1] in lang.numbers.hyphen_parts and word not in lang.ordinals.words:
            number.fraction = False
            return number  # "a quarter-point cut"
        return None  # "a third-degree burn", "a fifth-floor flat"
    return number if _names_a_part(tokens, k, end, lang) else None


def _names_a_part(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """False for a quarter of the year, a third place, the second half, a final third."""
    word = tokens.lower[k]
    lead = tokens.lower[k - 1]
    if lead in HYPHENS:
        lead = tokens.lower[k - 2]
    if lead in lang.ordinals.positions:
        return False
    if word in lang.numbers.half_words:
        hangs = tokens.lower[end] in HYPHENS and tokens.glued[end]
        return not hangs and lead not in lang.grammar.the_words and lead not in lang.grammar.in_words
    if not word[0].isalpha() or lang.numbers.small(lead) is not None:
        return True
    if lead not in lang.grammar.articles:
        return not lang.grammar.articles  # a language without articles
    if word not in lang.ordinals.words or tokens.lower[end] in lang.grammar.of_words:
        return True
    # "by a third", "almost a fifth this year": an ordinal would have its noun behind it
    following = tokens.lower[end]
    return not following[:1].isalpha() or (
        following in lang.grammar.stop and following not in lang.ordinals.before
    )


def _cardinal(tokens: Tokens, k: int, lang: Language) -> Number | None:
    """Number words in order: "one hundred and twenty", "one-point-five million", "four-thousand-100".

    ``total`` holds what a magnitude closed; ``current`` is what the next one will multiply.
    """
    total, current, last = 0.0, None, float("inf")
    start, end, j = k, k, k
    while True:
        j, joined = _step(tokens, end, start, lang)
        word = tokens.lower[j]
        small = lang.numbers.small(word)
        if small is not None:
            if current is not None and not joined and _hangs(tokens, j + 1, lang):
                break  # "twenty five-gallon drums"
            added = _join(current, small, joined)
            if added is None:
                break
            current = added
        elif word in lang.numbers.magnitudes and not _opens_a_noun(tokens, j, lang):
            size = lang.numbers.magnitudes[word]
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
        elif word in lang.numbers.point_words and current is not None and end > start:
            point = _decimals(tokens, j + 1, lang)
            if point is None:
                break
            decimals, end = point
            current += decimals
            continue
        else:
            break
        end = after_abbreviation(tokens, j, lang) if word in lang.numbers.magnitudes else j + 1
    if end == start:
        return None
    value = rounded(total + (current or 0.0))
    number = Number(value, value, start, end, scale=_closing_scale(tokens, start, end, lang))
    return _with_parts(tokens, number, lang)


def _hangs(tokens: Tokens, k: int, lang: Language) -> bool:
    """Whether a hyphen at ``k`` joins a word that is no number."""
    dashed = tokens.lower[k] in HYPHENS and tokens.glued[k] and tokens.glued[k + 1]
    return dashed and tokens.lower[k + 1][:1].isalpha() and tokens.lower[k + 1] not in lang.numbers.words


def _opens_a_noun(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "two grand pianos": a magnitude only where it ends its phrase."""
    return tokens.lower[k] in lang.numbers.closing and not ends_phrase(tokens, k + 1, lang)


def _step(tokens: Tokens, end: int, start: int, lang: Language) -> tuple[int, str]:
    """The token to try next and how it is joined: "" by a space, "-" by a hyphen, "and"."""
    if end == start:
        return end, ""
    word = tokens.lower[end]
    if word in HYPHENS and tokens.glued[end] and tokens.glued[end + 1]:
        return end + 1, "-"
    previous = tokens.lower[end - 1]
    joined = word in lang.grammar.and_words and previous in lang.numbers.magnitudes
    if joined and lang.numbers.small(tokens.lower[end + 1]) is not None:
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
        j = end + 1 if tokens.lower[end] in HYPHENS and tokens.glued[end] else end
        value = lang.numbers.small(tokens.lower[j])
        if value is None or value > 9:
            break
        digits += str(int(value))
        end = j + 1
    return (float(f"0.{digits}"), end) if digits else None


def with_half_behind(tokens: Tokens, number: Number, lang: Language) -> None:
    """ "два з половиною мільйони", "2 з половиною"."""
    found = lang.numbers.with_half.match(tokens.lower, number.end)
    if found is not None and number.scale == 1.0:
        number.low += 0.5
        number.high += 0.5
        number.printed, number.step = "", 0.5
        number.end += found[0]
        magnitude_tail(tokens, number, lang)


def _with_parts(tokens: Tokens, number: Number, lang: Language) -> Number:
    """ "two thirds", "three quarters", "two and a half (million)"."""
    k = number.end
    if tokens.lower[k] in lang.numbers.with_half.heads:
        with_half_behind(tokens, number, lang)
    if tokens.lower[k] in HYPHENS and tokens.glued[k]:
        k += 1
    part = lang.numbers.fractions.get(tokens.lower[k])
    if part is not None and k == number.end and hangs_on_a_noun(tokens, k, lang):
        part = None  # "one fourth-year student"
    if (
        part is not None
        and number.low < 100
        and number.scale == 1.0
        and (tokens.lower[k] not in lang.numbers.half_words or (k > number.end and number.low == 1))
    ):
        plural = tokens.lower[k] in lang.numbers.part_plurals
        if plural or number.low == 1:
            value = number.low * part
            parts = Number(value, value, number.start, k + 1, fraction=True)
            part_of_one(tokens, parts, lang)
            return parts
    joined = _behind_dash(tokens, number.end)
    if tokens.lower[joined] not in lang.grammar.and_words:
        return number
    article = _behind_dash(tokens, joined + 1)
    part_at = _behind_dash(tokens, article + 1)
    part = lang.numbers.fractions.get(tokens.lower[part_at])
    one = tokens.lower[article] in lang.grammar.articles or lang.numbers.small(tokens.lower[article]) == 1
    if part is not None and one:
        number.low = number.high = number.low + part * number.scale
        number.step = part * number.scale
        number.end = part_at + 1  # "two and a half", "five-and-a-half"
        magnitude_tail(tokens, number, lang)
    return number


def _behind_dash(tokens: Tokens, k: int) -> int:
    return k + 1 if tokens.lower[k] in HYPHENS else k


def _closing_scale(tokens: Tokens, start: int, end: int, lang: Language) -> float:
    """The magnitude that the number ends with: 100 of "four hundred", 100,000 of "two hundred thousand"."""
    scale, k = 1.0, end - 1
    while k > start and tokens.lower[k] in lang.numbers.magnitudes:
        scale *= lang.numbers.magnitudes[tokens.lower[k]]
        k -= 1
    return scale

"""Two numbers that are the ends of one range, and two that are not: scores, years, change and level."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.asides.dates import dates_a_noun, is_day, is_month, is_year
from tallybook.reading.asides.names import title_at
from tallybook.reading.figures.measured import Measured, measured_at
from tallybook.reading.figures.modifiers import bounds_before, trend_before
from tallybook.reading.figures.nouns import counted_at
from tallybook.reading.figures.rates import rate_at
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.number import Number
from tallybook.reading.text.marks import DASHES
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import CEILINGS, FLOORS

_RANGE_DASHES = DASHES | frozenset("‒−")
# The longest hedge, with a currency, before the second end of a range ("to as much as US$ 8,000").
_HEDGE = 7
# The longest phrase, with its "to", between the ends of a range.
_LONGEST_PHRASE = 6
_NO_RANGE = (None, None)
# "two, three weeks", but not "20, 21 weeks"; "64 or 128", but "one or two".
_SMALL, _DOUBLED = 12, 8
# Round numbers estimate ("30 or 40 people"), and so do neighbours ("8 or 10 days"); "24 or 36 months" choose.
_ROUGH, _NEIGHBOURS = 5, 2
# Two of these that look like years are a rough count before a noun: "1600–1750 amphorae".
_ROUND = 50
# A low end so many times below the high one does not share its thousands: "8 to 80,000 ants".
_FARTHEST = 3000
# An amount that begins with what looks like a year ends near it: "1700–1950 grams".
_MOST_TIMES = 5
# "from 8 million to 4" is to 4 million, but "from 1.2 million to 900" not.
_ALIKE, _BARE = 10, 100


def other_end(tokens: Tokens, amount: Measured, lang: Language) -> tuple[Measured | Aside | None, int | None]:
    """The other end of a range that begins with ``amount``, and the token of its opener if any."""
    j = amount.end
    join = tokens.lower[j]
    if join == "." and "…" in lang.ranges.joins and tokens.lower[j + 1] == tokens.lower[j + 2] == ".":
        j += 2  # "-3...+2 °C"
        join = "…"
    dash = join in _RANGE_DASHES
    if join in lang.ranges.up_words and tokens.lower[j + 1] in lang.grammar.to_words:
        j += 1  # "from $50 up to $900"
        join = "" if _opened_from(tokens, amount, lang) is None else tokens.lower[j]
    if not dash and join not in lang.ranges.all_joins and join not in lang.grammar.and_words:
        if join == ",":
            pair = _one_or_the_next(tokens, amount, lang)
            if pair is not None:
                return pair, None
            j += 1
        if tokens.lower[j] in lang.ranges.but_words:
            return _ceiling(tokens, amount, j, lang), None
        if tokens.opened is None:
            tokens.opened = not lang.grammar.from_words.isdisjoint(tokens.lower)
        return _parted(tokens, amount, lang) if tokens.opened else _NO_RANGE
    if dash and tokens.glued[j] and tokens.lower[j + 1] in lang.ranges.after_hyphen:
        j += 1  # "16- to 24-year-olds"
        join, dash = tokens.lower[j], False
    if (
        dash
        and not tokens.glued[j]
        and (tokens.glued[j + 1] or tokens.lower[j + 1] in lang.ranges.joins_opened)
    ):
        return None, None  # "на 4 тисячі — до 61 тисячі": a change and the level
    first = _behind_hedges(tokens, amount.start, lang)
    opener = lang.ranges.openers.match(tokens.lower, first - 1)
    opener_at = first - opener[0] if opener else None
    if join in lang.grammar.and_words and not (opener and opener[1] not in lang.grammar.from_words):
        return _ceiling(tokens, amount, j, lang), None
    if join in lang.ranges.joins_opened and not opener:
        return None, None  # "від 5 до 10"; "5 до 10" is not a range
    k = j + 1
    if tokens.lower[k] in _RANGE_DASHES and not dash and tokens.glued[k + 1]:
        k += 1
    if opener and tokens.lower[k] == ",":
        k += 1  # "between 4,000 and, at the very most, 5,000"
    if dash and tokens.glued[j] and tokens.glued[k] and tokens.lower[k] in lang.bounds.before.heads:
        return None, None  # "a six-under 66"
    k, hedge_end = _to_number(tokens, k, lang)
    other = measured_at(tokens, k, lang) if k >= 0 else None
    if k >= 0 and tokens.words[k].istitle() and title_at(tokens, k, lang) is not None:
        return None, None  # "20 EUR to Million Trees"
    if other is None or other.start < j + 1 or other.start > hedge_end:
        return None, None
    either = join in lang.grammar.or_words and opener is None
    if either and (_bounded_apart(tokens, amount, other, lang) or _either(tokens, amount, other, j, lang)):
        return None, None  # "under 18 or over 65", "64 or 128 gigabytes"
    if not dash:
        _extend(tokens, other, lang)
    verdict = _fits(tokens, amount, other, join, opener is not None, lang)
    if verdict is False:
        return None, None
    if verdict is not True:
        return verdict, None
    return other, opener_at


def _ceiling(tokens: Tokens, amount: Measured, j: int, lang: Language) -> Measured | None:
    """ "at least 400 and at most 600": the ceiling behind the "and" or "but" at ``j``, above a floor."""
    if FLOORS.isdisjoint(bounds_before(tokens, amount.start, lang)[0]):
        return None
    k, end = _to_number(tokens, j + 1, lang)
    other = measured_at(tokens, k, lang) if k >= 0 else None
    if other is None or not j < other.start <= end:
        return None
    bounds, first = bounds_before(tokens, other.start, lang)
    if first != j + 1 or CEILINGS.isdisjoint(bounds) or (amount.unit and amount.unit != other.unit):
        return None
    _share_magnitude(amount.number, other.number)
    return other if amount.number.high < other.number.low else None


def _opened_from(tokens: Tokens, amount: Measured, lang: Language) -> int | None:
    """The token of the "from" that opens a range at ``amount``."""
    first = _behind_hedges(tokens, amount.start, lang)
    if tokens.lower[first - 1] not in lang.grammar.from_words:
        return None
    opener = lang.ranges.openers.match(tokens.lower, first - 1)
    return first - opener[0] if opener else None


def _parted(tokens: Tokens, amount: Measured, lang: Language) -> tuple[Measured | None, int | None]:
    """ "from 30 classes to 22", "from 12 euros in winter to 31 euros in summer": what the first number
    counts, or a phrase of place or time, stands between the ends."""
    opener = _opened_from(tokens, amount, lang)
    if opener is None:
        return None, None
    k, unit, noun = amount.end, amount.unit, None
    if unit is None:
        if is_year(tokens, amount.number.start):
            return None, None
        noun = counted_at(tokens, k, amount.number.one, lang)
        if noun is not None:
            k, unit = max(k, noun.end), noun.unit
    rate = rate_at(tokens, k, lang)
    k = rate[1] if rate else k
    j = _next_to(tokens, k, lang)
    if j is None:
        return None, None
    n, end = _to_number(tokens, j + 1, lang)
    other = measured_at(tokens, n, lang) if n >= 0 else None
    if other is None or not j < other.start <= end or (is_year(tokens, n) and other.unit is None):
        return None, None
    theirs = other.unit
    if theirs is None:
        counted = counted_at(tokens, other.end, other.number.one, lang)
        theirs = counted.unit if counted is not None else None
    if unit is None and other.unit is None:
        return None, None  # "from minus 4 in the glens to 9 degrees"
    if unit is not None and theirs is not None and theirs != unit:
        return None, None
    amount.unit, amount.per = unit, rate[0] if rate else None
    amount.counted = amount.counted or noun
    _share_magnitude(amount.number, other.number)
    return other, opener


def _next_to(tokens: Tokens, k: int, lang: Language) -> int | None:
    """The "to" at ``k``, or behind one phrase of place or time without numbers."""
    for j in range(k, min(k + _LONGEST_PHRASE, tokens.size)):
        word = tokens.lower[j]
        if word in lang.grammar.to_words:
            return j
        if not word[:1].isalpha() or word in lang.numbers.words or word in lang.grammar.list_words:
            return None
        if j == k and word not in lang.grammar.stop and word not in lang.dates.seasons:
            return None
    return None


def _one_or_the_next(tokens: Tokens, left: Measured, lang: Language) -> Measured | None:
    """ "two, three weeks": a small number, the next one, and a unit."""
    k, lead = left.end + 1, tokens.lower[left.start - 1]
    if left.unit is not None or left.number.low > _SMALL or lead in lang.grammar.list_words:
        return None
    numeral = tokens.is_digits(k) or tokens.lower[k] in lang.numbers.words
    right = measured_at(tokens, k, lang) if numeral else None
    if right is None or right.start != k or right.counted is None:
        return None
    return right if right.number.low == left.number.low + 1 else None


def _either(tokens: Tokens, left: Measured, right: Measured, j: int, lang: Language) -> bool:
    """ "64 or 128 gigabytes", "a 13- or 15-inch screen", "every 6 or 12 months": one or the other."""
    if tokens.lower[left.end] in _RANGE_DASHES and j > left.end:
        return True
    if tokens.lower[left.start - 1] == lang.rates.every:
        return True
    if tokens.lower[left.start - 1] == "," and tokens.is_digits(left.start - 2):
        return True  # "€8, €12 or €20"
    if not (left.number.in_digits and right.number.in_digits):
        return False
    low, high = left.number.low, right.number.low
    if high == 2 * low >= _DOUBLED:
        return True
    if low % _ROUGH == high % _ROUGH == 0 or low != int(low) or high != int(high):
        return False  # "10 or 15 minutes"
    return high - low > _NEIGHBOURS and low >= _DOUBLED


def _extend(tokens: Tokens, right: Measured, lang: Language) -> None:
    """ "from 12 to 18-20 million": the upper end is a range itself."""
    j = right.end
    if tokens.lower[j] not in _RANGE_DASHES or not (tokens.glued[j] and tokens.glued[j + 1]):
        return
    last = measured_at(tokens, j + 1, lang) if tokens.is_digits(j + 1) else None
    if last is None or last.start != j + 1 or right.unit not in (None, last.unit):
        return
    _share_magnitude(right.number, last.number)
    number, other = right.number, last.number
    if number.high < other.high:
        number.high, number.end, number.scale = other.high, other.end, other.scale
        right.end, right.unit, right.counted = last.end, last.unit, last.counted


def _bounded_apart(tokens: Tokens, left: Measured, right: Measured, lang: Language) -> bool:
    """True of a ceiling and a floor: two bounds, and never the range between them."""
    first = set(bounds_before(tokens, left.start, lang)[0])
    second = set(bounds_before(tokens, right.start, lang)[0])
    return bool((first & CEILINGS and second & FLOORS) or (first & FLOORS and second & CEILINGS))


def _behind_hedges(tokens: Tokens, start: int, lang: Language) -> int:
    """The first token of the hedges directly before ``start`` ("from about 3 to 5")."""
    opened = tokens.lower[start - 1] in lang.ranges.before_ends
    return start if opened else bounds_before(tokens, start, lang)[1]


def _to_number(tokens: Tokens, k: int, lang: Language) -> tuple[int, int]:
    """The number within a few tokens of ``k``, behind a currency or hedge; (-1, -1) if none."""
    for j in range(k, min(k + _HEDGE, tokens.size)):
        if tokens.is_digits(j) or tokens.lower[j] in lang.numbers.words:
            currency = lang.units.currency.match(tokens.words, j - 1)
            first = j - currency[0] if currency else j
            if first <= k or bounds_before(tokens, first, lang)[1] <= k:
                return j, j
            lead = tokens.lower[j - 1]
            led = lead in lang.grammar.articles or lead in lang.numbers.minus_words
            led = led or lead in lang.numbers.plus_names or (lead == "+" and "…" in lang.ranges.joins)
            near = j - 1 <= k or bounds_before(tokens, j - 1, lang)[1] <= k
            return (j, j) if led and near else (-1, -1)
    return -1, -1


def _fits(
    tokens: Tokens, left: Measured, right: Measured, join: str, opened: bool, lang: Language
) -> bool | Aside:
    """True if two numbers make one range, or the aside that they are. Gives ``left`` a shared magnitude."""
    a, b = left.number, right.number
    aside = _both_aside(tokens, left, right, lang)
    if aside is not None:
        return aside
    if join in lang.grammar.or_words and not lang.grammar.distributive.isdisjoint(tokens.lower):
        return False  # "25k or 40k cheaper, respectively"
    year = is_year(tokens, a.start) and a.end == a.start + 1 and left.unit is None
    if year and is_year(tokens, b.start) and b.end == b.start + 1 and right.unit is None:
        if not _followed_by_noun(tokens, right.end, lang) or (
            join in _RANGE_DASHES and not _counts_roughly(tokens, left, right, lang)
        ):
            return Aside("date", a.start, b.end)
    elif year and not opened and not _counts_as(tokens, left, right, lang):
        return False  # "rose 60% in 2018 to 3.9 million"
    if left.unit is not None and right.unit is not None and not _same_unit(left, right):
        to = join in lang.grammar.to_words and not _changes(tokens, left, lang)
        return to and _put_in_one_unit(left, right, lang)
    if left.unit is not None and right.unit is None and join in lang.grammar.or_words:
        counted = counted_at(tokens, right.end, right.number.one, lang)
        if counted is not None and counted.start == right.end and counted.unit != left.unit:
            return False  # "2% or 30 people"
    if left.unit is None and right.unit is None and a.fraction != b.fraction:
        return False
    parted = right.unit is None and left.end > a.end and not opened and join in lang.grammar.to_words
    if parted and counted_at(tokens, right.end, b.one, lang) is None:
        return False  # "limits cars to 80 km/h, and those of 12 tonnes to 60"
    if left.end == a.end or right.unit is not None:
        _share_magnitude(
            a, b, falls=opened and join in lang.grammar.to_words
        )  # not of "rose 4% to 6.1 million"
    alike = b.scale == 1.0 < a.scale and b.low < min(a.low / a.scale * _ALIKE, _BARE)
    if opened and right.unit is None and alike:
        b.scaled(a.scale)  # "from 8 million to 4"
    if join in lang.grammar.to_words and not opened and _change_and_level(tokens, left, right, lang):
        return False
    if left.unit is not None and right.unit is None and left.counted is not None and join in _RANGE_DASHES:
        return False
    bare = left.unit is None and right.unit is None and a.in_digits and b.in_digits
    if a.low == b.low and join in _RANGE_DASHES and bare:
        return Aside("score", a.start, b.end)
    if (
        tokens.words[b.start][0] == "0"
        and len(tokens.words[b.start]) > 2
        and tokens.words[b.start].isdecimal()
    ):
        return False  # a telephone number
    if a.low <= b.high:
        return join not in lang.grammar.or_words or b.high <= 20 * max(a.low, 1) or opened
    if opened or (left.unit is not None and left.unit == right.unit and join not in lang.grammar.or_words):
        # "by 53.4% to 46.6%": two shares of a vote, not a range that falls
        if not opened and left.unit == "percent" and not _changes(tokens, left, lang):
            return False
        return opened or tokens.lower[left.start - 1] not in lang.grammar.by_words
    small = bare and a.low < 200 and b.low < 200
    return Aside("score", a.start, b.end) if small and join in ("-", "–") else False


def _counts_roughly(tokens: Tokens, left: Measured, right: Measured, lang: Language) -> bool:
    """ "1600–1750 amphorae": round numbers before what is counted, and not before what years date."""
    round_ones = left.number.low % _ROUND == 0 and right.number.high % _ROUND == 0
    return round_ones and not dates_a_noun(tokens, left.number.start, right.end, lang)


def _counts_as(tokens: Tokens, left: Measured, right: Measured, lang: Language) -> bool:
    """Whether what looks like a year is the low end of an amount: "2000-2500 litres"."""
    if right.number.scale != 1.0 or tokens.lower[left.start - 1] in lang.dates.year_leads:
        return False
    return right.unit is None or left.number.low < right.number.low <= _MOST_TIMES * left.number.low


def _both_aside(tokens: Tokens, left: Measured, right: Measured, lang: Language) -> Aside | None:
    """ "pages 12 to 15", "between 2 and 3 p.m."."""
    if left.unit is not None or right.unit is not None:
        return None
    label = lang.names.labels.get(tokens.lower[left.start - 1])
    if label is not None:
        return Aside(label, left.start - 1, right.end)
    if (
        is_month(tokens, right.end, lang)
        and is_day(tokens, left.number.start)
        and is_day(tokens, right.number.start)
    ):
        return Aside("date", left.start, right.end + 1)  # "between 3 and 9 May"
    suffix = lang.dates.clock.match(tokens.lower, right.end)
    if suffix is not None and right.number.high <= 24 and left.number.high <= 24:
        return Aside("clock", left.start, right.end + suffix[0])
    return None


def _put_in_one_unit(left: Measured, right: Measured, lang: Language) -> bool:
    """ "six months to two years" is half a year to two; False where the units are not of one kind."""
    count = lang.units.smaller.get(right.unit, {}).get(left.unit or "")
    number = left.number
    if right.counted is None or right.unit in lang.units.currencies:
        return False
    if count is None or number.high / count >= right.number.low:
        return False
    number.scaled(1 / count)
    number.printed, number.step = "", 1 / count
    left.unit = right.unit
    return True


def _same_unit(left: Measured, right: Measured) -> bool:
    """The same, or two currencies of one name ("$US160 million and $171 million")."""
    if left.unit == right.unit:
        return True
    money = left.counted is None and right.counted is None
    return money and (left.unit or "").endswith(right.unit or "")


def _change_and_level(tokens: Tokens, left: Measured, right: Measured, lang: Language) -> bool:
    """ "rose 64.06 points to 4,577.10", "by $43.6 billion to $419.2 billion", "by 3 million to 46 million".

    The first number is the change and the second the level reached, when the first is complete (it
    has a unit or magnitude of its own); of two percentages, when they are far apart.
    """
    far = right.number.high > 3 * left.number.high
    if left.unit is None and left.number.scale == 1.0 and not far:
        return False
    first = bounds_before(tokens, left.start, lang)[1]
    lead = tokens.lower[first - 1]
    if far and (lead in lang.trends.contested_verbs or lead in lang.trends.made):
        return True  # "gold added $12 to $2,045"
    if trend_before(tokens, first, left.unit, lang) is None:
        return False
    alike = left.unit == right.unit == "percent" or left.unit is None
    return not alike or far


def _changes(tokens: Tokens, left: Measured, lang: Language) -> bool:
    """Whether a word of change leads to the range: "fell 48 percent to 45 percent"."""
    first = bounds_before(tokens, left.start, lang)[1]
    return trend_before(tokens, first, left.unit, lang) is not None


def _followed_by_noun(tokens: Tokens, k: int, lang: Language) -> bool:
    return lang.nouns.singular(tokens.lower[k]) is not None and tokens.lower[k] not in lang.grammar.stop


def _share_magnitude(a: Number, b: Number, *, falls: bool = False) -> None:
    """ "11 to 12,000", "four to five million": the left end takes the right end's magnitude.

    ``falls``: a path is named, whose first end may be the larger: "from 4.1 to 3.2 billion".
    """
    if a.scale != 1.0 or a.fraction:
        return
    scale = b.scale
    if scale == 1.0 and b.low >= 1000 and b.low % 1000 == 0 and a.low < 1000:
        scale = 1000.0 if b.low <= _FARTHEST * a.low else 1.0
    most = b.low / scale * (_MOST_TIMES if falls and scale >= 1000 else 1)
    if scale >= 12 and a.low < 1000 and a.low < most:  # "10 to 10,000": no range, if shared
        a.scaled(scale)

"""Two numbers that are the ends of one range, and two that are not: scores, years, change and level."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.asides.dates import is_year
from tallybook.reading.figures.measured import Measured, measured_at
from tallybook.reading.figures.modifiers import bounds_before, trend_before
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.number import Number
from tallybook.reading.text.marks import DASHES
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import CEILINGS, FLOORS

_RANGE_DASHES = DASHES | frozenset("‒−")
# The longest hedge, with a currency, before the second end of a range ("to as much as US$ 8,000").
_HEDGE = 7


def other_end(tokens: Tokens, amount: Measured, lang: Language) -> tuple[Measured | Aside | None, int | None]:
    """The other end of a range that begins with ``amount``, and the token of its opener if any."""
    j = amount.end
    join = tokens.lower[j]
    dash = join in _RANGE_DASHES
    if not dash and join not in lang.ranges.all_joins and join not in lang.grammar.and_words:
        if join == ",":
            j += 1
        return (_ceiling(tokens, amount, j, lang) if tokens.lower[j] in lang.ranges.but_words else None), None
    if dash and tokens.glued[j] and tokens.lower[j + 1] in lang.ranges.after_hyphen:
        j += 1  # "16- to 24-year-olds"
        join, dash = tokens.lower[j], False
    if dash and not tokens.glued[j] and tokens.glued[j + 1]:
        return None, None
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
    if other is None or other.start < j + 1 or other.start > hedge_end:
        return None, None
    if join in lang.grammar.or_words and opener is None and _bounded_apart(tokens, amount, other, lang):
        return None, None  # "under 18 or over 65"
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
    for j in range(k, min(k + _HEDGE, len(tokens))):
        if tokens.is_digits(j) or tokens.lower[j] in lang.numbers.words:
            if (
                j == k
                or lang.units.currency.match(tokens.words, j - 1)
                or bounds_before(tokens, j, lang)[1] <= k
            ):
                return j, j
            lead = tokens.lower[j - 1]
            led = lead in lang.grammar.articles or lead in lang.numbers.minus_words
            return (j, j) if led else (-1, -1)
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
        if join in _RANGE_DASHES or not _followed_by_noun(tokens, right.end, lang):
            return Aside("date", a.start, b.end)
    elif (
        year
        and not opened
        and (b.scale != 1.0 or right.unit or tokens.lower[left.start - 1] in lang.dates.year_leads)
    ):
        return False  # "rose 60% in 2018 to 3.9 million"
    if left.unit is not None and right.unit is not None and not _same_unit(left, right):
        return False
    if left.unit is None and right.unit is None and a.fraction != b.fraction:
        return False
    _share_magnitude(a, b)
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
        if not opened and left.unit == "percent" and round(a.low + b.high, 6) <= 100 < 2 * a.low:
            return False
        return opened or tokens.lower[left.start - 1] not in lang.grammar.by_words
    small = bare and a.low < 200 and b.low < 200
    return Aside("score", a.start, b.end) if small and join in ("-", "–") else False


def _both_aside(tokens: Tokens, left: Measured, right: Measured, lang: Language) -> Aside | None:
    """ "pages 12 to 15", "between 2 and 3 p.m."."""
    if left.unit is not None or right.unit is not None:
        return None
    label = lang.names.labels.get(tokens.lower[left.start - 1])
    if label is not None:
        return Aside(label, left.start - 1, right.end)
    suffix = lang.dates.clock.match(tokens.lower, right.end)
    if suffix is not None and right.number.high <= 24 and left.number.high <= 24:
        return Aside("clock", left.start, right.end + suffix[0])
    return None


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
    if trend_before(tokens, bounds_before(tokens, left.start, lang)[1], left.unit, lang) is None:
        return False
    alike = left.unit == right.unit == "percent" or left.unit is None
    return not alike or far


def _followed_by_noun(tokens: Tokens, k: int, lang: Language) -> bool:
    return lang.nouns.singular(tokens.lower[k]) is not None and tokens.lower[k] not in lang.grammar.stop


def _share_magnitude(a: Number, b: Number) -> None:
    """ "11 to 12,000", "four to five million": the left end takes the right end's magnitude."""
    if a.scale != 1.0 or a.fraction:
        return
    scale = b.scale
    if scale == 1.0 and b.low >= 1000 and b.low % 1000 == 0 and a.low < 1000:
        scale = 1000.0
    if scale >= 12 and a.low < 1000 and a.low <= b.low / scale:
        a.scaled(scale)

"""Means, percentages and shares of a count: whether whole numbers of things can give them.

The GRIM test (Brown & Heathers 2017, doi 10.1177/1948550616673876): the mean of N whole numbers is a
whole number ÷ N, so that 3.45 among 28 is impossible: 96 ÷ 28 = 3.43 and 97 ÷ 28 = 3.46.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise

from tallybook.consistency.any_case import AnyCase, has_any, in_small_letters
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.forms import EXACT
from tallybook.consistency.printed_numbers import around, exact, is_measured, printed, whole, word_set
from tallybook.estimates.nature import Nature
from tallybook.estimates.zones import zones_of
from tallybook.prose import converted
from tallybook.quantity import DEFAULT_POLICY
from tallybook.reading import Mention, Reading, read

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_OF = re.compile(r" (?:out )?of (?:the |all |all the |its |their |those |these )?")
_PARTED = re.compile(r"\s(?:out\s)?of\s(?:the\s|all\s|its\s|their\s)?")
_SLASH = re.compile(r"/(\d{1,9})(?![\d/.,]*\d)")
_WORDS = re.compile(r"[ \w'’.-]{0,60}")
_OR = re.compile(r"[ \w'’-]{0,40},? (?:or|i\.e\.|that is,?) ")
_OR_ALONE = re.compile(r",? or ")
_JOINING = word_set("and but while with than or after as up down from versus vs against compared")
# What a mean without "per" can be of; for places and groups it may be the mean of their members.
_OBSERVED = word_set(
    """
    person man woman boy girl child adult patient participant student pupil respondent volunteer subject
    player athlete worker employee driver voter resident teacher nurse doctor soldier mother father parent
    user customer family household couple game match race session visit
    """
)
MEANS = ("averag", "mean")
"""One of them is in all words that call a figure a mean."""
_ROUND_WHOLES = frozenset({2, 3, 4, 5, 6, 8, 10, 20, 50, 100, 1000})
_MEAN = AnyCase(r"\b(?:(?:mean|average) of|averag(?:ed|es|ing)) $")
_AMONG = re.compile(r" (?:among|in|across|over|from|for) (?:the |all |all the |its |their |a sample of )?")
_HAD = re.compile(
    r" (?:had|have|reported|scored|counted|recorded|made)? ?(?:a mean of|an average of|averaged) "
)
_BINDS = (
    " of ", " out ", " among ", " in ", " across ", " over ", " from ", " for ", " had", " have", " report",
    " scor", " count", " record", " made", " a", "  a",
)  # fmt: skip
_WIDEST = 40
"""How all words begin that bind a mean and a number, and more characters than any of them have."""
_FEW = 3
"""How many times 10 ** decimals whole marks may be, of which any mean is possible, and still be told so."""
NOT_COUNTED = AnyCase(
    r"\b(?:gpa|grades?|ratings?|rated|index|ratio|scores?|scale|age[sd]?|height|weight|price[sd]?|cost|"
    r"temperatures?|wages?|salary|salaries|points?|shares?|half|halves|quarters?|sacks?)\b",
)


def grim(mean_text: str, n: int, *, items: int = 1) -> bool | None:
    """Whether ``n`` whole numbers (each the sum of ``items``) can have the mean printed as ``mean_text``.

    None if every mean with so many decimals is possible (``n × items`` ≥ 10 ** decimals). Either way to
    round a half is accepted. ValueError if the text is not a number, or ``n`` or ``items`` is below 1.
    """
    return _possible(mean_text, n * items, scale=1) if _counts(n, items) else None


def grim_percent(percent_text: str, n: int) -> bool | None:
    """The same for a percentage of ``n`` things: 17.3 % of 21 is impossible (3 of 21 are 14.3 %)."""
    return _possible(percent_text, n, scale=100) if _counts(n, 1) else None


def _counts(n: int, items: int) -> bool:
    if n < 1 or items < 1:
        raise ValueError(f"a mean of {n} counts of {items} items: both must be 1 or more")
    return True


def _possible(text: str, n: int, *, scale: int) -> bool | None:
    cleaned = text.strip().removesuffix("%").strip().replace(",", "").replace("−", "-")
    try:
        number = Decimal(cleaned)
        exponent = number.as_tuple().exponent
    except InvalidOperation:
        raise ValueError(f"'{text}' is not a number") from None
    if not isinstance(exponent, int) or exponent > 0:
        raise ValueError(f"'{text}' is not a number as it would be printed")
    if n >= scale * 10**-exponent:
        return None
    value, half = Fraction(number), Fraction(1, 2 * 10**-exponent)
    lowest = math.ceil((value - half) * n / scale)
    return Fraction(lowest * scale, n) <= value + half


def count_shares(reading: Reading, language: str) -> Iterator[Check]:
    """ "34 of 120 (28 %)", "34 of the 120 people, or 28 percent", "28 % (34 of 120)", "34/120 (28%)"."""
    text, figures = reading.text, reading.figures
    for k, percent in enumerate(figures):
        if percent.unit != "percent" or percent.trend or percent.per or percent.low != percent.high:
            continue
        for part, total, start, end in _counts_beside(text, figures, k, language):
            yield _share(text, percent, part, total, min(start, percent.start), max(end, percent.end))


def _counts_beside(
    text: str, figures: Sequence[Mention], k: int, language: str
) -> Iterator[tuple[int, int, int, int]]:
    """(part, whole, start, end) of the counts that the percentage at ``k`` restates."""
    percent = figures[k]
    behind = text[percent.end : percent.end + 1]
    bracketed = text[percent.start - 1 : percent.start] == "(" and behind in (")", ";", ",")
    if bracketed and behind == ")" and 0 < k < len(figures) - 1:
        # "34 (28%) of the 120 patients"
        part, total = figures[k - 1], figures[k + 1]
        between = text[percent.end + 1 : total.start]
        if text[part.end : percent.start] == " (" and _OF.fullmatch(between):
            yield from _pair(part, total)
    for count in _counted(text, figures[max(0, k - 2) : k], language):
        gap = text[count[3] : percent.start]
        in_bracket = bracketed and gap[-2:-1] == " " and _WORDS.fullmatch(gap[:-1]) and _plain(gap)
        if in_bracket or (_OR.fullmatch(gap) and not _of_something_else(text, percent)):
            yield count
    for count in _counted(text, figures[k + 1 : k + 3], language):
        if _OR_ALONE.fullmatch(text[percent.end : count[2]]):
            yield count
    if text[percent.end : percent.end + 2] == " (":
        for count in _counted(text, figures[k + 1 : k + 3], language):
            closing = text.find(")", count[3], count[3] + 60)
            if count[2] == percent.end + 2 and closing >= 0 and _plain(text[count[3] : closing]):
                yield count


def _plain(gap: str) -> bool:
    """Whether a gap has at most four words, none of them a conjunction or comparison, and no digits."""
    words = re.findall(r"[^\W\d_]+", gap.lower())
    return len(words) <= 4 and not _JOINING & set(words) and not re.search(r"\d", gap)


def _of_something_else(text: str, percent: Mention) -> bool:
    behind = text[percent.end : percent.end + 16]
    return behind.startswith(" of ") and not re.match(r" of (?:them|those|the total|these)\b", behind)


def _counted(text: str, near: Sequence[Mention], language: str) -> Iterator[tuple[int, int, int, int]]:
    """Each "n of N" or "n/N" in a few consecutive mentions."""
    for k, mention in enumerate(near):
        sides = _PARTED.split(mention.words) if mention.unit == "fraction" else []
        if len(sides) == 2:
            part, total = (_integer(side, language) for side in sides)
            if part is not None and total is not None and exact(mention) and 0 <= part <= total:
                yield part, total, mention.start, mention.end
        slash = _SLASH.match(text, mention.end)
        if slash and mention.unit is None and mention.words.isdecimal() and len(mention.words) < 10:
            yield from _pair_of(int(mention.words), int(slash[1]), mention.start, slash.end())
        if k + 1 < len(near) and _OF.fullmatch(text[mention.end : near[k + 1].start]):
            yield from _pair(mention, near[k + 1])


def _pair(part: Mention, total: Mention) -> Iterator[tuple[int, int, int, int]]:
    a, b = whole(part), whole(total)
    if a is not None and b is not None and not is_measured(total.unit) and part.unit in (None, total.unit):
        yield from _pair_of(a, b, part.start, total.end)


def _pair_of(part: int, total: int, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    if 0 <= part <= total and total > 0:
        yield part, total, start, end


def _integer(words: str, language: str) -> int | None:
    digits = words.replace(",", "")
    if digits.isdecimal():
        return int(digits) if len(digits) < 16 else None
    found = read(words, language=language)
    return whole(found[0]) if len(found) == 1 and found[0].words == words else None


_PERCENT = Nature(count=False, whole=True)


def _share(text: str, percent: Mention, part: int, total: int, start: int, end: int) -> Check:
    share = 100 * part / total
    digits = printed(percent)
    half = digits[0].step / 2 if digits else 0.5
    zone = zones_of(percent.quantity, _PERCENT, DEFAULT_POLICY).true
    if percent.modifier is EXACT:
        closes: bool | None = abs(share - percent.low) <= half + 1e-9
    else:
        closes = zone.low - half - 1e-9 <= share <= zone.high + half + 1e-9
    why = f"{part:,} of {total:,} is {converted(share, () if closes else [percent.low])}%"
    words = text[start:end]
    loose = "out of" in words or not any(char.isdigit() for char in words.split(" of ")[0])
    if not closes and loose and total in _ROUND_WHOLES:
        closes, why = None, f"{why}; it may be a rounded way to say {percent.words}"
    elif not closes and 0 < share - percent.low < 2 * half:
        why = f"{why}; the text says {percent.words}, which is cut off and not rounded"
    else:
        why = f"{why}; the text says {percent.words}"
    gap = None if closes is not False else float(f"{share - percent.low:.6g}")
    return Check("share of a count", (words, percent.words), closes, f"{why}.", gap, start, end)


def means(reading: Reading) -> Iterator[Check]:
    """GRIM in running text: "a mean of 3.45 among 28 people", "17.3% of 21 people"."""
    text, figures = reading.text, reading.figures
    for first, second in pairwise(figures):
        if second.start - first.end > _WIDEST or not text.startswith(_BINDS, first.end):
            continue
        if first.unit != "percent" and not has_any(in_small_letters(text), MEANS):
            continue
        gap = text[first.end : second.start]
        if first.unit == "percent" and _OF.fullmatch(gap) and "out" not in gap:
            yield from _percent_of(text, first, second)
        elif _AMONG.fullmatch(gap) and _MEAN.search(text, max(0, first.start - 20), first.start):
            yield from _mean(text, first, second)
        elif _HAD.fullmatch(gap):
            yield from _mean(text, second, first)


def _mean(text: str, mean: Mention, of: Mention) -> Iterator[Check]:
    n = whole(of)
    if not n or not _countable(of) or is_measured(mean.unit) or NOT_COUNTED.search(around(text, mean, of)):
        return
    if mean.per == of.unit or (mean.per is None and of.unit in _OBSERVED):
        yield from mean_of_counts(mean, of, n)


def mean_of_counts(mean: Mention, of: Mention, n: int, *, always: bool = False) -> Iterator[Check]:
    """The check of a mean of ``n`` whole numbers; where any is possible none, unless ``always``."""
    numeral = _NUMBER.search(mean.words)
    if numeral is None or "." not in numeral[0] or not exact(mean):
        return
    start, end = min(mean.start, of.start), max(mean.end, of.end)
    closes = grim(numeral[0], n)
    if closes is None and not (always and n < _FEW * 10 ** _decimals(numeral[0])):
        return
    low, high = (f"{k:,} ÷ {n:,} = {k / n:.{_decimals(numeral[0])}f}" for k in _around(mean.low * n))
    if closes is None:
        closes, why = True, f"A mean of {numeral[0]} is possible: {n:,} whole numbers can give any such mean."
    elif closes:
        why = f"A mean of {numeral[0]} is possible: {n:,} whole numbers can give it."
    else:
        why = f"If each of the {n:,} gives a whole number, the mean is not {numeral[0]}: {low} and {high}."
    yield Check("mean of counts", (mean.words, of.words), closes, why, None, start, end)


def _percent_of(text: str, percent: Mention, of: Mention) -> Iterator[Check]:
    numeral = _NUMBER.search(percent.words)
    n = whole(of)
    if numeral is None or not exact(percent) or not n or not _countable(of) or percent.per or of.per:
        return
    if "." not in numeral[0] and int(percent.low) % 5 == 0:
        return  # "20% of 12 villages" is a round figure, not a count
    closes = grim_percent(numeral[0], n)
    if closes is None:
        return
    low, high = (
        f"{k:,} of {n:,} are {converted(100 * k / n, [percent.low])}%" for k in _around(percent.low * n / 100)
    )
    why = (
        f"{numeral[0]}% of {n:,} is possible"
        if closes
        else f"No count of {n:,} is {numeral[0]}%: {low}, {high}"
    )
    yield Check("mean of counts", (percent.words, of.words), closes, f"{why}.", None, percent.start, of.end)


def _around(total: float) -> tuple[int, int]:
    return math.floor(total + 1e-9), math.floor(total + 1e-9) + 1


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _countable(mention: Mention) -> bool:
    """Whether a mention counts things: not a length of time, an amount of something or a rate."""
    return mention.unit is not None and not is_measured(mention.unit) and mention.per is None

"""The unit, or the age, that a bare number leaves out: "3.1 m in Passau and 2.4 in Linz", "sons, 6 and 9"."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures import elided_kinds as kinds
from tallybook.reading.figures import elided_places as places
from tallybook.reading.figures.elided_sentence import (
    MOST_BACK,
    Sentence,
    antecedent,
    counts,
    is_whole_or_measured,
)
from tallybook.reading.figures.nouns import plural_at
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure
from tallybook.terms import Form, Modifier

# Two measures of which one says the unit for both are of one order: "peaked at 940 Mbps but sank below 300".
_ALIKE = 20
_OLDEST = 130
# How far before "151.30 per dollar" the other currency stands.
_LONGEST_PRICE = 8


def changed(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "jumped 15 degrees, then plunged by as much as | 22 |", "peaked at 9 Mbps but sank below | 3 |"."""
    if not at or not places.is_changed(s.tokens, item, s.lang):
        return None
    for j in range(at - 1, max(at - 1 - MOST_BACK, -1), -1):
        last = s.found[j]
        if isinstance(last, Aside) or last.unit is None or last.unit in s.lang.ages.units or counts(s, j):
            continue
        alike = last.low / _ALIKE <= item.low <= last.high * _ALIKE
        same = (last.trend is None) == (item.trend is None) or last.modifier is Modifier.RANGE
        return last.unit if alike and same and last.unit != FRACTION else None
    return None


def may_be_level(s: Sentence, at: int, item: ParsedFigure) -> bool:
    """True of the unit of a change that is that of the level as well: "dipped by 0.2 years to | 83.6"; not
    "rose 3 percent to 800"."""
    last = s.found[at]
    if not isinstance(last, ParsedFigure) or last.trend is None or last.high > item.low:
        return False
    return last.unit not in s.lang.trends.units and is_whole_or_measured(s, at, item)


def age_limit(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "three of the five boxers were under | 20 |"."""
    if not places.is_age_limit(s.tokens, item, s.lang):
        return None
    last = antecedent(s, at, item, person=True)
    if last is None:
        return None
    item.form = Form.AGE
    return s.lang.ages.unit


def sample(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "healthy volunteers (n = | 48 |)"."""
    k = places.tells_sample(s.tokens, item, s.lang)
    if k is None:
        return None
    return plural_at(s.tokens, k, s.lang) or "" if k >= 0 else ""


def listed_age(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "her sons, | 6 | and 9", "three brothers, 9, | 11 | and 14, were"."""
    lower = s.tokens.lower
    if item.low >= _OLDEST or item.low != int(item.low) or item.end != item.start + 1:
        return None
    last = s.found[at - 1] if at else None
    aged = isinstance(last, ParsedFigure) and last.form is Form.AGE and _are_listed(s, last, item)
    if aged and (lower[item.end] in places.ENDS or _next_listed(s, at, item)):
        item.form = Form.AGE
        return s.lang.ages.unit
    if lower[item.start - 1] != "," or not _next_listed(s, at, item):
        return None
    if not kinds.is_person(plural_at(s.tokens, item.start - 2, s.lang), s.lang):
        return None
    item.form = Form.AGE
    return s.lang.ages.unit


def _next_listed(s: Sentence, at: int, item: ParsedFigure) -> bool:
    """True if the list of bare numbers goes on behind ``item``, and ends its phrase."""
    for following in s.found[at + 1 : at + 1 + MOST_BACK]:
        if isinstance(following, Aside) or following.unit not in (None, s.lang.ages.unit):
            return False
        if not _are_listed(s, item, following) or following.low >= _OLDEST:
            return False
        if s.tokens.lower[following.end] in places.ENDS and s.tokens.lower[following.end] != ",":
            return True
        if s.tokens.lower[following.start - 1] in s.lang.grammar.and_words:
            return s.tokens.lower[following.end] in places.ENDS
        item = following
    return False


def _are_listed(s: Sentence, left: ParsedFigure, right: ParsedFigure) -> bool:
    between = s.tokens.lower[left.end : right.start]
    return 0 < len(between) <= 2 and s.lang.grammar.joints.issuperset(between)


def exchange(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "the yen slipped to | 151.30 | per dollar": the currency before the number."""
    if item.per not in s.lang.units.money:
        return None
    for k in range(item.start - 1, max(item.start - _LONGEST_PRICE, -1), -1):
        found = s.lang.units.names.match(s.tokens.lower, k)
        if found is not None and found[1] in s.lang.units.money and found[1] != item.per:
            return found[1]
    return None


def instalment(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "900 euros in three payments of | 300"."""
    last = s.found[at - 1] if at else None
    if (
        not isinstance(last, ParsedFigure)
        or last.unit not in s.lang.ellipsis.sums
        or last.end != item.start - 1
    ):
        return None
    if s.tokens.lower[item.start - 1] not in s.lang.grammar.of_words:
        return None
    for one in reversed(s.found[max(at - 1 - MOST_BACK, 0) : at]):
        if isinstance(one, ParsedFigure) and one.unit in s.lang.units.money:
            return one.unit
    return None


def zone(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "doing | 48 | in a 30 mph zone"."""
    following = s.found[at + 1] if at + 1 < len(s.found) else None
    lower, k = s.tokens.lower, item.end
    if not isinstance(following, ParsedFigure) or lower[k] not in s.lang.grammar.in_words:
        return None
    if following.start != k + 2 or lower[k + 1] not in s.lang.grammar.articles:
        return None
    if lower[following.end] not in s.lang.ellipsis.zones:
        return None
    item.per = item.per or following.per
    return following.unit


def rate_of(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "60 murders, a rate of | 2.1 | per 100,000 people", "a platelet count of | 90 × 10⁹/L"."""
    lower, k = s.tokens.lower, item.start - 2
    if item.per is None or lower[k + 1] not in s.lang.grammar.of_words:
        return None
    if lower[k] in s.lang.ellipsis.totals and kinds.is_attribute(s.tokens, k - 1, s.lang):
        return lower[k - 1]
    if lower[k] not in s.lang.ellipsis.rates or not item.per[:1].isdigit():
        return None
    last = antecedent(s, at, item, whole=False)
    return None if last is None else last.unit


def price(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "31 cents a litre for milk that costs | 38 | to produce", "pay 40 euros; students pay | 15"."""
    if s.tokens.lower[item.start - 1] not in s.lang.ellipsis.prices:
        return None
    for one in reversed(s.found[max(at - MOST_BACK, 0) : at]):
        money = isinstance(one, ParsedFigure) and (
            one.unit in s.lang.units.money or one.unit in s.lang.rates.coins
        )
        if isinstance(one, ParsedFigure) and money:
            return one.unit
    return None

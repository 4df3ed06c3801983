"""A number with its spread: "51%, give or take 3 points", "61,000 (95% interval 46,404–94,987)", and the
other way round: "between 46,404 and 94,987, most likely 61,000"."""

from __future__ import annotations

from tallybook.reading.figures.measured import Measured, measured_at, plus_minus
from tallybook.reading.figures.nouns import counted_at
from tallybook.reading.figures.parsed_figure import ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.grain import grain_of
from tallybook.reading.numbers.number import rounded
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import DASHES, HYPHENS
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Modifier

_RANGE = Modifier.RANGE

_BRACKETS = {"(": ")", "[": "]"}
_RANGE_DASHES = DASHES | frozenset("‒−")
_OPENING = frozenset(",;")
# Marks between the name of an interval and its first end: "95% CI: 1.2–3.4", "CI [1.2, 3.4]".
_BEFORE_ENDS = frozenset(":,=([")
# What a spread of a share is stated in.
_SHARES = frozenset(["percent", "percentage point", "point"])
# A bare error term below this shares the magnitude of its number: "61 million ± 2".
_SMALL = 1000.0
_MOST_LEADS = 3
# How far behind a share its margin of error may stand.
_FARTHEST = 16


def spread_may_begin(tokens: Tokens, k: int, lang: Language) -> bool:
    """False at most tokens: without one of a few words and marks no spread is there."""
    word = tokens.lower[k]
    if word not in lang.spreads.openings:
        return word in lang.spreads.heads
    following = tokens.lower[k + 1]
    return following in lang.spreads.second_heads or following[:1].isdecimal()


def give_spread(tokens: Tokens, figure: ParsedFigure, scale: float, lang: Language) -> bool:
    """Gives ``figure`` the spread that is printed behind it, if one is; ``scale``: of its magnitude."""
    k = figure.end
    closing = _BRACKETS.get(tokens.lower[k])
    if closing or tokens.lower[k] in _OPENING:
        k += 1
    if _RANGE in figure.bounds:
        return _give_best(tokens, figure, k, closing, lang)
    if figure.low != figure.high:
        return False
    j = _behind_leads(tokens, k, lang)
    found = _margin(tokens, figure, j, scale, lang) or _interval(tokens, figure, j, scale, lang)
    if found is None:
        return False
    low, high, end = found
    figure.best, figure.low, figure.high = figure.low, low, high
    figure.bounds.insert(0, _RANGE)
    figure.end = end + 1 if closing and tokens.lower[end] == closing else end
    return True


def give_spread_of_share(tokens: Tokens, figure: ParsedFigure, lang: Language) -> bool:
    """ "44% are in favour, with a margin of error of 4 points": of the only share so far, nothing between."""
    if any(unit_at(tokens, k, lang) and tokens.is_digits(k - 1) for k in range(1, figure.start)):
        return False
    for k in range(figure.end, min(figure.end + _FARTHEST, tokens.size)):
        word = tokens.lower[k]
        if tokens.is_digits(k) or word in lang.numbers.words:
            return False
        if word == "," and tokens.lower[_behind_leads(tokens, k + 1, lang)] in lang.spreads.afar:
            end, figure.end = figure.end, k
            if give_spread(tokens, figure, 1.0, lang):
                return True
            figure.end = end
    return False


def take_margin(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> bool:
    """ "180 metres thick, with a margin of error of 15 metres", "80 metres high, give or take 5 metres":
    makes ``item``, behind such words, the spread of ``last``; whether it is one."""
    lead = item.start - 1
    led = tokens.lower[lead] in lang.grammar.of_words and tokens.lower[lead - 1] in lang.spreads.errors
    about = (
        item.modifier is Modifier.ABOUT and lang.spreads.margins.match(tokens.lower, item.start) is not None
    )
    if not (led and item.modifier is Modifier.EXACT) and not (about and tokens.lower[lead] == ","):
        return False
    alike = last.unit is not None and last.unit == item.unit and last.per == item.per
    single = last.low == last.high and item.low == item.high and last.best is None
    if not (alike and single) or item.start - last.end > _FARTHEST:
        return False
    last.best = last.low
    last.low, last.high = rounded(last.low - item.low), rounded(last.high + item.low)
    last.hedges = () if last.modifier is Modifier.EXACT else (last.modifier, *last.hedges)
    last.modifier, last.end = _RANGE, item.end
    return True


def level_at(tokens: Tokens, unit_end: int, lang: Language) -> bool:
    """True behind the percent of a level of confidence: "95% confidence interval", "95%-CI"."""
    k = unit_end + 1 if tokens.lower[unit_end] in HYPHENS else unit_end
    lead = tokens.lower[unit_end - 3]
    if tokens.lower[k] in lang.spreads.levels and (lead == "(" or lead in lang.ages.at_words):
        return not tokens.lower[k + 1][:1].isalnum()  # "(95% confidence)"
    if tokens.lower[k] not in lang.spreads.intervals.heads:
        return False
    return lang.spreads.intervals.match(tokens.lower, k) is not None


def _behind_leads(tokens: Tokens, k: int, lang: Language) -> int:
    """ "with a margin of ...": the token behind the small words."""
    for _ in range(_MOST_LEADS):
        k += tokens.lower[k] in lang.spreads.leads
    return k


def _margin(
    tokens: Tokens, figure: ParsedFigure, k: int, scale: float, lang: Language
) -> tuple[float, float, int] | None:
    """(low, high, token behind) of an error term at ``k``: "± 3 points", "plus or minus 5%"."""
    found = lang.spreads.margins.match(tokens.lower, k)
    k += found[0] if found else 0
    sign = plus_minus(tokens, k)
    if not (found or sign):
        return None
    if found and not sign:
        again = lang.spreads.margins.match(tokens.lower, k)  # "a margin of error of plus or minus 3 points"
        k += again[0] if again else 0
    error = _number(tokens, k + sign, lang)
    if error is None or abs(error.number.low) != abs(error.number.high):
        return None
    width, unit, end = abs(error.number.high), error.unit, error.end
    if unit is None:
        counted = counted_at(tokens, end, False, lang) if figure.noun is not None else None
        if counted is not None and counted.unit == figure.unit:
            end = counted.end
    if unit == "percent" and figure.unit not in _SHARES and figure.unit is not None:
        width = abs(figure.low) * width / 100  # "2,000 tonnes ± 5%"
    elif unit is not None and figure.unit is None:
        figure.unit = unit
    elif unit is not None and unit != figure.unit and not (figure.unit == "percent" and unit in _SHARES):
        return None
    elif unit is None and error.number.scale == 1.0 and scale > 1.0 and width < _SMALL:
        width *= scale
    return rounded(figure.low - width), rounded(figure.low + width), end


def _number(tokens: Tokens, k: int, lang: Language) -> Measured | None:
    """The number at ``k``, with the currency before it."""
    for j in range(k, k + 3):
        if tokens.is_digits(j) or tokens.lower[j] in lang.numbers.words:
            return measured_at(tokens, j, lang)
        if lang.units.currency.match(tokens.words, j) is None:
            return None
    return None


def _interval(
    tokens: Tokens, figure: ParsedFigure, k: int, scale: float, lang: Language
) -> tuple[float, float, int] | None:
    """(low, high, token behind) of "95% interval 46,404–94,987", "CI: 1.2 to 3.4" at ``k``."""
    if tokens.is_digits(k):
        level = unit_at(tokens, k + 1, lang)
        if level is None or level.unit != "percent":
            return None
        k = level.end + 1 if tokens.lower[level.end] in HYPHENS else level.end
    name = lang.spreads.intervals.match(tokens.lower, k)
    if name is None:
        return None
    k += name[0]
    bracket = ""
    for _ in range(2):
        if tokens.lower[k] in _BEFORE_ENDS or tokens.lower[k] in lang.spreads.joins:
            bracket = _BRACKETS.get(tokens.lower[k], bracket)
            k += 1
    left = _number(tokens, k, lang)
    if left is None:
        return None
    j = left.end
    between = tokens.lower[j]
    if not (between in _RANGE_DASHES or between in lang.grammar.list_words):
        return None
    right = _number(tokens, j + 1, lang)
    if right is None:
        return None
    low, high = left.number.low, right.number.high
    if left.number.scale == 1.0 and right.number.scale > 1.0 and low < _SMALL:
        low *= right.number.scale
    elif right.number.scale == 1.0 and scale > 1.0 and high < _SMALL:
        low, high = low * scale, high * scale
    other_unit = right.unit is not None and figure.unit is not None and right.unit != figure.unit
    if other_unit or not low <= figure.low <= high:
        return None
    end = right.end
    return rounded(low), rounded(high), end + 1 if bracket and tokens.lower[end] == bracket else end


def _give_best(tokens: Tokens, figure: ParsedFigure, k: int, closing: str | None, lang: Language) -> bool:
    """ "between 46,404 and 94,987, most likely 61,000"."""
    k = _behind_leads(tokens, k, lang)
    name = lang.spreads.best.match(tokens.lower, k)
    if name is None:
        return False
    k += name[0]
    if tokens.lower[k] == ":" or tokens.lower[k] in lang.spreads.joins:
        k += 1
    best = _number(tokens, k, lang)
    if best is None or not figure.low <= best.number.low <= figure.high:
        return False
    if best.unit is not None and figure.unit is not None and best.unit != figure.unit:
        return False
    if figure.unit is None:
        figure.unit = best.unit
    figure.best, figure.grain_high = best.number.low, None
    figure.grain, figure.single = grain_of(best.number, lang.numbers.decimal)
    figure.end = best.end
    if closing and tokens.lower[figure.end] == closing:
        figure.end += 1
    return True

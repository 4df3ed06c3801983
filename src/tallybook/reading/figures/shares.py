"""Shares in two numbers ("one in five", "6 of 10", "1-in-50"), and parts of a whole ("nine of them")."""

from __future__ import annotations

from tallybook.reading.asides.dates import is_year
from tallybook.reading.figures.elided_kinds import is_person
from tallybook.reading.figures.measured import Measured
from tallybook.reading.figures.modifiers import bounds_before
from tallybook.reading.figures.nouns import (
    after_measure,
    counted_at,
    noun_phrase_at,
    plural_at,
    whole_after_of,
)
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure, TokenSpan
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.number import Number, rounded
from tallybook.reading.numbers.number_at import number_at
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Form

# "3 in 12" is a share only of a base that people use for shares.
_MOST, _MOST_FOR_ONE = 1e3, 1e10  # "one in 11 million"
_FARTHEST_NUMBER = 5
_ROUND_BASES = (5, 10, 20, 100, 1000, 10_000, 100_000, 1_000_000)
_FEW = 10  # "one of four concepts" is a quarter of them, "one of 64 societies" a member
_ENDS = frozenset({",", ".", ";", ":", "!", "?", "(", ")", "[", "]", "—", "–", '"', "”", "’"})
_SMALL_BASES = (3, 4)  # of what is counted: "three in four patients"


def ratio_of(tokens: Tokens, amount: Measured, lang: Language) -> ParsedFigure | None:
    """ "one in five", "six out of 10", "1-in-50", "one person in six"."""
    number = amount.number
    if number.low != number.high or not 1 <= number.low <= 1000 or number.fraction:
        return None
    k, noun = number.end, None
    dashed = tokens.lower[k] in HYPHENS and tokens.glued[k]
    if dashed:
        k += 1
    elif amount.unit is not None:
        if not _is_one_of_a_unit(amount):
            return None
        noun, k = (k, amount.end), amount.end  # "one dollar in every eight"
    elif number.one and tokens.lower[k].isalpha() and tokens.lower[k + 1] in lang.grammar.in_words:
        noun = (k, k + 1)
        k += 1
    join = lang.quantifiers.ratio_joins.match(tokens.lower, k)
    if join is None:
        return None
    at = k + join[0]
    if dashed and tokens.lower[at] in HYPHENS:
        at += 1
    every = lang.rates.every in tokens.lower[k:at]
    base = _base(tokens, at, number, every, lang)
    if base is None:
        return None
    is_in = join[1] in lang.grammar.in_words
    counted = counted_at(tokens, base.end, False, lang) is not None
    plain_of = join[1] in lang.quantifiers.plain_of and not dashed
    member = number.one and tokens.lower[amount.start - 1] in lang.grammar.member_leads
    few = number.one and base.low <= _FEW and not (member and counted)
    if plain_of and not few and (counted or base.low not in _ROUND_BASES):
        return None  # "12 of 40 seats", "it is one of 64 societies": so many of them, and no share
    out_of = not is_in and not every
    if member and counted and lang.nouns.names:
        return None  # "er war einer von drei Gründern"
    said = (
        bool(lang.nouns.names) and not number.in_digits and base.low in _SMALL_BASES
    )  # "zwei von drei Kunden"
    if out_of and not number.one and base.low not in _ROUND_BASES and not said:
        return None  # "nine out of 11 judges"
    if base.low > _MOST and not is_in and not every:
        return None  # "one of 1,400 outlets"
    small = base.low in _SMALL_BASES and counted
    odd = is_in and not number.one and base.low not in _ROUND_BASES and not small
    if odd and not (base.low < _FEW and _stands_alone(tokens, amount, base, lang)):
        return None
    if noun is not None and counted_at(tokens, base.end, False, lang) is not None:
        return None  # "one person in six cities"
    share = number.low / base.low
    share = rounded(share) if base.low <= _MOST else share
    bounds, first = bounds_before(tokens, amount.start, lang)
    figure = ParsedFigure(share, share, first, base.end, unit=FRACTION, bounds=bounds, form=Form.FRACTION)
    figure.of = noun or noun_phrase_at(tokens, base.end, lang)
    return figure


def _stands_alone(tokens: Tokens, amount: Measured, base: Number, lang: Language) -> bool:
    """Whether two numbers written alike are a share by themselves, or of people: "3 in 4 said so", "seven in
    eight.", "five in six adults"; not "lost 2 in 3", "3 in 4-star hotels", "2 in 3, 4 and 5"."""
    k = base.end
    if amount.number.in_digits != base.in_digits or amount.end != amount.number.end:
        return False
    if tokens.lower[amount.start - 1] in lang.trends.contested_verbs:
        return False
    if tokens.lower[k] == "," and (tokens.is_digits(k + 1) or tokens.lower[k + 1] in lang.numbers.words):
        return False
    if tokens.lower[k][:1].isalpha():
        if tokens.lower[k] in lang.grammar.prepositions:
            return tokens.lower[k] in lang.grammar.of_words or tokens.lower[k] in lang.grammar.to_words
        counted = counted_at(tokens, k, False, lang)
        return tokens.lower[k] in lang.grammar.stop or (counted is not None and is_person(counted.unit, lang))
    return k >= tokens.size or tokens.lower[k] in _ENDS


def _is_one_of_a_unit(amount: Measured) -> bool:
    """True of "one dollar" before "in every eight", "one hour" before "in four"."""
    return amount.number.one and amount.counted is not None and amount.end == amount.number.end + 1


def _base(tokens: Tokens, at: int, number: Number, every: bool, lang: Language) -> Number | None:
    """The number at ``at`` that a share is of; of ``every`` so many it may be large."""
    base = number_at(tokens, at, lang)
    most = _MOST_FOR_ONE if number.one or every else _ROUND_BASES[-1]
    if base is None or base.low != base.high or not number.low < base.low <= most or is_year(tokens, at):
        return None
    if base.low > _MOST and not (number.one or every) and base.low not in _ROUND_BASES:
        return None  # but "12 in 100,000 people"
    if base.fraction or base.low != int(base.low):
        return None
    unit = unit_at(tokens, base.end, lang)
    if unit is not None and not (every and unit.unit in lang.units.money):
        return None  # but "one in every four dollars"
    return base


def behind_is_of(tokens: Tokens, k: int, lang: Language) -> bool:
    """Whether "of" or "out of" is at ``k``."""
    if tokens.lower[k] in lang.quantifiers.out_words:
        k += 1
    return tokens.lower[k] in lang.grammar.of_words


def set_whole(tokens: Tokens, figure: ParsedFigure, lang: Language) -> None:
    """ "nine of the soldiers", "one of his deputies", "11 of its 34 nurses": counts what comes after
    "of"; gives ``figure`` its unit, noun and whole."""
    k = figure.end
    if tokens.lower[k] in lang.quantifiers.out_words:
        k += 1  # "nine out of the 11 judges"
    span = whole_after_of(tokens, k, lang)
    if span is None:
        return
    figure.of = span
    numbered = _behind_number(tokens, span[0], lang)
    first = numbered or span[0]
    while first < span[1] and _before_noun(tokens, first, lang):
        first += 1
    counted = counted_at(tokens, first, False, lang) if numbered or first < span[1] else None
    if counted is not None and (lang.nouns.names or lang.nouns.is_plural(tokens.lower[counted.end - 1])):
        figure.unit, figure.noun = counted.unit, (counted.start, counted.end)


def _behind_number(tokens: Tokens, k: int, lang: Language) -> int | None:
    """ "of the borough's 22 playgrounds": the token behind the number of the whole."""
    for j in range(k, min(k + _FARTHEST_NUMBER, tokens.size)):
        if tokens.is_digits(j) or tokens.lower[j] in lang.numbers.words:
            number = number_at(tokens, j, lang)
            return number.end if number is not None and not is_year(tokens, j) else None
        if not tokens.lower[j][:1].isalpha() or (j > k and tokens.lower[j] in lang.grammar.stop):
            return None
    return None


def _before_noun(tokens: Tokens, k: int, lang: Language) -> bool:
    word = tokens.lower[k]
    return word in lang.grammar.stop or word in lang.numbers.words or tokens.is_digits(k)


def said_of(tokens: Tokens, figure: ParsedFigure, lang: Language) -> TokenSpan | None:
    """What a measure or share is said of: "half of *the harvest*", "30 tonnes of *grain*", "a five-year
    *plan*"; None if the words do not say."""
    following, noun = tokens.lower[figure.end], figure.noun
    behind = whole_after_of(tokens, figure.end, lang) if following in lang.grammar.of_words else None
    if behind is not None:
        digits = tokens.is_digits(behind[0])
        measured = digits and (bool(lang.nouns.names) or after_measure(tokens, behind[0], lang) > 0)
        return None if measured else behind  # "shells of 152 mm", "до 10,9% з 11,9%"
    if figure.unit == FRACTION and following in lang.grammar.possessives:
        return noun_phrase_at(tokens, figure.end, lang)  # "half the condos"
    if lang.nouns.names:
        return _noun_behind(tokens, figure, lang)
    hung = noun is not None and tokens.lower[noun[0] - 1] in HYPHENS
    return _described(tokens, figure, noun, lang) if hung and noun is not None else None


def _noun_behind(tokens: Tokens, figure: ParsedFigure, lang: Language) -> TokenSpan | None:
    """ "40% боєприпасів", "30 Tonnen Getreide": the noun directly behind a share or measure."""
    if figure.noun is not None and unit_at(tokens, figure.noun[0], lang) is None:
        return None
    found = counted_at(tokens, figure.end, False, lang)
    return (found.start, found.end) if found is not None and found.start == figure.end else None


def _described(tokens: Tokens, figure: ParsedFigure, noun: TokenSpan, lang: Language) -> TokenSpan | None:
    """ "a five-year *plan*", "the 30-metre *tower*": a measure in the singular, before its noun; ``noun``
    is hung to the number."""
    if figure.unit in (FRACTION, "percent") or figure.low == 1:
        return None
    if lang.nouns.singular(tokens.lower[noun[1] - 1]) is not None:
        return None
    k = figure.end
    while k < tokens.size and k < figure.end + 3:
        word = tokens.lower[k]
        if (
            not word.isalpha()
            or word in lang.grammar.stop
            or word in lang.numbers.words
            or word.endswith(lang.nouns.other_endings)
        ):
            break
        k += 1
        if plural_at(tokens, k - 1, lang) is not None:
            break
    if k == figure.end or tokens.lower[figure.end - 1] in lang.grammar.suffixes:
        return None
    return figure.end, k

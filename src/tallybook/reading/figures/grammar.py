"""The grammar around one number: share, range, modifiers, unit, rate and trend."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.asides.aside_at import aside_of_bare_number
from tallybook.reading.asides.calibres import is_calibre
from tallybook.reading.asides.dates import dates_a_noun, hour_at, is_year
from tallybook.reading.asides.labels import is_capital_label
from tallybook.reading.asides.names import address_at, is_headline
from tallybook.reading.asides.pairs import ends_a_name, pair_at
from tallybook.reading.figures.ages import is_age, tells_a_class, tells_age
from tallybook.reading.figures.bracketed import noun_before_bracket
from tallybook.reading.figures.changes import (
    change_named,
    change_of_amount,
    contested_before,
    leaning_of,
    noun_of_change,
    trend_behind,
    trend_of_count,
)
from tallybook.reading.figures.clauses import change_before, change_behind
from tallybook.reading.figures.measured import Measured, measured_at
from tallybook.reading.figures.modifiers import (
    bound_after,
    bound_after_noun,
    bounds_before,
    lowered_before,
    raised_before,
    ranked,
    spans_time,
    trend_before,
)
from tallybook.reading.figures.nouns import counted_at, plural_at
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure, TokenSpan
from tallybook.reading.figures.phrasal import is_particle
from tallybook.reading.figures.ranges import other_end
from tallybook.reading.figures.rates import (
    EXPONENTS,
    price_base_at,
    rate_after_of,
    rate_at,
    rate_behind_verb,
    rate_below,
)
from tallybook.reading.figures.shares import behind_is_of, ratio_of, said_of, set_whole
from tallybook.reading.figures.spreads import give_spread, give_spread_of_share, level_at, spread_may_begin
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.grain import grain_of
from tallybook.reading.numbers.number import Number
from tallybook.reading.numbers.units import Counted, scale_at, unit_at
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import CEILINGS, FLOORS, Form, Modifier

# An attribute of an enumeration is looked up slowly.
_EXACT = Modifier.EXACT
_RANGE = Modifier.RANGE
_LAST_HOUR = 12
# How many words may stand between "from" and the first end of a range: "from the legally required 10% to 24%"
_MOST_ATTRIBUTES = 4
_FRACTION, _AGE, _MULTIPLE = Form.FRACTION, Form.AGE, Form.MULTIPLE


def figure_at(tokens: Tokens, k: int, lang: Language) -> ParsedFigure | Aside | None:
    """The figure whose number begins at (or, with an article, just before) token ``k``."""
    amount = measured_at(tokens, k, lang)
    if amount is None:
        return None
    ratio = None
    number = amount.number
    if tokens.lower[number.end] in lang.quantifiers.ratio_heads or (number.high == 1 and number.low == 1):
        lead = tokens.lower[amount.start - 1]
        labels = lead in lang.names.labels or lead in lang.names.weak_labels  # "photo 3 of 12", "step 3 of 7"
        ratio = None if labels else ratio_of(tokens, amount, lang)
    if ratio is not None:
        amount.unit, amount.counted = FRACTION, None
        return _completed(tokens, amount, ratio, lang)
    other, opener = other_end(tokens, amount, lang)
    if isinstance(other, Aside):
        return other
    if other is None or ends_a_name(tokens, other.number.start, lang):
        return _single_figure(tokens, amount, lang)
    if amount.unit is None and other.unit is None and other.number.end == other.number.start + 1:
        pair = pair_at(tokens, amount.number.start, other.number.start, lang)
        if pair is not None:
            return pair
    return _range_figure(tokens, amount, other, opener, lang)


def _range_figure(
    tokens: Tokens, left: Measured, right: Measured, opener: int | None, lang: Language
) -> ParsedFigure:
    if opener is None and tokens.lower[left.end] in lang.grammar.to_words:
        opener = _opener_before_attributes(tokens, left.start, lang)
    start = left.start if opener is None else opener
    inner, inner_start = bounds_before(tokens, left.start, lang)
    behind, begins = bounds_before(tokens, right.start, lang)
    join = left.end + (tokens.lower[left.end] in HYPHENS and tokens.lower[left.end + 1] in lang.ranges.joins)
    inner += behind if begins > join else behind[:-1]  # "від 10 до 12", "fünf- bis sechs": no bound
    outer, first = bounds_before(tokens, start, lang) if opener is not None else (inner, inner_start)
    bounds = [*inner, *(outer if opener is not None else [])]
    if opener is None and not (FLOORS.isdisjoint(bounds) or CEILINGS.isdisjoint(bounds)):
        bounds = []  # "at least 400 and at most 600": the ends, and no more
    a, b = left.number, right.number
    low, high = min(a.low, b.low), max(a.high, b.high)
    unit = right.unit or left.unit
    if unit is None and a.fraction and b.fraction:
        unit = FRACTION  # "von einem Fünftel auf ein Drittel"
    amount = Measured(Number(low, high, a.start, b.end), first, right.end, unit, right.counted, left.signed)
    if right.counted is None and left.counted is not None and right.end == b.end:
        amount.counted = left.counted
    figure = ParsedFigure(low, high, first, right.end, bounds=[_RANGE, *bounds])
    figure.descends = a.low > b.high
    at_low, at_high = (a, b) if a.low <= b.low else (b, a)
    figure.grain, figure.single = grain_of(at_low, lang.numbers.decimal)
    figure.grain_high, single = grain_of(at_high, lang.numbers.decimal)
    figure.single = figure.single or single
    figure.trend = trend_before(tokens, first, unit, lang)
    if figure.trend is not None and unit is None and opener is None:
        figure.trend = trend_of_count(tokens, right.end, first, figure.trend, False, lang)
    figure.per = right.per or left.per
    if figure.trend is None and opener is not None and lang.nouns.names:
        figure.trend = change_behind(tokens, right.end, first, lang) or change_before(tokens, first, lang)
    noun = left.counted is not None and not left.counted.measured
    if figure.trend is None and opener is not None:
        cut = lang.trends.words_of_units.match(tokens.lower, first - 1)  # "was cut from 15 members to nine"
        figure.trend = cut[1] if cut else None
        if cut is None and noun and a.low > b.high and tokens.lower[start] in lang.grammar.from_words:
            figure.trend = lowered_before(tokens, start - 1, lang)
    if figure.trend is None and opener is not None and tokens.lower[start - 1] == ",":
        ratio = lang.numbers.ratios.get(tokens.lower[start - 2])
        if ratio is not None and (ratio > 1) == (a.low < b.high):
            figure.trend = "up" if ratio > 1 else "down"  # "almost doubled, from 1.1 to 2.1 GPa"
    if (
        figure.trend is None
        and tokens.lower[start] in lang.grammar.from_words
        and a.low > b.high
        and not noun
    ):
        figure.trend = "down"  # "from 200g to 180g"
    elif figure.trend is None and tokens.lower[start] in lang.grammar.from_words and low < high:
        figure.trend = raised_before(tokens, start - 1, lang)
    return _completed(tokens, amount, figure, lang)


def _opener_before_attributes(tokens: Tokens, k: int, lang: Language) -> int | None:
    """The "from" before the attributes of the first end at ``k``: "from the first planned | $9 to $6"; not
    "down from the $9 to $11 it forecast"."""
    for j in range(k - 2, max(k - 2 - _MOST_ATTRIBUTES, -1), -1):
        word = tokens.lower[j]
        if word in lang.grammar.from_words:
            led = tokens.lower[j + 1] in lang.grammar.determiners and tokens.lower[k - 1].isalpha()
            described = tokens.lower[k - 1] not in lang.grammar.determiners
            return j if led and described and tokens.lower[j - 1] not in lang.trends.adverbs else None
        if not word.isalpha() or (word in lang.grammar.stop and word not in lang.grammar.determiners):
            return None
    return None


def _single_figure(tokens: Tokens, amount: Measured, lang: Language) -> ParsedFigure | Aside | None:
    number = amount.number
    bounds, first = _bounds(tokens, amount, lang)
    if amount.unit is None:
        aside = _aside_instead(tokens, amount, bounds, lang)
        if aside is not None:
            return aside
    sized = amount.counted is not None and tokens.lower[amount.end - 1] in lang.calibres.sizes
    if sized and is_calibre(tokens, number.start, amount.end, lang):
        return Aside("calibre", number.start, amount.end)
    if amount.unit == "percent" and level_at(tokens, amount.end, lang):
        return Aside("level", number.start, amount.end)
    figure = ParsedFigure(number.low, number.high, first, amount.end)
    figure.best, figure.per = number.best, amount.per
    figure.grain, figure.single = grain_of(number, lang.numbers.decimal)
    if number.fraction:
        figure.form = _FRACTION
    if number.fraction and tokens.lower[amount.end] in lang.numbers.again.heads:
        _take_again(tokens, amount, figure, lang)
    figure.bounds = bounds if number.implied is _EXACT else [number.implied, *bounds]
    if amount.signed or lang.changes_anywhere or tokens.lower[first - 1] in lang.trends.leads:
        figure.trend = _trend(tokens, amount, first, lang)
    return _completed(tokens, amount, figure, lang)


def _take_again(tokens: Tokens, amount: Measured, figure: ParsedFigure, lang: Language) -> None:
    """ "half as many again": one and a half times."""
    found = lang.numbers.again.match(tokens.lower, amount.end)
    if found is None:
        return
    figure.low, figure.high = 1.0 + figure.low, 1.0 + figure.high
    figure.form, figure.unit = Form.NUMBER, lang.numbers.fold_unit
    figure.end = amount.end + found[0]
    amount.number.fraction, amount.unit = False, figure.unit


def _trend(tokens: Tokens, amount: Measured, first: int, lang: Language) -> str | None:
    lead = tokens.lower[first - 1]
    if lead in lang.trends.extra and tokens.lower[first - 2] in lang.grammar.articles:
        amounts = amount.unit in lang.units.money or amount.unit in lang.bounds.durations
        if not amounts:
            return "up"
    unit = FRACTION if amount.number.fraction else amount.unit
    if lang.trends.particles or lang.nouns.names:
        side = _in_clause(tokens, amount, first, unit, lang)
        if side is not None:
            return side
    if unit in lang.bounds.durations and tokens.lower[amount.end] in lang.rates.not_before:
        return None  # "the lava cooled 4 Ma ago"
    if tokens.lower[first - 1] not in lang.trends.heads:
        if amount.signed and unit == "percent":
            return "down" if amount.number.low < 0 else "up"
        return None
    found = trend_before(tokens, first, unit, lang)
    made = lang.trends.made.get(lead)
    contested = lead in lang.trends.contested_verbs
    if found is None and unit is not None and (contested or made is not None):
        found = change_of_amount(tokens, amount, first, lang)
    if made is not None and unit is None:
        counted = counted_at(tokens, amount.end, amount.number.one, lang)
        if counted is not None and counted.unit in lang.trends.stocks:
            return made  # "created 3,140 jobs"
    if unit is None and contested:
        counted = counted_at(tokens, amount.end, amount.number.one, lang)
        of = tokens.lower[amount.end] in lang.grammar.of_words
        if not of and counted is not None and counted.unit in lang.trends.contested:
            return contested_before(tokens, first, lang)
    if found is not None and unit is None:
        counting = trend_of_count(tokens, amount.end, first, found, amount.number.one, lang)
        if counting != found:
            return counting
    if found is not None and unit is None and lang.trends.particles and amount.number.in_digits is False:
        by = tokens.lower[first - 1] in lang.grammar.by_words
        return found if by or tokens.lower[first - 1] in lang.trends.nouns.heads else None  # "sanken elf"
    if found is None and amount.signed and amount.unit == "percent":
        return "down" if amount.number.low < 0 else "up"
    return found


def _in_clause(tokens: Tokens, amount: Measured, first: int, unit: str | None, lang: Language) -> str | None:
    """A change whose verb ends the clause ("um 3 Prozent gestiegen"), or whose "by" stands behind a bound
    ("впали майже на 18%"), or that is so many times ("зріс у 4 рази")."""
    by = tokens.lower[amount.start - 1] in lang.grammar.by_words
    lead = first - 1
    while tokens.lower[lead] in lang.bounds.skipped and tokens.lower[lead] not in lang.grammar.by_words:
        lead -= 1  # "um durchschnittlich 4 Prozent"
    if by or tokens.lower[lead] in lang.grammar.by_words:
        side = change_behind(tokens, amount.end, first, lang)
        if side is None and by and first < amount.start:
            side = trend_before(tokens, amount.start, unit, lang)
        elif side is None and lead < first - 1:
            side = trend_before(tokens, lead + 1, unit, lang)
        return side
    if unit == lang.numbers.fold_unit and tokens.lower[first - 1] in lang.grammar.in_words:
        return trend_before(tokens, first - 1, unit, lang)
    return None


def _aside_instead(tokens: Tokens, amount: Measured, bounds: list[Modifier], lang: Language) -> Aside | None:
    """The kind of aside that a number without a unit is; None if it is a figure."""
    number = amount.number
    by = lang.nouns.names and tokens.lower[amount.start - 1] in lang.grammar.by_words
    if by and trend_before(tokens, amount.start, None, lang) is not None:
        return None  # "зросла на 1800"
    dated = (
        bounds and tokens.lower[amount.start - 1] in lang.grammar.to_words and is_year(tokens, number.start)
    )
    if dated and lang.nouns.names and tokens.words[number.start].endswith("00"):
        behind = tokens.lower[amount.end]  # "до 1800 вірян": a noun that the lexicon does not list
        dated = not behind.isalpha() or behind in lang.grammar.stop or behind in lang.dates.year_names
    if dated and counted_at(tokens, amount.end, False, lang) is None:
        return Aside("year", number.start, amount.end)  # "до 2024"
    if tokens.lower[amount.end] in lang.dates.hours.heads and number.low <= _LAST_HOUR:
        hour = hour_at(tokens, amount.start, amount.end, lang)
        if hour is not None:
            return hour
    if bounds:
        year = _bounded_year(tokens, amount, lang) if is_year(tokens, number.start) else None
        return year or address_at(tokens, amount.end, number.start, lang)  # "near 14 Mill Lane"
    behind = tokens.lower[amount.end]
    if behind in lang.ages.class_heads and tells_a_class(tokens, amount.start, amount.end, lang):
        return None  # "Canadians 70 and older"
    if not _is_plain(tokens, amount, lang):
        aside = aside_of_bare_number(tokens, amount.start, amount.end, number.start, lang)
        if aside is not None and not _counts_after_all(tokens, aside, amount, lang):
            return aside
    if behind in lang.grammar.and_words:
        paired = _calibre_behind(tokens, amount, lang)
        if paired is not None:
            return paired
    if tokens.lower[amount.start - 1] in lang.ordinals.positions and _is_position(tokens, amount, lang):
        return Aside("ordinal", number.start, amount.end)
    return None


def _bounded_year(tokens: Tokens, amount: Measured, lang: Language) -> Aside | None:
    """ "below its 2019 peak", "below 2019 levels", "until at least 2031": behind a bound a year still
    is one, behind a possessive or before a noun that years date."""
    k, lead, behind = amount.number.start, tokens.lower[amount.start - 1], tokens.lower[amount.end]
    if amount.end != k + 1:
        return None
    if dates_a_noun(tokens, k, amount.end, lang):
        return Aside("year", k, k + 1)
    first = bounds_before(tokens, amount.start, lang)[1]
    direct = behind[:1].isalpha() and behind not in lang.grammar.stop
    counted = counted_at(tokens, amount.end, False, lang) if direct else None
    direct = direct and (counted is not None or not lang.nouns.names)  # "ab 2026 gilt"
    if counted is not None and dates_a_noun(tokens, k, counted.end - 1, lang):
        return Aside("year", k, k + 1)
    if counted is not None and plural_at(tokens, counted.end - 1, lang) is not None:
        return None
    owned = direct and (lead in lang.grammar.possessives or lead in lang.grammar.articles)
    if behind.endswith(lang.nouns.other_endings) and behind not in lang.nouns.ending_nouns:
        owned = False  # "more than the 1900 planned"
    timed = tokens.lower[first - 1] in lang.dates.bound_leads
    if not direct and behind not in lang.grammar.of_words:  # "around 1980", "well beyond 2030"
        timed = timed or lead in lang.dates.time_bounds
    return Aside("year", k, k + 1) if owned or timed else None


def _is_plain(tokens: Tokens, amount: Measured, lang: Language) -> bool:
    """True between two small words ("saw 12 people"), where no name, address or label is: most numbers."""
    lead = tokens.words[amount.start - 1]
    if not lead.islower() or lead in lang.grammar.list_words:
        return False
    if lead in lang.aside_leads or tokens.lower[amount.end] in lang.names.codes.heads:
        return False
    one_token = amount.end - amount.start == 1
    may_be_year = len(tokens.words[amount.start]) == 4
    return one_token and tokens.words[amount.end].islower() and not may_be_year


def _bounds(tokens: Tokens, amount: Measured, lang: Language) -> tuple[list[Modifier], int]:
    """The modifiers before the number, and the token where they begin. A preposition is not a modifier."""
    bounds, first = bounds_before(tokens, amount.start, lang)
    deadline = bounds and tokens.lower[first] in lang.bounds.deadlines
    if deadline or (bounds and tokens.lower[first] in lang.bounds.particles):
        unit = amount.unit
        if unit is None:
            counted = counted_at(tokens, amount.end, amount.number.one, lang)
            unit = counted.unit if counted else None
        if deadline and lang.bounds.obligations and lang.bounds.obligations.isdisjoint(tokens.lower):
            return bounds[:-1], first + 1  # "протягом доби": while it lasted
        if deadline and unit in lang.bounds.durations:
            return [Modifier.AT_MOST if m is Modifier.UNDER else m for m in bounds], first
        if spans_time(tokens, first, unit, lang) or is_particle(tokens, first, amount, unit, lang):
            return bounds[:-1], first + 1
    if bounds and amount.unit is None and _bounds_nothing(tokens, amount, first, lang):
        return [], amount.start
    lead = tokens.lower[amount.start - 1]
    if lead in lang.ranges.floors and amount.unit is not None and tokens.lower[amount.start - 2].isalpha():
        return [*bounds, Modifier.AT_LEAST], amount.start - 1  # "підлітки від 14 років"
    if lead in lang.grammar.leading:
        return _bounds_of_attribute(tokens, amount, bounds, first, lang)
    return bounds, first


def _bounds_nothing(tokens: Tokens, amount: Measured, first: int, lang: Language) -> bool:
    """ "sold under | three brands", "is short of | 340 nurses": no bound of what is counted."""
    word = tokens.lower[first]
    under = word in lang.bounds.prepositions and first == amount.start - 1 and first > 0
    lacks = word in lang.bounds.lacking and tokens.lower[first - 1] in lang.trends.be_words
    if not (under or lacks):
        return False
    counted = counted_at(tokens, amount.end, amount.number.one, lang)
    return counted is not None and (lacks or counted.unit in lang.bounds.names)


def _bounds_of_attribute(
    tokens: Tokens, amount: Measured, bounds: list[Modifier], first: int, lang: Language
) -> tuple[list[Modifier], int]:
    """The same, of a number between a determiner and a noun: "under the 30-day rule" bounds nothing, but
    "under the 30-day limit" does, and "passed the 4,000 mark" is over it."""
    counted = amount.counted
    if counted is None and amount.unit is None and tokens.lower[amount.end] in HYPHENS:
        counted = counted_at(tokens, amount.end, False, lang)  # "under the two-child policy"
    behind = amount.end if counted is None else counted.end
    noun = tokens.lower[behind]
    if noun in lang.ellipsis.references and amount.unit in lang.bounds.durations:
        return [], amount.start  # "12 points below the ten-year average"
    if noun in lang.bounds.marks:
        verb = lang.bounds.passing.get(tokens.lower[amount.start - 2])
        return ([verb], amount.start - 2) if verb is not None and not bounds else (bounds, first)
    framed = noun in lang.bounds.frames or tokens.lower[behind + 1] in lang.bounds.frames
    if framed and len(bounds) == 1 and tokens.lower[first] in lang.bounds.prepositions:
        return [], amount.start  # "under the $3 million deal"
    definite = tokens.lower[amount.start - 1] not in lang.grammar.articles
    if not definite and counted is not None and amount.unit is None and tokens.lower[amount.end] in HYPHENS:
        definite = counted.unit not in lang.bounds.durations  # "above a 40-seat cinema"
    if (
        not definite
        or len(bounds) != 1
        or first != amount.start - 2
        or tokens.lower[first] not in lang.bounds.prepositions
    ):
        return bounds, first
    if counted is None or not noun.isalpha() or noun in lang.grammar.stop:
        return bounds, first
    attribute = tokens.lower[counted.end - 2] in HYPHENS  # "the three-strikes rule"
    attribute = attribute or lang.nouns.singular(tokens.lower[counted.end - 1]) is None
    attribute = attribute and amount.unit != "percent"
    return ([], amount.start) if attribute and amount.number.low != 1 else (bounds, first)


def _counts_after_all(tokens: Tokens, aside: Aside, amount: Measured, lang: Language) -> bool:
    """A year or a name's number that is followed by a plural counts after all.

    "2000 hires", "on Friday 20 people", "3 Chinese nationals"; but "the 2018 sales", "iPhone 11
    cameras", "Windows 10 users" do not.
    """
    if aside.kind not in ("name", "year") or aside.end != amount.end:
        return False
    counted = counted_at(tokens, amount.end, False, lang)
    if counted is None or counted.measured or plural_at(tokens, counted.end - 1, lang) is None:
        return False
    lead = tokens.lower[amount.start - 1]
    if lang.nouns.names:
        if lead == "." and aside.start < amount.start:
            return False  # "Art. 14 Abs. 1"
        return lead not in (lang.dates.year_leads if aside.kind == "year" else lang.names.labels)
    if aside.kind == "year":
        return _counts_like_a_year(tokens, amount, counted.end - 1, lang)
    label = tokens.lower[aside.start] if aside.start < amount.number.start else ""
    weak = label in lang.names.weak_labels or label in lang.names.lettered
    small = label in lang.names.capital_labels and tokens.words[aside.start].islower()
    if label not in lang.names.labels and (weak or small):
        if label in lang.names.landmarks and tokens.words[aside.start].istitle() and is_headline(tokens):
            return False  # "Studio 54 Owners Seek Buyer"
        if tokens.words[counted.end - 1].istitle() and not is_headline(tokens):
            return False  # "on lap 3 M. Haas retired"
        return tokens.lower[amount.end] not in lang.names.showing  # "line 300 trucks up"; "table 3 shows"
    if aside.start == amount.number.start:
        named = tokens.words[amount.start - 1][1:] if amount.start else ""  # "iPhone 11 Pro cameras"
        if is_headline(tokens):
            return named == named.lower()  # "Storm Kills 12 People"
        return named == named.lower() and (
            lead in lang.dates.weekdays or not tokens.words[amount.start - 1][:1].isupper()
        )
    name = tokens.words[amount.start - 1]
    capital = name.istitle() or name.isupper()
    if is_capital_label(tokens, amount.start - 1, lang):
        return False
    if capital and is_headline(tokens):
        return lead not in lang.names.labels
    before = tokens.lower[amount.start - 2]
    if before in lang.grammar.the_words and name.isupper() and len(name) > 1:
        before = tokens.lower[amount.start - 3]  # "in the UK 4500 people"
    if name.isupper() and len(tokens.words[amount.number.start]) > 3:
        return before in lang.grammar.in_words or before in lang.names.givers  # "to DIN 4102 standards"
    return capital and lead not in lang.names.labels and before in lang.grammar.places


def _counts_like_a_year(tokens: Tokens, amount: Measured, noun: int, lang: Language) -> bool:
    """True of the 1950 of "1950 runners finished", before the plural at token ``noun``."""
    lead, k = tokens.lower[amount.start - 1], amount.number.start
    if dates_a_noun(tokens, k, noun, lang):
        return False
    round_number = tokens.words[k].endswith("00")
    if _is_proper(tokens, amount.start - 1, lang) and not (round_number or is_headline(tokens)):
        return False  # "Boeing 2019 figures"
    if lead in lang.grammar.and_words and not is_year(tokens, amount.start - 2):
        return tokens.words[amount.end].islower()  # "1,900 staff and 1900 contractors"
    return (
        lead not in lang.dates.year_leads
        and tokens.words[amount.end].islower()
        and amount.start > 0
        and not lead.endswith(("'s", "’s"))
    )


def _is_proper(tokens: Tokens, k: int, lang: Language) -> bool:
    """True of a name in capitals at ``k`` that no preposition of place precedes: "Boeing 2019 orders", but
    "in Berlin 2000 people"."""
    word, lower = tokens.words[k], tokens.lower[k]
    if k < 0 or not word[:1].isupper() or not word.isalpha() or lower in lang.grammar.stop:
        return False
    if k == 0 and lower.endswith(lang.nouns.other_endings):
        return False  # "Employing 1950 people"
    if lower in lang.dates.weekdays or lower in lang.dates.months or lang.nouns.have_capitals:
        return False
    return tokens.lower[k - 1] not in lang.grammar.places


def _calibre_behind(tokens: Tokens, amount: Measured, lang: Language) -> Aside | None:
    """ "122 and 152 mm": the first number has the unit, and the kind, of the second."""
    second = amount.end + 1
    unit = unit_at(tokens, second + 1, lang) if tokens.is_digits(second) else None
    if unit is None or not is_calibre(tokens, amount.number.start, unit.end, lang):
        return None
    return Aside("calibre", amount.number.start, unit.end)


def _is_position(tokens: Tokens, amount: Measured, lang: Language) -> bool:
    """ "the bottom | three", "the top | 10": places in an order, unless a noun is counted."""
    if amount.number.low > 1000:
        return False
    if tokens.lower[amount.end] in lang.grammar.of_words:
        return False
    if tokens.lower[amount.start - 1] in lang.ellipsis.other_leads:
        return False  # "the other two dissented"
    return counted_at(tokens, amount.end, False, lang) is None


def _completed(tokens: Tokens, amount: Measured, figure: ParsedFigure, lang: Language) -> ParsedFigure:
    """Everything behind the number: later modifiers, the counted noun, the rate, the whole."""
    lower, spreads = tokens.lower, lang.spreads
    spread, behind = False, lower[figure.end]
    if behind in spreads.direct_heads:
        if figure.unit is None and amount.unit is not None:
            figure.unit, figure.noun = amount.unit, _span(amount.counted) if amount.counted else None
        spread = give_spread(tokens, figure, amount.number.scale, lang)
    tail = bound_after(tokens, figure.end, lang) if behind in lang.bounds.after_heads else None
    if tail is not None:
        figure.bounds.insert(0, tail[0])
        figure.end = tail[1]
    if figure.unit is None:
        figure.unit, figure.noun, end = _unit_and_noun(tokens, amount, figure.end, figure.start, lang)
        if end > figure.end:
            figure.end = end
        if lower[figure.end + 1] in EXPONENTS and figure.noun is not None and amount.unit is None:
            rate_below(tokens, figure, lang)
    noun, behind = figure.noun, lower[figure.end]
    # a number may stand inside the noun phrase ("20 five-gallon drums"), not inside a unit ("of a second")
    figure.resume = figure.end
    if noun is not None and amount.counted is None:
        figure.resume = max(noun[0], amount.number.end)
    if behind in HYPHENS and lower[figure.end + 1] in lang.grammar.suffixes:
        figure.end += 2  # "a 6-week-old", "5,000-strong"
    if behind in lang.heads_behind or (
        noun is None
        and lower[figure.start - 1] in lang.grammar.determiners
        and figure.unit in lang.trends.units
    ):
        _rate_and_change(tokens, amount, figure, lang)
    elif noun is not None:
        end, every = figure.end, lang.rates.every
        if (
            lower[noun[0]] in lang.trends.noun_heads
            or lower[noun[0] - 1] in HYPHENS
            or lower[figure.start - 1] in lang.grammar.determiners
            or lower[end + 1] == every
            or lower[end + 2] == every
            or lower[end + 3] == every
        ):
            _rate_and_change(tokens, amount, figure, lang)
    if lower[figure.end] in lang.numbers.below_zero.heads:
        _take_zero(tokens, figure, lang)
    if lower[figure.end - 1] in lang.numbers.fold_endings or lower[figure.start - 2] in lang.numbers.factors:
        _take_multiple(tokens, figure, lang)
    if figure.unit in lang.ages.units and tells_age(tokens, amount, figure, lang):
        figure.form = _AGE
    if tail is None and lower[figure.end] in lang.bounds.after_heads:
        tail = bound_after(tokens, figure.end, lang)
        if tail is not None:
            figure.bounds.insert(0, tail[0])
            figure.end = tail[1]
            if figure.per is None:
                _rate(tokens, figure, lang)
    if figure.of is None:
        if figure.unit is None:
            if behind_is_of(tokens, figure.end, lang):
                set_whole(tokens, figure, lang)
        elif figure.per is None:
            figure.of = said_of(tokens, figure, lang)
            if lang.nouns.names and amount.unit is not None and figure.unit not in lang.bounds.durations:
                _rate_behind_substance(tokens, figure, lang)
    if tail is None and figure.unit == "percent" and figure.of is None:
        tail = bound_after_noun(tokens, figure.end, lang)  # "60 percent support or more"
        if tail is not None:
            figure.bounds.insert(0, tail[0])
            figure.end = tail[1]
    if tail is None and figure.of is not None and lower[figure.of[1]] == ",":
        tail = bound_after(tokens, figure.of[1], lang)  # "a third of the men, if not more"
        if tail is not None:
            figure.bounds.insert(0, tail[0])
            figure.end = tail[1]
    if not spread and (
        figure.unit == "percent" or lower[figure.end] in spreads.first or figure.of is not None
    ):
        spread = _spread_behind(tokens, amount, figure, lang)
    if spread:
        figure.resume = figure.end
    if figure.form is not _FRACTION and (
        lower[figure.start - 1] in lang.trends.leaning_before
        or lower[figure.end] in lang.trends.leaning_behind
    ):
        figure.leaning = leaning_of(tokens, figure, lang)
    bounds = figure.bounds
    if not bounds:
        return figure
    if len(bounds) == 1:
        figure.modifier = bounds[0]
    elif _RANGE in bounds:
        figure.modifier = _RANGE
        figure.hedges = tuple(dict.fromkeys(m for m in bounds if m is not _RANGE))
    else:
        figure.modifier, figure.hedges = ranked(bounds)
    return figure


def _take_multiple(tokens: Tokens, figure: ParsedFigure, lang: Language) -> None:
    """ "A 10-fold rise", "by more than a factor of three": so many times what was."""
    unit, lower = lang.numbers.fold_unit, tokens.lower
    if figure.unit == unit and lower[figure.end - 1] in lang.numbers.fold_endings:
        figure.form, figure.trend = _MULTIPLE, figure.trend or change_named(tokens, figure.end, lang)
    elif figure.unit is None and figure.per is None and lower[figure.start - 1] in lang.grammar.of_words:
        figure.form = _MULTIPLE
        lead = figure.start - 2 - (lower[figure.start - 3] in lang.grammar.articles)
        bounds, first = bounds_before(tokens, lead, lang)
        if bounds:
            figure.bounds, figure.start = [*figure.bounds, *bounds], first
            figure.trend = figure.trend or trend_before(tokens, first, unit, lang)


def _take_zero(tokens: Tokens, figure: ParsedFigure, lang: Language) -> None:
    """ "10 degrees below zero" is -10; "above zero" belongs to the number too."""
    found = lang.numbers.below_zero.match(tokens.lower, figure.end)
    degrees = figure.unit is None or figure.unit.startswith(lang.numbers.degrees)
    if found is None or not degrees or not 0 < figure.low <= figure.high:
        return
    if found[1] < 0:
        figure.low, figure.high = -figure.high, -figure.low
        figure.grain, figure.grain_high = (
            figure.grain_high or figure.grain,
            figure.grain_high and figure.grain,
        )
        if figure.best is not None:
            figure.best = -figure.best
    figure.end += found[0]
    figure.resume = figure.end


def _spread_behind(tokens: Tokens, amount: Measured, figure: ParsedFigure, lang: Language) -> bool:
    """The spread behind the figure, or behind its whole: "51% of voters, give or take 3 points"."""
    lower, end = tokens.lower, figure.end
    if spread_may_begin(tokens, end, lang) and give_spread(tokens, figure, amount.number.scale, lang):
        return True
    behind = end if figure.of is None else figure.of[1]
    if lower[behind] in lang.trends.comparatives:
        behind += 1  # "1.8 times higher (95% interval 1.2 to 2.7)"
    if behind != end and spread_may_begin(tokens, behind, lang):
        figure.end = behind
        if give_spread(tokens, figure, amount.number.scale, lang):
            return True
        figure.end = end
    if figure.unit != "percent":
        return False
    text, first, last = tokens.text, tokens.starts[end], tokens.starts[tokens.size]
    if all(text.find(word, first, last) < 0 for word in lang.spreads.afar):
        return False
    return give_spread_of_share(tokens, figure, lang)


def _rate_and_change(tokens: Tokens, amount: Measured, figure: ParsedFigure, lang: Language) -> None:
    """The base of a rate behind the figure, and a change that the words behind it state."""
    lower, k, trends, noun = tokens.lower, figure.end, lang.trends, figure.noun
    word, compared = lower[k], False
    if noun is not None and amount.unit is None:
        compared = lower[noun[0]] in trends.noun_heads
        if lang.rates.every in lower[k + 1 : k + 4]:
            _rate_behind_verb(tokens, figure, lang)
    leads = figure.unit in trends.units and lower[figure.start - 1] in lang.grammar.determiners
    if not (compared or leads or word in lang.heads_behind):
        return
    if word in trends.more and figure.trend is None:
        figure.trend = trend_behind(tokens, figure, amount.unit is not None, lang)  # "£40 more a month"
    if figure.per is None and word in lang.rates.heads:
        _rate(tokens, figure, lang)
    if figure.trend is not None:
        return
    side = noun_of_change(tokens, figure, lang) if compared else None
    if side is not None and noun is not None:  # "a 3,000 increase"
        figure.trend, figure.unit, figure.noun, figure.end = side, None, None, noun[0]
    elif compared or leads or lower[figure.end] in trends.behind_heads:
        figure.trend = trend_behind(tokens, figure, amount.unit is not None, lang)


def _rate_behind_substance(tokens: Tokens, figure: ParsedFigure, lang: Language) -> None:
    """ "40 Mikrogramm Stickstoffdioxid | je Kubikmeter", "5 літрів води | на добу"."""
    k = figure.end + 1 if figure.of is None else figure.of[1]
    word = tokens.lower[k - 1]
    if tokens.lower[k] not in lang.rates.openers.heads or not word.isalpha() or word in lang.grammar.stop:
        return
    rate = rate_at(tokens, k, lang)
    if rate is not None:
        figure.per, figure.base = rate[0], (k, rate[1])
        figure.resume = max(figure.resume, figure.end)


def _rate(tokens: Tokens, figure: ParsedFigure, lang: Language) -> None:
    rate = rate_at(tokens, figure.end, lang)
    if rate is not None:
        figure.base = (figure.end, rate[1])
        _take_hedge(tokens, figure.end, figure, lang)
        figure.per, figure.end = rate
        return
    behind = rate_after_of(tokens, figure.end, lang)
    if behind is not None:
        figure.per, figure.base, figure.end = behind[0], behind[1:], behind[2]
        return
    if figure.unit in lang.units.money or figure.unit in lang.rates.coins:
        price = price_base_at(tokens, figure.end, lang)
        if price is not None:
            figure.base = (figure.end, price[1])
            figure.per, figure.end = price


def _rate_behind_verb(tokens: Tokens, figure: ParsedFigure, lang: Language) -> None:
    found = rate_behind_verb(tokens, figure.end, lang)
    if found is not None:
        _take_hedge(tokens, found[1] - 1, figure, lang)
        figure.per, figure.base, figure.end = found[0], found[1:], found[2]


def _take_hedge(tokens: Tokens, k: int, figure: ParsedFigure, lang: Language) -> None:
    """ "one death about every five minutes": the hedge of the base, at ``k``, is that of the rate."""
    hedge = lang.bounds.before.match(tokens.lower, k)
    if hedge is not None and hedge[0] == 1 and k >= figure.end:
        figure.bounds.append(hedge[1])


def _unit_and_noun(
    tokens: Tokens, amount: Measured, k: int, first: int, lang: Language
) -> tuple[str | None, TokenSpan | None, int]:
    """(unit, noun phrase, token after it)."""
    counted = amount.counted
    if counted is not None:
        return counted.unit, _span(counted), max(k, counted.end)
    if amount.unit is not None:
        return amount.unit, None, k
    if amount.number.fraction:
        return FRACTION, None, k
    number, behind = amount.number, tokens.lower[k]
    one = number.low == 1 == number.high
    member = one and behind in lang.grammar.of_words  # "she is one of 12 judges"
    behind_bound = k != amount.end and lang.ages.classes.match(tokens.lower, k)  # "the 65-plus age group"
    if behind_bound or (not member and is_age(tokens, number, amount.start, first, lang)):
        return lang.ages.unit, None, k
    asked = amount.end  # where a unit was looked for already
    counted = None if k == asked else unit_at(tokens, k, lang)
    if counted is None:
        asked = k
        if behind in lang.grammar.of_words and number.implied is not _EXACT:
            k += 1  # "dozens of people"
            if tokens.lower[k] in lang.grammar.possessives:
                k += 1
        counted = None if k == asked else unit_at(tokens, k, lang)
        if counted is None:
            counted = counted_at(tokens, k, one, lang)
            joined = k != amount.end and tokens.lower[amount.end] in lang.grammar.list_words
            if joined and counted is not None and not lang.nouns.is_plural(tokens.lower[counted.end - 1]):
                counted = None  # "parcels of 40 and over cost more"
    if counted is None or tokens.lower[counted.end - 1] in lang.units.scales:
        counted = scale_at(tokens, amount.end, lang) or counted
    if counted is None:
        return noun_before_bracket(tokens, amount.start, amount.end, lang), None, amount.end
    return counted.unit, _span(counted), counted.end


def _span(counted: Counted) -> TokenSpan | None:
    return (counted.start, counted.end) if counted.start < counted.end else None

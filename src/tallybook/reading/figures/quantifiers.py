"""Words that state a number without printing one: "most of them", "no deliveries", "doubled"."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures.changes import change_named
from tallybook.reading.figures.modifiers import bounds_before, ranked, trend_before
from tallybook.reading.figures.nouns import counted_at, noun_phrase_at, whole_after_of
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure
from tallybook.reading.figures.rates import rate_at
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.number import rounded
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Form, Modifier

# How near a verb of reporting stands to "keine Toten".
_NEAR = 6


def most_at(tokens: Tokens, k: int, lang: Language) -> ParsedFigure | None:
    """ "most of them", "a majority of voters": over half of them. "most" alone, "the most" and "a majority of
    40 votes" are not shares."""
    noun = tokens.lower[k] in lang.quantifiers.majority
    if lang.nouns.names:
        return _most_of_nouns(tokens, k, lang)
    if tokens.lower[k + 1] not in lang.grammar.of_words or (tokens.lower[k - 1] == "the" and not noun):
        return None
    whole = whole_after_of(tokens, k + 1, lang)
    if whole is None:
        return None
    start = k
    if noun:
        counted = tokens.is_digits(whole[0]) or tokens.lower[whole[0]] in lang.numbers.words
        start -= tokens.lower[k - 1] in lang.quantifiers.before_majority
        if counted or tokens.lower[start - 1] not in lang.grammar.determiners:
            return None  # "a two-thirds majority of"
        start -= 1
    return ParsedFigure(
        0.5, 0.5, start, whole[1], modifier=Modifier.OVER, unit=FRACTION, of=whole, form=Form.MOST
    )


def _most_of_nouns(tokens: Tokens, k: int, lang: Language) -> ParsedFigure | None:
    """ "die meisten der Zuschauer", "більшість депутатів": the noun, which may have a number of its own."""
    first = k + 1 + (tokens.lower[k + 1] in lang.grammar.of_words)
    whole = noun_phrase_at(tokens, first, lang)
    if whole is None or (tokens.lower[k] in lang.quantifiers.majority and tokens.is_digits(first)):
        return None  # "eine Mehrheit von 54 zu 41 Stimmen"
    numbered = _is_numbered(tokens, whole, lang)
    if not numbered and counted_at(tokens, first, False, lang) is None:
        return None
    end = k + 1 if numbered else whole[1]
    figure = ParsedFigure(0.5, 0.5, k, end, modifier=Modifier.OVER, unit=FRACTION, of=whole, form=Form.MOST)
    figure.resume = k + 1
    return figure


def all_at(tokens: Tokens, k: int, lang: Language) -> ParsedFigure | None:
    """ "all of the crew", "every one of its 14 boats": the whole; not "all of it", "all of which"."""
    found = lang.quantifiers.all_phrases.match(tokens.lower, k)
    if found is None:
        return None
    of = k + found[0] - 1
    whole = whole_after_of(tokens, of, lang)
    if whole is None or whole[1] - whole[0] < 2:
        return None
    if tokens.lower[whole[0]] not in lang.grammar.possessives:
        return None
    bounds, start = bounds_before(tokens, k, lang)  # "nearly all of the trains"
    modifier, hedges = ranked(bounds)
    return ParsedFigure(1.0, 1.0, start, whole[1], modifier, hedges, unit=FRACTION, of=whole, form=Form.ALL)


def none_at(tokens: Tokens, k: int, lang: Language) -> ParsedFigure | Aside | None:
    """ "no shell deliveries", "none of the soldiers": a count of zero.

    Only before a counted noun in the plural that is not among the abstracts of the lexicon ("no plans", "no
    signs"): those deny a fact and are not counts.
    """
    whole = None
    if tokens.lower[k] in lang.quantifiers.none_words:
        whole = whole_after_of(tokens, k + 1, lang)
        if whole is None and tokens.lower[k] not in lang.quantifiers.no_words:
            return None
    if whole is not None:
        head = lang.nouns.singular(tokens.lower[whole[1] - 1])
        figure = ParsedFigure(0.0, 0.0, k, whole[1], unit=head, of=whole, form=Form.ALL)
        if lang.nouns.names:  # "keines der 14 Boote": two figures
            figure.resume = whole[0]
            figure.end = k + 1 if _is_numbered(tokens, whole, lang) else figure.end
            if head is None and (counted := counted_at(tokens, whole[0] + 1, False, lang)) is not None:
                figure.unit = counted.unit
        return figure
    counted = counted_at(tokens, k + 1, False, lang)
    if counted is None:
        return None
    head_word = tokens.lower[counted.end - 1]
    if lang.nouns.singular(head_word) is None:
        return None
    if head_word in lang.quantifiers.not_counted:
        return Aside("idiom", k, counted.end)
    if not _reports(tokens, k, counted.end, lang):
        return None
    return ParsedFigure(0.0, 0.0, k, counted.end, unit=counted.unit, noun=(counted.start, counted.end))


def _is_numbered(tokens: Tokens, whole: tuple[int, int], lang: Language) -> bool:
    return any(tokens.is_digits(j) or tokens.lower[j] in lang.numbers.words for j in range(*whole))


def _reports(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """True when "no ..." reports a count: "no deaths were reported", "there were no deaths", or alone.

    "do the ride no favours" denies a fact; it is not a count.
    """
    alone = (k == 0 or tokens.lower[k - 1] in (";", ":")) and end >= tokens.size - 1
    reporting = lang.quantifiers.reporting
    if lang.nouns.names:  # "gab es keine Verletzten", "не виявили жодного"
        near = [*tokens.lower[max(k - _NEAR, 0) : k], *tokens.lower[end : end + _NEAR]]
        return alone or not reporting.isdisjoint(near)
    return alone or tokens.lower[k - 1] in reporting or tokens.lower[end] in reporting


def unit_and_half_at(tokens: Tokens, k: int, lang: Language) -> ParsedFigure | None:
    """ "an hour and a half", "the last year and a half", with "half" at ``k``: one and a half of the unit."""
    if tokens.lower[k - 1] not in lang.grammar.articles or tokens.lower[k - 2] not in lang.grammar.and_words:
        return None
    unit = unit_at(tokens, k - 3, lang) if k >= 3 else None
    if unit is None or unit.end != k - 2 or lang.nouns.singular(tokens.lower[k - 3]) is not None:
        return None
    start = k - 3
    if tokens.lower[start - 1] in lang.grammar.articles or tokens.lower[start - 1] in lang.idioms.one:
        start -= 1
    bounds, first = bounds_before(tokens, start, lang)
    modifier, hedges = ranked(bounds)
    figure = ParsedFigure(1.5, 1.5, first, k + 1, modifier, hedges, unit=unit.unit, noun=(k - 3, k - 2))
    figure.trend = trend_before(tokens, first, unit.unit, lang)
    figure.resume, figure.grain = k + 1, 0.5
    return figure


def times_at(tokens: Tokens, k: int, lang: Language) -> ParsedFigure | None:
    """ "twice a week", "twice the limit", "twice as many": a number of times, before the base of a rate or
    before what is multiplied; not "scored twice as it rained"."""
    value, following = lang.idioms.times[tokens.lower[k]], tokens.lower[k + 1]
    if lang.idioms.factors:
        return _factor(tokens, k, value, lang)
    if value == 1:
        return _once_at(tokens, k, lang)
    degree = following in lang.idioms.as_words and (
        tokens.lower[k + 2] in lang.idioms.degrees or tokens.lower[k + 3] in lang.idioms.as_words
    )
    pointed = _points_back(tokens, k + 1, lang)
    if degree or pointed or following in lang.grammar.possessives or _owned(tokens, k + 1, lang):
        bounds, start = bounds_before(tokens, k, lang)
        modifier, hedges = ranked(bounds)
        figure = ParsedFigure(value, value, start, k + 1, modifier, hedges, unit=lang.numbers.fold_unit)
        figure.grain, figure.single = 1.0, True
        return figure
    rate = rate_at(tokens, k + 1, lang) if tokens.lower[k + 1] in lang.rates.heads else None
    if rate is None:
        return None
    bounds, start = bounds_before(tokens, k, lang)
    modifier, hedges = ranked(bounds)
    figure = ParsedFigure(
        value, value, start, rate[1], modifier, hedges, unit=lang.numbers.fold_unit, per=rate[0]
    )
    figure.base, figure.grain, figure.single = (k + 1, rate[1]), 1.0, True
    return figure


def _factor(tokens: Tokens, k: int, value: float, lang: Language) -> ParsedFigure | None:
    """ "вдвічі більше", "утричі вища за", "зріс утричі", "двічі на тиждень"."""
    following, side = tokens.lower[k + 1], None
    rate = rate_at(tokens, k + 1, lang) if following in lang.rates.heads else None
    bounds, start = bounds_before(tokens, k, lang)
    if rate is None and not (following in lang.idioms.degrees or following in lang.trends.comparatives):
        side = trend_before(tokens, start, lang.numbers.fold_unit, lang)
        found = lang.trends.words.match(tokens.lower, k + 1) if side is None else None
        side = found[1] if found is not None else side
        if side is None:
            return None
    modifier, hedges = ranked(bounds)
    figure = ParsedFigure(value, value, start, k + 1, modifier, hedges, unit=lang.numbers.fold_unit)
    figure.trend, figure.grain, figure.single = side, 1.0, True
    if rate is not None:
        figure.per, figure.end, figure.base = rate[0], rate[1], (k + 1, rate[1])
    return figure


def each_at(tokens: Tokens, k: int, lang: Language) -> ParsedFigure | None:
    """ "jeder dritte Haushalt", "п'ята частина": a share; not "jeden zweiten Tag", a rhythm."""
    start = k - 1
    if tokens.lower[k + 1] in lang.quantifiers.part_nouns:
        start, end = k, k + 2
    elif tokens.lower[start] in lang.quantifiers.each_words:
        unit, end = unit_at(tokens, k + 1, lang), k + 1
        if unit is not None and unit.unit in lang.bounds.durations:
            return None
    else:
        return None
    bounds, first = bounds_before(tokens, start, lang)
    modifier, hedges = ranked(bounds)
    share = rounded(1 / lang.quantifiers.each_ordinals[tokens.lower[k]])
    figure = ParsedFigure(share, share, first, end, modifier, hedges, unit=FRACTION, form=Form.FRACTION)
    if start == k:
        figure.trend = trend_before(tokens, first, FRACTION, lang) or lang.trends.comparatives.get(
            tokens.lower[end]
        )
    figure.of = noun_phrase_at(tokens, end, lang)
    return figure


def attribute_at(tokens: Tokens, k: int, value: float, unit: str, lang: Language) -> ParsedFigure:
    """ "eine sechsköpfige Jury", "шестирічний хлопчик": the number and unit of one word."""
    bounds, start = bounds_before(tokens, k, lang)
    modifier, hedges = ranked(bounds)
    side = None
    if start and unit in lang.trends.units:  # "um einen Viertelprozentpunkt"
        side = trend_before(tokens, start - (tokens.lower[start - 1] in lang.grammar.articles), unit, lang)
    return ParsedFigure(value, value, start, k + 1, modifier, hedges, unit=unit, trend=side, grain=1.0)


def _once_at(tokens: Tokens, k: int, lang: Language) -> ParsedFigure | None:
    """ "once a day", "once every two years"; not the conjunction of "once a year had passed"."""
    j = k + 1
    rate = rate_at(tokens, j, lang) if tokens.lower[j] in lang.rates.heads else None
    behind = tokens.lower[rate[1]] if rate is not None else ""
    if rate is None or behind in lang.idioms.once_verbs or behind in HYPHENS:
        return None
    adverb = behind in lang.grammar.stop or behind.endswith(lang.nouns.other_endings)
    if behind.isalpha() and not adverb:
        return None  # "once a day nurse, she paints"
    unit = lang.numbers.fold_unit
    figure = ParsedFigure(1.0, 1.0, k, rate[1], unit=unit, per=rate[0], base=(j, rate[1]))
    figure.grain, figure.single = 1.0, True
    return figure


def _owned(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "twice a clerk's weekly wage": an article and its owner at ``k``; "twice a week's" is a rate."""
    if tokens.lower[k] not in lang.grammar.articles:
        return False
    owner = k + 1 if tokens.lower[k + 1] not in lang.grammar.adjectives else k + 2
    return tokens.lower[owner].endswith(("'s", "’s"))


def _points_back(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "twice | that.", "twice that of a clerk", "twice what it was": a pronoun that is multiplied; not the
    conjunction of "said twice that it was safe", nor "asked twice what to do"."""
    behind = tokens.lower[k + 1]
    if tokens.lower[k] in lang.idioms.compared:
        return behind.isalpha() and behind not in lang.grammar.to_words
    return tokens.lower[k] in lang.grammar.conjunctions and (
        not behind[:1].isalnum() or behind in lang.grammar.of_words or behind in lang.idioms.amounts
    )


def ratio_at(tokens: Tokens, k: int, lang: Language) -> ParsedFigure | None:
    """ "more than halved": what remains is under half of what was. "doubled": twice what was.

    ``low``, ``high`` are the ratio of after to before; a bound on the change is a bound on the
    ratio in the direction of the change. Followed by "to" the level is named and not the ratio.
    """
    value = lang.numbers.ratios[tokens.lower[k]]
    j = k + 1
    if tokens.lower[k] in lang.numbers.present_ratios:
        lead = tokens.lower[k - 1]
        led = lead in lang.grammar.determiners or lead in lang.ages.both_words or lead in lang.numbers.words
        ends = not tokens.lower[j].isalpha() or tokens.lower[j] in lang.grammar.stop
        bounded = ends and bounds_before(tokens, k, lang)[1] < k  # "profit more than doubles"
        if not bounded and (led or tokens.lower[j] not in lang.grammar.determiners):
            return None  # "the mixed doubles", "in both halves the team scored"
    while tokens.lower[j].isalpha() and j < k + 3 and tokens.lower[j] not in lang.grammar.to_words:
        j += 1
    if tokens.lower[j] in lang.grammar.to_words and _begins_level(tokens, j + 1, lang):
        return None  # "tripled to 90", "doubling it to 256GB"
    if lang.nouns.have_capitals and _level_before(tokens, k, lang):
        return None  # "auf 80 Gigawatt verdreifachen"
    bounds, start = bounds_before(tokens, k, lang)
    if tokens.lower[k] in lang.numbers.base_ratios and not _infinitive(tokens, k, start - 1, lang):
        return _multiple(tokens, k, value, bounds, start, lang)
    if value < 1:
        bounds = [_MIRRORED.get(m, m) for m in bounds]
    modifier, hedges = ranked(bounds)
    side = "down" if value < 1 else "up"
    return ParsedFigure(
        value, value, start, k + 1, modifier, hedges, unit=FRACTION, trend=side, form=Form.RATIO
    )


def _level_before(tokens: Tokens, k: int, lang: Language) -> bool:
    """True if a number behind "auf" stands in the clause before its verb at ``k``."""
    for j in range(k - 1, max(k - _NEAR, 0), -1):
        if tokens.is_digits(j):
            return tokens.lower[j - 1] in lang.ranges.joins_opened
        if not tokens.lower[j].isalpha():
            return False
    return False


def _multiple(
    tokens: Tokens, k: int, value: float, bounds: list[Modifier], start: int, lang: Language
) -> ParsedFigure | None:
    """ "nearly double the number", "triple the average": so many times what follows; not "a double room", nor
    the verb of "late shifts double the risk"."""
    times = tokens.lower[k + 1] in lang.grammar.possessives or _points_back(tokens, k + 1, lang)
    lead = tokens.lower[start - 1]
    plural = lang.nouns.singular(lead) is not None and lead not in lang.grammar.stop
    verb = not bounds and (plural or lead in lang.grammar.subjects)
    if value < 1 or not times or verb or lead in lang.grammar.determiners:
        return None
    modifier, hedges = ranked(bounds)
    figure = ParsedFigure(value, value, start, k + 1, modifier, hedges, unit=lang.numbers.fold_unit)
    figure.grain, figure.single = 1.0, True
    return figure


def _begins_level(tokens: Tokens, k: int, lang: Language) -> bool:
    """True of a number at ``k``, or of the first word before it: "to | 90", "to | about $3"."""
    word = tokens.lower[k]
    if not word.isalpha() or word in lang.numbers.words:
        return True
    if lang.units.currency.match(tokens.words, k) is not None:
        return True
    return word in lang.bounds.before.heads or word in lang.bounds.skipped


def _infinitive(tokens: Tokens, k: int, lead: int, lang: Language) -> bool:
    """True of the verb at ``k`` behind a modal verb or "to" at ``lead``: "may triple", "to nearly double"."""
    numbers = lang.numbers
    if tokens.lower[k + 1] in numbers.not_behind_base or tokens.lower[k + 1] in HYPHENS:
        return False  # "will double as a café"
    if tokens.lower[lead] in numbers.modals:
        return True
    return tokens.lower[lead] in numbers.to_infinitive and tokens.lower[lead - 1] not in numbers.not_before_to


def fold_at(tokens: Tokens, k: int, lang: Language) -> ParsedFigure:
    """ "more than sixfold", "a twofold rise": so many times."""
    value = lang.numbers.folds[tokens.lower[k]]
    bounds, start = bounds_before(tokens, k, lang)
    modifier, hedges = ranked(bounds)
    unit = lang.numbers.fold_unit
    side = trend_before(tokens, start, unit, lang) or change_named(tokens, k + 1, lang)
    return ParsedFigure(
        value, value, start, k + 1, modifier, hedges, unit=unit, trend=side, form=Form.MULTIPLE, grain=1.0
    )


_MIRRORED = {
    Modifier.OVER: Modifier.UNDER,
    Modifier.UNDER: Modifier.OVER,
    Modifier.AT_LEAST: Modifier.AT_MOST,
    Modifier.AT_MOST: Modifier.AT_LEAST,
}

"""A change that the words behind a number state: "40 more buses", "£40 more", "a 7% fall", "11% cheaper",
"1.2 °C above the average", "3,140 jobs were added"."""

from __future__ import annotations

from tallybook.reading.figures.measured import Measured
from tallybook.reading.figures.modifiers import COUNTED, trend_before
from tallybook.reading.figures.nouns import counted_at
from tallybook.reading.figures.parsed_figure import ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens

# How many words may part a number from its noun of change: "a 10% income tax rise".
_BETWEEN = 2
# How far behind "above the" the reference may be: "above the 1991–2020 average for the month".
_REFERENCE = 8
_LONGEST_BRACKET = 9


def trend_behind(tokens: Tokens, figure: ParsedFigure, measured: bool, lang: Language) -> str | None:
    """ "up" or "down" if the words behind ``figure`` make it a change; ``measured``: in a unit or money.

    A length of time is one only beside "than": "three more years" in prison are no change.
    """
    trends, k = lang.trends, _behind_conversion(tokens, figure.end)
    word = tokens.lower[k]
    if figure.unit == lang.numbers.fold_unit:
        return None
    if figure.noun is not None and not measured:
        first = figure.noun[0]
        side = trends.more.get(tokens.lower[first]) if figure.noun[1] - first > 1 else None
        if side is not None:
            return side if _compares(tokens, k, figure, lang) else None
    side = trends.more.get(word)
    if side is not None:
        if figure.unit is None and _another_count(tokens, k + 1, figure, lang):
            return None
        goes_on = tokens.lower[k + 1] not in lang.grammar.stop and tokens.lower[k + 1][:1].isalpha()
        if not (goes_on and measured and figure.unit not in trends.units):
            return side if _compares(tokens, k + 1, figure, lang) else None
    if measured:
        side = trends.comparatives.get(word) or _against_reference(tokens, k, lang)
        if side is not None:
            return side if _compares(tokens, k + 1, figure, lang) else None
        return _noun_behind(tokens, figure, k, lang) or _adverb_behind(tokens, figure, lang)
    if figure.noun is not None and word in trends.passive:
        return _done(tokens, k, figure, lang)
    if figure.noun is not None and tokens.lower[figure.noun[0] - 1] in HYPHENS:
        return _noun_behind(tokens, figure, k, lang)  # "an 11-seat gain"
    return None


def contested_before(tokens: Tokens, first: int, lang: Language) -> str | None:
    """ "gained | nine seats", "lost | 40 seats"."""
    if tokens.lower[first - 1] not in lang.trends.contested_verbs:
        return None
    found = lang.trends.words_of_units.match(tokens.lower, first - 1) or lang.trends.words.match(
        tokens.lower, first - 1
    )
    return found[1] if found is not None else None


def change_of_amount(tokens: Tokens, amount: Measured, first: int, lang: Language) -> str | None:
    """ "adding | £78 | to the annual bill", "lost | 14 kg |", "gained 30 MPa"; but "lost 40 minutes", "lost
    £4 million" and "add 20 ml to the flask" are amounts."""
    lead = tokens.lower[first - 1]
    if tokens.lower[amount.end] in lang.grammar.to_words and _is_number(tokens, amount.end + 1, lang):
        return lang.trends.made.get(lead) or contested_before(tokens, first, lang)  # "added $12 to $2,045"
    if lead in lang.trends.made:
        if tokens.lower[amount.end] not in lang.grammar.to_words:
            return None
        behind = tokens.lower[amount.end + 1 : amount.end + _REFERENCE]
        for word in behind:
            if word in lang.trends.added_to:
                return lang.trends.made[lead]
            if not word.isalpha() and word[-2:] not in ("'s", "’s"):
                return None
        return None
    if amount.counted is None or not amount.counted.measured or amount.unit in lang.bounds.durations:
        return None
    if amount.unit in lang.units.money or amount.unit in lang.rates.coins:
        return None
    following = tokens.lower[amount.end]  # "lost 40 tonnes of grain", "lose 12 kilograms for every tree"
    whole = following in lang.grammar.of_words or following in lang.grammar.for_words
    return None if whole else contested_before(tokens, first, lang)


def _is_number(tokens: Tokens, k: int, lang: Language) -> bool:
    return tokens.is_digits(k) or lang.units.currency.match(tokens.words, k) is not None


def _behind_conversion(tokens: Tokens, k: int) -> int:
    """The token behind the bracket at ``k`` that says a number again: "10 °C (50 °F) | warmer"."""
    if tokens.lower[k] != "(" or not (tokens.is_digits(k + 1) or tokens.is_digits(k + 2)):
        return k
    for j in range(k + 2, min(k + _LONGEST_BRACKET, tokens.size)):
        if tokens.lower[j] == ")":
            return j + 1
    return k


def _another_count(tokens: Tokens, k: int, figure: ParsedFigure, lang: Language) -> bool:
    """ "40 more were injured", "dozens more have fled": so many besides; not "9,140 more were idle"."""
    if tokens.lower[k] in lang.trends.than:
        return False
    if figure.low != figure.high or tokens.lower[k] in lang.trends.perfect:
        return True
    return tokens.lower[k] in lang.trends.passive and tokens.lower[k + 1].endswith(lang.nouns.other_endings)


def trend_of_count(
    tokens: Tokens, end: int, first: int, found: str | None, one: bool, lang: Language
) -> str | None:
    """The trend ``found``, of a number without a unit that ends at ``end``: "lost 14 tanks" has none."""
    if tokens.lower[end] in lang.grammar.of_words:
        return None  # "dropped four of their games": no change of a level
    counted = counted_at(tokens, end, one, lang)
    if counted is None:
        return found
    # a loss of jobs changes their number, one of lives or ships is a count
    stock = counted.unit in lang.trends.stocks
    return trend_before(tokens, first, "" if stock else COUNTED, lang)


def noun_of_change(tokens: Tokens, figure: ParsedFigure, lang: Language) -> str | None:
    """ "a 3,000 increase": the noun of change that looks like what is counted."""
    if figure.noun is None or figure.noun[1] - figure.noun[0] != 1 or figure.low == 1:
        return None
    word = tokens.lower[figure.noun[0]]
    found = lang.trends.nouns.match(tokens.lower, figure.noun[0])
    article = tokens.lower[figure.start - 1] in lang.grammar.articles  # "the 1,500 cut in May" were cut
    if found is None or lang.nouns.singular(word) is not None or not article:
        return None
    return found[1]


def _compares(tokens: Tokens, k: int, figure: ParsedFigure, lang: Language) -> bool:
    return figure.unit not in lang.bounds.durations or tokens.lower[k] in lang.trends.than


def _led(tokens: Tokens, figure: ParsedFigure, lang: Language) -> bool:
    """True behind an article: "a 7% rise", "its nearly 7% fall"."""
    j = figure.start
    at_start = tokens.lower[j] in lang.grammar.articles
    return at_start or tokens.lower[j - 1] in lang.grammar.determiners


def _noun_behind(tokens: Tokens, figure: ParsedFigure, k: int, lang: Language) -> str | None:
    """ "a 0.3% contraction", "a 5% pay rise", "a 12-point drop"; not "34% increase their spending".

    A fall or climb of so many metres is one through space, unless something falls: "a 30cm rise in the sea".
    """
    trends = lang.trends
    counted = figure.noun is not None and unit_at(tokens, figure.noun[0], lang) is None
    led = _led(tokens, figure, lang)
    for j in range(k, k + 1 + (_BETWEEN if led else 0)):
        word = tokens.lower[j]
        if tokens.lower[j] in HYPHENS or not word[:1].isalpha():
            return None
        found = trends.nouns.match(tokens.lower, j) if word in trends.nouns.heads else None
        if found is not None and found[0] == 1:
            if word in trends.priced and figure.unit in lang.units.money:
                return None  # "a €700m expansion": its price
            inside = tokens.lower[j + 1] in lang.grammar.in_words
            sure = figure.unit in trends.units or figure.unit in lang.units.currencies
            sure = sure or (counted and led)
            if not (sure or (inside and figure.unit not in lang.bounds.durations)):
                return None
            closed = tokens.lower[j + 1] in trends.behind_nouns or j + 1 >= tokens.size
            return found[1] if led or inside or closed or word not in trends.also_verbs else None
        ends = word in lang.grammar.stop and word not in lang.grammar.inside
        if ends and word not in trends.before_nouns:
            return None
    return None


def _adverb_behind(tokens: Tokens, figure: ParsedFigure, lang: Language) -> str | None:
    """ "12% up on last year", "£3 down"; not "a 10% down payment"."""
    word, following = tokens.lower[figure.end], tokens.lower[figure.end + 1]
    trends = lang.trends
    if word in lang.grammar.from_words and figure.noun is not None:
        return "down" if tokens.lower[figure.start - 1] in trends.from_verbs else None
    if word in trends.adverbs_behind:
        link = trends.links.match(tokens.lower, figure.start - 1)  # "shaved an average of two seconds off"
        led = tokens.lower[figure.start - 1 - (link[0] if link else 0)] in trends.verbs_of_adverbs
        return trends.adverbs_behind[word] if led else None
    if word not in trends.adverbs or (following.isalpha() and following not in lang.grammar.stop):
        return None
    sure = figure.unit in trends.units or figure.unit in lang.units.currencies
    if not sure and following not in trends.adverb_links:
        return None  # "0.6 tonnes down on last season"
    found = lang.trends.words.match(tokens.lower, figure.end)
    return found[1] if found is not None else None


def _against_reference(tokens: Tokens, k: int, lang: Language) -> str | None:
    """ "above the average", "below normal": a distance from what is usual; not "above sea level"."""
    side = lang.trends.against.get(tokens.lower[k])
    if side is None:
        return None
    for j in range(k + 1, min(k + _REFERENCE, tokens.size)):
        word = tokens.lower[j]
        if word in lang.trends.references or (
            lang.nouns.have_capitals and word.endswith(("durchschnitt", "mittel", "niveau"))
        ):
            return side
        if word in lang.trends.before_references and _is_time(tokens.lower[j + 1], lang):
            return side  # "40 cents below last summer's"
        if (
            word in lang.grammar.stop
            and word not in lang.grammar.determiners
            and word not in lang.trends.before_references
        ):
            return None
        if not (word[:1].isalnum() or word in HYPHENS or word in ("'", "’", "/")):
            return None
    return None


def _is_time(word: str, lang: Language) -> bool:
    """True of a year, season or the like, in the genitive as well."""
    stem = word[:-2] if word.endswith(("'s", "’s")) else word
    return stem in lang.dates.seasons or stem in lang.bounds.durations


def change_named(tokens: Tokens, k: int, lang: Language) -> str | None:
    """The direction of a noun of change at ``k``: "a tenfold | increase"."""
    found = lang.trends.nouns.match(tokens.lower, k) if tokens.lower[k] in lang.trends.nouns.heads else None
    return found[1] if found is not None else None


def leaning_of(tokens: Tokens, figure: ParsedFigure, lang: Language) -> str | None:
    """The direction of verbs that may as well count: "lost 14 tanks", "the loss of nine ships", "were
    cut"."""
    trends, k = lang.trends, figure.start - 1
    lead = tokens.lower[k]
    if lead in trends.words_of_units.heads:
        match = trends.words_of_units.match(tokens.lower, k)
        if match is not None:
            return match[1]
    if lead in trends.made:
        return trends.made[lead]
    if lead in lang.grammar.of_words and tokens.lower[k - 1] in trends.not_money:
        match = trends.nouns.match(tokens.lower, k - 1)
        return match[1] if match is not None else None
    if lead in lang.grammar.of_words and tokens.lower[k - 1] in trends.leaning_nouns:
        return trends.leaning_nouns[tokens.lower[k - 1]]  # "a net outflow of $3bn"
    k = figure.end
    while tokens.lower[k] in trends.passive and k < figure.end + 3:
        k += 1
    return trends.leaning.get(tokens.lower[k]) if k > figure.end else None


def _done(tokens: Tokens, k: int, figure: ParsedFigure, lang: Language) -> str | None:
    """ "310 beds were added", "3,140 jobs have been created"; "412 beds were lost" is a count."""
    j = k
    while tokens.lower[j] in lang.trends.passive and j < k + 3:
        j += 1
    side = lang.trends.done.get(tokens.lower[j])
    return side or (lang.trends.made.get(tokens.lower[j]) if figure.unit in lang.trends.stocks else None)

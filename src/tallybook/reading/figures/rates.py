"""The base of a rate: "per month", "a day", "daily", "per 100,000 people"."""

from __future__ import annotations

from tallybook.reading.asides.dates import is_year
from tallybook.reading.figures.nouns import after_initials, after_measure, counted_at
from tallybook.reading.figures.parsed_figure import ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.number import Number
from tallybook.reading.numbers.number_at import number_at
from tallybook.reading.numbers.units import POWER_SIGNS, inverse_at, unit_at
from tallybook.reading.text.marks import CLOSING_QUOTES, HYPHENS
from tallybook.reading.text.tokens import Tokens

# How the exponent of a unit begins behind what is counted: "photons s−1", "seeds m-2".
EXPONENTS = POWER_SIGNS | frozenset("-")

_LONGEST = 11
# How many words a verb may have between what is counted and "every": "are being killed every day".
_LONGEST_VERB = 3
# How many words a base may have behind "per": "per unpaid parking ticket".
_LONGEST_BASE = 4


def rate_below(tokens: Tokens, figure: ParsedFigure, lang: Language) -> None:
    """ "220 photons s−1", "310 droplets cm−3": gives ``figure`` the units below the line behind its noun."""
    names, k = [], figure.end
    while tokens.words[k].islower() and (below := inverse_at(tokens, k, lang)) is not None:
        names.append(below[0])
        k = below[1]
    if names:
        figure.per, figure.base, figure.end = " per ".join(names), (figure.end, k), k


def rate_at(tokens: Tokens, k: int, lang: Language) -> tuple[str, int] | None:
    """(base, token after it) of a rate at ``k``, which a closing quotation mark may part from it."""
    word = tokens.lower[k]
    if word in CLOSING_QUOTES:
        k += 1
        word = tokens.lower[k]
    if word in lang.rates.fillers:
        k += 1  # "£2,400 gross a month"
        word = tokens.lower[k]
    if word in lang.rates.adverbs:
        return lang.rates.adverbs[word], k + 1
    if word in HYPHENS and tokens.glued[k] and tokens.lower[k + 1] in lang.rates.articles:
        noun = tokens.lower[k + 3]  # "2,000 tons-a-day"
        return (_name(noun, lang), k + 4) if noun in lang.rates.nouns else None
    if word in lang.rates.articles:
        noun = tokens.lower[k + 1]
        if noun not in lang.rates.nouns or tokens.lower[k + 2] in lang.rates.not_before:
            return None  # "from $75 million a year earlier"
        return _name(noun, lang), k + 2
    opened = lang.rates.openers.match(tokens.lower, k) if word in lang.rates.openers.heads else None
    if opened is None:
        return None
    size, kind = opened
    found = _base(tokens, k + size, kind, lang)
    if found is None and word in lang.rates.alone:
        following = tokens.lower[k + 1]
        if not following[:1].isalnum() or following in lang.grammar.stop:
            return lang.rates.alone[word], k + 1  # "$62 each"
    return found


def _base(tokens: Tokens, k: int, kind: str, lang: Language) -> tuple[str, int] | None:
    """(base, token after it) behind "per", with the base at ``k``.

    ``kind``: "per" takes any noun; "each" only a noun that is a usual base ("each year"), a unit or a
    number ("every 12 minutes"); "slash" the same without a number; "unit" only a unit ("157 yen to
    the dollar"); "in" only a usual base that is not a date ("am Tag", but not "im Jahr 2024" or "am Tag
    der Wahl"), and a hundred or more of what is counted ("на 100 тисяч жителів").
    """
    if kind == "unit":
        unit = unit_at(tokens, k, lang)
        return (unit.unit, unit.end) if unit is not None else None
    number = None
    if kind != "slash" and _begins_number(tokens, k, lang):
        number = number_at(tokens, k, lang)
    if number is not None and kind == "in":
        measured = unit_at(tokens, number.end, lang) is not None
        if measured or number.low < 100 or is_year(tokens, k):
            return None
    if number is not None:
        return _numbered_base(tokens, k, number, lang)
    noun = tokens.lower[k]
    dated = is_year(tokens, k + 1) or tokens.lower[k + 1] in lang.grammar.of_words
    unit = unit_at(tokens, k, lang)
    long = unit is not None and unit.end > k + 1  # "на кубічний метр"
    if kind == "in" and (dated or (noun not in lang.rates.nouns and not long)):
        return None
    if unit is not None:
        return unit.unit, unit.end
    if noun in lang.rates.nouns:
        return _name(noun, lang), k + 1
    if kind == "per":
        return _phrase(tokens, k, lang)
    if kind == "each" and noun in lang.rates.attributes:
        head = tokens.lower[k + 1]
        return (_name(head, lang), k + 2) if head in lang.rates.nouns else None
    return None


def _phrase(tokens: Tokens, k: int, lang: Language) -> tuple[str, int] | None:
    """(base, token after it) of any noun behind "per" and its attributes, at ``k``: "for every plastic bottle
    | returned": a participle behind the noun is not part of the base."""
    k = end = after_initials(tokens, k, lang)
    while end < k + _LONGEST_BASE:
        word = tokens.lower[end]
        small = tokens.words[end].islower() or not tokens.words[end].isalpha()
        participle = word in lang.grammar.inside or word.endswith(lang.nouns.other_endings)
        ends = word in lang.grammar.stop and not (end == k and participle)
        if not word.isalpha() or ends or not (small or end == k) or word in lang.numbers.words:
            break
        end += 1
        if word in lang.rates.nouns:
            break  # "per completed trip last year"
    while end > k + 1 and _behind_base(tokens.lower[end - 1], lang):
        end -= 1
    if end == k:
        return None
    unit = unit_at(tokens, end - 1, lang)
    if unit is not None and unit.end == end:
        return unit.unit, end  # "per passenger kilometre"
    return _name(tokens.lower[end - 1], lang), end


def _behind_base(word: str, lang: Language) -> bool:
    """True of a participle, an adverb or a verb, which cannot be a base."""
    nouns = lang.nouns
    if word in lang.rates.participles:
        return True
    if word in nouns.ending_nouns or word in nouns.invariant:
        return False
    return word.endswith(nouns.other_endings) or nouns.singular(word) is not None


def _begins_number(tokens: Tokens, k: int, lang: Language) -> bool:
    return tokens.is_digits(k) or tokens.lower[k] in lang.numbers.words


def _numbered_base(tokens: Tokens, k: int, number: Number, lang: Language) -> tuple[str, int] | None:
    """ "per 100,000 live births", "for every four patients", "every 12 minutes"."""
    counted = unit_at(tokens, number.end, lang) or counted_at(tokens, number.end, number.one, lang)
    if number.low != number.high or number.fraction:
        return None
    value = f"{number.low:.0f}" if number.low == int(number.low) else f"{number.low:.10g}"
    if counted is None:
        return value, number.end
    return f"{value} {counted.unit}", counted.end


def _name(noun: str, lang: Language) -> str:
    """The canonical singular of a base: "litre" is "liter"."""
    found = lang.units.names.match([noun, ""], 0)
    return found[1] if found else lang.nouns.singular(noun) or noun


def price_base_at(tokens: Tokens, k: int, lang: Language) -> tuple[str, int] | None:
    """(base, token after it) of a sum of money: "£1,200 a flat", "$340 an hour's lesson"; any noun."""
    noun, following = tokens.lower[k + 1], tokens.lower[k + 2]
    if tokens.lower[k] not in lang.rates.articles:
        return None
    if noun in lang.rates.packs:  # "15 euros a dozen"
        ends = not following[:1].isalnum() or following in lang.rates.behind_base
        return (noun, k + 2) if ends else None
    unit = unit_at(tokens, k + 1, lang)
    if unit is not None and unit.end > k + 2 and tokens.lower[unit.end] not in lang.rates.not_before:
        return unit.unit, unit.end  # "$420 a metric ton"
    if not noun.isalpha() or tokens.words[k + 1] != noun:
        return None
    if following in lang.rates.nouns and noun not in lang.grammar.stop and noun not in lang.numbers.words:
        return _name(following, lang), k + 3  # "€40 a training session"
    end = k + 2
    goes_on = following.isalpha() and following not in lang.grammar.stop  # "£900 a flat" ends there
    if goes_on and (
        noun in lang.grammar.adjectives
        or noun in lang.rates.attributes
        or noun.endswith(lang.nouns.other_endings)
    ):
        noun, following, end = following, tokens.lower[k + 3], k + 3  # "£8 a running metre"
        if not noun.isalpha():
            return None
    if noun in lang.grammar.stop or noun in lang.numbers.words or noun in lang.rates.no_bases:
        return None
    if lang.nouns.singular(noun) is not None or noun.endswith(lang.nouns.other_endings):
        return None
    ends = not following[:1].isalnum() or following in lang.rates.behind_base
    return (_name(noun, lang), end) if ends and following not in HYPHENS else None


def rate_behind_verb(tokens: Tokens, k: int, lang: Language) -> tuple[str, int, int] | None:
    """(base, first token, token after it) behind a verb: "one patient | collapses | every seven minutes"."""
    for j in range(k + 1, k + 1 + _LONGEST_VERB):
        lead = tokens.lower[j - 1]
        if not lead.isalpha() or lead in lang.rates.no_verbs or lead in lang.grammar.list_words:
            return None
        if tokens.lower[j] == lang.rates.every:
            found = rate_at(tokens, j, lang)
            return (found[0], j, found[1]) if found is not None else None
    return None


def rate_after_of(tokens: Tokens, k: int, lang: Language) -> tuple[str, int, int] | None:
    """(base, first token, token after it) of a rate behind "of ...": "barrels of oil a day", "shells
    of 152 mm and 122 mm per month"."""
    if tokens.lower[k] not in lang.grammar.of_words:
        return None
    j, stop = k + 1, lang.grammar.stop
    while j < tokens.size and j < k + _LONGEST:
        found = rate_at(tokens, j, lang)
        if found is not None:
            return found[0], j, found[1]
        word = tokens.lower[j]
        if tokens.is_digits(j):
            named = tokens.glued[j] and tokens.words[j - 1][:1].isupper()  # "vitamin B12"
            j = j + 1 if named else after_measure(tokens, j, lang)
            if j < 0:
                return None
        elif word in HYPHENS or word in lang.grammar.and_words or (word[0].isalpha() and word not in stop):
            j += 1
        else:
            return None
    return None

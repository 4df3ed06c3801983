"""Numbers that are not figures: the kind of aside that begins at a token."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.asides.calibres import calibre_at
from tallybook.reading.asides.citations import cited_at
from tallybook.reading.asides.dates import (
    clock_at,
    clock_in_words_at,
    day_and_month_at,
    decade_at,
    dotted_at,
    is_far_year,
    is_month,
    is_year,
    month_at,
    named_year_at,
    numeric_date_at,
    short_year_at,
    year_at,
)
from tallybook.reading.asides.idioms import half_at, idiom_at, noun_at
from tallybook.reading.asides.labels import (
    is_mentioned,
    label_at,
    lettered_at,
    numbers_a_point,
    reference_at,
    slashed_section_at,
)
from tallybook.reading.asides.names import (
    address_at,
    after_name_at,
    before_name_at,
    code_at,
    glued_name_at,
    group_name_at,
    is_postcode,
    street_at,
    title_at,
    version_at,
)
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.digits import ends_phrase
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import DIGITS, HYPHENS
from tallybook.reading.text.tokens import Tokens

# Marks that may touch a number without making it part of a name.
_OPEN = frozenset('$£€(“"‘~≈<>')
_CLOSE = frozenset(',%);”"')


def aside_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """The aside that begins with, or is carried by, the number or word at ``k``."""
    word = tokens.lower[k]
    if word in lang.idioms.heads:
        idiom = idiom_at(tokens, k, lang)
        if idiom is not None:
            return idiom
    if word[0] in DIGITS or (not word[0].isalpha() and tokens.is_digits(k)):
        return _digits_aside(tokens, k, lang)
    if word in lang.dates.months or word in lang.dates.seasons:
        return month_at(tokens, k, lang)
    if word in lang.idioms.once:
        return Aside("idiom", k, k + 1)
    if word in lang.ordinals.words:
        return _ordinal_word(tokens, k, lang)
    if word in lang.numbers.vague_nouns:
        return noun_at(tokens, k, lang)
    if word in lang.dates.clock_fractions:
        clock = clock_in_words_at(tokens, k, lang)
        if clock is not None:
            return clock
    if word in lang.numbers.half_words:
        half = half_at(tokens, k, lang)
        if half is not None:
            return half
    if lang.numbers.small(word) is not None:
        if tokens.lower[k - 1] in lang.names.labels and tokens.lower[k - 1] != word:
            return Aside(lang.names.labels[tokens.lower[k - 1]], k - 1, k + 1)
        ordinal = tokens.lower[k + 2] in lang.ordinals.words and tokens.glued[k + 2]
        part = lang.numbers.small(word) == 1 and tokens.lower[k + 2] in lang.numbers.fractions
        if ordinal and tokens.lower[k + 1] in HYPHENS and not part:
            return Aside("ordinal", k, k + 3)  # "the twenty-second"
    return title_at(tokens, k, lang) if tokens.words[k] != word else None


def _digits_aside(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    word, following = tokens.words[k], tokens.lower[k + 1]
    previous = tokens.lower[k - 1]
    plain = following in _CLOSE or not tokens.glued[k + 1] or (following == "." and k + 2 == tokens.size)
    if (
        plain
        and following not in lang.aside_tails
        and previous not in lang.aside_leads
        and (previous in _OPEN or not tokens.glued[k])
        and word[0] != "0"
        and len(word) < 40
        and not (previous == "$" and tokens.lower[k - 3] == "$")
        and not (following == "," and tokens.glued[k + 2] and tokens.is_digits(k + 2))
    ):
        return None  # a number like most: no date, name or code is glued to it
    return (
        _ordinal_digits(tokens, k, lang)
        or decade_at(tokens, k, lang)
        or short_year_at(tokens, k, lang)
        or clock_at(tokens, k, lang)
        or numeric_date_at(tokens, k, lang)
        or dotted_at(tokens, k, lang)
        or named_year_at(tokens, k, lang)
        or day_and_month_at(tokens, k, lang)
        or lettered_at(tokens, k, lang)
        or reference_at(tokens, k, lang)
        or slashed_section_at(tokens, k, lang)
        or calibre_at(tokens, k, lang)
        or glued_name_at(tokens, k, lang)
        or group_name_at(tokens, k, lang)
        or code_at(tokens, k)
        or _cricket_score(tokens, k, lang)
    )


def _ordinal_digits(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "22nd", "the 28th of May", "1-го травня"; "am 2. Oktober", if the dot does not end a sentence."""
    at = k + 1
    if tokens.lower[at] in HYPHENS and tokens.glued[at] and tokens.glued[at + 1]:
        at += 1
    if not tokens.glued[at] or tokens.lower[at] not in lang.ordinals.suffixes:
        return None
    digits = tokens.words[k]
    if tokens.lower[at] == "st" and (digits[-1:] != "1" or digits[-2:] == "11"):
        return None  # "8st 10lb": stones
    end = at + 1
    if tokens.lower[at] == ".":
        word = tokens.words[end]
        goes_on = (word[:1].isalpha() and not tokens.glued[end]) or word in HYPHENS or word == "/"
        begins_sentence = word[:1].isupper() and word.lower() in lang.grammar.stop
        if not goes_on or len(tokens.words[k]) > 3 or begins_sentence:
            return None
    if tokens.lower[end] in lang.grammar.of_words and is_month(tokens, end + 1, lang):
        end += 1
    if is_month(tokens, end, lang):
        return Aside("date", k, end + 2 if is_year(tokens, end + 1) else end + 1)
    return Aside("ordinal", k, end)


def _ordinal_word(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "first", "twenty-first"; "second" and "third" are units or fractions elsewhere."""
    if tokens.lower[k] in lang.numbers.fractions:
        if _compound(tokens, k, lang):
            return Aside("ordinal", k, k + 1)
        previous = tokens.lower[k - 1]
        led = previous in lang.numbers.words or previous in lang.grammar.articles
        if led or tokens.lower[k + 1] in lang.grammar.of_words:
            return None
    return Aside("ordinal", k, k + 1)


def _compound(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "third-degree", "a fifth-floor flat": an ordinal hyphenated to its noun; "a third-mile" is a part."""
    if tokens.lower[k + 1] not in HYPHENS or not (tokens.glued[k + 1] and tokens.glued[k + 2]):
        return False
    word = tokens.lower[k + 2]
    if not word.isalpha() or word in lang.grammar.stop or tokens.lower[k - 1] in HYPHENS:
        return False
    unit = unit_at(tokens, k + 2, lang)
    return unit is None or unit.unit in lang.bounds.durations or unit.unit in lang.ordinals.classes


def _cricket_score(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "94 for six": runs for wickets; "14-for-20": hits for attempts."""
    dashed = tokens.lower[k + 1] == "-" and tokens.lower[k + 3] == "-" and tokens.glued[k + 4]
    at, end = (k + 2, k + 4) if dashed else (k + 1, k + 2)
    if tokens.lower[at] not in lang.idioms.score_joins:
        return None
    if dashed and tokens.is_digits(end):
        return Aside("score", k, end + 1)
    wickets = lang.numbers.small(tokens.lower[end])
    ends = not tokens.lower[end + 1][:1].isalpha() or tokens.lower[end + 1] in lang.grammar.stop
    return Aside("score", k, end + 1) if wickets is not None and wickets <= 10 and ends else None


def aside_of_bare_number(tokens: Tokens, start: int, end: int, k: int, lang: Language) -> Aside | None:
    """For a number without unit, modifier or currency: a year, a label's number, part of a name.

    ``start``, ``end`` bound the number's tokens; ``k`` is where its digits begin. None if it counts.
    """
    if not tokens.is_digits(k):
        return None
    labelled = label_at(tokens, start, end, k, lang)
    if labelled is not None:
        return labelled
    if is_mentioned(tokens, start, end, lang):
        return Aside("name", start, end)
    if tokens.lower[start - 1] == "(" or tokens.lower[end] == ")":
        cited = cited_at(tokens, k, lang)
        if cited is not None:
            return cited
    if end != k + 1 or not tokens.words[k].isdecimal():
        return version_at(tokens, start, end, k, lang)
    if numbers_a_point(tokens, k):
        return Aside("page", k, k + 1)
    if tokens.lower[end] in lang.names.codes.heads and lang.names.codes.match(tokens.lower, end) is not None:
        return Aside("name", k, k + 1)  # "the 415 area code"
    address = address_at(tokens, end, k, lang)
    if address is None and (lang.names.streets or lang.names.street_endings):
        address = street_at(tokens, start, end, lang)
    if address is not None:
        return address
    if len(tokens.words[k]) == 5 and lang.nouns.have_capitals and is_postcode(tokens, k, lang):
        return Aside("address", k, k + 2)
    if is_year(tokens, k):
        year = year_at(tokens, start, k, lang)
        if year is None and tokens.words[start - 1].isupper() and ends_phrase(tokens, end, lang):
            return after_name_at(tokens, start, end, lang)  # "doors must meet EN 1634"
        return year or (before_name_at(tokens, end, k, lang) if tokens.words[end].istitle() else None)
    if is_far_year(tokens, start, k, lang):
        return Aside("year", k, k + 1)
    if tokens.lower[end] in lang.dates.eras and tokens.words[end].isupper():
        return Aside("year", k, end + 1)  # "in 44 BC"
    if len(tokens.words[k]) > 3:
        coded = len(tokens.words[k]) < 7 and not lang.nouns.names  # "ISO 9001"
        return after_name_at(tokens, start, end, lang) if coded else None
    return before_name_at(tokens, end, k, lang) or after_name_at(tokens, start, end, lang)

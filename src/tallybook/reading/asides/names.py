"""Numbers that are part of a name or code: F-16, iPhone 11, 10 Downing Street, a telephone number."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.lexicon.compounds import head_of
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.units import is_plural_of_name, unit_at
from tallybook.reading.text.marks import DASHES, TIMES
from tallybook.reading.text.tokens import Tokens

_GLUE = frozenset("-‐‑–−/:.@#_=&+")
_MINUS = "−"
_LONGEST_RUN = 12
# How many words the name of a street may have, with the word for a street.
_LONGEST_STREET = 5


def glued_name_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """S23, F-16, COVID-19, 5G, M21: letters and digits in one run that no unit explains."""
    start = k
    while start > 0 and tokens.glued[start] and k - start < _LONGEST_RUN and _in_name(tokens, start - 1):
        start -= 1
    if tokens.lower[k - 1] == "$" and tokens.lower[k - 3] == "$" and _is_cell(tokens, k - 3):
        return Aside("name", k - 3, k + 1)
    if start < k and _makes_a_name(tokens, start, k, lang):
        return Aside("name", start, run_end(tokens, k + 1))
    if tokens.lower[k + 1] == "," and tokens.glued[k + 1] and tokens.glued[k + 2]:
        return _locant(tokens, k, lang)
    if tokens.words[k + 1] == "K" and len(tokens.words[k]) == 1 and tokens.lower[k + 2] in lang.names.screens:
        return Aside("name", k, k + 2)  # "4K video"
    if (
        tokens.glued[k + 1]
        and tokens.words[k + 1][0].isalpha()
        and not _is_unit_or_magnitude(tokens, k + 1, lang)
    ):
        return Aside("name", k, run_end(tokens, k + 1))
    if is_plural_of_name(tokens, k, lang):
        return Aside("name", k - 1, k + 2)
    return None


def _is_cell(tokens: Tokens, k: int) -> bool:
    """ "$A$14": the cell of a sheet, of which the first sign is at ``k``."""
    column = tokens.words[k + 1]
    glued = tokens.glued[k + 1] and tokens.glued[k + 2] and tokens.glued[k + 3]
    return glued and column.isalpha() and column.isupper() and len(column) < 4


def _locant(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "1,4-dioxane": places in a molecule, glued by commas and hung before its name."""
    end = k + 1
    while (
        tokens.lower[end] == "," and tokens.glued[end] and tokens.glued[end + 1] and tokens.is_digits(end + 1)
    ):
        end += 2
    named = tokens.lower[end] in DASHES and tokens.glued[end] and tokens.glued[end + 1]
    if end == k + 1 or not named or not tokens.words[end + 1].isalpha() or unit_at(tokens, end, lang):
        return None
    return Aside("name", k, run_end(tokens, end))


def _in_name(tokens: Tokens, k: int) -> bool:
    word = tokens.words[k]
    return word.isalnum() or word in _GLUE


def _makes_a_name(tokens: Tokens, start: int, k: int, lang: Language) -> bool:
    """True when the run before the number at ``k`` makes it a name: "F-", "S", "COVID-"."""
    last = tokens.words[k - 1]
    if last == "+" and k - 2 >= start and tokens.lower[k - 2] in lang.dates.time_zones:
        return True  # "UTC+3"
    if last in ("+", "=", "&", "#", ".", "@", "_"):
        return last in ("#", "_", "@") or (last == "." and k - 2 >= start)
    if last == _MINUS:  # "arms S−1", and the exponent of "in μg m−3"
        return k - 2 >= start and tokens.words[k - 2].isalpha() and not _is_sign(tokens, k - 2, lang)
    if last in DASHES or last in "/:":
        if k - 2 < start:
            return last not in DASHES
        if tokens.words[k - 2].isdecimal() and _ends_a_name(tokens, start, k - 2, lang):
            return True  # "SSP2-4.5"
        if last == "/" and tokens.words[k - 2].isdecimal():
            return True  # "4417/23"
        lead = tokens.words[k - 2]
        word = lead.lower()
        if not lead.isalpha() or word in lang.numbers.minus_words or word in lang.numbers.words:
            return False
        if last == "/" or word in lang.grammar.and_words:
            return False
        if len(lead) == 1 and lead.isupper() and not lead.isascii():
            return True  # "М-06"; "м" is a unit
        if word in lang.units.before_number:
            return False  # "a magnitude-7.7 quake"
        if word in lang.ranges.joins or word in lang.bounds.before.heads:
            return False
        return not (word in lang.numbers.magnitudes or lang.units.names.match(tokens.lower, k - 2))
    if not last.isalpha():
        return False
    if last in TIMES and k > 1 and tokens.is_digits(k - 2):
        return False  # "3.2x2.4m"
    return lang.units.currency.match(tokens.words, k - 1) is None or _is_letter_of_name(
        tokens, start, k, lang
    )


def _is_sign(tokens: Tokens, k: int, lang: Language) -> bool:
    """True of the word at ``k`` before a minus that is no exponent's: "magnitude−1", "to−5"."""
    word = tokens.lower[k]
    if tokens.words[k].isupper():
        return False
    return word in lang.units.before_number or word in lang.grammar.stop or word in lang.numbers.words


def _ends_a_name(tokens: Tokens, start: int, k: int, lang: Language) -> bool:
    """True of the digits at ``k`` if letters of the run are glued to them, and those are no currency."""
    if k - 1 < start or not tokens.words[k - 1].isalpha() or not tokens.words[k - 1].isupper():
        return False
    return lang.units.currency.match(tokens.words, k - 1) is None


def _is_letter_of_name(tokens: Tokens, start: int, k: int, lang: Language) -> bool:
    """ "Audi R8", "BTX-R21", "COP28": letters that elsewhere are a currency are a name's here.

    Behind more of the run or a name in capitals, and before few digits; "R120" behind a small word,
    "R2.5 million" and "R1,200" are money.
    """
    letters, digits = tokens.words[k - 1], tokens.words[k]
    if (
        not digits.isdecimal()
        or tokens.lower[k + 1] in lang.numbers.magnitudes
        or (tokens.glued[k + 1] and (tokens.lower[k + 1] in lang.numbers.glued))
    ):
        return False
    if len(letters) > 1:
        return letters.lower() in lang.names.labels and len(digits) <= 2
    if start < k - 1:
        return tokens.words[start].isalpha() and tokens.words[start] != letters
    lead = tokens.words[k - 2] if k > 1 else ""
    if len(digits) <= 2:  # "the R8 coupe", "the new R8"
        near = lead.lower(), (tokens.lower[k - 3] if lead.islower() and lead not in lang.grammar.stop else "")
        if k == 1 or not lang.grammar.determiners.isdisjoint(near):
            return True
    named = lead[:1].isupper() and lead.isalpha() and lead.lower() not in lang.grammar.stop
    return named and len(digits) <= 3 and lead.lower() not in lang.bounds.before.heads


def _is_unit_or_magnitude(tokens: Tokens, k: int, lang: Language) -> bool:
    """True when letters glued behind digits are a unit, a magnitude or both ("12.3m", "256GB")."""
    word = tokens.words[k]
    lower = tokens.lower[k]
    return (
        word in lang.units.glued_symbols
        or lower in lang.numbers.glued
        or lower in lang.numbers.fractions
        or lower in lang.numbers.magnitudes
        or lang.units.symbols.match(tokens.words, k) is not None
        or lang.units.names.match(tokens.lower, k) is not None
        or lang.bounds.after.match(tokens.lower, k) is not None  # "70ish"
        or lower in ("e", "x")
    )


def run_end(tokens: Tokens, k: int) -> int:
    """The token after the run of letters, digits and glue that goes on at ``k``."""
    end = k
    while end < tokens.size and tokens.glued[end] and end < k + _LONGEST_RUN:
        word = tokens.words[end]
        if not (word.isalnum() or (word in _GLUE and tokens.glued[end + 1] and _in_name(tokens, end + 1))):
            break
        end += 1
    return end


def group_name_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "the under-21 side", "COVID -19", "a 911-chasing GT4": a hyphen makes it a name."""
    if tokens.lower[k - 1] in DASHES and tokens.glued[k]:
        lead = tokens.words[k - 2] if k > 1 else ""
        if tokens.glued[k - 1] and lead.lower() in lang.names.groups:
            return Aside("name", k - 2, k + 1)
        counted = tokens.words[k].isdecimal() and unit_at(tokens, k + 1, lang) is None
        if counted and not tokens.glued[k - 1] and len(lead) > 2 and lead.isupper() and lead.isalpha():
            return Aside("name", k - 2, k + 1)
    if tokens.lower[k + 1] in DASHES and tokens.glued[k + 1] and tokens.glued[k + 2]:
        word = tokens.words[k + 2]
        if word.islower() and word.endswith(lang.nouns.other_endings) and word not in lang.grammar.inside:
            return Aside("name", k, k + 3)
        if len(word) == 1 and word.isupper():
            return Aside("name", k, k + 3)  # "seat 3-A"
        if word.istitle() and word.isalpha() and len(word) > 2 and _is_brand(tokens, k, lang):
            return Aside("name", k, k + 3)  # "7-Grain crackers"
    return None


def _is_brand(tokens: Tokens, k: int, lang: Language) -> bool:
    """True of a capital behind the hyphen, not of a headline, a nation, a unit or a plural."""
    word = tokens.lower[k + 2]
    if lang.nouns.have_capitals or lang.nouns.singular(word) is not None or is_headline(tokens):
        return False
    return unit_at(tokens, k + 1, lang) is None


def code_at(tokens: Tokens, k: int) -> Aside | None:
    """Digits that nobody counts with: over 40 of them, a leading zero ("020 7946 0018", "555-0142")."""
    word = tokens.words[k]
    dialled = tokens.words[k + 2]
    if (
        tokens.lower[k + 1] == "-"
        and dialled[:1] == "0"
        and len(dialled) == 4
        and len(word) == 3
        and tokens.glued[k + 1]
        and tokens.glued[k + 2]
    ):
        return Aside("phone", k, k + 3)
    if len(word) > 40:
        return Aside("name", k, k + 1)
    if word[0] == "0" and word[1:2].isspace():
        return Aside("phone", k, k + 1)  # "0 800 555 777"
    if (
        tokens.lower[k + 1] == "/"
        and tokens.glued[k + 1]
        and tokens.glued[k + 2]
        and dialled.isdecimal()
        and (len(dialled) > 4 or (dialled[0] == "0" and len(dialled) > 2))
    ):
        return Aside("name", k, run_end(tokens, k + 1))  # "23/01456/FUL"
    if word[0] != "0" or len(word) < 2 or not word.isdecimal():
        return None
    if len(word) == 2 and (tokens.glued[k + 1] or not tokens.words[k - 1][:1].isupper()):
        return None  # "Schalke 04" alone
    end = k + 1
    while tokens.is_digits(end) and tokens.words[end].replace(" ", "").isdecimal():
        end += 1
    return Aside("phone" if end > k + 1 else "name", k, end)


def address_at(tokens: Tokens, end: int, k: int, lang: Language) -> Aside | None:
    """ "10 Downing Street", "1420 West 47th Street": the number of a house at token ``k``."""
    if not tokens.words[end][:1].isupper() or not tokens.words[k].isdecimal():
        return None
    for j in range(end, min(end + 6, tokens.size)):
        word = tokens.words[j]
        if not (word[0].isupper() or word[0].isdecimal() or tokens.lower[j] in lang.ordinals.suffixes):
            break
        if tokens.lower[j] in lang.names.addresses:
            return Aside("address", k, j + 1)
    return _address_at_verb(tokens, end, k, lang)


def street_at(tokens: Tokens, start: int, end: int, lang: Language) -> Aside | None:
    """ "Hafenstraße 22", "вулиця Портова, 22": the number of a house behind its street, before no noun."""
    names = lang.names
    behind = tokens.lower[end]
    if tokens.words[end][:1].isupper() and behind in lang.nouns.names:
        return None
    lead = start - 1
    word = tokens.lower[lead]
    if names.street_endings and word.endswith(names.street_endings) and tokens.words[lead][:1].isupper():
        return Aside("address", lead, end)
    if names.streets:
        lead -= word == ","
        for j in range(lead, max(lead - _LONGEST_STREET, -1), -1):
            if tokens.lower[j] in names.streets:
                return Aside("address", j, end)
            if not (tokens.words[j][:1].isupper() or tokens.lower[j] == "."):
                return None
    return None


def is_postcode(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "10115 Berlin": five digits without a mark between thousands, before a name that counts nothing."""
    word = tokens.words[k + 1]
    if (
        tokens.words[k].endswith("00")
        or not word.istitle()
        or tokens.lower[k - 1] in lang.bounds.before.heads
    ):
        return False
    return word.lower() not in lang.nouns.names and head_of(word.lower(), lang.nouns.names) is None


def _address_at_verb(tokens: Tokens, end: int, k: int, lang: Language) -> Aside | None:
    """ "at 415 Lexington changed hands": behind "at" a number and a name in capitals, before a verb."""
    if tokens.words[k - 1] not in lang.names.address_leads or k == 1:
        return None
    j = end
    while tokens.words[j].istitle() and tokens.words[j].isalpha() and j < end + 3:
        word = tokens.lower[j]
        if word in lang.dates.weekdays or word in lang.dates.months or lang.nouns.singular(word) is not None:
            return None  # "at 12 Boots shops", "at 3 Chinese and Thai ports"
        j += 1
    word = tokens.lower[j]
    if j == end or word in lang.grammar.list_words or not word[:1].isalpha():
        return None
    verb = word in lang.grammar.stop or word.endswith(lang.nouns.other_endings)
    return Aside("address", k, j) if verb else None


def version_at(tokens: Tokens, start: int, end: int, k: int, lang: Language) -> Aside | None:
    """ "HDMI 2.1", "Bretton Woods 2.0": a small number with one decimal behind a name in capitals."""
    word, lead = tokens.words[k], tokens.words[start - 1]
    if end != k + 1 or len(word) != 3 or word[1] != "." or start < (1 if word[2] == "0" else 2):
        return None
    initials = lead.isupper() and len(lead) > 1
    if not lead.isalpha() or not (initials or lead.istitle()) or lead.lower() in lang.grammar.stop:
        return None
    if lead.lower() in lang.dates.weekdays or lead.lower() in lang.dates.months or is_headline(tokens):
        return None
    counts = lang.nouns.singular(tokens.lower[end]) is not None and word[2] != "0"
    return (
        None if counts and tokens.lower[start - 2] in lang.grammar.places else Aside("name", start - 1, end)
    )


def before_name_at(tokens: Tokens, end: int, k: int, lang: Language) -> Aside | None:
    """ "11 Pro Max", "787 Dreamliner", "3 Brigade": a number that names."""
    following = tokens.words[end]
    if not (following[:1].isupper() and following.isalpha()) or following.lower() in lang.dates.months:
        return None
    if following.lower() in lang.names.numbered_units:
        return Aside("name", k, end + 1)
    if lang.nouns.have_capitals:
        return None  # "3 Katzen"
    if following.isupper() and len(following) > 1:
        return None
    if _is_small_word(following.lower(), lang) and is_headline(tokens):
        return None  # "Quake Kills 31 In Peru", "12 Arrested"
    if following[-1] == "s" and following[:-1].isupper():
        return None  # "88 RBIs"
    if len(following) == 1 and tokens.lower[end + 1] in DASHES and tokens.glued[end + 1]:
        return None  # "19 F-16s"
    return Aside("name", k, end)


def _is_small_word(word: str, lang: Language) -> bool:
    """True of a word that has its capital only in a headline: a preposition, a participle."""
    return word in lang.grammar.stop or (
        word.endswith(lang.nouns.other_endings) and word not in lang.nouns.ending_nouns
    )


def after_name_at(tokens: Tokens, start: int, end: int, lang: Language) -> Aside | None:
    """ "iPhone 11", "Fortune 100", "Apple Watch 5": a number behind a name in capitals."""
    lead = start - 1
    word = tokens.words[lead] if lead >= 0 else ""
    lower = word.lower()
    if not word.isalpha() or word.islower() or lower in lang.grammar.stop:
        return None
    if lower in lang.dates.weekdays or lower in lang.bounds.before.heads or lower in lang.dates.months:
        return None
    if lower in lang.ages.before:
        return None  # "Aged 41, she won"
    verb = lang.nouns.singular(lower) is not None or lower.endswith(lang.nouns.other_endings)
    if verb and lead > 0 and is_headline(tokens):
        return None  # "Quake Kills 31 In Peru"
    if (lead == 0 or lang.nouns.have_capitals) and word[1:].islower():
        # the first word of a sentence has its capital for another reason, unless nothing is counted
        if lower in lang.nouns.names:
            return None  # "Підозрюваним 23, 25 і 31 рік"
        following = tokens.lower[end]
        if following[:1].isalpha() and following not in lang.grammar.stop:
            return None
        small = lang.nouns.have_capitals and len(tokens.words[end - 1]) < 4 and lead > 0
        if small and lower not in lang.nouns.names and tokens.lower[lead - 1] in lang.grammar.determiners:
            return Aside("name", lead, end)  # "an der Anschlussstelle 14"
        return Aside("name", lead, end) if following in (",", "'s", "’s") else None
    apart = lang.names.apart.match(tokens.lower, end) if tokens.lower[end] in lang.names.apart.heads else None
    if apart is not None and tokens.lower[end + apart[0]] not in lang.grammar.of_words:
        return None  # "to Ohio 20 at a time"
    if tokens.lower[end] in lang.trends.more and tokens.lower[lead - 1] in lang.grammar.places:
        return None  # "near Rafah 12 more died"
    if tokens.lower[lead - 1] == "&" and lead > 1:
        lead -= 2  # "S&P 500"
    return Aside("name", lead, end)


def title_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "Group of Seven", "BBC One", "The Thirty-Nine Steps": a number word in capitals inside a name.

    Not at the start of a sentence, and not in a headline, where every word has a capital.
    """
    word = tokens.words[k]
    if lang.nouns.have_capitals or k == 0 or not word[:1].isupper() or not word[1:].islower():
        return None
    if word.lower() not in lang.numbers.words:
        return None
    lead = tokens.words[k - 1]
    if not lead[:1].isalpha() and lead not in DASHES:
        return None  # an opening quotation mark: a sentence begins
    named_before = (lead[:1].isupper() and k > 1) or (
        tokens.lower[k - 2][:1].isalpha() and lead[:1].isupper()
    )
    of_a_group = lead.lower() in lang.grammar.of_words and tokens.words[k - 2][:1].isupper() and k > 1
    end = k + 1
    while tokens.lower[end] in DASHES and tokens.words[end + 1][:1].isupper() and end < k + 8:
        end += 2
    named_behind = tokens.words[end][:1].isupper()
    if not (named_before or of_a_group or named_behind) or is_headline(tokens):
        return None
    return Aside("name", k, end)


def is_headline(tokens: Tokens) -> bool:
    """True when nearly all the longer words of the sentence have a capital. Found once a sentence."""
    if tokens.headline is None:
        words = [w for w in tokens.words[: tokens.size] if w.isalpha() and len(w) > 3]
        tokens.headline = sum(not w.islower() for w in words) > 0.85 * len(words)
    return tokens.headline

"""What a number counts or measures: the unit or counted noun phrase after it, and the base of a rate."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.reading.language import Language
from tallybook.reading.tokens import Tokens

_DASHES = frozenset("-‐‑–")
_CLOSING = {"(": ")", "[": "]"}
_QUOTES = frozenset("\"“”‘’'*")
_LONGEST_PHRASE = 9
_LONGEST_BRACKET = 7


@dataclass(slots=True)
class Counted:
    """``unit`` singular; the noun phrase is tokens ``start`` to ``end - 1`` (none, if they are the
    same); ``measured``: a unit of the lexicon, and not a counted noun."""

    unit: str
    start: int
    end: int
    measured: bool = False


def unit_at(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """A unit of the lexicon at token ``k``, which may be joined to the number by a hyphen."""
    first = k
    if tokens.at(k) in _DASHES and tokens.touches(k) and tokens.touches(k + 1):
        first = k + 1
    found = lang.symbols.match(tokens.words, first)
    longer = lang.units.match(tokens.lower, first)
    if longer is not None and (found is None or longer[0] > found[0]):
        found = longer
    if found is None:
        return _glued_unit(tokens, k, first, lang)
    size, unit = found
    return Counted(unit, first, first + size, measured=True)


def _glued_unit(tokens: Tokens, k: int, first: int, lang: Language) -> Counted | None:
    if first >= len(tokens) or not (tokens.touches(first) or first > k):
        return None
    unit = lang.glued_symbols.get(tokens.words[first])
    if unit is None or (tokens.touches(first + 1) and tokens.words[first + 1][0].isalnum()):
        return None
    # a quotation mark that closes a quotation is no foot
    behind = tokens.at(first + 1)[:1]
    if not tokens.words[first].isalpha() and not behind.isalpha() and behind not in ("", ".", ","):
        return None
    return Counted(unit, first, first + 1, measured=True)


def counted_at(tokens: Tokens, k: int, number_is_one: bool, lang: Language) -> Counted | None:
    """The counted noun phrase at token ``k``; None when the noun is left out.

    The head is the first plural noun before a word that ends the phrase (and the plural after it,
    if two stand side by side). Without a plural, the word next to the number: "12 page document",
    "four-cylinder engine".
    """
    if tokens.at(k) in _DASHES and tokens.touches(k):
        if tokens.touches(k + 1) and tokens.at(k + 1)[:1].isalpha():
            return _hyphenated(tokens, k + 1, lang)
        return _hanging(tokens, k + 1, lang)
    while tokens.at(k) in _QUOTES and k < len(tokens):
        k += 1
    if number_is_one:
        return _singular_phrase(tokens, k, lang)
    head = _plural_head(tokens, k, lang)
    if head is not None:
        unit = lang.singular(tokens.lower[head])
        return Counted(unit or tokens.lower[head], k, head + 1)
    return _bare_noun(tokens, k, lang)


def _hyphenated(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    word = tokens.at(k)
    if not word.isalpha() or word in lang.stop:
        return None
    return Counted(lang.singular(word) or word, k, k + 1)


def _hanging(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """ "four-, five- and six-cylinder": the noun of the last number in the row counts for all."""
    for j in range(k, min(k + 8, len(tokens))):
        word = tokens.lower[j]
        if word in _DASHES and tokens.touches(j) and tokens.touches(j + 1):
            found = unit_at(tokens, j, lang) or _hyphenated(tokens, j + 1, lang)
            return Counted(found.unit, k, k) if found else None
        if not (
            word in _DASHES or word == "," or word in lang.or_words or word in lang.and_words or _is_number(tokens, j, lang)
        ):
            return None
    return None


def _is_number(tokens: Tokens, k: int, lang: Language) -> bool:
    return tokens.is_digits(k) or tokens.lower[k] in lang.number_words


def _plural_head(tokens: Tokens, k: int, lang: Language) -> int | None:
    j, head = k, None
    limit = k + _LONGEST_PHRASE
    while j < len(tokens) and j < limit:
        word = tokens.lower[j]
        if word in _CLOSING and head is None:
            j = _after_bracket(tokens, j)
            if j < 0:
                return None
            limit += _LONGEST_BRACKET
            continue
        if tokens.is_digits(j):
            # "COVID-19 tests" goes on behind the name's number, "152-mm shells" behind the measure
            j = j + 1 if tokens.touches(j) and j > k else _after_measure(tokens, j, lang)
            if j < 0 or head is not None:
                return head
            continue
        if word in _DASHES or word in _QUOTES or word == "&":
            if head is not None or (word in _DASHES and not (tokens.touches(j) or tokens.touches(j + 1))):
                return head
            j += 1
            continue
        if not word[0].isalpha():
            return head
        if word in lang.and_words or word in lang.or_words:
            if head is not None or not _goes_on(tokens, j + 1, lang):
                return head
            j += 1
            continue
        if word in lang.stop and not (head is None and word in lang.inside and _goes_on(tokens, j + 1, lang)):
            return head
        if word not in lang.inside and plural_at(tokens, j, lang) is not None:
            if head is not None and not _modifies(tokens, head, lang):
                return head
            head = j
        elif head is not None:
            return head
        j += 1
    return head


def plural_at(tokens: Tokens, k: int, lang: Language) -> str | None:
    """The singular of the plural noun at ``k``. Short words in capitals are initials ("GPS")."""
    word = tokens.words[k]
    if word.isupper() and len(word) <= 4:
        return None
    return lang.singular(tokens.lower[k])


def _modifies(tokens: Tokens, k: int, lang: Language) -> bool:
    """True when the plural at ``k`` may stand before the head ("sports teams", "Celtics players")."""
    word = tokens.lower[k]
    return word in lang.before_plurals or word in lang.invariant or tokens.words[k][0].isupper()


def _goes_on(tokens: Tokens, k: int, lang: Language) -> bool:
    """True when the phrase can go on at ``k``: a word that does not end it, or a measure."""
    word = tokens.at(k)
    if tokens.is_digits(k):
        return _after_measure(tokens, k, lang) > 0
    return word[:1].isalpha() and (word not in lang.stop or word in lang.inside)


def _after_bracket(tokens: Tokens, k: int) -> int:
    """The token after the bracket that opens at ``k``; -1 if it is long, open or holds digits."""
    closing = _CLOSING[tokens.lower[k]]
    for j in range(k + 1, min(k + _LONGEST_BRACKET, len(tokens))):
        if tokens.is_digits(j):
            return -1
        if tokens.lower[j] == closing:
            return j + 1
    return -1


def _after_measure(tokens: Tokens, k: int, lang: Language) -> int:
    """The token after a measure inside a phrase ("152-mm" of "152-mm shells"); -1 if it is none."""
    unit = unit_at(tokens, k + 1, lang)
    if unit is None or unit.unit in ("percent", "time", "dollar"):
        return -1
    return unit.end


def _singular_phrase(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    """One of something: the words up to the end of the phrase; the last is the head."""
    j = k
    while j < len(tokens) and j < k + 4:
        word = tokens.lower[j]
        if not word[0].isalpha() or word in lang.stop or word in lang.number_words:
            break
        j += 1
    if j == k:
        return None
    head = tokens.lower[j - 1]
    return Counted(lang.singular(head) or head, k, j)


def _bare_noun(tokens: Tokens, k: int, lang: Language) -> Counted | None:
    if k >= len(tokens):
        return None
    word = tokens.words[k]
    if (
        word.isupper()
        and word.isalpha()
        and 2 <= len(word) <= 5
        and not tokens.at(k + 1)[:1].isalnum()
        and tokens.at(k + 1) not in ("(", "[")
    ):
        return Counted(word, k, k + 1)  # "0.5 WAR"
    if not word.isalpha() or not word.islower() or len(word) < 3 or word in lang.stop:
        return None
    if (
        (word.endswith(("ed", "ing", "ly")) and not word.endswith("eed"))
        or word in lang.number_words
        or word in lang.ordinals
    ):
        return None
    return Counted(word, k, k + 1)


def rate_at(tokens: Tokens, k: int, lang: Language) -> tuple[str, int] | None:
    """(base, token after it) of a rate at ``k``: "per month", "a year", "daily", "/ day"."""
    word = tokens.at(k)
    if word in lang.per_adverbs:
        return lang.per_adverbs[word], k + 1
    if tokens.at(k) in _DASHES:
        return None
    noun = tokens.at(k + 1)
    if word in lang.per_articles:
        return (noun, k + 2) if noun in lang.per_nouns else None
    if word not in lang.per_words or (word == "/" and noun not in lang.per_nouns):
        return None
    if tokens.is_digits(k + 1):
        counted = unit_at(tokens, k + 2, lang) or counted_at(tokens, k + 2, False, lang)
        end = counted.end if counted else k + 2
        return tokens.slice(k + 1, end), end
    if not noun[:1].isalpha() or (noun in lang.stop and noun != "annum"):
        return None
    return lang.singular(noun) or noun, k + 2


def rate_after_of(tokens: Tokens, k: int, lang: Language) -> tuple[str, int] | None:
    """A rate behind "of ...": "barrels of oil a day", "shells of 152 mm and 122 mm per month"."""
    if tokens.at(k) not in lang.of_words:
        return None
    j = k + 1
    while j < len(tokens) and j < k + _LONGEST_PHRASE + 2:
        found = rate_at(tokens, j, lang)
        if found is not None:
            return found
        word = tokens.lower[j]
        if tokens.is_digits(j):
            j = _after_measure(tokens, j, lang)
            if j < 0:
                return None
        elif word in lang.and_words or (word[0].isalpha() and word not in lang.stop) or word in _DASHES:
            j += 1
        else:
            return None
    return None


def whole_after_of(tokens: Tokens, k: int, lang: Language) -> tuple[int, int] | None:
    """The phrase behind "of" at ``k``: what a share is a share of, as (first, after last) tokens."""
    if tokens.at(k) not in lang.of_words:
        return None
    return phrase_at(tokens, k + 1, lang)


def phrase_at(tokens: Tokens, k: int, lang: Language) -> tuple[int, int] | None:
    """The noun phrase at ``k`` with its determiners, as (first, after last) tokens."""
    j = k
    while j < len(tokens) and j < k + _LONGEST_PHRASE:
        word = tokens.lower[j]
        opening = j < k + 3 and (word in lang.determiners or word in lang.pronouns)
        if word in _DASHES and tokens.touches(j) and tokens.touches(j + 1):
            j += 1
            continue
        if not opening and (not word[0].isalnum() or (word in lang.stop and word not in lang.inside)):
            break
        j += 1
        if word in lang.pronouns or _is_head(tokens, j - 1, lang):
            break
    while j > k and tokens.lower[j - 1] in lang.determiners:
        j -= 1
    return (k, j) if j > k else None


def _is_head(tokens: Tokens, k: int, lang: Language) -> bool:
    """True when the plural at ``k`` ends its phrase ("of patients | recover")."""
    if plural_at(tokens, k, lang) is None:
        return False
    following = k + 1 < len(tokens) and plural_at(tokens, k + 1, lang) is not None
    return not (tokens.words[k][0].isupper() or (following and _modifies(tokens, k, lang)))

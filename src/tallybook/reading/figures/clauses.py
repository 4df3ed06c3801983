"""What stands elsewhere in the clause than beside its number: the verb of a change ("um 3 Prozent
gestiegen", "nahm um 140 ab"), the adverb of a rate ("täglich pendeln 12.000 Menschen")."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures.nouns import counted_at
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure
from tallybook.reading.figures.rates import rate_at
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Form

# How far behind its number the verb of a clause may stand, and how far before it its finite part.
_FARTHEST, _FINITE = 9, 14
_CLOSING = frozenset([",", ".", ";", ":", "!", "?", ")", "–", "—", '"', "“", "”", ""])
# How far behind its number the adverb of a rate may stand.
_ADVERB = 3


def change_behind(tokens: Tokens, k: int, first: int, lang: Language) -> str | None:
    """ "up" or "down" of the verb that ends the clause behind token ``k``, of the figure that begins at ``first``.

    "um 3 Prozent | gestiegen", "um 25 Punkte | an", with "hob" before it; "auf 6 Prozent | zurück".
    """
    trends, lower = lang.trends, tokens.lower
    if not trends.particles:
        return None
    for j in range(k, min(k + _FARTHEST, tokens.size)):
        word = lower[j]
        if word in _CLOSING or word in lang.grammar.and_words:
            return None
        if word in trends.particles:
            following = lower[j + 1]
            ends = following in _CLOSING or following in lang.grammar.and_or
            if ends and _has_verb_of(tokens, first, lang):
                return trends.particles[word]
        elif tokens.words[j] == word and word in trends.words.heads and word not in trends.nouns.heads:
            found = trends.words.match(lower, j)
            if found is not None:
                return found[1]
    return None


def change_before(tokens: Tokens, first: int, lang: Language) -> str | None:
    """ "wuchs zwischen 2010 und 2020 | von 80 auf 140": the verb of a range that a path opens."""
    if tokens.lower[first] not in lang.grammar.from_words:
        return None
    for j in range(first - 1, max(first - _FARTHEST, -1), -1):
        word = tokens.lower[j]
        if word in _CLOSING:
            return None
        if (
            tokens.words[j] == word
            and word in lang.trends.words.heads
            and word not in lang.trends.nouns.heads
        ):
            found = lang.trends.words.match(tokens.lower, j)
            if found is not None:
                return found[1]
    return None


def _has_verb_of(tokens: Tokens, k: int, lang: Language) -> bool:
    """True if before token ``k`` the clause has a verb that takes such a prefix: "nahm", "ging"."""
    for j in range(k - 1, max(k - _FINITE, -1), -1):
        word = tokens.lower[j]
        if word in lang.trends.particle_verbs:
            return True
        if word in (";", ":", "."):
            return False
    return False


def give_unit_of_number(tokens: Tokens, found: Sequence[ParsedFigure | Aside], lang: Language) -> None:
    """ "Die Zahl der Besucher sank auf 61.000", "кількість скарг зросла до 140": what a bare number counts."""
    whole = None  # "Von 132 Passagieren | überlebten 118"
    for item in found:
        if isinstance(item, Aside) or item.form is not Form.NUMBER:
            continue
        if item.unit is not None:
            if item.start == 1 and tokens.lower[0] in lang.grammar.of_words and item.noun is not None:
                whole = item.unit
            continue
        if tokens.lower[item.end] in lang.grammar.of_words:
            continue
        if whole is not None:
            item.unit = whole
            continue
        for j in range(item.start - 1, max(item.start - _FINITE, -1), -1):
            word = tokens.lower[j]
            if word in (";", ":", "."):
                break
            unit = _number_of(tokens, j, word, lang)
            if unit is not None:
                item.unit = unit
                break


def _number_of(tokens: Tokens, k: int, word: str, lang: Language) -> str | None:
    if word in lang.ellipsis.numbers:
        article = (
            tokens.lower[k + 1] in lang.grammar.of_words or tokens.lower[k + 1] in lang.grammar.determiners
        )
        counted = counted_at(tokens, k + 1 + article, False, lang)
        return None if counted is None else counted.unit
    ending = lang.ellipsis.number_ending
    if ending and word.endswith(ending):
        return lang.nouns.names.get(word[: -len(ending)])  # "Besucherzahl"
    return None


def give_rate_apart(tokens: Tokens, found: Sequence[ParsedFigure | Aside], lang: Language) -> None:
    """ "Täglich pendeln 12.000 Menschen", "jährlich rund 20", "fließen jährlich": a rate apart."""
    lower, adverbs = tokens.lower, lang.rates.adverbs
    first = True
    opened = lang.rates.openers.match(lower, 0)
    leading = rate_at(tokens, 0, lang) if opened is not None and opened[1] == "per" else None
    for item in found:
        if isinstance(item, Aside) or item.per is not None or item.unit in (None, FRACTION):
            continue
        if item.unit in lang.bounds.durations:
            continue
        lead = item.start - 1 - (lower[item.start - 1] in lang.grammar.by_words)
        if lower[lead] in adverbs:
            item.per = adverbs[lower[lead]]
        elif first and lower[0] in adverbs:
            item.per = adverbs[lower[0]]
        elif first and leading is not None and item.start >= leading[1]:
            item.per = leading[0]  # "Pro Kopf werden 52 Kilo verzehrt"
        else:
            for j in range(item.end, min(item.end + _ADVERB, tokens.size)):
                if lower[j] in adverbs:
                    item.per = adverbs[lower[j]]
                if not lower[j].isalpha() or item.per is not None:
                    break
        first = False

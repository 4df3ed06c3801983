"""What stands elsewhere in the clause than beside its number: the verb of a change ("um 3 Prozent
gestiegen", "nahm um 140 ab"), the adverb of a rate ("täglich pendeln 12.000 Menschen")."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure
from tallybook.reading.figures.rates import rate_at
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.tokens import Tokens

# How far behind its number the verb of a clause may stand, and how far before it its finite part.
_FARTHEST, _FINITE = 9, 14
_CLOSING = frozenset([",", ".", ";", ":", "!", "?", ")", "–", "—", '"', "“", "”", ""])
# How far behind a leading base "entfallen" may stand.
_SHARE_VERB = 6
# How far behind its number the adverb of a rate may stand.
_ADVERB = 3


def change_behind(tokens: Tokens, k: int, first: int, lang: Language) -> str | None:
    """ "up" or "down" of the verb that ends the clause behind ``k``, of a figure that begins at ``first``.

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


def leading_rate(tokens: Tokens, lang: Language) -> tuple[str, int] | None:
    """(base, token after it) at the beginning of a sentence: "Pro 1.000 Einwohner | gibt es 580 Autos",
    "На 1000 жителів | припадає"."""
    opened = lang.rates.openers.match(tokens.lower, 0)
    if opened is None:
        return None
    shares = not lang.rates.share_verbs.isdisjoint(tokens.lower[: opened[0] + _SHARE_VERB])
    rate = rate_at(tokens, 0, lang) if shares or opened[1] in ("per", "each") else None
    every = rate is not None and opened[1] == "each" and rate[0][:1].isdecimal()
    return None if every else rate  # "Alle 20 Minuten fährt ein Bus"


def _rate_before(tokens: Tokens, k: int, lang: Language) -> str | None:
    """The base of "pro Person | 890 Euro", which ends before token ``k``."""
    for j in (k - 2, k - 3):
        if j >= 0 and tokens.lower[j] in lang.rates.openers.heads:
            opened = lang.rates.openers.match(tokens.lower, j)
            rate = rate_at(tokens, j, lang) if opened is not None and opened[1] == "per" else None
            if rate is not None and rate[1] == k:
                return rate[0]
    return None


def give_rate_apart(tokens: Tokens, found: Sequence[ParsedFigure | Aside], lang: Language) -> None:
    """ "Täglich pendeln 12.000 Menschen", "jährlich rund 20", "fließen jährlich": a rate apart."""
    lower, adverbs = tokens.lower, lang.rates.adverbs
    first = True
    leading = leading_rate(tokens, lang)
    for item in found:
        if isinstance(item, Aside) or item.per is not None or item.unit in (None, FRACTION):
            continue
        if item.unit in lang.bounds.durations:
            continue
        lead = item.start - 1 - (lower[item.start - 1] in lang.grammar.by_words)
        direct = _rate_before(tokens, item.start, lang)
        if direct is not None:
            item.per = direct
        elif lower[lead] in adverbs:
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

"""Words of numbers that count nothing: "one day" (some day), "test scores", "this half", "half past six"."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens

# How far behind "scores" the fate of people may stand ("scores were feared dead").
_FATE = 4


def idiom_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """A phrase of the lexicon around the number at ``k``, or "one day" for some day."""
    word = tokens.lower[k]
    idioms = lang.idioms
    found = idioms.phrases.match(tokens.lower, k) if word in idioms.phrases.heads else None
    if found is not None and not (tokens.is_digits(k) and tokens.glued[k]):
        size, before = found
        return Aside("idiom", k - before, k - before + size)
    if word in idioms.one and tokens.lower[k + 1] in idioms.some_day and not _measures(tokens, k, lang):
        return Aside("idiom", k, k + 2)
    return None


def _measures(tokens: Tokens, k: int, lang: Language) -> bool:
    """True of the "one day" at ``k`` that is a length of time and not an adverb.

    It is one behind a bound, a preposition or a verb that takes a length ("lasted one day", "within
    one day"), and where something is measured from it ("one day after the vote", "one day a week").
    """
    lead, end = tokens.lower[k - 1], k + 2
    behind = tokens.lower[end]
    if lang.bounds.before.match(tokens.lower, k - 1) is not None or lead in lang.idioms.length_leads:
        return True
    if lead in lang.grammar.to_words:  # "cut to one day"; "hopes to one day return"
        return not behind[:1].isalpha() or behind in lang.grammar.stop
    return behind in lang.idioms.length_tails or (
        behind in lang.rates.articles and tokens.lower[end + 1] in lang.rates.nouns
    )


def noun_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "test scores", "she scores": a word of many that is a noun or verb of another meaning here.

    It is a number before "of" and those who are counted ("scores of volunteers"), and alone before
    what became of people ("scores were injured").
    """
    lower = tokens.lower
    lead, behind = lower[k - 1], lower[k + 1]
    named = (
        lead in lang.numbers.scored
        or lead in lang.grammar.the_words
        or (lead in lang.grammar.determiners and lead not in lang.grammar.articles)
        or lead.endswith(("'s", "’s", "s'", "s’"))
        or (lead in ("'", "’") and tokens.glued[k - 1])
    )
    if behind in lang.grammar.of_words and not named:
        counted = lower[k + 2] not in lang.grammar.articles and not any(
            tokens.is_digits(j) and lower[j + 1] not in HYPHENS for j in range(k + 2, k + 5)
        )  # "scores of up to 90"
        return None if counted else Aside("score", k, k + 1)
    if not named and (behind in lang.trends.more or lang.numbers.magnitudes.get(behind)):
        return None  # "scores more"
    fate = not named and not lang.numbers.fates.isdisjoint(lower[k + 1 : k + _FATE])
    subject = not lead[:1].isalpha() or lead in lang.grammar.stop
    return None if fate and subject else Aside("score", k, k + 1)


def _described(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "a poor half": an adjective describes a period; a part of something is not described."""
    lead = tokens.lower[k - 1]
    if tokens.lower[k - 2] not in lang.grammar.determiners or tokens.lower[k + 1] in lang.grammar.of_words:
        return False
    if not lead.isalpha() or lead in lang.grammar.stop or lead in lang.numbers.words:
        return False
    if lead in lang.ordinals.positions or lead in lang.ordinals.words:
        return False  # "the second half" has its ordinal
    return lead not in lang.bounds.before.heads and lead not in lang.bounds.skipped


def half_at(tokens: Tokens, k: int, lang: Language) -> Aside | None:
    """ "in the next half", "each half": a period of a year or match; "half past six": a clock time."""
    lower = tokens.lower
    behind = lower[k + 1]
    if behind in lang.dates.past_hour:
        hour = lang.numbers.small(lower[k + 2])
        if hour is not None or tokens.is_digits(k + 2):
            return Aside("clock", k, k + 3)
    if lower[k - 1] not in lang.ordinals.period_leads and not _described(tokens, k, lang):
        return None
    if behind in lang.numbers.words or behind in lang.grammar.articles or behind in HYPHENS:
        return None  # "this half a million", "each half-hour"
    return None if unit_at(tokens, k + 1, lang) is not None else Aside("ordinal", k, k + 1)

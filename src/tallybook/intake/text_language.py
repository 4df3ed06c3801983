"""In which language a text is, by its commonest words: for texts and pages that do not say it."""

from __future__ import annotations

import re

from tallybook.consistency.printed_numbers import word_set
from tallybook.reading.lexicon.language import languages

ENGLISH = "en"
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4_000
_USUAL = {
    "en": word_set("the of and to in that is was for on with as by at from"),
    "de": word_set("der die das und nicht ist von mit den dem ein eine auf für"),
    "uk": word_set("і в на що не з та до за від це як про є"),
}
"""Words that stand in every text of a language."""

_LEAST_USUAL = 0.08


def language_of(text: str) -> str | None:
    """The language by its commonest words; None where they are of none that is read.

    >>> language_of("The mayor said that the bridge was closed for a week in the spring")
    'en'
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    shares = {
        language: sum(word in usual for word in words) / len(words) if words else 0.0
        for language, usual in _USUAL.items()
        if language in languages()
    }
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= _LEAST_USUAL else None

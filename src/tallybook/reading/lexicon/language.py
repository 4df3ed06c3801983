"""The lexicon of one language, loaded from ``lexicon/<code>.toml`` into tables for quick look-up.

Symbols that all languages share ("kW", "€") are in ``lexicon/units.toml``. A section or list that
a language's file leaves out is empty: the grammar then does without it.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from tallybook.reading.lexicon.aside_words import Calibres, Dates, Idioms, Names
from tallybook.reading.lexicon.attributes import Attributes
from tallybook.reading.lexicon.compounds import WordSet, word_set
from tallybook.reading.lexicon.figure_words import (
    Ages,
    Bounds,
    Ellipsis,
    Nouns,
    Quantifiers,
    Ranges,
    Rates,
    Spreads,
    Trends,
)
from tallybook.reading.lexicon.grammar_words import GrammarWords
from tallybook.reading.lexicon.number_words import NumberWords, Ordinals, Units
from tallybook.reading.lexicon.sections import Section
from tallybook.reading.lexicon.toml_files import load_toml, refuse_unread
from tallybook.reading.text.marks import DASHES


class Language:
    """One lexicon, a part for each kind of word that the reader looks up."""

    def __init__(self, data: Section, shared: Section) -> None:
        """``data``: the file of the language; ``shared``: units.toml. ValueError for an unknown modifier."""
        self.code: str = data["language"]
        self.grammar = GrammarWords(data)
        self.numbers = NumberWords(data)
        self.attributes = Attributes(data, self.numbers.small)
        self.ordinals = Ordinals(data)
        self.units = Units(data, shared)
        self.bounds = Bounds(data)
        self.ranges = Ranges(data, self.grammar)
        self.spreads = Spreads(data)
        self.trends = Trends(data, self.grammar)
        self.rates = Rates(data, self.grammar)
        self.ellipsis = Ellipsis(data)
        self.quantifiers = Quantifiers(data, self.numbers)
        self.nouns = Nouns(data)
        self.ages = Ages(data, self.bounds, self.trends)
        self.dates = Dates(data)
        self.names = Names(data)
        self.calibres = Calibres(data)
        self.idioms = Idioms(data, self.numbers, self.ordinals, self.quantifiers.no_words)
        self.starters = self._starters()
        self.ascii_starters = _in_ascii(self.starters)
        # words before a number that may be its sign or currency, in small letters
        self.number_leads = self.numbers.minus_names.union(
            map(str.lower, self.units.currency.heads), self.units.before_number
        )
        self.spreads.first = self.spreads.first.union(self.trends.comparatives)
        # words behind which "as many as" compares: half, times
        self.multiples = self.numbers.half_words.union(
            phrase for phrase, unit in self.units.names.entries() if unit == self.numbers.fold_unit
        )
        # whether a change may be told elsewhere than directly before its number: by a verb at the end, a case
        self.changes_anywhere = bool(self.trends.particles or self.nouns.names)
        self.any_labels = frozenset(self.names.labels).union(
            self.names.weak_labels, self.names.lettered, self.names.capital_labels
        )
        # words behind a figure without which no rate and no change is there
        self.heads_behind = self.rates.heads | self.trends.behind_heads
        # words before and behind digits without which no date, clock time, calibre or score is there
        self.aside_leads = (self.dates.months | self.grammar.of_words | DASHES | {"."}).union(
            self.any_labels, self.names.plural_labels
        )
        self.aside_tails = (self.dates.months | self.grammar.of_words | self.dates.year_names | DASHES).union(
            self.dates.clock.heads, self.calibres.names, self.idioms.score_joins, self.dates.decade_endings
        )

    def _starters(self) -> WordSet:
        """The words at which a figure or an aside may begin; digits begin one in any case."""
        listed = self.numbers.all_listed.union(
            self.dates.months,
            self.dates.seasons,
            self.ordinals.words,
            self.idioms.once,
            self.idioms.one,
            self.idioms.phrases.heads,
            self.quantifiers.most,
            self.quantifiers.no_words,
            self.quantifiers.none_words,
            self.quantifiers.all_phrases.heads,
            self.numbers.ratios,
            self.numbers.folds,
            self.numbers.members,
            self.numbers.counting_articles,
            self.quantifiers.each_ordinals,
        )
        return word_set(listed, self.numbers.compounds, self.attributes)


def _in_ascii(words: WordSet) -> frozenset[bytes] | None:
    """The words that ASCII can spell, each up to its apostrophe; None if compounds belong to the set."""
    if not isinstance(words, frozenset):
        return None
    return frozenset(word.partition("'")[0].encode() for word in words if word.isascii())


@cache
def load_language(code: str) -> Language:
    """The lexicon of a language by its code ("en"). LookupError if there is none."""
    if code not in languages():
        raise LookupError(f"no lexicon for language {code!r}: add reading/lexicon/{code}.toml")
    data, shared = load_toml(code), load_toml("units")
    language = Language(data, shared)
    refuse_unread(code, data)
    refuse_unread("units", shared)
    return language


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that can be read: those with a lexicon."""
    folder = resources.files(__package__)
    names = (file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(name for name in names if name != "units"))

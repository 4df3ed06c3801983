"""The lexicon of one language, loaded from ``lexicon/<code>.toml`` into tables for quick look-up.

Symbols that all languages share ("kW", "€") stand in ``lexicon/units.toml``. A section or list that
a language's file leaves out is empty: the grammar then does without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from tallybook.quantity import Modifier
from tallybook.reading.lexicon.compounds import NumberWords, SmallNumbers
from tallybook.reading.lexicon.phrases import Phrases
from tallybook.reading.lexicon.toml_files import refuse_unread, table
from tallybook.reading.text.tokens import cut, token_pattern


class Language:
    """One lexicon. Attribute names follow the sections of the TOML file."""

    def __init__(self, data: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        self.code: str = data["language"]
        self._numbers(data.get("numbers", {}), data.get("digits", {}))
        self._vague_words(data)
        self._modifiers(data)
        self._small_words(data)
        self._units(data, shared)
        self._nouns(data)
        self._not_figures(data)
        self.number_words = NumberWords.of(
            [*self.small, *self.magnitudes, *self.fractions, *self.vague, *self.couple, *self.vague_before],
            self.small,
        )
        self.starters = NumberWords.of(self._starters(), self.small)
        # words beside digits without which no date, clock time, calibre or score is there
        self.behind_digits = self._behind_digits()
        # words without one of which no change is told directly before a number
        change = (self.trend_links, self.trends, self.trends_of_units)
        self.trend_heads = self.of_words | self.by_words | {head for ps in change for head in ps.heads}
        self.number_tails = {
            *self.magnitudes,
            *self.fractions,
            *self.glued,
            *["e", "x", "×", "·", "*", "/", "⁄", "-", "‐", "‑", "–"],
        }
        dashes = {"-", "‐", "‑", "–"}
        quotes = {'"', "”", "’", "'"}
        # words without one of which no bound, no rate and no ratio follows
        self.behind_number = dashes | self.after.heads.keys()
        self.behind_unit = dashes | quotes | self.of_words | self.per_fillers | self.per_adverbs.keys()
        self.behind_unit |= self.per_articles | self.per.heads.keys()
        self.behind_ratio = dashes | self.ratio_joins.heads.keys()
        self.special = self.most | self.folds.keys() | self.ratios.keys() | self.no_words | self.none_words
        self.special |= self.half_words
        self.number_leads = self.minus_names | self.currency.heads.keys() | self.units_before.keys()
        self.before_digits = self.months | self.of_words | {".", "-", "‐", "‑", "–", "—"}

    def _numbers(self, numbers: Mapping[str, Any], digits: Mapping[str, str]) -> None:
        self.decimal: str = digits.get("decimal", ".")
        self.tokens = token_pattern(self.decimal, digits.get("group", ","))
        self.small = _floats(numbers, "small")
        self.magnitudes = _floats(numbers, "magnitudes")
        self.glued = _floats(numbers, "glued")
        self.fractions = _floats(numbers, "fractions")
        self.ratios = _floats(numbers, "ratios")
        fold = numbers.get("fold", {})
        self.fold_unit: str = fold.get("unit", "time")
        ending = fold.get("ending")
        self.folds = {word + ending: value for word, value in self.small.items()} if ending else {}
        words = numbers.get("words", {})
        self.and_words = _words(words, "and")
        self.point_words = _words(words, "point")
        self.articles = _words(words, "a")
        self.of_words = _words(words, "of")
        self.minus_names = _words(words, "minus")
        self.minus_words = self.minus_names | {"-", "−", "–"}
        parts = numbers.get("parts", {})
        self.part_plurals = _words(parts, "plural")
        self.half_words = _words(parts, "half")
        self.part_adjectives = _words(parts, "adjectives")
        compounds = numbers.get("compounds", {})
        if compounds:
            self.small = SmallNumbers(self.small, self.magnitudes, compounds)

    def _vague_words(self, data: Mapping[str, Any]) -> None:
        self.vague = _pairs(data.get("vague", {}))
        self.vague_before = _pairs(data.get("vague_before", {}))
        couple = data.get("couple", {})
        self.couple = _words(couple, "words")
        self.couple_value = float(couple.get("value", 2))
        # vague plurals that are also the singular that a modifier governs ("близько тисячі")
        self.vague_singulars = _section(data, "vague_singulars")
        self.positions = _section(data, "positions")
        self.ordinals = _section(data, "ordinals")
        self.behind_ordinals = _section(data, "ordinals", "before")
        self.ordinal_suffixes = _section(data, "ordinals", "suffixes")

    def _modifiers(self, data: Mapping[str, Any]) -> None:
        self.before = Phrases(_bounds(data.get("before", {})), backwards=True)
        self.after = Phrases(_bounds(data.get("after", {})))
        between, trend = data.get("between", {}), data.get("trend", {})
        self.range_openers = Phrases(((p, p) for p in between.get("open", ())), backwards=True)
        self.joins = _words(between, "joins")
        self.joins_opened = _words(between, "joins_opened")
        self.trends = Phrases(_sides(trend, ""), backwards=True)
        self.trends_of_units = Phrases(_sides(trend, "_of"), backwards=True)
        self.units_of_change = _words(trend, "units_of_change")
        self.trend_links = Phrases(((p, p) for p in trend.get("link", ())), backwards=True)
        self.trend_nouns = Phrases(_sides(trend, "_nouns"), backwards=True)
        self.level_words = _words(trend, "levels")
        self.phrasal = _words(trend, "phrasal")
        self.skip = _section(data, "skip")
        parentheticals = data.get("parentheticals", {}).get("words", ())
        self.parentheticals = Phrases(((p, p) for p in parentheticals), backwards=True)
        spanning = data.get("spanning", {})
        self.spanning = _words(spanning, "words")
        self.durations = _words(spanning, "durations")
        self.before_bound = _words(spanning, "before_bound")
        self.quotes = _section(data, "skip", "quotes")

    def _small_words(self, data: Mapping[str, Any]) -> None:
        words = data.get("words", {})
        self.to_words = _words(words, "to")
        self.by_words = _words(words, "by")
        self.or_words = _words(words, "or")
        self.from_words = _words(words, "from")
        self.between_words = _words(words, "between")
        self.the_words = _words(words, "the")
        self.determiners = _words(words, "determiners")
        self.possessives = _words(words, "possessives")
        self.pronouns = _words(words, "pronouns")
        self.pointing = _words(words, "pointing")
        self.places = _words(words, "places")
        self.such_words = _words(words, "such")
        self.in_words = _words(words, "in")
        self.distributive = _words(words, "distributive")
        self.list_words = self.and_words | self.or_words | self.to_words | {","}
        self.suffixes = _words(words, "suffixes")
        self.stop = _section(data, "stop")
        self.inside = _section(data, "stop", "inside")
        self.abbreviations = _section(data, "abbreviations")
        if "." in self.ordinal_suffixes:  # "am 2. Oktober": no sentence ends here
            self.abbreviations |= {str(number) for number in range(1, 100)}
        per = data.get("per", {})
        kinds = ("per", "each", "in", "slash", "unit")
        self.per = Phrases((p, kind) for kind in kinds for p in per.get(kind, ()))
        self.per_alone = _texts(per, "alone")
        self.per_not = _words(per, "not_before")
        self.per_fillers = _words(per, "fillers")
        self.per_articles = _words(per, "article")
        self.per_nouns = _words(per, "nouns")
        self.per_adverbs = _texts(per, "adverbs")

    def _units(self, data: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        prefixes: dict[str, str] = shared["prefixes"]
        self.units = Phrases(
            [
                *((p, name) for name, ps in data.get("units", {}).items() for p in ps),
                *_prefixed_words(data.get("si", {}), data.get("prefixes", prefixes)),
            ]
        )
        self.symbols = Phrases([*shared["symbols"].items(), *_prefixed_symbols(shared["si"], prefixes)])
        self.glued_symbols = _texts(shared, "glued_symbols")
        self.alone_symbols = _texts(shared, "alone")
        self.spaced_symbols = _texts(shared, "spaced")
        self.contexts: dict[str, list[tuple[str, frozenset[str]]]] = {
            symbol: [(unit, frozenset(words)) for unit, words in found]
            for symbol, found in shared["contexts"].items()
        }
        self.currency = Phrases(shared["currency"].items(), backwards=True)
        self.ambiguous_units = _floats(data, "ambiguous_units")
        self.units_before = _texts(data, "units_before")
        self.meter_context = _section(data, "meter_context")
        self.races = _section(data, "races")

    def _nouns(self, data: Mapping[str, Any]) -> None:
        plural = data.get("plural", {})
        self.plural_rules = [(a, b) for a, b in plural.get("rules", ())]
        self._singulars: dict[str, str | None] = {}
        self.plural_letters = {ending[-1] for ending, _ in self.plural_rules}
        self.not_plural = tuple(plural.get("not_plural", ()))
        self.invariant = _words(plural, "invariant")
        self.not_singular = _words(plural, "not_singular")
        self.before_plurals = _words(plural, "before_plurals")
        self.irregular = _texts(plural, "irregular")
        self.states = _words(plural, "states")
        self.not_nouns = tuple(plural.get("not_nouns", ()))
        self.noun_names: dict[str, str] = {
            word: name for name, words in data.get("nouns", {}).items() for word in words
        }
        self.irregular = {**self.noun_names, **self.irregular}
        self.adjective_endings = tuple(data.get("adjectives", {}).get("endings", ()))
        self.capital_nouns = bool(data.get("writing", {}).get("capital_nouns", False))

    def _not_figures(self, data: Mapping[str, Any]) -> None:
        dates = data.get("dates", {})
        self.months = _words(dates, "months")
        self.ambiguous_months = _words(dates, "months_also_words")
        self.small_months = bool(dates.get("small_months", False))
        self.seasons = _words(dates, "seasons")
        self.date_leads = _words(dates, "parts")
        self.date_parts = _words(dates, "kept_parts")
        self.year_leads = _words(dates, "before_year")
        self.weekdays = _words(dates, "weekdays")
        self.time_zones = _words(dates, "zones")
        self.decade_endings = _words(dates, "decade_endings")
        self.year_names = _words(dates, "year_names")
        self.day_first = bool(dates.get("day_first", False))
        self.clock = Phrases((p, p) for p in dates.get("clock", ()))
        labels = data.get("labels", {})
        self.labels: dict[str, str] = {w: kind for kind in ("page", "name") for w in labels.get(kind, ())}
        self.weak_labels = _words(labels, "weak")
        self.furniture = _section(data, "furniture")
        self.addresses = _section(data, "after_name", "address")
        self.numbered_units = _section(data, "after_name", "unit")
        self.group_words = _section(data, "after_name", "group")
        self.score_joins = _section(data, "scores", "joins")
        self.calibre_names = _section(data, "calibre", "names")
        self.calibre_units = _section(data, "calibre", "units")
        self.weapons = _section(data, "calibre", "weapons")
        self.once = _section(data, "idioms", "once")
        self.one = _section(data, "pronoun", "one")
        self.no_words = _section(data, "none")
        known = {*self.small, *self.magnitudes, *self.fractions, *self.ordinals, *self.once, *self.no_words}

        def number_in(words: Sequence[str]) -> int:
            """Where the first number of a phrase stands: there an idiom is looked up."""
            return next((i for i, word in enumerate(words) if word in known or word.isdecimal()), 0)

        idioms = data.get("idioms", {}).get("phrases", ())
        self.idioms = Phrases(((p, number_in(cut(p))) for p in idioms), anchor=number_in)
        self.most = _section(data, "most")
        self.none_words = _section(data, "none", "none")
        self.not_counted = _section(data, "none", "not_counted")
        self.reporting = _section(data, "none", "reporting")
        ages = data.get("ages", {})
        self.age_words = _words(ages, "before")
        self.age_subjects = _words(ages, "subjects")
        self.be_words = _words(ages, "be")
        self.age_groups = _words(ages, "groups")
        self.persons = _words(ages, "persons")
        self.not_ages = _words(ages, "parents")
        self.age_bounds = _words(ages, "bounds")
        self.both_words = _words(ages, "both")
        self.age_phrases = Phrases(((p, p) for p in ages.get("of", ())), backwards=True)
        self.age_unit: str = ages.get("unit", "year")
        self.amounts = Phrases(((p, p) for p in data.get("amounts", {}).get("words", ())), backwards=True)
        self.ratio_joins = Phrases((p, p) for p in data.get("fraction_of", {}).get("joins", ()))

    def _starters(self) -> frozenset[str]:
        """The words at which a figure or an aside may begin; digits begin one in any case."""
        return (
            self.number_words
            | self.months
            | self.seasons
            | self.ordinals
            | self.once
            | self.one
            | self.most
            | self.no_words
            | self.none_words
            | self.ratios.keys()
            | self.folds.keys()
            | self.idioms.heads.keys()
        )

    def _behind_digits(self) -> frozenset[str]:
        dashes = {"-", "‐", "‑", "–", "—"}
        dates = self.months | self.of_words | self.clock.heads.keys() | self.year_names
        return dates | self.calibre_names | self.score_joins | dashes

    def singular(self, word: str) -> str | None:
        """The singular of a plural noun (small letters); None when the word is no plural."""
        known = self._singulars
        if word in known:
            return known[word]
        if len(known) > _MOST_KNOWN:
            known.clear()
        known[word] = found = self._singular_of(word)
        return found

    def _singular_of(self, word: str) -> str | None:
        found = self.irregular.get(word)
        if found is not None:
            return found
        if word in self.invariant:
            return word
        if word[-1:] not in self.plural_letters:
            return None
        if len(word) < 3 or word in self.not_singular or word.endswith(self.not_plural):
            return None
        for ending, instead in self.plural_rules:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: len(word) - len(ending)] + instead
        return None

    def is_plural(self, word: str) -> bool:
        return self.singular(word) is not None or word in self.noun_names

    def value(self, word: str) -> float:
        """The number that a digit token prints. Grouping marks of any kind are dropped."""
        if word.isdecimal():
            return float(word)
        if word.count(".") > 1:
            return float(word.replace(".", ""))
        whole, _, part = word.rpartition(self.decimal) if self.decimal in word else (word, "", "")
        if word[0] == "." and not whole:
            part = word[1:]
        return float(f"{whole.translate(_GROUPING) or 0}.{part or 0}")


# How many words are remembered with their singular, so that a long text is not taken apart for ever.
_MOST_KNOWN = 20_000
# Marks and spaces between groups of digits, in any language.
_GROUPING = dict.fromkeys(map(ord, ",.'’ \u00a0\u202f\u2009"))


def _words(table: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(table.get(key, ()))


def _section(data: Mapping[str, Any], section: str, key: str = "words") -> frozenset[str]:
    return _words(data.get(section, {}), key)


def _floats(table: Mapping[str, Any], key: str) -> dict[str, float]:
    return {word: float(value) for word, value in table.get(key, {}).items()}


def _texts(table: Mapping[str, Any], key: str) -> dict[str, str]:
    return {word: str(value) for word, value in table.get(key, {}).items()}


def _pairs(table: Mapping[str, list[float]]) -> dict[str, tuple[float, float]]:
    return {word: (float(low), float(high)) for word, (low, high) in table.items()}


def _bounds(table: Mapping[str, list[str]]) -> Iterator[tuple[str, Modifier]]:
    return ((phrase, Modifier(name)) for name, phrases in table.items() for phrase in phrases)


def _sides(trend: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    return ((word, side) for side in ("up", "down") for word in trend.get(side + kind, ()))


def _prefixed_symbols(si: Mapping[str, Any], prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, (symbol, used) in si.items():
        for prefix in used.split():
            yield prefix + symbol, prefixes[prefix] + name.strip()


def _prefixed_words(si: Mapping[str, Any], prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, words in si.items():
        for word in words:
            yield word, name
            for prefix in dict.fromkeys(prefixes.values()):
                yield prefix + word, prefix + name


@cache
def load(code: str) -> Language:
    """The lexicon of a language by its code ("en"). LookupError if there is none."""
    if code not in languages():
        raise LookupError(f"no lexicon for language {code!r}: add reading/lexicon/{code}.toml")
    data, shared = table(code), table("units")
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

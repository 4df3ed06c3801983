"""The lexicon of one language, loaded from ``lexicon/<code>.toml`` into tables for quick look-up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from tallybook.quantity import Modifier
from tallybook.reading.tokens import Tokens, cut

# Phrases by their first (or, read backwards, last) word, longest first.
type_phrases = dict[str, list[tuple[tuple[str, ...], Any]]]


class Phrases:
    """Phrases that may start (or, ``backwards``, end) at a token; the longest match wins."""

    __slots__ = ("_backwards", "_by_word")

    def __init__(self, entries: Iterable[tuple[str, Any]], *, backwards: bool = False) -> None:
        self._backwards = backwards
        self._by_word: type_phrases = {}
        for phrase, value in entries:
            words = cut(phrase)
            self._by_word.setdefault(words[-1 if backwards else 0], []).append((words, value))
        for found in self._by_word.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def __contains__(self, word: str) -> bool:
        return word in self._by_word

    def first_words(self) -> set[str]:
        return set(self._by_word)

    def match(self, words: list[str], k: int) -> tuple[int, Any] | None:
        """(number of tokens, value) of the longest phrase at ``k``, or that ends with ``k``."""
        found = self._by_word.get(words[k]) if 0 <= k < len(words) else None
        if found is None:
            return None
        for phrase, value in found:
            size = len(phrase)
            first = k - size + 1 if self._backwards else k
            if size == 1 or (first >= 0 and tuple(words[first : first + size]) == phrase):
                return size, value
        return None


class Language:
    """One lexicon. Attribute names follow the sections of the TOML file."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        numbers = data["numbers"]
        self.small: dict[str, float] = {k: float(v) for k, v in numbers["small"].items()}
        self.magnitudes: dict[str, float] = {k: float(v) for k, v in numbers["magnitudes"].items()}
        self.glued: dict[str, float] = {k: float(v) for k, v in numbers["glued"].items()}
        self.fractions: dict[str, float] = numbers["fractions"]
        self.ratios: dict[str, float] = {k: float(v) for k, v in numbers["ratios"].items()}
        self.fold_ending: str = numbers["fold"]["ending"]
        self.fold_unit: str = numbers["fold"]["unit"]
        self.folds = {word + self.fold_ending: value for word, value in self.small.items()}
        self.and_words = frozenset(numbers["words"]["and"])
        self.point_words = frozenset(numbers["words"]["point"])
        self.articles = frozenset(numbers["words"]["a"])
        self.of_words = frozenset(numbers["words"]["of"])
        self.minus_words = frozenset(numbers["words"]["minus"]) | {"-", "−", "–"}
        self.vague: dict[str, tuple[float, float]] = _pairs(data["vague"])
        self.vague_before: dict[str, tuple[float, float]] = _pairs(data["vague_before"])
        self.couple = frozenset(data["couple"]["words"])
        self.couple_value = float(data["couple"]["value"])
        self.positions = frozenset(data["positions"]["words"])
        self.ordinals = frozenset(data["ordinals"]["words"])
        self.ordinal_suffixes = frozenset(data["ordinals"]["suffixes"])

        self.before = Phrases(_modifiers(data["before"]), backwards=True)
        self.after = Phrases(_modifiers(data["after"]))
        self.range_openers = Phrases(((p, p) for p in data["between"]["open"]), backwards=True)
        self.joins = frozenset(data["between"]["joins"])
        self.joins_between = frozenset(data["between"]["joins_between"])
        self.trends = Phrases(
            ((w, side) for side in ("up", "down") for w in data["trend"][side]), backwards=True
        )
        self.trends_of_units = Phrases(
            ((w, side) for side in ("up", "down") for w in data["trend"][f"{side}_of"]), backwards=True
        )
        self.units_of_change = frozenset(data["trend"]["units_of_change"])
        self.trend_links = Phrases(((p, p) for p in data["trend"]["link"]), backwards=True)
        self.skip = frozenset(data["skip"]["words"])
        self.quotes = frozenset(data["skip"]["quotes"])

        self.per_words = frozenset(data["per"]["per"])
        self.per_articles = frozenset(data["per"]["article"])
        self.per_nouns = frozenset(data["per"]["nouns"])
        self.per_adverbs: dict[str, str] = data["per"]["adverbs"]

        self.units = Phrases((p, name) for name, ps in data["units"].items() for p in ps)
        self.symbols = Phrases(data["symbols"].items())
        self.glued_symbols: dict[str, str] = data["glued_symbols"]
        self.meter_context = frozenset(data["meter_context"]["words"])
        self.currency = Phrases(data["currency"].items(), backwards=True)

        plural = data["plural"]
        self.plural_rules = [(a, b) for a, b in plural["rules"]]
        self.not_plural = tuple(plural["not_plural"])
        self.invariant = frozenset(plural["invariant"])
        self.not_singular = frozenset(plural["not_singular"])
        self.before_plurals = frozenset(plural["before_plurals"])
        self.irregular: dict[str, str] = plural["irregular"]

        dates = data["dates"]
        self.months = frozenset(dates["months"])
        self.ambiguous_months = frozenset(dates["months_also_words"])
        self.seasons = frozenset(dates["seasons"])
        self.date_leads = frozenset(dates["parts"])
        self.date_parts = frozenset(dates["kept_parts"])
        self.year_leads = frozenset(dates["before_year"])
        self.eras = frozenset(dates["eras"])
        self.weekdays = frozenset(dates["weekdays"])
        self.clock = Phrases((p, p) for p in dates["clock"])
        self.labels: dict[str, str] = {w: kind for kind in ("page", "name") for w in data["labels"][kind]}
        self.weak_labels = frozenset(data["labels"]["weak"])
        self.furniture = frozenset(data["furniture"]["words"])
        self.races = frozenset(data["races"]["words"])
        self.addresses = frozenset(data["after_name"]["address"])
        self.numbered_units = frozenset(data["after_name"]["unit"])
        self.calibre_units = frozenset(data["calibre"]["units"])
        self.weapons = frozenset(data["calibre"]["weapons"])
        self.idioms = Phrases((p, "idiom") for p in data["idioms"]["phrases"])
        self.once = frozenset(data["idioms"]["once"])
        self.one = frozenset(data["pronoun"]["one"])
        self.most = frozenset(data["most"]["words"])
        self.no_words = frozenset(data["none"]["words"])
        self.none_words = frozenset(data["none"]["none"])
        self.not_counted = frozenset(data["none"]["not_counted"])
        self.age_words = frozenset(data["ages"]["before"])
        self.age_phrases = Phrases(((p, p) for p in data["ages"]["of"]), backwards=True)
        self.age_unit: str = data["ages"]["unit"]
        self.amounts = Phrases(((p, p) for p in data["amounts"]["words"]), backwards=True)
        self.ratio_joins = Phrases((p, p) for p in data["fraction_of"]["joins"])
        self.stop = frozenset(data["stop"]["words"])
        self.inside = frozenset(data["stop"]["inside"])
        self.abbreviations = frozenset(data["abbreviations"]["words"])

        self.number_words = frozenset(
            [*self.small, *self.magnitudes, *self.fractions, *self.vague, *self.couple, *self.vague_before]
        )
        self.starters = (
            self.number_words
            | self.months
            | self.seasons
            | self.ordinals
            | self.once
            | self.one
            | self.most
            | self.no_words
            | self.none_words
            | frozenset(self.ratios)
            | frozenset(self.folds)
            | frozenset(self.idioms.first_words())
        ) - {"a", "the", "on", "at", "in", "this", "that", "which", "each", "every", "day", "back"}

    def singular(self, word: str) -> str | None:
        """The singular of a plural noun (small letters); None when the word is no plural."""
        found = self.irregular.get(word)
        if found is not None:
            return found
        if word in self.invariant:
            return word
        if len(word) < 3 or word in self.not_singular or word.endswith(self.not_plural):
            return None
        for ending, instead in self.plural_rules:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: len(word) - len(ending)] + instead
        return None


def _pairs(table: Mapping[str, list[float]]) -> dict[str, tuple[float, float]]:
    return {word: (float(low), float(high)) for word, (low, high) in table.items()}


def _modifiers(table: Mapping[str, list[str]]) -> Iterable[tuple[str, Modifier]]:
    return [(phrase, Modifier(name)) for name, phrases in table.items() for phrase in phrases]


@cache
def load(code: str) -> Language:
    """The lexicon of a language by its code ("en"). LookupError if there is none."""
    if not code.isalpha():
        raise LookupError(f"no language code: {code!r}")
    file = resources.files(__package__).joinpath("lexicon", f"{code}.toml")
    if not file.is_file():
        raise LookupError(f"no lexicon for language {code!r}: add reading/lexicon/{code}.toml")
    return Language(tomllib.loads(file.read_text(encoding="utf-8")))


__all__ = ["Language", "Phrases", "Tokens", "load"]

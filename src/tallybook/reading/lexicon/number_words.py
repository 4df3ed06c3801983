"""The part of a lexicon that ``numbers`` reads: number words, digits, ordinals and units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tallybook.reading.lexicon.compounds import CompoundNumbers, WordSet, word_set
from tallybook.reading.lexicon.phrases import Phrases
from tallybook.reading.lexicon.sections import (
    Section,
    declined,
    floats,
    low_and_high,
    phrases,
    section,
    texts,
    words,
)
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import token_pattern

# Marks and spaces between groups of digits, in any language.
_GROUPING = dict.fromkeys(map(ord, ",.'’ \u00a0\u202f\u2009"))


class NumberWords:
    """Digits, and the words that state a number: [digits], [numbers], [vague], [couple]."""

    def __init__(self, data: Section) -> None:
        digits, numbers = section(data, "digits"), section(data, "numbers")
        self.decimal: str = digits.get("decimal", ".")
        self.token_pattern = token_pattern(self.decimal, digits.get("group", ","))
        self.small_table = floats(numbers, "small")
        self.magnitudes = floats(numbers, "magnitudes")
        self.closing = words(section(numbers, "closing"))
        self.of_money = floats(numbers, "of_money")
        self.glued = floats(numbers, "glued")
        self.fractions = floats(numbers, "fractions")
        self.ratios = floats(numbers, "ratios")
        self.present_ratios = words(section(numbers, "present_ratios"))
        base = section(numbers, "base_ratios")
        self.base_ratios = words(base)
        self.modals = words(base, "modals")
        self.to_infinitive = words(base, "to")
        self.not_before_to = words(base, "not_before_to")
        self.not_behind_base = words(base, "not_behind")
        zero = section(numbers, "zero")
        self.degrees: tuple[str, ...] = tuple(zero.get("degrees", ()))
        self.below_zero: Phrases[float] = Phrases(
            (phrase, sign) for key, sign in (("below", -1.0), ("above", 1.0)) for phrase in zero.get(key, ())
        )
        again = section(numbers, "again")
        self.again = phrases(again)
        fold = section(numbers, "fold")
        self.fold_unit: str = fold.get("unit", "time")
        ending = fold.get("ending")
        forms = ("", *fold.get("forms", ()))  # "zweifach", "zweifacher"
        self.fold_endings = frozenset(ending + form for form in forms) if ending else frozenset[str]()
        self.factors = words(fold, "factors")
        self.folds = (
            {word + ending + form: value for word, value in self.small_table.items() for form in forms}
            if ending
            else {}
        )
        self.point_words = words(section(numbers, "words"), "point")
        self.minus_names = words(section(numbers, "words"), "minus")
        self.plus_names = words(section(numbers, "words"), "plus")
        self.with_half = phrases(section(numbers, "words"), "with_half")  # "2 з половиною мільйони"
        self.minus_words = self.minus_names | {"-", "−", "–"}
        parts = section(numbers, "parts")
        self.part_plurals = words(parts, "plural")
        self.half_words = words(parts, "half")
        self.part_units = words(parts, "units")
        self.hyphen_parts = words(parts, "hyphened")
        self.part_adjectives = words(parts, "adjectives")
        self.vague = low_and_high(data, "vague")
        self.vague_before = low_and_high(data, "vague_before")
        nouns = section(data, "vague_nouns")
        self.vague_nouns = words(nouns)
        self.scored = words(nouns, "scored")
        self.fates = words(nouns, "fates")
        # vague plurals that are also the singular that a modifier governs ("близько тисячі")
        self.vague_singulars = words(section(data, "vague_singulars"))
        members = section(data, "members")
        # forms of an article that count before "of": "einer der drei Gründer"
        self.members = words(members)
        # articles that count behind a bound, or before one of the nouns: "nur einen Tag", "ein Mensch"
        self.counting_articles = words(members, "articles")
        self.counted_by_article = words(members, "nouns")
        couple = section(data, "couple")
        self.couple = words(couple)
        self.couple_value = float(couple.get("value", 2))
        compounds = section(numbers, "compounds")
        self.compounds = CompoundNumbers(self.small_table, self.magnitudes, compounds) if compounds else None
        self.small: Callable[[str], float | None] = (
            self.compounds.small_or_compound if self.compounds else self.small_table.get
        )
        """The value of a small number word, or of a number written as one word; None for any other."""
        self.all_listed = (
            frozenset[str]()
            .union(
                self.small_table, self.magnitudes, self.fractions, self.vague, self.couple, self.vague_before
            )
            .difference(self.closing)
        )
        self.words: WordSet = word_set(self.all_listed, self.compounds)
        # what may go on a number behind its first digits
        self.tails = {*self.magnitudes, *self.fractions, *self.glued, *self.of_money, *"ex×·*/⁄[", *HYPHENS}
        self.tails.update(self.with_half.heads)

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


class Ordinals:
    """Places in an order: [ordinals], [positions]."""

    def __init__(self, data: Section) -> None:
        ordinals = section(data, "ordinals")
        self.words = words(ordinals)
        self.before = words(ordinals, "before")
        self.suffixes = words(ordinals, "suffixes")
        self.classes = words(ordinals, "classes")
        self.positions = words(section(data, "positions"))
        self.period_leads = words(section(data, "positions"), "periods")


class Units:
    """Words and symbols of units and currencies: [units] and [si] of the language, and units.toml."""

    def __init__(self, data: Section, shared: Section) -> None:
        prefixes: Mapping[str, str] = shared["prefixes"]
        listed = [(phrase, name) for name, found in section(data, "units").items() for phrase in found]
        local = data.get("prefixes") or {name: name for name in prefixes.values()}
        listed += _prefixed_words(section(data, "si"), local)
        endings = section(data, "unit_declension")
        self.names: Phrases[str] = Phrases(declined(dict(listed), endings).items() if endings else listed)
        self.symbols: Phrases[str] = Phrases(
            [*shared["symbols"].items(), *_prefixed_symbols(shared["si"], prefixes)]
        )
        self.glued_symbols = texts(shared, "glued_symbols")
        self.alone_symbols = texts(shared, "alone")
        self.spaced_symbols = texts(shared, "spaced")
        # symbols of one letter or mark, which ask for more than their letter
        self.single = frozenset("'’′\"”″").union(self.glued_symbols, self.alone_symbols, self.spaced_symbols)
        self.contexts: dict[str, list[tuple[str, frozenset[str]]]] = {
            symbol: [(unit, frozenset(near)) for unit, near in found]
            for symbol, found in shared["contexts"].items()
        }
        self.currency: Phrases[str] = Phrases(shared["currency"].items(), backwards=True)
        self.currencies = frozenset(shared["currency"].values())
        self.currency_behind: Phrases[str] = Phrases(shared["currency_behind"].items())
        codes = {name: unit for name, unit in shared["currency"].items() if len(name) == 3 and name.isupper()}
        self.money_codes = {
            prefix + code: (scale, unit)
            for prefix, scale in shared["money_prefixes"].items()
            for code, unit in codes.items()
        }
        kinds = frozenset(unit.rpartition(" ")[2] for unit in self.currencies)
        named = {name for _, name in self.names.entries() if name.rpartition(" ")[2] in kinds}
        self.money = self.currencies | named
        """The currencies, also those that only a name without a country gives ("krone")."""
        self.ambiguous = floats(data, "ambiguous_units")
        smaller = section(data, "smaller_units")
        self.smaller: dict[str | None, dict[str, float]] = {
            unit: floats(smaller, unit) for unit, parts in smaller.items() if unit != "alone"
        }
        self.smaller_alone = texts(smaller, "alone")
        # printed forms of the larger units that other units begin with ("ft 2")
        self.larger = frozenset("'’′") | words(section(data, "larger_units")) if smaller else frozenset[str]()
        self.before_number = texts(data, "units_before")
        self.temperature = words(section(data, "temperature"))
        self.temperature_verbs = words(section(data, "temperature"), "verbs")
        self.scales = words(section(data, "scales"))
        self.on_words = words(section(data, "scales"), "on")
        self.meter_context = words(section(data, "meter_context"))
        self.within = words(section(data, "meter_context"), "within")
        self.lengths = frozenset(["foot", "inch", "yard", "mile"])
        self.races = words(section(data, "races"))


def _prefixed_symbols(si: Section, prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, (symbol, used) in si.items():
        for prefix in used.split():
            yield prefix + symbol, prefixes[prefix] + name.strip()


def _prefixed_words(si: Section, prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, found in si.items():
        for word in found:
            yield word, name
            for prefix, english in prefixes.items():
                yield prefix + word, english + name

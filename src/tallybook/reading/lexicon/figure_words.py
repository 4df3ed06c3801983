"""The part of a lexicon that ``figures`` reads: bounds, ranges, change, rates, nouns, ages."""

from __future__ import annotations

from tallybook.reading.lexicon.grammar_words import GrammarWords
from tallybook.reading.lexicon.number_words import NumberWords
from tallybook.reading.lexicon.phrases import Phrases
from tallybook.reading.lexicon.sections import (
    Section,
    direction_phrases,
    modifier_phrases,
    phrases,
    section,
    texts,
    words,
)
from tallybook.reading.text.marks import CLOSING_QUOTES, HYPHENS
from tallybook.terms import Modifier

# How many words are remembered with their singular, so that a long text is not taken apart for ever.
_MOST_KNOWN = 20_000


class Bounds:
    """Words that bound a number, and the words allowed between them and it."""

    def __init__(self, data: Section) -> None:
        self.before: Phrases[Modifier] = Phrases(modifier_phrases(data, "before"), backwards=True)
        self.before_first = frozenset(phrase.split(" ", 1)[0] for phrase, _ in self.before.entries())
        self.after: Phrases[Modifier] = Phrases(modifier_phrases(data, "after"))
        self.skipped = words(section(data, "skip"))
        self.quotes = words(section(data, "skip"), "quotes")
        self.hyphenated = words(section(data, "skip"), "hyphenated")
        self.parentheticals = phrases(section(data, "parentheticals"), backwards=True)
        spanning = section(data, "spanning")
        self.after_quantifiers = words(section(data, "after_not_before"))
        self.also_prepositions = words(section(data, "after_not_before"), "prepositions")
        marks = section(data, "marks")
        self.marks = words(marks)
        self.frames = words(marks, "frames")
        self.deadlines = words(marks, "deadlines")
        self.passing = dict(modifier_phrases(data, "passing"))
        self.prepositions = words(marks, "prepositions")
        self.under_words = words(section(data, "under_names"), "under")
        self.under_names = words(section(data, "under_names"))
        phrasal = section(data, "phrasal_over")
        self.giving_over = words(phrasal, "giving")
        self.leading_over = words(phrasal, "leading")
        self.spanning = words(spanning)
        self.durations = words(spanning, "durations")
        self.before_bound = words(spanning, "before_bound")
        self.particles = self.spanning | self.under_words
        # words without one of which no bound follows
        self.after_heads = HYPHENS | self.after.heads.keys()


class Spreads:
    """Words between a number and its spread."""

    def __init__(self, data: Section) -> None:
        spread = section(data, "spread")
        self.margins = phrases(spread, "margins")
        self.intervals = phrases(spread, "intervals")
        self.best = phrases(spread, "best")
        self.leads = words(spread, "leads")
        self.joins = words(spread, "joins")
        self.errors = words(spread, "errors")
        self.levels = words(spread, "levels")
        self.afar = words(spread, "afar")
        # words and marks without one of which no spread follows; those of the first kind end no number
        self.direct_heads = frozenset("±+") | self.margins.heads.keys()
        self.first_leads = words(spread, "first_leads")
        self.openings = frozenset(",;([")
        self.heads = self.direct_heads | self.first_leads
        self.first = self.heads | self.openings
        # behind an opening mark, without one of which (or digits) no spread follows
        self.second_heads = self.heads.union(self.intervals.heads, self.best.heads)


class Ranges:
    """Words that open a range, and words that join its ends (some only behind an opener)."""

    def __init__(self, data: Section, grammar: GrammarWords) -> None:
        between = section(data, "between")
        self.openers = phrases(between, "open", backwards=True)
        self.joins = words(between, "joins")
        self.joins_opened = words(between, "joins_opened")
        self.but_words = words(between, "but")
        self.up_words = words(between, "up")
        self.all_joins = self.joins | self.joins_opened
        self.after_hyphen = grammar.to_words | grammar.or_words  # "16- to 24-year-olds"
        self.before_ends = grammar.from_words | grammar.between_words


class Trends:
    """Words of change before a number."""

    def __init__(self, data: Section, grammar: GrammarWords) -> None:
        trend = section(data, "trend")
        self.words: Phrases[str] = Phrases(direction_phrases(trend, ""), backwards=True)
        self.words_of_units: Phrases[str] = Phrases(direction_phrases(trend, "_of"), backwards=True)
        self.nouns: Phrases[str] = Phrases(direction_phrases(trend, "_nouns"), backwards=True)
        self.links = phrases(trend, "link", backwards=True)
        self.also_verbs = words(trend, "also_verbs")
        self.before_nouns = words(trend, "before_nouns")
        self.not_money = words(trend, "not_money")
        self.more = dict(direction_phrases(trend, "_more"))
        self.comparatives = dict(direction_phrases(trend, "_comparatives"))
        self.than = words(trend, "than")
        self.against = dict(direction_phrases(trend, "_against"))
        self.references = words(trend, "references")
        self.before_references = words(trend, "before_references")
        self.passive = words(trend, "passive")
        self.perfect = words(trend, "perfect")
        self.be_words = self.passive - self.perfect
        self.done = dict(direction_phrases(trend, "_done"))
        self.made = dict(direction_phrases(trend, "_made"))
        self.leaning = dict(direction_phrases(trend, "_leaning"))
        self.stocks = words(trend, "stocks")
        self.rate_links = words(trend, "rate_links")
        self.adverbs = words(trend, "adverbs")
        self.adverbs_behind = dict(direction_phrases(trend, "_behind"))
        self.adverb_links = words(trend, "adverb_links")
        self.behind_nouns = words(trend, "behind_nouns")
        self.priced = words(trend, "priced")
        self.extra = words(trend, "extra")
        self.verbs_of_adverbs = words(trend, "down_verbs")
        self.leaning_nouns = dict(direction_phrases(trend, "_leaning_nouns"))
        self.units = words(trend, "units_of_change")
        self.levels = words(trend, "levels")
        self.phrasal = words(trend, "phrasal")
        self.transitive = words(trend, "transitive")
        self.phrasal_counting = words(trend, "phrasal_counting")
        self.relatives = words(trend, "relatives")
        self.clause_words = words(trend, "clause_words")
        self.moves = words(trend, "moves")
        self.directions = words(trend, "directions")
        self.contests = words(trend, "contests")
        self.up_to_verbs = words(trend, "up_to_verbs")
        # words without one of which no change is stated directly before a number
        self.heads = (grammar.of_words | grammar.by_words | self.be_words).union(
            self.links.heads, self.words.heads, self.words_of_units.heads, self.made, self.rate_links
        )
        # first words of a noun that may make its number a change
        self.noun_heads = self.nouns.heads.keys() | self.more.keys()
        # words behind a number, or a first word of its noun, without one of which no change follows
        self.behind_heads = (self.passive | self.adverbs | {"("}).union(
            self.adverbs_behind, self.more, self.comparatives, self.against, self.nouns.heads
        )


class Ellipsis:
    """Words around what a clause leaves out, and which the one before it has said."""

    def __init__(self, data: Section) -> None:
        ellipsis = section(data, "ellipsis")
        self.comparisons = phrases(ellipsis, "comparisons", backwards=True)
        self.skipped = words(ellipsis, "skipped")
        self.conjunctions = words(ellipsis, "conjunctions")
        self.not_subjects = words(ellipsis, "not_subjects")


class Rates:
    """Words that open the base of a rate, and the nouns that are a usual base."""

    def __init__(self, data: Section, grammar: GrammarWords) -> None:
        per = section(data, "per")
        kinds = ("per", "each", "in", "slash", "unit")
        self.openers: Phrases[str] = Phrases((p, kind) for kind in kinds for p in per.get(kind, ()))
        self.alone = texts(per, "alone")
        self.not_before = words(per, "not_before")
        self.fillers = words(per, "fillers")
        self.articles = words(per, "article")
        # None, and not "": no token is that
        self.every: str | None = per.get("every")
        self.no_verbs = words(per, "no_verbs")
        self.no_bases = words(per, "no_bases")
        self.behind_base = words(per, "behind_base")
        self.coins = words(per, "coins")
        self.packs = words(per, "packs")
        self.attributes = words(per, "attributes")
        self.participles = words(per, "participles")
        self.nouns = words(per, "nouns")
        self.adverbs = texts(per, "adverbs")
        # words without one of which no rate follows
        self.heads = (HYPHENS | CLOSING_QUOTES | grammar.of_words).union(
            self.fillers, self.adverbs, self.articles, self.openers.heads
        )


class Quantifiers:
    """Shares in two numbers ("one in five"), and words that state a number without printing one."""

    def __init__(self, data: Section, numbers: NumberWords) -> None:
        self.plain_of = words(section(data, "fraction_of"), "plain")
        self.out_words = words(section(data, "fraction_of"), "out")
        self.ratio_joins = phrases(section(data, "fraction_of"), "joins")
        # words without one of which no share in two numbers follows
        self.ratio_heads = HYPHENS | self.ratio_joins.heads.keys()
        none = section(data, "none")
        self.majority = words(section(data, "most"), "majority")
        self.before_majority = words(section(data, "most"), "before_majority")
        self.most = words(section(data, "most")) | self.majority
        self.all_phrases = phrases(section(data, "all"), "phrases")
        self.no_words = words(none)
        self.none_words = words(none, "none")
        self.not_counted = words(none, "not_counted")
        self.reporting = words(none, "reporting")
        self.heads = (self.most | self.no_words | self.none_words | numbers.half_words).union(
            numbers.folds, numbers.ratios, self.all_phrases.heads
        )


class Nouns:
    """Plurals and their singulars, and the nouns that the lexicon lists."""

    def __init__(self, data: Section) -> None:
        plural = section(data, "plural")
        self._rules: list[tuple[str, str]] = [
            (ending, instead) for ending, instead in plural.get("rules", ())
        ]
        self._last_letters = {ending[-1] for ending, _ in self._rules}
        self._not_plural: tuple[str, ...] = tuple(plural.get("not_plural", ()))
        self._not_singular = words(plural, "not_singular")
        self._singulars: dict[str, str | None] = {}
        self.peoples = words(plural, "peoples")
        self.invariant = words(plural, "invariant") | self.peoples
        self.before_plurals = words(plural, "before_plurals")
        self.states = words(plural, "states") | self.peoples
        self.other_endings: tuple[str, ...] = tuple(plural.get("not_nouns", ()))
        """Endings of words that are not nouns."""
        self.active_endings: tuple[str, ...] = tuple(plural.get("active", ()))
        self.nation_endings: tuple[str, ...] = tuple(plural.get("nation_endings", ()))
        self.reporting = words(plural, "reporting")
        self.verbs = words(plural, "verbs")
        self.ending_nouns = words(plural, "ending_nouns")
        self.names: dict[str, str] = {
            word: name for name, found in section(data, "nouns").items() for word in found
        }
        self._irregular = {**self.names, **texts(plural, "irregular")}
        self.adjective_endings: tuple[str, ...] = tuple(section(data, "adjectives").get("endings", ()))
        self.have_capitals = bool(section(data, "writing").get("capital_nouns", False))

    def singular(self, word: str) -> str | None:
        """The singular of a plural noun (small letters); None for any other word."""
        known = self._singulars
        if word in known:
            return known[word]
        if len(known) > _MOST_KNOWN:
            known.clear()
        known[word] = found = self._singular_of(word)
        return found

    def _singular_of(self, word: str) -> str | None:
        found = self._irregular.get(word)
        if found is not None:
            return found
        if word in self.invariant:
            return word
        if word[-1:] not in self._last_letters:
            return None
        if len(word) < 3 or word in self._not_singular or word.endswith(self._not_plural):
            return None
        for ending, instead in self._rules:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: len(word) - len(ending)] + instead
        return None

    def is_plural(self, word: str) -> bool:
        return self.singular(word) is not None or word in self.names


class Ages:
    """Words around a bare number that make it an age."""

    def __init__(self, data: Section, bound_words: Bounds, trends: Trends) -> None:
        ages = section(data, "ages")
        self.before = words(ages, "before")
        self.verbs = words(ages, "verbs")
        self.at_words = words(ages, "at")
        self.comparatives = words(ages, "comparatives")
        self.not_before = words(ages, "not_before")
        self.classes = phrases(ages, "classes")
        self.sure_bounds = phrases(ages, "sure_bounds")
        self.class_bounds = phrases(ages, "class_bounds")
        self.people_endings: tuple[str, ...] = tuple(ages.get("people_endings", ()))
        self.not_people = words(ages, "not_people")
        # words behind a number without one of which it bounds no class of ages
        self.class_heads = (
            self.classes.heads.keys() | self.sure_bounds.heads.keys() | self.class_bounds.heads.keys()
        )
        self.subjects = words(ages, "subjects") | words(ages, "subjects_also")
        self.be_words = words(ages, "be")
        self.groups = words(ages, "groups") | words(ages, "groups_also")
        self.persons = words(ages, "persons")
        self.persons_of_age = self.persons - words(ages, "parents")
        self.deaths = words(ages, "deaths")
        self.limits = words(ages, "bounds") | trends.levels | bound_words.spanning
        self.both_words = words(ages, "both")
        self.units = words(ages, "units")
        self.marks = words(ages, "marks")
        self.behind = words(ages, "behind")
        self.ago = words(ages, "ago")
        self.reached = phrases(ages, "reached", backwards=True)
        self.phrases = phrases(ages, "of", backwards=True)
        self.unit: str = ages.get("unit", "year")

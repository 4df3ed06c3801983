"""The part of a lexicon that ``figures`` reads: bounds, ranges, change, rates, nouns, ages."""

from __future__ import annotations

from tallybook.reading.lexicon.grammar_words import GrammarWords
from tallybook.reading.lexicon.number_words import NumberWords
from tallybook.reading.lexicon.phrases import Phrases
from tallybook.reading.lexicon.sections import (
    Section,
    declined,
    direction_phrases,
    floats,
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
        # words before a number without one of which no bound precedes it
        self.before_number = (self.skipped | self.quotes | HYPHENS | {","}).union(self.before.heads)
        spanning = section(data, "spanning")
        self.after_quantifiers = words(section(data, "after_not_before"))
        self.also_prepositions = words(section(data, "after_not_before"), "prepositions")
        marks = section(data, "marks")
        self.marks = words(marks)
        self.frames = words(marks, "frames")
        self.names = words(marks, "names")
        self.lacking = words(marks, "lacking")
        self.deadlines = words(marks, "deadlines")
        # where these are listed, a deadline needs one of them in its sentence
        self.obligations = words(marks, "obligations")
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
        self.before_distance = words(spanning, "before_distance")
        self.particles = self.spanning | self.under_words
        # words without one of which no bound follows
        self.after_heads = HYPHENS.union(self.after.heads)
        near = section(data, "near")
        self._near = tuple(f"{phrase} " for phrase in sorted(words(near, "bounds") | words(near, "sides")))

    def say_near(self, figure: str) -> bool:
        """Whether the words of a figure begin with a modifier that says how near it is: "just over"."""
        return " ".join(figure.casefold().split()).startswith(self._near)


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
        self.direct_heads = frozenset("±+").union(self.margins.heads)
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
        self.floors = words(between, "floors")  # alone, and before a measure: "від 14 років"
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
        self.contested = words(trend, "contested")
        self.contested_verbs = words(trend, "contested_verbs")
        self.added_to = words(trend, "added_to")
        self.from_verbs = words(trend, "from_verbs")
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
        self.level_verbs = words(trend, "level_verbs")
        # prefixes that a verb leaves at the end of its clause: "nahm um 140 ab"
        self.particles = dict(direction_phrases(trend, "_particles"))
        self.particle_verbs = words(trend, "particle_verbs")
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
        # words before a number without one of which, or a sign, nothing tells of a change there
        self.leads = self.heads | self.extra
        # words before and behind a figure without one of which it leans to no direction
        self.leaning_before = grammar.of_words.union(self.words_of_units.heads, self.made)
        self.leaning_behind = self.passive.union(self.leaning)
        # first words of a noun that may make its number a change
        self.noun_heads = frozenset([*self.nouns.heads, *self.more])
        # words behind a number, or a first word of its noun, without one of which no change follows
        self.behind_heads = (self.passive | self.adverbs | {"("}).union(
            self.adverbs_behind, self.more, self.comparatives, self.against, self.nouns.heads
        )
        if self.from_verbs:
            self.behind_heads |= grammar.from_words


class Ellipsis:
    """Words around what a clause leaves out, and which the one before it has said."""

    def __init__(self, data: Section) -> None:
        ellipsis = section(data, "ellipsis")
        self.comparisons = phrases(ellipsis, "comparisons", backwards=True)
        self.skipped = words(ellipsis, "skipped")
        self.conjunctions = words(ellipsis, "conjunctions")
        self.not_subjects = words(ellipsis, "not_subjects")
        # behind or before a bare number that counts what the last figure does: "600 davon"
        self.behind = words(ellipsis, "behind")
        self.before = words(ellipsis, "before")
        self.verbs = words(ellipsis, "verbs")
        self.instead = words(ellipsis, "instead")
        self.repeated = words(ellipsis, "repeated")
        self.number_ending: str = ellipsis.get("number_ending", "")
        self.part_behind = phrases(ellipsis, "part_behind")
        self.part_before = phrases(ellipsis, "part_before", backwards=True)
        self.those = words(ellipsis, "those")
        self.not_behind_those = words(ellipsis, "not_behind_those")
        self.distances = words(ellipsis, "distances")
        self.ordinal_leads = words(ellipsis, "ordinal_leads")
        self.whole_ends = words(ellipsis, "whole_ends")
        self.of_whole = words(ellipsis, "of_whole")
        self.others = words(ellipsis, "others")
        self.other_leads = words(ellipsis, "other_leads")
        self.boundaries = words(ellipsis, "boundaries") | self.conjunctions
        self.possible = words(ellipsis, "possible")
        self.opposed = words(ellipsis, "opposed")
        self.totals = words(ellipsis, "totals")
        self.total_links = words(ellipsis, "total_links")
        self.references = words(ellipsis, "references")
        self.comparing = words(ellipsis, "comparing")
        self.same_leads = words(ellipsis, "same_leads")
        self.same_tails = words(ellipsis, "same_tails")
        self.own_with_particles = words(ellipsis, "own_with_particles")
        self.owning = words(ellipsis, "owning")
        self.wanting = words(ellipsis, "wanting")
        self.particles = words(ellipsis, "particles")
        self.maybe = words(ellipsis, "maybe")
        self.finite = words(ellipsis, "finite")
        self.verb_endings: tuple[str, ...] = tuple(ellipsis.get("verb_endings", ()))
        self.not_verbs = words(ellipsis, "not_verbs")
        self.verbal = words(ellipsis, "verbal")
        self.adverbs = words(ellipsis, "adverbs")
        self.own_measures = words(ellipsis, "own_measures")
        self.level_verbs = words(ellipsis, "level_verbs")
        self.change_links = words(ellipsis, "change_links")
        self.numbers = words(ellipsis, "numbers")
        self.of_persons = words(ellipsis, "of_persons")
        self.persons = words(ellipsis, "persons")
        self.person_endings: tuple[str, ...] = tuple(ellipsis.get("person_endings", ()))
        self.events = words(ellipsis, "events")
        self.not_persons = words(ellipsis, "not_persons")
        self.objects = words(ellipsis, "objects")
        self.prices = words(ellipsis, "prices")
        self.sums = words(ellipsis, "sums")
        self.zones = words(ellipsis, "zones")
        self.rates = words(ellipsis, "rates")
        self.whom = words(ellipsis, "whom")
        self.sample_signs = words(ellipsis, "sample_signs")
        self.place_leads = words(ellipsis, "place_leads")


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
        self.share_verbs = words(per, "share_verbs")
        self.adverbs_apart = bool(per.get("adverbs_apart", False))
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
        self.ratio_heads = HYPHENS.union(self.ratio_joins.heads)
        each = section(data, "each_ordinal")
        self.each_words = words(each, "each")
        self.part_nouns = words(each, "parts")
        # "jeder dritte": a third of them; "п'ята частина"
        self.each_ordinals = {
            stem + ending: value
            for stem, value in floats(each, "stems").items()
            for ending in each.get("endings", ())
        }
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
        listed = {word: name for name, found in section(data, "nouns").items() for word in found}
        self.names = declined(listed, section(data, "declension"))
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
        self.class_heads = frozenset(self.classes.heads).union(
            self.sure_bounds.heads, self.class_bounds.heads
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
        self.bracketed = bool(ages.get("bracketed", False))
        self.unit: str = ages.get("unit", "year")

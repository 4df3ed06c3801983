"""The part of a lexicon that ``asides`` reads: dates, names, labels, calibres, idioms."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.reading.lexicon.number_words import NumberWords, Ordinals
from tallybook.reading.lexicon.phrases import Phrases
from tallybook.reading.lexicon.sections import Section, declined, floats, phrases, section, words
from tallybook.reading.text.tokens import cut


class Dates:
    """Months, years, decades and clock times."""

    def __init__(self, data: Section) -> None:
        dates = section(data, "dates")
        self.months = words(dates, "months")
        self.months_also_words = words(dates, "months_also_words")
        self.small_months = bool(dates.get("small_months", False))
        self.seasons = words(dates, "seasons")
        self.leads = words(dates, "parts")
        self.kept_leads = words(dates, "kept_parts")
        self.year_leads = words(dates, "before_year")
        self.weekdays = words(dates, "weekdays")
        self.time_zones = words(dates, "zones")
        self.decade_endings = words(dates, "decade_endings")
        self.before_seconds = words(dates, "before_seconds")
        self.year_names = words(dates, "year_names")
        self.day_leads = words(dates, "before_small_month")
        self.far_leads = words(dates, "before_far_year")
        self.bound_leads = words(dates, "before_bound")
        self.time_bounds = words(dates, "time_bounds")
        self.dated = words(dates, "dated")
        self.eras = words(dates, "eras")
        self.day_first = bool(dates.get("day_first", False))
        self.clock = phrases(dates, "clock")
        self.hours = phrases(dates, "hours")
        self.before_hour = words(dates, "before_hour")
        self.clock_fractions = words(dates, "clock_fractions")
        self.past_hour = words(dates, "past_hour")
        # before a number that looks like a year these say that it counts
        self.amounts = phrases(section(data, "amounts"), backwards=True)


class Names:
    """Words next to a number that is part of a name, an address or a page."""

    def __init__(self, data: Section) -> None:
        labels, after_name = section(data, "labels"), section(data, "after_name")
        listed = {w: kind for kind in ("page", "name") for w in labels.get(kind, ())}
        self.labels: dict[str, str] = declined(
            listed, section(data, "declension") if labels.get("declined") else {}
        )
        self.weak_labels = words(labels, "weak")
        self.lettered = words(labels, "lettered")
        self.landmarks = words(labels, "landmarks")
        self.numbering = words(labels, "numbering")
        self.givers = words(labels, "givers")
        self.capital_labels = words(labels, "capital")
        self.mentioning = words(labels, "mentioning")
        self.showing = words(labels, "showing")
        named = [*self.labels.items(), *((w, "name") for w in self.weak_labels | self.lettered)]
        self.plural_labels = {f"{w}s": kind for w, kind in named if len(w) > 2 and w.isalpha()}
        self.codes = phrases(after_name, "codes")
        self.screens = words(after_name, "screens")
        self.apart = phrases(after_name, "apart")
        self.address_leads = words(after_name, "at")
        self.addresses = words(after_name, "address")
        self.street_endings: tuple[str, ...] = tuple(after_name.get("street_endings", ()))
        self.streets = words(after_name, "streets")
        self.numbered_units = words(after_name, "unit")
        self.groups = words(after_name, "group")
        self.prefixes = words(section(data, "leads"))
        self.furniture = words(section(data, "furniture"))


class Calibres:
    """Words that make a measure the calibre of a weapon."""

    def __init__(self, data: Section) -> None:
        calibre = section(data, "calibre")
        self.names = words(calibre, "names")
        self.units = words(calibre, "units")
        # last words of a measure that may be a calibre
        self.sizes = self.names | self.units
        self.weapons = words(calibre, "weapons")
        self.measures = words(calibre, "measures")
        self.links = words(calibre, "links")
        self.gauged = words(calibre, "gauged")


class Idioms:
    """Number words that count nothing, and the words between runs and wickets."""

    def __init__(
        self, data: Section, numbers: NumberWords, ordinals: Ordinals, no_words: frozenset[str]
    ) -> None:
        self.once = words(section(data, "idioms"), "once")
        self.as_words = words(section(data, "idioms"), "as")
        self.degrees = words(section(data, "idioms"), "degrees")
        self.compared = words(section(data, "idioms"), "compared")
        self.amounts = words(section(data, "idioms"), "amounts")
        self.once_verbs = words(section(data, "idioms"), "once_verbs")
        self.times = floats(section(data, "idioms"), "times")
        self.factors = bool(section(data, "idioms").get("factors", False))
        self.some_day = words(section(data, "idioms"), "some_day")
        self.length_leads = words(section(data, "idioms"), "length_leads")
        self.length_tails = words(section(data, "idioms"), "length_tails")
        self.one = words(section(data, "pronoun"), "one")
        self.score_joins = words(section(data, "scores"), "joins")
        known = (ordinals.words | self.once | no_words).union(
            numbers.small_table, numbers.magnitudes, numbers.fractions
        )

        def number_in(found: Sequence[str]) -> int:
            """The index of the first number of a phrase, at which an idiom is looked up."""
            return next((i for i, word in enumerate(found) if word in known or word.isdecimal()), 0)

        idioms = section(data, "idioms").get("phrases", ())
        self.phrases: Phrases[int] = Phrases(((p, number_in(cut(p))) for p in idioms), anchor=number_in)
        # words without one of which no idiom is there
        self.heads = frozenset(self.phrases.heads) | (self.one if self.some_day else frozenset())

"""The small words of a language by their part in the grammar. All sub-rooms read them."""

from __future__ import annotations

from tallybook.reading.lexicon.sections import Section, section, words


class GrammarWords:
    """Conjunctions, prepositions, determiners, and the words that end a phrase or a sentence."""

    def __init__(self, data: Section) -> None:
        inside = section(section(data, "numbers"), "words")
        self.and_words = words(inside, "and")
        self.articles = words(inside, "a")
        self.of_words = words(inside, "of")
        small = section(data, "words")
        self.to_words = words(small, "to")
        self.by_words = words(small, "by")
        self.or_words = words(small, "or")
        self.from_words = words(small, "from")
        self.between_words = words(small, "between")
        self.the_words = words(small, "the")
        self.determiners = words(small, "determiners")
        self.possessives = words(small, "possessives")
        self.pronouns = words(small, "pronouns")
        self.pointing = words(small, "pointing")
        # words before a number that may make it an attribute: "the 30-day rule"
        self.leading = self.possessives | self.pointing | self.articles
        self.conjunctions = words(small, "conjunctions")
        self.subjects = words(small, "subjects")
        self.prepositions = words(small, "prepositions")
        self.member_leads = words(small, "members")
        self.for_words = words(small, "for")
        self.just_words = words(small, "just")
        self.places = words(small, "places")
        self.such_words = words(small, "such")
        self.in_words = words(small, "in")
        self.distributive = words(small, "distributive")
        self.suffixes = words(small, "suffixes")
        self.list_words = self.and_words | self.or_words | self.to_words | {","}
        self.and_or = self.and_words | self.or_words
        self.joints = self.and_or | {","} | words(small, "even")
        self.stop = words(section(data, "stop")) | words(section(data, "stop"), "more")
        self.inside = words(section(data, "stop"), "inside")
        self.attributes = words(section(data, "stop"), "attributes")
        self.adjectives = words(section(data, "stop"), "adjectives")
        self.initials = words(section(data, "stop"), "initials")
        self.abbreviations = words(section(data, "abbreviations"))
        if "." in words(section(data, "ordinals"), "suffixes"):  # "am 2. Oktober": no sentence ends here
            self.abbreviations |= {str(number) for number in range(1, 100)}

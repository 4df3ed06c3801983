"""What may be the noun of a bare number: people or things, what is counted or only says where."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures.nouns import plural_at
from tallybook.reading.figures.parsed_figure import ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.tokens import Tokens

# What is done to things is of the order of their number: "built 12 ships and sold 300" counts something else.
_ALIKE = 50


def tells_persons(tokens: Tokens, item: ParsedFigure, lang: Language) -> bool:
    """True if only people can be meant: "| 300 | were injured", "arrested | 12 |", "employs | 40 |"."""
    fates, lower = lang.ellipsis.of_persons, tokens.lower
    if not fates:
        return False
    if lower[item.start - 1] in fates or (
        lower[item.start - 1] in lang.ellipsis.particles and lower[item.start - 2] in fates
    ):
        return True
    return any(lower[k] in fates for k in range(item.end, item.end + 4))


def is_person(unit: str | None, lang: Language) -> bool:
    """True of a noun for people: "soldier", "woman", "passenger"; of a thing never ("trailer")."""
    if unit is None:
        return False
    words = lang.ellipsis
    if unit in words.persons or unit in lang.ages.persons or unit in lang.nouns.peoples:
        return True
    if unit in words.not_persons or f"{unit}s" in lang.ages.not_people:
        return False
    plural = f"{unit}s"
    endings = lang.ages.people_endings + words.person_endings
    return plural.endswith(endings) or unit.endswith("man") or plural in lang.ages.groups


def stands_apart(tokens: Tokens, last: ParsedFigure, lang: Language) -> bool:
    """True of what is said by the way: "lost 12 vehicles, including | four tanks |, and captured nine"."""
    return lang.ellipsis.part_before.match(tokens.lower, last.start - 1) is not None


def stands_in_place(tokens: Tokens, last: ParsedFigure, lang: Language) -> bool:
    """True of what only says where: "in | 12 villages |, 300 were vaccinated"."""
    k = last.start - 1
    if tokens.lower[k] in lang.grammar.the_words or tokens.lower[k] in lang.grammar.possessives:
        k -= 1
    return tokens.lower[k] in lang.ellipsis.place_leads


def is_measure(tokens: Tokens, last: ParsedFigure, lang: Language) -> bool:
    """True of a figure in a unit of the lexicon or in money."""
    return last.noun is None or unit_at(tokens, last.noun[0], lang) is not None


def is_attribute(tokens: Tokens, k: int, lang: Language) -> bool:
    """True of the noun before another: "| passenger | numbers"; not "record numbers", "the numbers"."""
    word = tokens.lower[k]
    if k < 0 or not word.isalpha() or word in lang.grammar.stop or word in lang.grammar.adjectives:
        return False
    if (
        word in lang.ellipsis.references
        or word in lang.numbers.words
        or lang.nouns.singular(word) is not None
    ):
        return False
    return not word.endswith(lang.nouns.other_endings)


def subject_noun(tokens: Tokens, lang: Language) -> str | None:
    """ "| Economists | were split, with 18 of the 41 for a cut": the plural that begins the sentence."""
    k = int(tokens.lower[0] in lang.grammar.the_words)
    word = tokens.lower[k]
    if word in lang.grammar.stop or word in lang.nouns.invariant or lang.nouns.names:
        return None
    return plural_at(tokens, k, lang)


def is_fate(tokens: Tokens, last: ParsedFigure | Aside, item: ParsedFigure, lang: Language) -> bool:
    """True of the state of people whom the figure before counts: "18 people were killed and | 40 injured"."""
    if isinstance(last, Aside) or last.noun is None or tokens.lower[last.noun[1] - 1] in lang.nouns.states:
        return False
    lead = tokens.lower[item.start - 1]
    joined = lead == "," or lead == ";" or lead in lang.grammar.and_words
    return joined and is_person(last.unit, lang) and item.noun is not None and item.noun[0] < item.end


def is_too_many(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> bool:
    """True of more than there are: "has 12 classrooms and teaches | 400", "won four Oscars and grossed | 300
    million"."""
    lower, words = tokens.lower, lang.ellipsis
    if item.low > _ALIKE * last.high and lower[item.start - 1] not in words.of_persons:
        return True
    if item.low <= last.high or lower[item.start - 1] in words.wanting:
        return False
    k = last.start - 1
    k -= lower[k] in lang.grammar.possessives
    return lower[k] in words.owning

"""Where a number stands beside another of its kind: in a list, in the same construction, said again."""

from __future__ import annotations

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures import elided_kinds as kinds
from tallybook.reading.figures.elided_places import ENDS, MARKS, closes, is_verb, joins
from tallybook.reading.figures.parsed_figure import ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Modifier

# How far behind the first of two figures its preposition stands: "seven hours of sleep for adults".
_LONGEST_TAIL = 6


def is_joined(tokens: Tokens, item: ParsedFigure, lang: Language) -> bool:
    """ "22 lay in sand and | 42 | in silt": directly behind a comma or conjunction."""
    k = item.start - 1
    k -= tokens.lower[k] in lang.grammar.just_words
    opened = tokens.lower[k] == "(" and tokens.lower[item.end] in lang.ellipsis.same_tails
    return opened or tokens.lower[k] == "," or tokens.lower[k] in lang.grammar.and_or


def is_parallel(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> bool:
    """True if the same words stand around both: "those with 250 employees, those with | 50", "12 at night
    and | 5 | during the day", "slept six hours, who slept | seven"."""
    lower, words = tokens.lower, lang.ellipsis
    lead, behind = lower[item.start - 1], lower[item.end]
    before, follows = lower[last.start - 1], lower[last.end]
    if lead == before and (lead in words.same_leads or is_verb(lead, lang)) and closes(behind, lang):
        return True
    if (
        lead == before
        and lead in lang.ages.at_words
        and closes(behind, lang)
        and kinds.is_measure(tokens, last, lang)
    ):
        return True  # "melts at 340 °C and boils at | 1,100"
    if (
        lead in words.those
        and lower[item.start] in lang.bounds.before_first
        and kinds.is_measure(tokens, last, lang)
    ):
        return True  # "cars under 3.5 tonnes; those over 3.5"
    if not joins(lead, lang):
        return False
    if behind == follows and behind in lang.grammar.prepositions:
        return True  # "five players to injury and two to suspension"
    if behind in words.same_tails and follows not in words.same_tails:
        # "12 metres wide at the top and 7 at the base", "31 percent of the vote in 2019 and 27 in 2023"
        return behind in lower[last.end : min(last.end + _LONGEST_TAIL, item.start)]
    return behind in words.same_tails


def is_apposed(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> bool:
    """ "40 sorties, | 12 | at night", "60 shops, | 14 | in Wales"; "arsenic in | nine |"."""
    lower = tokens.lower
    if lower[item.start - 1] == "," and last.end == item.start - 1:
        return lower[item.end] in lang.ellipsis.same_tails
    return lower[item.start - 1] in lang.grammar.in_words and lower[item.end] in ENDS


def is_alternative(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> bool:
    """ "a fine of 200 euros may be imposed, or | 500 | for a second offence"."""
    if tokens.lower[item.start - 1] not in lang.grammar.or_words or last.unit == "percent":
        return False
    return tokens.lower[item.end] in lang.ellipsis.same_tails


def is_by_again(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> bool:
    """ "fell by 4 points in the south and by | 1 | in the north"."""
    lower, k = tokens.lower, item.start - 1
    k -= lower[k] in lang.grammar.just_words
    again = lower[k] in lang.grammar.by_words and lower[last.start - 1] in lang.grammar.by_words
    return again and joins(lower[k - 1], lang) and last.trend is not None


def is_pair(tokens: Tokens, part: ParsedFigure, whole: ParsedFigure | Aside, lang: Language) -> bool:
    """ "| 12 of the 88 | on placebo": ``whole`` follows the "of" behind ``part``."""
    if tokens.lower[part.end] not in lang.grammar.of_words:
        return False
    determined = tokens.lower[part.end + 1] in lang.grammar.possessives
    return whole.start == part.end + 1 + determined


def is_of_kind(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> bool:
    """ "40 crates of apples, | 15 | of pears": "of" before a bare plural says of what, and is no share."""
    lower, k = tokens.lower, item.end
    if lower[k] not in lang.grammar.of_words or lower[last.end] not in lang.grammar.of_words:
        return False
    bare = item.noun is not None and item.noun[0] == k + 1 and not tokens.is_digits(k + 1)
    lead = lower[item.start - 1]
    return bare and (lead == "," or lead in lang.grammar.and_or)


def is_restated(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> bool:
    """ "300 people, | 280 tops |, still speak it", "hundreds of jellyfish, | thousands | maybe"."""
    lower = tokens.lower
    if last.end != item.start - 1 or lower[last.end] not in MARKS:
        return False
    k = item.end
    told = item.modifier not in (Modifier.EXACT, Modifier.RANGE)
    if lower[k] in lang.ellipsis.maybe:
        told, k = True, k + 1
    return told and lower[k] in ENDS

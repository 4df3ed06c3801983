"""Where a number may stand without its noun: as a part, a subject, an object, one of a list, a level."""

from __future__ import annotations

from tallybook.reading.figures.parsed_figure import ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens

LEVEL, POSSIBLE, DIFFERENCE = "level", "possible", "difference"
MARKS = frozenset([",", ";", ":", "—", "–", "(", "…"])
ENDS = frozenset(["", ".", ",", ";", ":", ")", "?", "!", "—", "–", '"', "”", "’", "'"])
# How many words a verb may have behind its conjunction: "and then hopes to sell | four".
_LONGEST_VERB = 6
# How many words a subject may have whose verb is left out: "and the far south | seven".
_LONGEST_SUBJECT = 3
# How far before "to" the total stands: "bringing the total for the year to | 131".
_FAR = 6
_YOUNGEST, _OLDEST = 10, 130
_LONGEST_LINK = 4
# How many tokens the clause of the whole may have: "Of 88 miners underground when the roof gave way, | 79".
_LONGEST_WHOLE = 16


def is_verb(word: str, lang: Language) -> bool:
    """True of a finite verb or participle, by its form or by the lexicon."""
    words = lang.ellipsis
    if word in words.finite:
        return True
    return word.endswith(words.verb_endings) and word not in words.not_verbs


def is_of_whole(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> bool:
    """ "Of the 132 passengers, | 118 | ...", "of nine charges, he was convicted on | five |": ``last`` begins
    a clause with "of", and ``item`` stands behind its comma."""
    lower = tokens.lower
    k = last.start - 1
    if lower[k] in lang.grammar.the_words or lower[k] in lang.grammar.possessives:
        k -= 1
    if lower[k] not in lang.ellipsis.of_whole:
        return False
    if not (
        k == 0 or lower[k - 1] in MARKS or lower[k - 1] in lang.ellipsis.boundaries or lower[k - 1] in "\"'“‘"
    ):
        return False
    parted = item.start - last.end
    if parted > _LONGEST_WHOLE or (parted <= 0 and lang.ellipsis.whole_ends):
        return False
    lead = lower[item.start - 1]
    if not lang.ellipsis.whole_ends:  # "Von 132 Passagieren überlebten 118"
        return closes(lower[item.end], lang) or is_verb(lower[item.end], lang)
    if lead in lang.ellipsis.whole_ends:
        return True
    inside = "," in lower[last.end : item.start] and closes(lower[item.end], lang)
    return inside and lead not in lang.ellipsis.own_measures


def tells_others(tokens: Tokens, item: ParsedFigure, lang: Language) -> bool:
    """ "four | others", "200 | more |", "another 3,000", "the other two", "the 14 that voted"."""
    lower, words = tokens.lower, lang.ellipsis
    k = item.end
    if lower[k] in lang.grammar.of_words:
        k += 1
    behind = lower[k]
    if behind in words.others or (behind in lang.trends.more and k == item.end):
        return lower[k + 1] not in lang.trends.than and lower[k + 1] not in lang.trends.comparatives
    if lower[item.start - 1] in lang.grammar.the_words and lower[item.end] in lang.trends.relatives:
        return True  # "the 14 that voted yes"
    for j in range(max(item.start - 2, 0), item.end):
        if lower[j] in words.other_leads:
            return j >= item.start - 1 or lower[j + 1] in lang.bounds.skipped
    return False


def says_when(tokens: Tokens, last: ParsedFigure, lang: Language) -> bool:
    """True of a length of time behind a preposition: "in | six months |", "over the | two years |"."""
    if last.unit not in lang.bounds.durations:
        return False
    lead = tokens.lower[last.start - 1]
    if lead in lang.grammar.determiners:
        lead = tokens.lower[last.start - 2]
    return lead in lang.grammar.prepositions or lead in lang.bounds.spanning


def comparison(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> str | None:
    """How ``item`` is compared with ``last``, if it is: "| two | more than", "votes to | 204 |"."""
    lower, words = tokens.lower, lang.ellipsis
    lead, behind = lower[item.start - 1], lower[item.end]
    if lead in lang.trends.adverbs and lower[item.start - 2] == "," and item.trend is not None:
        return DIFFERENCE  # "310 restaurants, up | 40 | on last year"
    if (
        behind in words.distances
        and lower[item.end + 1] in lang.grammar.of_words
        and lead not in words.own_measures
    ):
        return POSSIBLE if lead == "," else DIFFERENCE  # "his 40 goals put him | six | ahead of her"
    than = behind in lang.trends.more and lower[item.end + 1] in lang.trends.than
    if than or behind in words.distances:
        return POSSIBLE if lead == "," else None
    if lead in lang.grammar.from_words and item.start - last.end <= 2 and closes(behind, lang):
        levelled = lower[last.start - 1] in lang.grammar.to_words or lower[last.end] == ","
        return POSSIBLE if levelled else None  # "climbed to 9 units from | 7 | a year earlier"
    if lead in lang.grammar.of_words:
        noun = lower[item.start - 2]
        if item.trend is not None and (
            noun in lang.trends.nouns.heads or lang.trends.nouns.match(lower, item.start - 1)
        ):
            return DIFFERENCE
        near = item.start - last.end <= 3
        return POSSIBLE if noun in lang.quantifiers.out_words and near else None
    if lead in lang.grammar.the_words and lower[item.start - 2] in lang.grammar.of_words:
        return POSSIBLE if lower[item.start - 3] in lang.quantifiers.out_words else None
    if lead in words.possible:
        return POSSIBLE
    near = lower[last.end] in lang.grammar.to_words and item.start - last.end <= _LONGEST_LINK
    near = near and (last.end == item.start - 1 or lead.endswith(lang.nouns.other_endings))
    if near and closes(lower[item.end], lang):  # "fell 9,000 to a seasonally adjusted | 218,000"
        if last.trend is not None:
            return LEVEL
        return DIFFERENCE if last.unit in words.opposed else None
    return None


def closes(word: str, lang: Language) -> bool:
    """True of a mark, or of a word that ends a noun phrase: the number before it has no noun of its own."""
    return word in ENDS or word in lang.grammar.stop or word in lang.ellipsis.boundaries


def tells_total(tokens: Tokens, item: ParsedFigure, lang: Language) -> bool:
    """ "bringing the total to | 131", "the tally now stands at | 40", "against an average of | 12"."""
    lower, words = tokens.lower, lang.ellipsis
    lead = lower[item.start - 1]
    if lead in words.total_links and any(
        lower[k] in words.totals for k in range(max(item.start - _FAR, 0), item.start - 1)
    ):
        return True
    return tells_reference(tokens, item, lang)


def _is_change(lower: list[str], k: int, lang: Language) -> bool:
    found = lang.trends.words.match(lower, k) or lang.trends.words_of_units.match(lower, k)
    return found is not None or lower[k] in lang.numbers.ratios


def tells_sample(tokens: Tokens, item: ParsedFigure, lang: Language) -> int | None:
    """ "healthy volunteers (n = | 48 |)": the token of the noun before the bracket."""
    k = item.start - 1
    if tokens.lower[k] != "=" or tokens.lower[k - 1] not in lang.ellipsis.sample_signs:
        return None
    return k - 3 if tokens.lower[k - 2] in ("(", "[") else None


def tells_reference(tokens: Tokens, item: ParsedFigure, lang: Language) -> bool:
    """ "compared with a 20-day average of | 12.1 billion", "twice the target of | 10"."""
    lower, words = tokens.lower, lang.ellipsis
    k = item.start - 1
    if lower[k] not in lang.grammar.of_words or lower[k - 1] not in words.references:
        return False
    for j in range(k - 2, max(k - 2 - _FAR, -1), -1):
        if lower[j] in words.comparing or words.comparisons.match(lower, j) is not None:
            return True
        inside = lower[j] in lang.grammar.inside or lower[j] in lang.grammar.determiners
        if lower[j] in lang.grammar.stop and not inside:
            return False
    return False


def is_subject(tokens: Tokens, item: ParsedFigure, lang: Language) -> bool:
    """True of a number that begins a clause, with its verb behind it: "; | 100,000 | are required"."""
    lower = tokens.lower
    k = item.end + (lower[item.end] in lang.ellipsis.adverbs)
    return lower[k][:1].isalpha() and is_verb(lower[k], lang) and begins(tokens, item.start, lang)


def begins(tokens: Tokens, k: int, lang: Language) -> bool:
    """True if a clause begins at token ``k``: behind a mark or a conjunction."""
    lead = tokens.lower[k - 1]
    if lead in lang.grammar.just_words:
        return True  # "in the other group only | 11 | did"
    if joins(lead, lang):
        return True
    return lang.ellipsis.part_before.match(tokens.lower, k - 1) is not None


def is_object(tokens: Tokens, item: ParsedFigure, lang: Language, *, own_subject: bool = False) -> bool:
    """True of the object of a verb that has the subject of the clause before: "and wounded | seven |"; or,
    if asked, a short subject of its own: "; volunteers refloated | 22 |"."""
    lower, words = tokens.lower, lang.ellipsis
    k = item.start - 1
    if not closes(lower[item.end], lang):
        return False
    if lower[k] in words.particles:
        k -= 1  # "threw away | 60 |", but "striking out eight"
        if lower[k] in words.own_with_particles:
            return False
    elif lower[k] in words.own_measures:
        return False
    if not is_verb(lower[k], lang) and not _is_active(tokens, k, lang):
        return False
    if lang.trends.words.match(lower, k) is not None:
        return False
    if lower[k] in lang.trends.perfect and lower[k - 1] == ",":
        return False  # "the firm, founded by two brothers, has 40 in Paris"
    return _has_subject(tokens, k, lang) if own_subject else _shares_subject(tokens, k, lang)


def _has_subject(tokens: Tokens, k: int, lang: Language) -> bool:
    """True if a short noun phrase stands between a conjunction or mark and the verb at ``k``."""
    lower, j = tokens.lower, k - 1
    while j > k - _LONGEST_SUBJECT and (lower[j] in lang.trends.passive or lower[j] in lang.ellipsis.adverbs):
        j -= 1
    end = j
    while j > end - _LONGEST_SUBJECT and lower[j].isalpha() and not joins(lower[j], lang):
        if _is_no_subject(tokens, j, lang) and lower[j] not in lang.grammar.determiners:
            return False
        j -= 1
    return j < end and joins(lower[j], lang)


def _is_active(tokens: Tokens, k: int, lang: Language) -> bool:
    """ "was | carrying", ", | wounding", "while | selling": a participle that has an object; no noun."""
    word, lead = tokens.lower[k], tokens.lower[k - 1]
    if not word.endswith(lang.nouns.active_endings) or word in lang.grammar.stop:
        return False
    led = lead in MARKS or lead in lang.grammar.and_words or lead in lang.ellipsis.boundaries
    return led or lead in lang.trends.be_words


def _shares_subject(tokens: Tokens, k: int, lang: Language) -> bool:
    """True if nothing but verbs, pronouns and adverbs stands between a conjunction and token ``k``."""
    lower, words = tokens.lower, lang.ellipsis
    for j in range(k, max(k - _LONGEST_VERB, -1), -1):
        word = lower[j]
        if joins(word, lang):
            return True
        if (
            word in words.verbal
            or word in words.adverbs
            or is_verb(word, lang)
            or _is_active(tokens, j, lang)
        ):
            continue
        return False
    return False


def is_gap(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> bool:
    """True if but a short subject parts ``item`` from the clause of ``last``: "and Bruges only | one |",
    "and his wife to | six |"."""
    lower, k = tokens.lower, item.start - 1
    if not closes(lower[item.end], lang) or item.start <= last.end:
        return False
    k -= lower[k] in lang.grammar.just_words
    k -= lower[k] == lower[last.start - 1] and lower[k] in lang.grammar.to_words
    end, first = k, max(k - _LONGEST_SUBJECT, last.end - 1)
    while k > first and lower[k].isalpha() and not joins(lower[k], lang):
        k -= 1
    if not joins(lower[k], lang) or lower[k] == "(" or k == end or k < last.end:
        return False
    first = k + 1
    named = tokens.words[first][:1].isupper() and lower[first] not in lang.grammar.stop
    led = lower[first] in lang.grammar.possessives or lower[first] in lang.grammar.articles
    if not named and not (led and end > first):
        return False
    return not any(_is_no_subject(tokens, j, lang) for j in range(first + (not named), end + 1))


def joins(word: str, lang: Language) -> bool:
    """True of a mark or conjunction behind which a clause may begin."""
    return word in MARKS or word in lang.grammar.and_or or word in lang.ellipsis.boundaries


def _is_no_subject(tokens: Tokens, k: int, lang: Language) -> bool:
    word = tokens.lower[k]
    if word in lang.ellipsis.totals or word in lang.dates.months:
        return True
    if tokens.words[k] != word:
        return False  # "the Left | two"
    return word in lang.grammar.stop or (is_verb(word, lang) or word.endswith(lang.nouns.other_endings))


def is_changed(tokens: Tokens, item: ParsedFigure, lang: Language, *, anywhere: bool = False) -> bool:
    """True behind a verb of change, whose subject is that of the clause before unless ``anywhere``: "but sank
    below | 300", "then plunged by | 22"."""
    lower, words = tokens.lower, lang.ellipsis
    if not closes(lower[item.end], lang):
        return False
    for k in range(item.start, max(item.start - _LONGEST_LINK, -1), -1):
        word = lower[k]
        if k < item.start and (_is_change(lower, k, lang) or word in words.level_verbs):
            return anywhere or _shares_subject(tokens, k - 1, lang)
        if k < item.start and word in words.objects:
            anywhere = True  # "prefer to keep it under | 11 million"
        elif k < item.start and word not in words.change_links and word not in lang.bounds.before_first:
            return False
    return False


def is_age_limit(tokens: Tokens, item: ParsedFigure, lang: Language) -> bool:
    """ "were under | 20 |", "are past | 60 |": a limit of age, if people are meant."""
    k = item.start
    bounded = tokens.lower[k] in lang.ages.limits or tokens.lower[k - 1] in lang.ages.limits
    k -= tokens.lower[k] not in lang.ages.limits
    if not bounded or not _YOUNGEST <= item.low < _OLDEST:
        return False
    lead = tokens.lower[k - 1]
    said = lead in lang.ages.be_words or lead in lang.grammar.pronouns  # "all of them over 80"
    return said and closes(tokens.lower[item.end], lang)


def is_grown(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> bool:
    """ "90 bison | has grown to | 140": but a verb of change and "to" between."""
    lower, k = tokens.lower, item.start - 1
    if lower[k] not in lang.grammar.to_words or not last.end < k <= last.end + _LONGEST_LINK:
        return False
    if not _is_change(lower, k - 1, lang) or not closes(lower[item.end], lang):
        return False
    return all(
        lower[j] in lang.trends.passive or lower[j] in lang.ellipsis.adverbs for j in range(last.end, k - 1)
    )


def is_predicate(tokens: Tokens, item: ParsedFigure, lang: Language) -> bool:
    """ "eight are private and | four religious |": a word that is no plural, at the end of its clause."""
    if item.noun is None or item.low == 1 or item.noun[1] - item.noun[0] != 1 or lang.nouns.names:
        return False
    first = item.noun[0]
    lead = tokens.lower[item.start - 1]
    joined = lead == "," or lead in lang.grammar.and_words
    hung = tokens.lower[first - 1] in HYPHENS or tokens.lower[item.noun[1]] not in ENDS
    return joined and not hung and lang.nouns.singular(tokens.lower[first]) is None

"""What a bare number counts, if the sentence has said it: "killed three soldiers and wounded seven"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures import elided_kinds as kinds
from tallybook.reading.figures import elided_lists as lists
from tallybook.reading.figures import elided_places as places
from tallybook.reading.figures import elided_units as units
from tallybook.reading.figures.elided_sentence import (
    MOST_BACK,
    Sentence,
    antecedent,
    counts,
    is_one_of_two,
    is_whole_or_measured,
    last_figure,
)
from tallybook.reading.figures.nouns import counted_at, plural_at
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Form

# How far behind "number of" the verb of change and its number may stand.
_LONGEST_SUBJECT = 14
# How many figures back the same verb is looked for.
_MOST_VERBS = 3
_NUMBER = Form.NUMBER

# A rule gives the unit of the bare number; "" if it has none for sure; None if another rule may tell.
_Rule = Callable[[Sentence, int, ParsedFigure], str | None]


def give_elided_nouns(tokens: Tokens, found: Sequence[ParsedFigure | Aside], lang: Language) -> None:
    """Gives the bare numbers of a sentence the noun, or the unit, that an earlier figure says."""
    sentence, lower, words = None, tokens.lower, lang.ellipsis
    for at, item in enumerate(found):
        if isinstance(item, Aside):
            continue
        if item.unit is not None:  # most figures: a few questions and no call
            if at == 0 or item.noun is None:
                continue
            chained = sentence is not None and at - 1 in sentence.given
            word = lower[item.noun[0]]
            verb = word in words.finite or word.endswith(words.verb_endings) or word in lang.nouns.states
            if not (verb or chained or item.of is not None):
                continue
            if not _looks_counted(tokens, found[at - 1], item, chained, lang):
                continue
        if item.form is not _NUMBER and item.form is not Form.ALL:
            continue
        sentence = sentence or Sentence(tokens, found, lang)
        unit = _unit_of(sentence, at, item)
        if unit:
            sentence.give(at, item, unit)


def _looks_counted(
    tokens: Tokens, last: ParsedFigure | Aside, item: ParsedFigure, chained: bool, lang: Language
) -> bool:
    """Takes from a figure what is no noun phrase of its own: the "contained traces" of "Of 90 samples, 57
    contained traces", the "stand" of "3,000 flats, but 400 stand empty", the "pears" of "40 crates of apples,
    15 of pears", the "religious" of "eight are private and four religious"; True if it did."""
    noun = item.noun
    if noun is None or item.form is not _NUMBER:
        return False
    first = noun[0]
    if item.of is not None and first > item.end:
        hidden = not isinstance(last, Aside) and lists.is_of_kind(tokens, last, item, lang)
        first = item.end
    elif tokens.lower[first] in lang.nouns.states and noun[1] - first == 1:
        hidden = kinds.is_fate(tokens, last, item, lang)
        first = item.end  # "18 people were killed and 40 injured"
    else:
        hidden = _hides_a_verb(tokens, last, item, lang) or (
            chained and places.is_predicate(tokens, item, lang)
        )
    if hidden:
        item.unit, item.noun = None, None
        if first != item.end:
            item.end, item.of = first, None
    return hidden


def _hides_a_verb(tokens: Tokens, last: ParsedFigure | Aside, item: ParsedFigure, lang: Language) -> bool:
    """True of "57 contained traces" where a whole went before, and of "but 400 stand empty"."""
    if item.noun is None:
        return False
    first, end = item.noun
    word = tokens.lower[first]
    if (
        tokens.lower[first - 1] in HYPHENS
        or tokens.lower[first + 1] in HYPHENS
        or not places.is_verb(word, lang)
    ):
        return False
    if end - first == 1:
        singular = lang.nouns.singular(word) is None and item.low != 1
        return singular and places.begins(tokens, item.start, lang)
    return not isinstance(last, Aside) and places.is_of_whole(tokens, last, item, lang)


def _unit_of(sentence: Sentence, at: int, item: ParsedFigure) -> str | None:
    for rule in _RULES:
        unit = rule(sentence, at, item)
        if unit is not None:
            return unit
    return None


def _part(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "46 skeletons, | 19 | of them from children", "of which | 38 |", "all but | 5 |"."""
    words, lower = s.lang.ellipsis, s.tokens.lower
    if item.form is Form.ALL:  # "14 fires, | none of them | fatal"
        last = antecedent(s, at, item) if words.part_behind.match(lower, item.end - 2) else None
        return "" if last is None else last.unit
    behind = lower[item.end] in words.part_behind.heads and words.part_behind.match(lower, item.end)
    before = lower[item.start - 1] in words.part_before.heads and words.part_before.match(
        lower, item.start - 1
    )
    those = behind and lower[item.end + 1] in words.those
    if behind and those and lower[item.end + behind[0]] in words.not_behind_those:
        return None  # "38 of those who did"
    if not behind and not before:
        return None
    noun = _noun_before(s, at, item.start - (before[0] if before else 0))
    if noun is not None:
        return noun
    named = _named_behind(s, item.end + behind[0]) if behind else None
    if named is not None:
        return named
    whom = lower[item.end + 1] if behind else lower[item.start - 1]
    last = antecedent(s, at, item, part=True, person=whom in words.whom)
    near = last_figure(s, at)[1]
    apposed = lower[item.start - 1] == "," and near is not None and near.end == item.start - 1
    led = apposed or (before and not behind) or lower[item.start - 1] in words.ordinal_leads
    if last is None and led:
        last = antecedent(s, at, item, part=True, measured=True)  # "27 months, the last four of them"
    if last is None and behind and not any(counts(s, j) for j in range(max(at - MOST_BACK, 0), at)):
        return kinds.subject_noun(s.tokens, s.lang) or ""
    return "" if last is None else last.unit


def _named_behind(s: Sentence, k: int) -> str | None:
    """ "14 deaths, three of them | children": what they are, where a plural at ``k`` alone says it."""
    tokens, prefix = s.tokens, ""
    if tokens.lower[k + 1] in HYPHENS and tokens.glued[k + 1] and tokens.glued[k + 2]:
        prefix, k = f"{tokens.lower[k]}-", k + 2  # "300,000 of them e-books"
    name, following = plural_at(tokens, k, s.lang), tokens.lower[k + 1]
    alone = not following[:1].isalpha() or following in s.lang.grammar.stop
    verb = places.is_verb(tokens.lower[k], s.lang) or tokens.lower[k] in s.lang.grammar.stop
    return f"{prefix}{name}" if name is not None and alone and not verb else None


def _noun_before(s: Sentence, at: int, k: int) -> str | None:
    """The plural before the comma in "agreements | , | two of which"; not that of a figure."""
    if s.tokens.lower[k - 1] != "," or not s.tokens.lower[k - 2].isalpha():
        return None
    if s.tokens.lower[k - 2] in s.lang.grammar.stop:
        return None
    figures = [one for one in s.found[max(at - MOST_BACK, 0) : at] if isinstance(one, ParsedFigure)]
    mine = any(one.noun is not None and one.noun[1] == k - 1 for one in figures)
    return None if mine else plural_at(s.tokens, k - 2, s.lang)


def _of_whole(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "Of the 132 passengers who boarded, | 118 | survived"."""
    j, last = last_figure(s, at)
    if last is None:
        return None
    if not places.is_of_whole(s.tokens, last, item, s.lang) or last.high < item.low:
        return None
    return last.unit if counts(s, j) else None


def _other(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "will merge | four | others", "the | other two | wrote", "| 200 | more marched"."""
    if not places.tells_others(s.tokens, item, s.lang):
        return None
    last = antecedent(s, at, item, person=kinds.tells_persons(s.tokens, item, s.lang))
    if last is not None and item.trend == s.lang.trends.more.get(s.tokens.lower[item.end]):
        item.trend = None  # "damaged 20 more": so many besides
    return None if last is None else last.unit


def _pair(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "40 of the 90 patients but only | 12 | of the 88 on placebo"."""
    whole = s.found[at + 1] if at + 1 < len(s.found) else None
    if not isinstance(whole, ParsedFigure) or whole.unit is not None or whole.low < item.low:
        return None
    if not lists.is_pair(s.tokens, item, whole, s.lang):
        return None
    last = antecedent(s, at, item)
    return kinds.subject_noun(s.tokens, s.lang) if last is None else last.unit


def _compared(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "six trains, | two | more than now", "312 votes to | 204 |", "an increase of | 126 |"."""
    j, last = last_figure(s, at)
    if last is None or last.unit is None:
        return None
    kind = places.comparison(s.tokens, last, item, s.lang)
    if kind is None:
        return None
    if places.says_when(s.tokens, last, s.lang):  # "3.4 million travellers in | six months |, 210,000 more"
        earlier = antecedent(s, at, item)
        if earlier is not None:
            return earlier.unit
    if kind == places.LEVEL:
        return last.unit if units.may_be_level(s, j, item) else None
    return last.unit if counts(s, j) or kind == places.POSSIBLE else None


def _total(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "17 cases, bringing the total to | 131 |"; "9 shares, against an average of | 12 |"."""
    if not at or not places.tells_total(s.tokens, item, s.lang):
        return None
    last = antecedent(s, at, item)
    if last is None and places.tells_reference(s.tokens, item, s.lang):
        last = antecedent(s, at, item, measured=True)
    return None if last is None else last.unit


def _parallel(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "45 decibels at night and | 55 | during the day", "12 trucks of flour, | 7 | of rice"."""
    j, last = last_figure(s, at)
    if last is None or last.unit in (None, FRACTION, s.lang.numbers.fold_unit):
        return None
    joined = lists.is_joined(s.tokens, item, s.lang)
    if item.per is not None and last.per != item.per:
        # "five trout per angler and | 20 per season |"
        return last.unit if joined and last.per is not None and counts(s, j) else None
    if lists.is_by_again(s.tokens, last, item, s.lang):
        item.trend = item.trend or last.trend
        return last.unit
    if lists.is_alternative(s.tokens, last, item, s.lang):
        return last.unit
    if j in s.given and (joined or lists.is_pair(s.tokens, last, item, s.lang)):
        return last.unit
    if not lists.is_parallel(s.tokens, last, item, s.lang) or not is_whole_or_measured(s, j, item):
        return None
    if joined and item.trend is None and s.tokens.lower[item.end] in s.lang.ellipsis.same_tails:
        item.trend = last.trend  # "lost 12 percent in May and | 4 | in June"
    return last.unit


def _subject(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "136,000 signatures; | 100,000 | are required", "300 people, but only | 40 | stayed"."""
    if not at or not places.is_subject(s.tokens, item, s.lang):
        return None
    last = antecedent(s, at, item, person=kinds.tells_persons(s.tokens, item, s.lang), in_place=False)
    return None if last is None or kinds.is_too_many(s.tokens, last, item, s.lang) else last.unit


def _object(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "killed three soldiers and wounded | seven", "built for 150 people, was carrying | 300 |"."""
    if not at or not places.is_object(s.tokens, item, s.lang):
        return None
    last = antecedent(s, at, item, person=kinds.tells_persons(s.tokens, item, s.lang), in_place=False)
    if last is None or (last.per is None and item.per is not None):
        return None
    if kinds.is_too_many(s.tokens, last, item, s.lang):
        return None
    if last.unit not in s.lang.trends.stocks:
        item.trend = None  # "won nine games and lost four"
    return last.unit


def _agent(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "60 whales beached; volunteers refloated | 22 |": no more than there are."""
    if not at or item.trend is not None or not places.is_object(s.tokens, item, s.lang, own_subject=True):
        return None
    person = kinds.tells_persons(s.tokens, item, s.lang)
    last = antecedent(s, at, item, part=True, person=person, in_place=False)
    return None if last is None or last.per != item.per else last.unit


def _grown(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "the herd of 90 bison has grown to | 140 |"."""
    j, last = last_figure(s, at)
    if last is None or not counts(s, j) or not places.is_grown(s.tokens, last, item, s.lang):
        return None
    return last.unit


def _gap(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "Perth runs six buses, Hobart | four", "the north has 12 clinics and the south | seven"."""
    j, last = last_figure(s, at)
    if last is None or last.unit is None or last.trend is not None:
        return None
    if last.unit == FRACTION or not places.is_gap(s.tokens, last, item, s.lang):
        return None
    return last.unit if is_whole_or_measured(s, j, item) else None


def _number_of(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "the number of patients waiting fell by | 4,200"."""
    lower, words = s.tokens.lower, s.lang.ellipsis
    last = last_figure(s, at)[1]
    level = last is not None and last.trend is not None and lower[item.start - 1] in s.lang.grammar.to_words
    # "rose 4% to | 6.1 million", "fell by a fifth last year, to | 412"
    level = level and last is not None and (last.end == item.start - 1 or lower[item.start - 2] == ",")
    if not level and not places.is_changed(s.tokens, item, s.lang, anywhere=True):
        return None
    for k in range(item.start - 2, max(item.start - 2 - _LONGEST_SUBJECT, -1), -1):
        if lower[k] in words.numbers and lower[k + 1] in s.lang.grammar.of_words:
            counted = counted_at(s.tokens, k + 2, False, s.lang)
            plural = counted is not None and s.lang.nouns.is_plural(lower[counted.end - 1])
            return counted.unit if counted is not None and plural else None
        if lower[k] in words.numbers and kinds.is_attribute(s.tokens, k - 1, s.lang):
            return lower[k - 1]  # "passenger numbers fell to | 900"
        if lower[k] in words.events and s.lang.grammar.prepositions.isdisjoint(lower[max(k - 2, 0) : k]):
            return s.lang.nouns.singular(lower[k])  # "deaths tripled to | 90"
        if lower[k] in words.boundaries or lower[k] == ";":
            return None
    return None


def _fate(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "18 people were killed and | 40 | injured", "killed seven miners and left | 12 | wounded"."""
    j, last = last_figure(s, at)
    if last is None or not counts(s, j) or s.tokens.lower[item.end - 1] not in s.lang.nouns.states:
        return None
    return None if is_one_of_two(s, j, True) else last.unit


def _same_verb(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "slept six hours, were 1.4 times as likely to fall ill as those who slept | seven"."""
    lead = s.tokens.lower[item.start - 1]
    if (
        not places.is_verb(lead, s.lang)
        or lead in s.lang.ellipsis.own_measures
        or lead in s.lang.trends.passive
    ):
        return None
    for j in range(at - 2, max(at - 2 - _MOST_VERBS, -1), -1):
        last = s.found[j]
        if isinstance(last, Aside) or last.unit in (None, FRACTION) or s.tokens.lower[last.start - 1] != lead:
            continue
        return last.unit if is_whole_or_measured(s, j, item) else None
    return None


def _restated(s: Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "300 mourners, perhaps as many as | 400 |, came"; "40 sorties, | 12 | at night"."""
    j, last = last_figure(s, at)
    if last is None or not counts(s, j):
        return None
    again = lists.is_restated(s.tokens, last, item, s.lang)
    part = item.low < last.high and lists.is_apposed(s.tokens, last, item, s.lang)
    return last.unit if (again or part) and not is_one_of_two(s, j, False) else None


_RULES: tuple[_Rule, ...] = (
    units.age_limit,
    units.listed_age,
    units.exchange,
    units.instalment,
    units.price,
    units.zone,
    units.rate_of,
    _part,
    _of_whole,
    _other,
    _pair,
    _compared,
    _total,
    _parallel,
    _same_verb,
    _restated,
    _fate,
    _subject,
    _object,
    _agent,
    _grown,
    _gap,
    units.changed,
    _number_of,
    units.sample,
)

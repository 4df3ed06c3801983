"""What a bare number counts, if the sentence has said it: "killed three soldiers and wounded seven"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures import elided_places as places
from tallybook.reading.figures.nouns import counted_at, plural_at
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import HYPHENS
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Form

# How many mentions, and how many tokens, back the noun of a bare number is looked for.
_MOST_BACK, _FARTHEST = 6, 40
# How many asides, as dates, may stand between a figure and the one that leaves its noun out.
_MOST_ASIDES = 2
_LONGEST_JOINT = 2
# Two measures of which one says the unit for both are of one order: "peaked at 940 Mbps but sank below 300".
_ALIKE = 20
# How far behind "number of" the verb of change and its number may stand.
_LONGEST_SUBJECT = 14
_NUMBER = Form.NUMBER


@dataclass(slots=True)
class _Sentence:
    """``given``: the mentions, by their place in ``found``, that a noun was given to."""

    tokens: Tokens
    found: Sequence[ParsedFigure | Aside]
    lang: Language
    given: set[int] = field(default_factory=set)


# A rule gives the unit of the bare number; "" if it has none for sure; None if another rule may tell.
_Rule = Callable[[_Sentence, int, ParsedFigure], str | None]


def give_elided_nouns(tokens: Tokens, found: Sequence[ParsedFigure | Aside], lang: Language) -> None:
    """Gives the bare numbers of a sentence the noun, or the unit, that an earlier figure says."""
    sentence = None
    for at, item in enumerate(found):
        if isinstance(item, Aside) or item.form is not _NUMBER:
            continue
        if item.unit is not None and (at == 0 or not _looks_counted(tokens, found[at - 1], item, lang)):
            continue
        if sentence is None:
            sentence = _Sentence(tokens, found, lang)
        unit = _unit_of(sentence, at, item)
        if unit:
            item.unit = unit
            sentence.given.add(at)


def _looks_counted(tokens: Tokens, last: ParsedFigure | Aside, item: ParsedFigure, lang: Language) -> bool:
    """Takes from a figure what is no noun phrase of its own: the "contained traces" of "Of 90 samples, 57
    contained traces", the "stand" of "3,000 flats, but 400 stand empty", the "pears" of "40 crates of apples,
    15 of pears"; True if it did."""
    noun = item.noun
    if noun is None:
        return False
    first = noun[0]
    if item.of is not None and first > item.end:
        if isinstance(last, Aside) or not places.is_of_kind(tokens, last, item, lang):
            return False
        item.unit, item.noun = None, None
        return True
    word, behind = tokens.lower[first], tokens.lower[first + 1]
    if not places.is_verb(word, lang) or tokens.lower[first - 1] in HYPHENS or behind in HYPHENS:
        return False
    if noun[1] - first == 1:
        singular = lang.nouns.singular(word) is None and item.low != 1
        hidden = singular and places.begins(tokens, item.start, lang)
    else:
        hidden = not isinstance(last, Aside) and places.is_of_whole(tokens, last, item, lang)
    if hidden:
        item.unit, item.noun, item.end, item.of = None, None, first, None
    return hidden


def _unit_of(sentence: _Sentence, at: int, item: ParsedFigure) -> str | None:
    for rule in _RULES:
        unit = rule(sentence, at, item)
        if unit is not None:
            return unit
    return None


def _last(s: _Sentence, at: int) -> tuple[int, ParsedFigure | None]:
    """The figure before mention ``at``, which but a few asides may part from it, and its place."""
    for j in range(at - 1, max(at - 2 - _MOST_ASIDES, -1), -1):
        last = s.found[j]
        if not isinstance(last, Aside):
            return j, last
    return -1, None


def _part(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "46 skeletons, | 19 | of them from children", "of which | 38 |", "all but | 5 |"."""
    words, lower = s.lang.ellipsis, s.tokens.lower
    behind = lower[item.end] in words.part_behind.heads and words.part_behind.match(lower, item.end)
    before = lower[item.start - 1] in words.part_before.heads and words.part_before.match(
        lower, item.start - 1
    )
    if not behind and not before:
        return None
    noun = _noun_before(s, item.start - (before[0] if before else 0))
    if noun is not None:
        return noun
    whom = lower[item.end + 1] if behind else lower[item.start - 1]
    last = _antecedent(s, at, item, part=True, person=whom in words.whom)
    if last is None and behind and lower[item.start - 1] in words.ordinal_leads:
        last = _antecedent(s, at, item, part=True, measured=True)  # "27 months, the last four of them"
    return "" if last is None else last.unit


def _noun_before(s: _Sentence, k: int) -> str | None:
    """The plural before the comma in "agreements | , | two of which"; not that of a figure."""
    if s.tokens.lower[k - 1] != "," or not s.tokens.lower[k - 2].isalpha():
        return None
    if s.tokens.lower[k - 2] in s.lang.grammar.stop:
        return None
    ends = [one.noun[1] for one in s.found if isinstance(one, ParsedFigure) and one.noun is not None]
    return None if k - 1 in ends else plural_at(s.tokens, k - 2, s.lang)


def _of_whole(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "Of the 132 passengers who boarded, | 118 | survived"."""
    j, last = _last(s, at)
    if last is None:
        return None
    if not places.is_of_whole(s.tokens, last, item, s.lang) or last.high < item.low:
        return None
    return last.unit if _counts(s, j) else None


def _other(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "will merge | four | others", "the | other two | wrote", "| 200 | more marched"."""
    if not places.tells_others(s.tokens, item, s.lang):
        return None
    last = _antecedent(s, at, item, person=places.tells_persons(s.tokens, item, s.lang))
    if last is not None and item.trend == s.lang.trends.more.get(s.tokens.lower[item.end]):
        item.trend = None  # "damaged 20 more": so many besides
    return None if last is None else last.unit


def _compared(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "six trains, | two | more than now", "312 votes to | 204 |", "an increase of | 126 |"."""
    j, last = _last(s, at)
    if last is None or last.unit is None:
        return None
    kind = places.comparison(s.tokens, last, item, s.lang)
    if kind is None:
        return None
    if kind == places.LEVEL:
        return last.unit if _may_be_level(s, j, item) else None
    return last.unit if _counts(s, j) or kind == places.POSSIBLE else None


def _may_be_level(s: _Sentence, at: int, item: ParsedFigure) -> bool:
    """True of the unit of a change that is that of the level as well: "dipped by 0.2 years to | 83.6"; not
    "rose 3 percent to 800"."""
    last = s.found[at]
    if not isinstance(last, ParsedFigure) or last.trend is None or last.high > item.low:
        return False
    return last.unit not in s.lang.trends.units and _is_whole_or_measured(s, at, item)


def _is_whole_or_measured(s: _Sentence, at: int, item: ParsedFigure) -> bool:
    return not _counts(s, at) or item.low == int(item.low)


def _total(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "17 cases, bringing the total to | 131 |"; "9 shares, against an average of | 12 |"."""
    if not at or not places.tells_total(s.tokens, item, s.lang):
        return None
    last = _antecedent(s, at, item)
    if last is None and places.tells_reference(s.tokens, item, s.lang):
        last = _antecedent(s, at, item, measured=True)
    return None if last is None else last.unit


def _parallel(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "45 decibels at night and | 55 | during the day", "12 trucks of flour, | 7 | of rice"."""
    j, last = _last(s, at)
    if last is None or last.unit is None or last.unit == FRACTION:
        return None
    if not (last.per is None or item.per is None or last.per == item.per):
        return None
    if j in s.given and places.is_joined(s.tokens, item, s.lang):
        return last.unit
    if not places.is_parallel(s.tokens, last, item, s.lang):
        return None
    return last.unit if _is_whole_or_measured(s, j, item) else None


def _subject(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "136,000 signatures; | 100,000 | are required", "300 people, but only | 40 | stayed"."""
    if not at or not places.is_subject(s.tokens, item, s.lang):
        return None
    last = _antecedent(s, at, item, person=places.tells_persons(s.tokens, item, s.lang), in_place=False)
    return None if last is None else last.unit


def _object(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "killed three soldiers and wounded | seven", "built for 150 people, was carrying | 300 |"."""
    if not at or not places.is_object(s.tokens, item, s.lang):
        return None
    last = _antecedent(s, at, item, person=places.tells_persons(s.tokens, item, s.lang), in_place=False)
    if last is None or (last.per is None) != (item.per is None):
        return None
    if last.unit not in s.lang.trends.stocks:
        item.trend = None  # "won nine games and lost four"
    return last.unit


def _gap(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "Perth runs six buses, Hobart | four", "the north has 12 clinics and the south | seven"."""
    j, last = _last(s, at)
    if last is None or last.unit is None or last.trend is not None:
        return None
    if last.unit == FRACTION or not places.is_gap(s.tokens, last, item, s.lang):
        return None
    return last.unit if _is_whole_or_measured(s, j, item) else None


def _changed(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "jumped 15 degrees, then plunged by as much as | 22 |", "peaked at 9 Mbps but sank below | 3 |"."""
    if not at or not places.is_changed(s.tokens, item, s.lang):
        return None
    for j in range(at - 1, max(at - 1 - _MOST_BACK, -1), -1):
        last = s.found[j]
        if isinstance(last, Aside) or last.unit is None or last.unit in s.lang.ages.units or _counts(s, j):
            continue
        alike = last.low / _ALIKE <= item.low <= last.high * _ALIKE
        same = (last.trend is None) == (item.trend is None)
        return last.unit if alike and same and last.unit != FRACTION else None
    return None


def _number_of(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "the number of patients waiting fell by | 4,200"."""
    if not places.is_changed(s.tokens, item, s.lang, anywhere=True):
        return None
    lower, words = s.tokens.lower, s.lang.ellipsis
    for k in range(item.start - 2, max(item.start - 2 - _LONGEST_SUBJECT, -1), -1):
        if lower[k] in words.numbers and lower[k + 1] in s.lang.grammar.of_words:
            counted = counted_at(s.tokens, k + 2, False, s.lang)
            plural = counted is not None and s.lang.nouns.is_plural(lower[counted.end - 1])
            return counted.unit if counted is not None and plural else None
        if lower[k] in words.boundaries or lower[k] == ";":
            return None
    return None


def _restated(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "300 mourners, perhaps as many as | 400 |, came"; "40 sorties, | 12 | at night"."""
    j, last = _last(s, at)
    if last is None or not _counts(s, j):
        return None
    again = places.is_restated(s.tokens, last, item, s.lang)
    part = item.low < last.high and places.is_apposed(s.tokens, last, item, s.lang)
    return last.unit if (again or part) and not _is_one_of_two(s, j, False) else None


def _age(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "three of the five boxers were under | 20 |"."""
    if not places.is_age_limit(s.tokens, item, s.lang):
        return None
    last = _antecedent(s, at, item, person=True)
    if last is None:
        return None
    item.form = Form.AGE
    return s.lang.ages.unit


def _sample(s: _Sentence, at: int, item: ParsedFigure) -> str | None:
    """ "healthy volunteers (n = | 48 |)"."""
    k = places.tells_sample(s.tokens, item, s.lang)
    if k is None:
        return None
    return plural_at(s.tokens, k, s.lang) or "" if k >= 0 else ""


_RULES: tuple[_Rule, ...] = (
    _age,
    _part,
    _of_whole,
    _other,
    _compared,
    _total,
    _parallel,
    _restated,
    _subject,
    _object,
    _gap,
    _changed,
    _number_of,
    _sample,
)


def _antecedent(
    s: _Sentence,
    at: int,
    item: ParsedFigure,
    *,
    part: bool = False,
    measured: bool = False,
    person: bool = False,
    in_place: bool = True,
) -> ParsedFigure | None:
    """The nearest earlier figure that counts what ``item`` may count; None if two fit as well."""
    for j in range(at - 1, max(at - 1 - _MOST_BACK, -1), -1):
        last = s.found[j]
        if isinstance(last, Aside):
            continue
        if item.start - last.end > _FARTHEST:
            return None
        if measured:
            plain = last.unit not in (None, FRACTION, s.lang.numbers.fold_unit, "percent")
            fits = plain and not _hangs(s, last)
        else:
            fits = _counts(s, j) and item.low == int(item.low)
        if not fits or (person and not places.is_person(last.unit, s.lang)):
            continue
        if _is_one_of_two(s, j, person):
            return None
        if part and last.high < item.low:
            continue
        if not in_place and places.stands_in_place(s.tokens, last, s.lang):
            continue
        return last
    return None


def _counts(s: _Sentence, at: int) -> bool:
    """True of a figure that counts things: no measure, and no attribute, as in "a 12-page report"."""
    last = s.found[at]
    if isinstance(last, Aside) or last.unit is None or last.form is not _NUMBER:
        return False
    if at in s.given:
        return True
    return last.noun is not None and not _hangs(s, last) and unit_at(s.tokens, last.noun[0], s.lang) is None


def _hangs(s: _Sentence, last: ParsedFigure) -> bool:
    """True of an attribute: "a 12-page report", "its 20-day average"."""
    return last.noun is not None and s.tokens.lower[last.noun[0] - 1] in HYPHENS


def _is_one_of_two(s: _Sentence, at: int, person: bool) -> bool:
    """True of what is counted beside something else: "47 drones and | six missiles |, of which 41"."""
    last, (j, before) = s.found[at], _last(s, at)
    if before is None or isinstance(last, Aside) or not _counts(s, j) or before.unit == last.unit:
        return False
    if person and not places.is_person(before.unit, s.lang):
        return False  # "4 plants and 900 workers, of whom"
    between = s.tokens.lower[before.end : last.start]
    return 0 < len(between) <= _LONGEST_JOINT and s.lang.grammar.joints.issuperset(between)

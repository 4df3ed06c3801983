"""What a bare number counts, where other words of its sentence have said it: "die Zahl der Toten stieg auf
31", "600 davon", "um 150 Soldaten auf 600", "um 2, die Gewinne um 5 Prozent"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures.nouns import counted_at
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.numbers.units import unit_at
from tallybook.reading.text.marks import DASHES
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Form

# How far before its number "die Zahl der ..." may stand, and how far the figure whose noun it shares.
_FARTHEST, _NEAR = 14, 14
# How far behind a number the participle of its verb may stand.
_NEAR_VERB = 4
# The most words between a number and the one behind it that has the unit of both.
_BETWEEN = 6
# A bare number below this may share a magnitude.
_LARGEST_BARE = 1000


def give_elided_units(tokens: Tokens, found: Sequence[ParsedFigure | Aside], lang: Language) -> None:
    """Gives each bare number of ``found`` the unit or noun that its sentence leaves out."""
    figures = [item for item in found if not isinstance(item, Aside)]
    _share_forwards(tokens, figures, lang)
    whole, last = None, None
    for item in figures:
        if item.unit is not None:
            first = item.start - (tokens.lower[item.start - 1] in lang.grammar.determiners)
            if first == 1 and tokens.lower[0] in lang.grammar.of_words and item.noun is not None:
                whole = item.unit  # "Von (den) 132 Passagieren | überlebten 118"
            last = item
            continue
        of = tokens.lower[item.end] in lang.grammar.of_words
        if item.form is not Form.NUMBER or (of and tokens.lower[item.end + 1] not in lang.grammar.pronouns):
            continue
        item.unit = whole or _unit_of_number(tokens, item.start, lang)
        item.inferred = item.unit is not None
        if item.unit is None and last is not None and item.start - last.end <= _NEAR:
            _take_from(tokens, item, last, lang)
        if item.unit is not None:
            last = item


def _unit_of_number(tokens: Tokens, k: int, lang: Language) -> str | None:
    """ "Die Zahl der Besucher sank auf | 61.000", "кількість скарг зросла до | 140", "Besucherzahl"."""
    ending = lang.ellipsis.number_ending
    for j in range(k - 1, max(k - _FARTHEST, -1), -1):
        word = tokens.lower[j]
        if word in (";", ":", "."):
            return None
        if word in lang.ellipsis.numbers:
            article = tokens.lower[j + 1] in lang.grammar.determiners
            article = article or tokens.lower[j + 1] in lang.grammar.of_words
            counted = counted_at(tokens, j + 1 + article, False, lang)
            return None if counted is None else counted.unit
        if ending and word.endswith(ending) and word[: -len(ending)] in lang.nouns.names:
            return lang.nouns.names[word[: -len(ending)]]
    return None


def _take_from(tokens: Tokens, item: ParsedFigure, last: ParsedFigure, lang: Language) -> None:
    """The noun of the last figure: "600 davon", "23 weitere wurden verletzt", "sechs mehr als", "auf 600";
    its unit: "auf 9,8 Prozent, diesmal auf 14"."""
    lower = tokens.lower
    lead, behind = lower[item.start - 1], lower[item.end]
    counted = last.noun is not None and unit_at(tokens, last.noun[0], lang) is None
    ends = not behind[:1].isalnum() or behind in lang.grammar.and_or
    same = lead == lower[last.start - 1] and lead in lang.ellipsis.repeated
    if counted:
        back = {lower[item.start - 2], lead}
        of = behind in lang.grammar.of_words  # "600 з них"
        refers = of or behind in lang.ellipsis.behind or not lang.ellipsis.before.isdisjoint(back)
        level = lead in lang.ranges.joins_opened and last.trend is not None
        clause = lead in (",", ";") or lead in lang.grammar.and_words
        clause = clause and behind in lang.ellipsis.verbs and _may_happen_to(tokens, item, last, lang)
        if refers or level or clause:
            item.unit, item.inferred = last.unit, True
    elif same and ends and last.unit in lang.trends.units and last.unit != FRACTION:
        item.unit, item.inferred = last.unit, True


def _may_happen_to(tokens: Tokens, item: ParsedFigure, last: ParsedFigure, lang: Language) -> bool:
    """False of "drei Häuser brannten ab, 12 wurden verletzt": of people alone is that said."""
    said = tokens.lower[item.end : item.end + _NEAR_VERB]
    return last.unit in lang.ellipsis.persons or lang.ellipsis.of_persons.isdisjoint(said)


def _share_forwards(tokens: Tokens, figures: Sequence[ParsedFigure], lang: Language) -> None:
    """ "um 2, die Gewinne um 5 Prozent", "nicht um 10, sondern um 20 Prozent", "28 statt 19 Millionen"."""
    lower = tokens.lower
    for left, right in pairwise(figures):
        if left.unit is not None or right.unit is None or left.form is not Form.NUMBER:
            continue
        between = lower[left.end : right.start]
        if not 0 < len(between) <= _BETWEEN or right.per is not None:
            continue
        joint = [word for word in between if word not in DASHES]
        level = len(joint) == 1 and joint[0] in lang.grammar.to_words
        if level and lower[left.start - 1] in lang.grammar.by_words:
            left.unit = right.unit  # "um 1,5 auf 6 Milliarden Euro"
            if not any(w in lang.numbers.magnitudes for w in lower[left.start : left.end]):
                _share_scale(tokens, left, right, lang)
            continue
        instead = between[0] in lang.ellipsis.instead and len(between) <= 2
        lead = lower[left.start - 1]
        same = lead == lower[right.start - 1] and lead in lang.ellipsis.repeated
        same = same and (between[0] == "," or between[0] in lang.grammar.and_words)
        if not (instead or (same and right.noun is None) or (same and right.unit in lang.trends.units)):
            continue
        left.unit = right.unit
        left.trend = left.trend or (right.trend if same else None)
        right.trend = right.trend or (left.trend if same else None)
        if instead:
            _share_scale(tokens, left, right, lang)


def _share_scale(tokens: Tokens, left: ParsedFigure, right: ParsedFigure, lang: Language) -> None:
    """ "28 statt 19 | Millionen": the magnitude of the second is that of the first."""
    magnitudes = lang.numbers.magnitudes
    scales = [magnitudes[word] for word in tokens.lower[right.start : right.end] if word in magnitudes]
    if scales and left.high < _LARGEST_BARE:
        left.low, left.high = left.low * scales[-1], left.high * scales[-1]

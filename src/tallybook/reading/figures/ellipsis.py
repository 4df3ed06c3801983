"""What a clause leaves out because the one before it said it: a verb of change ("imports fell 6%, exports by
3%") or a noun ("48 births, compared with 31")."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure
from tallybook.reading.lexicon.language import Language
from tallybook.reading.text.marks import DASHES
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Form

# How many tokens may part the figure that has the verb or noun from the one that leaves it out.
_FARTHEST = 14
# The longest subject of a clause without any verb or preposition: "the Nasdaq 0.8 percent".
_LONGEST_SUBJECT = 4
# How many asides, as dates, may stand between the two.
_MOST_ASIDES = 2


def inherit_from_clause(
    tokens: Tokens, found: Sequence[ParsedFigure | Aside], item: ParsedFigure, lang: Language
) -> None:
    """Gives ``item`` the change, or the noun, of the last figure of ``found``, where its clause has none."""
    elided = item.unit is None and item.of is None and item.form is Form.NUMBER
    elided = elided and _is_compared(tokens, item, lang)
    if not elided:
        nearest = found[-1]
        if item.trend is not None or (isinstance(nearest, ParsedFigure) and nearest.trend is None):
            return
    for last in reversed(found[-1 - _MOST_ASIDES :]):
        if isinstance(last, Aside):
            continue
        if item.start - last.end > _FARTHEST or (elided and last.unit is None):
            return
        if elided:
            if last.trend is None and last.unit != FRACTION:
                item.unit, item.per, item.inferred = last.unit, item.per or last.per, True
            return
        k = item.start - 1
        k -= tokens.lower[k] in lang.grammar.just_words
        by = tokens.lower[k] in lang.grammar.by_words
        again = by and tokens.lower[last.start - 1] in lang.grammar.by_words and last.trend is not None
        if again and _parts(tokens.lower[k - 1], lang):
            item.trend = last.trend  # "by a quarter in volume but by only a tenth in value"
            return
        same = last.trend is not None and (by or last.unit == item.unit) and _may_change(tokens, item, lang)
        if same and _leaves_out_verb(tokens, last.end, item.start, lang):
            item.trend = last.trend
            if by and item.unit is None and last.unit in lang.trends.units and lang.nouns.names:
                item.unit, item.inferred = last.unit, True  # "Gerste um 7"
        return


def _may_change(tokens: Tokens, item: ParsedFigure, lang: Language) -> bool:
    if item.unit is None:
        return tokens.lower[item.start - 1] in lang.grammar.by_words
    if item.unit in lang.trends.units or item.unit in lang.units.money:
        return True
    return item.unit in lang.rates.coins and tokens.lower[item.start - 1] in lang.grammar.by_words


def _is_compared(tokens: Tokens, item: ParsedFigure, lang: Language) -> bool:
    """ "412 pupils, up from | 380", "48 births, compared with just | 31": a bare number behind such words."""
    k, lower = item.start - 1, tokens.lower
    while lower[k] in lang.ellipsis.skipped:
        k -= 1
    comparisons = lang.ellipsis.comparisons
    if lower[k] not in comparisons.heads or comparisons.match(lower, k) is None:
        return False
    behind = lower[item.end]
    ends = behind in lang.grammar.stop or not behind[:1].isalnum()
    return ends or behind in lang.numbers.words or tokens.is_digits(item.end)  # "| 24.9 | five years earlier"


def _leaves_out_verb(tokens: Tokens, first: int, end: int, lang: Language) -> bool:
    """True if the words from token ``first`` to ``end`` end with a subject and no verb: ", oats by", "and
    exports by", ", the Nasdaq"."""
    lower, grammar = tokens.lower, lang.grammar
    by = lower[end - 1] in grammar.by_words
    if by and lower[end - 2] in grammar.and_words:
        return _is_place(tokens, first, end - 2, lang)
    last = end - 1 if by else end
    if by and lower[last - 1] in DASHES and lang.nouns.names:
        last -= 1  # "а експорт — на 3 відсотки"
    subject = last
    while subject > first and not _parts(lower[subject - 1], lang):
        subject -= 1
    if subject == first or not 0 < last - subject <= (_FARTHEST if by else _LONGEST_SUBJECT):
        return False
    before = subject - 1
    if lower[before - 1] == ",":
        before -= 1
    if not by and before != first:
        return False  # "rose 9% in May, exports 3%" may be a level
    for k in range(subject, last):
        word = lower[k]
        if not word[0].isalpha() or word in lang.numbers.words or word in lang.ellipsis.not_subjects:
            return False
        if word in lang.trends.words.heads or word in lang.trends.nouns.heads or word in lang.trends.be_words:
            return False
        if not by and (word in grammar.stop and word not in grammar.possessives):
            return False
        if word.endswith(lang.nouns.other_endings) and tokens.words[k] == word and not by:
            return False
    return True


def _is_place(tokens: Tokens, k: int, end: int, lang: Language) -> bool:
    """True of "in Lisbon", "in May 2019", or nothing, before "and by"."""
    if k == end:
        return True
    words = tokens.words[k + 1 : end]
    return tokens.lower[k] in lang.grammar.places and all(w.isdecimal() or w.istitle() for w in words)


def _parts(word: str, lang: Language) -> bool:
    return word == "," or word == ";" or word in lang.grammar.and_words or word in lang.ellipsis.conjunctions

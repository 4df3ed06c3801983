"""What a clause leaves out because the one before it said it: a verb of change ("imports fell 6%, exports by
3%") or a noun ("48 births, compared with 31")."""

from __future__ import annotations

from collections.abc import Sequence

from tallybook.reading.asides.aside import Aside
from tallybook.reading.figures.parsed_figure import FRACTION, ParsedFigure
from tallybook.reading.lexicon.language import Language
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
    gapped = item.trend is None and (item.unit in lang.trends.units or lang.units.is_money(item.unit))
    elided = item.unit is None and item.of is None and item.form is Form.NUMBER
    if not (gapped or elided):
        return
    for last in reversed(found[-1 - _MOST_ASIDES :]):
        if isinstance(last, Aside):
            continue
        if item.start - last.end > _FARTHEST or last.unit is None:
            return
        if elided and last.trend is None and last.unit != FRACTION:
            _inherit_noun(tokens, last, item, lang)
        same = gapped and last.trend is not None and last.unit == item.unit
        if same and _leaves_out_verb(tokens, last.end, item.start, lang):
            item.trend = last.trend
        return


def _inherit_noun(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> None:
    """ "412 pupils, up from | 380", "48 births, compared with just | 31"."""
    k = item.start - 1
    while tokens.lower[k] in lang.ellipsis.skipped and k > last.end:
        k -= 1
    if k < last.end or lang.ellipsis.comparisons.match(tokens.lower, k) is None:
        return
    if not (tokens.lower[item.end] in lang.grammar.stop or not tokens.lower[item.end][:1].isalnum()):
        return
    item.unit = last.unit
    if item.per is None:
        item.per = last.per


def _leaves_out_verb(tokens: Tokens, first: int, end: int, lang: Language) -> bool:
    """True if the words from token ``first`` to ``end`` end with a subject and no verb: ", oats by", "and
    exports by", ", the Nasdaq"."""
    lower, grammar = tokens.lower, lang.grammar
    by = lower[end - 1] in grammar.by_words
    last = end - 1 if by else end
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


def _parts(word: str, lang: Language) -> bool:
    return word == "," or word == ";" or word in lang.grammar.and_words or word in lang.ellipsis.conjunctions

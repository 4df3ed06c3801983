"""One pass over a text: sentence by sentence, number by number."""

from __future__ import annotations

import math
import re

from tallybook.reading.asides.aside import Aside
from tallybook.reading.asides.aside_at import aside_at
from tallybook.reading.figures.clauses import give_rate_apart, leading_rate
from tallybook.reading.figures.elided import give_elided_units
from tallybook.reading.figures.elided_nouns import give_elided_nouns
from tallybook.reading.figures.ellipsis import inherit_from_clause
from tallybook.reading.figures.far_rates import join_far_rates, may_have_far_rate
from tallybook.reading.figures.grammar import figure_at
from tallybook.reading.figures.nouns import after_measure
from tallybook.reading.figures.parsed_figure import ParsedFigure
from tallybook.reading.figures.quantifiers import (
    all_at,
    attribute_at,
    each_at,
    fold_at,
    most_at,
    none_at,
    ratio_at,
    times_at,
    unit_and_half_at,
)
from tallybook.reading.figures.spreads import take_margin
from tallybook.reading.lexicon.language import Language, load_language
from tallybook.reading.mention import FIGURE, Mention, Reading
from tallybook.reading.text.sentences import MOST_NUMBERS, TextSpan, is_table, sentence_spans
from tallybook.reading.text.tokens import Tokens
from tallybook.terms import Form, Modifier

# An attribute of an enumeration is looked up slowly.
_EXACT = Modifier.EXACT
_RANGE = Modifier.RANGE
_LIMITS = frozenset([Modifier.OVER, Modifier.AT_LEAST, Modifier.UNDER, Modifier.AT_MOST])

# The longest line, in tokens, that may be page furniture ("14 hours ago", "3 min read").
_FURNITURE = 4
# The most tokens between two numbers of a list: ", and even".
_LONGEST_JOINT = 3
_ASCII_DIGIT = re.compile(r"[0-9]")
# Every byte as a small letter or, if it is no letter, a space: cuts ASCII into words faster than a pattern.
_SMALL_LETTERS = bytes(
    ord(chr(byte).lower()) if chr(byte).isalpha() and byte < 128 else 32 for byte in range(256)
)
_ANY_DIGIT = re.compile(r"[\d½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
# The most tokens between a figure and the same said in another unit: ", or".
_LONGEST_OR = 2
_NOWHERE = (0, 0)
# How a number may begin: 5, .5; digits of other scripts besides.
_FIRST_DIGITS = frozenset("0123456789.")
_LETTERS = re.compile(r"[^\W\d_]++(?:['’][^\W\d_]++)*")


def read(text: str, *, language: str = "en") -> Reading:
    """The figures of ``text`` in its order, and its asides. Never raises on any string.

    LookupError if there is no lexicon for ``language``. The cost is linear in the text.
    """
    lang = load_language(language)
    spans = sentence_spans(text, lang.grammar.abbreviations)
    return Reading(text, [mention for span in spans for mention in read_sentence(text, span, lang)])


def read_sentence(text: str, span: TextSpan, lang: Language) -> list[Mention]:
    """The mentions, figures and asides, of the sentence at ``span`` of ``text``."""
    start, end = span
    piece = text[start:end]
    ascii_only = piece.isascii()
    if not _may_hold_number(piece, ascii_only, lang):
        return []
    tokens = Tokens(text, start, end, lang.numbers.token_pattern)
    at = _beginnings(tokens, ascii_only, lang)
    if not at:
        return []
    if len(at) > MOST_NUMBERS and is_table(len(at), end - start):
        return [Mention(text[start:end], start, end, math.nan, math.nan, kind="table", sentence=span)]
    found = _scan(tokens, at, lang)
    if tokens.size <= _FURNITURE and _is_line(text, start, end):
        found = [_as_furniture(tokens, item, lang) for item in found]
    return [
        _aside_mention(tokens, item, span, lang)
        if isinstance(item, Aside)
        else _figure_mention(tokens, item, span)
        for item in found
    ]


def _may_hold_number(piece: str, ascii_only: bool, lang: Language) -> bool:
    """False only of a sentence without any digit or word at which a figure or an aside may begin."""
    if ascii_only and lang.ascii_starters is not None:
        if _ASCII_DIGIT.search(piece) is not None:
            return True
        return not lang.ascii_starters.isdisjoint(piece.encode().translate(_SMALL_LETTERS).split())
    if _ANY_DIGIT.search(piece) is not None:
        return True
    return not lang.starters.isdisjoint(_LETTERS.findall(piece.lower()))


def _beginnings(tokens: Tokens, ascii_only: bool, lang: Language) -> list[int]:
    """The tokens at which a figure or an aside may begin: digits, and words of the lexicon."""
    lower = tokens.lower[: tokens.size]
    words = lang.starters.intersection(lower)
    # most words begin with a letter: one comparison separates them from digits and marks
    if ascii_only:
        if not words:
            return [k for k, w in enumerate(lower) if w < ":" and w[0] in _FIRST_DIGITS and w != "."]
        return [
            k for k, w in enumerate(lower) if w in words or (w < ":" and w[0] in _FIRST_DIGITS and w != ".")
        ]
    return [k for k, w in enumerate(lower) if w in words or _begins_number(w)]


def _begins_number(word: str) -> bool:
    return (word[0] in _FIRST_DIGITS and word != ".") or (word > "\x7f" and word[0].isdecimal())


def _is_line(text: str, start: int, end: int) -> bool:
    """True when ``text[start:end]`` fills a line of a text that has more lines."""
    before = text[max(0, start - 80) : start].rstrip(" \t")[-1:]
    behind = text[end : end + 80].lstrip(" \t")[:1]
    return before in ("", "\n") and behind in ("", "\n") and before + behind != ""


def _as_furniture(tokens: Tokens, item: ParsedFigure | Aside, lang: Language) -> ParsedFigure | Aside:
    """An aside, if the line is only a small bare number or of the kind "14 hours ago"."""
    if isinstance(item, Aside) or item.modifier is not _EXACT:
        return item
    rest = tokens.lower[: item.start] + tokens.lower[item.end : tokens.size]
    if rest and all(word in lang.names.furniture for word in rest):
        return Aside("page", item.start, item.end)
    if not rest and item.unit is None and item.low < 1000:
        return Aside("page", item.start, item.end)
    return item


def _scan(tokens: Tokens, at: list[int], lang: Language) -> list[ParsedFigure | Aside]:
    found: list[ParsedFigure | Aside] = []
    done = 0
    noun_start = noun_end = base_start = base_end = 0
    if lang.rates.adverbs_apart and (leading := leading_rate(tokens, lang)) is not None:
        base_end = leading[1]
    for k in at:
        if k < done or base_start <= k < base_end:
            continue
        item = _item_at(tokens, k, lang)
        if item is None:
            continue
        last = found[-1] if found else None
        if last is not None and isinstance(item, Aside) and item.kind == "pronoun":
            item = _elliptical(tokens, k, last, lang) or item
        if noun_start < k < noun_end and isinstance(item, ParsedFigure) and (item.noun or item.unit is None):
            item = Aside("name", k, k + 1) if not _is_measure(tokens, k, lang) else item
        if last is not None:
            margins, errors = lang.spreads.margins.heads, lang.spreads.errors
            told = tokens.lower[item.start] in margins or tokens.lower[item.start - 2] in errors
            if told and _takes_margin(tokens, last, item, lang):
                done = item.end
                continue
            item = _behind_last(tokens, k, item, found, done, lang)
        found.append(item)
        done = item.end
        if isinstance(item, ParsedFigure):
            if item.base is not None:  # else perhaps that of "one 500 mg tablet every six hours"
                base_start, base_end = item.base
            noun_start, noun_end = item.noun or _NOWHERE
            done = item.resume or done
        if done <= k:
            done = k + 1
    if len(found) > 1:
        _share_units(tokens, found, lang)
        if may_have_far_rate(tokens, lang):
            join_far_rates(tokens, found, lang)
    if lang.rates.adverbs_apart:
        give_rate_apart(tokens, found, lang)
    if lang.nouns.names:
        give_elided_units(tokens, found, lang)
    if len(found) > 1 or (found and isinstance(found[0], ParsedFigure) and found[0].unit is None):
        give_elided_nouns(tokens, found, lang)  # also "the number of pupils fell to 900"
    return found


def _takes_margin(
    tokens: Tokens, last: ParsedFigure | Aside, item: ParsedFigure | Aside, lang: Language
) -> bool:
    """Whether ``item`` is the error of the figure before it, which then has it: "180 metres, with a margin of
    error of | 15 metres"."""
    if isinstance(last, Aside) or isinstance(item, Aside):
        return False
    return take_margin(tokens, last, item, lang)


def _behind_last(
    tokens: Tokens,
    k: int,
    item: ParsedFigure | Aside,
    found: list[ParsedFigure | Aside],
    done: int,
    lang: Language,
) -> ParsedFigure | Aside:
    """``item``, of the number at ``k``, with what those before it, up to token ``done``, leave or give it."""
    last = found[-1]
    if isinstance(item, Aside):
        return item if item.start >= done else item._replace(start=done)
    if isinstance(last, ParsedFigure) and last.per is not None:
        _give_rate_to_outer(last, item)
    if item.start < done:  # words before the number already belong to the last mention
        item.start = done
        if done >= k and item.modifier in _LIMITS:
            item.modifier, item.hedges = _EXACT, ()  # "visitors 70 and over two euros"
    if isinstance(last, ParsedFigure):
        if item.start - last.end <= _LONGEST_OR:
            _inherit_bound(tokens, last, item, lang)
    elif last.kind == "score" and _is_score(tokens, last, item):
        return Aside("score", item.start, item.end)
    inherit_from_clause(tokens, found, item, lang)
    return item


def _share_units(tokens: Tokens, found: list[ParsedFigure | Aside], lang: Language) -> None:
    """ "45 and 38 percent", "10, 20 and 30 km": what the last of a list counts, all of it does."""
    shared = False
    for at in range(len(found) - 2, -1, -1):
        left, right, chained = found[at], found[at + 1], shared
        shared = False
        if isinstance(left, Aside) or isinstance(right, Aside) or left.unit is not None or right.unit is None:
            continue
        joint = tokens.lower[left.end : right.start]
        ages = left.form is Form.NUMBER and right.form is Form.AGE  # "23, 25 and 31 years old"
        if not (ages or left.form is right.form) or right.per is not None or not _is_joint(joint, lang):
            continue
        if lang.grammar.and_or.isdisjoint(joint):
            shared = chained
        elif joint[0] != ",":
            shared = True
        else:  # "30, and even 40 and 45%", "10, 20, and 30 km"; "from a peak of 350, and two founders"
            before = found[at - 1].end if at else left.start
            shared = len(joint) == _LONGEST_JOINT or tokens.lower[before : left.start] == [","]
        if shared:
            left.unit, left.form = right.unit, right.form


def _is_joint(words: list[str], lang: Language) -> bool:
    return 1 <= len(words) <= _LONGEST_JOINT and lang.grammar.joints.issuperset(words)


def _is_measure(tokens: Tokens, k: int, lang: Language) -> bool:
    """True for the 9 of "2.9 million 9 liter cases"; the 787 of "six 787 Dreamliners" is a name."""
    return after_measure(tokens, k, lang) > 0


def _is_score(tokens: Tokens, last: Aside, item: ParsedFigure) -> bool:
    """ "7-6 (5), 3-6, 6-1": what looks like a range or a count is a score behind the score ``last``."""
    if item.unit is not None or item.start - last.end > 2 or item.high >= 200 or item.hedges:
        return False
    pair = item.modifier is _RANGE and item.end - item.start == 3
    return pair or (item.modifier is _EXACT and tokens.lower[item.start - 1] == "(")


def _give_rate_to_outer(outer: ParsedFigure, inner: ParsedFigure) -> None:
    """ "40 bags of 1 kg per month": the rate is the bags', not the kilogram's."""
    if outer.per is None or inner.noun is None:
        return
    inside = (
        outer.noun is not None and inner.per == outer.per and outer.noun[0] <= inner.start < outer.noun[1]
    )
    if inner.end == outer.end or inside:
        inner.per, inner.end = None, inner.noun[1]


def _item_at(tokens: Tokens, k: int, lang: Language) -> ParsedFigure | Aside | None:
    word = tokens.lower[k]
    if word > ":" and word in lang.quantifiers.each_ordinals:
        share = each_at(tokens, k, lang)
        if share is not None:
            return share
    aside = aside_at(tokens, k, lang)
    if aside is not None:
        if aside.start < k and tokens.lower[aside.start] in lang.names.prefixes:
            return figure_at(tokens, k, lang)  # "his then-16-year-old brother"
        return (times_at(tokens, k, lang) or aside) if word in lang.idioms.times else aside
    if word < ":":
        return figure_at(tokens, k, lang)  # most numbers: in digits
    if word in lang.quantifiers.heads:
        found = _quantifier_at(tokens, k, word, lang)
        if found is not None or word not in lang.numbers.words:
            return found
    if lang.attributes and (held := lang.attributes.get(word)) is not None:
        return attribute_at(tokens, k, *held, lang)
    item = figure_at(tokens, k, lang)
    if word in lang.idioms.one and isinstance(item, ParsedFigure) and _is_pronoun(tokens, k, item, lang):
        return Aside("pronoun", k, k + 1)
    return item


def _quantifier_at(tokens: Tokens, k: int, word: str, lang: Language) -> ParsedFigure | Aside | None:
    """The figure of words without a printed number: "most of them", "doubled", "no deaths"."""
    if word in lang.quantifiers.most:
        return most_at(tokens, k, lang)
    if word in lang.quantifiers.all_phrases.heads:
        return all_at(tokens, k, lang)
    if word in lang.numbers.folds:
        return fold_at(tokens, k, lang)
    if word in lang.numbers.ratios:
        return ratio_at(tokens, k, lang)
    if word in lang.quantifiers.no_words or word in lang.quantifiers.none_words:
        return none_at(tokens, k, lang)
    return unit_and_half_at(tokens, k, lang)


def _is_pronoun(tokens: Tokens, k: int, item: ParsedFigure, lang: Language) -> bool:
    """True for "one" that does not count: no noun behind it, and no modifier or range around it."""
    if k == 0 and tokens.lower[k + 1] in lang.grammar.such_words:
        return True  # "One such expert, Professor Lim, said": an example, not a count
    plain = item.low == item.high == 1 and item.modifier is _EXACT and item.start == k
    return plain and (item.unit is None or _points(tokens, k, item, lang))


def _points(tokens: Tokens, k: int, item: ParsedFigure, lang: Language) -> bool:
    """True if the word before "one" points at it ("this one vote") and does not join a clause to it.

    "said that one child died": behind a verb, noun or adjective "that" is a conjunction. "For every
    one pupil" counts as well.
    """
    lead, before = tokens.lower[k - 1], tokens.lower[k - 2]
    if lead not in lang.grammar.pointing:
        return False
    if lead == lang.rates.every:
        return before not in lang.grammar.for_words
    if lead not in lang.grammar.conjunctions:
        return True
    if item.of is not None:
        return False  # "fear that one of the bridges is unsafe"
    return not before[:1].isalpha() or before in lang.grammar.prepositions


def _elliptical(tokens: Tokens, k: int, last: ParsedFigure | Aside, lang: Language) -> ParsedFigure | None:
    """ "six buses in Perth and in Hobart just one": a count that leaves out the noun of the last."""
    counts = isinstance(last, ParsedFigure) and last.noun is not None
    behind = tokens.lower[k + 1]
    alone = not behind[:1].isalnum() or behind in lang.grammar.places
    alone = alone and tokens.lower[k - 1] in lang.grammar.just_words
    if not (counts and alone) or tokens.lower[k - 2] in lang.grammar.determiners:
        return None
    return ParsedFigure(1.0, 1.0, k, k + 1, grain=1.0, single=True)


def _inherit_bound(tokens: Tokens, last: ParsedFigure, item: ParsedFigure, lang: Language) -> None:
    """The same said in another unit has the same bound: "just under 296 hp (224 kW / 300 PS)",
    "up 0.25 points, or 0.01%"."""
    between = tokens.lower[last.end : item.start]
    said_again = bool(between) and len(between) <= _LONGEST_OR and between[-1] in lang.grammar.or_words
    said_again = said_again and (len(between) == 1 or between[0] == ",")
    if not (said_again or between in (["("], ["/"])) or item.unit is None or item.unit == last.unit:
        return
    converted = between == ["("] and last.unit in lang.units.money and item.unit in lang.units.money
    if not said_again and not converted and (not last.noun or not item.noun):
        return
    if converted and last.modifier not in _LIMITS:
        return  # "about $5 million (£4m)": the conversion has its own rounding
    if said_again and last.trend is None and len(between) == 1:
        return
    if item.modifier is _EXACT and last.modifier is not _RANGE:
        item.modifier, item.hedges = last.modifier, last.hedges
    elif item.modifier is _RANGE and not item.hedges:
        item.hedges = last.hedges
    if item.trend is None:
        item.trend = last.trend


def _figure_mention(tokens: Tokens, item: ParsedFigure, sentence: TextSpan) -> Mention:
    starts, last, noun, of = tokens.starts, item.end - 1, item.noun, item.of
    start, end = starts[item.start], starts[last] + len(tokens.words[last])
    fields = (
        tokens.text[start:end],
        start,
        end,
        item.low,
        item.high,
        item.modifier,
        item.hedges,
        item.unit,
        None if noun is None else tokens.slice(noun[0], noun[1]),
        item.per,
        item.trend,
        FIGURE,
        None if of is None else tokens.slice(of[0], of[1]),
        sentence,
        item.best,
        item.grain,
        item.grain_high,
        item.single,
        item.form,
        item.leaning,
        item.inferred,
        item.descends,
    )
    return tuple.__new__(Mention, fields)  # a third of the time of Mention(...)


def _aside_mention(tokens: Tokens, item: Aside, sentence: TextSpan, lang: Language) -> Mention:
    start, end = tokens.starts[item.start], tokens.end(item.end - 1)
    digits = [w for w in tokens.words[item.start : item.end] if w[0] in _FIRST_DIGITS and w != "."]
    value = lang.numbers.value(digits[0]) if len(digits) == 1 and len(digits[0]) <= 15 else math.nan
    return Mention(tokens.text[start:end], start, end, value, value, kind=item.kind, sentence=sentence)

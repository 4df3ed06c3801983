"""One pass over a text: sentence by sentence, number by number."""

from __future__ import annotations

import math

from tallybook.quantity import Modifier
from tallybook.reading.asides import Aside, aside_at
from tallybook.reading.grammar import Figure, figure_at
from tallybook.reading.language import Language, load
from tallybook.reading.mention import FIGURE, Mention, Reading
from tallybook.reading.numbers import digits_value
from tallybook.reading.quantifiers import fold_at, most_at, none_at, ratio_at
from tallybook.reading.tokens import Tokens, sentences

# The longest line, in tokens, that may be page furniture ("14 hours ago", "3 min read").
_FURNITURE = 4


def read(text: str, *, language: str = "en") -> Reading:
    """The figures of ``text`` in its order, and its asides. Never raises on any string.

    LookupError if there is no lexicon for ``language``. The cost is linear in the text.
    """
    lang = load(language)
    figures: list[Mention] = []
    asides: list[Mention] = []
    for start, end in sentences(text, lang.abbreviations):
        tokens = Tokens(text, start, end)
        mentions = _scan(tokens, lang)
        if len(tokens) <= _FURNITURE and _is_line(text, start, end):
            mentions = [_furniture(tokens, item, lang) for item in mentions]
        for found in mentions:
            if isinstance(found, Aside):
                asides.append(_aside_mention(tokens, found, (start, end)))
            else:
                figures.append(_figure_mention(tokens, found, (start, end)))
    return Reading(text, figures, asides)


def _is_line(text: str, start: int, end: int) -> bool:
    """True when ``text[start:end]`` fills a line of a text that has more lines."""
    before = text[max(0, start - 80) : start].rstrip(" \t")[-1:]
    behind = text[end : end + 80].lstrip(" \t")[:1]
    return before in ("", "\n") and behind in ("", "\n") and before + behind != ""


def _furniture(tokens: Tokens, item: Figure | Aside, lang: Language) -> Figure | Aside:
    """A line that holds nothing but a small bare number, or "14 hours ago", says nothing of a count."""
    if isinstance(item, Aside) or item.modifier is not Modifier.EXACT:
        return item
    rest = tokens.lower[: item.start] + tokens.lower[item.end :]
    if rest and all(word in lang.furniture for word in rest):
        return Aside("page", item.start, item.end)
    if not rest and item.unit is None and item.low < 1000:
        return Aside("page", item.start, item.end)
    return item


def _scan(tokens: Tokens, lang: Language) -> list[Figure | Aside]:
    found: list[Figure | Aside] = []
    done = 0
    starters = lang.starters
    for k, word in enumerate(tokens.lower):
        if k < done or not (word in starters or word[0].isdecimal() or (word[0] == "." and len(word) > 1)):
            continue
        item = _one(tokens, k, lang)
        if item is None:
            continue
        if found and isinstance(item, Figure) and isinstance(found[-1], Figure):
            _give_rate_to_outer(found[-1], item)
        if item.start < done:
            # words before the number already belong to the last mention
            if isinstance(item, Aside):
                item = item._replace(start=done)
            else:
                item.start = done
        _inherit(tokens, found, item)
        found.append(item)
        done = max(k + 1, (item.resume or item.end) if isinstance(item, Figure) else item.end)
    return found


def _give_rate_to_outer(outer: Figure, inner: Figure) -> None:
    """ "40 bags of 1 kg per month": the rate is the bags', not the kilogram's."""
    if outer.per is not None and inner.end == outer.end and inner.noun is not None:
        inner.per, inner.end = None, inner.noun[1]


def _one(tokens: Tokens, k: int, lang: Language) -> Figure | Aside | None:
    aside = aside_at(tokens, k, lang)
    if aside is not None:
        return aside
    word = tokens.lower[k]
    if word in lang.most:
        return most_at(tokens, k, lang)
    if word in lang.folds:
        return fold_at(tokens, k, lang)
    if word in lang.ratios:
        return ratio_at(tokens, k, lang)
    if word in lang.no_words or word in lang.none_words:
        return none_at(tokens, k, lang) or (figure_at(tokens, k, lang) if word in lang.small else None)
    item = figure_at(tokens, k, lang)
    if word in lang.one and isinstance(item, Figure) and _pronoun(tokens, k, item):
        return Aside("pronoun", k, k + 1)
    return item


def _pronoun(tokens: Tokens, k: int, item: Figure) -> bool:
    """ "one" that counts nothing: no noun behind it, and no modifier or range around it."""
    plain = item.low == item.high == 1 and item.modifier is Modifier.EXACT and item.start == k
    return plain and (
        item.unit is None or tokens.at(k - 1) in ("the", "this", "that", "each", "every", "any", "no")
    )


def _inherit(tokens: Tokens, found: list[Figure | Aside], item: Figure | Aside) -> None:
    """The same said in another unit has the same bound: "just under 296 hp (224 kW / 300 PS)",
    "up 0.25 points, or 0.01%"."""
    if not found or isinstance(item, Aside) or isinstance(found[-1], Aside):
        return
    last = found[-1]
    between = tokens.lower[last.end : item.start]
    if between not in (["("], ["/"], [",", "or"]) or item.unit is None or item.unit == last.unit:
        return
    if between != [",", "or"] and (not last.noun or not item.noun):
        return  # money beside money is a conversion of another kind
    if item.modifier is Modifier.EXACT:
        item.modifier, item.hedges = last.modifier, last.hedges
    elif item.modifier is Modifier.RANGE and not item.hedges:
        item.hedges = last.hedges
    if item.trend is None:
        item.trend = last.trend


def _figure_mention(tokens: Tokens, item: Figure, sentence: tuple[int, int]) -> Mention:
    start, end = tokens.starts[item.start], tokens.ends[item.end - 1]
    return Mention(
        words=tokens.text[start:end],
        start=start,
        end=end,
        low=item.low,
        high=item.high,
        modifier=item.modifier,
        hedges=item.hedges,
        unit=item.unit,
        noun=_slice(tokens, item.noun),
        per=item.per,
        trend=item.trend,
        kind=FIGURE,
        of=_slice(tokens, item.of),
        sentence=sentence,
    )


def _aside_mention(tokens: Tokens, item: Aside, sentence: tuple[int, int]) -> Mention:
    start, end = tokens.starts[item.start], tokens.ends[item.end - 1]
    digits = [k for k in range(item.start, item.end) if tokens.is_digits(k)]
    value = (
        digits_value(tokens.words[digits[0]])
        if len(digits) == 1 and len(tokens.words[digits[0]]) <= 15
        else math.nan
    )
    return Mention(tokens.text[start:end], start, end, value, value, kind=item.kind, sentence=sentence)


def _slice(tokens: Tokens, span: tuple[int, int] | None) -> str | None:
    return None if span is None else tokens.text[tokens.starts[span[0]] : tokens.ends[span[1] - 1]]

"""The amounts of each sentence, with the numbers that a list leaves without a noun.

"41 chose French, 33 Spanish and the remaining *32* German", "11 days on the one, five on the other, and the
last *eight* on the verdict": alone, such a number reads as part of a name or as an ordinal.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from tallybook.consistency.any_case import AnyCase, beginnings_of, has_any, in_small_letters
from tallybook.consistency.figures import (
    PER_CENT,
    SHARE,
    START,
    TIMES,
    bared,
    is_attribute,
)
from tallybook.consistency.forms import NUMBER_FORM
from tallybook.reading import Mention, Reading, read
from tallybook.reading.mention import FIGURE

REST = AnyCase(
    r"\b(?:(?:the|its|their|his|her|our|my|and|with|or) (?:other|remaining|last|final|outstanding|leftover)"
    r"|remaining"
    r"|(?:the|its|their|his|her) (?:rest|remainder|others|balance)(?:[,:]| [–—(]| of| being| numbering"
    r"| totall?ing)?)"
    r"(?: some| about)? ?$",
)
"""Words right before a number that is what is left of a whole."""
_REST_WORDS = frozenset({"othe", "rema", "last", "fina", "outs", "left", "rest", "bala"})
"""How one of all such words begins."""
_LISTED = AnyCase(r"(?:, |\band |\bwere |\bother |\bremaining |\blast |\bfinal )$")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})*")
_BEFORE = 24
_RATIOS = frozenset({PER_CENT, SHARE, TIMES})


def amounts_by_sentence(reading: Reading, told: Sequence[Sequence[Mention]]) -> list[tuple[Mention, ...]]:
    """The figures of each sentence of ``told``, and the numbers that a list makes figures."""
    text = reading.text
    more: dict[tuple[int, int], list[Mention]] = {}
    for aside in reading.asides:
        if aside.kind in ("ordinal", "name"):
            for made in _of_aside(text, aside):
                more.setdefault(aside.sentence, []).append(made)
    found: list[tuple[Mention, ...]] = []
    for figures in told:
        own = tuple(bared(figures))
        extra = (
            [m for m in more.get(figures[0].sentence, ()) if not any(_cover(f, m) for f in own)]
            if more
            else ()
        )
        found.append(tuple(sorted((*own, *extra), key=START)) if extra else own)
    return found


def may_have_rest(text: str) -> bool:
    """Whether a text has a word for what is left at all."""
    lowered = in_small_letters(text)
    return has_any(lowered, _REST_WORDS) and not _REST_WORDS.isdisjoint(beginnings_of(lowered))


def _cover(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _of_aside(text: str, aside: Mention) -> Iterator[Mention]:
    before = text[max(0, aside.start - _BEFORE) : aside.start]
    if aside.kind == "name":
        if _DIGITS.fullmatch(aside.words) and _LISTED.search(before) and math.isfinite(aside.low):
            yield aside._replace(kind=FIGURE, unit=None, noun=None)
        return
    if _DIGITS.fullmatch(aside.words) and re.search(r"\b(?:first|second|third|fourth|fifth) $", before):
        number = float(aside.words.replace(",", ""))
        yield aside._replace(kind=FIGURE, unit=None, noun=None, low=number, high=number)  # "the second 145"
        return
    if REST.search(before) is None:
        return
    made = read(aside.words)
    if len(made) == 1 and made[0].words == aside.words:
        yield made[0].moved(aside.start)._replace(sentence=aside.sentence)


def is_amount(text: str, mention: Mention) -> bool:
    """Whether a figure is one finite number of something, and no rate, share, age or attribute."""
    if mention.per is not None or mention.form is not NUMBER_FORM or mention.unit in _RATIOS:
        return False
    plain = mention.low == mention.high and 0 < mention.low < math.inf
    return plain and not ("-" in mention.words and is_attribute(text, mention))


def plain_amounts(text: str, amounts: Sequence[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
    """Of the figures of each sentence those that are one number of something."""
    return [tuple([m for m in figures if is_amount(text, m)]) for figures in amounts]

"""Whether words put a figure beside another as the same in other units: "130 feet, nearly 40 metres down,",
"a 500-gallon tank, that's about 1,900 liters", "2,400 metres – 7,870 feet – and". A bracket needs none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from tallybook.consistency.forms import EXACT
from tallybook.reading import Mention
from tallybook.terms import Modifier

FURTHEST = 70
"""How far two figures of a pair may stand apart."""
_DIMENSION = (
    r"(?:long|tall|high|wide|deep|thick|across|around|round|square|down|up|in all|in total|heavy|below ground"
    r"|underground|inland|offshore|(?:above|below) (?:the )?(?:sea|ground|water|surface|waterline)(?: level)?"
    r"|in (?:length|height|width|depth|extent|diameter|area|size|circumference|volume|weight|thickness))"
)
_SIZE = re.compile(rf"-?\s?{_DIMENSION}")
_FEW_WORDS = re.compile(r"(?:of )?[a-z’'-]+(?: [a-z’'-]+)?")
_NO_SIZE = re.compile(r"\b(?:and|or|to|from|than|with|by|plus|but|per|at|behind|ahead|off|away|more|less)\b")
_HEDGE = (
    r"(?:(?:only|just|some|roughly|about|around|nearly|almost|exactly|approximately|a little|well|say) )?"
)
_SAME = re.compile(
    r"[”\"’']?(?:,[”\"’']?|;| ?\(| ?[–—-])? ?(?:or|i\.e\.,?|ie,?|viz\.?|that is(?: to say)?,?|that[’']?s"
    r"|which is|which makes|which equals|equal to|equivalent to|the equivalent of|equivalently"
    r"|in other words,?"
    rf"|in metric,?|otherwise) {_HEDGE}"
)
_OR_ALONE = re.compile(rf" or {_HEDGE}")
_THAT_IS = re.compile(
    r"[”\"’']?[.;,]? ?[”\"’']? ?[“\"‘]?(?:[Tt]hat (?:is|was|equals|makes|comes to|works out at)|[Tt]hat[’']s"
    rf"|[Ww]hich (?:is|equals|makes)) {_HEDGE}"
)
_OF_WHAT = re.compile(r"(?: of)?(?: (?!or |and |to |from |than |by |plus )[a-z’'-]+){1,3}(?=[,;] | [–—-] )")
_DASH = re.compile(rf" [–—-] {_HEDGE}|[—–]{_HEDGE}")
_COMMA = re.compile(rf", {_HEDGE}")
_CLOSED = re.compile(r"[,.;:)!?”\"]| ?[–—](?: |$)|$")
_OTHER = re.compile(
    r"\s(?:from|away|apart|behind|ahead|short|further|farther|more|longer|deeper|higher|lower|larger|bigger"
    r"|smaller|wider|for (?:each|every)|of (?:them|it|which|whom|these|those|that)|to go|left|later"
    r"|uphill|downhill|each|apiece"
    r"|extra|wider|thicker|heavier|lighter)\b"
)
_WARMTH = re.compile(r"\s(?:higher|lower|more)\b")
_FIGURES = 3
"""So many significant digits show that "42.195 km or 26.2 miles" is no choice between two."""


_OPENED = frozenset({", ", " (", "– ", "— ", ": "})


class Bond(Enum):
    """How surely two figures are one. The number: what the conversion may be off by to be told as a slip, as
    a multiple of the second figure. A choice ("5 km or 10 miles") is one figure only if it nearly fits."""

    NONE = 0.0
    CHOICE = 0.5
    LOOSE = 2.0
    SURE = float("inf")


def is_size(words: str) -> bool:
    """Whether words behind a figure only say what it is the size of: "in extent", "of moorland", "long"."""
    if _SIZE.fullmatch(words):
        return True
    return bool(_FEW_WORDS.fullmatch(words)) and not _NO_SIZE.search(words)


def bond_of(text: str, figures: Sequence[Mention], k: int) -> Bond:
    """How the words bind the figure at ``k`` to the one before it, which is of the same dimension."""
    first, second = figures[k - 1], figures[k]
    gap, sized = _without_size(text[first.end : second.start])
    tail = _SIZE.match(text, second.end + 1) if text[second.end : second.end + 1] == " " else None
    if sized is not None and tail is not None and sized != tail[0].strip(" -"):
        return Bond.NONE
    end = tail.end() if tail else second.end
    temperature = (first.unit or "").startswith("degree")
    if _OTHER.match(text, end) and not (temperature and _WARMTH.match(text, end)):
        return Bond.NONE
    if first.sentence != second.sentence:
        return Bond.SURE if _THAT_IS.fullmatch(gap) and _CLOSED.match(text, end) else Bond.NONE
    closed = _CLOSED.match(text, end) is not None
    if _OR_ALONE.fullmatch(gap) and sized is None:
        if closed and text[first.start - 2 : first.start] in _OPENED:
            return Bond.SURE
        fine = max(_digits(first), _digits(second)) >= _FIGURES or second.modifier is Modifier.ABOUT
        return Bond.CHOICE if fine else Bond.NONE
    if _SAME.fullmatch(gap) or _THAT_IS.fullmatch(gap):
        return Bond.SURE if closed or "or " not in gap else Bond.LOOSE
    if _DASH.fullmatch(gap):
        return Bond.SURE if closed else Bond.NONE
    if not closed or not _COMMA.fullmatch(gap) or _is_list(text, figures, k):
        return Bond.NONE
    return Bond.NONE if tail is not None and second.modifier is EXACT else Bond.LOOSE


def _without_size(gap: str) -> tuple[str, str | None]:
    """The words between two figures without those that say what the first is of, or which size of it."""
    size = _SIZE.match(gap)
    of = _OF_WHAT.match(gap) if size is None else None
    if of is not None:
        return gap[of.end() :], ""
    return (gap[size.end() :], size[0].strip(" -")) if size is not None else (gap, None)


def _digits(mention: Mention) -> int:
    digits = "".join(char for char in mention.words if char.isdigit())
    return len(digits if "." in mention.words else digits.rstrip("0"))


def _is_list(text: str, figures: Sequence[Mention], k: int) -> bool:
    """Whether commas go on to a third figure: "100 metres, 220 yards, a mile"."""
    first, second = figures[k - 1], figures[k]
    before = figures[k - 2] if k > 1 else None
    behind = figures[k + 1] if k + 1 < len(figures) else None
    listed = (", ", ", and ", " and ", ", or ")
    return (before is not None and text[before.end : first.start] in listed) or (
        behind is not None and text[second.end : behind.start] in listed and behind.unit == first.unit
    )

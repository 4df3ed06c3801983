"""The parts of one whole where some are fractions, or percentages whose sign is left out.

"Half would stay, 42 per cent leave and the remaining 8 per cent …", "split three ways: the family has 51
percent, a fund 30 and the employees 19", "two-thirds come by bus, a quarter walk, the rest …".

A fraction in words may be rounded, so that a sum that fails must be out of reach of that; and it is only told
if words say that the last part is the rest, or how many parts there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tallybook.consistency.any_case import beginnings_of, has_any, in_small_letters
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, SHARE, START, sentences_of
from tallybook.consistency.forms import FRACTION_FORM
from tallybook.consistency.printed_numbers import exact, printed
from tallybook.consistency.whole_words import (
    CHANGES,
    NOTHING_ELSE,
    NUMBERS,
    OF_SO_MANY,
    REST,
    SEVERAL_ANSWERS,
    SHARE_OF,
    THE_REST_IN_WORDS,
)
from tallybook.prose import converted, listed
from tallybook.reading import Mention, Reading
from tallybook.reading.mention import FIGURE

_MOST, _LONGEST, _APART, _CLOSE = 8, 600, 130, 25
_REST_WORDS = frozenset({"rest", "rema", "othe", "bala", "fina", "last"})
"""How one of all words for a rest begins."""
_LISTED = re.compile(r"[,;]|\b(?:and|while|with)\b")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_NAMED = re.compile(r"[A-Z][\w’'-]+ (\d{1,2}(?:\.\d+)?)")
_OF = re.compile(r" of (?:the |all |its |his |her |their |those |these |our )?([\w’'-]+)")
_SMALL_PARTS = frozenset({"them", "those", "these", "us", "whom", "which", "it"})
_FRACTION = 0.1
"""How far a fraction in words may be rounded, of its number."""


class Part(NamedTuple):
    """A part in percent; ``half``: how far its rounding reaches; ``bare``: whether its sign is left out."""

    words: str
    start: int
    end: int
    size: float
    half: float
    kind: str


def mixed_wholes(
    reading: Reading, shares: Sequence[Mention], tested: set[tuple[int, int]]
) -> Iterator[Check]:
    """A check for every sentence, or two of them, whose fractions and percentages part one whole.

    ``shares``: the fractions and percentages of the text.
    """
    before: list[Mention] = []
    shared = {share.sentence for share in shares} - tested
    if not shared:
        return
    lowered = in_small_letters(reading.text)
    rest = has_any(lowered, _REST_WORDS) and not _REST_WORDS.isdisjoint(beginnings_of(lowered))
    if not (
        rest
        or len(shares) > 1
        or reading.asides
        or any(m.inferred or m.unit is None for m in reading.figures)
    ):
        return
    for figures in sentences_of(_with_names(reading, shared)):
        sentence = figures[0].sentence
        if sentence in shared and (rest or _may_be_parts(figures)):
            found = _whole(reading.text, figures)
            found = found or (_of_two(reading.text, before, figures) if rest else None)
            if found is not None:
                tested.add(sentence)
                yield found
        before = figures


def _may_be_parts(figures: Sequence[Mention]) -> bool:
    """Whether a share is among figures and behind it another, or a number that leaves its unit out."""
    begun = False
    for figure in figures:
        share = not figure.inferred and (figure.unit == PER_CENT or figure.unit == SHARE)
        if begun and (share or figure.inferred or figure.unit is None):
            return True
        begun = begun or share
    return False


def _with_names(reading: Reading, shared: set[tuple[int, int]]) -> list[Mention]:
    """The figures, and the numbers behind a capital that were read as names: "Ann 40 per cent, Ben 30"."""
    found = list(reading.figures)
    if not reading.asides:
        return found
    percents = {figure.sentence for figure in reading.figures if figure.unit == PER_CENT} & shared
    for aside in reading.asides:
        named = _NAMED.fullmatch(aside.words) if aside.kind == "name" and aside.sentence in percents else None
        if named is not None:
            start = aside.start + named.start(1)
            number = float(named[1])
            found.append(aside._replace(words=named[1], start=start, low=number, high=number, kind=FIGURE))
    return sorted(found, key=START) if len(found) > len(reading.figures) else found


def _whole(text: str, figures: Sequence[Mention]) -> Check | None:
    start, end = figures[0].sentence
    if end - start > _LONGEST or len(figures) > _MOST:
        return None
    parts = _parts(text, figures)
    if parts is None or not (2 <= len(parts) <= _MOST) or all(part.kind == PER_CENT for part in parts):
        return None
    return _summed(text, text[start:end], parts) if _is_list(text, parts) else None


def _of_two(text: str, before: Sequence[Mention], figures: Sequence[Mention]) -> Check | None:
    """The shares of one sentence and the rest in the next: "The remaining 15 per cent are undecided"."""
    if not before or not 0 <= figures[0].sentence[0] - before[0].sentence[1] <= 3 or len(before) > _MOST:
        return None
    start, end = before[0].sentence[0], figures[0].sentence[1]
    one, two = _parts(text, before), _parts(text, figures)
    if not one or not two or len(two) > 2 or end - start > _LONGEST:
        return None
    if not _is_rest(text, two[-1], two[-2].end if len(two) > 1 else figures[0].sentence[0]):
        return None
    if (len(one) > 1 and not _is_list(text, one)) or (len(two) > 1 and not _is_list(text, two)):
        return None
    whole = _OF.match(text, two[0].end)
    if whole is not None and whole[1] not in _SMALL_PARTS:
        return None
    return _summed(text, text[start:end], [*one, *two])


def _summed(text: str, words: str, parts: Sequence[Part]) -> Check | None:
    if CHANGES.search(words) or SEVERAL_ANSWERS.search(words) or _of_other_wholes(text, parts):
        return None
    total, reach = sum(part.size for part in parts), sum(part.half for part in parts)
    off = abs(total - 100)
    bound = _is_whole(text, words, parts)
    if off <= max(reach / 2, 0.5) + 1e-9 and (bound or len(parts) > 2 or _is_pair(parts, off)):
        return _check(parts, total, True)
    if all(part.kind in (SHARE, "rest") for part in parts):
        reach /= 2  # halves and thirds that part one thing among them are hardly all rounded one way
    return _check(parts, total, False) if bound and off > reach + 1e-9 else None


def _is_pair(parts: Sequence[Part], off: float) -> bool:
    """ "Three-quarters wheat and one-quarter rye": two close together that make the whole exactly."""
    return off < 0.5 and parts[1].start - parts[0].end <= _CLOSE


def _is_whole(text: str, words: str, parts: Sequence[Part]) -> bool:
    """Whether words say that the list is the whole: by a rest, or by the number of its parts."""
    if len(parts) > 1 and _is_rest(text, parts[-1], parts[-2].end):
        return True
    many = OF_SO_MANY.search(words)
    if many is not None:
        said = next(group for group in many.groups() if group).lower()
        return (int(said) if said.isdecimal() else NUMBERS[said]) == len(parts)
    return len(parts) > 2 and NOTHING_ELSE.search(words) is not None


def _is_rest(text: str, part: Part, since: int) -> bool:
    return part.kind == "rest" or REST.search(text[max(since, part.start - 40) : part.start]) is not None


def _parts(text: str, figures: Sequence[Mention]) -> list[Part] | None:
    """The shares of a sentence, in percent; None if one is no plain number or another is among them."""
    parts: list[Part] = []
    for figure in figures:
        if figure.unit is None or figure.inferred:
            if not parts:
                continue
            if parts[-1].kind == SHARE or not exact(figure) or figure.low >= 100 or figure.per:
                return None
            parts.append(Part(figure.words, figure.start, figure.end, figure.low, 0.5, "bare"))
        elif figure.unit == PER_CENT:
            digits = printed(figure) if exact(figure) and not figure.per and figure.low < 100 else ()
            if not digits:
                return None
            parts.append(
                Part(figure.words, figure.start, figure.end, figure.low, digits[0].step / 2, PER_CENT)
            )
        elif figure.unit == SHARE:
            if not exact(figure) or figure.form is not FRACTION_FORM or figure.per:
                return None
            size = 100 * figure.low
            parts.append(Part(figure.words, figure.start, figure.end, size, _FRACTION * size, SHARE))
    rest = THE_REST_IN_WORDS.search(text, parts[-1].end, figures[0].sentence[1]) if parts else None
    if rest is not None:
        size = 100 / SHARE_OF[rest[1].lower()]
        parts.append(Part(rest[0], rest.start(), rest.end(), size, _FRACTION * size, "rest"))
    return parts


def _is_list(text: str, parts: Sequence[Part]) -> bool:
    """Whether commas or "and" part the shares, with few words and no year between them."""
    for k in range(1, len(parts)):
        gap = text[parts[k - 1].end : parts[k].start]
        if len(gap) > _APART or not _LISTED.search(gap) or _YEAR.search(gap):
            return False
    return True


def _of_other_wholes(text: str, parts: Sequence[Part]) -> bool:
    """Whether a later share is of something else than the first: "half of the men, a third of the women"."""
    first = _OF.match(text, parts[0].end)
    for part in parts[1:]:
        own = _OF.match(text, part.end)
        same = own is None or own[1] in _SMALL_PARTS or (first is not None and own[1] == first[1])
        if not same:
            return True
    return False


def _check(parts: Sequence[Part], total: float, closes: bool) -> Check:
    shown = [f"{part.words}%" if part.kind == "bare" else part.words for part in parts]
    made = converted(total, [] if round(total, 6) == 100 else [100])
    why = f"{listed(shown)} add up to {made}%"
    why += (
        "." if round(total, 6) == 100 else f", which rounding {'explains' if closes else 'does not explain'}."
    )
    gap = None if closes else round(total - 100, 6)
    about = tuple(part.words for part in parts)
    return Check("percentages of a whole", about, closes, why, gap, parts[0].start, parts[-1].end)

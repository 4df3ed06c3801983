"""Parts and their whole: parts that make it up, the rest of it, what is left of it, and a part above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tallybook.consistency.any_case import AnyCase, has_any
from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.contest_results import contest_results
from tallybook.consistency.figures import PER_CENT, START, bared, sentences_of, shown, told_of, zones
from tallybook.consistency.part_words import (
    OTHERS,
    exclusive_labels,
    exclusive_nouns,
    exhaustive_nouns,
)
from tallybook.consistency.parts_inside import inside, is_amount
from tallybook.consistency.printed_numbers import is_measured
from tallybook.consistency.remainders import TEST_REST, TEST_SUM, brought_to, fits, left_over, may_be_latest
from tallybook.consistency.shares import OF_BEFORE, is_part_of
from tallybook.estimates.zones import Zones
from tallybook.matching.numbers import meet
from tallybook.prose import number
from tallybook.reading import Mention, Reading, read
from tallybook.terms import BOUNDS

_MOST = 12
MADE = re.compile(
    r"\b(?:made up of|mak(?:es?|ing) up|consist(?:s|ed|ing)? of|compos(?:ed|es) of|compris(?:es|ed|ing|"
    r"e)(?: of)?|"
    r"(?:divided|split) (?:in)?to|(?:breaks?|broken|broke) down (?:in)?to)\b[^;.]{0,30}$"
)
_LIST = AnyCase(r"[^;\d]{0,80}?(?::| – | — | –|—|,? of (?:which|whom|these)|\()[^:;.\d()–—]{0,40}")
_MARKED = re.compile(r"[^;:\d()–—]{0,80}(?:: | – | — |—| \()")
_SENTENCE_PART = re.compile(r"[^;\d]{0,90}")
_PAIRED = re.compile(r"[^;:\d()]{0,60}, ")
_DEFINITE = AnyCase(r"(?:^|[“\"'‘(]|, )(?:the|its|their|his|her|this) $")
_REST = AnyCase(
    r"\b(?:(?:the|its|their|his|her|and) (?:other|remaining|last)|the (?:rest|others|remainder),?(?: "
    r"some)?) $",
)
_REST_SAYS = AnyCase(r"\bthe (?:other|remaining|rest|others|remainder)\b")
_NOT = re.compile(
    r"(?: [\w-]+)? (?:do|does|did|have|has|had|were|was|are|is|could|would|will|can) not\b"
    r"| (?:do|does|did|have|has|had|were|was|are|is|could|would|wo|ca)n['’]t\b"
)
# Who comes is no part of those who were there.
_COMING = AnyCase(
    r"\b(?:got on|boarded|joined|arrived|(?:was|were) (?:added|born|hired)|came (?:in|on|aboard)|took on)\b",
)
_VAGUE = re.compile(
    r"\b(?:and|plus|with|as well as) (?:an?|some|several|many|others?|more|various|a few|few)\b"
)
_JOINT = re.compile(r",|;| and | – |\)")
_CLOSES_LIST = ("and", "remaining", "other", "rest")
"""One of them stands before the last part of a list."""
_LAST_BUT_ONE = re.compile(rf"\b(?:{'|'.join(_CLOSES_LIST)})\b")
_LABEL = re.compile(r" (in|for|from|to|on|at|about|of|by|as|with|against|under) ")
_NAMED = re.compile(r"\b(for|to) (?:the )?(?:M(?:r|s|rs)\.? )?[A-Z]")
_ORDER_WORDS = AnyCase(r"\b(?:the|its|their) (?:other|remaining|last) $")
_ALL_BUT = re.compile(r"\ball but $", re.IGNORECASE)
_INCLUDES = re.compile(r"\binclud(?:es?|ed)\b[^;.]{0,30}$")
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATES = re.compile(rf"\b\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}|\b(?:1[5-9]|20)\d\d\b|\bYear \d+")
# A house has as many seats as its name says: "the 80-member assembly" is no rounding.
_HUNG = re.compile(r"-(?:seat|member)$")
_SEVERAL = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
_NUMBERS = AnyCase(
    r"\d+|\b(?:one (?!of\b)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|"
    r"thirty|forty|"
    r"fifty|sixty|"
    r"seventy|eighty|ninety|hundred|dozen|half)\b",
)


class _Whole(NamedTuple):
    """A whole and the figures that may be its parts. ``how``: what binds them: "made", "list", "of", "pair",
    "rest" (bound by "the other nine" alone)."""

    whole: Mention
    parts: tuple[Mention, ...]
    how: str


def parts(
    reading: Reading, grouped: Sequence[Sequence[Mention]], told: Sequence[Check] = ()
) -> Iterator[Check]:
    """Checks of the parts of a whole: their sum, the rest, what is left, and a part that is more than all.

    ``grouped``: the figures of each sentence. Sums of ``told`` are not made again.

    "Twelve hikers were saved; five were flown out and the other nine walked": 5 + 9 = 14, not 12.
    """
    before: list[Mention] = []
    text, is_told = reading.text, told_of(told)
    for figures in _sentences(reading, grouped):
        many = len(figures)
        for bound in _wholes(text, before, figures) if many > 2 or (before and many > 1) else ():
            check = None if is_told(bound.whole) else _checked(text, bound)
            if check is not None:
                yield check
        if many > 2:
            yield from left_over(text, figures)
            yield from contest_results(text, figures)
            yield from brought_to(text, [m for m in figures if not is_told(m)] if told else figures)
        yield from inside(text, before, figures)
        before = figures


def _sentences(reading: Reading, grouped: Sequence[Sequence[Mention]]) -> list[list[Mention]]:
    """The figures of each sentence, with the "nine" of "the other nine"."""
    rest = [
        made
        for aside in reading.asides
        if aside.kind == "ordinal"
        and _ORDER_WORDS.search(reading.text[max(0, aside.start - 16) : aside.start])
        for made in _as_figure(aside)
    ]
    if rest:
        return sentences_of(sorted([*bared(reading), *rest], key=START))
    return [bared(figures) for figures in grouped]


def _as_figure(aside: Mention) -> Iterator[Mention]:
    made = read(aside.words)
    if len(made) == 1 and made[0].words == aside.words:
        yield made[0].moved(aside.start)._replace(sentence=aside.sentence)


def _wholes(text: str, before: Sequence[Mention], figures: Sequence[Mention]) -> Iterator[_Whole]:
    if not has_any(text[figures[0].end : figures[-1].start], _CLOSES_LIST):
        return
    for k, whole in enumerate(figures[:-1] if len(figures) > 2 else ()):
        if whole.modifier in BOUNDS or not is_amount(whole, change=True):
            continue
        bound = _bound(text, figures, k)
        if bound is not None:
            yield bound
            return
    if before:
        yield from _whole_before(text, before, figures)


def _bound(text: str, figures: Sequence[Mention], k: int) -> _Whole | None:
    """The whole at ``k`` with the parts that its sentence binds to it."""
    whole = figures[k]
    behind = figures[k + 1 : k + 1 + _MOST]
    if k and is_part_of(text, figures[k - 1], whole):
        found = _list(text, whole, behind, first=True)
        nested = any(_is_aside(text, part) for part in found[:-1])
        rest = bool(found) and not nested and _has_rest(text, whole, found)
        return _Whole(whole, (figures[k - 1], *found), "rest") if rest else None
    found = _list(text, whole, behind)
    how = _how(text, whole, found, opens=k == 0) if len(found) > 1 else None
    return _Whole(whole, found, how) if how else None


def _is_aside(text: str, part: Mention) -> bool:
    """Whether a figure is said of the part before it: "won 20 of 25 fights, *18 by knockout*, and lost"."""
    return text.startswith(", ", part.start - 2) and bool(_LABEL.match(text, part.end))


def _how(text: str, whole: Mention, found: Sequence[Mention], *, opens: bool) -> str | None:
    """What binds a list of figures to the whole before it; None where nothing does."""
    gap = text[whole.end : found[0].start]
    said = text[whole.start : found[0].start]
    if MADE.search(said):
        return "made"
    opened = OF_BEFORE.search(text[max(whole.sentence[0], whole.start - 60) : whole.start])
    if _INCLUDES.search(said) or (opened and _SENTENCE_PART.fullmatch(gap)):
        return "of"
    if len(gap) < 130 and _LIST.fullmatch(gap):
        return "list"
    if _has_rest(text, whole, found):
        known = ";" in gap or (opens and _opens(text, whole))
        if known or (whole.unit is not None and _are_apposed(text, gap, found)):
            return "rest"
    if gap == ", " and all(part.unit is None and _LABEL.match(text, part.end) for part in found):
        return "of"
    units = [part.unit or "" for part in found]
    apart = exclusive_nouns(units) or (not any(units) and exclusive_labels(_labels_of(text, found)))
    if exclusive_nouns([whole.unit or "", *units]):
        return None  # "four women, three men and two children": the women are one of the parts
    return "pair" if apart and _PAIRED.fullmatch(gap) and not OTHERS.search(gap) else None


def _are_apposed(text: str, gap: str, found: Sequence[Mention]) -> bool:
    """Whether parts without a verb follow a whole: "Ten died, four *in* a car and the other six *in* a bus".

    In "Seven were flown out on Monday, two on Tuesday and the other three on Friday" the seven are a part.
    """
    labels = [_LABEL.match(text, part.end) for part in found]
    heads = {label[1] for label in labels if label is not None}
    return None not in labels and not any(f" {head} " in gap for head in heads)


def _opens(text: str, whole: Mention) -> bool:
    """Whether a whole is known when its sentence begins: "The $412 million budget sets aside"."""
    start = whole.sentence[0]
    return whole.start - start < 12 and bool(_DEFINITE.search(text[start : whole.start]))


def _has_rest(text: str, whole: Mention, found: Sequence[Mention]) -> bool:
    last = found[-1]
    return bool(_REST.search(text, max(whole.end, last.start - 30), last.start))


def _list(
    text: str, whole: Mention, figures: Sequence[Mention], *, first: bool = False
) -> tuple[Mention, ...]:
    """The figures behind a whole that are listed as parts, up to the one that closes the list."""
    found: list[Mention] = []
    for figure in figures:
        if not fits(figure, whole):
            if found:
                break
            continue
        if found or first:
            end = found[-1].end if found else whole.end
            gap = text[end : figure.start]
            if (
                len(gap) > 160
                or not _JOINT.search(gap)
                or (OTHERS.search(gap) and not _REST_SAYS.search(gap))
            ):
                break
        left_out = figure.unit == whole.unit and not is_measured(figure.unit)
        found.append(figure._replace(unit=None) if left_out else figure)
        if len(found) > 1 or first:
            gap = text[(found[-2].end if len(found) > 1 else whole.end) : figure.start]
            if _LAST_BUT_ONE.search(gap) and not _goes_on(text, figure, figures):
                return _without_their_number(found)
    return ()


def _without_their_number(found: Sequence[Mention]) -> tuple[Mention, ...]:
    """The parts of "two groups, 15 who took the drug and 11 who did not": 15 and 11."""
    named = len(found) > 2 and found[0].unit is not None and found[0].low == len(found) - 1
    return tuple(found[1:] if named else found)


def _goes_on(text: str, last: Mention, figures: Sequence[Mention]) -> bool:
    """Whether a further figure follows that "and" joins: "the roads and 18 bridges and the remaining 12"."""
    for figure in figures:
        if figure.start > last.start and figure.start - last.end < 120:
            gap = text[last.end : figure.start]
            return bool(re.search(r"\band\b", gap)) and figure.per is None and figure.unit != PER_CENT
    return False


def _whole_before(text: str, before: Sequence[Mention], figures: Sequence[Mention]) -> Iterator[_Whole]:
    """ "Twelve hikers were saved. Five were flown out and the other nine walked"."""
    if len(before) > 2 or figures[0].start - before[-1].end > 300:
        return
    counts = [m for m in before if m.unit is not None and is_amount(m)]
    if len(counts) != 1:
        return
    whole = counts[0]
    found = _list(text, whole, figures[: _MOST + 1])
    if len(found) < 2 or found != tuple(figures[: len(found)]) or found[0].of not in (None, "them"):
        return
    if any(part.unit not in (None, whole.unit) or part.low >= whole.low for part in found):
        return
    if _has_rest(text, found[0], found) and not OTHERS.search(text[before[-1].end : found[0].start]):
        yield _Whole(whole, found, "rest")


def _checked(text: str, bound: _Whole) -> Check | None:
    """The sum of the parts beside their whole, where the words leave no doubt that they make it up."""
    whole, found = bound.whole, bound.parts
    if whole.low < 3 or min(part.low for part in found) < 1:
        return None
    total: Zones = zones(found[0])
    for part in found[1:]:
        total = total.plus(zones(part))
    stated = zones(whole._replace(trend=None))
    rest = _has_rest(text, found[0], found)
    added = sum(part.low for part in found)
    closes = meet(total.true, stated.true) if not _HUNG.search(whole.words) else added == whole.low
    if added != whole.low:
        above = added > whole.low
        decided = _is_apart(text, bound, rest) if above else _is_all(text, bound, rest)
        if not closes and (_closes_without_one(bound) or _is_between(bound)):
            return None
        unread = not closes and (
            (rest and may_be_latest(text, found[-1], listed=len(found) > 2))
            or _other_numbers(text, bound)
            or bool(_COMING.search(" ".join(_labels(text, bound))))
        )
        if not decided or unread or not 0.5 <= added / whole.low <= 2:
            return None
    numbers = " + ".join(shown(part) for part in found)
    told = f"{numbers} = {number(round(added, 6))}"
    why = f"{told}; the text says {whole.words}" if closes else f"{told}, not {whole.words}"
    about = (whole.words, *(part.words for part in found))
    start, end = min(whole.start, found[0].start), found[-1].end
    gap = None if closes else round(added - whole.low, 6)
    return Check(TEST_REST if rest else TEST_SUM, about, closes, f"{why}.", gap, start, end)


def _is_between(bound: _Whole) -> bool:
    """Whether a measured amount lies between its parts, and is their mean: "81.2 years, 83.6 for women and
    78.8 for men"."""
    whole, sizes = bound.whole, [part.low for part in bound.parts]
    measured = is_measured(whole.unit) or (whole.grain is not None and whole.grain < 1)
    return measured and min(sizes) <= whole.low <= max(sizes)


def _closes_without_one(bound: _Whole) -> bool:
    """Whether one figure too many may be said of the part before it, or all that follow of the first: "11 of
    30 were sold, six here and the other five abroad"."""
    added = sum(part.low for part in bound.parts)
    if bound.how in ("of", "rest") and len(bound.parts) > 2 and added == 2 * bound.parts[0].low:
        return True
    return any(
        added - part.low == bound.whole.low and part.low < before.low
        for before, part in pairwise(bound.parts[:-1])
    )


def _other_numbers(text: str, bound: _Whole) -> bool:
    """Whether numbers that are no parts, and no dates, stand among the parts: they may be read wrongly."""
    start, last = bound.whole.end, bound.parts[-1]
    words = list(text[start : last.end]) if last.end > start else []
    for part in bound.parts:
        if part.start >= start:
            words[part.start - start : part.end - start] = " " * (part.end - part.start)
    several = _SEVERAL.get(len(bound.parts), "")
    return any(
        number[0].lower() not in (several, str(len(bound.parts)))
        for number in _NUMBERS.finditer(DATES.sub("", "".join(words)))
    )


def _labels(text: str, bound: _Whole) -> list[str]:
    """The words behind each part, up to the next."""
    return _labels_of(text, bound.parts)


def _labels_of(text: str, found: Sequence[Mention]) -> list[str]:
    ends = [*(part.start for part in found[1:]), min(found[-1].sentence[1], found[-1].end + 60)]
    return [text[part.start : end] for part, end in zip(found, ends, strict=True)]


def _is_apart(text: str, bound: _Whole, rest: bool) -> bool:
    """Whether nothing is counted in two of the parts, so that they cannot be more than the whole."""
    if rest:
        return is_own(bound.parts[-1], bound.whole)
    if bound.how in ("made", "pair"):
        return True
    labels = _labels(text, bound)
    if _NOT.match(text, bound.parts[-1].end) or exclusive_labels(labels):
        return True
    units = [part.unit or "" for part in bound.parts]
    if exclusive_nouns(units) or (bound.whole.unit in ("vote", "ballot", "seat") and _for_names(labels)):
        return True
    if bound.how != "list" or not _MARKED.fullmatch(text, bound.whole.end, bound.parts[0].start):
        return False
    heads = {label[1] if (label := _LABEL.match(text, part.end)) else "" for part in bound.parts}
    return (len(heads) == 1 and "" not in heads) or (len(bound.parts) > 2 and all(units))


def is_own(part: Mention, whole: Mention) -> bool:
    """Whether a part counts what its whole does, by its noun: not "the other 14 languages" of 30 lawyers."""
    if whole.unit is None or part.unit in (None, whole.unit):
        return True
    return part.low > 1 and part.noun == part.unit  # "14 conviction" is 14, for conviction


def _for_names(labels: Sequence[str]) -> bool:
    """Whether each part is for somebody named: "297 were cast for Ms Orr and 271 for Mr Pike"."""
    heads = [_NAMED.search(label) for label in labels]
    return None not in heads and len({head[1] for head in heads if head}) == 1


def _is_all(text: str, bound: _Whole, rest: bool) -> bool:
    """Whether the parts are said to be all of the whole, so that they cannot be less."""
    last = bound.parts[-1]
    if rest or _NOT.match(text, last.end):
        return is_own(last, bound.whole)
    if bound.how == "made":
        return not _VAGUE.search(text, bound.whole.end, last.sentence[1])
    units = [part.unit or "" for part in bound.parts]
    return exhaustive_nouns(bound.whole.unit, units) and bound.how in ("pair", "list")

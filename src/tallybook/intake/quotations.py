"""Quoted words looked for in a text: found, moved, changed, absent, or not to be checked.

Numbers decide before any likeness: a passage with another number is never the quoted one, however like its
words are ("about 13,000 soldiers" and "about 15,000 soldiers" are alike to 97 in 100).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

from tallybook.book import Article, Book
from tallybook.book.passages import Paragraphs, Place, places, starts_of
from tallybook.book.problems import BookError, Problem
from tallybook.book.quotes import anchors
from tallybook.book.records import Anchor
from tallybook.book.yaml_lines import KeyPath
from tallybook.prose import counted, listed, quoted
from tallybook.quantity import Quantity
from tallybook.reading import Mention, Reading, read
from tallybook.reading.lexicon.language import languages
from tallybook.terms import Quotation

LIKE = 75.0
"""From 0 to 100: how like a passage must be to be the quoted one with other words."""

_OTHER_NUMBER = 90.0
_CONTEXT = 60.0
_OWN_WORDS = 4
"""Words of a quotation that is known by itself; a shorter one is known by what stands around it."""

_SEPARATORS = re.compile(r"(?<=\d)[.,'’\s](?=\d{3}(?!\d))")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_SIGNS = str.maketrans("“”„«»‘’‚‛´`‐‑–—−\u00a0\u202f\u2009", "\"\"\"\"\"''''''-----   ")
_LONGEST_LINE = 4_000
_MOST_LIKE = 2_000
"""So many passages with the right numbers are compared at most."""

_QUOTED = 120
_MOST_MAYBE = 1_000
_MOST_OVER = 40
_STOPS = frozenset(",.;:)\"'”’")
_NEAR, _MOST_ENDS = 40, 7
_SMALL_WORD = 3
_TOKEN = re.compile(r"\w+")
_WORD = re.compile(r"[^\s\"(]\S*?(?=[,.;:!?)\"']*(?:\s|$))")

Numbers = tuple[object, ...]

_STATED: dict[str, Callable[[Mention], object]] = {
    "bound": lambda mention: mention.modifier,
    "unit": lambda mention: (mention.unit, mention.per),
    "direction": lambda mention: mention.trend,
}
"""What a figure states besides its numbers."""


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """What came of one quotation. ``says``: the reason, in a sentence; ``now``: of an article, the anchor at
    the place where its words stand now, ``maybe``: at each of several places that cannot be told apart by
    what stands around them; ``path``: where the anchor is in the article's file."""

    name: str
    words: str
    result: Quotation
    says: str
    path: KeyPath = ()
    was: Anchor | None = None
    now: Anchor | None = None
    maybe: tuple[Anchor, ...] = ()


def article_quotations(article: Article, text: str | None) -> list[QuotationCheck]:
    """Every anchor of an article in its text."""
    if text is None:
        says = "the article's text is not at hand."
        return [
            QuotationCheck(_name(article, path), anchor.exact, Quotation.UNCHECKED, says, path, anchor)
            for path, anchor in anchors(article)
        ]
    looked = Looked(text, article.language)
    return _told_apart([looked.anchored(_name(article, path), path, a) for path, a in anchors(article)])


def _told_apart(checks: list[QuotationCheck]) -> list[QuotationCheck]:
    """Of several places the one that moved as far as the quotation before it, or as the one behind it."""
    moves = sorted(move for check in checks if (move := _move(check)) is not None)
    found = []
    for check in checks:
        was = check.was.start if check.was else None
        if check.maybe and was is not None:
            before = [move for start, move in moves if start <= was][-1:]
            near = {*before, *[move for start, move in moves if start > was][:1]}
            right = [
                anchor for anchor in check.maybe if anchor.start is not None and anchor.start - was in near
            ]
            if len(right) == 1:
                says = f"the words stand in paragraph {right[0].paragraph}, at character {right[0].start}."
                check = replace(check, says=says, now=right[0], maybe=())
        found.append(check)
    return found


def _move(check: QuotationCheck) -> tuple[int, int] | None:
    """Where a quotation stood, and how far it moved."""
    was, now = check.was, check.was if check.result is Quotation.FOUND else check.now
    if was is None or now is None or was.start is None or now.start is None:
        return None
    return was.start, now.start - was.start


def page_quotations(book: Book, text_of: Callable[[str], str | None]) -> Iterator[QuotationCheck]:
    """The words of every statement on the page that it was taken from. ``text_of``: of a source's id."""
    for source in book.sources.values():
        text = text_of(source.id) if source.statements else None
        looked = Looked(text, source.language or "") if text is not None else None
        for statement in source.statements:
            if looked is None:
                says = "the text of its page is not at hand."
                yield QuotationCheck(statement.id, statement.words, Quotation.UNCHECKED, says)
            else:
                yield looked.quoted(statement.id, statement.words)


class Looked:
    """A text in which quotations are looked for, read once. ``language``: of the text."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._paragraphs = Paragraphs(text)
        self._plain = text.translate(_SIGNS)

    def anchored(self, name: str, path: KeyPath, anchor: Anchor) -> QuotationCheck:
        """An anchor: its words, paragraph, neighbours and offsets hold together, or what became of them."""
        found_at = places(anchor, self._text, self._paragraphs)
        there = [place for place in found_at if not self._cuts_a_number(place.start, anchor.exact)]
        if any(not place.wrong(anchor) for place in there):
            return QuotationCheck(name, anchor.exact, Quotation.FOUND, "", path, anchor)
        if there:
            found = self._moved(name, path, anchor, there)
            if found is not None:
                return found
        check = self._without_place(name, anchor.exact, anchor)
        return replace(check, path=path, was=anchor)

    def quoted(self, name: str, words: str) -> QuotationCheck:
        """Words that may stand anywhere in the text."""
        if any(not self._cuts_a_number(start, words) for start in starts_of(words, self._text)):
            return QuotationCheck(name, words, Quotation.FOUND, "")
        return self._without_place(name, words, None)

    def _cuts_a_number(self, start: int, words: str) -> bool:
        """Whether words at a place begin or end within another number: "nine men" in "ninety-nine men".

        A size within a longer figure cuts none: "152 mm" in "200,000 shells of 152 mm".
        """
        if self._language not in languages():
            return False
        own = {number for m in read(words, language=self._language) for number in (m.low, m.high)}
        end = start + len(words)
        first = bisect_right(self._ends, start)
        for mention in self._reading[first : first + _MOST_OVER]:
            if mention.start >= end:
                break
            if (mention.start >= start and mention.end <= end) or own & {mention.low, mention.high}:
                continue
            before, behind = self._text[mention.start : start], self._text[end : mention.end]
            ours = _TOKEN.findall(words)
            if own and (
                (self._a_number(ours[:1]) and self._a_number(_TOKEN.findall(before)[:-3:-1]))
                or (self._a_number(ours[-1:]) and self._a_number(_TOKEN.findall(behind)[:3]))
            ):
                return True
        return False

    def _a_number(self, tokens: list[str]) -> bool:
        """Perhaps behind small words: "hundred", "and a half"."""
        for token in tokens:
            if token.isdigit() or any(True for _ in read(f"{token} men", language=self._language)):
                return True
            if len(token) > _SMALL_WORD:
                break
        return False

    @cached_property
    def _ends(self) -> list[int]:
        return [mention.end for mention in self._reading]

    # Moved

    def _moved(self, name: str, path: KeyPath, anchor: Anchor, there: list[Place]) -> QuotationCheck | None:
        """The place where most of what stood around the words still does; None where none is like it."""
        known = len(anchor.exact.split()) >= _OWN_WORDS or not (anchor.prefix or anchor.suffix)
        scored = [(self._around(anchor, place.start, place.end), place) for place in there]
        best = max(score for score, _ in scored)
        if best[0] < _CONTEXT and not known:
            return None
        nearest = [place for score, place in scored if score == best]
        wrong = min((place.wrong(anchor) for place in nearest), key=len)
        if len(nearest) > 1:
            says = f"the words stand at {len(nearest)} other places; nothing tells which it is."
            maybe = [self._anchor(anchor, place.start, place.end) for place in nearest[:_MOST_MAYBE]]
            several = tuple(one for one in maybe if one is not None)
            return QuotationCheck(name, anchor.exact, Quotation.MOVED, says, path, anchor, maybe=several)
        now = self._anchor(anchor, nearest[0].start, nearest[0].end)
        says = f"the words are {' and '.join(wrong)}."
        return QuotationCheck(name, anchor.exact, Quotation.MOVED, says, path, anchor, now)

    def _around(self, anchor: Anchor, start: int, end: int) -> tuple[float, float]:
        """How much of prefix or suffix stands around a place, from 0 to 100, and of both; 100 of none."""
        if not (anchor.prefix or anchor.suffix):
            return 100.0, 100.0
        before = self._text[max(0, start - len(anchor.prefix)) : start]
        behind = self._text[end : end + len(anchor.suffix)]
        ratio = _fuzz().ratio
        parts = [
            ratio(ours, theirs) for ours, theirs in ((anchor.prefix, before), (anchor.suffix, behind)) if ours
        ]
        return max(parts), sum(parts) / len(parts)

    # Changed or absent

    def _without_place(self, name: str, words: str, anchor: Anchor | None) -> QuotationCheck:
        span = self._in_other_signs(words)
        if span is not None:
            now = self._anchor(anchor, *span) if anchor else None
            says = "the same words with other spaces, quotation marks or dashes."
            return QuotationCheck(name, words, Quotation.CHANGED, says, now=now)
        like, other = self._like(words)
        same = [] if like is not None else self._same_figures(words)
        like = like or self._nearest(same, anchor)
        if like is not None:
            now = self._anchor(anchor, *like) if anchor else None
            now_says = self._text[slice(*like)]
            says = f"the text now has {quoted(now_says, _QUOTED)}, {self._in_what(words, now_says)}."
            return QuotationCheck(name, words, Quotation.CHANGED, says, now=now)
        if same:
            says = f"the text states its figure in other words, at {len(same)} places; nothing tells which."
            return QuotationCheck(name, words, Quotation.CHANGED, says)
        says = "no passage of the text is like it."
        if other is not None:
            says = f"the text has {quoted(self._text[slice(*other)], _QUOTED)}, which is another number."
        elif anchor is not None and next(starts_of(words, self._text), None) is not None:
            says = "the words stand in the text, but nothing of what stood around them."
        return QuotationCheck(name, words, Quotation.ABSENT, says)

    def _in_what(self, words: str, now: str) -> str:
        """What two passages with the same numbers have in common, and what may change what they state."""
        ours, theirs = (
            (read(passage.translate(_SIGNS), language=self._language) for passage in (words, now))
            if self._language in languages()
            else ((), ())
        )
        other = [
            name
            for name, of in _STATED.items()
            if any(of(one) != of(two) for one, two in zip(ours, theirs, strict=False))
        ]
        return f"with the same numbers but another {listed(other)}" if other else "with the same numbers"

    def _in_other_signs(self, words: str) -> tuple[int, int] | None:
        parts = words.translate(_SIGNS).split()
        found = re.search(r"\s+".join(map(re.escape, parts)), self._plain) if parts else None
        return found.span() if found and found.group() != words else None

    def _like(self, words: str) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
        """(the passage most like some words with their numbers, one that is very like with other numbers)."""
        fuzz = _fuzz()
        wanted = numbers_in(words, self._language)
        best: tuple[float, tuple[int, int]] | None = None
        other: tuple[float, tuple[int, int]] | None = None
        for first, last in self._lines_like(words):
            line = self._plain[first:last]
            found = fuzz.partial_ratio_alignment(words.translate(_SIGNS), line, score_cutoff=LIKE)
            if found is None:
                continue
            spans = self._around_words(first + found.dest_start, first + found.dest_end, first, last, words)
            right = [span for span in spans if self._numbers(span) == wanted] if wanted else []
            for span in right or spans:
                score = fuzz.ratio(words.translate(_SIGNS), self._plain[slice(*span)])
                if right and score >= LIKE and (best is None or score > best[0]):
                    best = (score, span)
                elif not right and found.score >= _OTHER_NUMBER and (other is None or score > other[0]):
                    other = (score, span)
        return best[1] if best else None, other[1] if other else None

    def _same_figures(self, words: str) -> list[tuple[int, int]]:
        """The figures of the text that are read as the one of some words: 4,000 for four thousand."""
        if self._language not in languages():
            return []
        quoted_ = [m for m in read(words, language=self._language) if m.unit is not None]
        if len(quoted_) != 1 or len(numbers_in(words, self._language)) != 1:
            return []
        wanted = _without_grain(quoted_[0].quantity)
        same = (m for m in self._reading if m.unit == wanted.unit and _without_grain(m.quantity) == wanted)
        return [(m.start, m.end) for m in islice(same, _MOST_MAYBE)]

    def _nearest(self, spans: list[tuple[int, int]], anchor: Anchor | None) -> tuple[int, int] | None:
        """The one stretch, or the only one of several that stands among the anchor's neighbours."""
        if len(spans) < 2 or anchor is None or not (anchor.prefix or anchor.suffix):
            return spans[0] if len(spans) == 1 else None
        scored = [(self._around(anchor, *span), span) for span in spans]
        best = max(score for score, _ in scored)
        nearest = [span for score, span in scored if score == best]
        return nearest[0] if len(nearest) == 1 and best[0] >= _CONTEXT else None

    @cached_property
    def _reading(self) -> Reading:
        return read(self._text, language=self._language)

    def _lines_like(self, words: str) -> Iterator[tuple[int, int]]:
        """Stretches of the text in which the words could stand: lines, long ones in pieces that overlap."""
        count = start = 0
        for line in self._text.split("\n"):
            step = _LONGEST_LINE - 2 * len(words)
            for piece in range(0, max(1, len(line)), max(1, step)):
                if line.strip() and count < _MOST_LIKE:
                    count += 1
                    yield start + piece, min(start + len(line), start + piece + _LONGEST_LINE)
            start += len(line) + 1

    def _numbers(self, span: tuple[int, int]) -> Numbers:
        return numbers_in(self._text[slice(*span)], self._language)

    def _around_words(self, start: int, end: int, first: int, last: int, words: str) -> list[tuple[int, int]]:
        """The stretches near one that begin and end with whole words, up to a few words shorter or longer.

        One ends with a mark only if the quotation does.
        """
        near = max(first, start - _NEAR), min(last, end + _NEAR)
        found = list(_WORD.finditer(self._plain, *near))
        starts = sorted((m.start() for m in found), key=lambda at: abs(at - start))[:_MOST_ENDS]
        ends = sorted((m.end() for m in found), key=lambda at: abs(at - end))[:_MOST_ENDS]
        if words[-1] in _STOPS:
            ends += [at + 1 for at in ends if self._text[at : at + 1] == words[-1]]
        return [(one, other) for one in starts for other in ends if one < other]

    def _anchor(self, was: Anchor, start: int, end: int) -> Anchor | None:
        """The anchor of a place, with as much around it as the old one had; None where it cannot be one."""
        paragraph = self._paragraphs.holding(start, end)
        exact = self._text[start:end]
        if paragraph is None or not 0 < len(exact) <= 200:
            return None
        before = self._text[max(0, start - len(was.prefix)) : start].rpartition("\n")[2]
        behind = self._text[end : end + len(was.suffix)].partition("\n")[0]
        offsets = {
            key: value for key, value in (("start", start), ("end", end)) if getattr(was, key) is not None
        }
        return Anchor(exact=exact, prefix=before, suffix=behind, paragraph=paragraph, **offsets)


def numbers_in(words: str, language: str) -> Numbers:
    """The numbers of a passage in its order: figures as they are read, others by their digits."""
    plain = words.translate(_SIGNS)
    if language not in languages():
        return tuple(_DIGITS.findall(_SEPARATORS.sub("", plain)))
    reading = read(plain, language=language)
    found: list[tuple[int, object]] = [(m.start, (m.low, m.high)) for m in reading]
    read_ = [(m.start, m.end) for m in reading]
    for digits in _DIGITS.finditer(plain):
        if not any(start <= digits.start() < end for start, end in read_):
            found.append((digits.start(), digits.group()))
    return tuple(value for _, value in sorted(found, key=lambda one: one[0]))


def _without_grain(quantity: Quantity) -> Quantity:
    """What is stated, however finely it is printed."""
    return replace(quantity, grain=None, grain_high=None, single=False)


def _name(article: Article, path: KeyPath) -> str:
    kind, number = str(path[0]), int(path[1])
    if kind == "set_aside":
        return f"set aside {number + 1}"
    id_: str = getattr(article, kind)[number].id
    return f"{id_}, again" if "also" in path else id_


def summary(checks: list[QuotationCheck]) -> str:
    """ "12 quotations: found 9, moved 2, absent 1."."""
    told = [
        f"{result.label} {count}"
        for result in Quotation
        if (count := sum(check.result is result for check in checks))
    ]
    return f"{counted(len(checks), 'quotation')}{': ' if told else ''}{listed(told)}."


def _fuzz() -> Any:
    try:
        from rapidfuzz import fuzz
    except ImportError:
        message = "quotations that changed are found with rapidfuzz: pip install 'tallybook[intake]'"
        raise BookError([Problem("tallybook", 1, message)]) from None
    return fuzz

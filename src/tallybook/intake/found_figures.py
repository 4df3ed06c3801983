"""The figures of an article, each with the place of its words; repeats joined, what is no claim set aside.

Nothing is thrown away: what is set aside keeps its words, its place and the reason, and a person can take it
back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from tallybook.book.problems import BookError, Problem
from tallybook.book.records import Anchor, SetAside
from tallybook.intake.article_text import ArticleText, Paragraph
from tallybook.intake.measure_words import stems
from tallybook.prose import clipped
from tallybook.reading import Mention, Reading, read
from tallybook.terms import Form

MOST_FIGURES = 2_000
"""Figures of one article; nobody reviews more in one piece."""

LONGEST_WORDS = 200
_AROUND = 40
_MOST_WORDS_ADDED = 8
_LONGEST_FURNITURE = 120
_WORD = re.compile(r"\S+")
_LAST_WORDS = re.compile(r"(?:\S+\s+)?\S{0,24}\s*\Z")

_ASIDES = {
    "date": "a date tells when, and counts nothing",
    "year": "a year tells when, and counts nothing",
    "clock": "a time of day tells when, and counts nothing",
    "ordinal": "it puts things in order; nothing is counted",
    "name": "the number is part of a name",
    "address": "part of an address",
    "phone": "a telephone number",
    "calibre": "a size in a name of a thing; nothing is counted",
    "page": "furniture of the page",
    "score": "a score is no amount of one thing",
    "ratio": "a ratio of two parts; state the share by hand if it is a claim",
    "level": "a level of confidence, part of another figure",
    "idiom": "a figure of speech",
    "pronoun": "'one' stands for a thing; nothing is counted",
    "table": "a run of numbers without sentences; state its figures by hand if they are claims",
}
_FURNITURE = re.compile(
    r"\b(?:min(?:ute)?s? read|ago|comments?|shares?|likes?|views?|followers?|subscribers?|votes?|photos?"
    r"|pictures?|images?|slides?|pages?|results?|items?"
    r"|related|read more|most read|advertisement|sign up|updated"
    r"|published)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*\Z")
_CALL = re.compile(
    r"(?:\b(?:call|phone|tel(?:ephone)?|fax|hotline|whatsapp|dial|text)\b[^.!?]{0,30})\Z", re.IGNORECASE
)
_DIALLED = re.compile(r"\+?\d[\d ()/-]{5,}\d")
_STATISTIC = re.compile(
    r"\b(?:average|median|mean|typical|expectancy|oldest|youngest|retirement)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """One figure that may be a claim. ``also``: where it is said again; ``alone``: whether the words of the
    anchor, read alone, state the same."""

    mention: Mention
    anchor: Anchor
    also: tuple[Anchor, ...] = ()
    alone: bool = True

    @property
    def words(self) -> str:
        return self.anchor.exact


@dataclass(frozen=True, slots=True)
class FoundFigures:
    """``reading``: of the whole text; ``figures``, ``set_aside``: in its order."""

    reading: Reading
    figures: tuple[FoundFigure, ...]
    set_aside: tuple[SetAside, ...]


def found_figures(article: ArticleText, name: str, language: str) -> FoundFigures:
    """Every figure of an article. BookError where there are too many for one."""
    reading = read(article.text, language=language)
    if len(reading) + len(reading.asides) > MOST_FIGURES:
        message = (
            f"the text has more than {MOST_FIGURES:,} figures. Split it, or quote the part that matters."
        )
        raise BookError([Problem(name, 1, message)])
    places = Places(article.paragraphs, article.text)
    claims: list[FoundFigure] = []
    aside: list[SetAside] = [
        _aside(m, places, m.kind, _ASIDES.get(m.kind, "no figure")) for m in reading.asides
    ]
    for mention in reading:
        why = _no_claim(mention, reading, places)
        if why is None:
            claims.append(_found(mention, reading, places, language))
        else:
            aside.append(_aside(mention, places, *why))
    aside.sort(key=lambda one: one.anchor.start or 0)
    return FoundFigures(reading, tuple(_joined(claims, reading)), tuple(aside))


class Places:
    """The paragraphs of a text by where they begin; an anchor of any words of it."""

    def __init__(self, paragraphs: Sequence[Paragraph], text: str) -> None:
        self.text, self.paragraphs = text, paragraphs
        self._starts = [0, *accumulate(len(paragraph.text) + 2 for paragraph in paragraphs)][:-1]

    def number(self, offset: int) -> int:
        """Of the paragraph at an offset, from 1."""
        return max(1, bisect_right(self._starts, offset))

    def bounds(self, offset: int) -> tuple[int, int]:
        number = self.number(offset)
        start = self._starts[number - 1]
        return start, start + len(self.paragraphs[number - 1].text)

    def anchor(self, start: int, end: int) -> Anchor:
        """The words with a few on either side, whole words where they are short enough, of one paragraph."""
        first, last = self.bounds(start)
        end = min(end, last, start + LONGEST_WORDS)
        before = _LAST_WORDS.search(self.text[max(first, start - _AROUND) : start])
        prefix = self.text[max(first, start - _AROUND) : start]
        if start - first > _AROUND:
            prefix = prefix.partition(" ")[2] or (before[0] if before else prefix)
        suffix = self.text[end : min(last, end + _AROUND)]
        if last - end > _AROUND:
            suffix = suffix.rpartition(" ")[0] or suffix
        return Anchor(
            exact=self.text[start:end],
            prefix=prefix,
            suffix=suffix,
            paragraph=self.number(start),
            start=start,
            end=end,
        )


def _aside(mention: Mention, places: Places, kind: str, because: str) -> SetAside:
    return SetAside(anchor=places.anchor(mention.start, mention.end), kind=kind, because=because)


def _no_claim(mention: Mention, reading: Reading, places: Places) -> tuple[str, str] | None:
    """(kind, why) where a figure is no claim of the article's; None where it may be one."""
    text = reading.text
    first, last = places.bounds(mention.start)
    paragraph = places.paragraphs[places.number(mention.start) - 1]
    if mention.form is Form.AGE:
        if re.match(
            r"\s+(?:ago|earlier|previously|before)\b", text[mention.end : mention.end + 20], re.IGNORECASE
        ):
            return "date", "it tells when something was, and counts nothing"
        if not _STATISTIC.search(text[max(first, mention.start - 60) : mention.start]):
            return "age", "the age tells who or what is meant"
    before = text[max(first, mention.start - 40) : mention.start]
    if mention.unit is None and (_CALL.search(before) or _is_dialled(mention, text, first, last)):
        return "phone", "a telephone number"
    if paragraph.kind in ("text", "list") and _is_furniture(paragraph.text):
        return "page furniture", "a line of the page around the article"
    return None


def _is_dialled(mention: Mention, text: str, first: int, last: int) -> bool:
    """Whether a number is part of a run of digits that only a telephone number has: +49 30 1234567."""
    start = max(first, mention.start - 20)
    for found in _DIALLED.finditer(text, start, min(last, mention.end + 20)):
        if found.start() <= mention.start and mention.end <= found.end():
            groups = re.findall(r"\d+", found[0])
            return found[0].startswith(("+", "0")) and len(groups) > 1 and sum(map(len, groups)) >= 7
    return False


def _is_furniture(paragraph: str) -> bool:
    """A short line without a sentence's end that is of the page: "5 min read", "Share 24 comments", "1"."""
    if len(paragraph) > _LONGEST_FURNITURE:
        return False
    words = _WORD.findall(paragraph)
    if len(words) > 6 or _SENTENCE_END.search(paragraph):
        return False
    return not any(c.isalpha() for c in paragraph) or _FURNITURE.search(paragraph) is not None


def _found(mention: Mention, reading: Reading, places: Places, language: str) -> FoundFigure:
    start, end, alone = telling_words(mention, reading.text, places.bounds(mention.start), language)
    return FoundFigure(mention, places.anchor(start, end), (), alone)


def telling_words(
    mention: Mention, text: str, within: tuple[int, int], language: str
) -> tuple[int, int, bool]:
    """(start, end, True) of the fewest words around a figure that, read alone, state the same figure.

    Its own words, and False, where none do: "31" of "48 births, compared with 31".
    """
    first, last = max(within[0], mention.sentence[0]), min(within[1], mention.sentence[1])
    starts = [mention.start, *_word_starts(text, first, mention.start)]
    ends = [mention.end, *_word_ends(text, mention.end, last)]
    for start, end in _by_length(starts, ends):
        if end - start <= LONGEST_WORDS and _states(text[start:end], mention, language):
            return start, end, True
    end = min(mention.end, mention.start + LONGEST_WORDS)
    return mention.start, end, False


def _word_starts(text: str, first: int, start: int) -> list[int]:
    found = [word.start() for word in _WORD.finditer(text, max(first, start - LONGEST_WORDS), start)]
    return found[::-1][:_MOST_WORDS_ADDED]


def _word_ends(text: str, end: int, last: int) -> list[int]:
    found = _WORD.finditer(text, end, min(last, end + LONGEST_WORDS))
    ends = [word.start() + len(word[0].rstrip(".,;:!?)”’\"'»")) for word in found]
    return [place for place in ends if place > end][:_MOST_WORDS_ADDED]


def _by_length(starts: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    both = [(i + j, i, j) for i in range(len(starts)) for j in range(len(ends))]
    return ((starts[i], ends[j]) for _, i, j in sorted(both))


def _states(words: str, mention: Mention, language: str) -> bool:
    alone = read(words, language=language)
    return len(alone) == 1 and _signature(alone[0]) == _signature(mention)


def _signature(mention: Mention) -> tuple[object, ...]:
    """All that a figure states, without its place."""
    return (
        mention.low, mention.high, mention.modifier, mention.hedges, mention.unit, mention.per, mention.trend,
        mention.form, mention.best,
    )  # fmt: skip


def _joined(figures: Iterable[FoundFigure], reading: Reading) -> Iterator[FoundFigure]:
    """Each figure once: one said again, of the same noun and in sentences that share a word, is an ``also``.

    Three dead and, three paragraphs on, three arrested are two claims, although both count three people.
    """
    first: dict[tuple[object, ...], list[int]] = {}
    made: list[FoundFigure] = []
    for figure in figures:
        mention = figure.mention
        key = (*_signature(mention), stems(mention.noun or ""))
        again = next((i for i in first.get(key, ()) if _same_thing(made[i].mention, mention, reading)), None)
        if again is None:
            first.setdefault(key, []).append(len(made))
            made.append(figure)
        else:
            one = made[again]
            made[again] = FoundFigure(one.mention, one.anchor, (*one.also, figure.anchor), one.alone)
    return iter(made)


def _same_thing(one: Mention, other: Mention, reading: Reading) -> bool:
    return one.sentence != other.sentence and bool(_around(one, reading) & _around(other, reading))


def _around(mention: Mention, reading: Reading) -> frozenset[str]:
    """The words near a figure that say what it is of."""
    text, (first, last) = reading.text, mention.sentence
    before = text[max(first, mention.start - 60) : mention.start]
    after = text[mention.end : min(last, mention.end + 60)]
    return stems(f"{before} {after} {mention.of or ''}") - stems(f"{mention.noun or ''} {mention.unit or ''}")


def shown(figure: FoundFigure) -> str:
    """Its words on one line."""
    return clipped(" ".join(figure.words.split()), 80)

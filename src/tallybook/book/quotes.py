"""An article's text beside its file: are the quotations where their anchors say, and is any figure left out?

The text itself is never kept.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tallybook.book.book import Book
from tallybook.book.problems import LONGEST_QUOTED, BookError, Problem, quoted_value
from tallybook.book.records import Anchor, Article
from tallybook.book.text_files import read_text
from tallybook.book.yaml_lines import KeyPath
from tallybook.reading import Mention, read
from tallybook.reading.lexicon.language import languages

MOST_PLACES = 100_000
"""No text repeats a quotation so often: more places of it are not looked at."""


@dataclass(frozen=True, slots=True)
class TextCheck:
    """``found``: plain lines; ``warnings``: the figures of the text that the article's file leaves out."""

    found: list[str]
    warnings: list[Problem]


def check_quotes(book: Book, article: Article, file: Path) -> TextCheck:
    """What was found in the text of an article. BookError: every quotation that is not where its anchor says.

    Paragraph, prefix, suffix and offsets must hold at one place of the text. A paragraph is a line that is
    not blank, counted from 1.
    """
    text = read_text(file)
    name = f"claims/{article.id}.yaml"
    paragraphs = _Paragraphs(text)
    anchors = list(_anchors(article))
    wrong = [(path, message) for path, anchor in anchors if (message := _misplaced(anchor, text, paragraphs))]
    if wrong:
        raise BookError(book.problem(name, (*path, "exact"), message) for path, message in wrong)
    all_of_them = "the 1 quotation" if len(anchors) == 1 else f"all {len(anchors)} quotations"
    found = [f"{all_of_them} of {article.id} {'is' if len(anchors) == 1 else 'are'} in {file}"]
    if article.text and hashlib.sha256(text.encode()).hexdigest() != article.text.sha256:
        found.append(f"note: {file} is not the very text that was read (its SHA-256 differs)")
    if article.language not in languages():
        found.append(
            f"note: language '{article.language}' is not read, so no figure of the text was looked for"
        )
        return TextCheck(found, [])
    quoted = [place for _, anchor in anchors for place in _right_places(anchor, text, paragraphs)]
    left_out = _left_out(read(text, language=article.language), quoted)
    warnings = [_left_out_warning(m, text, paragraphs, article, file) for m in left_out]
    if not warnings:
        found.append("every figure that was read in it is a claim or set aside")
    return TextCheck(found, warnings)


def _right_places(anchor: Anchor, text: str, paragraphs: _Paragraphs) -> Iterator[_Place]:
    places = islice(_places(anchor, text, paragraphs), MOST_PLACES)
    return (place for place in places if not place.wrong(anchor))


def _left_out(figures: Iterable[Mention], quoted: Iterable[_Place]) -> Iterator[Mention]:
    """The figures, in the order of the text, that overlap no quotation."""
    places = sorted(quoted, key=lambda place: place.start)
    reach = 0
    todo = iter([*places, None])
    place = next(todo)
    for figure in figures:
        while place is not None and place.start < figure.end:
            reach = max(reach, place.end)
            place = next(todo)
        if reach <= figure.start:
            yield figure


def _left_out_warning(
    figure: Mention, text: str, paragraphs: _Paragraphs, article: Article, file: Path
) -> Problem:
    """Where the words are, and what to write of them."""
    paragraph = paragraphs.holding(figure.start, figure.end)
    words = figure.words
    stub = f"{{exact: {json.dumps(words, ensure_ascii=False)}, paragraph: {paragraph}}}"
    again = next((claim.id for claim in article.figures if claim.anchor.exact == words), None)
    name = f"claims/{article.id}.yaml"
    if again is not None:
        remedy = f"Where claim '{again}' is said again, add to its 'also' in {name}: {stub}."
    elif len(words) > LONGEST_QUOTED or paragraph is None:
        remedy = f"Make it a claim in {name}, or set it aside there."
    else:
        aside = f"- {{anchor: {stub}, kind: …, because: …}}"
        remedy = f"Make it a claim in {name}, or add there under 'set_aside': {aside}"
    where = f"in paragraph {paragraph}" if paragraph else "over a line's end"
    message = f"the figure {quoted_value(words)} {where} is neither a claim nor set aside. {remedy}"
    return Problem(str(file), text.count("\n", 0, figure.start) + 1, message)


@dataclass(frozen=True, slots=True)
class _Place:
    """One place where the words of an anchor are: ``paragraph``: None where they run over a line's end."""

    start: int
    end: int
    paragraph: int | None
    between: bool

    def wrong(self, anchor: Anchor) -> list[str]:
        """What the anchor says of the words that does not hold here."""
        found = []
        if self.paragraph != anchor.paragraph:
            here = f"in paragraph {self.paragraph}" if self.paragraph else "over a line's end"
            found.append(f"{here}, not in paragraph {anchor.paragraph}")
        if not self.between:
            found.append("not between their prefix and suffix")
        if anchor.start not in (None, self.start) or anchor.end not in (None, self.end):
            given = "–".join(str(n) for n in (anchor.start, anchor.end) if n is not None)
            found.append(f"at characters {self.start}–{self.end}, not {given}")
        return found


def _misplaced(anchor: Anchor, text: str, paragraphs: _Paragraphs) -> str:
    """What is wrong at the place where the least is; empty where all that the anchor says holds together."""
    words = quoted_value(anchor.exact)
    least: list[str] | None = None
    for place in islice(_places(anchor, text, paragraphs), MOST_PLACES):
        wrong = place.wrong(anchor)
        if not wrong:
            return ""
        if least is None or len(wrong) < len(least):
            least = wrong
    if least is None:
        return f"the words {words} are not in the text."
    return f"the words {words} are {' and '.join(least)}."


def _places(anchor: Anchor, text: str, paragraphs: _Paragraphs) -> Iterator[_Place]:
    """Every place of the words in the text, also where two of them overlap."""
    start = text.find(anchor.exact)
    while start >= 0:
        end = start + len(anchor.exact)
        between = text.endswith(anchor.prefix, 0, start) and text.startswith(anchor.suffix, end)
        yield _Place(start, end, paragraphs.holding(start, end), between)
        start = text.find(anchor.exact, start + 1)


class _Paragraphs:
    """The lines of a text that are not blank, counted from 1, by where they begin."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        start = 0
        for line in text.split("\n"):
            if line.strip():
                self._starts.append(start)
                self._ends.append(start + len(line))
            start += len(line) + 1

    def holding(self, start: int, end: int) -> int | None:
        """The paragraph from ``start`` to ``end``; None where they are not in one."""
        number = bisect_right(self._starts, start)
        return number if number and end <= self._ends[number - 1] else None


def _anchors(article: Article) -> Iterator[tuple[KeyPath, Anchor]]:
    for key, claims in (("claims", article.claims), ("unmeasured", article.unmeasured)):
        for i, claim in enumerate(claims):
            yield (key, i, "anchor"), claim.anchor
            for j, also in enumerate(claim.also):
                yield (key, i, "also", j), also
    for i, aside in enumerate(article.set_aside):
        yield ("set_aside", i, "anchor"), aside.anchor

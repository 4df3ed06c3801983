"""An article's text beside its file: are the quotations where their anchors say, and is any figure left out?

The text itself is never kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tallybook.book.book import Book
from tallybook.book.passages import Paragraphs, Place, places
from tallybook.book.problems import LONGEST_QUOTED, BookError, Problem, quoted_value
from tallybook.book.records import Anchor, Article
from tallybook.book.text_files import read_text
from tallybook.book.yaml_lines import KeyPath
from tallybook.reading import Mention, read
from tallybook.reading.lexicon.language import languages


@dataclass(frozen=True, slots=True)
class TextCheck:
    """``found``: plain lines; ``warnings``: the figures of the text that the article's file leaves out."""

    found: list[str]
    warnings: list[Problem]


def check_quotes(
    book: Book, article: Article, file: Path, text: str | None = None, *, as_in_file: bool = True
) -> TextCheck:
    """What was found in the text of an article. BookError: every quotation that is not where its anchor says.

    Paragraph, prefix, suffix and offsets must hold at one place of the text. A paragraph is a line that is
    not blank, counted from 1. ``text``: what was read of the file, which is read as UTF-8 if it is not given;
    ``as_in_file``: whether its lines are those of the file.
    """
    text = read_text(file) if text is None else text
    name = f"claims/{article.id}.yaml"
    paragraphs = Paragraphs(text)
    quotations = list(anchors(article))
    wrong = misplaced(article, text)
    if wrong:
        raise BookError(book.problem(name, (*path, "exact"), message) for path, message in wrong)
    all_of_them = "the 1 quotation" if len(quotations) == 1 else f"all {len(quotations)} quotations"
    found = [f"{all_of_them} of {article.id} {'is' if len(quotations) == 1 else 'are'} in {file}"]
    if article.text and hashlib.sha256(text.encode()).hexdigest() != article.text.sha256:
        found.append(f"note: {file} is not the very text that was read (its SHA-256 differs)")
    if article.language not in languages():
        found.append(
            f"note: language '{article.language}' is not read, so no figure of the text was looked for"
        )
        return TextCheck(found, [])
    quoted = [place for _, anchor in quotations for place in _right_places(anchor, text, paragraphs)]
    left_out = _left_out(read(text, language=article.language), quoted)
    warnings = [_left_out_warning(m, text, paragraphs, article, file, as_in_file) for m in left_out]
    if not warnings:
        found.append("every figure that was read in it is a claim or set aside")
    return TextCheck(found, warnings)


def _right_places(anchor: Anchor, text: str, paragraphs: Paragraphs) -> Iterator[Place]:
    return (place for place in places(anchor, text, paragraphs) if not place.wrong(anchor))


def _left_out(figures: Iterable[Mention], quoted: Iterable[Place]) -> Iterator[Mention]:
    """The figures, in the order of the text, that overlap no quotation."""
    in_order = sorted(quoted, key=lambda place: place.start)
    reach = 0
    todo = iter([*in_order, None])
    place = next(todo)
    for figure in figures:
        while place is not None and place.start < figure.end:
            reach = max(reach, place.end)
            place = next(todo)
        if reach <= figure.start:
            yield figure


def _left_out_warning(
    figure: Mention, text: str, paragraphs: Paragraphs, article: Article, file: Path, as_in_file: bool
) -> Problem:
    """Where the words are, and what to write of them."""
    line = text.count("\n", 0, figure.start) + 1 if as_in_file else 1
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
    return Problem(str(file), line, message)


def misplaced(article: Article, text: str) -> list[tuple[KeyPath, str]]:
    """The quotations that are not where their anchors say, each with what is wrong."""
    paragraphs = Paragraphs(text)
    return [
        (path, message)
        for path, anchor in anchors(article)
        if (message := _misplaced(anchor, text, paragraphs))
    ]


def _misplaced(anchor: Anchor, text: str, paragraphs: Paragraphs) -> str:
    """What is wrong at the place where the least is; empty where all that the anchor says holds together."""
    words = quoted_value(anchor.exact)
    least: list[str] | None = None
    for place in places(anchor, text, paragraphs):
        wrong = place.wrong(anchor)
        if not wrong:
            return ""
        if least is None or len(wrong) < len(least):
            least = wrong
    if least is None:
        return f"the words {words} are not in the text."
    return f"the words {words} are {' and '.join(least)}."


def anchors(article: Article) -> Iterator[tuple[KeyPath, Anchor]]:
    """Every anchor of an article, with where it stands in its file."""
    for key, claims in (("claims", article.claims), ("unmeasured", article.unmeasured)):
        for i, claim in enumerate(claims):
            yield (key, i, "anchor"), claim.anchor
            for j, also in enumerate(claim.also):
                yield (key, i, "also", j), also
    for i, aside in enumerate(article.set_aside):
        yield ("set_aside", i, "anchor"), aside.anchor

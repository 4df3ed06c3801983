"""Texts → rows of the tables. Asks no file and no clock: the same texts and settings give the same rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from tallybook.book.problems import BookError
from tallybook.reading import Mention, Reading, read_blocks
from tallybook.scan.columns import FIELDS
from tallybook.scan.settings import Settings
from tallybook.scan.text import Text, day_of, named, well_formed
from tallybook.terms import Known

if TYPE_CHECKING:
    from tallybook.intake.known import Answer, KnownFigures

LONGEST_WORDS = 500
"""Characters of the words of a figure, of its noun, and on either side of it in its sentence."""

_TOGETHER = 50
"""Texts whose figures are held against the book at once."""

_WATCHED = (Known.STATED, Known.CONTRADICTED)
_DATED = re.compile(
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:[Ll]ast|[Tt]his|[Nn]ext) (?:month|year)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|[Tt]oday|[Yy]esterday|1[6-9]\d\d|2[01]\d\d"
)
"""A part of every date that a sentence may name."""

Row = tuple[Any, ...]

_START, _END, _HEDGES = map(Mention._fields.index, ("start", "end", "hedges"))
_WORDS = tuple(map(Mention._fields.index, ("words", "noun", "of")))
_in_order = itemgetter(*map(Mention._fields.index, FIELDS))


@dataclass(slots=True)
class Rows:
    """Rows by table, each in the order of its columns."""

    mentions: list[Row] = field(default_factory=list)
    texts: list[Row] = field(default_factory=list)
    watch: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class _Read:
    """A text as it was read: (offset, reading) of each block of it."""

    text: Text
    place: Row
    published: date | None
    blocks: list[tuple[int, Reading]]
    characters: int
    error: str | None


def work(
    texts: Iterable[Text],
    settings: Settings,
    known: KnownFigures | None = None,
    at: Callable[[int], None] = lambda number: None,
    skipped: dict[int, str] | None = None,
) -> Iterator[Rows]:
    """The rows of some texts at a time, in their order. Whatever a text is, none is fatal.

    ``known``: the figures of the book that is watched.
    ``at``: told the number of each text before it is read. ``skipped``: why a text is not read, by number.
    """
    held: list[_Read] = []
    numbered = iter(texts)
    number = 0
    while True:
        at(number)
        text = next(numbered, None)
        if text is not None:
            held.append(_read(text, settings, (skipped or {}).get(number)))
            number += 1
        if held and (text is None or known is None or len(held) == _TOGETHER):
            yield _rows(held, known)
            held = []
        if text is None:
            return


def _read(text: Text, settings: Settings, skipped: str | None) -> _Read:
    """The figures of a text as far as they can be read."""
    published, characters = text.published, 0
    blocks: list[tuple[int, Reading]] = []
    error = skipped or text.error
    if error is None:
        try:
            content, day = _content(text)
            published = published or day
            characters = len(content)
            blocks, error = _blocks(content, settings)
        except BookError as problem:
            error = "; ".join(one.message for one in problem.problems)
        except Exception as problem:  # a reader of a format that falls on one page is no end of a scan
            error = f"cannot be read: {type(problem).__name__}: {problem}"
    place = (text.id, text.file, text.place, text.url, published)
    return _Read(text, place, published, blocks, characters, error and named(error)[:LONGEST_WORDS])


def _content(text: Text) -> tuple[str, date | None]:
    """(what is read, the day that a page gives) of a text. BookError where it cannot be read."""
    if isinstance(text.content, str):
        return text.content, None
    if text.kind == "text" and text.content_type is None:
        try:
            return text.content.decode("utf-8-sig"), None
        except UnicodeDecodeError as error:
            from tallybook.intake.article_text import unread

            line = text.content[: error.start].count(b"\n") + 1
            byte = text.content[error.start]
            raise unread(text.file, f"byte 0x{byte:02x} in line {line:,} is not valid UTF-8.") from None
    if text.kind == "text":
        from tallybook.intake.charset import decoded

        return well_formed(decoded(text.content, text.content_type).text), None
    from tallybook.intake.article_text import read_article

    article = read_article(
        text.content, name=text.file, kind=_short(text.kind), content_type=text.content_type
    )
    return well_formed(article.text), day_of(article.published)


def _short(kind: str) -> str:
    return "md" if kind == "markdown" else kind


def _blocks(content: str, settings: Settings) -> tuple[list[tuple[int, Reading]], str | None]:
    """(blocks of a text, why the rest of it was not read)."""
    blocks: list[tuple[int, Reading]] = []
    figures = 0
    for offset, reading in read_blocks(StringIO(content, newline=""), language=settings.language):
        if figures + len(reading) > settings.most_figures:
            return blocks, f"has more than {settings.most_figures:,} figures; those behind are left out."
        figures += len(reading)
        blocks.append((offset, reading))
    return blocks, None


def _rows(held: list[_Read], known: KnownFigures | None) -> Rows:
    rows = Rows()
    for one in held:
        figures = sum(len(reading) for _, reading in one.blocks)
        rows.texts.append((*one.place, one.characters, figures, one.error or ""))
        for offset, reading in one.blocks:
            dated = _Dated(reading, one.published)
            rows.mentions += (
                (*one.place, *_fields(mention, offset), dated.period(mention), _sentence(mention, reading))
                for mention in reading
            )
    if known is not None:
        blocks = [(one, offset, reading) for one in held for offset, reading in one.blocks if len(reading)]
        answers = known.by_law([block for _, _, block in blocks], [one.published for one, _, _ in blocks])
        for (one, offset, reading), of_block in zip(blocks, answers, strict=True):
            for mention, answer in zip(reading, of_block, strict=True):
                if answer.known in _WATCHED:
                    rows.watch.append(_watched(one, offset, reading, mention, answer))
    return rows


def _fields(mention: Mention, offset: int) -> Row:
    """A figure in the order of FIELDS, with its place in the whole text."""
    cells: list[Any] = list(mention)
    cells[_START] += offset
    cells[_END] += offset
    cells[_HEDGES] = " ".join(mention.hedges)
    for k in _WORDS:
        if cells[k] is not None:
            cells[k] = cells[k][:LONGEST_WORDS]
    return _in_order(cells)


class _Dated:
    """When the figures of a block are of, by their words."""

    def __init__(self, reading: Reading, published: date | None) -> None:
        self._reading, self._published = reading, published
        self._sentence: tuple[int, int] | None = None
        self._may = False

    def period(self, mention: Mention) -> str:
        """As EDTF; "" where the words do not say it."""
        if mention.sentence != self._sentence:
            self._sentence = mention.sentence
            self._may = _DATED.search(self._reading.text, *mention.sentence) is not None
        if not self._may:
            return ""
        from tallybook.intake.when_words import period_of, status_of

        status = status_of(mention, self._reading.text)
        return period_of(mention, self._reading, self._published, status) or ""


def _sentence(mention: Mention, reading: Reading) -> str:
    """The sentence of a figure; of a long one what is near the figure."""
    first, last = mention.sentence
    first, last = max(first, mention.start - LONGEST_WORDS), min(last, mention.end + LONGEST_WORDS)
    return reading.text[first : min(last, first + 3 * LONGEST_WORDS)].strip()


def _watched(one: _Read, offset: int, reading: Reading, mention: Mention, answer: Answer) -> Row:
    return (
        *one.place, mention.words[:LONGEST_WORDS], mention.start + offset, mention.end + offset, mention.low,
        mention.high, str(mention.modifier), mention.unit, mention.per, _sentence(mention, reading),
        str(answer.known), answer.measure, answer.estimate, answer.relation, answer.sentence, answer.url,
    )  # fmt: skip

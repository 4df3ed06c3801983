"""A text of any size, read in blocks: the memory does not grow with the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from os import PathLike
from typing import Protocol

from tallybook.reading.lexicon.language import Language, load_language
from tallybook.reading.mention import Mention, Reading
from tallybook.reading.scanner import read_sentence
from tallybook.reading.text.sentences import TextSpan, sentence_spans

# Characters asked of the stream at a time.
BLOCK = 1 << 16
# A stretch in which nothing ends is kept whole up to so many characters.
LONGEST_STRETCH = 1 << 18
# How far around a sentence the reader may look: the lines above and below it.
_AROUND = 96
# How far before a full stop the reader looks for an abbreviation, and one more.
_BEFORE_STOP = 13

_LETTER = re.compile(r"[^\W\d_]")
_STOPS = ".!?"


class TextStream(Protocol):
    """An open text file, or anything else with its ``read``."""

    def read(self, n: int, /) -> str:
        """The next ``n`` characters or fewer; "" at the end and only there."""
        ...


def read_file(path: str | PathLike[str], *, language: str = "en") -> Iterator[Mention]:
    """The figures of a UTF-8 file, in order, with offsets in characters of the whole file.

    A byte order mark at the start is not part of the text; line ends count as they are. Raises, while
    it reads, OSError, UnicodeDecodeError, and LookupError where there is no lexicon for ``language``.
    """
    with open(path, encoding="utf-8-sig", newline="") as stream:
        for offset, reading in read_blocks(stream, language=language):
            for mention in reading:
                yield mention.moved(offset)


def read_blocks(
    stream: TextStream, *, language: str = "en", block: int = BLOCK
) -> Iterator[tuple[int, Reading]]:
    """(offset of a block in the whole text, reading of the block), for blocks that make up the text.

    Moved by the offsets (``Mention.moved``) the mentions are those of ``read(text)``, wherever the
    blocks end. ``block``: characters asked of the stream at a time. LookupError as from ``read``.

    The one exception: where more than LONGEST_STRETCH characters run on without a place to cut (a
    table of numbers without a single letter, a line of nothing but marks), they are cut at a line
    break or space, and each part is read as a text of its own.
    """
    lang = load_language(language)
    window = ""  # characters before the block, for the reader to look back at; then the block
    begin = offset = 0  # where the block begins in the window, and in the text
    least = 0  # what the block must have grown to before it is worth looking at
    more = True
    while more:
        piece = stream.read(max(1, block, least - (len(window) - begin)))
        window += piece
        stretch = len(window) - begin
        more = piece != ""
        if more and stretch < least:
            continue
        done, found = _settled(window, begin, lang) if more else (len(window), None)
        if more and done == begin and stretch > LONGEST_STRETCH:
            done, found = _forced(window, begin), None
        if done == begin:
            least = 2 * stretch  # so that a long stretch is not looked through again and again
            continue
        if found is None:
            found = list(_spans(window, begin, done, lang))
        yield offset, _reading(window, begin, done, found, lang)
        offset += done - begin
        keep = max(0, done - _AROUND)
        window, begin, least = window[keep:], done - keep, 0


def _settled(window: str, begin: int, lang: Language) -> tuple[int, list[TextSpan] | None]:
    """(end of what can be read now, its sentences): further text would not change them.

    ``begin`` itself if nothing can be read yet. The text behind the last letter may still become a
    table, and a full stop needs the letter behind it; up to that letter everything is known except
    where the last sentence ends.
    """
    end = len(window)
    while end > begin and not _LETTER.match(window, end - 1):
        end -= 1
    found = list(_spans(window, begin, end, lang))
    for k in range(len(found) - 1, 0, -1):
        border = found[k][0]
        if found[k - 1][1] + _AROUND <= len(window) and _is_clean_cut(window, border):
            return border, found[:k]
    return begin, None


def _is_clean_cut(window: str, border: int) -> bool:
    """True if the sentences from ``border`` on do not depend on the text before it."""
    if window[border - 1].isspace():
        return window[border] not in _STOPS
    # within a word: a mark just behind it would depend on the text before it
    behind = window[border : border + _BEFORE_STOP]
    letter = _LETTER.match(window, border) is not None
    return letter and len(behind) == _BEFORE_STOP and not any(mark in behind for mark in _STOPS)


def _forced(window: str, begin: int) -> int:
    """The place to cut a stretch that has no good one."""
    least = begin + (len(window) - begin) // 2
    for mark in "\n", " ":
        at = window.rfind(mark, least)
        if at >= 0:
            return at + 1
    return len(window)


def _spans(window: str, begin: int, end: int, lang: Language) -> Iterator[TextSpan]:
    for first, last in sentence_spans(window[begin:end], lang.grammar.abbreviations):
        yield first + begin, last + begin


def _reading(window: str, begin: int, end: int, found: list[TextSpan], lang: Language) -> Reading:
    mentions = [mention for span in found for mention in read_sentence(window, span, lang)]
    if begin:
        mentions = [mention.moved(-begin) for mention in mentions]
    return Reading(window[begin:end], mentions)

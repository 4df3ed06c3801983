"""A plain text: its paragraphs are parted by blank lines, or each is a line.

Where lines of about one length follow each other without a blank one, they are a paragraph that was set to
a width. Whether two short lines belong together nobody can know: they stay apart, unless the second goes on
in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tallybook.book.characters import unix_lines
from tallybook.intake.article_text import Found, ParagraphKind
from tallybook.intake.blocks import Blocks, tells_number
from tallybook.intake.charset import decoded, guessed_marks
from tallybook.intake.line_ends import words_of, write_line

_NARROWEST, _WIDEST = 40, 132
"""Characters of a line that was set to a width; longer lines are paragraphs."""

_SAME_WIDTH = 0.8
_BULLET = re.compile(r"[ \t]*(?P<sign>[-*•‣▪–])[ \t]+(?=\S)")
_NUMBERED = re.compile(r"[ \t]*\d{1,2}[.)][ \t]+(?=[^\W\d])")
_ENDED = re.compile(r"[.!?:;…][\"”’»)\]]*\s*\Z")
_LONGEST_HEADING = 150


def read_plain(raw: bytes, name: str, content_type: str | None = None) -> Found:
    """The paragraphs of a plain text; a first line that stands alone and ends no sentence is its title."""
    text = decoded(raw, content_type)
    lines = unix_lines(text.text).replace("\f", "\n\n").split("\n")
    known = words_of(lines)
    blocks = Blocks()
    title = None
    for number, block in enumerate(_blocks(lines)):
        heading = number == 0 and len(block) == 1 and _is_heading(block[0])
        if heading:
            title = block[0].strip()
        _write(blocks, block, "heading" if heading else "text", known)
    found = blocks.found()
    marks = (*found.marks, *guessed_marks(text, found.paragraphs))
    return replace(found, title=title, marks=marks, notes=text.notes, extractor="tallybook plain text")


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """The lines between blank ones."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line.rstrip())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and not _ENDED.search(line)


def _write(blocks: Blocks, block: Sequence[str], kind: ParagraphKind, known: frozenset[str]) -> None:
    listed = _listed(block)
    set_to_width = _is_set_to_width(block)
    for number, line in enumerate(block):
        item = listed[number]
        if number and not item and _goes_on(block[number - 1], line, set_to_width):
            write_line(blocks, line.lstrip(), known)
            continue
        if number and not item and tells_number(block[number - 1].split()[-1]) and line[:1].isalpha():
            _mark_open_end(blocks, block[number - 1])
        blocks.begin("list" if item else kind)
        write_line(blocks, _BULLET.sub("", line, count=1) if item == "bullet" else line.strip(), known)


def _listed(block: Sequence[str]) -> list[str]:
    """Which lines begin with a sign of a list: two or more do, with the same one, so that a minus is none."""
    bullets = [found["sign"] if (found := _BULLET.match(line)) else "" for line in block]
    numbers = [bool(_NUMBERED.match(line)) for line in block]
    signs, numbered = Counter(bullets), numbers.count(True)
    return [
        "bullet" if sign and signs[sign] > 1 else "number" if number and numbered > 1 else ""
        for sign, number in zip(bullets, numbers, strict=True)
    ]


def _is_set_to_width(block: Sequence[str]) -> bool:
    """Whether the lines end where the next word had no room."""
    if len(block) < 2:
        return False
    width = max(map(len, block))
    if not _NARROWEST <= width <= _WIDEST:
        return False
    full = sum(len(line) + 1 + len(after.split()[0]) > width for line, after in pairwise(block))
    return full >= _SAME_WIDTH * (len(block) - 1)


def _goes_on(line: str, after: str, set_to_width: bool) -> bool:
    """Whether a line and the next are one paragraph."""
    if set_to_width:
        return len(line) > _NARROWEST // 2 or not _ENDED.search(line)
    first = after.lstrip()[:1]
    return len(line) <= _WIDEST and first.islower() and not _ENDED.search(line)


def _mark_open_end(blocks: Blocks, line: str) -> None:
    word = line.split()[-1]
    says = f"the line ends with “{word}”: the next may belong to it."
    blocks.mark(blocks.here - len(word), blocks.here, "line break", says)

"""The words of a Markdown text, without its marks.

Emphasis, links, headings, lists and quotations leave their words; code, comments, tags and addresses leave
nothing, and neither does what is struck out. Raised and lowered digits stay raised and lowered. Lines of one
paragraph become one line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tallybook.intake.article_text import Mark, ParagraphKind
from tallybook.intake.draft import Pieces
from tallybook.intake.raised import TAIL, lowered, raised, says

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_OPENING = re.compile(
    r"(?P<quote>(?:[ \t]{0,3}>[ \t]?)*)[ \t]*"
    r"(?:(?P<head>#{1,6}[ \t]+)|(?P<item>[-*+][ \t]+|\d{1,9}[.)][ \t]+(?=\D)))?"
)
_RULE = re.compile(
    r"[ \t>]*(?:[-*_=][ \t]*){3,}$|[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$|\[[^\]^][^\]]{0,199}\]:[ \t]*\S+.*$"
)
_UNDER_HEADING = re.compile(r"[ \t]*(?:=+|-+)[ \t]*$")
_MARKS = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(`{1,3})[^`\n]{1,400}\3)"
    r"|(?P<comment><!--(?:(?!<!--).)*?-->)"
    r"|(?P<address><(?:https?|mailto):[^>\s]{1,500}>)"
    r"|<(?P<level>sup|sub)>(?P<shifted>[^<>\n]{0,80})</(?P=level)>"
    r"|<(?P<strike>del|s|strike)>(?P<struck>[^<>\n]{0,400})</(?P=strike)>"
    r"|~~(?P<wavy>[^~\n]{1,400})~~"
    r"|(?P<tag></?[A-Za-z][^<>]{0,500}>)"
    r"|(?P<target>\]\([^()\s]{0,500}(?:[ \t]+\"[^\"]{0,200}\")?\)|\]\[[^\]]{0,200}\])"
    r"|(?P<note>\[\^(?P<label>[^\]]{1,80})\]:?)"
    r"|(?P<bracket>!?\[(?=[^\[\]]{0,400}\][(\[]))"
    r"|(?<=\w)(?P<sign>[\^~])(?P<power>[^\s^~]{1,12})(?P=sign)"
    r"|(?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});)"
    r"|(?P<stress>\*{1,3}|~~|(?<![^\W_])_{1,3}(?=\w)|(?<=\w)_{1,3}(?![^\W_]))"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """``start``: of its words in the file; ``opens``: whether a block begins; ``row``: of a table."""

    start: int
    words: str
    opens: bool
    kind: ParagraphKind = "text"
    row: bool = False


def markdown_pieces(source: str) -> Pieces:
    """The words with their places.

    >>> markdown_pieces("# Bread\\n\\nOver [12](https://a.example)\\n*loaves*.").text
    'Bread\\n\\nOver 12 loaves.'
    """
    pieces = Pieces()
    joined = False
    for line in _lines(source):
        if not line.words.strip():
            if joined and line.kind == "heading":
                pieces.kinds[-1] = (pieces.kinds[-1][0], "heading")
            _end_paragraph(pieces, line.start)
            joined = False
            continue
        if line.opens:
            _end_paragraph(pieces, line.start)
        elif joined:
            pieces.breaks.append(pieces.length)
            pieces.add(" ", line.start - 1)
        if line.opens or not joined:
            pieces.kinds.append((pieces.length, line.kind))
        _words(pieces, line)
        joined = True
    return pieces


def _lines(source: str) -> Iterator[_Line]:
    """The lines, with "" for the words of one that has none, as of code."""
    fence = ""
    table = False
    for found in _LINE.finditer(source):
        line = found[0].rstrip("\r\n")
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
            yield _Line(found.start(), "", True)
        elif mark:
            fence = mark[1]
            yield _Line(found.start(), "", True)
        elif _RULE.match(line) or _UNDER_HEADING.match(line):
            table = "|" in line
            under = _UNDER_HEADING.match(line) is not None
            yield _Line(found.start(), "", True, "heading" if under else "text")
        else:
            table = table and "|" in line
            yield _opened(found.start(), line, table)


def _opened(start: int, line: str, table: bool) -> _Line:
    """A line without the marks at its beginning."""
    opening = _OPENING.match(line)
    if opening is None:
        return _Line(start, line.rstrip(), False)
    row = table or line.lstrip().startswith("|")
    kind: ParagraphKind = "text"
    if row:
        kind = "table"
    elif opening["head"]:
        kind = "heading"
    elif opening["item"]:
        kind = "list"
    elif opening["quote"].strip():
        kind = "quote"
    words = line[opening.end() :].rstrip()
    opens = row or bool(opening["head"] or opening["item"])
    return _Line(start + opening.end(), words, opens, kind, row)


def _end_paragraph(pieces: Pieces, source: int) -> None:
    if pieces.length and pieces.last != "\n":
        pieces.add("\n\n", source, whole=True)


def _words(pieces: Pieces, line: _Line) -> None:
    """The words of a line without the marks in it; the cells of a row are no sentence together."""
    done = 0
    words = line.words.replace("|", "\n") if line.row else line.words
    for mark in _MARKS.finditer(words):
        if mark["stress"] and _is_sign(words, mark):
            continue
        pieces.add(words[done : mark.start()], line.start + done)
        _meant(pieces, mark, line.start + mark.start())
        done = mark.end() - 1 if mark["escape"] else mark.end()
    pieces.add(words[done:], line.start + done)


def _meant(pieces: Pieces, mark: re.Match[str], source: int) -> None:
    """What a mark leaves in the text, and what is to be known of it."""
    if mark["level"] == "sup" or mark["sign"] == "^":
        _raise(pieces, mark["shifted"] or mark["power"] or "", source)
    elif mark["level"] == "sub" or mark["sign"] == "~":
        text = lowered(pieces.tail(TAIL), mark["shifted"] or mark["power"] or "")
        start = pieces.length
        pieces.add(text, source, whole=True)
        if any(c.isdigit() for c in text):
            pieces.marks.append(Mark(start, pieces.length, "subscript", f"“{text}” is printed lowered."))
    elif struck := mark["struck"] or mark["wavy"]:
        what = f"“{struck.strip()[:40]}” is struck out here."
        pieces.marks.append(Mark(pieces.length, pieces.length, "struck out", what))
    elif mark["entity"]:
        pieces.add(html.unescape(mark["entity"]), source, whole=True)
    elif mark["label"]:
        pieces.notes.append((pieces.length, mark["label"]))


def _raise(pieces: Pieces, printed: str, source: int) -> None:
    before = pieces.tail(TAIL)
    kept = raised(before, printed)
    start = pieces.length
    pieces.add(kept.text, source, whole=True)
    if kept.kind != "plain" and printed.strip():
        word = len(before.split()[-1]) if before and not before[-1].isspace() else 0
        pieces.marks.append(Mark(start - word, pieces.length, kept.kind, says(printed, kept, before)))


def _is_sign(line: str, mark: re.Match[str]) -> bool:
    """Whether a star stands alone, as in "3 * 4"."""
    before = line[mark.start() - 1 : mark.start()]
    return mark[0] == "*" and before in ("", " ") and line[mark.end() : mark.end() + 1] in ("", " ")

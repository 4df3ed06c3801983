"""The words of a Markdown text, without its marks.

Emphasis, links, headings, lists and quotations leave their words; code, comments, tags and addresses leave
nothing. Lines of one paragraph become one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallybook.intake.draft import Pieces

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_OPENING = re.compile(
    r"(?:[ \t]{0,3}>[ \t]?)*[ \t]*(?:(?P<head>#{1,6}[ \t]+)|(?P<item>[-*+][ \t]+|\d{1,9}[.)][ \t]+(?=\D)))?"
)
_RULE = re.compile(
    r"[ \t>]*(?:[-*_=][ \t]*){3,}$|[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$|\[[^\]]{1,200}\]:[ \t]*\S+.*$"
)
_MARKS = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(`{1,3})[^`\n]{1,400}\3)"
    r"|(?P<comment><!--(?:(?!<!--).)*?-->)"
    r"|(?P<address><(?:https?|mailto):[^>\s]{1,500}>)"
    r"|(?P<tag></?[A-Za-z][^<>]{0,500}>)"
    r"|(?P<target>\]\([^()\s]{0,500}(?:[ \t]+\"[^\"]{0,200}\")?\)|\]\[[^\]]{0,200}\])"
    r"|(?P<note>\[\^[^\]]{1,80}\]:?)"
    r"|(?P<bracket>!?\[(?=[^\[\]]{0,400}\][(\[]))"
    r"|(?P<stress>\*{1,3}|~~|(?<![^\W_])_{1,3}(?=\w)|(?<=\w)_{1,3}(?![^\W_]))"
)


def markdown_pieces(source: str) -> Pieces:
    """The words with their places.

    >>> markdown_pieces("# Bread\\n\\nOver [12](https://a.example)\\n*loaves*.").text
    'Bread\\n\\nOver 12 loaves.'
    """
    pieces = Pieces()
    joined = False
    for start, line, opened in _lines(source):
        if not line.strip():
            _end_paragraph(pieces, start)
            joined = False
            continue
        if opened:
            _end_paragraph(pieces, start)
        elif joined:
            pieces.add(" ", start - 1)
        _words(pieces, line, start)
        joined = True
    return pieces


def _lines(source: str) -> Iterator[tuple[int, str, bool]]:
    """(offset, words, whether a block begins) of each line; "" for a line that has none, as of code."""
    fence = ""
    for found in _LINE.finditer(source):
        line = found[0].rstrip("\r\n")
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
            yield found.start(), "", True
        elif mark:
            fence = mark[1]
            yield found.start(), "", True
        elif _RULE.match(line):
            yield found.start(), "", True
        else:
            opening = _OPENING.match(line)
            end = opening.end() if opening else 0
            row = line.lstrip().startswith("|")
            begins = row or bool(opening and (opening["head"] or opening["item"]))
            yield found.start() + end, line[end:].rstrip(), begins


def _end_paragraph(pieces: Pieces, source: int) -> None:
    if pieces.length and pieces.last != "\n":
        pieces.add("\n\n", source, whole=True)


def _words(pieces: Pieces, line: str, start: int) -> None:
    """The words of a line without the marks in it; the cells of a row are no sentence together."""
    done = 0
    if line.lstrip().startswith("|"):
        line = line.replace("|", "\n")
    for mark in _MARKS.finditer(line):
        if mark["stress"] and _is_sign(line, mark):
            continue
        pieces.add(line[done : mark.start()], start + done)
        done = mark.end() - 1 if mark["escape"] else mark.end()
    pieces.add(line[done:], start + done)


def _is_sign(line: str, mark: re.Match[str]) -> bool:
    """Whether a star stands alone, as in "3 * 4"."""
    before = line[mark.start() - 1 : mark.start()]
    return mark[0] == "*" and before in ("", " ") and line[mark.end() : mark.end() + 1] in ("", " ")

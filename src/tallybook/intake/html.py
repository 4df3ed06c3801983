"""The words of an HTML page that a reader would see, each with its place in the file.

The parser is that of the standard library, which beautifulsoup4 is built on: it alone tells where each piece
of text stands. Nothing of the page is run or fetched.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from tallybook.intake.draft import Pieces
from tallybook.intake.raised import TAIL, raised

UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "math", "iframe", "textarea", "select"})
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
     "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)  # fmt: skip
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LOOSE = re.compile(r"<(?!(?:/?[A-Za-z]|![Dd][Oo][Cc])[^<>]*>)|&(?!#?[A-Za-z0-9]{1,32};)")
"""A "<" that begins no tag and a "&" that begins no reference: the parser looks for the end of each, to the
end of the page, which would take minutes for a page of many."""

_STANDS_FOR = {"<": "\ufdd0", "&": "\ufdd1"}
_MEANT = {ord(mark): character for character, mark in _STANDS_FOR.items()}
_NOT_A_LINE_END = re.compile(r"[^\n]")


def html_pieces(source: str) -> Pieces:
    """The words with their places.

    >>> html_pieces("<p>Over <b>12</b>&nbsp;loaves<script>1</script></p>").text
    'Over 12\\xa0loaves'
    """
    page = _Page(source)
    page.feed(_LOOSE.sub(lambda found: _STANDS_FOR[found[0]], _without_comments(source)))
    page.close()
    return page.pieces


def _without_comments(source: str) -> str:
    """The page with a space for each character of a comment; one without an end runs to the page's end."""
    parts, done = [], 0
    while (start := source.find("<!--", done)) >= 0:
        end = source.find("-->", start + 4)
        end = len(source) if end < 0 else end + 3
        parts += [source[done:start], _NOT_A_LINE_END.sub(" ", source[start:end])]
        done = end
    return "".join([*parts, source[done:]])


class _Page(HTMLParser):
    """Text as it comes, with spaces that a browser shows as one made one."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces = Pieces()
        self._tail = ""
        self._unseen: list[str] = []
        self._raised = 0
        self._starts = [0, *(found.end() for found in re.finditer("\n", source))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN or (tag == "a" and self._raised and not self._unseen):
            self._unseen.append(tag)
        elif tag == "sup":
            self._raised += 1
        elif tag not in INLINE:
            self._end_block()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        elif tag == "sup":
            self._raised = max(0, self._raised - 1)
        elif tag not in INLINE:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        data = data.translate(_MEANT)
        start = self._here()
        done = 0
        for space in _SPACES.finditer(data):
            self._add(data[done : space.start()], start + done)
            if self.pieces.length and self.pieces.last not in " \n":
                self._add(" ", start + space.start())
            done = space.end()
        self._add(data[done:], start + done)

    def handle_entityref(self, name: str) -> None:
        self._character(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._character(f"&#{name};")

    def _character(self, reference: str) -> None:
        if not self._unseen:
            self._add(html.unescape(reference), self._here(), whole=True)

    def _add(self, text: str, source: int, *, whole: bool = False) -> None:
        if self._raised:
            kept = raised(self._tail, text).text
            whole = whole or len(kept) != len(text)
            text = kept
        self.pieces.add(text, source, whole=whole)
        self._tail = (self._tail + text)[-TAIL:]

    def _end_block(self) -> None:
        if self.pieces.length and self.pieces.last != "\n":
            self.pieces.add("\n\n", self._here(), whole=True)
            self._tail = ""

    def _here(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

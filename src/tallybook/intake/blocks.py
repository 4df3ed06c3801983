"""Paragraphs put together piece by piece, with the marks of each place that could have changed a figure.

What every format has in common is decided here, once: spaces, characters that nobody sees, line ends between
a number and its words, what is raised or lowered.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from tallybook.book.characters import refused_characters, unix_lines, without_refused, without_unseen
from tallybook.intake.article_text import (
    Annotation,
    AnnotationKind,
    Found,
    Mark,
    MarkKind,
    Paragraph,
    ParagraphKind,
)
from tallybook.intake.raised import TAIL, Raised, lowered, raised, says

_SPACES = re.compile(r"[ \t\n\f\v\u2028\u2029\x85]+")
_LINE_ENDS = str.maketrans({"\x85": "\n", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"})
_LOST = "\ufffd"
_LAST_WORD = re.compile(r"\S{0,40}\Z")
_FIRST_WORD = re.compile(r"\S{0,40}")
_SIGNS = frozenset("$€£¥₴₽₹₩~≈±<>≤≥×+−")
MOST_MARKS = 20_000


def taken_out(character: str) -> str:
    """What the mark of a character says that nobody sees."""
    return f"the character U+{ord(character):04X}, which nobody sees, was taken out."


class Blocks:
    """What has been read so far. A paragraph begins with ``begin`` and ends where the next one does.

    >>> blocks = Blocks()
    >>> blocks.begin("text"); blocks.write("over  10"); blocks.write_raised("6"); blocks.write(" rounds")
    >>> found = blocks.found()
    >>> found.paragraphs[0].text, found.marks[0].kind
    ('over 10⁶ rounds', 'superscript')
    """

    def __init__(self) -> None:
        self._paragraphs: list[Paragraph] = []
        self._marks: list[Mark] = []
        self._annotations: list[Annotation] = []
        self._base = 0
        self._kind: ParagraphKind = "text"
        self._parts: list[str] = []
        self._length = 0
        self._breaks: list[int] = []

    @property
    def here(self) -> int:
        """The offset in the text of whatever is written next."""
        return self._base + self._length

    @property
    def empty(self) -> bool:
        """Whether the paragraph has no word yet."""
        return not self._length

    @property
    def tail(self) -> str:
        """The last characters of the paragraph."""
        return "".join(part[-TAIL:] for part in self._parts[-TAIL:])[-TAIL:]

    @property
    def last_word(self) -> str:
        """The characters since the last space of the paragraph, at most forty."""
        return _LAST_WORD.findall("".join(part[-41:] for part in self._parts[-8:])[-41:])[0]

    def since(self, start: int) -> str:
        """What the paragraph has from an offset of the text on."""
        return "".join(self._parts)[max(0, start - self._base) :].strip()

    def take_back(self, length: int) -> None:
        """Unwrite the last characters of the paragraph."""
        while length > 0 and self._parts:
            last = self._parts.pop()
            self._length -= len(last)
            if len(last) > length:
                self._add(last[:-length])
            length -= len(last)

    def begin(self, kind: ParagraphKind = "text") -> None:
        self._end()
        self._kind = kind

    def write(self, text: str) -> None:
        """Words as they come: white space is one space, what nobody may see is taken out and marked."""
        text = _SPACES.sub(" ", unix_lines(text).translate(_LINE_ENDS))
        if text[:1] == " " and (self.empty or self.tail.endswith(" ")):
            text = text[1:]
        kept = self._without_refused(without_unseen(text))
        start = kept.find(_LOST)
        while start >= 0 and len(self._marks) < MOST_MARKS:
            at = self.here + start
            self.mark(
                at, at + 1, "replaced character", "a character here could not be read: something is lost."
            )
            start = kept.find(_LOST, start + 1)
        self._add(kept)

    def write_raised(self, text: str, *, link: bool = False) -> bool:
        """A text that the file prints raised; ``link``: whether it leads to a note. Whether it was taken for
        the number of one."""
        kept = raised(self.tail, text, link=link)
        self._write_marked(text, kept)
        return kept.kind == "footnote mark"

    def write_lowered(self, text: str) -> None:
        """A text that the file prints lowered."""
        start, printed = self.here, " ".join(text.split())[:40]
        self.write(lowered(self.tail, text))
        if any(c.isdigit() for c in printed):
            self.mark(start, self.here, "subscript", f"“{printed}” is printed lowered.")

    def write_fraction(self, top: str, bottom: str) -> None:
        """Raised and lowered digits about a stroke: "2 1/2", not 2 with the number of a note, over two."""
        start = self.here
        self.write(f"{' ' if self.tail[-1:].isdigit() else ''}{top}/{bottom}")
        says = f"a fraction is printed with raised and lowered digits: read as “{top}/{bottom}”."
        self.mark(start, self.here, "fraction", says)

    def line_break(self) -> None:
        """The end of a line inside a paragraph: a space, marked where it may part a number from its words."""
        if not self.empty and not self.tail.endswith(" "):
            self._breaks.append(self._length)
            self._add(" ")

    def mark(self, start: int, end: int, kind: MarkKind, what: str) -> None:
        if len(self._marks) < MOST_MARKS:
            self._marks.append(Mark(start, end, kind, what))

    def annotate(
        self,
        start: int,
        end: int,
        kind: AnnotationKind,
        text: str,
        author: str | None = None,
        resolved: bool = False,
        replies: tuple[str, ...] = (),
    ) -> None:
        self._annotations.append(Annotation(start, end, kind, text, author, resolved, replies))

    def found(self) -> Found:
        """All paragraphs that have a word, with their marks and notes."""
        self._end()
        size = max(0, self._base - 2)
        marks = tuple(replace(m, start=min(m.start, size), end=min(m.end, size)) for m in self._marks)
        notes = tuple(replace(a, start=min(a.start, size), end=min(a.end, size)) for a in self._annotations)
        return Found(tuple(self._paragraphs), marks, notes)

    def _add(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _without_refused(self, text: str) -> str:
        for number, (at, _) in enumerate(refused_characters(text)):
            if len(self._marks) >= MOST_MARKS:
                break
            place = self.here + at - number
            named = taken_out(text[at])
            self.mark(max(self._base, place - 1), place + 1, "removed character", named)
        return without_refused(text)

    def _write_marked(self, printed: str, kept: Raised) -> None:
        before, start = self.tail, self.here
        if not printed.strip():
            self.write(printed)
            return
        self.write(kept.text)
        if kept.kind == "plain":
            return
        word = len(before) - len(before.rstrip()) or len(_LAST_WORD.findall(before)[0])
        self.mark(max(self._base, start - word), self.here, kept.kind, says(printed, kept, before))

    def _end(self) -> None:
        text = "".join(self._parts).rstrip()
        last = self._base + len(text)
        if text:
            self._mark_breaks(text)
            self._paragraphs.append(Paragraph(text, self._kind))
        for number in range(len(self._marks) - 1, -1, -1):
            mark = self._marks[number]
            if mark.start < self._base:
                break
            self._marks[number] = replace(mark, start=min(mark.start, last), end=min(mark.end, last))
            if not text:
                del self._marks[number]
        if text:
            self._base = last + 2
        self._parts, self._length, self._breaks = [], 0, []

    def _mark_breaks(self, text: str) -> None:
        """The line ends that touch a figure: the words before them are a number, or a part of one."""
        for at in self._breaks:
            before = _LAST_WORD.findall(text[max(0, at - 41) : at])[0]
            after = _FIRST_WORD.match(text, at + 1)
            if after and after[0] and tells_number(before):
                start, end = self._base + at - len(before), self._base + after.end()
                self.mark(start, end, "line break", f"a line ends between “{before}” and “{after[0]}”.")


@cache
def _number_words() -> frozenset[str]:
    from tallybook.reading.lexicon.language import languages, load_language

    return frozenset(
        word for code in languages() for word in load_language(code).numbers.all_listed if len(word) > 1
    )


@lru_cache(maxsize=10_000)
def tells_number(word: str) -> bool:
    """Whether a word is a number, a part of one or a sign before one.

    >>> tells_number("$5.6"), tells_number("twelve"), tells_number("loaves")
    (True, True, False)
    """
    if any(c.isdecimal() or c in _SIGNS for c in word):
        return True
    return any(part in _number_words() for part in re.split(r"[\W_]+", word.casefold()) if part)

"""An article in Markdown: its paragraphs, its footnotes as notes on their words, its front matter."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter, itemgetter
from typing import TypeVar

from tallybook.book.characters import unix_lines
from tallybook.intake.article_text import Found, ParagraphKind
from tallybook.intake.blocks import Blocks
from tallybook.intake.charset import decoded, guessed_marks
from tallybook.intake.draft import Pieces
from tallybook.intake.line_ends import words_of, write_line
from tallybook.intake.markdown import markdown_pieces

_FRONT = re.compile(r"---[ \t]*\n(?P<lines>(?:[^\n]{0,2000}\n){0,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"(?P<key>[A-Za-z_]{1,40})[ \t]*:[ \t]*(?P<value>[^\n]{1,1000})")
_NOTE = re.compile(r" {0,3}\[\^(?P<label>[^\]]{1,80})\]:[ \t]*(?P<text>.*)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_T = TypeVar("_T")


def read_markdown(raw: bytes, name: str, content_type: str | None = None) -> Found:
    """The paragraphs of a Markdown text; its title is that of its front matter, or its first heading."""
    text = decoded(raw, content_type)
    source, fields = _front_matter(unix_lines(text.text))
    source, notes = _without_notes(source)
    pieces = markdown_pieces(source)
    blocks = Blocks()
    _write(blocks, pieces, pieces.text, notes)
    found = blocks.found()
    heading = next((p.text for p in found.paragraphs if p.kind == "heading"), None)
    day = _DAY.search(fields.get("date") or fields.get("published") or "")
    return replace(
        found,
        title=fields.get("title") or heading,
        author=fields.get("author"),
        publisher=fields.get("publisher"),
        published=day[0] if day else None,
        language=fields.get("lang") or fields.get("language"),
        url=fields.get("url"),
        marks=(*found.marks, *guessed_marks(text, found.paragraphs)),
        notes=text.notes,
        extractor="tallybook Markdown",
    )


def _front_matter(source: str) -> tuple[str, dict[str, str]]:
    found = _FRONT.match(source)
    if found is None:
        return source, {}
    fields = {
        field["key"].lower(): field["value"].strip().strip("\"'").strip()
        for line in found["lines"].split("\n")
        if (field := _FIELD.match(line))
    }
    return source[found.end() :], fields


def _without_notes(source: str) -> tuple[str, dict[str, str]]:
    """The text without its footnotes, and their words by their names; lines set in belong to them."""
    lines, notes = [], dict[str, str]()
    label: str | None = None
    for line in source.split("\n"):
        if found := _NOTE.match(line):
            label = found["label"]
            notes.setdefault(label, found["text"])
            lines.append("")
        elif label and line.startswith(("    ", "\t")) and line.strip():
            notes[label] += f" {line.strip()}"
            lines.append("")
        else:
            label = label if not line.strip() else None
            lines.append(line)
    return "\n".join(lines), {name: markdown_pieces(words).text.strip() for name, words in notes.items()}


def _paragraphs(pieces: Pieces, text: str) -> Iterator[tuple[int, int, ParagraphKind]]:
    """(where it begins, where it ends, its kind) of each paragraph."""
    ends = [start for start, _ in pieces.kinds[1:]] + [len(text)]
    for (start, kind), end in zip(pieces.kinds, ends, strict=True):
        yield start, start + len(text[start:end].rstrip("\n")), kind


def _write(blocks: Blocks, pieces: Pieces, text: str, notes: Mapping[str, str]) -> None:
    """The paragraphs, each cut where a line ended or a mark or note begins or ends."""
    known = words_of([text])
    for start, end, kind in _paragraphs(pieces, text):
        blocks.begin(kind)
        breaks = set(_within(pieces.breaks, start, end, int))
        marks = _within(pieces.marks, start, end, attrgetter("start"))
        hung = _within(pieces.notes, start, end, itemgetter(0))
        cuts = {start, end, *breaks, *(at for at, _ in hung)}.union(*({m.start, m.end} for m in marks))
        places = {}
        done = start
        for cut in sorted(cuts):
            words = text[done:cut]
            if done in breaks and words:
                write_line(blocks, words[1:], known)
            else:
                blocks.write(_cells(words, text, start, end, done) if kind == "table" else words)
            places[cut] = blocks.here
            done = cut
        for mark in marks:
            blocks.mark(places[mark.start], places[mark.end], mark.kind, mark.says)
        for at, label in hung:
            if label in notes:
                blocks.annotate(places[at], places[at], "footnote", notes[label])


def _within(items: list[_T], start: int, end: int, key: Callable[[_T], int]) -> list[_T]:
    """Those of a list in the order of the text that begin in a paragraph."""
    return items[bisect_left(items, start, key=key) : bisect_right(items, end, key=key)]


def _cells(words: str, text: str, start: int, end: int, done: int) -> str:
    """The words of a row with a bar between its cells, and none at its ends."""
    first, last = start + text[start:end].find("\n"), start + text[start:end].rfind("\n")
    outer = {at for at in (first, last) if not (text[start:at].strip() and text[at:end].strip())}
    return "".join(("" if done + at in outer else " | ") if c == "\n" else c for at, c in enumerate(words))

"""The characters of a file, from its bytes: by its own mark, by what is declared, by what they can be.

Detectors guess from how often a byte occurs, and say nothing of it. Here every step is strict, so that a
wrong one fails; what was declared and is not so is told, since a "–" or "€" lost beside a number changes the
figure.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tallybook.intake.article_text import Mark, Paragraph

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_IN_PAGE = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_IN_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.I)
_FIRST_BYTES = 4096
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252"})
"""A browser reads all three as cp1252, and so do the people who wrote the page."""

_AS_TEXT = frozenset({"utf-7", "punycode", "idna", "raw_unicode_escape", "unicode_escape", "undefined"})
_BESIDE_A_DIGIT = re.compile(r"(?<=\d)[ \u00a0]?[^\x00-\x7f]{1,4}|[^\x00-\x7f]{1,4}[ \u00a0]?(?=\d)")
_MOST_MARKS = 200


_LOOKED_AT = 64_000
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_STRAY_CONTROLS = 32
"""How many control characters a text of any length may have, each of which is taken out and told."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """``charset``: what the bytes were read as; ``guessed``: whether nobody had said so, or something else;
    ``notes``: what to tell of it."""

    text: str
    charset: str
    guessed: bool = False
    notes: tuple[str, ...] = ()


def decoded(raw: bytes, content_type: str | None = None, *, page: bool = False) -> Decoded:
    """A text from bytes. ``content_type``: the header; ``page``: whether a page may declare it itself.

    >>> decoded("5–7 €".encode("cp1252"), "text/html; charset=utf-8").text
    '5–7 €'
    """
    for mark, charset in _BOMS:
        if raw.startswith(mark):
            text = raw[len(mark) :].decode(charset, errors="replace")
            return Decoded(text, charset, notes=_lost(text, charset))
    declared = _declared(raw, content_type, page)
    if raw.isascii() and b"\0" not in raw and not _in_other_bytes(declared):
        return Decoded(raw.decode("ascii"), "ascii")
    for charset in declared:
        read = _strictly(raw, charset)
        if read is not None and _is_one_byte(charset) and _strictly(raw, "utf-8") is not None:
            return _guess(raw.decode("utf-8"), "utf-8", declared)
        if read is not None:
            return Decoded(read, charset)
    return _undeclared(raw, declared)


def is_no_text(raw: bytes) -> bool:
    """Whether bytes are no text in any charset that is read here: a picture, a program, an archive. Their
    beginning has control characters everywhere; a text has a few at most."""
    head = raw[:_LOOKED_AT]
    if raw.startswith(tuple(mark for mark, _ in _BOMS)) or _looks_like_utf_16(raw):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > max(_STRAY_CONTROLS, len(head) // 50)


def guessed_marks(text: Decoded, paragraphs: Sequence[Paragraph]) -> Iterator[Mark]:
    """Where a guess at the characters touches a number."""
    if not text.guessed:
        return
    start, left = 0, _MOST_MARKS
    for paragraph in paragraphs:
        for found in _BESIDE_A_DIGIT.finditer(paragraph.text):
            if left:
                left -= 1
                what = f"“{found[0].strip()}” was read as {text.charset}, which is a guess."
                yield Mark(start + found.start(), start + found.end(), "guessed charset", what)
        start += len(paragraph.text) + 2


def _declared(raw: bytes, content_type: str | None, page: bool) -> list[str]:
    """What is declared and known here: by the header, then by the page."""
    told = []
    if content_type and (found := _IN_HEADER.search(content_type[:1000])):
        told.append(found[1])
    if page:
        head = raw[:_FIRST_BYTES]
        told += [named[1].decode() for pattern in (_IN_XML, _IN_PAGE) if (named := pattern.search(head))]
    return [charset for name in told if (charset := _codec(name))]


def _codec(name: str) -> str | None:
    """The name by which Python knows a charset of text, None for others."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if found.name in _AS_TEXT or not getattr(found, "_is_text_encoding", True):
        return None
    return "cp1252" if found.name in _WESTERN else found.name


def _strictly(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _is_one_byte(charset: str) -> bool:
    """Whether each byte is a character, so that nearly any bytes can be read so."""
    return charset.startswith(("cp1", "cp8", "iso8859", "koi8", "mac", "latin", "windows"))


def _in_other_bytes(declared: Sequence[str]) -> bool:
    return any(name.startswith(("utf-16", "utf-32", "iso2022", "hz")) for name in declared)


def _undeclared(raw: bytes, declared: Sequence[str]) -> Decoded:
    """What the bytes can be: UTF-8, UTF-16 without its mark, UTF-8 with a few bytes broken, cp1252."""
    text = _strictly(raw, "utf-8")
    if text is not None and not _looks_like_utf_16(raw):
        return _guess(text, "utf-8", declared) if declared else Decoded(text, "utf-8")
    if charset := _looks_like_utf_16(raw):
        return _guess(raw.decode(charset, errors="replace"), charset, declared)
    broken = raw.decode("utf-8", errors="replace")
    lost = broken.count("\ufffd")
    if sum(c > "\x7f" for c in broken) - lost > lost:
        return _guess(broken, "utf-8", declared)
    text = _strictly(raw, "cp1252")
    if text is not None:
        return _guess(text, "cp1252", declared)
    return _guess(raw.decode("cp1252", errors="replace"), "cp1252", declared)


def _looks_like_utf_16(raw: bytes) -> str | None:
    """Text of Latin letters has a zero in every second byte."""
    head = raw[:_FIRST_BYTES]
    half = len(head) // 2
    if half < 2:
        return None
    if head[1::2].count(0) > 0.6 * half and head[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.6 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _guess(text: str, charset: str, declared: Sequence[str]) -> Decoded:
    said = (
        f"says that its charset is {declared[0]}, but it is not" if declared else "does not name its charset"
    )
    note = f"The file {said}: read as {charset}. Look at its signs and dashes."
    return Decoded(text, charset, True, (note, *_lost(text, charset)))


def _lost(text: str, charset: str) -> tuple[str, ...]:
    lost = text.count("\ufffd")
    if not lost:
        return ()
    what = "1 character" if lost == 1 else f"{lost:,} characters"
    return (f"{what} could not be read as {charset}.",)

"""Bounds on a PDF file before anything reads it: what its streams unpack to."""

from __future__ import annotations

import re
import zlib

from tallybook.intake.article_text import unread

_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s{0,3}/Image|/Image\b")
_TWICE = re.compile(rb"/(?:FlateDecode|Fl)\s{0,9}/(?:FlateDecode|Fl)\b")
LARGEST_STREAM, LARGEST_TOTAL = 20_000_000, 80_000_000
_STEP = 1 << 20


def refuse_bombs(raw: bytes, name: str) -> None:
    """BookError where the streams of a file, pictures apart, unpack to more than a text ever needs."""
    if _TWICE.search(raw):
        raise unread(name, "has streams that are packed twice, as no PDF needs. Save it again as PDF.")
    total = 0
    for found in _STREAM.finditer(raw):
        head = raw[max(0, found.start() - 400) : found.start()]
        head = head[head.rfind(b" obj") + 1 :]
        if _PICTURE.search(head):
            continue
        size = _unpacked(raw, found.end())
        total += size
        if size > LARGEST_STREAM or total > LARGEST_TOTAL:
            raise unread(name, f"unpacks to more than {LARGEST_STREAM:,} bytes. Save its text alone.")


def _unpacked(raw: bytes, start: int) -> int:
    """How many bytes a stream unpacks to; 0 where it is not packed."""
    unpack = zlib.decompressobj()
    size = 0
    for at in range(start, len(raw), _STEP):
        piece = raw[at : at + _STEP]
        while piece and not unpack.eof:
            try:
                size += len(unpack.decompress(piece, _STEP))
            except zlib.error:
                return size
            piece = unpack.unconsumed_tail
            if size > LARGEST_STREAM:
                return size
        if unpack.eof:
            break
    return size

"""The texts of JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from tallybook.scan.files import FileFound
from tallybook.scan.packed import Damaged
from tallybook.scan.settings import Settings
from tallybook.scan.text import Text, day_of, named, well_formed

_ROOM = 1_000_000
"""Bytes of a line besides its text."""

_PIECE = 1 << 16
_MARK = b"\xef\xbb\xbf"
_MOST_OF_AN_ID = 1_000
DAYS = ("published", "date")
"""Keys of the day of a text."""


def texts_of_lines(
    stream: BinaryIO, file: FileFound, settings: Settings, start: int = 0, end: int | None = None
) -> Iterator[Text]:
    """The texts whose lines begin at the bytes from ``start`` to ``end``; a line that is none is an error.

    ``stream``: the bytes of the file, which can be sought where ``start`` is not 0. However long a line is,
    no more than one text of it is held.
    """
    place = start
    if start:
        stream.seek(start - 1)
        place = _behind_line(stream, start - 1, end)
    try:
        while end is None or place < end:
            line = stream.readline(settings.largest_text + _ROOM)
            if not line:
                return
            here, place = place, place + len(line)
            whole = line.endswith(b"\n") or len(line) < settings.largest_text + _ROOM
            if not whole:
                yield _wrong(file, here, f"has a line of more than {len(line):,} bytes.")
                place = _behind_line(stream, place, end)
            elif line.strip() and (here or line.strip() != _MARK):
                yield _text(line.removeprefix(_MARK) if here == 0 else line, file, here, settings)
    except Damaged as error:
        yield _wrong(file, place, f"{error} What is behind byte {place:,} of it was not read.")


def _behind_line(stream: BinaryIO, place: int, end: int | None) -> int:
    """The place behind the line that a place is in; no line is followed beyond the ``end``."""
    while end is None or place < end:
        piece = stream.readline(_PIECE)
        place += len(piece)
        if not piece or piece.endswith(b"\n"):
            break
    return place


def _text(line: bytes, file: FileFound, place: int, settings: Settings) -> Text:
    try:
        record: Any = json.load(BytesIO(line))
    except RecursionError:
        return _wrong(file, place, "is nested too deeply.")
    except UnicodeDecodeError as error:
        return _wrong(file, place, f"byte 0x{error.object[error.start]:02x} is not valid UTF-8.")
    except ValueError as error:
        return _wrong(file, place, f"is no JSON: {str(error)[:100]}.")
    if not isinstance(record, dict):
        return _wrong(file, place, "is no JSON object.")
    return text_of_record(record, file, place, settings)


def text_of_record(record: dict[str, Any], file: FileFound, place: int, settings: Settings) -> Text:
    """The text of a record by its keys; an error where it has none."""
    id_ = record.get(settings.id_key)
    known = isinstance(id_, str | int) and id_ != "" and len(str(id_)) <= _MOST_OF_AN_ID
    name = named(id_) if known else None
    content = record.get(settings.text_key)
    if not isinstance(content, str):
        what = "has no" if content is None else "has no string as"
        near = ", ".join(named(key)[:30] for key in list(record)[:8])
        return _wrong(file, place, f"{what} {settings.text_key!r}. There are: {near or 'none'}.", name)
    if len(content) > settings.largest_text:
        return _wrong(file, place, f"has more than {settings.largest_text:,} characters. Split it.", name)
    published = next((day for key in DAYS if (day := day_of(record.get(key))) is not None), None)
    url = record.get("url")
    return Text(
        name or f"{file.name}#{place}",
        file.name,
        place,
        well_formed(content),
        published=published,
        url=named(url) if isinstance(url, str) and url else None,
    )


def _wrong(file: FileFound, place: int, why: str, name: str | None = None) -> Text:
    return Text(name or f"{file.name}#{place}", file.name, place, error=well_formed(why))

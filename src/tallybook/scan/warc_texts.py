"""The texts of a web archive (WARC, WET): each answer with a page or a text, in the archive's order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from tallybook.intake.extras import extra
from tallybook.scan.files import FileFound
from tallybook.scan.packed import Damaged
from tallybook.scan.settings import Settings
from tallybook.scan.text import Text, named

_PIECE = 1 << 18
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS = frozenset({"text/plain"})
_RECORDS = frozenset({"response", "resource", "conversion"})


def texts_of_records(stream: BinaryIO, file: FileFound, settings: Settings) -> Iterator[Text]:
    """The pages and texts; records of other kinds and answers without success are none.

    ``place``: of the record in the file as it is packed, where each record is packed by itself (.warc.gz).
    An archive that is damaged ends with an error.
    """
    extra("warcio", "intake", "reading a web archive", file.name)
    from warcio.archiveiterator import ArchiveIterator

    place = 0
    try:
        records = ArchiveIterator(stream)
        for record in records:
            place = records.offset  # where it begins; its own method would read the record to the end
            if record.rec_type in _RECORDS and (text := _text(record, place, file, settings)) is not None:
                yield text
    except Damaged as error:
        yield _wrong(file, place, f"{error} What is behind it was not read.")
    except Exception as error:  # a damaged archive breaks the library in ways that it does not name
        said = str(error).strip().split("\n")[0][:100]
        yield _wrong(
            file, place, f"is damaged: {said or type(error).__name__}. What is behind it was not read."
        )


def _text(record: Any, place: int, file: FileFound, settings: Settings) -> Text | None:
    headers = record.http_headers if record.rec_type == "response" else None
    if record.rec_type == "response" and (headers is None or headers.get_statuscode() != "200"):
        return None
    given = (headers or record.rec_headers).get_header("Content-Type") or ""
    told = given.partition(";")[0].strip().lower()
    if told not in _PAGES | _TEXTS:
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or None
    body = _body(record.content_stream(), settings.largest_text + 1)
    if len(body) > settings.largest_text:
        return _wrong(file, place, f"has more than {settings.largest_text:,} bytes.", url)
    kind = "html" if told in _PAGES else "text"
    return Text(
        named(url or f"{file.name}#{place}"),
        file.name,
        place,
        body,
        kind,
        named(given),
        url=url and named(url),
    )


def _body(stream: Any, most: int) -> bytes:
    """The bytes of a record, unpacked, or the first of them."""
    body = bytearray()
    while len(body) < most and (piece := stream.read(min(_PIECE, most - len(body)))):
        body += piece
    return bytes(body)


def _wrong(file: FileFound, place: int, why: str, url: str | None = None) -> Text:
    id_ = named(url or f"{file.name}#{place}")
    return Text(id_, file.name, place, url=url and named(url), error=named(why))

"""Made-up archives for the tests of a scan."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tallybook.scan.files import LeftOut
from tallybook.scan.inputs import parts, texts_of
from tallybook.scan.run import Scan, scan
from tallybook.scan.settings import Settings
from tallybook.scan.text import Text

ZIP = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


def zstd(raw: bytes) -> bytes:
    """By pyarrow."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(raw)
    return bytes(sink.getvalue().to_pybytes())


PACK = {**ZIP, ".zst": zstd}


def record(n: int, text: str | None = None) -> dict[str, Any]:
    return {"id": f"t{n}", "text": text or f"In 2024 some {n + 20} mills closed, {n + 3}% fewer."}


def lines(records: Iterable[object]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


def rows(path: Path, records: list[dict[str, Any]], size: int = 1_000) -> None:
    pq.write_table(pa.Table.from_pylist(records), path, row_group_size=size)


def warc(pages: Iterable[tuple[str, bytes, str, str]], *, packed: bool) -> bytes:
    """``pages``: (address, body, content type, status)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("made-up.warc", {"software": "tests"}))
    for url, body, type_, status in pages:
        headers = StatusAndHeaders(status, [("Content-Type", type_)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", io.BytesIO(body), len(body), http_headers=headers)
        )
    return out.getvalue()


def all_texts(*paths: Path, settings: Settings | None = None, left_out: LeftOut | None = None) -> list[Text]:
    settings = settings or Settings()
    return [
        text for part in parts(paths, settings, left_out or LeftOut()) for text in texts_of(part, settings)
    ]


def errors(*paths: Path, settings: Settings | None = None) -> list[str]:
    return [text.error for text in all_texts(*paths, settings=settings) if text.error is not None]


def table(folder: Path) -> list[dict[str, Any]]:
    return [row for file in sorted(folder.iterdir()) for row in pq.read_table(file).to_pylist()]


def scanned(
    tmp_path: Path, *paths: Path, settings: Settings | None = None, name: str = "out", **more: Any
) -> Scan:
    return scan(list(paths), tmp_path / f"{name}.parquet", settings or Settings(), **more)

"""Packed files (gz, bz2, xz, zst), unpacked a piece at a time, within bounds."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

ENDINGS = (".gz", ".bz2", ".xz", ".zst")
_STEP = 1 << 16
_MOST_MEMORY = 256_000_000
"""Bytes that unpacking may hold; an xz file says how much it wants."""

MOST_TIMES, ALWAYS = 200, 64_000_000
"""A file may unpack to so many times its bytes; up to so many bytes always. Text packs to a tenth or less."""


class Damaged(Exception):
    """Why a packed file cannot be unpacked further, as the rest of a sentence."""


class _Member(Protocol):
    """One stream of a packed file, as the decompressors of bz2 and lzma are."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    def __init__(self) -> None:
        self._one = zlib.decompressobj(wbits=31)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._one.eof

    @property
    def unused_data(self) -> bytes:
        return self._one.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        out = self._one.decompress(self._one.unconsumed_tail + data, max_length)
        self.needs_input = not self._one.unconsumed_tail and len(out) < max_length
        return out


_MEMBERS: dict[str, Callable[[], _Member]] = {
    ".gz": _Gzip,
    ".bz2": bz2.BZ2Decompressor,
    ".xz": lambda: lzma.LZMADecompressor(memlimit=_MOST_MEMORY),
}


def unpacked(raw: BinaryIO, ending: str) -> io.BufferedReader:
    """The unpacked bytes of a file, by the ending of its name. Reading raises Damaged."""
    stream = _Zstandard(raw) if ending == ".zst" else _Members(raw, _MEMBERS[ending])
    return io.BufferedReader(stream, 1 << 18)


class _Bounded(io.RawIOBase):
    """What all have: how much has come out, beside how much went in."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            piece = self._next(len(view))
        except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
            raise Damaged(f"is damaged: {str(error)[:100] or type(error).__name__}.") from None
        view[: len(piece)] = piece
        self._out += len(piece)
        if self._out > max(ALWAYS, MOST_TIMES * self._raw.tell()):
            raise Damaged(f"unpacks to more than {MOST_TIMES} times its size, as no text does.")
        return len(piece)

    def _next(self, most: int) -> bytes:
        raise NotImplementedError


class _Members(_Bounded):
    def __init__(self, raw: BinaryIO, begin: Callable[[], _Member]) -> None:
        super().__init__(raw)
        self._begin = begin
        self._one = begin()
        self._empty = True  # nothing of this member has been read yet
        self._first = True

    def _next(self, most: int) -> bytes:
        while True:
            data = b""
            if self._one.eof:
                data = self._one.unused_data.lstrip(b"\0")
                self._one, self._empty, self._first = self._begin(), True, False
            if not data and self._one.needs_input:
                data = self._raw.read(_STEP)
                if self._empty and not self._first:
                    data = data.lstrip(b"\0")
                if not data and self._empty and not self._first:
                    return b""
                if not data:
                    raise EOFError("it ends in the middle")
            self._empty = False
            if out := self._one.decompress(data, most):
                return out


class _Zstandard(_Bounded):
    """By pyarrow, which is there anyway and refuses windows above 128 MB."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__(raw)
        import pyarrow as pa

        self._stream = pa.CompressedInputStream(raw, "zstd")

    def _next(self, most: int) -> bytes:
        return bytes(self._stream.read(min(most, _STEP)))

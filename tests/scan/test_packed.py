"""Packed files: read to their end, whatever they are made of, and never beyond their bounds."""

from __future__ import annotations

import io
import lzma
import os
import zlib

import pytest

from tallybook.scan import packed
from tallybook.scan.packed import Damaged, unpacked

from .archive import PACK

ENDINGS = sorted(PACK)
TEXT = b"".join(b"%d men were counted.\n" % n for n in range(20_000))


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_packed_comes_out(ending: str) -> None:
    assert unpacked(io.BytesIO(PACK[ending](TEXT)), ending).read() == TEXT


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_text_is_packed_too(ending: str) -> None:
    assert unpacked(io.BytesIO(PACK[ending](b"")), ending).read() == b""


@pytest.mark.parametrize("ending", ENDINGS)
def test_files_that_were_joined_are_read_one_after_the_other(ending: str) -> None:
    joined = PACK[ending](TEXT) + PACK[ending](b"The end.")
    assert unpacked(io.BytesIO(joined), ending).read() == TEXT + b"The end."


@pytest.mark.parametrize("ending", [".gz", ".xz"])
def test_zeros_behind_a_file_fill_it_up(ending: str) -> None:
    assert unpacked(io.BytesIO(PACK[ending](TEXT) + b"\0" * 100_000), ending).read() == TEXT


@pytest.mark.parametrize(
    ("ending", "left"),
    [(ending, left) for ending in ENDINGS for left in (0, 1, 10, -1) if (ending, left) != (".zst", 0)],
)
def test_a_file_that_was_cut_off_is_damaged(ending: str, left: int) -> None:
    raw = PACK[ending](TEXT)[:left]
    with pytest.raises(Damaged, match="is damaged"):
        unpacked(io.BytesIO(raw), ending).read()


@pytest.mark.parametrize("ending", ENDINGS)
def test_another_file_is_damaged(ending: str) -> None:
    with pytest.raises(Damaged, match="is damaged"):
        unpacked(io.BytesIO(b"no such thing " * 100), ending).read()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_bomb_is_stopped(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "ALWAYS", 1_000_000)
    bomb = PACK[ending](b"\0" * 40_000_000)
    read = 0
    with pytest.raises(Damaged, match="more than 200 times"):
        stream = unpacked(io.BytesIO(bomb), ending)
        while piece := stream.read(1 << 16):
            read += len(piece)
    assert read < 40_000_000


@pytest.mark.parametrize("ending", ENDINGS)
def test_text_that_packs_well_is_no_bomb(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "ALWAYS", 1)
    text = b"".join(b"%d: %s\n" % (n, os.urandom(20).hex().encode()) for n in range(10_000))
    assert unpacked(io.BytesIO(PACK[ending](text)), ending).read() == text


def test_an_xz_file_does_not_say_how_much_memory_is_taken() -> None:
    """One byte of a block's head says how large a dictionary it wants: 0x28 asks for 4 GB."""
    huge = bytearray(lzma.compress(b"small", lzma.FORMAT_XZ, filters=[{"id": lzma.FILTER_LZMA2}]))
    head = 12
    huge[head + 4] = 0x28
    end = head + 4 * (huge[head] + 1)
    huge[end - 4 : end] = zlib.crc32(bytes(huge[head : end - 4])).to_bytes(4, "little")
    with pytest.raises(Damaged, match="emory"):
        unpacked(io.BytesIO(bytes(huge)), ".xz").read()

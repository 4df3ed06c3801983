"""Which texts there are: each once, whatever the parts are, and a reason for each that cannot be read."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallybook.book.problems import BookError
from tallybook.scan.files import LeftOut
from tallybook.scan.inputs import Carried, Lines, Rows, check_paths, parts, texts_of
from tallybook.scan.settings import Settings

from .archive import PACK, all_texts, errors, lines, record, rows, warc

SMALL = Settings(part_texts=3, part_bytes=200)
PAGE = (
    b"<html><head><title>Mills</title></head><body><article><h1>Mills close</h1>"
    b"<p>More than 300 mills closed in the valley last year, the office said on Monday; no end is near.</p>"
    b"<p>In the year before it had been 200 mills, according to the same office in the town.</p>"
    b"</article></body></html>"
)


def test_a_folder_of_every_kind(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    (folder / "b").mkdir(parents=True)
    (folder / "one.txt").write_text("12 men came.")
    (folder / "two.md").write_text("**13** men came.")
    (folder / "three.html").write_bytes(PAGE)
    (folder / "b" / "many.jsonl").write_bytes(lines(map(record, range(5))))
    rows(folder / "b" / "many.parquet", [record(n) for n in range(5)])
    (folder / "b" / "many.warc").write_bytes(
        warc([("https://a.example/", PAGE, "text/html", "200 OK")], packed=False)
    )
    for ending, pack in PACK.items():
        (folder / f"four.txt{ending}").write_bytes(pack(b"14 men came."))
        (folder / "b" / f"more.jsonl{ending}").write_bytes(pack(lines(map(record, range(5)))))
        if ending != ".gz":
            page = warc([("https://b.example/", PAGE, "text/html", "200 OK")], packed=False)
            (folder / "b" / f"web.warc{ending}").write_bytes(pack(page))
    page = warc([("https://c.example/", PAGE, "text/html", "200 OK")], packed=True)
    (folder / "b" / "web.warc.gz").write_bytes(page)
    for settings in (Settings(), SMALL):
        found = all_texts(folder, settings=settings)
        assert [text.error for text in found if text.error] == []
        assert len(found) == 3 + 4 + 5 + 5 + 1 + 4 * 5 + 4
        assert len({(text.file, text.place) for text in found}) == len(found)
        assert found == all_texts(folder, settings=settings)


def test_the_parts_have_the_same_numbers_and_texts_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(map(record, range(50))))
    for n in range(20):
        (tmp_path / f"{n:02}.txt").write_text(f"{n} men came.")
    first, again = (list(parts([tmp_path], SMALL, LeftOut())) for _ in range(2))
    assert first == again and [part.number for part in first] == list(range(len(first)))
    assert len(first) > 10


@given(
    records=st.lists(st.text(max_size=30), max_size=12),
    size=st.integers(1, 80),
    blank=st.booleans(),
    ended=st.booleans(),
    mark=st.booleans(),
)
def test_each_line_is_of_one_stretch_whatever_their_size(
    tmp_path_factory: pytest.TempPathFactory,
    records: list[str],
    size: int,
    blank: bool,
    ended: bool,
    mark: bool,
) -> None:
    raw = (b"\xef\xbb\xbf" if mark else b"") + lines(record(n, text or "-") for n, text in enumerate(records))
    raw = raw.replace(b"\n", b"\n\n") if blank else raw
    file = tmp_path_factory.mktemp("lines") / "a.jsonl"
    file.write_bytes(raw if ended else raw.removesuffix(b"\n"))
    found = all_texts(file, settings=Settings(part_bytes=size))
    assert [text.id for text in found] == [f"t{n}" for n in range(len(records))]
    assert [text.error for text in found] == [None] * len(records)
    assert all(file.read_bytes()[text.place : text.place + 1] in (b"{", b"\xef") for text in found)


def test_what_a_record_tells_of_its_text(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    given_ = {"id": 7, "text": "12 men", "published": "2024-05-01T10:00:00Z", "url": "https://a.example/7"}
    file.write_bytes(lines([given_, {"text": "13 men", "date": "May"}]))
    first, second = all_texts(file)
    assert (first.id, first.published, first.url) == ("7", date(2024, 5, 1), "https://a.example/7")
    assert (second.published, second.url) == (None, None)
    assert second.id == f"{file.as_posix()}#{second.place}"


def test_other_keys_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([{"body": "12 men", "nr": "x"}]))
    rows(tmp_path / "a.parquet", [{"body": "13 men", "nr": "y"}])
    found = all_texts(tmp_path, settings=Settings(text_key="body", id_key="nr"))
    assert [(text.id, text.content) for text in found] == [("x", "12 men"), ("y", "13 men")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "is no JSON"),
        (b"[" * 100_000, "nested too deeply|is no JSON"),
        (b"[1]", "is no JSON object"),
        (b'{"body": "12 men"}', "has no 'text'. There are: body"),
        (b'{"text": 12}', "has no string as 'text'"),
        (b'{"text": "\xff"}', "byte 0xff is not valid UTF-8"),
        (b'{"text": "' + b"x" * 2_000_000 + b'"}', "has a line of more than"),
        (b'{"text": "' + b"x" * 2_000 + b'"}', "has more than 1,000 characters"),
    ],
)
def test_a_line_that_is_no_text_stops_nothing(tmp_path: Path, line: bytes, why: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([record(1)]) + line + b"\n" + lines([record(2)]))
    found = all_texts(tmp_path, settings=Settings(largest_text=1_000))
    assert [text.id for text in found if text.error is None] == ["t1", "t2"]
    (error,) = (text.error for text in found if text.error is not None)
    assert re.search(why, error or "")


def test_a_line_without_end_is_told_once_and_read_once(tmp_path: Path) -> None:
    """However many stretches it runs through."""
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "' + b"x" * 30_000_000)
    found = all_texts(tmp_path, settings=Settings(largest_text=1_000, part_bytes=1_000_000))
    assert len(found) == 1 and "has a line of more than" in (found[0].error or "")


def test_half_a_surrogate_pair_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "\\ud800 12 men", "id": "\\udfff"}\n')
    (text,) = all_texts(tmp_path)
    assert (text.content, text.id) == ("\ufffd 12 men", "\ufffd")


def test_only_what_is_a_file_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("99 men came.")
    (folder / "inside.txt").write_text("12 men came.")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "loop").symlink_to(folder)
    (folder / ".hidden.txt").write_text("13 men came.")
    (folder / "picture.jpg").write_bytes(b"jpg")
    (folder / "noending").write_bytes(b"text")
    os.mkfifo(folder / "pipe.txt")
    left_out = LeftOut()
    assert [text.content for text in all_texts(folder, left_out=left_out)] == [b"12 men came."]
    expected = {"links": 2, "hidden": 1, "pipes and devices": 1, ".jpg": 1, "without an ending": 1}
    assert left_out.counts == expected


def test_a_name_that_is_no_text_is_read_as_well(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("12 men came.")
    (text,) = all_texts(tmp_path)
    assert (text.id, text.error) == (f"{tmp_path.as_posix()}/\\xff.txt", None)


def test_a_file_that_became_a_pipe_or_a_link_is_not_waited_for(tmp_path: Path) -> None:
    """Between the time that it was found and the time that it is read."""
    for name in ("a.txt", "b.txt", "c.jsonl"):
        (tmp_path / name).write_text('{"text": "12 men"}')
    found = list(parts([tmp_path], Settings(part_texts=1), LeftOut()))
    (tmp_path / "a.txt").unlink()
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").unlink()
    (tmp_path / "b.txt").symlink_to("/etc/passwd")
    (tmp_path / "c.jsonl").unlink()
    read = [text for part in found for text in texts_of(part, Settings())]
    assert len(read) == 3 and all("cannot be read" in (text.error or "") for text in read)


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    listed = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert errors(tmp_path) == ["cannot be listed: Permission denied."]


def test_a_text_that_is_too_large_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 2_000)
    (tmp_path / "b.txt.gz").write_bytes(PACK[".gz"](b"x" * 2_000))
    assert (
        errors(tmp_path, settings=Settings(largest_text=1_000))
        == ["has more than 1,000 bytes. Split it."] * 2
    )


@pytest.mark.parametrize("ending", sorted(PACK))
def test_a_packed_file_that_was_cut_off_gives_what_it_has(tmp_path: Path, ending: str) -> None:
    whole = PACK[ending](lines(record(n, os.urandom(200).hex()) for n in range(5_000)))
    (tmp_path / f"a.jsonl{ending}").write_bytes(whole[: len(whole) * 2 // 3])
    found = all_texts(tmp_path)
    assert [text.error is None for text in found[:1]] == [True]
    assert [text.error for text in found[:-1] if text.error] == []
    assert "What is behind byte" in (found[-1].error or "")


def test_a_web_archive_gives_its_pages_and_texts(tmp_path: Path) -> None:
    pages = [
        ("https://a.example/1", PAGE, "text/html; charset=utf-8", "200 OK"),
        ("https://a.example/2", b"not found", "text/html", "404 Not Found"),
        ("https://a.example/3.png", b"\x89PNG", "image/png", "200 OK"),
        ("https://a.example/4", "14 Männer".encode("latin-1"), "text/plain; charset=latin-1", "200 OK"),
    ]
    for packed in (False, True):
        file = tmp_path / ("a.warc.gz" if packed else "a.warc")
        file.write_bytes(warc(pages, packed=packed))
        found = all_texts(file)
        assert [text.id for text in found] == ["https://a.example/1", "https://a.example/4"]
        assert [text.kind for text in found] == ["html", "text"]
        assert [text.content for text in found] == [PAGE, "14 Männer".encode("latin-1")]
        assert file.read_bytes()[found[0].place :][:2] == (b"\x1f\x8b" if packed else b"WA")


def test_a_web_archive_that_is_damaged_gives_what_it_has(tmp_path: Path) -> None:
    pages = [
        (f"https://a.example/{n}", PAGE + os.urandom(500).hex().encode(), "text/html", "200 OK")
        for n in range(9)
    ]
    raw = warc(pages, packed=True)
    (tmp_path / "a.warc.gz").write_bytes(raw[: len(raw) // 2] + b"garbage" * 50 + raw[len(raw) // 2 :])
    (tmp_path / "b.warc").write_bytes(b"this is no archive\n" * 10)
    found = all_texts(tmp_path)
    assert [text.error for text in found[:2]] == [None, None]
    assert any("damaged" in (text.error or "") for text in found if text.file.endswith("a.warc.gz"))
    assert any("damaged" in (text.error or "") for text in found if text.file.endswith("b.warc"))


def test_a_record_of_a_web_archive_that_is_too_large_is_told(tmp_path: Path) -> None:
    pages = [
        ("https://a.example/1", b"<p>" + b"x" * 5_000, "text/html", "200 OK"),
        ("https://a.example/2", b"<p>12 men</p>", "text/html", "200 OK"),
    ]
    (tmp_path / "a.warc.gz").write_bytes(warc(pages, packed=True))
    large, small = all_texts(tmp_path, settings=Settings(largest_text=1_000))
    assert (large.id, large.error) == ("https://a.example/1", "has more than 1,000 bytes.")
    assert small.error is None


def test_row_groups_are_parts_unless_they_are_large(tmp_path: Path) -> None:
    rows(tmp_path / "a.parquet", [record(n) for n in range(40)], size=4)
    rows(tmp_path / "b.parquet", [record(n) for n in range(40)], size=40)
    settings = Settings(part_texts=5)
    found = list(parts([tmp_path], settings, LeftOut()))
    assert [type(part.source) for part in found] == [Rows] * 10 + [Carried] * 8
    ids = [text.id for text in all_texts(tmp_path, settings=settings)]
    assert ids == [f"t{n}" for n in range(40)] * 2


def test_a_table_without_the_column_or_that_is_none_is_told(tmp_path: Path) -> None:
    rows(tmp_path / "a.parquet", [{"body": "12 men"}])
    rows(tmp_path / "b.parquet", [{"text": None, "id": "x"}])
    (tmp_path / "c.parquet").write_bytes(b"PAR1 no table PAR1")
    without, empty, none = errors(tmp_path)
    assert without == "has no 'text'. There are: body."
    assert empty == "has no 'text'. There are: text, id."
    assert none.startswith("cannot be read")


def test_lines_are_not_read_to_make_the_parts(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    with file.open("wb") as stream:
        stream.truncate(10_000_000_000)
    sources = [part.source for part in parts([file], Settings(part_bytes=5_000_000_000), LeftOut())]
    assert [(source.start, source.end) for source in sources if isinstance(source, Lines)] == [
        (0, 5_000_000_000),
        (5_000_000_000, 10_000_000_000),
    ]


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["no-such"], "is not there"),
        (["pipe.jsonl"], "is no folder or file"),
        (["a.jpg"], "is of no kind that is read"),
        (["a.parquet.gz"], "is of no kind that is read"),
        ([".", "a.txt"], "share texts"),
        (["a.txt", "."], "share texts"),
        (["a.txt", "a.txt"], "share texts"),
    ],
)
def test_paths_that_cannot_be_read_are_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "a.jpg", "a.parquet.gz"):
        Path(name).write_text(json.dumps(record(1)))
    os.mkfifo("pipe.jsonl")
    with pytest.raises(BookError, match=why):
        check_paths(map(Path, names))


def test_all_refusals_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BookError) as found:
        check_paths([tmp_path / "one", tmp_path / "two"])
    assert len(found.value.problems) == 2

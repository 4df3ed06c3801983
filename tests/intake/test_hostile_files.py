"""Files that are broken, locked, or made to break a reader: each is read or refused within 10 s and 500 MB.

One process reads them all, so that its largest memory is that of the worst of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from tallybook.book.problems import BookError
from tallybook.intake.article_text import LARGEST_FILE, read_article

from .made_files import docx, paragraph, part, pdf, run

for package in ("lxml", "pypdfium2", "trafilatura"):
    pytest.importorskip(package)

SECONDS, MEGABYTES = 10, 500
PASSWORDS = '<!ENTITY x SYSTEM "file:///etc/passwd">'
SAYS = "<p>The mill said that it had sold 1,200 loaves in a month, more than ever before in its life.</p>"


def packed_document(xml: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", xml)
    return out.getvalue()


def docx_bomb() -> bytes:
    return packed_document(part("document", "<w:body>" + paragraph(run("0" * 1000)) * 120_000 + "</w:body>"))


def with_entity(inner: str) -> bytes:
    made = part("document", f"<w:body>{paragraph(run('12 MARK loaves'))}</w:body>").replace("MARK", "&x;")
    return packed_document(made.replace("?>", f"?><!DOCTYPE d [{inner}]>", 1))


def many_laughs() -> str:
    names = [f"{letter}{at}" for at, letter in enumerate("abcdefghij")]
    made = "".join(f'<!ENTITY {n} "{f"&{p};" * 5}">' for p, n in pairwise(names))
    return f'<!ENTITY a0 "ha">{made}<!ENTITY x "&j9;">'


def damaged() -> bytes:
    made = bytearray(docx(paragraph(run("Over 12 loaves " * 50))))
    at = made.index(b"word/document.xml") + 30
    made[at : at + 20] = b"\0" * 20
    return bytes(made)


def picture_pdf() -> bytes:
    """One page that is a picture of one dot."""
    made = pdf([]).replace(b"/F1 3 0 R >> >>", b"/F1 3 0 R >> /XObject << /I 6 0 R >> >>")
    made = made.replace(
        b"<< /Length 0 >>\nstream\n\nendstream",
        b"<< /Length 26 >>\nstream\nq 500 0 0 700 0 0 cm /I Do Q\nendstream",
    )
    dot = (
        b"6 0 obj\n<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
        b"/ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream\nendobj\n"
    )
    return made[: made.index(b"xref")] + dot + b"trailer << /Size 7 /Root 1 0 R >>\n%%EOF\n"


def pdf_bomb() -> bytes:
    packed = zlib.compress(b"BT /F1 10 Tf 72 700 Td (12) Tj ET\n" * 4_000_000)
    head = f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
    made = pdf([])
    start = made.index(b"<< /Length")
    return made[:start] + head + packed + made[made.index(b"\nendstream") :]


REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "text-that-is-a-picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "txt", "is no text"),
    "markdown-that-is-a-program": (lambda: b"\x7fELF" + bytes(range(200)) * 40, "md", "is no text"),
    "docx-bomb": (docx_bomb, "docx", "unpacks to more than 16,000,000 bytes"),
    "docx-external-entity": (lambda: with_entity(PASSWORDS), "docx", "document type"),
    "docx-laughs": (lambda: with_entity(many_laughs()), "docx", "document type"),
    "docx-damaged": (damaged, "docx", "is damaged"),
    "docx-cut": (lambda: docx(paragraph(run("12 loaves")))[:-40], "docx", "no whole DOCX"),
    "docx-of-something-else": (
        lambda: packed_document("<x/>").replace(b"word/", b"zork/"),
        "docx",
        "without a Word",
    ),
    "docx-no-xml": (lambda: packed_document("12 loaves"), "docx", "is no XML"),
    "old-word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "doc", "Save it as DOCX"),
    "pdf-picture": (picture_pdf, "pdf", "only a picture of 1 page. Have its text recognised (OCR"),
    "pdf-encrypted": (lambda: pdf([(72, 700, 10, "12 loaves")], encrypt=True), "pdf", "is encrypted"),
    "pdf-cut": (lambda: b"%PDF-1.4\nnothing", "pdf", "no whole PDF"),
    "pdf-empty": (lambda: pdf([]), "pdf", "has no text"),
    "pdf-bomb": (pdf_bomb, "pdf", "unpacks to more than 20,000,000 bytes"),
    "pdf-packed-twice": (
        lambda: pdf([]).replace(b"/Length 0", b"/Filter [/FlateDecode /FlateDecode] /Length 0"),
        "pdf",
        "packed twice",
    ),
    "named-pdf": (lambda: b"12 loaves", "pdf", "is no PDF file"),
    "page-large": (lambda: SAYS.encode() * 45_000, "html", "more than 4,000,000 characters"),
    "page-200-mb": (lambda: b"<p>12 loaves" * 17_000_000, "html", "more than 64,000,000 bytes"),
    "page-of-elements": (lambda: b"<html>" + b"<p>x" * 60_000, "html", "elements"),
    "page-too-deep": (
        lambda: SAYS.encode() + b"<div>" * 20_000 + b"12 loaves" + b"<p>30 rolls",
        "html",
        "too deeply",
    ),
    "page-of-nothing": (lambda: b"<html><script>12</script></html>", "html", "has no text"),
    "text-large": (lambda: b"12 loaves. " * 300_000, "txt", "more than 2,000,000 characters"),
    "nothing": (lambda: b"", "txt", "has no text"),
    "spaces": (lambda: b" \n\t " * 1000, "md", "has no text"),
}

READ: dict[str, tuple[Callable[[], bytes], str]] = {
    "page-of-marks": (lambda: b"<html>" + b"<" * 500_000 + b"12 loaves", "html"),
    "page-of-depth": (lambda: b"<html>" + SAYS.encode() + b"<font>" * 1_800 + b"<p>30 rolls", "html"),
    "page-of-raised": (lambda: b"<html><p>over 10" + b"<sup>6</sup>" * 20_000, "html"),
    "page-of-notes": (
        lambda: b"<html>" + b"".join(b"<p id=n%d>12<a href='#n%d'>1</a>" % (n, n + 1) for n in range(8000)),
        "html",
    ),
    "page-of-styles": (
        lambda: b"<html><style>" + b".a,.b{display:none}" * 12_000 + b"</style>" + SAYS.encode() * 3,
        "html",
    ),
    "page-of-data": (
        lambda: (
            b'<html><script type="application/ld+json">'
            + b'{"a":[' * 90_000
            + b"</script>"
            + SAYS.encode() * 3
        ),
        "html",
    ),
    "page-of-rows": (lambda: b"<html><table>" + b"<tr><td>1<td>2" * 8_000, "html"),
    "page-of-hidden": (lambda: b"<html>" + b"<p hidden>99<p>12 loaves" * 8_000, "html"),
    "page-of-turns": (lambda: ("<html>" + "<p>1\u202e2\u202c\0 loaves" * 5_000).encode(), "html"),
    "page-long": (lambda: b"<html><h1>x</h1>" + SAYS.encode() * 15_000, "html"),
    "text-of-hyphens": (lambda: b"con-\n" * 200_000, "txt"),
    "text-of-items": (lambda: b"- 12\n" * 200_000, "txt"),
    "text-of-numbered-items": (lambda: b"1. a\n" * 200_000, "txt"),
    "text-of-lines": (lambda: b"12\n" * 300_000, "txt"),
    "text-of-controls": (lambda: (b"1" * 60 + b"\x07") * 13_000, "txt"),
    "text-of-one-word": (lambda: b"1" * 1_900_000, "txt"),
    "markdown-of-marks": (lambda: b"[^1]<sup>6</sup>~~1~~*_`" * 20_000, "md"),
    "markdown-of-rows": (lambda: b"|1|2|\n" * 100_000, "md"),
    "markdown-of-notes": (lambda: b"".join(b"12[^%d]\n\n[^%d]: x\n\n" % (n, n) for n in range(20_000)), "md"),
    "docx-long": (lambda: docx(paragraph(run("Over 12 loaves were sold. " * 8)) * 8_000), "docx"),
    "docx-of-runs": (lambda: docx(paragraph(run("1") * 40_000)), "docx"),
    "docx-of-changes": (
        lambda: docx(
            paragraph(f"<w:ins>{run('12')}</w:ins><w:del>{run('7', tag='delText')}</w:del>" * 15_000)
        ),
        "docx",
    ),
    "docx-of-depth": (
        lambda: docx(
            "<w:sdt><w:sdtContent>" * 100 + paragraph(run("12 loaves")) + "</w:sdtContent></w:sdt>" * 100
        ),
        "docx",
    ),
    "pdf-long": (
        lambda: pdf(
            *[[(72, 780 - 12 * n, 10, "The mill had sold 1,200 loaves in a month.") for n in range(58)]] * 90
        ),
        "pdf",
    ),
    "pdf-of-one-heap": (lambda: pdf([(72, 700, 10, "12") for _ in range(40_000)]), "pdf"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_one_message_says_what_is_wrong(name: str) -> None:
    made, ending, says = REFUSED[name]
    with pytest.raises(BookError) as refused:
        read_article(made(), name=f"draft.{ending}")
    (problem,) = refused.value.problems
    assert problem.file == f"draft.{ending}" and says in problem.message
    assert "passwd" not in problem.message and "\n" not in problem.message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="cannot be read: No such file"):
        read_article(tmp_path / "none.docx")
    with pytest.raises(BookError, match="cannot be read: Is a directory"):
        read_article(tmp_path)
    with pytest.raises(BookError, match=r"cannot be read as 'rtf'. Name one of html, pdf, docx, md, txt\."):
        read_article(b"12", kind="rtf")


MEASURE = """
import json, sys, time
from pathlib import Path
from tallybook.book.problems import BookError
from tallybook.intake.article_text import read_article
told = {}
for file in sorted(Path(sys.argv[1]).iterdir()):
    raw = file.read_bytes()
    start = time.process_time()
    try:
        read_article(raw, name=file.name)
        how = "read"
    except BookError as error:
        how = str(error)
    own = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
    most = int(own[0]) / 1024
    told[file.name] = [how, time.process_time() - start, most]
print(json.dumps(told))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process's own memory")
def test_each_within_its_time_and_memory(tmp_path: Path) -> None:
    made = {name: (make, ending) for name, (make, ending, _) in REFUSED.items()} | READ
    for name, (make, ending) in made.items():
        raw = make()
        (tmp_path / f"{name}.{ending}").write_bytes(raw[: LARGEST_FILE + 1])
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=400,
        check=True,
    )
    told = json.loads(done.stdout)
    assert {name for name in told if told[name][0] == "read"} == {f"{n}.{e}" for n, (_, e) in READ.items()}
    slow = {name: f"{seconds:.1f} s" for name, (_, seconds, _) in told.items() if seconds > SECONDS}
    assert not slow
    largest = {
        name: f"{megabytes:.0f} MB" for name, (_, _, megabytes) in told.items() if megabytes > MEGABYTES
    }
    assert not largest

"""One made-up article as HTML, PDF, DOCX, Markdown and plain text: the same paragraphs, the same figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tallybook.intake.article_text import ArticleText, read_article
from tallybook.reading import read

from .made_files import docx, paragraph, pdf, run

for package in ("lxml", "pypdfium2", "trafilatura"):
    pytest.importorskip(package)

TITLE = "Ada bakes more than ever (a made-up story)"
PARAGRAPHS = [
    "The mill of Ada said on Monday that it had sold over 12,000 loaves in a month, up from 9,400 a year "
    "ago, and that its 45 bakers had worked on 26 of 30 days.",
    "The new oven cost €5.6 billion, or 2.5–3 % of all that the town of 340,000 people earns, and its "
    "forty-five-year-old chimney takes in 3,400 km² of smoke.",
    "“We had about 10⁶ crumbs on the floor, and −5 degrees outside,” said the baker, who has nine cats. "
    "Nearly two-thirds of them were seen by as many as 15,000 children.",
    "Bakers hope for at least 20,000 loaves by 2031. A loaf weighs 750 g and costs $2.40.",
]
WIDTH = 62
LETTER = {"²": "2", "⁶": "6"}


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """The lines of a text set to a width, by spaces alone."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def as_html() -> bytes:
    told = "".join(
        f"<p>{p.replace('⁶', '<sup>6</sup>').replace('²', '<sup>2</sup>')}</p>" for p in PARAGRAPHS
    )
    furniture = (
        "<nav><a href=/>Home</a> <a href=/2>All 12 pages</a></nav>",
        "<footer>© 2031, 7 people</footer>",
    )
    main = f"{furniture[0]}<main><h1>{TITLE}</h1>{told}</main>{furniture[1]}"
    return f"<html lang=en><title>{TITLE}</title>{main}</html>".encode()


def as_docx() -> bytes:
    return docx(paragraph(run(TITLE), "Title") + "".join(paragraph(in_runs(p)) for p in PARAGRAPHS))


def in_runs(text: str) -> str:
    """The text in runs of seven letters, as an editor leaves them, raised digits in their own."""
    made, now = "", ""
    for letter in text:
        if letter in LETTER:
            made += run(now) + run(LETTER[letter], '<w:vertAlign w:val="superscript"/>')
            now = ""
        else:
            now += letter
            if len(now) == 7:
                made, now = made + run(now), ""
    return made + run(now)


def as_markdown() -> bytes:
    told = "\n\n".join("\n".join(wrapped(p, 75)) for p in PARAGRAPHS)
    return f"# {TITLE}\n\n{told.replace('12,000', '**12,000**').replace('⁶', '<sup>6</sup>')}\n".encode()


def as_text() -> bytes:
    return "\n\n".join([TITLE, *("\n".join(wrapped(p)) for p in PARAGRAPHS)]).encode()


def as_pdf() -> bytes:
    """A raised digit is a smaller one above its line, right behind its number."""
    y = 780.0
    shown: list[tuple[float, float, float, str]] = [(72, y, 18, TITLE)]
    y -= 36
    for text in PARAGRAPHS:
        for line in wrapped(text.replace("−", "–")):
            shown += line_of(line, y)
            y -= 13
        y -= 10
    shown.append((300, 30, 9, "1"))
    return pdf(shown)


def line_of(line: str, y: float) -> list[tuple[float, float, float, str]]:
    """A line in pieces at its raised digits, whose places come from the widths of the letters."""
    shown, x, now = [], 72.0, ""
    for letter in line:
        if letter in LETTER:
            shown += [(x, y, 10, now), (x + length(now), y + 4, 6, LETTER[letter])]
            x += length(now) + 3.4
            now = ""
        else:
            now += letter
    return [*shown, (x, y, 10, now)] if now else shown


def length(text: str) -> float:
    """The width of a text in Helvetica at 10 points."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf([(72, 700, 10, f"{text}|")]))
    page = document[0].get_textpage()
    last = page.get_charbox(page.count_chars() - 1, loose=True)
    return float(last[0]) - 72


FORMATS = {"html": as_html, "docx": as_docx, "md": as_markdown, "txt": as_text, "pdf": as_pdf}


def article(name: str) -> ArticleText:
    return read_article(FORMATS[name](), kind=name)


def figures(text: str) -> list[tuple[object, ...]]:
    return [(m.low, m.high, m.modifier, m.unit, m.per, m.trend) for m in read(text)]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_paragraphs(name: str) -> None:
    wanted = [TITLE, *PARAGRAPHS]
    if name == "pdf":  # its font has no minus
        wanted = [text.replace("−", "–") for text in wanted]
    assert [paragraph.text for paragraph in article(name).paragraphs] == wanted


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_figures(name: str) -> None:
    wanted = figures("\n\n".join([TITLE, *PARAGRAPHS]))
    assert len(wanted) > 15
    assert figures(article(name).text) == wanted


@pytest.mark.parametrize("name", FORMATS)
def test_the_headline_is_one_and_the_title(name: str) -> None:
    found = article(name)
    assert found.title == TITLE
    assert [p.kind for p in found.paragraphs] == ["heading", "text", "text", "text", "text"]


@pytest.mark.parametrize("name", ["html", "docx", "md", "pdf"])
def test_what_was_raised_is_marked(name: str) -> None:
    found = article(name)
    at = found.text.index("10⁶")
    assert any(mark.kind == "superscript" for mark in found.marks_at(at, at + 3))


@pytest.mark.parametrize("name", FORMATS)
def test_the_kind_is_known_from_the_file_itself(name: str) -> None:
    raw = FORMATS[name]()
    assert read_article(raw, name=f"story.{name}").text == article(name).text


def test_one_paragraph_a_line() -> None:
    found = read_article("\n".join([TITLE, *PARAGRAPHS]).encode())
    assert [paragraph.text for paragraph in found.paragraphs] == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_any_unicode(charset: str) -> None:
    assert read_article("\n\n".join([TITLE, *PARAGRAPHS]).encode(charset)).text.endswith(PARAGRAPHS[-1])


@pytest.mark.parametrize("made", [as_html, as_docx, as_pdf])
def test_digests(made: Callable[[], bytes]) -> None:
    import hashlib

    raw = made()
    found = read_article(raw)
    assert found.sha256_of_bytes == hashlib.sha256(raw).hexdigest()
    assert found.digest == hashlib.sha256(found.text.encode()).hexdigest()
    assert found.text == "\n\n".join(paragraph.text for paragraph in found.paragraphs)

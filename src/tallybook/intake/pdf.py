"""An article from a PDF file that has text: lines in order, cut words joined, raised digits told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tallybook.intake.article_text import Found, LeftOut, unread
from tallybook.intake.blocks import Blocks
from tallybook.intake.extras import extra
from tallybook.intake.line_ends import words_of, write_line
from tallybook.intake.pdf_guard import refuse_bombs
from tallybook.intake.pdf_lines import Letter, letters_of, lines_of
from tallybook.intake.pdf_paragraphs import (
    Page,
    Set,
    body_size,
    paragraphs,
    take_notes,
    without_bullet,
    without_furniture,
)
from tallybook.intake.runs import Run, write_runs

MOST_PAGES, MOST_LETTERS = 500, 400_000
_PASSWORD = 4
_IMAGE = 3
_FEW_LETTERS = 20


def read_pdf(raw: bytes, name: str, content_type: str | None = None) -> Found:
    """The paragraphs of a PDF file. BookError where it is encrypted, damaged, too large or has no text."""
    pdfium = extra("pypdfium2", "intake", "reading PDF", name)
    refuse_bombs(raw, name)
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise unread(name, "is encrypted. Save it without a password.") from None
        raise unread(name, "is no whole PDF file. Save it again.") from None
    try:
        if len(document) > MOST_PAGES:
            raise unread(name, f"has more than {MOST_PAGES} pages. Save those with the article.")
        pages, pictures, turned = _pages(document, name, pdfium)
        told = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    if not any(page.lines for page in pages):
        raise unread(name, _without_text(pictures, len(pages)))
    found = _found(pages)
    heading = next((p.text for p in found.paragraphs if p.kind == "heading"), None)
    notes = [_pictures_note(pictures)] if pictures else []
    if turned:
        notes.append("Words that are printed turned were left out.")
    return replace(
        found,
        title=heading or " ".join(told.get("Title", "").split()) or None,
        author=" ".join(told.get("Author", "").split()) or None,
        notes=tuple(notes),
        extractor=f"pypdfium2 {pdfium.PYPDFIUM_INFO.version}",
    )


def _without_text(pictures: Sequence[int], pages: int) -> str:
    if pictures:
        what = "1 page" if pages == 1 else f"{pages} pages"
        return (
            f"has no text, only a picture of {what}. Have its text recognised (OCR, for instance ocrmypdf)."
        )
    return "has no text that could be read."


def _pictures_note(pictures: Sequence[int]) -> str:
    which = ", ".join(map(str, pictures[:20]))
    some = "Page" if len(pictures) == 1 else "Pages"
    return f"{some} {which}: only a picture, of which nothing was read. Have its text recognised (OCR)."


def _pages(document: Any, name: str, pdfium: Any) -> tuple[list[Page], list[int], bool]:
    """(the lines of each page, the numbers of those that are a picture, whether anything is turned)."""
    pages, pictures, turned, total = [], [], False, 0
    for number in range(len(document)):
        page = document[number]
        try:
            page_text = page.get_textpage()
            total += page_text.count_chars()
            if total > MOST_LETTERS:
                raise unread(name, f"has more than {MOST_LETTERS:,} characters. Split it.")
            found = list(letters_of(page_text, pdfium.raw))
            letters = [letter for letter in found if letter is not None]
            turned = turned or len(letters) < len(found)
            if len(letters) < _FEW_LETTERS and _has_picture(page):
                pictures.append(number + 1)
            pages.append(_page(page, letters))
            page_text.close()
        finally:
            page.close()
    return pages, pictures, turned


def _page(page: Any, letters: Sequence[Letter]) -> Page:
    _, bottom, _, top = page.get_mediabox()
    return Page(lines_of(letters), top - bottom, bottom)


def _has_picture(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[_IMAGE], max_depth=3))


def _found(pages: list[Page]) -> Found:
    furniture = without_furniture(pages)
    size = body_size(pages)
    notes: dict[str, str] = {}
    for number, page in enumerate(pages):
        take_notes(page, size)
        notes |= {f"{number}:{n}": " ".join(line.text for line in lines) for n, lines in page.notes.items()}
        for run in (run for line in page.lines for run in line.runs if run.style == "raised"):
            run.target = f"{number}:{run.text.strip()}"
    known = words_of(line.text for page in pages for line in page.lines)
    blocks = Blocks()
    for paragraph in paragraphs(pages, size):
        _write(blocks, paragraph, notes, known)
    found = blocks.found()
    asked = {note.text for note in found.annotations}
    left = [LeftOut("head or foot of a page", text) for text in furniture if text]
    left += [LeftOut("footnote", text) for text in notes.values() if text not in asked]
    return replace(found, left_out=tuple(left))


def _write(blocks: Blocks, paragraph: Set, notes: dict[str, str], known: frozenset[str]) -> None:
    blocks.begin(paragraph.kind)
    for line in paragraph.lines:
        runs = without_bullet(line.runs) if paragraph.kind == "list" and blocks.empty else line.runs
        first = runs[0] if runs else Run("")
        if first.style == "plain" and not blocks.empty:
            write_line(blocks, first.text.lstrip(), known)
            runs = runs[1:]
        elif not blocks.empty:
            blocks.line_break()
        write_runs(blocks, runs, notes)

"""An article from a web page: its headline, paragraphs, captions and tables, and what was left out."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Any

from tallybook.intake.article_text import Found, LeftOut, unread
from tallybook.intake.blocks import Blocks
from tallybook.intake.charset import decoded, guessed_marks
from tallybook.intake.extras import extra
from tallybook.intake.page_blocks import MOST_ELEMENTS, Block, blocks_of
from tallybook.intake.page_choice import SIGN, chosen, is_prompt, is_stub
from tallybook.intake.page_style import PageStyle
from tallybook.intake.runs import write_runs

LARGEST_PAGE = 4_000_000
"""Characters of a page with its marks."""

_MOST_LEFT_OUT = 20_000
_OLD_REFERENCE = re.compile(r"&#(?:1(?:2[89]|[345]\d)|[xX](?:8[0-9a-fA-F]|9[0-9a-fA-F]));")
_XML = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_TITLE_END = re.compile(r"\s+[|–—-]\s+[^|–—]{1,60}\Z")
STUB = "The page says that it is for subscribers: what is here may be only the beginning of the article."


def read_page(raw: bytes, name: str, content_type: str | None = None) -> Found:
    """The article of a page. BookError where the page is too large or has no words."""
    trafilatura = extra("trafilatura", "intake", "reading a page", name)
    text = decoded(raw, content_type, page=True)
    if len(text.text) > LARGEST_PAGE:
        raise unread(name, f"is a page of more than {LARGEST_PAGE:,} characters. Save the article alone.")
    root = _tree(text.text)
    if root is None:
        raise unread(name, "has no text that could be read.")
    if sum(1 for _ in islice(root.iter(), MOST_ELEMENTS + 1)) > MOST_ELEMENTS:
        raise unread(name, f"is a page of more than {MOST_ELEMENTS:,} elements. Save the article alone.")
    given = _metadata(text.text)
    style = PageStyle("\n".join(sheet.text or "" for sheet in root.iter("style")))
    targets = frozenset(
        link.get("href")[1:] for link in root.iter("a") if (link.get("href") or "").startswith("#")
    )
    blocks, hidden = blocks_of(root, style, targets - {""})
    notes = _notes(blocks)
    for element in hidden:
        if element.getparent() is not None:
            element.drop_tree()
    article = [b for b in chosen(blocks, root, None, given.get("title")) if not is_prompt(b)]
    article = [block for block in article if not notes.keys() & set(block.notes)] or article
    written = Blocks()
    for block in article:
        written.begin(block.kind)
        write_runs(written, block.runs, notes)
    found = written.found()
    stub = (STUB,) if is_stub(blocks, article, text.text) else ()
    heading = next((p.text for p in found.paragraphs if p.kind == "heading"), None)
    title = heading or _TITLE_END.sub("", given.get("title") or "") or None
    return replace(
        found,
        title=title,
        author=given.get("author"),
        publisher=given.get("sitename") or given.get("hostname"),
        published=given.get("date"),
        language=_language(root, given),
        url=given.get("url"),
        left_out=_left_out(blocks, {block.number for block in article}, notes),
        marks=(*found.marks, *guessed_marks(text, found.paragraphs)),
        notes=(*text.notes, *stub),
        extractor=f"trafilatura {trafilatura.__version__}",
    )


def _tree(source: str) -> Any:
    """The page as a tree. A NUL, which would end it, is a lost character, as it is in a browser."""
    from lxml import etree
    from lxml import html as pages

    source = SIGN.sub("\ufffd", _XML.sub("", source).replace("\0", "\ufffd"))
    source = _OLD_REFERENCE.sub(lambda found: html.unescape(found[0]), source)
    parser = pages.HTMLParser(encoding="utf-8")
    try:
        return pages.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _metadata(source: str) -> dict[str, str]:
    """Title, author, publisher, day, language and address, as the page states them; no day is guessed."""
    from trafilatura.metadata import extract_metadata

    try:
        given = extract_metadata(
            source, date_config={"extensive_search": False, "original_date": True}, extensive=False
        )
    except Exception:  # what a page says of itself may be anything; its words count without it
        return {}
    if given is None:
        return {}
    names = ("title", "author", "sitename", "hostname", "date", "language", "url")
    found = {name: getattr(given, name, None) for name in names}
    return {
        name: " ".join(value.split())
        for name, value in found.items()
        if isinstance(value, str) and value.strip()
    }


def _language(root: Any, given: dict[str, str]) -> str | None:
    for element in root.iter("html", "article", "body"):
        code = (element.get("lang") or element.get("xml:lang") or "").split("-")[0].split("_")[0].lower()
        if code.isalpha() and len(code) in (2, 3):
            return code
    return given.get("language")


def _notes(blocks: Iterable[Block]) -> dict[str, str]:
    """The words of the footnotes of the page, by the names that their numbers lead to."""
    asked = {run.target for block in blocks for run in block.runs if run.style == "note" and run.target}
    notes: dict[str, list[str]] = defaultdict(list)
    for block in blocks:
        own = {run.target for run in block.runs if run.style == "note"}
        for name in block.notes:
            if name in asked and name not in own and not block.hidden:
                notes[name].append(block.words.strip(" ↩^↑"))
    return {name: " ".join(words) for name, words in notes.items()}


def _left_out(blocks: Iterable[Block], taken: set[int], notes: dict[str, str]) -> tuple[LeftOut, ...]:
    """The words of the page that are not the article's, each block with its reason."""
    found, size = [], Counter[str]()
    for block in blocks:
        if block.number in taken or notes.keys() & set(block.notes):
            continue
        reason = (
            "hidden"
            if block.hidden
            else "paywall"
            if is_prompt(block)
            else block.region or "beside the article"
        )
        size[reason] += len(block.words)
        if size[reason] <= _MOST_LEFT_OUT:
            found.append(LeftOut(reason, block.words))
    return tuple(found)

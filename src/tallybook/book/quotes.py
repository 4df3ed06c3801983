"""Do the quotations of an article stand in its text? The text itself is never kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tallybook.book.book import Book
from tallybook.book.problems import BookError, quoted_value
from tallybook.book.records import Anchor, Article
from tallybook.book.text_files import read_text
from tallybook.book.yaml_lines import KeyPath


def check_quotes(book: Book, article: Article, file: Path) -> list[str]:
    """What was found, in plain lines; BookError with every quotation that is not where its anchor says.

    A paragraph is a line that is not blank, counted from 1.
    """
    text = read_text(file)
    paragraphs = [p for p in text.split("\n") if p.strip()]
    anchors = list(_anchors(article))
    wrong = [(path, message) for path, anchor in anchors if (message := _misplaced(anchor, text, paragraphs))]
    if wrong:
        name = f"claims/{article.id}.yaml"
        raise BookError(book.problem(name, (*path, "exact"), message) for path, message in wrong)
    found = [f"all {len(anchors)} quotations of {article.id} stand in {file}"]
    if article.text and hashlib.sha256(text.encode()).hexdigest() != article.text.sha256:
        found.append(f"note: {file} is not the very text that was read (its SHA-256 differs)")
    return found


def _misplaced(anchor: Anchor, text: str, paragraphs: list[str]) -> str:
    words = quoted_value(anchor.exact)
    if anchor.exact not in text:
        return f"the words {words} do not stand in the text."
    if anchor.paragraph > len(paragraphs):
        return f"there is no paragraph {anchor.paragraph}; the text has {len(paragraphs)}."
    if anchor.exact not in paragraphs[anchor.paragraph - 1]:
        found = [i for i, p in enumerate(paragraphs, 1) if anchor.exact in p]
        where = f"stand in paragraph {found[0]}" if found else "run over a line's end"
        return f"the words {words} {where}, not in paragraph {anchor.paragraph}."
    if anchor.prefix + anchor.exact + anchor.suffix not in text:
        return f"the words {words} do not stand between their prefix and suffix."
    return ""


def _anchors(article: Article) -> Iterator[tuple[KeyPath, Anchor]]:
    for i, claim in enumerate(article.claims):
        yield ("claims", i, "anchor"), claim.anchor
        for j, also in enumerate(claim.also):
            yield ("claims", i, "also", j), also
    for i, aside in enumerate(article.set_aside):
        yield ("set_aside", i, "anchor"), aside.anchor

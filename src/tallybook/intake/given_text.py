"""The text of an article in a file that a person names: the same that ``tallybook new`` reads of it.

Quotations are looked for in what a draft is made of: "**18,400** potholes" of Markdown is "18,400 potholes".
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from tallybook.book import Article
from tallybook.book.characters import without_unseen
from tallybook.book.problems import BookError
from tallybook.book.quotes import misplaced
from tallybook.book.text_files import text_of
from tallybook.intake.article_text import bytes_of, kind_of, read_article


@dataclass(frozen=True, slots=True)
class GivenText:
    """``as_in_file``: its lines are those of the file, so that a line of the one is a line of the other."""

    text: str
    as_in_file: bool


def given_text(file: Path, article: Article | None = None) -> GivenText:
    """The text of a file ("-": standard input), beside the article whose quotations it should have.

    Markdown, HTML, PDF and DOCX are read as a draft of them is. Of plain text, whose paragraphs may be lines
    or set to a width, that reading is taken which was read when the draft was made, else the one that has
    more of the quotations at their places, else the text as it stands. BookError where it cannot be read.
    """
    raw, name = bytes_of(file), str(file)
    if kind_of(raw, name) != "text":
        return GivenText(read_article(raw, name=name).text, as_in_file=False)
    plain = GivenText(without_unseen(text_of(raw, name)), as_in_file=True)
    if article is None:
        return plain
    try:
        drafted = GivenText(read_article(raw, name=name).text, as_in_file=False)
    except BookError:  # without a paragraph
        return plain
    read = article.text.sha256 if article.text else ""
    return min(plain, drafted, key=lambda one: (_digest(one.text) != read, len(misplaced(article, one.text))))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""The command on quotations: do the quoted words stand in their texts?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import Project, project_root, refuse
from tallybook.cli.streams import printable, tell
from tallybook.terms import Quotation

if TYPE_CHECKING:
    from tallybook.book import Article, Book
    from tallybook.intake.quotations import QuotationCheck


def quotes(
    article: Annotated[
        str | None,
        typer.Argument(metavar="[ARTICLE]", help="Id of an article. Default: all, with the sources' pages."),
    ] = None,
    text: Annotated[
        Path | None, typer.Option("--text", help="Text of the article, instead of the one in the cache.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the places where the words of the article stand now.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Also list those that were found.")] = False,
    project: Project = None,
) -> None:
    """Look for all quoted words in their texts.

    The words of an article's anchors in its text, and those of statements on their pages; both from the
    cache. Each was found, moved, changed (other words, the same numbers), is absent, or could not be checked.
    Where words of an article moved or changed, the new anchors are shown as a difference; --write writes
    them.
    Exit code 0: all were found; 1: some moved, changed or are absent; 2: something cannot be read or
    written; 3: none of these, but some could not be checked.
    """
    from tallybook.book.load import load_book
    from tallybook.book.problems import BookError, require_name
    from tallybook.intake.quotations import summary

    if article is None and (text is not None or write):
        refuse("--text and --write are of one article: name it.")
    try:
        book = load_book(project_root(project))
        if article is not None:
            require_name("article", article, book.articles)
        checks = []
        for one in [book.articles[article]] if article is not None else book.articles.values():
            checks += _of_article(book, one, text, write)
        if article is None:
            checks += _of_pages(book)
    except BookError as error:
        refuse(str(error))
    for check in checks:
        if every or check.result is not Quotation.FOUND:
            says = f": {printable(check.says)}" if check.says else ""
            tell(f"{check.name}: {check.result.label}: {printable(check.words)!r}{says}")
    tell(summary(checks))
    results = {check.result for check in checks}
    if results & {Quotation.MOVED, Quotation.CHANGED, Quotation.ABSENT}:
        raise typer.Exit(1)
    if Quotation.UNCHECKED in results:
        raise typer.Exit(3)


def _of_article(book: Book, article: Article, file: Path | None, write: bool) -> list[QuotationCheck]:
    """The quotations of one article; with the difference that its anchors need, which is shown or written."""
    from tallybook.intake.candidates import text_of_article
    from tallybook.intake.given_text import given_text
    from tallybook.intake.quotations import article_quotations
    from tallybook.intake.reanchoring import Reanchored

    text = given_text(file, article).text if file is not None else text_of_article(book, article)
    checks = article_quotations(article, text)
    if text is None or not any(check.now for check in checks):
        return checks
    anew = Reanchored(book, article, text, checks)
    for line in anew.difference:
        tell(printable(line) if not line.startswith((" ", "+", "-")) else line[0] + _kept(line[1:]))
    if write:
        anew.write()
        tell(f"written: claims/{article.id}.yaml")
    return checks


def _of_pages(book: Book) -> list[QuotationCheck]:
    from tallybook.intake.known_pages import text_of_page
    from tallybook.intake.quotations import page_quotations

    return list(page_quotations(book, lambda source: text_of_page(book.root, source)))


def _kept(line: str) -> str:
    """A line with its indentation."""
    bare = line.lstrip(" ")
    return " " * (len(line) - len(bare)) + printable(bare)

"""The command that brings an article in: new."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import Project, project_root
from tallybook.cli.streams import printable, tell

if TYPE_CHECKING:
    from tallybook.intake.article_text import ArticleText
    from tallybook.intake.new_case import NewCase

_MOST_WARNINGS = 20
_MOST_LEFT_OUT = 50


def new(
    article: Annotated[
        str,
        typer.Argument(metavar="ARTICLE", help="Link, or file: HTML, PDF, DOCX, Markdown, text; '-': stdin."),
    ],
    case_id: Annotated[
        str | None, typer.Option("--id", help="Id of the case. Default: of the title.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the article.")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Who published it.")] = None,
    published: Annotated[str | None, typer.Option("--published", help="Day: 2025-12-15, or 2025-12.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Language of the text.")] = None,
    read_as: Annotated[
        str | None, typer.Option("--read-as", help="One of: html, pdf, docx, md, txt.", metavar="WORD")
    ] = None,
    show_left_out: Annotated[
        bool, typer.Option("--show-left-out", help="Print the words of the page that are no text.")
    ] = False,
    project: Project = None,
) -> None:
    """Make a draft case of an article.

    Every figure becomes a claim to be reviewed, with what can be guessed of it; dates, ages and furniture of
    the page are set aside. The text stays on this machine (.cache/).
    """
    from datetime import date

    from tallybook.intake.new_case import new_case

    root = project_root(project)
    text = _read(root, article, read_as)
    given = {
        "id": case_id, "title": title, "publisher": publisher, "published": published, "language": language,
    }  # fmt: skip
    made = new_case(root, text, article, given, date.today())
    _tell(made, show_left_out=show_left_out)


def _read(root: Path, article: str, read_as: str | None) -> ArticleText:
    """The text of an article; what it came in is kept on this machine."""
    from tallybook.intake.article_text import LARGEST_FILE, read_article, unread
    from tallybook.intake.snapshot import keep_bytes, keep_snapshot

    if article.startswith(("http://", "https://")):
        from tallybook.intake.fetch import fetch

        page = fetch(article)
        kind = page.header("content-type")
        text = read_article(page.bytes, name=article, kind=read_as, url=page.url, content_type=kind)
        keep_snapshot(page, root)
        return text
    try:
        with sys.stdin.buffer if article == "-" else Path(article).open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise unread(article, f"cannot be read: {error.strerror}.") from None
    text = read_article(raw, name=article, kind=read_as)
    keep_bytes(raw, root, Path(article).suffix)
    return text


def _tell(made: NewCase, *, show_left_out: bool) -> None:
    from tallybook.intake.case_lines import ids
    from tallybook.prose import clipped, counted

    article, what = made.article, made.about
    left_out = list(dict.fromkeys(one.reason for one in article.left_out))
    told = f"; left out: {', '.join(left_out)} (--show-left-out)" if left_out else ""
    tell(f"text   {counted(len(article.paragraphs), 'paragraph')}{told}")
    for one in article.left_out[:_MOST_LEFT_OUT] if show_left_out else ():
        tell(f"       {one.reason}: {' '.join(one.words.split())[:200]}")
    measured = sum("measure" in claim for claim in made.claims)
    figures = len(made.claims) + made.set_aside
    sheet = f"; also as {made.sheet}" if made.sheet else ""
    tell(
        f"draft  claims/{what.id}.yaml: {counted(figures, 'number')}: {len(made.claims)} proposed as claims "
        f"({measured} with a measure), {made.set_aside} set aside{sheet}"
    )
    if made.notes is not None:
        without = [claim["id"] for claim in made.claims if "cites" not in claim]
        tell(f"notes  {made.notes} of {counted(len(made.claims), 'figure')} name a source")
        if without:
            tell(f"       nobody annotated: {ids(without)}")
        for note in made.no_figure[:_MOST_WARNINGS]:
            tell(f"       at no figure: {printable(clipped(note, 100))}")
    if what.guessed_day:
        told = f"no date of publication was found; {what.published} is written as unreliable"
        tell(f"warn   {told}: correct 'published' in claims/{what.id}.yaml")
    if what.printed_day:
        tell(f"warn   the day of publication is read off the text ({what.published}): check it")
    for note in article.notes:
        tell(f"warn   {note}")
    for paragraph, mark in made.warnings[:_MOST_WARNINGS]:
        tell(f"warn   paragraph {paragraph}: {mark.says}")
    if len(made.warnings) > _MOST_WARNINGS:
        tell(f"warn   and {len(made.warnings) - _MOST_WARNINGS} more; each claim that they touch says so")
    for words in made.dropped:
        tell(f"warn   not taken, since the book cannot hold its words: {words[:80]}")
    tell(f"next   tallybook review {what.id}")

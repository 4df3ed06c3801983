"""Commands on a draft: review, sheet, status."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import Project, agreed, fail, project_root, refuse
from tallybook.cli.streams import printable, tell

if TYPE_CHECKING:
    from tallybook.intake.case_status import CaseStatus

CaseId = Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of the article.")]


def review(
    article: CaseId,
    done: Annotated[
        bool, typer.Option("--done", help="Say that every figure was looked at; refused while one is open.")
    ] = False,
    project: Project = None,
) -> None:
    """Go through the figures of a draft, one key each.

    Each answer is written at once; stop whenever you like, and go on where you were. In a pipe, an answer is
    a line.
    """
    from tallybook.cli.review_session import Session
    from tallybook.intake.review import Review

    under_review = Review(project_root(project), article)
    if done:
        under_review.done()
        tell(f"{article} is reviewed: {under_review.status.line}")
        return
    if not under_review.article.is_draft:
        fail(
            f"{article} is reviewed already. To open it again write 'state: draft' in claims/{article}.yaml."
        )
    raise typer.Exit(Session(under_review).run())


def sheet(
    article: CaseId,
    take: Annotated[
        bool, typer.Option("--take", help="Take the answers of the sheet into the case.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --take: write without asking.")] = False,
    project: Project = None,
) -> None:
    """Write a draft as a spreadsheet, or take it back.

    A row a figure; id, words and reading are locked, and an edited number is refused. With --take the
    differences are shown, and written once you agree.
    """
    from tallybook.book.problems import require_name
    from tallybook.intake.review import Review
    from tallybook.intake.sheet import differences, write_sheet
    from tallybook.prose import counted

    if yes and not take:
        refuse("--yes needs --take.")
    under_review = Review(project_root(project), article)
    require_name("article", article, under_review.book.articles)
    root, record = under_review.root, under_review.article
    if not take:
        tell(f"wrote {write_sheet(root, article, under_review.book)}: {counted(len(record.figures), 'row')}")
        return
    if not record.is_draft:
        fail(
            f"{article} is reviewed already. To open it again write 'state: draft' in claims/{article}.yaml."
        )
    found = differences(root, record, under_review.book)
    for one in found:
        tell(printable(str(one)))
    if not found:
        tell("The sheet says what the case says: nothing to take.")
        return
    if not yes and not agreed(f"Write {counted(len(found), 'difference')}? [y/n] "):
        fail("Nothing written. Run with --yes to write.")
    under_review.take(found)
    tell(f"{counted(len(found), 'difference')} written to claims/{article}.yaml.")


def status(
    article: Annotated[
        str | None, typer.Argument(metavar="[ARTICLE]", help="Id of the article. Default: all of them.")
    ] = None,
    project: Project = None,
) -> None:
    """Say what is open in a case, and for whom.

    For the reviewer, the writer, the reader of sources and the editor. Without ARTICLE: of all cases.
    """
    from tallybook.book.load import load_book
    from tallybook.book.problems import require_name
    from tallybook.intake.case_status import status_of_case
    from tallybook.prose import counted

    book = load_book(project_root(project))
    if article is not None:
        require_name("article", article, book.articles)
    for record in book.articles.values() if article is None else [book.articles[article]]:
        found = status_of_case(record, book)
        if article is None:
            tell(f"{found.id} ({record.standing}): {found.line}")
        else:
            tell(found.line)
        _tell(found, every=article is not None)
    drafted = sum(len(source.drafted) for source in book.sources.values())
    if article is None and drafted:
        tell(f"{counted(drafted, 'drafted statement')}; no comparison counts one: tallybook source review")
    if article is None and not book.articles:
        tell("No case yet. Make one by: tallybook new ARTICLE")


def _tell(found: CaseStatus, *, every: bool) -> None:
    """What is open, by who can do it; of several cases only how much."""
    if not every:
        whose = Counter(one.who for one in found.todo)
        if whose:
            tell(f"  open for: {', '.join(whose)}")
        return
    who = ""
    for one in found.todo:
        head = "" if one.who == who else f"for the {one.who}"
        who = one.who
        tell(f"{head:<26}{one.what}: {printable(one.about)}")
    if found.draft and found.open:
        tell(f"{'next':<26}tallybook review {found.id}")

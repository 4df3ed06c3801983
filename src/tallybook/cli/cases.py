"""Commands on articles: verdicts, explain, compare, drift, robustness, selfcheck."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import (
    CaseJobs,
    Language,
    Project,
    TimeOfJudging,
    case_of_claim,
    fail,
    known_language,
    one_of,
    opened_case,
    project_root,
    refuse,
)
from tallybook.cli.streams import tell
from tallybook.terms import AsOf, Relation

if TYPE_CHECKING:
    from tallybook.book import Article, Book

_MAY_BE_ID = re.compile(r"[\w-]+")
"""What may name an article; anything else names a file, which may not be there."""

ArticleId = Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of the article.")]


def verdicts(
    article: Annotated[
        str | None, typer.Argument(metavar="[ARTICLE]", help="Id of the article; or --all.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Judge every article of the book.")] = False,
    project: Project = None,
    as_of: TimeOfJudging = AsOf.TODAY,
    jobs: CaseJobs = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", help="Write them as comments into a copy of this DOCX file, beside it."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="With --into: the name of the copy.")] = None,
) -> None:
    """Judge each claim of an article, or of all.

    Prints the verdict, the reason, and the number of independent source groups for and against the claim.
    With --all each article is judged once and kept in .cache until a record of it changes; stopped, the same
    command goes on. With --into each verdict becomes a comment at its words in a copy of the draft; the file
    itself is only read.
    """
    from tallybook.cli.case_output import print_verdicts

    if article is None and not every:
        refuse("verdicts needs the id of an article, or --all for every one.")
    if article is not None and every:
        refuse("--all is of every article: leave ARTICLE out.")
    if out is not None and into is None:
        refuse("--out needs --into.")
    if article is None:
        if into is not None:
            refuse("--into needs one ARTICLE.")
        _every_verdict(project, as_of, jobs)
        return
    if jobs is not None:
        refuse("--jobs needs --all: one article is judged by one process.")
    case = opened_case(article, project, as_of)
    if into is None:
        from tallybook.tables.every_case import verdicts_told

        print_verdicts(verdicts_told(case, as_of), as_of)
        _tell_drafted(case.book, [case.article])
    else:
        from tallybook.cli.verdict_comments import write_comments

        write_comments(case, as_of, into, out)


def _every_verdict(project: Path | None, as_of: str, jobs: int | None) -> None:
    from tallybook.book.problems import NO_ARTICLE
    from tallybook.cli.case_output import print_every_verdict
    from tallybook.cli.every_progress import stoppable, watched
    from tallybook.tables.every_case import EveryCase, verdict_question
    from tallybook.tables.opened import open_book

    one_of("--as-of", as_of, list(AsOf))
    with stoppable():
        book = open_book(project_root(project))
        if not book.book.articles:
            tell(NO_ARTICLE)
            return
        every = EveryCase(book, verdict_question(as_of))
        with watched(every, telling=True) as watch, closing(every.answers(jobs, watch)) as answers:
            print_every_verdict(answers, as_of)
        _tell_drafted(book.book, book.book.articles.values())
        for note in every.notes:
            tell(note, error=True)


def _tell_drafted(book: Book, articles: Iterable[Article]) -> None:
    """How many figures of these articles' measures wait for a person: with them a verdict may be another."""
    from tallybook.prose import counted

    measures = {claim.measure for article in articles for claim in article.claims}
    waiting = sum(one.measure in measures for source in book.sources.values() for one in source.drafted)
    if waiting:
        wait = f"{counted(waiting, 'drafted statement')} {'is' if waiting == 1 else 'are'} not compared yet"
        tell(f"{wait}. Next: tallybook source review")


def explain(
    claim: Annotated[str, typer.Argument(help="Id of a claim, or 'article/claim'.")],
    estimate: Annotated[
        str | None, typer.Argument(help="Id of one estimate; behind the id of an article, of a claim.")
    ] = None,
    project: Project = None,
    as_of: TimeOfJudging = AsOf.TODAY,
) -> None:
    """Show each step from the words to the verdict. With ESTIMATE: how that estimate relates to the claim.

    The id of an article and that of a claim of it are taken for the claim.
    """
    from tallybook.cli.case_output import print_explanation

    case, claim_id, estimate = case_of_claim(claim, project, as_of, estimate)
    print_explanation(case, claim_id, estimate, as_of)


def compare(
    article: ArticleId,
    claim: Annotated[
        list[str] | None, typer.Option("--claim", help="Only this claim. Can be repeated.")
    ] = None,
    relation: Annotated[
        list[str] | None,
        typer.Option(
            "--relation", help=f"Only this relation: {', '.join(Relation)}. Can be repeated.", metavar="WORD"
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="On a terminal: list every pair, not only the voices.")
    ] = False,
    project: Project = None,
    as_of: TimeOfJudging = AsOf.TODAY,
    parquet: Annotated[Path | None, typer.Option("--parquet", help="Write the pairs to this file.")] = None,
) -> None:
    """List each claim with each estimate of its measure. Prints figures, relation and reason.

    On a terminal: what differs first, and one figure a source group, unless pairs are selected or --all is
    given.
    """
    from tallybook.book.problems import require_name
    from tallybook.cli.case_output import only, print_pairs, store_pairs

    for word in relation or []:
        one_of("--relation", word, list(Relation))
    case = opened_case(article, project, as_of)
    for name in claim or []:
        require_name("claim", name, [known.id for known in case.article.claims])
    wanted = only(claim or [], relation or [])
    if parquet is None:
        print_pairs(case, as_of, wanted, brief=not (every or claim or relation))
        return
    try:
        store_pairs(case, parquet, as_of, wanted)
    except OSError as error:
        fail(f"{parquet} cannot be written: {error.strerror}.")


def drift(
    article: ArticleId,
    utterance: Annotated[
        str | None, typer.Argument(help="Id of one utterance. Default: all that were distorted.")
    ] = None,
    project: Project = None,
) -> None:
    """Follow statements from page to page. Prints the first wording and each change to it."""
    from tallybook.cli.case_output import print_drift

    print_drift(opened_case(article, project), utterance)


def robustness(
    article: ArticleId,
    every: Annotated[bool, typer.Option("--all", help="Also list the changes without effect.")] = False,
    project: Project = None,
    as_of: TimeOfJudging = AsOf.TODAY,
) -> None:
    """Show which changes of settings or sources change a verdict. Names the fragile verdicts."""
    from tallybook.cli.case_output import print_robustness

    print_robustness(opened_case(article, project, as_of), as_of, every=every)


def selfcheck(
    subject: Annotated[str, typer.Argument(help="Id of an article, or a text file; '-': standard input.")],
    project: Project = None,
    language: Language = "en",
) -> None:
    """Test the figures of one article or text against each other. Uses no sources."""
    from tallybook.cli.case_output import print_checks
    from tallybook.consistency import check_text
    from tallybook.intake.given_text import given_text
    from tallybook.reading import read
    from tallybook.tables.rows import check_table

    if subject == "-" or Path(subject).is_file() or not _MAY_BE_ID.fullmatch(subject):
        known_language(language)
        text = given_text(Path(subject)).text
        checks = check_table(check_text(text, language=language))
        print_checks(checks, figures=len(read(text, language=language)) if checks.empty else 0)
    else:
        case = opened_case(subject, project)
        print_checks(case.checks(), figures=len(case.article.claims))

"""What several commands take, and what they say of a word that they cannot take."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from tallybook.cli.streams import tell
from tallybook.terms import AsOf

if TYPE_CHECKING:
    from tallybook.tables.case import Case

MOST_JOBS = 1_024

Project = Annotated[
    Path | None,
    typer.Option("--project", help="Folder of the project. Default: the project around this folder."),
]
TimeOfJudging = Annotated[
    str, typer.Option("--as-of", help="; ".join(f"'{term}': {term.meaning}" for term in AsOf) + ".")
]
Language = Annotated[str, typer.Option("--language", help="Language of the text.")]
CaseJobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        min=1,
        max=MOST_JOBS,
        help="With --all: processes. Default: one a core, fewer where starting them takes longer.",
        show_default=False,
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        min=1,
        max=16,
        help="Notebooks executed at once, and processes that make pages. Default: one a core.",
        show_default=False,
    ),
]


def opened_case(article: str, project: Path | None, as_of: str = AsOf.TODAY) -> Case:
    """The case of an article. Raises BookError and UnknownName."""
    from tallybook.tables.opened import open_book

    one_of("--as-of", as_of, list(AsOf))
    return open_book(project_root(project))[article]


def case_of_claim(
    claim: str, project: Path | None, as_of: str, second: str | None = None
) -> tuple[Case, str, str | None]:
    """The case that has a claim ("claim", "article/claim" or "article" and ``second``), the claim's id in it,
    and the second name, where that is no claim's.

    Raises BookError and UnknownName; a claim that several articles have is a wrong use.
    """
    from tallybook.book.problems import UnknownName
    from tallybook.tables.opened import open_book

    one_of("--as-of", as_of, list(AsOf))
    book = open_book(project_root(project))
    cases = {f"{case.id}/{c.id}": case for case in book.values() for c in case.article.claims}
    names = {id_: id_ if "/" in claim else id_.partition("/")[2] for id_ in cases}
    found = [id_ for id_, name in names.items() if name == claim]
    if not found and claim in book:
        own = [id_ for id_ in cases if id_.startswith(f"{claim}/")]
        if second is None:
            fail(f"'{claim}' is an article. Name a claim of it: {', '.join(own[:5]) or 'it has none'}.")
        if f"{claim}/{second}" not in own:
            raise UnknownName("claim", f"{claim}/{second}", own)
        return book[claim], second, None
    if not found:
        raise UnknownName("claim", claim, list(dict.fromkeys(names.values())))
    if len(found) > 1:
        refuse(f"'{claim}' is a claim of several articles. Say one of: {', '.join(found)}")
    return cases[found[0]], found[0].partition("/")[2], second


def project_root(project: Path | None) -> Path:
    """The folder of the project. Raises BookError where there is none."""
    from tallybook.book.load import find_root

    return find_root(project)


def near(path: Path) -> Path:
    """A path as a person at the working folder writes it: relative where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def one_of(option: str, word: str, known: Collection[str]) -> None:
    """Refuse a word that the option does not take."""
    if word not in known:
        from tallybook.book.problems import nearest, quoted_value

        refuse(f"{option} {quoted_value(word)} is not one of: {', '.join(known)}.{nearest(word, known)}")


def known_language(language: str) -> None:
    """Refuse a language without a lexicon."""
    from tallybook.reading.lexicon.language import languages

    one_of("--language", language, languages())


def refuse(message: str) -> NoReturn:
    """Wrong use: one line, and exit code 2."""
    tell(message, error=True)
    raise typer.Exit(2)


def fail(message: str) -> NoReturn:
    """What was asked for cannot be done: the reason, and exit code 1."""
    tell(message, error=True)
    raise typer.Exit(1)


def unwritten(error: OSError) -> str:
    """What a person is told of a disk that is full, a folder that is read-only, and the like."""
    import errno
    import os

    from tallybook.book.problems import quoted_value

    full = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EBUSY}
    what = "cannot be written" if error.errno in full else "cannot be read or written"
    where = quoted_value(near(Path(os.fsdecode(error.filename)))) if error.filename else "A file"
    return f"{where} {what}: {error.strerror or error}."


def agreed(question: str) -> bool:
    """Whether a person at a terminal says yes; in a pipe nobody is asked."""
    import sys

    return sys.stdin is not None and sys.stdin.isatty() and input(question).strip().lower() in ("y", "yes")

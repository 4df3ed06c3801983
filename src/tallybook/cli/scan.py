"""The command on archives: scan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import MOST_JOBS, Language, Project, fail, known_language, project_root, refuse

if TYPE_CHECKING:
    from tallybook.scan.run import Runner
    from tallybook.scan.settings import Settings


def scan(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Folders and files of texts: JSON Lines, Parquet, WARC, text, Markdown, HTML, PDF, DOCX; "
            "packed as gz, bz2, xz or zst too.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", help="A new folder of Parquet files, which a data frame opens by its name."),
    ],
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", min=1, max=MOST_JOBS, help="Processes. Default: one a core.", show_default=False
        ),
    ] = None,
    match: Annotated[
        bool,
        typer.Option(
            "--match", help="Also write the figures that a source of the book states or contradicts."
        ),
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            help="Work on Dask: an address (tcp://…), or 'local' for a cluster on this machine.",
        ),
    ] = None,
    text: Annotated[str, typer.Option("--text", help="Key or column that holds the text.")] = "text",
    id_: Annotated[
        str, typer.Option("--id", help="Key or column that names the text, if there is one.")
    ] = "id",
    part: Annotated[
        int,
        typer.Option("--part", min=1, max=64, help="Megabytes of one part; larger ones are fewer files."),
    ] = 1,
    language: Language = "en",
    project: Project = None,
) -> None:
    """Read any number of texts and write their figures as a table.

    A text that cannot be read is noted, and stops nothing. Stopped or killed, the same command goes on where
    it was. Beside --out, as mentions.texts.parquet and mentions.watch.parquet: each text with its number of
    figures or the reason why it was not read, and what --match found.
    Exit code 0: all texts were read; 3: all but some, which are named in the table of texts; 1: the input
    or the output cannot be; 130: stopped, what is finished stays.
    """
    from tallybook.scan.fork_server import LOCAL, begin_fork_server

    if scheduler == LOCAL:
        begin_fork_server()  # before the imports below, which take a while
    from tallybook.book.processes import cores
    from tallybook.cli.scan_output import Watcher, tell_how_to_go_on, tell_scan
    from tallybook.program import code_digest
    from tallybook.scan.guarded import CannotWork
    from tallybook.scan.run import scan as scan_all
    from tallybook.scan.settings import Settings

    known_language(language)
    if not out.name:
        refuse("--out needs the name of a new folder.")
    settings = _settings(project, out) if match else Settings(code=code_digest())
    settings = replace(
        settings, text_key=text, id_key=id_, language=language,
        part_bytes=part * settings.part_bytes, part_texts=part * settings.part_texts,
    )  # fmt: skip
    processes = jobs or cores()
    watcher = Watcher()
    try:
        with _runner(scheduler, settings, out, processes) as runner, watcher:
            found = scan_all(paths, out, settings, runner, processes=processes, watch=watcher)
    except KeyboardInterrupt:
        tell_how_to_go_on(watcher.last, out)
        raise typer.Exit(130) from None
    except (OSError, CannotWork) as error:
        why = f"cannot be written: {error.strerror or error}." if isinstance(error, OSError) else str(error)
        fail(f"{out}: {why} What is finished stays; the same command goes on.")
    tell_scan(found, watcher.seconds)
    if found.counts.unread:
        raise typer.Exit(3)


@contextmanager
def _runner(scheduler: str | None, settings: Settings, out: Path, processes: int) -> Iterator[Runner | None]:
    """Where the parts are worked on: on a cluster, or (None) by processes of this command."""
    if scheduler is None:
        yield None
        return
    from tallybook.scan.on_dask import on_dask

    with on_dask(scheduler, settings, out, processes) as runner:
        yield runner


def _settings(project: Path | None, out: Path) -> Settings:
    """Of a watch. One that is gone on with keeps the day on which it began. BookError where the book to be
    watched, or an unfinished scan, cannot be read."""
    from tallybook.book.load import load_book
    from tallybook.program import code_digest
    from tallybook.scan.run import day_begun
    from tallybook.scan.settings import Settings, book_digest

    root = project_root(project).resolve()
    load_book(root)
    day = day_begun(out) or date.today().isoformat()
    return Settings(book=str(root), book_digest=book_digest(root), day=day, code=code_digest())

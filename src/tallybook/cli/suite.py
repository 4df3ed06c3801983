"""The command that makes a suite: init."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from tallybook.cli.arguments import fail
from tallybook.cli.streams import tell


def init(
    folder: Annotated[Path, typer.Argument(help="A new folder, or an empty one.", show_default=False)],
) -> None:
    """Make a folder for your own articles, complete and empty.

    It holds a book without an article, notebooks, a Makefile, files for GitHub and GitLab, and this tallybook
    as a wheel, pinned by its digest. Nothing that is there is ever overwritten.
    """
    import tallybook
    from tallybook.suite import SuiteError, make_suite, own_wheel, suite_files
    from tallybook.suite.folder import refuse_what_cannot_be

    try:
        refuse_what_cannot_be(folder)
        wheel = own_wheel()
        finished = make_suite(folder, suite_files(wheel))
    except SuiteError as error:
        fail(str(error))
    if finished:
        tell("finished what a stopped init had begun")
    if wheel.built:
        tell("tallybook runs from a source tree: its wheel was built from that, as it is now")
    tell(f"made {folder}: a suite of tallybook {tallybook.__version__} (wheel sha256 {wheel.sha256[:12]}…)")
    tell(f"next: cd {_typed(folder)} && make report")


def _typed(folder: Path) -> str:
    """The folder as a shell takes it, and not for an option."""
    text = str(folder)
    return shlex.quote(f"./{text}" if text.startswith("-") else text)

"""The command that looks for figures which bear on the claims of an article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tallybook.cli.arguments import Project, fail, project_root, refuse
from tallybook.cli.streams import printable, tell
from tallybook.terms import Beside

if TYPE_CHECKING:
    from tallybook.intake.candidates import Candidates, FigureBeside
    from tallybook.intake.match_decisions import Written

_KEYS = "[y] it bears on the claim  [n] refuse  [l] later  [u] undo  [q] quit"


def match(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Id of the article.")],
    claim: Annotated[
        list[str] | None, typer.Option("--claim", help="Only this claim. Can be repeated.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Ask for a key on each figure that is open, and write it.")
    ] = False,
    folder: Annotated[
        list[Path] | None, typer.Option("--in", help="A folder of texts to look in too. Can be repeated.")
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=1_000, help="Figures shown of each claim.")] = 10,
    refused: Annotated[bool, typer.Option("--refused", help="Show those that were refused, too.")] = False,
    model: Annotated[
        str | None,
        typer.Option("--model", help="A model of your own to ask besides: a name, or module:function."),
    ] = None,
    project: Project = None,
) -> None:
    """Find the figures that may bear on each claim.

    Looks in the statements of the book, in the pages of its cache and in folders of texts. Ranked by unit,
    size, time, names and words; each figure stands in its sentence, with the reason. What you take or refuse
    is written to "matches" in claims/ARTICLE.yaml; what was refused is not shown again. Nothing is
    downloaded.
    Exit code 1: the book, a folder or the model cannot be read, or a decision cannot be written.
    """
    from tallybook.book.load import load_book
    from tallybook.book.problems import require_name
    from tallybook.intake.candidates import Candidates
    from tallybook.intake.likeness_models import NoModel, likeness_model

    book = load_book(project_root(project))
    require_name("article", article, book.articles)
    try:
        likeness = likeness_model(model) if model else None
    except NoModel as error:
        refuse(str(error))
    found = Candidates(
        book, book.articles[article], claims=claim or (), folders=folder or (), likeness=likeness
    )
    _tell_texts(found)
    if accept:
        _ask(found, top)
        return
    for asked in found.asked:
        tell(f"{asked.claim.id}: {printable(asked.words)}")
        beside = found.of(asked.claim.id, refused=refused)
        for one in beside[:top]:
            for line in _lines(one):
                tell(f"  {line}")
        if len(beside) > top:
            tell(f"  {len(beside) - top:,} more: --top {len(beside)}")
        elif not beside:
            tell("  no figure in a unit of this claim")
        tell("")


def _tell_texts(found: Candidates) -> None:
    from tallybook.intake.folder_texts import MOST_SAID
    from tallybook.prose import counted

    indexed = found.indexed
    if indexed.known:
        tell(f"{counted(indexed.known, 'text')} looked through, {indexed.read} of them new or changed.")
    for line in indexed.left_out[:MOST_SAID]:
        tell(f"left out: {printable(line)}")
    if len(indexed.left_out) > MOST_SAID:
        tell(f"left out: {len(indexed.left_out) - MOST_SAID:,} more")


def _lines(one: FigureBeside) -> Iterator[str]:
    from tallybook.intake.match_words import in_sentence, where, why

    before, words, behind = in_sentence(one.found)
    yield f"{one.number}. {printable(before)}[{printable(words)}]{printable(behind)}"
    yield f"   {printable(where(one.found))} ({one.state.label})"
    yield f"   {printable(why(one.asked, one.ranked))}"


def _ask(found: Candidates, top: int) -> None:
    """One key a figure; each is written at once, so that nothing is lost by stopping."""
    from tallybook.book.problems import BookError
    from tallybook.intake.match_decisions import decide, undo

    todo = [
        one
        for asked in found.asked
        for one in [one for one in found.of(asked.claim.id) if one.state is Beside.OPEN][:top]
    ]
    done: list[tuple[int, Written]] = []
    place = 0
    while place < len(todo):
        one = todo[place]
        tell(f"{one.asked.claim.id}: {printable(one.asked.words)}  ({place + 1}/{len(todo)})")
        for line in _lines(one):
            tell(f"  {line}")
        key = _key()
        try:
            if key in ("y", "n"):
                done.append((place, decide(found.book, one, "bears" if key == "y" else "refused")))
                for line in done[-1][1].told:
                    tell(f"  {printable(line)}")
            elif key == "u" and done:
                place, written = done.pop()
                undo(found.book, written)
                continue
        except BookError as error:
            fail(f"not written: {error}")
        if key == "q":
            break
        place += key in ("y", "n", "l")
    tell(f"{len(done)} decided, {len(todo) - len(done)} open." if todo else "Nothing is open.")


def _key() -> str:
    """The key pressed, or the first letter of a line where no terminal is there; "q" at the end."""
    import sys

    if sys.stdin.isatty():
        import click

        tell(f"  {_KEYS}")
        try:
            key = click.getchar()
        except (KeyboardInterrupt, EOFError):
            return "q"
        return key.lower()
    tell(f"  {_KEYS}")
    line = sys.stdin.readline()
    return line.strip()[:1].lower() if line else "q"

"""What a person takes or refuses in ``match``, written to the book.

The word itself goes to ``matches`` of the article's file, where a review of the change sees it: "bears", or
"refused", which is not shown again. Taking a figure does what follows from it, and nothing else:

- a statement of the book, where a draft's claim has no measure yet: the claim gets the statement's measure;
- words on the page of a source: they become a statement of the claim's measure, if all statements of the
  page so far have one origin; else the lines to write are told;
- a file of a folder is no source yet: how to make it one is told.

Refusing changes no verdict: that a statement is not to be counted is said in its own file, with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tallybook.book import Book, Source
from tallybook.book.known_files import read_files
from tallybook.book.load import book_of
from tallybook.book.problems import BookError, Problem
from tallybook.book.project_files import CLAIMS
from tallybook.book.records import DraftStatement
from tallybook.book.text_files import replacing
from tallybook.book.yaml_lines import read_yaml
from tallybook.intake.candidates import FigureBeside
from tallybook.intake.case_file import one_at_a_time
from tallybook.intake.claim_asked import measure_of
from tallybook.intake.figures_found import FigureFound, Where
from tallybook.intake.source_drafts_taken import kept_text
from tallybook.intake.yaml_additions import with_item, with_key

_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the texts of the files before and after; ``told``: what a person should know."""

    files: dict[Path, tuple[str, str]]
    told: list[str]


def decide(book: Book, beside: FigureBeside, says: str, on: date | None = None) -> Written:
    """Write one decision. BookError where the files as they stand now cannot take it; nothing is written."""
    article = book.root / "claims" / f"{beside.asked.article}.yaml"
    with one_at_a_time(book.root):
        texts = {article: read_file(article)}
        edited = {article: with_item(texts[article], "matches", _entry(beside, says, on or date.today()))}
        told: list[str] = []
        if says == "bears":
            _follow(book, beside, texts, edited, told)
        _write(book.root, edited)
    return Written({file: (texts[file], edited[file]) for file in edited}, told)


def undo(book: Book, written: Written) -> None:
    """Put the files back, unless somebody has changed them since."""
    written_together(
        book.root,
        {file: after for file, (_, after) in written.files.items()},
        {file: before for file, (before, _) in written.files.items()},
    )


def written_together(root: Path, before: dict[Path, str], after: dict[Path, str]) -> None:
    """Write files of the book, all or none. BookError, and nothing is written, where one is not as it was
    ``before``, or the book would not be sound."""
    with one_at_a_time(root):
        for file, text in before.items():
            if read_file(file) != text:
                raise BookError([Problem(file.name, 1, "was changed since. Look at it, and start again.")])
        _write(root, after)


def _entry(beside: FigureBeside, says: str, on: date) -> dict[str, Any]:
    found = beside.found
    names = {Where.STATEMENT: "statement", Where.PAGE: "source", Where.FILE: "file"}
    entry: dict[str, Any] = {"claim": beside.asked.claim.id, names[found.where]: found.name}
    if found.where is not Where.STATEMENT:
        entry["words"] = found.words
    return entry | {"says": says, "on": on.isoformat()}


def _follow(
    book: Book, beside: FigureBeside, texts: dict[Path, str], edited: dict[Path, str], told: list[str]
) -> None:
    found, claim = beside.found, beside.asked.claim
    measure = measure_of(book, claim)
    article = next(iter(texts))
    if found.where is Where.FILE:
        told.append(f"{found.name} is no source of the book yet. Add it: tallybook source add FILE")
    elif found.where is Where.STATEMENT:
        theirs = book.statements[found.name].measure
        if measure is None:
            edited[article] = with_key(edited[article], ("claims", claim.id), "measure", theirs)
            told.append(f"claim {claim.id} now has the measure {theirs}.")
        elif theirs != measure.id:
            told.append(
                f"the statement is of {theirs}, the claim of {measure.id}, so that the two are not compared. "
                "Give one of them the other measure if it is the wrong one."
            )
    elif measure is None:
        told.append("the claim has no measure yet, so that the words became no statement.")
    else:
        _state(book, found, measure.id, texts, edited, told)


def _state(
    book: Book,
    found: FigureFound,
    measure: str,
    texts: dict[Path, str],
    edited: dict[Path, str],
    told: list[str],
) -> None:
    """Words of a page as a statement in the source's file; one that was drafted of them is kept instead."""
    source = book.sources[found.name]
    name = book.source_file(source.id)
    file = book.root / name
    drafted = _drafted(source, found)
    if drafted is not None:
        if drafted.origin is None and not drafted.origins:
            told.append(
                f"statement {drafted.id} is drafted of these words, but not who produced it: "
                f"tallybook source keep {drafted.id} --measure {measure} --origin …"
            )
            return
        texts[file] = read_file(file)
        edited[file] = kept_text(book, source, drafted.id, {"measure": measure})
        told.append(f"statement {drafted.id} was drafted of these words, and is kept; look at its origin.")
        return
    origins = {statement.speaker_id for statement in source.statements}
    number = next(n for n in range(1, 10_000) if f"{source.id[:70]}-m{n}" not in book.statements)
    new = {"id": f"{source.id[:70]}-m{number}", "measure": measure, "words": found.words}
    if len(origins) != 1 or next(iter(origins)) not in book.origins or not source.statements[0].origin:
        stub = ", ".join(f"{key}: {value}" for key, value in new.items())
        what = f"{{{stub}, origin: …}}"
        told.append(f"who produced the figure is not known. Add to {name}: {what}")
        return
    texts[file] = read_file(file)
    remark = "taken from the page by match; its origin is that of the page's other statements"
    new |= {"origin": origins.pop(), "remark": remark}
    edited[file] = with_item(texts[file], "statements", new)
    told.append(f"statement {new['id']} added to {name}; look at its origin and period.")


def _drafted(source: Source, found: FigureFound) -> DraftStatement | None:
    """The drafted statement of a page that has the very words, or more or fewer of the same ones."""
    by_words = {one.words: one for one in source.drafted}
    return by_words.get(found.words) or next(
        (one for one in source.drafted if _within(found.words, one.words) or _within(one.words, found.words)),
        None,
    )


def _within(few: str, many: str) -> bool:
    """Whether words stand whole in others: "14" does not in "2014", nor in "14.5"."""
    return re.search(rf"(?<![\w.,]){re.escape(few)}(?![\w]|[.,]\d)", many) is not None


def read_file(file: Path) -> str:
    """A file of the book as it stands. BookError where it cannot be read."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BookError([Problem(file.name, 1, f"cannot be read: {error}.")]) from None


def _write(root: Path, edited: dict[Path, str]) -> None:
    """All of the files or none, and only if the whole book is sound with them."""
    files = read_files(root)
    with _beside(edited) as drafts:
        for file, draft in drafts.items():
            name = file.relative_to(root).as_posix()
            kind = files.articles if name.startswith(f"{CLAIMS}/") else files.sources
            kind[file.stem] = read_yaml(draft, name)
        book_of(files, root)


@contextmanager
def _beside(edited: dict[Path, str]) -> Iterator[dict[Path, Path]]:
    """Each file as it shall be, beside its old one, whose place it takes when all went well."""
    if not edited:
        yield {}
        return
    file, *rest = edited
    with replacing(file) as draft:
        draft.write_text(edited[file], encoding="utf-8", newline="")
        with _beside({other: edited[other] for other in rest}) as others:
            yield {file: draft, **others}

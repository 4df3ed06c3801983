"""A new case from an article: the draft is made, checked with the whole book, and then written at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tallybook.book import Book
from tallybook.book.load import book_of
from tallybook.book.problems import BookError, Problem, quoted_value
from tallybook.book.project_files import ProjectFiles
from tallybook.intake.article_text import ArticleText, Mark
from tallybook.intake.case_file import as_yaml, case_name, files_of, with_text, write_new
from tallybook.intake.drafting import About, Drafted, about, drafted, without_guesses
from tallybook.intake.found_figures import Places, found_figures
from tallybook.intake.noted_pages import notes_at, told
from tallybook.intake.sheet import write_sheet
from tallybook.intake.snapshot import keep_text
from tallybook.reading.lexicon.language import languages

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_SCHEMA = "# yaml-language-server: $schema=../schemas/{}.schema.json\n"
_MOST_TRIES = 4


@dataclass(frozen=True)
class NewCase:
    """What was made. ``claims``: the data of each; ``dropped``: words of figures that the book cannot hold;
    ``notes``: how many figures of all name a source in a note, None where the article has no notes;
    ``no_figure``: the notes that stand at no figure; ``sheet``: the file with its rows, None where there is
    no package for it."""

    about: About
    article: ArticleText
    claims: list[dict[str, Any]]
    set_aside: int
    warnings: list[tuple[int, Mark]]
    dropped: list[str] = field(default_factory=list)
    notes: int | None = None
    no_figure: list[str] = field(default_factory=list)
    sheet: str | None = None


def new_case(
    root: Path, article: ArticleText, name: str, given: Mapping[str, str | None], today: date
) -> NewCase:
    """Write ``claims/<id>.yaml`` of an article; its text goes to the cache only.

    ``given``: id, title, publisher, published, language, where a person gave them. BookError where the draft
    cannot be made: nothing is written then.
    """
    what = about(article, given, today)
    if not _ID.fullmatch(what.id):
        message = f"{quoted_value(what.id)} is no id: small letters, digits, '-' and '_'. Give one by --id."
        raise BookError([Problem(name, 1, message)])
    if what.language not in languages():
        message = f"language {quoted_value(what.language)} is not read (read are {', '.join(languages())})."
        raise BookError([Problem(name, 1, f"{message} Give --language where that is wrong.")])
    if (root / case_name(what.id)).exists():
        raise BookError([Problem(case_name(what.id), 1, "is there already. Take another --id.")])
    found = found_figures(article, name, what.language)
    if not found.figures:
        message = "no figure was read in it that could be a claim; nothing is written."
        raise BookError([Problem(name, 1, message)])
    files = files_of(root)
    book = book_of(files, root)
    made = drafted(article, found, what, book, today)
    files, sound, dropped = _sound(root, files, made)
    keep_text(article, root)
    cited = {id_ for claim in sound["claims"] for id_ in claim.get("cites", ())}
    pages = {id_: page for id_, page in made.sources.items() if id_ in cited}
    sheet = _write(root, what.id, sound, pages, book_of(files, root))
    used = {note for figure in found.figures for note in notes_at(figure, article.annotations)}
    noted = sum("cites" in claim for claim in sound["claims"])
    return NewCase(
        about=what,
        article=article,
        claims=sound["claims"],
        set_aside=len(found.set_aside),
        warnings=_warnings(article),
        dropped=dropped,
        notes=noted if article.annotations else None,
        no_figure=[told(note) for note in article.annotations if note not in used],
        sheet=sheet,
    )


def _write(
    root: Path, id_: str, case: dict[str, Any], pages: Mapping[str, dict[str, Any]], book: Book
) -> str | None:
    """All files or none; returns the name of the sheet, None without the package for it. The case comes
    last: whoever is stopped before it gives the same command again."""
    made: list[Path] = []
    try:
        for page, data in pages.items():
            write_new(root, f"sources/{page}.yaml", _SCHEMA.format("source") + as_yaml(data))
            made.append(root / "sources" / f"{page}.yaml")
        sheet = None
        if find_spec("xlsxwriter") is not None:
            sheet = write_sheet(root, id_, book)
            made.append(root / sheet)
        write_new(root, case_name(id_), _SCHEMA.format("article") + as_yaml(case))
    except BaseException:
        for file in made:
            file.unlink(missing_ok=True)
        raise
    return sheet


def _sound(root: Path, files: ProjectFiles, made: Drafted) -> tuple[ProjectFiles, dict[str, Any], list[str]]:
    """The draft as the book can hold it: a claim whose guesses the check refuses loses them, and one that it
    refuses even then is left out and told."""
    for id_, page in made.sources.items():
        files = with_text(files, f"sources/{id_}.yaml", as_yaml(page))
    data, dropped = dict(made.article), list[str]()
    for attempt in range(_MOST_TRIES):
        name = case_name(data["id"])
        checked = with_text(files, name, as_yaml(data))
        try:
            book_of(checked, root)
        except BookError as error:
            wrong = _wrong_claims(checked, data, [p for p in error.problems if p.file == name])
            if not wrong or attempt == _MOST_TRIES - 1:
                raise
            data, told = _mended(data, wrong, drop=attempt > 0)
            dropped += told
        else:
            return checked, data, dropped
    raise AssertionError("unreachable")


def _mended(data: dict[str, Any], wrong: set[int], *, drop: bool) -> tuple[dict[str, Any], list[str]]:
    claims, told = [], []
    for i, claim in enumerate(data["claims"]):
        if i not in wrong:
            claims.append(claim)
        elif drop:
            told.append(claim["anchor"]["exact"])
        else:
            claims.append(without_guesses(claim))
    return {**data, "claims": claims}, told


def _wrong_claims(files: ProjectFiles, data: dict[str, Any], problems: list[Problem]) -> set[int]:
    """The claims that problems are about, by their places in the file."""
    lines = files.articles[data["id"]].lines
    starts = [lines.line(("claims", i)) for i in range(len(data["claims"]))]
    end = lines.line(("set_aside",)) if data["set_aside"] else 10**9
    found = set()
    for problem in problems:
        before = [i for i, start in enumerate(starts) if start <= problem.line < max(end, start + 1)]
        if not before or problem.line < starts[0]:
            return set()
        found.add(before[-1])
    return found


def _warnings(article: ArticleText) -> list[tuple[int, Mark]]:
    """Each mark with the number of its paragraph."""
    places = Places(article.paragraphs, article.text)
    return [(places.number(mark.start), mark) for mark in article.marks]

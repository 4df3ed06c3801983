"""What is told of every case of a book: asked of several processes, kept, and asked again where it changed.

A case is asked in the part of the book that it is made of, so that what it costs depends on the case, and
what is kept of it (``.cache/cases``) is right as long as that part and the program are what they were. A run
that is stopped has kept what it has made.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from tallybook.book import Book
from tallybook.book.accepted import accepted_digest
from tallybook.book.kept_files import BROKEN, KeptFiles
from tallybook.book.lock import LockHeld
from tallybook.book.processes import cores, each
from tallybook.estimates.digests import NOTHING, Named, Records, key
from tallybook.estimates.evidence import Evidence
from tallybook.program import whole_digest
from tallybook.tables.opened import OpenBook

if TYPE_CHECKING:
    from tallybook.tables.case import Case

FOLDER = ".cache/cases"

CLAIMS_A_PROCESS = 400
"""So many claims are worth another process: to judge them takes 1.1 s, and to start one a little less."""

Told = dict[str, Any]
"""What is told of a case, as JSON holds it."""


@dataclass(frozen=True)
class Question:
    """``name``: by which the answer is kept; ``ask``: a function that can be imported, or a partial of one;
    what it answers depends on nothing but the records of the case, what was accepted of it, and the records
    that are ``named`` for it."""

    name: str
    ask: Callable[[Case], Told]
    named: Callable[[Book, str], Named] = lambda book, case: NOTHING


class EveryCase:
    """One question to every case. ``asked``: how many had to be asked; ``done``: how many of them are;
    ``notes``: sentences about what could not be kept."""

    def __init__(self, book: OpenBook, question: Question) -> None:
        self._question = question
        self._book = book.book
        self._records = Records(book.evidence)
        self._kept = KeptFiles(self._book.root, FOLDER)
        made_by = whole_digest()
        self._made_by = (made_by, question.name)
        self._accepted = {id_: accepted_digest(self._book.root, id_) for id_ in self._book.articles}
        self._open = [id_ for id_ in self._accepted if self._answer_kept(id_) is None]
        self.asked, self.done = len(self._open), 0
        self.notes: list[str] = []

    def answers(
        self, jobs: int | None = None, watch: Callable[[EveryCase], None] = lambda every: None
    ) -> Generator[tuple[str, Told], None, None]:
        """(id of the article, answer) in the order of the book. ``jobs``: processes; None: what pays off.

        ``watch`` is called after each case that was asked. What a case raises is raised here; ProcessLost
        where a process has ended.
        """
        open_, waiting = set(self._open), dict[str, Told]()
        with closing(self._made(jobs, watch)) as made:
            for id_ in self._accepted:
                if id_ not in open_:
                    told = self._answer_kept(id_)  # None where it was removed meanwhile
                    yield id_, told or _asked(self._question.ask, self._part(id_))
                    continue
                while id_ not in waiting:
                    other, told = next(made)
                    waiting[other] = told
                yield id_, waiting.pop(id_)
        self._drop_others()

    def _made(
        self, jobs: int | None, watch: Callable[[EveryCase], None]
    ) -> Generator[tuple[str, Told], None, None]:
        parts = (self._part(id_) for id_ in self._open)
        processes = self._processes() if jobs is None else min(jobs, self.asked)
        with closing(each(partial(_asked, self._question.ask), parts, processes)) as asked:
            for number, told in asked:
                id_ = self._open[number]
                self._keep(id_, told)
                self.done += 1
                watch(self)
                yield id_, told

    def _processes(self) -> int:
        claims = sum(len(self._book.articles[id_].claims) for id_ in self._open)
        return max(1, min(cores(), self.asked, claims // CLAIMS_A_PROCESS))

    def _part(self, id_: str) -> Book:
        """Without the lines of the files, which change no answer."""
        return replace(self._records.part(id_, self._named(id_)), lines={})

    def _named(self, id_: str) -> Named:
        """Without what is of the case by itself."""
        statements, pages = self._question.named(self._book, id_)
        if not statements and not pages:
            return NOTHING
        part = self._records.part(id_)
        return sorted({*statements} - {*part.statements}), sorted({*pages} - {*part.sources})

    def _key(self, id_: str, named: Named) -> str:
        return key(*self._made_by, self._records.of_named(id_, named))

    def _answer_kept(self, id_: str) -> Told | None:
        with contextlib.suppress(*BROKEN):
            head, body = self._kept.read(self._file(id_))
            known = json.loads(head)
            if known["key"] == self._key(id_, (known["statements"], known["pages"])):
                return dict(json.loads(body))
        return None

    def _keep(self, id_: str, told: Told) -> None:
        body = json.dumps(told, ensure_ascii=False).encode(errors="surrogatepass")
        if self.notes or self._accepted[id_] != accepted_digest(self._book.root, id_):
            return  # of what was accepted meanwhile nobody knows which it tells of
        statements, pages = named = self._named(id_)
        head = {"key": self._key(id_, named), "statements": list(statements), "pages": list(pages)}
        try:
            self._kept.write(self._file(id_), head, body)
        except LockHeld:
            self.notes.append("nothing was kept for the next run: another one was writing")
        except OSError as error:
            self.notes.append(f"nothing was kept for the next run: {error.strerror or error}")

    def _file(self, id_: str) -> str:
        return f"{id_}/{self._question.name}.json"

    def _drop_others(self) -> None:
        """Remove what was kept of articles that the book does not have any more."""
        with contextlib.suppress(OSError):
            for folder in self._kept.path.iterdir() if self._kept.is_inside() else ():
                if folder.is_dir() and not folder.is_symlink() and folder.name not in self._accepted:
                    shutil.rmtree(folder, ignore_errors=True)


def _asked(ask: Callable[[Case], Told], part: Book) -> Told:
    """The answer of the one case of a part. It is what reading the kept one gives, in every process."""
    from tallybook.tables.case import Case  # takes longer than to tell what was kept of all cases

    (article,) = part.articles.values()
    told: Told = json.loads(json.dumps(ask(Case(Evidence(part), article))))
    return told


def verdict_question(as_of: str) -> Question:
    """What ``tallybook verdicts`` tells of a case."""
    return Question(f"verdicts-{as_of}", partial(verdicts_told, as_of=as_of))


def verdicts_told(case: Case, as_of: str) -> Told:
    """``heading``: the finding in a sentence; ``made_up``, ``draft``: whether the article is; ``verdicts``,
    ``unmeasured``: the rows of these tables."""
    return {
        "title": case.title,
        "heading": case.answer,
        "made_up": case.article.made_up,
        "draft": case.article.is_draft,
        "verdicts": case.verdicts(as_of).to_dict("records"),
        "unmeasured": case.unmeasured().to_dict("records"),
    }

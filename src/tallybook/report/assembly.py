"""Puts the site together of its units, and checks every page that was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tallybook.book.kept_files import digest
from tallybook.book.processes import each
from tallybook.estimates.digests import key
from tallybook.report.addresses import HANDBOOK, INDEX, TAKEN_IN_BOOK, TAKEN_IN_CASE
from tallybook.report.errors import NotebookError, ReportError
from tallybook.report.kept import Kept

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from tallybook.report.case_maker import CaseJob
    from tallybook.report.executed import Executed
    from tallybook.report.handbook import Chapter
    from tallybook.report.rendering import NotebookPage
    from tallybook.report.runs import Run
    from tallybook.report.staged import Stage, Staged
    from tallybook.report.units import Links, Unit
    from tallybook.tables.case import Case
    from tallybook.tables.opened import OpenBook

CASES_A_PROCESS = 4
"""So many cases are worth another process: to start one takes about as long as the pages of two."""

OF_BOOK = "book"
"""The unit of the pages that are of no case. An article has an id of its own, and its unit is "case ID"."""


@dataclass(frozen=True)
class Assembled:
    """``files``: of the site, by their paths, the index first; ``units``: what is to be kept of them."""

    files: dict[str, bytes | Kept]
    units: dict[str, Any]


def compose(
    executed: Mapping[Run, NotebookNode],
    cases: Sequence[Case],
    general: Sequence[str] = (),
    chapters: Sequence[Chapter] = (),
) -> dict[str, bytes]:
    """All files of the site, by their paths in it, the index first. Writes nothing.

    ``general``: the names of notebooks that may have no page here, as where there is no case; ``chapters``:
    of the handbook. The pages of a case do not depend on other cases. NotebookError if a notebook makes a
    page that must not be published.
    """
    from tallybook.report.units import about_entries, book_unit, case_unit, links_of, notebook_pages

    refuse_clashes(list(executed), [case.id for case in cases] if chapters else [])
    about = about_entries(bool(chapters))
    links = links_of(list(executed), general)
    of_book = notebook_pages({run: made for run, made in executed.items() if run.case is None}, links)
    units = []
    for case in cases:
        own = {run: made for run, made in executed.items() if run.case == case.id}
        units.append(case_unit(case, own, links, of_book, about=about, alone=len(cases) == 1))
    units.insert(0, book_unit(cases, [unit.told for unit in units], of_book, chapters))
    files = _index_first({name: content for unit in units for name, content in unit.files.items()})
    texts = {name: text for unit in units for name, text in unit.texts.items()}
    _refuse_faults(texts, files, [], _called(list(executed), chapters))
    return files


def assemble(
    book: OpenBook,
    ids: Sequence[str],
    executed: Executed,
    general: Sequence[str],
    chapters: Sequence[Chapter],
    waiting: Stage,
    *,
    anew: bool,
    jobs: int = 1,
    progress: bool = False,
) -> Assembled:
    """The same as :func:`compose`, of cases by their ids, with what the last build made of the same.

    ``waiting``: where the files of cases wait for the site; ``anew``: nothing is taken over; ``jobs``:
    processes that make cases, at most. ProcessLost as of :func:`tallybook.book.processes.each`.
    """
    if anew:
        waiting.clear()
    known = {} if anew else executed.store.units()
    return _Assembly(book, ids, executed, general, chapters, known, waiting).assembled(jobs, progress)


def refuse_clashes(runs: Sequence[Run], cases: Sequence[str]) -> None:
    """NotebookError if the page of a notebook would have the place of another page, and ReportError if one of
    ``cases`` (those that may meet the handbook) has the place of the handbook."""
    if (folder := HANDBOOK.partition("/")[0]) in cases:
        raise ReportError(
            f"claims/{folder}.yaml: the handbook has this name in the site; give the article another id"
        )
    for run in runs:
        taken_names = TAKEN_IN_CASE if run.case else TAKEN_IN_BOOK
        if run.path.stem in taken_names or (run.case and run.path.stem.startswith("sources-")):
            raise NotebookError(f"{run.path.name}: its page would replace another one; give it another name")
    taken = Counter(run.page for run in runs)
    essays = [run for run in runs if run.case and not run.given and taken[run.page] > 1]
    told = [
        f"{run.case}/{run.name}: a general notebook has this name; give the essay another" for run in essays
    ]
    if told:
        raise NotebookError("\n".join(told))


class _Assembly:
    """``known``: what is kept of the units of the last build."""

    def __init__(
        self,
        book: OpenBook,
        ids: Sequence[str],
        executed: Executed,
        general: Sequence[str],
        chapters: Sequence[Chapter],
        known: Mapping[str, Any],
        waiting: Stage,
    ) -> None:
        from tallybook.report.units import about_entries, links_of

        self._waiting = waiting
        self._runs: dict[str | None, list[Run]] = {}
        for run in executed.runs:
            self._runs.setdefault(run.case, []).append(run)

        self._book, self._ids, self._executed, self._known = book, ids, executed, known
        self._links: Links = links_of(executed.runs, general)
        self._alone = len(ids) == 1
        self._chapters = chapters
        self._about = about_entries(bool(chapters))
        self._files: dict[str, Mapping[str, bytes | Kept]] = {}  # of each unit
        self._texts: dict[str, str] = {}
        self._units: dict[str, Any] = {}
        self._beyond: list[tuple[str, str, str]] = []

    def assembled(self, jobs: int, progress: bool) -> Assembled:
        keys = {id_: self._key(id_) for id_ in self._ids}
        open_ = [id_ for id_, made_of in keys.items() if not self._is_known(id_, made_of)]
        faults = self._make(open_, keys, jobs, progress)
        self._of_book([dict(self._units[_unit(id_)]["told"]) for id_ in self._ids])
        units = dict.fromkeys([*map(_unit, self._ids), *self._files])  # in whatever order they were finished
        files = _index_first({name: file for unit in units for name, file in self._files[unit].items()})
        names = _called(self._executed.runs, self._chapters)
        _refuse_faults(self._texts, files, self._beyond, names, faults)
        return Assembled(files, self._units)

    def _key(self, id_: str) -> str:
        """Of all that the files of a case are made of."""
        around = self._pages_of_book if self._alone else []
        told = [(page.path, page.title, page.question) for page in around]
        records, shown = self._executed.records.of(id_), self._of(self._runs.get(id_, []))
        return key(records, shown, self._about, self._alone, told)

    def _is_known(self, id_: str, made_of: str) -> bool:
        """Whether the files of a case are there, in the site or from a build that was stopped."""
        if self._taken(_unit(id_), made_of):
            return True
        found = self._waiting.unit(id_, made_of)
        if found is not None:
            self._add_case(id_, made_of, *found)
        return found is not None

    def _make(
        self, ids: Sequence[str], keys: Mapping[str, str], jobs: int, progress: bool
    ) -> list[tuple[str, str]]:
        """Make the files of these cases; returns (page, fault) of their pages."""
        from tallybook.report.case_maker import make_case
        from tallybook.report.progress import watch_cases

        faults: list[tuple[str, str]] = []
        processes = max(1, min(jobs, len(ids) // CASES_A_PROCESS))
        with (
            watch_cases(len(ids), show=progress) as done,
            closing(each(make_case, map(self._job, ids), processes)) as made,
        ):
            for number, case in made:
                id_ = ids[number]
                faults += case.faults
                files = self._waiting.files(id_, case.unit["files"])
                if files is None:
                    raise ReportError(
                        f"the files of {id_} were removed before the site was finished; try again"
                    )
                if not case.faults:
                    self._waiting.note(id_, keys[id_], case.unit)
                self._add_case(id_, keys[id_], case.unit, files)
                done()
        return faults

    def _job(self, id_: str) -> CaseJob:
        from tallybook.report.case_maker import CaseJob

        runs = self._runs.get(id_, [])
        return CaseJob(
            replace(self._executed.records.part(id_), lines={}),
            self._executed.bodies(runs),
            {run: self._links[run] for run in runs},
            self._pages_of_book if self._alone else [],
            self._about,
            self._alone,
            self._waiting.of(id_),
        )

    def _add_case(self, id_: str, made_of: str, unit: Mapping[str, Any], files: Mapping[str, Staged]) -> None:
        self._files[_unit(id_)] = files
        self._units[_unit(id_)] = {"key": made_of, **unit}
        self._beyond += [tuple(one) for one in unit["beyond"]]

    def _of_book(self, told: Sequence[Mapping[str, Any]]) -> None:
        from tallybook.report.units import book_unit

        first = self._book[self._ids[0]] if self._ids else None
        imprint = first.book.imprint.model_dump_json() if first else ""
        policy = repr(first.policy) if first else ""
        chapters = [repr(one) for one in self._chapters]
        made_of = key(self._of(self._runs_of_book), list(told), imprint, policy, chapters)
        if not self._taken(OF_BOOK, made_of):
            cases = [self._book[id_] for id_ in self._ids]
            unit = book_unit(cases, told, self._rendered, self._chapters)
            self._add(OF_BOOK, made_of, unit, rendered=self._of(self._runs_of_book))

    @property
    def _runs_of_book(self) -> list[Run]:
        return self._runs.get(None, [])

    @cached_property
    def _rendered(self) -> list[NotebookPage]:
        """The notebooks on the whole book."""
        from tallybook.report.units import notebook_pages

        return notebook_pages(self._executed.notebooks(self._runs_of_book), self._links)

    @cached_property
    def _pages_of_book(self) -> list[NotebookPage]:
        """The same, without their bodies where they are known without being made."""
        from tallybook.report.units import pages_told

        kept = self._known.get(OF_BOOK, {})
        if kept.get("rendered") == self._of(self._runs_of_book):
            return pages_told(kept["told"])
        return self._rendered

    def _of(self, runs: Sequence[Run]) -> str:
        """The digest of what some notebooks show, and where their links lead."""
        of_each = [(run.page, self._executed.outcome(run), dict(self._links[run])) for run in runs]
        return key(self._executed.program, of_each)

    def _taken(self, name: str, made_of: str) -> bool:
        """Whether a unit is as it was; then its files are taken over."""
        kept = self._known.get(name, {})
        files = self._executed.store.files(kept, made_of)
        if files is None:
            return False
        self._files[name] = files
        self._units[name] = kept
        self._beyond += [tuple(one) for one in kept["beyond"]]
        return True

    def _add(self, name: str, made_of: str, unit: Unit, **more: str) -> None:
        self._files[name] = unit.files
        self._texts |= unit.texts
        self._units[name] = {
            "key": made_of,
            "files": {file: digest(content) for file, content in unit.files.items()},
            "told": dict(unit.told),
            "beyond": [list(one) for one in unit.beyond],
            **more,
        }


class _Anchors(Mapping[str, Set[str]]):
    """The anchors of each file, looked up when they are first asked for."""

    def __init__(self, files: Mapping[str, bytes | Kept]) -> None:
        self._files = files
        self._found: dict[str, Set[str]] = {}

    def __getitem__(self, name: str) -> Set[str]:
        from tallybook.report.check import anchors

        if name not in self._found:
            file = self._files[name]
            content = file if isinstance(file, bytes) else file.path.read_bytes()
            self._found[name] = anchors(content.decode()) if name.endswith(".html") else frozenset()
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _unit(id_: str) -> str:
    return f"case {id_}"


def _called(runs: Sequence[Run], chapters: Sequence[Chapter]) -> dict[str, str]:
    """What a person calls the source of a page, by the page's path."""
    return {run.page: run.name for run in runs} | {one.path: one.file for one in chapters}


def _index_first(files: Mapping[str, Any]) -> dict[str, Any]:
    return {INDEX: files[INDEX], **files}


def _refuse_faults(
    texts: Mapping[str, str],
    files: Mapping[str, bytes | Kept],
    beyond: Sequence[tuple[str, str, str]],
    names: Mapping[str, str],
    known: Sequence[tuple[str, str]] = (),
) -> None:
    """NotebookError if a page may not be published. ``texts``: the pages that were made here; ``beyond``: the
    links of the others to files that were not looked at with them, each with a place in it or ""; ``names``:
    what a person calls the page of a notebook; ``known``: (page, fault) of those others."""
    from tallybook.report.check import faults
    from tallybook.report.units import Places

    anchors = _Anchors(files)
    found = list(known)
    for name, text in texts.items():
        found += [(name, fault) for fault in faults(text, Places(name, anchors))]
    for name, path, anchor in beyond:
        if path not in files:
            found.append((name, f"links to {path}, which is not a file of the report"))
        elif anchor and anchor not in anchors[path]:
            found.append((name, f"links to {anchor!r} of {path}, which is not there"))
    if found:
        told = [f"{names.get(name, name)}: its page {fault}" for name, fault in dict.fromkeys(found)]
        raise NotebookError("\n".join(told))

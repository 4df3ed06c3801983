"""Makes the files of one case, checks its pages and writes them where they wait, in whatever process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook.book import Book
from tallybook.book.kept_files import digest
from tallybook.report.runs import Run

if TYPE_CHECKING:
    from tallybook.report.pages import Entry
    from tallybook.report.rendering import NotebookPage
    from tallybook.report.units import Links, Unit


@dataclass(frozen=True)
class CaseJob:
    """``part``: of the book, of which the case is made; ``executed``: its notebooks, as JSON; ``folder``: for
    its files; the rest as of :func:`tallybook.report.units.case_unit`."""

    part: Book
    executed: Mapping[Run, bytes]
    links: Links
    around: Sequence[NotebookPage]
    about: Sequence[Entry]
    alone: bool
    folder: Path


@dataclass(frozen=True)
class MadeCase:
    """``unit``: what is noted of the files, as JSON holds it; ``faults``: what is wrong with its pages, each
    with the path of the page."""

    unit: dict[str, Any]
    faults: Sequence[tuple[str, str]]


def make_case(job: CaseJob) -> MadeCase:
    """Make, check and write the files of a case. OSError where they cannot be written.

    Links to files that are not of the case are noted, and not followed: whoever has the whole site does that.
    """
    from tallybook.estimates.evidence import Evidence
    from tallybook.report.runner import quick_nbformat
    from tallybook.report.units import case_unit
    from tallybook.tables.case import Case

    (article,) = job.part.articles.values()
    from_dict = quick_nbformat().from_dict
    executed = {run: from_dict(json.loads(body)) for run, body in job.executed.items()}
    case = Case(Evidence(job.part), article)
    unit = case_unit(case, executed, job.links, job.around, about=job.about, alone=job.alone)
    faults, beyond = _checked(unit)
    digests = {}
    for name, content in unit.files.items():
        digests[name] = digest(content)
        _write(job.folder / name, content)
    told = {
        "files": digests,
        "told": dict(unit.told),
        "beyond": [list(one) for one in dict.fromkeys((*unit.beyond, *beyond))],
    }
    return MadeCase(told, faults)


def _write(file: Path, content: bytes) -> None:
    """A new file, never into one that is there: that may have a second name in a site."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())  # it gets another name in the site, and is not written again


def _checked(unit: Unit) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """(page, fault) of its pages, and (page, path, "") of the links to files that are not of the unit."""
    from tallybook.report.check import anchors, faults
    from tallybook.report.units import Places

    own = {name: anchors(text) for name, text in unit.texts.items()} | dict.fromkeys(unit.data, frozenset())
    told, beyond = [], []
    for name, text in unit.texts.items():
        others: set[str] = set()
        told += [(name, fault) for fault in faults(text, Places(name, _Site(own, others.add)))]
        beyond += [(name, path, "") for path in sorted(others)]
    return told, beyond


class _Site(Mapping[str, Set[str]]):
    """The files of a unit with their anchors, and all others, of which it is ``asked``: they are taken to be
    there, with every anchor."""

    def __init__(self, own: Mapping[str, Set[str]], asked: Callable[[str], None]) -> None:
        self._own, self._asked = own, asked

    def __getitem__(self, name: str) -> Set[str]:
        if name in self._own:
            return self._own[name]
        self._asked(name)
        return _EVERY

    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


class _Every(Set[str]):
    """Every anchor."""

    def __contains__(self, anchor: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


_EVERY = _Every()

"""What ``check`` finds in a book in the formats that editors and build servers read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from tallybook.book.problems import Problem
from tallybook.exchange.entries import Entry, Outcome, Part, Report, Spot
from tallybook.exchange.github import github
from tallybook.exchange.junit import junit
from tallybook.exchange.sarif import sarif
from tallybook.intake.checked_book import CheckedBook, CheckedCase
from tallybook.prose import counted, quoted
from tallybook.tables.acceptance import Change
from tallybook.tables.change_words import what_changed, why_changed
from tallybook.tables.held import Held
from tallybook.terms import Checked

MOST_CHANGES = 5
"""So many changes of one claim are told in its message; a change of a width may be one of every relation."""

FORMATS: dict[str, Callable[[Report], str]] = {"junit": junit, "sarif": sarif, "github": github}
"""Each format by its name."""

_LOOKED_AT = (Checked.PROBLEM, Checked.CHANGED, Checked.NEVER, Checked.DOUBTFUL)


def report(checked: CheckedBook, folder: Path, *, strict: bool) -> Report:
    """A part of the book and one of each case held against what was accepted.

    ``folder``: of the project, as the reader of the files calls it; ``strict``: a warning fails.
    """
    parts = [_book(checked, folder, strict), *(_case(case, folder) for case in checked.cases)]
    files = dict.fromkeys(entry.spot.file for part in parts for entry in part.entries)
    kinds = Counter(entry.kind for part in parts for entry in part.entries)
    told = ", ".join(
        f"{kind.label} {kinds[kind]}" for kind in Checked if kinds[kind] and kind is not Checked.SOUND
    )
    found = {kind.value: number for kind, number in kinds.items()}
    summary = f"{parts[0].summary} ({told})" if checked.lines and told else parts[0].summary
    return Report(_LOOKED_AT, parts, list(files), summary, found)


def _book(checked: CheckedBook, folder: Path, strict: bool) -> Part:
    """The problems and warnings; where there is none, that there is none."""
    doubtful = Outcome.FAILS if strict else Outcome.WARNS
    entries = [
        *(_noted(problem, folder, Checked.PROBLEM, Outcome.FAILS) for problem in checked.problems),
        *(_noted(warning, folder, Checked.DOUBTFUL, doubtful) for warning in checked.warnings),
    ]
    summary = "; ".join(checked.lines) or counted(len(checked.problems), "problem")
    if not checked.problems:
        spot = Spot((folder / "claims").as_posix())
        name = "records of claims and sources"
        entries.insert(0, Entry(spot, Checked.SOUND, Outcome.PASSES, name, "", summary))
    return Part("book", tuple(entries), summary)


def _noted(problem: Problem, folder: Path, kind: Checked, outcome: Outcome) -> Entry:
    spot = Spot((folder / problem.file).as_posix(), problem.line)
    return Entry(spot, kind, outcome, f"{problem.file}: {problem.message}", "", problem.message)


def _case(checked: CheckedCase, folder: Path) -> Part:
    id_, held = checked.id, checked.held
    file = (folder / f"claims/{id_}.yaml").as_posix()
    if held is None:
        kind = Checked.DRAFT if checked.is_draft else Checked.NEVER
        outcome = Outcome.SKIPPED if checked.is_draft else Outcome.FAILS
        told = f"{kind.meaning}" + ("" if checked.is_draft else f"; {checked.file} is missing")
        return Part(id_, (Entry(Spot(file, 1), kind, outcome, id_, id_, told),), told)
    changed = {claim: list(found) for claim, found in groupby(held.found.all, lambda change: change.claim)}
    idle = Spot((folder / checked.file).as_posix(), 1)
    entries = [
        *(_changed(checked, file, found) for found in changed.values()),
        *_as_accepted(checked, held, file, set(changed)),
        *(
            Entry(idle, Checked.IDLE, Outcome.SKIPPED, told, "", f"{told}; no verdict or relation follows")
            for told in held.found.without_effect
        ),
    ]
    count = len(held.found.all)
    summary = f"{held.size}, as accepted"
    if count:
        summary = f"{counted(count, 'change')} since {checked.file} was written"
    return Part(id_, tuple(entries), f"{id_}: {summary}")


def _changed(checked: CheckedCase, file: str, found: list[Change]) -> Entry:
    """A claim with its changes, verdicts first."""
    claim, words = found[0].claim, found[0].words
    told = [" ".join((f"{what_changed(change)};", *why_changed(change))) for change in found[:MOST_CHANGES]]
    more = len(found) - MOST_CHANGES
    if more > 0:
        told.append(f"{counted(more, 'more change')}: tallybook check --verdicts lists them")
    name = f"{claim}  {quoted(words)}"
    spot = Spot(file, checked.line(claim))
    return Entry(spot, Checked.CHANGED, Outcome.FAILS, claim, name, " | ".join(told))


def _as_accepted(checked: CheckedCase, held: Held, file: str, changed: set[str]) -> Iterator[Entry]:
    for claim, words, verdict in held.claims:
        if claim not in changed:
            spot = Spot(file, checked.line(claim))
            yield Entry(spot, Checked.HOLDS, Outcome.PASSES, claim, quoted(words), f"{verdict}, as accepted")

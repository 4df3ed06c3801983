"""What ``check --verdicts`` prints: each change since a person accepted what the program says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import typer
from rich.text import Text

from tallybook.book.accepted import Accepted, accepted_name, read_accepted, write_accepted
from tallybook.cli.layout import INDENT, paragraph
from tallybook.cli.streams import printable
from tallybook.cli.terminal import show, terminal_width
from tallybook.prose import counted, quoted
from tallybook.tables.acceptance import Change, Changes, accepted_now, changes
from tallybook.tables.case import Case
from tallybook.tables.opened import OpenBook
from tallybook.terms import State


def check_verdicts(book: OpenBook, article: str | None, *, accept: bool) -> None:
    """Compare the cases, or that of one ``article``, with what was accepted; exit code 1 where they differ.

    ``accept``: write what they say now, and say what changed. Raises BookError for a file that cannot be read
    or written, before any is written.
    """
    root = book.book.root
    cases = [book[article]] if article is not None else list(book.values())
    for draft in [case for case in cases if case.article.is_draft]:
        _say(f"{draft.id}: {State.DRAFT.label}; no verdict of a draft is accepted")
    cases = [case for case in cases if not case.article.is_draft]
    accepted = read_accepted(root, {case.id for case in cases}, set(book))
    missing, changed = [], dict[str, int]()
    for case in cases:
        before = accepted.get(case.id)
        if before is None:
            missing.append(case.id)
            if not accept:
                _say(_never(case))
            continue
        found = changes(before, case)
        if found.all:
            changed[case.id] = len(found.all)
        _print(case, found, before)
    if accept:
        for case in cases:
            _accept(root, case, accepted.get(case.id))
    elif missing or changed:
        _say(_remedy(changed, missing, article))
        raise typer.Exit(1)


def _accept(root: Path, case: Case, before: Accepted | None) -> None:
    """Write the file of a case, unless it says the same already; then what somebody noted in it stays."""
    now, name = accepted_now(case), accepted_name(case.id)
    if now == before:
        _say(f"{name} stays as it is")
        return
    write_accepted(root, case.id, now)
    _say(f"wrote {name}: {_size(now)}{', accepted for the first time' if before is None else ''}")


def _print(case: Case, found: Changes, before: Accepted) -> None:
    """The changes of one case, claim by claim."""
    if found.all:
        told = counted(len(found.all), "change")
        _say(f"{case.id}: {told} since {accepted_name(case.id)} was written", bold=True)
    else:
        _say(f"{case.id}: {_size(before)}, as accepted")
    for claim, of_claim in groupby(found.all, key=lambda change: change.claim):
        together = list(of_claim)
        _say(f"{claim}  {quoted(together[0].words)}", bold=True)
        for change in together:
            _say(_what(change), indent=INDENT)
            for line in _why(change):
                _say(line, indent=2 * INDENT)
    if found.without_effect:
        _say("Changed since then, without effect on a verdict or relation:")
        for line in found.without_effect:
            _say(line, indent=INDENT)


def _what(change: Change) -> str:
    """What is another than was accepted, from and to."""
    if change.estimate:
        who = f"{change.estimate}  {quoted(change.said)}, {change.page}" if change.said else change.estimate
        start = who if change.what == "relation" else f"{who}: {change.what}"
    else:
        start = change.what
    if change.before is None:
        return f"{start}: new, not yet accepted: {change.after}"
    if change.after is None:
        return f"{start}: gone; accepted was: {change.before}"
    return f"{start}: from {change.before} to {change.after}"


def _why(change: Change) -> Iterable[str]:
    if len(change.because) == 1:
        yield f"because: {change.because[0]}"
    elif change.because:
        yield "because of one or more of these:"
        yield from (f"- {cause}" for cause in change.because)
    if change.now:
        yield f"reason now: {change.now}"


def _size(record: Accepted) -> str:
    relations = sum(len(claim.relations) for claim in record.claims)
    return f"{counted(len(record.claims), 'verdict')} and {counted(relations, 'relation')}"


def _never(case: Case) -> str:
    return f"{case.id}: nothing was accepted yet; {accepted_name(case.id)} is missing"


def _remedy(changed: Mapping[str, int], missing: Sequence[str], article: str | None) -> str:
    what = [counted(sum(changed.values()), "change")] if changed else []
    what += [f"{counted(len(missing), 'case')} never accepted"] if missing else []
    only = f" --article {article}" if article is not None else ""
    look = f"tallybook verdicts {next(iter((*changed, *missing)))}"
    return f"{', '.join(what)}. Look first ({look}); then accept: tallybook check --verdicts --accept{only}"


def _say(text: str, *, indent: int = 0, bold: bool = False) -> None:
    show(paragraph(Text(printable(text), style="bold" if bold else ""), terminal_width(), indent=indent))

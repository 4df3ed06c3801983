"""What ``check --verdicts`` prints: each change since a person accepted what the program says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import typer
from rich.text import Text

from tallybook.book.accepted import Accepted, accepted_name, write_accepted
from tallybook.cli.layout import INDENT, paragraph
from tallybook.cli.streams import printable
from tallybook.cli.terminal import show, terminal_width
from tallybook.intake.checked_book import CheckedCase
from tallybook.prose import counted, quoted
from tallybook.tables.acceptance import accepted_now
from tallybook.tables.case import Case
from tallybook.tables.change_words import size_of, what_changed, why_changed
from tallybook.tables.held import Held
from tallybook.terms import State


def tell_changes(cases: Sequence[CheckedCase], article: str | None, *, accept: bool) -> None:
    """Say what changed in the cases, of which one ``article`` may have been asked for; exit code 1 where
    something did.

    ``accept``: write what they say now, and say what changed. BookError for a file that cannot be written.
    """
    for draft in [checked for checked in cases if checked.is_draft]:
        _say(f"{draft.id}: {State.DRAFT.label}; no verdict of a draft is accepted")
    cases = [checked for checked in cases if not checked.is_draft]
    for checked in cases:
        if checked.held is not None:
            _print(checked.id, checked.held)
        elif not accept:
            _say(f"{checked.id}: nothing was accepted yet; {checked.file} is missing")
    if accept:
        for checked in cases:
            if checked.case is not None:
                _accept(checked.case, checked.accepted)
        return
    changed = [checked for checked in cases if checked.held and checked.held.found.all]
    missing = [checked for checked in cases if checked.is_new]
    if changed or missing:
        _say(_remedy(changed, missing, article))
        raise typer.Exit(1)


def _accept(case: Case, before: Accepted | None) -> None:
    """Write the file of a case, unless it says the same already; then what somebody noted in it stays."""
    now, name = accepted_now(case), accepted_name(case.id)
    if now == before:
        _say(f"{name} stays as it is")
        return
    write_accepted(case.book.root, case.id, now)
    _say(f"wrote {name}: {size_of(now)}{', accepted for the first time' if before is None else ''}")


def _print(case: str, held: Held) -> None:
    """The changes of one case, claim by claim."""
    found = held.found
    if found.all:
        told = counted(len(found.all), "change")
        _say(f"{case}: {told} since {accepted_name(case)} was written", bold=True)
    else:
        _say(f"{case}: {held.size}, as accepted")
    for claim, of_claim in groupby(found.all, key=lambda change: change.claim):
        together = list(of_claim)
        _say(f"{claim}  {quoted(together[0].words)}", bold=True)
        for change in together:
            _say(what_changed(change), indent=INDENT)
            for line in why_changed(change):
                _say(line, indent=2 * INDENT)
    if found.without_effect:
        _say("Changed since then, without effect on a verdict or relation:")
        for line in found.without_effect:
            _say(line, indent=INDENT)


def _remedy(changed: Sequence[CheckedCase], missing: Sequence[CheckedCase], article: str | None) -> str:
    found = sum(len(checked.held.found.all) for checked in changed if checked.held)
    what = [counted(found, "change")] if changed else []
    what += [f"{counted(len(missing), 'case')} never accepted"] if missing else []
    only = f" --article {article}" if article is not None else ""
    look = f"tallybook verdicts {next(iter((*changed, *missing))).id}"
    return f"{', '.join(what)}. Look first ({look}); then accept: tallybook check --verdicts --accept{only}"


def _say(text: str, *, indent: int = 0, bold: bool = False) -> None:
    show(paragraph(Text(printable(text), style="bold" if bold else ""), terminal_width(), indent=indent))

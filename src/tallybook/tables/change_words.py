"""A change of what a person accepted, in words."""

from __future__ import annotations

from collections.abc import Iterator

from tallybook.book.accepted import Accepted
from tallybook.prose import counted, quoted
from tallybook.tables.acceptance import Change


def what_changed(change: Change) -> str:
    """What is another than was accepted, from and to.

    "verdict today: from supported to contradicted"
    """
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


def why_changed(change: Change) -> Iterator[str]:
    """What it may follow from and what the comparison says now, a line each."""
    if len(change.because) == 1:
        yield f"because: {change.because[0]}"
    elif change.because:
        yield "because of one or more of these:"
        yield from (f"- {cause}" for cause in change.because)
    if change.now:
        yield f"reason now: {change.now}"


def size_of(record: Accepted) -> str:
    """How much was accepted: "8 verdicts and 199 relations"."""
    relations = sum(len(claim.relations) for claim in record.claims)
    return f"{counted(len(record.claims), 'verdict')} and {counted(relations, 'relation')}"

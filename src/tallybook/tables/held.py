"""A case held against what a person accepted of it, and its figures against each other, in words."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass
from typing import TYPE_CHECKING, Any

from tallybook.book import Book
from tallybook.book.accepted import Accepted, read_accepted_of
from tallybook.book.problems import BookError, Problem
from tallybook.estimates.digests import NOTHING, Named
from tallybook.tables.every_case import Question, Told
from tallybook.terms import Consistency

if TYPE_CHECKING:
    from tallybook.tables.acceptance import Changes
    from tallybook.tables.case import Case


@dataclass(frozen=True)
class Held:
    """``size``: how much was accepted, in words; ``claims``: (id, words, verdict) of each accepted claim;
    ``found``: the changes since then."""

    size: str
    claims: tuple[tuple[str, str, str], ...]
    found: Changes


def held(accepted: Accepted, case: Case) -> Held:
    """A case beside what was accepted of it."""
    from tallybook.tables.acceptance import changes
    from tallybook.tables.change_words import size_of

    claims = tuple((claim.id, claim.words, claim.today) for claim in accepted.claims)
    return Held(size_of(accepted), claims, changes(accepted, case))


def check_told(case: Case) -> Told:
    """``held``: None where nothing was accepted yet, as of every draft; ``problems``: of the file of what was
    accepted; ``figures``: those of the article that cannot all be true, each with its test and why."""
    told: Told = {"held": None, "problems": [], "figures": []}
    try:
        accepted = None if case.article.is_draft else read_accepted_of(case.book.root, case.id)
        told["held"] = asdict(held(accepted, case)) if accepted is not None else None
    except BookError as error:
        told["problems"] = [astuple(problem) for problem in error.problems]
    told["figures"] = [
        {"test": check.test, "about": list(check.about), "why": check.why}
        for check in case.self_checks()
        if check.result is Consistency.INCONSISTENT
    ]
    return told


def _accepted_names(book: Book, case: str) -> Named:
    """What was accepted names statements and pages that may be of another case by now."""
    with contextlib.suppress(BookError):
        accepted = None if book.articles[case].is_draft else read_accepted_of(book.root, case)
        if accepted is not None:
            said = accepted.statements
            return said.keys(), {fields["page"] for fields in said.values() if "page" in fields}
    return NOTHING


CHECK = Question("check", check_told, _accepted_names)
"""What ``tallybook check --all`` asks of each case."""


def held_of(told: Told) -> Held | None:
    """What :func:`check_told` has told, as it was."""
    from tallybook.tables.acceptance import Change, Changes

    known: Mapping[str, Any] | None = told["held"]
    if known is None:
        return None
    found = [Change(**{**one, "because": tuple(one["because"])}) for one in known["found"]["all"]]
    claims = tuple((id_, words, verdict) for id_, words, verdict in known["claims"])
    return Held(known["size"], claims, Changes(tuple(found), tuple(known["found"]["without_effect"])))


def problems_of(told: Told) -> list[Problem]:
    """Likewise the problems."""
    return [Problem(file, line, message) for file, line, message in told["problems"]]

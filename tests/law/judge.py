"""One case of the law run through the program, and whether what came out is right.

A value of ``expect`` that is a list means any of these. Reasons and codes are compared as words of the
vocabulary, gaps by number and direction; sentences (``says``) are shown and decide nothing.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .books import ARTICLE, CLAIM, MadeBook, as_the_claim, book_of_case
from .case_files import Case, problems_of
from .figures import figure_checks
from .gaps import fits, gap_of
from .program import Answer, Compared, Refused, answer, read_words
from .verdict_checks import verdict_checks
from .wanted import Check, Checks, check, one_of

MISREAD = re.compile(r"^the words '")
"""How a problem of ``check`` begins that is one of reading."""

CHECK_ERRORS = {
    "no rate": r"\brate\b.*\bdeclare|exchange.rate",
    "other dimension": r"counts (?!per\b)|does not convert",
    "points are not percent": r"\bpoints?\b.*\bper ?cent|per ?cent.*\bpoints?\b",
    "no period": r"no period|counts per\b",
    "words state a change": r"state a change",
    "page dated before what it reports": r"after the page was published|before what it (?:reports|tells)",
    "superseded_by: another origin": r"another origin|of origin '",
    "superseded_by: earlier": r"is (?:earlier|older)|not later",
    "superseded_by: another measure": r"another measure|of measure '",
    "a period too many": r"has no period",
    "no first month": r"first_month",
    "no date": r"not a date|no date|may mean|Write \d{4}",
}
"""The problems of ``check`` that a case may expect, each with what its message says."""


@dataclass(frozen=True)
class Outcome:
    """``misread``: words that were not read as the one figure that they hold; ``error``: what stopped it."""

    case: Case
    checks: tuple[Check, ...]
    error: str = ""
    misread: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        return not self.error and all(c.right or c.soft for c in self.checks)

    def __str__(self) -> str:
        """What is wrong, a line each: what came out, what was expected, and why."""
        lines = [self.error] if self.error else []
        lines += [str(c) for c in self.checks if not c.right and not c.soft]
        lines += [f"(not tested) {c}" for c in self.checks if c.soft and not c.right]
        lines += [f"misread: {words!r}" for words in self.misread]
        return "\n".join([*lines, f"why: {self.case.get('why', '')}"])


def judge(case: Case) -> Outcome:
    """Never raises for what the program does: an exception of it is the ``error`` of the outcome."""
    broken = "; ".join(problems_of(case))
    if broken:
        return Outcome(case, (), f"the case itself is broken: {broken}")
    try:
        outcome = _judged(case)
    except Refused as refused:
        outcome = Outcome(case, (), f"check refuses it: {'; '.join(refused.problems)}")
        if any(MISREAD.match(problem) for problem in refused.problems):
            return Outcome(case, (), outcome.error, tuple(_misread(case)) or ("see the problem",))
    except Exception:
        outcome = Outcome(case, (), traceback.format_exc(limit=-3).strip())
    if outcome.right or "text" in case:
        return outcome
    return Outcome(case, outcome.checks, outcome.error, tuple(_misread(case)))


def _judged(case: Case) -> Outcome:
    expect = case["expect"]
    if "figures" in expect:
        return Outcome(case, tuple(figure_checks(case)))
    if "check_error" in expect:
        return Outcome(case, tuple(_check_error(case)))
    found: list[Check] = []
    if "claim" in case:
        made, given = _asked(case)
        found += compared_checks(expect, made, given)
    for pair, wanted in expect.get("between", {}).items():
        first, second = map(int, str(pair).split("-"))
        made, given = _asked(as_the_claim(case, first))
        found += relation_checks(f"between {pair}", wanted, given, made.statements[second])
    return Outcome(case, tuple(found))


def compared_checks(expect: dict[str, Any], made: MadeBook, given: Answer) -> Checks:
    """Of everything that is expected of a claim."""
    for number, wanted in expect.get("relations", {}).items():
        yield from relation_checks(f"statement {number}", wanted, given, made.statements[int(number)])
    if "gap" in expect:
        yield _gap(expect["gap"], given, percent=made.percent)
    if "derived" in expect:
        yield from derived_checks(expect["derived"], given, percent=made.percent)
    yield from verdict_checks(expect, made, given)


def _asked(case: Case) -> tuple[MadeBook, Answer]:
    made = book_of_case(case)
    return made, answer(made.files, CLAIM, ARTICLE)


def _check_error(case: Case) -> Iterator[Check]:
    """That ``check`` has such a problem, and that its messages hold some words and lack others."""
    expect = case["expect"]
    keywords = one_of(expect["check_error"])
    wanted = " or ".join(keywords)
    pattern = re.compile("|".join(CHECK_ERRORS.get(key, re.escape(key)) for key in keywords), re.IGNORECASE)
    try:
        _asked(case)
    except Refused as refused:
        said = "; ".join(refused.problems)
        yield Check("check", said, wanted, any(pattern.search(p) for p in refused.problems))
        for words in one_of(expect.get("told", [])):
            yield Check("the message", said, f"with {words!r}", words in said)
        for words in one_of(expect.get("not_told", [])):
            yield Check("the message", said, f"without {words!r}", words not in said)
        return
    yield Check("check", "no problem", wanted, False)


def relation_checks(what: str, wanted: Any, given: Answer, statement: str) -> Checks:
    """``wanted``: a relation, or a mapping with ``relation``, ``reason``, ``would``, ``not`` and the like."""
    facts = wanted if isinstance(wanted, dict) else {"relation": wanted}
    got = _of_statement(given, statement)
    shown = f"{got.relation} ({got.reason})" if got.reason else got.relation
    if "not" in facts:
        wrong = one_of(facts["not"])
        yield Check(what, shown, f"not {' or '.join(wrong)}", got.relation not in wrong)
    if "relation" in facts:
        yield check(what, got.relation, facts["relation"], shown=shown)
    if "reason" in facts and got.relation in one_of(facts.get("relation", got.relation)):
        yield check(f"{what}, reason", got.reason, facts["reason"], shown=shown)
    if "would" in facts:
        yield check(f"{what}, would", got.would or "not said", facts["would"])
    if got.relation in ("agrees", "supports") and "relation" in facts:
        told = bool(facts.get("if_of_that_time", False))
        yield check(f"{what}, if of that time", got.if_of_that_time, told)


def _of_statement(given: Answer, statement: str) -> Compared:
    """What is of another measure than the claim stands beside it in no pair."""
    for pair in given.pairs:
        if pair.estimate == statement:
            return pair
    if given.measures.get(statement) != given.measures.get(""):
        return Compared(statement, "not comparable", "other measure")
    return Compared(statement, "in no pair")


def _gap(words: str, given: Answer, *, percent: bool) -> Check:
    said = gap_of(words)
    apart = [p for p in given.pairs if p.relation == "differs"] or list(given.pairs)
    if said is None or not apart:
        return Check("gap", "no pair" if said else "no number in the case", words, False)
    first = apart[0]
    shown = f"{first.gap_words!r} (gap {first.gap}, factor {first.factor})"
    return Check("gap", shown, words, fits(said, first.gap, first.factor, percent=percent))


def derived_checks(wanted: dict[str, Any], given: Answer, *, percent: bool) -> Iterator[Check]:
    """Of the derived estimate of this formula; of several, those of the one that fits best."""
    formula = str(wanted.get("formula", ""))
    made = [p for p in given.pairs if p.formula]
    fitting = [list(_derived(wanted, p, percent=percent)) for p in made if p.formula == formula]
    if not fitting:
        others = ", ".join(sorted({p.formula for p in made})) or "none"
        yield Check("derived", others, formula, False)
        return
    yield from min(fitting, key=lambda checks: sum(not c.right for c in checks))


def _derived(wanted: dict[str, Any], got: Compared, *, percent: bool) -> Iterator[Check]:
    scale = 100.0 if percent else 1.0
    value, true = (tuple(scale * x for x in ends) if ends else () for ends in (got.value, got.true))
    if "value" in wanted:
        middle = (*value, sum(value) / 2) if value else ()
        yield _number("derived, value", middle, wanted["value"])
    for place, key in enumerate(("true_low", "true_high")):
        if key in wanted:
            yield _number(f"derived, {key}", true[place : place + 1], wanted[key])
    if "modifier" in wanted:
        allowed = one_of(wanted["modifier"])
        right = any(word in allowed for word in _side(true))
        yield Check("derived, modifier", str(true), " or ".join(allowed), right)
    if "relation" in wanted:
        told = "none" if got.relation == "not comparable" else got.relation
        yield check("derived, relation", told, wanted["relation"], shown=f"{got.relation} ({got.reason})")
        if "reason" in wanted:
            reason = _why_vague(true) if got.reason == "too vague" else got.reason
            yield check("derived, reason", reason, wanted["reason"], shown=f"{got.reason}, {true}")


def _why_vague(true: tuple[float, ...]) -> str:
    """The program has one word for the two ways in which a derived value is too vague."""
    return "holds zero" if true and true[0] <= 0 <= true[1] else "wider than two to one"


def _side(true: tuple[float, ...]) -> tuple[str, ...]:
    """Which words bound a number on the open side of a zone."""
    if not true or (true[0] > 0 and true[1] != float("inf")):
        return ("exact", "about", "range")
    return ("over", "at_least") if true[1] == float("inf") else ("under", "at_most", "nearly", "up_to")


def _number(what: str, got: Iterable[float], wanted: float) -> Check:
    """To four significant digits."""
    found = tuple(got)
    right = any(abs(x - wanted) <= 5.01e-4 * abs(wanted) + 1e-12 for x in found)
    return Check(what, ", ".join(f"{x:.6g}" for x in dict.fromkeys(found)) or "none", f"{wanted:g}", right)


def _misread(case: Case) -> Iterator[str]:
    """Words of the case in which the reader does not find the one figure that they hold."""
    claim = case.get("claim") or {}
    records = [claim, *case.get("statements", [])]
    for words in (record["words"] for record in records if "words" in record):
        found = read_words(words)
        if len(found) != 1:
            yield f"{words}: {len(found)} figures"

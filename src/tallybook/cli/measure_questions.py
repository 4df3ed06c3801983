"""A new measure by questions: what the figure is, of what unit, and what is counted in a sentence.

A measure that is one of the book by another name is told before a second one is made.
"""

from __future__ import annotations

import re
from typing import Any

from tallybook.book import Book, Measure
from tallybook.book.problems import quoted_value
from tallybook.cli.keys import INDENT, Keys
from tallybook.cli.streams import printable, tell
from tallybook.intake.alike_measures import alike, amounts_for
from tallybook.intake.new_measure import (
    KIND_CHOICES,
    KindChoice,
    fitting,
    likely_kind,
    likely_unit,
    measure_data,
    measure_id,
    unreadable_unit,
)
from tallybook.intake.when_words import clause_of
from tallybook.prose import clipped
from tallybook.reading import Mention, Reading
from tallybook.terms import Kind

_FEWEST_WORDS = 2
_LONGEST_DEFINITION = 70
_NAMED = re.compile(r"(?P<id>[a-z0-9][a-z0-9_-]{1,79}): +")


def asked_measure(
    keys: Keys, book: Book, found: tuple[Mention, Reading] | None, period: str | None, before: str = ""
) -> Measure | dict[str, Any] | None:
    """A measure of the book that the person takes, the data of a new one, or None where they make none.

    ``found``: the figure that it is for, in the reading of its sentence; ``period``: when it is of;
    ``before``: what the figure before it counts.
    """
    mention = found[0] if found else None
    clause = mention.words.join(clause_of(mention, found[1].text)) if found and mention else ""
    choice = _kind(keys, likely_kind(mention, clause, period))
    guess = likely_unit(mention, choice.fields["kind"], before)
    unit = guess if choice.fields["kind"] == Kind.SHARE else _unit(keys, guess, choice.fields["kind"])
    if unit is None:
        return None
    line = keys.line("In a sentence, what is in it and what is not (ID: before it, if you like): ")
    named = _NAMED.match(line)
    definition = line[named.end() :] if named else line
    if len(definition.split()) < _FEWEST_WORDS:
        tell(f"{INDENT}no measure made: it needs a sentence that says what is counted")
        return None
    data = fitting(mention, measure_data(choice, unit, definition), book.rates)
    if isinstance(data, str):
        tell(f"{INDENT}no measure made: {printable(data)}")
        return None
    for other in alike(book, data):
        tell(f"{INDENT}{other.id} may be the same by another name: {printable(other.definition)}")
        if keys.key(f"{INDENT}[t] take that one, [m] no, another one: ") == "t":
            return other
    id_ = named["id"] if named else measure_id(definition, book.measures)
    return {"id": id_, **data, **_change_of(keys, book, data)}


def _change_of(keys: Keys, book: Book, data: dict[str, Any]) -> dict[str, Any]:
    """Whose change it is, of a change: else two amounts of the book make no such change, and one that is told
    by its base day cannot contradict one of a period."""
    offered = amounts_for(book, data)
    if not offered:
        return {}
    tell(f"{INDENT}A change of what?")
    for number, one in enumerate(offered, 1):
        tell(f"{INDENT}[{number}] {one.id}: {printable(clipped(one.definition, _LONGEST_DEFINITION))}")
    key = keys.key(f"{INDENT}which? (Enter: none of these) ")
    right = key.isascii() and key.isdecimal() and 0 < int(key[:3]) <= len(offered)
    return {"change_of": offered[int(key[:3]) - 1].id} if right else {}


def _kind(keys: Keys, likely: int) -> KindChoice:
    """What is it? On a day, over a period, since a start, a change?"""
    tell(f"{INDENT}What is counted?")
    for number, choice in enumerate(KIND_CHOICES):
        mark = "*" if number == likely else " "
        tell(f"{INDENT[:-1]}{mark}[{number}] {choice.asks}: “{choice.example}”")
    key = keys.key(f"{INDENT}which? (Enter: the one with *) ")
    return KIND_CHOICES[int(key)] if key.isdecimal() and key.isascii() else KIND_CHOICES[likely]


def _unit(keys: Keys, guess: str, kind: str) -> str | None:
    """A unit that can be read; asked again where it cannot."""
    for _ in range(3):
        told = f" (Enter: {guess})" if guess else ""
        unit = keys.line(f"In which unit, singular{told}: ") or guess
        why = unreadable_unit(unit, kind)
        if why is None:
            return unit
        tell(f"{INDENT}{quoted_value(unit)} {why}")
    return None

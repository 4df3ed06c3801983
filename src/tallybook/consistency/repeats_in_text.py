"""One thing counted twice in a text, with the same words for what happened: "Nine miners died. All 11 miners
who died …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallybook.consistency.claim_pairs import Check
from tallybook.consistency.figures import PER_CENT, level, zones
from tallybook.consistency.printed_numbers import is_measured, word_set
from tallybook.matching.numbers import meet
from tallybook.reading import Mention, Reading

TEST = "one count twice"
_DEFINITE = re.compile(r"\b(?:the|all|all the|all of the|those|these)(?: same)? $", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_PASSED = word_set("who that which have has had were was are is been be all then")
_PLACED = re.compile(
    r"\b(?:in|on|at|near|during|after|before|from|by|since|last|this)\s+(?:the\s+)?([A-Z]?[\w’'-]+)"
)
_FAR = 4
"""How many sentences may part the two."""


def repeats(reading: Reading) -> Iterator[Check]:
    """A check for every count that comes again with its noun and, where it has one, the same verb."""
    known: dict[str, tuple[int, Mention]] = {}
    sentence, at = (0, 0), 0
    for mention in reading:
        if mention.sentence != sentence:
            sentence, at = mention.sentence, at + 1
        if mention.noun is None or mention.unit is None or not level(mention) or mention.per is not None:
            continue
        if is_measured(mention.unit) or mention.unit == PER_CENT or mention.low <= 1:
            continue
        earlier = known.get(mention.unit)
        if earlier is not None and at - earlier[0] <= _FAR:
            found = _again(reading.text, earlier[1], mention)
            if found is not None:
                yield found
                continue
        known[mention.unit] = (at, mention)


def _again(text: str, first: Mention, second: Mention) -> Check | None:
    """The second as the first again; None where it may be another."""
    if first.sentence == second.sentence or not _DEFINITE.search(
        text[max(0, second.start - 24) : second.start]
    ):
        return None
    if first.noun is None or second.noun is None or first.noun.lower() != second.noun.lower():
        return None
    closes = meet(zones(first).true, zones(second).true)
    if not closes and not _of_the_same(text, first, second):
        return None
    told = f"{first.words} and then {second.words}"
    why = f"The text says {told}." if closes else f"The text says {told} of the same."
    return Check(TEST, (first.words, second.words), closes, why, None, first.start, second.end)


def _of_the_same(text: str, first: Mention, second: Mention) -> bool:
    """Whether a clause says the same of both: "came to the fair", "who came"; not of another time or place."""
    behind = text[second.end : second.sentence[1]]
    if not re.match(r" (?:who|that|which)\b", behind):
        return False
    verb = _verb(behind)
    if verb is None or verb != _verb(text[first.end : first.sentence[1]]):
        return False
    clause = re.split(r"[,;.]", behind)[0]
    before = text[first.sentence[0] : first.sentence[1]].lower()
    return all(word.lower() in before or word.islower() for word in _PLACED.findall(clause))


def _verb(behind: str) -> str | None:
    """The first word that is no auxiliary."""
    return next((w.lower() for w in _WORD.findall(behind[:60]) if w.lower() not in _PASSED), None)

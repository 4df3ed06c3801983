"""How often a hint at a slip is wrong, and how often a planted slip is found, in made-up books.

Wrong: the book has 300 figures of six measures in six places over fifteen years, each near that of the year
before, as figures are. The claims are right, and what supports them was taken out. A quarter of the figures
say something else of a claim's own time and place, so that slips of the pen are looked for as well. Every
hint is wrong there. Found: claims of the births that such a book gives, with one slip in each.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from tallybook.tables.case import Case

Record = dict[str, Any]
Make = Callable[..., Case]

PLACES = ("north", "south", "east", "west", "coast", "hills")
YEARS = range(2008, 2023)
SAID, AGAINST = 225, 75
AT_MOST_WRONG = 1 / 50
FOUND_AT_LEAST = 0.8

# kind, unit, first values from … to, how a value is printed
MEASURES: dict[str, tuple[str, str, tuple[float, float], Callable[[float], str]]] = {
    "births": ("total", "birth", (800, 90_000), lambda n: f"{n:,.0f} births"),
    "fires": ("total", "fire", (5, 400), lambda n: f"{n:,.0f} fires"),
    "spending": ("total", "pound sterling", (2e6, 9e8), lambda n: f"£{n / 1e6:.1f} million"),
    "jobless": ("share", "fraction", (0.03, 0.12), lambda n: f"{100 * n:.1f}%"),
    "smokers": ("share", "fraction", (0.1, 0.5), lambda n: f"{100 * n:.0f}%"),
    "visits": ("rate", "visit / week", (50, 5_000), lambda n: f"{n:,.0f} visits a week"),
}


def drawn(dice: random.Random) -> list[Record]:
    """All facts: measure, place, year, the words for it, and its value."""
    facts = []
    for name, (_, _, (least, most), printed) in MEASURES.items():
        for place in PLACES:
            value = least * (most / least) ** dice.random()
            for year in YEARS:
                value *= dice.uniform(0.93, 1.07)
                facts.append({"measure": name, "scope": place, "reference_period": str(year),
                              "words": printed(value), "value": value})  # fmt: skip
    return facts


def declared() -> list[Record]:
    made: list[Record] = [
        {"id": name, "kind": kind, "unit": unit, "definition": f"Made up: {name}.",
         "scopes": {place: f"the {place}" for place in PLACES}}
        for name, (kind, unit, _, _) in MEASURES.items()
    ]  # fmt: skip
    made[0]["neighbours"] = [{"measure": "visits", "because": "made up"}]
    return made


def plain(fact: Record, **more: Any) -> Record:
    return {key: value for key, value in fact.items() if key != "value"} | more


def against(fact: Record, dice: random.Random) -> Record:
    """A figure of another office of the same time and place that differs."""
    printed = MEASURES[fact["measure"]][3]
    off = fact["value"] * dice.choice((dice.uniform(0.5, 0.85), dice.uniform(1.2, 2.0)))
    return plain(fact, words=printed(min(off, 0.95) if off < 1 else off), origin="b")


def book(make: Make, seed: int) -> tuple[Case, int]:
    """The case of the right claims without support, and how many these are."""
    dice = random.Random(seed)
    facts = drawn(dice)
    dice.shuffle(facts)
    said, claimed = facts[:SAID], facts[SAID:]
    pages = [f"{fact['measure']}-{fact['scope']}" for fact in said]
    statements = [
        plain(fact, page=page, published="2025-01-01") for fact, page in zip(said, pages, strict=True)
    ]
    statements += [
        against(fact, dice) | {"page": "other", "published": "2025-01-01"} for fact in claimed[:AGAINST]
    ]
    claims = [plain(fact, cites=[dice.choice(pages)] if k % 3 == 0 else []) for k, fact in enumerate(claimed)]
    return make(statements, claims, measures=declared()), len(claims)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_right_claim_without_support_seldom_gets_a_hint(small_case: Make, seed: int) -> None:
    case, claims = book(small_case, seed)
    wrong = case.slips()
    assert len(wrong) <= AT_MOST_WRONG * claims, "\n".join(wrong["says"])


def swapped(fact: Record) -> str:
    """Its words with the first two digits that differ in each other's place; later ones still agree."""
    digits = f"{fact['value']:.0f}"
    at = next(k for k in range(len(digits) - 1) if digits[k] != digits[k + 1] and (k or digits[1] != "0"))
    return f"{int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]):,} births"


SLIPS: dict[str, Callable[[Record], Record]] = {
    "digits swapped": lambda fact: plain(fact, words=swapped(fact)),
    "×10": lambda fact: plain(fact, words=f"{round(fact['value'])}0 births"),
    "another year": lambda fact: plain(fact, reference_period=str(int(fact["reference_period"]) + 1)),
    "another place": lambda fact: plain(fact, scope=PLACES[(PLACES.index(fact["scope"]) + 1) % len(PLACES)]),
}


@pytest.mark.parametrize("change", SLIPS)
def test_a_planted_slip_is_mostly_found(small_case: Make, change: str) -> None:
    dice = random.Random(4)
    said = dice.sample(drawn(dice), SAID)
    claims = [SLIPS[change](fact) for fact in said if fact["measure"] == "births"]
    case = small_case([plain(fact, published="2025-01-01") for fact in said], claims, measures=declared())
    found = case.slips()
    assert FOUND_AT_LEAST * len(claims) <= (found["change"] == change).sum(), len(claims)

"""Small books of made-up records in every combination, as files: most are refused, and those that are not
must bear every question. JSON is YAML, and quick to write."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

MEASURES = [
    {"id": "stock", "kind": "stock", "unit": "loaf"},
    {"id": "total", "kind": "total", "cumulative": True, "unit": "loaf",
     "scopes": {"all": "all", "rye": "rye loaves"}},
    {"id": "event", "kind": "total", "once": True, "unit": "kilogram", "nouns": ["loaf"]},
    {"id": "rate", "kind": "rate", "unit": "loaf / month", "rate_of": "total"},
    {"id": "speed", "kind": "rate", "unit": "kilometer / hour"},
    {"id": "per_head", "kind": "rate", "unit": "case / 100,000 person"},
    {"id": "share", "kind": "share", "unit": "fraction",
     "shares": [{"part": "rate", "whole": "baked"}, {"part": "rate", "rest": "baked"}]},
    {"id": "baked", "kind": "rate", "unit": "loaf / year"},
    {"id": "length", "kind": "duration", "unit": "month"},
    {"id": "opening", "kind": "date", "unit": "date"},
]  # fmt: skip
UNITS = ["loaf", "loaf / month", "fraction", "percent", "day", "date", "kilometer", "loaf / person", "dollar"]
WORDS = [
    "nine loaves", "over 4,000 loaves", "4,000 to 5,000 loaves", "200 loaves a month",
    "3 million loaves a year", "half", "40 percent", "a third of the loaves", "fell by 10%", "doubled",
    "up to 12", "no loaves", "0 loaves", "twelve days", "three months", "two hours", "300 kilometers",
    "42 kilometers an hour", "$5 a loaf", "£3.5 billion", "5.3 cases per 100,000 people",
    "one loaf every seven minutes", "minus five loaves", "-5 degrees", "about 1.5 million",
    "as many as more than 6 million", "10 kilograms", "two tonnes of bread", "in June", "many",
    "4,000 loaves or 5,000 rolls", "9 quadrillion loaves", "1 in 11 million", "less than 3",
    "at least about 20 loaves",
]  # fmt: skip
DATES = [
    "2025-06-01", "2025-05", "2024", "2025-01/2025-03", "../2025-05", "2025-03/..", "2025-04~",
    "early May 2025", "0001", "0001-01-01", "9999", "9999-12-31", "2024-21", "2023-24", "2025-13", "soon",
    "2025-06-02/2025-06-01", "../..", "0001/9999", "2025-02-29", "20XX", "2025-0X",
]  # fmt: skip
STATUSES = ["observed", "planned", "forecast", "capacity"]
MODIFIERS = ["exact", "about", "nearly", "over", "at_least", "under", "at_most", "up_to", "range"]
NUMBERS = [0, 0.5, 1, 9, 40, 4_000, 1e6, 1e15, 1e29, 1e300, -3]


FITTING = {
    "stock": ["nine loaves", "over 4,000 loaves", "about 1.5 million", "half", "up to 12", "fell by 10%"],
    "total": ["4,000 to 5,000 loaves", "no loaves", "at least about 20 loaves", "40 percent", "less than 3"],
    "event": ["10 kilograms", "two tonnes of bread", "nine loaves", "a third", "0 kilograms"],
    "rate": ["200 loaves a month", "3 million loaves a year", "one loaf every seven minutes", "half"],
    "speed": ["42 kilometers an hour", "up to 60 kilometers an hour", "30 miles an hour"],
    "per_head": ["5.3 cases per 100,000 people", "53 cases per million people"],
    "share": ["half", "40 percent", "a third of the loaves", "up to 120%", "1 in 11 million"],
    "baked": ["200 loaves a month", "less than 300 loaves a year", "0 loaves a year"],
    "length": ["twelve days", "three months", "two hours", "at least a year", "half"],
    "opening": ["in June"],
}  # fmt: skip


class Maker:
    """Draws one book; of every measure and key most often what fits, so that some books are sound."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw

    def some(self, chance: float) -> bool:
        return self.draw.random() < chance

    def optional(self, into: dict[str, Any], chance: float, **values: Any) -> None:
        """Puts each key in with this chance; a list is drawn from, anything else is called."""
        for key, given in values.items():
            if self.some(chance):
                into[key] = self.draw.choice(given) if isinstance(given, list) else given()

    def span(self) -> dict[str, str]:
        start, end = (self.date(), self.date()) if self.some(0.1) else ("2024-11", "2025-05")
        return {"start": start, "end": end}

    def recorded(self) -> dict[str, Any]:
        low, high = sorted([self.draw.choice(NUMBERS), self.draw.choice(NUMBERS)])
        found: dict[str, Any] = {"because": "made up"}
        if self.some(0.7):
            found["low"] = low
        if "low" not in found or self.some(0.6):
            found["high"] = high
        self.optional(found, 0.3, modifier=MODIFIERS, open_low=[True], open_high=[True])
        self.optional(found, 0.5, unit=["loaf", "fraction", "percent", "day", "kilometer", "tonne"])
        self.optional(found, 0.3, per=["month", "year", "person", "7 minute"])
        return found

    def measures(self) -> list[dict[str, Any]]:
        found = [{"definition": "Made up.", **m} for m in MEASURES]
        if self.some(0.03):
            self.draw.choice(found)["unit"] = self.draw.choice(UNITS)
        if self.some(0.03):
            self.draw.choice(found)["rate_of"] = self.draw.choice(found)["id"]
        if self.some(0.03):
            rule = {"part": self.draw.choice(found)["id"], "whole": self.draw.choice(found)["id"]}
            self.draw.choice(found)["shares"] = [rule]
        return found

    def figure(self, ids: list[str]) -> dict[str, Any]:
        """What statements and claims share. ``ids``: those of the records that may be a base."""
        measure = self.draw.choice(self.usual)["id"]
        found: dict[str, Any] = {"measure": measure}
        found["words"] = self.draw.choice(FITTING[measure] if self.some(0.97) else WORDS)
        self.optional(found, 0.6, reference_period=self.date)
        self.optional(found, 0.05, recorded=self.recorded)
        if any(word in found["words"] for word in ("half", "third", "%", "percent", "doubled")):
            self.optional(found, 0.02 if measure == "share" else 0.95, base=ids[: len(ids) - 1] or ids)
        if measure == "total":
            self.optional(found, 0.3, scope=["all", "rye"])
        if measure == "length":
            self.optional(found, 0.3, dates=self.span)
        return found

    def date(self) -> str:
        return self.draw.choice(DATES[:12] if self.some(0.97) else DATES)

    def book(self) -> dict[str, Any]:
        measures = self.measures()
        self.usual = self.draw.sample(measures, self.draw.choice([1, 1, 2, 3]))
        ids = [f"s{k}" for k in range(self.draw.randint(1, 6))]
        statements = []
        for id_ in ids:
            made = {
                "id": id_,
                "origin": "a" if self.some(0.6) else self.draw.choice("bcd"),
                **self.figure(ids),
            }
            others = ids[ids.index(id_) + 1 :]
            if "base" in made and (others or self.some(0.9)):
                made["base"] = self.draw.choice(others or ids)
            if made["measure"] == "opening":
                made["reference_period"] = self.date()
            others = others or ids[: self.some(0.05)]
            self.optional(made, 0.2, stated=self.date, status=STATUSES, part=["a part"], joined=["or", "and"])
            self.optional(
                made, 0.15 if others else 0, relays=others, draws_on=[["a"], ["b", "c"]], part_in_time=[True]
            )
            self.optional(made, 0.2 if len(self.usual) == 1 and others else 0, superseded_by=others)
            statements.append(made)
        claims = [f"c{k}" for k in range(self.draw.randint(1, 4))]
        said = []
        for id_ in claims:
            made = {"id": id_, **self.figure(claims)}
            if "base" in made:
                made["base"] = self.draw.choice(claims[claims.index(id_) + 1 :] or claims)
            made["anchor"] = {"exact": made.pop("words"), "paragraph": 1}
            self.optional(made, 0.4, origin=list("abcd"), cites=[["p0"], ["unseen"], ["p1", "p0"]])
            if made["measure"] == "length":
                self.optional(made, 0.4, within=self.span)
            said.append(made)
        files: dict[str, Any] = {
            "claims/measures.yaml": {"measures": measures},
            "claims/bread.yaml": {
                "id": "bread", "title": "Bread", "publisher": "Crust", "language": "en",
                "published": self.draw.choice(["2025-06-30", "1600-01-01", "2999-12-31", "2025-05-01"]),
                "claims": said,
            },
            "sources/unseen.yaml": {
                "id": "unseen", "publisher": "Nobody", "kind": "primary", "seen": False, "origin": "a"
            },
            "sources/origins.yaml": self.origins(ids),
        }  # fmt: skip
        cut = self.draw.randint(0, len(ids))
        for name, part in (("p0", statements[:cut]), ("p1", statements[cut:])):
            page: dict[str, Any] = {"id": name, "publisher": name, "language": "en", "statements": part}
            page["kind"] = self.draw.choice(["primary", "secondary", "tertiary"])
            page |= {} if part else {"seen": False}
            self.optional(page, 0.7, published=["2025-06-01", "2025-07-05", "1600-01-01", "2999-12-31"])
            self.optional(page, 0.9, published_is=["inferred"])
            files[f"sources/{name}.yaml"] = page
        return files

    def origins(self, statements: list[str]) -> dict[str, Any]:
        origins: list[dict[str, Any]] = [{"id": o, "name": o.upper()} for o in "abcd"]
        for origin in origins:
            self.optional(
                origin, 0.2, speaks_for=["north", "south"], shares_with=[["a"], ["b"]],
                members=[["north"]], independent=[False],
            )  # fmt: skip
        found: dict[str, Any] = {
            "parties": {"north": "the North", "south": "the South"},
            "origins": origins,
        }
        if len(statements) > 1 and self.some(0.4):
            members = self.draw.sample(statements, self.draw.randint(2, len(statements)))
            group: dict[str, Any] = {"id": "group", "what": "one utterance", "statements": members}
            self.optional(group, 0.4, nearest=[[m] for m in members])
            found["groups"] = [group]
        if len(statements) > 1 and self.some(0.4):
            made: dict[str, Any] = {"id": "made", "assumption": "made up"}
            made["measure"] = self.usual[0]["id"]
            made["how"] = self.draw.choice(["sum", "difference", "ratio", "product"])
            made["of"] = self.draw.sample(statements, 2)
            self.optional(made, 0.3, reference_period=self.date)
            found["derivations"] = [made]
        return found


def write_book(root: Path, draw: random.Random) -> None:
    """The files of one book, in a folder that has none or those of another one."""
    for name, data in Maker(draw).book().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")

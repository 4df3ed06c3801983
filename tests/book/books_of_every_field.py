"""Small random books over all kinds of measures and all fields of a book's records, as the data of its files.

What fits is drawn most often, so that most books pass ``check`` and can be asked everything.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tallybook.book import Book, load
from tallybook.book.project_files import MEASURES, ORIGINS, ProjectFiles
from tallybook.book.yaml_lines import LineIndex, YamlFile

ORIGIN_IDS = ["a", "b", "c", "d", "e", "office"]
STATUSES = ["observed", "provisional", "planned", "forecast", "capacity"]
ARTICLE = "bread"

MEASURE_RECORDS: dict[str, dict[str, Any]] = {
    "stock": {"kind": "stock", "unit": "loaf"},
    "total": {"kind": "total", "unit": "loaf"},
    "cumulative": {"kind": "total", "cumulative": True, "unit": "loaf"},
    "event": {"kind": "total", "once": True, "unit": "person"},
    "level": {"kind": "level", "unit": "degree Celsius"},
    "index": {"kind": "level", "unit": "point"},
    "rate": {"kind": "rate", "unit": "loaf / month", "rate_of": "cumulative"},
    "baked": {"kind": "rate", "unit": "loaf / year"},
    "speed": {"kind": "rate", "unit": "kilometer / hour"},
    "per_head": {"kind": "rate", "unit": "case / 100,000 person"},
    "growth": {"kind": "rate", "unit": "fraction / year"},
    "mean": {"kind": "rate", "unit": "loaf / person", "mean_of": {"total": "total", "number": "event"}},
    "share": {"kind": "share", "unit": "fraction",
              "shares": [{"part": "rate", "whole": "baked"}, {"part": "rate", "rest": "baked"}]},
    "change": {"kind": "change", "unit": "loaf", "change_of": "stock"},
    "percent": {"kind": "change", "unit": "percent", "change_of": "stock"},
    "warmer": {"kind": "change", "unit": "degree Celsius", "change_of": "level"},
    "net": {"kind": "net", "unit": "person"},
    "price": {"kind": "stock", "unit": "pound sterling"},
    "spent": {"kind": "total", "unit": "pound sterling"},
    "length": {"kind": "duration", "unit": "month"},
    "opening": {"kind": "date", "unit": "date"},
}  # fmt: skip

LOAVES = [
    "nine loaves", "over 4,000 loaves", "4,000 to 5,000 loaves", "3 million loaves", "no loaves", "12 loaves",
    "up to 12", "at least about 20 loaves", "less than 3", "nearly 46,000 loaves", "45,756 loaves",
    "4,200 loaves", "4,100 loaves", "as many as more than 6 million", "51 ± 3 loaves", "dozens of loaves",
    "about 61,000 (95% interval: 46,404–94,987) loaves", "4,000 loaves or 5,000 rolls",
]  # fmt: skip
MONEY = [
    "£3.5 billion", "£1,200", "$5", "$4.4 billion", "about £3bn", "£1.2 million to £3 million", "3 euros",
    "at least £900", "£0.5 million",
]  # fmt: skip
PEOPLE = [
    "nine people", "over 40 people", "45,756 people", "about 45,700 people", "30 to 40 people", "no people",
]  # fmt: skip
WORDS: dict[str, list[str]] = {
    "stock": LOAVES, "total": LOAVES, "cumulative": LOAVES, "event": PEOPLE,
    "level": ["14.9 °C", "-5 degrees Celsius", "about 15 °C", "59 °F", "over 20 °C", "14 to 16 °C", "0 °C",
              "1.53 ± 0.08 °C"],
    "index": ["104.5 points", "98 points", "over 100 points", "7.1"],
    "rate": ["200 loaves a month", "3 million loaves a year", "one loaf every seven minutes",
             "up to 5,000 loaves a week", "no loaves a month", "about 12 loaves a day"],
    "baked": ["200 loaves a month", "less than 300 loaves a year", "9,000 loaves a year", "0 loaves a year"],
    "speed": ["42 kilometers an hour", "up to 60 kilometers an hour", "30 miles an hour"],
    "per_head": ["5.3 cases per 100,000 people", "53 cases per million people", "0.4 cases per 1,000 people"],
    "growth": ["3% a year", "2.5% a year", "fell by 1% a year", "up to 4% a year"],
    "mean": ["2.5 loaves per person", "three loaves a person", "0.4 loaves per person"],
    "share": ["half", "40 percent", "a third of the loaves", "up to 100%", "1 in 11 million", "34%", "35%",
              "41.3%", "51% ± 3 points", "most loaves", "one in three loaves", "0%"],
    "change": ["3,000 more loaves", "rose by 4,000 loaves", "fell by 3,000 loaves", "12 fewer loaves",
               "up by 200 loaves"],
    "percent": ["rose by 12%", "fell by 10%", "up 3%", "grew by 0.3%", "shrank by 0.3%", "rose by 2% to 4%"],
    "warmer": ["1.55 °C above the average", "1.46 °C warmer", "rose by 2 °C", "0.3 °C colder",
               "1.53 ± 0.08 °C"],
    "net": ["rose by 200 people", "685,000 people", "fell by 40 people", "906,000 more people"],
    "price": MONEY, "spent": MONEY,
    "length": ["twelve days", "three months", "two hours", "at least two years", "83 years", "6 to 9 weeks",
               "about two years"],
    "opening": ["in June", "on 3 May"],
}  # fmt: skip
SHARES = ["half", "a third", "fell by 10%", "doubled", "40 percent", "more than halved", "two thirds"]
FOREIGN = [
    ("de", "neun Brote"), ("de", "rund 4.000 Brote"), ("uk", "близько 4 мільйонів"), ("ko", "4,000개"),
]  # fmt: skip

DAYS = ["2025-05-30", "2025-05-31", "2025-04-03", "2024-11-12", "2025-06-01", "2023-02-28"]
LENGTHS = [
    "2025-05",
    "2024",
    "2025-01/2025-03",
    "2024-21",
    "2023",
    "2025-04",
    "2024-11/2025-02",
    "2024-01/2024-12",
]
OPEN = [
    "../2025-05",
    "2025-03/..",
    "2025-04~",
    "early May 2025",
    "mid-2024",
    "31 December 2024",
    "2024-12/2025-01-02",
]
HOURS = ["2025-04-03T12:00", "2025-05-30T06:00/2025-05-30T18:00", "2025-05-30T23:59", "2025-05-30T00:00"]
ENDS = ["0001", "9999", "0001-01-01", "../..", "0001/9999", "1600", "2999-12-31"]
FISCAL = ["FY2023-24", "FY2024-25", "FY2022-23"]
LEVEL_WIDTHS = {
    "about": 0.2,
    "grains": 2,
    "overshoot": 2,
    "rounding_cap": 0.01,
    "fraction": 0.2,
    "same": 0.01,
}


class BookMaker:
    """Draws one book."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        names = list(MEASURE_RECORDS)
        self.usual = draw.sample(names, draw.choice([1, 1, 2, 2, 3, 5]))
        if "opening" in self.usual and len(self.usual) == 1:
            self.usual.append("stock")
        if self.usual[0] in ("share", "rate", "mean", "change", "percent", "warmer"):  # what they follow from
            self.usual += {"share": ["rate", "baked"], "rate": ["cumulative"], "mean": ["total", "event"],
                           "warmer": ["level"]}.get(self.usual[0], ["stock"])  # fmt: skip
        self.records: dict[str, dict[str, Any]] = {}

    def some(self, chance: float) -> bool:
        return self.draw.random() < chance

    def one(self, given: Sequence[Any]) -> Any:
        return self.draw.choice(given)

    def optional(self, into: dict[str, Any], chance: float, **values: Any) -> None:
        """Puts each key in with this chance; a list is drawn from, anything else is called."""
        for key, given in values.items():
            if self.some(chance):
                into[key] = self.one(given) if isinstance(given, list) else given()

    def files(self) -> dict[str, Any]:
        """The data of each file by name, as YAML would give it."""
        self.ids = [f"s{k}" for k in range(self.draw.randint(0, 8))]
        measures = self.measures()
        claims = [self.claim(k) for k in range(self.draw.randint(1, 4))]
        statements = [self.statement(k) for k in range(len(self.ids))]
        self.replace(claims, statements)
        pages = self.pages(statements)
        article: dict[str, Any] = {
            "id": ARTICLE, "title": "Bread", "publisher": "Crust", "language": "en", "claims": claims,
            "published": self.one(["2025-06-30", "2025-06-30", "2025-06", "2025", "2025-05-31"]),
        }  # fmt: skip
        self.optional(
            article, 0.1, published_is=["stated", "inferred", "unreliable"], url=["https://example.org/a"],
            made_up=[True], reviewed_by=["Ann"], reviewed_on=["2025-07-02"],
            events=[{"war": "2022-02-24"}], related_measures=lambda: self.draw.sample(list(measures), 2),
            text=[{"sha256": "a" * 64, "characters": 12, "paragraphs": 2}], set_aside=[[ASIDE]],
            reviews=lambda: self.reviews(claims), matches=lambda: self.matches(claims, pages),
        )  # fmt: skip
        files = {
            MEASURES: {"measures": list(measures.values())},
            ORIGINS: self.origins(statements),
            f"claims/{ARTICLE}.yaml": article,
            **{f"sources/{page['id']}.yaml": page for page in pages},
        }
        self.optional(files[MEASURES], 0.3, policy=self.policy)
        self.optional(files[MEASURES], 0.6, exchange_rates=[RATES])
        if self.some(0.1):
            files["claims/other.yaml"] = {**article, "id": "other", "published": "2025-07-01"}
        if self.some(0.15):
            self.make_draft(article)
        return {name: as_text(data) for name, data in files.items()}

    def make_draft(self, article: dict[str, Any]) -> None:
        """Some claims without a measure, and guesses; what a claim with a measure names keeps its own."""
        article["state"] = "draft"
        named = {claim.get(key) for claim in article["claims"] for key in ("base", "supersedes")}
        named |= {review["claim"] for review in article.get("reviews", [])}
        for claim in article["claims"]:
            self.optional(claim, 0.5, guessed=[["measure", "status"], ["attributed_to"]])
            if claim["id"] not in named and self.some(0.5):
                del claim["measure"]

    def policy(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.optional(
            found, 0.3, about=[0, 0.1, 1], grains=[1, 5, 100], overshoot=[1, 1.5, 100], rounding_cap=[0, 0.5],
            fraction=[0, 0.5], same=[0, 0.1], window_days=[0, 31, 36600], tolerance=[0, 0.1, 0.5],
        )  # fmt: skip
        return found

    def measures(self) -> dict[str, dict[str, Any]]:
        found = {}
        for id_, given in MEASURE_RECORDS.items():
            made = {"id": id_, "definition": "Made up.", **given}
            kind, usual = given["kind"], id_ in self.usual
            if kind == "date":
                found[id_] = made
                continue
            self.optional(
                made, 0.3 * usual, window_days=[0, 3, 40, 36600], neighbours=lambda i=id_: self.near(i)
            )
            self.optional(
                made,
                0.1,
                policy=lambda: (
                    {key: width for key, width in LEVEL_WIDTHS.items() if self.some(0.5)}
                    | {"reason": "made up"}
                ),
            )
            if usual and self.some(0.5):
                made["scopes"] = {"all": "all of it", "rye": "rye alone", "dark": "dark rye alone"}
                if kind in ("total", "stock", "share", "rate") and self.some(0.6):
                    made["inside"] = {"rye": {"of": "all", "because": "rye is bread"}}
                    if self.some(0.4):
                        made["inside"]["dark"] = {"of": "rye", "because": "it is rye"}
            if kind == "level":
                self.optional(made, 0.3, moment=["at noon"])
            if kind not in ("total", "date"):
                self.optional(made, 0.15, spread=lambda k=kind: self.spread(k))
            if not made.get("cumulative"):
                self.optional(made, 0.1, once=[True])
            self.optional(made, 0.5, first_month=[4, 7, 10])
            self.optional(made, 0.1, nouns=[["roll", "bread"]])
            found[id_] = made
        if "scopes" in found["share"] and self.some(0.5):
            found["share"]["shares"] = [{**rule, "scope": "rye"} for rule in found["share"]["shares"]]
        if self.some(0.12):
            self.bend(self.one([found[id_] for id_ in self.usual if id_ != "opening"]))
        self.records = found
        return found

    def bend(self, measure: dict[str, Any]) -> None:
        """What a measure follows from is another one, of whatever kind; many of these are refused."""
        others = [id_ for id_ in MEASURE_RECORDS if id_ != measure["id"]]
        match measure["kind"]:
            case "rate":
                measure.pop("rate_of", None)
                measure["mean_of"] = {"total": self.one(others), "number": self.one(others)}
            case "share":
                measure["shares"] = [
                    {"part": self.one(others), self.one(["whole", "rest"]): self.one(others)}
                ]
            case "change":
                measure["unit"] = self.one(["percent", "fraction", measure["unit"]])
                measure["change_of"] = self.one(others)
            case "duration":
                measure["unit"] = self.one(["day", "year", "hour"])
            case "level":
                measure["unit"] = self.one(["degree Fahrenheit", "point"])
        for key in ("mean_of", "shares", "change_of"):
            if key in measure:
                self.usual += [id_ for id_ in _names_in(measure[key]) if id_ not in self.usual]

    def near(self, id_: str) -> list[dict[str, str]]:
        return [{"measure": self.one([m for m in MEASURE_RECORDS if m != id_]), "because": "taken for it"}]

    def spread(self, kind: str) -> dict[str, Any]:
        found: dict[str, Any] = {"value": self.one([0.01, 0.1, 40]), "because": "methods part"}
        self.optional(found, 0.5, source=["p0"])
        return found

    # Figures

    def words(self, measure: str) -> str:
        return self.one(WORDS[measure])

    def period(self, measure: str) -> str:
        kind = MEASURE_RECORDS[measure]["kind"]
        chance = self.draw.random()
        if chance < 0.04:
            return self.one(ENDS)
        if chance < 0.15:
            return self.one(OPEN)
        if chance < 0.2:
            return self.one(HOURS)
        if chance < 0.3 and "first_month" in self.records[measure]:
            return self.one(FISCAL)
        if kind in ("stock", "level") or "cumulative" in MEASURE_RECORDS[measure]:
            return self.one(DAYS + LENGTHS[:2])
        return self.one(LENGTHS + DAYS[:2])

    def figure(self, id_: str, later: Sequence[str]) -> dict[str, Any]:
        """What statements and claims share. ``later``: the ids that may be its base."""
        measure = self.one([m for m in self.usual if m != "opening"])
        record, kind = self.records[measure], MEASURE_RECORDS[measure]["kind"]
        found: dict[str, Any] = {"id": id_, "measure": measure, "words": self.words(measure)}
        self.optional(found, 0.65, reference_period=lambda: self.period(measure))
        if kind == "change":
            self.optional(found, 0.4, base_period=["1850/1900", "2024-05", "1991-01/2020-12", "2023"])
        if "scopes" in record:
            self.optional(found, 0.4, scope=list(record["scopes"]))
        if self.some(0.03):
            found["words"] = "a word that nobody reads"
            found["recorded"] = self.recorded(measure)
        self.optional(found, 0.15, status=STATUSES, joined=["or", "and"])
        self.optional(found, 0.05, remark=["A remark."])
        if "or 5" in found["words"]:
            found.pop("joined", None)
        span = {"start": "2024-11", "end": self.one(["2025-05", "early May 2025", "2024-11-30"])}
        if kind == "duration":
            self.optional(found, 0.3, dates=[span])
        if (
            kind in ("total", "stock", "rate")
            and measure not in ("per_head", "growth")
            and later
            and self.some(0.1)
        ):
            found["words"], found["base"] = self.one(SHARES), None
            found.pop("recorded", None)
        return found

    def recorded(self, measure: str) -> dict[str, Any]:
        low, high = sorted([self.one([0, 0.5, 1, 9, 40, 4000, 1e6, 1e15, 1e29]), self.one([1, 40, 5000])])
        if measure == "share":
            low, high = 0.2, 0.4
        found: dict[str, Any] = {"because": "made up", "low": low}
        self.optional(found, 0.5, high=[high])
        self.optional(found, 0.2, open_high=[True], open_low=[True])
        self.optional(found, 0.2, modifier=["about", "exact", "over", "up_to", "nearly"])
        per = MEASURE_RECORDS[measure]["unit"].partition(" / ")[2]
        if per:
            found["per"] = per
        self.optional(found, 0.2, unit=[MEASURE_RECORDS[measure]["unit"].partition(" / ")[0]])
        return found

    def statement(self, k: int) -> dict[str, Any]:
        id_, later = self.ids[k], self.ids[k + 1 :]
        if "opening" in self.usual and self.some(0.2):
            return {
                "id": id_,
                "measure": "opening",
                "words": "in June",
                "reference_period": "2025-05",
                "origin": "a",
            }
        made = self.figure(id_, later)
        if self.some(0.12):
            made["origins"] = self.draw.sample(ORIGIN_IDS, 2)
        else:
            made["origin"] = self.one(ORIGIN_IDS)
        self.optional(made, 0.15, part=["in the north"], stated=["2025-05-30", "2025-05", "2024-11-12"])
        self.optional(made, 0.06, refused=[{"by": "Ann", "why": "a typing error"}])
        self.optional(made, 0.1, translation=["some loaves"], translated_by=["Ann"])
        self.optional(made, 0.1, draws_on=[["a"], ["b", "c"]], via=[["Reuters"]], speaker=["Bo"],
                      speaker_org=["an office"], scope_note=["a note"])  # fmt: skip
        if "part" in made:
            self.optional(made, 0.3, part_in_time=[True])
        if later:
            self.optional(made, 0.2, relays=list(later))
        if "base" in made:
            made["base"] = self.one(later)
        return made

    def claim(self, k: int) -> dict[str, Any]:
        made = self.figure(f"c{k}", [f"c{j}" for j in range(k)])
        if "base" in made:
            made["base"] = f"c{self.draw.randrange(k)}"
        made["anchor"] = {"exact": made.pop("words"), "paragraph": 1}
        self.optional(made, 0.4, origin=ORIGIN_IDS, cites=[["p0"], ["unseen"], ["p1", "p0"], ["p1"]])
        self.optional(made, 0.15, attributed_to=["Origin A", "some estimates", "experts"],
                      also=[[{"exact": "again", "paragraph": 2}]])  # fmt: skip
        if self.ids:
            self.optional(
                made, 0.5 if made.get("status") in ("planned", "forecast") else 0.02, outcome=list(self.ids)
            )
        if MEASURE_RECORDS[made["measure"]]["kind"] == "duration":
            self.optional(made, 0.3, within=[{"start": "2024-01", "end": "2025-12"}])
        return made

    def replace(self, claims: list[dict[str, Any]], statements: list[dict[str, Any]]) -> None:
        """One figure made the newer one of another, of its own origin, measure and scope."""
        for records in (claims, statements):
            if len(records) < 2 or not self.some(0.3):
                continue
            old, new = self.draw.sample(records, 2)
            if "opening" in (old["measure"], new["measure"]) or "base" in old or "base" in new:
                continue
            for same in ("measure", "scope", "origin", "origins", "words", "recorded", "anchor",
                         "base_period", "dates", "within", "joined"):  # fmt: skip
                new.pop(same, None)
                if same in old:
                    new[same] = old[same]
            for name in ("words", "recorded"):
                new.pop(name, None)
            fresh = self.words(old["measure"])
            new |= {"words": fresh} if records is statements else {"anchor": {"exact": fresh, "paragraph": 3}}
            new.pop("joined", None)
            old.pop("stated", None)
            new.pop("stated", None)
            if "reference_period" in old:
                new["reference_period"] = old["reference_period"]
            if records is claims:
                new["supersedes"] = old["id"]
            elif int(old["id"][1:]) < int(new["id"][1:]):
                old["superseded_by"] = new["id"]

    # Pages and origins

    def pages(self, statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
        cut = self.draw.randint(0, len(statements))
        unseen: dict[str, Any] = {"id": "unseen", "publisher": "Nobody", "kind": "primary", "seen": False}
        self.optional(unseen, 0.5, origin=ORIGIN_IDS, what=["a report"])
        found = [unseen]
        for name, part in (("p0", statements[:cut]), ("p1", statements[cut:])):
            drafted = {"id": f"{name}-draft", "words": "12 loaves", "guessed": ["words"]}
            both = [*part, *([drafted] if part and self.some(0.1) else [])]
            page: dict[str, Any] = {"id": name, "publisher": name, "language": "en", "statements": both}
            page["kind"] = self.one(["primary", "secondary", "tertiary"])
            self.optional(page, 0.75, published=["2025-06-01", "2025-07-05", "2025-06", "2025-06-29"])
            self.optional(page, 0.2, published_is=["stated", "inferred", "unreliable"], copy_of=[ARTICLE])
            self.optional(page, 0.3, kept=["whole", "excerpt"], read_on=["2026-01-02"], title=["A title"])
            self.optional(page, 0.1, url=["https://example.org/p"], guessed=[["kind", "publisher"]])
            digest = "0" * 64
            self.optional(page, 0.1, snapshot=[{"sha256": digest, "taken": "2026-01-02"}])
            self.optional(page, 0.1, text=[{"sha256": digest, "characters": 9, "paragraphs": 1}])
            if len(both) > len(part) and page.get("kept") == "whole":
                page["kept"] = "excerpt"
            if not part and "kept" not in page:
                page |= {"seen": False}
            found.append(page)
        if self.some(0.15) and any(m in ("stock", "total", "cumulative") for m in self.usual):
            language, words = self.one(FOREIGN)
            recorded = {"low": 4000, "because": "not read", "modifier": "about"}
            measure = self.one([m for m in self.usual if m in ("stock", "total", "cumulative")])
            made = {"id": "foreign", "measure": measure, "origin": "b", "words": words, "recorded": recorded}
            page = {
                "id": "p2",
                "publisher": "P2",
                "language": language,
                "kind": "secondary",
                "statements": [made],
            }
            found.append(page)
        if self.some(0.15):
            found += [self.table(m) for m in self.usual if m in ("stock", "total", "cumulative")][:1]
        return found

    def table(self, measure: str) -> dict[str, Any]:
        """A page whose one statement was computed from a table."""
        table: dict[str, Any] = {"file": "sources/tables/bread.csv", "sha256": "a" * 64}
        self.optional(table, 0.5, sheet=["2025"], header=[3])
        query = {"sql": "SELECT sum(loaves) FROM data", "value": 4000, "rows": 2, "which": "2-3",
                 "rows_sha256": "b" * 64}  # fmt: skip
        made = {"id": "computed", "measure": measure, "origin": "office", "words": "4,000 loaves",
                "query": query}  # fmt: skip
        return {"id": "p3", "publisher": "P3", "language": "en", "kind": "primary", "table": table,
                "statements": [made]}  # fmt: skip

    def origins(self, statements: list[dict[str, Any]]) -> dict[str, Any]:
        origins: list[dict[str, Any]] = [{"id": o, "name": f"Origin {o.upper()}"} for o in ORIGIN_IDS]
        for origin in origins:
            self.optional(
                origin, 0.12, speaks_for=["north", "south"], shares_with=[["a"], ["b", "c"]],
                members=[["north"], ["a", "b"], ["e"]], independent=[False], measures=[True],
                party_to=["the war"], method=["counting"],
            )  # fmt: skip
        origins[-1]["measures"] = True
        found: dict[str, Any] = {"parties": {"north": "the North", "south": "the South"}, "origins": origins}
        if len(statements) > 1 and self.some(0.4):
            members = self.draw.sample(self.ids, self.draw.randint(2, len(self.ids)))
            group: dict[str, Any] = {"id": "group", "what": "one utterance", "statements": members}
            self.optional(group, 0.4, nearest=[[m] for m in members])
            found["groups"] = [group]
        if len(statements) > 1 and self.some(0.5):
            found["derivations"] = [self.derivation(statements)]
        return found

    def derivation(self, statements: list[dict[str, Any]]) -> dict[str, Any]:
        of = self.draw.sample(statements, 2)
        made: dict[str, Any] = {"id": "made", "assumption": "made up", "of": [s["id"] for s in of]}
        alike = {s["measure"] for s in of}
        made["how"] = self.one(["sum", "difference"] if len(alike) == 1 else ["ratio", "product"])
        made["measure"] = (
            next(iter(alike)) if len(alike) == 1 else self.one(["share", "rate", "stock", "mean"])
        )
        self.optional(made, 0.3, reference_period=lambda: self.period(made["measure"]))
        if "scopes" in self.records[made["measure"]]:
            self.optional(made, 0.3, scope=["all", "rye"])
        return made

    def reviews(self, claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = {
            "claim": claims[0]["id"],
            "says": "supported",
            "by": "Ann",
            "on": "2026-01-02",
            "why": "I saw it",
        }
        if self.ids and self.some(0.3):
            found |= {"estimate": self.one(self.ids), "says": "agrees"}
        return [found]

    def matches(self, claims: list[dict[str, Any]], pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
        said = {"claim": claims[0]["id"], "says": self.one(["bears", "refused"]), "on": "2026-01-02"}
        named: list[dict[str, Any]] = [{"file": "bakers/letter.txt", "words": "nine loaves"}]
        named += [{"statement": id_} for id_ in self.ids[:1]]
        named += [{"source": page["id"], "words": "up to 12 loaves"} for page in pages[:1]]
        return [said | {"why": "I saw it"} | one for one in named]


ASIDE = {"anchor": {"exact": "152 mm", "paragraph": 1}, "kind": "calibre", "because": "it is a size"}
RATES = [
    {"of": "dollar", "to": "pound sterling", "value": 0.79, "on": "2025-01-01", "source": "the bank"},
    {"of": "euro", "to": "pound sterling", "value": 0.85, "on": "2025", "source": "the bank"},
]


def _names_in(value: Any) -> list[str]:
    """The ids of measures in a rule."""
    if isinstance(value, dict):
        return [id_ for item in value.values() for id_ in _names_in(item)]
    if isinstance(value, list):
        return [id_ for item in value for id_ in _names_in(item)]
    return [value] if value in MEASURE_RECORDS else []


def as_text(value: Any) -> Any:
    """Scalars as text, as YAML is read here; None stays."""
    if isinstance(value, dict):
        return {str(key): as_text(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_text(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)


def random_files(seed: int) -> dict[str, Any]:
    return BookMaker(random.Random(seed)).files()


def book_of_files(files: Mapping[str, Any], root: Path) -> Book:
    """The book of some data, without a disk. Raises BookError."""
    folders: dict[str, dict[str, YamlFile]] = {"claims": {}, "sources": {}}
    for name, data in files.items():
        folder, _, stem = name.removesuffix(".yaml").partition("/")
        folders[folder][stem] = YamlFile(LineIndex(name), data)
    measures, origins = folders["claims"].pop("measures"), folders["sources"].pop("origins")
    return load.book_of(ProjectFiles(measures, origins, folders["claims"], folders["sources"]), root)

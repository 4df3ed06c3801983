"""A case of the law as the data of a project's files, so that it goes through all the checks of a book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .case_files import BrokenCases, Case
from .case_units import is_percent, unit_of
from .measures import MAIN, measure_of, measure_records
from .names import Names

ARTICLE, CLAIM, LATER, EARLIER = "article", "claim", "later-claim", "earlier-claim"
NOBODY = "unknown"
NO_DAY = {"published": "2099-01-01", "published_is": "unreliable"}
"""Of an article whose date the case does not give: a day after all others, marked as none to go by."""

_AS_THEY_ARE = ("reference_period", "base_period", "status", "joined", "dates")
_OF_A_STATEMENT = (*_AS_THEY_ARE, "stated", "speaker", "part_in_time")


@dataclass(frozen=True)
class MadeBook:
    """``files``: by name, each the data that its YAML would give. ``percent``: the numbers of the case are
    percentages where the unit of the claim's measure is a fraction."""

    files: dict[str, Any]
    statements: dict[int, str]
    origins: Names
    parties: Names
    percent: bool

    def number_of(self, estimate: str) -> int | None:
        """Which statement of the case an estimate is."""
        return next((n for n, id_ in self.statements.items() if id_ == estimate), None)


def book_of_case(case: Case) -> MadeBook:
    """BrokenCases where the case contradicts itself."""
    maker = _Maker(case)
    measures = measure_records(case, maker.measures, maker.scopes)
    files = {
        "claims/measures.yaml": measures,
        f"claims/{ARTICLE}.yaml": maker.article(),
        **{f"sources/{source['id']}.yaml": source for source in maker.sources()},
        "sources/origins.yaml": maker.origins_file(),
    }
    ids = {number: f"s{number}" for number in range(1, len(maker.statements) + 1)}
    claimed = measure_of(case, case["claim"])
    percent = is_percent(claimed["unit"]) and unit_of("%", claimed["kind"]) == "fraction"
    return MadeBook(as_in_yaml(files), ids, maker.origins, maker.parties, percent)


def as_the_claim(case: Case, number: int) -> Case:
    """The case with one of its statements in the place of the claim; the others keep their numbers."""
    first = case["statements"][number - 1]
    kept = ("words", "measure", "origin", "published", "scope", *_AS_THEY_ARE)
    return case | {"claim": {key: first[key] for key in kept if key in first}}


def as_in_yaml(value: Any) -> Any:
    """Scalars as text, as this project reads YAML; keys too. None stays."""
    if isinstance(value, dict):
        return {as_in_yaml(key): as_in_yaml(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [as_in_yaml(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)


class _Maker:
    """The files of one case. Origins are collected on the way, so that their file is made last."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.statements: list[dict[str, Any]] = case.get("statements") or []
        self.measures, self.scopes = Names(), Names()
        self.origins, self.parties, self.pages = Names(), Names(), Names(["origins"])
        self._unseen: dict[str, Any] = {}

    def article(self) -> dict[str, Any]:
        claim = self.case["claim"]
        records = [self._claim(claim, CLAIM)]
        for key, id_ in (("replaced_by", LATER), ("replaces", EARLIER)):
            if key in claim:
                inherited = {k: claim[k] for k in ("measure", "origin", "scope") if k in claim}
                records.append(self._claim(inherited | claim[key], id_))
        if "replaced_by" in claim:
            records[1]["supersedes"] = CLAIM
        if "replaces" in claim:
            records[0]["supersedes"] = EARLIER
        dated = {"published": claim["published"]} if "published" in claim else NO_DAY
        return {
            "id": ARTICLE, "title": self.case["id"], "publisher": "The paper", "language": "en",
            **dated, "claims": records,
        }  # fmt: skip

    def _claim(self, claim: dict[str, Any], id_: str) -> dict[str, Any]:
        return {
            "id": id_,
            "measure": self.measures.id(claim.get("measure", self._first_measure())),
            "anchor": {"exact": claim["words"], "paragraph": 1},
            "attributed_to": claim.get("attributed_to"),
            "origin": self._origin(claim.get("origin")),
            "cites": [self._cited(cited, claim) for cited in claim.get("cites", [])],
            "scope": self._scope(claim),
            "outcome": self._statement_id(claim.get("outcome")),
            "part": "a part of it" if claim.get("part") is True else claim.get("part"),
            **{key: claim[key] for key in _AS_THEY_ARE if key in claim},
        }

    def sources(self) -> list[dict[str, Any]]:
        """A page for each name, with its statements; then the pages that nobody has seen."""
        found: dict[str, dict[str, Any]] = {}
        for number, statement in enumerate(self.statements, 1):
            page = self._page(self._page_name(number), found)
            self._tell(page, "published", statement.get("published"))
            self._tell(page, "kind", statement.get("tier"))
            self._tell(page, "copy_of", ARTICLE if statement.get("copy") else None)
            page["statements"].append(self._statement(number, statement))
        for cited in self.case["claim"].get("cites", []):
            if not isinstance(cited, int) and not self._is_unseen(cited):
                self._page(cited, found)
        for given, facts in (self.case.get("pages") or {}).items():
            name = self._page_name(given) if isinstance(given, int) else given
            page = self._page(name, found)
            for key, value in (facts or {}).items():
                self._tell(page, "kind" if key == "tier" else key, value)
        for page in found.values():
            page.setdefault("kind", "secondary")
        return [*found.values(), *self._unseen.values()]

    def _statement(self, number: int, statement: dict[str, Any]) -> dict[str, Any]:
        refused = statement.get("refused")
        return {
            "id": f"s{number}",
            "measure": self.measures.id(statement.get("measure", self._first_measure())),
            "words": statement["words"],
            "origin": self._origin(statement.get("origin")),
            "origins": [self._origin(name) for name in statement.get("origins", [])],
            "draws_on": [self._origin(name) for name in statement.get("draws_on", [])],
            "scope": self._scope(statement),
            "part": "a part of it" if statement.get("part") is True else statement.get("part"),
            "refused": refused,
            **{key: self._statement_id(statement.get(key)) for key in ("relays", "base", "superseded_by")},
            **{key: statement[key] for key in _OF_A_STATEMENT if key in statement},
        }

    def origins_file(self) -> dict[str, Any]:
        """All origins that were named; one that is not listed in the case speaks for itself."""
        given: dict[str, dict[str, Any]] = {k: v or {} for k, v in (self.case.get("origins") or {}).items()}
        parties = {facts["speaks_for"] for facts in given.values() if "speaks_for" in facts}
        records = {}
        for name, facts in given.items():
            members = facts.get("members", [])
            records[self._origin(name)] = {
                "speaks_for": self.parties.id(facts["speaks_for"]) if "speaks_for" in facts else None,
                "measures": facts.get("measures"),
                "shares_with": [self._origin(other) for other in facts.get("shares_with", [])],
                "members": [self.parties.id(m) if m in parties else self._origin(m) for m in members],
            }
        if not self.origins.all():
            self.origins.id("nobody")  # a file of origins holds one at least
        origins = [
            {"id": id_, "name": name, "independent": name != NOBODY, **records.get(id_, {})}
            for id_, name in self.origins.all().items()
        ]
        made = _sum_of_parts(self.case, self.measures, len(self.statements))
        return {"parties": self.parties.all(), "origins": origins, "derivations": made}

    def _first_measure(self) -> str:
        if "measures" not in self.case:
            return MAIN
        return str(self.case["claim"].get("measure", next(iter(self.case["measures"]))))

    def _origin(self, name: str | None) -> str | None:
        return None if name is None else self.origins.id(name)

    def _scope(self, record: dict[str, Any]) -> str | None:
        return self.scopes.id(record["scope"]) if "scope" in record else None

    def _statement_id(self, number: int | None) -> str | None:
        return None if number is None else f"s{number}"

    def _page_name(self, number: int) -> str:
        if not 1 <= number <= len(self.statements):
            raise BrokenCases(f"{self.case['id']}: there is no statement {number}")
        return str(self.statements[number - 1].get("page", f"page {number}"))

    def _page(self, name: str, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
        return found.setdefault(
            name,
            {"id": self.pages.id(name), "publisher": name, "language": "en", "statements": []},
        )

    def _tell(self, page: dict[str, Any], key: str, value: Any) -> None:
        if value is not None and page.setdefault(key, value) != value:
            raise BrokenCases(f"{self.case['id']}: page {page['publisher']!r} has two values of {key!r}")

    def _is_unseen(self, cited: str) -> bool:
        named = {*(self.case.get("pages") or {}), *(s.get("page") for s in self.statements)}
        return "not seen" in cited and cited not in named

    def _cited(self, cited: int | str, claim: dict[str, Any]) -> str:
        if isinstance(cited, int):
            return self.pages.id(self._page_name(cited))
        id_ = self.pages.id(cited)
        if self._is_unseen(cited):
            self._unseen[id_] = {
                "id": id_, "publisher": cited, "what": cited, "kind": "secondary", "seen": False,
                "origin": self._origin(claim.get("origin")),
            }  # fmt: skip
        return id_


def _sum_of_parts(case: Case, measures: Names, count: int) -> list[dict[str, Any]]:
    """The declaration of a sum, where the case expects one."""
    derived = case["expect"].get("derived", {})
    if "sum" not in str(derived.get("formula", "")):
        return []
    measure = measures.id(case["claim"].get("measure", MAIN))
    parts = [f"s{number}" for number in range(1, count + 1)]
    why = "the parts do not overlap"
    return [{"id": "sum", "measure": measure, "how": "sum", "of": parts, "assumption": why}]

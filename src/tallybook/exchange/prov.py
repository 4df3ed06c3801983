"""Where each verdict comes from, as PROV-JSON: claim, statement, page, and the program that judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import tallybook
from tallybook.estimates.estimate import Estimate
from tallybook.exchange.claimreview import verdict_words
from tallybook.exchange.json_text import json_bytes
from tallybook.exchange.outlet import Outlet, address, dated, pages_of, web_address
from tallybook.tables.case import Case

SCHEMA = "http://schema.org/"
TERMS = "urn:tallybook:"
"""Of the words that PROV does not have: the relation of an estimate to a claim, what a family is."""


def files(case: Case, outlet: Outlet) -> Iterator[tuple[str, bytes]]:
    """One file."""
    yield "prov.json", json_bytes(document(case))


def document(case: Case) -> dict[str, Any]:
    """The entities (article, claims, pages, statements, derived estimates, verdicts), the judging of each
    claim as an activity, its agents, and what came of what. No time is given: none is recorded."""
    return _Document(case).made()


class _Document:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.parts: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)

    def made(self) -> dict[str, Any]:
        self.agents()
        self.article()
        self.pages()
        for estimate in self.case.comparison().estimates.values():
            self.estimate(estimate)
        for claim in self.case.comparison().claims:
            self.verdict(claim)
        prefixes = {
            "case": f"{address(self.case, 'case')}#", "schema": SCHEMA, "tallybook": TERMS,
        }  # fmt: skip
        return {"prefix": prefixes, **self.parts}

    def agents(self) -> None:
        self._add("agent", "case:tallybook", {
            "prov:type": {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"},
            "prov:label": f"tallybook {tallybook.__version__}",
            "schema:softwareVersion": tallybook.__version__,
        })  # fmt: skip
        book = self.case.book
        for estimate in self.case.comparison().estimates.values():
            id_ = estimate.statement.speaker_id
            self._add("agent", _origin(id_), {"prov:label": book.origins[id_].name})

    def article(self) -> None:
        article = self.case.article
        self._add("entity", "case:article", _told({
            "prov:label": article.title, "schema:url": web_address(article.url),
            "schema:publisher": article.publisher,
        }))  # fmt: skip
        for claim in article.claims:
            words = {"prov:label": claim.anchor.exact, "prov:type": "claim"}
            self._add("entity", _claim(claim.id), words)
            self._quoted(_claim(claim.id), "case:article")

    def pages(self) -> None:
        for page in pages_of(self.case):
            self._add("entity", _page(page.id), _told({
                "prov:label": page.title or page.what or page.publisher,
                "prov:type": "page" if page.seen else "page that nobody has seen",
                "schema:url": web_address(page.url),
                "schema:publisher": page.publisher,
                "schema:datePublished": dated(page.dated),
                "tallybook:read_on": page.read_on.isoformat() if page.read_on else None,
            }))  # fmt: skip

    def estimate(self, estimate: Estimate) -> None:
        """A statement is quoted from its page; a derived figure is derived from others."""
        name = _estimate(estimate.id)
        if estimate.derived:
            told = {"prov:label": estimate.formula, "prov:type": "derived figure"}
            self._add("entity", name, told)
            for id_ in estimate.inputs:
                self._derived(name, _estimate(id_))
            return
        self._add("entity", name, {"prov:label": estimate.words, "prov:type": "statement"})
        self._quoted(name, _page(estimate.source.id))
        self._add("wasAttributedTo", f"_:said-{name}", {
            "prov:entity": name, "prov:agent": _origin(estimate.statement.speaker_id),
        })  # fmt: skip
        if estimate.statement.relays:
            self._derived(name, _estimate(estimate.statement.relays))

    def verdict(self, claim: str) -> None:
        comparison = self.case.comparison()
        judged = comparison.verdicts[claim]
        name, act = f"case:verdict/{claim}", f"case:judging/{claim}"
        self._add("entity", name, {
            "prov:label": verdict_words(judged), "prov:type": "verdict", "prov:value": judged.verdict.value,
        })  # fmt: skip
        self._add("activity", act, {"prov:label": f"judging {claim}"})
        self._add("wasGeneratedBy", f"_:made-{name}", {"prov:entity": name, "prov:activity": act})
        self._add("wasAssociatedWith", f"_:by-{act}", {"prov:activity": act, "prov:agent": "case:tallybook"})
        self._used(act, _claim(claim), None)
        self._derived(name, _claim(claim))
        for pair in comparison.pairs[claim]:
            self._used(act, _estimate(pair.estimate.id), pair.relation.value)

    def _used(self, act: str, entity: str, relation: str | None) -> None:
        told = _told({"prov:activity": act, "prov:entity": entity, "tallybook:relation": relation})
        self._add("used", f"_:use-{act}-{entity}", told)

    def _quoted(self, made: str, of: str) -> None:
        """PROV-JSON has no relation of its own for a quotation: it is a derivation of that type."""
        self._derived(made, of, {"prov:type": {"$": "prov:Quotation", "type": "prov:QUALIFIED_NAME"}})

    def _derived(self, made: str, of: str, more: dict[str, Any] | None = None) -> None:
        told = {"prov:generatedEntity": made, "prov:usedEntity": of, **(more or {})}
        self._add("wasDerivedFrom", f"_:{made}-of-{of}", told)

    def _add(self, part: str, name: str, told: dict[str, Any]) -> None:
        self.parts[part][_plain(name)] = told


def _told(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value}


def _plain(name: str) -> str:
    """The name of a relation: a blank node has no colon within."""
    return f"_:{name[2:].replace(':', '-')}" if name.startswith("_:") else name


def _claim(id_: str) -> str:
    return f"case:claim/{id_}"


def _estimate(id_: str) -> str:
    return f"case:estimate/{id_}"


def _page(id_: str) -> str:
    return f"case:page/{id_}"


def _origin(id_: str) -> str:
    return f"case:origin/{id_}"

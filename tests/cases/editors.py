"""What a careful editor would say of the claims of a made-up article: ``expected.yaml`` beside its book.

Written before the program was run. Where the program says something else and is wrong, the entry stays and
``open`` gives the reason: of a claim by the key, of a relation in its own entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tallybook.tables.case import Case
from tallybook.tables.opened import open_book
from tallybook.terms import AsOf
from tallybook.verdicts.verdict import ClaimVerdict

from .projects import MADE_UP, ROOT

SHIPPED = {path.stem: path for path in sorted((Path(__file__).parent / "expected").glob("*.yaml"))}
"""Of the articles of this repository that are made up."""

EXPECTED = {name: path for name in MADE_UP if (path := MADE_UP[name] / "expected.yaml").exists()} | SHIPPED
TEXTS = ROOT / "docs" / "made-up"
PROSE = frozenset({"why", "open", "relations"})


@dataclass(frozen=True)
class Expectation:
    """``key``: one of ``ANSWERS`` or ``TOLD``; "relation" or "reason" of ``estimate``; "relay" of it.

    With "_never": these are wrong, any other is right.
    """

    article: str
    claim: str
    key: str
    wanted: Any
    estimate: str = ""
    open: str = ""

    def __str__(self) -> str:
        return "-".join(part for part in (self.claim, self.estimate, self.key) if part)

    def got(self) -> Any:
        """What the program says."""
        found = case(self.article)
        if self.key in ("relation", "reason", "reason_never"):
            pairs = {pair.estimate.id: pair for pair in found.comparison(AsOf.TODAY).pairs[self.claim]}
            pair = pairs[self.estimate]
            return str(pair.relation if self.key == "relation" else pair.why)
        if self.key == "relay":
            steps = {step.estimate.id: step for drift in found.drifts() for step in drift.steps}
            return ", ".join(map(str, steps[self.estimate].codes)) or "said so"
        if self.key in TOLD:
            row = found.verdicts().set_index("claim").loc[self.claim]
            return TOLD[self.key](row)
        time = AsOf.WRITTEN if self.key.startswith("written") else AsOf.TODAY
        return ANSWERS[self.key](found.comparison(time).verdicts[self.claim])

    def holds(self, got: Any) -> bool:
        if self.key.endswith("_never"):
            return got not in (self.wanted if isinstance(self.wanted, list) else [self.wanted])
        if self.key == "slip" and isinstance(self.wanted, dict):
            return got in [(kind, self.wanted["estimate"]) for kind in self.wanted["kind"]]
        return bool(got == self.wanted)


ANSWERS: dict[str, Callable[[ClaimVerdict], Any]] = {
    "today": lambda found: str(found.verdict),
    "today_never": lambda found: str(found.verdict),
    "written": lambda found: str(found.verdict),
    "written_never": lambda found: str(found.verdict),
    "attribution": lambda found: str(found.fidelity.result),
    "codes": lambda found: list(map(str, found.fidelity.codes)),
    "material": lambda found: found.fidelity.material,
    "quoted_by": lambda found: found.fidelity.quoted_by,
    "heading": lambda found: found.heading,
    "witnesses": lambda found: found.witness_count,
    "said_first": lambda found: bool(found.said_first),
    "superseded": lambda found: found.superseded,
    "slip": lambda found: _slip(found),
}

TOLD: dict[str, Callable[[Any], int]] = {
    "told_witnesses": lambda row: int(
        re.findall(r"(\d+) (?:independent )?witness|$", row["witnesses"])[0] or 0
    ),
    "told_pages": lambda row: max(
        int(found.replace("One", "1"))
        for found in re.findall(r"(One|\d+) pages?\b", f"{row['why']} {row['witnesses']}")
    ),
}
"""What the table of verdicts and its sentences count, by its row."""


def _slip(found: ClaimVerdict) -> tuple[str, str] | str:
    return (str(found.slip.kind), found.slip.estimate) if found.slip else "none"


@cache
def case(article: str) -> Case:
    return open_book(project(article))[article]


def project(article: str) -> Path:
    """The folder whose book has the article."""
    return MADE_UP.get(article, ROOT)


def text(article: str) -> Path:
    """The article itself, which was made up too."""
    return TEXTS / f"{article}.txt" if article in SHIPPED else MADE_UP[article] / "article.txt"


def entries(article: str) -> dict[str, Any]:
    """By claim."""
    found: dict[str, Any] = yaml.safe_load(EXPECTED[article].read_text(encoding="utf-8"))
    return found


def expectations() -> Iterator[Expectation]:
    for article in EXPECTED:
        for claim, entry in entries(article).items():
            yield from _of_claim(article, claim, entry)


def _of_claim(article: str, claim: str, entry: dict[str, Any]) -> Iterator[Expectation]:
    known = entry.get("open", {})
    for key, wanted in entry.items():
        if key == "relays":
            for id_, code in wanted.items():
                yield Expectation(article, claim, "relay", code, id_, known.get(key, ""))
        elif key not in PROSE:
            yield Expectation(article, claim, key, wanted, open=known.get(key, ""))
    for id_, pair in entry.get("relations", {}).items():
        for key in ("relation", "reason", "reason_never"):
            if key in pair:
                yield Expectation(article, claim, key, pair[key], id_, pair.get("open", {}).get(key, ""))

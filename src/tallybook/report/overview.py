"""What the index says of each case, taken from its tables; no HTML."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tallybook.report.dress import VERDICTS
from tallybook.report.rendering import NotebookPage

if TYPE_CHECKING:
    import pandas as pd

    from tallybook.tables.case import Case

MEANINGS = {
    "corroborated": "two or more other families of sources give the same quantity, none differs",
    "supported": "one other family gives the same quantity, none differs",
    "disputed": "some other families give the same quantity, some differ",
    "contradicted": "no other family gives the same quantity, at least one differs",
    "own word only": "only the family that produced the figure says so",
    "not tested": "what there is meets the claim without bearing it out, or cannot be compared",
    "unsourced": "there is nothing to set beside it",
}
RELATIONS = (
    ("agrees", "names the same number, within rounding"),
    ("supports", "lies inside the claim, and within what its words suggest"),
    ("compatible", "meets the claim without bearing it out; it counts for nobody"),
    ("differs", "no value makes both true"),
    ("not comparable", "another part, scope, unit, time or status; shown, with the reason"),
)
_POLICY_NAMES = {
    "about": "“about”",
    "nearly": "“nearly”",
    "overshoot": "“over” suggests less than",
    "rounding_cap": "rounding, at most",
    "window_days": "dates of a stock",
    "tolerance": "tolerance",
}


@dataclass(frozen=True)
class Picture:
    """A small chart: ``data`` is its SVG in base64."""

    alt: str
    caption: str
    data: str


@dataclass(frozen=True)
class Card:
    """One claim at a glance. ``written``: the verdict from what was published by the article's date."""

    anchor: str
    words: str
    verdict: str
    written: str
    why: str
    facts: list[tuple[str, str]]
    chart: Picture | None
    pages: list[NotebookPage]


@dataclass(frozen=True)
class Count:
    verdict: str
    number: int
    meaning: str


@dataclass(frozen=True)
class MeasureLine:
    name: str
    kind: str
    unit: str
    definition: str


@dataclass(frozen=True)
class CaseOverview:
    id: str
    title: str
    publisher: str
    published: str
    url: str | None
    summary: str
    counts: list[Count]
    cards: list[Card]
    measures: list[MeasureLine]


def case_overview(case: Case, pages: Sequence[NotebookPage]) -> CaseOverview:
    """The index's part about one article; claims in the order of the article."""
    verdicts = case.verdicts()
    written = dict(case.verdicts(as_of="written")[["claim", "verdict"]].itertuples(index=False, name=None))
    figures = {row["claim"]: row for row in case.figures().to_dict("records")}
    beside = set(case.compare()["claim"])
    fragile = case.fragile().groupby("claim")["said"].agg("; ".join).to_dict()
    cards = [
        _card(
            case,
            row | {"fragile": fragile.get(row["claim"], "")},
            str(written.get(row["claim"], row["verdict"])),
            figures,
            beside,
            pages,
        )
        for row in verdicts.to_dict("records")
    ]
    return CaseOverview(
        id=case.id,
        title=case.title,
        publisher=case.publisher,
        published=f"{case.published.day} {case.published:%B %Y}",
        url=str(case.url) if case.url else None,
        summary=case.answer,
        counts=counts(verdicts),
        cards=cards,
        measures=_measures(case, verdicts["measure"]),
    )


def counts(verdicts: pd.DataFrame) -> list[Count]:
    """How many claims have each verdict, the strongest first; verdicts that nobody got are left out."""
    found = verdicts["verdict"].value_counts()
    return [Count(name, int(found[name]), MEANINGS[name]) for name in VERDICTS if found.get(name, 0)]


def policy_lines(policy: Any) -> list[tuple[str, str]]:
    """The widths of a policy in words; ``policy`` has the fields of ``tallybook.quantity.Policy``."""
    texts = {
        "about": f"± {policy.about:.0%}",
        "nearly": f"down to {policy.nearly:.0%} below",
        "overshoot": f"{policy.overshoot:g} times the number named",
        "rounding_cap": f"{policy.rounding_cap:.0%} of a number",
        "window_days": f"at most {policy.window_days} days apart",
        "tolerance": f"{policy.tolerance:.0%}",
    }
    return [(_POLICY_NAMES[name], text) for name, text in texts.items()]


def _card(
    case: Case,
    row: dict[str, Any],
    written: str,
    figures: dict[str, dict[str, Any]],
    beside: set[str],
    pages: Sequence[NotebookPage],
) -> Card:
    claim = str(row["claim"])
    return Card(
        anchor=f"{case.id}-{claim}",
        words=_balanced(str(row["words"])),
        verdict=str(row["verdict"]),
        written=written,
        why=str(row["why"]),
        facts=_facts(row, figures.get(claim, {})),
        chart=_picture(case, claim) if claim in beside else None,
        pages=[page for page in pages if page.speaks_of(claim, str(row["measure"]))],
    )


def _balanced(words: str) -> str:
    """The words without quotation marks of which only one end lies in them."""
    return words if words.count("“") == words.count("”") else words.replace("“", "").replace("”", "")


def _facts(row: dict[str, Any], figure: dict[str, Any]) -> list[tuple[str, str]]:
    bearing = (("supporting", "for"), ("differing", "against"), ("compatible", "compatible"))
    families = [f"{int(row[field])} {word}" for field, word in bearing if row[field]]
    facts = []
    if _said(figure.get("attributed_to")):
        facts.append(("attributed to", str(figure["attributed_to"])))
    facts.append(("other families", " · ".join(families) or "none bears on it"))
    facts.append(("set beside it", _beside(str(row["witnesses"]), int(row["aside"]))))
    if _said(row.get("fidelity")):
        facts.append(("against its source", str(row["fidelity"]).replace("_", " ")))
    if _said(row.get("fragile")):
        facts.append(("fragile", str(row["fragile"])))
    if _said(row.get("review")):
        facts.append(("a reviewer says", str(row["review"])))
    return facts


def _beside(witnesses: str, aside: int) -> str:
    told = f"{aside} {'estimate' if aside == 1 else 'estimates'} not comparable"
    return f"{witnesses}; {told}" if aside else witnesses


def _said(value: Any) -> bool:
    """False for what a table holds in place of nothing."""
    return isinstance(value, str) and bool(value.strip())


def _picture(case: Case, claim: str) -> Picture:
    from tallybook import charts

    chart = charts.intervals(case, claim=claim, compact=True)
    return Picture(chart.alt, chart.caption, base64.b64encode(chart.svg.encode()).decode())


def _measures(case: Case, wanted: Iterable[str]) -> list[MeasureLine]:
    lines = []
    for name in dict.fromkeys(wanted):
        measure = case.measures[name]
        lines.append(
            MeasureLine(
                name.replace("_", " "), measure.kind.replace("_", " "), measure.unit, measure.definition
            )
        )
    return lines

"""What a case's page and the index show of a case, taken from its tables; the charts are HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from tallybook.prose import FRACTION, counted, day, number
from tallybook.report.downloads import Download
from tallybook.report.rendering import NotebookPage
from tallybook.terms import State, Verdict

if TYPE_CHECKING:
    import pandas as pd

    from tallybook.tables.case import Case

_POLICY_NAMES = {
    "about": "“about” and “nearly”, at most",
    "grains": "“about” and “over” reach at most",
    "overshoot": "“over” suggests at most",
    "rounding_cap": "a round number may stand for another at most",
    "fraction": "a fraction in words",
    "same": "counts and sums taken for the same",
    "window_days": "a figure dated by its page",
    "tolerance": "tolerance",
}


@dataclass(frozen=True)
class Card:
    """One claim at a glance. ``written``: the verdict by what certainly was out on the article's date;
    ``attribution``: whether its source says so, where that heads the claim, else ""; ``superseded``: its
    origin has given a newer figure since;
    ``chart``: its interval chart as HTML, empty if no estimate is compared with it."""

    anchor: str
    words: str
    verdict: str
    written: str
    attribution: str
    superseded: bool
    why: str
    facts: list[tuple[str, str]]
    chart: Markup
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
    """The page of one case; ``path``: in the site. ``state``: empty where it was reviewed; ``unmeasured``:
    (words, paragraph) of each figure without a measure."""

    id: str
    path: str
    title: str
    publisher: str
    published: str
    url: str | None
    summary: str
    state: str
    unmeasured: list[tuple[str, int]]
    counts: list[Count]
    cards: list[Card]
    measures: list[MeasureLine]
    pages: list[NotebookPage]
    downloads: list[Download]


def case_overview(case: Case, pages: Sequence[NotebookPage], data: Sequence[Download]) -> CaseOverview:
    """One article with its claims in order. ``pages``, ``data``: the notebooks and downloads of the case."""
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
        path=f"{case.id}/index.html",
        title=case.title,
        publisher=case.publisher,
        published=day(case.published),
        url=str(case.url) if case.url else None,
        summary=case.answer,
        state=State.DRAFT.label if case.article.is_draft else "",
        unmeasured=[(_balanced(c.anchor.exact), c.anchor.paragraph) for c in case.article.unmeasured],
        counts=counts(verdicts),
        cards=cards,
        measures=_measures(case, verdicts["measure"]),
        pages=list(pages),
        downloads=list(data),
    )


def counts(verdicts: pd.DataFrame) -> list[Count]:
    """How many claims have each verdict, the strongest first, without those that no claim has."""
    found = verdicts["verdict"].value_counts()
    return [Count(v, int(found[v]), v.meaning) for v in Verdict if found.get(v, 0)]


def policy_lines(policy: Any) -> list[tuple[str, str]]:
    """The widths of a policy in words; ``policy`` has the fields of ``tallybook.quantity.Policy``."""
    share = {
        name: number(getattr(policy, name), FRACTION)
        for name in ("about", "rounding_cap", "fraction", "same", "tolerance")
    }
    texts = {
        "about": f"{share['about']} of the number",
        "grains": f"{number(policy.grains)} units of the last digit",
        "overshoot": f"{number(policy.overshoot)} times the number named",
        "rounding_cap": f"{share['rounding_cap']} away",
        "fraction": f"± {share['fraction']} of it",
        "same": f"at most {share['same']} apart",
        "window_days": f"at most {counted(policy.window_days, 'day')} from it",
        "tolerance": share["tolerance"],
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
        anchor=claim,
        words=_balanced(str(row["words"])),
        verdict=str(row["verdict"]),
        written=written,
        attribution=_label(row["fidelity"]) if row["heading"] == "attribution" else "",
        superseded=bool(row["superseded"]),
        why=str(row["why"]),
        facts=_facts(row, figures.get(claim, {})),
        chart=_chart(case, claim) if claim in beside else Markup(""),
        pages=[page for page in pages if page.speaks_of(claim, str(row["measure"]))],
    )


def _balanced(words: str) -> str:
    """The words; without quotation marks if these are not in pairs."""
    return words if words.count("“") == words.count("”") else words.replace("“", "").replace("”", "")


def _facts(row: dict[str, Any], figure: dict[str, Any]) -> list[tuple[str, str]]:
    bearing = (("supporting", "for"), ("differing", "against"), ("compatible", "compatible"))
    families = [f"{int(row[field])} {word}" for field, word in bearing if row[field]]
    facts = []
    if _said(figure.get("attributed_to")):
        facts.append(("attributed to", str(figure["attributed_to"])))
    facts.append(("other families", " · ".join(families) or "no comparable figure"))
    facts.append(("compared with", _beside(str(row["witnesses"]), int(row["aside"]))))
    if _said(row.get("fidelity")):
        facts.append(("does its source say so?", _label(row["fidelity"])))
    if _said(row.get("fragile")):
        facts.append(("fragile", str(row["fragile"])))
    if _said(row.get("slip")):
        facts.append(("a possible slip", str(row["slip"])))
    if _said(row.get("review")):
        facts.append(("a reviewer says", str(row["review"])))
    return facts


def _beside(witnesses: str, aside: int) -> str:
    return f"{witnesses}; {counted(aside, 'estimate')} not comparable" if aside else witnesses


def _label(fidelity: Any) -> str:
    """The answer to whether the source says so, as people say it."""
    return str(fidelity).replace("_", " ")


def _said(value: Any) -> bool:
    """Whether a cell contains text."""
    return isinstance(value, str) and bool(value.strip())


def _chart(case: Case, claim: str) -> Markup:
    from tallybook import charts

    return Markup(charts.interval_table(case, claim=claim, compact=True))


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

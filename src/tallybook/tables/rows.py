"""One row a record: estimates, pairs, drift steps, trials and checks as dictionaries for tables.

Numbers are in the unit named in the row; an open end is ``inf``; what is not known is NaN, NaT or an
empty text, never filled in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

import pandas as pd

from tallybook.book import Article, Book, Period
from tallybook.consistency import Check
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.families import origin_name
from tallybook.matching.pair import Pair
from tallybook.quantity import Interval, Quantity
from tallybook.verdicts import TODAY, Comparison
from tallybook.verdicts.distortion import core_of, in_figures
from tallybook.verdicts.drift import Drift, Step

NAN = float("nan")

# The columns of tables that can be empty, in their order.
PAIR_COLUMNS = (
    "claim",
    "claim_words",
    "measure",
    "estimate",
    "words",
    "publisher",
    "published",
    "origin",
    "origin_name",
    "family",
    "family_name",
    "own",
    "echo",
    "independent",
    "tier",
    "relays",
    "derived",
    "formula",
    "period",
    "period_start",
    "period_end",
    "status",
    "best_low",
    "best_high",
    "zone_low",
    "zone_high",
    "claim_low",
    "claim_high",
    "claim_best_low",
    "claim_best_high",
    "unit",
    "relation",
    "gate",
    "gap_factor",
    "gap",
    "direction",
    "voice",
    "repeats",
    "reason",
    "review",
)
STEP_COLUMNS = (
    "group",
    "what",
    "statement",
    "publisher",
    "published",
    "language",
    "tier",
    "measure",
    "words",
    "closest",
    "against",
    "step",
    "modifier",
    "best_low",
    "best_high",
    "zone_low",
    "zone_high",
    "unit",
    "status",
    "scope",
    "period",
    "said",
    "codes",
    "material",
    "why",
)


def estimate_row(comparison: Comparison, e: Estimate) -> dict[str, Any]:
    """One estimate: its words, its numbers, and where it comes from."""
    statement, source = e.statement, e.source
    family = comparison.families[statement.origin]
    row: dict[str, Any] = {
        "estimate": e.id,
        "measure": e.measure.id,
        "words": e.words,
        "source": source.id,
        "publisher": source.publisher,
        "published": day_cell(source.published),
        "tier": source.kind,
        "language": source.language or "",
    }
    row |= quantity_cells(e.figure.quantity if e.figure and not e.derived else None)
    row |= interval_cells("best", e.value.core if e.value else None)
    row |= interval_cells("zone", e.value.true if e.value else None)
    return row | {
        "origin": statement.origin,
        "origin_name": origin_name(comparison.book, statement.origin),
        "family": family.id,
        "family_name": family.name,
        **period_cells(e.period),
        "period_from": e.period_from,
        "status": e.status,
        "part": e.part or "",
        "scope": e.scope or "",
        "scope_words": statement.scope_note or e.measure.scopes.get(e.scope or "", ""),
        "relays": statement.relays or "",
        "group": comparison.book.group_of.get(statement.id, ""),
        "derived": e.derived,
        "formula": e.formula or "",
        "inputs": ", ".join(e.inputs),
        "assumes": "; ".join(e.assumptions),
        "superseded_by": statement.superseded_by or "",
        "remark": statement.remark or "",
        "url": source.url or "",
    }


class About(Protocol):
    """What a pair is taken from: a comparison, or a case."""

    @property
    def book(self) -> Book: ...

    @property
    def article(self) -> Article: ...


def pair_row(comparison: About, p: Pair) -> dict[str, Any]:
    """A claim beside an estimate: both in the measure's unit, the relation, and its reason."""
    e, side, bears = p.estimate, p.side, p.bearing
    return {
        "claim": side.claim.id,
        "claim_words": side.claim.anchor.exact,
        "measure": side.measure.id,
        "estimate": e.id,
        "words": e.words,
        "publisher": e.source.publisher,
        "published": day_cell(e.source.published),
        "origin": e.statement.origin,
        "origin_name": origin_name(comparison.book, e.statement.origin),
        "family": p.family.id,
        "family_name": p.family.name,
        "own": p.own,
        "echo": p.echo,
        "independent": p.family.independent,
        "tier": e.source.kind,
        "relays": e.statement.relays or "",
        "derived": e.derived,
        "formula": e.formula or "",
        **period_cells(e.period),
        "status": e.status,
        **interval_cells("best", e.value.core if e.value else None),
        **interval_cells("zone", bears.zone),
        **interval_cells("claim", side.value.true),
        **interval_cells("claim_best", side.value.core),
        "unit": side.measure.unit,
        "relation": str(bears.relation),
        "gate": p.gate.code or "",
        "gap_factor": bears.gap_factor if bears.gap_factor is not None else NAN,
        "gap": bears.gap if bears.gap is not None else NAN,
        "direction": bears.direction or "",
        "voice": p.voice,
        "repeats": p.repeats,
        "reason": bears.reason,
        "review": review_words(comparison, side.claim.id, e.id),
    }


def verdict_row(comparison: Comparison, claim: str, written: str) -> dict[str, Any]:
    """``written``: the verdict by what was known on the article's date."""
    side, judged = comparison.sides[claim], comparison.verdicts[claim]
    return {
        "claim": claim,
        "words": side.claim.anchor.exact,
        "measure": side.measure.id,
        "verdict": str(judged.outcome),
        "for_": len(judged.supporting),
        "against": len(judged.differing),
        "compatible": len(judged.compatible),
        "aside": judged.aside,
        "own": str(judged.own or ""),
        "pages": judged.pages,
        "origins": judged.origins,
        "families": judged.families,
        "witnesses": judged.witnesses,
        "written": written,
        "superseded": comparison.as_of == TODAY and written != str(judged.outcome),
        "fidelity": judged.fidelity.result,
        "distortions": ", ".join(judged.fidelity.codes),
        "material": judged.fidelity.material,
        "fidelity_why": judged.fidelity.why,
        "why": judged.why,
        "review": review_words(comparison, claim, None),
    }


def review_words(comparison: About, claim: str, estimate: str | None) -> str:
    """What people say of a claim, or of an estimate beside it: "not tested (A. Editor, 2025-12-20: why)"."""
    reviews = [r for r in comparison.article.reviews if (r.claim, r.estimate) == (claim, estimate)]
    return "; ".join(f"{r.says} ({r.by}, {r.on}: {r.why})" for r in reviews)


def step_row(drift: Drift, step: Step) -> dict[str, Any]:
    """One wording of an utterance, beside the one nearest to the origin."""
    e, said = step.estimate, step.said
    core = core_of(said)
    return {
        "group": drift.id,
        "what": drift.what,
        "statement": e.id,
        "publisher": e.source.publisher,
        "published": day_cell(e.source.published),
        "language": e.source.language or "",
        "tier": e.source.kind,
        "measure": e.measure.id,
        "words": e.statement.words,
        "closest": step.nearest,
        "against": step.against,
        "step": step.depth,
        "modifier": str(said.figure.quantity.modifier),
        **interval_cells("best", core),
        **interval_cells("zone", e.value.true if e.value and not said.figure.share else core),
        "unit": "fraction" if said.figure.share else e.measure.unit,
        "status": e.status,
        "scope": e.scope or "",
        "period": str(e.period or ""),
        "said": in_figures(said),
        "codes": ", ".join(step.codes),
        "material": step.material,
        "why": step.why,
    }


def check_table(checks: Iterable[Check]) -> pd.DataFrame:
    """One row a check: test, about (claims, or the words compared), closes in words, why, place."""
    closes = {True: "yes", False: "no", None: "cannot be told"}
    rows = [
        {
            "test": check.test,
            "about": ", ".join(check.about),
            "closes": closes[check.closes],
            "why": check.why,
            "gap": NAN if check.gap is None else check.gap,
            "start": NAN if check.start is None else check.start,
            "end": NAN if check.end is None else check.end,
        }
        for check in checks
    ]
    return pd.DataFrame(rows, columns=["test", "about", "closes", "why", "gap", "start", "end"])


def quantity_cells(quantity: Quantity | None) -> dict[str, Any]:
    if quantity is None:
        return {
            "low": NAN,
            "high": NAN,
            "modifier": "",
            "hedges": "",
            "unit": "",
            "per": "",
        }
    return {
        "low": quantity.low,
        "high": quantity.high,
        "modifier": str(quantity.modifier),
        "hedges": ", ".join(map(str, quantity.hedges)),
        "unit": quantity.unit or "",
        "per": quantity.per or "",
    }


def interval_cells(name: str, interval: Interval | None) -> dict[str, float]:
    if interval is None:
        return {f"{name}_low": NAN, f"{name}_high": NAN}
    return {f"{name}_low": interval.low, f"{name}_high": interval.high}


def period_cells(period: Period | None) -> dict[str, Any]:
    start = period.start if period and period.start != date.min else None
    end = period.end if period and period.end != date.max else None
    text = period.text if period else ""
    return {"period": text, "period_start": day_cell(start), "period_end": day_cell(end)}


def day_cell(value: date | None) -> pd.Timestamp:
    return pd.Timestamp(value) if value else pd.NaT

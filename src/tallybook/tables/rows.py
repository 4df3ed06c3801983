"""Records as rows of tables: estimates, pairs, verdicts, drift steps and checks.

Numbers are in the unit named in the row; an open end is ``inf``; what is unknown is NaN, NaT or an
empty text, and is never filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from tallybook.book import Article, Period
from tallybook.estimates.estimate import Estimate
from tallybook.matching.pair import Pair
from tallybook.quantity import Interval, Quantity
from tallybook.tables.notebook import keep_dollars_in_frames
from tallybook.terms import Verdict
from tallybook.verdicts import Comparison
from tallybook.verdicts.distortion import in_figures
from tallybook.verdicts.drift import Drift, Step

if TYPE_CHECKING:
    from tallybook.consistency import Check

NAN = float("nan")
keep_dollars_in_frames()

_YES_OR_NO = frozenset(
    {
        "own",
        "echo",
        "independent",
        "derived",
        "voice",
        "repeats",
        "closest",
        "material",
        "seen",
        "if_of_that_time",
        "other_figures_differ",
    }
)

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
    "because",
    "if_of_that_time",
    "would",
    "incomparable",
    "gap_factor",
    "gap",
    "direction",
    "voice",
    "repeats",
    "reason",
    "review",
    "url",
)
ESTIMATE_COLUMNS = (
    "estimate",
    "measure",
    "words",
    "source",
    "publisher",
    "published",
    "tier",
    "language",
    "low",
    "high",
    "modifier",
    "hedges",
    "unit",
    "per",
    "best_low",
    "best_high",
    "zone_low",
    "zone_high",
    "origin",
    "origin_name",
    "family",
    "family_name",
    "period",
    "period_start",
    "period_end",
    "period_from",
    "status",
    "part",
    "scope",
    "scope_words",
    "relays",
    "group",
    "derived",
    "formula",
    "inputs",
    "assumes",
    "superseded_by",
    "remark",
    "url",
)
SLIP_COLUMNS = (
    "claim",
    "words",
    "change",
    "says",
    "estimate",
    "estimate_words",
    "publisher",
    "url",
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
    "url",
)
SUMMARY_COLUMNS = (
    "group", "what", "statements", "distorted", "material", "said", "nearest", "publisher", "url",
)  # fmt: skip


def estimate_row(comparison: Comparison, e: Estimate) -> dict[str, Any]:
    """One estimate: its words, its numbers, and where it comes from."""
    statement, source = e.statement, e.source
    family = comparison.families[statement.speaker_id]
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
    zones = e.amount.under(comparison.policy) if e.amount else None
    row |= interval_cells("best", zones.core if zones else None)
    row |= interval_cells("zone", zones.true if zones else None)
    return row | {
        "origin": statement.speaker_id,
        "origin_name": e.origin.name,
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


def pair_row(article: Article, p: Pair) -> dict[str, Any]:
    """A claim and an estimate: both in the measure's unit, the relation, and its reason."""
    e, claim, bears = p.estimate, p.claim, p.bearing
    return {
        "claim": claim.id,
        "claim_words": claim.words,
        "measure": claim.measure.id,
        "estimate": e.id,
        "words": e.words,
        "publisher": e.source.publisher,
        "published": day_cell(e.source.published),
        "origin": e.statement.speaker_id,
        "origin_name": e.origin.name,
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
        **interval_cells("best", p.zones.core if p.zones else None),
        **interval_cells("zone", bears.zone),
        **interval_cells("claim", p.claim_zones.true),
        **interval_cells("claim_best", p.claim_zones.core),
        "unit": claim.measure.unit,
        "relation": str(bears.relation),
        "because": str(bears.why),
        "if_of_that_time": bears.if_of_that_time,
        "would": str(p.would or ""),
        "incomparable": str(p.comparability.failed or ""),
        "gap_factor": bears.gap_factor if bears.gap_factor is not None else NAN,
        "gap": bears.gap if bears.gap is not None else NAN,
        "direction": bears.direction or "",
        "voice": p.voice,
        "repeats": p.repeats,
        "reason": bears.reason,
        "review": review_words(article, claim.id, e.id),
        "url": e.source.url or "",
    }


def verdict_row(comparison: Comparison, claim: str, written: Verdict) -> dict[str, Any]:
    """One claim with its verdict. ``written``: by what certainly was out before the article's day."""
    terms, judged = comparison.claims[claim], comparison.verdicts[claim]
    return {
        "claim": claim,
        "words": terms.words,
        "measure": terms.measure.id,
        "verdict": str(judged.verdict),
        "supporting": len(judged.supporting),
        "differing": len(judged.differing),
        "compatible": len(judged.compatible),
        "aside": judged.aside,
        "own_relation": str(judged.own or ""),
        "pages": judged.pages,
        "origins": judged.origins,
        "families": judged.families,
        "witnesses": judged.witnesses,
        "written": str(written),
        "superseded": judged.superseded,
        "heading": judged.heading,
        "fidelity": str(judged.fidelity.named),
        "distortions": ", ".join(judged.fidelity.codes),
        "material": judged.fidelity.material,
        "fidelity_why": judged.fidelity.why,
        "why": judged.why,
        "slip": judged.slip.linked if judged.slip else "",
        "review": review_words(comparison.article, claim, None),
    }


def slip_row(comparison: Comparison, claim: str) -> dict[str, Any] | None:
    """The hint at a slip in one claim; None where there is none."""
    hint = comparison.verdicts[claim].slip
    if hint is None:
        return None
    return {
        "claim": claim,
        "words": comparison.claims[claim].words,
        "change": str(hint.kind),
        "says": hint.says,
        "estimate": hint.estimate,
        "estimate_words": hint.words,
        "publisher": hint.publisher,
        "url": hint.url,
    }


def review_words(article: Article, claim: str, estimate: str | None) -> str:
    """The reviews of a claim, or of an estimate for it: "not tested (A. Editor, 2025-12-20: why)"."""
    reviews = [r for r in article.reviews if (r.claim, r.estimate) == (claim, estimate)]
    return "; ".join(f"{r.says} ({r.by}, {r.on}: {r.why})" for r in reviews)


def step_row(drift: Drift, step: Step) -> dict[str, Any]:
    """One wording of an utterance, and how it differs from the one nearest to the origin."""
    e, said = step.estimate, step.said
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
        **interval_cells("best", said.zones.core),
        **interval_cells("zone", said.zones.true),
        "unit": "fraction" if said.figure.share else e.measure.unit,
        "status": e.status,
        "scope": e.scope or "",
        "period": str(e.period or ""),
        "said": in_figures(said),
        "codes": ", ".join(step.codes),
        "material": step.material,
        "why": step.why,
        "url": e.source.url or "",
    }


def summary_row(drift: Drift) -> dict[str, Any]:
    """One utterance: how many statements repeat it, how many changed it, and the wording nearest to it."""
    nearest = next((step.estimate for step in drift.steps if step.nearest), drift.steps[0].estimate)
    return {
        "group": drift.id,
        "what": drift.what,
        "statements": len(drift.steps),
        "distorted": drift.distorted,
        "material": sum(step.material for step in drift.steps),
        "said": drift.summary,
        "nearest": nearest.statement.words,
        "publisher": nearest.source.publisher,
        "url": nearest.source.url or "",
    }


def check_table(checks: Iterable[Check]) -> pd.DataFrame:
    """One row per check: test, about (ids, or the words compared), result, why, gap, start, end."""
    rows = [
        {
            "test": check.test,
            "about": ", ".join(check.about),
            "result": str(check.result),
            "why": check.why,
            "gap": NAN if check.gap is None else check.gap,
            "start": NAN if check.start is None else check.start,
            "end": NAN if check.end is None else check.end,
        }
        for check in checks
    ]
    return pd.DataFrame(rows, columns=["test", "about", "result", "why", "gap", "start", "end"])


def frame_of(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """The rows as a table whose columns of yes and no choose rows also where there is none."""
    flags = [name for name in columns if name in _YES_OR_NO]
    return pd.DataFrame(list(rows), columns=list(columns)).astype(dict.fromkeys(flags, bool))


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


def day_cell(value: Period | date | None) -> pd.Timestamp:
    """A day; of a page that is dated by its month or year, the last day that it may be."""
    last = value.end if isinstance(value, Period) else value
    return pd.Timestamp(last) if last else pd.NaT

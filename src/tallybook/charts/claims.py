"""What an interval picture sets side by side: the claims of one measure, and the compared rows."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from tallybook.book.problems import require_name
from tallybook.charts.labels import clipped, drawn, figure_words, in_quotes, known
from tallybook.charts.rows import completed
from tallybook.quantity import Quantity
from tallybook.terms import Modifier

if TYPE_CHECKING:
    from tallybook.book.records import Measure
    from tallybook.tables.case import Case

NOT_COMPARABLE = "not comparable"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class ClaimBand:
    """One claim as a band: its words in quotation marks, its true zone, the numbers that it names."""

    claim: str
    letter: str
    words: str
    figure: str
    low: float
    high: float
    best_low: float
    best_high: float

    @property
    def has_number(self) -> bool:
        """False for a claim whose words name none."""
        return not (math.isnan(self.low) or math.isnan(self.high))


@dataclass(frozen=True)
class SideBySide:
    """Claims of one measure and unit, and a row an estimate; ``rows`` has relation and bearing.

    ``bearing`` says the relation in words, for several claims with their letters.
    """

    title: str
    unit: str
    bands: tuple[ClaimBand, ...]
    rows: pd.DataFrame
    other_units: tuple[str, ...] = ()


def of_claim(case: Case, claim: str, as_of: str) -> SideBySide:
    """One claim and every estimate of its measure. UnknownName: no such claim."""
    figures = case.figures()
    require_name("claim", claim, list(figures["claim"]))
    told = next(figures[figures["claim"] == claim].itertuples(index=False))
    compared = case.compare(as_of=as_of)
    rows = compared[compared["claim"] == claim]
    rows = completed(rows, case.estimates(told.measure)).assign(bearing=rows["relation"].to_numpy())
    unit = str(rows["unit"].iloc[0]) if len(rows) else str(told.unit)
    band = _band(told, rows, "")
    return SideBySide(band.words, unit, (band,), rows)


def of_measure(case: Case, measure: str, as_of: str) -> SideBySide:
    """Every claim of a measure and every estimate of it.

    UnknownName: no such measure. ValueError: neither a claim nor an estimate of it.
    """
    require_name("measure", measure, case.measures)
    figures = case.figures()
    told = list(figures[figures["measure"] == measure].itertuples(index=False))
    estimates = case.estimates(measure)
    if not told and estimates.empty:
        raise ValueError(f"measure '{measure}' has neither claims nor estimates: nothing to draw")
    compared = case.compare(as_of=as_of)
    compared = compared[compared["measure"] == measure]
    if len(told) == 1:
        return replace(of_claim(case, told[0].claim, as_of), title=_title(case.measures[measure]))
    if compared.empty:
        rows = estimates.assign(relation="", bearing="", incomparable="", reason="", own=False, voice=False)
        rows["unit"] = case.measures[measure].unit
    else:
        rows = completed(compared, estimates)
    unit = str(rows["unit"].iloc[0]) if len(rows) else case.measures[measure].unit
    rows = rows[rows["unit"] == unit]
    letters = dict(zip((row.claim for row in told), _LETTERS, strict=False))
    bands, others = [], []
    for row in told:
        own = rows[rows["claim"] == row.claim] if "claim" in rows else rows.iloc[:0]
        if own.empty and len(rows):
            others.append(in_quotes(row.words))
        else:
            bands.append(_band(row, own, letters[row.claim]))
    if "claim" in rows:
        rows = _one_row_each(rows, letters)
    return SideBySide(_title(case.measures[measure]), unit, tuple(bands), rows, tuple(others))


def _title(measure: Measure) -> str:
    """The first part of a measure's definition."""
    first = clipped(re.split(r"; |\. ", drawn(measure.definition), maxsplit=1)[0].rstrip("."), 110)
    return first[:1].upper() + first[1:]


def _one_row_each(rows: pd.DataFrame, letters: dict[str, str]) -> pd.DataFrame:
    """From claim × estimate to a row an estimate, which says how it bears on each claim."""
    records: list[dict[str, Any]] = []
    for _, group in rows.groupby("estimate", sort=False):
        relations = list(group["relation"])
        first = group.sort_values("relation", key=lambda said: said == NOT_COMPARABLE, kind="stable").iloc[0]
        same = len(set(relations)) == 1
        bearing = " · ".join(
            f"{letters[claim]} {relation}" for claim, relation in zip(group["claim"], relations, strict=True)
        )
        records.append(
            {
                **first.to_dict(),
                "relation": relations[0] if same else "several",
                "bearing": relations[0] if same and relations[0] == NOT_COMPARABLE else bearing,
                "own": bool(group["own"].any()),
                "voice": bool(group["voice"].any()),
            }
        )
    return pd.DataFrame(records)


def _band(told: Any, rows: pd.DataFrame, letter: str) -> ClaimBand:
    """From the compared rows; from the claim's own words where there is nothing to compare."""
    unit = str(told.unit) if known(told.unit) else ""
    if rows.empty and not known(told.low):
        ends = (math.nan,) * 4
    elif rows.empty:
        zone = Quantity(told.low, told.high, Modifier(told.modifier)).true_zone()
        ends = (zone.low, zone.high, told.low, told.high)
    else:
        row = rows.iloc[0]
        unit = str(row["unit"])
        ends = (row["claim_low"], row["claim_high"], row["claim_best_low"], row["claim_best_high"])
    figure = figure_words(ends[2], ends[3], told.modifier, unit)
    return ClaimBand(str(told.claim), letter, in_quotes(told.words), figure, *map(float, ends))

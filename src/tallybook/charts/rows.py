"""Which rows a picture draws: one a wording of a family, pages that say the same folded into it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from tallybook.charts.labels import known, page_key
from tallybook.charts.style import RELATIONS

MOST_ROWS = 30
"""More than this and nobody reads them; the table beside the picture has them all."""

_MOST_ASIDE = 10
_TIERS = {"primary": 0, "secondary": 1, "tertiary": 2}
_FROM_ESTIMATES = ("modifier", "language", "url", "part", "scope_words")


@dataclass(frozen=True)
class Row:
    """One wording: the statement that is shown, and those that say the same."""

    shown: Any
    pages: int
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """The rows of one family of origins; ``left_out`` counts the statements for which no row is left."""

    name: str
    own: bool
    rows: tuple[Row, ...]
    pages: int
    origins: int
    left_out: int = 0


def completed(compared: pd.DataFrame, estimates: pd.DataFrame) -> pd.DataFrame:
    """The compared rows with what only the table of estimates says: modifier, language, address."""
    if estimates.empty:
        return compared.reindex(columns=[*compared.columns, *_FROM_ESTIMATES])
    extra = [column for column in _FROM_ESTIMATES if column in estimates and column not in compared]
    return compared.merge(
        estimates[["estimate", *extra]].drop_duplicates("estimate"), on="estimate", how="left"
    )


def families(rows: pd.DataFrame) -> list[Family]:
    """The rows folded by family: the claim's own first, then by relation, then by name."""
    found = [_family(str(name), group) for name, group in rows.groupby("family_name", sort=True)]
    return sorted(found, key=lambda family: (not family.own, _rank(family.rows[0]), family.name))


def _family(name: str, group: pd.DataFrame) -> Family:
    folded: dict[Hashable, list[Any]] = {}
    for row in sorted(group.itertuples(index=False), key=_order):
        folded.setdefault(_fold_key(row), []).append(row)
    return Family(
        name=name,
        own=bool(group["own"].any()),
        rows=tuple(
            Row(same[0], len({page_key(row) for row in same}), tuple(str(row.estimate) for row in same))
            for same in folded.values()
        ),
        pages=len({page_key(row) for row in group.itertuples(index=False)}),
        origins=group["origin"].nunique(),
    )


def _order(row: Any) -> tuple[Any, ...]:
    """The family's voice first; then what bears on the claim, the nearest tier, the oldest page."""
    published = str(row.published) if known(row.published) else "9"
    relation = RELATIONS.index(row.relation) if row.relation in RELATIONS else 0
    return (
        not row.voice, relation, bool(row.derived), _TIERS.get(row.tier, 3), published, str(row.estimate),
    )  # fmt: skip


def _rank(row: Row) -> int:
    relation = row.shown.relation
    return RELATIONS.index(relation) if relation in RELATIONS else len(RELATIONS)


def _fold_key(row: Any) -> Hashable:
    """Same numbers, same bound, same bearing: the same thing said again. Without a number: same words."""
    told: tuple[Any, ...] = (
        row.bearing,
        row.incomparable,
        row.best_low,
        row.best_high,
        row.modifier,
        row.status,
        row.part,
    )
    if not (known(row.best_low) and known(row.best_high)):
        told = (*told, row.words)
    return (bool(row.derived), *(str(value) if known(value) else "" for value in told))


def trimmed(near: list[Family], aside: list[Family], most: int = MOST_ROWS) -> tuple[list[Family], ...]:
    """At most ``most`` rows in all, shared out evenly; each family keeps its voice.

    Rows beside the claim go first; what cannot be compared gets the rest, ten at least.
    """
    wanted = sum(len(family.rows) for family in aside)
    kept = _cut(near, most - min(wanted, _MOST_ASIDE))
    return kept, _cut(aside, most - sum(len(family.rows) for family in kept))


def _cut(found: list[Family], most: int) -> list[Family]:
    longest = max((len(family.rows) for family in found), default=0)
    while longest > 1 and sum(min(longest, len(family.rows)) for family in found) > most:
        longest -= 1
    return [
        replace(
            family,
            rows=family.rows[:longest],
            left_out=sum(len(row.statements) for row in family.rows[longest:]),
        )
        for family in found
    ]


def plotted(sections: dict[str, list[Family]]) -> pd.DataFrame:
    """The rows as drawn, in their order: what a test or a reader can check the picture against."""
    records = [
        {
            "section": section,
            "family_name": family.name,
            **{column: getattr(row.shown, column) for column in _SHOWN},
            "pages": row.pages,
            "folded": len(row.statements) - 1,
            "statements": row.statements,
        }
        for section, found in sections.items()
        for family in found
        for row in family.rows
    ]
    return pd.DataFrame(records, columns=["section", "family_name", *_SHOWN, "pages", "folded", "statements"])


_SHOWN = (
    "estimate", "words", "publisher", "published", "tier", "origin_name", "own", "voice", "derived",
    "formula", "relation", "bearing", "incomparable", "best_low", "best_high", "zone_low", "zone_high",
    "modifier", "unit", "reason",
)  # fmt: skip

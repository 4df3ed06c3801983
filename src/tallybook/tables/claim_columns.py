"""The columns of the tables with a row a claim: they are there also where a draft has no claim to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

FIGURE_COLUMNS = (
    "claim", "measure", "words", "paragraph", "low", "high", "modifier", "hedges", "unit", "per",
    "attributed_to", "origin", "period", "cites", "read_by", "because",
)  # fmt: skip
ZONE_COLUMNS = ("claim", "words", "unit", "named", "true", "meant")
VERDICT_COLUMNS = (
    "claim", "words", "measure", "verdict", "supporting", "differing", "compatible", "aside", "own_relation",
    "pages", "origins", "families", "witnesses", "written", "superseded", "heading", "fidelity",
    "distortions", "material", "fidelity_why", "why", "slip", "review",
)  # fmt: skip
TRIAL_COLUMNS = ("claim", "words", "verdict", "dial", "change", "verdict_then", "said", "fragile")
STRETCH_COLUMNS = ("claim", "words", "dial", "low", "high", "verdict")
UNMEASURED_COLUMNS = ("claim", "words", "paragraph", "attributed_to", "period", "guessed")
_FLAGS = frozenset({"superseded", "material", "fragile"})


def claim_frame(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """The rows as a table; one without rows has columns that can be chosen by and joined as text."""
    table = pd.DataFrame(rows, columns=list(columns))
    if rows:
        return table
    return table.astype({name: bool if name in _FLAGS else object for name in columns})

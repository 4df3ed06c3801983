"""The sources among themselves as tables: two figures a row, two origins a row, origin × origin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from tallybook.estimates.evidence import Evidence
from tallybook.matching.pair import Pair
from tallybook.tables.rows import day_cell, frame_of
from tallybook.verdicts.among_sentences import before_words, page_of, pair_sentence, relation_words
from tallybook.verdicts.among_sources import AmongSources, OriginPair

BETWEEN_COLUMNS = (
    "measure",
    "estimate",
    "words",
    "origin_name",
    "other",
    "other_words",
    "other_name",
    "relation",
    "because",
    "reason",
)
ORIGIN_PAIR_COLUMNS = (
    "measure",
    "origin",
    "origin_name",
    "statement",
    "words",
    "page",
    "other",
    "other_name",
    "other_statement",
    "other_words",
    "other_page",
    "relation",
    "because",
    "gap",
    "since",
    "how",
    "before",
    "other_figures_differ",
    "joined",
    "says",
)


def between_table(evidence: Evidence, pairs: Iterable[Pair]) -> pd.DataFrame:
    """One row per two figures of two origins."""
    rows = [
        {
            "measure": pair.claim.measure.id,
            "estimate": pair.claim.id,
            "words": pair.claim.words,
            "origin_name": evidence.estimates[pair.claim.id].origin.name,
            "other": pair.estimate.id,
            "other_words": pair.estimate.words,
            "other_name": pair.estimate.origin.name,
            "relation": str(pair.relation),
            "because": str(pair.why),
            "reason": pair.bearing.reason,
        }
        for pair in pairs
    ]
    return pd.DataFrame(rows, columns=list(BETWEEN_COLUMNS))


def origin_pair_table(pairs: Iterable[OriginPair]) -> pd.DataFrame:
    """One row per two origins on a measure, in their order."""
    return frame_of((_row(pair) for pair in pairs), ORIGIN_PAIR_COLUMNS)


def _row(pair: OriginPair) -> dict[str, object]:
    first, second = pair.first, pair.second
    return {
        "measure": pair.measure.id,
        "origin": pair.one.id,
        "origin_name": pair.one.name,
        "statement": first.id,
        "words": first.words,
        "page": page_of(first),
        "other": pair.other.id,
        "other_name": pair.other.name,
        "other_statement": second.id,
        "other_words": second.words,
        "other_page": page_of(second),
        "relation": str(pair.relation),
        "because": str(pair.pair.why) if pair.pair else str(pair.relation),
        "gap": pair.gap,
        "since": day_cell(pair.since),
        "how": relation_words(pair),
        "before": before_words(pair),
        "other_figures_differ": pair.apart is not None,
        "joined": ", ".join(pair.joined),
        "says": pair_sentence(pair),
    }


def origin_matrix(among: AmongSources, most: int | None = None) -> pd.DataFrame:
    """Origin × origin: the relation, behind it why the two are not independent; "" of an origin and itself.

    Those that differ from most others come first. ``most``: how many of them; all if not given.
    """
    origins = among.ranked[:most]
    names = Counter(origin.name for origin in origins)
    heads = [o.name if names[o.name] == 1 else f"{o.name} ({o.id})" for o in origins]
    cells = [[_cell(among.of(one, other)) for other in origins] for one in origins]
    table = pd.DataFrame(cells, index=heads, columns=heads, dtype=object)
    return table.rename_axis(index="origin", columns="beside")


def _cell(pair: OriginPair | None) -> str:
    if pair is None:
        return ""
    return f"{pair.relation} ({', '.join(pair.joined)})" if pair.joined else str(pair.relation)

"""Pages and origins as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from tallybook.book import Origin, Source, Statement
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.families import independence
from tallybook.tables.rows import day_cell, frame_of

SOURCE_COLUMNS = (
    "source",
    "publisher",
    "published",
    "tier",
    "language",
    "seen",
    "statements",
    "title",
    "url",
)
ORIGIN_COLUMNS = (
    "origin", "name", "family", "independent", "joined_by", "sums_up", "party_to", "method", "statements",
)  # fmt: skip


def source_table(
    sources: Iterable[Source], statements: Iterable[Statement], evidence: Evidence
) -> pd.DataFrame:
    """One row per page: source, publisher, published, tier, language, seen, statements, title, url.

    ``statements``: those to count.
    """
    counts = Counter(evidence.book.source_of[s.id].id for s in statements)
    rows = [
        {
            "source": s.id,
            "publisher": s.publisher,
            "published": day_cell(s.published),
            "tier": str(s.kind),
            "language": s.language or "",
            "seen": s.seen,
            "statements": counts[s.id],
            "title": s.title or s.what or "",
            "url": s.url or "",
        }
        for s in sources
    ]
    return frame_of(rows, SOURCE_COLUMNS)


def origin_table(
    origins: Iterable[Origin], statements: Iterable[Statement], evidence: Evidence
) -> pd.DataFrame:
    """One row per origin: its family, what joins it to others of the family, its method and interests.

    ``statements``: those to count.
    """
    families, joined = evidence.families, independence(evidence.book)
    counts = Counter(s.origin for s in statements)
    rows = [
        {
            "origin": origin.id,
            "name": origin.name,
            "family": families[origin.id].name,
            "independent": families[origin.id].independent,
            "joined_by": ", ".join(sorted({why for _, _, why in joined.edges(origin.id, data="why")})),
            "sums_up": ", ".join(sorted(families[origin.id].sums_up)),
            "party_to": origin.party_to or "",
            "method": origin.method or "",
            "statements": counts[origin.id],
        }
        for origin in origins
    ]
    return frame_of(rows, ORIGIN_COLUMNS)

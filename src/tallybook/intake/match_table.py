"""The figures that may bear on the claims of a case as a table, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from tallybook.book import Article, Book
from tallybook.book.problems import require_name
from tallybook.intake.candidates import Candidates, FigureBeside
from tallybook.intake.figures_found import Where
from tallybook.intake.match_decisions import decide
from tallybook.intake.match_words import where, why
from tallybook.intake.ranking import Likeness
from tallybook.terms import Beside

COLUMNS = (
    "key",
    "claim",
    "claim_words",
    "rank",
    "score",
    "state",
    "words",
    "sentence",
    "why",
    "where",
    "url",
)


def match_table(
    book: Book,
    article: Article,
    *,
    claim: str | None = None,
    top: int = 10,
    folders: Sequence[str | Path] = (),
    take: Iterable[str] = (),
    refuse: Iterable[str] = (),
    likeness: Likeness | None = None,
) -> pd.DataFrame:
    """One row a claim and figure, the nearest first. ``take``, ``refuse``: keys of rows, written to the book.

    UnknownName for a claim or key that is not there.
    """
    candidates = Candidates(
        book,
        article,
        claims=[claim] if claim else (),
        folders=[Path(folder) for folder in folders],
        likeness=likeness,
    )
    found = {asked.claim.id: candidates.of(asked.claim.id) for asked in candidates.asked}
    by_key = {key(one): one for of_claim in found.values() for one in of_claim}
    says = {**dict.fromkeys(take, str(Beside.BEARS)), **dict.fromkeys(refuse, str(Beside.REFUSED))}
    for name in says:
        require_name("figure", name, by_key)
    for name, word in says.items():
        decide(book, by_key[name], word)
    rows = [_row(one, says) for of_claim in found.values() for one in of_claim[:top]]
    return pd.DataFrame([row for row in rows if row["state"] != Beside.REFUSED.label], columns=list(COLUMNS))


def key(one: FigureBeside) -> str:
    """What names a row: "claim/statement"; of a text its name and the place of the figure's words."""
    found = one.found
    name = found.name if found.where is Where.STATEMENT else f"{found.name}#{found.words}"
    return f"{one.asked.claim.id}/{name}"


def _row(one: FigureBeside, says: dict[str, str]) -> dict[str, object]:
    state = Beside(says.get(key(one), one.state))
    return {
        "key": key(one),
        "claim": one.asked.claim.id,
        "claim_words": one.asked.words,
        "rank": one.number,
        "score": round(one.ranked.score, 3),
        "state": state.label,
        "words": one.found.words,
        "sentence": one.found.sentence,
        "why": why(one.asked, one.ranked),
        "where": where(one.found),
        "url": one.found.url or "",
    }

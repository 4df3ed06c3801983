"""A book and its comparisons as pandas tables: the interface of the notebooks.

    case = tallybook.open_book()["kursk-engineers"]
    case.verdicts()

One row a claim, a statement, or a pair of them. Numbers are floats in the unit named in the row;
an open end is ``inf``; what is not known is NaN, NaT or an empty text, never filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from tallybook.book import Article, Book, Measure, Period, load_book
from tallybook.comparison import TODAY, Comparison, compare
from tallybook.comparison.estimates import Estimate
from tallybook.comparison.origins import origin_name
from tallybook.comparison.pairs import Pair
from tallybook.comparison.wording import between, quoted
from tallybook.quantity import Interval, Policy, Quantity


def open_book(root: str | Path | None = None) -> OpenBook:
    """The project at ``root``, or around the working folder. BookError tells all that is wrong with it."""
    return OpenBook(load_book(Path(root) if root is not None else None))


class OpenBook(Mapping[str, "Case"]):
    """The cases of a project by the id of their article."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def __getitem__(self, article: str) -> Case:
        return Case(self.book, self.book.articles[article])

    def __iter__(self) -> Iterator[str]:
        return iter(self.book.articles)

    def __len__(self) -> int:
        return len(self.book.articles)

    def __repr__(self) -> str:
        return f"OpenBook({', '.join(self)})"

    def sources(self) -> pd.DataFrame:
        """One row a page: source, publisher, published, tier, language, seen, statements, title, url."""
        rows = [
            {
                "source": s.id,
                "publisher": s.publisher,
                "published": _day(s.published),
                "tier": s.kind,
                "language": s.language or "",
                "seen": s.seen,
                "statements": len(s.statements),
                "title": s.title or s.what or "",
                "url": s.url or "",
            }
            for s in self.book.sources.values()
        ]
        return pd.DataFrame(rows)

    def groups(self) -> pd.DataFrame:
        """One row a statement that repeats an utterance others repeat too: group, what, statement, words."""
        rows = [
            {
                "group": group.id,
                "what": group.what,
                "statement": s,
                "publisher": self.book.source_of[s].publisher,
                "words": self.book.statements[s].words,
            }
            for group in self.book.groups.values()
            for s in group.statements
        ]
        return pd.DataFrame(rows)


class Case:
    """One article with its claims, the estimates beside them, and the verdicts.

    ``policy``: the widths of hedges and windows; the book's own unless another is given.
    """

    def __init__(self, book: Book, article: Article, policy: Policy | None = None) -> None:
        self.book = book
        self.article = article
        self.policy = policy or book.policy
        self._compared = cache(self._compare)

    @property
    def id(self) -> str:
        return self.article.id

    @property
    def title(self) -> str:
        return self.article.title

    @property
    def publisher(self) -> str:
        return self.article.publisher

    @property
    def url(self) -> str:
        return self.article.url or ""

    @property
    def published(self) -> date:
        return self.article.published

    @property
    def measures(self) -> dict[str, Measure]:
        """The measures of the book by id."""
        return self.book.measures

    def with_policy(self, policy: Policy) -> Case:
        """The same case under other widths."""
        return Case(self.book, self.article, policy)

    def comparison(self, as_of: str = TODAY) -> Comparison:
        """The records behind the tables."""
        return self._compared(as_of)

    def _compare(self, as_of: str) -> Comparison:
        return compare(self.book, self.article, policy=self.policy, as_of=as_of)

    def figures(self) -> pd.DataFrame:
        """The figures of the article, one row a claim, as its words state them (unit: of the words)."""
        sides = self.comparison().sides
        return pd.DataFrame(
            [
                {
                    "claim": claim.id,
                    "measure": claim.measure,
                    "words": claim.anchor.exact,
                    "paragraph": claim.anchor.paragraph,
                    **_quantity(sides[claim.id].figure.quantity),
                    "attributed_to": claim.attributed_to or "",
                    "origin": claim.origin or "",
                    "period": claim.reference_period or "",
                    "cites": ", ".join(claim.cites),
                    "read_by": sides[claim.id].figure.by,
                    "because": sides[claim.id].figure.because or "",
                }
                for claim in self.article.claims
            ]
        )

    def zones(self) -> pd.DataFrame:
        """What the words of each claim allow, in words and in the measure's unit, one row a claim.

        named: the number or range itself; true: where the words are true; meant: what they suggest.
        """
        return pd.DataFrame(
            [
                {
                    "claim": side.claim.id,
                    "words": side.claim.anchor.exact,
                    "unit": side.measure.unit,
                    "named": between(side.value.core, side.measure.unit),
                    "true": between(side.value.true, side.measure.unit),
                    "meant": between(side.value.meant, side.measure.unit),
                }
                for side in (self.comparison().sides[claim.id] for claim in self.article.claims)
            ]
        )

    def folded(self) -> pd.DataFrame:
        """How many voices stand behind how many pages, one row a measure that has statements."""
        table = self.estimates()
        stated = table[~table["derived"]]
        counts = stated.groupby("measure", sort=False).agg(
            pages=("source", "nunique"),
            statements=("estimate", "nunique"),
            wordings=("words", "nunique"),
            origins=("origin", "nunique"),
            families=("family", "nunique"),
        )
        return counts.reset_index()

    def set_aside(self) -> pd.DataFrame:
        """Words of the article that look like a figure and are no claim: words, paragraph, kind, because."""
        rows = [
            {
                "words": aside.anchor.exact,
                "paragraph": aside.anchor.paragraph,
                "kind": aside.kind,
                "because": aside.because,
            }
            for aside in self.article.set_aside
        ]
        return pd.DataFrame(rows, columns=["words", "paragraph", "kind", "because"])

    def estimates(self, measure: str | None = None) -> pd.DataFrame:
        """The figures of the sources and what is derived from them, one row each.

        ``low``, ``high`` are as the words state them; ``best_*`` (the number named) and ``zone_*`` (where
        the words are true) are in the measure's unit. Raises KeyError for an unknown measure.
        """
        if measure is not None and measure not in self.measures:
            raise KeyError(f"no measure '{measure}'; the book has {', '.join(self.measures)}")
        known = self.comparison().known.values()
        return pd.DataFrame([self._estimate(e) for e in known if measure in (None, e.measure.id)])

    def compare(self, as_of: str = TODAY) -> pd.DataFrame:
        """Each claim beside each estimate of its measure: relation, gap, and the reason in one sentence."""
        pairs = self.comparison(as_of).pairs
        return pd.DataFrame([self._pair(p) for ps in pairs.values() for p in ps])

    def verdicts(self, as_of: str = TODAY) -> pd.DataFrame:
        """One row a claim: words, verdict, families for, against and compatible, estimates aside, why."""
        comparison = self.comparison(as_of)
        return pd.DataFrame(
            [
                {
                    "claim": claim.id,
                    "words": claim.anchor.exact,
                    "measure": claim.measure,
                    "verdict": str(judged.outcome),
                    "for_": len(judged.supporting),
                    "against": len(judged.differing),
                    "compatible": len(judged.compatible),
                    "aside": judged.aside,
                    "own": str(judged.own or ""),
                    "pages": judged.pages,
                    "families": judged.families,
                    "fidelity": judged.fidelity.result,
                    "fidelity_why": judged.fidelity.why,
                    "why": judged.why,
                }
                for claim in self.article.claims
                for judged in [comparison.verdicts[claim.id]]
            ]
        )

    def matrix(self, as_of: str = TODAY) -> pd.DataFrame:
        """Claims × families: what each family's one voice says, empty where it has no figure."""
        table = self.compare(as_of)
        voices = table[table["voice"]]
        wide = voices.pivot(index="claim", columns="family_name", values="relation")
        claims = [claim.id for claim in self.article.claims]
        return wide.reindex(index=claims).fillna("").rename_axis(index="claim", columns="family")

    def policy_table(self) -> pd.DataFrame:
        """The widths that words do not state, as this comparison used them."""
        values = {name: getattr(self.policy, name) for name in self.policy.__slots__}
        return pd.DataFrame({"width": list(values), "value": list(values.values())})

    @cached_property
    def answer(self) -> str:
        """The case in one sentence, computed."""
        counts = self.verdicts()["verdict"].value_counts(sort=False)
        told = ", ".join(f"{number} {outcome}" for outcome, number in counts.items())
        return f"Of {len(self.article.claims)} figures in {quoted(self.title)}: {told}."

    def _estimate(self, e: Estimate) -> dict[str, Any]:
        statement, source = e.statement, e.source
        family = self.comparison().families[statement.origin]
        row: dict[str, Any] = {
            "estimate": e.id,
            "measure": e.measure.id,
            "words": statement.words,
            "source": source.id,
            "publisher": source.publisher,
            "published": _day(source.published),
            "tier": source.kind,
            "language": source.language or "",
        }
        row |= _quantity(e.figure.quantity if e.figure and not e.derived else None)
        row |= _interval("best", e.value.core if e.value else None)
        row |= _interval("zone", e.value.true if e.value else None)
        return row | {
            "origin": statement.origin,
            "origin_name": origin_name(self.book, statement.origin),
            "family": family.id,
            "family_name": family.name,
            **_period(e.period),
            "period_from": e.period_from,
            "status": e.status,
            "part": e.part or "",
            "scope": e.scope or "",
            "scope_words": statement.scope_note or e.measure.scopes.get(e.scope or "", ""),
            "relays": statement.relays or "",
            "group": self.book.group_of.get(statement.id, ""),
            "derived": e.derived,
            "formula": e.formula or "",
            "remark": statement.remark or "",
            "url": source.url or "",
        }

    def _pair(self, p: Pair) -> dict[str, Any]:
        e, side, bears = p.estimate, p.side, p.bearing
        return {
            "claim": side.claim.id,
            "claim_words": side.claim.anchor.exact,
            "measure": side.measure.id,
            "estimate": e.id,
            "words": e.words,
            "publisher": e.source.publisher,
            "published": _day(e.source.published),
            "origin": e.statement.origin,
            "origin_name": origin_name(self.book, e.statement.origin),
            "family": p.family.id,
            "family_name": p.family.name,
            "own": p.own,
            "tier": e.source.kind,
            "relays": e.statement.relays or "",
            "derived": e.derived,
            "formula": e.formula or "",
            **_period(e.period),
            "status": e.status,
            **_interval("best", e.value.core if e.value else None),
            **_interval("zone", bears.zone),
            **_interval("claim", side.value.true),
            **_interval("claim_best", side.value.core),
            "unit": side.measure.unit,
            "relation": str(bears.relation),
            "gate": p.gate.code or "",
            "gap_factor": bears.gap_factor if bears.gap_factor is not None else float("nan"),
            "gap": bears.gap if bears.gap is not None else float("nan"),
            "direction": bears.direction or "",
            "voice": p.voice,
            "reason": bears.reason,
        }


def _quantity(quantity: Quantity | None) -> dict[str, Any]:
    if quantity is None:
        return {
            "low": float("nan"),
            "high": float("nan"),
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


def _interval(name: str, interval: Interval | None) -> dict[str, float]:
    if interval is None:
        return {f"{name}_low": float("nan"), f"{name}_high": float("nan")}
    return {f"{name}_low": interval.low, f"{name}_high": interval.high}


def _period(period: Period | None) -> dict[str, Any]:
    start = period.start if period and period.start != date.min else None
    end = period.end if period and period.end != date.max else None
    text = period.text if period else ""
    return {"period": text, "period_start": _day(start), "period_end": _day(end)}


def _day(value: date | None) -> pd.Timestamp:
    return pd.Timestamp(value) if value else pd.NaT

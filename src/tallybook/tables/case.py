"""One article as tables: its figures, what stands beside them, and how far the verdicts can be trusted."""

from __future__ import annotations

from datetime import date
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from tallybook.book import Article, Book, Measure
from tallybook.book.problems import require_name
from tallybook.consistency import check_claims
from tallybook.estimates.families import Family, unfolded
from tallybook.prose import interval, quoted
from tallybook.quantity import Policy
from tallybook.tables.rows import (
    PAIR_COLUMNS,
    STEP_COLUMNS,
    check_table,
    estimate_row,
    pair_row,
    quantity_cells,
    step_row,
    verdict_row,
)
from tallybook.tables.streamed import write_parquet
from tallybook.verdicts import TODAY, WRITTEN, Comparison, compare
from tallybook.verdicts.drift import Drift, drifts
from tallybook.verdicts.explanation import beside, claim_chain, pair_chain, sentence
from tallybook.verdicts.robustness import Trial, stretches, trials


class Case:
    """One article with its claims, the estimates beside them, and the verdicts.

    ``policy``: the widths of hedges and windows; the book's own unless another is given. ``folded``:
    False gives every origin a voice of its own.
    """

    def __init__(
        self, book: Book, article: Article, policy: Policy | None = None, *, folded: bool = True
    ) -> None:
        self.book = book
        self.article = article
        self.policy = policy or book.policy
        self.folds = folded
        self._compared = cache(self._compare)
        self._tried = cache(self._try)

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
        return Case(self.book, self.article, policy, folded=self.folds)

    def unfolded(self) -> Case:
        """The same case with a voice for every origin: what offices of one government say, side by side."""
        return Case(self.book, self.article, self.policy, folded=False)

    def comparison(self, as_of: str = TODAY) -> Comparison:
        """The records behind the tables."""
        return self._compared(as_of)

    def _compare(self, as_of: str) -> Comparison:
        return compare(self.book, self.article, policy=self.policy, as_of=as_of, voices_of=self.voices_of())

    def voices_of(self) -> dict[str, Family] | None:
        """The family of each origin, where it is not the book's own folding."""
        return None if self.folds else unfolded(self.book)

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
                    **quantity_cells(sides[claim.id].figure.quantity),
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
                    "named": interval(side.value.core, side.measure.unit),
                    "true": interval(side.value.true, side.measure.unit),
                    "meant": interval(side.value.meant, side.measure.unit),
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
        the words are true) are in the measure's unit. Raises UnknownName for an unknown measure.
        """
        if measure is not None:
            require_name("measure", measure, self.measures)
        comparison = self.comparison()
        table = pd.DataFrame([estimate_row(comparison, e) for e in comparison.known.values()])
        return table if measure is None else table[table["measure"] == measure].reset_index(drop=True)

    def compare(self, as_of: str = TODAY) -> pd.DataFrame:
        """Each claim beside each estimate of its measure: relation, gap, and the reason in one sentence."""
        comparison = self.comparison(as_of)
        rows = [pair_row(comparison, p) for pairs in comparison.pairs.values() for p in pairs]
        return pd.DataFrame(rows, columns=list(PAIR_COLUMNS))

    def to_parquet(self, path: str | Path, as_of: str = TODAY) -> int:
        """Write the rows of :meth:`compare` to a Parquet file, a block at a time; gives their number."""
        return write_parquet(self, Path(path), as_of)

    def verdicts(self, as_of: str = TODAY) -> pd.DataFrame:
        """One row a claim: words, verdict, families for, against and compatible, estimates aside, why.

        ``written``: the verdict by what was known on the article's date; ``superseded``: today's is
        another. ``review``: what a person says of it, beside the verdict and never instead.
        """
        comparison, then = self.comparison(as_of), self.comparison(WRITTEN).verdicts
        return pd.DataFrame(
            [verdict_row(comparison, claim.id, str(then[claim.id].outcome)) for claim in self.article.claims]
        )

    def drift(self, group: str | None = None) -> pd.DataFrame:
        """One row a wording of each statement that several pages repeat, beside the one nearest its origin.

        ``codes``: what changed, the gravest first, empty where nothing did; ``material``: it moves the
        number past its rounding, reverses a bound, counts something else, or bears otherwise on a claim.
        ``group``: one utterance by its id. Raises UnknownName for another.
        """
        found = self._drifts
        if group is not None:
            require_name("utterance", group, [d.id for d in found])
        rows = [step_row(d, s) for d in found if group in (None, d.id) for s in d.steps]
        return pd.DataFrame(rows, columns=list(STEP_COLUMNS))

    def drift_summary(self) -> pd.DataFrame:
        """One row an utterance: its statements, how many are distorted, how many materially, in words."""
        return pd.DataFrame(
            [
                (d.id, d.what, len(d.steps), d.distorted, sum(step.material for step in d.steps), d.summary)
                for d in self._drifts
            ],
            columns=["group", "what", "statements", "distorted", "material", "said"],
        )

    @cached_property
    def _drifts(self) -> list[Drift]:
        return drifts(self.comparison())

    def robustness(self, as_of: str = TODAY) -> pd.DataFrame:
        """One row a claim and thing that was changed: dial, change that flips the verdict, verdict_then,
        said (in a sentence), fragile (a small change, and to another side)."""
        words = {claim.id: claim.anchor.exact for claim in self.article.claims}
        return pd.DataFrame(
            [
                {
                    "claim": trial.claim,
                    "words": words[trial.claim],
                    "verdict": str(trial.before),
                    "dial": trial.dial,
                    "change": trial.change,
                    "verdict_then": str(trial.after or ""),
                    "said": trial.said,
                    "fragile": trial.fragile,
                }
                for trial in self._tried(as_of)
            ]
        )

    def fragile(self, as_of: str = TODAY) -> pd.DataFrame:
        """The rows of :meth:`robustness` that make a verdict fragile; none is a good sign."""
        table = self.robustness(as_of)
        return table[table["fragile"]].reset_index(drop=True)

    def _try(self, as_of: str) -> list[Trial]:
        return trials(self.book, self.article, self.policy, as_of=as_of)

    def sensitivity(self, as_of: str = TODAY) -> pd.DataFrame:
        """One row a run of tolerances in which a verdict stays: claim, words, dial, from_, to, verdict."""
        found = stretches(self.book, self.article, self.policy, as_of=as_of)
        return pd.DataFrame(
            [
                {
                    "claim": claim.id,
                    "words": claim.anchor.exact,
                    "dial": "tolerance",
                    "from_": run.low,
                    "to": run.high,
                    "verdict": str(run.outcome),
                }
                for claim in self.article.claims
                for run in found[claim.id]
            ]
        )

    def checks(self) -> pd.DataFrame:
        """The figures of the article held against each other, without sources: test, about, closes, why.

        ``closes``: "yes", "no", or "cannot be told". A share that follows from a rate of the article is
        tried with each denominator that the book knows, by itself.
        """
        comparison = self.comparison()
        rules = [rule for m in self.measures.values() for rule in m.shares]
        wanted = {rule.whole or rule.rest for rule in rules}
        denominators = [e for e in comparison.known.values() if e.measure.id in wanted]
        return check_table(check_claims(self.book, self.article, comparison.sides, self.policy, denominators))

    def explain(self, claim: str, estimate: str | None = None, as_of: str = TODAY) -> pd.DataFrame:
        """The chain from words to verdict, or to the relation of one estimate: step, says.

        Without ``estimate``, every estimate beside the claim follows in one sentence; the step says what
        it does to the claim, and an asterisk marks the voices that count. Raises UnknownName
        for an unknown claim or estimate.
        """
        comparison = self.comparison(as_of)
        require_name("claim", claim, comparison.sides)
        if estimate is not None:
            links = pair_chain(comparison, claim, estimate)
            return pd.DataFrame([{"step": link.step, "says": link.says} for link in links])
        rows = [{"step": link.step, "says": link.says} for link in claim_chain(comparison, claim)]
        for group, pairs in beside(comparison, claim).items():
            rows += [
                {
                    "step": f"{group}{' *' if p.voice and not p.gate.code else ''}",
                    "says": sentence(self.book, p),
                }
                for p in pairs
            ]
        return pd.DataFrame(rows)

    def matrix(self, as_of: str = TODAY) -> pd.DataFrame:
        """Claims × families: what each family's one voice says, empty where it has no figure."""
        table = self.compare(as_of)
        voices = table[table["voice"].astype(bool)]
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

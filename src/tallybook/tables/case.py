"""One article as tables: its figures, what its sources say, and how far the verdicts can be trusted."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from tallybook.book import Article, Book, Measure, Statement
from tallybook.book.problems import require_name
from tallybook.consistency import check_claims
from tallybook.estimates.evidence import Evidence
from tallybook.matching.matcher import Matcher, matcher
from tallybook.prose import counted, interval, listed, quoted
from tallybook.quantity import Policy
from tallybook.tables.rows import (
    ESTIMATE_COLUMNS,
    PAIR_COLUMNS,
    STEP_COLUMNS,
    check_table,
    estimate_row,
    frame_of,
    pair_row,
    quantity_cells,
    step_row,
    verdict_row,
)
from tallybook.tables.source_rows import origin_table, source_table
from tallybook.tables.streamed import write_parquet
from tallybook.terms import AsOf, Verdict
from tallybook.verdicts.comparison import Comparison, compare
from tallybook.verdicts.drift import Drift, drifts
from tallybook.verdicts.explanation import claim_chain, grouped_pairs, pair_chain, pair_sentence
from tallybook.verdicts.robustness import Stretch, Trial, stretches, trials


class Case:
    """One article with its claims, the estimates that bear on them, and the verdicts.

    ``policy``: the widths of hedges and windows; the book's own unless another is given. ``grouped``:
    False gives every origin a voice of its own. ``as_of`` in its methods: "today" or "written".
    """

    def __init__(
        self, evidence: Evidence, article: Article, policy: Policy | None = None, *, grouped: bool = True
    ) -> None:
        self.evidence = evidence
        self.article = article
        self.policy = policy or evidence.book.policy
        self.grouped = grouped
        self._matchers: dict[AsOf, Matcher] = {}
        self._comparisons: dict[AsOf, Comparison] = {}
        self._trials: dict[AsOf, list[Trial]] = {}

    @property
    def book(self) -> Book:
        return self.evidence.book

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

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """The measures that this case needs, by id."""
        return {id_: self.book.measures[id_] for id_ in self.evidence.measures_of(self.article)}

    def with_policy(self, policy: Policy) -> Case:
        """The same case under other widths."""
        return Case(self.evidence, self.article, policy, grouped=self.grouped)

    def without_grouping(self) -> Case:
        """The same case with a voice for every origin: what offices of one government say, one by one."""
        return Case(self.evidence, self.article, self.policy, grouped=False)

    # Records

    def matcher(self, as_of: str = AsOf.TODAY) -> Matcher:
        """The claims and the estimates that are set beside them, as columns."""
        time = _as_of(as_of)
        if time not in self._matchers:
            made = matcher(self.evidence, self.article, self.policy, time)
            self._matchers[time] = made if self.grouped else made.grouped_by(self.evidence.ungrouped)
        return self._matchers[time]

    def comparison(self, as_of: str = AsOf.TODAY) -> Comparison:
        """The records behind the tables."""
        time = _as_of(as_of)
        if time not in self._comparisons:
            made = self.matcher(time)
            self._comparisons[time] = compare(self.evidence, self.article, made, self.policy, time)
        return self._comparisons[time]

    def drifts(self) -> list[Drift]:
        """The utterances that several statements of this case repeat."""
        return self._drifts

    @cached_property
    def _drifts(self) -> list[Drift]:
        return drifts(self.evidence, self.comparison())

    def trials(self, as_of: str = AsOf.TODAY) -> list[Trial]:
        """What was changed, and what each verdict is then."""
        time = _as_of(as_of)
        if time not in self._trials:
            self._trials[time] = trials(self.matcher(time), self.policy, self.evidence.ungrouped)
        return self._trials[time]

    def stretches(self, as_of: str = AsOf.TODAY) -> dict[str, list[Stretch]]:
        """By claim: the runs of tolerances in which its verdict stays."""
        return stretches(self.matcher(as_of), self.policy)

    # Tables

    def figures(self) -> pd.DataFrame:
        """The figures of the article, one row a claim, as its words state them (unit: of the words)."""
        return pd.DataFrame(
            [
                {
                    "claim": terms.id,
                    "measure": terms.measure.id,
                    "words": terms.words,
                    "paragraph": terms.claim.anchor.paragraph,
                    **quantity_cells(terms.figure.quantity),
                    "attributed_to": terms.claim.attributed_to or "",
                    "origin": terms.claim.origin or "",
                    "period": terms.claim.reference_period or "",
                    "cites": ", ".join(terms.claim.cites),
                    "read_by": terms.figure.by,
                    "because": terms.figure.because or "",
                }
                for terms in self.comparison().claims.values()
            ]
        )

    def zones(self) -> pd.DataFrame:
        """What the words of each claim allow, in words and in the measure's unit, one row a claim.

        named: the number or range itself; true: where the words are true; meant: what they suggest.
        """
        rows = []
        for terms in self.comparison().claims.values():
            zones, unit = terms.amount.under(self.policy), terms.measure.unit
            named, true, meant = (interval(zone, unit) for zone in (zones.core, zones.true, zones.meant))
            rows.append(
                {
                    "claim": terms.id,
                    "words": terms.words,
                    "unit": unit,
                    "named": named,
                    "true": true,
                    "meant": meant,
                }
            )
        return pd.DataFrame(rows)

    def independence(self) -> pd.DataFrame:
        """How many families stand behind how many pages, one row a measure that has statements."""
        table = self.estimates()
        counts = (
            table[~table["derived"]]
            .groupby("measure", sort=False)
            .agg(
                pages=("source", "nunique"),
                statements=("estimate", "nunique"),
                wordings=("words", "nunique"),
                origins=("origin", "nunique"),
                families=("family", "nunique"),
            )
        )
        return counts.reset_index()

    def set_aside(self) -> pd.DataFrame:
        """Words of the article that look like a figure and are not: words, paragraph, kind, because."""
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
        """The figures of the sources that bear on this article and what is derived from them, one row each.

        ``low``, ``high`` are as the words state them; ``best_*`` (the number named) and ``zone_*`` (where
        the words are true) are in the measure's unit. Raises UnknownName for an unknown measure.
        """
        if measure is not None:
            require_name("measure", measure, self.measures)
        comparison = self.comparison()
        rows = [
            estimate_row(comparison, e)
            for e in comparison.estimates.values()
            if measure in (None, e.measure.id)
        ]
        return frame_of(rows, ESTIMATE_COLUMNS)

    def sources(self) -> pd.DataFrame:
        """One row a page that has a statement on this case or that the article cites."""
        book, statements = self.book, self._statements()
        wanted = {book.source_of[s.id].id for s in statements}
        wanted |= {cited for claim in self.article.claims for cited in claim.cites}
        pages = [source for source in book.sources.values() if source.id in wanted]
        return source_table(pages, statements, self.evidence)

    def origins(self) -> pd.DataFrame:
        """One row an origin that this case needs: its family, and what joins it to others of the family."""
        book, statements = self.book, self._statements()
        wanted = {s.origin for s in statements} | {claim.origin for claim in self.article.claims}
        return origin_table([o for o in book.origins.values() if o.id in wanted], statements, self.evidence)

    def _statements(self) -> list[Statement]:
        known = self.comparison().estimates
        return [s for id_, s in self.book.statements.items() if id_ in known]

    def compare(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """Each claim beside each estimate of its measure: relation, gap, and the reason in one sentence."""
        comparison = self.comparison(as_of)
        rows = [pair_row(self.article, p) for pairs in comparison.pairs.values() for p in pairs]
        return frame_of(rows, PAIR_COLUMNS)

    def to_parquet(self, path: str | Path, as_of: str = AsOf.TODAY) -> int:
        """Write the rows of :meth:`compare` to a Parquet file, a block at a time; gives their number."""
        return write_parquet(self.matcher(as_of), self.article, self.policy, Path(path))

    def verdicts(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """One row a claim: words, verdict, families supporting, differing and compatible, why.

        ``aside``: estimates that cannot be compared; ``written``: the verdict by what was known on the
        article's date; ``superseded``: today's is another. ``review``: what a person says of it, beside
        the verdict and never instead.
        """
        comparison, then = self.comparison(as_of), self.comparison(AsOf.WRITTEN).verdicts
        return pd.DataFrame([verdict_row(comparison, id_, then[id_].verdict) for id_ in comparison.claims])

    def drift(self, group: str | None = None) -> pd.DataFrame:
        """One row a wording of each statement that several pages repeat, beside the one nearest its origin.

        ``codes``: what changed, the most severe first, empty where nothing did; ``material``: it moves the
        number past its rounding, reverses a bound, counts something else, or changes how it bears on a
        claim. ``group``: one utterance by its id. Raises UnknownName for one that is unknown.
        """
        found = self.drifts()
        if group is not None:
            require_name("utterance", group, [d.id for d in found])
        rows = [step_row(d, s) for d in found if group in (None, d.id) for s in d.steps]
        return frame_of(rows, STEP_COLUMNS)

    def drift_summary(self) -> pd.DataFrame:
        """One row an utterance: group, what, statements, distorted, material, said (in words)."""
        rows = [
            {
                "group": d.id,
                "what": d.what,
                "statements": len(d.steps),
                "distorted": d.distorted,
                "material": sum(step.material for step in d.steps),
                "said": d.summary,
            }
            for d in self.drifts()
        ]
        return pd.DataFrame(rows, columns=["group", "what", "statements", "distorted", "material", "said"])

    def robustness(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """One row a claim and setting that was changed: dial, change that flips the verdict, verdict_then,
        said (in a sentence), fragile (a small change, and to another side)."""
        claims = self.comparison(as_of).claims
        return pd.DataFrame(
            [
                {
                    "claim": trial.claim,
                    "words": claims[trial.claim].words,
                    "verdict": str(trial.before),
                    "dial": trial.dial,
                    "change": trial.change,
                    "verdict_then": str(trial.after or ""),
                    "said": trial.said,
                    "fragile": trial.fragile,
                }
                for trial in self.trials(as_of)
            ]
        )

    def fragile(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """The rows of :meth:`robustness` that make a verdict fragile; empty if no verdict is fragile."""
        table = self.robustness(as_of)
        return table[table["fragile"]].reset_index(drop=True)

    def sensitivity(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """One row a run of tolerances in which a verdict stays: claim, words, dial, low, high, verdict."""
        found, claims = self.stretches(as_of), self.comparison(as_of).claims
        return pd.DataFrame(
            [
                {
                    "claim": id_,
                    "words": terms.words,
                    "dial": "tolerance",
                    "low": run.low,
                    "high": run.high,
                    "verdict": str(run.verdict),
                }
                for id_, terms in claims.items()
                for run in found[id_]
            ]
        )

    def checks(self) -> pd.DataFrame:
        """The figures of the article compared with each other, without sources: test, about, result, why.

        ``result``: "consistent", "inconsistent", or "cannot tell". A share that follows from a rate of the
        article is tried with each denominator of the case's sources, by itself.
        """
        comparison = self.comparison()
        wanted = {rule.whole or rule.rest for m in self.measures.values() for rule in m.shares}
        denominators = [e for e in comparison.estimates.values() if e.measure.id in wanted]
        return check_table(check_claims(comparison.claims, denominators, self.policy))

    def explain(self, claim: str, estimate: str | None = None, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """The chain from words to verdict, or to the relation of one estimate: step, says.

        Without ``estimate``, every estimate beside the claim follows in one sentence; the step says how it
        bears on the claim, and an asterisk marks the voices that count. Raises UnknownName for an unknown
        claim or estimate.
        """
        comparison = self.comparison(as_of)
        require_name("claim", claim, comparison.claims)
        if estimate is not None:
            links = pair_chain(comparison, claim, estimate)
            return pd.DataFrame([{"step": link.step, "says": link.says} for link in links])
        rows = [{"step": link.step, "says": link.says} for link in claim_chain(comparison, claim)]
        for group, pairs in grouped_pairs(comparison, claim).items():
            rows += [{"step": f"{group}{' *' if p.counts else ''}", "says": pair_sentence(p)} for p in pairs]
        return pd.DataFrame(rows)

    def matrix(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """Claims × families: what each family's one voice says, empty where it has no figure."""
        pairs = self.comparison(as_of).pairs
        cells = {
            claim: {p.family.name: str(p.bearing.relation) for p in of_claim if p.voice}
            for claim, of_claim in pairs.items()
        }
        families = sorted({name for row in cells.values() for name in row})
        table = pd.DataFrame([cells[claim] for claim in pairs], index=list(pairs), columns=families)
        return table.fillna("").rename_axis(index="claim", columns="family")

    def policy_table(self) -> pd.DataFrame:
        """The widths that words do not state, as this comparison used them."""
        values = {name: getattr(self.policy, name) for name in self.policy.__slots__}
        return pd.DataFrame({"width": list(values), "value": list(values.values())})

    @cached_property
    def answer(self) -> str:
        """The case in one sentence, computed."""
        verdicts = [judged.verdict for judged in self.comparison().verdicts.values()]
        told = [verdict.of(verdicts.count(verdict)) for verdict in Verdict if verdict in verdicts]
        if len(verdicts) == 1:
            return f"The one figure in {quoted(self.title)} {told[0].removeprefix('1 ')}."
        return f"Of {counted(len(verdicts), 'figure')} in {quoted(self.title)}, {listed(told)}."

    def __repr__(self) -> str:
        return f"<Case {self.id}: {self.answer}>"

    def _repr_html_(self) -> str:
        from tallybook.tables.notebook import show

        return show(self.verdicts(), self.answer, ["claim", "words", "verdict", "why"])._repr_html_()


def _as_of(text: str) -> AsOf:
    """ValueError for a time of judging that is neither of the two."""
    if text not in list(AsOf):
        raise ValueError(f"as_of is '{text}'; it must be 'written' or 'today'")
    return AsOf(text)

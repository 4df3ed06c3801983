"""One article as tables: its figures, those of its sources, the verdicts, and how robust these are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from tallybook.book import Article, Book, Measure, Statement
from tallybook.book.problems import require_name
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.nature import as_shown
from tallybook.matching.matcher import Matcher, matcher
from tallybook.prose import counted, interval, listed, quoted, sentence
from tallybook.quantity import Policy
from tallybook.tables.among_rows import between_table, origin_matrix, origin_pair_table
from tallybook.tables.claim_columns import (
    FIGURE_COLUMNS,
    STRETCH_COLUMNS,
    TRIAL_COLUMNS,
    UNMEASURED_COLUMNS,
    VERDICT_COLUMNS,
    ZONE_COLUMNS,
    claim_frame,
)
from tallybook.tables.rows import (
    ESTIMATE_COLUMNS,
    PAIR_COLUMNS,
    SLIP_COLUMNS,
    STEP_COLUMNS,
    SUMMARY_COLUMNS,
    check_table,
    estimate_row,
    frame_of,
    pair_row,
    quantity_cells,
    slip_row,
    step_row,
    summary_row,
    verdict_row,
)
from tallybook.tables.source_rows import origin_table, source_table
from tallybook.tables.streamed import write_parquet
from tallybook.terms import AsOf, Verdict
from tallybook.verdicts.among_sentences import answer as among_sources_answer
from tallybook.verdicts.among_sources import AmongSources, among_sources
from tallybook.verdicts.between import between
from tallybook.verdicts.comparison import Comparison, compare
from tallybook.verdicts.drift import Drift, drifts
from tallybook.verdicts.explanation import claim_chain, grouped_pairs, pair_chain, pair_sentence
from tallybook.verdicts.robustness import DIALS, TOLERANCE, Stretch, Trial, stretches, trials

if TYPE_CHECKING:
    from tallybook.consistency import Check


class Case:
    """One article with its claims, the estimates that bear on them, and the verdicts.

    ``policy``: the widths of hedges and windows; the book's own unless another is given. ``grouped``: False
    gives every origin its own voice. ``as_of`` in its methods: "today", or "written" for what could be read
    on the article's date; ValueError for anything else.
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
        return self.article.published.end

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """The measures that this case needs, by id."""
        return {id_: self.book.measures[id_] for id_ in self.evidence.measures_of(self.article)}

    def with_policy(self, policy: Policy) -> Case:
        """The same case under other widths."""
        return Case(self.evidence, self.article, policy, grouped=self.grouped)

    def without_grouping(self) -> Case:
        """The same case with a voice for every origin, also for those of one government."""
        return Case(self.evidence, self.article, self.policy, grouped=False)

    def explore(self, claim: str | None = None) -> Any:
        """Pick a claim, move tolerance, window and widths, leave a source group out; the verdict follows.

        For the last line of a cell of a notebook; needs the extra "desk". ``claim``: the one to begin with.
        """
        return import_module("tallybook.desk").explore(self, claim)  # the desk knows cases

    # Records

    def matcher(self, as_of: str = AsOf.TODAY) -> Matcher:
        """The claims and the estimates of their measures, as columns."""
        time = _as_of(as_of)
        if time not in self._matchers:
            made = matcher(self.evidence, self.article, self.policy, time)
            self._matchers[time] = made if self.grouped else made.grouped_by(self.evidence.ungrouped)
        return self._matchers[time]

    def comparison(self, as_of: str = AsOf.TODAY) -> Comparison:
        """The records from which the tables are made."""
        time = _as_of(as_of)
        if time not in self._comparisons:
            made = self.matcher(time)
            self._comparisons[time] = compare(self.evidence, self.article, made, self.policy, time)
        return self._comparisons[time]

    def drifts(self) -> list[Drift]:
        """The utterances of this case that several statements repeat."""
        return self._drifts

    @cached_property
    def _drifts(self) -> list[Drift]:
        return drifts(self.evidence, self.comparison())

    def among_sources(self) -> dict[str, AmongSources]:
        """By measure: every origin beside every other."""
        return self._among_sources

    @cached_property
    def _among_sources(self) -> dict[str, AmongSources]:
        return {id_: among_sources(self.evidence, id_, self.policy) for id_ in self.measures}

    def trials(self, as_of: str = AsOf.TODAY) -> list[Trial]:
        """Every setting that was changed, with its effect on each verdict."""
        time = _as_of(as_of)
        if time not in self._trials:
            self._trials[time] = trials(self.matcher(time), self.policy, self.evidence.ungrouped)
        return self._trials[time]

    def stretches(self, as_of: str = AsOf.TODAY) -> dict[str, list[Stretch]]:
        """By claim: the ranges of tolerances in which its verdict stays the same."""
        return stretches(self.matcher(as_of), self.policy)

    def self_checks(self) -> list[Check]:
        """The figures of the article compared with each other."""
        return self._self_checks

    @cached_property
    def _self_checks(self) -> list[Check]:
        comparison = self.comparison()
        wanted = {rule.whole or rule.rest for m in self.measures.values() for rule in m.shares}
        denominators = [e for e in comparison.estimates.values() if e.measure.id in wanted]
        from tallybook.consistency import check_claims

        return check_claims(comparison.claims, denominators, self.policy)

    # Tables

    def figures(self) -> pd.DataFrame:
        """The figures of the article, one row per claim, as its words state them (``unit``: of the words)."""
        return claim_frame(
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
            ],
            FIGURE_COLUMNS,
        )

    def zones(self) -> pd.DataFrame:
        """What the words of each claim allow, in words and in the measure's unit, one row per claim.

        ``named``: the number or range itself; ``true``: for which values the words are true; ``meant``: which
        values they suggest.
        """
        rows = []
        for terms in self.comparison().claims.values():
            zones, unit = terms.amount.under(self.policy), terms.measure.unit
            true, meant = (as_shown(zone, terms.measure) for zone in (zones.true, zones.meant))
            rows.append(
                {
                    "claim": terms.id,
                    "words": terms.words,
                    "unit": unit,
                    "named": interval(zones.core, unit),
                    "true": interval(true, unit),
                    "meant": interval(meant, unit),
                }
            )
        return claim_frame(rows, ZONE_COLUMNS)

    def independence(self) -> pd.DataFrame:
        """How many pages, statements, wordings, origins and families give figures of each measure.

        One row per measure that has statements.
        """
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

    def between(self) -> pd.DataFrame:
        """Every two figures of two origins, one row each; :meth:`sources` has every two origins.

        Columns: measure; estimate, words, origin_name of the one; other, other_words, other_name of the
        other; relation, because, reason.
        """
        pairs = [p for measure in self.measures for p in between(self.evidence, measure, self.policy)]
        return between_table(self.evidence, pairs)

    def set_aside(self) -> pd.DataFrame:
        """Words that look like a figure but are not a claim: words, paragraph, kind, because."""
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

    def unmeasured(self) -> pd.DataFrame:
        """The figures of a draft that have no measure yet, one row each; they are compared with nothing.

        ``guessed``: the fields that a program proposed and nobody has looked at.
        """
        rows = [
            {
                "claim": claim.id,
                "words": claim.anchor.exact,
                "paragraph": claim.anchor.paragraph,
                "attributed_to": claim.attributed_to or "",
                "period": claim.reference_period or "",
                "guessed": ", ".join(claim.guessed),
            }
            for claim in self.article.unmeasured
        ]
        return claim_frame(rows, UNMEASURED_COLUMNS)

    def estimates(self, measure: str | None = None) -> pd.DataFrame:
        """The estimates of the measures of this case, stated and derived, one row each.

        ``low``, ``high`` are as the words state them; ``best_*`` (the number named) and ``zone_*`` (the
        values for which the words are true) are in the measure's unit. UnknownName for a measure that the
        case does not have.
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

    def sources(self, measure: str | None = None) -> pd.DataFrame:
        """The sources among themselves: every origin beside every other on each measure, one row per two,
        those that differ first.

        ``statement``, ``words``, ``page``: the figure of the one that decides, and of the other;
        ``relation``: of the second figure to the first, and the other way round; ``since``: the day by which
        both sides of it were out, as far as the pages tell; ``before``: how they stood before, in words;
        ``other_figures_differ``: whether others of their figures differ; ``joined``: why the two are not
        independent; ``says``: all of it in words. The list of pages is :meth:`pages`. UnknownName for a
        measure that the case does not have.
        """
        if measure is not None:
            require_name("measure", measure, self.measures)
        found = [among for id_, among in self.among_sources().items() if measure in (None, id_)]
        pairs = sorted((pair for among in found for pair in among.pairs), key=lambda pair: pair.rank)
        return origin_pair_table(pairs)

    def sources_matrix(self, measure: str, most: int | None = None) -> pd.DataFrame:
        """Origin × origin on one measure: their relation, with what joins them where they are not
        independent. Those that differ from most others come first; ``most``: how many, all if not given.

        UnknownName for a measure that the case does not have.
        """
        require_name("measure", measure, self.measures)
        return origin_matrix(self.among_sources()[measure], most)

    def pages(self) -> pd.DataFrame:
        """One row per page that has a statement on this case or that the article cites."""
        book, statements = self.book, self._statements()
        wanted = {book.source_of[s.id].id for s in statements}
        wanted |= {cited for claim in self.article.claims for cited in claim.cites}
        pages = [source for source in book.sources.values() if source.id in wanted]
        return source_table(pages, statements, self.evidence)

    def origins(self) -> pd.DataFrame:
        """One row per origin of this case: its family, and what joins it to others of the family."""
        book, statements = self.book, self._statements()
        wanted = {s.origin for s in statements} | {claim.origin for claim in self.article.claims}
        return origin_table([o for o in book.origins.values() if o.id in wanted], statements, self.evidence)

    def _statements(self) -> list[Statement]:
        known = self.comparison().estimates
        return [s for id_, s in self.book.statements.items() if id_ in known]

    def compare(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """Each claim with each estimate of its measure: relation, gap, and reason."""
        comparison = self.comparison(as_of)
        rows = [pair_row(self.article, p) for pairs in comparison.pairs.values() for p in pairs]
        return frame_of(rows, PAIR_COLUMNS)

    def to_parquet(self, path: str | Path, as_of: str = AsOf.TODAY) -> int:
        """Write the rows of :meth:`compare` to a Parquet file, a block at a time; returns their number."""
        return write_parquet(self.matcher(as_of), self.article, self.policy, Path(path))

    def verdicts(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """One row per claim: words, verdict, why, and how many families support it, differ or are compatible.

        ``aside``: how many estimates cannot be compared; ``written``: the verdict by what could be read on
        the article's date; ``superseded``: whether its origin has given a newer figure since; ``heading``:
        which of the two answers heads the claim. ``slip``: the one change that would make the claim right,
        "" where none is seen, and ``review``: a person's opinion; neither changes the verdict.
        """
        comparison, then = self.comparison(as_of), self.comparison(AsOf.WRITTEN).verdicts
        rows = [verdict_row(comparison, id_, then[id_].verdict) for id_ in comparison.claims]
        return claim_frame(rows, VERDICT_COLUMNS)

    def slips(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """The claims that one change to one figure would make right: hints, which change no verdict.

        ``change``: its kind ("digits swapped"); ``says``: in a sentence; ``estimate``, ``estimate_words``,
        ``publisher``, ``url``: the figure and its page. Empty where nothing is seen.
        """
        comparison = self.comparison(as_of)
        found = [slip_row(comparison, claim) for claim in comparison.claims]
        return frame_of([row for row in found if row is not None], SLIP_COLUMNS)

    def drift(self, group: str | None = None) -> pd.DataFrame:
        """One row per wording of each repeated utterance, compared with the one nearest to its origin.

        ``codes``: what changed, the most severe first, empty if nothing did; ``material``: the change moves
        the number past its rounding, reverses a bound, counts something else, or changes how the figure
        bears on a claim. ``group``: the id of one utterance. UnknownName for an unknown one.
        """
        found = self.drifts()
        if group is not None:
            require_name("utterance", group, [d.id for d in found])
        rows = [step_row(d, s) for d in found if group in (None, d.id) for s in d.steps]
        return frame_of(rows, STEP_COLUMNS)

    def drift_summary(self) -> pd.DataFrame:
        """One row per repeated utterance: group, what, statements, distorted, material, said (in words), and
        the wording nearest to its origin with its page: nearest, publisher, url."""
        return pd.DataFrame(map(summary_row, self.drifts()), columns=list(SUMMARY_COLUMNS))

    def match(
        self,
        claim: str | None = None,
        top: int = 10,
        *,
        folders: Sequence[str | Path] = (),
        take: Iterable[str] = (),
        refuse: Iterable[str] = (),
        likeness: Callable[[str, Sequence[str]], Sequence[float]] | None = None,
    ) -> pd.DataFrame:
        """The figures that may bear on each claim, or on one: the ``top`` nearest, one row each.

        Looked for in the statements of the book, the pages of its cache and ``folders`` of texts. ``take``,
        ``refuse``: keys of rows; what is decided is written to the article's file. ``likeness``: a model of
        one's own that tells how like each of some texts is to a text. UnknownName for a claim or key that is
        not there.
        """
        room = import_module("tallybook.intake.match_table")  # what comes in from outside knows cases
        table: pd.DataFrame = room.match_table(
            self.book, self.article, claim=claim, top=top, folders=folders, take=take, refuse=refuse,
            likeness=likeness,
        )  # fmt: skip
        return table

    def robustness(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """One row per claim and setting that was changed.

        ``dial``: the setting; ``change``: the smallest change that flips the verdict; ``verdict_then``: the
        new verdict; both empty if none does. ``said``: in a sentence; ``fragile``: whether a small change
        moves the verdict to another side. A family that flips a verdict when left out has its own row.
        """
        claims = self.comparison(as_of).claims
        return claim_frame(
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
            ],
            TRIAL_COLUMNS,
        )

    def fragile(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """The rows of :meth:`robustness` that make a verdict fragile; empty if no verdict is fragile."""
        table = self.robustness(as_of)
        return table[table["fragile"]].reset_index(drop=True)

    def sensitivity(self, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """One row per range of tolerances with one verdict: claim, words, dial, low, high, verdict."""
        found, claims = self.stretches(as_of), self.comparison(as_of).claims
        return claim_frame(
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
            ],
            STRETCH_COLUMNS,
        )

    def checks(self) -> pd.DataFrame:
        """The figures of the article compared with each other: test, about, result, why.

        ``result``: "consistent", "inconsistent", or "cannot tell". Of the sources only denominators are used:
        whether a share follows from a figure of the article is tested with each of them separately.
        """
        return check_table(self.self_checks())

    def explain(self, claim: str, estimate: str | None = None, as_of: str = AsOf.TODAY) -> pd.DataFrame:
        """The steps from words to verdict, or to the relation of one estimate: step, says.

        Without ``estimate``, a sentence on every estimate of the claim's measure follows; its step is "for",
        "against", "compatible" or "aside", with an asterisk if it is a comparable voice of its family.
        UnknownName for an unknown claim or estimate.
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
        """Claims × families: the relation of each family's voice, empty if it has no figure."""
        pairs = self.comparison(as_of).pairs
        cells = {
            claim: {p.family.name: str(p.bearing.relation) for p in of_claim if p.voice}
            for claim, of_claim in pairs.items()
        }
        families = sorted({name for row in cells.values() for name in row})
        table = pd.DataFrame([cells[claim] for claim in pairs], index=list(pairs), columns=families)
        return table.fillna("").rename_axis(index="claim", columns="family")

    def policy_table(self) -> pd.DataFrame:
        """The widths that words do not state, as this comparison used them: width, value; what it is and how
        wide it is in words (called, says)."""
        dials = {dial.field: dial for dial in (TOLERANCE, *DIALS)}
        values = {name: getattr(self.policy, name) for name in self.policy.__slots__}
        return pd.DataFrame(
            {
                "width": list(values),
                "value": list(values.values()),
                "called": [dials[name].name for name in values],
                "says": [dials[name].words(float(value)) for name, value in values.items()],
            }
        )

    @cached_property
    def answer(self) -> str:
        """The result of the case in one sentence, computed; of an example or a draft it first says so."""
        open_ones = len(self.article.unmeasured)
        told = f"{counted(open_ones, 'figure')} {'has' if open_ones == 1 else 'have'} no measure yet."
        parts = [self._verdicts_counted] if self.article.claims else []
        parts += [told] if open_ones else []
        return " ".join([*map(sentence, self.article.labels), *parts])

    @property
    def _verdicts_counted(self) -> str:
        verdicts = [judged.verdict for judged in self.comparison().verdicts.values()]
        told = [verdict.of(verdicts.count(verdict)) for verdict in Verdict if verdict in verdicts]
        if len(verdicts) == 1:
            return f"The one figure in {quoted(self.title)} {told[0].removeprefix('1 ')}."
        return f"Of {counted(len(verdicts), 'figure')} in {quoted(self.title)}, {listed(told)}."

    @cached_property
    def sources_answer(self) -> tuple[str, ...]:
        """Who disagrees with whom among the sources, and since when, in sentences; computed."""
        return among_sources_answer(self.among_sources().values())

    def __repr__(self) -> str:
        return f"<Case {self.id}: {self.answer}>"

    def export(
        self,
        *to: str,
        out: str | Path | None = None,
        publisher: str | None = None,
        site: str | None = None,
    ) -> pd.DataFrame:
        """Write the case in formats of other tools ("claimreview", "xlsx", …, or "all"): one row per format
        with its folder, number of files and bytes.

        ``out``: by default export/<case> in the project's folder; ``publisher``: who publishes the verdicts;
        ``site``: the address of the report. UnknownName for a format that there is not; ExportError where a
        folder cannot be written.
        """
        room = import_module("tallybook.exchange.export")  # what goes out to other tools knows cases
        table: pd.DataFrame = room.export_table(self, to, out, publisher, site)
        return table

    def review(self) -> Any:
        """The review of a draft in a notebook: the next figure that is open, and answers that are written at
        once (``keep``, ``no_claim``, ``later``, ``edit``, ``new_measure``, ``undo``, ``done``).

        The case itself stays as it was opened: open the book again to see what was written.
        """
        room = import_module("tallybook.intake.notebook_review")  # what comes in from outside knows cases
        return room.NotebookReview(self.book.root, self.id)

    def _repr_html_(self) -> str:
        from tallybook.tables.notebook import show

        table = self.verdicts()
        hints = ["slip"] if table["slip"].any() else []
        columns = ["words", "verdict", "why", *hints, "claim"]
        return show(table, self.answer, columns, {"words": "claim", "claim": "id"})._repr_html_()


def _as_of(text: str) -> AsOf:
    """The time of judging; ValueError for any other text."""
    if text not in list(AsOf):
        raise ValueError(f"as_of is '{text}'; it must be 'written' or 'today'")
    return AsOf(text)

"""What the commands on one article print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from tallybook.cli.layout import INDENT, Column, Layout, labelled, paragraph
from tallybook.cli.streams import printable
from tallybook.cli.terminal import show, terminal_width
from tallybook.prose import amount, counted, in_words, quoted
from tallybook.terms import AsOf, Consistency, Distortion, State, Term, Verdict

if TYPE_CHECKING:
    import pandas as pd

    from tallybook.matching.pair import Pair
    from tallybook.tables.case import Case

_STYLES = {"agree": "green", "differ": "red", "between": "yellow", "aside": "dim"}
"""The style of a sign and its word, by the role of the term's colour."""

_GROUPS = frozenset({"for", "against", "compatible", "aside"})


def print_verdicts(case: Case, as_of: str) -> None:
    """A record a claim: verdict, words, source groups on each side, estimates aside, reason."""
    columns = [
        Column("verdict", head=True),
        Column("claim", head=True),
        Column("words", head=True, prose=True),
        *(Column(name) for name in ("for", "against", "compatible", "aside", "cited source")),
        Column("why", prose=True),
    ]
    width = terminal_width()
    if case.article.is_draft:
        show(_heading(f"{State.DRAFT.label}: no verdict here is final", width))
    table = case.verdicts(as_of)
    rows = []
    for row in table.itertuples():
        why = verdict_reasons(row)
        counts = (row.supporting, row.differing, row.compatible, row.aside, row.fidelity.replace("_", " "))
        rows.append(
            [
                _answer(row),
                _cell(row.claim, "bold"),
                _cell(quoted(row.words)),
                *map(_cell, counts),
                _cell(" ".join(why)),
            ]
        )
    show(Layout(columns, rows, width).lines(rows))
    _print_unmeasured(case, width)
    _say(
        f"Judged {AsOf(as_of).meaning}. for, against, compatible: independent source groups; "
        "aside: estimates that cannot be compared.",
        width,
    )


def verdict_reasons(row: Any) -> list[str]:
    """Why a claim has its verdict, a sentence or two each; ``row``: of the table of verdicts."""
    why = [row.why if row.verdict == Verdict.OWN_WORD else f"{row.why} {row.witnesses}."]
    if row.written != row.verdict:
        why.insert(0, f"When the article was written: {row.written}.")
    if row.superseded:
        why.append("Superseded: its origin has given a newer figure since.")
    if row.slip:
        why.append(f"Hint: {row.slip}")
    if row.review:
        why.append(f"Review: {row.review}.")
    return why


def _print_unmeasured(case: Case, width: int | None) -> None:
    """The figures of a draft that have no measure yet, a line each."""
    for row in case.unmeasured().itertuples():
        _say(f"no measure yet: {row.claim}  {quoted(row.words)}, paragraph {row.paragraph}", width)


def print_explanation(case: Case, claim: str, estimate: str | None, as_of: str) -> None:
    """The steps from words to verdict, or to the relation of one estimate. UnknownName for another id."""
    rows: list[tuple[str, str]] = []
    group = ""
    for row in case.explain(claim, estimate, as_of).itertuples():
        step = str(row.step)
        if step.split(" ")[0] in _GROUPS and step.split(" ")[0] != group:
            group = step.split(" ")[0]
            rows.append(("", ""))
        rows.append((step, printable(str(row.says))))
    width = terminal_width()
    show(labelled(rows, width))
    if estimate is None:
        ids = [pair.estimate.id for pair in case.comparison(as_of).pairs[claim]]
        one = f"with one of: {', '.join(ids)}" if ids else "(this claim has none)"
        _say("* speaks for its source group.", width)
        _say(f"For one estimate: tallybook explain CLAIM ESTIMATE, {one}", width)


def only(claims: Collection[str], relations: Collection[str]) -> Callable[[Pair], bool]:
    """Whether a pair is of one of the claims and in one of the relations; an empty list admits all."""
    return lambda pair: (
        (not claims or pair.claim.id in claims) and (not relations or pair.bearing.relation in relations)
    )


def print_pairs(case: Case, as_of: str, wanted: Callable[[Pair], bool]) -> None:
    """A part a claim, a record an estimate: relation, figure, origin, reason."""
    columns = [
        Column("relation", head=True),
        Column("estimate", head=True),
        Column("figure", head=True),
        Column("origin", prose=True),
        Column("reason", prose=True),
    ]
    comparison = case.comparison(as_of)
    rows = {
        claim: [_pair(pair) for pair in pairs if wanted(pair)] for claim, pairs in comparison.pairs.items()
    }
    width = terminal_width()
    together = [row for part in rows.values() for row in part]
    layout = Layout(columns, together, width)
    for claim, part in rows.items():
        if part:
            terms = comparison.claims[claim]
            figure = in_words(terms.figure.quantity)
            show(_heading(f"{claim}: {figure} ({quoted(terms.words)})", width))
            show([*layout.lines(part), Text()])
    _say(f"{counted(len(together), 'pair')}. * speaks for its source group.", width)


def store_pairs(case: Case, path: Path, as_of: str, wanted: Callable[[Pair], bool]) -> None:
    """The pairs as a Parquet file, with a counter on stderr while somebody can see it."""
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from tallybook.tables.streamed import write_parquet

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} pairs"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        written = write_parquet(
            case.matcher(as_of),
            case.article,
            case.policy,
            path,
            lambda done: progress.update(task, completed=done),
            wanted,
        )
    _say(f"{counted(written, 'pair')} in {printable(str(path))}", terminal_width())


def print_drift(case: Case, utterance: str | None) -> None:
    """Each utterance that several pages repeat: the wording nearest to its origin, and each change to it."""
    steps, summaries = case.drift(utterance), case.drift_summary()
    width = terminal_width()
    if steps.empty:
        _say("No statement is repeated by another.", width)
        return
    columns = [
        Column("figure", head=True),
        Column("words", head=True, prose=True),
        Column("page", head=True, prose=True),
        Column("change", prose=True),
    ]
    listed = summaries[(summaries["group"] == utterance) if utterance else (summaries["distorted"] > 0)]
    rows = {group: list(map(_step, part.itertuples())) for group, part in steps.groupby("group", sort=False)}
    layout = Layout(columns, [row for group in listed["group"] for row in rows[group]], width)
    for told in listed.itertuples():
        show(_heading(f"{told.group}: {told.what}", width))
        _say(told.said, width)
        show([*layout.lines(rows[told.group]), Text()])
    if utterance is None:
        faithful = int((summaries["distorted"] == 0).sum())
        distorted, material = int((steps["codes"] != "").sum()), int(steps["material"].sum())
        _say(
            f"{counted(len(summaries), 'statement')} repeated by several pages, {faithful} of them without "
            f"distortion. {counted(len(steps), 'wording')}: {distorted} distorted, {material} materially.",
            width,
        )
        counts = Counter(code for said in steps["codes"] if said for code in said.split(", "))
        found = [(code, counts[code]) for code in Distortion if code in counts]
        show(labelled([(code, f"{counted(n, 'wording')}: {code.meaning}") for code, n in found], width))


def print_robustness(case: Case, as_of: str, *, every: bool) -> None:
    """The changes that change a verdict, claim by claim, or ``every`` one; the fragile verdicts last."""
    trials = case.robustness(as_of)
    width = terminal_width()
    for claim, rows in trials.groupby("claim", sort=False):
        first = rows.iloc[0]
        verdict = _signed(Verdict(first["verdict"]))
        head = Text("  ").join([verdict, _cell(claim, "bold"), _cell(quoted(first["words"]))])
        show(paragraph(head, width, hanging=INDENT))
        shown = rows if every else rows[rows["change"] != ""]
        lines = [
            (row.dial, printable(f"{row.said}{' (fragile)' if row.fragile else ''}"))
            for row in shown.itertuples()
        ]
        without = int((rows["change"] == "").sum())
        if not every and without:
            lines.append(("no effect", f"{without} of {counted(len(rows), 'change')}"))
        show(labelled(lines, width, indent=INDENT))
        show([Text()])
    _say(_fragile(trials), width)
    if not every:
        _say("--all lists the changes without effect.", width)


def print_checks(checks: pd.DataFrame, *, figures: int) -> None:
    """The ``figures`` of one article or text tested against each other."""
    columns = [
        Column("result", head=True),
        Column("test", head=True),
        Column("about", head=True, prose=True),
        Column("why", prose=True),
    ]
    rows = [
        [
            _cell(row.result, "red" if row.result == Consistency.INCONSISTENT else ""),
            _cell(row.test),
            _cell(row.about, "bold"),
            _cell(row.why),
        ]
        for row in checks.itertuples()
    ]
    width = terminal_width()
    show(Layout(columns, rows, width).lines(rows))
    if rows:
        counts = Counter(checks["result"])
        told = ", ".join(f"{term.label} {counts[term]}" for term in Consistency)
        _say(f"{counted(len(rows), 'check')}: {told}.", width)
    elif figures > 1:
        told = f"{figures:,} figures were read and none of them could be tested against another"
        _say(f"0 checks: {told}.", width)
    else:
        told = "1 figure was read, and there is no other to test it against"
        _say(f"0 checks: {told if figures else 'no figure was read'}.", width)


def _pair(pair: Pair) -> list[Text]:
    return [
        _signed(pair.bearing.relation, " *" if pair.counts else ""),
        _cell(pair.estimate.id, "bold"),
        _cell(_figure(pair)),
        _cell(pair.estimate.origin.name),
        _cell(pair.bearing.reason),
    ]


def _step(row: Any) -> list[Text]:
    """``row``: of ``case.drift()``."""
    change = "nearest to the origin" if row.closest else row.why
    codes = f" [{row.codes}]" if row.codes else ""
    return [
        Text("  " * row.step) + _cell(row.said),
        _cell(quoted(row.words)),
        _cell(row.publisher),
        _cell(f"{'material: ' if row.material else ''}{change}{codes}"),
    ]


def _fragile(trials: pd.DataFrame) -> str:
    """The fragile verdicts in one sentence."""
    fragile = trials[trials["fragile"]]
    if fragile.empty:
        return "No verdict is fragile."
    told = (f"{claim} ({'; '.join(rows['said'])})" for claim, rows in fragile.groupby("claim", sort=False))
    return f"Fragile: {'; '.join(told)}."


def _figure(pair: Pair) -> str:
    """What an estimate says, in words; a date as the page prints it."""
    estimate = pair.estimate
    if estimate.figure is not None and not estimate.derived:
        return in_words(estimate.figure.quantity)
    if pair.zones is None:
        return quoted(estimate.words)
    return amount(pair.zones.core, estimate.measure.unit)


def _answer(row: Any) -> Text:
    """The verdict; of a claim whose words name who found it first, on a line of its own, whether that source
    says so."""
    verdict = _signed(Verdict(row.verdict))
    if row.heading != "attribution":
        return verdict
    return Text.assemble(_cell(str(row.fidelity).replace("_", " "), "bold"), ";\nthe finding: ", verdict)


def _signed(term: Term, tail: str = "") -> Text:
    return Text(f"{term.sign} {term.label}{tail}", style=_STYLES[term.role])


def _cell(value: object, style: str = "") -> Text:
    return Text(printable(str(value)), style=style)


def _heading(text: str, width: int | None) -> Iterable[Text]:
    return paragraph(_cell(text, "bold"), width)


def _say(text: str, width: int | None) -> None:
    show(paragraph(_cell(text), width))

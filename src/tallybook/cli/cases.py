"""What the tables of a case say, for the eye: verdicts, explanations, drift, robustness, checks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tallybook.cli.screen import screen, shown

if TYPE_CHECKING:
    import pandas as pd

    from tallybook.tables.case import Case


def print_verdicts(case: Case, as_of: str) -> None:
    """One row a claim: words, verdict, families for / against / compatible, estimates aside, why."""
    table = _table("words", "verdict", "for", "against", "compatible", "aside", "cited source", "why")
    verdicts = case.verdicts(as_of)
    for row in verdicts.itertuples():
        counts = (row.supporting, row.differing, row.compatible, row.aside)
        table.add_row(
            Text(shown(str(row.words))),
            Text(_verdict(row.verdict, row.written, row.superseded, row.review)),
            *(Text(str(n), justify="right") for n in counts),
            Text(shown(str(row.fidelity))),
            Text(shown(row.why if row.verdict == "own word only" else f"{row.why} {row.witnesses}.")),
        )
    console = screen()
    console.print(table)
    _say(
        console,
        f"Judged by what is known {'today' if as_of == 'today' else 'on ' + str(case.published)}. "
        "for, against, compatible: independent families of origins; aside: estimates.",
    )
    if verdicts["superseded"].any():
        _say(console, "superseded: right or wrong when written, another verdict today.")


def print_explanation(case: Case, claim: str, estimate: str | None, as_of: str) -> None:
    """The chain from words to verdict, or to the relation of one estimate. KeyError for unknown names."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    before = ""
    for row in case.explain(claim, estimate, as_of).itertuples():
        head = str(row.step)
        if before and head.split(" ")[0] in _GROUPS and head.split(" ")[0] != before.split(" ")[0]:
            table.add_row("", "")
        table.add_row(Text(head), Text(shown(str(row.says))))
        before = head
    console = screen()
    console.print(table)
    if estimate is None:
        _say(console, "* the voice of its family. For one estimate: tallybook explain CLAIM ESTIMATE, with")
        ids = case.compare(as_of).query("claim == @claim")["estimate"]
        _say(console, f"one of: {', '.join(ids)}" if len(ids) else "(no estimate is beside this claim)")


def print_drift(case: Case, group: str | None) -> None:
    """Each utterance that several pages repeat: the wording nearest to its origin, and what became of it."""
    steps, summaries = case.drift(group), case.drift_summary()
    console = screen()
    if steps.empty:
        _say(console, "No statement is repeated by another.")
        return
    for row in summaries[summaries["group"].isin(steps["group"])].itertuples():
        if group is None and not row.distorted:
            continue
        console.print(Text(f"{row.group}: {shown(row.what)}", style="bold"))
        _say(console, shown(row.said))
        console.print(_steps(steps[steps["group"] == row.group]))
        console.print()
    if group is None:
        plain = int((summaries["distorted"] == 0).sum())
        codes = [code for said in steps["codes"] if said for code in said.split(", ")]
        _say(
            console,
            f"{len(summaries)} statements that several pages repeat; {plain} of them word for word. "
            f"{len(steps)} wordings, {int((steps['codes'] != '').sum())} of them distorted, "
            f"{int(steps['material'].sum())} materially.",
        )
        counts = {code: codes.count(code) for code in dict.fromkeys(sorted(codes))}
        _say(console, ", ".join(f"{code} {n}" for code, n in counts.items()))


def print_pairs(case: Case, as_of: str) -> None:
    """One row a claim and estimate: origin, relation, reason; an asterisk marks the voices that count."""
    table = _table("claim", "estimate", "origin", "relation", "reason", gap=0)
    pairs = case.compare(as_of)
    for row in pairs.itertuples():
        counts = row.voice and not row.incomparable
        cells = (
            row.claim,
            row.estimate,
            row.origin_name,
            f"{row.relation}{' *' if counts else ''}",
            row.reason,
        )
        table.add_row(*(Text(shown(str(cell))) for cell in cells))
    console = screen()
    console.print(table)
    _say(console, f"{len(pairs)} pairs. * the voice of its family.")


def store_pairs(case: Case, path: Path, as_of: str) -> None:
    """All pairs as a Parquet file, with a counter on stderr while somebody can see it."""
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from tallybook.tables.streamed import write_parquet

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} pairs"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        rows = write_parquet(
            case.matcher(as_of),
            case.article,
            case.policy,
            path,
            lambda done: progress.update(task, completed=done),
        )
    _say(screen(), f"{rows:,} pairs in {shown(str(path))}")


def print_robustness(case: Case, as_of: str) -> None:
    """What was changed, and which verdicts changed with it; the fragile ones last, by name."""
    table = _table("claim", "changed", "what became of it")
    trials = case.robustness(as_of)
    for claim, rows in trials.groupby("claim", sort=False):
        for number, row in enumerate(rows.itertuples()):
            mark = " (fragile)" if row.fragile else ""
            name = shown(str(claim)) if number == 0 else ""
            table.add_row(Text(name), Text(row.dial), Text(shown(f"{row.said}{mark}")))
    console = screen()
    console.print(table)
    _say(console, fragile_words(trials))


def print_checks(checks: pd.DataFrame) -> None:
    """The figures of one article or text held against each other."""
    table = _table("test", "about", "result", "why")
    for row in checks.itertuples():
        table.add_row(*(Text(shown(str(v))) for v in (row.test, row.about, row.result, row.why)))
    console = screen()
    if len(checks):
        console.print(table)
    failed, unclear = (int((checks["result"] == word).sum()) for word in ("inconsistent", "cannot tell"))
    _say(console, f"{len(checks)} checks: {failed} inconsistent, {unclear} cannot tell.")


def fragile_words(trials: pd.DataFrame) -> str:
    """The fragile verdicts in one sentence."""
    fragile = trials[trials["fragile"]]
    if fragile.empty:
        return "No verdict is fragile."
    names = dict.fromkeys(fragile["claim"])
    told = (f"{name} ({_joined(fragile.loc[fragile['claim'] == name, 'said'])})" for name in names)
    return f"Fragile: {shown('; '.join(told))}."


def _steps(steps: pd.DataFrame) -> Table:
    table = _table("figure", "words", "page", "what became of it", gap=0)
    for row in steps.itertuples():
        mark = "MATERIAL: " if row.material else ""
        why = "nearest to the origin" if row.closest else row.why
        codes = f" [{row.codes}]" if row.codes else ""
        table.add_row(
            Text("  " * row.step + shown(row.said)),
            Text(shown(row.words)),
            Text(shown(row.publisher)),
            Text(shown(f"{mark}{why}{codes}")),
        )
    return table


def _table(*names: str, gap: int = 1) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, gap, 0))
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _verdict(verdict: str, written: str, superseded: bool, review: str) -> str:
    told = [verdict]
    if superseded:
        told.append(f"(superseded; when written: {written})")
    if review:
        told.append(f"(a reviewer says: {shown(review)})")
    return " ".join(told)


def _say(console: Console, line: str) -> None:
    console.print(Text(line), soft_wrap=not console.is_terminal)


def _joined(said: Iterable[str]) -> str:
    return "; ".join(said)


_GROUPS = frozenset({"for", "against", "compatible", "aside"})

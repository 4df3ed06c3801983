"""What the commands on one article print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from tallybook.cli.layout import INDENT, Column, Layout, labelled, paragraph
from tallybook.cli.streams import printable
from tallybook.cli.terminal import show, terminal_width
from tallybook.prose import amount, counted, in_words, listed, quoted, sentence
from tallybook.terms import MADE_UP, AsOf, Consistency, Distortion, State, Term, Verdict

if TYPE_CHECKING:
    import pandas as pd

    from tallybook.matching.pair import Pair
    from tallybook.tables.case import Case
    from tallybook.tables.every_case import Told

_STYLES = {"agree": "green", "differ": "red", "between": "yellow", "aside": "dim"}
"""The style of a sign and its word, by the role of the term's colour."""

_GROUPS = frozenset({"for", "against", "compatible", "aside"})


def print_verdicts(told: Told, as_of: str) -> None:
    """A record a claim: verdict, words, source groups on each side, estimates aside, reason.

    ``told``: what :func:`tallybook.tables.every_case.verdicts_told` gives. On a terminal the finding stands
    above them, and an id behind the words; there a count of 0 is not told where a record is a block.
    """
    _print_verdicts(told)
    _say_how_judged(as_of)


def print_every_verdict(every: Iterable[tuple[str, Told]], as_of: str) -> None:
    """The same of every article, each below its title and id. ``every``: (id, what is told of it)."""
    width = terminal_width()
    for id_, told in every:
        named = f"{id_}: {told['title']}" if width is None else f"{told['title']} ({id_})"
        show(_heading(named, width))
        _print_verdicts(told)
        show([Text()])
    _say_how_judged(as_of)


def _print_verdicts(told: Told) -> None:
    columns = [
        Column("verdict", head=True),
        Column("claim", head=True),
        Column("words", head=True, prose=True),
        *(Column(name, zero=False) for name in ("for", "against", "compatible", "aside")),
        Column("cited source"),
        Column("why", prose=True),
    ]
    width = terminal_width()
    if width is not None:
        show([*_heading(told["heading"], width), Text()])
    elif told["made_up"]:
        show(_heading(sentence(MADE_UP), width))
    if told["draft"]:
        show(_heading(f"{State.DRAFT.label}: no verdict here is final", width))
    rows = []
    for row in (SimpleNamespace(**cells) for cells in told["verdicts"]):
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
    columns, rows = _ids_last(columns, rows, width, "claim")
    show(Layout(columns, rows, width).lines(rows))
    for row in (SimpleNamespace(**cells) for cells in told["unmeasured"]):
        _say(f"no measure yet: {row.claim}  {quoted(row.words)}, paragraph {row.paragraph}", width)


def _say_how_judged(as_of: str) -> None:
    _say(
        f"Judged {AsOf(as_of).meaning}. for, against, compatible: independent source groups; "
        "aside: estimates that cannot be compared.",
        terminal_width(),
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


def print_pairs(case: Case, as_of: str, wanted: Callable[[Pair], bool], *, brief: bool = False) -> None:
    """A part a claim, a record an estimate: relation, figure, origin, reason.

    On a terminal those that differ stand first, and ids last. ``brief``: there only the voices of the source
    groups and what differs; the others are counted.
    """
    columns = [
        Column("relation", head=True),
        Column("estimate", head=True),
        Column("figure", head=True),
        Column("origin", prose=True),
        Column("reason", prose=True),
    ]
    comparison, width = case.comparison(as_of), terminal_width()
    found = {claim: list(filter(wanted, pairs)) for claim, pairs in comparison.pairs.items()}
    shown = found
    if width is not None:
        shown = {claim: _ranked(pairs, brief=brief) for claim, pairs in found.items()}
    count, listed_ = (sum(map(len, pairs.values())) for pairs in (found, shown))
    rows = [_pair(pair) for pairs in shown.values() for pair in pairs]
    columns, rows = _ids_last(columns, rows, width, "estimate", told=not brief)
    layout, place = Layout(columns, rows, width), 0
    for claim, pairs in shown.items():
        if not found[claim]:
            continue
        terms = comparison.claims[claim]
        figure = in_words(terms.figure.quantity)
        words = quoted(terms.words)
        ids_first, ids_last = f"{claim}: {figure} ({words})", f"{words}: {figure} ({claim})"
        show(_heading(ids_first if width is None else ids_last, width))
        show(layout.lines(rows[place : place + len(pairs)]))
        place += len(pairs)
        _say_left_out([pair for pair in found[claim] if pair not in pairs], width)
        show([Text()])
    _say(f"{counted(count, 'pair')}. * speaks for its source group.", width)
    if listed_ < count:
        _say("--all lists every pair; --claim and --relation select some.", width)


def _ranked(pairs: Iterable[Pair], *, brief: bool) -> list[Pair]:
    """What differs first, then what bears a claim out, each voice before the figures that it speaks for."""
    order = sorted(
        pairs, key=lambda pair: (pair.relation.side != "against", pair.relation.rank, not pair.voice)
    )
    if not brief:
        return order
    return [p for p in order if p.relation.side == "against" or (p.voice and p.relation.compares)]


def _say_left_out(pairs: Sequence[Pair], width: int | None) -> None:
    """How many figures of one claim are not listed, and why."""
    if not pairs:
        return
    aside = sum(not pair.relation.compares for pair in pairs)
    said = [f"{aside} that cannot be compared"] if aside else []
    said += [f"{len(pairs) - aside} of the same source groups"] if len(pairs) > aside else []
    show(paragraph(_cell(f"and {counted(len(pairs), 'more figure')}: {listed(said)}"), width, indent=INDENT))


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
    """Each utterance that several pages repeat: the wording nearest to its origin, and each change to it.

    On a terminal the counts stand first, and of all utterances only the wordings that changed something are
    listed below the nearest.
    """
    steps, summaries = case.drift(utterance), case.drift_summary()
    width = terminal_width()
    if steps.empty:
        _say("No statement is repeated by another.", width)
        return
    if utterance is None and width is not None:
        _say_drift(steps, summaries, width)
        show([Text()])
    columns = [
        Column("figure", head=True),
        Column("words", head=True, prose=True),
        Column("page", head=True, prose=True),
        Column("change", prose=True),
    ]
    told_of = summaries[(summaries["group"] == utterance) if utterance else (summaries["distorted"] > 0)]
    if utterance is None and width is not None:
        steps_shown = steps[steps["codes"] != ""]
        told_of = told_of.sort_values(["material", "distorted"], ascending=False, kind="stable")
    else:
        steps_shown = steps
    rows = {
        group: [_step(row, width) for row in part.itertuples()]
        for group, part in steps_shown.groupby("group", sort=False)
    }
    layout = Layout(columns, [row for group in told_of["group"] for row in rows[group]], width)
    for told in told_of.itertuples():
        named = f"{told.group}: {told.what}" if width is None else f"{told.what} ({told.group})"
        show(_heading(named, width))
        _say(told.said, width)
        show([*layout.lines(rows[told.group]), Text()])
    if utterance is None and width is None:
        _say_drift(steps, summaries, width)


def _say_drift(steps: pd.DataFrame, summaries: pd.DataFrame, width: int | None) -> None:
    """How many wordings were distorted, and how."""
    faithful = int((summaries["distorted"] == 0).sum())
    distorted, material = int((steps["codes"] != "").sum()), int(steps["material"].sum())
    _say(
        f"{counted(len(summaries), 'statement')} repeated by several pages, {faithful} of them without "
        f"distortion. {counted(len(steps), 'wording')}: {distorted} distorted, {material} materially.",
        width,
    )
    counts = Counter(code for said in steps["codes"] if said for code in said.split(", "))
    found = [(code, counts[code]) for code in Distortion if code in counts]
    names = {code: str(code) if width is None else code.label for code, _ in found}
    show(labelled([(names[code], f"{counted(n, 'wording')}: {code.meaning}") for code, n in found], width))


def print_robustness(case: Case, as_of: str, *, every: bool) -> None:
    """The changes that change a verdict, claim by claim, or ``every`` one; the fragile verdicts last."""
    trials = case.robustness(as_of)
    width = terminal_width()
    if width is not None:
        show([*_heading(_fragile(trials), width), Text()])
    for claim, rows in trials.groupby("claim", sort=False):
        first = rows.iloc[0]
        verdict = _signed(Verdict(first["verdict"]))
        named = [_cell(claim, "bold"), _cell(quoted(first["words"]))]
        head = Text("  ").join([verdict, *(named if width is None else reversed(named))])
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
    if width is None:
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


def _ids_last(
    columns: list[Column], rows: list[list[Text]], width: int | None, name: str, *, told: bool = True
) -> tuple[list[Column], list[list[Text]]]:
    """On a terminal the column of ids behind the others, which say more, if it is ``told``; elsewhere as they
    are."""
    if width is None:
        return columns, rows
    at = next(place for place, column in enumerate(columns) if column.name == name)
    others = [[*row[:at], *row[at + 1 :]] for row in rows]
    if not told:
        return [*columns[:at], *columns[at + 1 :]], others
    together = [[*rest, row[at]] for rest, row in zip(others, rows, strict=True)]
    return [*columns[:at], *columns[at + 1 :], Column("id")], together


def _pair(pair: Pair) -> list[Text]:
    return [
        _signed(pair.bearing.relation, " *" if pair.counts else ""),
        _cell(pair.estimate.id, "bold"),
        _cell(_figure(pair)),
        _cell(pair.estimate.origin.name),
        _cell(pair.bearing.reason),
    ]


def _step(row: Any, width: int | None) -> list[Text]:
    """``row``: of ``case.drift()``; the ids of what changed, which says nothing new, only outside a
    terminal."""
    change = "nearest to the origin" if row.closest else row.why
    codes = f" [{row.codes}]" if row.codes and width is None else ""
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

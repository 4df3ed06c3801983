"""One utterance on many pages: each wording compared with the one nearest to the origin.

Groups (one utterance on several pages) and relays (a statement that names the one it repeats) are joined.
A group may have several figures (of several measures or scopes), each with its own nearest wording.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tallybook.book import Book, Statement
from tallybook.estimates.estimate import Estimate
from tallybook.estimates.evidence import Evidence
from tallybook.estimates.repeats import Closeness, line_of
from tallybook.prose import counted, listed, quoted
from tallybook.quantity import Policy
from tallybook.terms import Distortion, Kind, Relation
from tallybook.verdicts.comparison import Comparison
from tallybook.verdicts.distortion import (
    Said,
    became,
    distortions,
    in_figures,
    moves,
    said_by,
    same_figure,
)

_COUNTS = frozenset({Kind.STOCK, Kind.TOTAL})


@dataclass(frozen=True, slots=True)
class Step:
    """One wording. ``against``: id of the statement that it is compared with, its own id if it is the
    nearest wording itself; ``depth``: how many repetitions after that one; ``codes``: what changed, the
    most severe first; ``link_codes``: what changed from the wording that it repeats directly; ``changes``:
    ids of the claims on which it bears otherwise because of the change."""

    estimate: Estimate
    said: Said
    against: str
    depth: int
    codes: tuple[Distortion, ...]
    material: bool
    why: str
    changes: tuple[str, ...] = ()
    link_codes: tuple[Distortion, ...] = ()

    @property
    def nearest(self) -> bool:
        return self.against == self.estimate.id


@dataclass(frozen=True, slots=True)
class Drift:
    """One utterance: ``id`` and ``what`` of its group, or of the first statement of a chain of relays."""

    id: str
    what: str
    steps: tuple[Step, ...]

    @property
    def distorted(self) -> int:
        return sum(bool(step.codes) for step in self.steps)

    @property
    def summary(self) -> str:
        """How many pages, how many wordings of each figure, and which is nearest to the origin."""
        told = [self._figure(step) for step in self.steps if step.nearest]
        return " ".join(told)

    def _figure(self, nearest: Step) -> str:
        line = [s for s in self.steps if s.against == nearest.estimate.id]
        figures = list(dict.fromkeys(in_figures(s.said) for s in line))
        pages = counted(len({s.estimate.source.id for s in line}), "page")
        where = f"{quoted(nearest.estimate.statement.words)} ({nearest.estimate.source.publisher})"
        if len(figures) == 1:
            return f"{pages}, one figure, {figures[0]}; nearest to the origin: {where}."
        wordings = f"{len(figures)} wordings of one figure"
        return f"{pages}, {wordings}: {listed(figures)}; nearest to the origin: {where}."


def drifts(evidence: Evidence, comparison: Comparison) -> list[Drift]:
    """Every utterance of a case that has more than one statement with a figure, in the order of their ids."""
    policy, known = comparison.policy, evidence.estimates
    bears = {
        (claim, pair.estimate.id): pair.bearing.relation
        for claim, pairs in comparison.pairs.items()
        for pair in pairs
    }
    found = []
    for id_, what, members in _utterances(evidence, comparison):
        said = {s.id: say for s in members if (say := said_by(known[s.id], policy)) is not None}
        lines = [s for s in members if s.id in said]
        if len(lines) > 1:
            steps = _steps(evidence.book, policy, lines, known, said)
            found.append(Drift(id_, what, tuple(_weighed(step, comparison, bears) for step in steps)))
    return found


def _utterances(evidence: Evidence, comparison: Comparison) -> list[tuple[str, str, list[Statement]]]:
    """(id, what, statements) of each group or chain of relays with a statement of the case."""
    book, found = evidence.book, []
    for members in evidence.utterances:
        if not any(s.id in comparison.estimates for s in members):
            continue
        groups = dict.fromkeys(book.group_of[s.id] for s in members if s.id in book.group_of)
        if groups:
            first = next(iter(groups))
            found.append((first, "; ".join(book.groups[g].what for g in groups), members))
        else:
            root = Closeness.of(book, members, evidence.estimates).closest(members)
            what = f"{quoted(root.words)}, {book.source_of[root.id].publisher}"
            found.append((root.id, what, members))
    return sorted(found, key=lambda row: row[0])


def _steps(
    book: Book,
    policy: Policy,
    members: list[Statement],
    known: Mapping[str, Estimate],
    said: Mapping[str, Said],
) -> list[Step]:
    by_line: dict[tuple[str, str | None, str | None], list[Statement]] = {}
    for s in members:
        by_line.setdefault(line_of(known[s.id]), []).append(s)
    closeness = Closeness.of(book, members, known)
    nearest = {line: closeness.closest(there) for line, there in by_line.items()}
    anchors = sorted(nearest.values(), key=closeness.distance)
    ordered = sorted(members, key=closeness.distance)
    sources = {s.id: _source_of(book, s, nearest[line_of(known[s.id])], anchors, said).id for s in ordered}
    steps = []
    for s in ordered:
        chain = _chain(sources, s.id)
        step = _step(policy, known[s.id], said[s.id], said[chain[-1]], chain)
        last = distortions(said[chain[1]], said[s.id], policy) if len(chain) > 1 else ()
        steps.append(replace(step, link_codes=last))
    place = {s.id: number for number, s in enumerate(ordered)}
    return sorted(steps, key=lambda step: (place[step.against], not step.nearest))


def _step(policy: Policy, estimate: Estimate, said: Said, nearest: Said, chain: list[str]) -> Step:
    """One wording compared with the nearest one of its line, which may be several repetitions away."""
    if len(chain) == 1:
        return Step(estimate, said, estimate.id, 0, (), False, "the wording nearest to the origin")
    codes = distortions(nearest, said, policy)
    why = became(nearest, said, codes)
    return Step(estimate, said, chain[-1], len(chain) - 1, codes, moves(nearest, said, codes, policy), why)


def _chain(against: Mapping[str, str], id_: str) -> list[str]:
    """The ids from a wording through what it repeats to the nearest one of its line."""
    found = [id_]
    while against.get(id_, id_) not in found:
        id_ = against[id_]
        found.append(id_)
    return found


def _source_of(
    book: Book,
    s: Statement,
    own: Statement,
    anchors: list[Statement],
    said: Mapping[str, Said],
) -> Statement:
    """What a statement repeats: itself, if a person calls it the nearest; the one it names; else the
    nearest wording of the figure that it gives.

    A nearest wording of another measure or scope is its source if that is nearer to the origin and
    names the same number: casualties repeated as deaths, a total repeated as a part.
    """
    group = book.groups.get(book.group_of.get(s.id, ""))
    if group is not None and s.id in group.nearest:
        return s
    if s.relays is not None and s.relays in said:
        return book.statements[s.relays]
    same_line = same_figure(said[own.id], said[s.id]) and s.id != own.id
    if same_line:
        return own
    for anchor in anchors:
        if anchor.id == s.id:
            break
        if anchor.id != own.id and _alike(said[anchor.id], said[s.id]):
            return anchor
    return own


def _alike(one: Said, other: Said) -> bool:
    """Whether two figures name the same number of comparable kinds of measure."""
    kinds = {one.measure.kind, other.measure.kind}
    return (kinds <= _COUNTS or len(kinds) == 1) and same_figure(one, other)


def _weighed(step: Step, comparison: Comparison, bears: Mapping[tuple[str, str], Relation]) -> Step:
    """The step, also material if it changes how the figure bears on a claim."""
    if not step.codes:
        return step
    changed = tuple(
        claim
        for claim in comparison.claims
        if _side(bears.get((claim, step.against))) != _side(bears.get((claim, step.estimate.id)))
    )
    why = step.why
    if changed:
        words = listed([quoted(comparison.claims[c].words) for c in changed])
        why = f"{why}; this changes how it bears on {words}"
    return replace(step, material=step.material or bool(changed), changes=changed, why=why)


def _side(relation: Relation | None) -> str:
    """For, against or neither."""
    return "neither" if relation is None else relation.side

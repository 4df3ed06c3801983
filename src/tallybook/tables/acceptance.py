"""What a case says now as the record that a person accepts, and every change since the last one accepted.

Verdicts, attributions, relations and reasons are taken from the tables of the case, as text: nothing here
knows which there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from tallybook.book.accepted import Accepted, AcceptedClaim, Fields
from tallybook.prose import listed, quoted
from tallybook.tables.case import Case
from tallybook.terms import AsOf

MOST_NAMED = 6
_NEVER_COMPARED = {"id", "remark", "because"}
_ASPECTS = {"today": "verdict today", "written": "verdict when written", "attribution": "cited source"}
_BY_RULE = "a rule of tallybook, or an entry of claims/measures.yaml or sources/origins.yaml"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was accepted.

    ``what``: "verdict today", "verdict when written", "cited source", "claim", "words" or "relation".
    ``words``: of the claim; ``estimate``: its id, and ``said``, ``page``: its words and publisher, "" where
    the change is of the claim. ``before``, ``after``: in words; None for what was not accepted, or is gone.
    ``because``: what it may follow from, in sentences without their stops, the nearest first; ``now``: the
    reason that the comparison gives, "" where there is none.
    """

    claim: str
    words: str
    what: str
    before: str | None
    after: str | None
    because: tuple[str, ...] = ()
    now: str = ""
    estimate: str = ""
    said: str = ""
    page: str = ""


@dataclass(frozen=True)
class Changes:
    """``all``: in the order of the claims; ``without_effect``: what else is no longer as it was recorded, in
    words, although every verdict and relation that may follow from it is."""

    all: tuple[Change, ...]
    without_effect: tuple[str, ...]


def accepted_now(case: Case) -> Accepted:
    """What the case says now, as a person would accept it."""
    verdicts, pairs = case.verdicts(), case.compare()
    relations: dict[str, dict[str, str]] = {claim: {} for claim in verdicts["claim"]}
    for row in pairs.itertuples():
        relations[row.claim][row.estimate] = _with(row.relation, row.incomparable)
    claims = {claim.id: claim for claim in case.article.claims}
    made = {id_: _statements_of(case, id_) for id_ in dict.fromkeys(pairs["estimate"])}
    cited = {page for claim in claims.values() for page in claim.cites}
    behind = {id_ for ids in made.values() for id_ in ids}
    behind |= {s.id for page in cited for s in case.book.sources[page].statements}
    return Accepted(
        published=str(case.published),
        policy={str(row.width): _text(row.value) for row in case.policy_table().itertuples()},
        claims=[
            AcceptedClaim(
                id=row.claim,
                words=row.words,
                today=row.verdict,
                written=row.written,
                attribution=_attribution(row.fidelity, row.distortions),
                record=_claim_fields(case, row.claim),
                relations=relations[row.claim],
            )
            for row in verdicts.itertuples()
        ],
        statements={id_: _statement_fields(case, id_) for id_ in sorted(behind)},
        derived={id_: ids for id_, ids in made.items() if ids != [id_]},
    )


def changes(before: Accepted, case: Case) -> Changes:
    """What the case says otherwise than was accepted, is new, or is gone."""
    return _Comparing(before, case).changes()


class _Comparing:
    """One case beside what was accepted of it. ``used``: what the changes found so far are put down to."""

    def __init__(self, before: Accepted, case: Case) -> None:
        self.before, self.case = before, case
        self.now = accepted_now(case)
        self.old = {claim.id: claim for claim in before.claims}
        self.new = {claim.id: claim for claim in self.now.claims}
        self.used: set[str] = set()

    def changes(self) -> Changes:
        found: list[Change] = []
        for claim in self.new:
            found += self._of_claim(claim) if claim in self.old else [self._whole(claim, self.new)]
        found += [self._whole(claim, self.old) for claim in self.old if claim not in self.new]
        idle = [] if found else [*self.settings]
        idle += [
            told
            for claim in self.new
            if claim in self.old and claim not in {change.claim for change in found}
            for told in self._claim_changed(claim)
        ]
        idle += [told for id_, told in self.statements.items() if id_ not in self.used]
        return Changes(tuple(found), tuple(idle))

    # What else has changed

    @cached_property
    def settings(self) -> list[str]:
        """Of the whole case: the article's date and the widths."""
        told = _differences(self.before.policy, self.now.policy)
        date = _differences({"published": self.before.published}, {"published": self.now.published})
        return [*(f"the article: {d}" for d in date), *(f"the policy: {d}" for d in told)]

    @cached_property
    def statements(self) -> dict[str, str]:
        """What has become of each statement behind a relation, then or now, that is not as it was."""
        told = {}
        for id_ in dict.fromkeys((*self.before.statements, *self.now.statements)):
            there = id_ in self.case.book.statements
            was = self.before.statements.get(id_)
            if was is None:
                told[id_] = f"statement {id_} is new"
            elif not there:
                told[id_] = f"statement {id_} is gone"
            elif different := _differences(was, _statement_fields(self.case, id_)):
                told[id_] = f"statement {id_} changed: {'; '.join(different)}"
        return told

    def _claim_changed(self, claim: str) -> list[str]:
        told = _differences(self.old[claim].record, self.new[claim].record)
        words = _differences({"words": self.old[claim].words}, {"words": self.new[claim].words})
        return [f"the claim changed: {'; '.join((*words, *told))}"] if words or told else []

    def _because(self, claim: str, statements: Iterable[str], more: Sequence[str] = ()) -> tuple[str, ...]:
        here = [id_ for id_ in dict.fromkeys(statements) if id_ in self.statements]
        self.used.update(here)
        told = [*(self.statements[id_] for id_ in here[:MOST_NAMED])]
        if len(here) > MOST_NAMED:
            told.append(f"{len(here) - MOST_NAMED:,} more statements are new, gone or changed")
        return (*told, *more, *self._claim_changed(claim), *self.settings) or (_BY_RULE,)

    # Changes

    def _whole(self, claim: str, there: Mapping[str, AcceptedClaim]) -> Change:
        """A claim that is new, or gone."""
        known = there[claim]
        told = f"{known.today}, with {len(known.relations):,} estimates beside it"
        self.used.update(id_ for e in known.relations for id_ in self._made_of(e))
        if there is self.old:
            return Change(claim, known.words, "claim", told, None, ("the article has no such claim",))
        return Change(
            claim, known.words, "claim", None, told, ("the claim is new",), self.reasons[claim, "today"]
        )

    def _of_claim(self, claim: str) -> Iterator[Change]:
        old, new = self.old[claim], self.new[claim]
        relations = list(self._relations(claim))
        if old.words != new.words:
            yield Change(claim, new.words, "words", quoted(old.words), quoted(new.words))
        changed = list(dict.fromkeys(change.estimate for change in relations if change.what == "relation"))
        touched = [e for e in new.relations if e not in changed and self._touched(e)]
        causes = [f"other relations below: {_first(changed)}"] if changed else []
        causes += [f"a statement changed, and not its relation: {_first(touched)}"] if touched else []
        for aspect, what in _ASPECTS.items():
            was, is_ = getattr(old, aspect), getattr(new, aspect)
            if was == is_:
                continue
            if aspect == "attribution":
                because = self._because(claim, self._cited(claim))
            else:
                because = self._because(claim, (), causes)
                self.used.update(id_ for e in (*changed, *touched) for id_ in self._made_of(e))
            yield Change(claim, new.words, what, was, is_, because, self.reasons[claim, aspect])
        yield from relations

    def _relations(self, claim: str) -> Iterator[Change]:
        old, new = self.old[claim].relations, self.new[claim].relations
        for estimate in dict.fromkeys((*new, *sorted(old))):
            was, is_ = old.get(estimate), new.get(estimate)
            own, page = self._own(estimate)
            told = {"estimate": estimate, "said": own, "page": page}
            now = self.reasons.get((claim, estimate), "")
            words = self.new[claim].words
            if was != is_:
                because = self._because(claim, self._made_of(estimate))
                yield Change(claim, words, "relation", was, is_, because, now, **told)
            elif (other := self._other_words(estimate)) is not None:
                self.used.add(estimate)
                yield Change(claim, words, "words", *other, (f"the relation is still: {is_}",), now, **told)

    def _other_words(self, statement: str) -> tuple[str, str] | None:
        was, is_ = self.before.statements.get(statement), self.now.statements.get(statement)
        if was is None or is_ is None or was.get("words") == is_.get("words"):
            return None
        return quoted(was.get("words", "")), quoted(is_.get("words", ""))

    def _touched(self, estimate: str) -> bool:
        return any(id_ in self.statements for id_ in self._made_of(estimate))

    def _made_of(self, estimate: str) -> list[str]:
        """The statements behind an estimate, as accepted and now."""
        made = (known.derived.get(estimate, [estimate]) for known in (self.now, self.before))
        return list(dict.fromkeys(id_ for ids in made for id_ in ids))

    def _own(self, estimate: str) -> tuple[str, str]:
        """The words and the page of an estimate: now, or as they were accepted."""
        for known in (self.now, self.before):
            ids = known.derived.get(estimate, [estimate])
            here = [known.statements[id_] for id_ in ids if id_ in known.statements]
            if here:
                page = here[0].get("page", "")
                source = self.case.book.sources.get(page)
                return here[0].get("words", ""), source.publisher if source else page
        return "", ""

    def _cited(self, claim: str) -> Iterator[str]:
        """The statements of the pages that a claim cites or cited."""
        cited = {self._pages(known[claim].record) for known in (self.old, self.new)}
        pages = {page for pages in cited for page in pages}
        for known in (self.before, self.now):
            yield from (id_ for id_, fields in known.statements.items() if fields.get("page") in pages)

    @staticmethod
    def _pages(record: Fields) -> tuple[str, ...]:
        return tuple(part.removesuffix(" (not seen)") for part in record.get("cites", "").split(", ") if part)

    @cached_property
    def reasons(self) -> dict[tuple[str, str], str]:
        """By claim and estimate id, or aspect of the claim: the reason that the comparison gives now."""
        verdicts, then = self.case.verdicts(), self.case.verdicts(AsOf.WRITTEN)
        told = {(row.claim, row.estimate): row.reason for row in self.case.compare().itertuples()}
        told |= {(row.claim, "today"): row.why for row in verdicts.itertuples()}
        told |= {(row.claim, "attribution"): row.fidelity_why for row in verdicts.itertuples()}
        return told | {(row.claim, "written"): row.why for row in then.itertuples()}


def _statements_of(case: Case, estimate: str) -> list[str]:
    """Ids of the statements that an estimate is made of, its own first."""
    made = case.comparison().estimates[estimate].made_of()
    return list(dict.fromkeys(e.statement.id for e in made))


def _statement_fields(case: Case, id_: str) -> Fields:
    """What a statement says and where, as text: what a change of it would be told by."""
    statement, page = case.book.statements[id_], case.book.source_of[id_]
    fields = _fields(statement)
    group = case.comparison().families[statement.speaker_id].name
    start = {"words": fields.pop("words"), "page": page.id}
    if page.published:
        start["published"] = str(page.published)
    return start | fields | {"source group": group}


def _claim_fields(case: Case, id_: str) -> Fields:
    """What else the record of a claim says, as text; pages that were not seen are marked."""
    claim = next(claim for claim in case.article.claims if claim.id == id_)
    fields = {key: text for key, text in _fields(claim).items() if key not in ("anchor", "also")}
    if claim.cites:
        pages = (case.book.sources[page] for page in claim.cites)
        fields["cites"] = ", ".join(f"{p.id}{'' if p.seen else ' (not seen)'}" for p in pages)
    return fields


def _fields(record: BaseModel) -> Fields:
    given: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True)
    return {key: _text(value) for key, value in given.items() if key not in _NEVER_COMPARED}


def _text(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{value:.15g}"
        case list():
            return ", ".join(map(_text, value))
        case dict():
            return ", ".join(
                f"{key} {_text(v)}" for key, v in value.items() if key not in _NEVER_COMPARED and v
            )
    return str(value)


def _differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Each field that is not as it was, in words."""
    told = []
    for key in dict.fromkeys((*now, *before)):
        was, is_ = before.get(key), now.get(key)
        if was != is_:
            told.append(f"{key.replace('_', ' ')} {_from_to(was, is_)}")
    return told


def _from_to(was: str | None, is_: str | None) -> str:
    first = "nothing" if was is None else quoted(was)
    return f"from {first} to {'nothing' if is_ is None else quoted(is_)}"


def _first(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return f"{', '.join(names[:MOST_NAMED])} and {more:,} more" if more > 0 else listed(names)


def _with(term: str, detail: str) -> str:
    return f"{term} ({detail})" if detail else term


def _attribution(result: str, codes: str) -> str:
    """The result, with the distortions that it does not name itself."""
    return result if codes in ("", result) else _with(result, codes)

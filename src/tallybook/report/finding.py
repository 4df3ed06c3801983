"""The finding of a case in words: its headline, the few sentences under it, and the reason of each verdict.

Everything is made from the records of the comparison; a test computes each number again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tallybook.charts.wording import capital, plain
from tallybook.prose import clipped, counted, listed, spelled
from tallybook.report.addresses import claim_page
from tallybook.report.reasons import NAME, NAMED, WORDS, against, name, own_against, own_pages, words_of
from tallybook.report.sentences import Quote, Sentence, joined, quote
from tallybook.terms import State, Verdict

if TYPE_CHECKING:
    from tallybook.tables.case import Case
    from tallybook.verdicts.comparison import Comparison
    from tallybook.verdicts.verdict import ClaimVerdict

_FOR = (Verdict.CORROBORATED, Verdict.SUPPORTED)
_AGAINST = (Verdict.CONTRADICTED, Verdict.DISPUTED)
_OPEN = (Verdict.NOT_TESTED, Verdict.UNSOURCED)


@dataclass(frozen=True)
class Point:
    """One sentence of the lead, with the words in bold that begin it."""

    label: str
    says: Sentence


@dataclass(frozen=True)
class Finding:
    """``headline``: the finding in one sentence; ``lead``: what is against, for, and open, in that order."""

    headline: str
    lead: tuple[Point, ...]


def finding(case: Case) -> Finding:
    """The finding of a case; of a draft it begins by saying so."""
    verdicts = case.comparison().verdicts
    groups = [_against(case), _for(case), _own_word(case), _untested(case)]
    draft = [_draft(case)] if case.article.is_draft else []
    told = _headline(Counter(judged.verdict for judged in verdicts.values()))
    headline = f"{capital(State.DRAFT.label)}: {told}" if draft else capital(told)
    return Finding(headline, tuple(point for point in (*draft, *groups) if point is not None))


def _headline(count: Counter[Verdict]) -> str:
    """ "two of eight figures in the article have independent support"."""
    total = count.total()
    if not total:
        return "no figure of the article has been compared yet"
    kinds = (
        (count[Verdict.CONTRADICTED], "is contradicted", "are contradicted"),
        (count[Verdict.DISPUTED], "is disputed", "are disputed"),
        (sum(count[v] for v in _FOR), "has independent support", "have independent support"),
    )
    there = [one for one in kinds if one[0]]
    if not there:
        own = count[Verdict.OWN_WORD]
        only = (own, "has only its own side’s word", "have only their own side’s word")
        there = [only] if own else [(0, "", "could be tested")]
    (first, one, several), *others = there
    if total == 1:
        return f"the one figure in the article {one or 'could not be tested'}"
    if first == total:
        begin = "both" if total == 2 else f"all {spelled(total)}"
    else:
        begin = f"{'none' if not first else spelled(first)} of {spelled(total)}"
    told = [f"{begin} figures in the article {one if first == 1 else several}"]
    told += [f"{spelled(number)} {one if number == 1 else several}" for number, one, several in others]
    if (
        first
        and first < total
        and not any(count[v] for v in _FOR)
        and there[0][1] != "has only its own side’s word"
    ):
        told.append("none has independent support")
    return listed(told)


def _draft(case: Case) -> Point:
    waiting = len(case.article.unmeasured)
    have = "has" if waiting == 1 else "have"
    also = f"; {counted(waiting, 'figure')} {have} no measure yet" if waiting else ""
    return Point(
        f"{capital(State.DRAFT.label)}:",
        (f"nobody has looked at every figure yet, so that no verdict here is final{also}.",),
    )


def _of(case: Case, wanted: Iterable[Verdict]) -> dict[str, ClaimVerdict]:
    """The claims with one of these verdicts, in the order of the verdicts, then of the article."""
    verdicts = case.comparison().verdicts
    return {id_: one for kind in wanted for id_, one in verdicts.items() if one.verdict is kind}


def _claims(case: Case, claims: Sequence[str], *, also: dict[str, Sentence] | None = None) -> Sentence:
    """The words of claims as links, each with what is said of it; of more than three claims two."""
    parts: list[Sentence] = []
    named = claims if len(claims) <= NAMED else claims[: NAMED - 1]
    for id_ in named:
        said = (also or {}).get(id_, ())
        parts.append((claim_quote(case, id_, WORDS), *said))
    if len(claims) > len(named):
        parts.append((f"{spelled(len(claims) - len(named))} more",))
    return joined(parts)


def claim_quote(case: Case, claim: str, limit: int | None = None) -> Quote:
    """The words of a claim, leading to its page."""
    terms = case.comparison().claims[claim]
    return quote(terms.words, case.article.language, claim_page(case.id, claim), limit)


def _against(case: Case) -> Point | None:
    """What is contradicted or disputed, by whom; what the cited page says otherwise; where the article's own
    figures do not fit together."""
    comparison, found = case.comparison(), _of(case, _AGAINST)
    bent = [id_ for id_, one in comparison.verdicts.items() if one.fidelity.material]
    broken = sum(check.closes is False for check in case.self_checks())
    kinds = [kind.label for kind in _AGAINST if any(one.verdict is kind for one in found.values())]
    told: list[Sentence] = []
    if found:
        told.append(_claims(case, list(found), also={id_: _by_whom(comparison, id_) for id_ in found}))
    if bent and found:
        of = "figure" if len(bent) == 1 else "figures"
        told.append((f"of {spelled(len(bent))} {of} the cited page says something else",))
    elif bent:
        told.append(_claims(case, bent))
    if broken:
        where = "comparison" if broken == 1 else "comparisons"
        told.append((f"in {spelled(broken)} {where} the article’s own figures cannot all be true",))
    if not told:
        return None
    label = capital(listed(kinds, "or")) if kinds else _OTHERWISE[bool(bent)]
    says = [part for one in told for part in ("; ", *one)][1:]
    return Point(f"{label}:", (*says, "."))


_OTHERWISE = {True: "Not what the cited page says", False: "Does not fit together"}


def _by_whom(comparison: Comparison, claim: str) -> Sentence:
    """In brackets the first source group that differs, with its words."""
    first = next(iter(against(comparison, claim)), None)
    if first is None:
        return ()
    return (f" ({name(first)}: ", words_of(first), ")")


def _for(case: Case) -> Point | None:
    found = _of(case, _FOR)
    if not found:
        return None
    counts = sorted({one.witness_count for one in found.values()})
    between = "or" if counts[-1] - counts[0] == 1 else "to"
    most = f" {between} {spelled(counts[-1])}" if len(counts) > 1 else ""
    many = f"{spelled(counts[0])}{most}"
    groups = f"{many} {'source group' if counts == [1] else 'source groups'}"
    each = "each " if len(found) > 1 else ""
    tail = f", {each}by {groups} independent of the one quoted."
    return Point("Borne out by others:", (*_claims(case, list(found)), tail))


def _own_word(case: Case) -> Point | None:
    found = _of(case, [Verdict.OWN_WORD])
    if not found:
        return None
    comparison = case.comparison()
    sides = {own.name for id_ in found if (own := comparison.claims[id_].family)}
    one_side = len(sides) == 1
    label = (
        f"{capital(clipped(plain(next(iter(sides))), NAME))}’s own word:"
        if one_side
        else "Own side’s word only:"
    )
    most = max(own_pages(comparison, id_) for id_ in found)
    pages = counted(most, "page")
    if len(found) == 1:
        tail = f"; {pages} {'prints' if most == 1 else 'print'} it, and no other source group does."
    else:
        each = "one page prints each" if most == 1 else f"up to {pages} print each"
        tail = f"; {each}, and no other source group says so."
    return Point(label, (*_claims(case, list(found)), tail))


def _untested(case: Case) -> Point | None:
    found = _of(case, _OPEN)
    if not found:
        return None
    comparison = case.comparison()
    kinds = {one.verdict for one in found.values()}
    label = "Not tested:" if kinds == {Verdict.NOT_TESTED} else "Without a source:"
    label = "Not tested or without a source:" if len(kinds) == 2 else label
    also = {id_: _own_side(comparison, id_) for id_ in found}
    return Point(label, (*_claims(case, list(found), also=also), *_cited_pages(case), "."))


def _own_side(comparison: Comparison, claim: str) -> Sentence:
    first = next(iter(own_against(comparison.pairs[claim])), None)
    return (" (its own side elsewhere: ", words_of(first), ")") if first else ()


def _cited_pages(case: Case) -> Sentence:
    """How many of the pages that the article cites nobody has seen."""
    cited = {id_ for claim in case.article.claims for id_ in claim.cites}
    unseen = sum(not case.book.sources[id_].seen for id_ in cited)
    if not unseen:
        return ()
    if unseen == len(cited):
        which = "the page" if unseen == 1 else f"none of the {spelled(unseen)} pages"
        return (f"; {which} that the article cites {'was not seen' if unseen == 1 else 'was seen'}",)
    was = "was" if unseen == 1 else "were"
    return (f"; {spelled(unseen)} of the {spelled(len(cited))} pages that the article cites {was} not seen",)

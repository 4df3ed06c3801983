"""Why a claim has its verdict, in words: in ten for a table, in two to four sentences for its own page.

Made from the records of the comparison; a test computes each number again. A source group is never the
subject of a sentence: its name may be of one or of several ("A and B", "the Hospitals"), and no record tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tallybook.charts.wording import estimate_words, plain
from tallybook.prose import FRACTION, bounded, clipped, counted, interval, listed, spelled, unit_words
from tallybook.report.sentences import Quote, Sentence, joined, quote
from tallybook.report.untested import none_settles, none_settles_in_short
from tallybook.terms import Attribution, Relation, Verdict
from tallybook.verdicts.verdict import AS_ITS_SOURCE_SAYS, NO_SUCH_BOUND, ONLY_THE_ARTICLE, own_words

if TYPE_CHECKING:
    from tallybook.matching.pair import Pair
    from tallybook.tables.case import Case
    from tallybook.verdicts.comparison import Comparison
    from tallybook.verdicts.verdict import ClaimVerdict

MOST = 4
"""An answer has so many sentences at most."""

NAMED = 3
"""So many claims or source groups are named; the others are counted."""

WORDS = 64
NAME = 60

# Who speaks for and against a claim


def against(comparison: Comparison, claim: str) -> list[Pair]:
    """The voices that count against a claim."""
    return _counting(comparison, claim, Relation.DIFFERS)


def in_favour(comparison: Comparison, claim: str) -> list[Pair]:
    """The voices that count for a claim."""
    judged = comparison.verdicts[claim]
    found = [p for r in Relation if r.confirms for p in _counting(comparison, claim, r)]
    order = {family.id: place for place, family in enumerate(judged.supporting)}
    return sorted(found, key=lambda p: order[p.family.id])


def _counting(comparison: Comparison, claim: str, relation: Relation) -> list[Pair]:
    judged = comparison.verdicts[claim]
    counted_ = {family.id for family in (*judged.supporting, *judged.differing)}
    return [
        p for p in comparison.pairs[claim]
        if p.counts and p.relation is relation and p.family.id in counted_ and not p.own and not p.echo
    ]  # fmt: skip


def own_against(pairs: Sequence[Pair]) -> list[Pair]:
    """What the claim's own side says otherwise; what it states before what is computed."""
    found = [p for p in pairs if p.own and p.relation is Relation.DIFFERS and not p.repeats]
    return sorted(found, key=lambda p: p.estimate.derived)


def name(pair: Pair) -> str:
    return clipped(plain(pair.family.name), NAME)


def words_of(pair: Pair) -> Quote | str:
    """What a page says; of a figure that was computed, what it comes to."""
    if pair.estimate.derived:
        unit = pair.estimate.measure.unit
        return f"computed: {figure(pair)}{'' if unit == FRACTION else f' {unit_words(unit)}'}"
    return quote(pair.estimate.words, pair.estimate.source.language, limit=WORDS)


def figure(pair: Pair) -> str:
    """The figure of an estimate in the unit of its measure."""
    return estimate_words(pair.estimate, pair.zones)


# The reason of a verdict in about ten words


def why(case: Case, claim: str) -> str:
    """The reason of a verdict, for a cell of a table."""
    comparison = case.comparison()
    judged, pairs = comparison.verdicts[claim], comparison.pairs[claim]
    told = _why(comparison, claim, judged, pairs)
    if judged.fidelity.material:
        told = f"The page that it cites says something else. {told}"
    elif judged.said_first and judged.verdict is not Verdict.NOT_TESTED:
        told = f"{told} Its own side also says otherwise."
    return told


def _why(comparison: Comparison, claim: str, judged: ClaimVerdict, pairs: Sequence[Pair]) -> str:
    says, denies = in_favour(comparison, claim), against(comparison, claim)
    match judged.verdict:
        case Verdict.CORROBORATED | Verdict.SUPPORTED:
            return f"Borne out independently by {_groups(says)}; nobody differs."
        case Verdict.DISPUTED:
            own = "Its own side" if judged.own is not None and judged.own.confirms else "Its own side alone"
            begin = f"Borne out by {_groups(says)}" if says else f"{own} says so"
            return f"{begin}; contradicted by {_differing(denies)}."
        case Verdict.CONTRADICTED:
            return f"Contradicted by {_differing(denies)}; no source that was read says so."
        case Verdict.OWN_WORD:
            pages = own_pages(comparison, claim)
            print_it = "1 page says so" if pages == 1 else f"{pages} pages say so, all of them"
            return f"{print_it} on the word of {_own_name(comparison, claim)} alone."
        case Verdict.UNSOURCED:
            return NOTHING_READ
    if own_side := own_against(pairs):
        return f"Its own side elsewhere: {figure(own_side[0])}. Nothing independent decides."
    return none_settles_in_short(pairs)


NOTHING_READ = "No page that was read gives a figure for it."


def _own_name(comparison: Comparison, claim: str) -> str:
    own_side = comparison.claims[claim].family
    return clipped(plain(own_side.name), NAME) if own_side else "its own side"


def _groups(pairs: Sequence[Pair]) -> str:
    names = list(dict.fromkeys(name(p) for p in pairs))
    return f"{spelled(len(names))} source groups" if len(names) > NAMED else listed(names, "and by")


def _differing(pairs: Sequence[Pair]) -> str:
    first = pairs[0]
    gap = f" ({first.bearing.gap_words})" if first.bearing.gap_words else ""
    others = f" and by {spelled(len(pairs) - 1)} more" if len(pairs) > 1 else ""
    return f"{name(first)}{gap}{others}"


# The answer on a claim's own page


def answer(case: Case, claim: str) -> list[Sentence]:
    """Two to four sentences: what its own side says otherwise, who bears it out and who differs, whether the
    cited page says so, and the first thing that a reader must bear in mind."""
    comparison = case.comparison()
    judged, pairs = comparison.verdicts[claim], comparison.pairs[claim]
    own = _own_dissent(pairs) if own_against(pairs) else None
    told = [one for one in (own, _main(case, claim), _uncounted_dissent(comparison, claim)) if one]
    cited = _cited(judged)
    left = [remark for remark in judged.remarks if cited is None or remark != cited[0]]
    if left and len(told) + bool(cited) < MOST:
        told.append((_plainly(comparison, claim, left[0]),))
    return [*told, cited] if cited else told


def _own_dissent(pairs: Sequence[Pair]) -> Sentence:
    first, *others = own_against(pairs)
    gap = f", {first.bearing.gap_words}" if first.bearing.gap_words else ""
    more = f", and {counted(len(others), 'other figure')} of it" if others else ""
    return ("Its own side says otherwise (", words_of(first), f"{_page(first)}){gap}{more}.")


def _plainly(comparison: Comparison, claim: str, remark: str) -> str:
    """The remark that nobody gives the number as a bound, as a person would say it; any other as it is."""
    if not remark.startswith(NO_SUCH_BOUND):
        return remark
    figure_read, unit = comparison.claims[claim].figure, comparison.claims[claim].measure.unit
    number = interval(comparison.pairs[claim][0].claim_zones.number, unit)
    return f"None of the figures compared says {bounded(figure_read.quantity, number)}."


def _main(case: Case, claim: str) -> Sentence:
    comparison = case.comparison()
    judged, pairs = comparison.verdicts[claim], comparison.pairs[claim]
    says, denies = in_favour(comparison, claim), against(comparison, claim)
    match judged.verdict:
        case Verdict.CORROBORATED | Verdict.SUPPORTED:
            return ("Borne out independently by ", *_who(says), "; no other source group differs.")
        case Verdict.DISPUTED:
            own = own_words(pairs)[:1]
            begin: Sentence = ("Borne out by ", *_who(says), "; contradicted by ")
            if not says:
                own_says = ("Its own side says so (", words_of(own[0]), f"{_page(own[0])}); ") if own else ()
                begin = (*own_says, "contradicted by ") if own else ("Contradicted by ",)
            return (*begin, *_who(denies), f"{_gap(denies)}.")
        case Verdict.CONTRADICTED:
            return ("Contradicted by ", *_who(denies), f"{_gap(denies)}. No source that was read says so.")
        case Verdict.OWN_WORD:
            return (_own_word(comparison, claim, judged),)
        case Verdict.UNSOURCED:
            return (NOTHING_READ,)
        case Verdict.NOT_TESTED if pairs:
            return (none_settles(pairs),)
    return (judged.reason,)


def _own_word(comparison: Comparison, claim: str, judged: ClaimVerdict) -> str:
    """How many pages go back to the one source, or that it is what that source itself measures."""
    whose, pages = _own_name(comparison, claim), own_pages(comparison, claim)
    if judged.reason.startswith(AS_ITS_SOURCE_SAYS):
        return f"As its source says: a measurement of {whose} itself. Nobody else was found to give one."
    if pages == 1:
        return f"One page says so, and its only source is {whose}."
    return f"{counted(pages, 'page')} say so, and all of them go back to one source: {whose}."


def _who(pairs: Sequence[Pair]) -> Sentence:
    """The source groups, each with its words and page; beyond the third they are counted."""
    parts: list[Sentence] = [(name(p), " (", words_of(p), f"{_page(p, name(p))})") for p in pairs[:NAMED]]
    if len(pairs) > NAMED:
        parts.append((f"{counted(len(pairs) - NAMED, 'more source group')}",))
    return joined(parts, "and by")


def _page(pair: Pair, besides: str = "") -> str:
    """The publisher, behind a comma; "" where it is named ``besides``."""
    publisher = clipped(plain(pair.estimate.source.publisher), NAME)
    return "" if publisher == besides else f", {publisher}"


def _gap(pairs: Sequence[Pair]) -> str:
    gap = pairs[0].bearing.gap_words
    return f": {gap}" if gap and len(pairs) == 1 else ""


def _uncounted_dissent(comparison: Comparison, claim: str) -> Sentence | None:
    """Figures that differ and count for nobody, of others than the claim's own side."""
    counting = {p.family.id for p in against(comparison, claim)}
    left = [
        p for p in comparison.pairs[claim]
        if p.relation is Relation.DIFFERS and not p.own and not p.repeats and p.family.id not in counting
    ]  # fmt: skip
    if not left:
        return None
    return (
        f"Another figure differs, and does not count: {name(left[0])} (",
        words_of(left[0]),
        f"{_page(left[0])}).",
    )


def _cited(judged: ClaimVerdict) -> Sentence | None:
    """Whether the page that the article cites says so."""
    found = judged.fidelity
    match found.result:
        case Attribution.SAID_SO:
            return ("The page that the article cites says so.",)
        case Attribution.DISTORTED:
            what = listed([code.label for code in found.codes])
            how = "says something else" if found.material else "words it a little otherwise"
            return (f"The page that the article cites {how}: {what}.",)
        case Attribution.QUOTED:
            pages = counted(found.quoted_by, "other page")
            verb = "quotes" if found.quoted_by == 1 else "quote"
            return (f"The page that the article cites was not seen; {pages} {verb} it so.",)
        case Attribution.NOT_SEEN if ONLY_THE_ARTICLE in judged.remarks:
            return (ONLY_THE_ARTICLE,)
        case Attribution.NOT_SEEN:
            return ("The page that the article cites was not seen: whether it says so is not known.",)
        case Attribution.NOT_FOUND:
            return ("The page that the article cites was kept whole, and has no such figure.",)
    return None


def own_pages(comparison: Comparison, claim: str) -> int:
    """How many pages print it from the claim's own side."""
    return len({p.estimate.source.id for p in own_words(comparison.pairs[claim])})

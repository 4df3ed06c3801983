"""What the sources among themselves come to, in sentences: who disagrees with whom, and since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tallybook.estimates.estimate import Estimate
from tallybook.prose import clipped, counted, day, heading, listed, quoted, sentence
from tallybook.prose import period as period_words
from tallybook.terms import Incomparable, Reason, Relation
from tallybook.verdicts.among_sources import AmongSources, OriginPair

_FIRST, _NAMED = 1, 8
"""So many pairs that differ are named in the first sentence, and in all; the others are counted."""

_NAME, _WORDS = 80, 120


def answer(measures: Iterable[AmongSources]) -> tuple[str, ...]:
    """Who disagrees with whom, and since when; then how many pairs of origins stand otherwise."""
    pairs = [pair for among in measures for pair in among.pairs]
    if not pairs:
        return ("No two origins give a figure of one measure, so that none of them can disagree.",)
    differ = [pair for pair in pairs if pair.differ]
    differ.sort(key=lambda pair: (len(pair.joined), pair.since is None))
    if not differ:
        return ("No two origins disagree.", _others(pairs))
    left = len(differ) - _NAMED
    more = f"; and {counted(left, 'more pair')} of origins" if left > 0 else ""
    named = [disagreement(pair, "" if number else " differ") for number, pair in enumerate(differ[:_NAMED])]
    also = [f"So do {'; '.join(named[_FIRST:])}{more}."] if named[_FIRST:] else []
    return (f"{'; '.join(named[:_FIRST])}.", *also, *_not_independent(differ), _others(pairs))


def disagreement(pair: OriginPair, verb: str = "") -> str:
    """Who differs with whom, on what, and since when."""
    since = f"since {day(pair.since)}" if pair.since else "since when is not known"
    on = heading(pair.measure.definition, 80)
    both = f"{name_of(pair.one.name)} and {name_of(pair.other.name)}"
    return f"{both}{verb} on {quoted(on)} ({since})"


def _not_independent(differ: Sequence[OriginPair]) -> list[str]:
    joined = sum(bool(pair.joined) for pair in differ)
    if not joined:
        return []
    verb = "is" if joined == 1 else "are"
    return [f"Of these, {counted(joined, 'pair')} {verb} not of two independent origins."]


def _others(pairs: Sequence[OriginPair]) -> str:
    """How many pairs stand in which relation, and of how many only other figures differ."""
    found = Counter(pair.relation for pair in pairs)
    said = [f"{found[relation]} {words}" for relation, words in _STAND.items() if found[relation]]
    apart = sum(pair.apart is not None for pair in pairs)
    also = f" In {apart:,} of the others, other figures of the two differ." if apart else ""
    return f"Of {counted(len(pairs), 'pair')} of origins with figures of one measure, {listed(said)}.{also}"


_STAND = {
    Relation.DIFFERS: "differ",
    Relation.AGREES: "agree",
    Relation.SUPPORTS: "only support each other",
    Relation.COMPATIBLE: "can both be true",
    Relation.NOT_COMPARABLE: "cannot be compared",
    Relation.REFUSED: "are not counted by a person",
}


def pair_sentence(pair: OriginPair) -> str:
    """Two origins in a few sentences: what each says and where, how that relates, since when, and before."""
    one, other = name_of(pair.one.name), name_of(pair.other.name)
    told = [
        f"{one}: {cited(pair.first)}. {other}: {cited(pair.second)}.",
        sentence(relation_words(pair)),
        since_words(pair),
        before_words(pair),
        apart_words(pair),
        joined_words(pair),
    ]
    return " ".join(filter(None, told))


def name_of(name: str) -> str:
    return clipped(" ".join(name.split()), _NAME)


def page_of(e: Estimate) -> str:
    """The page and its day, or that it has none."""
    if e.source.dated is not None:
        dated = day(e.source.dated.end)
    else:
        dated = f"no date, said {day(e.out_by)}" if e.out_by else "no date"
    return f"{name_of(e.source.publisher)}, {dated}"


def cited(e: Estimate) -> str:
    """The words, the page and its day: “over 10,000” (Paper A, 13 November 2024)."""
    return f"{quoted(e.words, _WORDS)} ({page_of(e)})"


def relation_words(pair: OriginPair) -> str:
    """How the second figure stands to the first."""
    if pair.pair is None or pair.relation is Relation.REFUSED:
        return _uncounted(pair)
    why, if_so = pair.pair.why, ", if of that time" if pair.pair.if_of_that_time else ""
    match pair.relation:
        case Relation.DIFFERS:
            return _difference(pair, why)
        case Relation.AGREES:
            near = "both name the same number, within rounding"
            return f"{near if why is Reason.ROUNDING else why.meaning}{if_so}"
        case Relation.SUPPORTS:
            return f"the second lies inside what the first allows, and near its number{if_so}"
        case Relation.COMPATIBLE:
            return f"both can be true ({why.meaning})"
    return f"they cannot be compared: the second is {_aside(pair, why)}"


def _difference(pair: OriginPair, why: Reason | Incomparable) -> str:
    assert pair.pair is not None
    how = f"the second is {pair.gap}" if pair.pair.bearing.gap else "each shuts the other out"
    if why is Reason.OPPOSITE:
        return why.meaning
    return f"{how} ({why.meaning})" if why in (Reason.FLOOR, Reason.CEILING) else how


def _aside(pair: OriginPair, why: Reason | Incomparable) -> str:
    first, second = pair.first, pair.second
    match why:
        case Incomparable.TIME if first.period and second.period:
            return f"{why.meaning} ({period_words(second.period)}, not {period_words(first.period)})"
        case Incomparable.SCOPE:
            scopes = [_scope(e) for e in (second, first)]
            return f"{why.meaning} ({scopes[0]}, not {scopes[1]})"
        case Incomparable.PART:
            parts = [clipped(e.part or "the whole", _NAME) for e in (second, first)]
            what = "of another part" if first.part and second.part else why.meaning
            return f"{what} ({parts[0]}, not {parts[1]})"
        case Incomparable.STATUS:
            return f"{why.meaning} ({second.status.label}, not {first.status.label})"
        case Incomparable.UNIT if second.why_no_amount:
            return f"{why.meaning} ({second.why_no_amount})"
    return why.meaning


def _scope(e: Estimate) -> str:
    return clipped(e.measure.scopes.get(e.scope or "") or e.scope or "none stated", _NAME)


def _uncounted(pair: OriginPair) -> str:
    """Why a figure that nobody holds against others is not."""
    for e in (pair.first, pair.second):
        if e.statement.refused is not None:
            by, why = clipped(e.statement.refused.by, _NAME), clipped(e.statement.refused.why, _WORDS)
            return f"they are not compared: {quoted(e.words, _WORDS)} is refused by {by} ({why})"
    e = pair.first if pair.first.amount is None else pair.second
    return f"they cannot be compared: {quoted(e.words, _WORDS)} is {e.why_no_amount or 'no number'}"


def since_words(pair: OriginPair) -> str:
    """Since when they stand so; "" where nothing is decided."""
    if pair.relation.side == "neither":
        return ""
    if pair.since is not None and pair.relation is Relation.SUPPORTS:
        return f"That has stood since {day(pair.since)}."
    if pair.since is not None:
        return f"They have {'differed' if pair.differ else 'agreed'} since {day(pair.since)}."
    undated = dict.fromkeys(
        name_of(e.source.publisher) for e in (pair.first, pair.second) if e.out_by is None
    )
    gives = "give" if len(undated) > 1 else "gives"
    return f"Since when is not known: {listed(list(undated))} {gives} no date."


def before_words(pair: OriginPair) -> str:
    """How they stood before, with those figures."""
    if pair.before is None:
        return ""
    did = {Relation.DIFFERS: "they differed", Relation.AGREES: "they agreed"}
    was = did.get(pair.before.relation, "the one supported the other")
    figures = f"{cited(pair.before.first)} and {cited(pair.before.second)}"
    when = f"{'Before, from' if pair.since else 'From'} {day(pair.before.since)},"
    return f"{when} {was}: {figures}."


def apart_words(pair: OriginPair) -> str:
    if pair.apart is None:
        return ""
    return f"Other figures of the two differ: {cited(pair.apart[0])} and {cited(pair.apart[1])}."


def joined_words(pair: OriginPair) -> str:
    """Why the two are not independent of one another; "" where they are."""
    if not pair.joined:
        return ""
    return sentence(f"they are not independent: {listed([joint.meaning for joint in pair.joined])}")

"""Why nothing that was read settles a claim, in plain words: what was compared with it, and what was not.

Each figure is counted once, so that the numbers of a sentence add up to all that were read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tallybook.prose import counted, listed
from tallybook.terms import Incomparable, Relation, Status

if TYPE_CHECKING:
    from tallybook.matching.pair import Pair

_MOST_SHORT, _MOST = 2, 3
"""So many reasons are named in a cell of a table, and on a page; the others are counted together."""

Said = tuple[str, str]
"""What is said of one figure, and of several."""

_ASIDE: dict[Incomparable, Said] = {
    Incomparable.REFUSED: ("was set aside by a person", "were set aside by a person"),
    Incomparable.OUTCOME: ("tells what came of it", "tell what came of it"),
    Incomparable.PART: ("is of a part only", "are of a part only"),
    Incomparable.SCOPE: ("counts something else", "count something else"),
    Incomparable.UNIT: ("gives no number of it", "give no number of it"),
    Incomparable.VAGUE: ("was computed and is too vague", "were computed and are too vague"),
    Incomparable.SUPERSEDED: ("was replaced by a newer one", "were replaced by newer ones"),
    Incomparable.LOWERED: ("was lowered since", "were lowered since"),
    Incomparable.TIME: ("is of another time", "are of another time"),
}
_ANOTHER_PART: Said = ("is of another part", "are of another part")
_OF_ANOTHER_STATUS: dict[Status, Said] = {
    Status.OBSERVED: ("was only planned or possible", "were only planned or possible"),
    Status.PLANNED: ("does not tell of a plan", "do not tell of a plan"),
    Status.FORECAST: ("is not a forecast", "are not forecasts"),
    Status.CAPACITY: ("does not tell what could be held", "do not tell what could be held"),
}
_OTHER_REASONS: Said = ("is left out for another reason", "are left out for other reasons")

_OWN: Said = ("of its own side says otherwise", "of its own side say otherwise")
_NEITHER: Said = ("neither confirms nor contradicts it", "neither confirm nor contradict it")
_SAME: Said = ("says the same and does not count", "say the same and do not count")
_OTHERWISE: Said = ("says otherwise and does not count", "say otherwise and do not count")


def none_settles(pairs: Sequence[Pair]) -> str:
    """How many figures were read, what came of those that were compared, and why the others were not."""
    compared, aside = _sorted(pairs)
    if len(pairs) == 1:
        ((told, _),) = [*compared, *aside]
        return f"One figure was read, and {'cannot be compared with it: it ' if aside else ''}{told}."
    groups = counted(len({p.family.id for p in pairs}), "source group")
    said = [f"{len(pairs)} figures from {groups} were read, and none settles it."]
    if compared:
        said.append(f"{listed(_times(compared))}.")
    if aside:
        which = "None can" if not compared else f"{aside.total()} cannot"
        reasons = _first(aside, _MOST)
        why = listed(_times(reasons)) if len(reasons) > 1 else _they(reasons, aside.total())
        said.append(f"{which} be compared with it: {why}.")
    return " ".join(said)


def none_settles_in_short(pairs: Sequence[Pair]) -> str:
    """The same for a cell of a table."""
    compared, aside = _sorted(pairs)
    left, read = aside.total(), len(pairs)
    if read == 1:
        return none_settles(pairs)
    reasons = _they(_first(aside, _MOST_SHORT), left)
    if not compared:
        return f"None of the {read} figures read can be compared with it: {reasons}."
    if not aside:
        return f"The {read} figures read {listed([said[1] for said in compared])}."
    others = read - left
    told = f"{others} of the {read} figures read {listed([said[others > 1] for said in compared])}"
    return f"{told}. The other{'' if left == 1 else f' {left}'} cannot be compared: {reasons}."


def _sorted(pairs: Sequence[Pair]) -> tuple[Counter[Said], Counter[Said]]:
    """What came of the figures that were compared, and why the others were not."""
    compared: Counter[Said] = Counter()
    aside: Counter[Said] = Counter()
    for pair in pairs:
        if pair.comparability.failed:
            aside[_why_not(pair, pair.comparability.failed)] += 1
        elif pair.relation is Relation.DIFFERS:
            compared[_OWN if pair.own and not pair.repeats else _OTHERWISE] += 1
        else:
            compared[_SAME if pair.relation.confirms else _NEITHER] += 1
    order = (_OWN, _NEITHER, _SAME, _OTHERWISE)
    return Counter({said: compared[said] for said in order if compared[said]}), aside


def _why_not(pair: Pair, failed: Incomparable) -> Said:
    if failed is Incomparable.STATUS:
        return _OF_ANOTHER_STATUS[pair.claim.status.alike]
    if failed is Incomparable.PART and pair.claim.claim.part is not None:
        return _ANOTHER_PART
    return _ASIDE[failed]


def _first(found: Counter[Said], most: int) -> Counter[Said]:
    """The most frequent reasons; the others as one, where there are more than one."""
    kept = Counter(dict(found.most_common(most + (len(found) == most + 1))))
    if len(found) > len(kept):
        kept[_OTHER_REASONS] = found.total() - kept.total()
    return kept


def _times(found: Counter[Said]) -> list[str]:
    return [f"{number} {said[number > 1]}" for said, number in found.items()]


def _they(found: Counter[Said], number: int) -> str:
    return f"{'they' if number > 1 else 'it'} {listed([said[number > 1] for said in found], 'or')}"
